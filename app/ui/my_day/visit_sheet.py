"""An opened visit: what must be known, what was done last time, and the checklist in its three stages."""

from datetime import datetime
from itertools import groupby

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.clock import wall_time
from app.language import _
from app.salon.checklists.steps import Step
from app.salon.clients.card import CardAlert
from app.salon.scheduling.my_day import MyVisit
from app.ui import icons, shortcuts, theme
from app.ui.my_day import words
from app.ui.my_day.step_row import StepRow
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import IconButton, PrimaryButton
from app.ui.widgets.card import Rule
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.pill import Pill
from app.ui.widgets.scroll_page import ScrollPage

_SIDE = 20


class VisitSheet(QFrame):
    """Shows one visit; ticks and the button are wishes of the person, carried out by the screen."""

    ticked = Signal(int, bool)
    status_wanted = Signal(object)
    """The ``VisitStatus`` to which the visit is to go."""
    client_wanted = Signal(int)
    left = Signal()
    """The keyboard goes back to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._visit: MyVisit | None = None
        self._rows: dict[int, StepRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_head())
        column.addWidget(self._build_body(), 1)
        column.addWidget(Rule())
        column.addLayout(self._build_foot())

    # ---- building --------------------------------------------------------------------------------------------

    def _build_head(self) -> QVBoxLayout:
        self._name = ElidedLabel("", FontRole.TITLE)
        self._pill = Pill()
        self.card_button = IconButton("user-round", _("Open the card"), parent=self)
        self.card_button.clicked.connect(self._open_card)
        self._hours = ElidedLabel("", FontRole.BODY, "muted")
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._name, 1)
        first.addWidget(self._pill)
        first.addWidget(self.card_button)
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 14, 14, 10)
        head.setSpacing(0)
        head.addLayout(first)
        head.addWidget(self._hours)
        return head

    def _build_body(self) -> ScrollPage:
        self._scroll = ScrollPage(self)
        content = self._scroll.content
        column = QVBoxLayout(content)
        column.setContentsMargins(_SIDE, 0, 14, 14)
        column.setSpacing(8)
        self._alerts = QVBoxLayout()
        self._alerts.setSpacing(6)
        self.wishes = _Fact("coffee", _("Wishes"), content)
        self.not_asked = _Fact("message-circle", _("Not asked yet"), content)
        self.last_time = _Fact("history", _("Last time"), content)
        self.formula = _Fact("repeat", _("Formula"), content)
        self.comment = _Fact("file-text", _("For this visit"), content)
        self.notes = _Fact("info", _("Notes"), content)
        self.together = _Fact("users", _("Together with"), content)
        column.addLayout(self._alerts)
        for fact in (
            self.wishes,
            self.last_time,
            self.formula,
            self.comment,
            self.notes,
            self.together,
            self.not_asked,
        ):
            column.addWidget(fact)
        self._checklist = QVBoxLayout()
        self._checklist.setSpacing(0)
        column.addLayout(self._checklist)
        self._no_steps = Label(_("This service has no checklist."), FontRole.BODY, "muted")
        column.addSpacing(4)
        column.addWidget(self._no_steps)
        column.addStretch(1)
        return self._scroll

    def _build_foot(self) -> QHBoxLayout:
        self._progress = Label("", FontRole.STRONG)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self.button = PrimaryButton("", parent=self)
        self.button.clicked.connect(self._wish_status)
        foot = QHBoxLayout()
        foot.setContentsMargins(_SIDE, 12, 14, 12)
        foot.setSpacing(12)
        foot.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._progress)
        foot.addStretch(1)
        foot.addWidget(self.button)
        return foot

    # ---- showing ---------------------------------------------------------------------------------------------

    @property
    def visit(self) -> MyVisit | None:
        """The visit that is shown."""
        return self._visit

    @property
    def progress(self) -> str:
        """How much of the checklist is done, as it is shown."""
        return self._progress.text()

    def steps(self) -> list[StepRow]:
        """The steps from top to bottom."""
        return list(self._rows.values())

    def show_visit(self, visit: MyVisit, now: datetime, zone: str) -> None:
        """Show ``visit``; when it was shown already, what is in sight and the focus stay."""
        is_other = self._visit is None or self._visit.visit_id != visit.visit_id
        self._visit = visit
        self.setAccessibleName(words.client(visit))
        self._name.setText(words.client(visit))
        self._hours.setText(f"{words.hours(visit)} · {words.services(visit)}")
        self._pill.set_status(visit.status)
        self.card_button.setVisible(visit.client_id is not None)
        self._show_facts(visit, now)
        self._show_steps(visit, zone)
        self._show_foot(visit)
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def focus_steps(self) -> None:
        """Bring the keyboard to the first open step, or to the button."""
        rows = self.steps()
        goal: QWidget = next((row for row in rows if not row.isChecked()), rows[0] if rows else self.button)
        goal.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_facts(self, visit: MyVisit, now: datetime) -> None:
        _clear(self._alerts)
        for alert in visit.alerts:
            self._alerts.addWidget(Banner(_alert(alert), Tone.DANGER, parent=self._scroll.content))
        self.wishes.say(visit.wishes or " · ".join(visit.told))
        self.wishes.add(" · ".join(visit.told) if visit.wishes else "")
        self.not_asked.say(wording.questions(visit.not_asked, 3))
        last = visit.last_time
        self.last_time.say(words.last_time(last, now.date()) if last else _("First visit") if visit.is_first else "")
        self.last_time.add(last.comment if last else "")
        self.formula.say(words.formula(visit.formula) if visit.formula else "")
        self.comment.say(visit.comment)
        self.notes.say(visit.notes)
        self.together.say(wording.listed(visit.with_masters))

    def _show_steps(self, visit: MyVisit, zone: str) -> None:
        before, self._rows = self._rows, {}
        _clear(self._checklist, keep=StepRow)
        several = len({step.booked_id for step in visit.steps}) > 1
        names = {service.booked_id: service.name for service in visit.services}
        for stage, group in groupby(visit.steps, key=lambda step: step.stage):
            steps = list(group)
            done = sum(step.done_at is not None for step in steps)
            self._checklist.addWidget(_StageHead(wording.stage(stage), done, len(steps)))
            for booked, mine in groupby(steps, key=lambda step: step.booked_id):
                if several:
                    self._checklist.addWidget(Label(names[booked], FontRole.SMALL, "muted"))
                for step in mine:
                    row = self._step_row(step, before, zone)
                    self._checklist.addWidget(row)
                    row.show()  # at once, so that the keyboard can go there
        for gone in before.values():
            gone.hide()
            gone.deleteLater()
        self._no_steps.setVisible(not visit.steps)

    def _step_row(self, step: Step, before: dict[int, StepRow], zone: str) -> StepRow:
        row = before.pop(step.step_id, None)
        if row is None:
            row = StepRow(self._scroll.content)
            row.ticked.connect(self.ticked)
            row.walked.connect(self._walk)
            row.left.connect(self.left)
        row.show_step(step, None if step.done_at is None else wall_time(step.done_at, zone))
        self._rows[step.step_id] = row
        return row

    def _show_foot(self, visit: MyVisit) -> None:
        self._progress.setText(words.progress(visit))
        self._bar.setVisible(bool(visit.steps))
        self._bar.setRange(0, max(len(visit.steps), 1))
        self._bar.setValue(visit.done_steps)
        self._bar.setAccessibleName(_("Checklist: {progress}").format(progress=words.progress(visit)))
        following = words.next_step_of_life(visit.status)
        self.button.setVisible(following is not None)
        if following is not None:
            self.button.setText(following[1])
            self.button.set_tip(following[1], shortcuts.shown(Key.NEXT_STATUS))

    # ---- acting ----------------------------------------------------------------------------------------------

    def _open_card(self) -> None:
        if self._visit is not None and self._visit.client_id is not None:
            self.client_wanted.emit(self._visit.client_id)

    def _wish_status(self) -> None:
        following = None if self._visit is None else words.next_step_of_life(self._visit.status)
        if following is not None:
            self.status_wanted.emit(following[0])

    def _walk(self, step: int) -> None:
        rows = self.steps()
        place = next((place for place, row in enumerate(rows) if row.hasFocus()), None)
        if place is None or place + step < 0:
            return
        goal: QWidget = rows[place + step] if place + step < len(rows) else self.button
        goal.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(goal, StepRow):
            self._scroll.ensureWidgetVisible(goal, 0, 40)


class _StageHead(QWidget):
    """The name of a stage and how much of it is done."""

    def __init__(self, name: str, done: int, count: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 14, 0, 4)
        row.setSpacing(8)
        row.addWidget(Label(name, FontRole.HEADING))
        row.addWidget(Label(_("{done} of {all}").format(done=done, all=count), FontRole.SECONDARY, "muted"))
        row.addStretch(1)


class _Fact(QWidget):
    """An icon, a word and what there is to know; hidden when there is nothing."""

    def __init__(self, icon: str, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._text = Label("", FontRole.BODY, wrap=True)
        self._more = Label("", FontRole.BODY, "muted", wrap=True)
        for label in (self._text, self._more):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        caption_label = Label(caption, FontRole.SECONDARY, "muted")
        caption_label.setFixedWidth(112)
        words_column = QVBoxLayout()
        words_column.setSpacing(2)
        words_column.addWidget(self._text)
        words_column.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(caption_label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words_column, 1)
        self._more.hide()
        self.hide()

    @property
    def text(self) -> str:
        """What there is to know."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show ``text``."""
        self._text.setText(text)
        self.setVisible(bool(text))

    def add(self, text: str) -> None:
        """A quieter second line."""
        self._more.setText(text)
        self._more.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        mark = icons.pixmap(self._icon_name, theme.current().muted, 16, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPointF(2, 3), mark)


def _alert(alert: CardAlert) -> str:
    kind = wording.alert_kind(alert.kind)
    if alert.text.casefold().startswith(kind.casefold()):
        return alert.text
    return _("{kind}: {text}").format(kind=kind[:1].upper() + kind[1:], text=alert.text)


def _clear(layout: QVBoxLayout, keep: type[QWidget] | None = None) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None and not (keep is not None and isinstance(widget, keep)):
            widget.hide()
            widget.deleteLater()
