"""The list of free places is what the validator accepts: nothing more, nothing less, and able masters only."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product

from hypothesis import given, settings, strategies as st

from app.clock import happens_once
from app.errors import SalonError
from app.models.connection import Database
from app.salon.catalogue import services, staff
from app.salon.scheduling import blocks, booking, holds
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.free_places import FreePlace, PlaceSearch, WantedService, find, wanted
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import DayBooks, one_after_another, why_not
from app.salon.transaction import carry_out
from app.vocabulary import BlockKind
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon


def asked(small: SmallSalon, *ids: int) -> tuple[WantedService, ...]:
    """Services of the price list to look for."""
    offered = {one.service_id: one for one in services.offered(small.database)}
    return tuple(wanted(offered[one]) for one in ids)


def found(
    small: SmallSalon, search: PlaceSearch, *, now: datetime | None = None, step: int = 15, zone: str = ZONE
) -> list[FreePlace]:
    return find(small.database, search, not_before=now or at(11), step_minutes=step, zone=zone)


def accepted(small: SmallSalon, search: PlaceSearch, now: datetime, step: int) -> set[tuple[datetime, int]]:
    """Every start on the grid, and who begins, tried one by one with the validator."""
    books = DayBooks(small.database, ignoring_visit=search.visit_id)
    fits: set[tuple[datetime, int]] = set()
    for ahead, minute in product(range(search.days), range(0, 24 * 60, step)):
        start = datetime.combine(search.first_day, time.min) + timedelta(days=ahead, minutes=minute)
        if start < now or start.weekday() not in search.weekdays:
            continue
        if not search.from_minute <= minute < search.to_minute:
            continue
        for masters in product(*(one.masters for one in search.services)):
            planned = [one.with_master(staff_id) for one, staff_id in zip(search.services, masters, strict=True)]
            if why_not(books, start, planned) is None:
                fits.add((start, masters[0]))
    return fits


minutes = st.integers(0, 143).map(lambda fives: fives * 5)


@settings(max_examples=settings().max_examples // 3)
@given(
    bookings=st.lists(st.tuples(st.integers(0, 1), minutes, st.booleans(), st.integers(1, 40)), max_size=12),
    breaks=st.lists(st.tuples(st.integers(0, 1), minutes, st.booleans()), max_size=2),
    chosen=st.lists(st.integers(0, 2), min_size=1, max_size=2),
    only_olga=st.booleans(),
    window=st.sampled_from([(0, 1440), (0, 720), (1020, 1440), (615, 900)]),
    step=st.sampled_from([10, 15, 30]),
    now=st.integers(0, 2000),
    weekdays=st.sampled_from([frozenset(range(7)), frozenset({2})]),
    moved=st.booleans(),
)
def test_the_list_is_what_the_validator_accepts(
    bookings: list[tuple[int, int, bool, int]],
    breaks: list[tuple[int, int, bool]],
    chosen: list[int],
    only_olga: bool,
    window: tuple[int, int],
    step: int,
    now: int,
    weekdays: frozenset[int],
    moved: bool,
) -> None:
    """BUGS_OF_OTHERS 14 and 16."""
    small = small_salon()
    offers = (small.manicure, small.pedicure, small.colouring)
    visit_id = None
    for day, minute, with_olga, length in bookings:
        try:
            visit_id = small.book(
                at(9, days=day) + timedelta(minutes=minute),
                staff=small.olga if with_olga else small.maria,
                minutes=length * 5,
            )
        except SalonError:
            continue
    for day, minute, with_olga in breaks:
        start = at(9, days=day) + timedelta(minutes=minute)
        try:
            master = small.olga if with_olga else small.maria
            end = start + timedelta(minutes=40)
            carry_out(small.salon, blocks.block_time, master, start, end, BlockKind.BREAK, "обед")
        except SalonError:
            continue
    wishes = asked(small, *(offers[one] for one in chosen))
    if only_olga:
        wishes = tuple(one.only_by([small.olga]) for one in wishes)
    search = PlaceSearch(wishes, TODAY, 2, weekdays, *window, visit_id=visit_id if moved else None)
    start = at(0) + timedelta(minutes=now)
    listed = found(small, search, now=start, step=step)
    assert {(place.starts_at, place.staff_ids[0]) for place in listed} == accepted(small, search, start, step)
    books = DayBooks(small.database, ignoring_visit=search.visit_id)
    assert all(why_not(books, place.starts_at, place.planned) is None for place in listed)
    assert listed == sorted(listed, key=lambda place: place.starts_at)
    small.database.close()


def test_every_place_of_the_list_can_be_booked(small: SmallSalon) -> None:
    """The list and the booking are one validator: whatever is clicked is taken."""
    small.book(at(12), minutes=45)
    small.book(at(17, 30), staff=small.maria, minutes=45)
    search = PlaceSearch(asked(small, small.manicure, small.colouring), TODAY, 1)
    listed = found(small, search, step=30)
    assert listed
    for place in listed:
        request = BookingRequest(None, one_after_another(place.starts_at, place.planned))
        visit_id = carry_out(small.salon, booking.book, request).value
        carry_out(small.salon, booking.cancel, visit_id, booking.CancelReason.CLIENT_ASKED)


def test_nothing_that_takes_a_master_is_passed_over(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 14: a visit, a break and a held place; what begins where they end is listed."""
    small.book(at(12))
    carry_out(small.salon, blocks.block_time, small.olga, at(14), at(15), BlockKind.BREAK, "обед")
    carry_out(small.salon, holds.hold, BookingRequest(None, (small.wish(at(16)),)))
    wish = tuple(one.only_by([small.olga]) for one in asked(small, small.manicure))
    listed = found(small, PlaceSearch(wish, TODAY, 1, to_minute=18 * 60), step=30)
    assert [place.starts_at for place in listed] == [at(11), at(13), at(15), at(17), at(17, 30)]


