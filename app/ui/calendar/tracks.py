"""What the columns of the grid stand for: the masters of a day, its rooms, or the days of one master. Pure, no Qt."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from app.frozen import frozen
from app.language import _
from app.salon.profile import Profile
from app.salon.scheduling.agenda import AgendaBlock, AgendaEntry, AgendaHold, DayAgenda, MasterColumn, RoomsOfDay
from app.salon.scheduling.intervals import Interval, merged
from app.ui.calendar.geometry import MINUTES_OF_DAY
from app.vocabulary import LIVE_STATUSES, AbsenceKind

NO_ROOM = 0
"""The key of the column of visits that take no room."""


@frozen
class Part:
    """A stretch of a booked service in a column: the working time, or the finishing after a gap. Minutes of the day."""

    entry: AgendaEntry
    part: int
    starts: int
    ends: int
    taken_from: int
    """With what the master needs before it."""
    taken_until: int
    """And after it."""


@frozen
class Buffer:
    """What the master needs beside a service: laying out before the client sits down, cleaning after they went.

    Minutes of the day.
    """

    entry: AgendaEntry
    starts: int
    ends: int


@frozen
class Track:
    """One column of the grid."""

    key: int
    """What tells it from the others of its sheet: the master, the room, or the day's number."""
    day: date
    staff_id: int | None
    """The master who works in it; None in a room, where anybody may."""
    name: str
    title: str
    shifts: tuple[Interval, ...]
    """When somebody can be booked here: a master's hours, or those of the salon for a room."""
    booked_minutes: int
    shift_minutes: int
    entries: tuple[AgendaEntry, ...]
    parts: tuple[Part, ...]
    buffers: tuple[Buffer, ...]
    blocks: tuple[AgendaBlock, ...]
    holds: tuple[AgendaHold, ...] = ()
    absence: AbsenceKind | None = None
    """Why the master is absent that day."""

    @property
    def load_percent(self) -> int | None:
        """Booked share of the time that can be booked; None where there is none."""
        return None if self.shift_minutes == 0 else round(100 * self.booked_minutes / self.shift_minutes)

    @property
    def room_id(self) -> int | None:
        """The room whose column it is."""
        return self.key if self.staff_id is None and self.key != NO_ROOM else None

    @property
    def rooms(self) -> tuple[int, ...]:
        """The room that whatever is put into this column shall have; none where the column is no room."""
        return () if self.room_id is None else (self.room_id,)

    def minute_of(self, moment: datetime) -> int:
        """Minutes from the midnight that begins the column's day."""
        return minute_of(self.day, moment)

    def worked(self) -> list[tuple[int, int]]:
        """Its hours as minutes of the day, touching ones joined."""
        return [(self.minute_of(shift.starts_at), self.minute_of(shift.ends_at)) for shift in merged(self.shifts)]


@frozen
class Sheet:
    """What the grid shows: its columns from left to right, and everything that was read for them."""

    tracks: tuple[Track, ...]
    agendas: tuple[DayAgenda, ...]
    """The days, whole: a visit's other services may stand in no column."""
    resting: tuple[str, ...] = ()
    """Masters without hours and without visits that day; they have no column while others have one."""
    hidden: tuple[tuple[int, str], ...] = ()
    """Masters (number, name) who have no column because this machine hides them."""
    is_of_rooms: bool = False
    is_of_days: bool = False

    @property
    def entries(self) -> tuple[AgendaEntry, ...]:
        """All booked services that were read."""
        return tuple(entry for agenda in self.agendas for entry in agenda.entries)

    @property
    def masters(self) -> dict[int, str]:
        """The names of the masters."""
        return {master.staff_id: master.name for agenda in self.agendas for master in agenda.masters}

    @property
    def nobody_works(self) -> bool:
        """Whether no master has hours."""
        return not any(master.shifts for agenda in self.agendas for master in agenda.masters)


def minute_of(day: date, moment: datetime) -> int:
    """Minutes from the midnight that begins ``day``; more than a day's for what ends after it."""
    return (moment.toordinal() - day.toordinal()) * MINUTES_OF_DAY + moment.hour * 60 + moment.minute


def of_masters(agenda: DayAgenda, hidden: Collection[int] = ()) -> Sheet:
    """A column for each master of the day who is there and not hidden. When nobody is there, everybody keeps it.

    Hiding all of them would leave nothing to look at: then it counts as hiding nobody.
    """
    wanted = [master for master in agenda.masters if master.staff_id not in hidden] or list(agenda.masters)
    booked = {entry.staff_id for entry in agenda.entries} | {block.staff_id for block in agenda.blocks}
    there = [master for master in wanted if master.shifts or master.staff_id in booked]
    resting = () if not there else tuple(master.name for master in wanted if master not in there)
    tracks = tuple(_of_master(agenda, master, master.staff_id) for master in there or wanted)
    left_out = tuple((master.staff_id, master.name) for master in agenda.masters if master not in wanted)
    return Sheet(tracks, (agenda,), resting, left_out)


