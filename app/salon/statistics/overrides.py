"""Visits that somebody booked on purpose although the place was taken: when, why, and by whom, from the journal."""

import json
from datetime import date, datetime
from typing import Any

from app.clock import wall_time
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_instant, read_wall
from app.salon import journal
from app.salon.statistics.periods import Period
from app.vocabulary import VisitStatus


@frozen
class Override:
    """One visit that was booked over another."""

    visit_id: int
    starts_at: datetime
    client_name: str
    """Empty for a walk-in without a card."""
    services: tuple[str, ...]
    masters: tuple[str, ...]
    status: VisitStatus
    reason: str
    decided_at: datetime | None
    """Wall time of the decision; None when the journal does not tell it, as of an imported visit."""
    decided_by: str
    is_shared: bool
    """Whether it still shares a place: the other visit may have been moved or cancelled since."""

    @property
    def day(self) -> date:
        """The date of the visit."""
        return self.starts_at.date()


_VISITS = """
SELECT v.id, min(b.starts_at), COALESCE(c.name, ''), v.status, v.overbooked_reason,
       json_group_array(s.name), json_group_array(m.name),
       EXISTS (SELECT 1 FROM occupancy o JOIN booked_service n ON n.id = o.booked_service_id
               WHERE n.visit_id = v.id AND o.is_override)
FROM visit v JOIN booked_service b ON b.visit_id = v.id AND b.takes_time
JOIN service s ON s.id = b.service_id JOIN staff_member m ON m.id = b.staff_id
LEFT JOIN client c ON c.id = v.client_id
WHERE v.id IN (SELECT value FROM json_each(?)) GROUP BY v.id
"""

_DECIDED = """
SELECT j.id, j.at, j.actor, j.changes FROM visit v JOIN journal_entry j ON j.visit = v.id
WHERE v.day >= ? AND v.day <= ? AND v.hour_known AND j.changes GLOB '*"overbooked_reason":"[^"]*' ORDER BY j.id
"""


_DECIDED_TOGETHER = """
WITH own AS (
    SELECT id, client_id, series_id, group_id FROM visit
    WHERE day >= ? AND day <= ? AND hour_known
      AND (series_id IS NOT NULL OR group_id IS NOT NULL OR overbooked_reason <> '')
)
SELECT j.id, j.at, j.actor, j.changes FROM journal_entry j
WHERE (j.visit IN (SELECT v.id FROM visit v WHERE v.series_id IN (SELECT series_id FROM own)
                   UNION SELECT v.id FROM visit v WHERE v.group_id IN (SELECT group_id FROM own))
       OR j.client IN (SELECT client_id FROM own))
  AND j.changes GLOB '*"overbooked_reason":"[^"]*' ORDER BY j.id
"""
"""The acts that concern several visits name one of them, or only the client; their rows name them all."""


def of_period(database: Database, period: Period, zone: str) -> list[Override]:
    """Every such visit of the period, the latest first. A permission that ended since is still told."""
    days = (period.begins.isoformat(), period.ends.isoformat())
    decisions: dict[int, tuple[str, str, str]] = {}
    acts = {row[0]: row[1:] for sql in (_DECIDED, _DECIDED_TOGETHER) for row in database.rows(sql, days)}
    for _entry_id, (at, actor, changes) in sorted(acts.items()):
        for visit_id, reason in _given(changes).items():
            decisions[visit_id] = (reason, at, actor)
    marked = database.rows(
        "SELECT id FROM visit WHERE day >= ? AND day <= ? AND hour_known AND overbooked_reason <> ''", days
    )
    wanted = decisions.keys() | {row[0] for row in marked}
    rows = database.rows(_VISITS, (json.dumps(sorted(wanted)),))
    found = [_override(row, decisions.get(row[0]), zone) for row in rows]
    found = [one for one in found if period.begins <= one.day <= period.ends]
    return sorted(found, key=lambda one: (one.starts_at, one.visit_id), reverse=True)


def _given(changes: str) -> dict[int, str]:
    """The reasons that an act gave to visits; none where it only took one away."""
    given: dict[int, str] = {}
    for change in journal.read_changes(changes):
        if change.table == "visit" and change.after:
            given[change.row_id] = change.after.get("overbooked_reason", given.get(change.row_id, ""))
    return {visit_id: reason for visit_id, reason in given.items() if reason}


def _override(row: tuple[Any, ...], decision: tuple[str, str, str] | None, zone: str) -> Override:
    visit_id, starts_at, client, status, standing, services, masters, is_shared = row
    reason, at, actor = decision or (standing, None, "")
    return Override(
        visit_id=visit_id,
        starts_at=read_wall(starts_at),
        client_name=client,
        services=tuple(json.loads(services)),
        masters=tuple(dict.fromkeys(json.loads(masters))),
        status=VisitStatus(status),
        reason=standing or reason,
        decided_at=None if at is None else wall_time(read_instant(at), zone),
        decided_by=actor,
        is_shared=bool(is_shared),
    )
