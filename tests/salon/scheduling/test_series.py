"""Visits that are repeated: all dates are looked at first, all or none are written, and the past never changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.errors import (
    NoRoomFree,
    NoSuchTime,
    NothingToBook,
    OutsideShift,
    SeriesChangedMeanwhile,
    SeriesDateRefused,
    SlotTaken,
)
from app.models.kept import read_wall
from app.salon import check as whole_salon, profile as profile_of
from app.salon.catalogue import services, staff
from app.salon.reminders import queue
from app.salon.scheduling import booking, series
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.series_check import CheckedDate, PlannedDate, check
from app.salon.transaction import Done, carry_out
from app.salon.undo import take_back
from app.vocabulary import CancelReason, SeriesScope, SeriesUnit, VisitStatus
from tests.builders import TODAY, SmallSalon, at

WEEKLY = Pattern(SeriesUnit.WEEK, 1, times=6)
ALL, FOLLOWING = SeriesScope.ALL, SeriesScope.FOLLOWING
_TABLES = ("visit", "booked_service", "occupancy", "visit_step", "reminder", "series")


def everything(small: SmallSalon) -> dict[str, list[tuple[Any, ...]]]:
    return {name: small.database.rows(f"SELECT * FROM {name} ORDER BY id") for name in _TABLES}


def repeat(small: SmallSalon, visit_id: int, pattern: Pattern = WEEKLY) -> list[int]:
    """Book the series of a visit, all dates as they are; returns its visits by time, the first included."""
    planned = series.repeats(small.salon, visit_id, pattern)
    carry_out(small.salon, series.book_series, visit_id, pattern, planned)
    return visits(small, visit_id)


def visits(small: SmallSalon, visit_id: int) -> list[int]:
    series_id = series.of_visit(small.database, visit_id)
    assert series_id is not None
    return [one.visit_id for one in series.read(small.salon, series_id).visits]


def starts_of(small: SmallSalon, ids: Sequence[int]) -> list[datetime]:
    return [
        read_wall(small.database.value("SELECT MIN(starts_at) FROM booked_service WHERE visit_id = ?", (one,)))
        for one in ids
    ]


def reminders(small: SmallSalon, visit_id: int) -> list[datetime]:
    return [one.due_at for one in queue.of_visit(small.database, visit_id) if one.is_open]


def checked(small: SmallSalon, visit_id: int, pattern: Pattern = WEEKLY) -> tuple[CheckedDate, ...]:
    return check(small.salon, series.repeats(small.salon, visit_id, pattern))


def move(small: SmallSalon, visit_id: int, starts_at: datetime, staff_id: int | None = None) -> Done[None]:
    return carry_out(small.salon, booking.move, small.booked_service(visit_id), staff_id or small.olga, starts_at)


def follow(small: SmallSalon, visit_id: int, scope: SeriesScope) -> Done[int]:
    planned = series.following(small.salon, visit_id, scope)
    return carry_out(small.salon, series.follow, visit_id, scope, planned)


# ---- booking -------------------------------------------------------------------------------------------------


def test_a_visit_is_repeated_with_its_reminders_and_steps(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client())
    ids = repeat(small, first)
    assert starts_of(small, ids) == [at(15, days=1 + 7 * week) for week in range(6)]
    assert ids[0] == first
    for week, visit_id in enumerate(ids):
        assert reminders(small, visit_id) == [at(12, days=7 * week)]
        assert small.database.value("SELECT count(*) FROM visit_step WHERE visit_id = ?", (visit_id,)) == 4
    assert whole_salon.faults(small.database) == []


def test_a_series_is_one_act_and_one_undo(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client())
    before = everything(small)
    planned = series.repeats(small.salon, first, WEEKLY)
    done = carry_out(small.salon, series.book_series, first, WEEKLY, planned)
    assert done.entry_id is not None
    carry_out(small.salon, take_back, done.entry_id)
    assert everything(small) == before


def test_an_hour_at_which_the_client_is_here_anyway_is_told_and_never_proposed(small: SmallSalon) -> None:
    """Anna's hair is coloured on the second Wednesday from 15 to 17:45, and Vera has her master on the third."""
    anna = small.client()
    first = small.book(at(15, days=1), anna)
    hair = small.book(at(15, days=8), anna, service=small.colouring)
    small.book(at(15, days=15), small.client("Вера"))
    small.book(at(12, days=15), anna, staff=small.maria, minutes=180)
    small.book(at(16, days=15), anna, staff=small.maria, minutes=180)
    planned = series.repeats(small.salon, first, WEEKLY)
    found = check(small.salon, planned, client_id=anna)
    assert [one.problem is None for one in found[:3]] == [True, False, True]
    assert [one.elsewhere is None for one in found[:3]] == [False, True, True]
    assert found[0].elsewhere == Interval(at(15, days=8), at(17, 45, days=8))
    same_day = [one for one in found[1].proposals if one.starts_at.date() == at(0, days=15).date()]
    assert same_day
    here = [Interval(at(hour, days=15), at(hour + 3, days=15)) for hour in (12, 16)]
    assert not any(Interval(one.starts_at, one.ends_at).overlaps(other) for one in same_day for other in here)
    carry_out(small.salon, booking.cancel, hair, CancelReason.CLIENT_ASKED)
    assert check(small.salon, planned, client_id=anna)[0].elsewhere is None


