"""The keys of the program: one table for the key sheet, the tool tips and the screens.

Letter keys also work in the Russian layout: the same place on the keyboard gives another letter there.
"""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.frozen import frozen
from app.language import N_, _

_LATIN = "QWERTYUIOPASDFGHJKLZXCVBNM[];',./"
_RUSSIAN = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬХЪЖЭБЮ."
_SAME_PLACE = dict(zip(_LATIN, _RUSSIAN, strict=True))


class Key(StrEnum):
    """What a key does."""

    FIND_CLIENT = "find_client"
    NEW_VISIT = "new_visit"
    TODAY = "today"
    PREVIOUS_DAY = "previous_day"
    NEXT_DAY = "next_day"
    PREVIOUS_WEEK = "previous_week"
    NEXT_WEEK = "next_week"
    WEEKS_AHEAD = "weeks_ahead"
    PRINT_DAY = "print_day"
    FIND_PLACE = "find_place"
    MASTERS_OR_ROOMS = "masters_or_rooms"
    ALL_MASTERS = "all_masters"
    VIEW = "view"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    ZOOM_USUAL = "zoom_usual"
    WALK = "walk"
    OPEN = "open"
    MOVE_VISIT = "move_visit"
    STRETCH_VISIT = "stretch_visit"
    ARRIVED = "arrived"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCEL_VISIT = "cancel_visit"
    SERIES = "series"
    WAITING_LIST = "waiting_list"
    BLOCK_TIME = "block_time"
    WALK_IN = "walk_in"
    TOGETHER = "together"
    RELATIVE = "relative"
    CHOOSE_PLACE = "choose_place"
    FULL_FORM = "full_form"
    GO_ON = "go_on"
    BOOK_ANYWAY = "book_anyway"
    COPY = "copy"
    CUT = "cut"
    PASTE = "paste"
    UNDO = "undo"
    REDO = "redo"
    REMINDER_OPEN = "reminder_open"
    REMINDER_TELEGRAM = "reminder_telegram"
    REMINDER_CALL = "reminder_call"
    REMINDER_COPY = "reminder_copy"
    REMINDER_SENT = "reminder_sent"
    REMINDER_FAILED = "reminder_failed"
    REMINDER_SKIP = "reminder_skip"
    OWED_CARD = "owed_card"
    OWED_DONE = "owed_done"
    OWED_LATER = "owed_later"
    WAIT_CHANGE = "wait_change"
    WAIT_BOOK = "wait_book"
    WAIT_HOLD = "wait_hold"
    WAIT_CALL = "wait_call"
    WAIT_WRITE = "wait_write"
    WAIT_WITHDRAW = "wait_withdraw"
    GO_ON_BOOKING = "go_on_booking"
    OFFER = "offer"
    TURN_AWAY = "turn_away"
    TICK = "tick"
    NEXT_STATUS = "next_status"
    EDIT_HOURS = "edit_hours"
    DAY_OFF = "day_off"
    COPY_HOURS = "copy_hours"
    PASTE_HOURS = "paste_hours"
    PLAN_SCHEDULE = "plan_schedule"
    OTHER_MONTH = "other_month"
    CALL_ACCEPT = "call_accept"
    CALL_ELSEWHERE = "call_elsewhere"
    CALL_NO_ANSWER = "call_no_answer"
    CALL_CANCEL = "call_cancel"
    CALL_COPY = "call_copy"
    CARD_PART = "card_part"
    CARD_NOTE = "card_note"
    CARD_CALL = "card_call"
    CARD_ASK = "card_ask"
    CARD_PHOTO = "card_photo"
    PHOTO_SLIDER = "photo_slider"
    PHOTO_ZOOM = "photo_zoom"
    MESSAGE = "message"
    SCREENS = "screens"
    KEY_SHEET = "key_sheet"
    BACK = "back"


