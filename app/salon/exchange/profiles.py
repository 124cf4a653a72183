"""Import profiles: a TOML file that tells what another program's export means. The readers know no salon.

A profile is checked to the last word: an unknown key is a spelling mistake, and silence about it would import
the wrong thing.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from app import paths
from app.errors import BrokenProfile, NoSuchProfile
from app.salon.exchange.values import DateOrder, HourClock
from app.salon.scheduling.availability import SHORTEST_MINUTES
from app.vocabulary import CancelReason

T = TypeVar("T")

DEFAULT_MINUTES = 60
COLOURS = 12


class Role(StrEnum):
    """What a file of the export tells, in the order in which the files are read."""

    SERVICES = "services"
    PRODUCTS = "products"
    BOOKINGS = "bookings"
    RECEIPTS = "receipts"
    CANCELLATIONS = "cancellations"
    NO_SHOWS = "no_shows"


_COLUMNS: dict[Role, tuple[frozenset[str], frozenset[str]]] = {
    Role.SERVICES: (frozenset({"code", "name"}), frozenset({"category", "price", "is_active"})),
    Role.PRODUCTS: (frozenset({"name"}), frozenset()),
    Role.BOOKINGS: (frozenset({"client", "staff", "service", "day", "time"}), frozenset()),
    Role.RECEIPTS: (
        frozenset({"receipt", "day", "description", "client", "staff", "amount"}),
        frozenset({"quantity", "tax"}),
    ),
    Role.CANCELLATIONS: (
        frozenset({"client", "staff", "service", "day"}),
        frozenset({"cancelled_on", "cancelled_by"}),
    ),
    Role.NO_SHOWS: (frozenset({"client", "staff", "service", "day"}), frozenset()),
}
"""The columns that each role must name, and those that it may name."""

_INDISPENSABLE = frozenset({Role.SERVICES, Role.BOOKINGS})


@dataclass(frozen=True, slots=True)
class FileMap:
    """How one file is found and which of its columns tell what; a field may be the sum of several columns."""

    role: Role
    pattern: str
    columns: Mapping[str, tuple[str, ...]]
    is_required: bool
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class CategoryHint:
    """What the export does not tell about a category: its name for the screen, its colour, its usual minutes."""

    name: str
    colour: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ServiceHint:
    """What the export does not tell about a service: its usual minutes and after how many days to come again."""

    minutes: int | None
    interval_days: int | None


@dataclass(frozen=True, slots=True)
class ImportProfile:
    """What one program's export means, by name of the profile."""

    name: str
    title: str
    """What the import is called."""
    salon_name: str
    zone: str
    currency: str
    country: str
    step_minutes: int
    date_order: DateOrder
    clock: HourClock
    decimal_mark: str
    walk_in: frozenset[str]
    """Client codes that mean "nobody with a card"."""
    not_a_person: frozenset[str]
    """Staff codes of the till: what they do takes nobody's time."""
    cancel_reason: CancelReason
    left_after_days: int
    files: Mapping[Role, FileMap]
    categories: Mapping[str, CategoryHint]
    services: Mapping[str, ServiceHint]

    def usual_minutes(self, service_code: str, category: str) -> int:
        """How long a service usually takes: told for the service, else for its category, else an hour."""
        hint = self.services.get(service_code)
        if hint is not None and hint.minutes is not None:
            return hint.minutes
        of_category = self.categories.get(category)
        return DEFAULT_MINUTES if of_category is None else of_category.minutes


def known() -> tuple[str, ...]:
    """The names of the profiles that the program ships."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load(name: str) -> ImportProfile:
    """The profile called ``name``. Raises NoSuchProfile, BrokenProfile."""
    if name not in known():
        raise NoSuchProfile(name, known())
    try:
        return read(name, (_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenProfile(name, str(error)) from error


def read(name: str, text: str) -> ImportProfile:
    """The profile that ``text`` (TOML) tells. Raises BrokenProfile with the entry that is wrong."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenProfile(name, str(error)) from error
    root = _Section(name, "", told)
    salon, form, codes = root.section("salon"), root.section("format"), root.section("codes")
    cancellations, staff = root.section("cancellations"), root.section("staff")
    profile = ImportProfile(
        name=name,
        title=root.text("title"),
        salon_name=salon.text("name"),
        zone=salon.checked("zone", str, _is_zone, "is not a time zone"),
        currency=salon.checked("currency", str, lambda word: len(word) == 3 and word.isupper(), "is not a currency"),
        country=salon.checked("country", str, lambda word: len(word) == 2 and word.isupper(), "is not a country"),
        step_minutes=salon.whole("step_minutes", 5, 60),
        date_order=form.word("date_order", DateOrder),
        clock=form.word("clock", HourClock),
        decimal_mark=form.checked("decimal_mark", str, lambda mark: mark in {".", ","}, "is neither . nor ,"),
        walk_in=frozenset(codes.texts("walk_in")),
        not_a_person=frozenset(codes.texts("not_a_person")),
        cancel_reason=cancellations.word("reason", CancelReason),
        left_after_days=staff.whole("left_after_days", 1, 3650),
        files=_files(root.section("files")),
        categories={key: _category(one) for key, one in root.section("categories").sections()},
        services={key: _service(one) for key, one in root.section("services").sections()},
    )
    for section in (root, salon, form, codes, cancellations, staff):
        section.nothing_else()
    return profile


