"""The panel that slides in on the right: a client's card, a booking, a visit."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.language import _
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import ElidedLabel
from app.ui.widgets.laid_out import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPropertyAnimation

PANEL_WIDTH = 400
_WAY = 32


class SidePanel(QWidget):
    """Put it at the right end of a row layout: hidden, it takes no room.

    The room is given at once and only the sheet moves inside it, so that the screen beside is laid out once.
    Esc closes it, and the focus goes back to where it was.
    """

    closed = Signal(object)
    """The panel was closed; what it showed is gone."""
    left = Signal(object, bool)
    """A content that is kept is not shown any more, and whether another one took its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(PANEL_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._sheet = QFrame(self)
        self._sheet.setProperty("kind", "panel")
        self._content: QWidget | None = None
        self._is_kept = False
        self._came_from: QWidget | None = None
        self._other: SidePanel | None = None
        self.keeper: Callable[[QWidget, str], bool] | None = None
        """Asked about a content that goes, with its title: True where it stays to be opened again."""
        self._title = ElidedLabel("", FontRole.HEADING)
        self._close = IconButton("x", _("Close"), key=_("Esc"))
        self._close.clicked.connect(self.close_panel)
        self._head = QWidget(self._sheet)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(theme.MARGIN, 18, 14, 10)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(1, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self.hide()

    @cached_property
    def _slide(self) -> QPropertyAnimation:
        from PySide6.QtCore import QEasingCurve, QPropertyAnimation  # nothing moves before a panel is wanted

        slide = QPropertyAnimation(self._sheet, b"geometry", self)
        slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        return slide

    @property
    def content(self) -> QWidget | None:
        """What is shown now."""
        return self._content

    @property
    def is_open(self) -> bool:
        """Whether something is shown."""
        return self._content is not None

    def take_turns_with(self, other: SidePanel) -> None:
        """Only one of the two is seen, that which was opened last; the other one waits behind it as it was left."""
        self._other, other._other = other, self

    def come_forward(self) -> None:
        """Be the one that is seen, where there is something to show."""
        if self.is_open:
            self.show()
            if self._other is not None:
                self._other.hide()

    @property
    def seen(self) -> SidePanel | None:
        """Which of the two is in sight."""
        return next((one for one in (self, self._other) if one is not None and one.is_open and one.isVisible()), None)

    def make_room(self) -> QWidget:
        """The parent to make content with: made elsewhere, all of it is styled once more when it comes here.

        What is made may take the keyboard before it is opened; where the keyboard is now, it comes back to.
        """
        self._note_focus()
        return self._sheet

    def open(self, content: QWidget, title: str, *, keep: bool = False) -> None:
        """Show ``content`` under ``title``; what was shown before is gone. The panel owns the content.

        With ``keep`` it is only hidden when it is closed, to be opened again in no time.
        """
        self._note_focus()
        if content is not self._content:
            self._drop_content(is_replaced=True)
            self._column.addWidget(content, 1)
        self._content, self._is_kept = content, keep
        self.set_title(title)
        content.show()
        if not self.isVisibleTo(self.parentWidget() or self):
            self.come_forward()
            self._slide_in()
            self._await_second_click()
        lay_out()

    def _await_second_click(self) -> None:
        """Whoever clicks twice where one click opens the panel means nothing that stands under the pointer by then."""
        QApplication.instance().installEventFilter(self)
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self._await_no_click)

    def _await_no_click(self) -> None:
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let nobody have the second click; alone, and later, it would be a first one."""
        return event.type() == QEvent.Type.MouseButtonDblClick and isinstance(watched, QWindow)

    def _note_focus(self) -> None:
        focused = QApplication.focusWidget()
        if not self.is_open and (focused is None or not self._sheet.isAncestorOf(focused)):
            self._came_from = focused

    def set_title(self, title: str) -> None:
        """Say what is shown."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def close_panel(self) -> None:
        """Close the panel; the focus goes back to where it was before."""
        if not self.is_open:
            return
        self._slide.stop()
        held_focus = self.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() else True
        came_from, self._came_from = self._came_from, None
        content = self._content
        self.hide()
        self._drop_content(is_replaced=False)
        if self._other is not None:
            self._other.come_forward()
        if held_focus and came_from is not None and is_alive(came_from):
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit(content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet fills the panel."""
        super().resizeEvent(event)
        if self._slide.state() == self._slide.State.Running:
            self._slide.setEndValue(self.rect())
        else:
            self._sheet.setGeometry(self.rect())

    def _slide_in(self) -> None:
        duration = theme.motion_ms()
        if duration == 0:
            return
        place = self.rect()
        self._slide.setDuration(duration)
        self._slide.setStartValue(QRect(place.translated(_WAY, 0)))
        self._slide.setEndValue(place)
        self._slide.start()

    def _drop_content(self, *, is_replaced: bool) -> None:
        content, self._content = self._content, None
        if content is None:
            return
        self._column.removeWidget(content)
        content.hide()
        if self._is_kept:
            self.left.emit(content, is_replaced)
        elif self.keeper is None or not self.keeper(content, self._title.text()):
            content.deleteLater()


def is_alive(widget: QWidget) -> bool:
    """Whether ``widget`` is still there and seen, so that the focus can go back to it."""
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible()
