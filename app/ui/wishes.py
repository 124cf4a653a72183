"""What one screen wishes of another, as values; the main window hands them on."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class BookingSeed:
    """What is already known when somebody wants to book: any of client, master, start (wall time) and length.

    ``visit_id`` opens a visit that stands, to change it; ``repeat_visit_id`` books the same services again.
    """

    client_id: int | None = None
    staff_id: int | None = None
    starts_at: datetime | None = None
    day: date | None = None
    """The day that is looked at, when no time is known yet."""
    minutes: int | None = None
    visit_id: int | None = None
    repeat_visit_id: int | None = None
    is_walk_in: bool = False
