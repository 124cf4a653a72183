"""A visit that was booked although the place was taken, and what happens to it and to the other one afterwards."""

from datetime import date, datetime

import pytest

from app.errors import ChangedSince, NoRoomFree, SlotTaken
from app.salon import check, journal
from app.salon.reminders import queue
from app.salon.scheduling import agenda, blocks, booking, groups
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import BlockKind, CancelReason, VisitStatus
from tests.builders import SmallSalon, at

THURSDAY = date(2026, 5, 14)
REASON = "клиентка согласна подождать"


def on_thursday(hour: int, minute: int = 0) -> datetime:
    return at(hour, minute, day=THURSDAY)


def book_anyway(small: SmallSalon, *starts: datetime) -> int:
    wishes = tuple(small.wish(start) for start in starts)
    return carry_out(small.salon, booking.book, BookingRequest(small.client("Вера"), wishes, "", REASON)).value


def marks(small: SmallSalon, visit_id: int) -> tuple[str, list[int]]:
    """The reason on the tile, and for each part of the visit whether the guard lets it stand over another."""
    reason = small.database.value("SELECT overbooked_reason FROM visit WHERE id = ?", (visit_id,))
    rows = small.database.rows(
        """
        SELECT o.is_override FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
        WHERE b.visit_id = ? ORDER BY o.starts_at
        """,
        (visit_id,),
    )
    return reason, [row[0] for row in rows]


def hours(small: SmallSalon, visit_id: int) -> list[str]:
    rows = small.database.rows(
        "SELECT starts_at, ends_at FROM booked_service WHERE visit_id = ? ORDER BY starts_at", (visit_id,)
    )
    return [f"{start[11:]}–{end[11:]}" for start, end in rows]


def test_a_reason_that_nobody_needed_marks_nothing(small: SmallSalon) -> None:
    assert marks(small, book_anyway(small, on_thursday(15))) == ("", [0])


def test_shortening_needs_no_second_permission(small: SmallSalon) -> None:
    small.book(on_thursday(15))
    visit = book_anyway(small, on_thursday(15, 30))
    booked = small.booked_service(visit)
    carry_out(small.salon, booking.resize, booked, on_thursday(15, 30), on_thursday(16, 15))
    assert hours(small, visit) == ["15:30–16:15"]
    assert marks(small, visit) == (REASON, [1])


def test_the_one_underneath_can_be_shortened_too(small: SmallSalon) -> None:
    under = small.book(on_thursday(15))
    over = book_anyway(small, on_thursday(15, 30))
    carry_out(small.salon, booking.resize, small.booked_service(under), on_thursday(15), on_thursday(15, 45))
    assert marks(small, under) == ("", [0])
    assert marks(small, over) == (REASON, [1])
    assert check.faults(small.database) == []


def test_lengthening_onto_a_third_is_refused(small: SmallSalon) -> None:
    small.book(on_thursday(15))
    third = small.book(on_thursday(17))
    visit = book_anyway(small, on_thursday(15, 30))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, booking.resize, small.booked_service(visit), on_thursday(15, 30), on_thursday(17, 15))
    assert hours(small, visit) == ["15:30–16:30"]
    assert hours(small, third) == ["17:00–18:00"]


def test_shortened_until_nothing_overlaps_the_mark_goes(small: SmallSalon) -> None:
    small.book(on_thursday(15))
    visit = book_anyway(small, on_thursday(15, 30))
    carry_out(small.salon, booking.resize, small.booked_service(visit), on_thursday(16), on_thursday(16, 30))
    assert marks(small, visit) == ("", [0])


def test_moved_to_a_free_place_the_mark_goes(small: SmallSalon) -> None:
    small.book(on_thursday(15))
    visit = book_anyway(small, on_thursday(15))
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, on_thursday(18))
    assert marks(small, visit) == ("", [0])
    carry_out(small.salon, take_back, moved.entry_id or 0)
    assert marks(small, visit) == (REASON, [1])


