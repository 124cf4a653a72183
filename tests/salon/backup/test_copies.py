"""The folder of copies: what is made there, what is found, and what bringing one back would cost."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from app.errors import BackupFolderGone, BackupNewer, FileMissing, FileUnwritable
from app.models.connection import Database
from app.models.opening import open_existing
from app.salon.backup import archive, bringing_back, copies
from app.salon.scheduling import booking
from app.salon.transaction import Salon, carry_out
from app.vocabulary import BackupOccasion, BackupState, CancelReason
from tests.builders import ZONE, SmallSalon, at, small_salon

AUTO, BY_HAND, BEFORE = BackupOccasion.AUTOMATIC, BackupOccasion.BY_HAND, BackupOccasion.BEFORE_RESTORE


@pytest.fixture
def salon(tmp_path: Path) -> Iterator[SmallSalon]:
    """A salon in a file with one visit, and a folder for its copies."""
    made = small_salon()
    made.database.backup_to(tmp_path / "salon.vizit")
    made.database.close()
    small = small_salon(open_existing(tmp_path / "salon.vizit"))
    small.book(at(12), small.client("Анна"))
    (tmp_path / "stick").mkdir()
    yield small
    small.database.close()


def kept(small: SmallSalon, folder: Path, occasion: BackupOccasion = BY_HAND, **how: object) -> Path:
    """A copy that is made now."""
    how = {"keep_days": 14, **how}
    return copies.make(small.database, folder, occasion, small.clock.now(), ZONE, **how)[0]  # type: ignore[arg-type]


def test_a_copy_tells_when_it_was_made_of_which_salon_and_what_is_in_it(salon: SmallSalon, tmp_path: Path) -> None:
    path = kept(salon, tmp_path / "stick", AUTO)
    assert re.fullmatch(r"salon-[0-9a-f]{6}-2026-05-12-110000-auto\.zip", path.name)
    (found,) = copies.found_in(tmp_path / "stick", ZONE)
    assert (found.path, found.made_at, found.occasion) == (path, salon.clock.now(), AUTO)
    assert found.manifest is not None
    assert (found.manifest.salon, found.manifest.counts["client"], found.manifest.counts["visit"]) == (
        "Студия на Садовой",
        1,
        1,
    )
    assert copies.state_of(path) is BackupState.WHOLE


def test_the_newest_comes_first_and_other_files_are_passed_over(salon: SmallSalon, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    first = kept(salon, folder)
    salon.clock.advance(timedelta(days=1))
    second = kept(salon, folder)
    (folder / "letter.zip").write_bytes(b"PK of somebody else")
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8")
    second.write_bytes(second.read_bytes()[:900])
    found = copies.found_in(folder, ZONE)
    assert [one.path for one in found] == [second, first]
    assert [one.state for one in found] == [BackupState.DAMAGED, BackupState.UNCHECKED]


def test_one_flipped_bit_is_found(salon: SmallSalon, tmp_path: Path) -> None:
    path = kept(salon, tmp_path / "stick")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert copies.state_of(path) is BackupState.DAMAGED


def test_one_of_a_newer_program_is_told_from_a_damaged_one(
    salon: SmallSalon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "FORMAT", archive.FORMAT + 1)
    path = kept(salon, tmp_path / "stick")
    monkeypatch.undo()
    assert [one.state for one in copies.found_in(tmp_path / "stick", ZONE)] == [BackupState.NEWER]
    with pytest.raises(BackupNewer):
        copies.look_at(path, ZONE)


def test_a_folder_that_is_gone_is_said_and_not_made_anew(salon: SmallSalon, tmp_path: Path) -> None:
    gone = tmp_path / "pulled out"
    with pytest.raises(BackupFolderGone):
        kept(salon, gone)
    with pytest.raises(BackupFolderGone):
        copies.found_in(gone, ZONE)
    with pytest.raises(FileMissing):
        copies.state_of(gone / "salon.zip")
    assert not gone.exists()
    assert kept(salon, gone, is_own_folder=True).is_file()


def test_where_a_file_stands_no_folder_can_be(salon: SmallSalon, tmp_path: Path) -> None:
    (tmp_path / "stick" / "file").write_bytes(b"")
    with pytest.raises(FileUnwritable):
        kept(salon, tmp_path / "stick" / "file" / "backups", is_own_folder=True)


def test_giving_it_up_leaves_nothing_behind(salon: SmallSalon, tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    for step in range(4):

        def stop(done: int, _steps: int, step: int = step) -> None:
            if done >= step:
                raise Enough

        if step < 2:
            with pytest.raises(Enough):
                kept(salon, tmp_path / "stick", progress=stop)
            assert list((tmp_path / "stick").iterdir()) == []


def test_what_a_power_cut_left_is_cleared_by_the_next_copy(salon: SmallSalon, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    begins = copies.name_of(salon.database)
    ends = (".unfinished", ".0123abcd.salon", ".0123abcd.salon.unfinished-wal", ".salon.unfinished-journal")
    mine = [folder / f"{begins}-2026-05-11-200000-auto.zip{end}" for end in ends]
    kept_apart = [folder / f"{begins}-2026-05-11-200000-auto.zip.old", folder / "mine.zip.unfinished"]
    at_work = folder / f"{begins}-2026-05-12-105900-auto.zip.4567abcd.salon"
    for path, hours in (*((one, 15) for one in (*mine, *kept_apart)), (at_work, 0)):
        path.write_bytes(b"half")
        moment = (salon.clock.now() - timedelta(hours=hours)).timestamp()
        os.utime(path, (moment, moment))
    path = kept(salon, folder)
    assert {one.name for one in folder.iterdir()} == {path.name, at_work.name, *(one.name for one in kept_apart)}


def test_whatever_a_power_cut_can_leave_is_cleared_by_the_next_copy(
    salon: SmallSalon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names are those of the files that lie there while a copy is made."""
    folder, seen = tmp_path / "stick", set[str]()

    def look(_database: object) -> bool:
        seen.update(one.name for one in folder.iterdir())
        return False

    with monkeypatch.context() as during:
        during.setattr(type(salon.database), "has_remains", property(look))
        path = kept(salon, folder)
    assert seen
    moment = (salon.clock.now() - timedelta(hours=15)).timestamp()
    for name in seen:
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (moment, moment))
    path.unlink()
    path = kept(salon, folder)
    assert list(folder.iterdir()) == [path]


