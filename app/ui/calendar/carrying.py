"""One drag on its way: where it leads now, why it cannot end there, and how that looks. It changes nothing."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.salon.scheduling.agenda import AgendaEntry
from app.salon.scheduling.following import Place
from app.ui.calendar import grid_layer, overlay, reach
from app.ui.calendar.geometry import Box, stretch_box, tile_box
from app.ui.calendar.gestures import Drag, Moving, Sketching, Stretching, Target
from app.ui.calendar.placing import DayPlan
from app.ui.calendar.reach import Reach
from app.ui.calendar.tile_picture import paint_tile
from app.ui.calendar.tracks import NO_ROOM, Sheet

ReachReader = Callable[[Sheet, AgendaEntry], Reach]


class Carry:
    """From the press of the button to its release."""

    def __init__(self, plan: DayPlan, drag: Drag | None, pressed: QPoint) -> None:
        self._plan = plan
        self.drag = drag
        """What the press can become; None where nothing can be dragged."""
        self.pressed = pressed
        self.is_on = False
        """Whether the pointer has gone far enough to mean it."""
        self.target: Target | None = None
        self.problem: SalonError | None = None
        """Why it cannot end at the target."""
        self._following: list[Box] = []
        """Where the services would be that go along."""
        self._reach: Reach | None = None
        self.shade: list[Box] = []
        """Where it cannot go."""
        self._label_place = QRect()
        self.place = QRect()
        """What the ghost and its label cover."""

    @property
    def entry(self) -> AgendaEntry | None:
        """The booked service that is dragged."""
        return self.drag.entry if isinstance(self.drag, Moving | Stretching) else None

    def begin(self, read_reach: ReachReader) -> None:
        """The pointer means it: find out where the visit may go."""
        self.is_on = True
        if self.entry is not None:
            self._reach = read_reach(self._plan.sheet, self.entry)
        if isinstance(self.drag, Moving) and self._reach is not None:
            self.shade = _unreachable(self._reach, self._plan, self.drag.step)

    def go_to(self, place: QPoint, seen: QRect) -> bool:
        """Follow the pointer; whether the target is another now. ``seen`` is what is visible of the grid."""
        drag, plan = self.drag, self._plan
        if drag is None:
            return False
        column = plan.columns.nearest_index(place.x())
        if plan.sheet.is_of_rooms and plan.tracks[column].key == NO_ROOM:
            # A service that takes a room cannot do without one.
            column = drag.column
        target = drag.target(column, place.y())
        if target == self.target:
            return False
        self.target = target
        self._try(drag, target)
        box = self._box(target)
        self._label_place = overlay.label_place(box, seen, self._words())
        place = grid_layer.rect(box).united(self._label_place)
        for one in self._following:
            place = place.united(grid_layer.rect(one))
        self.place = place.adjusted(-3, -3, 3, 3)
        return True

    def paint(self, painter: QPainter) -> None:
        """The ghost, and what the drag means."""
        if not self.is_on or self.drag is None or self.target is None:
            return
        allowed, box = self.problem is None, self._box(self.target)
        if isinstance(self.drag, Moving) and allowed:
            tile = next(iter(self._plan.tiles_of(self.drag.entry.booked_id)), None)
            if tile is not None:
                painter.setOpacity(0.9)
                paint_tile(painter, tile, grid_layer.rect_f(box))
                painter.setOpacity(1)
        for one in self._following:
            overlay.paint_ghost(painter, one, allowed=allowed)
        overlay.paint_ghost(painter, box, allowed=allowed)
        overlay.paint_label(painter, self._label_place, self._words(), allowed=allowed)

    def _try(self, drag: Drag, target: Target) -> None:
        """Find out what would be if it ended at the target."""
        plan, known = self._plan, self._reach
        self.problem, self._following = None, []
        if known is None or target == drag.standing:
            return
        starts = plan.moment(target.starts, target.column)
        if isinstance(drag, Moving):
            self.problem = known.refusal_at(plan.tracks[target.column], starts)
            return
        places, self.problem = known.after_stretch(starts, plan.moment(target.ends, target.column))
        beside = [(plan.tiles_of(one)[:1], place) for one, place in places.items() if one != known.moved.booked_id]
        self._following = [self._box_at(tile.column, place) for tiles, place in beside for tile in tiles]

    def _box_at(self, column: int, place: Place) -> Box:
        starts = self._plan.tracks[column].minute_of(place.starts_at)
        return self._box(Target(column, starts, starts + place.lengths.total))

    def _words(self) -> str:
        if self.problem is not None:
            return sentence(self.problem)
        target, plan = self.target, self._plan
        if target is None or self.drag is None:
            return ""
        hours = wording.interval(plan.moment(target.starts), plan.moment(target.ends))
        if isinstance(self.drag, Moving):
            if target.column == self.drag.column:
                return hours
            track = plan.tracks[target.column]
            where = wording.weekday_and_date(track.day, track.day) if plan.sheet.is_of_days else track.name
            return f"{hours} · {where}"
        return f"{hours} · {wording.duration(target.minutes)}"

    def _box(self, target: Target) -> Box:
        return tile_box(self._plan.scale, self._plan.columns, target.column, target.starts, target.ends)

    @property
    def is_click_on_free_time(self) -> bool:
        """Whether the button was pressed and let go on free time."""
        return isinstance(self.drag, Sketching) and not self.is_on


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
