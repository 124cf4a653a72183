"""A line under a list of what was found: open a new card, book without one."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from app.ui import icons, theme
from app.ui.theme import FontRole

COMMAND_HEIGHT = 46
_SIDE = 12


def paint_line_field(painter: QPainter, place: QRectF, *, is_current: bool, is_pointed: bool) -> None:
    """The field behind a line on which the cursor or the pointer stands."""
    worn = theme.current()
    if is_current or is_pointed:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.accent_soft if is_current else worn.hover)
        painter.drawRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)
    if is_current:
        painter.setBrush(worn.accent)
        painter.drawRoundedRect(QRectF(place.x(), place.y() + 10, 3, place.height() - 20), 1.5, 1.5)


class CommandLine(QPushButton):
    """A line under the found ones that does something else: its sign, its words and its key."""

    def __init__(self, icon: str, key: str) -> None:
        """``icon`` names a drawing of resources/icons; ``key`` is the key as people read it."""
        super().__init__()
        self._icon_name = icon
        self._key = key
        self.setFixedHeight(COMMAND_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoDefault(False)
        self._is_current = False
        self._has_lines_above = False

    @property
    def is_current(self) -> bool:
        """Whether Enter takes this line."""
        return self._is_current

    def set_current(self, *, is_current: bool) -> None:
        """Let the cursor stand here, or not."""
        self._is_current = is_current
        self.update()

    def say(self, words: str, *, has_lines_above: bool) -> None:
        """What the line offers; a thin line parts it from the clients above."""
        self._has_lines_above = has_lines_above
        self.setText(words)
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon, the words and the key."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        if self._has_lines_above:
            painter.setPen(worn.line)
            painter.drawLine(QPointF(_SIDE, 2.5), QPointF(self.width() - _SIDE, 2.5))
            place.adjust(0, 6, 0, 0)
        paint_line_field(painter, place, is_current=self._is_current, is_pointed=self.underMouse())
        mark = icons.pixmap(self._icon_name, worn.accent, icons.ICON_SIZE, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(_SIDE, place.center().y() - icons.ICON_SIZE / 2), mark)
        painter.setFont(theme.font(FontRole.SMALL))
        painter.setPen(worn.muted)
        inside = place.adjusted(_SIDE + icons.ICON_SIZE + 10, 0, -_SIDE, 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._key)
        room = inside.width() - painter.fontMetrics().horizontalAdvance(self._key) - 12
        painter.setFont(theme.font(FontRole.STRONG))
        painter.setPen(worn.accent)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
