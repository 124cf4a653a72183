"""What the salon has changed since a booking was begun: to be told to the client before it is booked."""

from collections.abc import Iterable, Sequence

from app.salon.scheduling.places import PlannedService
from app.ui.booking import words
from app.ui.booking.draft import PriceList


class SinceLeft:
    """Remembers what was told on the phone, however often the price list is changed after that."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, int], PlannedService] = {}
        """The services as they were put together, by service and master."""
        self._rooms: dict[int, str] = {}
        """The room that a service was to have and can have no longer, by service."""

    def note(self, old: Sequence[PlannedService], new: Sequence[PlannedService], before: PriceList) -> None:
        """``old`` became ``new`` by a newer price list than ``before``."""
        for one, now in zip(old, new, strict=True):
            told = self._told.get((one.service_id, one.staff_id), one)
            if (told.price, told.lengths) != (now.price, now.lengths):
                self._told.setdefault((now.service_id, now.staff_id), told)
            lost = next((room_id for room_id in one.rooms if room_id not in now.rooms), None)
            if lost is not None:
                self._rooms[one.service_id] = before.rooms.get(lost, "")

    def forget(self) -> None:
        """Somebody else is meant, to whom nothing was told."""
        self._told.clear()
        self._rooms.clear()

    def lines(self, planned: Iterable[PlannedService], prices: PriceList) -> list[str]:
        """What of ``planned`` is not as it was told; what was changed back is as it was."""
        said: list[str] = []
        for one in planned:
            told = self._told.get((one.service_id, one.staff_id))
            if told is not None and told.price != one.price:
                said.append(words.now_costs(one, prices.currency))
            if told is not None and told.lengths.total != one.lengths.total and prices.is_usual(one):
                said.append(words.now_takes(one))
            if self._rooms.get(one.service_id) and not one.rooms:
                said.append(words.room_gone(one, self._rooms[one.service_id]))
        return list(dict.fromkeys(said))
