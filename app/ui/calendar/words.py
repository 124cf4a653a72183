"""What the calendar says about a visit, a break, free time and a column."""

from datetime import date, datetime

from app import wording
from app.language import _, ngettext
from app.salon.scheduling.agenda import AgendaBlock, AgendaEntry, AgendaHold
from app.ui.calendar.placing import Tile
from app.ui.calendar.tracks import Track
from app.ui.theme import Tone
from app.vocabulary import LIVE_STATUSES, AlertKind, BlockKind, CallState, VisitStatus

STATUS_ICONS = {
    VisitStatus.CONFIRMED: "check",
    VisitStatus.ARRIVED: "log-in",
    VisitStatus.IN_SERVICE: "play",
    VisitStatus.COMPLETED: "check-check",
    VisitStatus.CANCELLED: "x",
    VisitStatus.NO_SHOW: "circle-x",
}
"""A sign for each status but the first, for who cannot tell the colours apart."""

BLOCK_ICONS = {
    BlockKind.BREAK: "coffee",
    BlockKind.TRAINING: "sparkles",
    BlockKind.ABSENCE: "door-open",
    BlockKind.OTHER: "lock",
}

TIES = frozenset({"heart", "repeat", "users"})
"""The signs of the marks: good to know, but not what must not be overlooked."""

ALERT_TONES = {
    AlertKind.ALLERGY: Tone.DANGER,
    AlertKind.CONTRAINDICATION: Tone.DANGER,
    AlertKind.DEBT: Tone.WARN,
    AlertKind.OTHER: Tone.WARN,
}


def client(entry: AgendaEntry) -> str:
    """Whose visit it is."""
    return wording.client_name(entry.client_name, entry.client_id)


def service(tile: Tile) -> str:
    """What is done in this part of the service."""
    if tile.part == 1:
        return _("{service}, finishing").format(service=tile.entry.service_name)
    return tile.entry.service_name


def block(blocked: AgendaBlock) -> str:
    """Why the master is taken."""
    return blocked.reason or wording.block_kind(blocked.kind)


def badges(entry: AgendaEntry) -> list[tuple[str, Tone, str]]:
    """What must not be overlooked, the gravest first: words, tone and icon."""
    found = _warnings(entry)
    if entry.parts > 1:
        found.append((_("{part} of {parts}").format(part=entry.part, parts=entry.parts), Tone.NEUTRAL, ""))
    return found


def _warnings(entry: AgendaEntry) -> list[tuple[str, Tone, str]]:
    found = [(wording.call_state(CallState.TO_CALL), Tone.WARN, "phone")] if entry.awaits_call else []
    if entry.do_not_book:
        found.append((_("do not book"), Tone.DANGER, "ban"))
    found += [
        (wording.alert_kind(kind), ALERT_TONES[kind], "triangle-alert")
        for kind in sorted(entry.alerts, key=lambda kind: ALERT_TONES[kind] is not Tone.DANGER)
    ]
    if entry.overbooked_reason:
        found.append((_("overbooked"), Tone.DANGER, ""))
    if entry.is_first_visit:
        found.append((_("first visit"), Tone.ACCENT, ""))
    return found


def marks(entry: AgendaEntry) -> list[tuple[str, Tone, str]]:
    """What ties a visit to a master, to other dates and to other clients: words, tone and icon."""
    found: list[tuple[str, Tone, str]] = []
    if entry.is_asked_for:
        found.append((_("asked for this master"), Tone.NEUTRAL, "heart"))
    if entry.series_id is not None:
        found.append((_("series"), Tone.NEUTRAL, "repeat"))
    if entry.group_id is not None:
        found.append((_("group"), Tone.NEUTRAL, "users"))
    return found


def signs(entry: AgendaEntry) -> tuple[str, ...]:
    """Badges and marks as icons where there is no room for words: the gravest, then what ties the visit."""
    found = ["phone"] if entry.awaits_call else []
    if entry.do_not_book:
        found.append("ban")
    elif entry.alerts:
        found.append("triangle-alert")
    elif entry.is_first_visit:
        found.append("sparkles")
    elif entry.has_note:
        found.append("file-text")
    return (*found, *ties(entry))


def ties(entry: AgendaEntry) -> tuple[str, ...]:
    """The marks as icons."""
    if not (entry.is_asked_for or entry.series_id or entry.group_id):
        return ()
    return tuple(icon for _text, _tone, icon in marks(entry))


