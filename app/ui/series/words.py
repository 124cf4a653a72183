"""What the screens of a series say: the pattern in words, a date, what is wrong with it."""

from collections.abc import Iterable
from datetime import date, datetime

from app import wording
from app.errors import (
    CannotPerform,
    MasterLeft,
    NoRoomFree,
    NoSuchTime,
    OutsideShift,
    SalonError,
    ServiceWithdrawn,
    SlotTaken,
)
from app.explain import sentence
from app.language import _, ngettext, pgettext
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.series_check import CheckedDate, PlannedDate
from app.vocabulary import SeriesUnit


def how_often(pattern: Pattern, first_day: date) -> str:
    """``каждую вторую среду``, ``каждые 3 недели по вторникам и пятницам``, ``каждые 10 дней``."""
    if pattern.unit is SeriesUnit.DAY:
        if pattern.every == 1:
            return _("every day")
        return ngettext("every {n} day", "every {n} days", pattern.every).format(n=pattern.every)
    weekdays = sorted(pattern.weekdays or {first_day.weekday()})
    if len(weekdays) == 1 and pattern.every <= 2:
        return (_every() if pattern.every == 1 else _every_second())[weekdays[0]]
    on = wording.listed([_on()[weekday] for weekday in weekdays])
    if pattern.every == 1:
        return _("every week on {weekdays}").format(weekdays=on)
    weeks = ngettext("every {n} week", "every {n} weeks", pattern.every).format(n=pattern.every)
    return _("{every_so_many_weeks} on {weekdays}").format(every_so_many_weeks=weeks, weekdays=on)


def whole(pattern: Pattern, first_day: date, visits: int, last_day: date, today: date) -> str:
    """The pattern in one sentence: ``Каждую вторую среду, 10 раз, до 17 марта``."""
    often = how_often(pattern, first_day)
    said = _("{how_often}, {times}, until {day}").format(
        how_often=often, times=times(visits), day=wording.short_date(last_day, today)
    )
    return said[:1].upper() + said[1:]


def nobody_comes(pattern: Pattern, first_day: date) -> str:
    """A series of which nothing is left: ``Каждую среду, все визиты отменены``."""
    said = _("{how_often}, all visits are cancelled").format(how_often=how_often(pattern, first_day))
    return said[:1].upper() + said[1:]


def times(count: int) -> str:
    """``10 раз``."""
    return ngettext("{n} time", "{n} times", count).format(n=wording.number(count))


def place(planned: PlannedDate, names: dict[int, str]) -> str:
    """Hour and masters: ``15:30, Ольга Б.``."""
    return f"{wording.clock_time(planned.starts_at)}, {masters(planned.staff_ids, names)}"


def masters(staff_ids: Iterable[int], names: dict[int, str]) -> str:
    """Who does it, briefly."""
    return ", ".join(wording.short_name(names.get(staff_id, "")) for staff_id in staff_ids)


def instead(proposal: PlannedDate, wanted: PlannedDate, names: dict[int, str], today: date) -> str:
    """What is different in a proposal: another time, another master, another day."""
    said: list[str] = []
    if proposal.starts_at.date() != wanted.starts_at.date():
        said.append(wording.weekday_and_date(proposal.starts_at.date(), today))
    said.append(wording.clock_time(proposal.starts_at))
    if proposal.staff_ids != wanted.staff_ids:
        said.append(masters(proposal.staff_ids, names))
    return ", ".join(said)


def why_not(found: CheckedDate) -> str:
    """Why a date does not fit, in a few words: the proposals below say what to do."""
    match found.problem:
        case None:
            return ""
        case OutsideShift() as problem if found.is_unplanned:
            return _("{master} has no shifts yet").format(master=wording.short_name(problem.staff_name))
        case problem:
            return _refused(problem)


def also_here(hours: Interval) -> str:
    """That the client has another visit at the time of a date that fits."""
    return _("the client has another visit then: {hours}").format(
        hours=wording.interval(hours.starts_at, hours.ends_at)
    )


def _refused(problem: SalonError) -> str:
    match problem:
        case SlotTaken():
            hours = wording.interval(problem.starts_at, problem.ends_at)
            by = problem.taken_by or _("somebody else")
            return _("taken {hours}: {by}").format(hours=hours, by=by)
        case OutsideShift() if not problem.shifts:
            return _("{master} has the day off").format(master=wording.short_name(problem.staff_name))
        case NoRoomFree():
            hours = wording.interval(problem.starts_at, problem.ends_at)
            return _("{room} is taken {hours}").format(room=problem.room_name, hours=hours)
        case OutsideShift():
            hours = ", ".join(wording.interval(start, end) for start, end in problem.shifts)
            return _("outside the hours: {hours}").format(hours=hours)
        case NoSuchTime():
            return _("the clocks change at this hour")
        case CannotPerform():
            return _("{master} does not do this any more").format(master=wording.short_name(problem.staff_name))
        case MasterLeft():
            return _("{master} no longer works here").format(master=wording.short_name(problem.staff_name))
        case ServiceWithdrawn():
            return _("“{service}” is offered no more").format(service=problem.service_name)
        case _:
            return sentence(problem)


def moment(starts_at: datetime, today: date) -> str:
    """``ср, 20 мая, 15:30``."""
    return f"{wording.weekday_and_date(starts_at.date(), today)}, {wording.clock_time(starts_at)}"


def following(count: int) -> str:
    """The button that lets the later visits follow."""
    return _("The following too ({n})").format(n=wording.number(count))


def others(count: int) -> str:
    """The button that lets all others follow."""
    return _("All the others too ({n})").format(n=wording.number(count))


def _every() -> tuple[str, ...]:
    return (
        _("every Monday"),
        _("every Tuesday"),
        _("every Wednesday"),
        _("every Thursday"),
        _("every Friday"),
        _("every Saturday"),
        _("every Sunday"),
    )


def _every_second() -> tuple[str, ...]:
    return (
        _("every second Monday"),
        _("every second Tuesday"),
        _("every second Wednesday"),
        _("every second Thursday"),
        _("every second Friday"),
        _("every second Saturday"),
        _("every second Sunday"),
    )


def _on() -> tuple[str, ...]:
    return (
        pgettext("repeated on", "Mondays"),
        pgettext("repeated on", "Tuesdays"),
        pgettext("repeated on", "Wednesdays"),
        pgettext("repeated on", "Thursdays"),
        pgettext("repeated on", "Fridays"),
        pgettext("repeated on", "Saturdays"),
        pgettext("repeated on", "Sundays"),
    )
