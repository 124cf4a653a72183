"""The family of things that go wrong.

``SalonError``: a rule of the salon says no, and the person can act on it.
``Trouble``: the world failed (disk, file, another program); the person can repair it and try again.
Anything else is a fault of the program. ``explain`` puts each into one sentence.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any, dataclass_transform

from app.vocabulary import AlertKind, ContactKind, RequisiteField, VisitStatus


@dataclass_transform(eq_default=False)
class Told(Exception):
    """An error that carries facts, written as a dataclass is: names, types, defaults.

    It is none, because sixty dataclasses take a fifteenth of the time in which an empty window appears.
    """

    def __init__(self, *facts: Any, **named: Any) -> None:
        names = self.fact_names()
        given = dict(zip(names, facts, strict=False)) | named
        lacking = [name for name in names if name not in given and not hasattr(type(self), name)]
        if len(facts) > len(names) or lacking or given.keys() - set(names):
            raise TypeError(f"{type(self).__name__} tells {', '.join(names) or 'nothing'}")
        super().__init__(*given.values())
        for name, fact in given.items():
            setattr(self, name, fact)

    @classmethod
    def fact_names(cls) -> tuple[str, ...]:
        """What an error of this kind tells, in the order of its arguments."""
        return tuple(name for kind in reversed(cls.__mro__) for name in vars(kind).get("__annotations__", ()))


class SalonError(Told):
    """A rule of the salon says no; the sentence tells what to do."""


class Trouble(Told):
    """The world failed; nothing was half-written."""


# ---- booking -------------------------------------------------------------------------------------------------


class SlotTaken(SalonError):
    """The master already has something in this interval (wall time)."""

    staff_name: str
    starts_at: datetime
    ends_at: datetime
    taken_by: str
    """The client's name, the block's reason, or an empty string when it is not known."""


class SameVisitThere(SlotTaken):
    """What the master has there is of the same visit: they do one thing at a time for a client, whatever the reason."""


class NoRoomFree(SalonError):
    """No room, chair or machine that the service needs is free (wall times)."""

    room_name: str
    """The one that is free first."""
    starts_at: datetime
    ends_at: datetime
    taken_by: str
    """The client's name, or an empty string when it is not known."""
    is_only: bool
    """Whether no other room would do."""


class RoomNotFit(SalonError):
    """A room was chosen that is not fit for the service. ``room_name`` is empty when the room is not there."""

    room_name: str
    service_name: str


class OutsideShift(SalonError):
    """The master does not work then. ``shifts`` are the working hours of that day as (start, end) wall times."""

    staff_name: str
    starts_at: datetime
    ends_at: datetime
    shifts: tuple[tuple[datetime, datetime], ...]


class StaysHidden(SalonError):
    """A hidden number cannot be shown while somebody else writes: the journal could not tell of it."""


class StillBusy(SalonError):
    """A large act is being done or taken back, and until that is over nothing else can be written."""


class CannotPerform(SalonError):
    """The master does not do this service."""

    staff_name: str
    service_name: str


class MasterLeft(SalonError):
    """The master works here no longer, so nothing new is booked with them."""

    staff_name: str


class ServiceWithdrawn(SalonError):
    """The salon offers this service no more."""

    service_name: str


class NoSuchTime(SalonError):
    """The time does not exist on that day, or exists twice, or the clocks are changed before the visit is over."""

    starts_at: datetime
    comes_twice: bool = False
    again_from: datetime | None = None
    """From when on the clocks go as usual; None: the time itself exists, and the change comes after it."""


class DoNotBook(SalonError):
    """The salon does not want to book this client; whoever does it all the same says why."""

    client_name: str
    reason: str
    client_id: int


class NothingToBook(SalonError):
    """A visit without a service."""


class BadDuration(SalonError):
    """A service must take at least five minutes and end on the same day."""

    minutes: int


class StatusNotPossible(SalonError):
    """A visit cannot go from one status to the other."""

    before: VisitStatus
    after: VisitStatus


class NotYetStarted(SalonError):
    """Only after the start can somebody not have come."""

    starts_at: datetime


