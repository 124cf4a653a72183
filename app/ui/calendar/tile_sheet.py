"""The tiles of a day in one picture, each painted when it is first seen."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.ui import theme
from app.ui.calendar import grid_layer
from app.ui.calendar.geometry import Box
from app.ui.calendar.placing import DayPlan, Tile
from app.ui.calendar.tile_picture import paint_tiles
from app.ui.calendar.tracks import Sheet

_Key = tuple[int, int, int]
"""Booked service, part and column: a service may take two rooms."""


class TileSheet:
    """All tiles of a plan where they stand on the grid, and nothing beside them.

    One picture for a day, not one for each tile: it goes to the screen in one act, a far day is painted in two thirds
    of the time, and the same memory serves day after day.
    """

    def __init__(self) -> None:
        self.plan: DayPlan | None = None
        self.measure: object = None
        """For which room and height of the hours ``plan`` was placed."""
        self.picture = QPixmap()
        self._look: object = None
        """Size, sharpness and theme of the picture."""
        self._shown: DayPlan | None = None
        """The plan for which the picture is."""
        self._on_it: dict[_Key, Tile] = {}
        self._missing: dict[_Key, Tile] = {}

    def hold(self, plan: DayPlan, measure: object) -> None:
        """Stand for another plan from now on."""
        self.plan, self.measure = plan, measure

    def is_of(self, sheet: Sheet, measure: object) -> bool:
        """Whether it stands for this very reading in this room."""
        return self.plan is not None and self.plan.sheet is sheet and self.measure == measure

    def forget(self) -> None:
        """Paint everything anew when it is seen next."""
        self._look = None

    def get_ready(self, size: QSize, ratio: float) -> None:
        """Make room for the tiles of the plan. Those that stand there already, as they were, stay."""
        plan, look = self.plan, (size, ratio, theme.current().name)
        if plan is None or (plan is self._shown and look == self._look):
            return
        if look != self._look:
            self._on_it = {}
            if self.picture.size() != size * ratio:
                self.picture = QPixmap(size * ratio)
            self.picture.setDevicePixelRatio(ratio)
        tiles, there = _by_key(plan.tiles), self._on_it
        kept = {key: tiles[key] for key in tiles.keys() & there.keys() if tiles[key] == there[key]}
        if not kept:
            self.picture.fill(Qt.GlobalColor.transparent)
        elif len(kept) < len(there):
            self._wipe(tile.box for key, tile in there.items() if key not in kept)
        self._missing = {key: tile for key, tile in tiles.items() if key not in kept}
        self._shown, self._look, self._on_it = plan, look, kept

    def _wipe(self, boxes: Iterable[Box]) -> None:
        painter = QPainter(self.picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        for box in boxes:
            theme.fill(painter, grid_layer.rect(box), theme.current().surface)
        painter.end()

    def paint(self, seen: Box, most: int | None = None) -> bool:
        """Paint what is missing of ``seen``, at most so many tiles; whether some are missing there still."""
        wanted = [key for key, tile in self._missing.items() if seen.overlaps(tile.box)]
        if not wanted:
            return False
        now = {key: self._missing.pop(key) for key in wanted[:most]}
        painter = QPainter(self.picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tiles(painter, list(now.values()))
        painter.end()
        self._on_it |= now
        return len(now) < len(wanted)

    def put(self, painter: QPainter, box: Box) -> None:
        """Put one place of the picture where it belongs."""
        ratio = self.picture.devicePixelRatio()
        place = grid_layer.rect(box)
        painter.drawPixmap(place, self.picture, QRect(place.topLeft() * ratio, place.size() * ratio))


def handed_out(sheets: Sequence[TileSheet], plans: Sequence[DayPlan], measure: object) -> list[TileSheet]:
    """A sheet for each plan: the one that stands for it already, or one that stands for none of them."""
    spare = [sheet for sheet in sheets if all(sheet.plan is not plan for plan in plans)]
    found: list[TileSheet] = []
    for plan in plans:
        sheet = next((each for each in sheets if each.plan is plan), None)
        if sheet is None:
            sheet = spare.pop() if spare else TileSheet()
            sheet.hold(plan, measure)
        found.append(sheet)
    return found


def _by_key(tiles: Iterable[Tile]) -> dict[_Key, Tile]:
    return {(tile.entry.booked_id, tile.part, tile.column): tile for tile in tiles}
