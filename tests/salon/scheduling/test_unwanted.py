"""Whom the salon does not want to book: every path that books for somebody or lists them asks the one validator."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from app.errors import DoNotBook, ToBeForgotten
from app.salon import undo
from app.salon.catalogue import absences
from app.salon.clients import forgetting, standing
from app.salon.scheduling import booking, calls, groups, held, holds, series, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason, SeriesScope, SeriesUnit, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at

Act = Callable[[str], object]
"""Does it, for a reason that may be empty."""
WEEKLY = Pattern(SeriesUnit.WEEK, 1, times=2)


def wish(small: SmallSalon, client: int, why: str = "") -> NewWait:
    window = Window(TODAY, date(2026, 6, 12))
    return NewWait(client, (small.manicure,), (window,), (small.olga,), unwanted_reason=why)


def visit_for(small: SmallSalon, client: int, why: str, hour: int = 15) -> BookingRequest:
    return BookingRequest(client, (small.wish(at(hour)),), unwanted_reason=why)


def _booked(small: SmallSalon, client: int) -> Act:
    return lambda why: carry_out(small.salon, booking.book, visit_for(small, client, why))


def _handed_over(small: SmallSalon, client: int) -> Act:
    visit = small.book(at(15), small.client("Анна"))
    return lambda why: carry_out(small.salon, booking.change, visit, visit_for(small, client, why))


def _in_a_group(small: SmallSalon, client: int) -> Act:
    friend = BookingRequest(small.client("Анна"), (small.wish(at(12)),))
    return lambda why: carry_out(small.salon, groups.book_group, "", [friend, visit_for(small, client, why)])


def _pasted(small: SmallSalon, client: int) -> Act:
    again = held.once_more(held.hold(small.database, small.book(at(9), client)), small.olga, at(15))
    return lambda why: carry_out(small.salon, booking.book, replace(again, unwanted_reason=why))


def _cancelled_and_back(small: SmallSalon, client: int) -> Act:
    visit = small.book(at(15), client)
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    return lambda why: carry_out(
        small.salon, partial(booking.set_status, unwanted_reason=why), visit, VisitStatus.BOOKED
    )


def _missed_and_back(small: SmallSalon, client: int) -> Act:
    visit = small.book(at(9), client)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.NO_SHOW)
    return lambda why: carry_out(
        small.salon, partial(booking.set_status, unwanted_reason=why), visit, VisitStatus.ARRIVED
    )


def _back_on_the_list_of_calls(small: SmallSalon, client: int) -> Act:
    visit = small.book(at(15), client)
    carry_out(small.salon, absences.fall_ill, small.olga)
    carry_out(small.salon, calls.cancel, visit)
    return lambda why: carry_out(small.salon, partial(calls.take_back, unwanted_reason=why), visit)


def _repeated(small: SmallSalon, client: int) -> Act:
    visit = small.book(at(15), client)
    dates = series.repeats(small.salon, visit, WEEKLY)
    return lambda why: carry_out(small.salon, partial(series.book_series, unwanted=why), visit, WEEKLY, dates)


def _followed(small: SmallSalon, client: int) -> Act:
    """One visit of a series was handed over to them before: the others are to follow."""
    visit = small.book(at(15), small.client("Анна"))
    carry_out(small.salon, series.book_series, visit, WEEKLY, series.repeats(small.salon, visit, WEEKLY))
    carry_out(small.salon, booking.change, visit, visit_for(small, client, "", hour=16))
    dates = series.following(small.salon, visit, SeriesScope.ALL)
    return lambda why: carry_out(small.salon, partial(series.follow, unwanted=why), visit, SeriesScope.ALL, dates)


def _waits(small: SmallSalon, client: int) -> Act:
    return lambda why: carry_out(small.salon, waitlist.add, wish(small, client, why))


def _waits_in_place_of_another(small: SmallSalon, client: int) -> Act:
    entry = carry_out(small.salon, waitlist.add, wish(small, small.client("Анна"))).value
    return lambda why: carry_out(small.salon, waitlist.change, entry, wish(small, client, why))


def _waits_once_more(small: SmallSalon, client: int) -> Act:
    entry = carry_out(small.salon, waitlist.add, wish(small, client)).value
    small.clock.advance(timedelta(days=40))
    carry_out(small.salon, waitlist.expire)
    later = Window(date(2026, 7, 1), date(2026, 7, 9))
    return lambda why: carry_out(
        small.salon, waitlist.change, entry, replace(wish(small, client, why), windows=(later,))
    )


def _waits_instead_of_coming(small: SmallSalon, client: int) -> Act:
    visit = small.book(at(15), client)
    return lambda why: carry_out(small.salon, partial(waitlist.wait_instead, unwanted=why), visit)


def _booked_from_the_list(small: SmallSalon, client: int) -> Act:
    entry = carry_out(small.salon, waitlist.add, wish(small, client)).value
    return lambda why: carry_out(small.salon, waitlist.book, entry, visit_for(small, client, why))


def _held(small: SmallSalon, client: int) -> Act:
    entry = carry_out(small.salon, waitlist.add, wish(small, client)).value
    return lambda why: carry_out(small.salon, holds.hold, visit_for(small, client, why), entry)


def _booked_where_it_was_held(small: SmallSalon, client: int) -> Act:
    entry = carry_out(small.salon, waitlist.add, wish(small, client)).value
    hold = carry_out(small.salon, holds.hold, visit_for(small, client, ""), entry).value
    request = holds.request_of(small.database, hold, ZONE)
    return lambda why: carry_out(small.salon, holds.book, hold, replace(request, unwanted_reason=why))


@pytest.mark.parametrize(
    "path",
    [
        _booked,
        _handed_over,
        _in_a_group,
        _pasted,
        _cancelled_and_back,
        _missed_and_back,
        _back_on_the_list_of_calls,
        _repeated,
        _followed,
        _waits,
        _waits_in_place_of_another,
        _waits_once_more,
        _waits_instead_of_coming,
        _booked_from_the_list,
        _held,
        _booked_where_it_was_held,
    ],
    ids=lambda path: path.__name__.strip("_"),
)
def test_no_path_takes_them_without_a_reason_that_the_journal_keeps(
    small: SmallSalon, path: Callable[[SmallSalon, int], Act]
) -> None:
    client = small.client("Вера Ломова")
    act = path(small, client)
    carry_out(small.salon, standing.do_not_book, client, "четыре неявки")
    rows = ("visit", "waitlist_entry", "place_hold", "occupancy")
    before = [small.database.rows(f"SELECT * FROM {name}") for name in rows]
    with pytest.raises(DoNotBook) as refused:
        act(" ")
    assert (refused.value.client_name, refused.value.reason) == ("Вера Ломова", "четыре неявки")
    assert refused.value.client_id == client
    assert [small.database.rows(f"SELECT * FROM {name}") for name in rows] == before
    act("внесла предоплату")
    note = str(small.database.value("SELECT note FROM journal_entry ORDER BY id DESC LIMIT 1"))
    assert "внесла предоплату" in note
    assert [small.database.rows(f"SELECT * FROM {name}") for name in rows] != before


def test_what_stands_is_changed_as_for_everybody(small: SmallSalon) -> None:
    client = small.client("Вера Ломова")
    entry = carry_out(small.salon, waitlist.add, wish(small, client)).value
    carry_out(small.salon, standing.do_not_book, client, "четыре неявки")
    carry_out(small.salon, waitlist.change, entry, replace(wish(small, client), note="после обеда"))
    assert waitlist.one(small.database, ZONE, entry).note == "после обеда"


def test_undo_puts_back_what_stood_and_says_who_is_unwanted(small: SmallSalon) -> None:
    client = small.client("Вера Ломова")
    visit = small.book(at(15), client)
    others = small.book(at(17), small.client("Анна"))
    carry_out(small.salon, standing.do_not_book, client, "четыре неявки")
    cancelled = [
        carry_out(small.salon, booking.cancel, one, CancelReason.OTHER).entry_id or 0 for one in (visit, others)
    ]
    undone = [carry_out(small.salon, undo.take_back, entry).entry_id or 0 for entry in cancelled]
    assert small.status(visit) is VisitStatus.BOOKED
    (told,) = undo.unwanted_back(small.database, undone)
    assert (told.client_name, told.reason) == ("Вера Ломова", "четыре неявки")
    again = [carry_out(small.salon, undo.take_back, entry).entry_id or 0 for entry in undone]
    assert undo.unwanted_back(small.database, again) == (), "a visit that goes is nobody who comes back"
    booked = carry_out(small.salon, booking.book, visit_for(small, client, "внесла предоплату", 19)).entry_id or 0
    gone = carry_out(small.salon, undo.take_back, booked).entry_id or 0
    back = carry_out(small.salon, undo.take_back, gone).entry_id or 0
    assert [one.client_id for one in undo.unwanted_back(small.database, [back])] == [client]


def test_no_visit_comes_back_for_whoever_asked_to_be_forgotten(small: SmallSalon) -> None:
    client = small.client("Вера")
    visit = small.book(at(15), client)
    cancelled = carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    asked = carry_out(small.salon, forgetting.ask, client)
    with pytest.raises(ToBeForgotten):
        carry_out(small.salon, partial(booking.set_status, unwanted_reason="всё равно"), visit, VisitStatus.BOOKED)
    with pytest.raises(ToBeForgotten):
        carry_out(small.salon, undo.take_back, cancelled.entry_id or 0)
    carry_out(small.salon, undo.take_back, asked.entry_id or 0)
    carry_out(small.salon, undo.take_back, cancelled.entry_id or 0)
    assert small.status(visit) is VisitStatus.BOOKED
