"""What a drag promises is what the salon does: the same answer before the drop and after it."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from app import language
from app.errors import SalonError
from app.salon import journal
from app.salon.scheduling import agenda, blocks, booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.calendar import reach
from app.ui.calendar.geometry import HourScale
from app.ui.calendar.placing import DayPlan, plan_of
from app.ui.calendar.tracks import of_masters
from app.vocabulary import BlockKind, Language, VisitStatus
from tests.builders import TODAY, SmallSalon, at, small_salon

SCALE = HourScale(9 * 60, 21 * 60, 72)


def busy_salon() -> SmallSalon:
    """Two visits of several services, three of one, two of them in one place, and a break; 9:00 to 21:00.

    It is eleven: the first visit is served, and both of its services have begun by the clock.
    """
    small = small_salon()

    def book(*wishes: booking.ServiceWish, reason: str = "") -> None:
        carry_out(small.salon, booking.book, BookingRequest(None, wishes, overbooked_reason=reason))

    book(small.wish(at(10)), small.wish(at(11), service=small.pedicure))
    carry_out(small.salon, booking.set_status, 1, VisitStatus.IN_SERVICE)
    book(small.wish(at(10), service=small.colouring), small.wish(at(13), staff=small.maria))
    book(small.wish(at(15)))
    book(small.wish(at(17), staff=small.maria))
    book(small.wish(at(17, 30), staff=small.maria), reason="клиентка подождёт")
    carry_out(small.salon, blocks.block_time, small.olga, at(13), at(14), BlockKind.BREAK)
    return small


def plan(small: SmallSalon) -> DayPlan:
    return plan_of(of_masters(agenda.of_day(small.database, TODAY)), SCALE, 900)


ENTRIES = range(7)
QUARTERS = st.integers(0, 47)


@pytest.fixture(scope="module")
def busy() -> Iterator[SmallSalon]:
    """One salon for all examples: each takes back what it did."""
    language.use(Language.RUSSIAN)
    made = busy_salon()
    yield made
    made.database.close()


def _tried(small: SmallSalon, operation: Callable[..., None], *wishes: object) -> SalonError | None:
    """Do it and take it back; the refusal, or None when it was done."""
    try:
        done = carry_out(small.salon, operation, *wishes)
    except SalonError as refused:
        return refused
    if done.entry_id is not None:
        carry_out(small.salon, journal.undo, done.entry_id)
    return None


@given(st.sampled_from(ENTRIES), st.booleans(), QUARTERS)
def test_a_move_is_refused_before_the_drop_exactly_when_the_salon_refuses_it(
    busy: SmallSalon, number: int, to_maria: bool, quarter: int
) -> None:
    day = plan(busy)
    entry = day.sheet.entries[number]
    staff = busy.maria if to_maria else busy.olga
    starts_at = at(9) + timedelta(minutes=15 * quarter)
    promised = reach.read(busy.salon, day.sheet, entry).refusal_of_move(staff, starts_at)
    assert type(promised) is type(_tried(busy, booking.move, entry.booked_id, staff, starts_at))


@given(st.sampled_from(ENTRIES), st.integers(-4, 4), st.integers(-4, 4))
def test_a_stretch_is_refused_before_the_drop_exactly_when_the_salon_refuses_it(
    busy: SmallSalon, number: int, earlier: int, later: int
) -> None:
    day = plan(busy)
    entry = day.sheet.entries[number]
    starts_at = entry.starts_at - timedelta(minutes=15 * earlier)
    ends_at = entry.ends_at + timedelta(minutes=15 * later)
    places, promised = reach.read(busy.salon, day.sheet, entry).after_stretch(starts_at, ends_at)
    with contextlib.suppress(SalonError):
        done = carry_out(busy.salon, booking.resize, entry.booked_id, starts_at, ends_at)
        stands = {one.booked_id: (one.starts_at, one.lengths) for one in agenda.of_day(busy.database, TODAY).entries}
        before = {one.booked_id: (one.starts_at, one.lengths) for one in day.sheet.entries}
        assert stands == before | {booked_id: (one.starts_at, one.lengths) for booked_id, one in places.items()}
        if done.entry_id is not None:
            carry_out(busy.salon, journal.undo, done.entry_id)
    assert type(promised) is type(_tried(busy, booking.resize, entry.booked_id, starts_at, ends_at))


def test_what_is_shown_as_reachable_is_where_it_may_go(busy: SmallSalon) -> None:
    day = plan(busy)
    manicure = next(entry for entry in day.sheet.entries if entry.starts_at == at(15))
    spans = reach.reachable(reach.read(busy.salon, day.sheet, manicure), day, 15)
    assert spans[0] == [(9 * 60, 10 * 60), (14 * 60, 21 * 60)]
    assert (12 * 60, 12 * 60 + 15) not in spans[1], "a gap of 45 minutes is too short for an hour"
