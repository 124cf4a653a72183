"""What one screen wishes of another, as values; the main window hands them on."""

from datetime import date, datetime

from app.frozen import frozen
from app.salon.scheduling.places import PlannedService


@frozen
class BookingSeed:
    """What is already known when somebody wants to book: any of client, master, start (wall time) and length.

    ``visit_id`` opens a visit that stands, to change it; ``repeat_visit_id`` books the same services again.
    """

    client_id: int | None = None
    staff_id: int | None = None
    starts_at: datetime | None = None
    room_id: int | None = None
    """The room in whose column the place was chosen: each service that it is fit for takes it."""
    day: date | None = None
    """The day that is looked at, when no time is known yet."""
    minutes: int | None = None
    visit_id: int | None = None
    repeat_visit_id: int | None = None
    is_walk_in: bool = False
    planned: tuple[PlannedService, ...] = ()
    """The services with their masters, where they are known; with ``visit_id`` they replace those that stand."""
    new_client: str = ""
    """Name and phone of somebody without a card, as they were typed so far."""
    comment: str = ""
    typed_service: str = ""
    """What was typed as a further service and is not chosen yet."""
    waiting_id: int | None = None
    """The line of the waiting list that comes to its end with this visit."""
    with_visit: int | None = None
    """The visit with whose client this one comes together."""
    with_client: str = ""
    """Who that is, as the screen says it."""

    @property
    def is_only_client(self) -> bool:
        """Whether nothing is known but who calls, and which day is looked at."""
        return self.client_id is not None and self == BookingSeed(client_id=self.client_id, day=self.day)


@frozen
class WaitingSeed:
    """What is already known when somebody wants to wait for a place. ``entry_id`` opens a line that stands."""

    client_id: int | None = None
    new_client: str = ""
    """Name and phone of somebody without a card, as they were typed so far."""
    service_ids: tuple[int, ...] = ()
    staff_ids: tuple[int, ...] = ()
    """The masters who were asked for; empty: anybody."""
    day: date | None = None
    """The day that was asked for."""
    entry_id: int | None = None


@frozen
class TurnAwaySeed:
    """What is already known about somebody whom the salon cannot take; the reason is asked by one key."""

    client_id: int | None = None
    service_id: int | None = None
    staff_id: int | None = None
    """The master who was asked for; None: anybody."""
    day: date | None = None
    minute: int | None = None
    """The minute of the day that was asked for."""