class DayNotCome(SalonError):
    """Nobody can be here for a visit of a later day."""

    day: date


class StepsStillOpen(SalonError):
    """Required steps of the checklist are open; going on needs a reason."""

    steps: tuple[str, ...]


class ReasonMissing(SalonError):
    """This act needs a reason."""


class VisitClosed(SalonError):
    """A completed, cancelled or missed visit is history and is not moved."""

    status: VisitStatus


class VisitBegun(SalonError):
    """A part of a visit has begun: what is left of it does not go to another day."""


class ClientKnown(SalonError):
    """A visit stands on the card of a client already."""

    client_name: str


class NotServedYet(SalonError):
    """Only of a completed visit is it told afterwards who it was of; any other one is changed."""


class ServedNow(SalonError):
    """A client who is served gives up no place: they do not wait for another time instead of this visit."""


class BegunSince(SalonError):
    """What an act has moved has begun there since: taking the act back would move what happened."""


class SeriesWithoutEnd(SalonError):
    """A series needs an interval and an end: so many times, or until a day."""


class SeriesTooLong(SalonError):
    """A series has more visits, or goes on for longer, than anybody can foresee."""

    visits: int
    years: int


class NothingRepeated(SalonError):
    """A series of one visit is none."""


class SeriesDateRefused(SalonError):
    """One date of a series cannot be had, so that none of it was written."""

    starts_at: datetime
    problem: SalonError


class SeriesChangedMeanwhile(SalonError):
    """The visits of a series are no longer those that were looked at."""


class ShiftBegun(SalonError):
    """Hours of a day that has begun are history and are not planned anew."""


class HoldOver(SalonError):
    """The place is held no longer: its minutes are over, or somebody gave it back."""


class AlreadyWaits(SalonError):
    """The client waits for the same services already."""

    client_name: str


class WaitOver(SalonError):
    """The client no longer waits: a place was found, or the wish was withdrawn."""


class BadWindow(SalonError):
    """The days and hours that suit are missing, end before they begin, or are all past."""


class NoClientToWait(SalonError):
    """A walk-in without a card cannot be called back, so it cannot wait."""


# ---- records -------------------------------------------------------------------------------------------------


class Gone(SalonError):
    """The record is no longer there: somebody else took it back."""


class ChangedSince(SalonError):
    """The record was changed after the act that should be undone."""


class TextChangedMeanwhile(SalonError):
    """Somebody else has written another text since the one that was read and changed."""

    standing: str
    """What the other wrote; empty when they took it away."""


class NothingToUndo(SalonError):
    """There is nothing (more) to undo or redo."""


class NameMissing(SalonError):
    """A client, master or service needs a name."""


class TextTooLong(SalonError):
    """A text is longer than the card can hold."""

    limit: int


class AmountMissing(SalonError):
    """Bonuses of zero, or of more than anybody has."""


class NotEnoughBonus(SalonError):
    """More bonuses are taken than the client has."""


class TimeIsOver(SalonError):
    """A promise must be due, and a complaint be answered, not before now."""


class ChoicesMissing(SalonError):
    """A question of choice needs at least two answers to choose from."""


class BadSegment(SalonError):
    """What stands in the file as a segment is none that this program can read."""


class ServicesMissing(SalonError):
    """A question that goes with services needs at least one."""


class AlertsUnseen(SalonError):
    """A client is here or booked without a form, and nobody has seen what must be known of them for this visit."""

    alert_ids: tuple[int, ...]
    alerts: tuple[tuple[AlertKind, str], ...]
    """Of which kind each is, and what it says."""


class NotANumber(SalonError):
    """These characters are not a whole number."""

    typed: str


class BadAmount(SalonError):
    """These characters are not an amount of money."""

    typed: str


class RangeMissing(SalonError):
    """A range has neither a beginning nor an end."""


class RangeBackwards(SalonError):
    """A range ends before it begins."""


class NoSuchSegment(SalonError):
    """There is no segment of this name."""

    name: str
    known: tuple[str, ...]


class BadPhone(SalonError):
    """These characters are not a phone number."""

    typed: str


