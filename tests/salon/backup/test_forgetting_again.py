"""A backup that was made before somebody was forgotten brings nobody back."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import language
from app.errors import DatabaseBusy, DiskFull
from app.models import opening
from app.models.connection import Database, files_folder_of
from app.models.opening import open_existing
from app.salon import check, undo
from app.salon.backup import archive, bringing_back, forgetting_again, words
from app.salon.backup.forgetting_again import Again
from app.salon.clients import card, files, forgetting, listing, merging
from app.salon.transaction import carry_out
from app.vocabulary import Language, VisitStatus
from tests import pictures
from tests.builders import TODAY, SmallSalon, at, small_salon

PHONE = "+79161234567"
SECRETS = {"Неповторимая", PHONE}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[SmallSalon]:
    """The small salon in a file, in a folder of its own."""
    (tmp_path / "desk").mkdir()
    made = small_salon(Database(tmp_path / "desk" / "salon.vizit"))
    yield made
    made.database.close()


def path_of(kept: SmallSalon) -> Path:
    assert kept.database.path is not None
    return kept.database.path


def copied(kept: SmallSalon, name: str = "backup.zip") -> Path:
    """A backup as of now, elsewhere."""
    path = path_of(kept).parent.parent / name
    if path.suffix == ".zip":
        archive.make(kept.database, path, kept.clock.now())
    else:
        kept.database.backup_to(path)
    return path


def restored(kept: SmallSalon, backup: Path) -> Again:
    """Close the program, bring the backup back, and start again."""
    kept.database.close()
    again = bringing_back.bring_back(backup, path_of(kept), _wall(kept)).again
    assert check.faults(kept.database) == []
    kept.database.close()
    return again


def _wall(kept: SmallSalon) -> datetime:
    kept.clock.advance(timedelta(minutes=1))
    return kept.clock.now()


def forgotten(kept: SmallSalon, client: int) -> None:
    carry_out(kept.salon, forgetting.ask, client, cancel_visits=True)
    forgetting.for_good(kept.salon, [client])


def found_in(folder: Path) -> set[str]:
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(one.encode() in path.read_bytes() for one in SECRETS)
    }


def name_of(kept: SmallSalon, client: int) -> str:
    return card.read(kept.database, client, TODAY).name


@pytest.mark.parametrize("name", ["backup.zip", "copy.vizit"])
def test_nothing_of_whoever_was_forgotten_since_comes_back(kept: SmallSalon, name: str) -> None:
    anna, vera = kept.client("Анна Неповторимая", PHONE), kept.client("Вера", "+79265554433")
    kept.complete(kept.book(at(9), anna))
    ahead, hers = kept.book(at(12, days=3), anna), kept.book(at(15, days=3), vera)
    photo = files.take_in_content(kept.database, pictures.JPEG)
    carry_out(kept.salon, files.keep, anna, [photo])
    backup = copied(kept, name)
    forgotten(kept, anna)
    again = restored(kept, backup)
    assert again == Again(forgotten=1)
    assert found_in(path_of(kept).parent) == set()
    assert not (files_folder_of(path_of(kept)) / photo.stored_name).exists()
    assert (name_of(kept, anna), name_of(kept, vera)) == ("", "Вера")
    assert (kept.status(ahead), kept.status(hers)) == (VisitStatus.CANCELLED, VisitStatus.BOOKED)
    assert kept.database.value("SELECT COUNT(*) FROM visit WHERE client_id = ?", (anna,)) == 2
    assert restored(kept, backup) == Again(forgotten=1), "and the next time once more"


def test_whoever_has_the_number_of_a_forgotten_client_since_stays(kept: SmallSalon) -> None:
    empty = copied(kept)
    anna = kept.client("Анна Неповторимая")
    forgotten(kept, anna)
    restored(kept, empty)
    kept.clock.advance(timedelta(days=1))
    vera = kept.client("Вера")
    assert vera == anna, "an older backup gives the number once more"
    assert restored(kept, copied(kept, "later.zip")) == Again()
    assert name_of(kept, vera) == "Вера"


def test_what_was_put_aside_knows_it_too(kept: SmallSalon) -> None:
    """The older backup has nothing of her, so that the salon which came of it does not know that she was forgotten."""
    older = copied(kept, "older.zip")
    anna = kept.client("Анна Неповторимая")
    newer = copied(kept, "newer.zip")
    forgotten(kept, anna)
    assert restored(kept, older) == Again()
    aside = {path: path.read_bytes() for path in path_of(kept).parent.glob("*.before-restore-*") if path.is_file()}
    assert restored(kept, newer) == Again(forgotten=1)
    assert all(path.read_bytes() == content for path, content in aside.items())
    assert found_in(path_of(kept).parent) == set()


def test_two_cards_of_one_person_are_one(kept: SmallSalon) -> None:
    anna = kept.client("Анна Неповторимая")
    kept.clock.advance(timedelta(days=1))
    nyura = kept.client("Нюра Неповторимая", PHONE)
    backup = copied(kept)
    carry_out(kept.salon, merging.merge, nyura, anna, merging.Chosen("Анна Неповторимая"))
    forgotten(kept, nyura)
    assert restored(kept, backup) == Again(forgotten=1)
    assert found_in(path_of(kept).parent) == set()


def test_whoever_was_merged_by_mistake_in_the_copy_is_told_of(kept: SmallSalon) -> None:
    anna, vera = kept.client("Анна Неповторимая"), kept.client("Вера")
    merged = carry_out(kept.salon, merging.merge, vera, anna, merging.Chosen("Вера"))
    backup = copied(kept)
    carry_out(kept.salon, undo.take_back, merged.entry_id or 0)
    forgotten(kept, anna)
    assert restored(kept, backup) == Again(together=("Вера",))
    assert name_of(kept, vera) == "Вера"


def test_whoever_asked_since_waits_on_from_the_day_of_asking(kept: SmallSalon) -> None:
    anna = kept.client("Анна")
    ahead = kept.book(at(12, days=20), anna)
    backup = copied(kept)
    kept.clock.advance(timedelta(days=1))
    carry_out(kept.salon, forgetting.ask, anna, cancel_visits=True)
    asked = forgetting.request_of(kept.database, anna)
    kept.clock.advance(timedelta(days=10))
    assert restored(kept, backup) == Again(asked=1)
    assert forgetting.request_of(kept.database, anna) == asked
    assert kept.status(ahead) is VisitStatus.CANCELLED
    carry_out(kept.salon, forgetting.take_back, anna)
    assert restored(kept, backup) == Again(), "taken back: nobody is to be forgotten"
    assert len(listing.everybody(kept.database, listing.ListQuery(), TODAY).client_ids) == 1


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_request_that_was_taken_back_since_forgets_nobody(kept: SmallSalon, *, is_undone: bool) -> None:
    anna, vera = kept.client("Анна"), kept.client("Вера")
    asked = carry_out(kept.salon, forgetting.ask, anna)
    carry_out(kept.salon, forgetting.ask, vera)
    backup = copied(kept)
    kept.clock.advance(timedelta(days=1))
    if is_undone:
        carry_out(kept.salon, undo.take_back, asked.entry_id or 0)
    else:
        carry_out(kept.salon, forgetting.take_back, anna)
    assert restored(kept, backup) == Again()
    assert [one.client_id for one in forgetting.requests(kept.database)] == [vera]


def test_an_older_salon_does_not_know_better_than_a_newer_backup(kept: SmallSalon) -> None:
    """Whoever took the request back after the older one was left, or asked after it, stays as the newer one says."""
    anna, vera = kept.client("Анна"), kept.client("Вера")
    carry_out(kept.salon, forgetting.ask, anna)
    older = copied(kept, "older.zip")
    kept.clock.advance(timedelta(days=1))
    carry_out(kept.salon, forgetting.take_back, anna)
    carry_out(kept.salon, forgetting.ask, vera)
    newer = copied(kept, "newer.zip")
    kept.database.close()
    path_of(kept).unlink()
    restored(kept, older)
    assert restored(kept, newer) == Again()
    assert [one.client_id for one in forgetting.requests(kept.database)] == [vera]


def test_another_salon_in_the_place_forgets_nobody(kept: SmallSalon, tmp_path: Path) -> None:
    anna = kept.client("Анна")
    backup = copied(kept)
    kept.database.close()
    other = small_salon(Database(tmp_path / "other.vizit"), now=at(11, days=-3))
    forgotten(other, other.client("Чужая"))
    other.database.close()
    assert bringing_back.bring_back(backup, tmp_path / "other.vizit", _wall(kept)).again == Again()
    database = open_existing(tmp_path / "other.vizit")
    assert database.value("SELECT name FROM client WHERE id = ?", (anna,)) == "Анна"
    database.close()


def _garbled(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"damaged" * 999)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_garbled, _cut_off, _empty], ids=lambda damage: damage.__name__.strip("_"))
def test_that_it_is_not_known_who_was_forgotten_is_said(kept: SmallSalon, damage: Callable[[Path], None]) -> None:
    backup = copied(kept)
    kept.database.close()
    damage(path_of(kept))
    again = restored(kept, backup)
    assert again == Again(is_predecessor_unread=True)
    (said,) = words.forgotten_again(again)
    assert "прочитать не удалось" in said


def test_whoever_opens_the_salon_meanwhile_writes_nothing_into_what_is_put_aside(
    kept: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = copied(kept)
    kept.database.close()
    opened: list[Database] = []

    def open_it(*_given: object) -> Again:
        opened.append(opening.open_existing(path_of(kept)))
        return Again()

    monkeypatch.setattr(forgetting_again, "bring_in_line", open_it)
    with pytest.raises(DatabaseBusy):
        bringing_back.bring_back(backup, path_of(kept), _wall(kept))
    opened[0].close()
    assert [one for one in path_of(kept).parent.iterdir() if "before-restore" in one.name] == []


def test_when_forgetting_fails_all_is_as_it_was(kept: SmallSalon, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = kept.client("Анна Неповторимая")
    backup = copied(kept)
    forgotten(kept, anna)
    kept.database.close()
    before = sorted(path.name for path in path_of(kept).parent.rglob("*"))

    def full(_database: Database) -> None:
        raise DiskFull

    monkeypatch.setattr(forgetting, "finish", full)
    with pytest.raises(DiskFull):
        bringing_back.bring_back(backup, path_of(kept), _wall(kept))
    assert sorted(path.name for path in path_of(kept).parent.rglob("*")) == before
    assert name_of(kept, anna) == ""


def test_it_is_told_in_whole_sentences() -> None:
    again = Again(forgotten=1, asked=2, together=("Вера",))
    language.use(Language.ENGLISH)
    try:
        assert words.forgotten_again(again)[0] == "1 client who asked to be forgotten was forgotten again."
    finally:
        language.use(Language.RUSSIAN)
    assert words.forgotten_again(again) == [
        "1 клиент, который просил его забыть, снова забыт.",
        "2 клиента с тех пор попросили их забыть; пока тридцать дней не прошли, это можно отменить.",
        "Проверьте карточку «Вера»: в этой копии на ней есть и данные человека, которого уже забыли.",
    ]
    assert words.forgotten_again(Again()) == []
