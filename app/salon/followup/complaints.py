"""Complaints: what a client was not content with, until when the salon answers, and what it answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import models
from app.errors import TextMissing, TimeIsOver
from app.models.connection import Database
from app.models.kept import read_instant
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action

USUAL_DAYS = 3
"""Within how many days the salon promises an answer when nothing else is said."""


@dataclass(frozen=True, slots=True)
class Grievance:
    """What a client said. Without ``staff_id`` it is about the salon, not about somebody's work."""

    text: str
    answer_by: date
    staff_id: int | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    """A complaint that is not answered yet. ``received_at`` is aware, UTC."""

    complaint_id: int
    text: str
    answer_by: date
    staff_name: str
    """Empty: about the salon."""
    received_at: datetime


def usual_day(today: date) -> date:
    """By when an answer is promised, unless something else is said."""
    return today + timedelta(days=USUAL_DAYS)


def record(work: Work, client_id: int, said: Grievance) -> int:
    """Write a complaint down; returns its id. Raises TextMissing, TextTooLong, TimeIsOver."""
    words = text(said.text)
    if not words:
        raise TextMissing
    if said.answer_by < work.wall_now.date():
        raise TimeIsOver
    work.tell(Action.COMPLAINT_RECORDED, client=client_id, visit=said.visit_id)
    return work.insert(
        models.Complaint,
        client=client_id,
        visit=said.visit_id,
        staff=said.staff_id,
        text=words,
        received_at=work.now,
        received_by=work.salon.actor,
        answer_by=said.answer_by,
    )


def put_off(work: Work, client_id: int, complaint_id: int, answer_by: date) -> None:
    """Promise the answer for another day. Raises TimeIsOver, Gone."""
    if answer_by < work.wall_now.date():
        raise TimeIsOver
    work.tell(Action.COMPLAINT_CHANGED, client=client_id)
    work.update(models.Complaint, complaint_id, answer_by=answer_by)


def answer(work: Work, client_id: int, complaint_id: int, typed: str) -> None:
    """Keep what the salon answered. Raises TextMissing, TextTooLong, Gone."""
    words = text(typed)
    if not words:
        raise TextMissing
    work.tell(Action.COMPLAINT_ANSWERED, client=client_id)
    work.update(models.Complaint, complaint_id, answer=words, answered_at=work.now, answered_by=work.salon.actor)


def open_of_client(database: Database, client_id: int) -> tuple[OpenComplaint, ...]:
    """What the salon has not answered yet, the most urgent first."""
    rows = database.rows(
        """
        SELECT k.id, k.text, k.answer_by, COALESCE(m.name, ''), k.received_at FROM complaint k
        LEFT JOIN staff_member m ON m.id = k.staff_id
        WHERE k.client_id = ? AND k.answered_at IS NULL ORDER BY k.answer_by, k.id
        """,
        (client_id,),
    )
    return tuple(
        OpenComplaint(i, said, date.fromisoformat(by), name, read_instant(at)) for i, said, by, name, at in rows
    )