class KeyGroup(StrEnum):
    """Where on the key sheet a key stands."""

    EVERYWHERE = "everywhere"
    CALENDAR = "calendar"
    VISIT = "visit"
    BOOKING = "booking"
    REMINDERS = "reminders"
    PROMISES = "promises"
    WAITING = "waiting"
    MY_DAY = "my_day"
    SHIFTS = "shifts"
    CALLS = "calls"
    CARD = "card"


@frozen
class KeyLine:
    """One line of the key sheet."""

    key: Key
    group: KeyGroup
    keys: tuple[str, ...]
    """Key sequences as on a Latin keyboard; the first is the one that is shown."""
    says: str
    """What it does, a message of the catalogue."""
    shown: str = ""
    """How the keys are shown, where they are more than one thing."""
    note: str = ""


TABLE: tuple[KeyLine, ...] = (
    KeyLine(Key.FIND_CLIENT, KeyGroup.EVERYWHERE, ("Ctrl+K", "/"), N_("Find a client; or just type digits")),
    KeyLine(Key.NEW_VISIT, KeyGroup.EVERYWHERE, ("Ctrl+N",), N_("New visit")),
    KeyLine(Key.WALK_IN, KeyGroup.EVERYWHERE, ("F8",), N_("A visit without a card")),
    KeyLine(Key.GO_ON_BOOKING, KeyGroup.EVERYWHERE, ("F5",), N_("Go on with a booking that was left")),
    KeyLine(Key.UNDO, KeyGroup.EVERYWHERE, ("Ctrl+Z",), N_("Undo")),
    KeyLine(Key.REDO, KeyGroup.EVERYWHERE, ("Ctrl+Y", "Ctrl+Shift+Z"), N_("Redo")),
    KeyLine(Key.OFFER, KeyGroup.EVERYWHERE, ("F4",), N_("To those who wait for a free place")),
    KeyLine(Key.TURN_AWAY, KeyGroup.EVERYWHERE, ("Ctrl+T",), N_("Log whom we could not take")),
    KeyLine(Key.MESSAGE, KeyGroup.EVERYWHERE, ("Shift+F4",), N_("To the message at the foot")),
    KeyLine(Key.SCREENS, KeyGroup.EVERYWHERE, ("F10",), N_("To the screens")),
    KeyLine(Key.KEY_SHEET, KeyGroup.EVERYWHERE, ("F1",), N_("This sheet")),
    KeyLine(Key.BACK, KeyGroup.EVERYWHERE, ("Esc",), N_("Close the panel")),
    KeyLine(Key.TODAY, KeyGroup.CALENDAR, ("F6",), N_("Today")),
    KeyLine(Key.PREVIOUS_DAY, KeyGroup.CALENDAR, ("Left",), N_("Previous day")),
    KeyLine(Key.NEXT_DAY, KeyGroup.CALENDAR, ("Right",), N_("Next day")),
    KeyLine(Key.PREVIOUS_WEEK, KeyGroup.CALENDAR, ("PgUp",), N_("A week back")),
    KeyLine(Key.NEXT_WEEK, KeyGroup.CALENDAR, ("PgDown",), N_("A week ahead")),
    KeyLine(
        Key.WEEKS_AHEAD,
        KeyGroup.CALENDAR,
        tuple(f"Alt+{weeks}" for weeks in range(1, 10)),
        N_("That many weeks ahead"),
        shown="Alt+1…9",
    ),
    KeyLine(Key.PRINT_DAY, KeyGroup.CALENDAR, ("Ctrl+P",), N_("The day or a master's week on paper")),
    KeyLine(Key.FIND_PLACE, KeyGroup.CALENDAR, ("F3",), N_("Find a free place")),
    KeyLine(Key.MASTERS_OR_ROOMS, KeyGroup.CALENDAR, ("F9",), N_("Masters or rooms")),
    KeyLine(Key.ALL_MASTERS, KeyGroup.CALENDAR, ("Shift+F9",), N_("Show all masters")),
    KeyLine(
        Key.VIEW,
        KeyGroup.CALENDAR,
        tuple(f"Ctrl+{number}" for number in range(1, 7)),
        N_("Day, rooms, weeks, month, list"),
        shown="Ctrl+1…6",
    ),
    KeyLine(Key.BLOCK_TIME, KeyGroup.CALENDAR, ("B",), N_("Block time")),
    KeyLine(Key.WAITING_LIST, KeyGroup.CALENDAR, ("W",), N_("Visit to the waiting list, or to those who wait")),
    KeyLine(Key.ZOOM_IN, KeyGroup.CALENDAR, ("Ctrl++", "Ctrl+="), N_("Zoom in")),
    KeyLine(Key.ZOOM_OUT, KeyGroup.CALENDAR, ("Ctrl+-",), N_("Zoom out")),
    KeyLine(Key.ZOOM_USUAL, KeyGroup.CALENDAR, ("Ctrl+0",), N_("Usual size")),
    KeyLine(Key.WALK, KeyGroup.VISIT, ("Up", "Down", "Left", "Right"), N_("Walk over the visits"), shown="← ↑ ↓ →"),
    KeyLine(Key.OPEN, KeyGroup.VISIT, ("Return", "Enter"), N_("Open the visit"), shown="Enter"),
    KeyLine(
        Key.MOVE_VISIT,
        KeyGroup.VISIT,
        ("Shift+Up", "Shift+Down", "Shift+Left", "Shift+Right"),
        N_("Move the visit"),
        shown="Shift+← ↑ ↓ →",
    ),
    KeyLine(
        Key.STRETCH_VISIT,
        KeyGroup.VISIT,
        ("Ctrl+Shift+Up", "Ctrl+Shift+Down"),
        N_("Make the visit shorter or longer"),
        shown="Ctrl+Shift+↑ ↓",
    ),
    KeyLine(Key.ARRIVED, KeyGroup.VISIT, ("A",), N_("The client has arrived")),
    KeyLine(Key.DONE, KeyGroup.VISIT, ("D",), N_("The visit is completed")),
    KeyLine(Key.NO_SHOW, KeyGroup.VISIT, ("N",), N_("The client did not come")),
    KeyLine(Key.CANCEL_VISIT, KeyGroup.VISIT, ("X", "Del"), N_("Cancel the visit")),
    KeyLine(Key.SERIES, KeyGroup.VISIT, ("R",), N_("Repeat; its series")),
    KeyLine(Key.COPY, KeyGroup.VISIT, ("Ctrl+C",), N_("Copy the visit")),
    KeyLine(Key.CUT, KeyGroup.VISIT, ("Ctrl+X",), N_("Cut the visit, to move it")),
    KeyLine(Key.PASTE, KeyGroup.VISIT, ("Ctrl+V",), N_("Paste the visit")),
    KeyLine(Key.CHOOSE_PLACE, KeyGroup.BOOKING, ("1", "2", "3"), N_("Choose a place; Enter books it"), shown="1 2 3"),
    KeyLine(Key.FULL_FORM, KeyGroup.BOOKING, ("Tab",), N_("Everything in one form")),
    KeyLine(Key.TOGETHER, KeyGroup.BOOKING, ("Ctrl+G",), N_("Somebody comes along")),
    KeyLine(Key.RELATIVE, KeyGroup.BOOKING, ("F7",), N_("For somebody of the family")),
    KeyLine(Key.GO_ON, KeyGroup.BOOKING, ("Ctrl+Return", "Ctrl+Enter"), N_("Book from any field"), shown="Ctrl+Enter"),
    KeyLine(
        Key.BOOK_ANYWAY,
        KeyGroup.BOOKING,
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        N_("Book anyway, with a reason"),
        shown="Ctrl+Shift+Enter",
    ),
    KeyLine(
        Key.REMINDER_OPEN,
        KeyGroup.REMINDERS,
        ("Return", "Enter"),
        N_("Open the message"),
        shown="Enter",
    ),
    KeyLine(Key.REMINDER_TELEGRAM, KeyGroup.REMINDERS, ("T",), N_("Open the message in Telegram")),
    KeyLine(Key.REMINDER_CALL, KeyGroup.REMINDERS, ("P",), N_("Call the client")),
    KeyLine(Key.REMINDER_COPY, KeyGroup.REMINDERS, ("Ctrl+C",), N_("Copy the message")),
    KeyLine(Key.REMINDER_SENT, KeyGroup.REMINDERS, ("O",), N_("The reminder is sent")),
    KeyLine(Key.REMINDER_FAILED, KeyGroup.REMINDERS, ("F",), N_("The reminder could not be sent")),
    KeyLine(Key.REMINDER_SKIP, KeyGroup.REMINDERS, ("S",), N_("Do not send the reminder")),
    KeyLine(Key.OWED_CARD, KeyGroup.PROMISES, ("Return", "Enter"), N_("Open the client's card"), shown="Enter"),
    KeyLine(Key.OWED_DONE, KeyGroup.PROMISES, ("D",), N_("The promise is kept, the complaint answered")),
    KeyLine(Key.OWED_LATER, KeyGroup.PROMISES, ("P",), N_("Put it off")),
    KeyLine(Key.WAIT_CHANGE, KeyGroup.WAITING, ("Return", "Enter"), N_("Open the wish"), shown="Enter"),
    KeyLine(Key.WAIT_BOOK, KeyGroup.WAITING, ("B",), N_("Book the free place")),
    KeyLine(Key.WAIT_HOLD, KeyGroup.WAITING, ("H",), N_("Hold the place and call, or give it back")),
    KeyLine(Key.WAIT_CALL, KeyGroup.WAITING, ("P",), N_("Call the client")),
    KeyLine(Key.WAIT_WRITE, KeyGroup.WAITING, ("T",), N_("Write to the client")),
    KeyLine(Key.WAIT_WITHDRAW, KeyGroup.WAITING, ("Del",), N_("Take off the list")),
    KeyLine(Key.TICK, KeyGroup.MY_DAY, ("Space", "Return", "Enter"), N_("Tick the step"), shown="Space"),
    KeyLine(
        Key.NEXT_STATUS,
        KeyGroup.MY_DAY,
        ("Ctrl+Return", "Ctrl+Enter"),
        N_("Arrived, then in service, then completed"),
        shown="Ctrl+Enter",
    ),
    KeyLine(Key.EDIT_HOURS, KeyGroup.SHIFTS, ("Return", "Enter"), N_("Hours of the chosen days"), shown="Enter"),
    KeyLine(Key.DAY_OFF, KeyGroup.SHIFTS, ("Del", "Backspace"), N_("Day off")),
    KeyLine(Key.COPY_HOURS, KeyGroup.SHIFTS, ("Ctrl+C",), N_("Copy the hours")),
    KeyLine(Key.PASTE_HOURS, KeyGroup.SHIFTS, ("Ctrl+V",), N_("Paste the hours")),
    KeyLine(Key.PLAN_SCHEDULE, KeyGroup.SHIFTS, ("Ctrl+R",), N_("Plan the schedule")),
    KeyLine(Key.OTHER_MONTH, KeyGroup.SHIFTS, ("PgUp", "PgDown"), N_("Another month"), shown="PgUp PgDn"),
    KeyLine(Key.CALL_ACCEPT, KeyGroup.CALLS, ("Return", "Enter"), N_("Move as proposed"), shown="Enter"),
    KeyLine(Key.CALL_ELSEWHERE, KeyGroup.CALLS, ("O",), N_("Another place")),
    KeyLine(Key.CALL_NO_ANSWER, KeyGroup.CALLS, ("N",), N_("Nobody answered")),
    KeyLine(Key.CALL_CANCEL, KeyGroup.CALLS, ("X", "Del"), N_("Cancel the visit")),
    KeyLine(Key.CALL_COPY, KeyGroup.CALLS, ("Ctrl+C",), N_("Copy the text for the client")),
    KeyLine(Key.CARD_PART, KeyGroup.CARD, ("Ctrl+1", "Ctrl+2", "Ctrl+3"), N_("Parts of the card"), shown="Ctrl+1 2 3"),
    KeyLine(Key.CARD_NOTE, KeyGroup.CARD, ("F2",), N_("Write a note")),
    KeyLine(Key.CARD_CALL, KeyGroup.CARD, ("Shift+F2",), N_("Write down a call")),
    KeyLine(Key.CARD_ASK, KeyGroup.CARD, ("F7",), N_("Ask what was not asked yet")),
    KeyLine(Key.CARD_PHOTO, KeyGroup.CARD, ("Ctrl+V",), N_("Paste a photo (under Works)")),
    KeyLine(Key.PHOTO_SLIDER, KeyGroup.CARD, ("Left", "Right"), N_("Slider between photos"), shown="← →"),
    KeyLine(Key.PHOTO_ZOOM, KeyGroup.CARD, ("+", "-", "0"), N_("Photo larger, smaller, whole"), shown="+ − 0"),
)
_LINES = {line.key: line for line in TABLE}


