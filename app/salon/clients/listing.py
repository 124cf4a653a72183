"""All clients in one list: who they are, when they came, when they come, what they paid.

A list of a hundred thousand is read in two steps: the numbers of all who are meant, in order, in one query; and the
lines that somebody looks at, by their numbers.
"""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.connection import Database
from app.salon.clients import finder, reasons, segments
from app.salon.clients.conditions import ANYBODY, Conditions
from app.salon.clients.reasons import Fact
from app.salon.clients.spelling import parts
from app.salon.clients.standing import CategoryMark


@dataclass(frozen=True, slots=True)
class ListedClient:
    """A line of the list. ``spent`` is minor units, products included."""

    client_id: int
    name: str
    phone: str
    """E.164, or empty."""
    last_visit: date | None
    next_visit: date | None
    visits: int
    """Dates with a completed visit."""
    spent: int
    has_alert: bool
    is_vip: bool = False
    do_not_book: bool = False
    """Whether the salon does not want to book them again."""
    categories: tuple[CategoryMark, ...] = ()
    found_by: tuple[Fact, ...] = ()
    """By what of the card what was typed found it, where neither the name nor the phone says it."""


class ListOrder(StrEnum):
    """By what the list is put into order."""

    NAME = "name"
    ALERT = "alert"
    PHONE = "phone"
    LAST_VISIT = "last_visit"
    NEXT_VISIT = "next_visit"
    VISITS = "visits"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Who is to be shown: whom the typed text may mean, and for whom the conditions hold; and in which order."""

    typed: str = ""
    conditions: Conditions = ANYBODY
    order: ListOrder = ListOrder.LAST_VISIT
    descending: bool = True
    hides_contacts: bool = False
    """Whether whoever looks must not see whole numbers and addresses, nor find them out."""

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out."""
        return not self.typed.strip() and self.conditions.is_empty

    @property
    def begins_soon(self) -> bool:
        """Whether ``beginning`` is there long before ``everybody``."""
        return self.is_everybody and self.order in _SOON


@dataclass(frozen=True, slots=True)
class Listed:
    """The clients who are meant, in order, what they paid together (minor units), and how many there are in all."""

    client_ids: "array[int]"
    spent: int
    everybody: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first clients of a list, in order, and how many there are in all."""

    client_ids: "array[int]"
    everybody: int


_COMING = "('booked', 'confirmed', 'arrived', 'in_service')"
_PHONE = """COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'
    ORDER BY p.is_preferred DESC, p.id LIMIT 1), '')"""
_ALERT = "EXISTS (SELECT 1 FROM alert a WHERE a.client_id = c.id AND a.archived_at IS NULL)"
_SOON = (ListOrder.LAST_VISIT, ListOrder.NAME, ListOrder.VISITS, ListOrder.SPENT)
_ORDERS = {  # whoever is alike in all of it stands by number, so that a part of the list is always the same part
    ListOrder.NAME: "c.search {way}",
    ListOrder.ALERT: f"{_ALERT} {{way}}, s.last_day DESC, c.search",
    ListOrder.PHONE: f"{_PHONE} {{way}}, c.search",
    ListOrder.LAST_VISIT: "s.last_day {way}, c.search",
    ListOrder.NEXT_VISIT: "n.day {way}, s.last_day DESC, c.search",
    ListOrder.VISITS: "s.visits {way}, c.search",
    ListOrder.SPENT: "s.spent {way}, c.search",
}
_BY_LAST_DIGITS = f"substr({_PHONE}, -{reasons.SHOWN_DIGITS}) {{way}}, c.search"
"""Where numbers are hidden their order must not tell what is hidden of them."""
_NEXT = f"""LEFT JOIN (SELECT client_id, MIN(day) AS day FROM visit WHERE day >= ? AND client_id IS NOT NULL
AND status IN {_COMING} GROUP BY client_id) n ON n.client_id = c.id"""
_LINES = f"""
SELECT c.id, c.name, {_PHONE}, s.last_day,
    (SELECT MIN(v.day) FROM visit v WHERE v.client_id = c.id AND v.day >= ? AND v.status IN {_COMING}),
    s.visits, s.spent, {_ALERT}, c.is_vip, c.do_not_book_reason <> '',
    (SELECT json_group_array(json_array(k.id, k.name, k.colour)) FROM (
        SELECT k.id, k.name, k.colour FROM client_in_category x JOIN client_category k ON k.id = x.category_id
        WHERE x.client_id = c.id AND k.archived_at IS NULL ORDER BY k.position, k.id) k)
    {{facts}}
FROM client c JOIN client_rhythm s ON s.client_id = c.id WHERE c.id IN (SELECT value FROM json_each(?))
"""


def everybody(database: Database, query: ListQuery, today: date) -> Listed:
    """The numbers of all who are meant, in order, and their sum: one query over the clients."""
    rows = _in_order(database, query, today)
    count = len(rows) if query.is_everybody else _how_many(database)
    return Listed(array("q", [row[0] for row in rows]), sum(row[1] for row in rows), count)


def beginning(database: Database, query: ListQuery, today: date, most: int) -> Beginning:
    """Where ``everybody`` begins, its first ``most``: there long before the rest, because an index names them."""
    rows = _in_order(database, query, today, most)
    return Beginning(array("q", [row[0] for row in rows]), _how_many(database))


def _in_order(database: Database, query: ListQuery, today: date, most: int = -1) -> list[tuple[int, int]]:
    """Number and spent of those who are meant; -1: of all of them."""
    meant = finder.condition(database, query.typed, today, hides_contacts=query.hides_contacts)
    held, params = segments.where(query.conditions, today)
    has_next = query.order is ListOrder.NEXT_VISIT
    is_hidden = query.hides_contacts and query.order is ListOrder.PHONE
    order = (_BY_LAST_DIGITS if is_hidden else _ORDERS[query.order]).format(way="DESC" if query.descending else "ASC")
    return database.rows(
        f"SELECT s.client_id, s.spent FROM client_rhythm s JOIN client c ON c.id = s.client_id "
        f"{_NEXT if has_next else ''} WHERE ({meant.sql}) AND {held} ORDER BY {order}, s.client_id LIMIT ?",
        ((today.isoformat(),) if has_next else ()) + (*meant.params, *params, most),
    )


def _how_many(database: Database) -> int:
    return int(database.value("SELECT COUNT(*) FROM client_rhythm"))


def lines(
    database: Database, client_ids: Sequence[int], today: date, query: ListQuery | None = None
) -> list[ListedClient]:
    """The lines of these clients, in the order of their numbers; a card that is gone meanwhile is left out.

    What is typed in ``query`` tells by what each was found.
    """
    wanted = parts(query.typed) if query else []
    text = _LINES.format(facts=f", {reasons.FACTS}" if wanted else "")
    rows = database.rows(text, (today.isoformat(), json.dumps(list(client_ids))))
    told = [reasons.Asked(row[0], row[1], row[2], *row[11:]) for row in rows if wanted]
    why = reasons.why(database, wanted, told, hides_contacts=query is not None and query.hides_contacts)
    found: dict[int, ListedClient] = {}
    for client_id, name, phone, last, coming, visits, spent, has_alert, is_vip, do_not_book, marks, *_facts in rows:
        categories = tuple(CategoryMark(*mark) for mark in json.loads(marks))
        found[client_id] = ListedClient(
            client_id,
            name,
            phone,
            _day(last),
            _day(coming),
            visits,
            spent,
            bool(has_alert),
            bool(is_vip),
            bool(do_not_book),
            categories,
            why.get(client_id, ()),
        )
    return [found[client_id] for client_id in client_ids if client_id in found]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
