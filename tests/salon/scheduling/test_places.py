"""Free places are exactly the starts that the validator accepts."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from app.errors import Gone, NoSuchTime, OutsideShift, ServiceWithdrawn, SlotTaken
from app.salon import profile
from app.salon.catalogue import services, staff
from app.salon.profile import Profile
from app.salon.scheduling import places
from app.salon.scheduling.availability import MasterDay, Wish, free_starts, refusal
from app.salon.scheduling.intervals import Interval, Lengths
from app.salon.scheduling.places import DayBooks, PlannedService, next_places, why_not
from app.salon.scheduling.room_choice import Taken
from app.salon.transaction import carry_out
from tests.builders import SmallSalon, at

NINE = datetime(2026, 5, 12, 9)


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


spans = st.tuples(st.integers(0, 540), st.integers(5, 120)).map(lambda s: Interval(after(s[0]), after(s[0] + s[1])))


@given(
    st.lists(spans, max_size=5),
    st.lists(spans, min_size=1, max_size=2),
    st.integers(5, 120),
    st.sampled_from([0, 15, 40]),
    st.sampled_from([0, 20]),
    st.sampled_from([5, 10, 15, 30]),
)
def test_free_places_are_what_the_validator_accepts(
    taken: list[Interval], shifts: list[Interval], working: int, gap: int, finishing: int, step: int
) -> None:
    """BUGS_OF_OTHERS 14."""
    day = MasterDay(1, "Ольга", tuple(shifts), tuple(Taken(t, "") for t in taken), frozenset({7}))
    lengths = Lengths(working, gap, finishing)
    offered = set(free_starts(day, Wish(7, "Маникюр", NINE, lengths), step))
    grid = [datetime(2026, 5, 12) + timedelta(minutes=m) for m in range(0, 24 * 60, step)]
    accepted = {start for start in grid if refusal(day, Wish(7, "Маникюр", start, lengths)) is None}
    assert offered == accepted


def planned(small: SmallSalon, *services: int) -> tuple[PlannedService, ...]:
    wishes = [small.wish(at(12), service=service) for service in services]
    return tuple(PlannedService(w.service_id, "услуга", w.staff_id, w.lengths, w.price) for w in wishes)


def test_the_nearest_places_skip_what_is_taken(small: SmallSalon) -> None:
    small.book(at(12), minutes=120)
    found = next_places(DayBooks(small.database), planned(small, small.manicure), at(11), step_minutes=15)
    assert found == [at(11), at(14), at(15)]


def test_two_services_in_a_row_need_room_for_both(small: SmallSalon) -> None:
    small.book(at(13))
    both = planned(small, small.manicure, small.pedicure)
    books = DayBooks(small.database)
    assert isinstance(why_not(books, at(11), both), SlotTaken)
    assert why_not(books, at(14), both) is None
    assert isinstance(why_not(books, at(19), both), OutsideShift)
    assert next_places(books, both, at(11), step_minutes=15, most=1) == [at(14)]


def test_a_full_day_leads_to_the_next(small: SmallSalon) -> None:
    small.book(at(9), minutes=12 * 60 - 5)
    found = next_places(DayBooks(small.database), planned(small, small.manicure), at(9), step_minutes=15, most=1)
    assert found == [at(9, days=1)]
    assert next_places(DayBooks(small.database), (), at(9), step_minutes=15) == []


def test_nowhere_within_six_weeks(small: SmallSalon) -> None:
    far = at(9, days=100)
    assert next_places(DayBooks(small.database), planned(small, small.manicure), far, step_minutes=15) == []


def test_a_visit_being_changed_is_not_in_its_own_way(small: SmallSalon) -> None:
    visit = small.book(at(12), small.client())
    standing = places.standing(small.database, visit)
    assert standing.starts_at == at(12)
    books = DayBooks(small.database, ignoring_visit=visit)
    assert why_not(books, at(12, 15), standing.planned) is None
    with pytest.raises(Gone):
        places.standing(small.database, 999)


@pytest.mark.parametrize(
    ("night", "kept"), [(date(2026, 3, 29), [0, 3, 4, 5]), (date(2026, 10, 25), [0, 1, 3, 4])], ids=["spring", "autumn"]
)
def test_in_the_night_of_a_change_of_clocks_only_what_can_be_kept_is_proposed(
    small: SmallSalon, night: date, kept: list[int]
) -> None:
    carry_out(small.salon, profile.write, Profile(zone="Europe/Berlin"))
    hours = [staff.WorkingHours(night.weekday(), 0, 6 * 60)]
    carry_out(small.salon, staff.plan_weeks, small.olga, hours, night, night)
    books, wanted = DayBooks(small.database), planned(small, small.manicure)
    midnight = datetime.combine(night, time())
    grid = [midnight + timedelta(minutes=minute) for minute in range(0, 5 * 60 + 1, 30)]
    free = [start for start in grid if why_not(books, start, wanted) is None]
    assert [start.hour for start in free if start.minute == 0][:4] == kept
    assert next_places(books, wanted, midnight, step_minutes=60, most=4) == [at(hour, day=night) for hour in kept]
    for start in grid:
        if start not in free:
            with pytest.raises(NoSuchTime):
                small.book(start)


def test_a_service_that_is_offered_no_more_is_refused_at_once_unless_it_was_agreed(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 2: what looks free is what can be booked."""
    visit = small.book(at(15))
    carry_out(small.salon, services.archive, small.manicure)
    planned = [PlannedService(small.manicure, "Маникюр с покрытием", small.olga, Lengths(60), 180_000)]
    assert isinstance(why_not(DayBooks(small.database), at(12), planned), ServiceWithdrawn)
    assert next_places(DayBooks(small.database), planned, at(12), step_minutes=15) == []
    assert why_not(DayBooks(small.database, ignoring_visit=visit), at(12), planned) is None
