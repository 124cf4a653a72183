"""What is said about a call, and what the client reads when nobody answers the phone."""

from datetime import date, datetime

from app import wording
from app.language import _
from app.salon.reminders.message import first_name
from app.salon.scheduling.calls import Call, CallList
from app.salon.scheduling.replacements import Proposal
from app.ui.theme import Tone
from app.vocabulary import CallState, Replacement


def client(call: Call) -> str:
    """Who is to be called; a walk-in without a card has no name."""
    return call.client_name or _("Walk-in without a card")


def when(moment: datetime, today: date) -> str:
    """``today, 12:00`` or ``Fri, 15 May, 12:00``."""
    said = _("today") if moment.date() == today else wording.weekday_and_date(moment.date(), today)
    return f"{said}, {wording.clock_time(moment)}"


def title(found: CallList, today: date) -> str:
    """Whose clients are called about which days."""
    if found.first == found.last == today:
        return _("{name}, today").format(name=found.staff_name)
    if found.first == found.last:
        return f"{found.staff_name}, {wording.weekday_and_date(found.first, today)}"
    return f"{found.staff_name}, {wording.days_between(found.first, found.last)}"


def progress(found: CallList) -> str:
    """``3 of 7 settled``."""
    total = len(found.calls)
    if total and found.settled == total:
        return _("All settled: {n}").format(n=wording.number(total))
    return _("{settled} of {total} settled").format(settled=wording.number(found.settled), total=wording.number(total))


def proposal(one: Proposal | None, today: date) -> str:
    """What the client is offered."""
    if one is None:
        return _("No free place was found")
    masters = wording.listed(one.masters)
    match one.kind:
        case Replacement.SAME_TIME:
            return _("At the same time: {masters}").format(masters=masters)
        case Replacement.SAME_DAY:
            return _("The same day at {time}: {masters}").format(
                time=wording.clock_time(one.starts_at), masters=masters
            )
        case Replacement.SAME_MASTER:
            return _("With the same master: {when}").format(when=when(one.starts_at, today))


def outcome(call: Call, today: date, zone_time: str) -> str:
    """What came of a call; ``zone_time`` is when it was called last, as the wall tells."""
    match call.state:
        case CallState.MOVED:
            return f"{when(call.starts_at, today)}, {wording.listed(call.masters)}"
        case CallState.NO_ANSWER:
            return _("called at {time}").format(time=zone_time)
        case _:
            return ""


def tone(state: CallState) -> Tone:
    """The voice of a state."""
    return {
        CallState.TO_CALL: Tone.NEUTRAL,
        CallState.NO_ANSWER: Tone.WARN,
        CallState.MOVED: Tone.ACCENT,
        CallState.CANCELLED: Tone.DANGER,
        CallState.TAKEN_PLACE: Tone.ACCENT,
    }[state]


def message(call: Call, found: CallList, salon: str, today: date) -> str:
    """The text to send by hand when nobody answers."""
    said = _("Unfortunately {master} cannot see you {day} at {time} ({services}).").format(
        master=first_name(found.staff_name),
        day=_day(call.starts_at.date(), today),
        time=wording.clock_time(call.starts_at),
        services=wording.listed([_inside(name) for name in call.service_names]),
    )
    name = first_name(call.client_name)
    hello = _("Hello {client}!").format(client=name) if name else _("Hello!")
    return " ".join((hello, said, _offer(call.proposal, today), salon)).strip()


def _offer(one: Proposal | None, today: date) -> str:
    if one is None:
        return _("Please call us: we will find another time for you.")
    return _("We can offer you {day} at {time}, {masters}. Please tell us whether this suits you.").format(
        day=_day(one.starts_at.date(), today),
        time=wording.clock_time(one.starts_at),
        masters=wording.listed([first_name(name) for name in one.masters]),
    )


def _day(day: date, today: date) -> str:
    if day == today:
        return _("today")
    if (day - today).days == 1:
        return _("tomorrow")
    return f"{wording.day_and_month(day)} ({wording.weekday_name(day)})"


def _inside(service: str) -> str:
    """A Russian name begins small inside a sentence; a brand does not."""
    is_russian_word = "А" <= service[:1] <= "Я" or service[:1] == "Ё"
    return service[:1].lower() + service[1:] if is_russian_word and service[1:2].islower() else service
