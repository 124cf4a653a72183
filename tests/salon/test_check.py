"""``vizit check`` finds every broken promise, and nothing in a salon that keeps them."""

from collections.abc import Callable

import pytest

from app.models.guards import GUARDS, ensure_guards
from app.salon import check
from app.salon.scheduling import holds
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from tests.builders import SmallSalon, at

Planting = Callable[[SmallSalon], None]


def without_guards(small: SmallSalon, *statements: str) -> None:
    """What a foreign program could do to the file: the guards are off for a moment."""
    for name in GUARDS:
        small.database.rows(f"DROP TRIGGER {name}")
    for one in statements:
        small.database.rows(one)
    ensure_guards(small.database)


def _two_at_once(small: SmallSalon) -> None:
    small.book(at(12))
    visit = small.book(at(14))
    times = "SET starts_at = '2026-05-12 12:30', ends_at = '2026-05-12 13:30'"
    without_guards(
        small,
        f"UPDATE booked_service {times} WHERE visit_id = {visit}",
        f"UPDATE occupancy {times} WHERE booked_service_id = {small.booked_service(visit)}",
    )


def _two_in_one_chair(small: SmallSalon) -> None:
    chair = small.room("Кресло 1", small.manicure)
    small.book(at(12))
    visit = small.book(at(14), staff=small.maria)
    times = "SET starts_at = '2026-05-12 12:30', ends_at = '2026-05-12 13:30'"
    without_guards(
        small,
        f"UPDATE booked_service {times} WHERE visit_id = {visit}",
        f"UPDATE occupancy {times} WHERE booked_service_id = {small.booked_service(visit)}",
    )
    assert small.database.value("SELECT COUNT(*) FROM occupancy WHERE room_id = ?", (chair,)) == 2


def _nobody_taken(small: SmallSalon) -> None:
    small.book(at(12))
    small.database.rows("DELETE FROM occupancy")


def _taken_by_a_no_show(small: SmallSalon) -> None:
    small.book(at(9))
    small.database.rows("UPDATE visit SET status = 'no_show'")


def _taken_for_longer(small: SmallSalon) -> None:
    small.book(at(12))
    small.database.rows("UPDATE occupancy SET ends_at = '2026-05-12 13:15'")


def _taken_by_another(small: SmallSalon) -> None:
    small.book(at(12))
    small.database.rows("UPDATE occupancy SET staff_id = ?", (small.maria,))


def _empty_visit(small: SmallSalon) -> None:
    small.book(at(12))
    for table in ("occupancy", "visit_step", "booked_service"):
        small.database.rows(f"DELETE FROM {table}")


def _on_another_day(small: SmallSalon) -> None:
    small.book(at(12))
    small.database.rows("UPDATE visit SET day = '2026-05-13'")


def _reminded_in_vain(small: SmallSalon) -> None:
    small.book(at(12, days=2), small.client())
    small.database.rows("UPDATE visit SET status = 'completed'")


def _reminded_of_twice(small: SmallSalon) -> None:
    small.book(at(12, days=2), small.client())
    copied = "visit_id, kind, channel, status, note, text"
    small.database.rows(f"INSERT INTO reminder ({copied}, due_at) SELECT {copied}, '2026-05-13 13:00' FROM reminder")


def _over_somebody_without_a_reason(small: SmallSalon) -> None:
    small.book(at(12))
    small.database.rows("UPDATE occupancy SET is_override = 1")


def _holding_nothing(small: SmallSalon) -> None:
    carry_out(small.salon, holds.hold, BookingRequest(None, (small.wish(at(12)),)))
    small.database.rows("DELETE FROM occupancy")


def _working_twice(small: SmallSalon) -> None:
    theirs = "staff_id = ?, starts_at = '2026-05-12 20:00', ends_at = '2026-05-12 22:00'"
    small.database.rows(
        f"UPDATE shift SET {theirs} WHERE staff_id = ? AND day = '2026-05-12'", (small.olga, small.maria)
    )


def _remembered_again(small: SmallSalon) -> None:
    small.database.rows("UPDATE client SET forgotten_at = '2026-05-01 10:00:00.000000' WHERE id = ?", (small.client(),))


def _nobodys_visit(small: SmallSalon) -> None:
    small.book(at(12), small.client())
    small.database.rows("PRAGMA foreign_keys = OFF")
    small.database.rows("DELETE FROM client")


def _unguarded(small: SmallSalon) -> None:
    small.database.rows("DROP TRIGGER occupancy_overlap_update")


def _guarded_otherwise(small: SmallSalon) -> None:
    _unguarded(small)
    small.database.rows("CREATE TRIGGER occupancy_overlap_update BEFORE UPDATE ON occupancy BEGIN SELECT 1; END")


