"""The message to one client: the salon's template, filled with the visit, as people say it."""

from datetime import date

from app import wording
from app.language import _
from app.salon.reminders.queue import ReminderLine
from app.salon.reminders.texts import filled


def default_template() -> str:
    """The words that a salon begins with, in the language spoken now. Names stay in the nominative."""
    return _(
        "Hello {client}! We look forward to seeing you {day} at {time}: {services}, {masters}. "
        "If your plans change, please write to us. {salon}"
    )


def default_invitation() -> str:
    """The words of an invitation to come back, in the language spoken now."""
    return _("Hello {client}! It has been a while: we would be glad to see you again. {salon}")


def message(line: ReminderLine, salon: str, today: date, template: str = "") -> str:
    """What ``line``'s client is sent on ``today``; without a ``template``, in the default words."""
    if line.is_invitation:
        words = {"client": first_name(line.client_name), "salon": salon}
        return filled(line.text or default_invitation(), words).strip()
    return filled(
        template or default_template(),
        {
            "client": first_name(line.client_name),
            "day": _day(line.visit_starts_at.date(), today),
            "time": wording.clock_time(line.visit_starts_at),
            "services": wording.listed([_inside(name) for name in line.service_names]),
            "masters": _masters(line.master_names),
            "salon": salon,
        },
    ).strip()


def first_name(name: str) -> str:
    """How a client is addressed: the first word of the card's name, unless that is only an initial."""
    words = name.split()
    return words[0] if words and len(words[0].rstrip(".")) > 1 else name.strip()


def _day(day: date, today: date) -> str:
    said = wording.day_and_month(day)
    match (day - today).days:
        case 0:
            return _("today, {date},").format(date=said)
        case 1:
            return _("tomorrow, {date},").format(date=said)
        case _:
            return _("on {date} ({weekday})").format(date=said, weekday=wording.weekday_name(day))


def _masters(names: tuple[str, ...]) -> str:
    said = wording.listed([first_name(name) for name in names])
    if len(names) == 1:
        return _("your master is {masters}").format(masters=said)
    return _("your masters are {masters}").format(masters=said)


def _inside(service: str) -> str:
    """A service's name inside a sentence: a Russian one begins small there ("Маникюр"), a brand does not ("SPA")."""
    is_russian_word = "А" <= service[:1] <= "Я" or service[:1] == "Ё"
    return service[:1].lower() + service[1:] if is_russian_word and service[1:2].islower() else service
