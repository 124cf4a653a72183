"""Finding a client while typing: any part of a phone or a name, then Enter."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.clients.finder import Answer
from app.salon.clients.spelling import as_meant
from app.ui import shortcuts
from app.ui.shortcuts import Key
from app.ui.widgets.client_hits import Hit, HitList, worded
from app.ui.widgets.search_field import SearchField

_NARROWEST = 352
_GAP = 6
_PAGE = 5

Find = Callable[[str], Answer]
Learn = Callable[[], bool]
"""Reads a piece of what the next keys go by; False when nothing is left to read."""


class ClientSearch(QWidget):
    """A search field with the found clients under it; the first is current, so that Enter takes it.

    The list floats over the window and never takes the focus. Before anything is typed it shows who came last.
    """

    chosen = Signal(int)
    """The id of the client that is meant."""
    new_wanted = Signal(str)
    """A new card is wanted, with what was typed (a wrong keyboard layout is put right where it found somebody)."""
    dismissed = Signal()
    """Esc, or a click elsewhere: nobody was meant."""
    walk_in_wanted = Signal()
    """Somebody without a card is meant."""
    escaped = Signal()
    """Esc in the empty field."""

    def __init__(
        self,
        find: Find,
        today: date,
        parent: QWidget | None = None,
        *,
        learn: Learn | None = None,
        shortcut: str = "",
        has_walk_in: bool = False,
    ) -> None:
        """``find`` reads the salon for what was typed; ``shortcut`` is shown in the empty field.

        ``learn`` reads what the next keys go by, a piece each time, while nobody types.
        ``has_walk_in``: somebody without a card may be meant too.
        """
        super().__init__(parent)
        self._find = find
        self._today = today
        self._is_clearing = False
        self._meant = ""
        self.field = SearchField(_("Client: phone or name"), shortcut=shortcut, parent=self)
        self.field.textChanged.connect(self._typed)
        self.field.entered.connect(self._enter)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self._has_walk_in = has_walk_in
        self._hits: HitList | None = None
        self._learn = learn
        self._learning = QTimer(self)  # of no length: a piece is read whenever there is nothing else to do
        self._learning.timeout.connect(self._learn_a_piece)

    # ---- what others may ask ---------------------------------------------------------------------------------

    @property
    def hits(self) -> HitList:
        """The list; it is made when somebody first looks for a client."""
        if self._hits is None:
            self._hits = self._make_list()
        return self._hits

    @property
    def text(self) -> str:
        """What was typed."""
        return self.field.text()

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._hits is not None and self._hits.isVisibleTo(self._hits.parentWidget())

    def open_with(self, text: str = "") -> None:
        """Begin anew with ``text``, as if it had been typed here."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.setText(text)
        self.field.setCursorPosition(len(text))
        self._search()

    def clear(self) -> None:
        """Forget what was typed and close the list."""
        self._is_clearing = True
        self.field.clear()
        self._is_clearing = False
        self.close_list()

    def set_today(self, today: date) -> None:
        """The salon's date, from which the lines say "today" and "tomorrow"."""
        self._today = today

    def close_list(self) -> None:
        """Take the list away; what was typed stays."""
        if self.is_open:
            QApplication.instance().removeEventFilter(self)
            self.hits.hide()

    # ---- typing ----------------------------------------------------------------------------------------------

    def _typed(self, _text: str) -> None:
        if not self._is_clearing and (self.field.hasFocus() or self.is_open):
            self._search()

    def _search(self) -> None:
        typed = self.field.text()
        found = self._find(typed)
        hits = [worded(client, typed, self._today) for client in found.clients]
        self._meant = as_meant(typed, hits[0].client.name) if hits else typed
        self.hits.show_hits(hits, _caption(typed, hits), _new_words(self._meant), _others(typed, found))
        self._say_current()
        self._open_list()
        if self._learn is not None:
            self._learning.start()

    def _learn_a_piece(self) -> None:
        if self._learn is None or not self.is_open or not self._learn():
            self._learning.stop()

    def _say_current(self) -> None:
        self.field.setAccessibleDescription(self.hits.said)

    def _enter(self) -> None:
        if not self.is_open:
            self._search()
            return
        current = self.hits.current
        if current is None:
            self._want_new()
        else:
            self._choose(current.client.client_id)

    def _choose(self, client_id: int) -> None:
        self.clear()
        self.chosen.emit(client_id)

    def _want_new(self) -> None:
        meant = self._meant.strip()
        self.clear()
        self.new_wanted.emit(meant)

    def _want_walk_in(self) -> None:
        self.clear()
        self.walk_in_wanted.emit()

    # ---- keys and the pointer --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the field, and clicks beside the list."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
                if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                    self._search()
            elif event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
                self._lose_focus(event.reason())
            elif event.type() == QEvent.Type.MouseButtonPress and not self.is_open:
                self._search()
        elif event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._look_beside(watched, event)
        elif event.type() == QEvent.Type.Resize and watched is self.hits.parentWidget():
            self._place()
        elif event.type() == QEvent.Type.Move and isinstance(watched, QWidget) and watched.isAncestorOf(self):
            self._place()  # the panel slides in with the field in it
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Take the keys that walk the list; True when the field must not see them."""
        key = event.key()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _PAGE,
            Qt.Key.Key_PageUp: -_PAGE,
        }
        if key in steps:
            self._walk(steps[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.is_open:
                self._want_new()
                return True
            event.ignore()
            return True
        if shortcuts.is_pressed(Key.WALK_IN, event) and self._has_walk_in:
            self._want_walk_in()
            return True
        if key == Qt.Key.Key_Escape and not self.field.text():
            return self._leave(event)
        return False

    def _walk(self, step: int) -> None:
        if not self.is_open:
            self._search()
            return
        line, last = self.hits.line, self.hits.line_count - 1
        # A page stops at the ends; a single step goes round.
        target = line + step if abs(step) == 1 else max(0, min(line + step, last))
        self.hits.stand_on(target)
        self._say_current()

    def _leave(self, event: QKeyEvent) -> bool:
        if not self.is_open:
            event.ignore()
            return True
        self.close_list()
        self.escaped.emit()
        self.dismissed.emit()
        return True

    def _lose_focus(self, reason: Qt.FocusReason) -> None:
        was_open = self.is_open
        self.close_list()
        # A menu or another window is not an answer; going on elsewhere in this one is.
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if was_open and reason not in passing:
            self.dismissed.emit()

    def _look_beside(self, watched: QObject, event: QEvent) -> None:
        if not isinstance(watched, QWidget) or watched.window() is not self.window():
            return
        inside = any(watched is own or own.isAncestorOf(watched) for own in (self, self.hits))
        if inside:
            return
        self.close_list()
        if isinstance(event, QMouseEvent):
            self.dismissed.emit()

    # ---- place -----------------------------------------------------------------------------------------------

    def _make_list(self) -> HitList:
        hits = HitList(self.window())
        hits.taken.connect(self._choose)
        hits.new_taken.connect(self._want_new)
        hits.walk_in_taken.connect(self._want_walk_in)
        hits.walk_in_line.setVisible(self._has_walk_in)
        # The list belongs to the window, so it does not go by itself when this field goes.
        self.destroyed.connect(hits.deleteLater)
        return hits

    def _open_list(self) -> None:
        was_open = self.is_open
        host = self.window()
        if self.hits.parentWidget() is not host:
            self.hits.setParent(host)
        self._place()
        if not was_open:
            self.hits.show()
            self.hits.raise_()
            # Only while the list is open: to close it when somebody clicks elsewhere.
            QApplication.instance().installEventFilter(self)

    def _place(self) -> None:
        host = self.hits.parentWidget()
        corner = self.mapTo(host, QPoint(0, self.height() + _GAP))
        width = max(self.width(), min(_NARROWEST, host.width() - 16))
        left = max(8, min(corner.x(), host.width() - width - 8))
        height = self.hits.height_for(host.height() - corner.y() - 16)
        self.hits.setGeometry(left, corner.y(), width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list under the field."""
        super().resizeEvent(event)
        if self.is_open:
            self._place()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Keep the list under the field."""
        super().moveEvent(event)
        if self.is_open:
            self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with the field."""
        super().hideEvent(event)
        self.close_list()


def _caption(typed: str, hits: list[Hit]) -> str:
    if hits and typed.strip():
        return _("Nobody is called that. Perhaps you mean:") if all(hit.client.is_guess for hit in hits) else ""
    if hits:
        return _("Recent clients")
    return _("Nobody found") if typed.strip() else _("No clients yet")


def _others(typed: str, found: Answer) -> str:
    """That not everybody is listed who was found; before anything is typed nobody was looked for."""
    if not typed.strip() or found.others == 0:
        return ""
    if found.others is None:
        return _("Not everybody is listed: type on")
    return ngettext("and {n} more: type on", "and {n} more: type on", found.others).format(
        n=wording.number(found.others)
    )


def _new_words(typed: str) -> str:
    said = " ".join(typed.split())
    if any(c.isdigit() for c in said) and not any(c.isalpha() for c in said):
        return _("New client with this phone")
    if any(c.isalpha() for c in said):
        return _("New client “{name}”").format(name=" ".join(word[:1].upper() + word[1:] for word in said.split()))
    return _("New client")
