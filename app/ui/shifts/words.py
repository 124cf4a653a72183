"""How hours, patterns and absences are worded."""

from collections.abc import Sequence
from datetime import date

from app import wording
from app.language import _, ngettext
from app.salon.catalogue import patterns
from app.salon.catalogue.absences import StandingAbsence
from app.salon.catalogue.patterns import Cycle, Hours, Pattern
from app.salon.catalogue.shifts import PlannedDay
from app.salon.catalogue.working_days import Replanned, VisitOutside

_EN_DASH = "–"
MOST_SHOWN = 6
_MOST_NAMES = 3


def minute(minute_of_day: int) -> str:
    """A minute of the day as short as it goes: ``9``, ``9:30``, ``24``."""
    whole, rest = divmod(minute_of_day, 60)
    return f"{whole}:{rest:02}" if rest else str(whole)


def hours(worked: Hours) -> str:
    """The hours of a day: ``9–21``, ``9–13, 16–20:30``; a free day is told in words."""
    if not worked:
        return _("day off")
    return hours_to_type(worked)


def hours_to_type(worked: Hours) -> str:
    """The hours as they are typed; nothing for a free day."""
    return ", ".join(f"{minute(one.opens)}{_EN_DASH}{minute(one.closes)}" for one in worked)


def day(planned: PlannedDay) -> str:
    """Everything about one day, for the tool tip and the screen reader."""
    said = [hours(planned.hours)]
    if planned.absence is not None:
        said.append(wording.absence_kind(planned.absence))
    if planned.holiday is not None:
        said.append(planned.holiday or _("holiday of the salon"))
    if planned.is_by_hand:
        said.append(_("planned by hand"))
    if planned.visits:
        said.append(wording.visits(planned.visits))
    return ", ".join(said)


def cycle(one: Cycle) -> str:
    """A cycle by its numbers: ``2/2``."""
    return f"{one.on}/{one.off}"


def pattern(one: Pattern) -> str:
    """A roster in a few words: ``2/2, 9–21`` or ``Mon–Fri 9–21``."""
    if one.is_week:
        return week(one.by_weekday())
    known = patterns.cycle_of(one)
    if known is not None:
        return f"{cycle(known[0])}, {hours_to_type(known[1])}"
    return ngettext("cycle of {n} day", "cycle of {n} days", len(one.days)).format(n=len(one.days))


def week(days: Sequence[Hours]) -> str:
    """A week in short: days with the same hours together."""
    names = wording.weekdays_short()
    by_hours: dict[Hours, list[int]] = {}
    for weekday, worked in enumerate(days):
        if worked:
            by_hours.setdefault(worked, []).append(weekday)
    if not by_hours:
        return _("no hours")
    return "; ".join(f"{_weekdays(who, names)} {hours_to_type(worked)}" for worked, who in by_hours.items())


def _weekdays(days: Sequence[int], names: Sequence[str]) -> str:
    runs: list[list[int]] = []
    for one in days:
        if runs and runs[-1][-1] + 1 == one:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(
        f"{names[run[0]]}{_EN_DASH}{names[run[-1]]}" if len(run) > 2 else ", ".join(names[one] for one in run)
        for run in runs
    )


def span(first: date, last: date, today: date) -> str:
    """From a day to a day, without the year where it is clear."""
    said = wording.days_between(first, last)
    return said.removesuffix(f"{wording.NBSP}{today.year}") if first.year == last.year == today.year else said


def absence(one: StandingAbsence, today: date) -> str:
    """What an absence is and how long it lasts: ``Vacation, 14–27 May``."""
    return f"{wording.absence_kind(one.kind)}, {span(one.first, one.last, today)}"


def replanned(done: Replanned) -> str:
    """What came of giving days other hours."""
    if not done.changed and not done.kept:
        return _("It is so already: nothing has changed")
    changed = ngettext("{n} day changed", "{n} days changed", done.changed).format(n=wording.number(done.changed))
    if not done.kept:
        return changed
    kept = ngettext(
        "{n} kept its hours: somebody is booked", "{n} kept their hours: somebody is booked", len(done.kept)
    ).format(n=wording.number(len(done.kept)))
    return f"{changed}, {kept}"


def some_of(names: Sequence[str]) -> str:
    """Names of colleagues in a sentence; a large salon has more than are read: ``Анна, Мария и ещё 23``."""
    if len(names) <= _MOST_NAMES + 1:
        return wording.listed(names)
    more = len(names) - _MOST_NAMES
    rest = ngettext("{n} more", "{n} more", more).format(n=wording.number(more))
    return wording.listed([*names[:_MOST_NAMES], rest])


def visits_listed(visits: Sequence[VisitOutside], today: date) -> list[tuple[str, str]]:
    """The visits that are in the way: when, and who for what; the rest as a number."""
    lines = [_visit(one, today) for one in visits[:MOST_SHOWN]]
    more = len(visits) - len(lines)
    if more:
        lines.append((ngettext("and {n} more", "and {n} more", more).format(n=wording.number(more)), ""))
    return lines


def _visit(one: VisitOutside, today: date) -> tuple[str, str]:
    when = wording.weekday_and_date(one.starts_at.date(), today)
    what = ", ".join(part for part in (one.client_name, one.service_name) if part)
    return f"{when}, {wording.interval(one.starts_at, one.ends_at)}", what


def worked(minutes: int) -> str:
    """A sum of working time in whole hours, as a payroll says it: ``168 h``."""
    return _("{n} h").format(n=wording.number(round(minutes / 60))).replace(" ", wording.NBSP)
