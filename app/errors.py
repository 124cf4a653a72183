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


@dataclass(eq=False)
class SlotTaken(SalonError):
    """The master already has something in this interval (wall time)."""

    staff_name: str
    starts_at: datetime
    ends_at: datetime
    taken_by: str
    """The client's name, the block's reason, or an empty string when it is not known."""


@dataclass(eq=False)
class OutsideShift(SalonError):
    """The master does not work then. ``shifts`` are the working hours of that day as (start, end) wall times."""

    staff_name: str
    starts_at: datetime
    ends_at: datetime
    shifts: tuple[tuple[datetime, datetime], ...]


@dataclass(eq=False)
class CannotPerform(SalonError):
    """The master does not do this service."""

    staff_name: str
    service_name: str


@dataclass(eq=False)
class NoSuchTime(SalonError):
    """The start does not exist on that day, or exists twice (change of clocks)."""

    starts_at: datetime


@dataclass(eq=False)
class NothingToBook(SalonError):
    """A visit without a service."""


@dataclass(eq=False)
class BadDuration(SalonError):
    """A service must take at least five minutes and end on the same day."""

    minutes: int


@dataclass(eq=False)
class StatusNotPossible(SalonError):
    """A visit cannot go from one status to the other."""

    before: VisitStatus
    after: VisitStatus


@dataclass(eq=False)
class NotYetStarted(SalonError):
    """Only after the start can somebody not have come."""

    starts_at: datetime


@dataclass(eq=False)
class StepsStillOpen(SalonError):
    """Required steps of the checklist are open; going on needs a reason."""

    steps: tuple[str, ...]


@dataclass(eq=False)
class ReasonMissing(SalonError):
    """This act needs a reason."""


@dataclass(eq=False)
class VisitClosed(SalonError):
    """A completed, cancelled or missed visit is history and is not moved."""

    status: VisitStatus


@dataclass(eq=False)
class ShiftBegun(SalonError):
    """Hours of a day that has begun are history and are not planned anew."""


# ---- records -------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Gone(SalonError):
    """The record is no longer there: somebody else took it back."""


@dataclass(eq=False)
class ChangedSince(SalonError):
    """The record was changed after the act that should be undone."""


@dataclass(eq=False)
class NothingToUndo(SalonError):
    """There is nothing (more) to undo or redo."""


@dataclass(eq=False)
class NameMissing(SalonError):
    """A client, master or service needs a name."""


@dataclass(eq=False)
class TextTooLong(SalonError):
    """A text is longer than the card can hold."""

    limit: int


@dataclass(eq=False)
class BadPhone(SalonError):
    """These characters are not a phone number."""

    typed: str


@dataclass(eq=False)
class ReminderClosed(SalonError):
    """The reminder was already sent, skipped or cancelled."""


# ---- exchange and command line -------------------------------------------------------------------------------


@dataclass(eq=False)
class NoSuchProfile(SalonError):
    """There is no import profile of this name."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class BrokenProfile(SalonError):
    """An import profile cannot be understood."""

    name: str
    problem: str


@dataclass(eq=False)
class FileMissing(SalonError):
    """A file that the import needs is not there."""

    path: Path


@dataclass(eq=False)
class NotAFile(SalonError):
    """A folder (or device) stands where a file was expected, or the other way round."""

    path: Path


@dataclass(eq=False)
class FileExists(SalonError):
    """A file stands where a new one should be written."""

    path: Path


@dataclass(eq=False)
class FileEmpty(SalonError):
    """The file holds no rows."""

    path: Path


@dataclass(eq=False)
class FileTooBig(SalonError):
    """The file is larger than any salon's export."""

    path: Path
    megabytes: int
    limit: int


@dataclass(eq=False)
class NotATable(SalonError):
    """The file cannot be read as rows and columns in a known encoding."""

    path: Path


@dataclass(eq=False)
class SeveralFiles(SalonError):
    """More than one file of the folder could be the one that the import needs."""

    folder: Path
    names: tuple[str, ...]


@dataclass(eq=False)
class RowsUnreadable(SalonError):
    """Most rows of the file cannot be read: it is in another format than the profile says."""

    path: Path
    unreadable: int
    rows: int
    example: str
    """The first text that could not be read, or empty when the rows have the wrong number of cells."""


@dataclass(eq=False)
class ColumnTwice(SalonError):
    """A column that the profile names is in the file more than once."""

    path: Path
    column: str


@dataclass(eq=False)
class ColumnMissing(SalonError):
    """A column that the profile names is not in the file."""

    path: Path
    column: str
    found: tuple[str, ...]


@dataclass(eq=False)
class BadDate(SalonError):
    """A date on the command line is not a date."""

    typed: str


@dataclass(eq=False)
class BadPeriod(SalonError):
    """A period ends before it begins, or the return period does not follow the visit period."""

    begins: date
    ends: date


@dataclass(eq=False)
class NoSuchFigure(SalonError):
    """There is no figure of this name."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class NoSuchVisit(SalonError):
    """There is no visit of this number, or only its date is known."""

    visit_id: int


@dataclass(eq=False)
class NoSuchMaster(SalonError):
    """Nobody of this name serves clients here. ``known`` are the names of those who do."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class OptionMissing(SalonError):
    """The command needs an option that was not given."""

    option: str


@dataclass(eq=False)
class ValueMissing(SalonError):
    """An option of the command line stands without its value."""

    option: str


@dataclass(eq=False)
class NotUnderstood(SalonError):
    """A word of the command line means nothing there. ``known`` are the words that would, where they are few."""

    typed: str
    known: tuple[str, ...] = ()


@dataclass(eq=False)
class NothingImported(SalonError):
    """There is no import that could be taken back."""


@dataclass(eq=False)
class ImportInUse(SalonError):
    """Since the import somebody worked with its records; taking it back would lose that work."""

    records: int


@dataclass(eq=False)
class SalonNotEmpty(SalonError):
    """A sample never goes into a file that already holds a salon."""

    path: Path


# ---- troubles ------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class DatabaseMissing(Trouble):
    """The named database file is not there."""

    path: Path


@dataclass(eq=False)
class DatabaseUnreadable(Trouble):
    """The file is not a database of ours, or it is damaged. It is left untouched."""

    path: Path


@dataclass(eq=False)
class DatabaseNewer(Trouble):
    """The file was written by a newer version of the program."""

    path: Path
    steps: tuple[str, ...]


@dataclass(eq=False)
class DatabaseBusy(Trouble):
    """Another program held the file for longer than we waited."""


@dataclass(eq=False)
class DatabaseReadOnly(Trouble):
    """The file or its folder cannot be written."""

    path: Path | None


@dataclass(eq=False)
class DiskFull(Trouble):
    """There is no room for the change; it was not made."""


@dataclass(eq=False)
class FolderShared(Trouble):
    """The file lies on a network drive or in a synchronised folder, where it would be damaged."""

    path: Path


@dataclass(eq=False)
class FileUnreadable(Trouble):
    """A file or folder that should be imported cannot be read: rights, a device that was pulled out."""

    path: Path


@dataclass(eq=False)
class FileUnwritable(Trouble):
    """A new file cannot be written: rights, a full disk, a device that was pulled out."""

    path: Path


@dataclass(eq=False)
class NoDisplay(Trouble):
    """There is no screen on which a window could be shown."""


@dataclass(eq=False)
class CannotOpenLink(Trouble):
    """The system opened no program for a link (messenger or phone)."""

    link: str
