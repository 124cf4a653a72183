"""The family of things that go wrong.

``SalonError``: a rule of the salon says no, and the person can act on it.
``Trouble``: the world failed (disk, file, another program); the person can repair it and try again.
Anything else is a fault of the program. ``explain`` puts each into one sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.vocabulary import VisitStatus


class SalonError(Exception):
    """A rule of the salon says no; the sentence tells what to do."""


class Trouble(Exception):
    """The world failed; nothing was half-written."""


# ---- booking -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SlotTaken(SalonError):
    """The master already has something in this interval (wall time)."""

    staff_name: str
    starts_at: datetime
    ends_at: datetime
    taken_by: str
    """The client's name, the block's reason, or an empty string when it is not known."""


@dataclass(frozen=True)
class OutsideShift(SalonError):
    """The master does not work then. ``shifts`` are the working hours of that day as (start, end) wall times."""

    staff_name: str
    starts_at: datetime
    ends_at: datetime
    shifts: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class CannotPerform(SalonError):
    """The master does not do this service."""

    staff_name: str
    service_name: str


@dataclass(frozen=True)
class NoSuchTime(SalonError):
    """The start does not exist on that day, or exists twice (change of clocks)."""

    starts_at: datetime


@dataclass(frozen=True)
class NothingToBook(SalonError):
    """A visit without a service."""


@dataclass(frozen=True)
class BadDuration(SalonError):
    """A service must take at least five minutes and end on the same day."""

    minutes: int


@dataclass(frozen=True)
class StatusNotPossible(SalonError):
    """A visit cannot go from one status to the other."""

    before: VisitStatus
    after: VisitStatus


@dataclass(frozen=True)
class NotYetStarted(SalonError):
    """Only after the start can somebody not have come."""

    starts_at: datetime


@dataclass(frozen=True)
class StepsStillOpen(SalonError):
    """Required steps of the checklist are open; going on needs a reason."""

    steps: tuple[str, ...]


@dataclass(frozen=True)
class ReasonMissing(SalonError):
    """This act needs a reason."""


@dataclass(frozen=True)
class VisitClosed(SalonError):
    """A completed, cancelled or missed visit is history and is not moved."""

    status: VisitStatus


# ---- records -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gone(SalonError):
    """The record is no longer there: somebody else took it back."""


@dataclass(frozen=True)
class ChangedSince(SalonError):
    """The record was changed after the act that should be undone."""


@dataclass(frozen=True)
class NothingToUndo(SalonError):
    """There is nothing (more) to undo or redo."""


@dataclass(frozen=True)
class NameMissing(SalonError):
    """A client, master or service needs a name."""


@dataclass(frozen=True)
class TextTooLong(SalonError):
    """A text is longer than the card can hold."""

    limit: int


@dataclass(frozen=True)
class BadPhone(SalonError):
    """These characters are not a phone number."""

    typed: str


@dataclass(frozen=True)
class ReminderClosed(SalonError):
    """The reminder was already sent, skipped or cancelled."""


# ---- exchange and command line -------------------------------------------------------------------------------


@dataclass(frozen=True)
class NoSuchProfile(SalonError):
    """There is no import profile of this name."""

    name: str
    known: tuple[str, ...]


@dataclass(frozen=True)
class BrokenProfile(SalonError):
    """An import profile cannot be understood."""

    name: str
    problem: str


@dataclass(frozen=True)
class FileMissing(SalonError):
    """A file that the import needs is not there."""

    path: Path


@dataclass(frozen=True)
class NotAFile(SalonError):
    """A folder (or device) stands where a file was expected, or the other way round."""

    path: Path


@dataclass(frozen=True)
class FileEmpty(SalonError):
    """The file holds no rows."""

    path: Path


@dataclass(frozen=True)
class FileTooBig(SalonError):
    """The file is larger than any salon's export."""

    path: Path
    megabytes: int
    limit: int


@dataclass(frozen=True)
class NotATable(SalonError):
    """The file cannot be read as rows and columns in a known encoding."""

    path: Path


@dataclass(frozen=True)
class ColumnMissing(SalonError):
    """A column that the profile names is not in the file."""

    path: Path
    column: str
    found: tuple[str, ...]


@dataclass(frozen=True)
class BadDate(SalonError):
    """A date on the command line is not a date."""

    typed: str


@dataclass(frozen=True)
class BadPeriod(SalonError):
    """A period ends before it begins, or the return period does not follow the visit period."""

    begins: date
    ends: date


@dataclass(frozen=True)
class NoSuchFigure(SalonError):
    """There is no figure of this name."""

    name: str
    known: tuple[str, ...]


@dataclass(frozen=True)
class OptionMissing(SalonError):
    """The command needs an option that was not given."""

    option: str


@dataclass(frozen=True)
class NothingImported(SalonError):
    """There is no import that could be taken back."""


@dataclass(frozen=True)
class ImportInUse(SalonError):
    """Since the import somebody worked with its records; taking it back would lose that work."""

    records: int


@dataclass(frozen=True)
class SalonNotEmpty(SalonError):
    """A sample never goes into a file that already holds a salon."""

    path: Path


# ---- troubles ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DatabaseMissing(Trouble):
    """The named database file is not there."""

    path: Path


@dataclass(frozen=True)
class DatabaseUnreadable(Trouble):
    """The file is not a database of ours, or it is damaged. It is left untouched."""

    path: Path


@dataclass(frozen=True)
class DatabaseNewer(Trouble):
    """The file was written by a newer version of the program."""

    path: Path
    steps: tuple[str, ...]


@dataclass(frozen=True)
class DatabaseBusy(Trouble):
    """Another program held the file for longer than we waited."""


@dataclass(frozen=True)
class DatabaseReadOnly(Trouble):
    """The file or its folder cannot be written."""

    path: Path | None


@dataclass(frozen=True)
class DiskFull(Trouble):
    """There is no room for the change; it was not made."""


@dataclass(frozen=True)
class FolderShared(Trouble):
    """The file lies on a network drive or in a synchronised folder, where it would be damaged."""

    path: Path


@dataclass(frozen=True)
class CannotOpenLink(Trouble):
    """The system opened no program for a link (messenger or phone)."""

    link: str
