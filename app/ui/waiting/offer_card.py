"""A place has become free, and who waits for it: a strip at the foot tells it, and opens into a card in the corner.

The strip comes by itself, takes no focus and stands over nothing. The card covers tiles, so it opens only when it is
wanted, and folds into the strip as soon as somebody goes on elsewhere.
"""

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.language import _, ngettext, pgettext
from app.salon.scheduling import waiting_words, waitlist
from app.salon.scheduling.freed_time import Freed
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.wait_matches import Match
from app.ui import shortcuts, theme
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.waiting.acts import WaitingActs
from app.ui.waiting.offers import HeldOffer, OfferDesk, Offers
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
from app.ui.widgets.card import Rule
from app.ui.widgets.foot_strip import FootStrip
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.toast import AFLOAT

WIDTH = 488
_MOST = 3
_NAMED = 2
_ABOVE = 16
_SIDE = 24


class OfferStrip(FootStrip):
    """What became free and who waits for it, in one line; going on proposes it, dropping says "not now"."""

    def __init__(self) -> None:
        super().__init__(
            QuietButton(pgettext("place", "Propose"), key=shortcuts.shown(Key.OFFER)),
            IconButton("x", _("Not now")),
            QMargins(24, 6, 16, 6),
        )


class OfferCard(QFrame):
    """Shows ``Offers`` when somebody wants to propose them. The key that opens it brings the focus here; Esc says
    "not now", and whoever goes on elsewhere finds it folded into its strip."""

    list_wanted = Signal()
    """Somebody wants to see the whole list."""
    booked = Signal(int, object)
    """A visit was booked: its id and its day."""

    def __init__(self, desk: Desk, offers: OfferDesk, host: QWidget, foot: QVBoxLayout) -> None:
        """``host`` is the window over which the card floats; ``foot`` is where its strip stands, below every screen."""
        super().__init__(host)
        self.strip = OfferStrip()
        self.strip.go_on_wanted.connect(self.take_focus)
        self.strip.drop_wanted.connect(self.dismiss)
        foot.addWidget(self.strip)
        self._desk, self._offers, self._host = desk, offers, host
        self._acts = WaitingActs(desk)
        self._came_from: QWidget | None = None
        self.setProperty("kind", "card")
        self.setProperty(AFLOAT, "over the window")
        self.setFixedWidth(WIDTH)
        self._heading = Label("", FontRole.HEADING, wrap=True)
        later = IconButton("x", _("Not now"), key=shortcuts.shown(Key.BACK))
        later.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._heading, 1)
        head.addWidget(later, 0, Qt.AlignmentFlag.AlignTop)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._more = QuietButton("")
        self._more.clicked.connect(self.list_wanted)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 14, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(32)
        self._shadow.setOffset(0, 8)
        self.setGraphicsEffect(self._shadow)
        offers.changed.connect(self.show_offers)
        host.installEventFilter(self)
        self._is_refilled = False
        """While its rows are made anew the focus wanders: nobody has left it."""
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus)
        self.hide()

    # ---- showing ---------------------------------------------------------------------------------------------

    def show_offers(self, offers: Offers) -> None:
        """Tell who could take what is free, or go when there is nobody."""
        focused = QApplication.focusWidget()
        held_focus = focused is not None and self.isAncestorOf(focused)
        self._is_refilled = True
        self._clear_rows()
        if offers.is_empty:
            self.strip.hide()
            self.hide()
            if held_focus:
                self._give_focus_back()
        else:
            self._fill(offers)
            self.strip.say(self._told(offers))
            if held_focus:
                self._focus_first()
        self._is_refilled = False

    def _fill(self, offers: Offers) -> None:
        self._heading.setText(self._said(offers))
        for held in offers.held:
            self._add(self._held_row(held))
        names, shown = self._acts.names(), offers.matches[:_MOST]
        salon = self._desk.salon
        clients = [match.waiting.client_id for match in shown]
        ahead = waitlist.visits_ahead(salon.database, clients, salon.wall_now())
        for number, match in enumerate(shown):
            why = waiting_words.why(match, salon.wall_now(), ahead.get(match.waiting.client_id))
            self._add(self._match_row(match, why, names, is_first=number == 0 and not offers.held))
        left = len(offers.matches) - _MOST
        self._more.setText(
            ngettext("{n} more waits: open the list", "{n} more wait: open the list", max(left, 0)).format(
                n=wording.number(max(left, 0))
            )
        )
        self._more.setVisible(left > 0)
        self._shadow.setColor(theme.current().shadow)
        self.setAccessibleName(self._heading.text())
        if not self.isHidden():
            self.place()

    def place(self) -> None:
        """Stand in the lower right of what is not the panel, above the strip."""
        for row in self.findChildren(_Row):
            row.ensurePolished()
        self._column.invalidate()
        self._column.activate()
        self.resize(WIDTH, self._column.totalHeightForWidth(WIDTH))
        panel = getattr(self._host, "panel", None)
        right = self._host.width() - (panel.width() if panel is not None and panel.isVisible() else 0)
        foot = self.strip.mapTo(self._host, QPoint(0, 0)).y()
        self.move(max(_SIDE, right - WIDTH - _SIDE), max(_SIDE, foot - self.height() - _ABOVE))

    @property
    def is_offering(self) -> bool:
        """Whether there is something to propose, be the card open or not."""
        return not self.strip.isHidden()

    def take_focus(self) -> None:
        """Open, and bring the keyboard here, if there is something to propose."""
        if not self.is_offering:
            return
        if self.isHidden():
            focused = QApplication.focusWidget()
            self._came_from = None if focused is not None and self.strip.isAncestorOf(focused) else focused
            self.show()
            self.place()
            self.raise_()
        self._focus_first()

    def dismiss(self) -> None:
        """Nobody is wanted now; what was proposed is not proposed again."""
        self._offers.dismiss()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Somebody goes on elsewhere in the window: the card is in nobody's way."""
        left = now is not None and not self.isAncestorOf(now) and self._host.isAncestorOf(now)
        if left and not self._is_refilled and not self.isHidden():
            self.hide()

    def _focus_first(self) -> None:
        button = next((one for one in self.findChildren(PrimaryButton) if one.isVisibleTo(self)), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _give_focus_back(self) -> None:
        came_from, self._came_from = self._came_from, None
        goal = came_from if came_from is not None and came_from.isVisible() else self._host
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self, offers: Offers) -> str:
        """All of it in one line: what became free and who waits for it, how long already, or for whom it is held."""
        if not offers.freed:
            said = _("A place is held until {time}: {client}")
            held = offers.held[0]
            return said.format(time=wording.clock_time(held.until), client=held.match.waiting.client_name)
        now = self._desk.salon.wall_now()
        first = [match.waiting for match in offers.matches[:_NAMED]]
        names = [f"{one.client_name} ({waiting_words.waits(one.since, now)})" for one in first]
        is_all = len(offers.matches) <= _NAMED
        named = wording.listed(names) if is_all else _("{names} and others").format(names=", ".join(names))
        return f"{self._said(offers)} · " + _("suits {names}").format(names=named)

    def _said(self, offers: Offers) -> str:
        today = self._desk.salon.today()
        if not offers.freed:
            return _("A place is held")
        first = _proposed(offers)
        day = first.interval.starts_at.date()
        when = wording.relative_day(day, today) if (day - today).days < 2 else wording.weekday_and_date(day, today)
        said = _("Just freed up: {day}, {hours}, {master}").format(
            day=when,
            hours=wording.interval(first.interval.starts_at, first.interval.ends_at),
            master=wording.short_name(first.staff_name),
        )
        others = len(offers.freed) - 1
        if not others:
            return said
        more = ngettext("and {n} more place", "and {n} more places", others).format(n=wording.number(others))
        return f"{said} {more}"

    # ---- rows ------------------------------------------------------------------------------------------------

    def _match_row(self, match: Match, why: str, names: dict[int, str], *, is_first: bool) -> QWidget:
        today = self._desk.salon.today()
        name = match.waiting.client_name
        minutes = wording.duration(self._desk.salon.profile.hold_minutes)
        text = _("Book for {time}").format(time=wording.clock_time(match.place.starts_at))
        book = PrimaryButton(text) if is_first else Button(text)
        book.setAccessibleName(f"{name}: {text}")
        book.set_tip(waiting_words.proposal(match.place, names, today))
        book.clicked.connect(partial(self._book, match))
        tip = _("Hold the place for {minutes} and call").format(minutes=minutes)
        hold = Button(_("Hold and call"), icon="phone", tip=tip) if is_first else IconButton("phone", tip)
        hold.setAccessibleName(f"{name}: {tip}")
        hold.clicked.connect(partial(self._hold, match))
        write = IconButton("message-circle", _("Write to {client}").format(client=name))
        write.clicked.connect(partial(self._write, match))
        return _Row(name, why, (book, hold, write), is_wide=is_first)

    def _held_row(self, held: HeldOffer) -> QWidget:
        waiting = held.match.waiting
        facts = [_("held until {time}").format(time=wording.clock_time(held.until))]
        if waiting.phone:
            facts.append(wording.phone(waiting.phone))
        when = waiting_words.proposal(held.match.place, self._acts.names(), self._desk.salon.today())
        book = PrimaryButton(_("Book"))
        book.setAccessibleName(_("Book {client}").format(client=waiting.client_name))
        book.clicked.connect(partial(self._book, held.match))
        release = Button(_("Does not suit"), tip=_("Give the place back and propose it to the next"))
        release.clicked.connect(partial(self._release, held))
        write = IconButton("message-circle", _("Write to {client}").format(client=waiting.client_name))
        write.clicked.connect(partial(self._write, held.match))
        return _Row(waiting.client_name, f"{when}: {', '.join(facts)}", (book, release, write), is_wide=True)

    def _add(self, row: QWidget) -> None:
        if self._rows.count():
            rule = Rule()
            self._rows.addWidget(rule)
            rule.show()
        self._rows.addWidget(row)
        row.show()

    def _clear_rows(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    # ---- acts ------------------------------------------------------------------------------------------------

    def _book(self, match: Match, _checked: bool = False) -> None:
        visit_id = self._acts.book(match)
        if visit_id is not None:
            self.booked.emit(visit_id, match.place.starts_at.date())

    def _hold(self, match: Match, _checked: bool = False) -> None:
        hold_id = self._acts.hold(match)
        if hold_id is not None:
            self._offers.note_held(hold_id, match)
            self._acts.call(match.waiting)

    def _release(self, held: HeldOffer, _checked: bool = False) -> None:
        self._offers.note_refused(held.match)
        self._acts.release(held.hold_id)

    def _write(self, match: Match, _checked: bool = False) -> None:
        self._acts.write(match)

    # ---- keys and place --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc says "not now"; Enter presses the button that has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = QApplication.focusWidget()
            if isinstance(focused, Button) and self.isAncestorOf(focused):
                focused.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place in the corner when the window changes its size or its panel."""
        kinds = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if watched is self._host and event.type() in kinds and not self.isHidden():
            self.place()
        return super().eventFilter(watched, event)


def _proposed(offers: Offers) -> Freed:
    """The freed time that the first proposal uses: the card speaks of it, whatever else became free."""
    for match in offers.matches[:1]:
        place = Interval(match.place.starts_at, match.place.ends_at)
        for freed in offers.freed:
            if freed.staff_id in match.place.staff_ids and freed.interval.overlaps(place):
                return freed
    return offers.freed[0]


class _Row(QWidget):
    """Who, why, and what can be done: below the words where there is much to say, beside them otherwise."""

    def __init__(self, name: str, why: str, buttons: Sequence[Button], *, is_wide: bool) -> None:
        super().__init__()
        self.setAccessibleName(f"{name}: {why}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(name, FontRole.STRONG))
        words.addWidget(Label(why, FontRole.SECONDARY, "muted", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(8)
        whole: QBoxLayout
        if is_wide:
            whole = QVBoxLayout(self)
            whole.setSpacing(10)
            whole.addLayout(words)
            whole.addLayout(line)
        else:
            whole = QHBoxLayout(self)
            whole.setSpacing(12)
            whole.addLayout(words, 1)
            whole.addLayout(line)
        whole.setContentsMargins(0, 0, 0, 0)
        for button in buttons:
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        if is_wide:
            line.addStretch(1)
