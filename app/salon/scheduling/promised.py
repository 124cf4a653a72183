"""Places that are proposed to one client and not booked yet: nobody else of the open lists is offered them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime

from app.frozen import frozen
from app.salon.scheduling.availability import MasterDay
from app.salon.scheduling.day_book import MasterMinutes
from app.salon.scheduling.intervals import Interval, occupied, spanned
from app.salon.scheduling.room_choice import RoomsDay, RoomWish, Taken, chosen_rooms
from app.salon.scheduling.standing import BookedService, ServiceWish


@frozen
class Promise:
    """What one proposal would take if it were booked, and whose it is."""

    masters: tuple[tuple[int, Interval], ...]
    rooms: tuple[tuple[int, Interval], ...] = ()
    client_name: str = ""
    """Empty for a walk-in without a card."""


@frozen
class Promised:
    """What the proposals so far take: to whoever asks after them it is as if they were booked."""

    of_masters: Mapping[tuple[int, date], tuple[Interval, ...]] = field(
        default_factory=dict[tuple[int, date], tuple[Interval, ...]]
    )
    of_rooms: Mapping[date, tuple[tuple[int, Interval], ...]] = field(
        default_factory=dict[date, tuple[tuple[int, Interval], ...]]
    )

    def promise(
        self, wishes: Sequence[ServiceWish], stood: Sequence[BookedService | None], rooms: RoomsDay, client_name: str
    ) -> Promise:
        """One place more: it takes the rooms that booking it takes, its own, as it ``stood``, where they are free.

        ``rooms`` are those of its day without the visit.
        """
        masters: list[tuple[int, Interval]] = []
        taken: list[tuple[int, Interval]] = []
        free = self._in(rooms, wishes[0].starts_at.date())
        for wish, before in zip(wishes, stood, strict=True):
            masters += [(wish.staff_id, part) for part in occupied(wish.starts_at, wish.lengths)]
            usual = () if before is None else before.rooms
            whole = spanned(wish.starts_at, wish.lengths)
            chosen = chosen_rooms(free, RoomWish(wish.service_id, "", wish.rooms, usual), whole)
            taken += [(room_id, whole) for room_id in chosen]
        return Promise(tuple(masters), tuple(taken), client_name)

    def with_these(self, promises: Iterable[Promise]) -> "Promised":
        """These as well."""
        masters, rooms = dict(self.of_masters), dict(self.of_rooms)
        for one in promises:
            for staff_id, part in one.masters:
                place = (staff_id, part.starts_at.date())
                masters[place] = (*masters.get(place, ()), part)
            for room_id, whole in one.rooms:
                day = whole.starts_at.date()
                rooms[day] = (*rooms.get(day, ()), (room_id, whole))
        return Promised(masters, rooms)

    def on(self, master: MasterDay, day: date) -> MasterDay:
        """A master's ``day`` as it would be with them."""
        if not self.of_masters:
            return master
        mine = self.of_masters.get((master.staff_id, day), ())
        taken = (*master.taken, *(Taken(part, "") for part in mine))
        return replace(master, taken=taken, rooms=self._in(master.rooms, day))

    def among(self, book: MasterMinutes) -> MasterMinutes:
        """Several masters' days as they would be with them."""
        if not self.of_masters:
            return book
        taken = dict(book.taken)
        for place in book.shifts:
            parts = self.of_masters.get((place[0], date.fromisoformat(place[1])))
            if parts:
                spans = [(_minute(part.starts_at), _minute(part.ends_at)) for part in parts]
                taken[place] = sorted([*taken.get(place, ()), *spans])
        rooms: dict[date, RoomsDay] = {day: self._in(one, day) for day, one in book.rooms.items()}
        return replace(book, taken=taken, rooms=rooms)

    def _in(self, rooms: RoomsDay, day: date) -> RoomsDay:
        promised = self.of_rooms.get(day)
        if not promised:
            return rooms
        more: defaultdict[int, list[Taken]] = defaultdict(list)
        for room_id, whole in promised:
            more[room_id].append(Taken(whole, ""))
        return replace(rooms, rooms=tuple(replace(one, taken=(*one.taken, *more[one.room_id])) for one in rooms.rooms))


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
