"""What the sample is made of, read from the resources in one language: price lists, checklists, people, phrases."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.salon.catalogue import price_lists
from app.salon.catalogue.price_lists import TRADES, PriceList, toml
from app.salon.exchange.sample.spelling import latin
from app.vocabulary import AlertKind, Language, RoomKind

_MINOR_IN_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Master:
    """A master of the sample with their rota. Hours are minutes of the day; days off are weekdays (0 is Monday)."""

    key: str
    name: str
    title: str
    rota: str
    days_off: tuple[tuple[int, ...], ...]
    offset: int
    opens: int
    closes: int
    rest: tuple[int, int]
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the office: ``role`` is "administrator" or "owner"."""

    name: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class Place:
    """A room or a chair and the services, by key, for which it is fit."""

    name: str
    kind: RoomKind
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class Product:
    """Something sold over the counter after a service of ``checklist``; ``price`` in minor units."""

    name: str
    price: int
    checklist: str


@dataclass(frozen=True, slots=True)
class WrittenAlert:
    """An alert as it stands on a card."""

    kind: AlertKind
    text: str


class Material:
    """The resources of the sample in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._salon = toml("sample/salon.toml")
        self._people = toml("sample/people.toml")
        self.script: list[dict[str, Any]] = toml("sample/today.toml")["visits"]
        """The visits of the day that the pictures show, as today.toml writes them."""

        remembered = toml("sample/remembered.toml")
        self.owed: list[dict[str, Any]] = remembered["owed"]["lines"]
        """What is owed to further clients, one line a client."""
        self.remembered: list[list[dict[str, Any]]] = [card["lines"] for card in remembered["cards"]]
        """What stands on cards, card by card."""

    def said(self, entry: dict[str, str]) -> str:
        """The text of ``entry`` in the sample's language."""
        return entry[self.language.value]

    def named(self, entry: dict[str, Any]) -> str:
        """The name of ``entry``: as it is written for the language, or spelt by rule."""
        return str(entry.get(self.language.value) or self.spelt(entry["ru"]))

    def spelt(self, name: str) -> str:
        """A Russian ``name`` in the letters of the sample's language."""
        return name if self.language is Language.RUSSIAN else latin(name, self._people["english"])

    # ---- the salon -----------------------------------------------------------------------------------------

    @property
    def salon_name(self) -> str:
        """What the salon is called."""
        return self.said(self._salon["name"])

    @property
    def source(self) -> str:
        """How the journal names where everything came from."""
        return self.said(self._salon["source"])

    @cached_property
    def price_list(self) -> PriceList:
        """The price lists of all families, one after the other."""
        return price_lists.read(self.language)

    @cached_property
    def masters(self) -> tuple[Master, ...]:
        """The masters, in the order of the calendar."""
        categories = self._services_of_categories
        return tuple(
            Master(
                key=one["key"],
                name=self.named(one),
                title=self.said(one["title"]),
                rota=one["rota"],
                days_off=tuple(tuple(days) for days in one.get("days_off", [])),
                offset=one.get("offset", 0),
                opens=minute_of(one["hours"][0]),
                closes=minute_of(one["hours"][1]),
                rest=(minute_of(one["rest"][0]), minute_of(one["rest"][1])),
                services=frozenset[str]().union(*(categories[name] for name in one["does"]), one.get("also", [])),
            )
            for one in self._salon["masters"]
        )

    @cached_property
    def rooms(self) -> tuple[Place, ...]:
        """The rooms and chairs, in their order."""
        categories = self._services_of_categories
        return tuple(
            Place(self.named(one), RoomKind(one["kind"]), frozenset[str]().union(*(categories[n] for n in one["for"])))
            for one in self._salon["rooms"]
        )

    @cached_property
    def _services_of_categories(self) -> dict[str, set[str]]:
        return {
            entry["name"]["ru"]: {line["key"] for line in entry["services"]}
            for name in TRADES
            for entry in toml(f"price_lists/{name}.toml")["categories"]
        }

    @cached_property
    def office(self) -> tuple[Colleague, ...]:
        """The administrator and the owner."""
        return tuple(Colleague(self.named(one), self.said(one["title"]), one["role"]) for one in self._salon["office"])

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """What is sold over the counter."""
        return tuple(
            Product(self.said(one), one["price"] * _MINOR_IN_WHOLE, one["for"]) for one in self._salon["products"]
        )

    def phrase(self, key: str) -> str:
        """A phrase of the salon."""
        return self.said(self._salon["phrases"][key])

    def phrases(self, key: str) -> list[str]:
        """Several phrases for the same occasion."""
        return [self.said(entry) for entry in self._salon["phrases"][key]]

    # ---- people --------------------------------------------------------------------------------------------

    def words(self, key: str) -> list[str]:
        """First names ("women", "men"), patronymics or surnames, in Russian."""
        return str(self._people[key]).split()

    @cached_property
    def foreign(self) -> list[str]:
        """Names that follow no Russian rule."""
        which = 0 if self.language is Language.RUSSIAN else 1
        return [str(pair).split("|")[which] for pair in self._people["foreign"]]

    def texts(self, key: str) -> list[str]:
        """What cards and visits say: "wishes", "comments", "whose"."""
        return [self.said(entry) for entry in self._people[key]]

    @cached_property
    def notes(self) -> dict[str, list[str]]:
        """Notes of the masters by checklist."""
        found: dict[str, list[str]] = {}
        for entry in self._people["notes"]:
            found.setdefault(entry["family"], []).append(self.said(entry))
        return found

    @cached_property
    def warnings(self) -> list[WrittenAlert]:
        """Alerts of some cards."""
        return [self.warning(entry) for entry in self._people["alerts"]]

    def warning(self, entry: dict[str, str]) -> WrittenAlert:
        """The alert that ``entry`` describes."""
        return WrittenAlert(AlertKind(entry["kind"]), self.said(entry))


def minute_of(clock: str) -> int:
    """The minute of the day that ``clock`` ("9:30") shows."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
