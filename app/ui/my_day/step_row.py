"""One step of the checklist, big enough for a finger."""

from datetime import datetime

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app import wording
from app.language import _
from app.salon.checklists.steps import Step
from app.ui import icons, shortcuts, theme
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tone
from app.ui.widgets.pill import PILL_HEIGHT, paint_pill, pill_width
from app.ui.widgets.row_frame import paint_frame

_LOWEST = 44
_BOX = 22
_LEFT = 12 + _BOX + 12
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class StepRow(QCheckBox):
    """A click anywhere, Space or Enter ticks it; up and down go to the neighbours."""

    ticked = Signal(int, bool)
    """The step, and whether it is done now."""
    walked = Signal(int)
    left = Signal()
    """Back to the list of visits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: Step | None = None
        self._done_at = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._tell)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        assert self._step is not None
        return self._step

    def show_step(self, step: Step, done_at: datetime | None) -> None:
        """Show a step; ``done_at`` is the wall time at which it was ticked."""
        self._step = step
        self._done_at = "" if done_at is None else wording.clock_time(done_at)
        self.setText(step.text)
        self.setChecked(step.done_at is not None)
        self.setAccessibleName(_("{step}, required").format(step=step.text) if step.is_required else step.text)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need."""
        metrics = QFontMetrics(theme.font(FontRole.BODY))
        return max(_LOWEST, metrics.boundingRect(self._words(width), _WRAP, self.text()).height() + 20)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(320, _LOWEST)

    def minimumSizeHint(self) -> QSize:
        """Words wrap, so it may be narrow."""
        return QSize(200, _LOWEST)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row is the button."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, or walk."""
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Left:
                self.left.emit()
            case _ if shortcuts.is_pressed(Key.TICK, event):
                self.click()
            case _:
                super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be ticked."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw field, box, words, and the time or "required" at the right."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_frame(painter, self)
        self._paint_box(painter, worn)
        painter.setFont(theme.font(FontRole.BODY))
        painter.setPen(worn.muted if self.isChecked() else worn.text)
        painter.drawText(self._words(self.width()), _WRAP, self.text())
        self._paint_end(painter, worn)

    def _paint_box(self, painter: QPainter, worn: theme.Theme) -> None:
        box = QRectF(12, (self.height() - _BOX) / 2, _BOX, _BOX)
        painter.setBrush(worn.accent if self.isChecked() else worn.surface)
        painter.setPen(QPen(worn.accent if self.isChecked() else worn.muted, 1.5))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        if self.isChecked():
            mark = icons.pixmap("check", worn.on_accent, 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(box.x() + 3, box.y() + 3), mark)

    def _paint_end(self, painter: QPainter, worn: theme.Theme) -> None:
        right = self.width() - 12
        if self.isChecked():
            painter.setFont(theme.font(FontRole.SECONDARY))
            painter.setPen(worn.muted)
            end = QRect(right - 60, 0, 60, self.height())
            painter.drawText(end, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._done_at)
        elif self.step.is_required:
            corner = QPointF(right - pill_width(_("required")), (self.height() - PILL_HEIGHT) / 2)
            paint_pill(painter, corner, _("required"), worn.tone(Tone.WARN))

    def _words(self, width: int) -> QRect:
        """Where the words stand in a row of this width, at the row's present height."""
        end = pill_width(_("required")) if self._step is not None and self._step.is_required else 60
        return QRect(_LEFT, 0, max(width - _LEFT - end - 20, 60), max(self.height(), _LOWEST))

    def _tell(self) -> None:
        self.ticked.emit(self.step.step_id, self.isChecked())
