"""Photos and files beside a card: taken in safely, shown by visit, never lost and never left lying about."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import (
    FileMissing,
    Gone,
    KeptFileGone,
    KeptFileTooBig,
    KindNotKept,
    NotAnOrdinaryFile,
    NothingInFile,
    PictureBroken,
    PictureTooLarge,
    SalonError,
    TooManyFiles,
    Trouble,
)
from app.salon import check, undo
from app.salon.clients import files, shelf, works
from app.salon.transaction import carry_out
from app.vocabulary import FileKind, KeptFormat, PhotoMoment
from tests import pictures
from tests.builders import TODAY, SmallSalon, at

BEFORE, AFTER, OTHER = PhotoMoment.BEFORE, PhotoMoment.AFTER, PhotoMoment.OTHER


@pytest.fixture
def anna(small: SmallSalon) -> int:
    return small.client("Анна Щёлкина")


def taken(small: SmallSalon, content: bytes = pictures.JPEG, name: str = "IMG_1.jpg") -> files.TakenIn:
    return files.take_in_content(small.database, content, name)


def kept(small: SmallSalon, client: int, *contents: bytes, visit: int | None = None) -> list[int]:
    some = [taken(small, content) for content in contents or (pictures.JPEG,)]
    return carry_out(small.salon, files.keep, client, some, visit).value


def lying(small: SmallSalon) -> list[str]:
    return sorted(shelf.names(small.database))


# ---- taking in ----


def test_a_photo_lies_beside_the_database_without_what_the_camera_wrote(small: SmallSalon, tmp_path: Path) -> None:
    source = tmp_path / "Анна на море.JPG"
    source.write_bytes(pictures.jpeg_with_secrets())
    one = files.take_in(small.database, source)
    path = small.database.files_folder / one.stored_name
    lies = path.read_bytes()
    assert [secret for secret in (*pictures.SECRETS, b"GPS") if secret in lies] == []
    assert (one.kind, one.shown_name, one.size) == (FileKind.PHOTO, "Анна на море.JPG", len(lies))
    assert (one.width, one.height) == (12, 16)
    assert shelf.digest_of(path) == one.digest
    assert source.read_bytes() == pictures.jpeg_with_secrets()


def test_the_name_on_the_disk_has_nothing_of_the_name_that_came(small: SmallSalon) -> None:
    first, second = taken(small, name="../../etc/Анна.php"), taken(small, name="../../etc/Анна.php")
    assert first.shown_name == "Анна.php"
    for one in (first, second):
        assert shelf.is_name(one.stored_name)
        assert one.stored_name.endswith(".jpg")
    assert first.stored_name != second.stored_name


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ("../../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\anna\\photo.jpg", "photo.jpg"),
        ("a\x00b\n.jpg", "ab.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("\u2066\u200fфото\u2069.jpg", "фото.jpg"),
        ("😀 до.jpg", "😀 до.jpg"),
        ("\ud800.jpg", "jpg"),
        ("..", ""),
        ("я" * 300 + ".jpeg", "я" * 114 + "….jpeg"),
        ("я" * 300, "я" * 119 + "…"),
    ],
)
def test_the_shown_name_hides_nothing(came: str, shown: str) -> None:
    assert files.harmless_name(came) == shown
    assert len(files.harmless_name(came)) <= files.LONGEST_NAME


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NothingInFile),
        (b"MZ" + b"\x00" * 99, KindNotKept),
        (b"<svg onload='alert(1)'/>", KindNotKept),
        (pictures.JPEG[:-40], PictureBroken),
        (pictures.png(claimed=(10_000, 10_000)), PictureTooLarge),
        (pictures.JPEG + b"\x00" * files.MOST_PHOTO_BYTES, KeptFileTooBig),
        (pictures.PDF + b"\x00" * files.MOST_DOCUMENT_BYTES, KeptFileTooBig),
        (b"%PDF-1.7 and nothing else", KindNotKept),
    ],
    ids=["empty", "exe", "svg", "cut off", "100 megapixels", "large photo", "large pdf", "no pdf"],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(
    small: SmallSalon, tmp_path: Path, content: bytes, refusal: type[SalonError]
) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(content)
    with pytest.raises(refusal):
        files.take_in(small.database, source)
    assert list(small.database.files_folder.rglob("*")) == []


def _folder(place: Path) -> Path:
    (place / "photos.jpg").mkdir()
    return place / "photos.jpg"


def _pipe(place: Path) -> Path:
    os.mkfifo(place / "pipe.jpg")
    return place / "pipe.jpg"


def _nowhere(place: Path) -> Path:
    (place / "link.jpg").symlink_to(place / "gone.jpg")
    return place / "link.jpg"


@pytest.mark.skipif(os.name != "posix", reason="pipes and links as on Linux")
@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (_folder, NotAnOrdinaryFile),
        (_pipe, NotAnOrdinaryFile),
        (lambda _place: Path("/dev/zero"), NotAnOrdinaryFile),
        (_nowhere, FileMissing),
        (lambda place: place / "gone.jpg", FileMissing),
        (lambda place: place / ("я" * 300 + ".jpg"), FileMissing),
        (lambda place: place / "a\x00b.jpg", FileMissing),
    ],
    ids=["folder", "pipe", "device", "broken link", "missing", "300 letters", "nul"],
)
def test_what_is_no_file_is_not_read(
    small: SmallSalon, tmp_path: Path, made: Callable[[Path], Path], refusal: type[SalonError]
) -> None:
    with pytest.raises(refusal):
        files.take_in(small.database, made(tmp_path))


@pytest.mark.skipif(os.name != "posix", reason="links as on Linux")
def test_of_a_link_the_photo_is_kept_and_not_the_link(small: SmallSalon, tmp_path: Path) -> None:
    (tmp_path / "real.jpg").write_bytes(pictures.JPEG)
    (tmp_path / "link.jpg").symlink_to(tmp_path / "real.jpg")
    one = files.take_in(small.database, tmp_path / "link.jpg")
    path = small.database.files_folder / one.stored_name
    assert not path.is_symlink()
    assert path.read_bytes() == pictures.JPEG


def test_a_photo_may_be_drawn_anew_and_is_clean_even_then(small: SmallSalon) -> None:
    asked: list[int] = []

    def smaller(_content: bytes, longest: int) -> bytes:
        asked.append(longest)
        return pictures.jpeg_with_secrets()

    one = files.take_in_content(small.database, pictures.png(40, 40), "a.png", smaller)
    assert asked == [files.LONGEST_SIDE]
    lies = (small.database.files_folder / one.stored_name).read_bytes()
    assert one.stored_name.endswith(".jpg")
    assert not any(secret in lies for secret in pictures.SECRETS)


def test_what_cannot_be_drawn_is_broken(small: SmallSalon) -> None:
    def cannot(_content: bytes, _longest: int) -> bytes | None:
        raise ValueError

    with pytest.raises(PictureBroken):
        files.take_in_content(small.database, pictures.JPEG, "a.jpg", cannot)
    assert lying(small) == []


def test_a_full_or_read_only_disk_leaves_nothing_half_written(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble):
        taken(small)
    assert [path for path in small.database.files_folder.rglob("*") if path.is_file()] == []


# ---- on the card ----


def test_the_first_photo_of_a_visit_is_before_and_the_next_ones_after(small: SmallSalon, anna: int) -> None:
    visit = small.book(at(10), anna)
    kept(small, anna, pictures.JPEG, pictures.png(), visit=visit)
    kept(small, anna, pictures.WEBP, pictures.PDF, visit=visit)
    shown = files.of_client(small.database, anna)
    assert [one.moment for one in shown] == [BEFORE, AFTER, AFTER, None]
    assert [one.kind for one in shown] == [FileKind.PHOTO] * 3 + [FileKind.DOCUMENT]
    assert {one.visit_id for one in shown} == {visit}
    (work,) = works.of_client(small.database, anna, TODAY).works
    assert [[one and one.file_id for one in pair] for pair in work.pairs] == [
        [shown[0].file_id, shown[1].file_id],
        [None, shown[2].file_id],
    ]
    assert work.documents == (shown[3],)


def test_several_photos_are_one_act(small: SmallSalon, anna: int) -> None:
    done = carry_out(small.salon, files.keep, anna, [taken(small), taken(small)])
    assert done.entry_id is not None
    assert done.changes.clients == {anna}
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert files.of_client(small.database, anna) == ()


def test_redo_finds_the_file_that_undo_left(small: SmallSalon, anna: int) -> None:
    done = carry_out(small.salon, files.keep, anna, [taken(small)])
    back = carry_out(small.salon, undo.take_back, done.entry_id or 0)
    assert len(lying(small)) == 1
    assert check.faults(small.database) == []
    carry_out(small.salon, undo.take_back, back.entry_id or 0)
    (one,) = files.of_client(small.database, anna)
    assert files.path_of(small.database, one).read_bytes() == pictures.JPEG


def test_a_photo_moves_to_another_moment_and_visit_and_is_put_away(small: SmallSalon, anna: int) -> None:
    visit = small.book(at(10), anna)
    (photo,) = kept(small, anna)
    carry_out(small.salon, files.set_moment, anna, photo, OTHER)
    carry_out(small.salon, files.set_visit, anna, photo, visit)
    (one,) = files.of_client(small.database, anna)
    assert (one.moment, one.visit_id) == (OTHER, visit)
    carry_out(small.salon, files.put_away, anna, photo)
    assert files.of_client(small.database, anna) == ()
    carry_out(small.salon, files.bring_back, anna, photo)
    assert len(files.of_client(small.database, anna)) == 1


def test_nothing_goes_onto_a_strangers_card_or_visit(small: SmallSalon, anna: int) -> None:
    other = small.client("Вера")
    visit = small.book(at(10), other)
    (photo,) = kept(small, anna)
    with pytest.raises(Gone):
        kept(small, anna, visit=visit)
    for act, *more in ((files.set_moment, AFTER), (files.put_away,), (files.set_visit, visit)):
        with pytest.raises(Gone):
            carry_out(small.salon, act, other, photo, *more)
    with pytest.raises(Gone):
        carry_out(small.salon, files.set_visit, anna, photo, visit)
    with pytest.raises(TooManyFiles):
        carry_out(small.salon, files.keep, anna, [taken(small)] * (files.MOST_AT_ONCE + 1))


def test_a_row_is_never_written_for_a_file_that_is_not_there(small: SmallSalon, anna: int) -> None:
    one = taken(small)
    (small.database.files_folder / one.stored_name).unlink()
    with pytest.raises(KeptFileGone):
        carry_out(small.salon, files.keep, anna, [one])
    assert files.of_client(small.database, anna) == ()


def test_the_photos_of_last_time_are_those_of_the_last_visit_that_has_any(small: SmallSalon, anna: int) -> None:
    assert files.latest(small.database, anna) is None
    kept(small, anna)
    earlier, last = small.book(at(10, days=3), anna), small.book(at(10, days=9), anna)
    kept(small, anna, pictures.JPEG, pictures.png(), visit=last)
    kept(small, anna, pictures.JPEG, visit=earlier)
    found = files.latest(small.database, anna)
    assert found is not None
    assert (found.visit_id, found.day, len(found.photos)) == (last, TODAY + timedelta(days=9), 2)
    assert found.before is not None
    assert found.after is not None
    assert found.after.stored_name.endswith(".png")


def test_a_name_that_somebody_wrote_into_the_database_opens_nothing(small: SmallSalon, anna: int) -> None:
    kept(small, anna)
    for name in ("../../../etc/passwd", "/etc/passwd", "ab/" + "ab" + "0" * 30 + ".exe", "..", ""):
        small.database.rows("UPDATE client_file SET stored_name = ?", (name,))
        (one,) = files.of_client(small.database, anna)
        with pytest.raises(KeptFileGone):
            files.path_of(small.database, one)


def test_another_program_gets_a_copy_under_a_safe_name(small: SmallSalon, anna: int, tmp_path: Path) -> None:
    one = taken(small, pictures.PDF, "Договор; rm -rf.pdf.exe")
    carry_out(small.salon, files.keep, anna, [one])
    (shown,) = files.of_client(small.database, anna)
    copy = files.lend(small.database, shown, tmp_path)
    assert copy.parent == tmp_path
    assert copy.name == f"Договор_ rm -rf_pdf-{shown.file_id}.pdf"
    assert copy.read_bytes() == pictures.PDF


# ---- keeping house ----


def test_check_notices_what_is_missing_damaged_or_belongs_to_nobody(small: SmallSalon, anna: int) -> None:
    kept(small, anna, pictures.JPEG, pictures.png(), pictures.WEBP)
    assert check.faults(small.database) == []
    folder = small.database.files_folder
    missing, damaged, _fine = [folder / one.stored_name for one in files.of_client(small.database, anna)]
    missing.unlink()
    damaged.write_bytes(pictures.png(9, 9))
    stray = taken(small).stored_name
    found = {fault.kind: fault.example for fault in check.faults(small.database)}
    assert found == {
        "file_missing": f"{missing.parent.name}/{missing.name}",
        "file_damaged": f"{damaged.parent.name}/{damaged.name}",
        "file_without_card": stray,
    }


def test_what_belongs_to_nobody_goes_after_a_month_and_not_before(small: SmallSalon, anna: int) -> None:
    kept(small, anna)
    stray = taken(small).stored_name
    folder = small.database.files_folder
    broken_off = folder / (stray + ".unfinished")
    broken_off.write_bytes(b"half")
    now = small.clock.now()
    for path in folder.glob("??/*"):
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert files.clear_strays(small.database, now + timedelta(days=29)) == 0
    assert files.clear_strays(small.database, now + timedelta(days=31)) == 2
    assert len(lying(small)) == 1
    assert not broken_off.exists()
    assert check.faults(small.database) == []


def test_a_sample_gets_the_same_name_every_time(small: SmallSalon) -> None:
    one = files.take_in_content(small.database, pictures.JPEG, token="0a" * 16)
    assert one.stored_name == f"0a/{'0a' * 16}.jpg"
    with pytest.raises(ValueError, match="hexadecimal"):
        shelf.put(small.database, b"", KeptFormat.JPEG, "../" + "0" * 29)