def test_another_service_of_the_visit_moves_alone(small: SmallSalon) -> None:
    """The first one stands where it was agreed that it stands; that is no reason against moving the second."""
    small.book(on_thursday(15))
    visit = book_anyway(small, on_thursday(15), on_thursday(16))
    carry_out(small.salon, booking.move, small.booked_service(visit, 1), small.olga, on_thursday(18))
    assert hours(small, visit) == ["15:00–16:00", "18:00–19:00"]
    assert marks(small, visit) == (REASON, [1, 0])


def test_a_word_in_the_comment_asks_for_no_second_permission(small: SmallSalon) -> None:
    small.book(on_thursday(15))
    visit = book_anyway(small, on_thursday(15))
    client = small.database.value("SELECT client_id FROM visit WHERE id = ?", (visit,))
    same = BookingRequest(client, (small.wish(on_thursday(15)),), "придёт с ребёнком")
    carry_out(small.salon, booking.change, visit, same)
    assert marks(small, visit) == (REASON, [1])
    assert small.database.value("SELECT comment FROM visit WHERE id = ?", (visit,)) == "придёт с ребёнком"


def test_of_two_equal_services_the_one_that_stays_is_meant(small: SmallSalon) -> None:
    """The first is dropped; the second stays where it shares its place, with its own steps."""
    small.book(on_thursday(16, 30))
    visit = book_anyway(small, on_thursday(15), on_thursday(16))
    second = small.booked_service(visit, 1)
    client = small.database.value("SELECT client_id FROM visit WHERE id = ?", (visit,))
    carry_out(small.salon, booking.change, visit, BookingRequest(client, (small.wish(on_thursday(16)),)))
    assert small.booked_service(visit) == second
    assert marks(small, visit) == (REASON, [1])


@pytest.mark.parametrize("above", [True, False])
def test_another_chair_asks_for_no_second_permission(small: SmallSalon, above: bool) -> None:
    left, _right, free = (small.room(name, small.manicure) for name in ("Слева", "Справа", "У окна"))
    under = small.book(on_thursday(15))
    visit = book_anyway(small, on_thursday(15, 30))
    carry_out(small.salon, booking.move_room, small.booked_service(visit if above else under), free)
    assert marks(small, visit)[0] == REASON
    assert check.faults(small.database) == []
    with pytest.raises(NoRoomFree):
        carry_out(small.salon, booking.move_room, small.booked_service(under if above else visit), free)
    assert left


def test_a_change_onto_somebody_is_refused_without_a_reason(small: SmallSalon) -> None:
    small.book(on_thursday(15))
    visit = small.book(on_thursday(17))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, booking.change, visit, BookingRequest(None, (small.wish(on_thursday(15)),)))
    request = BookingRequest(None, (small.wish(on_thursday(15)),), overbooked_reason=REASON)
    carry_out(small.salon, booking.change, visit, request)
    assert marks(small, visit) == (REASON, [1])
    assert [line.note for line in journal.of_visit(small.database, visit)] == ["", REASON]


def test_for_whom_comes_along_the_journal_says_why_as_well(small: SmallSalon) -> None:
    small.book(on_thursday(15))
    alone = BookingRequest(None, (small.wish(on_thursday(17)),))
    over = BookingRequest(None, (small.wish(on_thursday(15)),), overbooked_reason=REASON)
    done = carry_out(small.salon, groups.book_group, "Свадьба", (alone, over))
    note = small.database.value("SELECT note FROM journal_entry WHERE id = ?", (done.entry_id,))
    assert note == f"Свадьба; {REASON}"


@pytest.mark.parametrize("leave", ["moved", "cancelled", "missed", "shortened", "changed"])
def test_when_the_other_one_leaves_the_guard_holds_again(small: SmallSalon, leave: str) -> None:
    under = small.book(on_thursday(15), small.client())
    over = book_anyway(small, on_thursday(15, 30))
    booked = small.booked_service(under)
    small.clock.advance(on_thursday(17) - at(11))
    match leave:
        case "moved":
            done = carry_out(small.salon, booking.move, booked, small.olga, on_thursday(19))
        case "cancelled":
            done = carry_out(small.salon, booking.cancel, under, CancelReason.CLIENT_ASKED)
        case "missed":
            done = carry_out(small.salon, booking.set_status, under, VisitStatus.NO_SHOW)
        case "shortened":
            done = carry_out(small.salon, booking.resize, booked, on_thursday(15), on_thursday(15, 30))
        case _:
            request = BookingRequest(None, (small.wish(on_thursday(19)),))
            done = carry_out(small.salon, booking.change, under, request)
    assert marks(small, over) == ("", [0])
    carry_out(small.salon, take_back, done.entry_id or 0)
    assert marks(small, over) == (REASON, [1])
    assert check.faults(small.database) == []


