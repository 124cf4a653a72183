"""The small card beside a visit: when it opens, where it stands, when it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMetaObject, QObject, QRect, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.salon.scheduling.agenda import AgendaEntry
from app.salon.transaction import Salon
from app.ui.calendar.tracks import Sheet

if TYPE_CHECKING:
    from app.ui.calendar.visit_peek import VisitPeek


class Peeking(QObject):
    """At most one small card is open; it goes when the keyboard or a click goes elsewhere."""

    opened = Signal(object, object)
    """The ``VisitPeek`` before it is shown, and its ``AgendaEntry``."""
    moved = Signal()
    """The card has come or gone: what floats there makes way."""
    dismissed = Signal()
    """Somebody has closed it: the keyboard goes back to what lies under it."""

    def __init__(self, salon: Salon, host: QWidget) -> None:
        super().__init__(host)
        self._salon = salon
        self._host = host
        self.card: VisitPeek | None = None
        self._followed: QMetaObject.Connection | None = None
        """To where the keyboard goes, while a card is open."""

    def open(self, sheet: Sheet, entry: AgendaEntry, beside: QRect) -> None:
        """Show a visit at a glance; ``beside`` is its place in the host. Raises Gone."""
        from app.ui.calendar import visit_glance
        from app.ui.calendar.visit_peek import VisitPeek

        self.close()
        glance = visit_glance.read(self._salon, sheet, entry)
        card = VisitPeek(glance, self._salon.wall_now(), self._host)
        card.dismissed.connect(self.dismiss)
        self.card = card
        self.opened.emit(card, entry)
        self._followed = _application().focusChanged.connect(self._on_focus)
        card.open_beside(beside, self._host.rect())
        self.moved.emit()

    def close(self) -> None:
        """Take the small card away."""
        if self.card is None:
            return
        card, self.card = self.card, None
        if self._followed is not None:
            QObject.disconnect(self._followed)
        card.hide()
        card.deleteLater()
        self.moved.emit()

    def dismiss(self) -> None:
        """Take it away on somebody's wish."""
        self.close()
        self.dismissed.emit()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.card is not None and now is not None and now is not self.card and not self.card.isAncestorOf(now):
            self.close()


def _application() -> QApplication:
    return cast(QApplication, QApplication.instance())