class TextMissing(SalonError):
    """There is nothing to keep: the text is empty."""


class BadEmail(SalonError):
    """These characters are not an e-mail address."""

    typed: str


class BadHandle(SalonError):
    """Nobody can be called so in this messenger."""

    kind: ContactKind
    typed: str


class BadRequisite(SalonError):
    """A number of an organisation has a wrong length or a wrong check digit."""

    field: RequisiteField
    typed: str


class BadHours(SalonError):
    """The time at which a client likes to be called ends before it begins."""


class NotRelated(SalonError):
    """Nobody is their own relative."""


class ReminderClosed(SalonError):
    """The reminder was already sent, skipped or cancelled."""


class NoAdvertisingConsent(SalonError):
    """An invitation is advertising, and the client has not agreed to it."""

    client_name: str


class ToBeForgotten(SalonError):
    """The client asked to be forgotten: nothing is booked for them, no message leaves and nothing new is written."""


class StillBooked(SalonError):
    """Somebody who wants to be forgotten has visits ahead: they are cancelled first."""

    visits: int
    first: date


class PersonForgotten(SalonError):
    """A client was forgotten: that, and what was done with their card, cannot be taken back."""


# ---- exchange and command line -------------------------------------------------------------------------------


class NoSuchProfile(SalonError):
    """There is no import profile of this name."""

    name: str
    known: tuple[str, ...]


class BrokenProfile(SalonError):
    """An import profile cannot be understood."""

    name: str
    problem: str


class FileMissing(SalonError):
    """A file that the import needs is not there."""

    path: Path


class NotAFile(SalonError):
    """A folder (or device) stands where a file was expected, or the other way round."""

    path: Path


class FileExists(SalonError):
    """A file stands where a new one should be written."""

    path: Path


class FileEmpty(SalonError):
    """The file holds no rows."""

    path: Path


class FileTooBig(SalonError):
    """The file is larger than any salon's export."""

    path: Path
    megabytes: int
    limit: int


class NotATable(SalonError):
    """The file cannot be read as rows and columns in a known encoding."""

    path: Path


class SeveralFiles(SalonError):
    """More than one file of the folder could be the one that the import needs."""

    folder: Path
    names: tuple[str, ...]


class RowsUnreadable(SalonError):
    """Most rows of the file cannot be read: it is in another format than the profile says."""

    path: Path
    unreadable: int
    rows: int
    example: str
    """The first text that could not be read, or empty when the rows have the wrong number of cells."""


class ColumnTwice(SalonError):
    """A column that the profile names is in the file more than once."""

    path: Path
    column: str


class ColumnMissing(SalonError):
    """A column that the profile names is not in the file."""

    path: Path
    column: str
    found: tuple[str, ...]


class BadDate(SalonError):
    """A date on the command line is not a date."""

    typed: str


class BadPeriod(SalonError):
    """A period ends before it begins, or the return period does not follow the visit period."""

    begins: date
    ends: date


class NoSuchFigure(SalonError):
    """There is no figure of this name."""

    name: str
    known: tuple[str, ...]


class NoSuchVisit(SalonError):
    """There is no visit of this number, or only its date is known."""

    visit_id: int


class NoSuchClient(SalonError):
    """There is no card of this number."""

    client_id: int


class NoSuchMaster(SalonError):
    """Nobody of this name serves clients here. ``known`` are the names of those who do."""

    name: str
    known: tuple[str, ...]


class OptionMissing(SalonError):
    """The command needs an option that was not given."""

    option: str


class ValueMissing(SalonError):
    """An option of the command line stands without its value."""

    option: str


class NotUnderstood(SalonError):
    """A word of the command line means nothing there. ``known`` are the words that would, where they are few."""

    typed: str
    known: tuple[str, ...] = ()


class Stopped(SalonError):
    """Somebody stopped a command from the keyboard. It was one transaction, so nothing of it is there."""


class NothingImported(SalonError):
    """There is no import that could be taken back."""


class ImportInUse(SalonError):
    """Since the import somebody worked with its records; taking it back would lose that work."""

    records: int