def test_a_visit_that_was_completed_is_repeated_but_stays_as_it_is(small: SmallSalon) -> None:
    """ "The same every three weeks", says the client at the desk: those ahead are counted, and the past is no part."""
    gone = small.book(at(10), small.client())
    small.complete(gone)
    row = small.database.row("SELECT * FROM visit WHERE id = ?", (gone,))
    pattern = Pattern(SeriesUnit.WEEK, 3, times=2)
    planned = series.repeats(small.salon, gone, pattern)
    made = carry_out(small.salon, series.book_series, gone, pattern, planned).value
    assert starts_of(small, made.visit_ids) == [at(10, days=21), at(10, days=42)]
    assert small.database.row("SELECT * FROM visit WHERE id = ?", (gone,)) == row
    assert [one.visit_id for one in series.read(small.salon, made.series_id).visits] == list(made.visit_ids)


def test_a_long_gone_visit_gives_its_weekday_and_time(small: SmallSalon) -> None:
    gone = small.book(at(10, days=-30), small.client())
    found = series.repeats(small.salon, gone, Pattern(SeriesUnit.WEEK, 2, times=2))
    assert [one.starts_at for one in found] == [at(10, days=12), at(10, days=26)]


def test_a_visit_of_several_services_keeps_its_order_and_masters(small: SmallSalon) -> None:
    first = small.wish(at(10, days=1))
    second = small.wish(at(11, 30, days=1), service=small.colouring)
    visit_id = carry_out(small.salon, booking.book, BookingRequest(small.client(), (first, second))).value
    ids = repeat(small, visit_id, Pattern(SeriesUnit.DAY, 10, times=3))
    rows = small.database.rows(
        "SELECT staff_id, service_id, starts_at FROM booked_service WHERE visit_id = ? ORDER BY position", (ids[2],)
    )
    assert [(staff_id, service, read_wall(start)) for staff_id, service, start in rows] == [
        (small.olga, small.manicure, at(10, days=21)),
        (small.maria, small.colouring, at(11, 30, days=21)),
    ]


def test_what_is_no_longer_offered_cannot_be_repeated(small: SmallSalon) -> None:
    visit_id = small.book(at(15, days=1), small.client())
    carry_out(small.salon, services.archive, small.manicure)
    with pytest.raises(NothingToBook):
        series.repeats(small.salon, visit_id, WEEKLY)


# ---- the table of dates --------------------------------------------------------------------------------------


def test_bug_3_every_date_of_a_series_is_looked_at_not_the_first_two(small: SmallSalon) -> None:
    """CAL 15997: of a series of 24 only the first two were checked, and three were booked twice."""
    first = small.book(at(15, days=1), small.client())
    for week in (3, 8, 9):
        small.book(at(15, 30, days=1 + 7 * week), small.client("Вера"))
    found = checked(small, first, Pattern(SeriesUnit.WEEK, 1, times=11))
    assert len(found) == 10
    assert [week for week, one in enumerate(found, 1) if one.problem is not None] == [3, 8, 9]
    problem = found[2].problem
    assert isinstance(problem, SlotTaken)
    assert (problem.staff_name, problem.taken_by) == ("Ольга Белова", "Вера")


