"""Where new clients come from, and which of these ways brings clients who stay."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.models.connection import Database
from app.salon.clients.questions import SOURCE
from app.salon.statistics import returning, words
from app.salon.statistics.history import History
from app.salon.statistics.results import FigureRow, Group, RowKind
from app.salon.statistics.returning import Outcome, View

_ANSWERS = """
SELECT asked.value, a.is_declined, COALESCE(c.text, a.text)
FROM json_each(?) asked
JOIN answer a ON a.id = (
    SELECT n.id FROM answer n WHERE n.client_id = asked.value AND n.question_id = ?
    ORDER BY n.at DESC, n.id DESC LIMIT 1)
LEFT JOIN question_choice c ON c.id = a.choice_id
"""

_QUESTION = "SELECT id FROM question WHERE code = ? ORDER BY archived_at IS NOT NULL, id DESC LIMIT 1"
_CHOICES = "SELECT id, text FROM question_choice WHERE question_id = ? AND archived_at IS NULL ORDER BY position, id"

_Answer = tuple[RowKind, str]


def new_by_source_rows(database: Database, history: History, days: int, today: date) -> Iterator[FigureRow]:
    """Rows of ``new_by_source``: all new clients of the period, then by what they answered; the parts make the whole.

    Each row counts who came a second time within ``days`` days. The answer is the newest one, whenever it was given.
    """
    view = View(RowKind.SALON, history.salon, history.salon)
    outcome = returning.outcome_of(view, history.period, returning.within(days), today)
    everybody = returning.of_group(outcome, Group.NEW, history.existing)
    yield returning.row(view, Group.NEW, everybody, words.still_within(days))
    clients = everybody.mature | everybody.immature
    said = _answers(database, clients)
    by_answer: defaultdict[_Answer, set[int]] = defaultdict(set)
    for client in clients:
        by_answer[said.get(client, _NOT_ASKED)].add(client)
    for answer in _in_order(database, by_answer):
        mine = by_answer[answer]
        part = Outcome(everybody.mature & mine, everybody.immature & mine, everybody.back & mine)
        line = returning.row(replace(view, kind=answer[0]), Group.NEW, part, words.still_within(days))
        yield replace(line, label=answer[1]) if answer[1] else line


_NOT_ASKED: _Answer = (RowKind.SOURCE_NOT_ASKED, "")
_DECLINED: _Answer = (RowKind.SOURCE_DECLINED, "")


def _answers(database: Database, clients: frozenset[int]) -> dict[int, _Answer]:
    question = database.value(_QUESTION, (SOURCE,))
    if question is None:
        return {}
    rows = database.rows(_ANSWERS, (json.dumps(sorted(clients)), question))
    return {client: _DECLINED if declined else (RowKind.SOURCE, said) for client, declined, said in rows}


def _in_order(database: Database, found: dict[_Answer, set[int]]) -> list[_Answer]:
    """As the question offers them, then what was offered before, then those who did not say or were not asked."""
    question = database.value(_QUESTION, (SOURCE,))
    offered = [] if question is None else [said for _id, said in database.rows(_CHOICES, (question,))]
    known = [(RowKind.SOURCE, said) for said in offered]
    former = sorted(one for one in found if one[0] is RowKind.SOURCE and one not in known)
    return [*known, *former, *(one for one in (_DECLINED, _NOT_ASKED) if one in found)]
