"""The day and a master's week as a plain list: what hangs on the wall and works when the power does not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.connection import Database
from app.salon.scheduling import my_day
from app.salon.scheduling.my_day import MyDay
from app.vocabulary import LIVE_STATUSES


@dataclass(frozen=True, slots=True)
class DayList:
    """One or several days of one or several masters, in the order of the clock. Nobody's cancelled visit is in it."""

    days: tuple[MyDay, ...]
    """One master's day each; a master without work that day is left out."""
    phones: Mapping[int, str]
    """The phone (E.164) of each client who has one."""

    @property
    def visits(self) -> int:
        """How many visits take place or took place, as the calendar counts; one with two masters counts once."""
        shown = (visit for day in self.days for visit in day.visits)
        return len({visit.visit_id for visit in shown if visit.status in LIVE_STATUSES})


def of_day(database: Database, day: date) -> DayList:
    """The salon's ``day``, master by master: whoever is one, and whoever else somebody is booked with.

    Fifteen queries, however many they are.
    """
    masters = database.rows(
        """
        SELECT s.id FROM staff_member s
        WHERE s.is_master OR EXISTS (
            SELECT 1 FROM booked_service b JOIN visit v ON v.id = b.visit_id
            WHERE b.staff_id = s.id AND b.starts_at >= ? AND b.starts_at < ?
              AND b.takes_time AND v.hour_known AND v.status <> 'cancelled')
        ORDER BY s.position, s.id
        """,
        (f"{day.isoformat()} 00:00", f"{day.isoformat()} 24:00"),
    )
    return _listed(database, my_day.of_masters(database, [staff_id for (staff_id,) in masters], day))


def of_week(database: Database, staff_id: int, day: date) -> DayList:
    """The master's week of ``day``, from Monday to Sunday. Raises Gone when there is no such master."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=number) for number in range(7)]
    return _listed(database, [my_day.of_master(database, staff_id, one) for one in week])


def _listed(database: Database, days: list[MyDay]) -> DayList:
    worked = tuple(day for day in days if day.shifts or day.visits)
    clients = sorted({visit.client_id for day in worked for visit in day.visits if visit.client_id is not None})
    rows = database.rows(
        """
        SELECT client_id, value FROM contact_point
        WHERE kind = 'phone' AND client_id IN (SELECT value FROM json_each(?))
        ORDER BY is_preferred, id DESC
        """,
        (json.dumps(clients),),
    )
    return DayList(worked, {client: phone for client, phone in rows})  # noqa: C416 - the preferred phone comes last
