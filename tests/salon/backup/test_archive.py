"""A backup holds the salon with its photos, is proven, and comes back without overwriting anything."""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.clock import standing_at
from app.errors import (
    BackupNewer,
    BackupUnreadable,
    DatabaseBusy,
    DiskFull,
    FileExists,
    FileMissing,
    FileUnwritable,
    FolderShared,
    KeptFileGone,
    SalonError,
    Trouble,
)
from app.models.connection import Database, files_folder_of
from app.models.opening import open_existing
from app.salon import check
from app.salon.backup import archive, bringing_back, staging
from app.salon.clients import files
from app.salon.transaction import Salon, carry_out
from tests import pictures
from tests.builders import ZONE, SmallSalon, at, small_salon

NOW = datetime(2026, 5, 12, 20, 15)


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder in the test's own: what leads out of it is seen beside it."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SmallSalon]:
    """A folder with a salon that has a client, a visit, two photos and a contract, and a backup of it; closed."""
    folder = tmp_path_factory.mktemp("once")
    small = small_salon(Database(folder / "salon.vizit"))
    anna = small.client("Анна Щёлкина")
    visit = small.book(at(10), anna)
    some = [files.take_in_content(small.database, one) for one in (pictures.JPEG, pictures.png(), pictures.PDF)]
    carry_out(small.salon, files.keep, anna, some, visit)
    archive.make(small.database, folder / "backup.zip", small.clock.now())
    small.database.close()
    return folder, small


@pytest.fixture
def salon(once: tuple[Path, SmallSalon], tmp_path: Path) -> Iterator[SmallSalon]:
    """The salon, to do with as one likes: a copy, because making it takes longer than a test."""
    folder, small = once
    path = Path(shutil.copy(folder / "salon.vizit", tmp_path))
    shutil.copytree(files_folder_of(folder / "salon.vizit"), files_folder_of(path))
    clock = standing_at(at(11), ZONE)
    copy = replace(small, salon=Salon(open_existing(path), clock, small.salon.actor), clock=clock)
    yield copy
    copy.database.close()


@pytest.fixture
def backup(once: tuple[Path, SmallSalon], salon: SmallSalon, tmp_path: Path) -> Path:
    """The backup of it; the program is closed."""
    salon.database.close()
    return Path(shutil.copy(once[0] / "backup.zip", tmp_path))


