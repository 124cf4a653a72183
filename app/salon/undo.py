"""Taking an act back as a whole: its rows, and the reminders of the visits that it concerned."""

from app import models
from app.errors import ChangedSince
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import journal
from app.salon.reminders import queue
from app.salon.scheduling import overbooking
from app.salon.scheduling.intervals import Lengths, occupied
from app.salon.transaction import Work
from app.vocabulary import LIVE_STATUSES, Action, VisitStatus


def take_back(work: Work, entry_id: int) -> Action:
    """Undo the act of this journal entry; returns what was taken back.

    Rows alone are not enough when other acts came between: a client who had arrived was moved to Friday, and now
    the arrival is undone. The visit is awaited again, so it needs a reminder that no row of the arrival tells of.
    Or it was cancelled, restored, moved and cancelled again, and now the first cancelling is undone: the time that
    comes back is not that of the visit any more. Raises what ``journal.undo`` raises.
    """
    action = journal.undo(work, entry_id)
    if not all(_takes_its_time(work.database, visit_id) for visit_id in _with_time_changed(work)):
        raise ChangedSince
    overbooking.settle(work)
    for visit_id in journal.visits_of(work.database, entry_id):
        queue.replan(work, visit_id)
    return action


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
