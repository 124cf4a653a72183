"""Everything that ever happened with a client, on one line of time, newest first, a page at a time.

Visits, messages, calls, notes, payments, bonuses, answers, files, formulas, consents, promises, complaints, and the
changes that the journal knows. A page is one query, however long the client has been coming.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from app.clock import wall_time
from app.models.connection import Database
from app.models.kept import read_wall
from app.vocabulary import Action

_TO_THE_MINUTE = len("2026-05-14 15:30")
PAGE = 30
"""How many lines a page has."""


class HappenedKind(StrEnum):
    """What a line of the timeline tells of."""

    VISIT = "visit"
    MESSAGE = "message"
    CALL = "call"
    NOTE = "note"
    PAYMENT = "payment"
    BONUS = "bonus"
    ANSWER = "answer"
    FILE = "file"
    FORMULA = "formula"
    CONSENT = "consent"
    PROMISE = "promise"
    COMPLAINT = "complaint"
    CHANGE = "change"


EVERYTHING = frozenset(HappenedKind)
_ALONE = frozenset({HappenedKind.CHANGE})

_TOLD_ELSEWHERE = frozenset(
    {
        Action.VISIT_BOOKED,
        Action.VISIT_STATUS_SET,
        Action.VISIT_RESTORED,
        Action.ALERT_ACKNOWLEDGED,
        Action.STEP_TICKED,
        Action.SERIES_BOOKED,
        Action.GROUP_BOOKED,
        Action.REMINDER_OPENED,
        Action.REMINDER_RECORDED,
        Action.NOTE_ADDED,
        Action.NOTE_REMOVED,
        Action.ANSWER_KEPT,
        Action.FILE_ADDED,
        Action.FILE_CHANGED,
        Action.FORMULA_KEPT,
        Action.CONSENT_RECORDED,
        Action.TASK_GIVEN,
        Action.TASK_CHANGED,
        Action.TASK_DONE,
        Action.COMPLAINT_RECORDED,
        Action.COMPLAINT_ANSWERED,
        Action.COMPLAINT_CHANGED,
        Action.BONUS_CHANGED,
    }
)
"""Acts that have a line of their own, or only led there: among everything they would say the same once more."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line. ``at`` is wall time; what ``word``, ``text`` and ``more`` say depends on the kind:

    - visit: ``word`` its status, ``text`` the services, ``more`` the masters, ``amount`` paid or else agreed;
    - message: ``word`` the status, ``more`` the channel it went through (empty: none yet), ``text`` the kind;
    - call, note: ``text``;  payment: ``text`` what for, ``word`` its kind, ``amount``;  bonus: ``text``, ``amount``;
    - answer: ``more`` the question, ``text`` the answer, ``word`` the kind of answer, or ``declined``;
    - file: ``word`` its kind or the moment of a photo, ``text`` the name;  formula: ``more`` the title, ``text``;
    - consent: ``word`` its kind, ``more`` ``given`` or ``withdrawn``, ``text`` the way;
    - promise: ``text``, ``more`` who, ``word`` ``done`` or empty;  complaint: ``text``, ``more`` the answer;
    - change: ``word`` the act, ``more`` ``undone`` or empty.
    """

    kind: HappenedKind
    row_id: int
    at: datetime
    hour_known: bool
    word: str
    text: str
    more: str
    amount: int | None
    actor: str
    visit_id: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first, and where the next page begins; None when that is all."""

    lines: tuple[Happened, ...]
    next_from: tuple[str, str, int] | None


def read(
    database: Database,
    client_id: int,
    now: datetime,
    zone: str,
    kinds: Collection[HappenedKind] = EVERYTHING,
    after: tuple[str, str, int] | None = None,
    limit: int = PAGE,
) -> Page:
    """A page of what happened with a client; ``after`` is ``next_from`` of the page before it.

    ``now`` (aware) tells how far the salon's clock is from UTC: lines that happened stand among visits, which are
    planned, in the order of the wall. Unless changes alone are asked for, those that led to a line of their own
    (a booking, a note) are left out.
    """
    shift = f"{round((wall_time(now, zone) - now.replace(tzinfo=None)).total_seconds() / 60):+d} minutes"
    if not kinds:
        return Page((), None)
    place = after or ("9999", "", 0)
    rows = database.rows(_asking_for(frozenset(kinds)), (client_id, shift, *place, limit + 1))
    lines = tuple(
        Happened(
            HappenedKind(kind),
            row_id,
            read_wall(at[:_TO_THE_MINUTE]),
            bool(hour),
            word,
            said,
            more,
            amount,
            actor,
            visit_id,
        )
        for kind, row_id, at, hour, word, said, more, amount, actor, visit_id in rows[:limit]
    )
    last = lines[-1] if len(rows) > limit else None
    return Page(lines, None if last is None else (rows[limit - 1][2], str(last.kind), last.row_id))


