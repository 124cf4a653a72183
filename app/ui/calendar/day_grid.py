"""The grid under mouse and keys: turns them into wishes. Nothing moves here by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.errors import SalonError
from app.salon.profile import Profile
from app.salon.scheduling import booking
from app.salon.scheduling.agenda import AgendaEntry
from app.ui import shortcuts
from app.ui.calendar import grid_layer, overlay, walking, words
from app.ui.calendar.carrying import Carry, ReachReader
from app.ui.calendar.geometry import floored
from app.ui.calendar.gestures import Drag, Moving, Sketching, Stretching, Target, edge_at
from app.ui.calendar.placing import DayPlan, Free, Tile
from app.ui.calendar.sheet_canvas import Between, SheetCanvas
from app.ui.calendar.tracks import Sheet
from app.ui.calendar.walking import OnBlock, OnHold, OnPlace, OnVisit, Spot
from app.ui.shortcuts import Key

if TYPE_CHECKING:
    from app.ui.calendar.bringing import Bringing
    from app.ui.calendar.place_marks import Mark

_WHEEL_STEP = 120
"""What one notch of a wheel turns, in eighths of a degree; touch pads send less at a time."""
_EDGE = 28
"""So near to the edge of what is seen a drag scrolls on by itself, in pixels."""
_SCROLL_STEP = 14
_SCROLL_EVERY_MS = 30
_HOLD = 8
"""Whoever is brought in comes over an edge: the grid scrolls only when they were found there so often in a row."""

_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
VISIT_KEYS = (
    Key.OPEN,
    Key.ARRIVED,
    Key.DONE,
    Key.NO_SHOW,
    Key.CANCEL_VISIT,
    Key.WAITING_LIST,
    Key.SERIES,
    Key.BLOCK_TIME,
    Key.COPY,
    Key.CUT,
    Key.PASTE,
)
"""Keys that do something with what is selected."""


class Beside(Protocol):
    """Something beside the grid that takes visits which are dropped on it."""

    def hover(self, entry: AgendaEntry, place: QPoint) -> bool:
        """A visit is dragged over a place of the screen; whether it would be taken there."""
        ...

    def drop(self, entry: AgendaEntry) -> bool:
        """The drag has ended where it was last; whether the visit was taken."""
        ...

    def leave(self) -> None:
        """The drag is over."""
        ...


class DayGrid(SheetCanvas):
    """The sheet as one works with it."""

    visit_opened = Signal(object)
    """Double click or Enter on a visit: its ``AgendaEntry``."""
    place_wanted = Signal(int, int, object)
    """A visit is wanted on free time: column, minute of its day, and minutes or None."""
    move_wanted = Signal(int, int, object)
    """A drop: the booked service, the column, the new start (wall time)."""
    stretch_wanted = Signal(int, object, object)
    """A dropped edge: the booked service, its new start and end (wall time)."""
    key_wanted = Signal(object, int, int)
    """A key for what is selected: the ``Key``, and for arrows where they point (columns, steps)."""
    free_place_wanted = Signal(object)
    """A mark was clicked: the ``FreePlace`` of the search."""
    menu_wanted = Signal(QPoint)
    """The menu of what is selected, at a place of the screen."""
    beyond_wanted = Signal(int)
    """The arrows left the grid sideways: one sheet back or on."""
    zoom_wanted = Signal(int, int)
    """So many levels higher (or lower) hours, with the time at this height of the grid kept in its place."""

    def __init__(self, read_reach: ReachReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_reach = read_reach
        self.beside: Beside | None = None
        self._is_beside = False
        """Whether a dragged visit is over what stands beside the grid."""
        self._turned = 0
        self._is_holding = False
        self._carry: Carry | None = None
        self._brought: Bringing | None = None
        """Somebody who is dragged here from the waiting list."""
        self._held = 0
        """How often in a row they were found at an edge."""
        self._pressed_mark: Mark | None = None
        self._is_given_up = False
        """Whether the right button has given up the drag for which the left one is still held."""
        self._pointer = QPoint()
        """Where a drag holds the pointer, from the corner of what is seen."""
        self._taken_at = QPoint()
        """Where it was when the drag began."""
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_EVERY_MS)
        self._scrolling.timeout.connect(self.scroll_on)
        self.setMouseTracking(True)

    def show_sheet(self, sheet: Sheet, profile: Profile) -> None:
        """Show a sheet; a drag that was on its way is given up. What is only held down so far is held still."""
        if self.is_dragging or self._brought is not None:
            self._give_up_drag()
        super().show_sheet(sheet, profile)

    def _place(self) -> None:
        """The plan may change under a button that is down already, and the drag that follows is one of the new plan."""
        super()._place()
        held = self._carry
        if held is not None and not held.is_on and self.plan is not None:
            drag = self._drag_from(held.pressed)
            is_same = type(drag) is type(held.drag) and _booked(drag) == _booked(held.drag)
            self._carry = Carry(self.plan, drag, held.pressed) if is_same else None

    def set_hour_height(self, pixels: int) -> None:
        """Make the hours higher or lower; a drag that was on its way is given up."""
        self._give_up_drag()
        super().set_hour_height(pixels)

    def set_holding(self, is_holding: bool, cut_visit: int | None) -> None:
        """Whether a visit waits to be pasted, and which one is marked as cut. Then a click only selects its place."""
        self._is_holding = is_holding
        self._mark_cut(cut_visit)

    def _shown_places(self, plan: DayPlan) -> Iterator[Between]:
        """While something is carried, where it cannot go instead of where something could be booked."""
        if self._carry is None or not self._carry.is_on:
            yield from super()._shown_places(plan)
            return
        for box in self._carry.shade:
            yield box, partial(overlay.paint_shade, boxes=[box])

    def _selected_place(self, plan: DayPlan, *, over_tiles: bool) -> Iterator[Between]:
        if self._carry is None or not self._carry.is_on:
            yield from super()._selected_place(plan, over_tiles=over_tiles)

    def _faded(self, plan: DayPlan) -> dict[Tile, float]:
        cut, carry = super()._faded(plan), self._carry
        if carry is None or not carry.is_on or carry.entry is None:
            return cut
        return dict.fromkeys(plan.tiles_of(carry.entry.booked_id), 0.35) | cut

    def _paint_over(self, painter: QPainter) -> None:
        if self._carry is not None and not self._is_beside:
            self._carry.paint(painter)
        if self._brought is not None and self._brought.plan is self.plan:
            self._brought.paint(painter)

    # ---- pointer ---------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, and be ready for a drag; another button during one gives it up."""
        if self.plan is None:
            return
        self._is_given_up = self.is_dragging
        if self._is_given_up:
            self._give_up_drag()
            return
        place = event.position().toPoint()
        self._pressed_mark = self._mark_at(place) if event.button() == Qt.MouseButton.LeftButton else None
        if self._pressed_mark is not None:
            return
        self.select(self._spot_at(place))
        if event.button() == Qt.MouseButton.LeftButton:
            self._carry = Carry(self.plan, self._drag_from(place), place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer, or carry the drag on."""
        place = event.position().toPoint()
        carry = self._carry
        if carry is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._point_at(place)
            return
        if not carry.is_on:
            far = (place - carry.pressed).manhattanLength()
            if carry.drag is None or far < QApplication.startDragDistance():
                return
            self._begin_drag(carry)
        if isinstance(carry.drag, Moving) and self.beside is not None:
            was_beside = self._is_beside
            self._is_beside = self.beside.hover(carry.drag.entry, event.globalPosition().toPoint())
            if was_beside is not self._is_beside:
                # What would be refused in the grid is not said of what waits beside it.
                self.update(carry.place)
        if not self._is_beside:
            self._carry_to(carry, place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop, or want a visit where it was clicked."""
        carry, mark = self._carry, self._pressed_mark
        self._pressed_mark = None
        if mark is not None and mark is self._mark_at(event.position().toPoint()):
            self.free_place_wanted.emit(mark.place)
            return
        if event.button() != Qt.MouseButton.LeftButton or carry is None:
            return
        was_taken = carry.is_on and isinstance(carry.drag, Moving) and self._drop_beside(carry.drag)
        self._give_up_drag()
        if carry.drag is None or self.plan is None or was_taken:
            return
        if carry.is_on and carry.target is not None:
            self._drop(carry.drag, carry.target)
        elif isinstance(carry.drag, Sketching) and not carry.is_on and not self._is_holding:
            column = carry.drag.column
            self._want_place(column, self._place_minute(column, carry.drag.anchor), None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the visit."""
        entry = self.selected_entry
        if event.button() == Qt.MouseButton.LeftButton and entry is not None:
            self._give_up_drag()
            self.visit_opened.emit(entry)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the hours grow and shrink under the pointer; without it the day scrolls."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        event.accept()
        self._turned += event.angleDelta().y()
        levels = int(self._turned / _WHEEL_STEP)
        self._turned -= levels * _WHEEL_STEP
        if levels and not self.is_dragging:
            self.zoom_wanted.emit(levels, round(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._set_pointed(None, None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what is under the pointer, or of what is selected."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = self.box_of(self.spot)
            if box is not None:
                self.menu_wanted.emit(self.mapToGlobal(QPoint(box.x + 12, box.bottom - 4)))
            return
        if self._is_given_up:
            return
        self._give_up_drag()
        self.select(self._spot_at(event.pos()))
        self.menu_wanted.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Say the tile under the pointer in full."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell_tip(event)
            return True
        return super().event(event)

    def _tell_tip(self, event: QHelpEvent) -> None:
        mark = self._mark_at(event.pos())
        if mark is not None and self.plan is not None:
            said = words.book_at(mark.place.starts_at, self.plan.tracks[mark.column].name)
            QToolTip.showText(event.globalPos(), said, self, grid_layer.rect(mark.box))
            return
        spot = self._spot_at(event.pos())
        if spot is None or isinstance(spot, OnPlace) or self.is_dragging:
            QToolTip.hideText()
            return
        box = self.box_of(spot)
        QToolTip.showText(event.globalPos(), self.said(spot), self, grid_layer.rect(box) if box else QRect())

    def _mark_at(self, place: QPoint) -> Mark | None:
        return next((mark for mark in self.marks if mark.box.contains(place.x(), place.y())), None)

    def _spot_at(self, place: QPoint) -> Spot | None:
        plan = self.plan
        if plan is None:
            return None
        tile = plan.tile_at(place.x(), place.y())
        if tile is not None:
            return OnVisit(tile.entry.booked_id)
        block = plan.block_at(place.x(), place.y())
        if block is not None:
            return OnBlock(block.block.block_id)
        held = plan.hold_at(place.x(), place.y())
        if held is not None:
            return OnHold(held.hold.hold_id, held.hold.staff_id)
        column = plan.columns.index_at(place.x())
        if column is None:
            return None
        minute = self._place_minute(column, plan.scale.minute_at(place.y()))
        return OnPlace(plan.tracks[column].key, minute)

    def _place_minute(self, column: int, minute: int) -> int:
        """Where a visit would begin that is wanted at ``minute``: on the salon's grid, not before it is free."""
        free = self.plan.free_at(column, minute) if self.plan else None
        start = floored(minute, self._profile.step_minutes)
        return start if free is None else max(free.starts, start)

    def _point_at(self, place: QPoint) -> None:
        plan = self.plan
        if plan is None:
            return
        if self._mark_at(place) is not None:
            self._set_pointed(None, None)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            return
        tile = plan.tile_at(place.x(), place.y())
        pointed: tuple[Free, int] | None = None
        if tile is None and plan.block_at(place.x(), place.y()) is None:
            column = plan.columns.index_at(place.x())
            minute = plan.scale.minute_at(place.y())
            free = plan.free_at(column, minute) if column is not None else None
            if free is not None:
                pointed = (free, self._place_minute(free.column, minute))
        self._set_pointed(tile, pointed)
        movable = tile is not None and booking.is_movable(tile.entry.status)
        if tile is not None and movable and edge_at(tile, place.y()) is not None:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        elif tile is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def _set_pointed(self, tile: Tile | None, pointed: tuple[Free, int] | None) -> None:
        if tile is not self._hovered:
            for each in (tile, self._hovered):
                self._update_box(each.box if each else None)
            self._hovered = tile
        if pointed != self._pointed:
            for place in (pointed, self._pointed):
                if place is not None:
                    self._update_box(self._place_box(place[0].column, place[1], place[0].ends))
            self._pointed = pointed

    # ---- drags -----------------------------------------------------------------------------------------------

    @property
    def is_dragging(self) -> bool:
        """Whether something is on its way."""
        return self._carry is not None and self._carry.is_on

    @property
    def drag_target(self) -> Target | None:
        """Where the drag leads now."""
        return self._carry.target if self._carry else None

    @property
    def drag_problem(self) -> SalonError | None:
        """Why the drag cannot end where it is now."""
        return self._carry.problem if self._carry else None

    def _drag_from(self, place: QPoint) -> Drag | None:
        plan = self.plan
        if plan is None:
            return None
        step = self._profile.step_minutes
        tile = plan.tile_at(place.x(), place.y())
        if tile is not None:
            starts = plan.tracks[tile.column].minute_of(tile.entry.starts_at)
            edge = edge_at(tile, place.y())
            if edge is not None and booking.is_movable(tile.entry.status):
                return Stretching(tile.entry, tile.column, starts, edge, step, plan.scale)
            return Moving(tile.entry, tile.column, starts, place.y(), step, plan.scale)
        column = plan.columns.index_at(place.x())
        if column is None or plan.block_at(place.x(), place.y()) or plan.hold_at(place.x(), place.y()):
            return None
        return Sketching(column, plan.scale.minute_at(place.y()), step, plan.scale)

    def _begin_drag(self, carry: Carry) -> None:
        self._set_pointed(None, None)
        self._taken_at = carry.pressed - self._seen().topLeft()
        carry.begin(self._read_reach)
        if isinstance(carry.drag, Moving):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif isinstance(carry.drag, Stretching):
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._scrolling.start()
        self.update()

    def _carry_to(self, carry: Carry, place: QPoint) -> None:
        """Paint no more anew than the ghost and its label cover and covered."""
        seen = self._seen()
        self._pointer = place - seen.topLeft()
        before = carry.place
        self.seen_wanted.emit(QRect(place - QPoint(2, 2), QSize(4, 4)))
        if carry.go_to(place, self._seen()):
            self.update(before)
            self.update(carry.place)

    def scroll_on(self) -> None:
        """While a drag is held at the edge of what is seen, show more of the grid there.

        What was taken up near an edge stays while it is not carried towards it: somebody who makes the last visit in
        sight shorter would make it longer.
        """
        carry, brought, seen = self._carry, self._brought, self._seen()
        if brought is None and (carry is None or not carry.is_on or self._is_beside):
            return
        aside = _beyond(self._pointer.x(), seen.width())
        down = _beyond(self._pointer.y(), seen.height())
        if brought is None:
            carried = self._pointer - self._taken_at
            aside, down = aside if aside * carried.x() > 0 else 0, down if down * carried.y() > 0 else 0
        is_below = self._pointer.y() >= seen.height()
        self._held = self._held + 1 if (aside or down) and not is_below else 0
        if (not aside and not down) or (brought is not None and self._held < _HOLD):
            return
        self.seen_wanted.emit(seen.translated(aside * _SCROLL_STEP, down * _SCROLL_STEP).intersected(self.rect()))
        place = self._seen().topLeft() + self._pointer
        if brought is not None:
            self.bring(brought, self.mapToGlobal(place))
        elif carry is not None:
            self._carry_to(carry, place)

    def _seen(self) -> QRect:
        return self.visibleRegion().boundingRect()

    def _drop_beside(self, moving: Moving) -> bool:
        is_beside, self._is_beside = self._is_beside, False
        return is_beside and self.beside is not None and self.beside.drop(moving.entry)

    def bring(self, brought: Bringing | None, place: QPoint) -> None:
        """Show where somebody who is dragged here from elsewhere would be booked, or why not; None: it is over."""
        before, self._brought = self._brought, brought
        if before is not None:
            self.update(before.place)
        if brought is None:
            self._scrolling.stop()
            return
        seen = self._seen()
        self._pointer = self.mapFromGlobal(place) - seen.topLeft()
        self._set_pointed(None, None)
        brought.go_to(self.place_under(place), seen)
        self.update(brought.place)
        if not self._scrolling.isActive():
            self._held = 0
            self._scrolling.start()

    def place_under(self, place: QPoint) -> tuple[int, int] | None:
        """The column and the minute under a place of the screen where the grid is seen, taken or not; else None."""
        local, plan = self.mapFromGlobal(place), self.plan
        column = plan.columns.index_at(local.x()) if plan is not None and self._seen().contains(local) else None
        if plan is None or column is None:
            return None
        spot, minute = self._spot_at(local), plan.scale.minute_at(local.y())
        return column, spot.minute if isinstance(spot, OnPlace) else floored(minute, self._profile.step_minutes)

    def _drop(self, drag: Drag, target: Target) -> None:
        plan = self.plan
        if plan is None or target == drag.standing:
            return
        starts, ends = plan.moment(target.starts, target.column), plan.moment(target.ends, target.column)
        match drag:
            case Moving():
                # Also where it is refused: the salon says why in a sentence that stays.
                self.move_wanted.emit(drag.entry.booked_id, target.column, starts)
            case Stretching():
                self.stretch_wanted.emit(drag.entry.booked_id, starts, ends)
            case Sketching():
                self._want_place(target.column, target.starts, target.minutes)

    def _want_place(self, column: int, minute: int, minutes: int | None) -> None:
        if self.plan is not None:
            self.select(OnPlace(self.plan.tracks[column].key, minute))
            self.place_wanted.emit(column, minute, minutes)

    def _give_up_drag(self) -> None:
        was_on = self.is_dragging
        self._carry, self._brought, self._is_beside = None, None, False
        if was_on and self.beside is not None:
            self.beside.leave()
        self._scrolling.stop()
        if was_on:
            self.unsetCursor()
            self.update()

    # ---- keys ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; with Shift they move the visit; letters say where it stands."""
        if self._key_of_drag(event) or self._key_of_arrows(event) or self.take_visit_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _key_of_drag(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        if self.is_dragging:
            self._give_up_drag()
            return True
        if self._is_holding:
            self.key_wanted.emit(Key.BACK, 0, 0)
            return True
        if self.spot is not None:
            self.select(None)
            return True
        return False

    def _key_of_arrows(self, event: QKeyEvent) -> bool:
        arrow = next((way for key, way in _ARROWS.items() if key == event.key()), None)
        if arrow is None:
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        if modifiers == shift:
            self.key_wanted.emit(Key.MOVE_VISIT, *arrow)
        elif modifiers == shift | control and arrow[1]:
            self.key_wanted.emit(Key.STRETCH_VISIT, *arrow)
        elif not modifiers:
            self._walk(*arrow)
        else:
            return False
        return True

    def take_visit_key(self, event: QKeyEvent) -> bool:
        """Pass on a key that does something with what is selected; False for any other key."""
        for key in VISIT_KEYS:
            if shortcuts.is_pressed(key, event):
                self.key_wanted.emit(key, 0, 0)
                return True
        return False

    def _walk(self, aside: int, down: int) -> None:
        plan = self.plan
        if plan is None:
            return
        stop = self.stop
        if stop is None:
            if aside:
                self.beyond_wanted.emit(aside)
                return
            first = walking.first_stop(plan, self._eye_minute(plan))
            self.select(first.spot if first else None, show=True)
            return
        beside = walking.aside(plan, stop, aside) if aside else walking.up_or_down(plan, stop, down)
        if beside is None:
            self.beyond_wanted.emit(aside)
        else:
            self.select(beside.spot, show=True)

    def _eye_minute(self, plan: DayPlan) -> int:
        """Where walking begins: at the current time, or at the first visit of another day."""
        if self.now_minute is not None:
            return self.now_minute
        first = plan.first_start
        return plan.scale.first_minute if first is None else first

    def hideEvent(self, event: QHideEvent) -> None:
        """A drag does not outlive the screen."""
        super().hideEvent(event)
        self._give_up_drag()


def _booked(drag: Drag | None) -> int | None:
    return drag.entry.booked_id if isinstance(drag, Moving | Stretching) else None


def _beyond(at: int, size: int) -> int:
    """-1 at the near edge, 1 at the far one, 0 between; what is seen is too small for edges below a hundred pixels."""
    if size < 4 * _EDGE:
        return 0
    return -1 if at < _EDGE else 1 if at >= size - _EDGE else 0
