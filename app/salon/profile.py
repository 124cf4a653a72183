"""Facts of the salon: its name, zone, money, hours and when it reminds."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.errors import BadDuration, NameMissing
from app.frozen import frozen
from app.models.connection import Database

if TYPE_CHECKING:
    from app.salon.transaction import Work

HOLD_MINUTES = (1, 60)
"""The shortest and the longest time for which a place may be held while somebody calls."""
STEPS = (5, 10, 15, 30)
"""The grids of the calendar that can be chosen, in minutes."""


@frozen
class Profile:
    """What this salon is. Minutes are minutes of the day in wall time."""

    name: str = "Визит"
    zone: str = "Europe/Moscow"
    currency: str = "RUB"
    country: str = "RU"
    step_minutes: int = 15
    opens_minute: int = 9 * 60
    closes_minute: int = 21 * 60
    reminder_minute: int = 12 * 60
    hold_minutes: int = 10
    """How long a place is held while somebody calls."""
    is_sample: bool = False
    masters_see_phones: bool = True
    """Whether a master sees a client's whole phone; else it is ••• 45-67 until it is shown, which the journal tells."""
    masters_see_money: bool = True
    """Whether a master sees what a client has spent."""


_COLUMNS = (
    "name, zone, currency, country, step_minutes, opens_minute, closes_minute, reminder_minute, hold_minutes, "
    "is_sample, masters_see_phones, masters_see_money"
)
_FLAGS = 3
"""So many of the last columns are yes or no."""


def read(database: Database) -> Profile:
    """The salon's facts; a new file has those of a Moscow studio until somebody says otherwise."""
    row = database.row(f"SELECT {_COLUMNS} FROM salon_profile")
    return Profile() if row is None else Profile(*row[:-_FLAGS], *map(bool, row[-_FLAGS:]))


def write(work: "Work", profile: Profile) -> None:
    """Keep the salon's facts."""
    from app.models import SalonProfile
    from app.vocabulary import Action

    values = asdict(profile)
    if work.database.kept_row("salon_profile", 1) is None:
        work.insert(SalonProfile, id=1, **values)
    else:
        work.update(SalonProfile, 1, **values)
    work.tell(Action.SETTINGS_CHANGED)


def change(work: "Work", profile: Profile) -> None:
    """Keep facts that somebody has typed. Raises NameMissing, and BadDuration when the day ends before it begins.

    Reminders that are planned keep their hour; a new hour holds for those that are planned from now on.
    """
    if not profile.name.strip():
        raise NameMissing
    if not 0 <= profile.opens_minute < profile.closes_minute <= 24 * 60 or profile.step_minutes not in STEPS:
        raise BadDuration(profile.closes_minute - profile.opens_minute)
    if not HOLD_MINUTES[0] <= profile.hold_minutes <= HOLD_MINUTES[1]:
        raise BadDuration(profile.hold_minutes)
    write(work, replace(profile, name=profile.name.strip()))


def at_minute(day: datetime, minute: int) -> datetime:
    """The wall time ``minute`` minutes after the midnight that begins ``day``."""
    return day.replace(hour=minute // 60, minute=minute % 60)
