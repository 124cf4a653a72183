"""Taking an act back as a whole: its rows, and the reminders of the visits that it concerned."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from app import models
from app.clock import wall_time
from app.errors import BegunSince, ChangedSince, DoNotBook
from app.models.connection import Database, table_name
from app.models.kept import instant_text, read_instant, read_wall
from app.salon import journal
from app.salon.journal import Progress, RowChange
from app.salon.reminders import queue
from app.salon.scheduling import booking, overbooking
from app.salon.scheduling.intervals import Lengths, occupied
from app.salon.transaction import Done, Salon, Work, carry_out
from app.vocabulary import AWAITED_STATUSES, LIVE_STATUSES, Action, VisitStatus

_BEGUN = frozenset({VisitStatus.IN_SERVICE, VisitStatus.COMPLETED})
"""The salon has said that the client is served, or was."""
_LARGE = 50_000
"""So many characters of the journal are some hundreds of rows."""


def take_back(work: Work, entry_id: int, progress: Progress = lambda _done, _total: None) -> Action:
    """Undo the act of this journal entry; returns what was taken back.

    Rows alone are not enough when other acts came between: the salon reminds at another hour since, and the visit that
    comes back is to be reminded of as all others are; and what was opened since to be sent names what is taken back.
    Or it was cancelled, restored, moved and cancelled again, and now the first cancelling is undone: the time that
    comes back is not that of the visit any more. Nor are hours taken away from under a visit, and none comes back into
    hours that went meanwhile, but for one whose client is on the list of calls; nor do hours come back to a day that
    has others since. Raises what ``journal.undo`` raises, and BegunSince.
    """
    replanned = _days_replanned(work.database, entry_id)
    outside = _outside_hours(work, replanned)
    queue.close_opened_since(work, _with_reminders(work.database, entry_id))
    action = journal.undo(work, entry_id, progress)
    _refuse_what_has_begun(work, entry_id)
    _refuse_hours_twice(work)
    if _loses_its_hours(work, entry_id, replanned, outside):
        raise ChangedSince
    elsewhere = _with_time_changed(work)
    if not all(_takes_its_time(work.database, visit_id) for visit_id in elsewhere):
        raise ChangedSince
    _refuse_whoever_leaves(work)
    _renew_search(work)
    _lay_out_further(work, replanned)
    _settle_hours(work, entry_id, replanned)
    overbooking.settle(work)
    for visit_id in sorted(elsewhere.union(journal.visits_of(work.database, entry_id))):
        queue.close_messages(work, visit_id)
        queue.replan(work, visit_id)
    return action


def take_back_together(
    salon: Salon, entry_ids: Sequence[int], progress: Progress = lambda _done, _total: None
) -> list[Done[Action]]:
    """Undo several acts that are one to whoever did them, the last first: all of them or none.

    Raises what ``take_back`` raises.
    """
    with salon.database.writing():
        return [carry_out(salon, take_back, entry_id, progress) for entry_id in reversed(entry_ids)]


def is_large(database: Database, entry_ids: Sequence[int]) -> bool:
    """Whether taking these acts back takes longer than a blink."""
    sql = "SELECT SUM(length(changes)) FROM journal_entry WHERE id IN (SELECT value FROM json_each(?))"
    return (database.value(sql, (json.dumps(list(entry_ids)),)) or 0) > _LARGE


def unwanted_back(database: Database, entry_ids: Sequence[int]) -> tuple[DoNotBook, ...]:
    """The clients, each once, whom the salon does not want to book and whose visits these acts brought back.

    Undo asks for no reason, for it puts back what stood already; but nobody is to come back unseen.
    """
    back: dict[int, None] = {}
    for (changes,) in database.rows(_WITH_VISITS, (json.dumps(list(entry_ids)),)):
        for change in journal.read_changes(changes):
            if change.table == "visit" and change.after and change.after.get("status") in AWAITED_STATUSES:
                was = (change.before or {}).get("status")
                if was is None or VisitStatus(was) not in LIVE_STATUSES:
                    back[change.row_id] = None
    rows = database.rows(_UNWANTED, (json.dumps(list(back)),)) if back else []
    return tuple(DoNotBook(name, reason, client_id) for client_id, name, reason in rows)


_WITH_VISITS = """
SELECT changes FROM journal_entry
WHERE id IN (SELECT value FROM json_each(?)) AND instr(changes, '"visit"') ORDER BY id
"""
_UNWANTED = """
SELECT DISTINCT c.id, c.name, c.do_not_book_reason FROM visit v JOIN client c ON c.id = v.client_id
WHERE v.id IN (SELECT value FROM json_each(?)) AND c.do_not_book_reason <> '' ORDER BY c.id
"""


def is_over(database: Database, entry_id: int, now: datetime) -> bool:
    """Whether this act held a place whose minutes are over at ``now`` (aware): it has taken itself back."""
    text = database.value(
        "SELECT changes FROM journal_entry WHERE id = ? AND action = ?", (entry_id, Action.PLACE_HELD)
    )
    if text is None:
        return False
    held = [change for change in journal.read_changes(text) if change.table == table_name(models.PlaceHold)]
    return all(
        change.after is not None
        and change.after["expires_at"] <= instant_text(now)
        and database.value("SELECT 1 FROM place_hold WHERE id = ?", (change.row_id,)) is None
        for change in held
    )


def _with_reminders(database: Database, entry_id: int) -> list[RowChange]:
    """What an act has changed, when a reminder is among it and what its message tells; else nothing."""
    text = database.value(
        """
        SELECT changes FROM journal_entry WHERE id = ? AND instr(changes, '"reminder"')
          AND (instr(changes, '"booked_service"') OR instr(changes, '"visit"'))
        """,
        (entry_id,),
    )
    return journal.read_changes(text or "[]")


def _with_time_changed(work: Work) -> set[int]:
    """The visits of which this act has changed the status, a service or the masters' taken time."""
    visits = {change.row_id for change in work.rows_of(models.Visit)}
    booked = {change.row_id for change in work.rows_of(models.BookedService)}
    for change in work.rows_of(models.Occupancy):
        booked.add(({**(change.before or {}), **(change.after or {})}).get("booked_service_id") or 0)
    for booked_id in booked:
        visit_id = work.database.value("SELECT visit_id FROM booked_service WHERE id = ?", (booked_id,))
        if visit_id is not None:
            visits.add(visit_id)
    return visits


