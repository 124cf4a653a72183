"""What the cards of the sample salon remember: answers, notes, calls, promises, a complaint, bonuses, alerts seen.

The figures need an answer of nearly everybody; the rich cards are those of the clients whom the pictures show.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random

from app import models
from app.models.connection import Database
from app.salon.clients import answers, bonuses, notes, questions, ready_questions
from app.salon.exchange.sample.material import Material
from app.salon.followup import complaints, tasks
from app.salon.followup.complaints import Grievance
from app.salon.followup.tasks import Promise
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import Action, AlertMoment, AnswerKind, NoteKind

_SOURCES = (34, 24, 22, 10, 6, 4)
"""How often each answer to "how did you find us?" is given, in per cent; the last is whatever is left."""
_WAS_ASKED, _WAS_ASKED_MORE = 0.86, 0.6
_DID_NOT_SAY = 0.04
_OWED = frozenset({"promise", "complaint"})
_SHOWN = 14
"""So many clients of today have a card with something on it."""

_TODAY = """
SELECT DISTINCT v.client_id FROM visit v JOIN booked_service b ON b.visit_id = v.id
WHERE v.day = ? AND v.client_id IS NOT NULL AND v.status <> 'cancelled'
ORDER BY EXISTS (SELECT 1 FROM alert a WHERE a.client_id = v.client_id) DESC,
         (SELECT COUNT(*) FROM visit p WHERE p.client_id = v.client_id) DESC, v.client_id
LIMIT ?
"""
_FIRST_VISITS = """
SELECT client_id, MIN(day) FROM visit WHERE client_id IS NOT NULL AND status = 'completed'
GROUP BY client_id ORDER BY client_id
"""
_WITH_ALERTS = """
SELECT a.id, v.id, v.created_at FROM alert a JOIN visit v ON v.client_id = a.client_id
WHERE a.archived_at IS NULL AND v.day >= ? AND v.status <> 'cancelled'
  AND NOT EXISTS (SELECT 1 FROM alert_acknowledgement k WHERE k.visit_id = v.id AND k.alert_id = a.id)
ORDER BY v.id, a.id
"""


def add_remembered(at: Callable[[datetime], Salon], material: Material, now: datetime, seed: int) -> None:
    """Fill the cards. ``at`` gives the salon as it stood at a wall time; the same ``seed`` gives the same cards."""
    salon = at(now - timedelta(days=400))
    carry_out(salon, questions.propose, ready_questions.read(material.language))
    carry_out(at(now), _answer_all, at, Random(seed))
    carry_out(at(now), _acknowledge, now)
    _write_down(at, material, now)


def _answer_all(work: Work, at: Callable[[datetime], Salon], rng: Random) -> None:
    """Nearly everybody answered on their first day; in bulk, as years of work at the desk come in at once."""
    work.tell(Action.SALON_IMPORTED)
    asked = answers.of_client(work.database, 0, work.now).missing
    actor = work.salon.actor
    for client_id, day in work.database.rows(_FIRST_VISITS):
        came = at(datetime.combine(datetime.fromisoformat(day).date(), time(12))).clock.now()
        for number, question in enumerate(asked):
            is_typed = question.kind in (AnswerKind.TEXT, AnswerKind.DATE)
            if is_typed or rng.random() > (_WAS_ASKED if number < 2 else _WAS_ASKED_MORE):
                continue
            declined = rng.random() < _DID_NOT_SAY
            choice, text = None, ""
            if question.kind is AnswerKind.YES_NO:
                text = answers.NO if rng.random() < 0.9 else answers.YES
            elif not declined:
                weights = _SOURCES if number == 0 else [1] * len(question.choices)
                choice = rng.choices(question.choices, weights)[0].choice_id
            work.database.insert(
                models.Answer,
                {
                    "client": client_id,
                    "question": question.question_id,
                    "text": "" if declined else text,
                    "choice": choice,
                    "is_declined": declined,
                    "at": came,
                    "actor": actor,
                },
            )


def _acknowledge(work: Work, now: datetime) -> None:
    """Whoever booked the visits from today on has seen the alerts on the form."""
    work.tell(Action.SALON_IMPORTED)
    for alert_id, visit_id, created_at in work.database.rows(_WITH_ALERTS, (now.date().isoformat(),)):
        work.database.insert(
            models.AlertAcknowledgement,
            {
                "alert": alert_id,
                "visit": visit_id,
                "moment": AlertMoment.BOOKING,
                "at": datetime.fromisoformat(f"{created_at}+00:00"),
                "actor": work.salon.actor,
            },
        )


def _write_down(at: Callable[[datetime], Salon], material: Material, now: datetime) -> None:
    """Notes, calls, promises, bonuses and one complaint, through the real operations."""
    database = at(now).database
    said = material.remembered
    clients = [row[0] for row in database.rows(_TODAY, (now.date().isoformat(), _SHOWN))]
    masters = _masters(database)
    for number, client in enumerate(clients):
        lines = said[number % len(said)]
        further = number - len(said)
        if further >= 0:  # the same words to everybody: nobody would believe that
            lines = [line for line in lines if line["kind"] not in _OWED]
            lines += material.owed[further : further + 1]
        for line in lines:
            moment = min(now, now - timedelta(days=line["days"], minutes=11 * number + 7))
            _write_one(at(moment), material, line, client, masters[number % len(masters)], moment)


def _write_one(
    salon: Salon, material: Material, line: dict[str, object], client: int, staff_id: int, moment: datetime
) -> None:
    text = material.said({key: str(line[key]) for key in ("ru", "en")})
    match line["kind"]:
        case "note":
            carry_out(salon, notes.add, client, NoteKind.NOTE, text)
        case "call":
            carry_out(salon, notes.add, client, NoteKind.CALL, text)
        case "bonus":
            carry_out(salon, bonuses.change, client, int(str(line["amount"])) * 100, text)
        case "promise":
            due = datetime.combine(moment.date() + timedelta(days=int(str(line["due"]))), time(int(str(line["hour"]))))
            due = due if due > moment else due + timedelta(days=1)
            who = staff_id if line["by_master"] else None
            carry_out(salon, tasks.give, Promise(text, due, who, client, _last_visit(salon.database, client)))
        case _:
            answer_by = complaints.usual_day(moment.date())
            about = staff_id if line.get("by_master", True) else None
            said = Grievance(text, answer_by, about, _last_visit(salon.database, client))
            carry_out(salon, complaints.record, client, said)


def _last_visit(database: Database, client: int) -> int | None:
    """The visit that a promise and a complaint are about."""
    found: int | None = database.value(
        "SELECT id FROM visit WHERE client_id = ? AND status = 'completed' ORDER BY day DESC, id DESC LIMIT 1",
        (client,),
    )
    return found


def _masters(database: Database) -> list[int]:
    rows = database.rows("SELECT id FROM staff_member WHERE is_master AND archived_at IS NULL ORDER BY position, id")
    return [row[0] for row in rows]
