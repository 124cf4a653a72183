"""Opening a salon's file, and what its failures are called."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app import paths
from app.errors import (
    DatabaseAltered,
    DatabaseBusy,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseUnreadable,
    DiskFull,
    FolderShared,
    Gone,
)
from app.models import ALL_TABLES, DERIVED_TABLES, Client, StaffMember, connection as doorway, shared_folder
from app.models.connection import Database, OverlapRefused, Told
from app.models.guards import GUARDS, standing, taken_out_file
from app.models.opening import create, open_existing, open_foreign, withdraw
from tests.builders import new_database, small_salon


@pytest.fixture(scope="module")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new salon's file, closed; not to be changed."""
    path = tmp_path_factory.mktemp("new") / "salon.vizit"
    create(path).close()
    return path


@pytest.fixture
def file(new_file: Path, tmp_path: Path) -> Path:
    """The same for one test: making the tables takes longer than most tests, so it is a copy."""
    return Path(shutil.copy(new_file, tmp_path / "salon.vizit"))


def test_every_step_together_makes_exactly_the_tables_of_the_program(file: Path) -> None:
    from playhouse.schema_diff import diff_models

    database = open_existing(file)
    engine = database.as_peewee()
    every = [*ALL_TABLES, *DERIVED_TABLES]
    with engine.bind_ctx(every):
        difference = diff_models(engine, every)
    database.close()
    assert not difference, str(difference)