def _folder() -> Path:
    return paths.resources() / "import_profiles"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _files(section: "_Section") -> dict[Role, FileMap]:
    files: dict[Role, FileMap] = {}
    for key, one in section.sections():
        role = next((role for role in Role if role == key), None)
        if role is None:
            raise one.broken(f"knows no file of this kind; there are {', '.join(Role)}")
        files[role] = _file(role, one)
    for role in Role:
        if role in _INDISPENSABLE and (role not in files or not files[role].is_required):
            raise section.broken(f"needs the file {role}")
    return files


def _file(role: Role, section: "_Section") -> FileMap:
    needed, possible = _COLUMNS[role]
    columns = section.section("columns")
    told = {key: columns.names(key) for key in columns.keys()}  # noqa: SIM118 - not a dict
    missing = needed - told.keys()
    if missing:
        raise columns.broken(f"does not name {', '.join(sorted(missing))}")
    strange = told.keys() - needed - possible
    if strange:
        raise columns.broken(f"knows no {', '.join(sorted(strange))}")
    several = [key for key, names in told.items() if len(names) > 1 and key != "tax"]
    if several:
        raise columns.broken(f"takes one column for {', '.join(sorted(several))}")
    found = FileMap(
        role=role,
        pattern=section.text("pattern"),
        columns=told,
        is_required=section.flag("is_required", default=True),
        may_be_empty=section.flag("may_be_empty", default=False),
    )
    section.nothing_else()
    return found


def _category(section: "_Section") -> CategoryHint:
    hint = CategoryHint(
        name=section.text("name"),
        colour=section.whole("colour", 1, COLOURS) - 1,
        minutes=section.whole("minutes", SHORTEST_MINUTES, 720),
    )
    section.nothing_else()
    return hint


def _service(section: "_Section") -> ServiceHint:
    hint = ServiceHint(
        minutes=section.whole("minutes", SHORTEST_MINUTES, 720) if section.has("minutes") else None,
        interval_days=section.whole("interval_days", 1, 730) if section.has("interval_days") else None,
    )
    section.nothing_else()
    return hint


class _Section:
    """One table of the file. It notes which entries were asked for, so that the others can be refused."""

    def __init__(self, profile: str, path: str, entries: Mapping[str, Any]) -> None:
        self._profile = profile
        self._path = path
        self._entries = entries
        self._asked: set[str] = set()

    def broken(self, problem: str) -> BrokenProfile:
        """The error that says what is wrong with this table."""
        return BrokenProfile(self._profile, f"[{self._path}] {problem}" if self._path else problem)

    def keys(self) -> list[str]:
        """The names of all entries."""
        return list(self._entries)

    def has(self, key: str) -> bool:
        """Whether there is such an entry."""
        return key in self._entries

    def section(self, key: str) -> "_Section":
        """The table below this one."""
        entries = cast("dict[str, Any]", self._get(key, dict))
        return _Section(self._profile, f"{self._path}.{key}" if self._path else key, entries)

    def sections(self) -> list[tuple[str, "_Section"]]:
        """All tables below this one, which holds nothing but tables."""
        return [(key, self.section(key)) for key in self._entries]

    def text(self, key: str) -> str:
        """A text that is not empty."""
        return self.checked(key, str, lambda text: bool(text.strip()), "is empty")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, which may be empty texts."""
        found = cast("list[object]", self._get(key, list))
        if not all(isinstance(one, str) for one in found):
            raise self.broken(f"{key} is not a list of texts")
        return tuple(str(one) for one in found)

    def names(self, key: str) -> tuple[str, ...]:
        """One column name, or a list of them."""
        if isinstance(self._entries[key], str):
            return (self.text(key),)
        found = self.texts(key)
        if not found or not all(name.strip() for name in found):
            raise self.broken(f"{key} names no column")
        return found

    def whole(self, key: str, least: int, most: int) -> int:
        """A whole number from ``least`` to ``most``."""
        return self.checked(key, int, lambda number: least <= number <= most, f"is not from {least} to {most}")

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false, or ``default`` when nothing is said."""
        return self._get(key, bool) if self.has(key) else default

    def word(self, key: str, words: type[T]) -> T:
        """A word of the closed list ``words``."""
        told = self._get(key, str)
        try:
            return words(told)  # type: ignore[call-arg]
        except ValueError:
            raise self.broken(f'{key} = "{told}" is none of {", ".join(cast("Any", words))}') from None

    def checked(self, key: str, kind: type[T], is_right: Callable[[T], bool], problem: str) -> T:
        """An entry of type ``kind`` that is right."""
        found = self._get(key, kind)
        if not is_right(found):
            raise self.broken(f'{key} = "{found}" {problem}')
        return found

    def nothing_else(self) -> None:
        """Refuse entries that nobody asked for."""
        strange = [key for key in self._entries if key not in self._asked]
        if strange:
            raise self.broken(f"knows no {', '.join(sorted(strange))}")

    def _get(self, key: str, kind: type[T]) -> T:
        self._asked.add(key)
        if key not in self._entries:
            raise self.broken(f"does not tell {key}")
        found = self._entries[key]
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            raise self.broken(f"{key} is of the wrong kind")
        return found