def _refuse_what_has_begun(work: Work, entry_id: int) -> None:
    """No service goes from where, and from whom, an act had put it to when it has begun there since: BegunSince.

    The clock alone is no witness here, for whoever takes a slip back knows better: the salon has said that the client
    is served. An act that set a past hour right may be taken back, for nothing has begun since.
    """
    at = work.database.value("SELECT at FROM journal_entry WHERE id = ?", (entry_id,))
    acted = wall_time(read_instant(at), work.profile.zone)
    for change in work.rows_of(models.BookedService):
        left = change.before or {}
        if left.keys().isdisjoint({"starts_at", "staff_id"}):
            continue
        stood = {**(work.database.kept_row("booked_service", change.row_id) or {}), **left}
        status = work.database.value("SELECT status FROM visit WHERE id = ?", (stood["visit_id"],))
        begun = acted < read_wall(stood["starts_at"]) <= work.wall_now
        if begun and status is not None and VisitStatus(status) in _BEGUN:
            raise BegunSince


def _refuse_whoever_leaves(work: Work) -> None:
    """No visit comes back for somebody who asked to be forgotten since: ToBeForgotten."""
    for change in work.rows_of(models.Visit):
        word = (change.after or {}).get("status")
        if word is not None and VisitStatus(word) in AWAITED_STATUSES:
            client_id = work.database.value("SELECT client_id FROM visit WHERE id = ?", (change.row_id,))
            booking.refuse_unwanted(work, client_id, Action.UNDONE)


def _renew_search(work: Work) -> None:
    """What the search looks through is what the cards say now: a phone that came since stays in it."""
    if not work.out_of_line:
        return
    from app.salon.clients import register  # the start of the program needs none of it

    cards = json.dumps([row_id for _client, row_id in sorted(work.out_of_line)])
    for (client_id,) in work.database.rows(
        "SELECT id FROM client WHERE id IN (SELECT value FROM json_each(?))", (cards,)
    ):
        register.refresh_search(work, client_id)


