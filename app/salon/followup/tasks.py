"""Promises: what the salon owes a client, who does it and by when. "The master calls back tomorrow at 15:00"."""

from dataclasses import dataclass
from datetime import datetime

from app import models
from app.errors import TextMissing, TimeIsOver
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised. ``due_at`` is wall time; without ``staff_id`` whoever is at the front desk does it."""

    text: str
    due_at: datetime
    staff_id: int | None = None
    client_id: int | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that is not kept yet."""

    task_id: int
    text: str
    due_at: datetime
    staff_id: int | None
    staff_name: str
    """Empty: whoever is at the front desk."""


def give(work: Work, promise: Promise) -> int:
    """Write a promise down; returns its id. Raises TextMissing, TextTooLong, TimeIsOver."""
    said = _checked(work, promise)
    work.tell(Action.TASK_GIVEN, client=promise.client_id, visit=promise.visit_id)
    return work.insert(
        models.Task,
        client=promise.client_id,
        visit=promise.visit_id,
        staff=promise.staff_id,
        text=said,
        due_at=promise.due_at,
        created_at=work.now,
        created_by=work.salon.actor,
    )


def change(work: Work, task_id: int, promise: Promise) -> None:
    """Hand a promise on: other words, another time, somebody else. Raises Gone and what ``give`` raises."""
    said = _checked(work, promise)
    work.tell(Action.TASK_CHANGED, client=promise.client_id, visit=promise.visit_id)
    work.update(models.Task, task_id, text=said, due_at=promise.due_at, staff=promise.staff_id)


def keep(work: Work, client_id: int | None, task_id: int) -> None:
    """The promise is kept. Raises Gone."""
    work.tell(Action.TASK_DONE, client=client_id)
    work.update(models.Task, task_id, done_at=work.now, done_by=work.salon.actor)


def open_of_client(database: Database, client_id: int) -> tuple[OpenPromise, ...]:
    """What is still owed to a client, the most urgent first."""
    # "IS NULL" alone would lead the engine through the open promises to everybody.
    rows = database.rows(
        """
        SELECT t.id, t.text, t.due_at, t.staff_id, COALESCE(m.name, '') FROM task t
        LEFT JOIN staff_member m ON m.id = t.staff_id
        WHERE t.client_id = ? AND COALESCE(t.done_at, '') = '' ORDER BY t.due_at, t.id
        """,
        (client_id,),
    )
    return tuple(OpenPromise(i, said, read_wall(due), staff, name) for i, said, due, staff, name in rows)


def _checked(work: Work, promise: Promise) -> str:
    said = text(promise.text)
    if not said:
        raise TextMissing
    if promise.due_at < work.wall_now:
        raise TimeIsOver
    return said
