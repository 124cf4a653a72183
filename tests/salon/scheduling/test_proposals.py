"""What is proposed to whoever is on the phone: as last time, in the own rhythm, and never what cannot be had."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from app.errors import SalonError
from app.salon.catalogue import services, staff
from app.salon.clients import card as cards
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import PlannedService, one_after_another
from app.salon.scheduling.proposals import LastTime, Proposal, as_last_time, own_clash, own_rhythm, propose
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason, LastTimeChange, ProposalKind, RoomKind, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon
from tests.salon.scheduling.test_queries import asked

RHYTHM, SAME, ANY = ProposalKind.OWN_RHYTHM, ProposalKind.SAME_MASTER, ProposalKind.ANY_MASTER


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody is on the phone."""

    small: SmallSalon
    client: int

    @property
    def card(self) -> cards.ClientCard:
        return cards.read(self.small.database, self.client, self.small.salon.today())

    @property
    def last_time(self) -> LastTime:
        visit = self.card.last_visit
        assert visit is not None
        names = {one.staff_id: one.name for one in staff.masters(self.small.database)}
        return as_last_time(visit, offered(self.small), names, self.card.visits)

    def came(
        self, starts_at: datetime, *, service: int | None = None, staff: int | None = None, minutes: int = 60
    ) -> int:
        """A visit of the past, completed."""
        visit = self.small.book(starts_at, self.client, service=service, staff=staff, minutes=minutes)
        self.small.complete(visit)
        return visit

    def proposals(self, *, from_day: date | None = None) -> tuple[Proposal, ...]:
        return propose(
            self.small.database,
            self.last_time.planned,
            offered(self.small),
            now=self.small.salon.wall_now(),
            step_minutes=15,
            zone=ZONE,
            card=self.card,
            from_day=from_day,
            has_master=True,
        )


def offered(small: SmallSalon) -> dict[int, services.OfferedService]:
    return {one.service_id: one for one in services.offered(small.database)}


def for_anybody(small: SmallSalon, service: int, *, card: cards.ClientCard | None = None) -> tuple[Proposal, ...]:
    """What somebody hears who is used to no master."""
    one = offered(small)[service]
    planned = (PlannedService(one.service_id, one.name, one.masters[0], one.lengths, one.price),)
    now = small.salon.wall_now()
    return propose(small.database, planned, offered(small), now=now, step_minutes=15, zone=ZONE, card=card)


def heard(found: tuple[Proposal, ...]) -> list[tuple[ProposalKind, datetime, int]]:
    return [(one.kind, one.starts_at, one.planned[0].staff_id) for one in found]


@pytest.fixture
def anna(small: SmallSalon) -> Call:
    """Anna came on two Tuesdays at 15:30, three weeks apart, the last time a week ago; Olga did her nails."""
    call = Call(small, small.client("Анна Щёлкина", "8 912 345-67-89"))
    for weeks in (4, 1):
        call.came(at(15, 30, days=-7 * weeks), minutes=75)
    return call


def test_three_places_the_likeliest_first(anna: Call) -> None:
    small = anna.small
    assert heard(anna.proposals()) == [
        (RHYTHM, at(15, 30, days=14), small.olga),
        (SAME, at(11), small.olga),
        (ANY, at(11), small.maria),
    ]
    rhythm = anna.proposals()[0].rhythm
    assert rhythm is not None
    assert (rhythm.interval_days, rhythm.wished) == (21, at(15, 30, days=14))


def test_a_place_that_is_taken_gives_way_to_the_nearest(anna: Call) -> None:
    anna.small.book(at(15, days=14), minutes=60)
    assert anna.proposals()[0].starts_at == at(16, days=14)


def test_a_usual_day_that_is_full_gives_way_to_its_neighbour(anna: Call) -> None:
    anna.small.book(at(9, days=14), minutes=12 * 60)
    assert anna.proposals()[0].starts_at == at(15, 30, days=13)


