"""One thing that is owed to a client: what, to whom, about which visit, by whom and when; done, put off, or opened."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.language import _, pgettext
from app.salon.catalogue.staff import Colleague
from app.salon.followup.owed import Owed, Urgency
from app.salon.typed import LONGEST_TEXT
from app.ui import icons, shortcuts, theme
from app.ui.shortcuts import Key
from app.ui.theme import Tone
from app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, answers
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.list_row import ListRow
from app.ui.widgets.menu import Menu
from app.ui.widgets.pill import Pill
from app.ui.widgets.time_field import TimeField
from app.vocabulary import OwedKind

_TONES = {Urgency.LATE: Tone.DANGER, Urgency.TODAY: Tone.WARN, Urgency.LATER: Tone.NEUTRAL}
_SIGNS = {OwedKind.PROMISE: "flag", OwedKind.COMPLAINT: "circle-alert"}
_SIGN = 20
_INDENT = 44
_FORM_WIDTH = 560
_ROOMY = 620
"""A row as wide as this has all its buttons."""


class OwedRow(QWidget):
    """The line, and below it a form while an answer or another time is asked for."""

    kept = Signal(object)
    """The ``Owed`` that is done; a complaint is done by ``answered``."""
    answered = Signal(object, str)
    put_off = Signal(object, object, object)
    """The ``Owed``, another moment (wall time) and who does it (None: whoever is at the front desk)."""
    client_wanted = Signal(int)
    visit_wanted = Signal(int, object)
    """A visit and its day."""
    walked = Signal(int)

    def __init__(self, owed: Owed, people: Sequence[Colleague], now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.owed = owed
        self._people, self._now = people, now
        self.form: QWidget | None = None
        self.done = IconButton("check", _done_words(owed), key=shortcuts.shown(Key.OWED_DONE))
        self.later = IconButton("clock", _("Put it off"), key=shortcuts.shown(Key.OWED_LATER))
        self.more = IconButton("ellipsis", _("More"))
        self.when = Pill(_when(owed, now), _TONES[owed.urgency(now)])
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in (self.done, self.later, self.more):
            row.addWidget(button)
        self.line = _Line(owed.text, _about(owed, now), self.when, _Sign(owed, now), buttons)
        said = (_kind(owed.kind), owed.text, _about(owed, now), self.when.text())
        self.line.setAccessibleName(", ".join(part for part in said if part))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.done.clicked.connect(self.finish)
        self.later.clicked.connect(self.open_later)
        self.more.clicked.connect(self._open_menu)
        self.line.opened.connect(self.open_card)
        self.line.key_pressed.connect(self._on_key)
        self.line.walked.connect(self.walked)

    def set_last(self, last: bool) -> None:
        """Whether no other row follows: the last one has no line below."""
        self.line.is_last = last

    # ---- acts ------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """The promise is kept; a complaint is done by what was answered, which is asked for."""
        if self.owed.kind is OwedKind.PROMISE:
            self.kept.emit(self.owed)
        else:
            self._open_form(_AnswerForm())

    def open_card(self) -> None:
        """Open the client's card."""
        if self.owed.client_id is not None:
            self.client_wanted.emit(self.owed.client_id)

    def open_later(self) -> None:
        """Offer other times."""
        self._pop(self.later_menu(), self.later if self.later.isVisible() else self.more)

    def later_menu(self) -> Menu:
        """The times it can be put off to."""
        menu = Menu(_("Put it off"), self)
        for words, moment in _other_times(self.owed, self._now):
            menu.addAction(words, partial(self._put_off, moment))
        menu.addSeparator()
        is_promise = self.owed.kind is OwedKind.PROMISE
        menu.addAction(_("Another time, or somebody else…") if is_promise else _("Another day…"), self.ask_when)
        return menu

    def menu(self) -> Menu:
        """Everything that can be done with it."""
        menu = Menu(_("More"), self)
        menu.addAction(f"{_done_words(self.owed)}\t{shortcuts.shown(Key.OWED_DONE)}", self.finish)
        menu.addAction(f"{_('Put it off')}…\t{shortcuts.shown(Key.OWED_LATER)}", self.open_later)
        menu.addSeparator()
        if self.owed.client_id is not None:
            menu.addAction(f"{_('Open the card')}\t{shortcuts.shown(Key.OWED_CARD)}", self.open_card)
        if self.owed.visit_starts_at is not None:
            menu.addAction(_("Show the visit"), self._show_visit)
        return menu

    def ask_when(self) -> None:
        """Ask for another day, and for a promise also for the time and who keeps it."""
        self._open_form(_LaterForm(self.owed, self._people, self._now.date()))

    def say_problem(self, sentence: str) -> None:
        """Say beside the field why it could not be done."""
        if isinstance(self.form, _AnswerForm | _LaterForm):
            self.form.first_line.set_error(sentence)

    def close_form(self) -> None:
        """Put the form away; the keyboard is back on the line."""
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_form(self, form: "_AnswerForm | _LaterForm") -> None:
        self.close_form()
        self.form = form
        self._column.addWidget(form)
        form.left.connect(self.close_form)
        if isinstance(form, _AnswerForm):
            form.said.connect(partial(self.answered.emit, self.owed))
        else:
            form.said.connect(self._put_off)
        form.show()
        form.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_off(self, moment: datetime, staff_id: object = ...) -> None:
        self.put_off.emit(self.owed, moment, self.owed.staff_id if staff_id is ... else staff_id)

    def _show_visit(self) -> None:
        if self.owed.visit_id is not None and self.owed.visit_starts_at is not None:
            self.visit_wanted.emit(self.owed.visit_id, self.owed.visit_starts_at.date())

    def _open_menu(self) -> None:
        self._pop(self.menu(), self.more)

    def _pop(self, menu: Menu, button: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
        menu.setActiveAction(menu.actions()[0])

    def _on_key(self, key: Key) -> None:
        (self.finish if key is Key.OWED_DONE else self.open_later)()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside an open card the words matter more than a button that the menu holds too."""
        super().resizeEvent(event)
        self.later.setVisible(self.width() >= _ROOMY)


class _Line(ListRow):
    """The row itself, with the letters of the list."""

    key_pressed = Signal(object)
    walked = Signal(int)

    def __init__(self, what: str, about: str, when: QWidget, sign: QWidget, buttons: QWidget) -> None:
        self.is_last = False
        super().__init__(what, about, lead=sign, state=when, action=buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """``D`` is done, ``P`` puts it off; the rest is a row's."""
        for key in (Key.OWED_DONE, Key.OWED_LATER):
            if shortcuts.is_pressed(key, event):
                self.key_pressed.emit(key)
                return
        super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        self.walked.emit(step)

    def _is_last(self) -> bool:
        return self.is_last


class _Sign(QWidget):
    """What kind it is, in the voice of how much it presses."""

    def __init__(self, owed: Owed, now: datetime) -> None:
        super().__init__()
        self._icon_name = _SIGNS[owed.kind]
        self._tone = {Urgency.LATE: "danger", Urgency.TODAY: "warn"}.get(owed.urgency(now), "muted")
        self.setFixedSize(QSize(_SIGN, _SIGN))
        self.setToolTip(_kind(owed.kind))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        mark = icons.pixmap(self._icon_name, theme.current().colour(self._tone), _SIGN, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, mark)


class _Form(QWidget):
    """Fields below a line; Esc leaves."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(_FORM_WIDTH)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_INDENT, 0, 12, 12)
        self.column.setSpacing(8)
        self.keep = PrimaryButton(_("Keep"), key=_("Enter"))
        self.cancel = QuietButton(_("Cancel"), key=_("Esc"))
        self.cancel.clicked.connect(self.left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up; Enter keeps."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep.click()
        else:
            super().keyPressEvent(event)


class _AnswerForm(_Form):
    """What the salon answered to a complaint."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.first = QLineEdit()
        self.first.setMaxLength(LONGEST_TEXT)
        self.first_line = FieldLine(_("What the salon answered"), self.first)
        self.keep.clicked.connect(self._keep)
        self.column.addWidget(self.first_line)
        self.column.addLayout(answers(self.keep, self.cancel))

    def _keep(self) -> None:
        if self.first.text().strip():
            self.said.emit(self.first.text())
        else:
            self.first_line.set_error(_("Write what the salon answered."))


class _LaterForm(_Form):
    """Another day; for a promise also the time and who keeps it."""

    said = Signal(object, object)

    def __init__(self, owed: Owed, people: Sequence[Colleague], today: date) -> None:
        super().__init__()
        is_promise = owed.kind is OwedKind.PROMISE
        self._owed = owed
        self.first = DayField(max(owed.due_at.date(), today), today)
        self.first_line = FieldLine(_("Day") if is_promise else _("Answer by"), self.first)
        self.time = TimeField(owed.due_at.time(), step=30)
        self.time_line = FieldLine(_("Time"), self.time)
        self.who = ChoiceBox()
        self.who.addItem(_("Front desk"), None)
        for person in people:
            self.who.addItem(person.name, person.staff_id)
        self.who.setCurrentIndex(max(0, self.who.findData(owed.staff_id)))
        self.who_line = FieldLine(_("Who does it"), self.who)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.first_line, 3, Qt.AlignmentFlag.AlignTop)
        if is_promise:
            fields.addWidget(self.time_line, 2, Qt.AlignmentFlag.AlignTop)
            fields.addWidget(self.who_line, 3, Qt.AlignmentFlag.AlignTop)
        self.keep.clicked.connect(self._keep)
        self.column.addLayout(fields)
        self.column.addLayout(answers(self.keep, self.cancel))

    def _keep(self) -> None:
        moment = self.time.at
        if moment is None:
            self.time_line.set_error(_("Type a time, such as 15:00."))
            return
        staff_id = self.who.currentData() if self._owed.kind is OwedKind.PROMISE else self._owed.staff_id
        self.said.emit(datetime.combine(self.first.day, moment), staff_id)


