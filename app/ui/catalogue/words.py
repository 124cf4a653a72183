"""How the catalogue is worded, and how a price is typed."""

import re
from collections.abc import Sequence

from app import wording
from app.language import _, ngettext, pgettext
from app.salon.catalogue.rooms import ListedRoom
from app.salon.catalogue.services import ListedService
from app.salon.catalogue.staff import ListedColleague, StaffFacts, WorkingHours
from app.salon.clients.spelling import folded
from app.salon.scheduling.intervals import Lengths
from app.vocabulary import AnswerKind, AskWhen, RoomKind

_PRICE = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")
_SPACES = re.compile(r"\s")


def price_typed(text: str) -> int | None:
    """The price in minor units that somebody means by ``1800``, ``1 800`` or ``99,50``; None if it is none."""
    found = _PRICE.fullmatch(_SPACES.sub("", text))
    return None if found is None else int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def price_to_type(minor: int) -> str:
    """A price as it is typed: ``1800`` or ``99,50``."""
    whole, part = divmod(minor, 100)
    return f"{whole},{part:02}" if part else str(whole)


def lengths(said: Lengths) -> str:
    """How long a service takes: ``1 h 30 min``, or its parts where the master is free in between."""
    if not said.gap and not said.finishing:
        return wording.duration(said.working)
    return " + ".join(str(part) for part in (said.working, said.gap, said.finishing) if part) + (
        f"{wording.NBSP}{_('min')}"
    )


def all_lengths(said: Lengths) -> str:
    """How long a service takes, with what the master needs around it where that is something."""
    told = lengths(said)
    if said.before:
        told = _("{minutes} before").format(minutes=wording.duration(said.before)) + f" · {told}"
    if said.after:
        told += " · " + _("{minutes} after").format(minutes=wording.duration(said.after))
    return told


def one_of(kind: RoomKind) -> str:
    """What stands above the rooms of which a service takes one."""
    return {
        RoomKind.ROOM: _("Takes one of the rooms"),
        RoomKind.CHAIR: _("Takes one of the chairs"),
        RoomKind.MACHINE: _("Takes one of the machines"),
    }[kind]


def rooms_count(count: int) -> str:
    """How many rooms, chairs and machines."""
    return ngettext("{n} room", "{n} rooms", count).format(n=wording.number(count))


def fit_for(names: Sequence[str]) -> str:
    """For what a room is fit, in short."""
    return ", ".join(names) if names else _("nothing yet")


def whole_length(said: Lengths) -> str:
    """From the client's first minute to the last."""
    return wording.duration(said.total)


def price(minor: int | None, currency: str) -> str:
    """A price, or that it is named on request."""
    return _("on request") if minor is None else wording.money(minor, currency)


def roles(facts: StaffFacts) -> str:
    """``master, administrator``."""
    said = (
        (facts.is_master, _("master")),
        (facts.is_administrator, _("administrator")),
        (facts.is_owner, _("owner")),
    )
    return ", ".join(word for holds, word in said if holds)


def week(hours: Sequence[WorkingHours]) -> str:
    """A week in short: ``Mon–Fri 9:00–21:00, Sun 10:00–16:00``; empty when nobody works."""
    by_hours: dict[tuple[int, int], list[int]] = {}
    for one in hours:
        by_hours.setdefault((one.opens, one.closes), []).append(one.weekday)
    return "; ".join(f"{_weekdays(days)} {clock(opens)}–{clock(closes)}" for (opens, closes), days in by_hours.items())


def clock(minute: int) -> str:
    """A minute of the day as the clock shows it; the end of the day is 24:00."""
    return f"{minute // 60}:{minute % 60:02}"


def service_matches(service: ListedService, typed: str) -> bool:
    """Whether every word that was typed is found in the name, code, category or masters of a service."""
    names = (name for _id, name in service.masters)
    return _holds(typed, service.name, service.code, service.category_name, *names)


def colleague_matches(colleague: ListedColleague, typed: str) -> bool:
    """Whether every word that was typed is found in the name, title or roles of a colleague."""
    return _holds(typed, colleague.facts.name, colleague.facts.title, roles(colleague.facts))


def room_matches(room: ListedRoom, services: str, typed: str) -> bool:
    """Whether every word that was typed is found in the name, kind or services of a room."""
    return _holds(typed, room.facts.name, wording.room_kind(room.facts.kind), services)


def _holds(typed: str, *texts: str) -> bool:
    whole = folded(" ".join(texts))
    return all(folded(word) in whole for word in typed.split())


def _weekdays(days: Sequence[int]) -> str:
    """``Mon–Wed, Fri``: three or more in a row are a stretch."""
    names = wording.weekdays_short()
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] + 1 == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [
        f"{names[run[0]]}–{names[run[-1]]}" if len(run) > 2 else ", ".join(names[day] for day in run) for run in runs
    ]
    return ", ".join(said)


def answer_kind(kind: AnswerKind) -> str:
    """How a question is answered, as a choice."""
    return {
        AnswerKind.TEXT: pgettext("answer", "Words"),
        AnswerKind.CHOICE: pgettext("answer", "Choice"),
        AnswerKind.DATE: pgettext("answer", "Date"),
        AnswerKind.YES_NO: pgettext("answer", "Yes or no"),
    }[kind]


def ask_when(when: AskWhen) -> str:
    """When a question is asked, as a choice."""
    return {
        AskWhen.FIRST_VISIT: pgettext("asked", "once"),
        AskWhen.EVERY_YEAR: pgettext("asked", "every year"),
        AskWhen.WITH_SERVICE: pgettext("asked", "with services"),
    }[when]
