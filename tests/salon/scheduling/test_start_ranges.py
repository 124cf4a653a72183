"""BUGS_OF_OTHERS 14: the quick rule for whole days says yes exactly where the validator says yes."""

from datetime import timedelta

from hypothesis import example, given, strategies as st

from app.salon.scheduling.availability import MasterDay, Wish, refusal
from app.salon.scheduling.intervals import Interval, Lengths
from app.salon.scheduling.room_choice import Taken
from app.salon.scheduling.start_ranges import DAY_MINUTES, MINUTE_OF, is_within, on_grid, start_ranges
from tests.builders import at

MIDNIGHT = at(0)
fives = st.integers(0, 287).map(lambda number: number * 5)
spans = st.tuples(fives, st.integers(1, 60)).map(lambda pair: (pair[0], min(pair[0] + pair[1] * 5, DAY_MINUTES - 1)))
any_lengths = st.builds(
    Lengths, st.integers(0, 90), st.sampled_from([0, 0, 20, 45]), st.sampled_from([0, 0, 15, 30]),
    st.sampled_from([0, 0, 10]), st.sampled_from([0, 0, 15]),
)  # fmt: skip


def interval(span: tuple[int, int]) -> Interval:
    return Interval(MIDNIGHT + timedelta(minutes=span[0]), MIDNIGHT + timedelta(minutes=span[1]))


@given(
    shifts=st.lists(spans, max_size=3).map(sorted),
    taken=st.lists(spans, max_size=8).map(sorted),
    lengths=any_lengths,
    to_midnight=st.booleans(),
)
@example(
    shifts=[(540, 1260)],
    taken=[(700, 720), (705, 710), (780, 800)],
    lengths=Lengths(60, 45, 30, 10, 15),
    to_midnight=False,
)
def test_a_minute_is_answered_as_the_validator_answers_it(
    shifts: list[tuple[int, int]], taken: list[tuple[int, int]], lengths: Lengths, to_midnight: bool
) -> None:
    if to_midnight:
        shifts = [*shifts, (1300, DAY_MINUTES)]
    day = MasterDay(
        1, "Ольга", tuple(map(interval, shifts)), tuple(Taken(interval(one), "") for one in taken), frozenset({7})
    )
    ranges = start_ranges(shifts, taken, lengths)
    edges = {edge for span in (*shifts, *taken, *ranges) for edge in span}
    nearby = {edge + off for edge in edges for off in (-1, 0, 1)} | set(range(0, DAY_MINUTES, 29))
    for minute in sorted(one for one in nearby if 0 <= one < DAY_MINUTES):
        wish = Wish(7, "Маникюр", MIDNIGHT + timedelta(minutes=minute), lengths)
        assert is_within(ranges, minute) is (refusal(day, wish) is None), minute


@given(ranges=st.lists(spans, max_size=5).map(sorted), first=fives, last=fives, step=st.sampled_from([5, 10, 15, 30]))
def test_the_starts_on_the_grid_are_those_of_the_ranges(
    ranges: list[tuple[int, int]], first: int, last: int, step: int
) -> None:
    expected = [
        minute for minute in range(0, DAY_MINUTES, step) if first <= minute < last and is_within(ranges, minute)
    ]
    assert on_grid(ranges, first, last, step) == expected


def test_a_clock_shows_each_minute_of_the_day() -> None:
    assert (MINUTE_OF["00:00"], MINUTE_OF["09:05"], MINUTE_OF["23:59"]) == (0, 545, 1439)