def _takes_its_time(database: Database, visit_id: int) -> bool:
    """Whether a visit that lives takes its masters' time where its services stand, and one that does not takes none."""
    wanted: set[tuple[int, int, str, str]] = set()
    for booked, staff, starts_at, status, *lengths in database.rows(
        """
        SELECT b.id, b.staff_id, b.starts_at, v.status,
               b.working_minutes, b.gap_minutes, b.finishing_minutes, b.before_minutes, b.after_minutes
        FROM booked_service b JOIN visit v ON v.id = b.visit_id WHERE v.id = ? AND b.takes_time AND v.hour_known
        """,
        (visit_id,),
    ):
        if VisitStatus(status) in LIVE_STATUSES:
            for part in occupied(read_wall(starts_at), Lengths(*lengths)):
                wanted.add((booked, staff, f"{part.starts_at:%Y-%m-%d %H:%M}", f"{part.ends_at:%Y-%m-%d %H:%M}"))
    taken = database.rows(
        """
        SELECT o.booked_service_id, o.staff_id, o.starts_at, o.ends_at FROM occupancy o
        WHERE o.staff_id IS NOT NULL AND o.booked_service_id IN (SELECT id FROM booked_service WHERE visit_id = ?)
        """,
        (visit_id,),
    )
    return set(taken) == wanted and len(taken) == len(wanted)


def _days_replanned(database: Database, entry_id: int) -> set[tuple[int, str]]:
    """The days of people (id, ISO day) whose shifts an act has changed."""
    text = (
        database.value(
            "SELECT changes FROM journal_entry WHERE id = ? AND instr(changes, '\"shift\"')",
            (entry_id,),
        )
        or "[]"
    )
    days: set[tuple[int, str]] = set()
    for change in journal.read_changes(text):
        if change.table == "shift":
            standing = database.kept_row("shift", change.row_id)
            row = {**(standing or {}), **(change.before or {}), **(change.after or {})}
            if "day" in row:
                days.add((row["staff_id"], row["day"]))
    return days


def _outside_hours(work: Work, days: set[tuple[int, str]]) -> dict[int, tuple[int, str]]:
    """What visits take of these days outside the hours, from today on, by the id of the taken time.

    Whoever is on the list of calls of an absence of that day is not among them.
    """
    rows = work.database.rows(_OUTSIDE, (json.dumps(sorted(days)), work.wall_now.date().isoformat()))
    return {row_id: (staff_id, day) for row_id, staff_id, day in rows}


def _loses_its_hours(
    work: Work, entry_id: int, replanned: set[tuple[int, str]], before: dict[int, tuple[int, str]]
) -> bool:
    """Whether a visit that stood within its master's hours, or comes back, stands outside them now."""
    back = {
        (change.after["staff_id"], change.after["starts_at"][:10])
        for change in work.rows_of(models.Occupancy)
        if change.before is None and change.after is not None and change.after["staff_id"] is not None
    }
    outside = [day for row_id, day in _outside_hours(work, replanned | back).items() if row_id not in before]
    return any(day in replanned for day in outside) or _went_since(work.database, entry_id, set(outside))


def _refuse_hours_twice(work: Work) -> None:
    """No hours come back to a day that has others by now, laid out or planned by hand: ChangedSince.

    What is left of today stands beside what comes back of it; nothing else does, for a day is planned as a whole.
    """
    changes = work.rows_of(models.Shift)
    mine, today = {change.row_id for change in changes}, work.wall_now.date().isoformat()
    days = {
        (change.after["staff_id"], change.after["day"])
        for change in changes
        if change.before is None and change.after is not None
    }
    for staff_id, day in sorted(days):
        rows = work.database.rows(
            "SELECT starts_at, ends_at, id FROM shift WHERE staff_id = ? AND day = ? ORDER BY starts_at",
            (staff_id, day),
        )
        is_twice = any(later[0] < before[1] for before, later in pairwise(rows))
        if is_twice or (day > today and any(row[2] not in mine for row in rows)):
            raise ChangedSince


