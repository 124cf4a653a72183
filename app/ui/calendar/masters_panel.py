"""Which masters have a column at this machine, and in which order the salon lists them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.language import _
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import Label
from app.ui.widgets.menu import round_corners
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.sheet_frame import paint_sheet

_WIDTH = 320
_NAME = 176
"""The widest name: beside it stand two arrows, and the bar of a large salon."""
_FROM_EDGE = 8
"""So much of the screen stays free above and below."""


class MastersPanel(QWidget):
    """Floats under its button; Esc closes it. Whom it hides is remembered here; the order holds for everybody."""

    shown_wanted = Signal(int, bool)
    """A master should have a column or none."""
    shift_wanted = Signal(int, int)
    """A master should stand so many places further down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(_("Which masters are shown"))
        self.ticks: dict[int, QCheckBox] = {}
        self.ups: dict[int, IconButton] = {}
        self.downs: dict[int, IconButton] = {}
        self._page = ScrollPage(self)
        self._rows = QVBoxLayout(self._page.content)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(4)
        column.addWidget(Label(_("Which masters are shown"), FontRole.HEADING))
        note = Label(_("Hidden here only; the order is the same on every computer."), FontRole.SECONDARY, "muted")
        note.setWordWrap(True)
        column.addWidget(note)
        column.addSpacing(4)
        column.addWidget(self._page)

    def say(self, masters: Sequence[tuple[int, str, bool]]) -> None:
        """The masters in their order: number, name, whether shown. Where the keyboard is, it stays."""
        held = [(part, key) for part in self._parts() for key, one in part.items() if one.hasFocus()]
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for part in self._parts():
            part.clear()
        for number, (staff_id, name, is_shown) in enumerate(masters):
            row = self._row(staff_id, name, is_shown, number, len(masters))
            self._rows.addWidget(row)
            # The layout would show it a moment later: until then it takes neither room nor focus.
            row.show()
        self._fit()
        for part, key in held:
            if key in part:
                self._focus(part[key] if part[key].isEnabled() else self.ticks[key])

    def _parts(self) -> tuple[dict[int, QCheckBox] | dict[int, IconButton], ...]:
        """What can have the focus, by master."""
        return self.ticks, self.ups, self.downs

    def _fit(self) -> None:
        """As high as its rows, but no higher than the screen: a large salon scrolls."""
        room = self.screen().availableGeometry().height() - 2 * _FROM_EDGE
        self._page.setFixedHeight(0)
        around = self._column.totalHeightForWidth(_WIDTH)
        self._page.setFixedHeight(min(self._rows.sizeHint().height(), room - around))
        self.adjustSize()

    def _focus(self, part: QWidget) -> None:
        part.setFocus(Qt.FocusReason.TabFocusReason)
        self._page.ensureWidgetVisible(part)

    def _row(self, staff_id: int, name: str, is_shown: bool, number: int, count: int) -> QWidget:
        row = QWidget()
        tick = QCheckBox()
        tick.setText(tick.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME))
        tick.setToolTip(name if tick.text() != name else "")
        tick.setAccessibleName(name)
        tick.setChecked(is_shown)
        tick.toggled.connect(partial(self.shown_wanted.emit, staff_id))
        up = IconButton("chevron-up", _("{master}: further to the front").format(master=name))
        down = IconButton("chevron-down", _("{master}: further back").format(master=name))
        up.setEnabled(number > 0)
        down.setEnabled(number < count - 1)
        up.clicked.connect(partial(self._shift, staff_id, -1))
        down.clicked.connect(partial(self._shift, staff_id, 1))
        self.ticks[staff_id], self.ups[staff_id], self.downs[staff_id] = tick, up, down
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(tick, 1)
        line.addWidget(up)
        line.addWidget(down)
        return row

    def _shift(self, staff_id: int, by: int, _checked: bool = False) -> None:
        self.shift_wanted.emit(staff_id, by)

    def popup_at(self, place: QPoint) -> None:
        """Open under ``place``, within its screen."""
        room = self.screen().availableGeometry()
        x = min(place.x(), room.right() - self.width())
        self._fit()
        self.move(x, min(place.y() + 4, room.bottom() - _FROM_EDGE - self.height()))
        self.show()
        first = next(iter(self.ticks.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; the arrows go from name to name."""
        ticks = list(self.ticks.values())
        at = next((number for number, tick in enumerate(ticks) if tick.hasFocus()), None)
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif by is not None and at is not None and 0 <= at + by < len(ticks):
            self._focus(ticks[at + by])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round."""
        super().resizeEvent(event)
        round_corners(self, theme.RADIUS_SURFACE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet with its round corners."""
        paint_sheet(self)
