"""The steps of one visit: copied when a service is booked, ticked by the master."""

from datetime import datetime

from app import models
from app.errors import Gone
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_instant
from app.salon.transaction import Work
from app.vocabulary import Action, Stage


@frozen
class Step:
    """One step of a visit. ``done_at`` is UTC; None while it is open."""

    step_id: int
    visit_id: int
    booked_id: int
    stage: Stage
    text: str
    is_required: bool
    done_at: datetime | None


def copy_for(work: Work, visit_id: int, booked_id: int, service_id: int) -> None:
    """Copy the service's checklist into the visit: what changes in the template later does not change it."""
    rows = work.database.rows(
        """
        SELECT t.stage, t.position, t.text, t.is_required
        FROM service s JOIN template_step t ON t.template_id = s.template_id
        WHERE s.id = ? ORDER BY t.position, t.id
        """,
        (service_id,),
    )
    columns = ("stage", "position", "text", "is_required")
    work.insert_copies(models.VisitStep, columns, rows, visit=visit_id, booked_service=booked_id)


def forget(work: Work, booked_id: int) -> None:
    """Remove the steps of a service that leaves its visit."""
    for (row_id,) in work.database.rows("SELECT id FROM visit_step WHERE booked_service_id = ?", (booked_id,)):
        work.delete(models.VisitStep, row_id)


def tick(work: Work, step_id: int, *, done: bool, staff_id: int | None = None) -> None:
    """Mark a step as done by ``staff_id`` now, or as open again. Raises Gone."""
    row = work.database.row(
        """
        SELECT v.id, v.client_id, v.day FROM visit_step t JOIN visit v ON v.id = t.visit_id WHERE t.id = ?
        """,
        (step_id,),
    )
    if row is None:
        raise Gone
    work.tell(Action.STEP_TICKED, visit=row[0], client=row[1])
    work.notes.days.add(datetime.fromisoformat(row[2]).date())
    work.update(models.VisitStep, step_id, done_at=work.now if done else None, done_by=staff_id if done else None)


def open_required(database: Database, visit_id: int) -> list[str]:
    """The texts of the required steps that nobody has ticked."""
    rows = database.rows(
        """
        SELECT text FROM visit_step WHERE visit_id = ? AND is_required AND done_at IS NULL
        ORDER BY booked_service_id, position, id
        """,
        (visit_id,),
    )
    return [row[0] for row in rows]


_ORDER = "CASE stage WHEN 'intake' THEN 0 WHEN 'service' THEN 1 ELSE 2 END"


def of_visits(database: Database, visit_ids: list[int]) -> list[Step]:
    """The steps of some visits, by visit, stage and position."""
    if not visit_ids:
        return []
    marks = ", ".join("?" * len(visit_ids))
    rows = database.rows(
        f"""
        SELECT id, visit_id, booked_service_id, stage, text, is_required, done_at FROM visit_step
        WHERE visit_id IN ({marks}) ORDER BY visit_id, {_ORDER}, booked_service_id, position, id
        """,
        visit_ids,
    )
    return [
        Step(i, visit, booked, Stage(stage), text, bool(required), None if done is None else read_instant(done))
        for i, visit, booked, stage, text, required, done in rows
    ]