def test_bug_3_one_date_that_cannot_be_had_leaves_no_row_and_no_reminder(small: SmallSalon) -> None:
    """CAL 16387, mrbs 670: an error in the third date created and mailed everything."""
    first = small.book(at(15, days=1), small.client())
    planned = series.repeats(small.salon, first, WEEKLY)
    small.book(at(15, days=1 + 7 * 3), small.client("Вера"))
    before = everything(small)
    with pytest.raises(SeriesDateRefused) as refused:
        carry_out(small.salon, series.book_series, first, WEEKLY, planned)
    assert refused.value.starts_at == at(15, days=22)
    assert isinstance(refused.value.problem, SlotTaken)
    assert everything(small) == before


def test_a_taken_date_is_offered_another_time_master_and_day(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client())
    small.book(at(15, days=8), small.client("Вера"))
    (taken, *_rest) = checked(small, first)
    time, master, day = taken.proposals
    assert (time.starts_at, time.staff_ids) == (at(14, days=8), (small.olga,))
    assert (master.starts_at, master.staff_ids) == (at(15, days=8), (small.maria,))
    assert (day.starts_at, day.staff_ids) == (at(15, days=9), (small.olga,))
    assert all(one.is_apart for one in taken.proposals)


def test_a_day_off_is_told_as_one(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client())
    small.database.connection.execute("DELETE FROM shift WHERE staff_id = ? AND day = ?", (small.olga, "2026-05-20"))
    (off, *rest) = checked(small, first)
    assert off.is_day_off
    assert [one.starts_at for one in off.proposals] == [at(15, days=8), at(15, days=9)]
    assert off.proposals[0].staff_ids == (small.maria,)
    assert all(one.problem is None for one in rest)


def test_a_room_that_is_taken_is_told_and_another_time_is_proposed(small: SmallSalon) -> None:
    small.room("Кресло", small.pedicure)
    first = small.book(at(15, days=1), small.client(), service=small.pedicure)
    other = carry_out(small.salon, staff.add, "Яна Роща", "мастер", position=3).value
    carry_out(small.salon, staff.can_do, other, [small.pedicure])
    week = [staff.WorkingHours(weekday, 9 * 60, 21 * 60) for weekday in range(7)]
    carry_out(small.salon, staff.plan_weeks, other, week, date(2026, 5, 1), date(2026, 6, 30))
    small.book(at(15, days=8), small.client("Вера"), service=small.pedicure, staff=other)
    (taken, *rest) = checked(small, first)
    assert isinstance(taken.problem, NoRoomFree)
    assert taken.proposals[0].starts_at == at(13, 30, days=8)
    assert all(one.problem is None for one in rest)


def test_after_the_last_shift_nothing_is_promised(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client())
    *_most, last = checked(small, first, Pattern(SeriesUnit.WEEK, 6, times=3))
    assert isinstance(last.problem, OutsideShift)
    assert last.proposals == () or all(one.starts_at.date() <= date(2026, 7, 31) for one in last.proposals)


def test_every_proposal_can_be_booked(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client())
    for week in range(1, 6):
        for hour in range(9, 21, 2):
            small.book(at(hour, days=1 + 7 * week), small.client("Вера"), minutes=120)
    found = checked(small, first)
    assert all(one.problem is not None for one in found)
    for number in range(3):
        chosen = [one.proposals[number % len(one.proposals)] for one in found]
        done = carry_out(small.salon, series.book_series, first, WEEKLY, chosen)
        assert len(done.value.visit_ids) == 5
        assert whole_salon.faults(small.database) == []
        assert done.entry_id is not None
        carry_out(small.salon, take_back, done.entry_id)


def test_nobody_is_proposed_for_two_things_at_once(small: SmallSalon) -> None:
    """Two masters serve at once; on a day without one of them the other cannot do the work of both."""
    both = (small.wish(at(15, days=1)), small.wish(at(15, days=1), staff=small.maria))
    first = carry_out(small.salon, booking.book, BookingRequest(small.client(), both)).value
    small.database.connection.execute("DELETE FROM shift WHERE staff_id = ? AND day = ?", (small.olga, "2026-05-20"))
    (off, *_rest) = checked(small, first)
    assert off.is_day_off
    assert off.proposals
    assert all(len(one.staff_ids) == 2 for one in off.proposals)
    carry_out(small.salon, series.book_series, first, Pattern(SeriesUnit.WEEK, 1, times=2), off.proposals[:1])


