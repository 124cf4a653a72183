"""Another program's export: what it would bring is shown first, and nothing is written before somebody agrees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import SalonError, StillBusy, Trouble
from app.explain import sentence
from app.language import _
from app.salon.exchange import profiles, report as reports, salon_import, taking_back
from app.ui import theme
from app.ui.asking import Question
from app.ui.look import Look
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from app.salon.exchange.decisions import Source
    from app.salon.exchange.taking_back import TakenBack
    from app.salon.journal import Progress
    from app.salon.transaction import Done, Work
    from app.ui.desk import Desk

_Found = tuple["Source", bool, list[str]] | SalonError | Trouble
"""What was read, whether it is news, and the report in words; or why it could not be read."""


class _Report(QPlainTextEdit):
    """Thousands of lines to read and to copy from; nothing is typed here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("What the import tells"))


class ImportPart(QWidget):
    """Choose a folder, read what it would bring, import it; the last import can be taken back as a whole."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(_("Import from another program"))
        self._look = Look(desk, _("Reading the files…"), self)
        self._source: Source | None = None
        """What was read and looked through, and may be imported now."""
        self.said = Label("", FontRole.BODY, "muted", wrap=True)
        self.problem = Label("", FontRole.BODY, "danger", wrap=True)
        self.folder_button = Button(_("Choose a folder…"), icon="upload")
        self.stop_button = QuietButton(_("Cancel"), icon="x")
        self.import_button = PrimaryButton(_("Import"), icon="download")
        self.back_button = QuietButton(_("Take back the last import…"), icon="undo-2")
        self.report = _Report()
        self._build()
        self._look.moved.connect(self._tell_reading)
        self._look.broke_off.connect(self._start_over)
        self.folder_button.clicked.connect(self.choose_folder)
        self.stop_button.clicked.connect(self.stop_reading)
        self.import_button.clicked.connect(self.bring)
        self.back_button.clicked.connect(self.take_back)
        self._start_over()

    def _build(self) -> None:
        card = Card(_("Import from another program"), padding=theme.MARGIN)
        card.body.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.folder_button, self.stop_button, self.import_button, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card.body.addWidget(self.said)
        card.body.addWidget(self.problem)
        card.body.addLayout(buttons)
        card.body.addWidget(self.report, 1)
        card.body.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        column.addWidget(card)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    # ---- showing ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """See whether there is an import that can be taken back; a sample is not mixed with anybody's clients."""
        is_sample = self.desk.salon.profile.is_sample
        self.folder_button.setVisible(not is_sample)
        self._offer(self.back_button, taking_back.last_source(self.desk.salon.database) is not None)
        if is_sample:
            self.said.setText(_("This is a sample salon. Clients are imported into your own."))

    def _start_over(self, problem: str = "") -> None:
        self._source = None  # nothing is imported of which nothing is shown
        self._show(
            _(
                "Choose the folder with the CSV files of the other program. First it is shown what they would bring; "
                "until you agree, nothing is changed."
            ),
            problem=problem,
        )

    def _show(self, said: str, *, problem: str = "", lines: list[str] | None = None, is_reading: bool = False) -> None:
        self.said.setText(said)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.report.setPlainText("\n".join(lines or ()))
        self._offer(self.report, bool(lines))
        self._offer(self.stop_button, is_reading)
        self._offer(self.import_button, self._source is not None)
        self.reload()

    def _offer(self, part: QWidget, is_meant: bool) -> None:
        """Show ``part`` while it is meant. Whoever stood on it reads on here: the next key takes no import back."""
        if part.hasFocus() and not is_meant:
            has_report = self.report.isVisible() and part is not self.report
            (self.report if has_report else self.folder_button).setFocus(Qt.FocusReason.OtherFocusReason)
        part.setVisible(is_meant)

    def _tell_reading(self) -> None:
        self.said.setText(self._look.words)

    # ---- acting ----------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Let somebody choose where the files are, and read them beside the window."""
        if self._has_to_wait():
            return
        folder = self.desk.asker.pick_folder(_("The folder with the files of the other program"))
        if folder is None:
            return
        salon, today = self.desk.salon, self.desk.salon.today()
        self._source = None

        def read(progress: Progress) -> _Found:
            try:
                source = salon_import.gather(profiles.known()[0], folder, today=today, progress=progress)
                report = salon_import.preview(salon, source)
                return source, report.is_news, reports.lines(report)
            except (SalonError, Trouble) as problem:
                return problem

        self._show(_("Reading the files…"), is_reading=True)
        self._look.ask(read, self._take_found)

    def _has_to_wait(self) -> bool:
        """Whether something large is under way, an import before this one most of all; then this is said."""
        if self.desk.perform.is_busy:
            self.desk.perform.explain(StillBusy())
        return self.desk.perform.is_busy

    def stop_reading(self) -> None:
        """It was the wrong folder, or it takes too long."""
        self._look.drop()
        self._start_over()

    def _take_found(self, found: _Found) -> None:
        if isinstance(found, SalonError | Trouble):
            self._start_over(sentence(found))
            return
        source, is_news, lines = found
        self._source = source if is_news else None
        news, nothing = _("This is what “{folder}” would bring."), _("There is nothing new in “{folder}”.")
        self._show((news if is_news else nothing).format(folder=source.folder.name), lines=lines)

    def bring(self) -> None:
        """Import what was looked through."""
        if self._source is not None:
            self.desk.perform.attempt_beside(
                _bring,
                self._source,
                done=self._tell_brought,
                given_up=lambda: self.desk.perform.tell(_("Nothing was imported"), undoable=False),
                label=_("Importing"),
                can_be_undone=False,
            )

    def _tell_brought(self, done: Done[list[str]]) -> None:
        self._source = None
        self._show(_("The import is done."), lines=done.value)
        self.desk.perform.tell(_("The import is done."), undoable=False)

    def take_back(self) -> None:
        """Take the last import back as a whole, where nobody has worked with it since."""
        if self._has_to_wait():
            return
        source = taking_back.last_source(self.desk.salon.database)
        asked = Question(
            _("Take the import of “{folder}” back?").format(folder=source),
            _("All that it has brought goes: clients, visits, payments. It can be imported once more."),
            _("Take it back"),
            takes_away=True,
        )
        if source is None or not self.desk.asker.confirm(asked):
            return
        self.desk.perform.attempt_beside(
            taking_back.remove,
            done=self._tell_taken_back,
            given_up=lambda: None,
            label=_("Taking the import back"),
            can_be_undone=False,
        )

    def _tell_taken_back(self, done: Done[TakenBack]) -> None:
        self._start_over()
        self.desk.perform.tell(taking_back.told(done.value), undoable=False)


def _bring(work: Work, source: Source, *, progress: Progress | None = None) -> list[str]:
    """Import it. The report may have a hundred thousand lines, and is put into words beside the window as well."""
    return reports.lines(salon_import.bring(work, source, progress=progress))