class SalonNotEmpty(SalonError):
    """A sample never goes into a file that already holds a salon."""

    path: Path


# ---- photos, files, formulas ---------------------------------------------------------------------------------


class NotAnOrdinaryFile(SalonError):
    """What was dropped is a folder, a device or a pipe, and no file."""

    name: str


class NothingInFile(SalonError):
    """The file has no content."""

    name: str


class KindNotKept(SalonError):
    """The file is neither a photo nor a document of a kind that the salon keeps, whatever its name says."""

    name: str


class PictureOfAnotherKind(SalonError):
    """It is a picture, but of a kind that cannot be shown here (HEIC, TIFF, GIF, BMP)."""

    name: str
    kind: str


class PhotosOfPhones(SalonError):
    """Several photos are HEIC, as iPhones make them, and cannot be shown here."""

    photos: int


class PictureBroken(SalonError):
    """The picture is cut off or damaged."""

    name: str


class PictureTooLarge(SalonError):
    """The picture has more pixels than can be shown without filling the computer's memory."""

    name: str
    megapixels: int
    limit: int


class KeptFileTooBig(SalonError):
    """The file is larger than what is kept beside a card."""

    name: str
    megabytes: int
    limit: int


class TooManyFiles(SalonError):
    """More files were dropped at once than anybody means to."""

    limit: int


class KeptFileGone(Trouble):
    """The file of a photo is no longer in the folder beside the salon's file."""

    name: str


class MaterialNotUnderstood(SalonError):
    """A part of a formula names no amount with its unit, or no material."""

    typed: str


class FormulaEmpty(SalonError):
    """A formula has neither a material nor a word."""


class TooManyMaterials(SalonError):
    """A formula has more materials than any recipe."""

    limit: int


# ---- troubles ------------------------------------------------------------------------------------------------


class DatabaseMissing(Trouble):
    """The named database file is not there."""

    path: Path


class DatabaseUnreadable(Trouble):
    """The file is not a database of ours, or it is damaged. It is left untouched."""

    path: Path


class DatabaseNewer(Trouble):
    """The file was written by a newer version of the program."""

    path: Path
    steps: tuple[str, ...]


class DatabaseAltered(Trouble):
    """The file of a salon holds triggers or views, here by their names, that the program did not make."""

    path: Path
    names: tuple[str, ...]


class DatabaseBusy(Trouble):
    """Another program held the file for longer than we waited."""


class DatabaseReadOnly(Trouble):
    """The file or its folder cannot be written."""

    path: Path | None


class DiskFull(Trouble):
    """There is no room for the change; it was not made."""


class FolderShared(Trouble):
    """The file lies on a network drive or in a synchronised folder, where it would be damaged."""

    path: Path


class FileUnreadable(Trouble):
    """A file or folder that should be imported cannot be read: rights, a device that was pulled out."""

    path: Path


class FileUnwritable(Trouble):
    """A new file cannot be written: rights, a full disk, a device that was pulled out."""

    path: Path


class NoDisplay(Trouble):
    """There is no screen on which a window could be shown."""


class BackupUnreadable(Trouble):
    """The file is no backup of ours, or it is damaged. Nothing was taken from it."""

    path: Path


class BackupNewer(Trouble):
    """The backup was made by a newer version of the program."""

    path: Path


class BackupGone(Trouble):
    """A copy that somebody looked at is no longer there: newer ones took its place, or its disk was taken out."""

    path: Path


class BackupIsSalon(SalonError):
    """What was chosen as a copy is the file of this very salon."""

    path: Path


class BackupReplaced(Trouble):
    """Another file has the name of a copy that somebody looked at."""

    path: Path


class BackupUnfinished(Trouble):
    """A copy that was begun an hour ago is not done: its folder hardly answers."""

    path: Path


class BackupFolderGone(Trouble):
    """The folder in which copies are kept is not there: a stick that was pulled out, a disk that is not connected."""

    path: Path


class CannotOpenLink(Trouble):
    """The system opened no program for a link (messenger or phone)."""

    link: str
