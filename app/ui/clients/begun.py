"""Forms of a card that were begun and not finished when another card took its place: they come back with their card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.ui.unkept import said_of, text_of, typed_into
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.day_field import DayField
from app.ui.widgets.segmented_control import SegmentedControl

_Entry = int | bool | str | date | None
_Entries = dict[tuple[type[QWidget], str], _Entry]


@dataclass(frozen=True, slots=True)
class Begun:
    """What was typed into one form, and the way back to it."""

    typed: Sequence[tuple[str, str]]
    """The name of each field that was typed into, and what stands in it."""
    said: Sequence[str]
    """The same in words."""
    take_up: Callable[[], bool]
    """Open the form as it was left, for the client who is shown; False where what it was about is gone."""


def begun_in(form: QWidget, open_again: Callable[[], QWidget | None]) -> list[Begun]:
    """What was typed into ``form``; none where it is closed or nothing was.

    ``open_again`` opens it as it begins, and returns it; None where what it was about is gone.
    """
    typed = [] if form.isHidden() else list(typed_into(form, lambda _part: False))
    if not typed:
        return []
    entries = _entries(form)

    def take_up() -> bool:
        opened = open_again()
        if opened is not None:
            _put(opened, entries)
        return opened is not None

    return [Begun([(one.accessibleName(), text_of(one)) for one in typed], [said_of(one) for one in typed], take_up)]


def _fields(form: QWidget) -> list[tuple[tuple[type[QWidget], str], QWidget]]:
    """The fields with what they are called; what is chosen comes before what is typed, which may follow from it."""
    found: list[QWidget] = []
    for kind in (ChoiceBox, SegmentedControl, QCheckBox, DayField, QLineEdit, QPlainTextEdit):
        found += [one for one in form.findChildren(kind) if type(one) is kind]
    return [((type(one), one.text() if isinstance(one, QCheckBox) else one.accessibleName()), one) for one in found]


def _entries(form: QWidget) -> _Entries:
    return {name: _entry(field) for name, field in _fields(form)}


def _entry(field: QWidget) -> _Entry:
    match field:
        case ChoiceBox():
            return field.currentIndex()
        case SegmentedControl():
            return field.choice
        case QCheckBox():
            return field.isChecked()
        case DayField():
            return field.day
        case QLineEdit() | QPlainTextEdit():
            return text_of(field)
    return None


def _put(form: QWidget, entries: _Entries) -> None:
    """Let what was left stand in the fields, as if somebody had typed it."""
    for name, field in _fields(form):
        if name in entries and _entry(field) != entries[name]:
            _put_one(field, entries[name])


def _put_one(field: QWidget, entry: _Entry) -> None:
    match field, entry:
        case ChoiceBox(), int():
            field.setCurrentIndex(entry)
        case SegmentedControl(), str():
            field.choose(entry)
        case QCheckBox(), bool():
            field.setChecked(entry)
        case QLineEdit(), str():
            field.setText(entry)
            field.setModified(True)
        case QPlainTextEdit(), str():
            field.setPlainText(entry)
            field.document().setModified(True)
        case DayField(), date():
            field.set_day(entry)
