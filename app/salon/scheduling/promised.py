"""Places that are proposed to one client and not booked yet: nobody else of the open lists is offered them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.frozen import frozen
from app.salon.scheduling.availability import MasterDay
from app.salon.scheduling.day_book import MasterMinutes
from app.salon.scheduling.intervals import Interval, occupied, spanned
from app.salon.scheduling.room_choice import RoomsDay, RoomWish, Taken, chosen_rooms
from app.salon.scheduling.standing import BookedService, ServiceWish


@frozen
class Promised:
    """What the proposals so far take: to whoever asks after them it is as if they were booked."""

    of_masters: tuple[tuple[int, Interval], ...] = ()
    of_rooms: tuple[tuple[int, Interval], ...] = ()

    def with_place(
        self, wishes: Sequence[ServiceWish], stood: Sequence[BookedService | None], rooms: RoomsDay
    ) -> "Promised":
        """One place more. It would take the rooms that booking it takes: its own, as it ``stood``, where they are free.

        ``rooms`` are those of the day without the visit.
        """
        masters, taken = list(self.of_masters), list(self.of_rooms)
        free = self._in(rooms)
        for wish, before in zip(wishes, stood, strict=True):
            masters += [(wish.staff_id, part) for part in occupied(wish.starts_at, wish.lengths)]
            usual = () if before is None else before.rooms
            whole = spanned(wish.starts_at, wish.lengths)
            chosen = chosen_rooms(free, RoomWish(wish.service_id, "", wish.rooms, usual), whole)
            taken += [(room_id, whole) for room_id in chosen]
        return Promised(tuple(masters), tuple(taken))

    def on(self, day: MasterDay) -> MasterDay:
        """A master's day as it would be with them."""
        if not self.of_masters:
            return day
        mine = [part for staff_id, part in self.of_masters if staff_id == day.staff_id]
        return replace(day, taken=(*day.taken, *(Taken(part, "") for part in mine)), rooms=self._in(day.rooms))

    def among(self, book: MasterMinutes) -> MasterMinutes:
        """Several masters' days as they would be with them."""
        if not self.of_masters:
            return book
        taken = dict(book.taken)
        for staff_id, part in self.of_masters:
            place = (staff_id, part.starts_at.date().isoformat())
            begins, ends = (moment.hour * 60 + moment.minute for moment in (part.starts_at, part.ends_at))
            taken[place] = sorted([*taken.get(place, ()), (begins, ends)])
        days = {whole.starts_at.date() for _room, whole in self.of_rooms}
        rooms: dict[date, RoomsDay] = {day: self._in(one) if day in days else one for day, one in book.rooms.items()}
        return replace(book, taken=taken, rooms=rooms)

    def _in(self, rooms: RoomsDay) -> RoomsDay:
        taken = [(room_id, Taken(whole, "")) for room_id, whole in self.of_rooms]
        more = [
            replace(room, taken=(*room.taken, *(one for room_id, one in taken if room_id == room.room_id)))
            for room in rooms.rooms
        ]
        return replace(rooms, rooms=tuple(more))
