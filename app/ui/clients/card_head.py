"""The head of the card: who it is, and the small form that changes the name."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients import birthdays
from app.salon.clients.card import ClientCard
from app.salon.clients.register import LONGEST_NAME
from app.salon.clients.standing import Standing
from app.ui.clients.begun import Begun, begun_in
from app.ui.clients.birthday_line import BirthdayLine
from app.ui.theme import FontRole, Tone
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton
from app.ui.widgets.category_pill import CategoryPill
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label, breakable
from app.ui.widgets.pill import Pill
from app.vocabulary import ClientKind

_LONGEST_NAME_PART = 14
"""So many large letters have room beside the face; a longer part of a name goes on in the next line."""
_SOON_DAYS = 7
"""A birthday within these days is worth a word at the desk."""


class CardHead(QWidget):
    """Who it is: face, name, since when, birthday; and a small form to change the name."""

    renamed = Signal(str, object)
    """The name and the birthday (``date`` or None)."""
    alert_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: ClientCard | None = None
        self._today = date.min
        self._shown = QWidget(self)
        self._avatar = Avatar("", 44, self._shown)
        self._name = Label("", FontRole.TITLE, wrap=True)
        self._since = Label("", FontRole.SECONDARY, "muted", wrap=True)
        pills = QWidget(self._shown)
        self._pills = FlowLayout(pills)
        self._pill_box = pills
        self._ban = Label("", FontRole.STRONG, "danger", wrap=True)
        self.edit_button = IconButton("pencil", _("Change name and birthday"), parent=self._shown)
        self.edit_button.clicked.connect(self.open_form)
        self.alert_button = IconButton("triangle-alert", _("Add an alert"), parent=self._shown)
        self.alert_button.clicked.connect(self.alert_wanted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._since)
        words.addWidget(self._ban)
        words.addSpacing(2)
        words.addWidget(pills)
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.alert_button, 0, Qt.AlignmentFlag.AlignTop)
        self.form = NameForm(self)
        self.form.confirmed.connect(self._confirm)
        self.form.given_up.connect(self.close_form)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._shown)
        column.addWidget(self.form)

    def show_card(self, card: ClientCard, today: date, stands: Standing) -> None:
        """Show who it is, and how they stand with the salon."""
        self._card, self._today = card, today
        self._avatar.set_name(card.name)
        name = wording.client_name(card.name, card.client_id)
        self._name.setText(breakable(name, _LONGEST_NAME_PART))
        self._name.setAccessibleName(name)
        since = (
            _("with us since {day}").format(day=wording.short_date(card.first_visit, today))
            if card.first_visit
            else _("new client")
        )
        birthday = (
            _("birthday {day}").format(day=wording.short_date(card.birthday)) if card.birthday is not None else ""
        )
        self._since.setText("\n".join(part for part in (since, birthday) if part))
        self._ban.setText(_("Do not book: {reason}").format(reason=stands.do_not_book_reason))
        self._ban.setVisible(bool(stands.do_not_book_reason))
        self._show_pills(card, today, stands)

    def open_form(self) -> "NameForm | None":
        """Change name and birthday."""
        if self._card is None:
            return None
        self._shown.hide()
        self.form.show()
        self.form.begin(self._card.name, self._card.birthday, self._today)
        return self.form

    @property
    def begun(self) -> list[Begun]:
        """Another name or birthday that was begun."""
        return begun_in(self.form, self.open_form)

    def close_form(self) -> None:
        """Put the form away."""
        self.form.hide()
        self._shown.show()

    def _confirm(self, name: str, birthday: date | None) -> None:
        self.close_form()
        self.renamed.emit(name, birthday)

    def _show_pills(self, card: ClientCard, today: date, stands: Standing) -> None:
        self._pills.clear()
        if stands.is_vip:
            self._pills.addWidget(Pill(_("VIP"), Tone.ACCENT, icon="star"))
        if stands.kind is not ClientKind.PERSON:
            self._pills.addWidget(Pill(wording.client_kind(stands.kind).lower()))
        if card.birthday is not None:
            coming = birthdays.next_one(card.birthday, today)
            if (coming - today).days <= _SOON_DAYS:
                words = _("birthday {day}").format(day=wording.relative_day(coming, today))
                self._pills.addWidget(Pill(words, Tone.ACCENT, icon="sparkles"))
        if card.no_shows:
            words = _("no-shows: {n}").format(n=card.no_shows)
            self._pills.addWidget(Pill(words, Tone.WARN, icon="triangle-alert"))
        for category in stands.categories:
            self._pills.addWidget(CategoryPill(category.name, category.colour))
        for place in range(self._pills.count()):
            item = self._pills.itemAt(place)
            if item is not None and (pill := item.widget()) is not None:
                pill.show()  # at once, not when the layout comes round to it: the card must not blink
        self._pill_box.setVisible(self._pills.count() > 0)


class NameForm(QFrame):
    """Name and birthday; Enter keeps them, Esc gives up."""

    confirmed = Signal(str, object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Change name and birthday"))
        self._today = date.min
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name_line = FieldLine(_("Name"), self.name, parent=self)
        self.birthday = BirthdayLine(self)
        for field in (self.name, self.birthday.field):
            field.returnPressed.connect(self._confirm)
        self.name.textChanged.connect(self._check_name)
        keep = PrimaryButton(_("Keep"), key=_("Enter"))
        keep.clicked.connect(self._confirm)
        give_up = QuietButton(_("Cancel"), key=_("Esc"))
        give_up.clicked.connect(self.given_up)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(keep)
        buttons.addWidget(give_up)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.name_line)
        column.addWidget(self.birthday)
        column.addLayout(buttons)

    def begin(self, name: str, birthday: date | None, today: date) -> None:
        """Begin with what the card says."""
        self.name_line.begin_with(name)
        self.birthday.begin(birthday, today)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _check_name(self, text: str) -> None:
        self.name_line.set_error("" if text.strip() else _("Please give a name."))

    def _confirm(self) -> None:
        self._check_name(self.name.text())
        if self.name_line.error:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.birthday.check():
            self.confirmed.emit(self.name.text(), self.birthday.day)
