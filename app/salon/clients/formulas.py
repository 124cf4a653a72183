"""How the work was done, visit by visit: what was mixed, how it was applied, and doing it again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from app import models
from app.errors import FormulaEmpty, Gone
from app.models.connection import Database
from app.models.kept import read_instant
from app.salon.clients.mixtures import Part
from app.salon.transaction import Work
from app.salon.typed import text as typed_text
from app.vocabulary import Action, MaterialUnit

LONGEST_TITLE = 120
MOST_SUGGESTED = 400


@dataclass(frozen=True, slots=True)
class Recipe:
    """What somebody writes down: what it is for, what was mixed, how it was applied and how it turned out."""

    title: str = ""
    parts: tuple[Part, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A recipe on a card. ``day`` is the salon's date of its visit, or of its writing."""

    formula_id: int
    client_id: int
    visit_id: int | None
    day: date
    recipe: Recipe
    master: str
    """Who did the service; empty when that is not known."""
    at: datetime
    actor: str


# ---- acts ----------------------------------------------------------------------------------------------------


def write(work: Work, client_id: int, visit_id: int | None, recipe: Recipe, booked_id: int | None = None) -> int:
    """Write a formula down, for a visit or without one; returns its id.

    ``booked_id`` is the service of the visit that was done by it; without it the first one counts. Raises
    FormulaEmpty, TextTooLong, Gone.
    """
    checked = _checked(recipe)
    booked, staff = _service_of(work.database, client_id, visit_id, booked_id)
    work.tell(Action.FORMULA_KEPT, client=client_id, visit=visit_id)
    formula_id = work.insert(
        models.Formula,
        client=client_id,
        visit=visit_id,
        booked_service=booked,
        staff=staff,
        title=checked.title,
        text=checked.text,
        at=work.now,
        actor=work.salon.actor,
    )
    _add_parts(work, client_id, formula_id, checked.parts)
    return formula_id


def change(work: Work, client_id: int, formula_id: int, recipe: Recipe) -> None:
    """Write a formula down otherwise. Raises FormulaEmpty, TextTooLong, Gone."""
    checked = _checked(recipe)
    before = _read_one(work.database, client_id, formula_id)
    work.tell(Action.FORMULA_KEPT, client=client_id, visit=before.visit_id)
    work.update(models.Formula, formula_id, title=checked.title, text=checked.text)
    if checked.parts != before.recipe.parts:
        for (part_id,) in work.database.rows("SELECT id FROM formula_part WHERE formula_id = ?", (formula_id,)):
            work.delete(models.FormulaPart, part_id)
        _add_parts(work, client_id, formula_id, checked.parts)


def put_away(work: Work, client_id: int, formula_id: int) -> None:
    """Take a formula off the card; it is archived. Raises Gone."""
    before = _read_one(work.database, client_id, formula_id)
    work.tell(Action.FORMULA_REMOVED, client=client_id, visit=before.visit_id)
    work.update(models.Formula, formula_id, archived_at=work.now)


def repeat(work: Work, client_id: int, formula_id: int, visit_id: int | None) -> int:
    """Copy a formula into another visit, where it can be changed; returns the new one's id. Raises Gone.

    In the visit it belongs to the same service as before, if that is among its services.
    """
    before = _read_one(work.database, client_id, formula_id)
    booked = work.database.value(
        """
        SELECT b.id FROM formula f JOIN booked_service a ON a.id = f.booked_service_id
        JOIN booked_service b ON b.visit_id = ? AND b.service_id = a.service_id
        WHERE f.id = ? ORDER BY b.position, b.id
        """,
        (visit_id, formula_id),
    )
    return write(work, client_id, visit_id, before.recipe, booked)


def _checked(recipe: Recipe) -> Recipe:
    title = " ".join(typed_text(recipe.title, LONGEST_TITLE).split())
    checked = replace(recipe, title=title, text=typed_text(recipe.text))
    if not checked.parts and not checked.text:
        raise FormulaEmpty
    return checked


def _service_of(
    database: Database, client_id: int, visit_id: int | None, booked_id: int | None
) -> tuple[int | None, int | None]:
    """The booked service that a formula belongs to, and who does it."""
    if visit_id is None:
        return None, None
    rows = database.rows(
        """
        SELECT b.id, b.staff_id FROM visit v JOIN booked_service b ON b.visit_id = v.id
        WHERE v.id = ? AND v.client_id = ? ORDER BY b.id = ? DESC, b.starts_at, b.position, b.id
        """,
        (visit_id, client_id, booked_id or 0),
    )
    if not rows:
        raise Gone
    return rows[0]


