"""Time in which a master is taken without a client."""

from datetime import datetime

from app import models
from app.clock import happens_once
from app.errors import BadDuration, Gone, SlotTaken
from app.models.connection import OverlapRefused
from app.salon.scheduling import overbooking
from app.salon.scheduling.availability import clash, no_such_time
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.intervals import Interval
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, BlockKind


def block_time(
    work: Work, staff_id: int, starts_at: datetime, ends_at: datetime, kind: BlockKind, reason: str = ""
) -> int:
    """Take a master's time for a break, training or absence; returns the block's id.

    Raises BadDuration, NoSuchTime, TextTooLong and SlotTaken: a block never covers a client without a word.
    """
    if ends_at <= starts_at or ends_at.date() != starts_at.date():
        raise BadDuration(0)
    for moment in (starts_at, ends_at):
        if not happens_once(moment, work.profile.zone):
            raise no_such_time(moment, work.profile.zone)
    reason = text(reason)
    day = master_day(work.database, staff_id, starts_at.date())
    taken = clash(day, (Interval(starts_at, ends_at),))
    if taken is not None:
        raise taken
    block_id = work.insert(
        models.Block,
        staff=staff_id,
        day=starts_at.date(),
        starts_at=starts_at,
        ends_at=ends_at,
        kind=kind,
        reason=reason,
    )
    work.tell(Action.TIME_BLOCKED, note=reason)
    try:
        work.insert(models.Occupancy, staff=staff_id, starts_at=starts_at, ends_at=ends_at, block=block_id)
    except OverlapRefused as error:
        raise SlotTaken(day.name, starts_at, ends_at, "") from error
    return block_id


def remove_block(work: Work, block_id: int) -> None:
    """Give the master's time back. Raises Gone."""
    rows = work.database.rows("SELECT id FROM occupancy WHERE block_id = ?", (block_id,))
    if not rows:
        raise Gone
    work.tell(Action.BLOCK_REMOVED)
    for (row_id,) in rows:
        work.delete(models.Occupancy, row_id)
    work.delete(models.Block, block_id)
    overbooking.settle(work)