@cache
def _asking_for(kinds: frozenset[HappenedKind]) -> str:
    skipped = "" if kinds == _ALONE else ",".join(f"'{one}'" for one in sorted(_TOLD_ELSEWHERE))
    # Among everything a visit tells what was paid for it: only what was bought without one has a line of its own.
    products = "AND p.visit_id IS NULL" if kinds == EVERYTHING else ""
    parts = " UNION ALL ".join(_PARTS[kind] for kind in HappenedKind if kind in kinds)
    return _PAGE.format(parts=parts.format(skipped=skipped or "''", products=products))


_AT = "datetime(substr({at}, 1, 19), ?2) || substr({at}, 20)"
"""A moment that happened as the salon's wall shows it, to the microsecond: the order in which things were done."""

_PAGE = """
SELECT kind, id, at, hour, word,
       CASE kind
           WHEN 'visit' THEN COALESCE((
               SELECT group_concat(name, ', ') FROM (
                   SELECT s.name FROM booked_service b JOIN service s ON s.id = b.service_id
                   WHERE b.visit_id = page.id ORDER BY b.starts_at, b.position, b.id)), '')
           ELSE said END,
       CASE kind
           WHEN 'visit' THEN COALESCE((
               SELECT group_concat(name, ', ') FROM (
                   SELECT DISTINCT m.name FROM booked_service b JOIN staff_member m ON m.id = b.staff_id
                   WHERE b.visit_id = page.id ORDER BY b.starts_at, b.position, b.id)), '')
           ELSE more END,
       CASE kind
           WHEN 'visit' THEN COALESCE(
               (SELECT SUM(p.amount) FROM payment p WHERE p.visit_id = page.id),
               (SELECT CASE WHEN COUNT(*) = COUNT(b.price) THEN SUM(b.price) END
                FROM booked_service b WHERE b.visit_id = page.id))
           ELSE amount END,
       actor, visit_id
FROM ({parts}) page
WHERE (at, kind, id) < (?3, ?4, ?5) ORDER BY at DESC, kind DESC, id DESC LIMIT ?6
"""

