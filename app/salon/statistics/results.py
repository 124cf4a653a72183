"""What a figure comes out as: rows of whole numbers with the clients behind each. Frozen; no tables. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.salon.statistics.periods import Period
from app.vocabulary import Figure


class RowKind(StrEnum):
    """What a row of a figure looks at."""

    SALON = "salon"
    """The whole salon."""
    MASTER = "master"
    """Visits to one master; a return is a visit to the same master."""
    MASTER_ANY = "master_any"
    """Visits to one master; a return is a visit to any master of the salon."""
    SECOND_EVER = "second_ever"
    SECOND_WITHIN_90 = "second_within_90"
    LATE_CANCELLATIONS = "late_cancellations"
    SOURCE = "source"
    """New clients who gave the same answer to "how did you find us?"; the row is called by that answer."""
    SOURCE_DECLINED = "source_declined"
    SOURCE_NOT_ASKED = "source_not_asked"


class Group(StrEnum):
    """Which clients of a row: everybody, those whose first visit ever lies in the period, or the others."""

    ALL = "all"
    NEW = "new"
    EXISTING = "existing"


class Counted(StrEnum):
    """What the numbers of a figure count."""

    CLIENTS = "clients"
    VISITS = "visits"


class BesideKind(StrEnum):
    """A number that stands beside a row and takes no part in its share."""

    RETURNED_ALREADY = "returned_already"
    """Immature clients who came back already; they are counted when their time is over."""
    STILL_OPEN = "still_open"
    """Visits of the period up to today for which nobody has said how they ended."""
    MOMENT_UNKNOWN = "moment_unknown"
    """Cancelled visits of the period for which nobody knows when they were cancelled."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A number beside a row, the clients behind it, and the whole sentence that says it."""

    kind: BesideKind
    number: int
    clients: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of a figure. ``…_clients`` are client ids, ascending, each once.

    Where the figure counts clients, a number is the length of its list. Where it counts visits, the list can be
    shorter: a client may have missed twice, and a walk-in without a card is nobody in the list.
    """

    kind: RowKind
    group: Group
    label: str
    """Worded for the screen."""
    numerator: int
    denominator: int
    """The mature ones: the only base of the share."""
    immature: int
    """Those whose time to come back is not over; in neither of the other two."""
    numerator_clients: tuple[int, ...]
    denominator_clients: tuple[int, ...]
    immature_clients: tuple[int, ...]
    immature_text: str = ""
    """The sentence about the immature ones ("18 clients are still within their 90 days."), or empty."""
    beside: tuple[Beside, ...] = ()
    staff_id: int | None = None
    staff_name: str = ""

    @property
    def percent(self) -> float | None:
        """The share in per cent with one decimal; None where there is nothing to divide by (the screen shows "—")."""
        return round(100 * self.numerator / self.denominator, 1) if self.denominator else None

    @property
    def lost(self) -> int:
        """The rest: counted, and not in the numerator."""
        return self.denominator - self.numerator

    @property
    def lost_clients(self) -> tuple[int, ...]:
        """The clients behind ``lost``, where the figure counts clients."""
        counted = set(self.numerator_clients)
        return tuple(client for client in self.denominator_clients if client not in counted)


@dataclass(frozen=True, slots=True)
class FigureResult:
    """A figure of a period as it is known on ``today``, with its definition in the language spoken now."""

    figure: Figure
    counts: Counted
    definition: str
    period: Period
    return_period: Period | None
    """Only for ``return_two_periods``."""
    today: date
    rows: tuple[FigureRow, ...]


def ascending(clients: Collection[int]) -> tuple[int, ...]:
    """Client ids as a row keeps them."""
    return tuple(sorted(clients))


def as_json(result: FigureResult) -> dict[str, Any]:
    """``result`` for programs, JSON-ready. Labels are English in every language, so that they can be relied on.

    A row's ``label`` is

    - ``salon``: everybody, the whole salon; ``new`` and ``existing``: the same for those clients alone;
    - a master's name; ``NAME · new``, ``NAME · existing``: those of the master's clients alone;
    - ``NAME · any master``, ``NAME · new · any master``, …: came to this master, came back to whomever;
    - ``second visit ever``, ``second visit within 90 days`` (first_to_second);
    - ``late cancellations`` (no_show_rate, whose first row is ``salon``);
    - the answer in the salon's words, ``did not want to say``, ``not asked`` (new_by_source, after the row ``new``).

    Names need not be unique: ``kind``, ``group`` and ``master_id`` identify a row. ``percent`` is null where the
    denominator is 0. ``beside`` holds further whole numbers by kind (see BesideKind).
    """
    return {
        "figure": str(result.figure),
        "definition": result.definition,
        "counts": str(result.counts),
        "period": _days(result.period),
        "return_period": None if result.return_period is None else _days(result.return_period),
        "today": result.today.isoformat(),
        "rows": [_row(row) for row in result.rows],
    }


def _row(row: FigureRow) -> dict[str, Any]:
    return {
        "label": _json_label(row),
        "numerator": row.numerator,
        "denominator": row.denominator,
        "immature": row.immature,
        "percent": row.percent,
        "kind": str(row.kind),
        "group": str(row.group),
        "master": row.staff_name or None,
        "master_id": row.staff_id,
        "beside": {str(one.kind): one.number for one in row.beside},
    }


def _json_label(row: FigureRow) -> str:
    group = "" if row.group is Group.ALL else str(row.group)
    match row.kind:
        case RowKind.SALON:
            return group or "salon"
        case RowKind.MASTER:
            return " · ".join(filter(None, (row.staff_name, group)))
        case RowKind.MASTER_ANY:
            return " · ".join(filter(None, (row.staff_name, group, "any master")))
        case RowKind.SECOND_EVER:
            return "second visit ever"
        case RowKind.SECOND_WITHIN_90:
            return "second visit within 90 days"
        case RowKind.LATE_CANCELLATIONS:
            return "late cancellations"
        case RowKind.SOURCE:
            return row.label
        case RowKind.SOURCE_DECLINED:
            return "did not want to say"
        case RowKind.SOURCE_NOT_ASKED:
            return "not asked"


def _days(period: Period) -> dict[str, str]:
    return {"from": period.begins.isoformat(), "to": period.ends.isoformat()}
