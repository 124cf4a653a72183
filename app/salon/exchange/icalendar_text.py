"""The text of a calendar file (RFC 5545) that phones and office programs read. Pure.

Planned time is wall time, so an event says its hour in the salon's zone (``DTSTART;TZID=…``) and not in UTC: a visit
at 15:30 stays at 15:30 when the law about the clocks changes after the file was handed out. RFC 5545 (3.2.19) wants
the zone described beside it; the description is made from the zone database for the years of the events alone, one
observance for each change of the clocks, so no rule has to be guessed.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

LINE_OCTETS = 75
"""The longest line in octets of UTF-8, its end not counted (RFC 5545, 3.1)."""

_NAMESPACE = uuid.UUID("5f1b3a52-7a0e-4f0c-9f5e-2f6f0d1c8a77")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One appointment as a calendar shows it. Wall times of the salon."""

    uid: str
    """The same at every export, so that a calendar changes the event instead of adding a second one."""
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    location: str = ""
    is_cancelled: bool = False
    revision: int = 0
    """The larger of two says which of two files is the newer: a calendar passes over what is not newer."""


def uid(*facts: object) -> str:
    """A name for an event that no other salon gives, always the same for the same ``facts`` (RFC 7986, 5.3)."""
    return str(uuid.uuid5(_NAMESPACE, " ".join(str(fact) for fact in facts)))


def text(events: Sequence[CalendarEvent], zone: str, made_at: datetime, name: str = "") -> str:
    """A calendar of ``events`` of a salon in ``zone`` (IANA), made at the moment ``made_at`` (aware).

    ``name`` is what a program calls the calendar that it makes of the file.
    """
    years = [moment.year for event in events for moment in (event.starts_at, event.ends_at)] or [made_at.year]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vizit//Vizit//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    if name:
        lines.append(f"X-WR-CALNAME:{escaped(name)}")
    lines += _zone_lines(zone, min(years), max(years))
    for event in events:
        lines += _event_lines(event, zone, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(words: str) -> str:
    """Free text as a value: ``\\``, ``;`` and ``,`` are marked, a new line is ``\\n`` (RFC 5545, 3.3.11)."""
    plain = _UNPRINTABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each after the first led in by a space. No letter is cut in two."""
    pieces: list[str] = []
    piece, room = "", LINE_OCTETS
    for letter in line:
        size = len(letter.encode("utf-8"))
        if size > room:
            pieces.append(piece)
            piece, room = "", LINE_OCTETS - 1
        piece += letter
        room -= size
    return "\r\n ".join([*pieces, piece])


def _event_lines(event: CalendarEvent, zone: str, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.revision}"
    yield f"DTSTAMP:{_wall(made_at.astimezone(UTC))}Z"
    yield f"DTSTART;TZID={zone}:{_wall(event.starts_at)}"
    yield f"DTEND;TZID={zone}:{_wall(event.ends_at)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.location:
        yield f"LOCATION:{escaped(event.location)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if event.is_cancelled else 'OPAQUE'}"
    yield "END:VEVENT"


def _wall(moment: datetime) -> str:
    return f"{moment.year:04}{moment:%m%dT%H%M%S}"


# ---- the zone ------------------------------------------------------------------------------------------------


def _zone_lines(zone: str, first_year: int, last_year: int) -> Iterator[str]:
    place = ZoneInfo(zone)
    begins = datetime(first_year, 1, 1, tzinfo=place)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone}"
    yield from _observance(begins, begins)
    for before, after in _changes(begins, datetime(last_year + 1, 1, 1, tzinfo=place)):
        yield from _observance(before, after)
    yield "END:VTIMEZONE"


def _observance(before: datetime, after: datetime) -> Iterator[str]:
    """What holds from ``after`` on. It begins at the hour that the clock showed before it was changed."""
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    had, has = _offset(before), _offset(after)
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{_wall((after.astimezone(UTC) + had).replace(tzinfo=None))}"
    yield f"TZOFFSETFROM:{_signed(had)}"
    yield f"TZOFFSETTO:{_signed(has)}"
    yield f"TZNAME:{after.tzname()}"
    yield f"END:{kind}"


def _changes(first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each change of the clocks as the last second before it and the first one after it."""
    place, start = first.tzinfo, first.astimezone(UTC)
    days = (last.astimezone(UTC) - start).days
    moments = [(start + _DAY * number).astimezone(place) for number in range(days + 1)]
    for before, after in pairwise(moments):
        if _rule(before) != _rule(after):
            yield _narrowed(before, after)


def _narrowed(before: datetime, after: datetime) -> tuple[datetime, datetime]:
    early, late = before.astimezone(UTC), after.astimezone(UTC)
    while late - early > _SECOND:
        middle = early + (late - early) // 2 // _SECOND * _SECOND
        if _rule(middle.astimezone(before.tzinfo)) == _rule(before):
            early = middle
        else:
            late = middle
    return early.astimezone(before.tzinfo), late.astimezone(before.tzinfo)


def _rule(moment: datetime) -> tuple[timedelta, str | None, timedelta | None]:
    return _offset(moment), moment.tzname(), moment.dst()


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _signed(offset: timedelta) -> str:
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
