"""What copies are called, when the next one is due, and which of them have had their time. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.vocabulary import BackupOccasion, BackupWhen

KEPT_BEFORE_RESTORE = 3
"""So many copies stay of what stood there before something was brought back."""
FEWEST_DAYS, MOST_DAYS = 1, 365
_LONGEST_WAIT = timedelta(days=1)
"""A program that is never closed makes its copy after so long."""
_NAME = re.compile(r"(?P<salon>.+)-(?P<at>\d{4}-\d\d-\d\d-\d{6})(?:-(?P<occasion>auto|before_restore))?\.zip")
_MARK = r"-[0-9a-f]{6}"
_AT = "%Y-%m-%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a copy tells: of which file it is, when it was made (wall time), and why."""

    salon: str
    at: datetime
    occasion: BackupOccasion


def file_name(named: Named) -> str:
    """The name of a copy: ``salon-2026-05-12-201500-auto.zip``."""
    why = "" if named.occasion is BackupOccasion.BY_HAND else f"-{named.occasion}"
    return f"{named.salon}-{named.at:{_AT}}{why}.zip"


def read_name(name: str) -> Named | None:
    """What ``name`` tells, or None when the program did not give it."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], _AT)
    except ValueError:
        return None
    return Named(found["salon"], at, BackupOccasion(found["occasion"] or BackupOccasion.BY_HAND))


def is_of_file(named: Named, stem: str) -> bool:
    """Whether a copy is of a salon whose file is called ``stem``; salons are told apart by a mark behind it."""
    return re.fullmatch(f"{re.escape(stem)}({_MARK})?", named.salon) is not None


def is_left_alone(name: str, salon: str) -> bool:
    """Whether a copy was made by itself, but is not of ``salon``, so that ``superseded`` never lets it go."""
    named = read_name(name)
    return named is not None and named.salon != salon and named.occasion is not BackupOccasion.BY_HAND


def superseded(names: Iterable[str], salon: str, keep_days: int, now: datetime = datetime.max) -> list[str]:
    """Which copies of ``salon`` give way: of each day the newest automatic one stays, of the last ``keep_days`` days.

    What somebody made by hand stays for good; before something was brought back, the last three. What is of later than
    ``now`` (wall time) was made while the clock was wrong: it stays, and pushes nothing out.
    """
    named = [(one, name) for name in names if (one := read_name(name)) is not None]
    mine = [(one.at, name, one.occasion) for one, name in named if one.salon == salon and one.at <= now]
    days: set[date] = set()
    kept_before = 0
    gone: list[str] = []
    for at, name, occasion in sorted(mine, reverse=True):
        if occasion is BackupOccasion.AUTOMATIC:
            if at.date() in days or len(days) >= max(keep_days, FEWEST_DAYS):
                gone.append(name)
            days.add(at.date())
        elif occasion is BackupOccasion.BEFORE_RESTORE:
            kept_before += 1
            if kept_before > KEPT_BEFORE_RESTORE:
                gone.append(name)
    return gone


def is_due_at_closing(when: BackupWhen, last: datetime | None, changed: datetime | None) -> bool:
    """Whether the day ends with a copy; ``changed``: when something was written last. All are wall times."""
    return when is BackupWhen.AT_CLOSING and _is_behind(last, changed)


def is_due_meanwhile(when: BackupWhen, last: datetime | None, changed: datetime | None, now: datetime) -> bool:
    """Whether one is due while the program runs: the first of the day at its start, or after a day without closing."""
    if when is BackupWhen.NEVER or not _is_behind(last, changed) or changed is None:
        return False
    if when is BackupWhen.AT_START:
        return last is None or last.date() != now.date()
    return now - (last or changed) >= _LONGEST_WAIT


def _is_behind(last: datetime | None, changed: datetime | None) -> bool:
    # Names tell seconds: what was done in the second of a copy may have come after it.
    return changed is not None and (last is None or changed >= last)
