"""Choosing a service by typing any part of its name."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app import wording
from app.language import _
from app.salon.catalogue.services import OfferedService
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.label import Label

_MOST = 9
"""So many are seen at once; the list scrolls to the others."""
_FRAME = 10


class ServicePicker(QLineEdit):
    """A field under which the matching services appear; Enter takes the first, arrows choose.

    What is typed and not chosen is no service: whoever keeps the form asks ``is_pending`` before, and shows ``notice``
    below the field.
    """

    chosen = Signal(object)
    """The ``OfferedService`` that was chosen."""
    finished = Signal()
    """Enter in the empty field: no more services."""

    def __init__(self, offered: list[OfferedService], currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = offered
        self._currency = currency
        self._hits: list[OfferedService] = []
        self.setPlaceholderText(_("Service: type a part of its name"))
        self.setAccessibleName(_("Add a service"))
        self.notice = Label("", FontRole.SECONDARY, "danger", wrap=True, parent=parent)
        """Why what is typed is no service, and what to do; hidden while nothing is wrong."""
        self.notice.hide()
        self._list: QListWidget | None = None
        self.textEdited.connect(self._search)
        self.textChanged.connect(self._say_unknown)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def offer(self, offered: list[OfferedService]) -> None:
        """Let these be chosen from now on."""
        self._offered = offered
        self._say_unknown()

    def prefer(self, staff_id: int | None) -> None:
        """Show the services of this master first."""
        self._offered = sorted(self._offered, key=lambda one: staff_id not in one.masters)

    def carry_on(self, typed: str) -> None:
        """Go on with what was typed elsewhere and not chosen there: what matches is shown."""
        self.setText(typed)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._open()

    @property
    def is_pending(self) -> bool:
        """Whether something is typed that nobody has chosen yet."""
        return bool(self.text().strip())

    @property
    def is_unknown(self) -> bool:
        """Whether nothing in the price list is called as what is typed."""
        return self.is_pending and not services_matching(self._offered, self.text())

    def ask(self) -> None:
        """Somebody wants to go on although what was typed is not chosen: say so, and lead back to it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.is_unknown:
            self._search(self.text())
            said = _("“{typed}” is not chosen yet: choose it in the list or clear the field.")
            self._say(said.format(typed=self.text().strip()))

    def _say_unknown(self) -> None:
        said = _("No service is called “{typed}”: ↓ or a click into the field shows the whole price list.")
        if not self._offered:
            said = _nothing_offered()
        self._say(said.format(typed=self.text().strip()) if self.is_unknown else "")

    def _say(self, said: str) -> None:
        if said == self.notice.text():
            return
        theme.dress(self, wrong=bool(said))
        self.notice.setText(said)
        self.notice.setVisible(bool(said))
        self.setAccessibleDescription(said)

    @property
    def matches(self) -> QListWidget:
        """The list below the field; it is made when somebody first looks for a service."""
        if self._list is None:
            self._list = self._make_list()
        return self._list

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def _make_list(self) -> QListWidget:
        made = QListWidget(self.window())
        made.setProperty("kind", "choices")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # how long it takes and what it costs is never cut
        made.setAccessibleName(_("Matching services"))
        made.hide()
        made.itemClicked.connect(self._take_item)
        # It belongs to the window, so it does not go by itself when this field goes.
        self.destroyed.connect(made.deleteLater)
        return made

    def _on_focus(self, _old: QObject | None, new: QObject | None) -> None:
        if new is not self:
            self._close()

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()

    def mousePressEvent(self, event: QEvent) -> None:  # type: ignore[override]
        """A click opens the list: all of it where nothing that matches is typed."""
        super().mousePressEvent(event)  # type: ignore[arg-type]
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list, Enter takes, Esc closes the list and only then the form."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self.is_open:
                self._open()
                return
            step = 1 if key == Qt.Key.Key_Down else -1
            self.matches.setCurrentRow((self.matches.currentRow() + step) % max(1, self.matches.count()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._enter()
        elif key == Qt.Key.Key_Escape and self.is_open:
            self._close()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.is_open and self.matches.currentRow() >= 0:
            self._take(self._hits[self.matches.currentRow()])
        elif not self.text().strip():
            self.finished.emit()

    def _open(self) -> None:
        if not self._offered:
            self._say(_nothing_offered())
        self._search("" if self.is_unknown else self.text())

    def _search(self, typed: str) -> None:
        self._hits = services_matching(self._offered, typed) if typed.strip() else self._offered
        self.matches.clear()
        for one in self._hits:
            item = QListWidgetItem(f"{one.name}   ·   {wording.duration(one.lengths.total)}{self._price(one)}")
            item.setToolTip(f"{one.category_name}: {item.text()}")
            self.matches.addItem(item)
        if not self._hits:
            self._close()
            return
        self.matches.setCurrentRow(0)
        self._place()
        self.matches.show()
        self.matches.raise_()

    def _price(self, one: OfferedService) -> str:
        return "" if one.price is None else f"   ·   {wording.money(one.price, self._currency)}"

    def _place(self) -> None:
        window = self.window()
        if self.matches.parentWidget() is not window:
            self.matches.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        self.matches.ensurePolished()
        row = self.matches.sizeHintForRow(0)
        height = min(min(len(self._hits), _MOST) * row + _FRAME, max(120, window.height() - corner.y() - 16))
        self.matches.setGeometry(corner.x(), corner.y(), self.width(), height)

    def _take_item(self, item: QListWidgetItem) -> None:
        self._take(self._hits[self.matches.row(item)])

    def _take(self, service: OfferedService) -> None:
        self._close()
        self.clear()
        self.chosen.emit(service)


def _nothing_offered() -> str:
    return _("No service can be booked yet: add services and masters in “Salon”.")


def services_matching(offered: list[OfferedService], typed: str) -> list[OfferedService]:
    """The services whose name or code contains every typed part; those that begin with it first."""
    from app.salon.clients.spelling import folded, on_russian_keys

    for reading in (folded(typed), on_russian_keys(typed)):
        parts = reading.split()
        found = [one for one in offered if all(part in folded(f"{one.name} {one.code}") for part in parts)]
        if found:
            return sorted(found, key=lambda one: not folded(one.name).startswith(reading))
    return []
