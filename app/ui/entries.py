"""What stands in the fields of a form: to see whether somebody has changed it, and to fill it once more."""

from collections import Counter
from datetime import date

from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.colour_choice import ColourChoice
from app.ui.widgets.day_field import DayField
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented_control import SegmentedControl

Entry = int | bool | str | date
Key = tuple[type[QWidget], str, int]
Entries = dict[Key, Entry]
"""By the kind of the field, what it is called, and how many before it are called the same: two Annas work here."""
_KINDS = (ChoiceBox, ColourChoice, SegmentedControl, QCheckBox, QSpinBox, DayField, QLineEdit, QPlainTextEdit)
"""What is chosen comes before what is typed, which may follow from it."""


def read(form: QWidget) -> Entries:
    """What stands in the fields now; a search is none."""
    return {name: _entry(field) for name, field in _fields(form)}


def changed_since(form: QWidget, before: Entries) -> QWidget | None:
    """The first field in which something else stands than ``before``; None where nothing was changed."""
    return next((field for name, field in _fields(form) if name in before and before[name] != _entry(field)), None)


def put(form: QWidget, entries: Entries) -> None:
    """Let these stand in the fields, as if somebody had entered them."""
    for name, field in _fields(form):
        if name in entries and _entry(field) != entries[name]:
            _put_one(field, entries[name])


def _fields(form: QWidget) -> list[tuple[Key, QWidget]]:
    found = dict.fromkeys(one for kind in _KINDS for one in form.findChildren(kind) if _is_field(one))
    same: Counter[tuple[type[QWidget], str]] = Counter()
    named: list[tuple[Key, QWidget]] = []
    for one in found:
        kind, name = type(one), one.text() if isinstance(one, QCheckBox) else one.accessibleName()
        named.append(((kind, name, same[kind, name]), one))
        same[kind, name] += 1
    return named


def _is_field(one: QWidget) -> bool:
    return not isinstance(one, SearchField) and not isinstance(one.parent(), QAbstractSpinBox)


def _entry(field: QWidget) -> Entry:
    match field:
        case ChoiceBox():
            return field.currentIndex()
        case ColourChoice():
            return field.colour
        case SegmentedControl():
            return field.choice
        case QCheckBox():
            return field.isChecked()
        case QSpinBox():
            return field.value()
        case DayField():
            return field.day
        case QPlainTextEdit():
            return field.toPlainText()
        case _:
            return field.text() if isinstance(field, QLineEdit) else ""


def _put_one(field: QWidget, entry: Entry) -> None:
    match field, entry:
        case ChoiceBox(), int():
            field.setCurrentIndex(entry)
        case ColourChoice(), int():
            field.choose(entry)
        case SegmentedControl(), str():
            field.choose(entry)
        case QCheckBox(), bool():
            field.setChecked(entry)
        case QSpinBox(), int():
            field.setValue(entry)
        case DayField(), date():
            field.set_day(entry)
        case QLineEdit(), str():
            field.setText(entry)
            field.setModified(True)
        case QPlainTextEdit(), str():
            field.setPlainText(entry)
            field.document().setModified(True)
        case _:
            pass