def test_a_date_that_was_put_elsewhere_stands_apart_and_a_skipped_one_is_not_booked(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client())
    small.book(at(15, days=8), small.client("Вера"))
    found = checked(small, first)
    chosen = [found[0].proposals[0], *(one.planned for one in found[2:])]
    made = carry_out(small.salon, series.book_series, first, WEEKLY, chosen).value
    standing = series.read(small.salon, made.series_id)
    assert [one.is_apart for one in standing.visits] == [False, True, False, False, False]


@pytest.mark.parametrize(
    ("zone", "first", "days", "bad"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 2, 15), 3, [date(2026, 3, 29)]),
        ("Europe/Berlin", datetime(2026, 10, 24, 2, 15), 3, [date(2026, 10, 25)]),
        ("Europe/Berlin", datetime(2026, 3, 28, 1, 30), 3, [date(2026, 3, 29)]),
        ("America/New_York", datetime(2026, 3, 7, 2, 30), 3, [date(2026, 3, 8)]),
        ("Europe/Moscow", datetime(2011, 3, 26, 2, 15), 3, [date(2011, 3, 27)]),
        ("Europe/Moscow", datetime(2014, 10, 25, 1, 15), 3, [date(2014, 10, 26)]),
    ],
)
def test_bug_5_an_hour_that_is_missing_or_comes_twice_is_told_and_never_booked(
    small: SmallSalon, zone: str, first: datetime, days: int, bad: list[date]
) -> None:
    """calrs 215: in autumn the start lay after the end, in spring a visit had the wrong length."""
    small.clock.instant = first.replace(tzinfo=small.clock.instant.tzinfo) - timedelta(days=3)
    facts = replace(small.salon.profile, zone=zone, opens_minute=0, closes_minute=24 * 60 - 1)
    carry_out(small.salon, profile_of.write, facts)
    week = [staff.WorkingHours(weekday, 0, 24 * 60 - 1) for weekday in range(7)]
    carry_out(
        small.salon,
        staff.plan_weeks,
        small.olga,
        week,
        first.date() - timedelta(days=1),
        first.date() + timedelta(days=9),
    )
    visit_id = small.book(first, small.client())
    pattern = Pattern(SeriesUnit.DAY, 1, times=days)
    found = checked(small, visit_id, pattern)
    assert [one.planned.starts_at.date() for one in found if isinstance(one.problem, NoSuchTime)] == bad
    assert all(one.planned.starts_at.time() == first.time() for one in found)
    with pytest.raises(SeriesDateRefused):
        carry_out(small.salon, series.book_series, visit_id, pattern, [one.planned for one in found])
    chosen = [one.planned if one.problem is None else one.proposals[0] for one in found]
    made = carry_out(small.salon, series.book_series, visit_id, pattern, chosen).value
    rows = small.database.rows("SELECT starts_at, ends_at FROM booked_service ORDER BY id")
    assert all(read_wall(end) - read_wall(start) == timedelta(minutes=60) for start, end in rows)
    assert len(made.visit_ids) == days - 1


# ---- this one, this and following, all -----------------------------------------------------------------------


