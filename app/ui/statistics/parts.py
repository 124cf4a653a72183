"""The numbers of a figure's row, each of which can be opened. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.salon.statistics.results import BesideKind, FigureResult, FigureRow, Group, RowKind


class Part(StrEnum):
    """Which number of a row is meant."""

    COUNTED = "counted"
    """The base of the share."""
    MET = "met"
    """Those who came back; where visits are counted, those that were missed."""
    REST = "rest"
    """Counted, but not met: the clients who did not come back."""
    IMMATURE = "immature"
    """Those whose time is not over."""
    BESIDE = "beside"
    """A number beside the row; ``Chosen.beside`` says which."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A number that somebody wants to look behind. It outlives the reading it was taken from."""

    kind: RowKind
    group: Group
    staff_id: int | None
    part: Part
    beside: BesideKind | None = None

    def row_in(self, result: FigureResult) -> FigureRow | None:
        """The row of ``result`` that is meant; None when that row is no more."""
        for row in result.rows:
            if (row.kind, row.group, row.staff_id) == (self.kind, self.group, self.staff_id):
                return row
        return None


def chosen(row: FigureRow, part: Part, beside: BesideKind | None = None) -> Chosen:
    """The number ``part`` of ``row``."""
    return Chosen(row.kind, row.group, row.staff_id, part, beside)


def number_of(row: FigureRow, part: Part) -> int:
    """How much it is. ``BESIDE`` has no number of its own: a row may have several."""
    return {
        Part.COUNTED: row.denominator,
        Part.MET: row.numerator,
        Part.REST: row.lost,
        Part.IMMATURE: row.immature,
        Part.BESIDE: 0,
    }[part]


def clients_of(row: FigureRow, wanted: Chosen) -> tuple[int, ...]:
    """The clients behind a number of ``row``."""
    match wanted.part:
        case Part.COUNTED:
            return row.denominator_clients
        case Part.MET:
            return row.numerator_clients
        case Part.REST:
            return row.lost_clients
        case Part.IMMATURE:
            return row.immature_clients
        case Part.BESIDE:
            return next((one.clients for one in row.beside if one.kind is wanted.beside), ())


def is_empty(result: FigureResult) -> bool:
    """Whether nobody came in the period at all, so that there is nothing to say."""
    return not any(row.denominator or row.immature or row.beside for row in result.rows)
