"""What clients answered: kept with who and when, the former answer too; and what nobody has asked them yet."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from app import models
from app.errors import BadDate, Gone, TextMissing
from app.models.connection import Database
from app.models.kept import read_instant
from app.salon import typed
from app.salon.clients import birthdays
from app.salon.clients.questions import SOURCE
from app.salon.transaction import Work
from app.vocabulary import Action, AnswerKind, AskWhen

YEAR = timedelta(days=365)
"""After so long a question of every year is asked again."""
YES, NO = "yes", "no"
_YEARS = range(1900, 2101)
_QUESTIONS_KEPT = 200
"""So many questions stay read: each card asks the same ones."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a question of choice offers."""

    choice_id: int
    text: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is put to a client."""

    question_id: int
    text: str
    kind: AnswerKind
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that holds. ``text`` is the words, the choice, an ISO date, or ``YES`` and ``NO``; ``at`` is UTC."""

    question: AskedQuestion
    text: str
    is_declined: bool
    at: datetime
    actor: str
    former: int
    """How many answers came before it."""


@dataclass(frozen=True, slots=True)
class FormerAnswer:
    """An answer that holds no more."""

    text: str
    is_declined: bool
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """What a client has answered, and what is to be asked at the next visit; both in the order of the questions."""

    answered: tuple[Answered, ...]
    missing: tuple[AskedQuestion, ...]


def answer(work: Work, client_id: int, question_id: int, said: str | int, visit_id: int | None = None) -> int:
    """Keep an answer: the id of a choice for a question of choice, otherwise what was typed; returns its id.

    The former answers stay. Raises TextMissing, TextTooLong, BadDate, Gone.
    """
    kind = work.database.value("SELECT answer_kind FROM question WHERE id = ?", (question_id,))
    if kind is None:
        raise Gone
    words, choice = _checked(work, AnswerKind(kind), question_id, said)
    return _keep(work, client_id, question_id, visit_id, text=words, choice=choice, is_declined=False)


def decline(work: Work, client_id: int, question_id: int, visit_id: int | None = None) -> int:
    """The client did not want to say. That is an answer too: nobody asks twice. Returns its id. Raises Gone."""
    if work.database.value("SELECT 1 FROM question WHERE id = ?", (question_id,)) is None:
        raise Gone
    return _keep(work, client_id, question_id, visit_id, text="", choice=None, is_declined=True)


def of_client(
    database: Database, client_id: int, now: datetime, service_ids: Sequence[int] | None = None
) -> KnownAnswers:
    """What a client has answered by ``now`` (aware) and what is missing: two queries.

    ``service_ids`` are those of the next visit; None when there is none, then a question that goes with services is
    not missing. An answer that somebody gave to a question that is asked no more is still known.
    """
    asked = {row[0]: row for row in database.rows(_ASKED)}
    rows = {row[0]: row for row in database.rows(_ANSWERED, (client_id,))}
    questions = {question_id: _question(row) for question_id, row in asked.items()}
    found = [
        Answered(questions[question_id], said, bool(declined), read_instant(at), actor, former)
        for question_id, said, declined, at, actor, former in rows.values()
    ]
    position = {question_id: place for place, question_id in enumerate(asked)}
    found.sort(key=lambda one: position[one.question.question_id])
    missing = [
        questions[question_id]
        for question_id, (_id, _text, _kind, when, is_archived, services, _choices) in asked.items()
        if not is_archived and _is_missing(AskWhen(when), rows.get(question_id), now, json.loads(services), service_ids)
    ]
    return KnownAnswers(tuple(found), tuple(missing))


def missing_at(database: Database, visit_ids: Iterable[int], day: date) -> dict[int, tuple[str, ...]]:
    """What is to be asked at each of these visits on ``day``, by visit; visits without any are left out. One query."""
    rows = database.rows(_MISSING, ((day - YEAR).isoformat(), json.dumps(sorted(visit_ids))))
    found = {visit_id: tuple(json.loads(asked)) for visit_id, asked in rows}
    return {visit_id: asked for visit_id, asked in found.items() if asked}


