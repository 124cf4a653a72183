"""The small card beside a tile: who, what, how much, what to know, and the next step of the visit's life."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app import wording
from app.language import _, pgettext
from app.salon.scheduling import booking
from app.ui import shortcuts, tab_order, theme
from app.ui.calendar import menus, words
from app.ui.calendar.visit_glance import VisitGlance
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
from app.ui.widgets.card import Rule
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel, Label, breakable
from app.ui.widgets.pill import Pill
from app.ui.widgets.toast import AFLOAT
from app.vocabulary import VisitStatus

WIDTH = 416
_GAP = 10
_LINK_EDGE = 12
"""The words of a link stand under the others, not its invisible edge."""
_ENDED = frozenset({VisitStatus.COMPLETED, VisitStatus.CANCELLED, VisitStatus.NO_SHOW})


class VisitPeek(QFrame):
    """Floats over the calendar beside its tile; Esc or a click elsewhere takes it away."""

    status_wanted = Signal(object)
    cancel_wanted = Signal()
    client_wanted = Signal()
    change_wanted = Signal()
    repeat_wanted = Signal()
    series_wanted = Signal()
    dismissed = Signal()

    def __init__(self, glance: VisitGlance, now: datetime, host: QWidget) -> None:
        """From the day of the visit on, what comes next is that the client arrives."""
        super().__init__(host)
        self.glance = glance
        self._now = now
        """When it was opened (wall time)."""
        self._next: Button | None = None
        """What is meant next; None where nothing is, as with a visit that is over."""
        self.setProperty("kind", "card")
        self.setProperty(AFLOAT, "beside its tile")
        # A click on its words is no click elsewhere, nor one on the day that lies under it.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(_("Visit: {client}").format(client=self._client()))
        self.buttons: dict[VisitStatus, Button] = {}
        body = QVBoxLayout()
        body.setContentsMargins(_LINK_EDGE, 0, 0, 0)
        body.setSpacing(8)
        body.addLayout(self._head())
        body.addWidget(self._pills())
        for part in (self._services(), self._notes(), self._checklist()):
            if part is not None:
                body.addWidget(part)
        body.addSpacing(2)
        body.addWidget(self._life())
        body.addWidget(Rule())
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(18 - _LINK_EDGE, 14, 12, 10)
        column.setSpacing(4)
        column.addLayout(body)
        column.addWidget(self._links())
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(36)
        shadow.setOffset(0, 8)
        shadow.setColor(theme.current().shadow)
        self.setGraphicsEffect(shadow)

    def open_beside(self, tile: QRect, within: QRect) -> None:
        """Show it right of ``tile``, or left of it where there is no room; both in the host's pixels."""
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH))
        x = tile.right() + _GAP
        if x + WIDTH > within.right():
            x = tile.left() - _GAP - WIDTH
        x = max(within.left() + 4, min(x, within.right() - WIDTH - 4))
        y = max(within.top() + 4, min(tile.top() - 8, within.bottom() - self.height() - 4))
        self.move(x, y)
        self.show()
        self.raise_()
        self.focus_next_step()

    def focus_next_step(self) -> None:
        """Bring the keyboard to what is meant next; the second Enter on a visit that is over changes nothing of it."""
        (self._next or self._close).setFocus(Qt.FocusReason.PopupFocusReason)

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Tab stays in the card, which closes when the keyboard leaves it; Esc leads back to the visit."""
        tab_order.go(self, ahead=ahead)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _client(self) -> str:
        return wording.client_name(self.glance.client_name, self.glance.client_id)

    def _head(self) -> QHBoxLayout:
        glance = self.glance
        name = Label(breakable(self._client()), FontRole.HEADING, wrap=True)
        hours = wording.interval(glance.starts_at, glance.ends_at)
        length = wording.duration(int((glance.ends_at - glance.starts_at).total_seconds()) // 60)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(name)
        if glance.phone:
            phone = Label(wording.phone(glance.phone), FontRole.BODY, "muted")
            phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addWidget(phone)
        when = _("{day}, {hours} · {duration}").format(
            day=wording.day_and_month(glance.starts_at.date()), hours=hours, duration=length
        )
        lines.addWidget(Label(when, FontRole.BODY, "muted"))
        self._close = IconButton("x", _("Close"), key="Esc")
        self._close.clicked.connect(self.dismissed)
        row = QHBoxLayout()
        row.addLayout(lines, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _pills(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=6)
        flow.addWidget(Pill.of_status(self.glance.status))
        for kind in dict.fromkeys(alert.kind for alert in self.glance.alerts):
            flow.addWidget(Pill(wording.alert_kind(kind), words.ALERT_TONES[kind], icon="triangle-alert"))
        if self.glance.is_first_visit:
            flow.addWidget(Pill(_("first visit"), Tone.ACCENT))
        if self.glance.overbooked_reason:
            flow.addWidget(Pill(_("overbooked"), Tone.DANGER))
        for text, tone, icon in words.marks(self.glance.entry):
            flow.addWidget(Pill(text, tone, icon=icon))
        return holder

    def _services(self) -> QWidget:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 2, 6, 2)
        rows.setSpacing(6)
        several = len(self.glance.services) > 1
        for service in self.glance.services:
            said = QVBoxLayout()
            said.setSpacing(0)
            said.addWidget(Label(breakable(service.name), FontRole.STRONG, wrap=True))
            with_whom = f"{wording.clock_time(service.starts_at)} · {service.master}" if several else service.master
            said.addWidget(ElidedLabel(with_whom, FontRole.SECONDARY, "muted"))
            row = QHBoxLayout()
            row.addLayout(said, 1)
            row.addWidget(Label(self._money(service.price)), 0, Qt.AlignmentFlag.AlignTop)
            rows.addLayout(row)
        if several and self.glance.price is not None:
            total = QHBoxLayout()
            total.addWidget(Label(_("Together"), FontRole.SECONDARY, "muted"), 1)
            total.addWidget(Label(self._money(self.glance.price), FontRole.STRONG))
            rows.addLayout(total)
        return holder

    def _money(self, price: int | None) -> str:
        return "" if price is None else wording.money(price, self.glance.currency)

    def _notes(self) -> QWidget | None:
        said = [(alert.text, words.ALERT_TONES[alert.kind].value) for alert in self.glance.alerts if alert.text]
        said += [(text, "text") for text in (self.glance.comment, self.glance.wishes) if text]
        if self.glance.overbooked_reason:
            reason = _("Overbooked: {reason}").format(reason=self.glance.overbooked_reason)
            said.append((reason, "danger"))
        if not said:
            return None
        well = QFrame()
        well.setProperty("kind", "well")
        rows = QVBoxLayout(well)
        rows.setContentsMargins(12, 9, 12, 9)
        rows.setSpacing(5)
        for text, tone in said:
            rows.addWidget(Label(text, FontRole.SECONDARY, tone, wrap=True))
        return well

    def _checklist(self) -> QWidget | None:
        if not self.glance.steps:
            return None
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 6, 2)
        row.setSpacing(10)
        said = _("Checklist {done} of {steps}").format(done=self.glance.steps_done, steps=self.glance.steps)
        row.addWidget(Label(said, FontRole.SECONDARY, "muted"))
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, self.glance.steps)
        bar.setValue(self.glance.steps_done)
        bar.setAccessibleName(said)
        row.addWidget(bar, 1, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _life(self) -> QWidget:
        """The possible next statuses; the natural one first and filled."""
        holder = QWidget()
        flow = FlowLayout(holder, spacing=8)
        possible = menus.steps_from(self.glance.status, self.glance.starts_at, self._now)
        if self.glance.status not in _ENDED and VisitStatus.BOOKED in possible:
            possible.remove(VisitStatus.BOOKED)
        meant = self._meant(possible)
        if meant is not None:
            possible.remove(meant)
            possible.insert(0, meant)
        for status in possible:
            kind = PrimaryButton if status is meant else Button
            icon = words.STATUS_ICONS.get(status, "undo-2") if status is meant else ""
            button = kind(menus.verb(status, self.glance.status), icon=icon, key=menus.key_of(status))
            button.clicked.connect(partial(self._want_status, status))
            self.buttons[status] = button
            if status is meant:
                self._next = button
            flow.addWidget(button)
        if VisitStatus.CANCELLED in booking.may_follow(self.glance.status):
            button = Button(menus.verb(VisitStatus.CANCELLED), key="X")
            button.clicked.connect(self.cancel_wanted)
            self.buttons[VisitStatus.CANCELLED] = button
            flow.addWidget(button)
        return holder

    def _want_status(self, status: VisitStatus, _checked: bool = False) -> None:
        self.status_wanted.emit(status)

    def _meant(self, possible: list[VisitStatus]) -> VisitStatus | None:
        is_ahead = self.glance.starts_at.date() > self._now.date()
        natural = {
            VisitStatus.BOOKED: VisitStatus.CONFIRMED if is_ahead else VisitStatus.ARRIVED,
            VisitStatus.CONFIRMED: VisitStatus.ARRIVED,
            VisitStatus.ARRIVED: VisitStatus.IN_SERVICE,
            VisitStatus.IN_SERVICE: VisitStatus.COMPLETED,
        }.get(self.glance.status)
        return natural if natural in possible else None

    def _links(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, spacing=0)
        if words.has_way_to_card(self.glance.entry):
            self.card_link = QuietButton(
                pgettext("link", "Card") if self.glance.client_id is not None else _("Who was it?")
            )
            self.card_link.clicked.connect(self.client_wanted)
            row.addWidget(self.card_link)
        if booking.is_movable(self.glance.status):
            self.change_link = QuietButton(_("Change"))
            self.change_link.clicked.connect(self.change_wanted)
            row.addWidget(self.change_link)
        self.repeat_link = QuietButton(pgettext("a visit once more", "Book again"))
        self.repeat_link.clicked.connect(self.repeat_wanted)
        row.addWidget(self.repeat_link)
        self.series_link = QuietButton(
            pgettext("link", "Series") if self.glance.is_in_series else pgettext("link", "Repeat")
        )
        self.series_link.set_tip("", shortcuts.shown(Key.SERIES))
        self.series_link.clicked.connect(self.series_wanted)
        row.addWidget(self.series_link)
        return holder
