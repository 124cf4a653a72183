"""A visit that was dropped where somebody stands, opened in the booking form: there it is booked over with a reason."""

from datetime import datetime

from app.salon.scheduling import following, places
from app.salon.scheduling.agenda import AgendaEntry
from app.salon.scheduling.following import Places
from app.salon.scheduling.standing import services_of
from app.ui.desk import Desk
from app.ui.wishes import BookingSeed


def moved(desk: Desk, entry: AgendaEntry, staff_id: int, starts_at: datetime, rooms: tuple[int, ...]) -> BookingSeed:
    """The visit of ``entry`` with that service moved there. Raises Gone."""
    services = services_of(desk.salon.database, entry.visit_id)
    places = following.after_move(services, entry, staff_id, starts_at, rooms, present=_present(desk, entry))
    return _seed(desk, entry, places)


def stretched(desk: Desk, entry: AgendaEntry, starts_at: datetime, ends_at: datetime) -> BookingSeed:
    """The visit of ``entry`` with other ends of that service. Raises Gone."""
    services = services_of(desk.salon.database, entry.visit_id)
    choices = following.after_stretch(services, entry, starts_at, ends_at, present=_present(desk, entry))
    return _seed(desk, entry, choices[0])


def _present(desk: Desk, entry: AgendaEntry) -> following.Present:
    return following.Present(desk.salon.wall_now(), entry.status)


def _seed(desk: Desk, entry: AgendaEntry, wished: Places) -> BookingSeed:
    starts_at, planned = places.as_wished(desk.salon.database, entry.visit_id, wished)
    return BookingSeed(client_id=entry.client_id, visit_id=entry.visit_id, starts_at=starts_at, planned=planned)
