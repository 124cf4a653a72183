"""Everything that the salon owes its clients and has not done yet: promises to keep and complaints to answer."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import IntEnum

from app.models.connection import Database
from app.models.kept import read_wall, wall_text
from app.vocabulary import OwedKind

_END_OF_DAY = time(23, 59)


class Urgency(IntEnum):
    """How much something that is owed presses."""

    LATE = 0
    TODAY = 1
    LATER = 2


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed. ``due_at`` is wall time; an answer to a complaint is due at the end of its day."""

    kind: OwedKind
    owed_id: int
    """The id of the task, or of the complaint."""
    text: str
    due_at: datetime
    staff_id: int | None
    """Who keeps the promise, or whose work the complaint is about."""
    staff_name: str
    client_id: int | None
    client_name: str
    visit_id: int | None
    visit_starts_at: datetime | None
    visit_services: str
    """What the visit was, or is, about."""

    def urgency(self, now: datetime) -> Urgency:
        """Whether it is late, due today or later; ``now`` is wall time."""
        if self.due_at < now:
            return Urgency.LATE
        return Urgency.TODAY if self.due_at.date() == now.date() else Urgency.LATER


_OPEN = """
SELECT 'promise' AS kind, t.id AS id, t.text AS said, t.due_at AS due, t.staff_id, t.client_id, t.visit_id
FROM task t WHERE t.done_at IS NULL
UNION ALL
SELECT 'complaint', k.id, k.text, k.answer_by || ' 23:59', k.staff_id, k.client_id, k.visit_id
FROM complaint k WHERE k.answered_at IS NULL
"""
_READ = f"""
SELECT o.kind, o.id, o.said, o.due, o.staff_id, COALESCE(m.name, ''), o.client_id, COALESCE(c.name, ''), o.visit_id,
       (SELECT MIN(b.starts_at) FROM booked_service b WHERE b.visit_id = o.visit_id),
       COALESCE((SELECT group_concat(name, ', ') FROM (
           SELECT s.name FROM booked_service b JOIN service s ON s.id = b.service_id
           WHERE b.visit_id = o.visit_id ORDER BY b.starts_at, b.position, b.id)), '')
FROM ({_OPEN}) o
LEFT JOIN client c ON c.id = o.client_id LEFT JOIN staff_member m ON m.id = o.staff_id
WHERE c.archived_at IS NULL ORDER BY o.due, o.kind DESC, o.id
"""
_COUNT = f"""
SELECT COUNT(*) FROM ({_OPEN}) o LEFT JOIN client c ON c.id = o.client_id
WHERE c.archived_at IS NULL AND o.due <= ?
"""


def read(database: Database) -> list[Owed]:
    """All of it, the most urgent first; of clients whose card was archived nothing is owed any more."""
    return [
        Owed(
            OwedKind(kind),
            owed_id,
            text,
            read_wall(due),
            staff_id,
            staff,
            client_id,
            client,
            visit_id,
            None if starts_at is None else read_wall(starts_at),
            services,
        )
        for kind, owed_id, text, due, staff_id, staff, client_id, client, visit_id, starts_at, services in (
            database.rows(_READ)
        )
    ]


def count_due(database: Database, now: datetime) -> int:
    """How many are late or due until the end of the day of ``now`` (wall time)."""
    return int(database.value(_COUNT, (wall_text(datetime.combine(now.date(), _END_OF_DAY)),)))
