"""Price lists and checklists that the program ships, to begin with and to change: one file a trade."""

import tomllib
from dataclasses import dataclass
from typing import Any

from app.paths import resources
from app.salon.scheduling.intervals import Lengths
from app.vocabulary import Language, Stage

TRADES = ("nails", "hair", "brows_and_lashes")
"""The price lists by file, in the order in which they are offered."""
_MINOR_IN_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Category:
    """A family of services: its colour on the calendar and its checklist."""

    name: str
    colour: int
    checklist: str


@dataclass(frozen=True, slots=True)
class PricedService:
    """A line of the price list. ``price`` in minor units, ``category`` counts from 0."""

    key: str
    code: str
    name: str
    category: int
    checklist: str
    lengths: Lengths
    price: int
    interval_days: int | None


@dataclass(frozen=True, slots=True)
class ListedStep:
    """A step of a checklist."""

    stage: Stage
    text: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist by name."""

    name: str
    steps: tuple[ListedStep, ...]


@dataclass(frozen=True, slots=True)
class PriceList:
    """Everything the salon offers, with its checklists by key."""

    categories: tuple[Category, ...]
    services: dict[str, PricedService]
    checklists: dict[str, Checklist]


def read(language: Language, trades: tuple[str, ...] = TRADES) -> PriceList:
    """The price lists of ``trades`` in ``language``, one after the other, with the checklists they need."""
    categories: list[Category] = []
    services: dict[str, PricedService] = {}
    for trade in trades:
        for entry in toml(f"price_lists/{trade}.toml")["categories"]:
            family = Category(entry["name"][language.value], entry["colour"], entry["checklist"])
            for line in entry["services"]:
                services[line["key"]] = _service(line, language, len(categories), family.checklist)
            categories.append(family)
    lists = {family.checklist: _checklist(family.checklist, language) for family in categories}
    return PriceList(tuple(categories), services, lists)


def trade_name(trade: str, language: Language) -> str:
    """What a price list is called."""
    return str(toml(f"price_lists/{trade}.toml")["name"][language.value])


def toml(name: str) -> dict[str, Any]:
    """A file of the resources."""
    return tomllib.loads((resources() / name).read_text(encoding="utf-8"))


def _service(line: dict[str, Any], language: Language, category: int, checklist: str) -> PricedService:
    return PricedService(
        key=line["key"],
        code=line["code"],
        name=line[language.value],
        category=category,
        checklist=checklist,
        lengths=Lengths(line["working"], line.get("gap", 0), line.get("finishing", 0)),
        price=line["price"] * _MINOR_IN_WHOLE,
        interval_days=line.get("interval"),
    )


def _checklist(key: str, language: Language) -> Checklist:
    read_list = toml(f"checklists/{key}.toml")
    steps = tuple(
        ListedStep(Stage(step["stage"]), step[language.value], bool(step.get("required")))
        for step in read_list["steps"]
    )
    return Checklist(read_list["name"][language.value], steps)
