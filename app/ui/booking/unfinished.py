"""Bookings that somebody began and had to leave: another caller came first, or the panel was closed by mistake.

They stay as they were left while the program runs, and nowhere else: nothing of a client is written anywhere.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMargins, QObject, QPoint, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.changes import Changes
from app.ui import shortcuts
from app.ui.booking.panel import BookingPanel
from app.ui.change_feed import ChangeFeed
from app.ui.shortcuts import Key
from app.ui.widgets.buttons import IconButton, QuietButton
from app.ui.widgets.foot_strip import FootStrip
from app.ui.widgets.menu import Menu
from app.ui.widgets.side_panel import SidePanel
from app.ui.widgets.toast import Toast
from app.vocabulary import Topic


class Unfinished(QObject):
    """Shows booking forms in the panel and keeps those that were left half-filled."""

    def __init__(self, feed: ChangeFeed, panel: SidePanel, toast: Toast, foot: QVBoxLayout, parent: QWidget) -> None:
        """``foot`` is where the strip of what is not finished stands, below every screen."""
        super().__init__(parent)
        self._panel = panel
        self._toast = toast
        self._foot = foot
        self._left: list[BookingPanel] = []
        """The last one that was left comes last."""
        self._closed: BookingPanel | None = None
        """What somebody closed on purpose, last; it is offered once and can be fetched until the next one."""
        self._offer: partial[None] | None = None
        """What the toast about the closed one offers."""
        self.strip: UnfinishedStrip | None = None
        """Once there is something to go on with."""
        self.menu: Menu | None = None
        panel.left.connect(self._on_left)
        feed.changed.connect(self._on_changed)

    def show(self, form: BookingPanel) -> None:
        """Show a form in the panel; it stays when it is left half-filled."""
        self._panel.open(form, form.title, keep=True)
        self._offer_again(form.subject)

    @property
    def forms(self) -> tuple[BookingPanel, ...]:
        """What is not finished, the open one last."""
        shown = self._panel.content
        is_begun = isinstance(shown, BookingPanel) and shown.is_begun
        return (*self._left, shown) if is_begun and isinstance(shown, BookingPanel) else tuple(self._left)

    def of_client(self, client_id: int) -> BookingPanel | None:
        """What was begun for a client who calls again."""
        return next((form for form in reversed(self.forms) if form.client.client_id == client_id), None)

    def goes_on_with(self, client_id: int | None) -> bool:
        """Go on with a new visit that was begun for a client and waits, where there is one.

        It takes the place of a form in which nothing but the same client was chosen. One that was closed on purpose
        is offered only.
        """
        waiting = (form for form in reversed(self._left) if form.is_new_visit and form.client.client_id == client_id)
        begun, shown = next(waiting, None), self._panel.content
        if begun is None:
            self._offer_again((None, client_id))
            return False
        if isinstance(shown, BookingPanel) and shown.is_only_client:
            shown.settle()
        self.resume(begun)
        return True

    def goes_on_in(self, *ends: SignalInstance) -> None:
        """What was left last goes on in what has taken its place: with one of its ``ends`` it is not unfinished.

        Those who come together are known to the form alone, so it waits for whoever brings company.
        """
        if self._left and not self._left[-1].is_group:
            for end in ends:
                end.connect(partial(self._settle, self._left[-1]))

    def _settle(self, form: BookingPanel, _how: object = None) -> None:
        if form in self._left:
            self._left.remove(form)
            form.deleteLater()
            self._say()
        shown = self._panel.content
        if isinstance(shown, BookingPanel):
            shown.carry_on()

    @property
    def is_something_left(self) -> bool:
        """Whether there is something to go on with."""
        return bool(self._left) or self._closed is not None

    def go_on(self) -> None:
        """Go on with what was left; which one is asked where there are several."""
        if len(self._left) > 1 and self.strip is not None:
            self._open_menu(self.strip.go_on.mapToGlobal(QPoint(0, 0)))
        elif self._left:
            self.resume(self._left[-1])
        elif self._closed is not None:
            self.resume(self._closed)

    def resume(self, form: BookingPanel) -> None:
        """Show a form as it was left; what is open and half-filled waits in its stead."""
        if form in self._left:
            self._left.remove(form)
        if form is self._closed:
            self._closed = None
            if self._offer is not None and self._toast.offers(self._offer):
                self._toast.dismiss()  # it is gone on with
        self.show(form)
        self._say()
        form.take_up()

    def give_up(self) -> None:
        """Do not go on with the one that is named; one key or button still brings it back."""
        if self._left:
            form = self._left.pop()
            self._say()
            self._close(form)

    def _on_left(self, content: object, is_replaced: bool) -> None:
        if not isinstance(content, BookingPanel):
            return
        if not content.is_begun:
            content.deleteLater()
        elif is_replaced:
            self._left.append(content)
            self._say()
        else:
            self._close(content)

    def _close(self, form: BookingPanel) -> None:
        if self._closed is not None:
            self._closed.deleteLater()
        self._closed = form
        self._tell_closed(form)

    def _offer_again(self, subject: tuple[int | None, int | None]) -> None:
        """Whoever closed a booking by mistake begins anew for the same client: then the mouse finds it again."""
        closed = self._closed
        is_said = self._offer is not None and self._toast.offers(self._offer)
        if closed is not None and closed.subject == subject and not is_said:
            self._tell_closed(closed)

    def _tell_closed(self, form: BookingPanel) -> None:
        self._offer = partial(self._reopen, form)
        self._toast.tell(form.unfinished, action=_("Continue"), act=self._offer)

    def _reopen(self, form: BookingPanel) -> None:
        if form is self._closed:
            self.resume(form)

    def _on_changed(self, changes: Changes) -> None:
        """Who is forgotten is not named any more, here as anywhere."""
        if self._left and changes.concerns(Topic.CLIENTS):
            self._say()

    def _say(self) -> None:
        if not self._left:
            if self.strip is not None:
                self.strip.hide()
            return
        if self.strip is None:
            self.strip = UnfinishedStrip()
            self.strip.go_on_wanted.connect(self.go_on)
            self.strip.drop_wanted.connect(self.give_up)
            self._foot.addWidget(self.strip)
        self.strip.say_left(self._left[-1].unfinished, len(self._left) - 1)

    def _open_menu(self, place: QPoint) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = Menu(_("Unfinished bookings"), self._panel)
        for form in reversed(self._left):
            self.menu.addAction(form.unfinished_for).triggered.connect(partial(self._take, form))
        self.menu.popup(place - QPoint(0, self.menu.sizeHint().height()))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _take(self, form: BookingPanel, _checked: bool = False) -> None:
        self.resume(form)


class UnfinishedStrip(FootStrip):
    """Which booking was left, and the way back to it."""

    def __init__(self) -> None:
        super().__init__(
            QuietButton(_("Continue"), key=shortcuts.shown(Key.GO_ON_BOOKING)),
            IconButton("x", _("Do not continue")),
            QMargins(24, 6, 16, 6),
        )

    def say_left(self, sentence: str, more: int) -> None:
        """Say which booking was left last, and how many ``more`` were."""
        others = ngettext("and {n} more", "and {n} more", more).format(n=wording.number(more)) if more else ""
        self.say(f"{sentence} {others}".rstrip())
