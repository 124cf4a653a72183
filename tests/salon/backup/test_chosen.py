"""A salon's file that somebody copied by hand is the most usual copy of all: it is looked at with the same care."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import (
    BackupIsSalon,
    BackupNewer,
    BackupReplaced,
    BackupUnreadable,
    DatabaseAltered,
    DatabaseBusy,
    DiskFull,
    FileMissing,
    FileUnreadable,
)
from app.models.connection import Database, files_folder_of
from app.models.opening import open_existing
from app.salon.backup import archive, bringing_back, chosen, copies, staging
from app.salon.clients import files
from app.salon.transaction import carry_out
from app.vocabulary import BackupState
from tests import pictures
from tests.builders import ZONE, at, small_salon

GOLDEN = Path(__file__).parents[2] / "models" / "golden"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A salon with a client, a visit and two photos, closed: making it takes longer than a test."""
    small = small_salon(Database(tmp_path_factory.mktemp("once") / "salon.vizit"))
    anna = small.client("Анна Щёлкина")
    visit = small.book(at(10), anna)
    some = [files.take_in_content(small.database, one) for one in (pictures.JPEG, pictures.PDF)]
    carry_out(small.salon, files.keep, anna, some, visit)
    small.database.close()
    assert small.database.path is not None
    return small.database.path


@pytest.fixture
def copied(once: Path, tmp_path: Path) -> Path:
    """The file alone, copied onto a stick by hand."""
    (tmp_path / "stick").mkdir()
    return Path(shutil.copy(once, tmp_path / "stick" / "Салон (копия).vizit"))


@pytest.fixture
def here(once: Path, tmp_path: Path) -> Path:
    """The salon itself, which has lost its photos."""
    (tmp_path / "desk").mkdir()
    return Path(shutil.copy(once, tmp_path / "desk" / "salon.vizit"))


