"""One line to find something: an icon, a hint of its key, and a cross to begin again."""

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.language import _
from app.ui import icons, theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton

PAUSE_MS = 80
"""After this pause in typing the search begins."""


class SearchField(QLineEdit):
    """Where digits or letters of what is looked for are typed."""

    is_door = False
    """Whether it only looks like a search and leads to the one that floats over the window."""
    search_wanted = Signal(str)
    """The text, after a short pause in typing, or at once with Enter."""
    entered = Signal()
    """Enter: take the best match."""
    down_wanted = Signal()
    """Arrow down: go into the matches."""
    left = Signal()
    """Esc in an empty field: back to the screen."""

    def __init__(self, placeholder: str, *, shortcut: str = "", parent: QWidget | None = None) -> None:
        """``shortcut`` is the key as people read it ("Ctrl K"), shown while the field is empty."""
        super().__init__(parent)
        self._shortcut = shortcut
        self.setProperty("kind", "search")
        self.setFont(theme.font(FontRole.BODY))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._cross = IconButton("x", _("Clear"), parent=self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self.begin_again)
        self._cross.hide()
        self.textChanged.connect(self._typed)

    def sizeHint(self) -> QSize:
        """As wide as in the day view."""
        return QSize(320, super().sizeHint().height())

    def begin_again(self) -> None:
        """Empty the field and say so at once."""
        self.clear()
        self._search()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self.search_wanted.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, arrow down goes on, Esc clears and then leaves."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._pause.isActive():
                    self._search()
                self.entered.emit()
            case Qt.Key.Key_Down:
                self.down_wanted.emit()
            case Qt.Key.Key_Escape if self.text():
                self.begin_again()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cross at the right end."""
        super().resizeEvent(event)
        self._cross.move(self.width() - 36, (self.height() - self._cross.sizeHint().height()) // 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Add the icon and the hint of the key."""
        super().paintEvent(_event)
        worn = theme.current()
        painter = QPainter(self)
        ink = worn.accent if self.hasFocus() else worn.muted
        mark = icons.pixmap("search", ink, 16, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(13, (self.height() - 16) / 2), mark)
        if self._shortcut and not self.text():
            painter.setPen(worn.muted)
            painter.setFont(theme.font(FontRole.SMALL))
            place = self.rect().adjusted(0, 0, -14, 0)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._shortcut)
