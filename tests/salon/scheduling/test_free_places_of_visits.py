"""The list of free places is what booking accepts, whatever a visit consists of: it is tried, start by start."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import given, settings, strategies as st

from app.errors import SalonError
from app.salon.catalogue import services, staff
from app.salon.catalogue.terms import MasterTerms
from app.salon.scheduling import booking, free_places
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.free_places import PlaceSearch, WantedService, wanted
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import DayBooks, PlannedService, one_after_another, why_not
from app.salon.transaction import Work, carry_out
from app.vocabulary import RoomKind
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon

STEP = 30


class _Tried(Exception):
    """It would have been booked."""


def can_be_booked(small: SmallSalon, starts_at: datetime, planned: Sequence[PlannedService]) -> bool:
    """Whether the real booking takes it; nothing of it stays."""
    try:
        with small.database.writing():
            booking.book(Work(small.salon), BookingRequest(None, one_after_another(starts_at, planned)))
            raise _Tried
    except _Tried:
        return True
    except SalonError:
        return False


buffers = st.sampled_from([0, 0, 10, 25])
lengths = st.builds(Lengths, st.sampled_from([15, 40, 60]), st.sampled_from([0, 0, 30]), st.just(15), buffers, buffers)
terms = st.builds(
    MasterTerms,
    working=st.sampled_from([None, 20, 75]),
    before=st.sampled_from([None, 0, 15]),
    after=st.sampled_from([None, 0, 15]),
)


@dataclass(frozen=True)
class Asked:
    """One service of the visit that is looked for."""

    which: int
    beside: bool
    pause: int


asked = st.builds(Asked, st.integers(0, 2), st.booleans(), st.sampled_from([0, 0, 0, 15, -15]))
furnished = st.lists(
    st.tuples(st.sampled_from([RoomKind.CHAIR, RoomKind.MACHINE]), st.sets(st.integers(0, 2), min_size=1)), max_size=3
)


def furnish(
    small: SmallSalon, usual: Sequence[Lengths], own: MasterTerms, rooms: Sequence[tuple[RoomKind, set[int]]]
) -> tuple[int, ...]:
    """Give the services these lengths, Maria her own terms, and the salon its rooms; the ids of the services."""
    offers = (small.manicure, small.pedicure, small.colouring)
    for service_id, long in zip(offers, usual, strict=True):
        small.lasts(service_id, long)
    carry_out(small.salon, staff.can_do, small.maria, offers)
    carry_out(small.salon, staff.set_terms, small.maria, {small.manicure: own, small.pedicure: own})
    for number, (kind, fit) in enumerate(rooms):
        small.room(f"Место {number}", *(offers[one] for one in fit), kind=kind)
    return offers


def search_for(small: SmallSalon, offers: Sequence[int], visit: Sequence[Asked]) -> tuple[WantedService, ...]:
    offered = {one.service_id: one for one in services.offered(small.database)}
    found: list[WantedService] = []
    for position, one in enumerate(visit):
        more: dict[str, Any] = {"beside": one.beside, "pause": one.pause} if position else {}
        service = wanted(offered[offers[one.which]])
        found.append(
            WantedService(
                service.service_id,
                service.service_name,
                service.lengths,
                service.price,
                service.masters,
                service.master_terms,
                **more,
            )
        )
    return tuple(found)


@settings(max_examples=settings().max_examples // 4)
@given(
    usual=st.tuples(lengths, lengths, lengths),
    own=terms,
    rooms=furnished,
    standing=st.lists(st.tuples(st.integers(-4, 12), asked, st.booleans()), min_size=1, max_size=6),
    visit=st.lists(asked, min_size=1, max_size=3),
    window=st.sampled_from([(540, 690), (660, 840), (1080, 1260)]),
)
def test_the_list_is_what_booking_takes(
    usual: tuple[Lengths, Lengths, Lengths],
    own: MasterTerms,
    rooms: list[tuple[RoomKind, set[int]]],
    standing: list[tuple[int, Asked, bool]],
    visit: list[Asked],
    window: tuple[int, int],
) -> None:
    """BUGS_OF_OTHERS 14 and 16: buffers, gaps, own terms, rooms, several services, side by side."""
    small = small_salon()
    offers = furnish(small, usual, own, rooms)
    for quarter, one, with_olga in standing:
        (service,) = search_for(small, offers, [one])
        master = small.olga if with_olga else small.maria
        planned = (service.with_master(master),)
        start = at(0) + timedelta(minutes=window[0] + 15 * quarter)
        with contextlib.suppress(SalonError):
            carry_out(small.salon, booking.book, BookingRequest(None, one_after_another(start, planned)))
    search = search_for(small, offers, visit)
    found = free_places.find(
        small.database,
        PlaceSearch(search, TODAY, 1, from_minute=window[0], to_minute=window[1]),
        not_before=at(0),
        step_minutes=STEP,
        zone=ZONE,
    )
    books, taken = DayBooks(small.database), set[tuple[datetime, int]]()
    for minute in range(*window, STEP):
        start = at(0) + timedelta(minutes=minute)
        for masters in product(*(one.masters for one in search)):
            planned = tuple(one.with_master(staff_id) for one, staff_id in zip(search, masters, strict=True))
            booked = can_be_booked(small, start, planned)
            assert booked == (why_not(books, start, planned) is None)
            if booked:
                taken.add((start, masters[0]))
    assert {(place.starts_at, place.staff_ids[0]) for place in found} == taken
    assert all(can_be_booked(small, place.starts_at, place.planned) for place in found)
    small.database.close()


def test_who_cleans_up_after_one_service_is_not_ready_for_the_next() -> None:
    """Olga needs an hour after a manicure; Maria may do it, and Olga begins at once."""
    small = small_salon()
    small.lasts(small.manicure, Lengths(60, after=60))
    search = search_for(small, (small.manicure, small.pedicure), [Asked(0, False, 0), Asked(1, False, 0)])
    found = free_places.find(
        small.database, PlaceSearch(search, TODAY, 1), not_before=at(0), step_minutes=STEP, zone=ZONE
    )
    last = {staff: max(p.starts_at for p in found if p.staff_ids[0] == staff) for staff in (small.olga, small.maria)}
    assert last == {small.olga: at(17, 30), small.maria: at(18, 30)}
    small.database.close()
