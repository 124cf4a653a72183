"""Side-by-side lanes for tiles that overlap, so that none hides another. Pure."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

from app.frozen import frozen
from app.salon.scheduling.intervals import Interval

K = TypeVar("K", bound=Hashable)


@frozen
class Lane:
    """The place of one tile: lane ``index`` of ``count`` equal lanes."""

    index: int
    count: int


def packed(tiles: Sequence[tuple[K, Interval]]) -> dict[K, Lane]:
    """A lane for each tile: tiles that overlap, directly or through others, share equal lanes.

    Each tile takes the first lane that is free at its start; a cluster of overlapping tiles has as many lanes as
    it needs at its fullest.
    """
    lanes: dict[K, Lane] = {}
    cluster: list[tuple[K, Interval]] = []
    cluster_end = None
    for key, interval in sorted(tiles, key=lambda tile: tile[1]):
        if cluster_end is not None and interval.starts_at >= cluster_end:
            lanes.update(_cluster_lanes(cluster))
            cluster, cluster_end = [], None
        cluster.append((key, interval))
        cluster_end = interval.ends_at if cluster_end is None else max(cluster_end, interval.ends_at)
    lanes.update(_cluster_lanes(cluster))
    return lanes


def _cluster_lanes(cluster: Sequence[tuple[K, Interval]]) -> dict[K, Lane]:
    ends: list[Interval] = []
    chosen: dict[K, int] = {}
    for key, interval in cluster:
        free = next((i for i, last in enumerate(ends) if last.ends_at <= interval.starts_at), len(ends))
        if free == len(ends):
            ends.append(interval)
        else:
            ends[free] = interval
        chosen[key] = free
    return {key: Lane(index, len(ends)) for key, index in chosen.items()}
