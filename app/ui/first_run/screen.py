"""The welcome: a name, hours, masters and a price list, or a sample salon to try everything with."""

from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import language, wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, pgettext
from app.salon.catalogue import opening, price_lists
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label
from app.ui.widgets.time_field import EndField, TimeField

_WIDTH = 640


class WelcomeScreen(Screen):
    """Shown as long as the salon has no masters."""

    opened = Signal()
    """The salon is set up."""
    sample_wanted = Signal()
    """Somebody wants to try a sample salon first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._build()

    def reload(self) -> None:
        """There is nothing to read yet."""

    def _build(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        scroll.setWidget(inside)
        around = QHBoxLayout(inside)
        around.setContentsMargins(24, 40, 24, 40)
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(_WIDTH)
        # Between two stretches, not in the middle of all the width: its height is asked for the width that it has.
        around.addStretch(1)
        around.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        around.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        form = QVBoxLayout(card)
        form.setContentsMargins(40, 36, 40, 36)
        form.setSpacing(18)
        form.addWidget(Label(pgettext("first start", "Welcome"), FontRole.TITLE))
        form.addWidget(
            Label(
                _("A minute to set up, and the first client can call. Everything can be changed later."),
                FontRole.BODY,
                "muted",
                wrap=True,
            )
        )
        self._add_fields(form)
        self._problem = Label("", FontRole.BODY, "danger", wrap=True)
        self._problem.hide()
        form.addWidget(self._problem)
        self._open = PrimaryButton(_("Open the salon"), key="Ctrl+Enter")
        self._open.clicked.connect(self.open_salon)
        sample = Button(_("Try a sample salon"), icon="sparkles")
        sample.clicked.connect(self.sample_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addWidget(sample)
        buttons.addStretch(1)
        form.addLayout(buttons)
        self.setFocusProxy(self._name)

    def _add_fields(self, form: QVBoxLayout) -> None:
        self._name = QLineEdit()
        self._name.setPlaceholderText(_("For example: Studio on Garden Street"))
        self._name_line = FieldLine(_("Name of the salon"), self._name)
        self._name.textChanged.connect(self._forgive)
        form.addWidget(self._name_line)
        self._opens, self._closes = TimeField(time(9)), EndField(time(21))
        hours = QHBoxLayout()
        hours.setSpacing(12)
        hours.addWidget(FieldLine(_("Opens"), self._opens))
        hours.addWidget(FieldLine(_("Closes"), self._closes))
        form.addLayout(hours)
        self._weekdays = [QCheckBox(name) for name in wording.weekdays_short()]
        form.addWidget(Label(_("Working days"), FontRole.SECONDARY, "muted"))
        form.addWidget(_row(self._weekdays))
        for box in self._weekdays:
            box.setChecked(True)
        self._masters = QPlainTextEdit()
        self._masters.setPlaceholderText(_("One name a line"))
        self._masters.setFixedHeight(96)
        self._masters.setTabChangesFocus(True)
        self._masters_line = FieldLine(_("Masters"), self._masters)
        self._masters.textChanged.connect(self._forgive)
        form.addWidget(self._masters_line)
        self._trades = {
            trade: QCheckBox(price_lists.trade_name(trade, language.current())) for trade in price_lists.TRADES
        }
        form.addWidget(Label(_("Price list to begin with"), FontRole.SECONDARY, "muted"))
        form.addWidget(_row(list(self._trades.values())))
        self._trades["nails"].setChecked(True)

    def open_salon(self) -> None:
        """Set the salon up with what was typed."""
        if not self._is_told():
            return
        opens, closes = self._opens.at, self._closes.minute
        if opens is None or closes is None:
            self._refuse(_("This is not a time. Type it as 9:30."), self._closes if opens else self._opens)
            return
        if closes <= opens.hour * 60 + opens.minute:
            self._refuse(_("The salon closes after it opens."), self._closes)
            return
        plan = opening.OpeningPlan(
            name=self._name.text(),
            opens=opens.hour * 60 + opens.minute,
            closes=closes,
            weekdays=tuple(day for day, box in enumerate(self._weekdays) if box.isChecked()),
            masters=tuple(self._masters.toPlainText().splitlines()),
            trades=tuple(trade for trade, box in self._trades.items() if box.isChecked()),
        )
        try:
            self.desk.perform.attempt(opening.open_salon, plan, language.current())
        except SalonError as error:
            self._refuse(sentence(error))
            return
        self.opened.emit()

    def _is_told(self) -> bool:
        """Whether everything without which nothing can begin was typed; else the cursor goes to what was not."""
        missing = (
            (self._name_line, self._name.text(), _("Please give a name.")),
            (self._masters_line, self._masters.toPlainText(), _("Write at least one master, one name a line.")),
        )
        wrong = [(line, said) for line, typed, said in missing if not typed.strip()]
        for line, said in wrong:
            line.set_error(said)
        for line, _said in wrong[:1]:
            line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _forgive(self, _typed: str = "") -> None:
        for line in (self._name_line, self._masters_line):
            line.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter opens the salon from any field."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.open_salon()
        else:
            super().keyPressEvent(event)

    def _refuse(self, said: str, field: QWidget | None = None) -> None:
        self._problem.setText(said)
        self._problem.show()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)


def _row(boxes: list[QCheckBox]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, spacing=20)
    for box in boxes:
        flow.addWidget(box)
    return holder
