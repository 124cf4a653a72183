"""The guards that stand in the database itself, so that even raw SQL cannot double-book."""

from app.models.keepers import KEEPERS

OVERLAP = "occupancy_overlap"
"""The word by which the database says that the place is taken."""

_REFUSE = """\
CREATE TRIGGER {name} BEFORE {event} ON occupancy
WHEN NOT NEW.is_override
BEGIN
    SELECT RAISE(ABORT, 'occupancy_overlap') WHERE EXISTS (
        SELECT 1 FROM occupancy AS taken
        WHERE taken.staff_id = NEW.staff_id AND taken.id IS NOT NEW.id AND NOT taken.is_override
          AND taken.starts_at < NEW.ends_at AND taken.ends_at > NEW.starts_at
          AND taken.starts_at >= substr(NEW.starts_at, 1, 10)
    ) OR EXISTS (
        SELECT 1 FROM occupancy AS taken
        WHERE taken.room_id = NEW.room_id AND taken.id IS NOT NEW.id AND NOT taken.is_override
          AND taken.starts_at < NEW.ends_at AND taken.ends_at > NEW.starts_at
          AND taken.starts_at >= substr(NEW.starts_at, 1, 10)
          AND COALESCE(taken.hold_id = NEW.hold_id, 0) = 0
          AND NOT EXISTS (
            SELECT 1 FROM booked_service AS mine JOIN booked_service AS theirs ON theirs.visit_id = mine.visit_id
            WHERE mine.id = NEW.booked_service_id AND theirs.id = taken.booked_service_id)
    );
END"""

GUARDS = {
    "occupancy_overlap_insert": _REFUSE.format(name="occupancy_overlap_insert", event="INSERT"),
    "occupancy_overlap_update": _REFUSE.format(
        name="occupancy_overlap_update", event="UPDATE OF staff_id, room_id, starts_at, ends_at, is_override"
    ),
    **KEEPERS,
}
"""Triggers by name, the keepers among them; each text as the database keeps it, by which they are compared.

An occupancy ends on the day it starts (a CHECK of its table), so only that day is read.
The services of one visit, booked or held, may share a room: the client sits there once.
"""
