"""Tiles that overlap stand side by side, none hides another, and no place is wasted."""

from hypothesis import given, strategies as st

from app.salon.scheduling.lanes import Lane, packed


def tile(begins: float, ends: float) -> tuple[int, int]:
    """A tile between two hours, as minutes."""
    return int(begins * 60), int(ends * 60)


def test_who_stands_alone_has_the_whole_width() -> None:
    assert packed([tile(9, 10), tile(10, 11)]) == [Lane(0, 1), Lane(0, 1)]
    assert packed([]) == []


def test_a_long_one_has_the_short_ones_beside_it_one_below_another() -> None:
    tiles = {"Зоя": tile(11, 12), "Анна": tile(9, 12), "Вера": tile(9.5, 10.5)}
    found = dict(zip(tiles, packed(list(tiles.values())), strict=True))
    assert found == {"Анна": Lane(0, 2), "Вера": Lane(1, 2), "Зоя": Lane(1, 2)}


def test_those_who_overlap_through_another_share_equal_lanes() -> None:
    anna, vera, zoya, inna = packed([tile(9, 10), tile(9.5, 11), tile(10.5, 12), tile(12, 13)])
    assert [lane.count for lane in (anna, vera, zoya, inna)] == [2, 2, 2, 1]
    assert anna.index == zoya.index == 0


MINUTES = st.tuples(st.integers(0, 280), st.integers(1, 40))


@given(st.lists(MINUTES, max_size=24))
def test_no_tile_hides_another_and_no_cluster_is_wider_than_its_fullest_moment(drawn: list[tuple[int, int]]) -> None:
    """BUGS_OF_OTHERS 15: tiles that overlap stand side by side, in lanes of equal width."""
    tiles = [(begins, begins + length) for begins, length in drawn]
    found = packed(tiles)
    assert len(found) == len(tiles)
    for number, (starts, ends) in enumerate(tiles):
        assert 0 <= found[number].index < found[number].count
        beside = [
            other
            for other, (its_start, its_end) in enumerate(tiles)
            if other != number and its_start < ends and starts < its_end
        ]
        assert all(found[other].count == found[number].count for other in beside)
        assert all(found[other].index != found[number].index for other in beside)
        fullest = max(sum(begins <= moment < over for begins, over in tiles) for moment, _ends in tiles)
        assert found[number].count <= fullest
