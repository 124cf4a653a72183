"""What somebody has begun in the window and not finished: kept where it can be, told of, and asked about at closing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app.errors import Gone
from app.language import _
from app.salon.clients import register
from app.ui.asking import Question
from app.ui.booking.panel import BookingPanel
from app.ui.unkept import Unkept, is_settled, said_of, shortened, typed_into

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class HalfDone(QObject):
    """Loses nothing that was typed into a window, whatever takes its place, without a word."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._begun: QWidget | None = None
        """A form that went with something in it, last; one button brings it back until the next one."""

    # ---- a form that goes ------------------------------------------------------------------------------------

    def keep(self, form: QWidget, title: str) -> bool:
        """Another content took the place of a form of the panel, or it was closed.

        What was typed into it is told, and stays; whether there was anything.
        """
        typed = [] if is_settled(form) else list(typed_into(form, lambda _part: False))
        if typed:
            self.tell(form, said_of(typed[0]), partial(self._open_again, form, title, typed[0]))
        return bool(typed)

    def tell(self, form: QWidget, what: str, take_up: Callable[[], object]) -> None:
        """A form was closed, or another one took its place, with ``what`` in it; ``take_up`` goes on with it."""
        if self._begun is not None and self._begun is not form:
            self._begun.deleteLater()
        self._begun = form
        self._window.toast.tell(
            _("Not saved. {what}").format(what=what), action=_("Go back"), act=partial(self._take_up, form, take_up)
        )

    def _take_up(self, form: QWidget, take_up: Callable[[], object]) -> None:
        if form is self._begun:
            self._begun = None
            take_up()

    def _open_again(self, form: QWidget, title: str, field: QWidget) -> None:
        self._window.panel.open(form, title)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- a window that is closed -----------------------------------------------------------------------------

    def may_be_left(self) -> bool:
        """Whether the window may be closed.

        What was typed is kept first, as far as it can be; where a large act is in its way, that is waited for. For the
        rest, and for a booking that is not finished, whoever closes it is asked once.
        """
        self._keep_typed()
        bookings, others = self._bookings(), [*self._of_cards(), *self._of_forms()]
        if not bookings and not others:
            return True
        question = Question(
            _("Close although something is not saved?") if others else _("Close although a booking is not finished?"),
            "\n".join(one.said for one in (*bookings, *others)),
            _("Close without saving") if others else _("Close without it"),
            no=_("Go back") if others else _("Go on booking"),
            takes_away=True,
        )
        is_left = self._window.desk.asker.confirm(question)
        if not is_left:
            (bookings[-1] if bookings else others[0]).come_back()
        return is_left

    def _keep_typed(self) -> None:
        """Keep what was typed into the client cards; a large act that is under way is waited for or given up."""
        card = self._window.card
        if card is None:
            return
        card.keep_typed()
        job = self._window.desk.perform.under_way
        if card.unkept and job is not None:
            from app.ui.restoring import wait_for

            wait_for(job)
            card.keep_typed()

    def _bookings(self) -> list[Unkept]:
        unfinished = self._window.unfinished
        return [Unkept(form.unfinished, partial(unfinished.resume, form)) for form in unfinished.forms]

    def _of_cards(self) -> list[Unkept]:
        """What was typed into the client cards, also into those that were left."""
        card, found = self._window.card, list[Unkept]()
        for one in () if card is None else card.unkept:
            with suppress(Gone):  # undo took the card away
                client = register.name_of(self._window.desk.salon.database, one.client_id)
                said = _("{client}, {field}: “{text}”").format(client=client, field=one.what, text=shortened(one.text))
                found.append(Unkept(said, partial(self._window.open_client, one.client_id)))
        return found

    def _of_forms(self) -> list[Unkept]:
        """What was typed or chosen in the other forms."""
        window = self._window
        fields = typed_into(window.centralWidget(), lambda part: isinstance(part, BookingPanel))
        begun = [(said_of(field), field) for field in fields]
        begun += [one for screen in window.screens.values() for one in screen.begun]
        return [Unkept(said, partial(window.come_back_to, field)) for said, field in begun]
