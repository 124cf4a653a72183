"""Who could take a place that has just become free: kept in line with the calendar until it is settled or declined."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.frozen import frozen
from app.salon.changes import Changes
from app.salon.scheduling import freed_time, holds, waitlist
from app.salon.scheduling.free_places import FreePlace
from app.salon.scheduling.freed_time import Freed
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.wait_matches import Match, Matching
from app.ui.desk import Desk
from app.vocabulary import Topic

_MOST = 24
"""So many freed stretches are remembered: a master who falls ill frees a whole day."""
CONCERNED = (Topic.VISITS, Topic.WAITING, Topic.STAFF, Topic.CATALOGUE, Topic.SALON, Topic.CLIENTS)


@frozen
class HeldOffer:
    """A place that is held for somebody while they are called."""

    hold_id: int
    match: Match
    until: datetime
    """Wall time."""


@frozen
class Offers:
    """What the card shows."""

    freed: tuple[Freed, ...] = ()
    """What became free and still is."""
    matches: tuple[Match, ...] = ()
    """Who could take it, the longest wait first."""
    held: tuple[HeldOffer, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to propose."""
        return not self.matches and not self.held


class OfferDesk(QObject):
    """Watches what the acts of this window set free. It proposes nothing past, nothing declined, nothing twice."""

    changed = Signal(object)
    """The ``Offers`` as they stand now."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.offers = Offers()
        self._freed: list[Freed] = []
        self._held: dict[int, Match] = {}
        self._declined: set[tuple[int, int, Interval]] = set()
        """Who said no (or was passed over) to which time of which master, in this session."""
        self._seen = freed_time.last_act(desk.salon.database)
        self._own: set[int] = set()
        """What was done at this window since the acts of others were looked at."""
        desk.perform.acted.connect(self.look_at_act)
        desk.feed.changed.connect(self._on_changed)

    def look_at_others(self) -> None:
        """At another workplace something was done: what it set free is proposed here as well."""
        database = self._desk.salon.database
        last = freed_time.last_act(database)  # first: what is written between the two is looked at the next time
        others = [one for one in freed_time.acts_since(database, self._seen) if one <= last and one not in self._own]
        self._seen = last
        self._own.clear()
        for entry_id in others:
            self._look_at(entry_id)

    def look_at_act(self, entry_id: int) -> None:
        """An act was done here: what it set free is proposed to those whom it suits."""
        self._own.add(entry_id)
        self._look_at(entry_id)

    def _look_at(self, entry_id: int) -> None:
        salon = self._desk.salon
        freed = freed_time.freed_by(salon.database, entry_id, salon.wall_now())
        if not freed or not waitlist.count(salon.database):
            return
        before = list(self._freed)
        self._freed = [*before, *(one for one in freed if one not in before)][-_MOST:]
        self._pass_over(freed_time.client_of_act(salon.database, entry_id), freed)
        self.refresh()
        if self.offers.is_empty:
            self._freed = before

    def refresh(self) -> None:
        """Look again whether what is proposed can still be had."""
        salon = self._desk.salon
        now, profile = salon.wall_now(), salon.profile
        free = freed_time.still_free(salon.database, self._freed, now)
        matches: tuple[Match, ...] = ()
        if free:
            matching = Matching(salon.database, now=now, step_minutes=profile.step_minutes, zone=profile.zone)
            # Who is being called about a place that is held for them is asked about no second one.
            called = {one.entry_id for one in holds.everywhere(salon.database, profile.zone)}
            asked = [match for match in matching.freed(free) if match.waiting.entry_id not in called]
            matches = tuple(left for match in asked if (left := self._not_declined(match)) is not None)
        now_shown = Offers(tuple(free) if matches else (), matches, self._still_held(profile.zone))
        if now_shown != self.offers:
            self.offers = now_shown
            self.changed.emit(now_shown)

    def _pass_over(self, client_id: int | None, freed: list[Freed]) -> None:
        """Who gave the place up does not want it."""
        if client_id is None:
            return
        for waiting in waitlist.listed(self._desk.salon.database, self._desk.salon.profile.zone):
            if waiting.client_id == client_id:
                self._declined |= {(waiting.entry_id, one.staff_id, one.interval) for one in freed}

    def note_held(self, hold_id: int, match: Match) -> None:
        """A place of a match is held now; it stays on the card until it is booked or given back."""
        self._held[hold_id] = match
        self.refresh()

    def note_refused(self, match: Match) -> None:
        """The client did not want the place: it is proposed to them no more."""
        self._decline(match, match.place)
        self.refresh()

    def dismiss(self) -> None:
        """Nobody is wanted for what became free; it is not proposed again to those who stood on the card."""
        for match in self.offers.matches:
            for freed in self.offers.freed:
                self._declined.add((match.waiting.entry_id, freed.staff_id, freed.interval))
        self._freed = []
        self._held = {}
        self.refresh()

    def _decline(self, match: Match, place: FreePlace) -> None:
        for staff_id in place.staff_ids:
            self._declined.add((match.waiting.entry_id, staff_id, Interval(place.starts_at, place.ends_at)))

    def _not_declined(self, match: Match) -> Match | None:
        """The match without the places that its client was offered before."""
        entry_id = match.waiting.entry_id
        mine = [(staff_id, interval) for entry, staff_id, interval in self._declined if entry == entry_id]
        if not mine:
            return match
        places = tuple(
            place
            for place in match.places
            if not any(
                staff_id in place.staff_ids and interval.overlaps(Interval(place.starts_at, place.ends_at))
                for staff_id, interval in mine
            )
        )
        return replace(match, places=places) if places else None

    def _still_held(self, zone: str) -> tuple[HeldOffer, ...]:
        if not self._held:
            return ()
        database = self._desk.salon.database
        days = {match.place.starts_at.date() for match in self._held.values()}
        until = {one.hold_id: one.until for day in days for one in holds.of_day(database, day, zone)}
        self._held = {hold_id: match for hold_id, match in self._held.items() if hold_id in until}
        return tuple(HeldOffer(hold_id, match, until[hold_id]) for hold_id, match in self._held.items())

    def _on_changed(self, changes: Changes) -> None:
        if (self._freed or self._held) and changes.concerns(*CONCERNED):
            self.refresh()
