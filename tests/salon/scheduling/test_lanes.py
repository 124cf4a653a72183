"""Tiles that overlap stand side by side, none hides another, and no place is wasted."""

from hypothesis import given, strategies as st

from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.lanes import Lane, packed
from tests.builders import at


def tile(begins: float, ends: float) -> Interval:
    """A tile between two hours of today."""
    return Interval(at(0).replace(hour=int(begins), minute=int(begins % 1 * 60)), at(int(ends), int(ends % 1 * 60)))


def test_who_stands_alone_has_the_whole_width() -> None:
    tiles = [("Анна", tile(9, 10)), ("Вера", tile(10, 11))]
    assert packed(tiles) == {"Анна": Lane(0, 1), "Вера": Lane(0, 1)}
    assert packed([]) == {}


def test_a_long_one_has_the_short_ones_beside_it_one_below_another() -> None:
    tiles = [("Зоя", tile(11, 12)), ("Анна", tile(9, 12)), ("Вера", tile(9.5, 10.5))]
    assert packed(tiles) == {"Анна": Lane(0, 2), "Вера": Lane(1, 2), "Зоя": Lane(1, 2)}


def test_those_who_overlap_through_another_share_equal_lanes() -> None:
    tiles = [("Анна", tile(9, 10)), ("Вера", tile(9.5, 11)), ("Зоя", tile(10.5, 12)), ("Инна", tile(12, 13))]
    found = packed(tiles)
    assert {name: lane.count for name, lane in found.items()} == {"Анна": 2, "Вера": 2, "Зоя": 2, "Инна": 1}
    assert found["Анна"].index == found["Зоя"].index == 0


MINUTES = st.tuples(st.integers(0, 280), st.integers(1, 40))


@given(st.lists(MINUTES, max_size=24))
def test_no_tile_hides_another_and_no_cluster_is_wider_than_its_fullest_moment(drawn: list[tuple[int, int]]) -> None:
    tiles = [
        (number, tile(begin * 5 / 60, min(begin + length, 287) * 5 / 60))
        for number, (begin, length) in enumerate(drawn)
        if begin < min(begin + length, 287)
    ]
    found = packed(tiles)
    assert found.keys() == {number for number, _interval in tiles}
    for number, interval in tiles:
        assert 0 <= found[number].index < found[number].count
        beside = [other for other, its in tiles if other != number and its.overlaps(interval)]
        assert all(found[other].count == found[number].count for other in beside)
        assert all(found[other].index != found[number].index for other in beside)
        fullest = max(sum(its.starts_at <= moment < its.ends_at for _other, its in tiles) for moment in _moments(tiles))
        assert found[number].count <= fullest


def _moments(tiles: list[tuple[int, Interval]]) -> list[object]:
    return [its.starts_at for _number, its in tiles]
