"""A full day of one master: services, pauses and a rest, packed into the opening hours. Pure; minutes of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from app.salon.scheduling.intervals import Lengths

QUARTER = 15
REST = 30
_STAYS_FOR_MORE = 0.18


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that a master of the large salon does. ``price`` in minor units, as of today."""

    service: int
    lengths: Lengths
    price: int
    checklist: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One service of the day, from the minute ``start`` on; ``is_joined``: the client of the one before stays."""

    start: int
    offer: Offer
    is_joined: bool


def packed(
    offers: Sequence[Offer], shares: Sequence[float], count: int, opens: int, closes: int, rng: Random
) -> tuple[list[Slot], int]:
    """``count`` services between ``opens`` and ``closes`` by the cumulative ``shares`` of ``offers``, and the rest.

    The shortest offer comes first. A service of the gap's length goes into the gap of the one before.
    """
    drawn = rng.choices(offers, cum_weights=shares, k=count)
    lengths = [one.lengths.total for one in drawn]
    room = closes - opens - REST
    while sum(lengths) > room:
        longest = lengths.index(max(lengths))
        drawn[longest], lengths[longest] = offers[0], offers[0].lengths.total
    pauses = [0] * (count + 1)
    for _ in range((room - sum(lengths)) // QUARTER):
        pauses[rng.randrange(count + 1)] += QUARTER
    rest_before = count // 2
    slots: list[Slot] = []
    minute, rest, free_from = opens, opens, -1
    for number, offer in enumerate(drawn):
        if free_from >= 0 and offer.lengths.total == drawn[number - 1].lengths.gap and number != rest_before:
            slots.append(Slot(free_from, offer, is_joined=False))
            free_from = -1
            continue
        if number == rest_before:
            rest = minute
            minute += REST
        minute += pauses[number]
        follows = bool(slots) and slots[-1].start + slots[-1].offer.lengths.total == minute
        slots.append(Slot(minute, offer, is_joined=follows and rng.random() < _STAYS_FOR_MORE))
        free_from = minute + offer.lengths.working if offer.lengths.gap else -1
        minute += offer.lengths.total
    return slots, rest
