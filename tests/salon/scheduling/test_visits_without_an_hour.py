"""Imported history tells the date alone, and services from a receipt have no place of their own."""

from datetime import date, datetime, timedelta

import pytest

from app.errors import Gone
from app.models import BookedService
from app.salon import check
from app.salon.reminders import queue
from app.salon.scheduling import agenda, booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import Work, carry_out
from app.salon.undo import take_back
from app.vocabulary import Action, VisitStatus
from tests.builders import SmallSalon, at

THURSDAY = date(2026, 5, 14)


def on_thursday(hour: int, minute: int = 0) -> datetime:
    return at(hour, minute, day=THURSDAY)


def add_from_the_receipt(small: SmallSalon, visit_id: int, starts_at: datetime) -> int:
    """A service of a visit that takes no time of its master, as the import keeps it."""

    def add(work: Work) -> int:
        work.tell(Action.VISIT_CHANGED, visit=visit_id)
        return work.insert(
            BookedService,
            visit=visit_id,
            service=small.pedicure,
            staff=small.olga,
            position=9,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=30),
            working_minutes=30,
            price=100_000,
            takes_time=False,
        )

    return carry_out(small.salon, add).value


def lose_the_hour(small: SmallSalon, visit_id: int, status: VisitStatus) -> None:
    """Turn a visit into one of which the import knows the date alone."""
    database = small.database
    database.rows("DELETE FROM occupancy WHERE booked_service_id = ?", (small.booked_service(visit_id),))
    database.rows("DELETE FROM reminder WHERE visit_id = ?", (visit_id,))
    database.rows("UPDATE booked_service SET takes_time = 0 WHERE visit_id = ?", (visit_id,))
    database.rows("UPDATE visit SET hour_known = 0, status = ? WHERE id = ?", (status.value, visit_id))


def days_of(small: SmallSalon, visit_id: int) -> set[str]:
    return {
        row[0][:10]
        for row in small.database.rows("SELECT starts_at FROM booked_service WHERE visit_id = ?", (visit_id,))
    }


def test_another_day_takes_what_has_no_place_along(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15), small.client())
    add_from_the_receipt(small, visit, on_thursday(15))
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(12, days=6))
    assert days_of(small, visit) == {"2026-05-18"}
    assert check.faults(small.database) == []
    assert [line.due_at for line in queue.of_visit(small.database, visit) if line.is_open] == [at(12, days=5)]
    carry_out(small.salon, take_back, moved.entry_id or 0)
    assert days_of(small, visit) == {"2026-05-14"}


def test_a_changed_day_takes_what_has_no_place_along(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15), small.client())
    add_from_the_receipt(small, visit, on_thursday(15))
    carry_out(small.salon, booking.change, visit, BookingRequest(None, (small.wish(at(12, days=6)),)))
    assert days_of(small, visit) == {"2026-05-18"}
    assert check.faults(small.database) == []


def test_what_has_no_place_decides_no_reminder(small: SmallSalon) -> None:
    """The message says when the client has to come, not when the receipt was written."""
    visit = small.book(on_thursday(15), small.client())
    add_from_the_receipt(small, visit, on_thursday(9))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.CONFIRMED)
    (line,) = queue.of_visit(small.database, visit)
    assert line.visit_starts_at == on_thursday(15)
    small.clock.advance(on_thursday(10) - at(11))
    assert queue.count_due(small.database, small.salon.wall_now()) == 1


def test_what_has_no_place_cannot_be_dragged(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15), small.client())
    booked = add_from_the_receipt(small, visit, on_thursday(15))
    with pytest.raises(Gone):
        carry_out(small.salon, booking.move, booked, small.olga, on_thursday(18))
    with pytest.raises(Gone):
        carry_out(small.salon, booking.resize, booked, on_thursday(15), on_thursday(18))


@pytest.mark.parametrize("status", [VisitStatus.CANCELLED, VisitStatus.NO_SHOW])
def test_a_visit_without_an_hour_comes_back_without_a_reminder(small: SmallSalon, status: VisitStatus) -> None:
    """Nobody is told to come at an hour that nobody knows."""
    visit = small.book(on_thursday(15), small.client())
    lose_the_hour(small, visit, status)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    assert queue.of_visit(small.database, visit) == []
    assert check.faults(small.database) == []


def test_a_visit_without_an_hour_gets_one(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15), small.client())
    lose_the_hour(small, visit, VisitStatus.BOOKED)
    client = small.database.value("SELECT client_id FROM visit WHERE id = ?", (visit,))
    carry_out(small.salon, booking.change, visit, BookingRequest(client, (small.wish(on_thursday(16)),)))
    assert [entry.visit_id for entry in agenda.of_day(small.database, THURSDAY).entries] == [visit]
    assert [line.due_at for line in queue.of_visit(small.database, visit)] == [at(12, days=1)]
    assert check.faults(small.database) == []
