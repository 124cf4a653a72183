"""Rooms, chairs and machines are taken with the service, by one visit at a time."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from app.errors import ChangedSince, Gone, NameMissing, NoRoomFree, RoomNotFit, SlotTaken
from app.explain import sentence
from app.models.connection import OverlapRefused
from app.salon import check
from app.salon.catalogue import rooms, services
from app.salon.catalogue.rooms import RoomFacts
from app.salon.scheduling import agenda, booking, held, places
from app.salon.scheduling.availability import Wish, refusal
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.free_places import PlaceSearch, find, wanted
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import DayBooks, PlannedService, why_not
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import CancelReason, RoomKind, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at

REASON = "вторая лампа есть"


@pytest.fixture
def chair(small: SmallSalon) -> int:
    """The one chair for nails."""
    return small.room("Кресло 1", small.manicure, small.pedicure)


def book(small: SmallSalon, hour: int, minute: int = 0, *, maria: bool = False, reason: str = "") -> int:
    wish = small.wish(at(hour, minute), staff=small.maria if maria else small.olga)
    request = BookingRequest(small.client("Анна"), (wish,), overbooked_reason=reason)
    return carry_out(small.salon, booking.book, request).value


def rooms_of(small: SmallSalon, visit_id: int, day: date = TODAY) -> list[tuple[int, ...]]:
    return [one.room_ids for one in agenda.of_day(small.database, day).entries if one.visit_id == visit_id]


def test_one_chair_seats_one_client(small: SmallSalon, chair: int) -> None:
    """Both masters are free, the chair is not; who has it until when is said."""
    assert rooms_of(small, book(small, 12)) == [(chair,)]
    with pytest.raises(NoRoomFree) as refused:
        book(small, 12, 30, maria=True)
    assert sentence(refused.value).startswith("Место «Кресло 1» занято 12:00–13:00: Анна.")
    second = small.room("Кресло 2", small.manicure)
    assert rooms_of(small, book(small, 12, 30, maria=True)) == [(second,)]
    assert check.faults(small.database) == []


def test_of_several_the_one_that_is_free_first_is_named(small: SmallSalon, chair: int) -> None:
    small.room("Кресло 2", small.manicure)
    book(small, 12)
    book(small, 12, 15, maria=True)
    wish = small.wish(at(12, 30))
    day = DayBooks(small.database).of(small.maria, TODAY)
    problem = refusal(replace(day, taken=()), Wish(small.manicure, "Маникюр", wish.starts_at, wish.lengths))
    assert isinstance(problem, NoRoomFree)
    assert (problem.room_name, problem.is_only) == ("Кресло 1", False)
    assert "раньше всех освободится «Кресло 1»" in sentence(problem)


def test_a_service_takes_one_of_each_kind_for_its_whole_time(small: SmallSalon, chair: int) -> None:
    lamp = small.room("Лампа", small.manicure, kind=RoomKind.MACHINE)
    small.room("Лазер", small.colouring, kind=RoomKind.MACHINE)
    wish = replace(small.wish(at(12)), lengths=Lengths(30, 20, 10, before=10, after=5))
    visit = carry_out(small.salon, booking.book, BookingRequest(None, (wish,))).value
    rows = small.database.rows("SELECT room_id, starts_at, ends_at FROM occupancy WHERE room_id IS NOT NULL")
    assert [(r, a[11:], b[11:]) for r, a, b in rows] == [(chair, "11:50", "13:05"), (lamp, "11:50", "13:05")]
    assert rooms_of(small, visit) == [(chair, lamp)]


def test_a_service_without_fit_rooms_needs_none(small: SmallSalon, chair: int) -> None:
    assert rooms_of(small, small.book(at(12), service=small.colouring)) == [()]


def test_a_wished_room_is_taken_or_refused(small: SmallSalon, chair: int) -> None:
    window = small.room("У окна", small.manicure)
    wish = replace(small.wish(at(12)), rooms=(window,))
    visit = carry_out(small.salon, booking.book, BookingRequest(None, (wish,))).value
    assert rooms_of(small, visit) == [(window,)]
    with pytest.raises(NoRoomFree) as refused:
        carry_out(small.salon, booking.book, BookingRequest(None, (replace(wish, staff_id=small.maria),)))
    assert refused.value.is_only
    laser = small.room("Лазер", small.colouring)
    for strange in (laser, 999):
        with pytest.raises(RoomNotFit):
            carry_out(small.salon, booking.book, BookingRequest(None, (replace(wish, rooms=(strange,)),)))


def test_a_visit_changes_its_room(small: SmallSalon, chair: int) -> None:
    visit = book(small, 12)
    window = small.room("У окна", small.manicure)
    moved = carry_out(small.salon, booking.move_room, small.booked_service(visit), window)
    assert rooms_of(small, visit) == [(window,)]
    other = book(small, 12, maria=True)
    with pytest.raises(NoRoomFree):
        carry_out(small.salon, booking.move_room, small.booked_service(other), window)
    with pytest.raises(ChangedSince):
        carry_out(small.salon, take_back, moved.entry_id or 0)
    carry_out(small.salon, booking.cancel, other, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, take_back, moved.entry_id or 0)
    assert rooms_of(small, visit) == [(chair,)]
    with pytest.raises(Gone):
        carry_out(small.salon, booking.move_room, 999, window)


def test_a_visit_keeps_its_room_where_that_is_free(small: SmallSalon, chair: int) -> None:
    window = small.room("У окна", small.manicure)
    visit = book(small, 12)
    booked = small.booked_service(visit)
    carry_out(small.salon, booking.move_room, booked, window)
    carry_out(small.salon, booking.move, booked, small.olga, at(15))
    assert rooms_of(small, visit) == [(window,)]
    carry_out(small.salon, booking.resize, booked, at(15), at(17))
    assert rooms_of(small, visit) == [(window,)]
    standing = places.standing(small.database, visit)
    request = BookingRequest(None, places.one_after_another(at(18), standing.planned))
    carry_out(small.salon, booking.change, visit, request)
    assert rooms_of(small, visit) == [(window,)]
    pasted = held.once_more(held.hold(small.database, visit), small.maria, at(18))
    assert rooms_of(small, carry_out(small.salon, booking.book, pasted).value) == [(chair,)]


def test_a_visit_keeps_a_room_that_is_used_no_more_until_it_goes_to_another_day(small: SmallSalon, chair: int) -> None:
    """The client sits there already: the visit is shortened and put off a little, whoever sits in the other chair."""
    visit = book(small, 12)
    window = small.room("У окна", small.manicure)
    book(small, 12, maria=True)
    carry_out(small.salon, rooms.archive, chair)
    booked = small.booked_service(visit)
    carry_out(small.salon, booking.resize, booked, at(12), at(12, 45))
    assert rooms_of(small, visit) == [(chair,)]
    carry_out(small.salon, booking.move, booked, small.olga, at(12, 15), (chair,))
    assert rooms_of(small, visit) == [(chair,)]
    new = BookingRequest(None, (replace(small.wish(at(17)), rooms=(chair,)),))
    for act in (
        partial(booking.book, request=new),
        partial(booking.move, booked_id=booked, staff_id=small.olga, starts_at=at(12, days=1), rooms=(chair,)),
    ):
        with pytest.raises(RoomNotFit) as refused:
            carry_out(small.salon, act)
        assert not refused.value.room_name, "it is no longer there"
    carry_out(small.salon, booking.move, booked, small.olga, at(12, days=1))
    assert rooms_of(small, visit, at(12, days=1).date()) == [(window,)]
    assert check.faults(small.database) == []


@pytest.mark.parametrize("act", ["moved", "lengthened", "restored", "changed"])
def test_no_act_passes_by_a_taken_room(small: SmallSalon, chair: int, act: str) -> None:
    """BUGS_OF_OTHERS 2: whatever is done, the room is asked for."""
    book(small, 12)
    visit = book(small, 10, 30, maria=True)
    if act == "restored":
        carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
        book(small, 10, 30)
    booked = small.booked_service(visit)
    wish = small.wish(at(11, 30), staff=small.maria)
    with pytest.raises(NoRoomFree):
        {
            "moved": lambda: carry_out(small.salon, booking.move, booked, small.maria, at(11, 30)),
            "lengthened": lambda: carry_out(small.salon, booking.resize, booked, at(10, 30), at(12, 15)),
            "restored": lambda: carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED),
            "changed": lambda: carry_out(small.salon, booking.change, visit, BookingRequest(None, (wish,))),
        }[act]()


def test_the_database_guards_a_room_as_a_master(small: SmallSalon, chair: int) -> None:
    """BUGS_OF_OTHERS 1: raw SQL cannot seat two in one chair."""
    book(small, 12)
    other = book(small, 14, maria=True)
    with pytest.raises(OverlapRefused):
        small.database.rows(
            "UPDATE occupancy SET starts_at = '2026-05-12 12:30' WHERE room_id = ? AND booked_service_id = ?",
            (chair, small.booked_service(other)),
        )


# ---- on purpose --------------------------------------------------------------------------------------------------


def test_two_share_a_chair_on_purpose_exactly_as_long_as_agreed(small: SmallSalon, chair: int) -> None:
    under = book(small, 12)
    over = book(small, 12, 30, maria=True, reason=REASON)
    assert small.database.value("SELECT overbooked_reason FROM visit WHERE id = ?", (over,)) == REASON
    booked = small.booked_service(over)
    carry_out(small.salon, booking.resize, booked, at(12, 30), at(13, 15))
    assert check.faults(small.database) == []
    third = book(small, 14)
    with pytest.raises(NoRoomFree):
        carry_out(small.salon, booking.resize, booked, at(12, 30), at(14, 15))
    gone = carry_out(small.salon, booking.cancel, under, CancelReason.CLIENT_ASKED)
    overridden = "SELECT COUNT(*) FROM occupancy WHERE is_override"
    assert small.database.value(overridden) == 0
    assert small.database.value("SELECT overbooked_reason FROM visit WHERE id = ?", (over,)) == ""
    carry_out(small.salon, take_back, gone.entry_id or 0)
    assert small.database.value(overridden) > 0
    assert rooms_of(small, third) == [(chair,)]


def test_undo_seats_nobody_onto_somebody_new(small: SmallSalon, chair: int) -> None:
    under = book(small, 12)
    over = book(small, 12, maria=True, reason=REASON)
    cancelled = carry_out(small.salon, booking.cancel, over, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, booking.move, small.booked_service(under), small.olga, at(18))
    book(small, 12)
    with pytest.raises(ChangedSince):
        carry_out(small.salon, take_back, cancelled.entry_id or 0)
    assert check.faults(small.database) == []


# ---- free places -------------------------------------------------------------------------------------------------


def test_no_place_is_offered_without_a_chair(small: SmallSalon, chair: int) -> None:
    """BUGS_OF_OTHERS 14 and 16."""
    book(small, 12)
    offered = {one.service_id: one for one in services.offered(small.database)}
    search = PlaceSearch((wanted(offered[small.manicure]),), TODAY, 1)
    found = find(small.database, search, not_before=at(11), step_minutes=30, zone=ZONE)
    assert [p.starts_at for p in found if p.starts_at < at(13, 30)] == [at(11), at(11), at(13), at(13)]
    planned = (PlannedService(small.manicure, "Маникюр", small.maria, Lengths(60), 1),)
    assert isinstance(why_not(DayBooks(small.database), at(12), planned), NoRoomFree)
    assert isinstance(why_not(DayBooks(small.database), at(12), (replace(planned[0], staff_id=small.olga),)), SlotTaken)


def test_what_follows_needs_its_chair_as_well(small: SmallSalon, chair: int) -> None:
    """BUGS_OF_OTHERS 14: the colouring takes no chair, the manicure after it does, and Maria herself is free."""
    book(small, 14)
    offered = {one.service_id: one for one in services.offered(small.database)}
    search = PlaceSearch(tuple(wanted(offered[one]) for one in (small.colouring, small.manicure)), TODAY, 1)
    found = find(small.database, search, not_before=at(11), step_minutes=15, zone=ZONE)
    assert [(p.starts_at, p.ends_at) for p in found][:1] == [(at(12, 15), at(16))]


# ---- the list of rooms -------------------------------------------------------------------------------------------


def test_rooms_are_kept_ordered_and_archived(small: SmallSalon, chair: int) -> None:
    visit = book(small, 12)
    laser = carry_out(small.salon, rooms.keep, None, RoomFacts(" Лазер ", RoomKind.MACHINE), [small.colouring]).value
    listed = rooms.listed(small.database, TODAY)
    assert [(one.facts.name, one.visits_ahead) for one in listed] == [("Кресло 1", 1), ("Лазер", 0)]
    assert listed[1].services == (small.colouring,)
    carry_out(small.salon, rooms.set_order, [laser, chair])
    carry_out(small.salon, rooms.keep, laser, RoomFacts("Лазер 2", RoomKind.ROOM), [])
    assert [one.facts for one in rooms.listed(small.database, TODAY)] == [
        RoomFacts("Лазер 2", RoomKind.ROOM),
        RoomFacts("Кресло 1", RoomKind.CHAIR),
    ]
    gone = carry_out(small.salon, rooms.archive, chair)
    assert rooms_of(small, visit) == [(chair,)], "BUGS_OF_OTHERS 10: the visit stays where it is"
    assert rooms_of(small, book(small, 12, maria=True)) == [()]
    carry_out(small.salon, take_back, gone.entry_id or 0)
    assert rooms.names_of(small.database, [chair]) == ("Кресло 1",)
    with pytest.raises(NameMissing):
        carry_out(small.salon, rooms.add, RoomFacts("  "))
    with pytest.raises(Gone):
        rooms.names_of(small.database, [chair, 999])


def test_a_service_says_which_rooms_are_fit_for_it(small: SmallSalon, chair: int) -> None:
    window = small.room("У окна")
    carry_out(small.salon, rooms.set_of_service, small.manicure, [window])
    assert [one.services for one in rooms.listed(small.database, TODAY)] == [(small.pedicure,), (small.manicure,)]
