"""Places that two visits share on purpose: the permission lasts exactly as long as they do."""

from app import models
from app.salon.transaction import Work
from app.vocabulary import LIVE_STATUSES, VisitStatus

_SHARED_NO_MORE = """
SELECT o.id, b.visit_id FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
WHERE o.is_override AND o.{place} = ? AND o.starts_at >= ? AND o.starts_at < ? AND NOT EXISTS (
    SELECT 1 FROM occupancy x LEFT JOIN booked_service y ON y.id = x.booked_service_id
    WHERE x.{place} = o.{place} AND x.id <> o.id AND x.starts_at < o.ends_at AND x.ends_at > o.starts_at
      AND x.starts_at >= substr(o.starts_at, 1, 10) AND y.visit_id IS NOT b.visit_id)
"""
_PLACES = ("staff_id", "room_id")
"""What a visit can stand over another in: a master, a room."""


def settle(work: Work, visit_id: int | None = None) -> None:
    """Put an end to permissions that this act left without a neighbour, and to their mark on the tile.

    Only the days of the masters and rooms that the act touched are looked at. From then on the database guards the
    place again. ``visit_id`` is the visit that the act is about: a reason that was given although nothing was in the
    way goes.
    """
    marked = set[int]() if visit_id is None else {visit_id}
    for place in _PLACES:
        for one, day in sorted(_touched(work, place)):
            bounds = (one, f"{day} 00:00", f"{day} 24:00")
            for row_id, visit in work.database.rows(_SHARED_NO_MORE.format(place=place), bounds):
                work.update(models.Occupancy, row_id, is_override=False)
                marked.add(visit)
    for one in sorted(marked):
        if _is_marked_for_nothing(work, one):
            work.update(models.Visit, one, overbooked_reason="")


def _touched(work: Work, place: str) -> set[tuple[int, str]]:
    """The masters or rooms, and the days, in which this act gave up time, or shared some."""
    rows = [
        {**(change.before or {}), **(change.after or {})}
        for change in work.rows_of(models.Occupancy)
        if change.before or (change.after and change.after["is_override"])
    ]
    return {(row[place], row["starts_at"][:10]) for row in rows if row.get(place) is not None}


def _is_marked_for_nothing(work: Work, visit_id: int) -> bool:
    row = work.database.row(
        """
        SELECT v.status, v.overbooked_reason <> '', EXISTS (
            SELECT 1 FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
            WHERE b.visit_id = v.id AND o.is_override)
        FROM visit v WHERE v.id = ?
        """,
        (visit_id,),
    )
    return row is not None and VisitStatus(row[0]) in LIVE_STATUSES and bool(row[1]) and not row[2]
