"""Visits that were cancelled by one act and come back as far as their places are still free.

Taking an act back is all of it or nothing. Where that cannot be, because somebody else has one of the places since,
whatever can still be had is booked once more: an act of its own, with its own way back.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from app import models
from app.errors import SalonError
from app.frozen import frozen
from app.models.connection import Database
from app.salon import journal
from app.salon.scheduling import booking, following
from app.salon.scheduling.availability import Standing
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.standing import BookedService, services_of
from app.salon.transaction import Work
from app.vocabulary import Action, VisitStatus


@frozen
class ComingBack:
    """What of an act that has cancelled visits can come back, and what cannot."""

    visit_ids: tuple[int, ...]
    """Those whose places are free."""
    away: tuple[tuple[datetime, SalonError], ...]
    """When the others would begin (wall time), and why they cannot be had."""


def after(database: Database, entry_id: int, zone: str) -> ComingBack:
    """What could come back now of the visits that an act, by its journal entry, has cancelled; by time."""
    return _as_far_as_free(database, _cancelled(database, entry_id), zone, lambda _visit: None)


def bring_back(work: Work, entry_id: int) -> ComingBack:
    """Book once more what was cancelled by an act and can be had, as it stood; returns what came back and what did not.

    Of two that shared a place on purpose the first has it alone, for the permission has gone with them. Raises what
    ``booking.set_status`` raises, as DoNotBook.
    """
    before = _cancelled(work.database, entry_id)

    def take(visit_id: int) -> None:
        was = before[visit_id]
        work.tell(Action.VISIT_RESTORED, visit=visit_id)
        booking.set_status(work, visit_id, VisitStatus.BOOKED)
        if was.get("status") == VisitStatus.CONFIRMED:
            booking.set_status(work, visit_id, VisitStatus.CONFIRMED)
        if "is_exception" in was:
            # Nobody had changed it alone: it goes on with its series.
            work.update(models.Visit, visit_id, is_exception=bool(was["is_exception"]))

    return _as_far_as_free(work.database, before, work.profile.zone, take)


def _as_far_as_free(database: Database, visit_ids: Iterable[int], zone: str, take: Callable[[int], None]) -> ComingBack:
    """``take`` each visit whose places are free, by time: one that was taken may be in the way of a later one."""
    free: list[int] = []
    away: list[tuple[datetime, SalonError]] = []
    standing = {visit_id: services_of(database, visit_id) for visit_id in visit_ids}
    together = [(services[0].starts_at, visit_id) for visit_id, services in standing.items() if services]
    for starts_at, visit_id in sorted(together):
        why = _refusal(database, standing[visit_id], zone)
        if why is None:
            take(visit_id)
            free.append(visit_id)
        else:
            away.append((starts_at, why))
    return ComingBack(tuple(free), tuple(away))


def _refusal(database: Database, services: Sequence[BookedService], zone: str) -> SalonError | None:
    """Why the services of a cancelled visit cannot be had where they stood, or None."""
    places = {one.booked_id: following.Place(one.staff_id, one.starts_at, one.lengths) for one in services}
    stood = {one.booked_id: Standing(one.staff_id, one.starts_at.date()) for one in services}
    return following.refusal_of(places, services, partial(master_day, database), stood, zone=zone)


def _cancelled(database: Database, entry_id: int) -> dict[int, dict[str, Any]]:
    """The visits that an act has cancelled and that are cancelled still, with what it has changed, as it was before."""
    told = database.value(
        "SELECT changes FROM journal_entry WHERE id = ? AND action IN (?, ?)",
        (entry_id, Action.VISIT_CANCELLED, Action.SERIES_CANCELLED),
    )
    before: dict[int, dict[str, Any]] = {}
    for change in reversed(journal.read_changes(told or "[]")):
        if change.table == "visit":
            before[change.row_id] = {**before.get(change.row_id, {}), **(change.before or {})}
    standing = database.kept_rows("visit", list(before))
    return {row_id: before[row_id] for row_id, row in standing.items() if row["status"] == VisitStatus.CANCELLED}
