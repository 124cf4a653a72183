"""Reading the ten years: a day, free places, the client search, each beside its bare SQL."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from app.models.connection import Database
from app.models.opening import open_existing
from app.salon.catalogue import services
from app.salon.clients import finder
from app.salon.scheduling import agenda, free_places
from app.salon.scheduling.free_places import PlaceSearch
from tests.benchmarks import many_clients, ten_years
from tests.benchmarks.measuring import in_turn, told

DAY = """
SELECT b.*, v.*, s.name, c.name FROM booked_service b JOIN visit v ON v.id = b.visit_id JOIN service s
ON s.id = b.service_id LEFT JOIN client c ON c.id = v.client_id WHERE b.starts_at >= ? AND b.starts_at < ?
"""
_TAKEN = """
SELECT staff_id, starts_at, ends_at FROM occupancy WHERE staff_id = ? AND starts_at >= ? AND starts_at < ?
ORDER BY starts_at
"""
_LIKE = "SELECT id, name FROM client WHERE search LIKE ? ORDER BY name LIMIT 12"
_KEYS = str.maketrans("ёйцукенгшщзхъфывапролджэячсмитьбю", "`qwertyuiop[]asdfghjkl;'zxcvbnm,.")
_LETTERS = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)
_OPENS, _CLOSES, _QUARTER = 9 * 60, 21 * 60, 15


def day(folder: Path) -> None:
    """Days of ten years in no order."""
    path = ten_years.file(folder)
    database, plain = open_existing(path), ten_years.bare(path)
    rng = Random(1)
    days = [ten_years.TODAY - timedelta(days=rng.randrange(3600)) for _ in range(300)]
    mine, bare = in_turn(
        [lambda one=one: agenda.of_day(database, one) for one in days],
        [lambda one=one: plain.execute(DAY, (f"{one} 00:00", f"{one} 24:00")).fetchall() for one in days],
    )
    told("reading a day of 274 services beside the bare SQL", mine, bare)
    plain.close()
    database.close()


def places(folder: Path) -> None:
    """Free places for one service with all twelve masters in 30 days."""
    path = ten_years.file(folder)
    database, plain = open_existing(path), ten_years.bare(path)
    wanted = free_places.wanted(next(one for one in services.offered(database) if one.service_id == 1))
    masters = wanted.masters
    minutes = wanted.lengths.total
    found: list[int] = []

    def mine() -> None:
        search = PlaceSearch((wanted,), ten_years.TODAY)
        found.append(
            len(
                free_places.find(database, search, not_before=ten_years.NOW, step_minutes=_QUARTER, zone=ten_years.ZONE)
            )
        )

    def bare() -> None:
        swept = sweep(plain, masters, ten_years.TODAY, free_places.USUAL_DAYS, minutes)
        found.append(sum(1 for _staff, one, minute in swept if one > ten_years.TODAY or minute >= 11 * 60 + 12))

    mine()
    bare()
    if found[0] != found[1]:
        raise AssertionError(f"{found[0]} places, {found[1]} by the bare query")
    times = in_turn([mine] * 60, [bare] * 60)
    told(f"free places, 12 masters, 30 days ({found[0]} found), beside the floor query", *times, line="2 ×")
    plain.close()
    database.close()


def sweep(
    plain: sqlite3.Connection, masters: Sequence[int], first: date, days: int, minutes: int
) -> list[tuple[int, date, int]]:
    """The bare form of the search: a query a master, and the starts of the grid between what is taken."""
    found: list[tuple[int, date, int]] = []
    last = first + timedelta(days=days)
    for staff in masters:
        taken: dict[str, list[tuple[int, int]]] = {}
        for _, starts, ends in plain.execute(_TAKEN, (staff, f"{first} 00:00", f"{last} 00:00")):
            begins = int(starts[11:13]) * 60 + int(starts[14:16])
            taken.setdefault(starts[:10], []).append((begins, int(ends[11:13]) * 60 + int(ends[14:16])))
        for ahead in range(days):
            one = first + timedelta(days=ahead)
            minute = _OPENS
            for begins, ends in [*taken.get(one.isoformat(), ()), (_CLOSES, _CLOSES)]:
                while minute + minutes <= begins:
                    found.append((staff, one, minute))
                    minute += _QUARTER
                minute = max(minute, ends + -ends % _QUARTER)
    return found


def search(folder: Path) -> None:
    """Each key of the client search among 100,000 clients, as people type: names, phones, layouts, slips."""
    path = many_clients.file(folder)
    database, plain = open_existing(path), ten_years.bare(path)
    keys = _keystrokes(plain, Random(4))
    while finder.learn(database, many_clients.TODAY):
        pass  # as the search field does it while nobody types
    mine, bare = in_turn(
        [lambda part=part: finder.find(database, part, many_clients.TODAY) for part in keys],
        [lambda part=part: plain.execute(_LIKE, (f"%{part}%",)).fetchall() for part in keys],
    )
    told(f"each of {len(keys)} keys of the search, 100,000 clients, beside a bare LIKE", mine, bare, "p99 16 ms")
    while finder.learn(database, many_clients.TODAY, hides_contacts=True):
        pass
    mine, bare = in_turn(
        [lambda part=part: finder.find(database, part, many_clients.TODAY, hides_contacts=True) for part in keys],
        [lambda part=part: plain.execute(_LIKE, (f"%{part}%",)).fetchall() for part in keys],
    )
    told("the same keys where contacts are hidden", mine, bare, "p99 16 ms")
    told("a client of 100,000 before anything is typed, beside a bare LIKE", *_untyped(database, plain), line="16 ms")
    plain.close()
    database.close()


def _untyped(database: Database, plain: sqlite3.Connection) -> tuple[list[float], list[float]]:
    return in_turn(
        [lambda: finder.find(database, "", many_clients.TODAY)] * 100,
        [lambda: plain.execute(_LIKE, ("%",)).fetchall()] * 100,
    )


def _keystrokes(plain: sqlite3.Connection, rng: Random) -> list[str]:
    """What stands in the field after each key, for people picked at random and each way of typing them."""
    text = "SELECT c.name, p.value FROM client c JOIN contact_point p ON p.client_id = c.id WHERE c.id = ?"
    keys = ["", "\u044a\u044a", "xyz", "9", "00", "%", "а а", "анна 9", "анна 67"]
    ways = 7
    for number in range(ways * 8):
        row = plain.execute(text, (rng.randrange(1, many_clients.CLIENTS),)).fetchone()
        if row is None:
            continue
        words = row[0].lower().split()
        name = " ".join(rng.choice((words, words[::-1], words[:1], words[-1:])))
        slip = rng.randrange(1, len(name))
        typed = (
            name,
            name.translate(_KEYS),
            name.translate(_LETTERS),
            f"8{row[1][2:]}",
            row[1][2:],
            row[1][-4:],
            name[:slip] + rng.choice("аоеин") + name[slip + 1 :],
        )[number % ways]
        keys += [typed[:end] for end in range(1, len(typed) + 1)]
    return keys
