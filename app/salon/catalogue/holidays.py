"""Days on which the salon is closed, and the public holidays of a year as a proposal."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app import models
from app.errors import Gone, ShiftBegun
from app.models.connection import Database
from app.models.kept import read_wall
from app.paths import resources
from app.salon.catalogue import rosters, taken_out
from app.salon.catalogue.working_days import NOTHING, Replanned, VisitOutside
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, Language


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which the salon is closed, and why."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class StandingHoliday:
    """A holiday of the salon."""

    holiday_id: int
    day: date
    name: str


def plan(work: Work, days: Iterable[ClosedDay]) -> Replanned:
    """Close the salon on these days. A day that is closed already gets the new name.

    Nobody works then, but whoever has a visit on such a day keeps their hours until it is moved, and so does whoever's
    hours were planned by hand. Raises ShiftBegun when a day is over, and TextTooLong.
    """
    work.tell(Action.HOLIDAY_PLANNED)
    done = NOTHING
    for one in sorted(days, key=lambda each: each.day):
        if one.day < work.wall_now.date():
            raise ShiftBegun
        standing = work.database.value("SELECT id FROM holiday WHERE day = ?", (one.day.isoformat(),))
        if standing is None:
            work.insert(models.Holiday, day=one.day, name=text(one.name))
        else:
            work.update(models.Holiday, int(standing), name=text(one.name))
        done += _lay_out(work, one.day)
    return done


def end(work: Work, holiday_id: int) -> Replanned:
    """The salon is open on that day after all: everybody works by their roster, or as before. Raises Gone."""
    day = work.database.value("SELECT day FROM holiday WHERE id = ?", (holiday_id,))
    if day is None:
        raise Gone
    work.tell(Action.HOLIDAY_ENDED)
    work.delete(models.Holiday, holiday_id)
    done = _lay_out(work, date.fromisoformat(day))
    for staff_id in _people(work):
        done += taken_out.give_back(work, staff_id, date.fromisoformat(day), date.fromisoformat(day))
    return done


def standing(database: Database, first: date, last: date) -> list[StandingHoliday]:
    """The holidays of the salon from ``first`` to ``last``."""
    rows = database.rows(
        "SELECT id, day, name FROM holiday WHERE day BETWEEN ? AND ? ORDER BY day",
        (first.isoformat(), last.isoformat()),
    )
    return [StandingHoliday(i, date.fromisoformat(day), name) for i, day, name in rows]


def visits_on(database: Database, days: Iterable[date]) -> list[VisitOutside]:
    """What is booked on these days, by time: their masters would keep their hours."""
    said = [day.isoformat() for day in days]
    rows = database.rows(
        f"""
        SELECT v.id, COALESCE(c.name, ''), group_concat(s.name, ', '), MIN(b.starts_at), MAX(b.ends_at)
        FROM visit v JOIN booked_service b ON b.visit_id = v.id JOIN service s ON s.id = b.service_id
        LEFT JOIN client c ON c.id = v.client_id
        WHERE v.day IN ({", ".join("?" * len(said))}) AND v.status NOT IN ('cancelled', 'no_show') AND b.takes_time
        GROUP BY v.id ORDER BY MIN(b.starts_at), v.id
        """,
        said,
    )
    return [VisitOutside(v, client, services, read_wall(a), read_wall(b)) for v, client, services, a, b in rows]


def public(first: date, last: date, language: Language) -> list[ClosedDay]:
    """The public holidays from ``first`` to ``last`` that the table of ``resources/holidays`` knows: a proposal."""
    told = tomllib.loads((resources() / "holidays" / "russia.toml").read_text(encoding="utf-8"))
    return [ClosedDay(one["day"], one[language.value]) for one in told["holidays"] if first <= one["day"] <= last]


def _lay_out(work: Work, day: date) -> Replanned:
    done = NOTHING
    for staff_id in _people(work):
        done += rosters.lay_out(work, staff_id, day, day)
    return done


def _people(work: Work) -> list[int]:
    rows = work.database.rows("SELECT id FROM staff_member WHERE archived_at IS NULL ORDER BY id")
    return [row[0] for row in rows]
