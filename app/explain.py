"""Each error of the house in one sentence of the user's language that says what to do. Knows no window."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app import errors, wording
from app.language import _, ngettext


def sentence(error: errors.SalonError | errors.Trouble) -> str:
    """What went wrong and what to do, in one sentence."""
    for kind in type(error).__mro__:
        word = _SENTENCES.get(kind)
        if word is not None:
            return word(error)
    return _("This did not work; nothing was changed.")


def fault(kind: str) -> str:
    """What is wrong with a salon's file, by the word of ``salon.check``; a word that is new here stays as it is."""
    return {
        "engine": _("The file is damaged"),
        "orphan": _("Records belong to others that are not there"),
        "missing_guard": _("A guard against double booking is missing"),
        "changed_guard": _("A guard against double booking was changed"),
        "guard_made_again": _("A guard against double booking was missing or changed; it stands again"),
        "stranger": _("Triggers or views that Vizit did not make"),
        "stranger_taken_out": _("Triggers or views that Vizit did not make were taken out"),
        "overlapping_occupancy": _("A master is taken twice at the same time"),
        "room_taken_twice": _("A room is taken twice at the same time"),
        "live_service_without_occupancy": _("Booked services take no time"),
        "occupancy_of_closed_visit": _("Cancelled or missed visits still take time"),
        "occupancy_outside_its_service": _("Taken time lies outside its service"),
        "visit_without_service": _("Visits have no service"),
        "service_on_another_day": _("Services stand on another day than their visit"),
        "reminder_of_a_visit_not_awaited": _("Reminders wait for visits that nobody awaits"),
        "visit_reminded_of_twice": _("Visits have two reminders that wait to be sent"),
        "shared_place_without_reason": _("Visits stand over others without a reason"),
        "hold_of_nothing": _("Held places hold nothing"),
        "forgotten_with_data": _("Data of forgotten clients came back"),
        "overlapping_shifts": _("A master's shifts overlap"),
        "client_rhythm_out_of_line": _("What the search knows of visits is out of date"),
        "file_missing": _("Photos or files of cards are missing in their folder"),
        "file_damaged": _("Photos or files of cards are damaged"),
        "file_without_card": _("Files in the folder of photos belong to no card"),
    }.get(kind, kind)


def _hours(starts_at: datetime, ends_at: datetime) -> str:
    return wording.interval(starts_at, ends_at)


def _slot_taken(error: errors.SlotTaken) -> str:
    hours = _hours(error.starts_at, error.ends_at)
    if error.taken_by:
        return _("{master} is taken {hours}: {by}. Choose another time or master.").format(
            master=error.staff_name, hours=hours, by=error.taken_by
        )
    return _("{master} is taken {hours}. Choose another time or master.").format(master=error.staff_name, hours=hours)


def _no_room_free(error: errors.NoRoomFree) -> str:
    hours = _hours(error.starts_at, error.ends_at)
    if not error.is_only:
        return _("No room is free; “{room}” is the first to be, taken {hours}. Choose another time.").format(
            room=error.room_name, hours=f"{hours} ({error.taken_by})" if error.taken_by else hours
        )
    if error.taken_by:
        return _("“{room}” is taken {hours}: {by}. Choose another time or room.").format(
            room=error.room_name, hours=hours, by=error.taken_by
        )
    return _("“{room}” is taken {hours}. Choose another time or room.").format(room=error.room_name, hours=hours)


def _room_not_fit(error: errors.RoomNotFit) -> str:
    if not error.room_name:
        return _("The chosen room is no longer there for “{service}”. Choose another one.").format(
            service=error.service_name
        )
    return _("“{room}” is not fit for “{service}”. Choose another room.").format(
        room=error.room_name, service=error.service_name
    )


def _outside_shift(error: errors.OutsideShift) -> str:
    if not error.shifts:
        return _("{master} does not work that day. Choose another day or master.").format(master=error.staff_name)
    hours = ", ".join(_hours(start, end) for start, end in error.shifts)
    return _("{master} works {hours} that day. Choose a time within these hours.").format(
        master=error.staff_name, hours=hours
    )


