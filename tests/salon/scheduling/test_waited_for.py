"""Wishes that are met beside the waiting list: whoever has what they waited for is not offered it for ever."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, strategies as st

from app.errors import BadWindow
from app.salon import check, undo
from app.salon.clients import merging
from app.salon.clients.merging import suggested
from app.salon.scheduling import booking, groups, holds, series, waited_for, waitlist
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.free_places import FreePlace
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.waitlist import NewWait, Waiting, Window
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason, SeriesScope, SeriesUnit, VisitStatus, WaitlistStatus
from tests.builders import TODAY, ZONE, SmallSalon, at

SOON = Window(TODAY, TODAY + timedelta(days=6), from_minute=12 * 60)


def wait(small: SmallSalon, client: int, *masters: int, window: Window = SOON, note: str = "") -> int:
    """A client waits for a manicure within the week, from noon on."""
    new = NewWait(client, (small.manicure,), (window,), masters, note)
    return carry_out(small.salon, waitlist.add, new).value


def met(small: SmallSalon, client: int | None, *wishes: ServiceWish) -> list[int]:
    """The wishes that booking these services meets."""
    done = carry_out(small.salon, booking.book, BookingRequest(client, wishes))
    return [one.entry_id for one in waited_for.met_by(small.salon, done.entry_id or 0)]


def test_who_was_booked_by_hand_has_what_they_waited_for(small: SmallSalon) -> None:
    anna = small.client()
    entry = wait(small, anna)
    booked = carry_out(small.salon, booking.book, BookingRequest(anna, (small.wish(at(15, days=1)),)))
    found = waited_for.met_by(small.salon, booked.entry_id or 0)
    assert [(one.entry_id, one.visit_id, one.client_name) for one in found] == [(entry, booked.value, "Анна Щёлкина")]
    carry_out(small.salon, holds.hold, BookingRequest(anna, (small.wish(at(13)),)), entry)
    carry_out(small.salon, waited_for.end, found)
    assert waitlist.one(small.database, ZONE, entry).status is WaitlistStatus.BOOKED
    assert holds.everywhere(small.database, ZONE) == []
    assert check.faults(small.database) == []


def test_nobody_shares_a_place_with_what_is_held_no_more(small: SmallSalon) -> None:
    """Vera was booked over the place that was held for Anna, who has come another way since."""
    anna = small.client()
    entry = wait(small, anna)
    carry_out(small.salon, holds.hold, BookingRequest(anna, (small.wish(at(13)),)), entry)
    over = BookingRequest(small.client("Вера"), (small.wish(at(13)),), overbooked_reason="срочно")
    vera = carry_out(small.salon, booking.book, over).value
    booked = carry_out(small.salon, booking.book, BookingRequest(anna, (small.wish(at(15)),)))
    carry_out(small.salon, waited_for.end, waited_for.met_by(small.salon, booked.entry_id or 0))
    assert small.database.value("SELECT COUNT(*) FROM occupancy WHERE is_override") == 0
    assert small.database.value("SELECT overbooked_reason FROM visit WHERE id = ?", (vera,)) == ""


def test_what_was_not_waited_for_meets_nothing(small: SmallSalon) -> None:
    """Another day, hour, service, master or client; and a wish that was ended by the list is not asked about."""
    anna = small.client()
    entry = wait(small, anna, small.olga)
    assert met(small, anna, small.wish(at(15, days=10))) == []
    assert met(small, anna, small.wish(at(9, days=1))) == []
    assert met(small, anna, small.wish(at(15, days=1), service=small.pedicure)) == []
    assert met(small, anna, small.wish(at(15, days=1), staff=small.maria)) == []
    assert met(small, small.client("Вера"), small.wish(at(13, days=2))) == []
    assert met(small, None, small.wish(at(14, days=2))) == []
    both = (small.wish(at(13, days=3), service=small.pedicure), small.wish(at(14, 30, days=3)))
    assert met(small, anna, *both) == [entry]
    done = carry_out(small.salon, waitlist.book, entry, BookingRequest(anna, (small.wish(at(18, days=3)),)))
    assert waited_for.met_by(small.salon, done.entry_id or 0) == ()


def test_a_booking_that_is_taken_back_meets_nothing(small: SmallSalon) -> None:
    anna = small.client()
    wait(small, anna)
    done = carry_out(small.salon, booking.book, BookingRequest(anna, (small.wish(at(15, days=1)),)))
    undone = carry_out(small.salon, undo.take_back, done.entry_id or 0)
    assert waited_for.met_by(small.salon, undone.entry_id or 0) == ()


# ---- what was moved ------------------------------------------------------------------------------------------


def met_by(small: SmallSalon, operation: Callable[..., object], *args: object) -> list[int]:
    """The wishes that another act meets."""
    done = carry_out(small.salon, operation, *args)
    return [one.entry_id for one in waited_for.met_by(small.salon, done.entry_id or 0)]


def test_who_was_moved_to_where_they_waited_for_is_asked_about_once(small: SmallSalon) -> None:
    """By a drag, by a cut that is pasted, in the form; neither before it suits nor again while it goes on to suit."""
    anna = small.client()
    visit = small.book(at(15, days=10), anna)
    booked, entry = small.booked_service(visit), wait(small, anna, small.olga)
    assert met_by(small, booking.move, booked, small.olga, at(10, days=2)) == []
    assert met_by(small, booking.move, booked, small.maria, at(15, days=2)) == []
    assert met_by(small, booking.move, booked, small.olga, at(15, days=2)) == [entry]
    assert met_by(small, booking.move, booked, small.olga, at(14, days=3)) == []
    assert met_by(small, booking.move, booked, small.olga, at(15, days=8)) == []
    in_the_form = BookingRequest(anna, (small.wish(at(18, days=3)),))
    assert met_by(small, booking.change, visit, in_the_form) == [entry]


def test_so_is_whoever_comes_instead_or_comes_after_all_and_those_who_come_together(small: SmallSalon) -> None:
    anna = small.client()
    entry = wait(small, anna)
    visit = small.book(at(15, days=1), small.client("Вера"))
    assert met_by(small, booking.change, visit, BookingRequest(anna, (small.wish(at(15, days=1)),))) == [entry]
    assert met_by(small, booking.cancel, visit, CancelReason.CLIENT_ASKED) == []
    assert met_by(small, booking.set_status, visit, VisitStatus.BOOKED) == [entry]
    friend = small.book(at(15, days=1), small.client("Зоя"), staff=small.maria)
    group = carry_out(small.salon, groups.join, friend, visit).value
    assert met_by(small, groups.move_group, group, timedelta(days=7)) == []
    assert met_by(small, groups.move_group, group, timedelta(days=-7)) == [entry]
    assert met_by(small, booking.set_status, visit, VisitStatus.CONFIRMED) == []


@pytest.mark.parametrize("minutes", [0, 60])
def test_who_waits_although_they_have_a_visit_waits_for_a_sooner_one(small: SmallSalon, minutes: int) -> None:
    """Any hour of the week suits Anna, who has the last one: a later one meets nothing, an earlier one does.

    She said so an hour later, or in the very call in which it was booked.
    """
    anna = small.client()
    visit = small.book(at(15, days=5), anna)
    small.clock.advance(timedelta(minutes=minutes))
    entry = wait(small, anna)
    booked = small.booked_service(visit)
    assert met_by(small, booking.move, booked, small.olga, at(16, days=5)) == []
    assert met_by(small, booking.move, booked, small.olga, at(13, days=2)) == [entry]


def test_who_comes_later_without_the_first_service_is_asked_about(small: SmallSalon) -> None:
    """The feet at eleven were too early; without them she comes at half past twelve."""
    anna = small.client()
    nails = small.wish(at(12, 30, days=1))
    visit = carry_out(
        small.salon, booking.book, BookingRequest(anna, (small.wish(at(11, days=1), service=small.pedicure), nails))
    ).value
    entry = wait(small, anna)
    assert met_by(small, booking.change, visit, BookingRequest(anna, (nails,))) == [entry]


def test_so_is_whoever_comes_when_the_series_follows(small: SmallSalon) -> None:
    """The first of three days is put to the afternoon, and the others after it: the third is the day that suits."""
    anna = small.client()
    first, daily = small.book(at(10, days=1), anna), Pattern(SeriesUnit.DAY, 1, times=3)
    carry_out(small.salon, series.book_series, first, daily, series.repeats(small.salon, first, daily))
    entry = wait(small, anna, window=replace(SOON, first_day=TODAY + timedelta(days=3)))
    assert met_by(small, booking.move, small.booked_service(first), small.olga, at(15, days=1)) == []
    following = series.following(small.salon, first, SeriesScope.ALL)
    assert met_by(small, series.follow, first, SeriesScope.ALL, following) == [entry]


def test_a_move_that_is_taken_back_or_done_again_asks_nothing(small: SmallSalon) -> None:
    anna = small.client()
    booked = small.booked_service(small.book(at(15, days=1), anna))
    away = carry_out(small.salon, booking.move, booked, small.olga, at(15, days=10)).entry_id or 0
    wait(small, anna)
    back = carry_out(small.salon, undo.take_back, away).entry_id or 0
    assert waited_for.met_by(small.salon, back) == ()


# ---- what two cards waited for -------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "left"), [((True, True), [1, 2]), ((True, False), []), ((False, True), [])])
def test_who_waits_on_both_of_their_cards_waits_once_when_they_become_one(
    small: SmallSalon, asked: tuple[bool, bool], left: list[int]
) -> None:
    """Since the first time, on the days of both, by whom either asked for; and what is held for them stays held."""
    anna, double = small.client("Анна Щёлкина"), small.client("Аня Щёлкина")
    first = wait(small, anna, *([small.olga] if asked[0] else []))
    other = replace(SOON, first_day=TODAY + timedelta(days=8), last_day=TODAY + timedelta(days=9))
    second = wait(small, double, *([small.maria] if asked[1] else []), window=other)
    carry_out(small.salon, holds.hold, BookingRequest(double, (small.wish(at(13, days=8)),)), second)
    before = small.database.rows("SELECT * FROM waitlist_window ORDER BY id")
    sides = [merging.side(small.database, one, TODAY) for one in (anna, double)]
    done = carry_out(small.salon, merging.merge, anna, double, suggested(*sides))
    (line,) = waitlist.listed(small.database, ZONE)
    assert (line.entry_id, line.windows, list(line.staff_ids)) == (first, (SOON, other), left)
    assert [(one.entry_id, one.client_name) for one in holds.everywhere(small.database, ZONE)] == [
        (first, line.client_name)
    ]
    carry_out(small.salon, undo.take_back, done.entry_id or 0)
    assert [one.entry_id for one in waitlist.listed(small.database, ZONE)] == [first, second]
    assert small.database.rows("SELECT * FROM waitlist_window ORDER BY id") == before
    assert check.faults(small.database) == []


def merged(small: SmallSalon, stays: int, absorbed: int) -> Waiting:
    """The one wish that is left when two cards became one."""
    sides = [merging.side(small.database, one, TODAY) for one in (stays, absorbed)]
    carry_out(small.salon, merging.merge, stays, absorbed, suggested(*sides))
    (line,) = waitlist.listed(small.database, ZONE)
    return line


def test_what_was_noted_of_either_wish_is_read_and_the_same_days_stand_once(small: SmallSalon) -> None:
    anna, double = small.client("Анна Щёлкина"), small.client("Аня Щёлкина")
    wait(small, anna, note="Звонить мужу")
    wait(small, double, note="Только с ребёнком")
    line = merged(small, anna, double)
    assert (line.note, line.windows) == ("Звонить мужу; Только с ребёнком", (SOON,))


def test_of_three_wishes_for_the_same_anybody_stays_anybody(small: SmallSalon) -> None:
    """By Olga, which was withdrawn and is wanted after all; by anybody; and by Maria on the other card."""
    anna, double = small.client("Анна Щёлкина"), small.client("Аня Щёлкина")
    withdrawn = carry_out(small.salon, waitlist.withdraw, wait(small, anna, small.olga))
    wait(small, anna)
    carry_out(small.salon, undo.take_back, withdrawn.entry_id or 0)
    wait(small, double, small.maria)
    assert merged(small, anna, double).staff_ids == ()


def test_a_joined_wish_can_be_changed_however_many_days_it_names(small: SmallSalon) -> None:
    """Nine Tuesdays on one card, nine Thursdays and some of the Tuesdays on the other: each day stands, and once."""
    anna, double = small.client("Анна Щёлкина"), small.client("Аня Щёлкина")
    tuesdays, thursdays = (tuple(evening(week * 7 + day) for week in range(9)) for day in (0, 2))
    carry_out(small.salon, waitlist.add, NewWait(anna, (small.manicure,), tuesdays))
    carry_out(small.salon, waitlist.add, NewWait(double, (small.manicure,), (*thursdays, *tuesdays[:3])))
    line = merged(small, anna, double)
    assert line.windows == (*tuesdays, *thursdays)
    noted = replace(line.as_wish(), note="Позвонить после обеда")
    carry_out(small.salon, waitlist.change, line.entry_id, noted)
    (line,) = waitlist.listed(small.database, ZONE)
    assert (line.note, line.windows) == ("Позвонить после обеда", (*tuesdays, *thursdays))
    with pytest.raises(BadWindow):
        carry_out(small.salon, waitlist.change, line.entry_id, replace(noted, windows=(*line.windows, evening(1))))


def evening(days: int) -> Window:
    """From six to nine on one day."""
    return Window(TODAY + timedelta(days=days), TODAY + timedelta(days=days), frozenset(range(7)), 18 * 60, 21 * 60)


_windows = st.builds(
    lambda first, days, week, begins, hours: Window(
        TODAY + timedelta(days=first),
        TODAY + timedelta(days=first + days),
        frozenset(week),
        begins * 60,
        (begins + hours) * 60,
    ),
    st.integers(0, 6),
    st.integers(0, 6),
    st.sets(st.integers(0, 6), min_size=5),
    st.integers(9, 12),
    st.integers(1, 4),
)


@given(st.lists(_windows, min_size=1, max_size=5))
def test_windows_that_become_one_say_neither_more_nor_less(windows: list[Window]) -> None:
    together = waited_for.joined(windows)
    for days, hour in product(range(13), range(9, 16)):
        place = FreePlace(at(hour, days=days), at(hour + 1, days=days), ())
        suited = any(window.holds(place) for window in windows)
        assert any(window.holds(place) for window in together) is suited
    assert waited_for.joined(together) == together


def test_what_touches_is_one_wish() -> None:
    """This week and the next one are a fortnight, mornings and afternoons a day, weekdays and weekends a week."""
    day = Window(TODAY, TODAY + timedelta(days=6), frozenset(range(5)), 9 * 60, 13 * 60)
    next_week = replace(day, first_day=TODAY + timedelta(days=7), last_day=TODAY + timedelta(days=13))
    fortnight = replace(day, last_day=next_week.last_day)
    assert waited_for.joined([day, next_week, replace(fortnight, from_minute=13 * 60, to_minute=18 * 60)]) == (
        replace(fortnight, to_minute=18 * 60),
    )
    assert waited_for.joined([day, replace(day, weekdays=frozenset({5, 6})), evening(0)]) == (
        replace(day, weekdays=frozenset(range(7))),
        evening(0),
    )