def test_who_is_late_is_proposed_the_next_usual_day(anna: Call) -> None:
    anna.small.clock.advance(timedelta(days=35))
    first = anna.proposals()[0]
    assert (first.kind, first.starts_at) == (RHYTHM, at(15, 30, days=35))


def test_today_counts_only_while_its_hour_is_ahead(anna: Call) -> None:
    anna.small.clock.advance(timedelta(days=35, hours=5))
    assert anna.proposals()[0].starts_at == at(15, 30, days=42)


def test_who_is_booked_already_is_not_proposed_the_same_days_again(anna: Call) -> None:
    """The rhythm is counted from the visit that stands."""
    anna.small.book(at(15, 30, days=9), anna.client)
    rhythm = own_rhythm(anna.card, at(11))
    assert rhythm is not None
    assert rhythm.wished == at(15, 30, days=28)


def test_after_one_visit_the_service_says_when_to_come_again(small: SmallSalon) -> None:
    call = Call(small, small.client())
    assert own_rhythm(call.card, at(11)) is None
    call.came(at(12, days=-5))
    rhythm = own_rhythm(call.card, at(11))
    assert rhythm is not None
    assert (rhythm.interval_days, rhythm.wished) == (21, at(12, days=16))


def test_no_place_lies_over_another_visit_of_the_same_client(anna: Call) -> None:
    """Nobody sits on two chairs at once."""
    anna.small.book(at(11), anna.client, service=anna.small.colouring)
    assert [one.starts_at for one in anna.proposals() if one.starts_at.date() == TODAY] == [at(13, 45)] * 2


