"""The arithmetic of time: half-open intervals, and what a service occupies."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from app.salon.scheduling.intervals import Interval, Lengths, merged, occupied, without

NOON = datetime(2026, 5, 12, 12)
minutes = st.integers(0, 600)
intervals = st.builds(
    lambda start, length: Interval(NOON + timedelta(minutes=start), NOON + timedelta(minutes=start + length)),
    minutes,
    st.integers(1, 180),
)


def test_an_interval_that_ends_before_it_starts_is_none() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Interval(NOON, NOON)


@given(intervals, intervals)
def test_two_share_a_moment_or_one_ends_before_the_other_starts(one: Interval, other: Interval) -> None:
    apart = one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
    assert one.overlaps(other) is not apart
    assert one.overlaps(other) == other.overlaps(one)


@given(intervals)
def test_a_neighbour_that_begins_at_the_end_does_not_overlap(one: Interval) -> None:
    assert not one.overlaps(one.shifted(timedelta(minutes=one.minutes)))
    assert one.covers(one)


@given(intervals, st.lists(intervals, max_size=6))
def test_what_is_left_and_what_is_taken_make_the_whole(whole: Interval, taken: list[Interval]) -> None:
    left = without(whole, taken)
    for piece in left:
        assert whole.covers(piece)
        assert not any(piece.overlaps(busy) for busy in taken)
    covered = sum(piece.minutes for piece in left)
    busy_inside = sum(
        any(t.starts_at <= whole.starts_at + timedelta(minutes=m) < t.ends_at for t in taken)
        for m in range(whole.minutes)
    )
    assert covered + busy_inside == whole.minutes


@given(st.lists(intervals, max_size=8))
def test_merging_keeps_the_time_and_leaves_gaps_between(some: list[Interval]) -> None:
    joined = merged(some)
    assert all(a.ends_at < b.starts_at for a, b in pairwise(joined))
    assert all(any(whole.covers(part) for whole in joined) for part in some)


@given(st.integers(5, 200), st.integers(0, 90), st.integers(0, 90))
def test_the_gap_of_a_colouring_is_free_for_others(working: int, gap: int, finishing: int) -> None:
    lengths = Lengths(working, gap, finishing)
    parts = occupied(NOON, lengths)
    assert sum(part.minutes for part in parts) == lengths.busy
    assert parts[0].starts_at == NOON
    if gap and finishing:
        assert (parts[1].starts_at - parts[0].ends_at) == timedelta(minutes=gap)
        assert parts[1].ends_at == NOON + timedelta(minutes=lengths.total)
