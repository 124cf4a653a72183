"""What must be known before anybody touches the client: first on the card, in the voice of danger."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.errors import TextTooLong
from app.explain import sentence
from app.language import _
from app.salon.clients.card import CardAlert
from app.salon.clients.register import LONGEST_TEXT
from app.ui import icons, theme
from app.ui.clients.begun import Begun, begun_in
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, answers
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label, breakable
from app.vocabulary import AlertKind


class AlertStrip(QWidget):
    """The alerts that hold, and the small form that adds one."""

    added = Signal(object, str)
    """The ``AlertKind`` and the words."""
    removed = Signal(int)
    """The id of an alert that no longer holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Alerts"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._form = AlertForm(self)
        self._form.confirmed.connect(self._add)
        self._form.given_up.connect(self.close_form)
        self._form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._rows)
        column.addWidget(self._form)

    def show_alerts(self, alerts: Sequence[CardAlert], seen: Mapping[int, str] | None = None) -> None:
        """Show these instead of those before; ``seen`` says by id who has seen one for the next visit, and when."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for alert in alerts:
            row = AlertRow(alert, (seen or {}).get(alert.alert_id, ""), self)
            row.removed.connect(self.removed)
            self._rows.addWidget(row)
            row.show()
        self._settle()

    def open_form(self) -> "AlertForm":
        """Begin a new alert."""
        self._form.begin()
        self._form.show()
        self._settle()
        return self._form

    @property
    def begun(self) -> list[Begun]:
        """An alert that was begun."""
        return begun_in(self._form, self.open_form)

    def close_form(self) -> None:
        """Put the form away."""
        self._form.hide()
        self._settle()

    @property
    def form(self) -> "AlertForm":
        """The form of a new alert."""
        return self._form

    def rows(self) -> "list[AlertRow]":
        """The alerts from top to bottom."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), AlertRow)]

    def _add(self, kind: AlertKind, words: str) -> None:
        self.close_form()
        self.added.emit(kind, words)

    def _settle(self) -> None:
        self.setVisible(bool(self.rows()) or not self._form.isHidden())


class AlertRow(QWidget):
    """One alert across the card."""

    removed = Signal(int)

    def __init__(self, alert: CardAlert, seen: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alert_id = alert.alert_id
        kind = wording.alert_kind(alert.kind)
        heading = kind[:1].upper() + kind[1:]
        self.setAccessibleName(f"{heading}: {alert.text}")
        self.setAccessibleDescription(seen)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        gone = IconButton("x", _("This alert no longer holds"))
        gone.clicked.connect(self._tell_removed)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(heading, FontRole.SMALL_STRONG, "danger"))
        words.addWidget(Label(breakable(alert.text), FontRole.STRONG, "danger", wrap=True))
        if seen:
            words.addWidget(Label(seen, FontRole.SMALL, "danger", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(44, 8, 6, 8)
        row.setSpacing(4)
        row.addLayout(words, 1)
        row.addWidget(gone, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field and its sign."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.danger_soft)
        painter.drawRoundedRect(self.rect(), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        mark = icons.pixmap("triangle-alert", worn.danger, 18, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(14, (self.height() - 18) / 2), mark)

    def _tell_removed(self) -> None:
        self.removed.emit(self._alert_id)


class AlertForm(QFrame):
    """Kind and words; Enter adds, Esc gives up."""

    confirmed = Signal(object, str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("New alert"))
        self.kind = ChoiceBox()
        for kind in AlertKind:
            said = wording.alert_kind(kind)
            self.kind.addItem(said[:1].upper() + said[1:], kind)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("For example: acetone, latex"))
        self.words.textChanged.connect(self._check)
        self.words.returnPressed.connect(self._confirm)
        self._line = FieldLine(_("What everyone must know"), self.words)
        self.add = PrimaryButton(_("Add the alert"), key=_("Enter"))
        self.add.clicked.connect(self._confirm)
        give_up = QuietButton(_("Cancel"), key=_("Esc"))
        give_up.clicked.connect(self.given_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(FieldLine(_("Kind of alert"), self.kind, parent=self))
        column.addWidget(self._line)
        column.addLayout(answers(self.add, give_up))

    def begin(self) -> None:
        """Begin anew, with the cursor in the words."""
        self.kind.setCurrentIndex(0)
        self.words.clear()
        self._line.set_error("")
        # The field may still be hidden: Qt remembers the wish until it is shown.
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        too_long = len(self.words.text().strip()) > LONGEST_TEXT
        self._line.set_error(sentence(TextTooLong(LONGEST_TEXT)) if too_long else "")

    def _confirm(self) -> None:
        words = self.words.text().strip()
        if not words:
            self._line.set_error(_("Say in a few words what everyone must know."))
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._line.error:
            self.confirmed.emit(self.kind.currentData(), words)
