"""Who works here, what they can do, and when."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from app import models
from app.errors import BadDuration, Gone, NameMissing
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.catalogue.terms import MasterTerms, check_lengths, lengths_with
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Work
from app.vocabulary import Action


@frozen
class Colleague:
    """Somebody who works here now."""

    staff_id: int
    name: str
    title: str
    is_master: bool
    is_administrator: bool
    is_owner: bool


@frozen
class WorkingHours:
    """The hours of one weekday (0 is Monday), in minutes of the day."""

    weekday: int
    opens: int
    closes: int


@frozen
class StaffFacts:
    """What is said of somebody who works here: what they are called, and their roles."""

    name: str
    title: str = ""
    is_master: bool = True
    is_administrator: bool = False
    is_owner: bool = False


@frozen
class ListedColleague:
    """Somebody who works here with everything that can be changed."""

    staff_id: int
    facts: StaffFacts
    services: tuple[int, ...]
    """What they do, of what is offered."""
    week: tuple[WorkingHours, ...]
    """Their shifts of the coming seven days, the first of each day."""
    planned_until: date | None
    """The last day with a shift."""
    visits_ahead: int
    """How many visits with them are still awaited."""


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
        models.StaffMember,
        name=name.strip(),
        title=title.strip(),
        is_master=is_master,
        is_administrator=is_administrator,
        is_owner=is_owner,
        position=position,
    )


def put_in_order(work: Work, staff_ids: Iterable[int]) -> None:
    """Let these stand in this order wherever colleagues are listed; those who are not named come after them.

    Raises Gone.
    """
    work.tell(Action.CATALOGUE_CHANGED)
    known = [row[0] for row in work.database.rows("SELECT id FROM staff_member ORDER BY position, id")]
    wanted = list(dict.fromkeys(staff_ids))
    if not set(wanted) <= set(known):
        raise Gone
    for position, staff_id in enumerate([*wanted, *(one for one in known if one not in wanted)]):
        work.update(models.StaffMember, staff_id, position=position)


def can_do(work: Work, staff_id: int, service_ids: Iterable[int]) -> None:
    """Note which services a master does."""
    work.tell(Action.CATALOGUE_CHANGED)
    known = {
        row[0] for row in work.database.rows("SELECT service_id FROM staff_service WHERE staff_id = ?", (staff_id,))
    }
    for service_id in dict.fromkeys(service_ids):
        if service_id not in known:
            work.insert(models.StaffService, staff=staff_id, service=service_id)


def change(work: Work, staff_id: int, facts: StaffFacts) -> None:
    """Somebody is called otherwise or has other roles. Raises Gone, NameMissing."""
    if not facts.name.strip():
        raise NameMissing
    work.tell(Action.CATALOGUE_CHANGED, note=facts.name.strip())
    work.update(
        models.StaffMember,
        staff_id,
        name=facts.name.strip(),
        title=facts.title.strip(),
        is_master=facts.is_master,
        is_administrator=facts.is_administrator,
        is_owner=facts.is_owner,
    )


def set_services(work: Work, staff_id: int, service_ids: Iterable[int]) -> None:
    """Say what somebody does of what is offered; their booked visits stay."""
    work.tell(Action.CATALOGUE_CHANGED)
    rows = work.database.rows(
        """
        SELECT x.id, x.service_id FROM staff_service x JOIN service s ON s.id = x.service_id
        WHERE x.staff_id = ? AND s.archived_at IS NULL
        """,
        (staff_id,),
    )
    wanted = set(service_ids)
    for link, service_id in rows:
        if service_id not in wanted:
            work.delete(models.StaffService, link)
    can_do(work, staff_id, sorted(wanted))


def set_terms(work: Work, staff_id: int, terms: Mapping[int, MasterTerms]) -> None:
    """Say what is different when somebody does a service, by service; what is booked stays as it was agreed.

    A service that is not named stays as it is, and one that they do not do is passed over. Raises BadDuration when
    nobody could book it so.
    """
    work.tell(Action.CATALOGUE_CHANGED)
    for link, service_id, *usual in work.database.rows(
        """
        SELECT x.id, s.id, s.working_minutes, s.gap_minutes, s.finishing_minutes, s.before_minutes, s.after_minutes
        FROM staff_service x JOIN service s ON s.id = x.service_id WHERE x.staff_id = ? ORDER BY x.id
        """,
        (staff_id,),
    ):
        own = terms.get(service_id)
        if own is not None:
            check_lengths(lengths_with(Lengths(*usual), own))
            work.update(
                models.StaffService,
                link,
                working_minutes=own.working,
                gap_minutes=own.gap,
                finishing_minutes=own.finishing,
                before_minutes=own.before,
                after_minutes=own.after,
                price=own.price,
            )


def keep(
    work: Work,
    staff_id: int | None,
    facts: StaffFacts,
    service_ids: Iterable[int],
    terms: Mapping[int, MasterTerms] | None = None,
) -> int:
    """What the form of a colleague does as one act: take on or change, with what they do; returns their id.

    ``terms`` are what is different with them, by service. Raises Gone, NameMissing, BadDuration.
    """
    if staff_id is None:
        last = work.database.value("SELECT MAX(position) FROM staff_member")
        staff_id = add(
            work,
            facts.name,
            facts.title,
            position=0 if last is None else int(last) + 1,
            is_master=facts.is_master,
            is_administrator=facts.is_administrator,
            is_owner=facts.is_owner,
        )
    else:
        change(work, staff_id, facts)
    set_services(work, staff_id, service_ids)
    set_terms(work, staff_id, terms or {})
    return staff_id


def archive(work: Work, staff_id: int) -> None:
    """Somebody leaves; their visits stay. Raises Gone.

    Their shifts from tomorrow on are taken out, but for days on which somebody is booked with them: those visits have
    to be handed on, and until then the calendar shows them.
    """
    work.tell(Action.CATALOGUE_CHANGED)
    work.update(models.StaffMember, staff_id, archived_at=work.now)
    free = work.database.rows(
        """
        SELECT h.id FROM shift h WHERE h.staff_id = ? AND h.day > ? AND NOT EXISTS (
            SELECT 1 FROM booked_service b JOIN visit v ON v.id = b.visit_id
            WHERE b.staff_id = h.staff_id AND v.day = h.day AND v.status NOT IN ('cancelled', 'no_show'))
        """,
        (staff_id, work.wall_now.date().isoformat()),
    )
    for row in free:
        work.delete(models.Shift, row[0])


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
                models.Shift,
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


def bring_back(work: Work, staff_id: int) -> None:
    """Whoever had left works here again, with their services and the hours of their schedule. Raises Gone.

    Hours that nobody repeats, and those that were planned by hand, are to be planned anew.
    """
    from app.salon.catalogue import rosters  # the first painted calendar needs none of it

    work.tell(Action.CATALOGUE_CHANGED)
    work.update(models.StaffMember, staff_id, archived_at=None)
    # Laying out further goes on after the last shift: before that of a visit there would be weeks without hours.
    rosters.lay_out(work, staff_id, work.wall_now.date(), rosters.laid_until(work))


def masters(database: Database) -> list[Colleague]:
    """The masters who work here."""
    return [colleague for colleague in here(database) if colleague.is_master]


def left(database: Database) -> dict[int, str]:
    """The names of those who work here no longer."""
    return dict(database.rows("SELECT id, name FROM staff_member WHERE archived_at IS NOT NULL"))


def listed(database: Database, today: date) -> list[ListedColleague]:
    """Everybody who works here with everything that can be changed, in the order of the calendar, in one query."""
    first, last = today.isoformat(), (today + timedelta(days=6)).isoformat()
    return [
        ListedColleague(
            row[0],
            StaffFacts(row[1], row[2], bool(row[3]), bool(row[4]), bool(row[5])),
            services=tuple(json.loads(row[6])),
            week=_week(json.loads(row[7])),
            planned_until=date.fromisoformat(row[8]) if row[8] else None,
            visits_ahead=row[9],
        )
        for row in database.rows(_LISTED, (first, last, first))
    ]


def _week(shifts: list[list[str]]) -> tuple[WorkingHours, ...]:
    by_weekday: dict[int, WorkingHours] = {}
    for begins, ends in sorted(shifts):
        start, end = read_wall(begins), read_wall(ends)
        midnight = datetime(start.year, start.month, start.day)
        by_weekday.setdefault(
            start.weekday(), WorkingHours(start.weekday(), _minutes(start - midnight), _minutes(end - midnight))
        )
    return tuple(by_weekday[weekday] for weekday in sorted(by_weekday))


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


_LISTED = """
SELECT m.id, m.name, m.title, m.is_master, m.is_administrator, m.is_owner,
       (SELECT json_group_array(x.service_id) FROM staff_service x JOIN service s ON s.id = x.service_id
        WHERE x.staff_id = m.id AND s.archived_at IS NULL),
       (SELECT json_group_array(json_array(h.starts_at, h.ends_at)) FROM shift h
        WHERE h.staff_id = m.id AND h.day BETWEEN ? AND ?),
       (SELECT MAX(h.day) FROM shift h WHERE h.staff_id = m.id),
       COALESCE(ahead.visits, 0)
FROM staff_member m
LEFT JOIN (
    SELECT b.staff_id, COUNT(DISTINCT v.id) AS visits FROM visit v JOIN booked_service b ON b.visit_id = v.id
    WHERE v.day >= ? AND v.status IN ('booked', 'confirmed') GROUP BY b.staff_id
) ahead ON ahead.staff_id = m.id
WHERE m.archived_at IS NULL ORDER BY m.position, m.id
"""


def is_unopened(database: Database) -> bool:
    """Whether nobody has ever worked here: the file waits for its first start. Archived colleagues count."""
    return database.value("SELECT 1 FROM staff_member LIMIT 1") is None