def test_two_windows_that_are_closed_together_both_make_their_copy(salon: SmallSalon, tmp_path: Path) -> None:
    folder, others = tmp_path / "stick", list[Path]()

    def meanwhile(done: int, _steps: int) -> None:
        if done == 0 and not others:
            others.append(folder)
            others[:] = [kept(salon, folder)]

    path = kept(salon, folder, progress=meanwhile)
    assert sorted(folder.iterdir()) == sorted([path, *others])
    assert [copies.state_of(one) for one in folder.iterdir()] == [BackupState.WHOLE] * 2


def test_old_ones_give_way_but_never_the_one_that_is_to_be_restored(salon: SmallSalon, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    made: list[Path] = []
    for _day in range(3):
        made.append(kept(salon, folder, BEFORE))
        salon.clock.advance(timedelta(days=1))
    newest = kept(salon, folder, BEFORE, spare=made[0])
    assert sorted(folder.iterdir()) == [*made, newest]
    salon.clock.advance(timedelta(days=1))
    latest = kept(salon, folder, BEFORE)
    assert sorted(folder.iterdir()) == [made[2], newest, latest]


def test_salons_of_one_file_name_share_a_stick_and_no_copy_of_the_other_gives_way(
    salon: SmallSalon, tmp_path: Path
) -> None:
    (tmp_path / "branch").mkdir()
    branch = small_salon(Database(tmp_path / "branch" / "salon.vizit"))
    branch.clock.advance(timedelta(hours=1))
    branch.database.rows("UPDATE journal_entry SET at = '2025-12-01 08:00:00' WHERE id = 1")  # opened on another day
    folder = tmp_path / "stick"
    theirs = kept(branch, folder, AUTO, keep_days=1)
    salon.clock.advance(timedelta(hours=2))
    wall = salon.salon.wall_now()
    assert copies.last_made([theirs.name], copies.name_of(salon.database), wall) is None
    mine = kept(salon, folder, AUTO, keep_days=1)
    assert sorted(folder.iterdir()) == sorted([theirs, mine])
    assert copies.last_made([one.name for one in folder.iterdir()], copies.name_of(salon.database), wall) == wall
    branch.database.close()


@pytest.mark.parametrize("elsewhere", ["copied by hand", "restored there", "on another computer"])
def test_two_salons_that_grew_from_one_file_let_each_others_copies_be(
    salon: SmallSalon, tmp_path: Path, elsewhere: str
) -> None:
    folder, second = tmp_path / "stick", tmp_path / "branch" / "salon.vizit"
    common = kept(salon, folder, AUTO)
    if elsewhere == "restored there":
        bringing_back.bring_back(common, second, at(11))
    else:
        second.parent.mkdir()
        salon.database.backup_to(second)
    if elsewhere == "on another computer":  # in the very same place
        salon.database.close()
        second = Path(shutil.move(second, tmp_path / "salon.vizit"))
    branch = replace(salon, salon=Salon(open_existing(second), salon.clock))
    how = {"keep_days": 1, "workplace": "another" if elsewhere == "on another computer" else ""}
    for days in (0, 1):
        salon.clock.advance(timedelta(days=days))
        kept(branch, folder, BEFORE, **how)
        kept(branch, folder, AUTO, **how)
    salon.clock.advance(timedelta(days=2))
    theirs = kept(branch, folder, AUTO, **how)
    begins = copies.name_of(branch.database, str(how["workplace"]))
    names = [one.name for one in folder.iterdir()]
    assert common.exists()
    assert copies.last_made(names, copies.name_of(salon.database), salon.salon.wall_now()) == at(11)
    assert [name for name in names if name.startswith(begins) and "auto" in name] == [theirs.name], "its own ones go"
    salon.clock.advance(timedelta(days=1))
    mine = kept(salon, folder, AUTO, keep_days=1)
    assert {mine.name, *names} - {common.name} == {one.name for one in folder.iterdir()}
    branch.database.close()


def test_two_salons_that_take_turns_in_one_place_let_each_others_copies_be(salon: SmallSalon, tmp_path: Path) -> None:
    """Somebody swaps the files by hand: only the name of the salon tells which of them lies there."""
    folder, mine = tmp_path / "stick", kept(salon, tmp_path / "stick", AUTO, keep_days=1)
    damaged = mine.with_name(mine.name.replace("-12-", "-11-"))
    damaged.write_bytes(b"nobody can tell whose")
    salon.database.rows("UPDATE salon_profile SET name = 'Филиал'")
    salon.clock.advance(timedelta(days=1))
    theirs = kept(salon, folder, AUTO, keep_days=1)
    assert sorted(folder.iterdir()) == sorted([mine, theirs])
    look = partial(copies.look_into, folder, salon.database, copies.name_of(salon.database), ZONE, at(12, days=1))
    assert (look(called="Филиал").left_alone, look().left_alone) == (1, 0)
    salon.clock.advance(timedelta(days=1))
    newer = kept(salon, folder, AUTO, keep_days=1)
    assert sorted(folder.iterdir()) == sorted([mine, newer])


def test_a_salon_that_came_back_to_its_own_place_goes_on_with_its_copies(salon: SmallSalon, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    first = kept(salon, folder, AUTO)
    salon.clock.advance(timedelta(days=1))
    salon.client("Вера")
    lost = kept(salon, folder, AUTO)
    salon.database.close()
    bringing_back.bring_back(first, tmp_path / "salon.vizit", at(11))
    salon.clock.advance(timedelta(days=1))
    newest = kept(salon, folder, AUTO, keep_days=2)
    assert sorted(folder.iterdir()) == [lost, newest]


def test_a_copy_of_a_day_on_which_the_clock_was_wrong_stands_in_nobody_s_way(salon: SmallSalon, tmp_path: Path) -> None:
    folder, right = tmp_path / "stick", salon.clock.now()
    salon.clock.advance(timedelta(days=3650))
    future = kept(salon, folder, AUTO, keep_days=1)
    names = [future.name]
    assert copies.last_made(names, copies.name_of(salon.database), at(12)) is None
    made = copies.make(salon.database, folder, AUTO, right, ZONE, keep_days=1)[0]
    assert sorted(folder.iterdir()) == sorted([made, future])


def test_what_would_be_lost_is_what_was_entered_since(salon: SmallSalon) -> None:
    made_at = salon.clock.now()
    assert copies.losses(salon.database, made_at).last_at is None
    salon.clock.advance(timedelta(hours=1))
    new = salon.book(at(15), salon.client("Вера"))
    carry_out(salon.salon, booking.cancel, new - 1, CancelReason.CLIENT_ILL)
    lost = copies.losses(salon.database, made_at)
    assert (lost.visits, lost.clients, lost.changed) == (1, 1, 1)
    assert lost.acts >= 3
    assert lost.last_at == salon.clock.now()


def test_a_stick_is_no_part_of_the_salon_s_disk(salon: SmallSalon, tmp_path: Path) -> None:
    assert copies.is_on_same_disk(tmp_path / "stick", salon.database)
    assert not copies.is_on_same_disk(Path("/proc"), salon.database)
    assert not copies.is_on_same_disk(tmp_path / "gone", salon.database)


def test_where_the_program_s_own_folder_will_be_is_known_before_it_is_made(salon: SmallSalon, tmp_path: Path) -> None:
    own = tmp_path / "data" / "backups"
    found = copies.look_into(own, salon.database, "salon", ZONE, at(12), is_own_folder=True)
    assert (found.copies, found.is_there, found.is_on_same_disk, found.last) == ([], False, True, None)
    assert not copies.is_on_same_disk(Path("/proc/gone"), salon.database, is_own_folder=True)