def test_a_visit_that_is_moved_alone_leaves_the_others_where_they_are(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    move(small, ids[2], at(17, days=16))
    assert starts_of(small, ids) == [
        at(15, days=1),
        at(15, days=8),
        at(17, days=16),
        *(at(15, days=1 + 7 * w) for w in (3, 4, 5)),
    ]
    series_id = series.of_visit(small.database, ids[0])
    assert series_id is not None
    assert [one.is_apart for one in series.read(small.salon, series_id).visits] == [
        False,
        False,
        True,
        False,
        False,
        False,
    ]


def test_this_and_following_become_like_this_one(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    move(small, ids[2], at(17, days=16), small.maria)
    assert follow(small, ids[2], FOLLOWING).value == 3
    assert starts_of(small, ids) == [
        at(15, days=1),
        at(15, days=8),
        *(at(17, days=2 + 7 * week) for week in (2, 3, 4, 5)),
    ]
    masters = small.database.rows("SELECT staff_id FROM booked_service ORDER BY visit_id")
    assert [one for (one,) in masters] == [small.olga] * 2 + [small.maria] * 4
    assert [reminders(small, one)[0] for one in ids[2:]] == [at(12, days=1 + 7 * week) for week in (2, 3, 4, 5)]
    # From here on it is a series of its own, on Thursdays.
    assert visits(small, ids[0]) == ids[:2]
    assert visits(small, ids[2]) == ids[2:]
    later = series.of_visit(small.database, ids[2])
    assert later is not None
    assert series.read(small.salon, later).pattern == Pattern(SeriesUnit.WEEK, 1, frozenset({3}), times=4)
    assert whole_salon.faults(small.database) == []


def test_all_means_all_that_have_not_begun(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    small.clock.advance(timedelta(days=9))
    move(small, ids[3], at(16, days=22))
    follow(small, ids[3], ALL)
    assert starts_of(small, ids) == [
        at(15, days=1),
        at(15, days=8),
        *(at(16, days=1 + 7 * week) for week in (2, 3, 4, 5)),
    ]
    assert visits(small, ids[0]) == ids, "the days stay the same, so the series stays one"


def test_two_small_moves_count_as_one(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    move(small, ids[1], at(16, days=8))
    carry_out(small.salon, booking.set_status, ids[1], VisitStatus.CONFIRMED)
    move(small, ids[1], at(16, 30, days=8))
    follow(small, ids[1], FOLLOWING)
    assert starts_of(small, ids)[1:] == [at(16, 30, days=1 + 7 * week) for week in (1, 2, 3, 4, 5)]


def test_a_daily_series_moves_on_by_a_day_over_its_own_places(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()), Pattern(SeriesUnit.DAY, 1, times=5))
    # Its own next visit is in the way of this one alone, so this one goes through another hour.
    move(small, ids[4], at(15, days=6))
    assert follow(small, ids[4], ALL).value == 4
    assert starts_of(small, ids) == [at(15, days=day) for day in (2, 3, 4, 5, 6)]
    move(small, ids[0], at(15, days=1))
    assert follow(small, ids[0], ALL).value == 4
    assert starts_of(small, ids) == [at(15, days=day) for day in (1, 2, 3, 4, 5)]
    assert len(set(visits(small, ids[0]))) == 5


def test_services_and_lengths_follow_and_a_price_of_its_own_stays(small: SmallSalon) -> None:
    client = small.client()
    ids = repeat(small, small.book(at(15, days=1), client))
    dear = replace(small.wish(at(15, days=15)), price=99_900)
    carry_out(small.salon, booking.change, ids[2], BookingRequest(client, (dear,), "с ребёнком"))
    both = (small.wish(at(15, days=8)), small.wish(at(16, days=8), service=small.pedicure))
    carry_out(small.salon, booking.change, ids[1], BookingRequest(client, both))
    follow(small, ids[1], FOLLOWING)
    rows = small.database.rows(
        "SELECT service_id, price FROM booked_service WHERE visit_id = ? ORDER BY position", (ids[2],)
    )
    assert rows == [(small.manicure, 99_900), (small.pedicure, 180_000)]
    assert small.database.value("SELECT comment FROM visit WHERE id = ?", (ids[2],)) == "с ребёнком"


def test_what_does_not_fit_is_told_before_anything_moves(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    vera = small.book(at(17, days=22), small.client("Вера"))
    move(small, ids[1], at(17, days=8))
    planned = series.following(small.salon, ids[1], FOLLOWING)
    found = check(small.salon, planned)
    assert [one.planned.visit_id for one in found if one.problem is not None] == [ids[3]]
    before = everything(small)
    with pytest.raises(SeriesDateRefused):
        carry_out(small.salon, series.follow, ids[1], FOLLOWING, planned)
    assert everything(small) == before
    chosen = [one.planned if one.problem is None else one.proposals[0] for one in found]
    carry_out(small.salon, series.follow, ids[1], FOLLOWING, chosen)
    assert starts_of(small, [ids[3], vera]) == [at(16, days=22), at(17, days=22)]
    carry_out(small.salon, booking.cancel, vera, CancelReason.CLIENT_ASKED)


def test_a_visit_that_is_left_out_stays_and_stands_apart(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    move(small, ids[1], at(17, days=8))
    planned = [one for one in series.following(small.salon, ids[1], FOLLOWING) if one.visit_id != ids[3]]
    carry_out(small.salon, series.follow, ids[1], FOLLOWING, planned)
    assert starts_of(small, ids)[2:5] == [at(17, days=15), at(15, days=22), at(17, days=29)]
    assert small.database.value("SELECT is_exception FROM visit WHERE id = ?", (ids[3],)) == 1


def test_bug_13_this_and_following_never_changes_the_past_and_keeps_exceptions(small: SmallSalon) -> None:
    """FossifyOrg 271, odoo 114030: earlier dates were removed, or duplicates were left."""
    ids = repeat(small, small.book(at(15, days=1), small.client()), Pattern(SeriesUnit.WEEK, 1, times=9))
    move(small, ids[6], at(11, days=45))
    small.clock.advance(timedelta(days=16))
    small.complete(ids[0])
    carry_out(small.salon, booking.set_status, ids[1], VisitStatus.NO_SHOW)
    # ids[2] has begun: nobody has told yet how it went.
    carry_out(small.salon, booking.cancel, ids[7], CancelReason.CLIENT_ILL)

    def rows(of: Sequence[int]) -> list[Any]:
        visit = [small.database.row("SELECT status, day, series_id FROM visit WHERE id = ?", (one,)) for one in of]
        return [*visit, *starts_of(small, of)]

    past, exceptions = rows(ids[:3]), starts_of(small, [ids[6], ids[7]])
    for scope in SeriesScope:
        move(small, ids[4], starts_of(small, [ids[4]])[0] + timedelta(days=1, hours=1))
        follow(small, ids[4], scope)
        assert rows(ids[:3]) == past
        assert starts_of(small, [ids[6], ids[7]]) == exceptions
        assert small.database.value("SELECT count(*) FROM visit WHERE client_id IS NOT NULL") == 9
    assert starts_of(small, [ids[3], ids[4], ids[5], ids[8]]) == [
        at(15, days=22),
        at(17, days=31),
        at(17, days=38),
        at(17, days=59),
    ]
    carry_out(small.salon, series.cancel, ids[4], ALL, CancelReason.CLIENT_ASKED)
    assert rows(ids[:3]) == past
    assert small.database.value("SELECT count(*) FROM visit") == 9


def test_bug_13_what_began_since_it_was_looked_at_is_not_moved(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    move(small, ids[3], at(17, days=22))
    planned = series.following(small.salon, ids[3], ALL)
    small.clock.advance(timedelta(days=2))
    before = everything(small)
    with pytest.raises(SeriesChangedMeanwhile):
        carry_out(small.salon, series.follow, ids[3], ALL, planned)
    assert everything(small) == before


def test_following_is_undone_as_a_whole(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    move(small, ids[2], at(17, days=16))
    before = everything(small)
    done = follow(small, ids[2], FOLLOWING)
    assert done.entry_id is not None
    carry_out(small.salon, take_back, done.entry_id)
    assert everything(small) == before


# ---- another pattern -----------------------------------------------------------------------------------------


def rearrange(small: SmallSalon, visit_id: int, pattern: Pattern) -> Done[None]:
    found = series.rearranged(small.salon, visit_id, pattern)
    assert all(one.problem is None for one in check(small.salon, found.planned, found.cancelled))
    return carry_out(small.salon, series.rearrange, visit_id, pattern, found.planned)


def test_another_pattern_parts_the_series_at_the_visit_from_which_it_holds(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    every_second = Pattern(SeriesUnit.WEEK, 2, times=3)
    found = series.rearranged(small.salon, ids[2], every_second)
    # The visit two weeks later stays; the one between goes to the next free day of the pattern.
    assert [(one.visit_id, one.starts_at) for one in found.planned] == [
        (ids[4], at(15, days=29)),
        (ids[3], at(15, days=43)),
    ]
    assert found.cancelled == (ids[5],)
    before = everything(small)
    done = rearrange(small, ids[2], every_second)
    assert [small.status(one) for one in ids] == [VisitStatus.BOOKED] * 5 + [VisitStatus.CANCELLED]
    # Nobody said that it was the client who did not want it.
    why = small.database.value("SELECT cancel_reason FROM visit WHERE id = ?", (ids[5],))
    assert why == CancelReason.OTHER
    assert (visits(small, ids[0]), visits(small, ids[2])) == (ids[:2], [ids[2], ids[4], ids[5], ids[3]])
    later = series.of_visit(small.database, ids[2])
    assert later is not None
    assert series.read(small.salon, later).pattern == Pattern(SeriesUnit.WEEK, 2, frozenset({2}), times=3)
    assert [reminders(small, one) for one in ids[3:]] == [[at(12, days=42)], [at(12, days=28)], []]
    assert whole_salon.faults(small.database) == []
    assert done.entry_id is not None
    carry_out(small.salon, take_back, done.entry_id)
    assert everything(small) == before


def test_a_closer_pattern_books_what_is_missing(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()), Pattern(SeriesUnit.WEEK, 2, times=3))
    move(small, ids[1], at(18, days=16))
    rearrange(small, ids[0], Pattern(SeriesUnit.WEEK, 1, times=4))
    assert sorted(starts_of(small, visits(small, ids[0]))) == [
        at(15, days=1),
        at(15, days=8),
        at(15, days=15),
        at(18, days=16),
        at(15, days=22),
    ]
    assert len(visits(small, ids[0])) == 5, "what stands apart stays, and it stays one series"


def test_another_pattern_never_touches_what_has_begun(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    small.clock.advance(timedelta(days=9))
    past = small.database.rows("SELECT * FROM visit WHERE id IN (?, ?)", ids[:2])
    found = series.rearranged(small.salon, ids[1], Pattern(SeriesUnit.WEEK, 3, times=2))
    assert [(one.visit_id, one.starts_at) for one in found.planned] == [
        (ids[4], at(15, days=29)),
        (ids[2], at(15, days=50)),
    ]
    carry_out(small.salon, series.rearrange, ids[1], Pattern(SeriesUnit.WEEK, 3, times=2), found.planned)
    assert small.database.rows("SELECT * FROM visit WHERE id IN (?, ?)", ids[:2]) == past
    assert visits(small, ids[0]) == ids[:2]


def test_bug_13_what_began_since_another_pattern_was_looked_at_is_not_moved(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    pattern = Pattern(SeriesUnit.WEEK, 2, times=4)
    found = series.rearranged(small.salon, ids[0], pattern)
    small.clock.advance(timedelta(days=9))
    before = everything(small)
    with pytest.raises(SeriesChangedMeanwhile):
        carry_out(small.salon, series.rearrange, ids[0], pattern, found.planned)
    assert everything(small) == before


# ---- cancelling and going on ---------------------------------------------------------------------------------


def test_the_rest_of_a_series_is_cancelled_with_its_reminders(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    move(small, ids[4], at(18, days=29))
    small.clock.advance(timedelta(days=4))
    done = carry_out(small.salon, series.cancel, ids[2], FOLLOWING, CancelReason.CLIENT_ASKED)
    assert done.value == 4
    assert [small.status(one) for one in ids] == [VisitStatus.BOOKED] * 2 + [VisitStatus.CANCELLED] * 4
    assert [reminders(small, one) for one in ids[2:]] == [[]] * 4
    assert done.entry_id is not None
    carry_out(small.salon, take_back, done.entry_id)
    assert [small.status(one) for one in ids] == [VisitStatus.BOOKED] * 6


def test_exceptions_survive_a_cancelling_unless_they_are_meant(small: SmallSalon) -> None:
    ids = repeat(small, small.book(at(15, days=1), small.client()))
    move(small, ids[4], at(18, days=29))
    carry_out(small.salon, series.cancel, ids[0], ALL, CancelReason.CLIENT_ASKED, with_apart=False)
    assert small.status(ids[4]) is VisitStatus.BOOKED


def test_a_series_goes_on_by_some_more(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client())
    ids = repeat(small, first, Pattern(SeriesUnit.WEEK, 2, times=3))
    series_id = series.of_visit(small.database, first)
    assert series_id is not None
    planned = series.further(small.salon, series_id, times=2, until=None)
    assert [one.starts_at for one in planned] == [at(15, days=43), at(15, days=57)]
    more = Pattern(SeriesUnit.WEEK, 2, times=2)
    carry_out(small.salon, series.book_series, ids[-1], more, planned, series_id=series_id)
    standing = series.read(small.salon, series_id)
    assert (len(standing.visits), standing.pattern.times) == (5, 5)
    assert standing.visits[0].starts_at.date() > TODAY


def test_a_planned_date_keeps_the_distances_of_its_services(small: SmallSalon) -> None:
    planned = PlannedDate((small.wish(at(10)), small.wish(at(12), service=small.pedicure)))
    moved = planned.at(at(14, days=3))
    assert [one.starts_at for one in moved.services] == [at(14, days=3), at(16, days=3)]
    assert moved.ends_at == at(17, 30, days=3)
