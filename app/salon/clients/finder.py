"""Finding a client while the phone is at the ear: any part of a phone, parts of the name in any order.

The index of the file (``client_search``) names the clients that have what was typed. Where it names too many to look
at each, their order is known beforehand: who comes today, then who was here last, and beside these whoever is due or
booked ahead. So every key is answered within a frame, and whoever is likeliest to call now stands first.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.models.connection import Database
from app.salon.clients import client_query, likelihood
from app.salon.clients.client_query import FEW, OPEN_CARDS, ClientQuery
from app.salon.clients.found_clients import FoundClient, Shown, lines_of, rows_of
from app.salon.clients.sought_parts import fills_a_place, in_order, match_of, phrases, sought

MOST = 12
"""How many clients a list under the search field shows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Who may be meant, the likeliest first, and how many more there are."""

    clients: tuple[FoundClient, ...]
    others: int | None = 0
    """So many more have what was typed; None: more, and nobody has counted them."""

    def without(self, client_id: int) -> "Answer":
        """The same without somebody who cannot be meant."""
        return replace(self, clients=tuple(one for one in self.clients if one.client_id != client_id))


@dataclass(frozen=True, slots=True)
class Condition:
    """Who is meant, as SQL over ``client c``: for a list that shows all of them in an order of its own."""

    sql: str
    params: tuple[Any, ...]


def find(
    database: Database, typed: str, today: date, most: int = MOST, *, hides_contacts: bool = False
) -> list[FoundClient]:
    """The clients of ``answer``."""
    return list(answer(database, typed, today, most, hides_contacts=hides_contacts).clients)


def answer(database: Database, typed: str, today: date, most: int = MOST, *, hides_contacts: bool = False) -> Answer:
    """The clients that ``typed`` may mean, the likeliest first; nothing typed: whoever was here lately.

    It is read as digits of a phone and as parts of a name in any order, in either keyboard layout and in Latin letters.
    Whom only a slip of a finger would explain comes last.

    ``hides_contacts``: whoever looks must not see whole numbers and addresses. Then digits find by the last four, which
    are shown, or by a whole number, and an address only as a whole: else it could be found out key by key.
    """
    wanted = sought(typed, hides_contacts=hides_contacts)
    asked = ClientQuery(database, today, most, hides_contacts=hides_contacts)
    # A number that is hidden ranks nobody: by their order its digits would be told.
    fitting = [part for part in wanted if not (hides_contacts and part.is_number)]
    sure = asked.seen(in_order(asked.sure(wanted), fitting), wanted, max(most, FEW))
    chosen = [one.client_id for one in sure[:most]]
    guesses: list[int] = []
    if wanted and len(sure) < (FEW if len(wanted) == 1 and not wanted[0].is_number else 1):
        near = [one for one in asked.near(wanted) if one.client_id not in chosen]
        near = asked.seen(in_order(near, ()), wanted, most - len(chosen), by_slip=True)
        guesses = [one.client_id for one in near[: most - len(chosen)]]
    shown = Shown(wanted, frozenset(guesses), hides_contacts)
    rows = rows_of(database, [*chosen, *guesses], today)
    return Answer(tuple(lines_of(database, rows, shown)), asked.others(len(sure), len(chosen)))


def learn(database: Database, today: date, *, hides_contacts: bool = False) -> bool:
    """Read, while nobody waits, a piece of what the next keys go by; False when there was nothing left to read.

    After somebody has written it takes longer than a key may; each piece takes a few milliseconds.
    """
    standing = likelihood.standing(database, today)
    return standing.learn() or (hides_contacts and standing.unended.look())


def condition(database: Database, typed: str, today: date, *, hides_contacts: bool = False) -> Condition:
    """Everybody whom ``typed`` may mean, by the rules of ``find``; nobody is left out, however many they are."""
    wanted = sought(typed, hides_contacts=hides_contacts)
    if not wanted:
        return Condition("1 = 1", ())
    asked = ClientQuery(database, today, client_query.CAP, hides_contacts=hides_contacts)
    whole = [part for part in wanted if fills_a_place(part)]
    sql, told = asked.compared([part for part in wanted if part not in whole or asked.is_hidden(part)])
    params: tuple[Any, ...] = tuple(told.values())
    if whole:
        sql = f"AND c.id IN (SELECT rowid FROM client_search WHERE client_search MATCH ?) {sql}"
        params = (match_of([phrases(part) for part in whole]), *params)
    sql = re.sub(r":\w+", "?", sql.removeprefix("AND "))
    unseen = asked.unseen(wanted, sql, params)
    if unseen:
        sql = f"({sql}) AND c.id NOT IN ({', '.join(map(str, unseen))})"
    if database.value(f"SELECT 1 FROM {OPEN_CARDS} WHERE {sql} LIMIT 1", params) is None:
        near = [one.client_id for one in asked.seen(asked.near(wanted), wanted, by_slip=True)]
        return Condition(f"c.id IN ({', '.join(map(str, near))})", ())
    return Condition(sql, params)
