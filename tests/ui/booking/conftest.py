"""The booking form over the small salon, with what it told."""

import pytest
from pytestqt.qtbot import QtBot

from app.ui.booking.panel import BookingPanel
from app.ui.wishes import BookingSeed
from tests.builders import at
from tests.typing_keys import Keyboard
from tests.ui.conftest import Counter, Window


class Opened:
    """Opens forms and keeps what they told."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self._qtbot = qtbot
        self.counter = counter
        self.small = counter.small
        self.booked: list[int] = []
        self.closed = 0

    def form(self, seed: BookingSeed) -> BookingPanel:
        """A form on the screen, with the cursor in it."""
        form = BookingPanel(self.counter.desk, seed)
        window = Window(form)
        self._qtbot.addWidget(window)
        form.booked.connect(self._note)
        form.closed.connect(self._close)
        window.resize(400, 760)
        with self._qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        form.focus_first()
        return form

    def keys(self, seed: BookingSeed) -> tuple[BookingPanel, Keyboard]:
        """A form and the keyboard before it."""
        form = self.form(seed)
        return form, Keyboard(form)

    def regular(self, name: str = "Анна Щёлкина", phone: str = "8 912 345-67-89") -> int:
        """A client whose nails Olga did twice, on Tuesdays at 15:30, in 75 minutes; the last time a week ago."""
        anna = self.small.client(name, phone)
        for days in (28, 7):
            self.small.complete(self.small.book(at(15, 30, days=-days), anna, minutes=75))
        return anna

    def _note(self, visit_id: int, _day: object) -> None:
        self.booked.append(visit_id)

    def _close(self) -> None:
        self.closed += 1


def said(form: BookingPanel) -> str:
    """The sentence to say back, with ordinary spaces; empty before it is booked."""
    return "" if form.said_page is None else form.said_page.sentence.text().replace("\u00a0", " ")


@pytest.fixture
def opened(qtbot: QtBot, counter: Counter) -> Opened:
    """The form can be opened for a story."""
    return Opened(qtbot, counter)
