"""What the salon asks its clients once and remembers: its own questions, their order, and when they are asked."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app import models
from app.errors import ChoicesMissing, Gone, ServicesMissing, TextMissing
from app.models.connection import Database
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, AnswerKind, AskWhen

SOURCE = "source"
"""The code of "how did you find us?", which the figures ask for."""
LONGEST_QUESTION = 200
LONGEST_CHOICE = 80
MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question in the salon's words. ``choices`` only for one of choice, ``services`` only where it goes with some.

    ``code`` is a name for the figures, given by the ready-made questions and kept for ever.
    """

    text: str
    kind: AnswerKind = AnswerKind.TEXT
    when: AskWhen = AskWhen.FIRST_VISIT
    choices: tuple[str, ...] = ()
    services: tuple[int, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class ListedQuestion:
    """A question with everything that can be changed."""

    question_id: int
    facts: QuestionFacts
    answered: int
    """How many clients have answered it, those who did not want to say included."""
    is_archived: bool = False


def keep(work: Work, question_id: int | None, facts: QuestionFacts) -> int:
    """Ask something new, after the other questions, or change what is asked; returns its id.

    Answers that were given stay: a choice that is no longer offered is archived, one that is written as before is the
    same choice, and the kind of answer can be changed only as long as nobody has answered (it stays as it was).
    Raises TextMissing, TextTooLong, ChoicesMissing, ServicesMissing, Gone.
    """
    said, choices = _checked(facts)
    work.tell(Action.QUESTIONS_CHANGED, note=said)
    if question_id is None:
        last = work.database.value("SELECT MAX(position) FROM question")
        question_id = work.insert(
            models.Question,
            text=said,
            answer_kind=facts.kind,
            ask_when=facts.when,
            code=facts.code,
            position=0 if last is None else int(last) + 1,
        )
    else:
        kind = _kind_that_stays(work.database, question_id) or facts.kind
        if kind is AnswerKind.CHOICE and len(choices) < 2:
            raise ChoicesMissing
        work.update(models.Question, question_id, text=said, answer_kind=kind, ask_when=facts.when)
    _set_choices(work, question_id, choices)
    _set_services(work, question_id, facts.services if facts.when is AskWhen.WITH_SERVICE else ())
    return question_id


def archive(work: Work, question_id: int) -> None:
    """Ask it no more; what was answered stays on the cards. Raises Gone."""
    work.tell(Action.QUESTIONS_CHANGED)
    work.update(models.Question, question_id, archived_at=work.now)


def restore(work: Work, question_id: int) -> None:
    """Ask it again. Raises Gone."""
    work.tell(Action.QUESTIONS_CHANGED)
    work.update(models.Question, question_id, archived_at=None)


def set_order(work: Work, question_ids: Sequence[int]) -> None:
    """Ask in this order. Raises Gone."""
    work.tell(Action.QUESTIONS_CHANGED)
    for position, question_id in enumerate(question_ids):
        work.update(models.Question, question_id, position=position)


def propose(work: Work, ready: Iterable[QuestionFacts]) -> int:
    """Take ready-made questions over, those that are not asked yet; returns how many."""
    new = not_asked_yet(work.database, ready)
    for facts in new:
        keep(work, None, facts)
    return len(new)


def not_asked_yet(database: Database, ready: Iterable[QuestionFacts]) -> list[QuestionFacts]:
    """Which of ``ready`` the salon has never had, by code or by words; what it archived is not proposed again."""
    standing = database.rows("SELECT code, text FROM question")
    codes = {code for code, _text in standing if code}
    words = {said.casefold() for _code, said in standing}
    return [one for one in ready if one.text.casefold() not in words and not (one.code and one.code in codes)]


def listed(database: Database, *, archived: bool = False) -> list[ListedQuestion]:
    """The questions in their order, with everything that can be changed; one query."""
    return [
        ListedQuestion(
            question_id,
            QuestionFacts(
                said,
                AnswerKind(kind),
                AskWhen(when),
                tuple(json.loads(choices)),
                tuple(json.loads(services)),
                code,
            ),
            answered,
            archived,
        )
        for question_id, said, kind, when, code, choices, services, answered in database.rows(_LISTED, (archived,))
    ]


_LISTED = """
SELECT q.id, q.text, q.answer_kind, q.ask_when, q.code,
       (SELECT json_group_array(text) FROM (
           SELECT c.text FROM question_choice c WHERE c.question_id = q.id AND c.archived_at IS NULL
           ORDER BY c.position, c.id)),
       (SELECT json_group_array(x.service_id) FROM question_service x JOIN service s ON s.id = x.service_id
        WHERE x.question_id = q.id AND s.archived_at IS NULL),
       (SELECT COUNT(DISTINCT a.client_id) FROM answer a WHERE a.question_id = q.id)
FROM question q WHERE (q.archived_at IS NOT NULL) = ? ORDER BY q.position, q.id
"""


def _checked(facts: QuestionFacts) -> tuple[str, tuple[str, ...]]:
    said = " ".join(text(facts.text, LONGEST_QUESTION).split())
    if not said:
        raise TextMissing
    if facts.when is AskWhen.WITH_SERVICE and not facts.services:
        raise ServicesMissing
    if facts.kind is not AnswerKind.CHOICE:
        return said, ()
    choices = tuple(dict.fromkeys(" ".join(text(one, LONGEST_CHOICE).split()) for one in facts.choices))
    choices = tuple(one for one in choices if one)[:MOST_CHOICES]
    if len(choices) < 2:
        raise ChoicesMissing
    return said, choices


def _kind_that_stays(database: Database, question_id: int) -> AnswerKind | None:
    """The kind of a question that somebody has answered already."""
    row = database.row(
        """
        SELECT q.answer_kind, EXISTS (SELECT 1 FROM answer a WHERE a.question_id = q.id)
        FROM question q WHERE q.id = ?
        """,
        (question_id,),
    )
    if row is None:
        raise Gone
    return AnswerKind(row[0]) if row[1] else None


def _set_choices(work: Work, question_id: int, choices: Sequence[str]) -> None:
    rows = work.database.rows("SELECT id, text FROM question_choice WHERE question_id = ? ORDER BY id", (question_id,))
    known = {said: choice_id for choice_id, said in reversed(rows)}
    for choice_id, said in rows:
        if said not in choices or known[said] != choice_id:
            _archive_choice(work, choice_id)
    for position, said in enumerate(choices):
        if said in known:
            work.update(models.QuestionChoice, known[said], position=position, archived_at=None)
        else:
            work.insert(models.QuestionChoice, question=question_id, text=said, position=position)


def _archive_choice(work: Work, choice_id: int) -> None:
    if work.database.value("SELECT archived_at FROM question_choice WHERE id = ?", (choice_id,)) is None:
        work.update(models.QuestionChoice, choice_id, archived_at=work.now)


def _set_services(work: Work, question_id: int, service_ids: Iterable[int]) -> None:
    rows = work.database.rows("SELECT id, service_id FROM question_service WHERE question_id = ?", (question_id,))
    wanted = set(service_ids)
    for link, service_id in rows:
        if service_id not in wanted:
            work.delete(models.QuestionService, link)
    for service_id in sorted(wanted - {service_id for _link, service_id in rows}):
        work.insert(models.QuestionService, question=question_id, service=service_id)
