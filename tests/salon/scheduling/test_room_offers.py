"""The rooms that the booking form shows are those that the booking takes."""

from dataclasses import replace

from hypothesis import given, settings, strategies as st

from app.salon.catalogue import rooms as catalogue
from app.salon.scheduling import booking, places, room_offers
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.day_book import rooms_day
from app.salon.scheduling.room_offers import RoomOffer
from app.salon.transaction import carry_out
from app.vocabulary import RoomKind
from tests.builders import TODAY, SmallSalon, at, small_salon


def shown(small: SmallSalon, *wishes: ServiceWish, visit: int | None = None) -> tuple[tuple[RoomOffer, ...], ...]:
    kept = () if visit is None else places.standing(small.database, visit).services
    return room_offers.offers(rooms_day(small.database, TODAY, ignoring_visit=visit), wishes, kept)


def taken(small: SmallSalon, visit: int) -> list[set[int]]:
    return [set(one.rooms) for one in places.standing(small.database, visit).services]


def will_take(offers: tuple[tuple[RoomOffer, ...], ...]) -> list[set[int]]:
    return [{one.wished or one.unasked.room_id for one in of_service} for of_service in offers]


def test_it_takes_the_first_free_one_and_says_who_is_in_the_other(small: SmallSalon) -> None:
    first, second = small.room("Кресло 1", small.manicure), small.room("Кресло 2", small.manicure)
    lamp = small.room("Лампа", small.manicure, kind=RoomKind.MACHINE)
    small.book(at(12), small.client("Вера Ломова"), staff=small.maria)
    (chairs, machines) = shown(small, small.wish(at(12, 30)))[0]
    assert [(one.room_id, one.problem and one.problem.taken_by) for one in chairs.options] == [
        (first, "Вера Ломова"),
        (second, None),
    ]
    assert (chairs.kind, chairs.unasked.room_id, chairs.wished) == (RoomKind.CHAIR, second, None)
    assert (machines.unasked.room_id, machines.unasked.problem is not None) == (lamp, True)


def test_a_service_without_rooms_shows_none(small: SmallSalon) -> None:
    small.room("Кресло 1", small.manicure)
    assert shown(small, small.wish(at(12), service=small.pedicure)) == ((),)


def test_the_services_of_a_visit_share_a_room(small: SmallSalon) -> None:
    """Hands and feet at once: the client sits in one chair, whatever else is free."""
    first = small.room("Кресло 1", small.manicure, small.pedicure)
    small.room("Кресло 2", small.manicure, small.pedicure)
    both = (small.wish(at(12), staff=small.maria), small.wish(at(12), service=small.pedicure))
    assert will_take(shown(small, *both)) == [{first}, {first}]


@settings(max_examples=settings().max_examples // 4)
@given(st.data())
def test_what_is_shown_is_what_is_booked(data: st.DataObject) -> None:
    """For a new visit and for one that is changed, whatever is taken and whatever was chosen."""
    small = small_salon()
    fit = st.sets(st.sampled_from([small.manicure, small.pedicure]), min_size=1)
    rooms = [
        small.room(f"{number}", *sorted(data.draw(fit)), kind=data.draw(st.sampled_from(RoomKind)))
        for number in range(data.draw(st.integers(1, 4)))
    ]
    small.book(at(data.draw(st.integers(10, 13))), staff=small.maria)

    def request(hour: int) -> BookingRequest:
        first = data.draw(st.sampled_from([small.olga, small.maria]))
        late = at(hour) if first == small.maria else at(hour + 1)
        wishes = (small.wish(at(hour), staff=first), small.wish(late, service=small.pedicure))
        if data.draw(st.booleans()):
            wished = data.draw(st.sampled_from(rooms))
            day = rooms_day(small.database, TODAY)
            wishes = tuple(
                replace(one, rooms=(wished,)) if wished in day.fit.get(one.service_id, ()) else one for one in wishes
            )
        return BookingRequest(None, wishes, overbooked_reason="договорились")

    new = request(data.draw(st.integers(11, 13)))
    told = will_take(shown(small, *new.services))
    visit = carry_out(small.salon, booking.book, new).value
    assert taken(small, visit) == told
    if data.draw(st.booleans()):
        carry_out(small.salon, catalogue.archive, data.draw(st.sampled_from(rooms)))
    other = request(data.draw(st.integers(14, 16)))
    told = will_take(shown(small, *other.services, visit=visit))
    carry_out(small.salon, booking.change, visit, other)
    assert taken(small, visit) == told
