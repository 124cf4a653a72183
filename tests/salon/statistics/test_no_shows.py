"""Who does not come, and who cancels too late: counted by hand on a salon that works through its own operations."""

from datetime import date, datetime, timedelta

import pytest

from app.clock import standing_at
from app.salon import journal
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.statistics.attendance import Appointment, is_late
from app.salon.statistics.figures import compute
from app.salon.statistics.periods import Period
from app.salon.statistics.results import BesideKind, Counted, FigureRow, RowKind
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason, Figure, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon
from tests.salon.statistics.told import Past, counted

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def rows(small: SmallSalon, today: date = date(2026, 6, 1)) -> tuple[FigureRow, FigureRow]:
    result = compute(small.database, Figure.NO_SHOW_RATE, MAY, today=today)
    assert result.counts is Counted.VISITS
    salon, late = result.rows
    assert (salon.kind, late.kind) == (RowKind.SALON, RowKind.LATE_CANCELLATIONS)
    return salon, late


def missed(small: SmallSalon, visit: int) -> None:
    carry_out(small.salon, booking.set_status, visit, VisitStatus.NO_SHOW)


def cancel(small: SmallSalon, visit: int, reason: CancelReason = CancelReason.CLIENT_ASKED) -> int | None:
    return carry_out(small.salon, booking.cancel, visit, reason).entry_id


def test_two_of_five_did_not_come(small: SmallSalon) -> None:
    """Three completed (one a walk-in), two missed (one a walk-in): 2 of 5, and one client behind each."""
    anna, bella = small.client("Анна"), small.client("Белла")
    for hour, client in ((9, anna), (10, None), (10, anna)):
        staff = small.maria if hour == 10 and client else small.olga
        small.complete(small.book(at(hour), client, staff=staff))
    small.clock.advance(timedelta(hours=10))
    missed(small, small.book(at(12), bella))
    missed(small, small.book(at(13), None))
    small.book(at(15), bella)

    salon, late = rows(small)

    assert counted(salon) == (2, 5, 0)
    assert salon.percent == 40.0
    assert salon.numerator_clients == (bella,)
    assert salon.denominator_clients == (anna, bella)
    assert [(one.kind, one.number, one.clients) for one in salon.beside] == [(BesideKind.STILL_OPEN, 1, (bella,))]
    assert salon.beside[0].text == "Для 1 визита ещё не отмечено, чем он закончился; он не учтён."
    assert counted(late) == (0, 0, 0)
    assert late.beside == ()


def test_a_visit_of_several_services_is_missed_once() -> None:
    past = Past()
    client = past.client()
    past.visit(client, date(2026, 5, 5), past.olga, past.maria, status=VisitStatus.NO_SHOW)
    past.visit(client, date(2026, 5, 6), past.olga, past.house)
    salon, _late = compute(past.database, Figure.NO_SHOW_RATE, MAY, today=date(2026, 6, 1)).rows
    assert counted(salon) == (1, 2, 0)
    past.database.close()


def test_visits_that_are_still_to_come_are_not_open(small: SmallSalon) -> None:
    small.book(at(12, days=1), small.client())
    salon, _late = rows(small, today=TODAY)
    assert counted(salon) == (0, 0, 0)
    assert salon.beside == ()


@pytest.mark.parametrize(
    ("starts", "late"),
    [
        (at(11, days=1), 0),  # cancelled exactly 24 hours before
        (at(11, days=1) - timedelta(minutes=15), 1),
        (at(18), 1),
        (at(9), 1),  # after the start
    ],
)
def test_a_cancellation_is_late_within_24_hours(small: SmallSalon, starts: datetime, late: int) -> None:
    anna = small.client("Анна")
    cancel(small, small.book(starts, anna))
    row = rows(small)[1]
    assert counted(row) == (late, 1, 0)
    assert row.denominator_clients == (anna,)
    assert row.numerator_clients == ((anna,) if late else ())


def test_the_notice_is_counted_to_the_first_service(small: SmallSalon) -> None:
    wishes = (small.wish(at(10, days=1)), small.wish(at(15, days=1), staff=small.maria))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    cancel(small, visit)
    assert counted(rows(small)[1]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("reason", "known"),
    [
        (CancelReason.CLIENT_ASKED, 1),
        (CancelReason.CLIENT_ILL, 1),
        (CancelReason.OTHER, 1),
        (CancelReason.MASTER_ABSENT, 0),
        (CancelReason.SALON_ASKED, 0),
        (CancelReason.BOOKED_BY_MISTAKE, 0),
    ],
)
def test_what_the_salon_cancels_is_not_the_client_s_doing(small: SmallSalon, reason: CancelReason, known: int) -> None:
    cancel(small, small.book(at(12), small.client()), reason)
    assert counted(rows(small)[1]) == (known, known, 0)


def test_a_cancellation_that_was_taken_back_is_none(small: SmallSalon) -> None:
    visit = small.book(at(12), small.client())
    entry = cancel(small, visit)
    assert entry is not None
    carry_out(small.salon, journal.undo, entry)
    assert counted(rows(small)[1]) == (0, 0, 0)


def test_the_last_cancellation_decides(small: SmallSalon) -> None:
    visit = small.book(at(12, days=3), small.client())
    cancel(small, visit)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    small.clock.advance(timedelta(days=2, hours=12))
    cancel(small, visit)
    assert counted(rows(small)[1]) == (1, 1, 0)


def test_imported_cancellations_have_no_moment_and_stand_aside() -> None:
    past = Past()
    client = past.client()
    past.visit(client, date(2026, 5, 5), status=VisitStatus.CANCELLED, reason=CancelReason.CLIENT_ASKED)
    past.visit(client, date(2026, 5, 6), status=VisitStatus.CANCELLED)
    _salon, late = compute(past.database, Figure.NO_SHOW_RATE, MAY, today=date(2026, 6, 1)).rows
    assert counted(late) == (0, 0, 0)
    assert [(one.kind, one.number, one.clients) for one in late.beside] == [(BesideKind.MOMENT_UNKNOWN, 2, (client,))]
    assert late.beside[0].text == "Для 2 отменённых визитов неизвестно, когда их отменили; они не учтены."
    past.database.close()


@pytest.mark.parametrize(("cancelled_hour", "late"), [(11, True), (10, True), (9, False)])
def test_the_hours_of_notice_are_hours_that_passed(cancelled_hour: int, late: bool) -> None:
    """In Berlin the night before 29 March 2026 has 23 hours: a wall-clock day before is one hour short."""
    wall = datetime(2026, 3, 28, cancelled_hour)
    visit = Appointment(
        client=1,
        status=VisitStatus.CANCELLED,
        starts_at=datetime(2026, 3, 29, 10),
        cancel_reason=None,
        cancelled_at=standing_at(wall, "Europe/Berlin").now(),
    )
    assert is_late(visit, "Europe/Berlin") is late


def test_an_empty_salon_has_no_rate() -> None:
    small = small_salon()
    salon, late = rows(small)
    assert (salon.percent, late.percent) == (None, None)
    assert small.salon.profile.zone == ZONE
    small.database.close()
