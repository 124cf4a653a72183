"""What every form in the panel of the shifts is: fields that scroll, what is in the way, and one button."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.language import _
from app.salon.catalogue.patterns import Hours
from app.salon.catalogue.working_days import VisitOutside
from app.ui import entries, theme
from app.ui.shifts import words
from app.ui.shifts.hours_field import HoursField
from app.ui.theme import FontRole
from app.ui.unkept import is_settled
from app.ui.widgets.buttons import ChoiceButton, PrimaryButton
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label
from app.ui.widgets.scroll_page import ScrollPage

_BETWEEN = 6
"""Free pixels above each visit of a list."""


class PanelForm(QWidget):
    """Subclasses put their fields into ``fields`` and do their act in ``save``. Ctrl+Enter saves."""

    done = Signal()
    """The act is done; the panel can be closed."""

    def __init__(self, save_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = QVBoxLayout()
        self.fields.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 16)
        self.fields.setSpacing(16)
        self.visits: list[VisitOutside] = []
        self._opened: entries.Entries = {}
        self._told = Label("", FontRole.BODY, "warn", wrap=True)
        self._listed = _VisitList()
        self.problem = Label("", FontRole.BODY, "danger", wrap=True)
        self._page = ScrollPage(self)
        foot = QFrame(self)
        foot.setProperty("kind", "foot")
        self.save_button = PrimaryButton(save_words, key=_("Ctrl+Enter"), parent=foot)
        self.save_button.clicked.connect(self.save)
        for part in (self._told, self._listed, self.problem):
            part.hide()
        self.foot = QVBoxLayout(foot)
        self.foot.setContentsMargins(theme.MARGIN, 16, theme.MARGIN, theme.MARGIN)
        self.foot.setSpacing(8)
        self.foot.addWidget(self.problem)
        self.foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._page, 1)
        column.addWidget(foot)
        whole = QVBoxLayout(self._page.content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self.fields)
        whole.addStretch(1)

    def save(self) -> None:
        """Do what the form is for, if everything is fine."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the cursor where the next thing is chosen."""
        raise NotImplementedError

    def remember(self) -> None:
        """What stands in the fields now is nothing that somebody has entered."""
        self._opened = entries.read(self)

    @property
    def changed(self) -> QWidget | None:
        """The first field in which something was entered that is not kept; None where nothing could be lost."""
        return None if is_settled(self) else entries.changed_since(self, self._opened)

    def add_visits(self) -> None:
        """Put what is in the way below the fields; call it when all of them are there."""
        near = QVBoxLayout()
        near.setSpacing(4)
        near.addWidget(self._told)
        near.addWidget(self._listed)
        self.fields.addLayout(near)

    def say_visits(self, sentence: str, visits: Sequence[VisitOutside], today: date) -> None:
        """Say which visits are in the way, before anything is done."""
        self.visits = list(visits)
        self._told.setText(sentence)
        self._listed.say(words.visits_listed(visits, today))
        self._told.setVisible(bool(visits))
        self._listed.setVisible(bool(visits))

    @property
    def told(self) -> str:
        """What is said about the visits in the way."""
        return self._told.text() if self.visits else ""

    def say_problem(self, sentence: str) -> None:
        """Say what is wrong with the whole; an empty text says that all is well."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.save_button.setEnabled(not sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves from any field."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.save_button.isEnabled():
                self.save()
        else:
            super().keyPressEvent(event)


class _VisitList(QWidget):
    """Visits one below another: when, and below it who for what, be it as long as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def say(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show other visits."""
        for label in self.findChildren(Label):
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        for when, what in lines:
            head = Label(when, FontRole.SECONDARY, "muted", wrap=True, parent=self)
            head.setContentsMargins(0, _BETWEEN, 0, 0)
            self._column.addWidget(head)
            if what:
                self._column.addWidget(Label(what, FontRole.SECONDARY, wrap=True, parent=self))


class UsualHours(QWidget):
    """Hours to take by a click, for the field in which somebody works."""

    def __init__(self, offered: Sequence[Hours], field: HoursField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.buttons: list[ChoiceButton] = []
        flow = FlowLayout(self)
        for hours in (*offered, ()):
            button = ChoiceButton(words.hours(hours))
            button.clicked.connect(partial(self._take, hours))
            self.buttons.append(button)
            flow.addWidget(button)

    def _take(self, hours: Hours, _checked: bool = False) -> None:
        self.field.set_hours(hours)