def line_of(key: Key) -> KeyLine:
    """The line of the table for ``key``."""
    return _LINES[key]


def description(key: Key) -> str:
    """What the key does, in the language of the screen."""
    return _(_LINES[key].says)


def group_title(group: KeyGroup) -> str:
    """The heading of a part of the key sheet."""
    return {
        KeyGroup.EVERYWHERE: _("Everywhere"),
        KeyGroup.CALENDAR: _("In the calendar"),
        KeyGroup.VISIT: _("With a visit"),
        KeyGroup.BOOKING: _("While booking"),
        KeyGroup.REMINDERS: _("In the reminders"),
        KeyGroup.PROMISES: _("In the promises"),
        KeyGroup.WAITING: _("In the waiting list"),
        KeyGroup.MY_DAY: _("In my day"),
        KeyGroup.SHIFTS: _("In the shifts"),
        KeyGroup.CALLS: _("In the list of calls"),
        KeyGroup.CARD: _("In the client card"),
    }[group]


_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgDown": "PgDn"}


def shown(key: Key) -> str:
    """The keys as people read them, for a tool tip or the key sheet."""
    line = _LINES[key]
    if line.shown:
        return line.shown
    text = QKeySequence(line.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return _SIGNS.get(line.keys[0], text)


def sequences(key: Key) -> list[QKeySequence]:
    """All sequences that do it, those of the Russian layout included."""
    found = [QKeySequence(keys) for keys in _LINES[key].keys]
    for keys in _LINES[key].keys:
        before, _plus, last = keys.rpartition("+")
        other = _SAME_PLACE.get(last)
        if other is not None:
            found.append(QKeySequence(f"{before}+{other}" if before else other))
    return found


def is_pressed(key: Key, event: QKeyEvent) -> bool:
    """Whether this key event is ``key``, in either layout. For screens that walk by keys themselves."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
    return pressed in sequences(key)


def bind(
    key: Key,
    owner: QWidget,
    act: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Let ``key`` call ``act`` while ``owner`` (its window, or as ``context`` says) is in use.

    Where a Latin layout stands behind the Russian one, X11 tells Qt both letters of a key that is pressed with Ctrl:
    both mean this shortcut, and Qt calls that ambiguous.
    """
    shortcut = QShortcut(owner)
    shortcut.setKeys(sequences(key))
    shortcut.setContext(context)
    shortcut.activated.connect(act)
    shortcut.activatedAmbiguously.connect(act)
    return shortcut