def _other_times(owed: Owed, now: datetime) -> list[tuple[str, datetime]]:
    """The usual times to put it off to, with their words."""
    today, at = now.date(), owed.due_at.time()
    days = [(1, pgettext("put off", "Tomorrow")), (2, pgettext("put off", "The day after tomorrow"))]
    days.append((7, pgettext("put off", "In a week")))
    if owed.kind is OwedKind.COMPLAINT:
        return [(words, datetime.combine(today + timedelta(days=ahead), at)) for ahead, words in days]
    clock = wording.clock_time(at)
    offered = [(f"{words}, {clock}", datetime.combine(today + timedelta(days=ahead), at)) for ahead, words in days]
    hour = _round(now + timedelta(hours=1))
    if hour.date() == today:
        words = pgettext("put off", "In an hour")
        offered.insert(0, (f"{words}, {wording.clock_time(hour)}", hour))
    return offered


def _round(moment: datetime) -> datetime:
    """To five minutes, as people say it."""
    return moment + timedelta(minutes=-moment.minute % 5)


def _when(owed: Owed, now: datetime) -> str:
    day, today = owed.due_at.date(), now.date()
    words = wording.relative_day(day, today) if abs((day - today).days) < 2 else wording.short_date(day, today)
    if owed.kind is OwedKind.COMPLAINT:
        return _("answer by {day}").format(day=words) if (day - today).days not in (-1, 0, 1) else _by(day, today)
    return f"{words}, {wording.clock_time(owed.due_at)}"


def _by(day: date, today: date) -> str:
    return {
        -1: _("answer was due yesterday"),
        0: _("answer today"),
        1: _("answer by tomorrow"),
    }[(day - today).days]


def _about(owed: Owed, now: datetime) -> str:
    parts = [owed.client_name]
    if owed.visit_starts_at is not None:
        day = wording.short_date(owed.visit_starts_at.date(), now.date())
        parts.append(_("visit on {day}: {services}").format(day=day, services=owed.visit_services))
    if owed.kind is OwedKind.PROMISE:
        parts.append(wording.short_name(owed.staff_name) if owed.staff_name else _("front desk"))
    elif owed.staff_name:
        parts.append(_("about {master}").format(master=wording.short_name(owed.staff_name)))
    else:
        parts.append(_("about the salon"))
    return " · ".join(part for part in parts if part)


def _kind(kind: OwedKind) -> str:
    return _("Promise") if kind is OwedKind.PROMISE else _("Complaint")


def _done_words(owed: Owed) -> str:
    return _("The promise is kept") if owed.kind is OwedKind.PROMISE else _("Answer the complaint")
