"""Formulas and photos of the sample salon: on the cards of those who have their hair coloured."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from app.models.kept import read_wall
from app.salon.clients import files, formulas, mixtures
from app.salon.clients.formulas import Recipe
from app.salon.exchange.sample import drawn_hair
from app.salon.exchange.sample.drawn_hair import Colour
from app.salon.transaction import Salon, carry_out
from app.vocabulary import Language, PhotoMoment

_WITH_FORMULAS, _VISITS_EACH = 14, 3
_PAIRS = (2, 1, 1)
"""So many visits with photos each of the first clients has."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A recipe as a colourist writes it, in both languages."""

    title: tuple[str, str]
    mixture: str
    text: tuple[str, str]

    def recipe(self, language: Language) -> Recipe:
        """In the language of the sample."""
        spoken = 0 if language is Language.RUSSIAN else 1
        return Recipe(self.title[spoken], mixtures.read(self.mixture), self.text[spoken])


_ROOTS = ("Корни", "Roots")
_TONING = ("Тонирование", "Toning")
_LIGHTER = ("Осветление", "Lightening")
_LENGTH = ("По всей длине", "Full length")
_RECIPES = (
    (
        _Written(
            _ROOTS, "30 г 7.1 + 15 г 8.0 + 45 мл 6%", ("35 минут, седина закрыта", "35 minutes, all grey covered")
        ),
        _Written(_ROOTS, "30 г 7.1 + 45 мл 6%", ("35 минут; у висков слабее", "35 minutes; weaker at the temples")),
    ),
    (
        _Written(
            _TONING, "20 г 9.12 + 10 г 10.81 + 60 мл 1,9%", ("15 минут на влажные волосы", "15 minutes on damp hair")
        ),
        _Written(_TONING, "30 г 9.12 + 60 мл 1,9%", ("15 минут, чуть пепельнее", "15 minutes, a little too ashy")),
    ),
    (
        _Written(
            _LIGHTER,
            "40 г Blond + 80 мл 4% + 4 мл Olaplex №1",
            ("45 минут под фольгой, до тона 9", "45 minutes in foil, to level 9"),
        ),
        _Written(
            _LIGHTER, "40 г Blond + 80 мл 6%", ("40 минут, концы ломкие: брать 4%", "40 minutes; brittle ends, take 4%")
        ),
    ),
    (
        _Written(
            _LENGTH, "60 г 6.35 + 90 мл 3%", ("Корни 20 минут, длина ещё 15", "Roots 20 minutes, lengths 15 more")
        ),
        _Written(_LENGTH, "50 г 6.35 + 10 г 7.43 + 90 мл 3%", ("Теплее, чем раньше", "Warmer than before")),
    ),
)

_Length = Sequence[tuple[float, Colour]]
_LOOKS: tuple[tuple[_Length, _Length], ...] = (
    (
        ((0, (58, 44, 36)), (0.18, (92, 66, 46)), (0.3, (196, 150, 96)), (1, (214, 176, 120))),
        ((0, (150, 116, 78)), (0.3, (206, 172, 120)), (1, (232, 206, 160))),
    ),
    (((0, (112, 92, 80)), (0.2, (96, 62, 44)), (1, (120, 76, 50))), ((0, (96, 56, 36)), (1, (136, 78, 46)))),
    (((0, (44, 36, 32)), (0.25, (86, 58, 44)), (1, (150, 96, 62))), ((0, (84, 34, 30)), (1, (150, 58, 44)))),
)
"""The hair before and after, from the roots to the tips."""

_COLOURED = """
SELECT v.client_id, v.id, b.id, b.starts_at, b.ends_at,
       EXISTS (SELECT 1 FROM visit n WHERE n.client_id = v.client_id AND n.day = ? AND n.status <> 'cancelled')
FROM booked_service b JOIN visit v ON v.id = b.visit_id
WHERE v.client_id IS NOT NULL AND v.status = 'completed' AND v.day < ?
  AND b.service_id IN (SELECT value FROM json_each(?))
ORDER BY v.day DESC, v.id DESC
"""
COLOURING = ("roots", "toning", "full_colour", "highlights", "airtouch")
"""The services of the price list that need a formula, by key."""


def add_works(at: Callable[[datetime], Salon], now: datetime, services: Sequence[int], language: Language) -> None:
    """Write down how the hair of some clients was coloured, and keep photos of a few; those who come today first.

    ``at`` gives the salon as it stood at a wall time; ``services`` are the ids of ``COLOURING``.
    """
    database, today = at(now).database, now.date().isoformat()
    visits: dict[int, list[tuple[int, int, datetime, datetime]]] = {}
    coming: set[int] = set()
    rows = database.rows(_COLOURED, (today, today, f"[{','.join(map(str, services))}]"))
    for client, visit, booked, starts, ends, comes_today in rows:
        visits.setdefault(client, []).append((visit, booked, read_wall(starts), read_wall(ends)))
        if comes_today:
            coming.add(client)
    clients = sorted(visits, key=lambda client: (client not in coming, -len(visits[client]), client))
    for number, client in enumerate(clients[:_WITH_FORMULAS]):
        recipes = _RECIPES[number % len(_RECIPES)]
        for back, (visit, booked, _starts, ends) in enumerate(reversed(visits[client][:_VISITS_EACH])):
            recipe = recipes[back % 2 == 0].recipe(language)
            carry_out(at(ends), formulas.write, client, visit, recipe, booked)
    for number, (client, pairs) in enumerate(zip(clients, _PAIRS, strict=False)):
        for back, (visit, _booked, starts, ends) in enumerate(visits[client][:pairs]):
            before, after = _photos(number, back)
            _keep(at(starts + timedelta(minutes=5)), client, visit, before, PhotoMoment.BEFORE)
            _keep(at(ends), client, visit, after, PhotoMoment.AFTER)


def _keep(salon: Salon, client: int, visit: int, photo: bytes, moment: PhotoMoment) -> None:
    token = hashlib.sha256(f"{visit} {moment}".encode()).hexdigest()[:32]
    taken = files.take_in_content(salon.database, photo, _camera_name(visit, moment), token=token)
    carry_out(salon, files.keep, client, [taken], visit, moment)


def _camera_name(visit: int, moment: PhotoMoment) -> str:
    return f"IMG_{2000 + visit % 8000 + (moment is PhotoMoment.AFTER)}.png"


@cache
def _photos(look: int, back: int) -> tuple[bytes, bytes]:
    before, after = _LOOKS[look % len(_LOOKS)]
    seed = 10 * look + back
    return drawn_hair.photo(before, seed, gloss=0.1), drawn_hair.photo(after, seed + 5, gloss=0.8)
