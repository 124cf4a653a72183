"""What the screen of the figures says, where the figures themselves do not say it already."""

from app import wording
from app.language import _, ngettext
from app.salon.statistics.results import Counted, FigureResult, FigureRow, Group, RowKind
from app.ui.statistics.parts import Part
from app.vocabulary import Figure


def part(kind: RowKind, figure: Figure, which: Part) -> str:
    """The name of a number: the heading of its column, the legend of its piece of the bar."""
    if kind is RowKind.LATE_CANCELLATIONS:
        return {Part.COUNTED: _("Cancelled"), Part.MET: _("Too late"), Part.REST: _("In time")}.get(which, "")
    if figure is Figure.NO_SHOW_RATE:
        return {Part.COUNTED: _("Counted"), Part.MET: _("Did not come"), Part.REST: _("Came")}.get(which, "")
    return {
        Part.COUNTED: _("Counted"),
        Part.MET: _("Came back"),
        Part.REST: _("Did not come back"),
        Part.IMMATURE: _("Too early"),
        Part.BESIDE: _("Back already"),
    }[which]


def share(row: FigureRow) -> str:
    """``62 %``, or a dash."""
    return wording.percent(row.numerator, row.denominator)


def of_all(result: FigureResult, row: FigureRow) -> str:
    """``157 of 252 clients``: the whole numbers behind the share."""
    if result.counts is Counted.CLIENTS:
        said = ngettext("{n} of {total} client", "{n} of {total} clients", row.denominator)
    else:
        said = ngettext("{n} of {total} visit", "{n} of {total} visits", row.denominator)
    return said.format(n=wording.number(row.numerator), total=wording.number(row.denominator))


def of_all_short(row: FigureRow) -> str:
    """``157 of 252``, where it is clear what is counted; nothing when nobody is counted."""
    if not row.denominator:
        return ""
    return _("{n} of {total}").format(n=wording.number(row.numerator), total=wording.number(row.denominator))


def spoken(result: FigureResult, row: FigureRow) -> str:
    """A row for the screen reader and the tool tip, with all its numbers."""
    said = _("{row}: {share}, {numbers}.").format(row=row.label, share=share(row), numbers=of_all(result, row))
    return " ".join([said, *filter(None, [row.immature_text]), *(beside.text for beside in row.beside)])


def counted(result: FigureResult, number: int) -> str:
    """``95 clients`` or ``7 visits``, as the figure counts."""
    return wording.clients(number) if result.counts is Counted.CLIENTS else wording.visits(number)


def lost(result: FigureResult, row: FigureRow) -> str:
    """The one number that matters to the owner; before anybody can be counted, an empty text."""
    if not row.denominator:
        return ""
    if result.counts is Counted.VISITS:
        return ngettext("{n} visit missed", "{n} visits missed", row.numerator).format(n=wording.number(row.numerator))
    return ngettext("{n} client did not come back", "{n} clients did not come back", row.lost).format(
        n=wording.number(row.lost)
    )


def group_label(group: Group) -> str:
    """Whom the masters' rows look at, as a choice."""
    return {Group.ALL: _("All clients"), Group.NEW: _("New"), Group.EXISTING: _("Existing")}[group]


def whose_return(kind: RowKind) -> str:
    """To whom the clients of a master came back."""
    return _("to any master") if kind is RowKind.MASTER_ANY else _("to the same master")


def who_is_lost(figure: Figure) -> str:
    """The button that opens the list the owner is here for."""
    return _("Who did not come") if figure is Figure.NO_SHOW_RATE else _("Who did not come back")
