"""At which time of the day a visit shall begin: a part of the day by one click, other hours typed."""

from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import _
from app.salon.scheduling.free_places import DAY_MINUTES
from app.ui.widgets.buttons import IconButton, LinkButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.time_field import EndField, TimeField

_PARTS = {"any": (0, DAY_MINUTES), "morning": (0, 12 * 60), "evening": (17 * 60, DAY_MINUTES)}
_STEP = 30


class HoursChoice(QWidget):
    """The parts of the day, or the two fields of the hours in their place."""

    changed = Signal()
    finished = Signal()
    """Enter in a field: the hours are said."""

    def __init__(self, opens: int, closes: int, parent: QWidget | None = None) -> None:
        """Between ``opens`` and ``closes``, minutes of the day, the salon is open: the fields begin with them."""
        super().__init__(parent)
        self.part = SegmentedControl(
            _("Part of the day"),
            [("any", _("Any time")), ("morning", _("Before noon")), ("evening", _("After 17:00"))],
            self,
        )
        self.other = LinkButton(_("Other hours…"))
        """Asks for the fields; whoever shows this choice has a place for it."""
        self.begins = TimeField(time(*divmod(opens, 60)), step=_STEP)
        self.ends = EndField(step=_STEP)
        self.ends.set_minute(closes)
        self._from_line = FieldLine(_("From the hour"), self.begins)
        self._to_line = FieldLine(_("To the hour"), self.ends)
        back = IconButton("x", _("Parts of the day"))
        back.clicked.connect(self._close)
        self.own = QWidget(self)
        self.own.hide()
        row = QHBoxLayout(self.own)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._from_line, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._to_line, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.own)
        self.part.chosen.connect(self._tell)
        self.begins.time_changed.connect(self._tell)
        self.ends.time_changed.connect(self._tell)
        for field in (self.begins, self.ends):
            field.returnPressed.connect(self.finished)
        self.other.clicked.connect(self._open)

    @property
    def window(self) -> tuple[int, int] | None:
        """Between which minutes of the day the visit begins; None while the hours are none."""
        if self.own.isHidden():
            return _PARTS[self.part.choice]
        begins, ends = self.begins.at, self.ends.minute
        if begins is None or ends is None or begins.hour * 60 + begins.minute >= ends:
            return None
        return begins.hour * 60 + begins.minute, ends

    def _tell(self, _value: object = None) -> None:
        wrong = _("The hours must be times, the first before the last.") if self.window is None else ""
        self._from_line.set_error(wrong)
        self.changed.emit()

    def _open(self) -> None:
        self._show(is_own=True)
        self.begins.setFocus(Qt.FocusReason.TabFocusReason)

    def _close(self) -> None:
        self._show(is_own=False)
        self.part.take_focus()

    def _show(self, *, is_own: bool) -> None:
        self.own.setVisible(is_own)
        self.part.setVisible(not is_own)
        self.other.setVisible(not is_own)
        self._tell()
