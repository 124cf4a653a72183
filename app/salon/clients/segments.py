"""Segments: saved filters over the list of clients, and what each of their conditions means in the salon's rows."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app import models, wording
from app.errors import Gone, NameMissing, NoSuchSegment
from app.models.connection import Database
from app.salon.clients import conditions as said
from app.salon.clients.conditions import Between, Conditions, Days
from app.salon.clients.consents import ADVERTISING_ALLOWED
from app.salon.clients.questions import SOURCE
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, BirthdaySoon, ReadySegment, RhythmState

LONGEST_NAME = 80
LOST_AFTER_DAYS = 90
"""Nobody is lost sooner (STATISTICS: lost, N)."""

READY = {
    ReadySegment.DUE: Conditions(rhythm=(RhythmState.DUE,)),
    ReadySegment.LATE: Conditions(rhythm=(RhythmState.LATE,)),
    ReadySegment.LOST: Conditions(rhythm=(RhythmState.LOST,)),
    ReadySegment.BIRTHDAY_WEEK: Conditions(birthday=BirthdaySoon.WEEK),
    ReadySegment.ONLY_ONCE: Conditions(visits=Between(1, 1)),
}
"""What every salon looks for. They cannot be changed; what is changed of them is saved under a name of its own."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A filter of the salon's own. ``conditions`` None: what the file keeps there cannot be read."""

    segment_id: int
    name: str
    conditions: Conditions | None


def keep(work: Work, segment_id: int | None, name: str, conditions: Conditions) -> int:
    """Save a filter under a name, or an earlier one anew; returns its id. Raises NameMissing, TextTooLong, Gone."""
    checked = text(" ".join(name.split()), LONGEST_NAME)
    if not checked:
        raise NameMissing
    work.tell(Action.SEGMENTS_CHANGED, note=checked)
    values = {"name": checked, "conditions": said.written(conditions)}
    if segment_id is not None:
        _standing(work.database, segment_id)
        work.update(models.Segment, segment_id, **values)
        return segment_id
    last = work.database.value("SELECT MAX(position) FROM segment")
    position = 0 if last is None else int(last) + 1
    return work.insert(models.Segment, position=position, created_at=work.now, **values)


def archive(work: Work, segment_id: int) -> None:
    """Offer the segment no more; its clients are untouched. Raises Gone."""
    work.tell(Action.SEGMENTS_CHANGED, note=_standing(work.database, segment_id))
    work.update(models.Segment, segment_id, archived_at=work.now)


def listed(database: Database) -> list[Segment]:
    """The salon's own segments, in their order."""
    rows = database.rows("SELECT id, name, conditions FROM segment WHERE archived_at IS NULL ORDER BY position, id")
    return [Segment(segment_id, name, _read(kept)) for segment_id, name, kept in rows]


def named(database: Database, name: str) -> Conditions:
    """Whom a segment of the salon's own, or a ready one ("late", or its name on the screen), holds.

    Raises NoSuchSegment, BadSegment.
    """
    wanted = " ".join(name.split()).casefold()
    own = listed(database)
    for one in own:
        if one.name.casefold() == wanted:
            if one.conditions is None:
                raise said.BadSegment
            return one.conditions
    for key, conditions in READY.items():
        if wanted in (key.value, wording.ready_segment(key).casefold()):
            return conditions
    raise NoSuchSegment(name, (*(one.name for one in own), *(key.value for key in READY)))


def _read(kept: str) -> Conditions | None:
    try:
        return said.read(kept)
    except said.BadSegment:
        return None


def _standing(database: Database, segment_id: int) -> str:
    name = database.value("SELECT name FROM segment WHERE id = ? AND archived_at IS NULL", (segment_id,))
    if name is None:
        raise Gone
    return str(name)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a condition can name."""

    number: int
    name: str
    group: str = ""
    """The category of a service."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the conditions can name, in the salon's order. What is archived is named too: it was had all the same."""

    services: tuple[Choice, ...]
    masters: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    sources: tuple[Choice, ...]


def choices(database: Database) -> Choices:
    """What the conditions of this salon can name."""
    services = database.rows(
        "SELECT s.id, s.name, c.name FROM service s JOIN service_category c ON c.id = s.category_id "
        "ORDER BY c.position, c.id, s.position, s.id"
    )
    masters = database.rows(
        """
        SELECT s.id, s.name FROM staff_member s
        WHERE s.is_master OR (s.is_administrator OR s.is_owner)
            AND EXISTS (SELECT 1 FROM booked_service b WHERE b.staff_id = s.id)
        ORDER BY s.position, s.id
        """
    )
    categories = database.rows("SELECT id, name FROM client_category WHERE archived_at IS NULL ORDER BY position, id")
    sources = database.rows(
        "SELECT k.id, k.text FROM question_choice k JOIN question q ON q.id = k.question_id WHERE q.code = ? "
        "ORDER BY k.position, k.id",
        (SOURCE,),
    )
    return Choices(*(tuple(Choice(*row) for row in rows) for rows in (services, masters, categories, sources)))


