"""Asking a person. Screens ask an ``Asker``; how the question looks is decided here and nowhere else.

Ask only what cannot be undone. Whatever can be undone is done, and a toast offers the way back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.errors import DoNotBook
from app.language import _
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label

_WIDTH = 420


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a heading, a sentence that tells what will happen, and the verb of the button that does it."""

    heading: str
    sentence: str
    yes: str
    no: str = ""
    """Empty: "Cancel"."""
    takes_away: bool = False
    """Whether the answer cannot be taken back; the button is then red."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file in words, and the ends of its names without the dot."""

    words: str
    endings: tuple[str, ...]


class Asker(Protocol):
    """Puts questions to the person at the screen."""

    def confirm(self, question: Question) -> bool:
        """Whether the person wants it."""
        ...

    def ask_reason(self, question: Question, suggestions: Sequence[str] = ()) -> str | None:
        """The reason in the person's words, never empty; None if they changed their mind."""
        ...

    def tell(self, heading: str, sentence: str) -> None:
        """Say what must be read before going on."""
        ...

    def pick_file(self, title: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """A file that exists; None if they changed their mind."""
        ...

    def pick_folder(self, title: str) -> Path | None:
        """A folder that exists; None if they changed their mind."""
        ...

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """Where to write; None if they changed their mind. ``suggested`` is a name or a path."""
        ...


class QtAsker:
    """Asks in windows over ``window``, or over the active one."""

    def __init__(self, window: QWidget | None = None) -> None:
        self._window = window

    def confirm(self, question: Question) -> bool:
        """Whether the person wants it."""
        return _QuestionDialog(question, self._over()).exec() == QDialog.DialogCode.Accepted

    def ask_reason(self, question: Question, suggestions: Sequence[str] = ()) -> str | None:
        """The reason in the person's words, never empty; None if they changed their mind."""
        dialog = _ReasonDialog(question, suggestions, self._over())
        return dialog.reason if dialog.exec() == QDialog.DialogCode.Accepted else None

    def tell(self, heading: str, sentence: str) -> None:
        """Say what must be read before going on."""
        _NoticeDialog(heading, sentence, self._over()).exec()

    def pick_file(self, title: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """A file that exists; None if they changed their mind."""
        name, _kind = QFileDialog.getOpenFileName(self._over(), title, "", _filters(kinds))
        return Path(name) if name else None

    def pick_folder(self, title: str) -> Path | None:
        """A folder that exists; None if they changed their mind."""
        name = QFileDialog.getExistingDirectory(self._over(), title)
        return Path(name) if name else None

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """Where to write; None if they changed their mind. ``suggested`` is a name or a path."""
        name, _kind = QFileDialog.getSaveFileName(self._over(), title, suggested, _filters(kinds))
        return Path(name) if name else None

    def _over(self) -> QWidget | None:
        return self._window or QApplication.activeWindow()


def reason_to_book(asker: Asker, error: DoNotBook, *, is_waiting: bool = False) -> str | None:
    """Why somebody is booked all the same whom the salon does not want to book; None: they are not booked.

    ``is_waiting``: they are put on the waiting list.
    """
    heading = _("Put {name} on the waiting list all the same?") if is_waiting else _("Book {name} all the same?")
    question = Question(
        heading.format(name=error.client_name),
        _("The salon does not book this client: {reason}. Your reason is kept in the journal.").format(
            reason=error.reason.rstrip(".")
        ),
        _("Put on the list") if is_waiting else _("Book all the same"),
    )
    return asker.ask_reason(question, [_("Paid in advance"), _("The owner agreed")])


def _filters(kinds: Sequence[FileKind]) -> str:
    return ";;".join(f"{kind.words} ({' '.join(f'*.{end}' for end in kind.endings)})" for kind in kinds)


class _Dialog(QDialog):
    """Heading, sentence, whatever the question needs, and the buttons."""

    def __init__(self, heading: str, sentence: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(heading)
        self.setFixedWidth(_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, 20)
        self._column.setSpacing(8)
        self._column.addWidget(Label(heading, FontRole.HEADING, wrap=True))
        self._sentence = Label(sentence, FontRole.BODY, "muted", wrap=True)
        self._sentence.setVisible(bool(sentence))
        self._column.addWidget(self._sentence)
        self.setAccessibleDescription(sentence)

    def _add_buttons(self, *buttons: Button) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self._column.addSpacing(12)
        self._column.addLayout(row)


class _NoticeDialog(_Dialog):
    def __init__(self, heading: str, sentence: str, parent: QWidget | None) -> None:
        super().__init__(heading, sentence, parent)
        understood = PrimaryButton(_("Understood"))
        understood.clicked.connect(self.accept)
        understood.setDefault(True)
        self._add_buttons(understood)


class _QuestionDialog(_Dialog):
    def __init__(self, question: Question, parent: QWidget | None) -> None:
        super().__init__(question.heading, question.sentence, parent)
        kind = DangerButton if question.takes_away else PrimaryButton
        self.yes = kind(question.yes)
        self.no = Button(question.no or _("Cancel"))
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        # Enter must not take away what cannot come back.
        (self.no if question.takes_away else self.yes).setDefault(True)
        self._add_question()
        self._add_buttons(self.no, self.yes)

    def _add_question(self) -> None:
        """Room for more between the sentence and the buttons."""


class _ReasonDialog(_QuestionDialog):
    def __init__(self, question: Question, suggestions: Sequence[str], parent: QWidget | None) -> None:
        self._suggestions = suggestions
        self._typed = QLineEdit()
        self._typed.setMaxLength(200)
        super().__init__(question, parent)
        self._typed.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reason(self) -> str:
        """What was typed or taken."""
        return self._typed.text().strip()

    def accept(self) -> None:
        """Only a reason is an answer."""
        if self.reason:
            super().accept()
        else:
            self._line.set_error(_("Please give a reason: it stays in the journal."))
            self._typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_question(self) -> None:
        if self._suggestions:
            choices = QWidget()
            flow = FlowLayout(choices, spacing=6)
            for suggestion in self._suggestions:
                button = Button(suggestion)
                button.clicked.connect(self._take)
                flow.addWidget(button)
            self._column.addSpacing(4)
            self._column.addWidget(choices)
        self._line = FieldLine(_("Reason"), self._typed)
        self._typed.textEdited.connect(self._mend)
        self._column.addSpacing(4)
        self._column.addWidget(self._line)

    def _take(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._typed.setText(button.text())
            self._mend()
            self._typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mend(self) -> None:
        self._line.set_error("")
