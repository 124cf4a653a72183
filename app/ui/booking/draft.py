"""A visit while it is being put together: values and decisions, no widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from app.errors import CannotPerform, MasterLeft, SalonError, ServiceWithdrawn
from app.salon.catalogue.services import OfferedService
from app.salon.catalogue.staff import Colleague
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.places import PlannedService, StandingVisit, one_after_another


@dataclass(frozen=True, slots=True)
class PriceList:
    """What can be booked, and with whom."""

    offered: dict[int, OfferedService]
    masters: dict[int, Colleague]
    currency: str
    fit: Mapping[int, frozenset[int]] = field(default_factory=dict[int, frozenset[int]])
    """The rooms that are fit for a service; one that is not here takes none."""
    rooms: Mapping[int, str] = field(default_factory=dict[int, str])
    """The names of the rooms."""
    left: Mapping[int, str] = field(default_factory=dict[int, str])
    """The names of those who work here no longer; a visit may still stand with them."""

    @property
    def names(self) -> dict[int, str]:
        """The masters' names."""
        return {staff_id: one.name for staff_id, one in self.masters.items()}

    def name_of(self, staff_id: int) -> str:
        """A master's name, also of one who has left."""
        return self.names.get(staff_id) or self.left.get(staff_id, "")

    def able(self, service_id: int) -> list[Colleague]:
        """Who does a service, in the order of the calendar."""
        service = self.offered.get(service_id)
        return [] if service is None else [self.masters[one] for one in service.masters if one in self.masters]

    def refusal(self, one: PlannedService) -> SalonError | None:
        """Why a service can be booked at no time with its master, or None."""
        service = self.offered.get(one.service_id)
        if service is None:
            return ServiceWithdrawn(one.service_name)
        if one.staff_id in service.masters:
            return None
        name = self.name_of(one.staff_id)
        return MasterLeft(name) if one.staff_id in self.left else CannotPerform(name, one.service_name)

    def is_usual(self, one: PlannedService) -> bool:
        """Whether a service takes as long as the price list says."""
        service = self.offered.get(one.service_id)
        return service is not None and one.lengths == service.lengths_with(one.staff_id)

    def by_who_does_it(self, one: PlannedService) -> PlannedService:
        """The same by the first who does it, where nobody cares by whom and its master does it no longer."""
        able = self.able(one.service_id)
        return one if self.refusal(one) is None or not able else self.with_master(one, able[0].staff_id)

    def with_master(self, one: PlannedService, staff_id: int) -> PlannedService:
        """The same with this master, if they do it: at their price, and as long unless the length was chosen."""
        service = self.offered.get(one.service_id)
        if service is None or staff_id not in service.masters or staff_id == one.staff_id:
            return one
        lengths = service.lengths_with(staff_id) if self.is_usual(one) else one.lengths
        return replace(one, staff_id=staff_id, lengths=lengths, price=service.price_with(staff_id))

    def in_room(self, one: PlannedService, room_id: int | None) -> PlannedService:
        """The same in a room that was chosen, if it is fit for it."""
        return replace(one, rooms=(room_id,)) if room_id in self.fit.get(one.service_id, ()) else one


def repriced(planned: Sequence[PlannedService], before: PriceList, now: PriceList) -> tuple[PlannedService, ...]:
    """The same by today's price list; a length that was chosen stays, and so does what is no longer offered.

    A room that is no longer there, or not fit any more, is asked for no longer.
    """
    found: list[PlannedService] = []
    for one in planned:
        old, new = before.offered.get(one.service_id), now.offered.get(one.service_id)
        if old is not None and new is not None:
            lengths = new.lengths_with(one.staff_id) if before.is_usual(one) else one.lengths
            one = replace(one, service_name=new.name, lengths=lengths, price=new.price_with(one.staff_id))
            fit = now.fit.get(one.service_id, ())
            one = replace(one, rooms=tuple(room_id for room_id in one.rooms if room_id in fit))
        found.append(one)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been chosen so far. ``moment`` is None while the field holds no time."""

    day: date
    moment: time | None
    planned: tuple[PlannedService, ...] = ()
    comment: str = ""

    @property
    def starts_at(self) -> datetime | None:
        """Planned start, wall time."""
        return None if self.moment is None else datetime.combine(self.day, self.moment)

    @property
    def minutes(self) -> int:
        """How long the client stays."""
        if not self.planned:
            return 0
        begin = datetime.combine(self.day, time.min)
        ends_at = max(wish.ends_at for wish in one_after_another(begin, self.planned))
        return int((ends_at - begin).total_seconds()) // 60

    @property
    def price(self) -> int | None:
        """What it costs, minor units; None when a price is on request."""
        prices = [one.price for one in self.planned]
        return None if None in prices else sum(price for price in prices if price is not None)

    def request(
        self, client_id: int | None, overbooked_reason: str = "", alerts_seen: tuple[int, ...] = ()
    ) -> BookingRequest | None:
        """The booking to ask for; None while something is missing. ``client_id`` None is a walk-in."""
        if self.starts_at is None or not self.planned:
            return None
        services = one_after_another(self.starts_at, self.planned)
        return BookingRequest(client_id, services, self.comment, overbooked_reason, alerts_seen)

    @property
    def ends_at(self) -> datetime | None:
        """When the client gets up, wall time."""
        return None if self.starts_at is None else self.starts_at + timedelta(minutes=self.minutes)

    def begins(self, starts_at: datetime) -> "Draft":
        """The same from ``starts_at`` on."""
        return replace(self, day=starts_at.date(), moment=starts_at.time())

    def with_service(self, service: OfferedService, staff_id: int | None) -> "Draft":
        """One service more, with ``staff_id`` where they do it, else with the first who does."""
        able = service.masters
        master = staff_id if staff_id in able else (able[0] if able else staff_id)
        if master is None:
            return self
        lengths, price = service.lengths_with(master), service.price_with(master)
        one = PlannedService(service.service_id, service.name, master, lengths, price)
        return replace(self, planned=(*self.planned, one))

    def without(self, position: int) -> "Draft":
        """The same without the service at ``position``."""
        return replace(self, planned=self.planned[:position] + self.planned[position + 1 :])

    def mended(self) -> "Draft":
        """Nobody does two services at once, and nothing stands before the first: such services go on in a row."""
        planned = list(self.planned)
        for position, one in enumerate(planned):
            if one.beside and (position == 0 or planned[position - 1].staff_id == one.staff_id):
                planned[position] = replace(one, beside=False, pause=0)
        return replace(self, planned=tuple(planned))

    def may_be_beside(self, position: int) -> bool:
        """Whether the service can be done at the same time as the one before: another master does that one."""
        return position > 0 and self.planned[position - 1].staff_id != self.planned[position].staff_id

    def changed(self, position: int, one: PlannedService) -> "Draft":
        """The same with another service at ``position``."""
        return replace(self, planned=(*self.planned[:position], one, *self.planned[position + 1 :]))


def followed(draft: Draft, before: StandingVisit, now: StandingVisit) -> Draft:
    """A change of a visit that somebody else has changed meanwhile: what is still as it stood ``before`` follows."""
    if draft.starts_at == before.starts_at:
        draft = draft.begins(now.starts_at)
    planned = now.planned if draft.planned == before.planned else draft.planned
    return replace(draft, planned=planned, comment=now.comment if draft.comment == before.comment else draft.comment)