# ---- what the conditions mean --------------------------------------------------------------------------------

_AWAY = "(julianday(?) - julianday(s.last_day))"
_EXPECTED = """COALESCE(s.interval_days, (
    SELECT MIN(o.interval_days) FROM visit v JOIN booked_service b ON b.visit_id = v.id
    JOIN service o ON o.id = b.service_id
    WHERE v.client_id = s.client_id AND v.day = s.last_day AND v.status = 'completed'))"""
STATE = f"""
(SELECT CASE WHEN s.ahead_day >= ? OR expected IS NULL OR s.last_day IS NULL THEN NULL
    WHEN away >= MAX({LOST_AFTER_DAYS}, 2 * expected) THEN 'lost'
    WHEN away >= 1.5 * expected THEN 'late'
    WHEN away >= expected THEN 'due' END
 FROM (SELECT {_EXPECTED} AS expected, {_AWAY} AS away))
"""
"""SQL: how far the client of ``client_rhythm s`` is past their rhythm; today stands for both of its ``?``."""


def where(conditions: Conditions, today: date) -> tuple[str, tuple[Any, ...]]:
    """SQL over ``client c JOIN client_rhythm s`` that holds for the clients who are meant, and its parameters."""
    day = today.isoformat()
    found: list[tuple[str, tuple[Any, ...]]] = []
    for between, value, own in (
        (conditions.last_visit, _AWAY, (day,)),
        (conditions.last_day, "s.last_day", ()),
        (conditions.visits, "s.visits", ()),
        (conditions.spent, "s.spent", ()),
    ):
        found += _ends(between, value, own)
    if conditions.rhythm:
        found.append((f"{STATE} IN (SELECT value FROM json_each(?))", (day, day, _json(conditions.rhythm))))
    if conditions.birthday is not None:
        days = _celebrated(conditions.birthday, today)
        found.append(("substr(c.birthday, 6) IN (SELECT value FROM json_each(?))", (_json(days),)))
    for column, chosen in (("service_id", conditions.services), ("staff_id", conditions.masters)):
        if chosen:
            found.append((_HAD.format(column=column), (_json(chosen),)))
    if conditions.categories:
        found.append((_IN_CATEGORY, (_json(conditions.categories),)))
    if conditions.sources:
        found.append((_CAME_FROM, (SOURCE, _json(conditions.sources))))
    if conditions.advertising is not None:
        found.append((f"{ADVERTISING_ALLOWED} = ?", (conditions.advertising,)))
    if conditions.is_vip is not None:
        found.append(("c.is_vip = ?", (conditions.is_vip,)))
    sql = " AND ".join(f"({each})" for each, _params in found) or "1 = 1"
    return sql, tuple(param for _sql, params in found for param in params)


_HAD = """c.id IN (SELECT v.client_id FROM visit v JOIN booked_service b ON b.visit_id = v.id
WHERE v.status = 'completed' AND b.{column} IN (SELECT value FROM json_each(?)))"""
_IN_CATEGORY = """c.id IN (SELECT k.client_id FROM client_in_category k
WHERE k.category_id IN (SELECT value FROM json_each(?)))"""
_CAME_FROM = """(SELECT a.choice_id FROM answer a JOIN question q ON q.id = a.question_id
WHERE a.client_id = c.id AND q.code = ? ORDER BY a.at DESC, a.id DESC LIMIT 1)
IN (SELECT value FROM json_each(?))"""


def _ends(between: Between | Days | None, value: str, own: tuple[str, ...]) -> list[tuple[str, tuple[Any, ...]]]:
    if between is None:
        return []
    if isinstance(between, Days):
        first, last = (None if end is None else end.isoformat() for end in (between.first, between.last))
    else:
        first, last = between.at_least, between.at_most
    return [(f"{value} {sign} ?", (*own, end)) for sign, end in ((">=", first), ("<=", last)) if end is not None]


def _celebrated(soon: BirthdaySoon, today: date) -> list[str]:
    """The days of the year that come up, as a date ends; 29 February is celebrated on the 28th where it is none."""
    ahead = {BirthdaySoon.TODAY: 1, BirthdaySoon.WEEK: 7, BirthdaySoon.MONTH: 30}[soon]
    days = [today + timedelta(days=number) for number in range(ahead)]
    leap = [f"{day.month:02}-29" for day in days if (day.month, day.day) == (2, 28) and (day + timedelta(1)).day == 1]
    return [f"{day:%m-%d}" for day in days] + leap


def _json(values: object) -> str:
    return json.dumps(values)
