"""What is said where an act cannot be taken back as a whole, because a place has gone since."""

from collections.abc import Sequence
from datetime import date, datetime

from app import wording
from app.errors import NoRoomFree, SalonError, SlotTaken
from app.language import _, ngettext
from app.salon.scheduling.coming_back import ComingBack

_MOST = 3
"""So many dates are named; the others are counted."""


def refusal(found: ComingBack, today: date) -> str:
    """Which place has gone to whom, and what to do."""
    dates = _dates(found.away, today)
    if not dates:
        return _("This was changed since then, so it cannot be undone.")
    if found.visit_ids:
        return _("It cannot be undone as a whole, for a place is no longer free: {dates}.").format(dates=dates)
    return _("It cannot be undone, for the place is no longer free: {dates}. Book another time.").format(dates=dates)


def outcome(found: ComingBack, today: date) -> str:
    """How many visits are back, and which are not."""
    count = len(found.visit_ids)
    back = ngettext("{n} visit is back", "{n} visits are back", count).format(n=wording.number(count))
    dates = _dates(found.away, today)
    return _("{back}; still cancelled: {dates}").format(back=back, dates=dates) if dates else back


def _dates(away: Sequence[tuple[datetime, SalonError]], today: date) -> str:
    said = [_date(starts_at, why, today) for starts_at, why in away[:_MOST]]
    more = len(away) - _MOST
    if more > 0:
        said.append(ngettext("and {n} more", "and {n} more", more).format(n=wording.number(more)))
    return "; ".join(said)


def _date(starts_at: datetime, why: SalonError, today: date) -> str:
    when = f"{wording.weekday_and_date(starts_at.date(), today)}, {wording.clock_time(starts_at)}"
    by = why.taken_by if isinstance(why, SlotTaken | NoRoomFree) else ""
    return f"{when} ({by})" if by else when
