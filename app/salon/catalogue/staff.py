"""Who works here, what they can do, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.errors import BadDuration, NameMissing
from app.models import Shift, StaffMember, StaffService
from app.models.connection import Database
from app.salon.transaction import Work
from app.vocabulary import Action


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here now."""

    staff_id: int
    name: str
    title: str
    is_master: bool
    is_administrator: bool
    is_owner: bool


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of one weekday (0 is Monday), in minutes of the day."""

    weekday: int
    opens: int
    closes: int


def add(
    work: Work,
    name: str,
    title: str = "",
    *,
    position: int = 0,
    is_master: bool = True,
    is_administrator: bool = False,
    is_owner: bool = False,
) -> int:
    """Take somebody on; returns their id. Raises NameMissing."""
    if not name.strip():
        raise NameMissing
    work.tell(Action.CATALOGUE_CHANGED, note=name.strip())
    return work.insert(
        StaffMember,
        name=name.strip(),
        title=title.strip(),
        is_master=is_master,
        is_administrator=is_administrator,
        is_owner=is_owner,
        position=position,
    )


def can_do(work: Work, staff_id: int, service_ids: Iterable[int]) -> None:
    """Note which services a master does."""
    work.tell(Action.CATALOGUE_CHANGED)
    known = {
        row[0] for row in work.database.rows("SELECT service_id FROM staff_service WHERE staff_id = ?", (staff_id,))
    }
    for service_id in dict.fromkeys(service_ids):
        if service_id not in known:
            work.insert(StaffService, staff=staff_id, service=service_id)


def archive(work: Work, staff_id: int) -> None:
    """Somebody leaves; their visits stay. Raises Gone."""
    work.tell(Action.CATALOGUE_CHANGED)
    work.update(StaffMember, staff_id, archived_at=work.now)


def plan_weeks(work: Work, staff_id: int, hours: Iterable[WorkingHours], first: date, last: date) -> None:
    """Plan a master's shifts from ``first`` to ``last`` by weekday. Days that already have a shift are left alone.

    Raises BadDuration when somebody would finish before beginning.
    """
    by_weekday = {one.weekday: one for one in hours}
    if any(one.closes <= one.opens for one in by_weekday.values()):
        raise BadDuration(0)
    work.tell(Action.SHIFTS_CHANGED)
    planned = {
        row[0]
        for row in work.database.rows(
            "SELECT day FROM shift WHERE staff_id = ? AND day BETWEEN ? AND ?",
            (staff_id, first.isoformat(), last.isoformat()),
        )
    }
    day = first
    while day <= last:
        one = by_weekday.get(day.weekday())
        if one is not None and day.isoformat() not in planned:
            midnight = datetime(day.year, day.month, day.day)
            work.insert(
                Shift,
                staff=staff_id,
                day=day,
                starts_at=midnight + timedelta(minutes=one.opens),
                ends_at=midnight + timedelta(minutes=one.closes),
            )
        day += timedelta(days=1)


def here(database: Database) -> list[Colleague]:
    """Everybody who works here, in the order of the calendar."""
    rows = database.rows(
        """
        SELECT id, name, title, is_master, is_administrator, is_owner FROM staff_member
        WHERE archived_at IS NULL ORDER BY position, id
        """
    )
    return [Colleague(i, name, title, bool(m), bool(a), bool(o)) for i, name, title, m, a, o in rows]


def masters(database: Database) -> list[Colleague]:
    """The masters who work here."""
    return [colleague for colleague in here(database) if colleague.is_master]