def test_a_double_booking_of_the_same_client_is_noticed(anna: Call) -> None:
    visit = anna.small.book(at(12), anna.client)
    found = own_clash(anna.card, at(12, 30), at(14))
    assert found is not None
    assert found.visit_id == visit
    assert own_clash(anna.card, at(13), at(14)) is None
    assert own_clash(anna.card, at(12, 30), at(14), visit_id=visit) is None
    carry_out(anna.small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    assert own_clash(anna.card, at(12, 30), at(14)) is None


def test_the_search_begins_on_the_day_that_is_looked_at(anna: Call) -> None:
    found = anna.proposals(from_day=at(0, days=3).date())
    assert [one.starts_at for one in found] == [at(15, 30, days=14), at(9, days=3), at(9, days=3)]


def test_a_stranger_hears_who_is_free_first_and_who_else(small: SmallSalon) -> None:
    small.book(at(11), staff=small.olga)
    assert heard(for_anybody(small, small.manicure)) == [(ANY, at(11), small.maria), (ANY, at(12), small.olga)]
    assert [one.is_earliest for one in for_anybody(small, small.manicure)] == [True, False]
    assert heard(for_anybody(small, small.pedicure)) == [(ANY, at(12), small.olga)]


def test_where_nobody_can_do_it_nothing_is_proposed(small: SmallSalon) -> None:
    carry_out(small.salon, services.set_masters, small.pedicure, [])
    one = PlannedService(small.pedicure, "Педикюр", small.olga, Lengths(90), None)
    for planned in ((one,), ()):
        found = propose(
            small.database, planned, offered(small), now=at(11), step_minutes=15, zone=ZONE, has_master=True
        )
        assert found == ()


# ---- as last time ------------------------------------------------------------------------------------------------


def test_as_last_time_takes_master_and_actual_length_and_todays_price(anna: Call) -> None:
    carry_out(
        anna.small.salon,
        services.change,
        anna.small.manicure,
        services.NewService(1, "Маникюр с покрытием", Lengths(60), 200_000),
    )
    (one,) = anna.last_time.planned
    assert (one.staff_id, one.lengths.total, one.price) == (anna.small.olga, 75, 200_000)
    assert anna.last_time.differences == ()


def test_who_left_is_followed_by_whom_the_client_knows_and_it_is_said(anna: Call) -> None:
    small = anna.small
    carry_out(small.salon, staff.archive, small.olga)
    (difference,) = anna.last_time.differences
    assert (difference.change, difference.before, difference.now) == (
        LastTimeChange.MASTER_REPLACED,
        "Ольга Белова",
        "Мария Ким",
    )
    assert [one.staff_id for one in anna.last_time.planned] == [small.maria]
    assert {one.planned[0].staff_id for one in anna.proposals()} == {small.maria}


def test_with_another_master_the_price_is_theirs_and_the_length_the_clients_own(anna: Call) -> None:
    small = anna.small
    small.database.rows(
        "UPDATE staff_service SET working_minutes = 45, price = 220000 WHERE staff_id = ? AND service_id = ?",
        (small.maria, small.manicure),
    )
    by_kind = {one.kind: one.planned[0] for one in anna.proposals()}
    assert (by_kind[SAME].lengths.total, by_kind[SAME].price) == (75, 180_000)
    assert (by_kind[ANY].lengths.total, by_kind[ANY].price) == (75, 220_000)
    stranger = {one.planned[0].staff_id: one.planned[0] for one in for_anybody(small, small.manicure)}
    assert (stranger[small.maria].lengths.total, stranger[small.maria].price) == (45, 220_000)


def test_what_was_done_side_by_side_is_so_again(anna: Call) -> None:
    small = anna.small
    visit = small.book(at(9), anna.client)
    both = (small.wish(at(9), service=small.pedicure), small.wish(at(9), staff=small.maria))
    carry_out(small.salon, booking.change, visit, BookingRequest(anna.client, both))
    small.complete(visit)
    assert [one.beside for one in anna.last_time.planned] == [False, True]
    first = next(one for one in anna.proposals() if one.kind is SAME)
    assert first.ends_at - first.starts_at == timedelta(minutes=90)


def test_what_is_no_longer_offered_is_left_out_and_it_is_said(anna: Call) -> None:
    small = anna.small
    visit = small.book(at(9), anna.client)
    request = BookingRequest(anna.client, (small.wish(at(9)), small.wish(at(10), service=small.pedicure)))
    carry_out(small.salon, booking.change, visit, request)
    small.complete(visit)
    carry_out(small.salon, services.archive, small.pedicure)
    assert [one.service_id for one in anna.last_time.planned] == [small.manicure]
    assert [(one.change, one.service_name) for one in anna.last_time.differences] == [
        (LastTimeChange.SERVICE_GONE, "Педикюр")
    ]
    carry_out(small.salon, services.archive, small.manicure)
    assert anna.last_time.planned == ()
    assert anna.proposals() == ()


def test_a_service_that_was_opened_anew_takes_the_place_of_its_namesake(anna: Call) -> None:
    small = anna.small
    carry_out(small.salon, services.archive, small.manicure)
    new = services.NewService(1, "МАНИКЮР с покрытием", Lengths(70), 210_000)
    again = carry_out(small.salon, services.keep, None, new, [small.olga]).value
    assert [(one.service_id, one.price) for one in anna.last_time.planned] == [(again, 210_000)]


def test_a_line_of_the_receipt_is_no_service_of_last_time(anna: Call) -> None:
    small = anna.small
    assert anna.card.last_visit is not None
    visit = anna.card.last_visit.visit_id
    small.database.rows(
        f"""
        INSERT INTO booked_service (visit_id, service_id, staff_id, position, starts_at, ends_at, working_minutes,
            gap_minutes, finishing_minutes, takes_time, before_minutes, after_minutes, is_asked_for)
        SELECT visit_id, {small.pedicure}, staff_id, 1, starts_at, ends_at, 60, 0, 0, 0, 0, 0, 0
        FROM booked_service WHERE visit_id = {visit}
        """
    )
    assert [one.service_id for one in anna.last_time.planned] == [small.manicure]


# ---- what always holds -------------------------------------------------------------------------------------------


@settings(max_examples=settings().max_examples // 4)
@given(
    past=st.lists(st.tuples(st.integers(1, 40), st.integers(9 * 4, 19 * 4), st.integers(0, 2)), max_size=4),
    taken=st.lists(
        st.tuples(st.integers(0, 25), st.integers(9 * 4, 20 * 4), st.booleans(), st.integers(6, 120)), max_size=12
    ),
    ahead=st.one_of(st.none(), st.integers(0, 20)),
    now=st.integers(0, 12 * 60),
    step=st.sampled_from([10, 15, 30]),
    has_room=st.booleans(),
    after=st.sampled_from([0, 10]),
)
def test_every_proposal_can_be_booked_and_no_two_are_the_same(
    past: list[tuple[int, int, int]],
    taken: list[tuple[int, int, bool, int]],
    ahead: int | None,
    now: int,
    step: int,
    has_room: bool,
    after: int,
) -> None:
    small = small_salon()
    small.lasts(small.manicure, Lengths(60, after=after))
    if has_room:
        small.room("Кресло", small.manicure, small.colouring)
    small.clock.advance(timedelta(minutes=now))
    anna = Call(small, small.client())
    offers = (small.manicure, small.pedicure, small.colouring)
    for days, quarter, service in past:
        start = at(0, days=-days) + timedelta(minutes=15 * quarter)
        try:
            visit = small.book(start, anna.client, service=offers[service])
        except SalonError:
            continue
        small.complete(visit)
    for days, quarter, with_olga, fives in taken:
        start = at(0, days=days) + timedelta(minutes=15 * quarter)
        try:
            small.book(start, staff=small.olga if with_olga else small.maria, minutes=fives * 5)
        except SalonError:
            continue
    if ahead is not None:
        with suppress(SalonError):
            small.book(at(14, days=ahead), anna.client)
    wall = small.salon.wall_now()
    card = anna.card
    planned = anna.last_time.planned if card.last_visit else ()
    if not planned:
        one = offered(small)[small.manicure]
        planned = (PlannedService(one.service_id, one.name, one.masters[0], one.lengths, one.price),)
    found = propose(
        small.database,
        planned,
        offered(small),
        now=wall,
        step_minutes=step,
        zone=ZONE,
        card=card,
        has_master=card.last_visit is not None,
    )
    assert found
    assert len({(one.starts_at, tuple(each.staff_id for each in one.planned)) for one in found}) == len(found) <= 3
    order = list(ProposalKind)
    assert [order.index(one.kind) for one in found] == sorted(order.index(one.kind) for one in found)
    assert all(one.starts_at >= wall for one in found)
    assert sum(one.is_earliest for one in found) == 1
    for one in found:
        assert own_clash(card, one.starts_at, one.ends_at) is None
        request = BookingRequest(anna.client, one_after_another(one.starts_at, one.planned))
        visit = carry_out(small.salon, booking.book, request).value
        assert small.status(visit) is VisitStatus.BOOKED
        carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    small.database.close()


def test_a_long_history_asks_no_more_than_a_short_one(anna: Call) -> None:
    card, planned = anna.card, anna.last_time.planned
    small = anna.small

    def read() -> object:
        return propose(small.database, planned, {}, now=at(11), step_minutes=15, zone=ZONE, card=card, has_master=True)

    few = asked(small, read)
    for days in range(10):
        for hour in range(9, 19):
            small.book(
                at(hour, days=days) if (days, hour) >= (0, 12) else at(hour, days=40), small.client(f"К {days} {hour}")
            )
    assert asked(small, read) == few <= 4
    small.room("Кресло", small.manicure)
    small.room("Лампа", small.pedicure, kind=RoomKind.MACHINE)
    assert asked(small, read) <= 5


def test_the_usual_time_is_the_one_of_most_of_the_last_visits(small: SmallSalon) -> None:
    call = Call(small, small.client())
    for days, hour in ((-40, 10), (-33, 18), (-26, 18), (-12, 12)):
        call.came(datetime.combine(TODAY, time(hour)) + timedelta(days=days))
    rhythm = own_rhythm(call.card, at(11))
    assert rhythm is not None
    assert (rhythm.wished.weekday(), rhythm.wished.hour) == ((TODAY + timedelta(days=-33)).weekday(), 18)
