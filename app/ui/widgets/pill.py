"""Small words in a rounded field: a status, "first visit", "allergy", or a count."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app import wording
from app.ui import icons, theme
from app.ui.theme import FontRole, Tint, Tone
from app.vocabulary import VisitStatus

PILL_HEIGHT = 20
_SIDE = 9
_ICON = 12


def pill_width(text: str, icon: str = "") -> int:
    """How wide a pill with this text is, in pixels."""
    words = QFontMetrics(theme.font(FontRole.SMALL_STRONG)).horizontalAdvance(text)
    return words + 2 * _SIDE + (_ICON + 4 if icon else 0)


def paint_pill(
    painter: QPainter,
    corner: QPointF,
    text: str,
    tint: Tint,
    icon: str = "",
    *,
    outlined: bool = False,
) -> QRectF:
    """Paint a pill with its upper left at ``corner``, for those who paint themselves; returns its place."""
    place = QRectF(corner.x(), corner.y(), pill_width(text, icon), PILL_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint.fill)
    if outlined:
        painter.setPen(theme.current().control_line)
    field = place.adjusted(0.5, 0.5, -0.5, -0.5) if outlined else place
    painter.drawRoundedRect(field, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    words = place.adjusted(_SIDE, 0, -_SIDE, 0)
    if icon:
        device = painter.device()
        ratio = device.devicePixelRatio() if device else 1.0
        mark = icons.pixmap(icon, tint.ink, _ICON, ratio)
        painter.drawPixmap(QPointF(words.x(), place.center().y() - _ICON / 2), mark)
        words.adjust(_ICON + 4, 0, 0, 0)
    painter.setPen(tint.ink)
    painter.setFont(theme.font(FontRole.SMALL_STRONG))
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
    painter.restore()
    return place


class Pill(QLabel):
    """A pill as a widget."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.NEUTRAL, *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone: Tone | VisitStatus = tone
        self._icon_name = icon
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(FontRole.SMALL_STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)

    @classmethod
    def of_status(cls, status: VisitStatus, parent: QWidget | None = None) -> "Pill":
        """The status of a visit in its own colours and words."""
        pill = cls(parent=parent)
        pill.set_status(status)
        return pill

    def set_status(self, status: VisitStatus) -> None:
        """Show the status of a visit."""
        self._tone = status
        self.setText(wording.visit_status(status))
        self.updateGeometry()

    def set_tone(self, tone: Tone) -> None:
        """Speak in another tone."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return QSize(pill_width(self.text(), self._icon_name), PILL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A pill is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field and the words."""
        worn = theme.current()
        tint = worn.status(self._tone) if isinstance(self._tone, VisitStatus) else worn.tone(self._tone)
        outlined = self._tone is VisitStatus.CANCELLED
        painter = QPainter(self)
        paint_pill(painter, QPointF(0, 0), self.text(), tint, self._icon_name, outlined=outlined)


def paint_count(painter: QPainter, right_top: QPointF, count: int, tint: Tint) -> QRectF:
    """Paint a count (at most "99+") with its upper right at ``right_top``; returns its place."""
    text = str(count) if count < 100 else "99+"
    words = QFontMetrics(theme.font(FontRole.SMALL_STRONG)).horizontalAdvance(text)
    width = max(18, words + 10)
    place = QRectF(right_top.x() - width, right_top.y(), width, 18)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint.fill)
    painter.drawRoundedRect(place, 9, 9)
    painter.setPen(tint.ink)
    painter.setFont(theme.font(FontRole.SMALL_STRONG))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()
    return place
