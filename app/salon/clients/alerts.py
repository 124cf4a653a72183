"""Alerts seen: who has read what must be known of a client, at booking and at arrival, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app import models
from app.errors import AlertsUnseen
from app.models.connection import Database
from app.models.kept import read_instant
from app.salon.transaction import Work
from app.vocabulary import Action, AlertKind, AlertMoment


@dataclass(frozen=True, slots=True)
class AlertSeen:
    """That somebody has seen an alert. ``at`` is aware, UTC; ``actor`` is empty where nobody said who works here."""

    alert_id: int
    moment: AlertMoment
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class UnseenAlert:
    """An alert that holds and that nobody has acknowledged for a visit."""

    alert_id: int
    kind: AlertKind
    text: str


def unseen(database: Database, visit_id: int) -> tuple[UnseenAlert, ...]:
    """What must be known of the client of a visit and was acknowledged neither at its booking nor at its arrival."""
    return tuple(UnseenAlert(i, AlertKind(kind), text) for i, kind, text in database.rows(_UNSEEN, (visit_id,)))


def acknowledge(work: Work, visit_id: int, alert_ids: Iterable[int], moment: AlertMoment) -> None:
    """Keep that whoever acts has seen these alerts; one that was seen at this ``moment`` already stays as it is.

    An alert of somebody else, or one that does not hold any more, is passed over: nothing has to be seen there.
    """
    standing = {alert.alert_id for alert in _standing(work.database, visit_id)}
    seen = {
        row[0]
        for row in work.database.rows(
            "SELECT alert_id FROM alert_acknowledgement WHERE visit_id = ? AND moment = ?", (visit_id, moment)
        )
    }
    for alert_id in sorted(standing.intersection(alert_ids) - seen):
        work.tell(Action.ALERT_ACKNOWLEDGED, visit=visit_id)
        work.insert(
            models.AlertAcknowledgement,
            alert=alert_id,
            visit=visit_id,
            moment=moment,
            at=work.now,
            actor=work.salon.actor,
        )


def receive(work: Work, visit_id: int, alert_ids: Iterable[int]) -> None:
    """The client of a visit is here: keep that ``alert_ids`` were seen, and let no other alert go unseen.

    Raises AlertsUnseen with what nobody has seen for this visit yet.
    """
    acknowledge(work, visit_id, alert_ids, AlertMoment.ARRIVAL)
    refuse_unseen(work.database, visit_id)


def refuse_unseen(database: Database, visit_id: int) -> None:
    """Raise AlertsUnseen with what nobody has seen for a visit yet, if there is any."""
    left = unseen(database, visit_id)
    if left:
        raise AlertsUnseen(tuple(alert.alert_id for alert in left), tuple((alert.kind, alert.text) for alert in left))


def seen_at(database: Database, visit_id: int) -> tuple[AlertSeen, ...]:
    """Who has seen which alert for a visit, in the order in which it happened."""
    rows = database.rows(
        "SELECT alert_id, moment, at, actor FROM alert_acknowledgement WHERE visit_id = ? ORDER BY at, id", (visit_id,)
    )
    return tuple(AlertSeen(alert, AlertMoment(moment), read_instant(at), actor) for alert, moment, at, actor in rows)


def _standing(database: Database, visit_id: int) -> list[UnseenAlert]:
    rows = database.rows(
        """
        SELECT a.id, a.kind, a.text FROM visit v JOIN alert a ON a.client_id = v.client_id
        WHERE v.id = ? AND a.archived_at IS NULL
        """,
        (visit_id,),
    )
    return [UnseenAlert(i, AlertKind(kind), text) for i, kind, text in rows]


_UNSEEN = """
SELECT a.id, a.kind, a.text FROM visit v JOIN alert a ON a.client_id = v.client_id
WHERE v.id = ? AND a.archived_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM alert_acknowledgement k WHERE k.alert_id = a.id AND k.visit_id = v.id)
ORDER BY a.id
"""
