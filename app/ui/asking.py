"""Asking a person. Screens ask an ``Asker``; how the question looks is decided here and nowhere else.

Ask only what cannot be undone. Whatever can be undone is done, and a toast offers the way back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QStandardPaths, Qt
from PySide6.QtGui import QShowEvent
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
from app.ui.widgets.list_row import ROW_HEIGHT, ListRow
from app.ui.widgets.scroll_page import ScrollPage

_WIDTH, _WIDE = 420, 640
_MOST_ROWS = 6
"""More choices than that scroll."""


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
    is_alert: bool = False
    """Whether the sentence is what must be known of a client: it stands out then."""


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

    def choose(self, question: Question, choices: Sequence[tuple[str, str]]) -> int | None:
        """Which of ``choices``, each told in two lines, is meant; None if none of them is."""
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
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        """Where the next file is looked for or written: at first among the documents, then where the last one was."""

    def confirm(self, question: Question) -> bool:
        """Whether the person wants it."""
        return _QuestionDialog(question, self._over()).exec() == QDialog.DialogCode.Accepted

    def choose(self, question: Question, choices: Sequence[tuple[str, str]]) -> int | None:
        """Which of ``choices``, each told in two lines, is meant; None if none of them is."""
        dialog = _ChoiceDialog(question, choices, self._over())
        return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None

    def ask_reason(self, question: Question, suggestions: Sequence[str] = ()) -> str | None:
        """The reason in the person's words, never empty; None if they changed their mind."""
        dialog = _ReasonDialog(question, suggestions, self._over())
        return dialog.reason if dialog.exec() == QDialog.DialogCode.Accepted else None

    def tell(self, heading: str, sentence: str) -> None:
        """Say what must be read before going on."""
        _NoticeDialog(heading, sentence, self._over()).exec()

    def pick_file(self, title: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """A file that exists; None if they changed their mind."""
        dialog = self._dialog(title, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._stay_beside(_answer(dialog)[0])

    def pick_folder(self, title: str) -> Path | None:
        """A folder that exists; None if they changed their mind."""
        dialog = self._dialog(title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return self._stay_beside(_answer(dialog)[0])

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """Where to write; None if they changed their mind. ``suggested`` is a name or a path."""
        typed, chosen = _answer(self.save_dialog(title, suggested, kinds))
        self._stay_beside(typed)
        if typed is None:
            return None
        path = with_ending(typed, chosen, kinds)
        # The system has asked about the name that was typed; with another ending it is another file.
        return path if path == typed or not path.exists() or self.confirm(_overwriting(path)) else None

    def save_dialog(self, title: str, suggested: str, kinds: Sequence[FileKind] = ()) -> QFileDialog:
        """The system's question where to write."""
        dialog = self._dialog(title, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(suggested)
        return dialog

    def _dialog(self, title: str, kinds: Sequence[FileKind] = ()) -> QFileDialog:
        dialog = QFileDialog(self._over(), title, self._folder, _filters(kinds))
        # Where Qt draws it, its Russian lacks these two.
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Kind of file"))
        return dialog

    def _stay_beside(self, chosen: Path | None) -> Path | None:
        """The next question begins where the last answer was."""
        if chosen is not None:
            self._folder = str(chosen.parent)
        return chosen

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


def _answer(dialog: QFileDialog) -> tuple[Path | None, str]:
    """What was chosen, and as which kind; None if they changed their mind."""
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None, ""
        return Path(dialog.selectedFiles()[0]), dialog.selectedNameFilter()
    finally:
        dialog.deleteLater()


def with_ending(path: Path, chosen: str, kinds: Sequence[FileKind]) -> Path:
    """``path`` as the kind that was ``chosen`` by its filter ends; an ending of no kind belongs to the name."""
    kind = next((one for one in kinds if _filter(one) == chosen), None)
    ending = path.suffix.removeprefix(".").casefold()
    if kind is None or ending in kind.endings:
        return path
    is_known = any(ending in one.endings for one in kinds)
    return path.with_name(f"{path.stem if is_known else path.name}.{kind.endings[0]}")


def _overwriting(path: Path) -> Question:
    return Question(
        _("“{name}” is already there").format(name=path.name),
        _("Writing puts the new file in its place."),
        _("Write"),
    )


def _filter(kind: FileKind) -> str:
    return f"{kind.words} ({' '.join(f'*.{end}' for end in kind.endings)})"


def _filters(kinds: Sequence[FileKind]) -> str:
    return ";;".join(map(_filter, kinds))


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

    def event(self, event: QEvent) -> bool:
        """A line more, as what is wrong with an answer, has its room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as everything needs."""
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        """Qt would measure the height at the width at which nothing wraps, and cut off what does."""
        self.setFixedHeight(self._column.totalHeightForWidth(self.width()))

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
        if question.is_alert:
            self._sentence.set_tone("danger")
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


class _ChoiceDialog(_Dialog):
    """Each choice has a row with the button that takes it."""

    def __init__(self, question: Question, choices: Sequence[tuple[str, str]], parent: QWidget | None) -> None:
        super().__init__(question.heading, question.sentence, parent)
        self.setFixedWidth(_WIDE)
        self.chosen: int | None = None
        page = ScrollPage()
        rows = QVBoxLayout(page.content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for number, (what, more) in enumerate(choices):
            take = Button(question.yes)
            take.setAccessibleName(f"{question.yes}: {what}, {more}")
            take.setAutoDefault(False)  # Enter takes what the keyboard is at, not the first of all
            row = ListRow(what, more, action=take, parent=page.content)
            for taken in (take.clicked, row.opened):
                taken.connect(partial(self._take, number))
            rows.addWidget(row)
        page.setFixedHeight(min(len(choices), _MOST_ROWS) * ROW_HEIGHT)
        self._column.addSpacing(4)
        self._column.addWidget(page)
        self.no = Button(question.no or _("Cancel"))
        self.no.clicked.connect(self.reject)
        self.no.setAutoDefault(False)
        self._add_buttons(self.no)

    def _take(self, number: int, *_clicked: object) -> None:
        self.chosen = number
        self.accept()


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