_PARTS = {
    HappenedKind.VISIT: """
SELECT 'visit' AS kind, v.id AS id,
       COALESCE((SELECT MIN(b.starts_at) FROM booked_service b WHERE b.visit_id = v.id), v.day || ' 00:00') AS at,
       v.hour_known AS hour, v.status AS word, '' AS said, '' AS more, NULL AS amount, '' AS actor, v.id AS visit_id
FROM visit v WHERE v.client_id = ?1""",
    HappenedKind.MESSAGE: f"""
SELECT 'message' AS kind, r.id AS id,
       COALESCE({_AT.format(at="COALESCE(r.closed_at, r.opened_at)")}, r.due_at) AS at, 1 AS hour, r.status AS word,
       r.kind AS said, COALESCE(r.sent_through, '') AS more, NULL AS amount, '' AS actor, r.visit_id AS visit_id
FROM (SELECT * FROM reminder WHERE client_id = ?1
      UNION ALL SELECT m.* FROM visit v JOIN reminder m ON m.visit_id = v.id WHERE v.client_id = ?1) r
WHERE r.status <> 'cancelled'""",
    HappenedKind.CALL: f"""
SELECT 'call' AS kind, n.id AS id, {_AT.format(at="n.at")} AS at, 1 AS hour, '' AS word, n.text AS said, '' AS more,
       NULL AS amount, n.actor AS actor, n.visit_id AS visit_id
FROM client_note n WHERE n.client_id = ?1 AND n.kind = 'call'""",
    HappenedKind.NOTE: f"""
SELECT 'note' AS kind, n.id AS id, {_AT.format(at="n.at")} AS at, 1 AS hour, '' AS word, n.text AS said, '' AS more,
       NULL AS amount, n.actor AS actor, n.visit_id AS visit_id
FROM client_note n WHERE n.client_id = ?1 AND n.kind = 'note'""",
    HappenedKind.PAYMENT: """
SELECT 'payment' AS kind, p.id AS id, p.day || ' 00:00' AS at, 0 AS hour, p.kind AS word, p.description AS said,
       '' AS more, p.amount AS amount, '' AS actor, p.visit_id AS visit_id
FROM payment p WHERE p.client_id = ?1 {products}""",
    HappenedKind.BONUS: f"""
SELECT 'bonus' AS kind, e.id AS id, {_AT.format(at="e.at")} AS at, 1 AS hour, '' AS word, e.reason AS said, '' AS more,
       e.amount AS amount, e.actor AS actor, e.visit_id AS visit_id
FROM bonus_entry e WHERE e.client_id = ?1""",
    HappenedKind.ANSWER: f"""
SELECT 'answer' AS kind, a.id AS id, {_AT.format(at="a.at")} AS at, 1 AS hour,
       CASE WHEN a.is_declined THEN 'declined' ELSE q.answer_kind END AS word, COALESCE(c.text, a.text) AS said,
       q.text AS more, NULL AS amount, a.actor AS actor, a.visit_id AS visit_id
FROM answer a JOIN question q ON q.id = a.question_id LEFT JOIN question_choice c ON c.id = a.choice_id
WHERE a.client_id = ?1""",
    HappenedKind.FILE: f"""
SELECT 'file' AS kind, f.id AS id, {_AT.format(at="f.added_at")} AS at, 1 AS hour, COALESCE(f.moment, f.kind) AS word,
       f.shown_name AS said, '' AS more, NULL AS amount, f.added_by AS actor, f.visit_id AS visit_id
FROM client_file f WHERE f.client_id = ?1 AND f.archived_at IS NULL""",
    HappenedKind.FORMULA: f"""
SELECT 'formula' AS kind, f.id AS id, {_AT.format(at="f.at")} AS at, 1 AS hour, '' AS word,
       COALESCE((SELECT group_concat(material, ', ') FROM (
           SELECT x.material FROM formula_part x WHERE x.formula_id = f.id ORDER BY x.position, x.id)), f.text) AS said,
       f.title AS more, NULL AS amount, f.actor AS actor, f.visit_id AS visit_id
FROM formula f WHERE f.client_id = ?1 AND f.archived_at IS NULL""",
    HappenedKind.CONSENT: f"""
SELECT 'consent' AS kind, c.id AS id, {_AT.format(at="c.at")} AS at, 1 AS hour, c.kind AS word, c.way AS said,
       CASE WHEN c.is_given THEN 'given' ELSE 'withdrawn' END AS more, NULL AS amount, c.actor AS actor,
       NULL AS visit_id
FROM consent c WHERE c.client_id = ?1""",
    HappenedKind.PROMISE: f"""
SELECT 'promise' AS kind, t.id AS id, {_AT.format(at="t.created_at")} AS at, 1 AS hour,
       CASE WHEN t.done_at IS NULL THEN '' ELSE 'done' END AS word, t.text AS said, COALESCE(m.name, '') AS more,
       NULL AS amount, t.created_by AS actor, t.visit_id AS visit_id
FROM task t LEFT JOIN staff_member m ON m.id = t.staff_id WHERE t.client_id = ?1""",
    HappenedKind.COMPLAINT: f"""
SELECT 'complaint' AS kind, k.id AS id, {_AT.format(at="k.received_at")} AS at, 1 AS hour,
       CASE WHEN k.answered_at IS NULL THEN '' ELSE 'answered' END AS word, k.text AS said, k.answer AS more,
       NULL AS amount, k.received_by AS actor, k.visit_id AS visit_id
FROM complaint k WHERE k.client_id = ?1""",
    HappenedKind.CHANGE: f"""
SELECT 'change' AS kind, j.id AS id, {_AT.format(at="j.at")} AS at, 1 AS hour, j.action AS word, '' AS said,
       CASE WHEN EXISTS (SELECT 1 FROM journal_entry u WHERE u.undoes = j.id
                         AND NOT EXISTS (SELECT 1 FROM journal_entry r WHERE r.undoes = u.id))
            THEN 'undone' ELSE '' END AS more,
       NULL AS amount, j.actor AS actor, j.visit AS visit_id
FROM journal_entry j
WHERE j.client IN (SELECT ?1 UNION ALL SELECT id FROM client WHERE merged_into_id = ?1)
  AND j.action <> 'undone' AND j.action NOT IN ({{skipped}})""",
}