def test_the_guards_stand_after_all_steps(file: Path) -> None:
    database = open_existing(file)
    triggers = {row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    database.close()
    assert triggers == set(GUARDS)


def test_a_program_killed_before_the_guards_stood_makes_them_at_the_next_start(file: Path) -> None:
    database = Database(file)
    for name in GUARDS:
        database.rows(f"DROP TRIGGER {name}")
    database.close()
    database = open_existing(file)
    triggers = {row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    database.close()
    assert triggers == set(GUARDS)


def test_the_engine_writes_safely(file: Path, in_a_hurry: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorway, "_PRAGMAS", in_a_hurry)
    database = open_existing(file)
    facts = {name: database.value(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")}
    database.close()
    assert facts == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_steps_know_peewee_alone() -> None:
    """A step is frozen: a later change of the tables must not change what it does."""
    for step in paths.migrations().glob("[0-9]*.py"):
        imports = [
            line for line in step.read_text(encoding="utf-8").splitlines() if line.startswith(("import", "from"))
        ]
        assert all("app" not in line.split()[1] for line in imports), step.name


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        open_existing(tmp_path / "nowhere.vizit")


@pytest.mark.parametrize("content", [b"", b"SQLite format", b"%PDF-1.7 something else entirely", b"\x00" * 4096])
def test_a_file_that_is_no_salon_is_left_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.vizit"
    path.write_bytes(content)
    with pytest.raises(DatabaseUnreadable):
        open_existing(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE song (title TEXT)")
    other.commit()
    other.close()
    with pytest.raises(DatabaseUnreadable):
        open_existing(path)
    other = sqlite3.connect(path)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("song",)]
    other.close()


def test_a_damaged_page_is_named(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:] = b"\x55" * (len(content) - 100)
    file.write_bytes(bytes(content))
    with pytest.raises(DatabaseUnreadable):
        open_existing(file)


def test_a_file_of_a_newer_program_is_refused(file: Path) -> None:
    database = Database(file)
    database.rows("INSERT INTO schema_migration (name, applied) VALUES ('0099_future', '2030-01-01')")
    database.close()
    with pytest.raises(DatabaseNewer) as refused:
        open_existing(file)
    assert refused.value.steps == ("0099_future",)


def test_a_copy_is_made_before_a_pending_step(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    for step in paths.migrations().glob("[0-9]*.py"):
        (steps / step.name).write_bytes(step.read_bytes())
    (steps / "0002_a_wish.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('ALTER TABLE client ADD COLUMN wish TEXT')\n", encoding="utf-8"
    )
    monkeypatch.setattr(paths, "migrations", lambda: steps)
    database = open_existing(file)
    columns = {row[1] for row in database.rows("PRAGMA table_info(client)")}
    triggers = {row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    database.close()
    assert "wish" in columns
    assert triggers == set(GUARDS)
    copy = sqlite3.connect(file.with_suffix(".before-0002_a_wish.vizit"))
    assert "wish" not in {row[1] for row in copy.execute("PRAGMA table_info(client)")}
    copy.close()


def test_a_step_that_fails_changes_nothing(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    for step in paths.migrations().glob("[0-9]*.py"):
        (steps / step.name).write_bytes(step.read_bytes())
    (steps / "0002_halfway.py").write_text(
        "def up(migrator, db):\n"
        "    db.execute_sql('ALTER TABLE client ADD COLUMN wish TEXT')\n"
        "    raise RuntimeError\n",
        encoding="utf-8",
    )
    with monkeypatch.context() as patch:
        patch.setattr(paths, "migrations", lambda: steps)
        with pytest.raises(RuntimeError):
            open_existing(file)
    database = open_existing(file)
    columns = {row[1] for row in database.rows("PRAGMA table_info(client)")}
    database.close()
    assert "wish" not in columns


# ---- what stands in a file -----------------------------------------------------------------------------------

SPY = 'CREATE TRIGGER "a ""spy"" of их" AFTER INSERT ON staff_member BEGIN DELETE FROM staff_member; END'
LIST = "CREATE VIEW staff_list AS SELECT name FROM staff_member"


def add(path: Path, *texts: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        for text in texts:
            other.execute(text)
        other.commit()


def test_the_guards_are_kept_as_they_are_written(file: Path) -> None:
    """By their text it is seen at every start that nobody changed them."""
    database = open_existing(file)
    assert {name: text for _kind, name, text in standing(database)} == GUARDS
    assert database.taken_out == ()
    database.close()


def test_what_the_program_did_not_make_is_taken_out_of_its_own_file_and_not_lost(file: Path) -> None:
    add(file, SPY, LIST)
    database = open_existing(file)
    assert set(database.taken_out) == {'a "spy" of их', "staff_list"}
    database.insert(StaffMember, {"name": "Ольга"})
    assert database.value("SELECT name FROM staff_member") == "Ольга"
    assert {name for _kind, name, _text in standing(database)} == set(GUARDS)
    database.close()
    with closing(sqlite3.connect(":memory:")) as elsewhere:
        elsewhere.execute("CREATE TABLE staff_member (name)")
        elsewhere.executescript(taken_out_file(file).read_text(encoding="utf-8"))
        assert elsewhere.execute("SELECT count(*) FROM sqlite_master").fetchone() == (3,)
    again = open_existing(file)
    assert again.taken_out == ()
    again.close()


@pytest.mark.parametrize("is_in_name", [False, True], ids=["its text", "its name"])
def test_a_trigger_whose_letters_are_no_letters_does_not_end_the_start_unexplained(
    file: Path, is_in_name: bool
) -> None:
    """It is taken out by its name; where that cannot be written, the file is refused in one sentence."""
    create(file).close()
    text = b"CREATE TRIGGER spy AFTER INSERT ON staff_member BEGIN SELECT '\xff\xfe'; END"
    name = b"spy"
    if is_in_name:
        name = b"spy\xff"
        text = text.replace(b"spy", b'"spy\xff"')
    with closing(sqlite3.connect(file)) as elsewhere:
        elsewhere.execute("CREATE TRIGGER spy AFTER INSERT ON staff_member BEGIN SELECT 1; END")
        elsewhere.execute("PRAGMA writable_schema = 1")
        elsewhere.execute(
            "UPDATE sqlite_master SET name = CAST(? AS TEXT), sql = CAST(? AS TEXT) WHERE name = 'spy'", (name, text)
        )
        elsewhere.commit()
    if is_in_name:
        with pytest.raises(DatabaseUnreadable):
            open_existing(file)
        return
    database = open_existing(file)
    assert database.taken_out == ("spy",)
    assert "SELECT '" in taken_out_file(file).read_text(encoding="utf-8")
    database.close()


def test_what_cannot_be_kept_elsewhere_is_not_taken_out(file: Path) -> None:
    add(file, SPY)
    taken_out_file(file).mkdir()
    with pytest.raises(DatabaseReadOnly):
        open_existing(file)
    with closing(sqlite3.connect(file)) as other:
        spies = other.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%spy%'")
        assert spies.fetchone() == (1,)


@pytest.mark.parametrize("text", ["", "CREATE TRIGGER {name} BEFORE INSERT ON occupancy BEGIN SELECT 1; END"])
def test_a_guard_that_is_missing_or_another_is_made_again(file: Path, text: str) -> None:
    name = "occupancy_overlap_insert"
    add(file, f"DROP TRIGGER {name}", text.format(name=name))
    database = open_existing(file)
    assert {name: text for _kind, name, text in standing(database)} == GUARDS
    database.close()


def test_a_foreign_file_with_commands_of_its_own_is_refused_before_any_of_them_runs(file: Path) -> None:
    add(file, SPY, LIST, "DELETE FROM schema_migration WHERE name LIKE '0003%'")
    with pytest.raises(DatabaseAltered) as refused:
        open_foreign(file)
    assert set(refused.value.names) == {'a "spy" of их', "staff_list"}
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT count(*) FROM schema_migration WHERE name LIKE '0003%'").fetchone() == (0,)


def test_a_view_under_the_name_of_a_guard_is_no_guard(file: Path) -> None:
    name = "occupancy_overlap_insert"
    add(file, f"CREATE VIEW {name} AS SELECT name FROM staff_member")
    with pytest.raises(DatabaseAltered):
        open_foreign(file)
    database = open_existing(file)
    assert (database.taken_out, database.made_again) == ((name,), ())
    assert sorted(standing(database)) == sorted(("trigger", guard, text) for guard, text in GUARDS.items())
    database.close()


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """The file of a salon as the first version left it."""
    file = tmp_path / "earlier.vizit"
    with closing(sqlite3.connect(file)) as made:
        made.executescript((Path(__file__).parent / "golden" / "0001.sql").read_text(encoding="utf-8"))
    return file


def test_a_command_under_the_name_of_a_guard_does_not_run_while_a_file_is_brought_up_to_date(earlier: Path) -> None:
    add(
        earlier,
        "DROP TRIGGER occupancy_overlap_insert",
        "CREATE TRIGGER occupancy_overlap_insert AFTER INSERT ON schema_migration "
        "BEGIN UPDATE client SET name = 'Никто'; END",
    )
    database = open_foreign(earlier)
    assert database.value("SELECT COUNT(*) FROM client WHERE name <> 'Никто'") > 0
    database.close()


def test_bringing_a_file_up_to_date_is_done_beside_whoever_waits(earlier: Path) -> None:
    steps: list[tuple[int, int]] = []
    copies: list[Path] = []

    def beside(work: Callable[[Told], None], copy: Path) -> None:
        copies.append(copy)
        withdraw(earlier)  # whoever waits has the file no more
        other = threading.Thread(target=work, args=(lambda done, of: steps.append((done, of)),))
        other.start()
        other.join()

    database = open_existing(earlier, beside)
    assert database.value("SELECT COUNT(*) FROM schema_migration") == 3
    database.close()
    assert [one.is_file() for one in copies] == [True], "the safety copy"
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == ((0, 300), (300, 300))
    assert {(100, 300), (200, 300)} <= set(steps), "the copy, and each step"
    open_existing(earlier, beside).close()
    assert len(copies) == 1, "there was nothing to do"


def test_bringing_a_foreign_file_up_to_date_can_be_given_up(earlier: Path) -> None:
    class Enough(Exception):
        pass

    def stop(done: int, _of: int) -> None:
        if done:
            raise Enough

    with pytest.raises(Enough):
        open_foreign(earlier, stop)
    assert [one.name for one in earlier.parent.iterdir()] == [earlier.name], "and keeps no copy of a copy"


def test_another_program_holds_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorway, "WAIT_SECONDS", 0.05)
    holder = sqlite3.connect(file)
    holder.execute("BEGIN EXCLUSIVE")
    database = Database(file)
    with pytest.raises(DatabaseBusy), database.writing():
        raise AssertionError("nobody gets here")
    holder.rollback()
    holder.close()
    with database.writing():
        database.insert(StaffMember, {"name": "Ольга"})
    assert database.value("SELECT COUNT(*) FROM staff_member") == 1
    database.close()


def test_a_full_disk_changes_nothing_and_is_named(file: Path) -> None:
    database = open_existing(file)
    database.rows(f"PRAGMA max_page_count = {database.value('PRAGMA page_count')}")
    crowd = [{"name": f"Мастер {number} " + "я" * 200} for number in range(10_000)]
    with pytest.raises(DiskFull), database.writing():
        database.insert_many(StaffMember, crowd)
    assert database.value("SELECT COUNT(*) FROM staff_member") == 0
    database.rows("PRAGMA max_page_count = 100000")
    with database.writing():
        database.insert(StaffMember, {"name": "Ольга"})
    assert database.value("SELECT COUNT(*) FROM staff_member") == 1
    database.close()


def test_a_file_that_cannot_be_written_is_named(file: Path) -> None:
    database = Database(file)
    database.rows("PRAGMA query_only = 1")
    with pytest.raises(DatabaseReadOnly), database.writing():
        database.insert(StaffMember, {"name": "Ольга"})
    database.close()


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Salon", "Yandex.Disk", "Google Drive"])
def test_a_synchronised_folder_is_refused(tmp_path: Path, folder: str) -> None:
    with pytest.raises(FolderShared):
        create(tmp_path / folder / "salon.vizit")
    assert not (tmp_path / folder).exists()


def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_folder, "_file_system", lambda _path: "cifs")
    with pytest.raises(FolderShared):
        create(tmp_path / "salon.vizit")


def test_the_kind_of_a_file_system_is_read_from_the_deepest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n//server/salon /srv/salon cifs rw 0 0\n", encoding="utf-8")
    assert shared_folder._file_system(Path("/srv/salon/data"), mounts) == "cifs"
    assert shared_folder._file_system(Path("/srv/salon2/data"), mounts) == "ext4"
    assert shared_folder._file_system(Path("/srv"), tmp_path / "none") == ""


def test_a_copy_is_whole_while_the_salon_works(file: Path, tmp_path: Path) -> None:
    database = open_existing(file)
    with database.writing():
        database.insert(StaffMember, {"name": "Ольга"})
    database.backup_to(tmp_path / "copy.vizit")
    database.close()
    copy = open_existing(tmp_path / "copy.vizit")
    assert copy.value("SELECT name FROM staff_member") == "Ольга"
    copy.close()


def test_a_missing_client_is_refused_by_the_file_itself() -> None:
    database = new_database()
    with pytest.raises(Exception, match="FOREIGN KEY"), database.writing():
        database.rows("INSERT INTO alert (client_id, kind, text, created_at) VALUES (77, 'allergy', 'x', 'now')")
    database.close()


def test_many_rows_at_once_and_none_at_all() -> None:
    database = new_database()
    with database.writing():
        database.insert_many(StaffMember, [{"name": "Ольга"}, {"name": "Мария"}])
        database.insert_many(StaffMember, [])
    assert database.rows("SELECT name FROM staff_member ORDER BY id") == [("Ольга",), ("Мария",)]
    assert database.kept_row("staff_member", 1, ["name"]) == {"name": "Ольга"}
    assert database.kept_row("staff_member", 99) is None
    assert database.value("SELECT 1 WHERE 0") is None
    database.close()


def test_a_thread_closes_its_own_connection(file: Path) -> None:
    database = open_existing(file)
    seen: list[Any] = []

    def work() -> None:
        with database.in_thread() as mine:
            seen.append(mine.value("SELECT COUNT(*) FROM client"))
        seen.append(getattr(mine._own, "connection", None) is None)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [0, True]
    assert database.value("SELECT COUNT(*) FROM client") == 0
    database.close()


def test_raw_sql_cannot_book_a_master_twice() -> None:
    """BUGS_OF_OTHERS 1: the guard is in the database."""
    database = new_database()
    with database.writing():
        database.insert(StaffMember, {"name": "Ольга"})
        for start, end in (("10:00", "11:00"), ("13:00", "14:00")):
            database.rows(
                "INSERT INTO block (staff_id, day, starts_at, ends_at, kind, reason) "
                "VALUES (1, '2026-05-14', ?, ?, 'break', '')",
                (f"2026-05-14 {start}", f"2026-05-14 {end}"),
            )
    insert = "INSERT INTO occupancy (staff_id, starts_at, ends_at, block_id, is_override) VALUES (1, ?, ?, ?, ?)"
    with database.writing():
        database.rows(insert, ("2026-05-14 10:00", "2026-05-14 11:00", 1, 0))
        database.rows(insert, ("2026-05-14 11:00", "2026-05-14 12:00", 2, 0))
    for start, end in (("10:30", "11:30"), ("09:00", "10:01"), ("10:10", "10:20"), ("09:00", "13:00")):
        with pytest.raises(OverlapRefused), database.writing():
            database.rows(insert, (f"2026-05-14 {start}", f"2026-05-14 {end}", 2, 0))
    with pytest.raises(OverlapRefused), database.writing():
        database.rows("UPDATE occupancy SET starts_at = '2026-05-14 10:30' WHERE block_id = 2")
    with database.writing():
        database.rows(insert, ("2026-05-14 10:30", "2026-05-14 11:30", 2, 1))
    database.close()


@pytest.mark.parametrize("place", ["staff_id", "room_id"])
@pytest.mark.parametrize(
    "writing",
    [
        "INSERT INTO occupancy ({place}, starts_at, ends_at, block_id, is_override) VALUES (1, {early}, {late}, 1, 0)",
        "UPDATE occupancy SET {place} = 1 WHERE id = 2",
        "UPDATE occupancy SET starts_at = '{day} 10:59' WHERE id = 3",
        "UPDATE occupancy SET ends_at = '{day} 10:01' WHERE id = 4",
        "UPDATE occupancy SET is_override = 0 WHERE id = 5",
    ],
    ids=["new", "with another", "earlier", "longer", "permission gone"],
)
def test_no_raw_writing_brings_two_into_one_place(place: str, writing: str) -> None:
    """BUGS_OF_OTHERS 1: for a master as for a room, and whatever column is written."""
    small, day = small_salon(), "2026-05-14"
    database = small.database
    for name in ("Кресло 1", "Кресло 2"):
        small.room(name, small.manicure)
    with database.writing():
        database.rows(
            "INSERT INTO block (staff_id, day, starts_at, ends_at, kind, reason) VALUES (1, ?, ?, ?, 'break', '')",
            (day, f"{day} 10:00", f"{day} 11:00"),
        )
        for whose, start, end, is_override in (
            (1, "10:00", "11:00", 0),
            (2, "10:00", "11:00", 0),
            (1, "11:00", "12:00", 0),
            (1, "09:00", "10:00", 0),
            (1, "10:30", "10:45", 1),
        ):
            database.rows(
                f"INSERT INTO occupancy ({place}, starts_at, ends_at, block_id, is_override) VALUES (?, ?, ?, 1, ?)",
                (whose, f"{day} {start}", f"{day} {end}", is_override),
            )
    with pytest.raises(OverlapRefused), database.writing():
        database.rows(writing.format(place=place, day=day, early=f"'{day} 10:59'", late=f"'{day} 12:00'"))
    database.close()


def test_clients_are_kept_by_field_name() -> None:
    from app.models.connection import kept_values, table_name

    assert table_name(Client) == "client"
    kept = kept_values(Client, {"name": "Анна"})
    assert kept["name"] == "Анна"
    assert kept["wishes"] == ""


def test_no_row_gets_the_number_of_one_that_was_removed() -> None:
    """The journal names rows by their number: a new visit must not be taken for one that was taken back."""
    database = new_database()
    with database.writing():
        assert database.last_id(StaffMember) == 0
        removed = database.insert(StaffMember, {"name": "Ольга"})
        database.delete_kept("staff_member", removed)
        assert database.last_id(StaffMember) == removed
        assert database.insert(StaffMember, {"name": "Мария"}) > removed
    database.close()


# ---- the log -------------------------------------------------------------------------------------------------


def test_what_was_written_is_folded_into_the_file(file: Path, tmp_path: Path) -> None:
    database = open_existing(file)
    database.insert(StaffMember, {"name": "Ольга"})
    alone = tmp_path / "alone.vizit"
    alone.write_bytes(file.read_bytes())
    assert sqlite3.connect(alone).execute("SELECT count(*) FROM staff_member").fetchone() == (0,)
    database.fold()
    alone.write_bytes(file.read_bytes())
    assert sqlite3.connect(alone).execute("SELECT count(*) FROM staff_member").fetchone() == (1,)
    database.insert(StaffMember, {"name": "Мария"})
    database.fold()
    assert database.value("SELECT count(*) FROM staff_member") == 2
    database.close()


def test_folding_waits_for_nobody_who_reads(file: Path) -> None:
    database, reader = open_existing(file), sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM staff_member").fetchall()
    database.insert(StaffMember, {"name": "Ольга"})
    database.fold()
    assert reader.execute("SELECT count(*) FROM staff_member").fetchone() == (0,)
    reader.close()
    database.fold()
    database.close()


def test_a_database_in_memory_has_no_log() -> None:
    database = new_database()
    database.fold()
    database.close()


def test_a_long_query_is_given_up_by_who_is_asked(tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def stop() -> None:
        raise Enough

    database = create(tmp_path / "salon.vizit")
    counting = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT COUNT(*) FROM n"
    with pytest.raises(Enough), database.asking(stop):
        database.value(counting)
    assert database.value(counting) == 300_000, "nobody is asked any more"
    with pytest.raises(Gone), database.asking(list):
        raise Gone
    database.close()