def tree(folder: Path) -> dict[str, bytes]:
    """Everything in a folder and under it."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_what_it_holds_is_told_and_nothing_is_left_behind(copied: Path, here: Path, tmp_path: Path) -> None:
    before = tree(tmp_path)
    found = chosen.look_at(copied, ZONE, here)
    assert tree(tmp_path) == before
    assert (found.path, found.is_plain, found.state) == (copied, True, BackupState.WHOLE)
    assert found.manifest is not None
    assert (found.manifest.salon, found.manifest.counts) == ("Студия на Садовой", {"client": 1, "visit": 1})
    assert (len(found.manifest.entries), len(found.manifest.missing)) == (1, 2), "its photos are nowhere"
    database = Database(here)
    assert found.made_at == copies.changed_at(database)
    database.close()
    assert copies.state_as_seen(found) is BackupState.WHOLE
    os.utime(copied, (1, 1))
    with pytest.raises(BackupReplaced):
        copies.state_as_seen(found)


def test_an_archive_is_taken_as_before(here: Path, tmp_path: Path) -> None:
    database = open_existing(here)
    archive.make(database, tmp_path / "copy.vizit", small_salon().clock.now())
    database.close()
    found = chosen.look_at(tmp_path / "copy.vizit", ZONE, here)
    assert (found.is_plain, found.state) == (False, BackupState.UNCHECKED), "by what it is, not by its name"


def test_what_the_log_beside_it_holds_is_in_it(here: Path, tmp_path: Path) -> None:
    """Copied with its log while the program had it open, or after a power cut."""
    database = open_existing(here)
    database.rows("UPDATE client SET name = 'Вера'")
    for end in ("", "-wal"):
        shutil.copy(here.with_name(here.name + end), tmp_path / f"copy.vizit{end}")
    database.close()
    target = tmp_path / "new" / "salon.vizit"
    bringing_back.bring_back(tmp_path / "copy.vizit", target, at(12))
    database = Database(target)
    assert database.value("SELECT name FROM client") == "Вера"
    database.close()


def test_its_own_file_is_no_copy_of_the_salon(here: Path) -> None:
    with pytest.raises(BackupIsSalon):
        chosen.look_at(here, ZONE, here)
    with pytest.raises(FileMissing):
        chosen.look_at(here.with_name("gone.vizit"), ZONE, here)


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_one_of_an_earlier_version_is_taken_and_stays_as_it_is(version: str, here: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.vizit"
    with closing(sqlite3.connect(old)) as written:
        written.executescript((GOLDEN / f"{version}.sql").read_text(encoding="utf-8"))
    before = tree(tmp_path)
    found = chosen.look_at(old, ZONE, here)
    assert found.manifest is not None
    assert found.manifest.counts["visit"] > 0
    assert tree(tmp_path) == before
    assert bringing_back.bring_back(old, here, at(12)).visits == found.manifest.counts["visit"]


def test_bringing_it_up_to_date_is_a_part_of_the_way(copied: Path, here: Path, tmp_path: Path) -> None:
    old, ways = tmp_path / "old.vizit", list[list[int]]()
    with closing(sqlite3.connect(old)) as written:
        written.executescript((GOLDEN / "0001.sql").read_text(encoding="utf-8"))
    for source in (copied, old):
        left: list[int] = []
        chosen.look_at(source, ZONE, here, lambda done, of, left=left: left.append(of - done))
        ways.append(left)
    assert [way[-1] for way in ways] == [0, 0]
    assert max(ways[1]) > max(ways[0])


# ---- hostile -------------------------------------------------------------------------------------------------


def _text(path: Path) -> None:
    path.write_bytes(b"hello")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _begins_like_one(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"x" * 4096)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _cut_off_in_the_first_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:700])


def _scribbled_upon(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(3, len(content) // 4096, 2):
        content[page * 4096 : page * 4096 + 1000] = b"\xff" * 1000
    path.write_bytes(content)


def _without_tables(path: Path) -> None:
    path.unlink()
    _told(path, "PRAGMA user_version = 7")


def _of_another_program(path: Path) -> None:
    path.unlink()
    _told(path, "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, url TEXT)")


def _of_another_program_with_the_same_steps(path: Path) -> None:
    path.unlink()
    _told(path, "CREATE TABLE schema_migration (id INTEGER PRIMARY KEY, name TEXT, applied TEXT)")


def _says_that_all_steps_were_done(path: Path) -> None:
    database = Database(path)
    steps = [row[0] for row in database.rows("SELECT name FROM schema_migration")]
    database.close()
    _of_another_program_with_the_same_steps(path)
    _told(path, *(f"INSERT INTO schema_migration (name, applied) VALUES ('{name}', '')" for name in steps))


def _says_that_the_first_step_was_done(path: Path) -> None:
    database = Database(path)
    first = database.value("SELECT MIN(name) FROM schema_migration")
    database.close()
    _of_another_program_with_the_same_steps(path)
    _told(path, f"INSERT INTO schema_migration (name, applied) VALUES ('{first}', '')")


def _without_a_table(path: Path) -> None:
    _told(path, "DROP TABLE formula_part")


def _without_a_column(path: Path) -> None:
    _told(path, "ALTER TABLE complaint RENAME COLUMN text TO words")


def _with_a_view_for_a_table(path: Path) -> None:
    _told(path, "ALTER TABLE requisites RENAME TO other", "CREATE VIEW requisites AS SELECT * FROM other")


def _with_a_spy(path: Path) -> None:
    _told(path, "CREATE TRIGGER spy AFTER UPDATE ON visit BEGIN DELETE FROM client; END")


def _with_a_table_for_the_search(path: Path) -> None:
    _told(path, "DROP TABLE client_search", "CREATE TABLE client_search (words)")


def _denies_its_last_step(path: Path) -> None:
    _told(path, "DELETE FROM schema_migration WHERE name = (SELECT MAX(name) FROM schema_migration)")


def _with_a_table_of_an_unknown_kind(path: Path) -> None:
    odd = "CREATE VIRTUAL TABLE odd USING nobody_knows_it"
    _told(path, "PRAGMA writable_schema = 1", f"INSERT INTO sqlite_master VALUES ('table', 'odd', 'odd', 0, '{odd}')")


def _with_rows_of_nobody(path: Path) -> None:
    _told(path, "UPDATE visit SET client_id = 777")


def _told(path: Path, *commands: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as written:
        for command in commands:
            written.execute(command)


@pytest.mark.parametrize(
    "spoil",
    [
        _text,
        _empty,
        _begins_like_one,
        _cut_off,
        _cut_off_in_the_first_page,
        _scribbled_upon,
        _without_tables,
        _of_another_program,
        _of_another_program_with_the_same_steps,
        _says_that_all_steps_were_done,
        _says_that_the_first_step_was_done,
        _without_a_table,
        _without_a_column,
        _with_a_table_for_the_search,
        _denies_its_last_step,
        _with_a_table_of_an_unknown_kind,
        _with_rows_of_nobody,
    ],
    ids=lambda spoil: spoil.__name__.strip("_"),
)
def test_what_is_no_whole_salon_is_refused_and_changes_nothing(
    copied: Path, here: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(copied)
    before = tree(tmp_path)
    with pytest.raises(BackupUnreadable):
        chosen.look_at(copied, ZONE, here)
    with pytest.raises(BackupUnreadable):
        bringing_back.bring_back(copied, here, at(12))
    assert tree(tmp_path) == before


@pytest.mark.parametrize(("spoil", "name"), [(_with_a_view_for_a_table, "requisites"), (_with_a_spy, "spy")])
def test_one_with_commands_of_its_own_is_refused_and_they_are_named(
    copied: Path, here: Path, tmp_path: Path, spoil: Callable[[Path], None], name: str
) -> None:
    spoil(copied)
    before = tree(tmp_path)
    with pytest.raises(DatabaseAltered) as refused:
        chosen.look_at(copied, ZONE, here)
    assert (refused.value.path, refused.value.names) == (copied, (name,))
    with pytest.raises(DatabaseAltered):
        bringing_back.bring_back(copied, here, at(12))
    assert tree(tmp_path) == before


def test_one_of_a_newer_version_asks_for_the_newer_program(copied: Path, here: Path) -> None:
    _told(copied, "INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    with pytest.raises(BackupNewer):
        chosen.look_at(copied, ZONE, here)


def test_one_into_which_somebody_writes_is_not_taken_by_halves(
    copied: Path, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_BLOCK", 65536)
    before = tree(here.parent)

    def meanwhile(_done: int, _steps: int) -> None:
        os.utime(copied, (2, 2))

    with pytest.raises(DatabaseBusy):
        chosen.look_at(copied, ZONE, here, meanwhile)
    assert tree(here.parent) == before


def test_it_is_given_up_and_needs_room(
    copied: Path, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Enough(Exception):
        pass

    def stop(_done: int, _steps: int) -> None:
        raise Enough

    before = tree(tmp_path)
    with pytest.raises(Enough):
        chosen.look_at(copied, ZONE, here, stop)
    monkeypatch.setattr(staging.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 9, 9))
    with pytest.raises(DiskFull):
        chosen.look_at(copied, ZONE, here)
    assert tree(tmp_path) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="whoever may read everything is refused nothing")
def test_one_that_may_not_be_read_is_told(copied: Path, here: Path) -> None:
    copied.chmod(0)
    with pytest.raises(FileUnreadable):
        chosen.look_at(copied, ZONE, here)


# ---- photos --------------------------------------------------------------------------------------------------


def test_photos_that_lie_beside_it_come_along_where_they_are_missing(
    once: Path, copied: Path, here: Path, tmp_path: Path
) -> None:
    beside = files_folder_of(copied)
    shutil.copytree(files_folder_of(once), beside)
    photo, contract = sorted(tree(beside), key=lambda name: name.endswith("pdf"))
    (beside / contract).write_bytes(b"spoilt")
    found = chosen.look_at(copied, ZONE, here)
    assert found.manifest is not None
    assert (set(found.manifest.entries), found.manifest.missing) == (
        {"salon.vizit", f"files/{photo}", f"files/{contract}"},
        (),
    )
    bringing_back.bring_back(copied, here, at(12))
    assert tree(files_folder_of(here)) == {photo: pictures.JPEG}
    if os.name == "posix":
        (files_folder_of(here) / photo).unlink()
        (beside / photo).unlink()
        (tmp_path / "private").write_bytes(pictures.JPEG)
        (beside / photo).symlink_to(tmp_path / "private")
        bringing_back.bring_back(copied, here, at(13))
        assert tree(files_folder_of(here)) == {}


def test_photos_that_are_there_stay_as_they_are(once: Path, copied: Path, here: Path) -> None:
    shutil.copytree(files_folder_of(once), files_folder_of(here))
    before = tree(files_folder_of(here))
    found = chosen.look_at(copied, ZONE, here)
    assert found.manifest is not None
    assert (len(found.manifest.entries), found.manifest.missing) == (1, ())
    bringing_back.bring_back(copied, here, at(12))
    assert tree(files_folder_of(here)) == before