def told_by(database: Database, client_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What clients said that speaks for itself (a drink, silence), in the order of the questions, by client. One query.

    Yes, no and a date mean nothing without their question; how somebody found the salon is nothing for the work.
    """
    found: dict[int, list[str]] = {}
    for client_id, said in database.rows(_TOLD, (SOURCE, json.dumps(sorted(client_ids)))):
        found.setdefault(client_id, []).append(said)
    return {client_id: tuple(said) for client_id, said in found.items()}


def former(database: Database, client_id: int, question_id: int) -> tuple[FormerAnswer, ...]:
    """What a client answered before, the newest first, without the answer that holds."""
    rows = database.rows(
        """
        SELECT COALESCE(c.text, a.text), a.is_declined, a.at, a.actor
        FROM answer a LEFT JOIN question_choice c ON c.id = a.choice_id
        WHERE a.client_id = ? AND a.question_id = ? ORDER BY a.at DESC, a.id DESC LIMIT -1 OFFSET 1
        """,
        (client_id, question_id),
    )
    return tuple(FormerAnswer(said, bool(declined), read_instant(at), actor) for said, declined, at, actor in rows)


_ASKED = """
SELECT q.id, q.text, q.answer_kind, q.ask_when, q.archived_at IS NOT NULL,
       (SELECT json_group_array(x.service_id) FROM question_service x WHERE x.question_id = q.id),
       (SELECT json_group_array(json_array(id, text)) FROM (
           SELECT c.id, c.text FROM question_choice c WHERE c.question_id = q.id AND c.archived_at IS NULL
           ORDER BY c.position, c.id))
FROM question q ORDER BY q.position, q.id
"""

_ANSWERED = """
SELECT question_id, said, is_declined, at, actor, former FROM (
    SELECT a.question_id, COALESCE(c.text, a.text) AS said, a.is_declined, a.at, a.actor,
           ROW_NUMBER() OVER (PARTITION BY a.question_id ORDER BY a.at DESC, a.id DESC) AS place,
           COUNT(*) OVER (PARTITION BY a.question_id) - 1 AS former
    FROM answer a LEFT JOIN question_choice c ON c.id = a.choice_id WHERE a.client_id = ?) WHERE place = 1
"""

_MISSING = """
SELECT v.id, (
    SELECT json_group_array(text) FROM (
    SELECT q.text FROM question q WHERE q.archived_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.client_id = v.client_id AND a.question_id = q.id
                      AND (q.ask_when <> 'every_year' OR a.at > ?1))
      AND (q.ask_when <> 'with_service' OR EXISTS (
          SELECT 1 FROM question_service x JOIN booked_service b ON b.service_id = x.service_id
          WHERE x.question_id = q.id AND b.visit_id = v.id))
    ORDER BY q.position, q.id))
FROM visit v WHERE v.id IN (SELECT value FROM json_each(?2)) AND v.client_id IS NOT NULL
"""


_TOLD = """
SELECT a.client_id, COALESCE(c.text, a.text)
FROM json_each(?2) one JOIN question q ON q.archived_at IS NULL AND q.code <> ?1 AND q.answer_kind IN ('choice', 'text')
JOIN answer a ON a.id = (
    SELECT n.id FROM answer n WHERE n.client_id = one.value AND n.question_id = q.id
    ORDER BY n.at DESC, n.id DESC LIMIT 1)
LEFT JOIN question_choice c ON c.id = a.choice_id
WHERE NOT a.is_declined ORDER BY a.client_id, q.position, q.id
"""


@lru_cache(_QUESTIONS_KEPT)
def _question(row: tuple[object, ...]) -> AskedQuestion:
    question_id, said, kind, _when, _archived, _services, choices = row
    return AskedQuestion(
        int(str(question_id)),
        str(said),
        AnswerKind(str(kind)),
        tuple(Choice(choice_id, words) for choice_id, words in json.loads(str(choices))),
    )


def _is_missing(
    when: AskWhen,
    answered: tuple[object, ...] | None,
    now: datetime,
    services: Sequence[int],
    coming: Sequence[int] | None,
) -> bool:
    match when:
        case AskWhen.FIRST_VISIT:
            return answered is None
        case AskWhen.EVERY_YEAR:
            return answered is None or read_instant(str(answered[3])) <= now - YEAR
        case AskWhen.WITH_SERVICE:
            return answered is None and coming is not None and not set(services).isdisjoint(coming)


def _checked(work: Work, kind: AnswerKind, question_id: int, said: str | int) -> tuple[str, int | None]:
    if kind is AnswerKind.CHOICE:
        known = work.database.value(
            "SELECT 1 FROM question_choice WHERE id = ? AND question_id = ?", (said, question_id)
        )
        if known is None:
            raise Gone
        return "", int(said)
    words = typed.text(str(said))
    if not words:
        raise TextMissing
    if kind is AnswerKind.DATE:
        return _day(words).isoformat(), None
    if kind is AnswerKind.YES_NO and words not in (YES, NO):
        raise TextMissing
    return words, None


def _day(words: str) -> date:
    """A date as it is typed (14.05.2026) or ISO, of a time in which clients live. Raises BadDate."""
    day = birthdays.day_typed(words)
    if day.year not in _YEARS:
        raise BadDate(words)
    return day


def _keep(
    work: Work,
    client_id: int,
    question_id: int,
    visit_id: int | None,
    *,
    text: str,
    choice: int | None,
    is_declined: bool,
) -> int:
    work.tell(Action.ANSWER_KEPT, client=client_id, visit=visit_id)
    return work.insert(
        models.Answer,
        client=client_id,
        question=question_id,
        visit=visit_id,
        text=text,
        choice=choice,
        is_declined=is_declined,
        at=work.now,
        actor=work.salon.actor,
    )
