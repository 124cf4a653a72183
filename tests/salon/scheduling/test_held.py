"""A held visit is booked once more as it was: its services, masters, distances and actual lengths at today's prices."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from app.errors import Gone, NothingToBook
from app.salon.catalogue import services, staff
from app.salon.catalogue.terms import MasterTerms
from app.salon.scheduling import booking, held
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.held import HeldService, HeldVisit, once_more
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason, VisitStatus
from tests.builders import SmallSalon, at

lengths = st.builds(Lengths, st.integers(5, 120), st.integers(0, 60), st.integers(0, 60))
a_service = st.builds(
    lambda after, long, master, offered: HeldService(
        "услуга", ServiceWish(1, master, at(9) + timedelta(minutes=after), long, 100), offered
    ),
    st.integers(0, 400),
    lengths,
    st.integers(1, 4),
    st.booleans(),
)
visits = st.lists(a_service, min_size=1, max_size=5).map(
    lambda found: HeldVisit(
        1, 7, "Анна", VisitStatus.BOOKED, 1, tuple(sorted(found, key=lambda one: one.wish.starts_at))
    )
)


@given(visits, st.integers(0, 60), st.integers(0, 23 * 60))
def test_everything_keeps_its_distance_and_only_the_first_changes_its_master(
    visit: HeldVisit, days: int, minute: int
) -> None:
    start = at(0, days=days) + timedelta(minutes=minute)
    request = once_more(visit, 9, start)
    offered = [one.wish for one in visit.services if one.is_offered]
    assert request.client_id == 7
    assert len(request.services) == len(offered)
    if not offered:
        return
    assert request.services[0] == replace(offered[0], staff_id=9, starts_at=start)
    shifts = {new.starts_at - old.starts_at for new, old in zip(request.services, offered, strict=True)}
    assert shifts == {start - offered[0].starts_at}
    assert [one.staff_id for one in request.services[1:]] == [one.staff_id for one in offered[1:]]
    assert [one.lengths for one in request.services] == [one.lengths for one in offered]


def test_processing_time_and_todays_price_come_along(small: SmallSalon) -> None:
    visit = small.book(at(12), small.client(), service=small.colouring)
    small.database.rows("UPDATE service SET price = 700000 WHERE id = ?", (small.colouring,))
    found = held.hold(small.database, visit)
    assert (found.client_name, found.starts_at, found.minutes) == ("Анна Щёлкина", at(12), 165)
    again = carry_out(small.salon, booking.book, once_more(found, small.maria, at(16))).value
    standing = held.hold(small.database, again)
    assert standing.services[0].wish.lengths == Lengths(90, 45, 30)
    kept = small.database.value("SELECT price FROM booked_service WHERE visit_id = ?", (again,))
    assert kept == 700_000


def test_each_master_takes_their_own_price_once_more(small: SmallSalon) -> None:
    """Maria is dearer: a visit of hers is pasted at her price, with Olga at Olga's, and the other way round."""
    carry_out(small.salon, staff.set_terms, small.maria, {small.manicure: MasterTerms(price=230_000)})
    for there, here, price in (
        (small.maria, small.maria, 230_000),
        (small.olga, small.maria, 230_000),
        (small.maria, small.olga, 180_000),
    ):
        found = held.hold(small.database, small.book(at(12), staff=there))
        assert once_more(found, here, at(16)).services[0].price == price
        carry_out(small.salon, booking.cancel, found.visit_id, CancelReason.CLIENT_ASKED)


def test_a_walk_in_without_a_card_is_booked_again_without_a_card(small: SmallSalon) -> None:
    found = held.hold(small.database, small.book(at(12)))
    assert (found.client_id, found.client_name) == (None, "")
    again = carry_out(small.salon, booking.book, once_more(found, small.olga, at(16))).value
    assert held.hold(small.database, again).client_id is None


def test_what_is_no_longer_offered_is_left_out_and_the_rest_begins_at_the_place(small: SmallSalon) -> None:
    both = (small.wish(at(12)), small.wish(at(13), service=small.pedicure))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), both)).value
    carry_out(small.salon, services.archive, small.manicure)
    request = once_more(held.hold(small.database, visit), small.olga, at(16))
    assert [(one.service_id, one.starts_at) for one in request.services] == [(small.pedicure, at(16))]
    carry_out(small.salon, services.archive, small.pedicure)
    with pytest.raises(NothingToBook):
        carry_out(small.salon, booking.book, once_more(held.hold(small.database, visit), small.olga, at(16)))


def test_no_such_visit(small: SmallSalon) -> None:
    with pytest.raises(Gone):
        held.hold(small.database, 999)