def _add_parts(work: Work, client_id: int, formula_id: int, parts: Sequence[Part]) -> None:
    work.notes.clients.add(client_id)
    for position, part in enumerate(parts):
        work.insert(
            models.FormulaPart,
            formula=formula_id,
            material=part.material,
            amount_thousandths=part.thousandths,
            unit=part.unit,
            position=position,
        )


# ---- reading -------------------------------------------------------------------------------------------------

_FORMULAS = """
SELECT f.id, f.client_id, f.visit_id, COALESCE(v.day, substr(f.at, 1, 10)) AS done, f.title, f.text,
       COALESCE(m.name, ''), f.at, f.actor
FROM formula f
LEFT JOIN visit v ON v.id = f.visit_id
LEFT JOIN staff_member m ON m.id = f.staff_id
"""


def of_client(database: Database, client_id: int) -> tuple[Formula, ...]:
    """The formulas of a card, the newest visit first. Two queries."""
    rows = database.rows(
        f"{_FORMULAS} WHERE f.client_id = ? AND f.archived_at IS NULL ORDER BY done DESC, f.id DESC", (client_id,)
    )
    return _with_parts(database, rows)


def latest(database: Database, client_id: int) -> Formula | None:
    """The formula of last time. Two queries."""
    rows = database.rows(
        f"{_FORMULAS} WHERE f.client_id = ? AND f.archived_at IS NULL ORDER BY done DESC, f.id DESC LIMIT 1",
        (client_id,),
    )
    return next(iter(_with_parts(database, rows)), None)


def latest_of(database: Database, wanted: Sequence[tuple[int, int]], until: date) -> dict[tuple[int, int], Formula]:
    """The formula of last time of each wanted client and category of services, not after ``until``.

    One that belongs to no service counts for every category. Three queries, however many clients.
    """
    rows = database.rows(
        """
        SELECT json_extract(asked.value, '$[0]'), json_extract(asked.value, '$[1]'),
               (SELECT f.id FROM formula f
                LEFT JOIN visit v ON v.id = f.visit_id
                LEFT JOIN booked_service b ON b.id = f.booked_service_id
                LEFT JOIN service s ON s.id = b.service_id
                WHERE f.client_id = json_extract(asked.value, '$[0]') AND f.archived_at IS NULL
                  AND COALESCE(v.day, substr(f.at, 1, 10)) <= ?
                  AND COALESCE(s.category_id, json_extract(asked.value, '$[1]')) = json_extract(asked.value, '$[1]')
                ORDER BY COALESCE(v.day, substr(f.at, 1, 10)) DESC, f.id DESC LIMIT 1)
        FROM json_each(?) asked
        """,
        (until.isoformat(), json.dumps(sorted(set(wanted)))),
    )
    ids = json.dumps([row[2] for row in rows if row[2] is not None])
    found = _with_parts(database, database.rows(f"{_FORMULAS} WHERE f.id IN (SELECT value FROM json_each(?))", (ids,)))
    by_id = {one.formula_id: one for one in found}
    return {(client, category): by_id[one] for client, category, one in rows if one is not None}


def materials_used(database: Database) -> list[str]:
    """The materials that were used before, the usual ones first: whoever types one has it completed."""
    rows = database.rows(
        "SELECT material FROM formula_part GROUP BY material ORDER BY COUNT(*) DESC, MAX(id) DESC LIMIT ?",
        (MOST_SUGGESTED,),
    )
    return [row[0] for row in rows]


def _read_one(database: Database, client_id: int, formula_id: int) -> Formula:
    """A formula of this client. Raises Gone."""
    rows = database.rows(f"{_FORMULAS} WHERE f.id = ? AND f.client_id = ?", (formula_id, client_id))
    if not rows:
        raise Gone
    return _with_parts(database, rows)[0]


def _with_parts(database: Database, rows: Sequence[tuple[object, ...]]) -> tuple[Formula, ...]:
    found = database.rows(
        """
        SELECT formula_id, material, amount_thousandths, unit FROM formula_part
        WHERE formula_id IN (SELECT value FROM json_each(?)) ORDER BY formula_id, position, id
        """,
        (json.dumps([row[0] for row in rows]),),
    )
    parts = {
        formula_id: tuple(Part(material, amount, MaterialUnit(unit)) for _f, material, amount, unit in mine)
        for formula_id, mine in groupby(found, key=lambda row: row[0])
    }
    return tuple(_formula(row, parts.get(row[0], ())) for row in rows)


def _formula(row: tuple[object, ...], parts: tuple[Part, ...]) -> Formula:
    formula_id, client_id, visit_id, day, title, text, master, at, actor = row
    return Formula(
        int(str(formula_id)),
        int(str(client_id)),
        None if visit_id is None else int(str(visit_id)),
        date.fromisoformat(str(day)),
        Recipe(str(title), parts, str(text)),
        str(master),
        read_instant(str(at)),
        str(actor),
    )
