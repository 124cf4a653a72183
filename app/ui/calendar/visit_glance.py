"""A visit at one glance: what the small card beside its tile says. Read when the card opens."""

from dataclasses import dataclass
from datetime import datetime

from app.salon.checklists import steps
from app.salon.clients import card
from app.salon.clients.card import CardAlert
from app.salon.scheduling import places, series
from app.salon.scheduling.agenda import AgendaEntry
from app.salon.transaction import Salon
from app.ui.calendar.tracks import Sheet
from app.vocabulary import VisitStatus


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service of the visit. ``price`` is minor units."""

    name: str
    master: str
    starts_at: datetime
    price: int | None


@dataclass(frozen=True, slots=True)
class VisitGlance:
    """A visit and its client, as far as the front desk needs them now."""

    entry: AgendaEntry
    """The tile beside which it opens."""
    visit_id: int
    status: VisitStatus
    client_id: int | None
    client_name: str
    phone: str
    """E.164, or empty."""
    starts_at: datetime
    ends_at: datetime
    services: tuple[ServiceLine, ...]
    price: int | None
    """All services together, minor units; None when one of them has no price."""
    currency: str
    comment: str
    wishes: str
    alerts: tuple[CardAlert, ...]
    steps_done: int
    steps: int
    overbooked_reason: str
    is_first_visit: bool
    is_in_series: bool


def read(salon: Salon, sheet: Sheet, entry: AgendaEntry) -> VisitGlance:
    """The visit of ``entry``. Raises Gone."""
    database = salon.database
    parts = sorted((one for one in sheet.entries if one.visit_id == entry.visit_id), key=lambda one: one.part)
    names = sheet.masters
    standing = places.standing(database, entry.visit_id)
    client = None if entry.client_id is None else card.read(database, entry.client_id, salon.today())
    ticks = steps.of_visits(database, [entry.visit_id])
    prices = [one.price for one in parts]
    known = [price for price in prices if price is not None]
    return VisitGlance(
        entry=entry,
        visit_id=entry.visit_id,
        status=entry.status,
        client_id=entry.client_id,
        client_name=entry.client_name,
        phone="" if client is None else client.phone,
        starts_at=min(one.starts_at for one in parts),
        ends_at=max(one.ends_at for one in parts),
        services=tuple(
            ServiceLine(one.service_name, names.get(one.staff_id, ""), one.starts_at, one.price) for one in parts
        ),
        price=sum(known) if len(known) == len(prices) else None,
        currency=salon.profile.currency,
        comment=standing.comment,
        wishes="" if client is None else client.wishes,
        alerts=() if client is None else client.alerts,
        steps_done=sum(step.done_at is not None for step in ticks),
        steps=len(ticks),
        overbooked_reason=entry.overbooked_reason,
        is_first_visit=entry.is_first_visit,
        is_in_series=series.of_visit(database, entry.visit_id) is not None,
    )