def test_when_a_block_goes_the_guard_holds_again(small: SmallSalon) -> None:
    block = carry_out(
        small.salon, blocks.block_time, small.olga, on_thursday(15), on_thursday(16), BlockKind.BREAK, "Обед"
    )
    over = book_anyway(small, on_thursday(15))
    carry_out(small.salon, blocks.remove_block, block.value)
    assert marks(small, over) == ("", [0])


def test_taking_a_booking_back_frees_the_one_that_stood_over_it(small: SmallSalon) -> None:
    under = carry_out(small.salon, booking.book, BookingRequest(None, (small.wish(on_thursday(15)),)))
    over = book_anyway(small, on_thursday(15, 30))
    back = carry_out(small.salon, take_back, under.entry_id or 0)
    assert marks(small, over) == ("", [0])
    carry_out(small.salon, take_back, back.entry_id or 0)
    assert marks(small, over) == (REASON, [1])
    assert small.status(under.value) is VisitStatus.BOOKED


def test_restored_onto_a_place_that_became_free_it_is_an_ordinary_visit(small: SmallSalon) -> None:
    under = small.book(on_thursday(15))
    over = book_anyway(small, on_thursday(15))
    carry_out(small.salon, booking.cancel, over, CancelReason.CLIENT_ASKED)
    with pytest.raises(SlotTaken):
        carry_out(small.salon, booking.set_status, over, VisitStatus.BOOKED)
    carry_out(small.salon, booking.cancel, under, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, booking.set_status, over, VisitStatus.BOOKED)
    assert marks(small, over) == ("", [0])


# ---- undo never puts two together who never stood together ------------------------------------------------------


def test_a_cancelled_visit_is_not_undone_under_one_that_came_later(small: SmallSalon) -> None:
    """Who overbooked agreed to one neighbour, not to another who was not there then."""
    third = small.book(on_thursday(16), small.client("Зоя"))
    cancelled = carry_out(small.salon, booking.cancel, third, CancelReason.CLIENT_ASKED)
    small.book(on_thursday(15), small.client("Анна"))
    book_anyway(small, on_thursday(15, 30))
    with pytest.raises(ChangedSince):
        carry_out(small.salon, take_back, cancelled.entry_id or 0)
    assert small.status(third) is VisitStatus.CANCELLED
    assert check.faults(small.database) == []


def test_an_overbooked_visit_is_not_undone_onto_somebody_new(small: SmallSalon) -> None:
    under = small.book(on_thursday(15), small.client("Анна"))
    over = book_anyway(small, on_thursday(15))
    cancelled = carry_out(small.salon, booking.cancel, over, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, booking.move, small.booked_service(under), small.olga, on_thursday(18))
    small.book(on_thursday(15), small.client("Зоя"))
    with pytest.raises(ChangedSince):
        carry_out(small.salon, take_back, cancelled.entry_id or 0)
    assert small.status(over) is VisitStatus.CANCELLED


def test_the_neighbours_of_before_come_back_together(small: SmallSalon) -> None:
    under = small.book(on_thursday(15), small.client("Анна"))
    over = book_anyway(small, on_thursday(15))
    gone = carry_out(small.salon, booking.cancel, over, CancelReason.CLIENT_ASKED)
    moved = carry_out(small.salon, booking.move, small.booked_service(under), small.olga, on_thursday(18))
    carry_out(small.salon, take_back, moved.entry_id or 0)
    carry_out(small.salon, take_back, gone.entry_id or 0)
    assert hours(small, under) == hours(small, over) == ["15:00–16:00"]
    assert len(agenda.of_day(small.database, THURSDAY).entries) == 2
    assert len([line for line in queue.of_visit(small.database, over) if line.is_open]) == 1
