"""The words of the consents, version by version, and who asked to be forgotten."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app import language, wording
from app.clock import wall_time
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.clients import consent_paper, consents, forgetting
from app.salon.clients.forgetting import Request
from app.ui import theme
from app.ui.desk import Desk
from app.ui.personal_data import PersonalData
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton
from app.ui.widgets.card import Card
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.pill import Pill
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import ConsentKind

_WIDTH = 640
_TEXT_HEIGHT = 320


class PrivacyPart(QWidget):
    """One text at a time. Ctrl+Enter makes what was typed the new version, Esc puts back what holds."""

    client_wanted = Signal(int)
    """The card of somebody who asked to be forgotten."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(_("Consents"))
        self._data = PersonalData(desk, self)
        self._shown = ""
        self._version: int | None = None
        self._page = ScrollPage(self)
        self._texts_card = card = Card(_("Texts of the consents"), padding=theme.MARGIN, parent=self._page.content)
        kinds = [(kind, wording.consent_kind(kind)) for kind in ConsentKind]
        self.kind = SegmentedControl(_("Which text"), kinds, card)
        self.text = QPlainTextEdit(card)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text_line = FieldLine(_("What clients agree to"), self.text, parent=card)
        self.version = Pill("", Tone.NEUTRAL)
        self.used = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self.save_button = PrimaryButton(_("Save as a new version"), key=_("Ctrl+Enter"), parent=card)
        self.back_button = QuietButton(_("Put back"), key=_("Esc"), parent=card)
        self._none = Label(_("Nobody has asked to be forgotten."), FontRole.BODY, "muted", wrap=True)
        self._rows = QVBoxLayout()
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self._page.content)
        column.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        column.setSpacing(16)
        for card in (self._texts(), self._requests()):
            card.setFixedWidth(_WIDTH)
            column.addWidget(card, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def _texts(self) -> Card:
        card = self._texts_card
        card.body.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self.kind)
        head.addStretch(1)
        head.addWidget(self.version)
        marks = Label(
            _("In the text {client}, {salon} and {day} stand for the names and the date."), FontRole.SECONDARY, "muted"
        )
        marks.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(self.text_line)
        card.body.addWidget(marks)
        card.body.addWidget(self.used)
        card.body.addLayout(buttons)
        return card

    def _requests(self) -> Card:
        card = Card(_("Asked to be forgotten"), padding=theme.MARGIN, parent=self._page.content)
        card.body.setSpacing(12)
        self._rows.setSpacing(8)
        card.body.addWidget(self._none)
        card.body.addLayout(self._rows)
        return card

    def _connect(self) -> None:
        self.kind.chosen.connect(self._choose)
        self.text.textChanged.connect(self._check)
        self.save_button.clicked.connect(self.save)
        self.back_button.clicked.connect(self.put_back)

    # ---- the texts -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the text and the requests again; what somebody is typing is left alone."""
        self._show_requests()
        database = self.desk.salon.database
        kind = ConsentKind(self.kind.choice)
        kept, version = consent_paper.words(database, kind, language.current())
        is_new = (kept, version) != (self._shown, self._version)
        is_typing = self.text.toPlainText() != self._shown
        if is_new and not (is_typing and self._shown):
            self._show(kept, version)
        self._say_version()

    def put_back(self) -> None:
        """Show the text that holds."""
        kind = ConsentKind(self.kind.choice)
        self._show(*consent_paper.words(self.desk.salon.database, kind, language.current()))
        self._say_version()

    def save(self) -> None:
        """Make what was typed the new version."""
        self._check()
        if self.text_line.error:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            done = self.desk.perform.attempt(consents.keep_text, ConsentKind(self.kind.choice), self.text.toPlainText())
        except SalonError as error:
            self.text_line.set_error(sentence(error))
            return
        if done.entry_id is not None:
            self.desk.perform.tell(_("Version {n} of the text holds from now on").format(n=done.value))
        self.put_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc puts back what was there."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_back()
        else:
            super().keyPressEvent(event)

    def _choose(self, _kind: str) -> None:
        self.put_back()

    def _show(self, text: str, version: int | None) -> None:
        self._shown, self._version = text, version
        self.text.setPlainText(text)
        self._check()

    def _say_version(self) -> None:
        if self._version is None:
            self.version.setText(_("draft"))
            self.version.set_tone(Tone.WARN)
            self.used.setText(_("A ready-made draft: let a lawyer check it, fill in your details and save it."))
        else:
            self.version.setText(_("version {n}").format(n=self._version))
            self.version.set_tone(Tone.ACCENT)
            self.used.setText(self._agreed())
        self.version.updateGeometry()

    def _agreed(self) -> str:
        current = consents.current_text(self.desk.salon.database, ConsentKind(self.kind.choice))
        if current is None or not current.consents:
            return _("Nobody has been asked with this version yet. Former versions stay with those who signed them.")
        return ngettext(
            "{n} answer of clients is about this version. Former versions stay with those who signed them.",
            "{n} answers of clients are about this version. Former versions stay with those who signed them.",
            current.consents,
        ).format(n=wording.number(current.consents))

    def _check(self) -> None:
        typed = self.text.toPlainText()
        if typed == self._shown:
            self.text.document().setModified(False)  # typed back: nothing could be lost
        self.text_line.set_error("" if typed.strip() else _("Write the text first."))
        is_changed = typed.strip() != self._shown or self._version is None
        self.save_button.setEnabled(is_changed and bool(typed.strip()))
        self.back_button.setEnabled(typed != self._shown)

    # ---- who asked to be forgotten ---------------------------------------------------------------------------

    def _show_requests(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        salon = self.desk.salon
        asked = forgetting.requests(salon.database)
        self._none.setVisible(not asked)
        for request in asked:
            row = RequestRow(request, wall_time(request.final_at, salon.profile.zone).date())
            row.opened.connect(self.client_wanted)
            row.taken_back.connect(self._data.take_back)
            row.forgotten.connect(self._data.forget_now)
            self._rows.addWidget(row)

    def rows(self) -> "list[RequestRow]":
        """The requests from top to bottom."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), RequestRow)]


class RequestRow(QWidget):
    """Who asked, when it is final, and what can be done."""

    opened = Signal(int)
    taken_back = Signal(int, str)
    forgotten = Signal(int, str)

    def __init__(self, request: Request, final: date) -> None:
        super().__init__()
        self._request = request
        name = request.name
        day = wording.date_in_digits(final)
        self.setAccessibleName(f"{name}, {day}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(name, FontRole.STRONG))
        words.addWidget(Label(_("final on {day}").format(day=day), FontRole.SECONDARY, "muted"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addLayout(words, 1)
        card = IconButton("user", _("Card of {client}").format(client=name))
        card.clicked.connect(self._open)
        row.addWidget(card)
        for said, act in ((_("Take back"), self._take_back), (_("Forget now…"), self._forget)):
            button = QuietButton(said)
            button.setAccessibleName(f"{said}: {name}")
            button.clicked.connect(act)
            row.addWidget(button)

    def _open(self) -> None:
        self.opened.emit(self._request.client_id)

    def _take_back(self) -> None:
        self.taken_back.emit(self._request.client_id, self._request.name)

    def _forget(self) -> None:
        self.forgotten.emit(self._request.client_id, self._request.name)
