"""Alerts are seen by somebody, at booking or at arrival, and the card can tell who that was."""

from functools import partial

import pytest

from app.errors import AlertsUnseen
from app.salon import undo
from app.salon.clients import alerts, register
from app.salon.scheduling import agenda, booking, series
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.recurrence import Pattern
from app.salon.transaction import carry_out
from app.vocabulary import AlertKind, AlertMoment, SeriesUnit, VisitStatus
from tests.builders import TODAY, SmallSalon, at, small_salon


@pytest.fixture
def small() -> SmallSalon:
    return small_salon()


@pytest.fixture
def anna(small: SmallSalon) -> int:
    return small.client()


def warn(small: SmallSalon, client: int, text: str = "латекс") -> int:
    return carry_out(small.salon, register.warn, client, AlertKind.ALLERGY, text).value


def seen(small: SmallSalon, visit: int) -> list[tuple[int, AlertMoment, str]]:
    return [(one.alert_id, one.moment, one.actor) for one in alerts.seen_at(small.database, visit)]


def test_whoever_books_from_the_form_has_seen_its_alerts(small: SmallSalon, anna: int) -> None:
    alert = warn(small, anna)
    request = BookingRequest(anna, (small.wish(at(15)),), alerts_seen=(alert,))
    visit = carry_out(small.salon, booking.book, request).value
    assert seen(small, visit) == [(alert, AlertMoment.BOOKING, "Администратор")]
    assert alerts.unseen(small.database, visit) == ()
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    assert small.status(visit) is VisitStatus.ARRIVED


def test_the_calendar_tells_each_kind_of_alert_once(small: SmallSalon, anna: int) -> None:
    small.book(at(15), anna)
    for kind in (AlertKind.DEBT, AlertKind.ALLERGY, AlertKind.DEBT):
        carry_out(small.salon, register.warn, anna, kind, "осторожно")
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert entry.alerts == (AlertKind.ALLERGY, AlertKind.DEBT)


@pytest.mark.parametrize("status", [VisitStatus.ARRIVED, VisitStatus.IN_SERVICE, VisitStatus.COMPLETED])
def test_nobody_begins_with_an_alert_that_was_not_seen_for_this_visit(
    small: SmallSalon, anna: int, status: VisitStatus
) -> None:
    visit = small.book(at(15), anna)
    alert = warn(small, anna)
    with pytest.raises(AlertsUnseen) as refused:
        carry_out(small.salon, booking.set_status, visit, status)
    assert (refused.value.alert_ids, refused.value.alerts) == ((alert,), ((AlertKind.ALLERGY, "латекс"),))
    assert small.status(visit) is VisitStatus.BOOKED
    carry_out(small.salon, booking.set_status, visit, status, reason="не отмечали", alerts_seen=[alert])
    assert small.status(visit) is status
    assert seen(small, visit) == [(alert, AlertMoment.ARRIVAL, "Администратор")]


def test_whoever_books_the_dates_of_a_series_has_seen_the_alerts_for_each(small: SmallSalon, anna: int) -> None:
    first, alert = small.book(at(15), anna), warn(small, anna)
    weekly = Pattern(SeriesUnit.WEEK, 1, times=3)
    dates = series.repeats(small.salon, first, weekly)
    booked = carry_out(small.salon, partial(series.book_series, alerts_seen=[alert]), first, weekly, dates[:-1]).value
    fortnightly = Pattern(SeriesUnit.WEEK, 2, times=4)
    wanted = series.rearranged(small.salon, first, fortnightly).planned
    carry_out(small.salon, partial(series.rearrange, alerts_seen=[alert]), first, fortnightly, wanted)
    others = [row[0] for row in small.database.rows("SELECT id FROM visit WHERE id <> ? ORDER BY id", (first,))]
    assert len(others) > len(booked.visit_ids) > 0
    for visit in others:
        assert seen(small, visit) == [(alert, AlertMoment.BOOKING, "Администратор")]


def test_an_alert_that_came_after_the_booking_is_asked_for_at_arrival(small: SmallSalon, anna: int) -> None:
    first = warn(small, anna)
    request = BookingRequest(anna, (small.wish(at(15)),), alerts_seen=(first,))
    visit = carry_out(small.salon, booking.book, request).value
    second = warn(small, anna, "долг 500")
    assert [one.alert_id for one in alerts.unseen(small.database, visit)] == [second]


def test_an_alert_that_came_to_light_since_the_arrival_is_seen_before_the_work_begins(
    small: SmallSalon, anna: int
) -> None:
    visit = small.book(at(11), anna)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    alert = warn(small, anna)
    with pytest.raises(AlertsUnseen):
        carry_out(small.salon, booking.set_status, visit, VisitStatus.IN_SERVICE)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.IN_SERVICE, alerts_seen=[alert])
    assert seen(small, visit) == [(alert, AlertMoment.ARRIVAL, "Администратор")]


def test_a_visit_that_goes_to_another_card_is_booked_with_its_alerts(small: SmallSalon, anna: int) -> None:
    visit, alert = small.book(at(15)), warn(small, anna)
    request = BookingRequest(anna, (small.wish(at(15)),))
    carry_out(small.salon, booking.change, visit, request)
    assert [one.alert_id for one in alerts.unseen(small.database, visit)] == [alert]
    carry_out(small.salon, booking.change, visit, BookingRequest(None, request.services))
    carry_out(small.salon, booking.change, visit, BookingRequest(anna, request.services, alerts_seen=(alert,)))
    assert seen(small, visit) == [(alert, AlertMoment.BOOKING, "Администратор")]


def test_whoever_sits_here_without_a_card_gets_none_whose_alerts_nobody_has_seen(small: SmallSalon, anna: int) -> None:
    visit, alert = small.book(at(11)), warn(small, anna)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.IN_SERVICE)
    request = BookingRequest(anna, (small.wish(at(11)),))
    with pytest.raises(AlertsUnseen):
        carry_out(small.salon, booking.change, visit, request)
    carry_out(small.salon, booking.change, visit, BookingRequest(anna, request.services, alerts_seen=(alert,)))
    assert seen(small, visit) == [(alert, AlertMoment.ARRIVAL, "Администратор")]
    carry_out(small.salon, booking.change, visit, request)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED, reason="не отмечали")


def test_an_alert_that_was_taken_off_need_not_be_seen(small: SmallSalon, anna: int) -> None:
    visit, alert = small.book(at(15), anna), warn(small, anna)
    carry_out(small.salon, register.take_back_alert, anna, alert)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    assert seen(small, visit) == []


def test_the_alerts_of_somebody_else_are_nobodys_business_here(small: SmallSalon, anna: int) -> None:
    other = warn(small, small.client("Вера"))
    request = BookingRequest(anna, (small.wish(at(15)),), alerts_seen=(other,))
    visit = carry_out(small.salon, booking.book, request).value
    assert seen(small, visit) == []


def test_undoing_the_arrival_takes_the_acknowledgement_back(small: SmallSalon, anna: int) -> None:
    visit, alert = small.book(at(15), anna), warn(small, anna)
    done = carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED, alerts_seen=[alert])
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert small.status(visit) is VisitStatus.BOOKED
    assert seen(small, visit) == []