def tree(folder: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a salon's file."""
    database = Database(path)
    names = [row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: database.rows(f'SELECT * FROM "{name}"') for name in names}
    database.close()
    return found


def rewritten(backup: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with something changed in it, as somebody else could write it."""
    with zipfile.ZipFile(backup) as whole:
        inside = {name: whole.read(name) for name in whole.namelist()}
    change(inside)
    other = backup.with_name("changed.zip")
    with zipfile.ZipFile(other, "w") as written:
        for name, content in inside.items():
            written.writestr(name, content)
    return other


def manifest_changed(inside: dict[str, bytes], **facts: Any) -> None:
    told = json.loads(inside["manifest.json"])
    inside["manifest.json"] = json.dumps({**told, **facts}).encode()


def added(inside: dict[str, bytes], name: str, content: bytes) -> None:
    """A file more, with its line in the manifest."""
    inside[name] = content
    told = json.loads(inside["manifest.json"])["files"]
    told[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest_changed(inside, files=told)


# ---- there and back ----


def test_the_salon_comes_back_with_its_photos_row_by_row_and_byte_by_byte(
    salon: SmallSalon, backup: Path, tmp_path: Path
) -> None:
    path = tmp_path / "salon.vizit"
    target = tmp_path / "new computer" / "salon.vizit"
    back = bringing_back.bring_back(backup, target, NOW)
    assert (back.clients, back.visits, back.files, back.aside) == (1, 1, 3, None)
    assert contents(target) == contents(path)
    assert tree(files_folder_of(target)) == tree(files_folder_of(path))
    database = open_existing(target)
    assert check.faults(database) == []
    assert len(files.of_client(database, 1)) == 3
    database.close()
    assert sorted(one.name for one in target.parent.iterdir()) == ["salon.vizit", "salon.vizit.files"]


def test_what_stands_in_the_place_is_put_aside_whole(salon: SmallSalon, backup: Path, tmp_path: Path) -> None:
    path = tmp_path / "salon.vizit"
    later = Salon(open_existing(path), standing_at(at(12), ZONE))
    carry_out(later, files.keep, 1, [files.take_in_content(later.database, pictures.WEBP)])
    later.database.close()
    photos, rows = tree(files_folder_of(path)), contents(path)
    back = bringing_back.bring_back(backup, path, NOW)
    assert back.aside == tmp_path / "salon.vizit.before-restore-2026-05-12-201500"
    assert contents(back.aside) == rows
    assert tree(tmp_path / "salon.vizit.files.before-restore-2026-05-12-201500") == photos
    assert len(tree(files_folder_of(path))) == 3
    with pytest.raises(FileUnwritable):
        bringing_back.bring_back(backup, path, NOW)  # the same second again: what was put aside stays
    assert contents(back.aside) == rows
    assert len(contents(path)["client_file"]) == 3


def test_a_damaged_salon_is_put_aside_as_it_is(backup: Path, tmp_path: Path) -> None:
    path = tmp_path / "salon.vizit"
    path.write_bytes(b"SQLite format 3\x00" + b"damaged" * 999)
    back = bringing_back.bring_back(backup, path, NOW)
    assert back.aside is not None
    assert back.aside.read_bytes().endswith(b"damaged")
    assert len(contents(path)["client"]) == 1


def test_a_plain_copy_comes_back_too_and_leaves_the_photos_where_they_are(salon: SmallSalon, tmp_path: Path) -> None:
    path, copy = tmp_path / "salon.vizit", tmp_path / "copy.vizit"
    salon.database.backup_to(copy)
    salon.client("Вера")
    salon.database.close()
    photos = tree(files_folder_of(path))
    back = bringing_back.bring_back(copy, path, NOW)
    assert back.clients == 1
    assert tree(files_folder_of(path)) == photos
    assert copy.is_file()


def test_a_backup_tells_what_is_in_it_and_any_zip_program_reads_it(salon: SmallSalon, backup: Path) -> None:
    with zipfile.ZipFile(backup) as whole:
        assert whole.testzip() is None
        told = json.loads(whole.read("manifest.json"))
        names = set(whole.namelist())
    assert told["counts"] == {"client": 1, "visit": 1, "payment": 0, "client_file": 3}
    assert set(told["files"]) | {"manifest.json"} == names
    assert sorted(name.rpartition(".")[2] for name in names) == ["jpg", "json", "pdf", "png", "vizit"]


def test_a_missing_photo_is_named_and_stops_no_backup(salon: SmallSalon, tmp_path: Path) -> None:
    photo = files.of_client(salon.database, 1)[0]
    files.path_of(salon.database, photo).unlink()
    manifest = archive.make(salon.database, tmp_path / "backup.zip", salon.clock.now())
    assert manifest.missing == (photo.stored_name,)
    assert len(manifest.entries) == 3


@pytest.mark.skipif(os.name == "nt", reason="a link needs rights there that nobody has")
def test_a_link_in_the_place_of_a_photo_takes_nothing_along(salon: SmallSalon, tmp_path: Path) -> None:
    """It may lead to whatever the user can read: it goes into no backup and is not shown."""
    photo = files.of_client(salon.database, 1)[0]
    (tmp_path / "private").write_bytes(b"private")
    place = files.path_of(salon.database, photo)
    place.unlink()
    place.symlink_to(tmp_path / "private")
    manifest = archive.make(salon.database, tmp_path / "backup.zip", salon.clock.now())
    assert manifest.missing == (photo.stored_name,)
    with pytest.raises(KeptFileGone):
        files.path_of(salon.database, photo)


def test_the_backup_of_a_salon_that_is_being_used(salon: SmallSalon, tmp_path: Path) -> None:
    other = Database(salon.database.path)
    with other.writing():
        other.rows("UPDATE client SET name = 'nobody knows yet'")
        archive.make(salon.database, tmp_path / "backup.zip", salon.clock.now())
    other.close()
    bringing_back.bring_back(tmp_path / "backup.zip", tmp_path / "b.vizit", NOW)
    assert [row[1] for row in contents(tmp_path / "b.vizit")["client"]] == ["Анна Щёлкина"]


def test_what_was_put_aside_is_never_overwritten(salon: SmallSalon, tmp_path: Path) -> None:
    path, copy = tmp_path / "salon.vizit", tmp_path / "copy.vizit"
    salon.database.backup_to(copy)
    salon.client("Вера")
    salon.database.close()
    aside = bringing_back.bring_back(copy, path, NOW).aside
    assert aside is not None
    with pytest.raises(FileUnwritable):
        bringing_back.bring_back(copy, path, NOW)
    assert len(contents(aside)["client"]) == 2


def everything(folder: Path) -> tuple[dict[str, bytes], dict[str, list[tuple[Any, ...]]]]:
    """What lies in a folder, and what is in its salon; the engine notes in the file whether somebody has it open."""
    others = {name: content for name, content in tree(folder).items() if name != "salon.vizit"}
    return others, contents(folder / "salon.vizit")


class Enough(Exception):
    """Somebody has changed their mind."""


@pytest.mark.parametrize("source", ["backup.zip", "copy.vizit"])
def test_restoring_tells_how_far_it_is_and_is_given_up_at_any_step_before_the_switch(
    salon: SmallSalon, backup: Path, tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_STEP", 4096)
    monkeypatch.setattr(archive, "_BLOCK", 65536)
    path, target = tmp_path / "salon.vizit", tmp_path / "new" / "salon.vizit"
    shutil.copy(path, tmp_path / "copy.vizit")
    told: list[tuple[int, int]] = []
    bringing_back.bring_back(tmp_path / source, target, NOW, lambda *step: told.append(step))
    (total,) = {steps for _done, steps in told}
    assert told == sorted(told)
    assert (told[0][0], told[-1][0]) == (0, total)
    assert len({done for done, _steps in told}) > 10
    before = everything(tmp_path)
    for step in {*range(0, len(told), 9), len(told) - 1}:
        asked = iter(range(step))

        def stop(_done: int, _steps: int, asked: Iterator[int] = asked) -> None:
            if next(asked, None) is None:
                raise Enough

        with pytest.raises(Enough):
            bringing_back.bring_back(tmp_path / source, path, NOW, stop)
        assert everything(tmp_path) == before


def test_the_last_moment_to_give_restoring_up_is_before_the_switch(
    salon: SmallSalon, backup: Path, tmp_path: Path
) -> None:
    path, before, told = tmp_path / "salon.vizit", everything(tmp_path), list[str]()

    def too_much() -> None:
        raise Enough

    with pytest.raises(Enough):
        bringing_back.bring_back(backup, path, NOW, on_switch=too_much)
    assert everything(tmp_path) == before

    def last_moment() -> None:
        assert list(tmp_path.glob("*.before-restore-*")) == [], "nothing was touched yet"
        told.append("now")

    def step(_done: int, _steps: int) -> None:
        assert not told, "nobody is asked any more"

    assert bringing_back.bring_back(backup, path, NOW, step, last_moment).aside is not None
    assert told == ["now"]


def test_what_a_power_cut_left_of_a_restoring_goes_with_the_next_one(backup: Path, tmp_path: Path) -> None:
    for name, days in ((".salon.vizit.old12345", 2), (".salon.vizit.now12345", 0), (".branch.vizit.old12345", 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "salon.vizit").write_bytes(b"half")
        moment = tmp_path.stat().st_mtime - days * 86400
        os.utime(tmp_path / name, (moment, moment))
    bringing_back.bring_back(backup, tmp_path / "salon.vizit", NOW)
    left = [one.name for one in tmp_path.iterdir() if one.name.startswith(".")]
    assert sorted(left) == [".branch.vizit.old12345", ".salon.vizit.now12345"]


# ---- refused ----


def test_a_backup_that_the_disk_spoilt_is_none(
    salon: SmallSalon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write = sorted(tree(tmp_path)), archive._write

    def spoilt(folder: Path, copy: Path, unfinished: Path, *more: Any) -> archive.Manifest:
        manifest = write(folder, copy, unfinished, *more)
        content = unfinished.read_bytes()
        at_photo = content.index(b"JFIF")
        unfinished.write_bytes(content[:at_photo] + b"jfif" + content[at_photo + 4 :])
        return manifest

    monkeypatch.setattr(archive, "_write", spoilt)
    with pytest.raises(BackupUnreadable):
        archive.make(salon.database, tmp_path / "backup.zip", salon.clock.now())
    assert sorted(tree(tmp_path)) == before


def test_a_backup_never_takes_the_place_of_another_file(salon: SmallSalon, tmp_path: Path) -> None:
    (tmp_path / "backup.zip").write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(FileExists):
        archive.make(salon.database, tmp_path / "backup.zip", salon.clock.now())
    assert tree(tmp_path) == before


def test_what_cannot_be_written_leaves_nothing_behind(
    salon: SmallSalon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tree(tmp_path))
    with pytest.raises(FileUnwritable):
        archive.make(salon.database, tmp_path / "no" / "backup.zip", salon.clock.now())

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "_write", full)
    with pytest.raises(DiskFull):
        archive.make(salon.database, tmp_path / "backup.zip", salon.clock.now())
    assert sorted(tree(tmp_path)) == before


def _leads_out(inside: dict[str, bytes]) -> None:
    added(inside, "../../evil.sh", b"rm -rf")


def _leads_out_of_the_files(inside: dict[str, bytes]) -> None:
    added(inside, "files/../../evil.sh", b"rm -rf")


def _absolute(inside: dict[str, bytes]) -> None:
    added(inside, "/etc/cron.d/evil", b"rm -rf")


def _a_program(inside: dict[str, bytes]) -> None:
    added(inside, f"files/ab/ab{'0' * 30}.exe", b"MZ")


def _not_listed(inside: dict[str, bytes]) -> None:
    inside[f"files/ab/ab{'0' * 30}.jpg"] = pictures.JPEG


def _photo_changed(inside: dict[str, bytes]) -> None:
    name = next(one for one in inside if one.endswith(".png"))
    inside[name] = inside[name][:-1] + b"!"


def _photo_gone(inside: dict[str, bytes]) -> None:
    del inside[next(one for one in inside if one.endswith(".png"))]


def _salon_gone(inside: dict[str, bytes]) -> None:
    del inside["salon.vizit"]


def _salon_is_none(inside: dict[str, bytes]) -> None:
    added(inside, "salon.vizit", b"SQLite format 3\x00" + b"x" * 999)


def _salon_is_text(inside: dict[str, bytes]) -> None:
    added(inside, "salon.vizit", b"hello")


def _no_manifest(inside: dict[str, bytes]) -> None:
    del inside["manifest.json"]


def _bad_manifest(inside: dict[str, bytes]) -> None:
    inside["manifest.json"] = b"[1, 2"


def _empty_manifest(inside: dict[str, bytes]) -> None:
    inside["manifest.json"] = b"[]"


def _odd_manifest(inside: dict[str, bytes]) -> None:
    manifest_changed(inside, files={"salon.vizit": 3})


def _another_program(inside: dict[str, bytes]) -> None:
    manifest_changed(inside, kind="another-program")


@pytest.mark.parametrize(
    "change",
    [
        _leads_out,
        _leads_out_of_the_files,
        _absolute,
        _a_program,
        _not_listed,
        _photo_changed,
        _photo_gone,
        _salon_gone,
        _salon_is_none,
        _salon_is_text,
        _no_manifest,
        _bad_manifest,
        _empty_manifest,
        _odd_manifest,
        _another_program,
    ],
    ids=lambda change: change.__name__.strip("_"),
)
def test_a_foreign_or_damaged_backup_changes_nothing(
    backup: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    other = rewritten(backup, change)
    before = tree(tmp_path.parent)
    with pytest.raises(BackupUnreadable):
        bringing_back.bring_back(other, tmp_path / "salon.vizit", NOW)
    assert tree(tmp_path.parent) == before


def test_a_backup_that_is_cut_off_or_no_backup_at_all_changes_nothing(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    broken = tmp_path / "broken.zip"
    target = tmp_path / "new" / "salon.vizit"
    for content in (b"", b"hello", whole[: len(whole) // 2], whole[:-30], b"PK\x05\x06" + b"\x00" * 18):
        broken.write_bytes(content)
        with pytest.raises(BackupUnreadable):
            bringing_back.bring_back(broken, target, NOW)
        assert tree(target.parent) == {}


def test_no_byte_of_a_backup_may_change_unnoticed(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    broken, target = tmp_path / "broken.zip", tmp_path / "new" / "salon.vizit"
    for place in range(40, len(whole), max(1, len(whole) // 40)):
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            bringing_back.bring_back(broken, target, NOW)
        except (SalonError, Trouble):
            assert tree(target.parent) == {}
        else:  # a date in a header, say: what came back is the same
            assert len(contents(target)["client_file"]) == 3
            break


def test_a_newer_backup_asks_for_the_newer_program(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupNewer):
        bringing_back.bring_back(
            rewritten(backup, lambda inside: manifest_changed(inside, format=2)), tmp_path / "b.vizit", NOW
        )
    newer = tmp_path / "newer.vizit"
    copy = Database(tmp_path / "salon.vizit")
    copy.backup_to(newer)
    copy.close()
    database = Database(newer)
    database.rows("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    database.close()
    with pytest.raises(BackupNewer):
        bringing_back.bring_back(newer, tmp_path / "b.vizit", NOW)


def test_a_salon_that_is_open_is_not_replaced(backup: Path, tmp_path: Path) -> None:
    path = tmp_path / "salon.vizit"
    database = open_existing(path)
    database.rows("SELECT * FROM client")
    with pytest.raises(DatabaseBusy):
        bringing_back.bring_back(backup, path, NOW)
    assert database.value("SELECT COUNT(*) FROM client") == 1
    database.close()
    assert bringing_back.bring_back(backup, path, NOW).aside is not None


@pytest.mark.parametrize(
    ("fault", "told"),
    [(OSError(13, "Permission denied"), FileUnwritable), (KeyboardInterrupt(), KeyboardInterrupt)],
)
def test_when_the_change_fails_in_the_middle_all_is_as_it_was(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, told: type[BaseException]
) -> None:
    path = tmp_path / "salon.vizit"
    Database(path).close()
    before = {name: content for name, content in tree(tmp_path).items() if not name.endswith(("-shm", "-wal"))}
    rename, calls = Path.rename, []

    def fails_at_last(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 4:
            raise fault
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_at_last)
    with pytest.raises(told):
        bringing_back.bring_back(backup, path, NOW)
    assert {name: len(content) for name, content in tree(tmp_path).items()} == {
        name: len(content) for name, content in before.items()
    }
    assert len(contents(path)["client_file"]) == 3


@pytest.mark.parametrize(
    ("source", "target", "refusal"),
    [("gone.zip", "b.vizit", FileMissing), ("backup.zip", "Dropbox/b.vizit", FolderShared)],
)
def test_where_nothing_can_come_from_or_go_to(
    backup: Path, tmp_path: Path, source: str, target: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        bringing_back.bring_back(tmp_path / source, tmp_path / target, NOW)
    assert not (tmp_path / target).exists()


@pytest.mark.skipif(os.name != "posix", reason="rights as on Linux")
def test_a_backup_that_is_larger_than_the_disk(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shutil import _ntuple_diskusage

    monkeypatch.setattr(staging.shutil, "disk_usage", lambda _path: _ntuple_diskusage(9, 9, 9))
    with pytest.raises(DiskFull):
        bringing_back.bring_back(backup, tmp_path / "b.vizit", NOW)
    assert not (tmp_path / "b.vizit").exists()
