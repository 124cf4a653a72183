"""In which order and under which headings the rows of a figure are shown. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.language import _
from app.salon.statistics.results import Counted, FigureResult, FigureRow, Group, RowKind
from app.ui.statistics import words
from app.ui.statistics.parts import Part

_OF_CLIENTS = (Part.COUNTED, Part.MET, Part.REST, Part.IMMATURE)
_OF_VISITS = (Part.COUNTED, Part.MET)
"""Who missed one visit may have kept another: "the rest" would be no list of clients."""
_OF_MASTERS = frozenset({RowKind.MASTER, RowKind.MASTER_ANY})


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the words that stand before it."""

    row: FigureRow
    name: str
    below: str = ""
    is_lesser: bool = False
    """It goes into more detail about the line above."""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together and whose numbers have the same names."""

    heading: str
    columns: tuple[tuple[Part, str], ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...] = ()
    """The groups of clients that can be chosen for these rows, if there are several."""
    with_beside: bool = False
    """Whether the sentences beside its rows are written out below them."""


def parts_with_clients(result: FigureResult) -> tuple[Part, ...]:
    """The numbers of ``result`` behind which there is a list."""
    return _OF_CLIENTS if result.counts is Counted.CLIENTS else _OF_VISITS


def sections(result: FigureResult, group: Group) -> list[Section]:
    """The salon first, then the masters, of whom ``group`` is shown."""
    return [*_of_salon(result), *_of_masters(result, group)]


def groups_of(result: FigureResult) -> tuple[Group, ...]:
    """The groups of clients that the masters' rows tell apart."""
    found = {row.group for row in result.rows if row.kind in _OF_MASTERS}
    return tuple(group for group in Group if group in found)


def _of_salon(result: FigureResult) -> Iterator[Section]:
    rows = [row for row in result.rows if row.kind not in _OF_MASTERS]
    if result.counts is Counted.VISITS:
        for row in rows:
            line = Line(row, "", words.of_all(result, row))
            yield Section(row.label, _columns(result, row.kind), (line,), with_beside=row is not rows[0])
    elif rows:
        lines = tuple(Line(row, row.label) for row in rows)
        yield Section(_("Salon"), _columns(result, rows[0].kind), lines)


def _of_masters(result: FigureResult, group: Group) -> Iterator[Section]:
    rows = [row for row in result.rows if row.kind in _OF_MASTERS and row.group is group]
    if not rows:
        return
    with_any = any(row.kind is RowKind.MASTER_ANY for row in rows)
    lines = tuple(_line(row, with_any=with_any) for row in rows)
    yield Section(_("Masters"), _columns(result, RowKind.MASTER), lines, groups_of(result))


def _line(row: FigureRow, *, with_any: bool) -> Line:
    if row.kind is RowKind.MASTER_ANY:
        return Line(row, "", words.whose_return(row.kind), is_lesser=True)
    return Line(row, row.staff_name, words.whose_return(row.kind) if with_any else "")


def _columns(result: FigureResult, kind: RowKind) -> tuple[tuple[Part, str], ...]:
    return tuple((part, words.part(kind, result.figure, part)) for part in parts_with_clients(result))
