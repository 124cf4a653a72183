"""What the master's day says about a visit."""

from datetime import date, datetime

from app import wording
from app.clock import minutes_until
from app.language import _, ngettext
from app.salon.clients import mixtures
from app.salon.clients.formulas import Formula
from app.salon.scheduling.my_day import LastTime, MyDay, MyVisit
from app.vocabulary import VisitStatus

_CLOSE_MINUTES = 60


def client(visit: MyVisit) -> str:
    """Who comes."""
    return wording.client_name(visit.client_name, visit.client_id)


def services(visit: MyVisit) -> str:
    """What this master does."""
    return ", ".join(service.name for service in visit.services)


def hours(visit: MyVisit) -> str:
    """From when to when, and how long that is."""
    minutes = int((visit.ends_at - visit.starts_at).total_seconds()) // 60
    return f"{wording.interval(visit.starts_at, visit.ends_at)} · {wording.duration(minutes)}"


def how_soon(visit: MyVisit, now: datetime, zone: str) -> str:
    """How far the visit is from now, on a wall in ``zone``: "через 20 минут", "опаздывает на 5 мин", "ждёт"."""
    if visit.status is VisitStatus.ARRIVED:
        return _("waiting")
    minutes = minutes_until(visit.starts_at, now, zone)
    if minutes < 0:
        return _("{duration} late").format(duration=wording.duration(-minutes))
    if minutes == 0:
        return _("now")
    if minutes < _CLOSE_MINUTES:
        return ngettext("in {n} minute", "in {n} minutes", minutes).format(n=minutes)
    return _("in {duration}").format(duration=wording.duration(minutes))


def progress(visit: MyVisit) -> str:
    """How much of the checklist is done: "5 из 8"; empty without a checklist."""
    if not visit.steps:
        return ""
    return _("{done} of {all}").format(done=visit.done_steps, all=len(visit.steps))


def last_time(last: LastTime, today: date) -> str:
    """What was done last time, by whom, how long ago."""
    when = f"{wording.short_date(last.day, today)}, {wording.relative_day(last.day, today)}"
    parts = [when, ", ".join(last.services), wording.listed([wording.short_name(name) for name in last.masters])]
    return " · ".join(parts)


def formula(latest: Formula) -> str:
    """What was mixed, or, where nothing was, how it was done: in one line."""
    mixture = mixtures.written(latest.recipe.parts, wording.material_unit) or " ".join(latest.recipe.text.split())
    return f"{latest.recipe.title}: {mixture}" if latest.recipe.title else mixture


def detail(day: MyDay, now: datetime, zone: str) -> str:
    """The one line beside the title: how many visits, and who is next."""
    if not day.visits:
        return wording.day_title(day.day, now.date())
    parts = [wording.day_title(day.day, now.date()), wording.visits(len(day.visits))]
    if day.next_visit is not None:
        following = day.next_visit
        parts.append(_("next: {client}, {when}").format(client=client(following), when=how_soon(following, now, zone)))
    return " · ".join(parts)


def next_step_of_life(status: VisitStatus) -> tuple[VisitStatus, str] | None:
    """Where the visit goes next, and what the button says; None when it is over."""
    match status:
        case VisitStatus.BOOKED | VisitStatus.CONFIRMED:
            return VisitStatus.ARRIVED, _("The client is here")
        case VisitStatus.ARRIVED:
            return VisitStatus.IN_SERVICE, _("Begin")
        case VisitStatus.IN_SERVICE:
            return VisitStatus.COMPLETED, _("Complete the visit")
        case _:
            return None


def spoken(visit: MyVisit, now: datetime, zone: str, *, is_next: bool) -> str:
    """The row of the list as a screen reader says it."""
    parts = [
        wording.clock_time(visit.starts_at),
        client(visit),
        services(visit),
        wording.visit_status(visit.status),
        how_soon(visit, now, zone) if is_next else "",
        ", ".join(wording.alert_kind(alert.kind) for alert in visit.alerts),
        progress(visit),
    ]
    return ", ".join(filter(None, parts))