def _of_another_kind(error: errors.PictureOfAnotherKind) -> str:
    name = _shortened(error.name)
    if error.kind != "HEIC":
        return _("“{name}” is a {kind} picture, which cannot be shown here. Send it as JPEG or PNG.").format(
            name=name, kind=error.kind
        )
    said = _("“{name}” is HEIC, as iPhones make their photos, and cannot be shown here.").format(name=name)
    return f"{said} {_heic_remedy()}"


def _heic_remedy() -> str:
    return _(
        "Send them as JPEG. On the iPhone, Settings → Camera → Formats → Most Compatible makes new photos JPEG at once."
    )


def _still_busy(_error: errors.StillBusy) -> str:
    return _("A large change is still being made or undone. Wait until that is over, or cancel it.")


def _cannot_perform(error: errors.CannotPerform) -> str:
    return _("{master} does not do “{service}”. Choose a master who does.").format(
        master=error.staff_name, service=error.service_name
    )


def _no_such_time(error: errors.NoSuchTime) -> str:
    if error.again_from is None:
        return _("The clocks are changed while this would last. Choose another time.")
    said = {"time": wording.clock_time(error.starts_at), "next": wording.clock_time(error.again_from)}
    if error.comes_twice:
        return _("The clocks go back: {time} comes twice. Choose an earlier time, or {next} and later.").format(**said)
    return _("The clocks go forward: there is no {time}. Choose an earlier time, or {next} and later.").format(**said)


def _status(error: errors.StatusNotPossible) -> str:
    return _("A visit cannot go from “{before}” to “{after}”.").format(
        before=wording.visit_status(error.before), after=wording.visit_status(error.after)
    )


def _steps_open(error: errors.StepsStillOpen) -> str:
    return _("Required steps are still open: {steps}. Tick them or give a reason.").format(steps="; ".join(error.steps))


def _column_missing(error: errors.ColumnMissing) -> str:
    return _("“{file}” has no column “{column}”. Export it again with all columns, or choose another profile.").format(
        file=error.path.name, column=error.column
    )


def _rows_unreadable(error: errors.RowsUnreadable) -> str:
    told = _("Most rows of “{file}” cannot be read ({n} of {rows}), so it is another format than expected.").format(
        file=error.path.name, n=wording.number(error.unreadable), rows=wording.number(error.rows)
    )
    if not error.example:
        return told
    example = _("For example: “{example}”.").format(example=_shortened(error.example))
    return f"{told} {example}"


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _in_use(error: errors.ImportInUse) -> str:
    return ngettext(
        "{n} imported record was changed since; taking the import back would lose that work.",
        "{n} imported records were changed since; taking the import back would lose that work.",
        error.records,
    ).format(n=error.records)


def _not_understood(error: errors.NotUnderstood) -> str:
    if error.known:
        return _("“{typed}” is not known here. Possible: {known}.").format(
            typed=_shortened(error.typed), known=", ".join(error.known)
        )
    return _("“{typed}” is not understood; vizit --help shows what is.").format(typed=_shortened(error.typed))


def _read_only(error: errors.DatabaseReadOnly) -> str:
    if error.path is None:
        return _("The salon's file cannot be written. Check the rights of the file and its folder.")
    return _("The salon's file cannot be written: {path}. Check the rights of the file and its folder.").format(
        path=error.path
    )


def _series_too_long(error: errors.SeriesTooLong) -> str:
    years = ngettext("{n} year", "{n} years", error.years).format(n=error.years)
    return _("A series has at most {visits} and lasts at most {years}. Choose fewer visits or an earlier end.").format(
        visits=wording.visits(error.visits), years=years
    )


def _series_date_refused(error: errors.SeriesDateRefused) -> str:
    when = wording.date_in_digits(error.starts_at.date())
    return _("Nothing was written, because of {day}, {time}. {problem}").format(
        day=when, time=wording.clock_time(error.starts_at), problem=sentence(error.problem)
    )


