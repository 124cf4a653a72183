"""Somebody dragged from the waiting list over the day: where they would be booked, or why they cannot be there."""

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.ui.calendar import grid_layer, overlay
from app.ui.calendar.geometry import Box, tile_box
from app.ui.calendar.placing import DayPlan

Look = Callable[[int, int], tuple[int, SalonError | None]]
"""For a column and a minute of its day: how many minutes it takes from then on, and why it cannot be had."""


class Bringing:
    """From the first move of a tile over the grid to its release."""

    def __init__(self, plan: DayPlan, look: Look) -> None:
        self.plan = plan
        self._look = look
        self._target: tuple[int, int] | None = None
        self._minutes = 0
        self._label_place = QRect()
        self.problem: SalonError | None = None
        """Why it cannot end where it is now."""
        self.place = QRect()
        """What the ghost and its label cover."""

    def go_to(self, target: tuple[int, int] | None, seen: QRect) -> None:
        """Follow the pointer to a column and a minute; None: beside the grid. ``seen`` is what is visible of it."""
        if target == self._target:
            return
        self._target, self.problem, self.place = target, None, QRect()
        if target is not None:
            self._minutes, self.problem = self._look(*target)
            box = self._box(*target)
            self._label_place = overlay.label_place(box, seen, self.words)
            self.place = grid_layer.rect(box).united(self._label_place).adjusted(-3, -3, 3, 3)

    def paint(self, painter: QPainter) -> None:
        """The outline of the place, and what letting go means."""
        if self._target is not None:
            allowed = self.problem is None
            overlay.paint_ghost(painter, self._box(*self._target), allowed=allowed)
            overlay.paint_label(painter, self._label_place, self.words, allowed=allowed)

    @property
    def words(self) -> str:
        """When and with whom, or why not; empty beside the grid."""
        if self.problem is not None:
            return sentence(self.problem)
        if self._target is None:
            return ""
        column, minute = self._target
        plan, track = self.plan, self.plan.tracks[column]
        where = wording.weekday_and_date(track.day, track.day) if plan.sheet.is_of_days else track.name
        hours = wording.interval(plan.moment(minute, column), plan.moment(minute + self._minutes, column))
        return f"{hours} · {where}"

    def _box(self, column: int, minute: int) -> Box:
        ends = min(minute + self._minutes, self.plan.scale.last_minute)
        return tile_box(self.plan.scale, self.plan.columns, column, minute, max(ends, minute))
