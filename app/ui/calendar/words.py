"""What the calendar says about a visit, a break and free time."""

from app import wording
from app.language import _
from app.salon.scheduling.agenda import AgendaBlock, AgendaEntry
from app.ui.calendar.placing import Tile
from app.ui.theme import Tone
from app.vocabulary import AlertKind, BlockKind, VisitStatus

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

ALERT_TONES = {
    AlertKind.ALLERGY: Tone.DANGER,
    AlertKind.CONTRAINDICATION: Tone.DANGER,
    AlertKind.DEBT: Tone.WARN,
    AlertKind.OTHER: Tone.WARN,
}


def client(entry: AgendaEntry) -> str:
    """Whose visit it is."""
    return entry.client_name or _("Without a card")


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
    found = [
        (wording.alert_kind(kind), ALERT_TONES[kind], "triangle-alert")
        for kind in sorted(entry.alerts, key=lambda kind: ALERT_TONES[kind] is not Tone.DANGER)
    ]
    if entry.overbooked_reason:
        found.append((_("overbooked"), Tone.DANGER, ""))
    if entry.is_first_visit:
        found.append((_("first visit"), Tone.ACCENT, ""))
    if entry.parts > 1:
        found.append((_("{part} of {parts}").format(part=entry.part, parts=entry.parts), Tone.NEUTRAL, ""))
    return found


def full_name(entry: AgendaEntry, master: str) -> str:
    """A visit in one line, as a screen reader says it."""
    said = [
        wording.interval(entry.starts_at, entry.ends_at),
        client(entry),
        entry.service_name,
        master,
        wording.visit_status(entry.status),
    ]
    said += [words for words, _tone, _icon in badges(entry)]
    if entry.has_note:
        said.append(_("has a note"))
    return ", ".join(said)


def free_for(minutes: int) -> str:
    """How long nobody is booked."""
    return _("free for {duration}").format(duration=wording.duration(minutes))


def processing(minutes: int) -> str:
    """What happens in a processing gap."""
    return _("processing {duration}, free for others").format(duration=wording.duration(minutes))


def resting(names: list[str]) -> str:
    """Who has the day off."""
    return _("off: {names}").format(names=wording.listed(names))


def visits_and_load(visits: str, share: str) -> str:
    """The one number that matters of a day: how many visits, and how much of the working time they take."""
    return _("{visits} · {share} booked").format(visits=visits, share=share)