_SENTENCES: dict[type[BaseException], Callable[[Any], str]] = {
    errors.SlotTaken: _slot_taken,
    errors.SameVisitThere: lambda e: _(
        "{master}, {hours}: another service of the same visit. Change when it begins, how long it takes or who does it."
    ).format(master=e.staff_name, hours=_hours(e.starts_at, e.ends_at)),
    errors.NoRoomFree: _no_room_free,
    errors.RoomNotFit: _room_not_fit,
    errors.OutsideShift: _outside_shift,
    errors.CannotPerform: _cannot_perform,
    errors.StaysHidden: lambda _e: _(
        "The number stays hidden: the salon's file is busy with a large change. Try again in a moment."
    ),
    errors.StillBusy: _still_busy,
    errors.MasterLeft: lambda e: _("{master} no longer works here. Choose another master.").format(master=e.staff_name),
    errors.ServiceWithdrawn: lambda e: _("“{service}” is offered no more. Choose another service.").format(
        service=e.service_name
    ),
    errors.NoSuchTime: _no_such_time,
    errors.DoNotBook: lambda e: _("{client} is not to be booked: {reason}.").format(
        client=e.client_name, reason=e.reason.rstrip(".")
    ),
    errors.NothingToBook: lambda _e: _("Choose at least one service."),
    errors.BadDuration: lambda _e: _("A service takes at least 5 minutes and ends on the same day, by 23:59."),
    errors.StatusNotPossible: _status,
    errors.NotYetStarted: lambda e: _(
        "The visit starts on {day} at {time}: a no-show can be marked only after that."
    ).format(day=wording.day_and_month(e.starts_at.date()), time=wording.clock_time(e.starts_at)),
    errors.DayNotCome: lambda e: _(
        "This visit is for {day}. If the client is here now, move it to today first."
    ).format(day=wording.day_and_month(e.day)),
    errors.StepsStillOpen: _steps_open,
    errors.ReasonMissing: lambda _e: _("Please give a reason."),
    errors.VisitClosed: lambda e: _("This visit is {status} and is not moved. Book a new one.").format(
        status=wording.visit_status(e.status).lower()
    ),
    errors.VisitBegun: lambda _e: _(
        "A part of this visit has begun and stays on its day. Book what is left as a visit of its own."
    ),
    errors.ClientKnown: lambda e: _("This visit is on a card already: {client}.").format(client=e.client_name),
    errors.NotServedYet: lambda _e: _("This visit is not completed. Change it, and choose the client there."),
    errors.ServedNow: lambda _e: _(
        "The client is being served and keeps this place. If they want another visit, add them to the waiting list."
    ),
    errors.BegunSince: lambda _e: _("The visit has begun since then, and what has happened is not moved."),
    errors.SeriesWithoutEnd: lambda _e: _(
        "Say how often the visit is repeated, and how many times or until which day."
    ),
    errors.SeriesTooLong: _series_too_long,
    errors.NothingRepeated: lambda _e: _("No date follows the first one. Choose a later end or more visits."),
    errors.SeriesDateRefused: _series_date_refused,
    errors.SeriesChangedMeanwhile: lambda _e: _("The series was changed meanwhile. Look at its dates once more."),
    errors.ShiftBegun: lambda _e: _("Hours of today and before stay as they were. Choose a day from tomorrow on."),
    errors.HoldOver: lambda _e: _("This place is held no longer: its minutes are over. Check that it is still free."),
    errors.AlreadyWaits: lambda e: _("{client} waits for this already. Change the line of the waiting list.").format(
        client=e.client_name
    ),
    errors.WaitOver: lambda _e: _("This client no longer waits: a place was found, or the wish was withdrawn."),
    errors.BadWindow: lambda _e: _("Say on which days and at which hours it suits; they must not lie in the past."),
    errors.NoClientToWait: lambda _e: _("Somebody without a card cannot be called back. Open a card first."),
    errors.Gone: lambda _e: _("This record is no longer there: it was taken back meanwhile."),
    errors.ChangedSince: lambda _e: _("This was changed since then, so it cannot be undone."),
    errors.TextChangedMeanwhile: lambda e: (
        _("Somebody else has written meanwhile: “{text}”.").format(text=e.standing.rstrip("."))
        if e.standing
        else _("Somebody else has taken this text away meanwhile.")
    ),
    errors.NothingToUndo: lambda _e: _("There is nothing to undo."),
    errors.NameMissing: lambda _e: _("Please give a name."),
    errors.TextTooLong: lambda e: ngettext(
        "This text is too long: at most {n} character fits.",
        "This text is too long: at most {n} characters fit.",
        e.limit,
    ).format(n=e.limit),
    errors.AmountMissing: lambda _e: _("Type an amount: it must not be zero, nor more than a million."),
    errors.NotEnoughBonus: lambda _e: _("The client has fewer bonuses than that. Take at most what there is."),
    errors.TimeIsOver: lambda _e: _("This time is over already. Choose a later one."),
    errors.BadSegment: lambda _e: _("This segment cannot be read. Choose its conditions anew and save it."),
    errors.ChoicesMissing: lambda _e: _("Give at least two answers to choose from."),
    errors.ServicesMissing: lambda _e: _("Choose at least one service with which it is asked."),
    errors.AlertsUnseen: lambda e: _("Before the work begins, somebody has to see: {alerts}.").format(
        alerts="; ".join(wording.alert(kind, text) for kind, text in e.alerts)
    ),
    errors.NotANumber: lambda e: _("“{typed}” is not a whole number.").format(typed=e.typed),
    errors.BadAmount: lambda e: _("“{typed}” is not an amount. Write it as 1500 or 1500.50.").format(typed=e.typed),
    errors.RangeMissing: lambda _e: _("Give at least one of the two ends."),
    errors.RangeBackwards: lambda _e: _("The end is before the start."),
    errors.NoSuchSegment: lambda e: _("There is no segment “{name}”. Segments: {known}.").format(
        name=e.name, known=", ".join(e.known)
    ),
    errors.BadPhone: lambda e: _("“{typed}” is not a phone number. Check the digits.").format(typed=e.typed),
    errors.BadEmail: lambda e: _("“{typed}” is not an e-mail address.").format(typed=_shortened(e.typed)),
    errors.BadHandle: lambda e: _("{messenger} knows nobody as “{typed}”. Type the number or the name there.").format(
        messenger=wording.contact_kind(e.kind), typed=_shortened(e.typed)
    ),
    errors.BadRequisite: lambda e: _("{number} “{typed}” cannot be right: check its digits.").format(
        number=wording.requisite(e.field), typed=_shortened(e.typed)
    ),
    errors.BadHours: lambda _e: _("This time ends before it begins."),
    errors.NotRelated: lambda _e: _("Choose somebody else: nobody is their own relative."),
    errors.ReminderClosed: lambda _e: _("This reminder is closed: it was sent, skipped, or its visit was cancelled."),
    errors.TextMissing: lambda _e: _("Write the text first."),
    errors.NoAdvertisingConsent: lambda e: _(
        "{client} has not agreed to advertising, so no invitation is sent. A consent is written down on the card."
    ).format(client=e.client_name),
    errors.ToBeForgotten: lambda _e: _(
        "This client asked to be forgotten: nothing is booked, sent or written down. Take the request back on the card."
    ),
    errors.StillBooked: lambda e: ngettext(
        "{n} visit is still booked, the first on {day}. Cancel it first.",
        "{n} visits are still booked, the first on {day}. Cancel them first.",
        e.visits,
    ).format(n=e.visits, day=wording.date_in_digits(e.first)),
    errors.PersonForgotten: lambda _e: _(
        "The client of this act was forgotten. Their data are no longer there, so it cannot be undone."
    ),
    errors.NoSuchProfile: lambda e: _("There is no import profile “{name}”. Known profiles: {known}.").format(
        name=e.name, known=", ".join(e.known)
    ),
    errors.BrokenProfile: lambda e: _("The import profile “{name}” cannot be read: {problem}.").format(
        name=e.name, problem=e.problem
    ),
    errors.FileMissing: lambda e: _("There is no file “{path}”. Check the path.").format(path=e.path),
    errors.NotAFile: lambda e: _("“{path}” is not what was expected: give a folder with the export's files.").format(
        path=e.path
    ),
    errors.FileExists: lambda e: _("“{path}” is already there. Choose another name.").format(path=e.path),
    errors.FileEmpty: lambda e: _("“{path}” is empty. Export it again.").format(path=e.path.name),
    errors.FileTooBig: lambda e: _(
        "“{path}” has {size} MB, more than any salon's export ({limit} MB). Check that it is the right file."
    ).format(path=e.path.name, size=e.megabytes, limit=e.limit),
    errors.NotATable: lambda e: _(
        "“{path}” cannot be read as a table in UTF-8, UTF-16 or CP1251. Export it again as CSV."
    ).format(path=e.path.name),
    errors.SeveralFiles: lambda e: _(
        "“{folder}” holds several files that could be meant: {names}. Leave only the one to import."
    ).format(folder=e.folder.name, names=", ".join(e.names)),
    errors.RowsUnreadable: _rows_unreadable,
    errors.ColumnTwice: lambda e: _("“{file}” has the column “{column}” more than once. Rename one of them.").format(
        file=e.path.name, column=e.column
    ),
    errors.ColumnMissing: _column_missing,
    errors.BadDate: lambda e: _("“{typed}” is not a date. Write it as 2026-05-14.").format(typed=e.typed),
    errors.BadPeriod: lambda _e: _(
        "The period is not possible: it must not end before it begins, and the return period follows the visit period."
    ),
    errors.NoSuchFigure: lambda e: _("There is no figure “{name}”. Known figures: {known}.").format(
        name=e.name, known=", ".join(e.known)
    ),
    errors.NoSuchVisit: lambda e: _("There is no visit {number} whose hour is known.").format(number=e.visit_id),
    errors.NoSuchClient: lambda e: _("There is no client card {number}.").format(number=e.client_id),
    errors.NoSuchMaster: lambda e: _("There is no master “{name}”. Masters: {known}.").format(
        name=e.name, known=", ".join(e.known)
    ),
    errors.OptionMissing: lambda e: _("The option {option} is missing.").format(option=e.option),
    errors.ValueMissing: lambda e: _("A value is missing after {option}.").format(option=e.option),
    errors.NotUnderstood: _not_understood,
    errors.Stopped: lambda _e: _("Stopped before the end; the salon's data are as they were."),
    errors.NothingImported: lambda _e: _("There is no import that could be taken back."),
    errors.ImportInUse: _in_use,
    errors.SalonNotEmpty: lambda e: _("“{path}” already holds a salon. Choose a new file for the sample.").format(
        path=e.path
    ),
    errors.NotAnOrdinaryFile: lambda e: _("“{name}” is no file. Choose a photo or a PDF.").format(
        name=_shortened(e.name)
    ),
    errors.NothingInFile: lambda e: _("“{name}” is empty. Choose another file.").format(name=_shortened(e.name)),
    errors.KindNotKept: lambda e: _(
        "“{name}” is neither a photo nor a PDF, whatever its name says. JPEG, PNG, WebP and PDF are kept."
    ).format(name=_shortened(e.name)),
    errors.PictureOfAnotherKind: _of_another_kind,
    errors.PhotosOfPhones: lambda e: " ".join(
        (
            ngettext(
                "{n} photo is HEIC, as iPhones make them, and cannot be shown here.",
                "{n} photos are HEIC, as iPhones make them, and cannot be shown here.",
                e.photos,
            ).format(n=wording.number(e.photos)),
            _heic_remedy(),
        )
    ),
    errors.PictureBroken: lambda e: _("“{name}” is damaged or cut off. Send the photo once more.").format(
        name=_shortened(e.name)
    ),
    errors.PictureTooLarge: lambda e: _(
        "“{name}” has {n} megapixels, and at most {limit} can be kept. Save a smaller copy of it."
    ).format(name=_shortened(e.name), n=wording.number(e.megapixels), limit=e.limit),
    errors.KeptFileTooBig: lambda e: _(
        "“{name}” has {size} MB, and at most {limit} MB can be kept. Save a smaller copy of it."
    ).format(name=_shortened(e.name), size=wording.number(e.megabytes), limit=e.limit),
    errors.TooManyFiles: lambda e: ngettext(
        "At most {n} file can be added at once. Choose fewer.",
        "At most {n} files can be added at once. Choose fewer.",
        e.limit,
    ).format(n=e.limit),
    errors.KeptFileGone: lambda e: _(
        "The file of “{name}” is no longer beside the salon's data. Bring it back from a backup."
    ).format(name=_shortened(e.name)),
    errors.MaterialNotUnderstood: lambda e: _(
        "“{typed}” tells no amount or no material. Write it as “30 g 7.1” or “6% 45 ml”."
    ).format(typed=_shortened(e.typed)),
    errors.FormulaEmpty: lambda _e: _("Write down at least one material or a word."),
    errors.TooManyMaterials: lambda e: ngettext(
        "A formula has at most {n} material.", "A formula has at most {n} materials.", e.limit
    ).format(n=e.limit),
    errors.BackupUnreadable: lambda e: _(
        "“{path}” is damaged or is no backup of Vizit. Nothing was changed; choose another backup."
    ).format(path=e.path),
    errors.BackupNewer: lambda e: _(
        "“{path}” was made by a newer version of Vizit. Install the new version; nothing was changed."
    ).format(path=e.path),
    errors.BackupGone: lambda e: _(
        "The copy “{name}” is no longer there: it gave way to newer ones, or its disk was taken out. "
        "Nothing was changed; choose another copy."
    ).format(name=e.path.name),
    errors.BackupIsSalon: lambda e: _(
        "“{name}” is the file of this very salon, which is open. Choose a copy of it."
    ).format(name=e.path.name),
    errors.BackupReplaced: lambda e: _(
        "“{name}” is no longer the file that you looked at. Nothing was changed; open it once more."
    ).format(name=e.path.name),
    errors.BackupUnfinished: lambda e: _(
        "The folder for copies “{path}” hardly answers, if at all. Check its disk or network, or choose another folder."
    ).format(path=e.path),
    errors.BackupFolderGone: lambda e: _(
        "The folder for copies “{path}” is not there. Plug the disk in, or choose another folder."
    ).format(path=e.path),
    errors.DatabaseMissing: lambda e: _("There is no salon file “{path}”. Check the path.").format(path=e.path),
    errors.DatabaseUnreadable: lambda e: _(
        "“{path}” is damaged or is not a salon file. It was left untouched; restore a backup or choose another file."
    ).format(path=e.path),
    errors.DatabaseNewer: lambda e: _(
        "“{path}” was written by a newer version of Vizit. Install the new version; nothing was changed."
    ).format(path=e.path),
    errors.DatabaseAltered: lambda e: _(
        "“{path}” holds commands that Vizit did not put there and that would run unseen: {names}. "
        "Nothing was taken from it; choose another copy."
    ).format(path=e.path, names=", ".join(e.names)),
    errors.DatabaseBusy: lambda _e: _("Another program is using the salon's file. Close it and try again."),
    errors.DatabaseReadOnly: _read_only,
    errors.DiskFull: lambda _e: _("The disk is full, so nothing was saved. Free some space and try again."),
    errors.FolderShared: lambda e: _(
        "“{path}” lies on a network drive or in a synchronised folder, where the salon's file would be damaged. "
        "Choose a folder of this computer."
    ).format(path=e.path),
    errors.FileUnreadable: lambda e: _("“{path}” cannot be read. Check its rights and the disk.").format(path=e.path),
    errors.FileUnwritable: lambda e: _(
        "“{path}” cannot be written. Check the rights of its folder and the room on the disk."
    ).format(path=e.path),
    errors.NoDisplay: lambda _e: _("There is no screen to show the window on; “vizit tour FOLDER” draws every screen."),
    errors.CannotOpenLink: lambda _e: _("No program opened the link. Copy the text and send it yourself."),
}
