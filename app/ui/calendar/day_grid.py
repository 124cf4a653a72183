"""The grid of the day: paints it, and turns mouse and keys into wishes. Nothing moves here by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.salon.profile import Profile
from app.salon.scheduling import booking
from app.salon.scheduling.agenda import AgendaEntry, DayAgenda
from app.ui import shortcuts, theme
from app.ui.calendar import grid_layer, overlay, reach, walking, words
from app.ui.calendar.geometry import (
    ZOOM_LEVELS,
    Box,
    HourScale,
    content_width,
    floored,
    hour_height_for,
    stretch_box,
    tile_box,
)
from app.ui.calendar.gestures import Drag, Moving, Sketching, Stretching, Target, edge_at
from app.ui.calendar.placing import DayPlan, Free, Tile, hours_of, plan_of
from app.ui.calendar.reach import Reach
from app.ui.calendar.tile_picture import TilePictures, paint_tile
from app.ui.calendar.walking import OnBlock, OnPlace, OnVisit, Spot, Stop
from app.ui.shortcuts import Key

HOUR_HEIGHT = 72
"""Half an hour is two lines of words; an hour has room for badges."""
_TOP = 10
_FOOT = 10
_PLACE_MINUTES = 30
_WHEEL_STEP = 120
"""What one notch of a wheel turns, in eighths of a degree; touch pads send less at a time."""

_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_VISIT_KEYS = (
    Key.OPEN,
    Key.ARRIVED,
    Key.DONE,
    Key.NO_SHOW,
    Key.CANCEL_VISIT,
    Key.BLOCK_TIME,
    Key.COPY,
    Key.CUT,
    Key.PASTE,
)

ReachReader = Callable[[DayPlan, AgendaEntry], Reach]


class DayGrid(QWidget):
    """One widget for the whole day: cached pictures, dirty rectangles, one geometry for paint and pointer."""

    visit_opened = Signal(object)
    """Double click or Enter on a visit: its ``AgendaEntry``."""
    place_wanted = Signal(int, int, object)
    """A visit is wanted on free time: master, minute of the day, and minutes or None."""
    move_wanted = Signal(int, int, object)
    """A drop: the booked service, the master, the new start (wall time)."""
    stretch_wanted = Signal(int, object, object)
    """A dropped edge: the booked service, its new start and end (wall time)."""
    key_wanted = Signal(object, int, int)
    """A key for what is selected: the ``Key``, and for arrows where they point (columns, steps)."""
    menu_wanted = Signal(QPoint)
    """The menu of what is selected, at a place of the screen."""
    day_wanted = Signal(int)
    """So many days on: the arrows left the grid sideways."""
    spot_changed = Signal()
    """Something else is selected."""
    seen_wanted = Signal(QRect)
    """This part of the grid should be visible."""
    zoom_wanted = Signal(int, int)
    """So many levels higher (or lower) hours, with the time at this height of the grid kept in its place."""
    planned = Signal()
    """The day was placed anew."""

    def __init__(self, read_reach: ReachReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_reach = read_reach
        self._agenda: DayAgenda | None = None
        self._profile = Profile()
        self.hour_height = HOUR_HEIGHT
        """Pixels of an hour at least; a tall window gives more."""
        self._room = QSize(800, 600)
        self.plan: DayPlan | None = None
        self.now_minute: int | None = None
        self.spot: Spot | None = None
        self._turned = 0
        self._is_holding = False
        self._cut_visit: int | None = None
        self.for_readers: object | None = None
        """The grid as a screen reader hears it, once one has asked."""
        self._pictures = TilePictures()
        self._layer: QPixmap | None = None
        self._hovered: Tile | None = None
        self._pointed: tuple[Free, int] | None = None
        self._pressed: QPoint | None = None
        self._drag: Drag | None = None
        self._drag_is_on = False
        self._target: Target | None = None
        self._problem: SalonError | None = None
        self._reach: Reach | None = None
        self._shade: list[Box] = []
        self._label_place = QRect()
        self._drag_place = QRect()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # ---- what is shown ---------------------------------------------------------------------------------------

    def show_agenda(self, agenda: DayAgenda, profile: Profile) -> None:
        """Show a day. What is selected stays selected if it is still there."""
        self._give_up_drag()
        self._agenda, self._profile = agenda, profile
        self._hovered, self._pointed = None, None
        self._place()
        self._pictures.forget_unused()
        if walking.stop_of(self.plan, self.spot) is None if self.plan else True:
            self.select(None)

    def set_room(self, room: QSize) -> None:
        """Fit into what the window shows of the grid."""
        if room != self._room:
            self._room = room
            self._place()

    def set_hour_height(self, pixels: int) -> None:
        """Make the hours higher or lower; a day lower than its window is stretched all the same."""
        height = max(ZOOM_LEVELS[0], min(pixels, ZOOM_LEVELS[-1]))
        if height != self.hour_height:
            self.hour_height = height
            self._give_up_drag()
            self._place()

    def set_now(self, minute: int | None) -> None:
        """Move the line of the current time; None on another day than today."""
        if minute == self.now_minute:
            return
        for each in (self.now_minute, minute):
            if each is not None and self.plan is not None:
                self.update(0, self.plan.scale.y_of(each) - 5, self.width(), 10)
        self.now_minute = minute

    def set_holding(self, is_holding: bool, cut_visit: int | None) -> None:
        """Whether a visit waits to be pasted, and which one is marked as cut. Then a click only selects its place."""
        if cut_visit != self._cut_visit:
            self.update()
        self._is_holding, self._cut_visit = is_holding, cut_visit

    def entry(self, booked_id: int) -> AgendaEntry | None:
        """A booked service of the shown day."""
        entries = self._agenda.entries if self._agenda else ()
        return next((entry for entry in entries if entry.booked_id == booked_id), None)

    @property
    def selected_entry(self) -> AgendaEntry | None:
        """The booked service that is selected."""
        return self.entry(self.spot.booked_id) if isinstance(self.spot, OnVisit) else None

    @property
    def stop(self) -> Stop | None:
        """What is selected and where it stands."""
        return walking.stop_of(self.plan, self.spot) if self.plan else None

    def select(self, spot: Spot | None, *, show: bool = False) -> None:
        """Select something, or nothing; ``show`` scrolls to it."""
        changed = spot != self.spot
        if changed:
            self._update_spot()
            self.spot = spot
            self._update_spot()
            # Also for readers that do not ask for the items of the list.
            self.setAccessibleDescription(self.said(spot))
            self.spot_changed.emit()
        box = self.box_of(spot)
        if show and box is not None:
            self.seen_wanted.emit(grid_layer.rect(box).adjusted(0, -24, 0, 24))

    def box_of(self, spot: Spot | None) -> Box | None:
        """Where something stands on the grid."""
        if self.plan is None or spot is None:
            return None
        if isinstance(spot, OnVisit):
            return next((tile.box for tile in self.plan.tiles_of(spot.booked_id)), None)
        if isinstance(spot, OnBlock):
            return next((each.box for each in self.plan.blocks if each.block.block_id == spot.block_id), None)
        stop = walking.stop_of(self.plan, spot)
        return None if stop is None else self._place_box(stop.column, stop.starts, stop.ends)

    def said_stops(self) -> list[Stop]:
        """The visits and breaks of the day, column by column."""
        if self.plan is None:
            return []
        columns = range(len(self.plan.masters))
        found = [stop for column in columns for stop in walking.stops(self.plan, column)]
        return [stop for stop in found if not isinstance(stop.spot, OnPlace)]

    def said(self, spot: Spot | None) -> str:
        """Something on the grid in full words, for the tool tip and the screen reader."""
        stop = walking.stop_of(self.plan, spot) if self.plan else None
        if self.plan is None or stop is None:
            return ""
        master = self.plan.masters[stop.column].name
        hours = wording.interval(self.plan.moment(stop.starts), self.plan.moment(stop.ends))
        match stop.spot:
            case OnVisit(booked_id):
                entry = self.entry(booked_id)
                return "" if entry is None else words.full_name(entry, master)
            case OnBlock(block_id):
                block = next(each.block for each in self.plan.blocks if each.block.block_id == block_id)
                return ", ".join((hours, words.block(block), master))
            case OnPlace():
                return ", ".join((hours, words.free_for(stop.ends - stop.starts), master))

    def _place(self) -> None:
        if self._agenda is None:
            return
        first, last = hours_of(self._agenda, self._profile)
        height = hour_height_for(last - first, self._room.height() - _TOP - _FOOT, self.hour_height)
        scale = HourScale(first, last, height, _TOP)
        columns = len([master for master in self._agenda.masters if master.shifts]) or len(self._agenda.masters)
        width = content_width(columns, self._room.width())
        self.plan = plan_of(self._agenda, scale, width)
        width = content_width(len(self.plan.masters), self._room.width())
        if width != self.plan.columns.width:
            self.plan = plan_of(self._agenda, scale, width)
        self._layer = None
        self.setFixedSize(width, scale.bottom + _FOOT)
        self.update()
        self.planned.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: paint everything anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._layer = None
            self._pictures.clear()
            self.update()

    # ---- painting --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid, line of the current time, tiles, and what is over them for a moment."""
        plan = self.plan
        painter = QPainter(self)
        dirty = event.rect()
        if plan is None:
            painter.fillRect(dirty, theme.current().surface)
            return
        ratio = self.devicePixelRatioF()
        if self._layer is None or self._layer.devicePixelRatio() != ratio:
            self._layer = grid_layer.painted(plan, self.size(), ratio)
        source = QRect(dirty.topLeft() * ratio, dirty.size() * ratio)
        painter.drawPixmap(dirty, self._layer, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        overlay.paint_shade(painter, self._shade)
        self._paint_places(painter, plan)
        self._paint_now(painter, plan)
        seen = Box(dirty.x(), dirty.y(), dirty.width(), dirty.height())
        for tile in plan.tiles:
            if tile.box.overlaps(seen):
                self._paint_tile(painter, tile, ratio)
        self._paint_selection(painter)
        self._paint_drag(painter, plan)

    def _paint_tile(self, painter: QPainter, tile: Tile, ratio: float) -> None:
        dragged = self._drag_is_on and isinstance(self._drag, Moving | Stretching)
        if dragged and isinstance(self._drag, Moving | Stretching) and self._drag.entry == tile.entry:
            painter.setOpacity(0.35)
        elif tile.entry.visit_id == self._cut_visit:
            painter.setOpacity(0.8)
        painter.drawPixmap(tile.box.x, tile.box.y, self._pictures.of(tile, ratio))
        painter.setOpacity(1)
        if tile.entry.visit_id == self._cut_visit:
            overlay.paint_cut(painter, tile.box)
        if tile is self._hovered and not self._drag_is_on:
            overlay.paint_hover(painter, tile.box, theme.current().status(tile.entry.status).ink)
        now = self.now_minute
        if now is not None and tile.starts < now < tile.ends and self.plan is not None:
            overlay.paint_now_mark(painter, self.plan.scale.y_of(now), tile.box)

    def _paint_places(self, painter: QPainter, plan: DayPlan) -> None:
        if self._drag_is_on:
            return
        if self._pointed is not None:
            free, minute = self._pointed
            box = self._place_box(free.column, minute, free.ends)
            overlay.paint_place(painter, box, wording.clock_time(plan.moment(minute)), free.ends - minute)
        stop = self.stop
        if stop is not None and isinstance(stop.spot, OnPlace):
            box = self._place_box(stop.column, stop.starts, stop.ends)
            starts = wording.clock_time(plan.moment(stop.starts))
            overlay.paint_place(painter, box, starts, stop.ends - stop.starts)

    def _paint_now(self, painter: QPainter, plan: DayPlan) -> None:
        now = self.now_minute
        if now is not None and plan.scale.first_minute <= now <= plan.scale.last_minute:
            overlay.paint_now(painter, plan.scale.y_of(now), 0, self.width())

    def _paint_selection(self, painter: QPainter) -> None:
        if isinstance(self.spot, OnVisit) and self.plan is not None:
            for tile in self.plan.tiles_of(self.spot.booked_id):
                overlay.paint_ring(painter, tile.box, strong=self.hasFocus())
            return
        box = self.box_of(self.spot)
        if box is not None and (isinstance(self.spot, OnBlock) or self.hasFocus()):
            overlay.paint_ring(painter, box, strong=self.hasFocus())

    def _paint_drag(self, painter: QPainter, plan: DayPlan) -> None:
        if not self._drag_is_on or self._drag is None or self._target is None:
            return
        allowed = self._problem is None
        box = self._target_box(self._target)
        if isinstance(self._drag, Moving) and allowed:
            tile = next(iter(plan.tiles_of(self._drag.entry.booked_id)), None)
            if tile is not None:
                painter.setOpacity(0.9)
                paint_tile(painter, tile, grid_layer.rect_f(box))
                painter.setOpacity(1)
        overlay.paint_ghost(painter, box, allowed=allowed)
        overlay.paint_label(painter, self._label_place, self._drag_words(plan), allowed=allowed)

    def _drag_words(self, plan: DayPlan) -> str:
        if self._problem is not None:
            return sentence(self._problem)
        target = self._target
        if target is None or self._drag is None:
            return ""
        hours = wording.interval(plan.moment(target.starts), plan.moment(target.ends))
        if isinstance(self._drag, Moving):
            if target.column == self._drag.column:
                return hours
            return f"{hours} · {plan.masters[target.column].name}"
        return f"{hours} · {wording.duration(target.minutes)}"

    def _seen(self) -> QRect:
        return self.visibleRegion().boundingRect()

    def _target_box(self, target: Target) -> Box:
        if self.plan is None:
            raise AssertionError("a drag without a day")
        return tile_box(self.plan.scale, self.plan.columns, target.column, target.starts, target.ends)

    def _place_box(self, column: int, starts: int, ends: int) -> Box:
        if self.plan is None:
            raise AssertionError("a place without a day")
        return tile_box(self.plan.scale, self.plan.columns, column, starts, min(ends, starts + _PLACE_MINUTES))

    def _update_spot(self) -> None:
        if isinstance(self.spot, OnVisit) and self.plan is not None:
            for tile in self.plan.tiles_of(self.spot.booked_id):
                self._update_box(tile.box)
        else:
            self._update_box(self.box_of(self.spot))

    def _update_box(self, box: Box | None) -> None:
        if box is not None:
            self.update(grid_layer.rect(box).adjusted(-5, -5, 5, 5))

    # ---- pointer ---------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, and be ready for a drag."""
        if self.plan is None:
            return
        place = event.position().toPoint()
        spot = self._spot_at(place)
        self.select(spot)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = place
            self._drag = self._drag_from(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer, or carry the drag on."""
        place = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._point_at(place)
            return
        if not self._drag_is_on:
            far = (place - self._pressed).manhattanLength()
            if self._drag is None or far < QApplication.startDragDistance():
                return
            self._begin_drag()
        self._carry_to(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop, or want a visit where it was clicked."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        drag, target, was_on = self._drag, self._target, self._drag_is_on
        self._give_up_drag()
        if drag is None or self.plan is None:
            return
        if was_on and target is not None:
            self._drop(drag, target)
        elif isinstance(drag, Sketching) and not was_on and not self._is_holding:
            self._want_place(drag.standing.column, self._place_minute(drag.column, drag.anchor), None)

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
        if levels and not self._drag_is_on:
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
        plan = self.plan
        tile = plan.tile_at(event.pos().x(), event.pos().y()) if plan else None
        if plan is None or tile is None or self._drag_is_on:
            QToolTip.hideText()
            return
        said = self.said(OnVisit(tile.entry.booked_id))
        QToolTip.showText(event.globalPos(), said, self, grid_layer.rect(tile.box))

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
        column = plan.columns.index_at(place.x())
        if column is None:
            return None
        minute = self._place_minute(column, plan.scale.minute_at(place.y()))
        return OnPlace(plan.masters[column].staff_id, minute)

    def _place_minute(self, column: int, minute: int) -> int:
        """Where a visit would begin that is wanted at ``minute``: on the salon's grid, not before it is free."""
        free = self.plan.free_at(column, minute) if self.plan else None
        start = floored(minute, self._profile.step_minutes)
        return start if free is None else max(free.starts, start)

    def _point_at(self, place: QPoint) -> None:
        plan = self.plan
        if plan is None:
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
        return self._drag_is_on

    @property
    def drag_target(self) -> Target | None:
        """Where the drag leads now."""
        return self._target

    @property
    def drag_problem(self) -> SalonError | None:
        """Why the drag cannot end where it is now."""
        return self._problem

    def _drag_from(self, place: QPoint) -> Drag | None:
        plan = self.plan
        if plan is None:
            return None
        step = self._profile.step_minutes
        tile = plan.tile_at(place.x(), place.y())
        if tile is not None:
            starts = plan.minute_of(tile.entry.starts_at)
            edge = edge_at(tile, place.y())
            if edge is not None and booking.is_movable(tile.entry.status):
                return Stretching(tile.entry, tile.column, starts, edge, step, plan.scale)
            return Moving(tile.entry, tile.column, starts, place.y(), step, plan.scale)
        column = plan.columns.index_at(place.x())
        if column is None or plan.block_at(place.x(), place.y()) is not None:
            return None
        return Sketching(column, plan.scale.minute_at(place.y()), step, plan.scale)

    def _begin_drag(self) -> None:
        plan, drag = self.plan, self._drag
        if plan is None or drag is None:
            return
        self._drag_is_on = True
        self._set_pointed(None, None)
        if isinstance(drag, Moving | Stretching):
            self._reach = self._read_reach(plan, drag.entry)
            self.setCursor(
                Qt.CursorShape.ClosedHandCursor if isinstance(drag, Moving) else Qt.CursorShape.SizeVerCursor
            )
        if isinstance(drag, Moving) and self._reach is not None:
            self._shade = _unreachable(self._reach, plan, drag.step)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.update()

    def _carry_to(self, place: QPoint) -> None:
        plan, drag = self.plan, self._drag
        if plan is None or drag is None:
            return
        target = drag.target(plan.columns.nearest_index(place.x()), place.y())
        self.seen_wanted.emit(QRect(place - QPoint(24, 24), QSize(48, 48)))
        if target == self._target:
            return
        self._target = target
        self._problem = self._problem_of(drag, target)
        self._update_drag(plan, target)

    def _update_drag(self, plan: DayPlan, target: Target) -> None:
        """Paint no more anew than the ghost and its label cover and covered."""
        self.update(self._drag_place)
        box = self._target_box(target)
        self._label_place = overlay.label_place(box, self._seen(), self._drag_words(plan))
        self._drag_place = grid_layer.rect(box).united(self._label_place).adjusted(-3, -3, 3, 3)
        self.update(self._drag_place)

    def _problem_of(self, drag: Drag, target: Target) -> SalonError | None:
        plan, known = self.plan, self._reach
        if plan is None or known is None or target == drag.standing:
            return None
        starts, ends = plan.moment(target.starts), plan.moment(target.ends)
        if isinstance(drag, Moving):
            return known.refusal_of_move(plan.masters[target.column].staff_id, starts)
        return known.refusal_of_stretch(starts, ends)

    def _drop(self, drag: Drag, target: Target) -> None:
        plan = self.plan
        if plan is None or target == drag.standing:
            return
        starts, ends = plan.moment(target.starts), plan.moment(target.ends)
        match drag:
            case Moving():
                # Also where it is refused: the salon says why in a sentence that stays.
                self.move_wanted.emit(drag.entry.booked_id, plan.masters[target.column].staff_id, starts)
            case Stretching():
                self.stretch_wanted.emit(drag.entry.booked_id, starts, ends)
            case Sketching():
                self._want_place(target.column, target.starts, target.minutes)

    def _want_place(self, column: int, minute: int, minutes: int | None) -> None:
        if self.plan is not None:
            staff_id = self.plan.masters[column].staff_id
            self.select(OnPlace(staff_id, minute))
            self.place_wanted.emit(staff_id, minute, minutes)

    def _give_up_drag(self) -> None:
        was_on = self._drag_is_on
        self._pressed, self._drag, self._target, self._problem, self._reach = None, None, None, None, None
        self._drag_is_on = False
        self._shade = []
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
        if self._pressed is not None and self._drag_is_on:
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
        for key in _VISIT_KEYS:
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
                self.day_wanted.emit(aside)
                return
            first = walking.first_stop(plan, self._eye_minute(plan))
            self.select(first.spot if first else None, show=True)
            return
        beside = walking.aside(plan, stop, aside) if aside else walking.up_or_down(plan, stop, down)
        if beside is None:
            self.day_wanted.emit(aside)
        else:
            self.select(beside.spot, show=True)

    def _eye_minute(self, plan: DayPlan) -> int:
        """Where walking begins: at the current time, or at the first visit of another day."""
        if self.now_minute is not None:
            return self.now_minute
        first = plan.first_start
        return plan.scale.first_minute if first is None else first

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The selection is drawn strongly."""
        super().focusInEvent(event)
        self._update_spot()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The selection is drawn quietly."""
        super().focusOutEvent(event)
        self._update_spot()

    def hideEvent(self, event: QHideEvent) -> None:
        """A drag does not outlive the screen."""
        super().hideEvent(event)
        self._give_up_drag()


def _unreachable(known: Reach, plan: DayPlan, step: int) -> list[Box]:
    """Where the dragged visit cannot go, as places of the grid."""
    boxes: list[Box] = []
    for column, spans in reach.reachable(known, plan, step).items():
        minute = plan.scale.first_minute
        for starts, ends in [*spans, (plan.scale.last_minute, plan.scale.last_minute)]:
            if minute < starts:
                boxes.append(stretch_box(plan.scale, plan.columns, column, minute, starts))
            minute = max(minute, ends)
    return boxes
