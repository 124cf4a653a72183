"""A visit while it is being put together: values and decisions, no widget."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from app.salon.catalogue.services import OfferedService
from app.salon.clients.card import CardVisit
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.places import PlannedService, one_after_another


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been chosen so far. ``moment`` is None while the field holds no time."""

    day: date
    moment: time | None
    planned: tuple[PlannedService, ...] = ()
    client_id: int | None = None
    comment: str = ""

    @property
    def starts_at(self) -> datetime | None:
        """Planned start, wall time."""
        return None if self.moment is None else datetime.combine(self.day, self.moment)

    @property
    def minutes(self) -> int:
        """How long the client stays."""
        return sum(one.lengths.total for one in self.planned)

    @property
    def price(self) -> int | None:
        """What it costs, minor units; None when a price is on request."""
        prices = [one.price for one in self.planned]
        return None if None in prices else sum(price for price in prices if price is not None)

    def request(self, overbooked_reason: str = "") -> BookingRequest | None:
        """The booking to ask for; None while something is missing."""
        if self.starts_at is None or not self.planned:
            return None
        services = one_after_another(self.starts_at, self.planned)
        return BookingRequest(self.client_id, services, self.comment, overbooked_reason)

    def with_service(self, service: OfferedService, staff_id: int | None) -> "Draft":
        """One service more, with ``staff_id`` where they do it, else with the first who does."""
        able = service.masters
        master = staff_id if staff_id in able else (able[0] if able else staff_id)
        if master is None:
            return self
        one = PlannedService(service.service_id, service.name, master, service.lengths, service.price)
        return replace(self, planned=(*self.planned, one))

    def without(self, position: int) -> "Draft":
        """The same without the service at ``position``."""
        return replace(self, planned=self.planned[:position] + self.planned[position + 1 :])

    def changed(self, position: int, one: PlannedService) -> "Draft":
        """The same with another service at ``position``."""
        return replace(self, planned=(*self.planned[:position], one, *self.planned[position + 1 :]))


def as_last_time(visit: CardVisit, offered: dict[int, OfferedService]) -> tuple[PlannedService, ...]:
    """The services of an earlier visit as they would be booked again: same masters, actual lengths, today's prices.

    What is no longer offered, or whose master has left, is left out or goes to another master.
    """
    planned: list[PlannedService] = []
    for past in visit.services:
        service = offered.get(past.service_id)
        if service is None or not service.masters:
            continue
        master = past.staff_id if past.staff_id in service.masters else service.masters[0]
        planned.append(PlannedService(service.service_id, service.name, master, past.lengths, service.price))
    return tuple(planned)