def _with_a_spy(small: SmallSalon) -> None:
    small.database.rows("CREATE TRIGGER spy AFTER UPDATE ON visit BEGIN DELETE FROM alert; END")


def _backwards(small: SmallSalon) -> None:
    small.database.rows("PRAGMA ignore_check_constraints = ON")
    small.database.rows("UPDATE shift SET ends_at = starts_at WHERE id = 1")
    small.database.rows("PRAGMA ignore_check_constraints = OFF")


def _counted_wrongly(small: SmallSalon) -> None:
    anna = small.client()
    small.complete(small.book(at(9), anna))
    without_guards(small, "UPDATE visit SET status = 'no_show'", "DELETE FROM occupancy", "DELETE FROM reminder")


def _unknown_to_the_list(small: SmallSalon) -> None:
    small.client()
    small.database.rows("DELETE FROM client_rhythm")


def _found_by_another_name(small: SmallSalon) -> None:
    small.client()
    without_guards(small, "UPDATE client SET search = '  вера'")


def _not_to_be_found(small: SmallSalon) -> None:
    small.client()
    without_guards(small, "UPDATE client SET search = ''")


PLANTED: list[tuple[str, Planting]] = [
    ("overlapping_occupancy", _two_at_once),
    ("room_taken_twice", _two_in_one_chair),
    ("live_service_without_occupancy", _nobody_taken),
    ("occupancy_of_closed_visit", _taken_by_a_no_show),
    ("occupancy_outside_its_service", _taken_for_longer),
    ("occupancy_outside_its_service", _taken_by_another),
    ("visit_without_service", _empty_visit),
    ("service_on_another_day", _on_another_day),
    ("reminder_of_a_visit_not_awaited", _reminded_in_vain),
    ("visit_reminded_of_twice", _reminded_of_twice),
    ("shared_place_without_reason", _over_somebody_without_a_reason),
    ("hold_of_nothing", _holding_nothing),
    ("overlapping_shifts", _working_twice),
    ("forgotten_with_data", _remembered_again),
    ("orphan", _nobodys_visit),
    ("missing_guard", _unguarded),
    ("changed_guard", _guarded_otherwise),
    ("stranger", _with_a_spy),
    ("engine", _backwards),
    ("client_rhythm_out_of_line", _counted_wrongly),
    ("client_rhythm_out_of_line", _unknown_to_the_list),
    ("search_index_out_of_line", _found_by_another_name),
    ("search_index_out_of_line", _not_to_be_found),
]


@pytest.mark.parametrize(("kind", "plant"), PLANTED, ids=[plant.__name__.strip("_") for _, plant in PLANTED])
def test_a_broken_promise_is_found_and_nothing_else(small: SmallSalon, kind: str, plant: Planting) -> None:
    plant(small)
    (found,) = check.faults(small.database)
    assert found.kind == kind
    assert found.count == 1
    assert found.example


def test_every_promise_was_broken_once() -> None:
    assert {kind for kind, _ in PLANTED} == {
        "engine",
        "orphan",
        "missing_guard",
        "changed_guard",
        "stranger",
        "search_index_out_of_line",
        *check.PROMISES,
    }


def test_a_salon_at_work_is_whole(small: SmallSalon) -> None:
    anna = small.client()
    small.complete(small.book(at(9), anna))
    small.book(at(10), anna)
    small.book(at(11), anna, service=small.pedicure)
    small.book(at(12, days=1), anna, service=small.colouring)
    assert check.faults(small.database) == []


def test_a_gap_of_one_visit_may_hold_another(small: SmallSalon) -> None:
    """Maria's colouring works from 12:00 to 13:30 and again from 14:15; a manicure of 45 minutes fits between."""
    small.book(at(12), service=small.colouring)
    small.book(at(13, 30), staff=small.maria, minutes=45)
    assert check.faults(small.database) == []


def test_a_conscious_overlap_is_no_fault(small: SmallSalon) -> None:
    _two_at_once(small)
    small.database.rows("UPDATE occupancy SET is_override = 1 WHERE starts_at = '2026-05-12 12:30'")
    small.database.rows("UPDATE visit SET overbooked_reason = 'клиентка подождёт' WHERE id = 2")
    assert check.faults(small.database) == []


def test_a_fault_is_counted(small: SmallSalon) -> None:
    for hour in (12, 14, 16):
        small.book(at(hour))
    small.database.rows("DELETE FROM occupancy WHERE starts_at > '2026-05-12 13:00'")
    assert [(fault.kind, fault.count) for fault in check.faults(small.database)] == [
        ("live_service_without_occupancy", 2)
    ]


def test_looking_changes_nothing(small: SmallSalon) -> None:
    _nobody_taken(small)
    before = list(small.database.connection.iterdump())
    check.faults(small.database)
    assert list(small.database.connection.iterdump()) == before
    assert carry_out(small.salon, lambda _work: None).entry_id is None
