"""A place is held while somebody calls: guarded like any other, over after its minutes, booked without a gap."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import ChangedSince, HoldOver, OutsideShift, SlotTaken
from app.models.connection import Database
from app.models.opening import open_existing
from app.salon import check, profile, undo
from app.salon.scheduling import blocks, booking, holds, wait_matches, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.free_places import PlaceSearch, find
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.wait_matches import Matching
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import Done, carry_out
from app.vocabulary import BlockKind, CancelReason, WaitlistStatus
from tests import rivals
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon
from tests.salon.scheduling.test_free_places import asked

ANY_TIME = Window(TODAY, TODAY + timedelta(days=20))


def waiting(small: SmallSalon, *services: int, name: str = "Анна Щёлкина") -> int:
    new = NewWait(small.client(name), services or (small.manicure,), (ANY_TIME,))
    return carry_out(small.salon, waitlist.add, new).value


def held(small: SmallSalon, entry: int, hour: int = 15) -> Done[int]:
    """Hold the place at an hour for somebody who waits."""
    line = waitlist.one(small.database, ZONE, entry)
    matching = Matching(small.database, now=small.salon.wall_now(), step_minutes=15, zone=ZONE)
    place = wait_matches.place_at(matching, line, small.olga, at(hour))
    return carry_out(small.salon, holds.hold, wait_matches.request_at(line, place), entry)


def taken(small: SmallSalon) -> list[tuple[object, ...]]:
    return small.database.rows("SELECT staff_id, starts_at, ends_at FROM occupancy ORDER BY id")


def test_a_held_place_is_taken_for_everybody_else(small: SmallSalon) -> None:
    entry = waiting(small)
    held(small, entry)
    with pytest.raises(SlotTaken) as refused:
        small.book(at(15, 30))
    assert refused.value.taken_by == "Анна Щёлкина"
    with pytest.raises(SlotTaken):
        carry_out(small.salon, blocks.block_time, small.olga, at(15), at(16), BlockKind.BREAK)
    with pytest.raises(SlotTaken):
        held(small, waiting(small, name="Вера"))
    search = PlaceSearch(tuple(one.only_by([small.olga]) for one in asked(small, small.manicure)), TODAY, 1)
    free = [one.starts_at for one in find(small.database, search, not_before=at(14), step_minutes=30, zone=ZONE)]
    assert free[:3] == [at(14), at(16), at(16, 30)]
    small.book(at(16))
    assert check.faults(small.database) == []


def test_it_takes_what_the_visit_will_take(small: SmallSalon) -> None:
    """The gap of the colouring stays free for others, and the nails are held too."""
    entry = waiting(small, small.pedicure, small.colouring)
    line = waitlist.one(small.database, ZONE, entry)
    matching = Matching(small.database, now=at(11), step_minutes=15, zone=ZONE)
    found = matching.of(line)
    assert found is not None
    request = found.request()
    hold = carry_out(small.salon, holds.hold, request, entry).value
    before = taken(small)
    assert len(before) == 3
    assert holds.request_of(small.database, hold, ZONE) == request
    carry_out(small.salon, holds.book, hold, request)
    assert taken(small) == before
    assert check.faults(small.database) == []


def test_the_masters_of_a_hold_are_known_by_when_they_lay_out(small: SmallSalon) -> None:
    """Olga still cleans when Maria begins with the hands, which Olga could do as well."""
    small.lasts(small.pedicure, Lengths(90, after=20))
    small.lasts(small.manicure, Lengths(60, before=10))
    entry = waiting(small, small.pedicure, small.manicure)
    feet = replace(small.wish(at(15), service=small.pedicure), lengths=Lengths(90, after=20), price=250_000)
    hands = replace(small.wish(at(16, 30), staff=small.maria), lengths=Lengths(60, before=10))
    request = BookingRequest(waitlist.one(small.database, ZONE, entry).client_id, (feet, hands))
    hold = carry_out(small.salon, holds.hold, request, entry).value
    assert holds.request_of(small.database, hold, ZONE).services == (feet, hands)


def test_what_cannot_be_booked_cannot_be_held(small: SmallSalon) -> None:
    entry = waiting(small)
    with pytest.raises(OutsideShift):
        held(small, entry, 21)
    assert taken(small) == []
    assert small.database.value("SELECT COUNT(*) FROM visit") == 0
    assert small.database.value("SELECT COUNT(*) FROM place_hold") == 0


def test_no_place_is_held_over_somebody(small: SmallSalon) -> None:
    small.book(at(15))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, holds.hold, BookingRequest(None, (small.wish(at(15, 30)),), "", "клиентка подождёт"))


def test_the_trial_leaves_no_trace(small: SmallSalon) -> None:
    held(small, waiting(small))
    for table in ("visit", "booked_service", "visit_step", "reminder"):
        assert small.database.value(f"SELECT COUNT(*) FROM {table}") == 0, table


def test_it_is_shown_until_when_and_for_whom(small: SmallSalon) -> None:
    carry_out(small.salon, profile.change, replace(small.salon.profile, hold_minutes=25))
    entry = waiting(small)
    hold = held(small, entry).value
    (shown,) = holds.of_day(small.database, TODAY, ZONE)
    assert (shown.hold_id, shown.entry_id, shown.client_name) == (hold, entry, "Анна Щёлкина")
    assert (shown.staff_id, shown.starts_at, shown.ends_at, shown.until) == (small.olga, at(15), at(16), at(11, 25))
    assert holds.of_entry(small.database, entry) == hold
    assert holds.next_end(small.database) == small.clock.now() + timedelta(minutes=25)


def test_booking_takes_the_place_over_and_ends_the_wait(small: SmallSalon) -> None:
    entry = waiting(small)
    hold = held(small, entry).value
    done = carry_out(small.salon, holds.book, hold, holds.request_of(small.database, hold, ZONE))
    assert waitlist.one(small.database, ZONE, entry).status is WaitlistStatus.BOOKED
    assert small.database.value("SELECT day FROM visit WHERE id = ?", (done.value,)) == TODAY.isoformat()
    assert small.database.value("SELECT COUNT(*) FROM place_hold") == 0
    with pytest.raises(HoldOver):
        carry_out(small.salon, holds.release, hold)
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert holds.of_entry(small.database, entry) == hold
    assert waitlist.count(small.database) == 1


def test_a_place_that_is_held_for_nobody_of_the_list_is_booked_as_well(small: SmallSalon) -> None:
    """Or for somebody else than who is booked there in the end: the hold is never in its own way."""
    request = BookingRequest(small.client("Зоя"), (small.wish(at(15)),))
    alone = carry_out(small.salon, holds.hold, request).value
    visit = carry_out(small.salon, holds.book, alone, request).value
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    entry = waiting(small)
    carry_out(small.salon, holds.book, held(small, entry).value, request)
    assert small.database.value("SELECT COUNT(*) FROM place_hold") == 0
    assert waitlist.one(small.database, ZONE, entry).status is WaitlistStatus.WAITING


def test_the_ordinary_booking_of_a_match_releases_its_hold_too(small: SmallSalon) -> None:
    entry = waiting(small)
    hold = held(small, entry).value
    carry_out(small.salon, waitlist.book, entry, holds.request_of(small.database, hold, ZONE))
    assert small.database.value("SELECT COUNT(*) FROM place_hold") == 0


def test_released_by_key_it_is_free(small: SmallSalon) -> None:
    hold = held(small, waiting(small)).value
    carry_out(small.salon, holds.release, hold)
    small.book(at(15))
    with pytest.raises(HoldOver):
        carry_out(small.salon, holds.release, hold)


def test_after_its_minutes_it_is_over_and_not_before(small: SmallSalon) -> None:
    held(small, waiting(small))
    small.clock.advance(timedelta(minutes=9, seconds=59))
    assert not holds.is_something_over(small.database, small.clock.now(), 10)
    assert carry_out(small.salon, holds.release_expired).value == 0
    small.clock.advance(timedelta(seconds=1))
    assert holds.is_something_over(small.database, small.clock.now(), 10)
    assert carry_out(small.salon, holds.release_expired).value == 1
    small.book(at(15))


def test_a_clock_that_is_set_back_makes_no_hold_last_longer(small: SmallSalon) -> None:
    held(small, waiting(small))
    small.clock.advance(timedelta(hours=-3))
    assert holds.is_something_over(small.database, small.clock.now(), 10)
    assert carry_out(small.salon, holds.release_expired).value == 0
    assert holds.next_end(small.database) == small.clock.now() + timedelta(minutes=10)
    small.clock.advance(timedelta(minutes=10))
    assert carry_out(small.salon, holds.release_expired).value == 1


def test_a_small_difference_of_two_clocks_shortens_nothing(small: SmallSalon) -> None:
    held(small, waiting(small))
    ends = holds.next_end(small.database)
    small.clock.advance(timedelta(seconds=-40))
    assert not holds.is_something_over(small.database, small.clock.now(), 10)
    carry_out(small.salon, holds.release_expired)
    assert holds.next_end(small.database) == ends


@pytest.mark.parametrize("end", ["released", "over", "withdrawn"])
def test_who_was_booked_over_a_held_place_stands_there_alone_afterwards(small: SmallSalon, end: str) -> None:
    """The permission lasts as long as what it was given for."""
    client = small.client("Анна")
    entry = carry_out(small.salon, waitlist.add, NewWait(client, (small.manicure,), (ANY_TIME,))).value
    held = carry_out(small.salon, holds.hold, BookingRequest(client, (small.wish(at(15)),)), entry).value
    request = BookingRequest(small.client("Вера"), (small.wish(at(15, 30)),), "", "клиентка подождёт")
    visit = carry_out(small.salon, booking.book, request).value
    if end == "released":
        carry_out(small.salon, holds.release, held)
    elif end == "withdrawn":
        carry_out(small.salon, waitlist.withdraw, entry)
    else:
        small.clock.advance(timedelta(minutes=11))
        carry_out(small.salon, holds.release_expired)
    assert small.database.rows("SELECT is_override FROM occupancy") == [(0,)]
    assert small.database.value("SELECT overbooked_reason FROM visit WHERE id = ?", (visit,)) == ""


def test_who_is_taken_off_the_list_holds_nothing(small: SmallSalon) -> None:
    entry = waiting(small)
    held(small, entry)
    carry_out(small.salon, waitlist.withdraw, entry)
    small.book(at(15))


def test_a_cancellation_is_not_undone_over_a_held_place(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client("Катя"))
    cancelled = carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    hold = held(small, waiting(small)).value
    assert cancelled.entry_id is not None
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, cancelled.entry_id)
    carry_out(small.salon, holds.release, hold)
    carry_out(small.salon, undo.take_back, cancelled.entry_id)


def test_a_hold_that_is_over_refuses_nobody_whoever_acts(small: SmallSalon) -> None:
    """An import and the command line act without a window that would release it first."""
    held(small, waiting(small))
    small.clock.advance(timedelta(minutes=9))
    with pytest.raises(SlotTaken):
        small.book(at(15))
    small.clock.advance(timedelta(minutes=1))
    done = carry_out(small.salon, booking.book, BookingRequest(None, (small.wish(at(15)),)))
    assert TODAY in done.changes.days
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert small.database.value("SELECT COUNT(*) FROM place_hold") == 0, "undo does not hold it again"


def test_a_hold_is_nothing_to_take_back_when_it_is_over(small: SmallSalon) -> None:
    entry_id = held(small, waiting(small)).entry_id
    assert entry_id is not None
    assert not undo.is_over(small.database, entry_id, small.clock.now())
    small.clock.advance(timedelta(minutes=10))
    assert not undo.is_over(small.database, entry_id, small.clock.now()), "it stands until it is released"
    carry_out(small.salon, holds.release_expired)
    assert undo.is_over(small.database, entry_id, small.clock.now())


# ---- two windows at once -------------------------------------------------------------------------------------


def test_of_two_windows_that_hold_the_same_place_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "salon.vizit"
    small_salon(Database(path)).database.close()
    won = rivals.race(path, holds.hold, 1, 1)
    database = open_existing(path)
    assert sum(won) == rivals.PLACES
    assert database.value("SELECT COUNT(*) FROM place_hold") == rivals.PLACES
    assert database.value("SELECT COUNT(*) FROM occupancy") == rivals.PLACES
    assert check.faults(database) == []
    database.close()


def test_a_place_that_was_held_for_something_else_is_given_back(small: SmallSalon) -> None:
    """A note changes nothing; another service does, and what was being held is neither kept nor booked by mistake."""
    entry = waiting(small)
    hold_id = held(small, entry).value
    wish = waitlist.one(small.database, ZONE, entry).as_wish()
    carry_out(small.salon, waitlist.change, entry, replace(wish, note="можно позже"))
    assert holds.of_entry(small.database, entry) == hold_id
    done = carry_out(small.salon, waitlist.change, entry, replace(wish, service_ids=(small.pedicure,)))
    assert (holds.of_entry(small.database, entry), taken(small)) == (None, [])
    with pytest.raises(HoldOver):
        holds.request_of(small.database, hold_id, ZONE)
    carry_out(small.salon, undo.take_back, done.entry_id or 0)
    assert holds.of_entry(small.database, entry) == hold_id