def badges_in_words(entry: AgendaEntry) -> str:
    """The badges as a list says them, with the note."""
    said = [text for text, _tone, _icon in _warnings(entry)]
    if entry.parts > 1:  # on a tile the numbers are enough, in a list nobody would know what they count
        said.append(_("service {part} of {parts}").format(part=entry.part, parts=entry.parts))
    said += [text for text, _tone, _icon in marks(entry)]
    if entry.has_note:
        said.append(_("has a note"))
    return ", ".join(said)


def full_name(entry: AgendaEntry, master: str) -> str:
    """A visit in one line, as a screen reader says it."""
    said = [
        wording.interval(entry.starts_at, entry.ends_at),
        client(entry),
        entry.service_name,
        master,
        wording.visit_status(entry.status),
    ]
    more = badges_in_words(entry)
    return ", ".join([*said, more] if more else said)


def held(hold: AgendaHold, now: datetime) -> str:
    """For whom a place is held, and for how long still. ``now`` is aware."""
    seconds = max((hold.expires_at - now).total_seconds(), 0)
    left = wording.duration(max(-(-int(seconds) // 60), 1))
    if hold.client_name:
        return _("held for {client}, {left} more").format(client=hold.client_name, left=left)
    return _("held, {left} more").format(left=left)


def free_for(minutes: int) -> str:
    """How long nobody is booked."""
    return _("free for {duration}").format(duration=wording.duration(minutes))


def off_hours() -> str:
    """A master does not work at this hour."""
    return _("outside the shift")


def taken() -> str:
    """Somebody or something stands there already."""
    return _("taken")


def processing(minutes: int) -> str:
    """What happens in a processing gap."""
    return _("processing {duration}, free for others").format(duration=wording.duration(minutes))


def processing_in_short(minutes: int) -> str:
    """What happens in a processing gap, where a column is narrow."""
    return _("processing {duration}").format(duration=wording.duration(minutes))


def resting(names: list[str]) -> str:
    """Who has the day off."""
    return _("off: {names}").format(names=wording.listed(names))


def visits_and_load(visits: str, share: str) -> str:
    """The one number that matters of a day: how many visits, and how much of the working time they take."""
    return _("{visits} · {share} booked").format(visits=visits, share=share)


def load(track: Track) -> str:
    """How full a column is. Who is absent or has no hours has no load, and visits without a room have no measure."""
    if track.absence is not None:
        return wording.absence_kind(track.absence)
    percent = track.load_percent
    if percent is None:
        return _("off") if track.staff_id is not None else wording.visits(len({e.visit_id for e in track.entries}))
    return wording.percent(percent, 100)


def day_in_short(day: date) -> str:
    """A day over a column: "Tue 12"."""
    name = wording.weekday_short(day)
    return f"{name[:1].upper()}{name[1:]} {day.day}"


def book_at(starts_at: datetime, master: str) -> str:
    """What a click on a mark does."""
    return _("Book at {time}, {master}").format(time=wording.clock_time(starts_at), master=master)


def new_place(before: AgendaEntry, starts_at: datetime, other_master: str, other_room: str, today: date) -> str:
    """Where a visit was moved to: its time, with the day where it is another than ``before``; master and room, too."""
    said = [wording.clock_time(starts_at)]
    if starts_at.date() != before.starts_at.date():
        said.insert(0, wording.weekday_and_date(starts_at.date(), today))
    if other_master:
        said.append(wording.short_name(other_master))
    if other_room:
        said.append(other_room)
    return ", ".join(said)


def visits_of(count: int) -> str:
    """How many visits a day has."""
    return wording.visits(count) if count else _("No visits")


def booked_share(percent: int) -> str:
    """How much of the working time is taken."""
    return _("{share} booked").format(share=wording.percent(percent, 100))


def free_places(count: int) -> str:
    """How many places a search has found."""
    return ngettext("{n} free place", "{n} free places", count).format(n=wording.number(count))


def places_in_short(count: int) -> str:
    """The same in a badge."""
    return ngettext("{n} place", "{n} places", count).format(n=wording.number(count))


def is_live(entry: AgendaEntry) -> bool:
    """Whether the visit takes place or took place."""
    return entry.status in LIVE_STATUSES


def has_way_to_card(entry: AgendaEntry) -> bool:
    """Whether a visit leads to a card: that of its client, or the one that somebody without a card gets afterwards."""
    return entry.client_id is not None or entry.status is VisitStatus.COMPLETED