def _lay_out_further(work: Work, replanned: set[tuple[int, str]]) -> None:
    """What was laid out since, beyond the days of an act that changed rosters, follows the rosters of now."""
    changed = _told(work, models.Roster)
    if not changed:
        return
    from app.salon.catalogue import rosters  # the start of the program needs none of it

    # A roster without an end had laid out all that stood ahead: what came since came by it.
    gone = [change.before for change in work.rows_of(models.Roster) if change.before and change.after is None]
    went = {row["staff_id"] for row in gone if row["last_day"] is None}
    for staff_id in sorted({row["staff_id"] for row in changed}):
        laid_out = [day for staff, day in replanned if staff == staff_id]
        begun = min(date.fromisoformat(row["first_day"]) for row in changed if row["staff_id"] == staff_id)
        last = date.fromisoformat(max(laid_out)) if laid_out else max(begun - timedelta(days=1), work.wall_now.date())
        rosters.bring_in_line(work, staff_id, after=last, is_all_laid_out=staff_id in went)


def _settle_hours(work: Work, entry_id: int, replanned: set[tuple[int, str]]) -> None:
    """What was laid out, or kept free, since an act that concerned hours holds on its days too."""
    schedules, closed = _told(work, models.Roster), _told(work, models.Holiday)
    spans = schedules + _told(work, models.Absence)
    if not (replanned or spans or closed):
        return
    from app.salon.catalogue import patterns, rosters  # the start of the program needs none of it

    today, until = work.wall_now.date(), rosters.laid_until(work)
    days: dict[int, set[date]] = {}
    for (staff_id,) in work.database.rows("SELECT id FROM staff_member WHERE archived_at IS NULL ORDER BY id"):
        days[staff_id] = {date.fromisoformat(row["day"]) for row in closed}
        days[staff_id] |= {date.fromisoformat(day) for staff, day in replanned if staff == staff_id}
    for row in spans:
        first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"] or until.isoformat())
        days.get(row["staff_id"], set()).update(patterns.each_day(max(first, today), min(last, until)))
    is_replanned = bool(schedules) or work.database.value(
        "SELECT 1 FROM journal_entry WHERE id > ? AND instr(changes, '\"roster\"') LIMIT 1", (entry_id,)
    )
    for staff_id, concerned in days.items():
        rosters.settle(work, staff_id, concerned, is_replanned=bool(is_replanned))


def _told(work: Work, table: "type[models.Table]") -> list[dict[str, Any]]:
    """The rows of a table that this act has changed, each whole as it was and as it is, where it was and is there."""
    changes, whole = work.rows_of(table), dict[int, dict[str, Any]]()
    for change in changes:
        known = whole.setdefault(change.row_id, work.database.kept_row(change.table, change.row_id) or {})
        whole[change.row_id] = {**(change.before or {}), **(change.after or {}), **known}
    sides = ((change.row_id, values) for change in changes for values in (change.before, change.after))
    return [{**whole[row_id], **values} for row_id, values in sides if values is not None]


def _went_since(database: Database, entry_id: int, days: set[tuple[int, str]]) -> bool:
    """Whether somebody's hours of one of these days were changed after an act."""
    if not days:
        return False
    later = database.rows("SELECT id FROM journal_entry WHERE id > ? AND instr(changes, '\"shift\"')", (entry_id,))
    return any(not days.isdisjoint(_days_replanned(database, row[0])) for row in later)


_OUTSIDE = """
SELECT o.id, o.staff_id, substr(o.starts_at, 1, 10)
FROM json_each(?) one JOIN occupancy o ON o.staff_id = json_extract(one.value, '$[0]')
  AND o.starts_at >= json_extract(one.value, '$[1]') AND o.starts_at < json_extract(one.value, '$[1]') || ' 24:00'
JOIN booked_service b ON b.id = o.booked_service_id
WHERE o.starts_at >= ?
  AND NOT EXISTS (SELECT 1 FROM shift h WHERE h.staff_id = o.staff_id AND h.day = substr(o.starts_at, 1, 10)
                  AND h.starts_at <= o.starts_at AND h.ends_at >= o.ends_at)
  AND NOT EXISTS (SELECT 1 FROM absence_call k JOIN absence a ON a.id = k.absence_id
                  WHERE k.visit_id = b.visit_id AND a.staff_id = o.staff_id
                    AND substr(o.starts_at, 1, 10) BETWEEN a.first_day AND a.last_day)
"""
