"""What somebody has typed and nobody has kept yet: whoever closes the window is asked about it once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QStackedLayout, QWidget

from app.language import _
from app.ui.widgets.field_line import BEGAN_WITH
from app.ui.widgets.side_panel import SidePanel

WAITS = "waits"
"""The property of a tab: hidden behind another one it is still there, with what was typed into it."""
_SETTLED = "settled"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Unkept:
    """One text, as it is told, and the way back to it."""

    said: str
    come_back: Callable[[], object]


def settle(form: QWidget) -> None:
    """What was typed into ``form`` is kept, or goes on elsewhere: it may go without a word."""
    form.setProperty(_SETTLED, "settled")


def is_settled(form: QWidget) -> bool:
    """Whether nothing of what was typed into ``form`` can be lost."""
    return bool(form.property(_SETTLED))


def typed_into(root: QWidget, belongs_elsewhere: Callable[[QWidget], bool]) -> Iterator[QLineEdit | QPlainTextEdit]:
    """The fields of open forms below ``root`` into which somebody has typed; what keeps itself when left is none.

    ``belongs_elsewhere`` says of which parts others tell.
    """
    fields: list[QLineEdit | QPlainTextEdit] = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
    for field in fields:
        # A search, a time or a text of the card is a class of its own: it keeps itself, or need not be kept.
        if type(field) not in (QLineEdit, QPlainTextEdit) or isinstance(field.parent(), QAbstractSpinBox):
            continue
        if _is_typed(field) and _stands(field, root, belongs_elsewhere):
            yield field


def is_untold(form: QWidget) -> bool:
    """Whether nothing in ``form`` is told by itself: what was entered was only chosen, or is of a kind of its own."""
    return next(typed_into(form, lambda _part: False), None) is None


def shortened(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def said_of(field: QLineEdit | QPlainTextEdit) -> str:
    """Which field it is, and what stands in it."""
    return _("{field}: “{text}”").format(field=field.accessibleName(), text=shortened(text_of(field)))


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    """What stands in the field."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _is_typed(field: QLineEdit | QPlainTextEdit) -> bool:
    is_modified = field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()
    typed = text_of(field).strip()
    return is_modified and bool(typed) and typed != str(field.property(BEGAN_WITH) or "").strip()


def _stands(field: QWidget, root: QWidget, belongs_elsewhere: Callable[[QWidget], bool]) -> bool:
    """Whether the field is seen, or would be if its screen or its panel were."""
    part = field
    while part is not root:
        above = part.parentWidget()
        if above is None or belongs_elsewhere(part):
            return False
        is_page = isinstance(above.layout(), QStackedLayout)
        if part.isHidden() and not (is_page or isinstance(part, SidePanel) or part.property(WAITS)):
            return False
        part = above
    return True
