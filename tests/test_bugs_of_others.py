"""Bugs that users of such programs have reported, where a test of ours belongs to no single subject.

Each test is named after its number in the list; docs/guards.md tells the tests of all of them, and what fails when
their guard is taken away.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.errors import OutsideShift, SalonError, SlotTaken
from app.models.kept import read_wall
from app.salon import journal, profile as profile_of
from app.salon.catalogue import staff
from app.salon.clients import register
from app.salon.profile import Profile
from app.salon.reminders import queue
from app.salon.scheduling import blocks, booking, calls, groups, held, holds, places, series, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.vocabulary import BlockKind, CancelReason, Replacement, SeriesScope, SeriesUnit, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon


@pytest.fixture
def small() -> Iterator[SmallSalon]:
    """Two masters, three services, Tuesday 12 May 2026, 11:00."""
    made = small_salon()
    yield made
    made.database.close()


REASON = "клиентка согласна подождать"
NEXT_DAY = Pattern(SeriesUnit.DAY, 1, times=2)


# ---- 2: one validator for every path -------------------------------------------------------------------------


def _book(small: SmallSalon, start: datetime) -> None:
    small.book(start)


def _move(small: SmallSalon, start: datetime) -> None:
    visit = small.book(at(9, days=5))
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, start)


def _stretch(small: SmallSalon, start: datetime) -> None:
    visit = small.book(start - timedelta(minutes=60))
    begins = start - timedelta(minutes=60)
    carry_out(small.salon, booking.resize, small.booked_service(visit), begins, start + timedelta(minutes=30))


def _stretch_what_comes_before(small: SmallSalon, start: datetime) -> None:
    """What follows in the visit goes along with the end of its first service."""
    wishes = tuple(small.wish(start - timedelta(minutes=ahead)) for ahead in (120, 60))
    visit = carry_out(small.salon, booking.book, BookingRequest(None, wishes)).value
    begins, first = start - timedelta(minutes=120), small.booked_service(visit)
    carry_out(small.salon, booking.resize, first, begins, begins + timedelta(minutes=90))


def _change(small: SmallSalon, start: datetime) -> None:
    visit = small.book(at(9, days=5))
    carry_out(small.salon, booking.change, visit, BookingRequest(None, (small.wish(start),)))


def _paste(small: SmallSalon, start: datetime) -> None:
    copied = held.hold(small.database, small.book(at(9, days=5)))
    carry_out(small.salon, booking.book, held.once_more(copied, small.olga, start))


def _restore(small: SmallSalon, start: datetime) -> None:
    """The place was given to somebody else since; nobody asked."""
    rows = small.database.rows("SELECT id FROM visit WHERE status = 'cancelled'")
    carry_out(small.salon, booking.set_status, rows[0][0], VisitStatus.BOOKED)


def _repeat(small: SmallSalon, start: datetime) -> None:
    visit = small.book(start - timedelta(days=1))
    planned = series.repeats(small.salon, visit, NEXT_DAY)
    carry_out(small.salon, series.book_series, visit, NEXT_DAY, planned)


def _let_follow(small: SmallSalon, start: datetime) -> None:
    """One visit of a series goes to another hour, and the others follow it."""
    first = small.book(at(9, days=1))
    carry_out(small.salon, series.book_series, first, NEXT_DAY, series.repeats(small.salon, first, NEXT_DAY))
    there = at(start.hour, days=1)
    carry_out(small.salon, booking.move, small.booked_service(first), small.olga, there)
    planned = series.following(small.salon, first, SeriesScope.ALL)
    carry_out(small.salon, series.follow, first, SeriesScope.ALL, planned)


def _rearrange(small: SmallSalon, start: datetime) -> None:
    """A series goes on by another pattern, which needs further dates."""
    first = small.book(start - timedelta(days=1))
    later = Pattern(SeriesUnit.DAY, 3, times=2)
    carry_out(small.salon, series.book_series, first, later, series.repeats(small.salon, first, later))
    planned = series.rearranged(small.salon, first, NEXT_DAY).planned
    carry_out(small.salon, series.rearrange, first, NEXT_DAY, planned)


def _together(small: SmallSalon, start: datetime) -> None:
    requests = [BookingRequest(None, (small.wish(moment),)) for moment in (at(9, days=2), start)]
    carry_out(small.salon, groups.book_group, "", requests)


def _move_together(small: SmallSalon, start: datetime) -> None:
    requests = [BookingRequest(None, (small.wish(start - timedelta(days=1)),))]
    group = carry_out(small.salon, groups.book_group, "", requests).value.group_id
    carry_out(small.salon, groups.move_group, group, timedelta(days=1))


def _waiting(small: SmallSalon) -> int:
    window = Window(TODAY, TODAY + timedelta(days=9))
    new = NewWait(small.client("Зоя"), (small.manicure,), (window,), (small.olga,))
    return carry_out(small.salon, waitlist.add, new).value


def _from_the_waiting_list(small: SmallSalon, start: datetime) -> None:
    entry = _waiting(small)
    line = waitlist.one(small.database, ZONE, entry)
    request = BookingRequest(line.client_id, (small.wish(start),))
    carry_out(small.salon, waitlist.book, entry, request)


def _hold(small: SmallSalon, start: datetime) -> None:
    carry_out(small.salon, holds.hold, BookingRequest(None, (small.wish(start),)), _waiting(small))


def _hold_and_book_elsewhere(small: SmallSalon, start: datetime) -> None:
    """The place that is held is free; another one is booked instead."""
    kept = BookingRequest(None, (small.wish(at(9, days=5)),))
    hold = carry_out(small.salon, holds.hold, kept).value
    carry_out(small.salon, holds.book, hold, BookingRequest(None, (small.wish(start),)))


def _accept_a_call(small: SmallSalon, start: datetime) -> None:
    """The master of a visit is ill; what was proposed to its client is no longer free."""
    visit = small.book(at(9, days=1), staff=small.maria)
    planned = places.standing(small.database, visit).planned
    there = tuple(replace(one, staff_id=small.olga) for one in planned)
    carry_out(small.salon, calls.accept, visit, calls.Proposal(Replacement.SAME_TIME, start, there, ("Ольга Белова",)))


PATHS = (
    _book,
    _move,
    _stretch,
    _stretch_what_comes_before,
    _change,
    _paste,
    _repeat,
    _let_follow,
    _rearrange,
    _together,
    _move_together,
    _from_the_waiting_list,
    _hold,
    _hold_and_book_elsewhere,
    _accept_a_call,
)


@pytest.mark.parametrize("path", PATHS)
def test_bug_02_no_path_takes_a_busy_or_resting_master(
    small: SmallSalon, path: Callable[[SmallSalon, datetime], None]
) -> None:
    small.book(at(12, days=2), small.client())
    carry_out(small.salon, blocks.block_time, small.olga, at(15, days=2), at(16, days=2), BlockKind.BREAK, "Обед")
    for taken in (at(12, days=2), at(15, days=2)):
        with pytest.raises(SalonError) as refused:
            path(small, taken)
        problem = getattr(refused.value, "problem", refused.value)
        assert isinstance(problem, SlotTaken)


@pytest.mark.parametrize("path", PATHS)
def test_bug_02_no_path_takes_a_master_who_is_not_there(
    small: SmallSalon, path: Callable[[SmallSalon, datetime], None]
) -> None:
    """She works until noon that day."""
    small.database.rows(
        "UPDATE shift SET ends_at = '2026-05-14 12:00' WHERE staff_id = ? AND day = '2026-05-14'", (small.olga,)
    )
    with pytest.raises(SalonError) as refused:
        path(small, at(12, days=2))
    problem = getattr(refused.value, "problem", refused.value)
    assert isinstance(problem, OutsideShift)


def test_bug_02_a_visit_that_is_restored_does_not_push_anybody_out(small: SmallSalon) -> None:
    first = small.book(at(12, days=2))
    carry_out(small.salon, booking.cancel, first, CancelReason.CLIENT_ASKED)
    small.book(at(12, days=2), small.client())
    with pytest.raises(SlotTaken):
        _restore(small, at(12, days=2))


def test_bug_02_booking_anyway_leaves_its_reason_in_the_journal_and_on_the_tile(small: SmallSalon) -> None:
    small.book(at(12, days=2))
    request = BookingRequest(None, (small.wish(at(12, days=2)),), overbooked_reason=REASON)
    visit = carry_out(small.salon, booking.book, request).value
    assert [line.note for line in journal.of_visit(small.database, visit)] == [REASON]
    assert small.database.value("SELECT overbooked_reason FROM visit WHERE id = ?", (visit,)) == REASON


# ---- 4: the change of clocks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/Berlin", date(2026, 3, 28)),
        ("Europe/Berlin", date(2026, 10, 24)),
        ("America/New_York", date(2026, 3, 7)),
        ("America/New_York", date(2026, 10, 31)),
        ("Asia/Almaty", date(2024, 2, 29)),
        ("Europe/Moscow", date(2011, 3, 26)),
        ("Europe/Moscow", date(2014, 10, 25)),
    ],
)
def test_bug_04_a_series_and_its_reminders_stay_at_their_hour(zone: str, first: date) -> None:
    small = small_salon(now=datetime(first.year, first.month, first.day) - timedelta(days=5))
    carry_out(small.salon, profile_of.write, Profile(zone=zone))
    week = [staff.WorkingHours(weekday, 9 * 60, 21 * 60) for weekday in range(7)]
    carry_out(small.salon, staff.plan_weeks, small.olga, week, first, first + timedelta(days=7))
    pattern = Pattern(SeriesUnit.DAY, 1, times=4)
    visit = small.book(datetime(first.year, first.month, first.day, 10), small.client())
    planned = series.repeats(small.salon, visit, pattern)
    carry_out(small.salon, series.book_series, visit, pattern, planned)
    starts = [read_wall(row[0]) for row in small.database.rows("SELECT starts_at FROM booked_service ORDER BY id")]
    assert starts == [datetime(first.year, first.month, first.day, 10) + timedelta(days=n) for n in range(4)]
    due = [read_wall(row[0]) for row in small.database.rows("SELECT due_at FROM reminder ORDER BY due_at")]
    assert due == [start.replace(hour=12) - timedelta(days=1) for start in starts]
    small.database.close()


# ---- 7 and 8: reminders --------------------------------------------------------------------------------------


def test_bug_07_what_became_due_while_the_computer_was_off_comes_first(small: SmallSalon) -> None:
    late = small.book(at(18, days=1), small.client("Анна"))
    small.book(at(9, days=4), small.client("Вера"))
    small.clock.advance(timedelta(days=1, hours=6))
    due = queue.due(small.database, small.salon.wall_now())
    assert [line.visit_id for line in due] == [late]
    small.clock.advance(timedelta(hours=2))
    assert small.database.value("SELECT status FROM reminder WHERE visit_id = ?", (late,)) == "queued", "it is not lost"


def test_bug_08_the_database_takes_no_second_reminder_of_the_same(small: SmallSalon) -> None:
    visit = small.book(at(12, days=3), small.client())
    columns = "visit_id, kind, channel, due_at, status, note, text"
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        small.database.rows(
            f"INSERT INTO reminder ({columns}) SELECT {columns} FROM reminder WHERE visit_id = ?", (visit,)
        )
    assert len(queue.of_visit(small.database, visit)) == 1


def test_bug_08_inside_the_lead_time_the_booking_itself_reminds(small: SmallSalon) -> None:
    assert queue.of_visit(small.database, small.book(at(18), small.client())) == []


# ---- 9: a family's phone -------------------------------------------------------------------------------------


def test_bug_09_a_daughter_with_her_mothers_phone_renames_nobody(small: SmallSalon) -> None:
    mother = small.client("Анна Щёлкина", "8 912 345-67-89")
    visit = small.book(at(12, days=1), mother)
    daughter = register.NewClient("Зоя Щёлкина", "+7 912 345 67 89", whose_phone="мама")
    client = carry_out(small.salon, register.add, daughter).value
    assert client != mother
    named = "SELECT c.name FROM visit v JOIN client c ON c.id = v.client_id WHERE v.id = ?"
    assert small.database.value(named, (visit,)) == "Анна Щёлкина"
    owners = register.owners_of_phone(small.database, "89123456789", "RU")
    assert [one.name for one in owners] == ["Анна Щёлкина", "Зоя Щёлкина"]
