"""The waiting list in sentences: what somebody waits for, when it suits, and why they are proposed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from app import wording
from app.language import _, pgettext
from app.salon.reminders.message import first_name
from app.salon.scheduling.free_places import DAY_MINUTES, FreePlace
from app.salon.scheduling.wait_matches import Match
from app.salon.scheduling.waitlist import Waiting, Window

_WEEKDAYS, _WEEKEND, _ALL = frozenset(range(5)), frozenset({5, 6}), frozenset(range(7))
_FAR = timedelta(days=21)
"""A last day that is further off than this is the usual end of waiting, which nobody named."""


def waits(since: datetime, now: datetime) -> str:
    """How long somebody waits: ``ждёт 6 дней``, today ``ждёт с 10:20``."""
    days = (now.date() - since.date()).days
    if days > 0:
        return _("waiting {days}").format(days=wording.days(days))
    return _("waiting since {time}").format(time=wording.clock_time(since))


def what(waiting: Waiting) -> str:
    """The services and how long they take: ``Маникюр 1 ч``."""
    names = wording.listed([name for _id, name in waiting.services])
    return f"{names}{wording.NBSP}{wording.duration(waiting.minutes)}"


def by_whom(waiting: Waiting) -> str:
    """The masters who were asked for, or that it may be any."""
    names = [wording.short_name(name) for _id, name in waiting.masters]
    return wording.listed(names) if names else _("any master")


def window(one: Window, today: date) -> str:
    """Days and hours: ``будни после 17:00``, ``14–20 мая``, ``любой день``."""
    parts = [part for part in (_days(one), _hours(one), _dates(one, today)) if part]
    if not _days(one) and not _dates(one, today):
        parts.insert(0, pgettext("when it suits", "any day"))
    return " ".join(parts)


def windows(waiting: Waiting, today: date) -> str:
    """All days and hours that suit."""
    return "; ".join(window(one, today) for one in waiting.windows if one.last_day >= today) or _("the time is over")


def booked_already(starts_at: datetime, today: date) -> str:
    """That somebody who waits comes anyway: ``уже есть запись: чт, 14 мая, 15:00``."""
    return _("booked already: {day}, {time}").format(
        day=wording.weekday_and_date(starts_at.date(), today), time=wording.clock_time(starts_at)
    )


def why(match: Match, now: datetime, ahead: datetime | None = None) -> str:
    """Why somebody is proposed: ``ждёт 6 дней, маникюр 1 ч, будни после 17:00``; ``ahead`` is their next visit."""
    waiting = match.waiting
    suits = next((one for one in waiting.windows if one.holds(match.place)), waiting.windows[0])
    parts = [waits(waiting.since, now), _begun_small(what(waiting)), window(suits, now.date())]
    if waiting.masters:
        parts.append(_("asks for {masters}").format(masters=by_whom(waiting)))
    if ahead is not None:
        parts.append(booked_already(ahead, now.date()))
    return ", ".join(parts)


def proposal(place: FreePlace, names: Mapping[int, str], today: date) -> str:
    """A place in a few words: ``чт, 14 мая, 15:00, Ольга Б.``. ``names`` are those of the masters."""
    who = wording.listed(list(dict.fromkeys(wording.short_name(names.get(staff, "")) for staff in place.staff_ids)))
    when = f"{wording.weekday_and_date(place.starts_at.date(), today)}, {wording.clock_time(place.starts_at)}"
    return ", ".join(part for part in (when, who) if part)


def message(match: Match, names: Mapping[int, str], salon: str) -> str:
    """What somebody who waits is written when a place became free, in the language spoken now."""
    place = match.place
    return _(
        "Hello {client}! A place has become free: {weekday}, {date} at {time}, {services}, {masters}. "
        "Shall we book it for you? {salon}"
    ).format(
        client=first_name(match.waiting.client_name),
        weekday=wording.weekday_name(place.starts_at.date()),
        date=wording.day_and_month(place.starts_at.date()),
        time=wording.clock_time(place.starts_at),
        services=wording.listed([_begun_small(name) for _id, name in match.waiting.services]),
        masters=wording.listed(list(dict.fromkeys(names.get(staff, "") for staff in place.staff_ids))),
        salon=salon,
    )


def _begun_small(words: str) -> str:
    """Inside a sentence a Russian word begins small ("Маникюр"), a brand does not ("SPA")."""
    is_russian_word = "А" <= words[:1] <= "Я" or words[:1] == "Ё"
    return words[:1].lower() + words[1:] if is_russian_word and words[1:2].islower() else words


def _days(one: Window) -> str:
    if one.weekdays == _ALL:
        return ""
    if one.weekdays == _WEEKDAYS:
        return pgettext("when it suits", "weekdays")
    if one.weekdays == _WEEKEND:
        return pgettext("when it suits", "weekends")
    short = wording.weekdays_short()
    return ", ".join(short[day] for day in sorted(one.weekdays))


def _hours(one: Window) -> str:
    if (one.from_minute, one.to_minute) == (0, DAY_MINUTES):
        return ""
    if one.to_minute == DAY_MINUTES:
        return pgettext("when it suits", "after {time}").format(time=_clock(one.from_minute))
    if one.from_minute == 0:
        return pgettext("when it suits", "until {time}").format(time=_clock(one.to_minute))
    return wording.interval(_time(one.from_minute), _time(one.to_minute))


def _dates(one: Window, today: date) -> str:
    if one.first_day <= today:
        if one.last_day == today:
            return pgettext("when it suits", "today")
        return (
            ""
            if one.last_day - today > _FAR
            else pgettext("when it suits", "up to {day}").format(day=wording.day_and_month(one.last_day))
        )
    if one.last_day - today > _FAR:
        return pgettext("when it suits", "from {day}").format(day=wording.day_and_month(one.first_day))
    if one.first_day == one.last_day:
        return wording.day_and_month(one.first_day)
    if one.first_day.month == one.last_day.month:
        return f"{one.first_day.day}–{wording.day_and_month(one.last_day)}"
    return f"{wording.day_and_month(one.first_day)}{wording.NBSP}– {wording.day_and_month(one.last_day)}"


def _time(minute: int) -> time:
    last = min(minute, DAY_MINUTES - 1)
    return time(last // 60, last % 60)


def _clock(minute: int) -> str:
    return wording.clock_time(_time(minute))
