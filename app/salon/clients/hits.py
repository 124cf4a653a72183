"""Whom the search index names, and what of its last answers the next key can go by.

Most keys make what was typed longer: then whoever is meant now was meant before, and the few who were named then are
looked at again instead of asking the index.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.connection import Database
from app.salon.clients.slips import Piece, Place

Needles = Sequence[Sequence[str]]
"""Of each of these one stands in the text of whoever is meant."""

_REMEMBERED = 6
"""So many answers: those of the last two or three keys."""
_FEW = 250
"""So many texts are read sooner than the index answers."""
_IDS = """
SELECT group_concat(rowid) FROM (SELECT rowid FROM client_search WHERE client_search MATCH ? LIMIT ?)
"""
"""SQL: told in one piece, because a row for each takes longer than finding them."""
_TEXTS = "SELECT id, search FROM client WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"


class Hits:
    """The index as it answers while nobody writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._answers: list[_Answer] = []

    def of(self, needles: Needles, most: int) -> list[int]:
        """Who has one of each of ``needles``, of three characters at least; no more than ``most`` are named."""
        for known in self._answers:
            if known.needles == needles and known.most == most:
                return known.ids
        ids = self._among_the_last(needles)
        if ids is None:
            told = self._database.value(_IDS, (matching([[(text,) for text in choice] for choice in needles]), most))
            ids = [] if told is None else list(map(int, told.split(",")))
        self._answers = [_Answer(needles, most, ids), *self._answers[: _REMEMBERED - 1]]
        return ids

    def _among_the_last(self, needles: Needles) -> list[int] | None:
        for known in self._answers:
            if len(known.ids) < min(known.most, _FEW) and _is_narrower(needles, known.needles):
                if known.texts is None:
                    known.texts = self._database.rows(_TEXTS, (json.dumps(known.ids),))
                return [one for one, held in known.texts if has(held, needles)]
        return None


@dataclass(slots=True)
class _Answer:
    needles: Needles
    most: int
    ids: list[int]
    texts: list[tuple[Any, ...]] | None = None
    """Who was named, with their texts: read when they are first looked at again."""


def _is_narrower(needles: Needles, known: Needles) -> bool:
    """Whether whoever has ``needles`` has the ``known`` ones too."""
    return all(
        any(all(any(piece in text for piece in before) for text in choice) for choice in needles) for before in known
    )


def has(held: str, needles: Needles) -> bool:
    """Whether ``held`` has one of each of ``needles``."""
    return all(any(text in held for text in choice) for choice in needles)


def matching(choices: Iterable[Sequence[Place]]) -> str:
    """The question to the index: of each choice one place, and of that all pieces."""
    return " AND ".join(
        "(" + " OR ".join("(" + " AND ".join(map(_asked_for, one)) + ")" for one in dict.fromkeys(choice)) + ")"
        for choice in choices
    )


def _asked_for(piece: Piece) -> str:
    return quoted(piece) if isinstance(piece, str) else "(" + " OR ".join(map(quoted, piece)) + ")"


def quoted(text: str) -> str:
    """``text`` as the index is asked for it."""
    return '"' + text.replace('"', '""') + '"'