def of_week(agendas: Sequence[DayAgenda], staff_id: int) -> Sheet:
    """The days of one master, whether they work or not."""
    tracks: list[Track] = []
    for agenda in agendas:
        found = next((master for master in agenda.masters if master.staff_id == staff_id), None)
        master = found or MasterColumn(staff_id, "", "", (), 0, 0)
        tracks.append(_of_master(agenda, master, agenda.day.toordinal()))
    return Sheet(tuple(tracks), tuple(agendas), is_of_days=True)


def of_rooms(agenda: DayAgenda, rooms: RoomsOfDay, profile: Profile) -> Sheet:
    """A column for each room, and one for the visits that take none, where there are such."""
    midnight = datetime.combine(agenda.day, time())
    hours = Interval(
        midnight + timedelta(minutes=profile.opens_minute), midnight + timedelta(minutes=profile.closes_minute)
    )
    entry_of = {entry.booked_id: entry for entry in agenda.entries}
    tracks: list[Track] = []
    for room in rooms.rooms:
        taken = [each for each in rooms.taken if each.room_id == room.room_id and each.booked_id in entry_of]
        parts = tuple(_in_room(agenda.day, entry_of[each.booked_id], each.interval) for each in taken)
        tracks.append(_of_room(agenda, room.room_id, room.name, parts, (hours,) if room.is_in_use else ()))
    placed = {each.booked_id for each in rooms.taken}
    rest = [entry for entry in agenda.entries if entry.booked_id not in placed and entry.status in LIVE_STATUSES]
    if rest:
        parts = tuple(part for entry in rest for part in _parts_of(agenda.day, entry))
        tracks.append(_of_room(agenda, NO_ROOM, _("Without a room"), parts, ()))
    return Sheet(tuple(tracks), (agenda,), is_of_rooms=True)


def _of_master(agenda: DayAgenda, master: MasterColumn, key: int) -> Track:
    day, staff_id = agenda.day, master.staff_id
    entries = tuple([entry for entry in agenda.entries if entry.staff_id == staff_id])
    return Track(
        key=key,
        day=agenda.day,
        staff_id=master.staff_id,
        name=master.name,
        title=master.title,
        shifts=master.shifts,
        booked_minutes=master.booked_minutes,
        shift_minutes=master.shift_minutes,
        entries=entries,
        parts=tuple([part for entry in entries for part in _parts_of(day, entry)]),
        buffers=tuple([buffer for entry in entries for buffer in _buffers_of(day, entry)]),
        blocks=tuple([block for block in agenda.blocks if block.staff_id == staff_id]),
        holds=tuple([hold for hold in agenda.holds if hold.staff_id == staff_id]),
        absence=master.absence,
    )


def _of_room(agenda: DayAgenda, key: int, name: str, parts: tuple[Part, ...], hours: tuple[Interval, ...]) -> Track:
    entries = {part.entry.booked_id: part.entry for part in parts}
    return Track(
        key=key,
        day=agenda.day,
        staff_id=None,
        name=name,
        title="",
        shifts=hours,
        booked_minutes=_covered((part.taken_from, part.taken_until) for part in parts),
        shift_minutes=sum(each.minutes for each in hours),
        entries=tuple(entries.values()),
        parts=parts,
        buffers=tuple(buffer for entry in entries.values() for buffer in _buffers_of(agenda.day, entry)),
        blocks=(),
    )


def _covered(stretches: Iterable[tuple[int, int]]) -> int:
    """How many minutes they cover together."""
    covered = until = 0
    for starts, ends in sorted(stretches):
        covered += max(0, ends - max(starts, until))
        until = max(until, ends)
    return covered


def _in_room(day: date, entry: AgendaEntry, taken: Interval) -> Part:
    """A room is taken through the gap: one part, which the client sees as the whole service."""
    starts, ends = minute_of(day, entry.starts_at), minute_of(day, entry.ends_at)
    return Part(entry, 0, starts, ends, minute_of(day, taken.starts_at), minute_of(day, taken.ends_at))


def _parts_of(day: date, entry: AgendaEntry) -> list[Part]:
    lengths = entry.lengths
    begins, over = minute_of(day, entry.starts_at), minute_of(day, entry.ends_at)
    if not lengths.gap and not lengths.before:  # most of them: no more is to be asked
        until = begins + lengths.working + lengths.finishing + lengths.after
        return [Part(entry, 0, begins, min(until, over), begins, until)] if begins < min(until, over) else []
    parts: list[Part] = []
    for number, (since, until) in enumerate(lengths.taken):
        starts, ends = begins + max(since, 0), min(begins + until, over)
        if starts < ends:
            parts.append(Part(entry, number, starts, ends, begins + since, begins + until))
    return parts


def _buffers_of(day: date, entry: AgendaEntry) -> list[Buffer]:
    lengths = entry.lengths
    found: list[Buffer] = []
    if not lengths.before and not lengths.after:
        return found
    begins, over = minute_of(day, entry.starts_at), minute_of(day, entry.ends_at)
    if lengths.before:
        found.append(Buffer(entry, begins - lengths.before, begins))
    cleaned = begins + lengths.total + lengths.after
    if over < cleaned:
        found.append(Buffer(entry, over, cleaned))
    return found
