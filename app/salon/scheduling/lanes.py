"""Side-by-side lanes for tiles that overlap, so that none hides another. Pure."""

from collections.abc import Sequence

from app.frozen import frozen


@frozen
class Lane:
    """The place of one tile: lane ``index`` of ``count`` equal lanes."""

    index: int
    count: int


_ALONE = Lane(0, 1)


def packed(tiles: Sequence[tuple[int, int]]) -> list[Lane]:
    """A lane for each tile, which reaches from one minute to another: those that overlap, directly or through others,
    share equal lanes.

    Each tile takes the first lane that is free at its start; a cluster of overlapping tiles has as many lanes as
    it needs at its fullest.
    """
    lanes = [_ALONE] * len(tiles)
    cluster: list[int] = []
    cluster_end = 0
    for number in sorted(range(len(tiles)), key=tiles.__getitem__):
        starts, ends = tiles[number]
        if cluster and starts >= cluster_end:
            _share(cluster, tiles, lanes)
            cluster = []
        cluster_end = max(cluster_end, ends) if cluster else ends
        cluster.append(number)
    _share(cluster, tiles, lanes)
    return lanes


def _share(cluster: Sequence[int], tiles: Sequence[tuple[int, int]], lanes: list[Lane]) -> None:
    if len(cluster) < 2:
        return
    free_from: list[int] = []
    chosen: list[int] = []
    for number in cluster:
        starts, ends = tiles[number]
        free = next((lane for lane, until in enumerate(free_from) if until <= starts), len(free_from))
        free_from[free : free + 1] = [ends]
        chosen.append(free)
    for number, lane in zip(cluster, chosen, strict=True):
        lanes[number] = Lane(lane, len(free_from))
