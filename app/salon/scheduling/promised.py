"""Places that are proposed to one client and not booked yet: nobody else of the open lists is offered them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime

from app.frozen import frozen
from app.salon.scheduling.availability import MasterDay
from app.salon.scheduling.day_book import MasterMinutes
from app.salon.scheduling.intervals import Interval, occupied, spanned
from app.salon.scheduling.room_choice import RoomsDay, RoomWish, Taken, chosen_rooms
from app.salon.scheduling.standing import BookedService, ServiceWish


@frozen
class Promised:
    """What the proposals so far take: to whoever asks after them it is as if they were booked."""

    of_masters: Mapping[tuple[int, date], tuple[Interval, ...]] = field(
        default_factory=dict[tuple[int, date], tuple[Interval, ...]]
    )
    of_rooms: Mapping[date, tuple[tuple[int, Interval], ...]] = field(
        default_factory=dict[date, tuple[tuple[int, Interval], ...]]
    )

    def with_place(
        self, wishes: Sequence[ServiceWish], stood: Sequence[BookedService | None], rooms: RoomsDay
    ) -> "Promised":
        """One place more. It would take the rooms that booking it takes: its own, as it ``stood``, where they are free.

        ``rooms`` are those of its day without the visit.
        """
        masters, taken = dict(self.of_masters), dict(self.of_rooms)
        free = self._in(rooms, wishes[0].starts_at.date())
        for wish, before in zip(wishes, stood, strict=True):
            day = wish.starts_at.date()
            place = (wish.staff_id, day)
            masters[place] = (*masters.get(place, ()), *occupied(wish.starts_at, wish.lengths))
            usual = () if before is None else before.rooms
            whole = spanned(wish.starts_at, wish.lengths)
            chosen = chosen_rooms(free, RoomWish(wish.service_id, "", wish.rooms, usual), whole)
            taken[day] = (*taken.get(day, ()), *((room_id, whole) for room_id in chosen))
        return Promised(masters, taken)

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
        for (staff_id, day), parts in self.of_masters.items():
            place = (staff_id, day.isoformat())
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