def test_any_master_means_one_who_can(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 16."""
    listed = found(small, PlaceSearch(asked(small, small.pedicure), TODAY, 3))
    assert listed
    assert {place.staff_ids for place in listed} == {(small.olga,)}
    assert not found(
        small, PlaceSearch(tuple(one.only_by([small.maria]) for one in asked(small, small.pedicure)), TODAY)
    )


def test_who_left_is_not_offered(small: SmallSalon) -> None:
    carry_out(small.salon, staff.archive, small.olga)
    assert not found(small, PlaceSearch(asked(small, small.pedicure), TODAY))


def test_services_in_a_row_stay_with_one_master_where_that_is_possible(small: SmallSalon) -> None:
    small.book(at(12), staff=small.maria, minutes=60)
    listed = found(small, PlaceSearch(asked(small, small.manicure, small.manicure), TODAY, 1))
    by_start = {(place.starts_at, place.staff_ids[0]): place.staff_ids for place in listed}
    assert by_start[at(15), small.maria] == (small.maria, small.maria)
    assert by_start[at(11), small.maria] == (small.maria, small.olga)
    first = next(place for place in listed if place.staff_ids[0] == small.olga)
    assert (first.starts_at, first.ends_at) == (at(11), at(13))


def test_a_gap_of_another_visit_can_be_used(small: SmallSalon) -> None:
    """While the colour works, the master is free."""
    small.book(at(11), service=small.colouring)
    brows = asked(small, small.manicure)[0].only_by([small.maria])
    short = replace(brows, lengths=Lengths(30))
    starts = [place.starts_at for place in found(small, PlaceSearch((short,), TODAY, 1))]
    assert starts[:3] == [at(12, 30), at(12, 45), at(13, 45)]


def test_the_part_of_the_day_and_the_weekday_are_kept(small: SmallSalon) -> None:
    evening = PlaceSearch(asked(small, small.manicure), TODAY, 14, frozenset({3}), from_minute=17 * 60)
    listed = found(small, evening)
    assert {place.starts_at.date() for place in listed} == {date(2026, 5, 14), date(2026, 5, 21)}
    assert {place.starts_at.hour for place in listed} == {17, 18, 19, 20}
    morning = PlaceSearch(asked(small, small.manicure), TODAY, 2, to_minute=12 * 60)
    starts = [place.starts_at for place in found(small, morning)]
    assert (starts[0], starts[-1]) == (at(11), at(11, 45, days=1))


def test_a_visit_is_not_in_the_way_of_its_own_move(small: SmallSalon) -> None:
    visit_id = small.book(at(12))
    search = PlaceSearch(tuple(one.only_by([small.olga]) for one in asked(small, small.manicure)), TODAY, 1)
    assert at(12, 15) not in [place.starts_at for place in found(small, search)]
    moving = replace(search, visit_id=visit_id)
    assert at(12, 15) in [place.starts_at for place in found(small, moving)]


def test_an_hour_that_the_clock_drops_is_not_offered() -> None:
    """In New York the clock jumps from 2:00 to 3:00 on 8 March 2026."""
    small = small_salon(now=datetime(2026, 3, 7, 12))
    jump = date(2026, 3, 8)
    hours = [staff.WorkingHours(weekday, 60, 300) for weekday in range(7)]
    carry_out(small.salon, staff.plan_weeks, small.olga, hours, jump, jump)
    search = PlaceSearch(asked(small, small.manicure), jump, 1)
    starts = [
        place.starts_at for place in found(small, search, now=datetime(2026, 3, 8), step=30, zone="America/New_York")
    ]
    assert [start.time() for start in starts] == [time(3), time(3, 30), time(4)]
    assert all(happens_once(start, "America/New_York") for start in starts)
    small.database.close()


def test_nothing_is_asked_and_nothing_is_found(small: SmallSalon) -> None:
    assert found(small, PlaceSearch((), TODAY)) == []
    assert found(small, PlaceSearch(asked(small, small.manicure), TODAY, 1), now=at(11, days=3)) == []


def test_the_days_of_all_masters_are_read_in_a_handful_of_queries(small: SmallSalon) -> None:
    asked_of_database: list[str] = []
    services_asked = asked(small, small.manicure)

    class Listening(Database):
        def rows(self, sql: str, params: object = ()) -> list[tuple[object, ...]]:  # type: ignore[override]
            asked_of_database.append(sql)
            return small.database.rows(sql, params)  # type: ignore[arg-type]

    listening = Listening.__new__(Listening)
    assert (
        len(find(listening, PlaceSearch(services_asked, TODAY), not_before=at(11), step_minutes=15, zone=ZONE)) > 1000
    )
    assert len(asked_of_database) == 4
