"""A sheet of the calendar as one picture: what lies under the tiles, and the tiles, each painted when first seen."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

from app.ui import theme
from app.ui.calendar import grid_layer
from app.ui.calendar.geometry import Box
from app.ui.calendar.placing import DayPlan, Tile
from app.ui.calendar.tile_picture import paint_tiles
from app.ui.calendar.tracks import Sheet

_Key = tuple[int, int, int]
"""Booked service, part and column: a service may take two rooms."""


class SheetPicture:
    """All of a plan that stays as it is while somebody looks at it.

    One picture, not one of the ground and one for each tile: it goes to the screen in one act, nothing of it is seen
    through, and the same memory serves day after day.
    """

    def __init__(self) -> None:
        self.plan: DayPlan | None = None
        self.measure: object = None
        """For which room and height of the hours ``plan`` was placed."""
        self.pixmap = QPixmap()
        self._look: object = None
        """Size, sharpness and theme of the picture."""
        self._shown: DayPlan | None = None
        """The plan for which the picture is."""
        self._ground: object = None
        """What of that plan lies under the tiles."""
        self._on_it: dict[_Key, Tile] = {}
        self._missing: dict[_Key, Tile] = {}
        self._was_put_straight = False
        """Whether the plan was seen once although there was no picture of it."""

    def hold(self, plan: DayPlan, measure: object) -> None:
        """Stand for another plan from now on."""
        self.plan, self.measure = plan, measure
        self._was_put_straight = False

    def is_of(self, sheet: Sheet, measure: object) -> bool:
        """Whether it stands for this very reading in this room."""
        return self.plan is not None and self.plan.sheet is sheet and self.measure == measure

    def forget(self) -> None:
        """Paint everything anew when it is seen next."""
        self._look = None

    def put(
        self,
        painter: QPainter,
        seen: Box,
        size: QSize,
        ratio: float,
        faded: Sequence[tuple[Box, float]] = (),
        under: Callable[[QPainter, QRegion], object] = lambda _painter, _within: None,
    ) -> None:
        """Put what is ``seen`` of the plan on the screen; places that are ``faded`` so far that the ground shows.

        ``under`` paints what lies between that ground and the tiles, within their region.

        Whoever comes to a day from far away waits for nothing but the day: it is painted straight to the screen, and
        its picture when nobody waits, or when it is seen once more. To paint the picture first took a tenth longer.
        Not where a pixel is no whole number of dots: there the picture stands a part of a dot beside what is painted
        straight, and whatever is painted anew next would show a seam.
        """
        if ratio.is_integer() and not faded and not self._was_put_straight and self._is_strange(size, ratio):
            self._was_put_straight = True
            self._paint_straight(painter, seen)
            return
        self.get_ready(size, ratio)
        self.paint(seen)
        painter.drawPixmap(0, 0, self.pixmap)
        if faded:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._put_faded(painter, faded, under)

    def _is_strange(self, size: QSize, ratio: float) -> bool:
        """Whether nothing of the picture, as it is, can stay for the plan."""
        if self.plan is None or self.plan is self._shown:
            return False
        return self._look != _look(size, ratio) or self._ground != grid_layer.ground_of(self.plan)

    def _paint_straight(self, painter: QPainter, seen: Box) -> None:
        if self.plan is None:
            return
        painter.save()
        grid_layer.paint(painter, self.plan)
        paint_tiles(painter, [tile for tile in self.plan.tiles if tile.box.overlaps(seen)])
        painter.restore()

    def get_ready(self, size: QSize, ratio: float) -> None:
        """Paint the ground of the plan. On the same ground the tiles that stand there already, as they were, stay."""
        plan, look = self.plan, _look(size, ratio)
        if plan is None or (plan is self._shown and look == self._look):
            return
        if self.pixmap.size() != size * ratio:
            self.pixmap = QPixmap(size * ratio)
        self.pixmap.setDevicePixelRatio(ratio)
        ground, tiles, there = grid_layer.ground_of(plan), _by_key(plan.tiles), self._on_it
        kept: dict[_Key, Tile] = {}
        if look == self._look and ground == self._ground:
            kept = {key: tiles[key] for key in tiles.keys() & there.keys() if tiles[key] == there[key]}
        if not kept:
            self._paint_ground(plan)
        elif len(kept) < len(there):
            # Where a pixel is no whole number of dots, a tile may reach a dot beyond its place.
            margin = 0 if ratio.is_integer() else 1
            self._paint_ground(plan, joined((tile.box for key, tile in there.items() if key not in kept), margin))
        self._missing = {key: tile for key, tile in tiles.items() if key not in kept}
        self._shown, self._look, self._ground, self._on_it = plan, look, ground, kept

    def _paint_ground(self, plan: DayPlan, within: QRegion | None = None) -> None:
        painter = QPainter(self.pixmap)
        if within is not None:
            painter.setClipRegion(within)
        grid_layer.paint(painter, plan)
        painter.end()

    def paint(self, seen: Box, most: int | None = None) -> bool:
        """Paint what is missing of ``seen``, at most so many tiles; whether some are missing there still."""
        wanted = [key for key, tile in self._missing.items() if seen.overlaps(tile.box)]
        if not wanted:
            return False
        now = {key: self._missing.pop(key) for key in wanted[:most]}
        painter = QPainter(self.pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tiles(painter, list(now.values()))
        painter.end()
        self._on_it |= now
        return len(now) < len(wanted)

    def _put_faded(
        self, painter: QPainter, faded: Sequence[tuple[Box, float]], under: Callable[[QPainter, QRegion], object]
    ) -> None:
        """Put places of the picture where they belong, seen through: the ground shows under them."""
        if self.plan is None:
            return
        within = joined(box for box, _opacity in faded)
        painter.save()
        painter.setClipRegion(within)
        grid_layer.paint(painter, self.plan)
        under(painter, within)
        painter.restore()
        ratio = self.pixmap.devicePixelRatio()
        for box, opacity in faded:
            place = grid_layer.rect(box)
            painter.setOpacity(opacity)
            painter.drawPixmap(place, self.pixmap, QRect(place.topLeft() * ratio, place.size() * ratio))
        painter.setOpacity(1)


def handed_out(pictures: Sequence[SheetPicture], plans: Sequence[DayPlan], measure: object) -> list[SheetPicture]:
    """A picture for each plan: the one that stands for it already, or one that stands for none of them."""
    spare = [picture for picture in pictures if all(picture.plan is not plan for plan in plans)]
    found: list[SheetPicture] = []
    for plan in plans:
        picture = next((each for each in pictures if each.plan is plan), None)
        if picture is None:
            picture = spare.pop() if spare else SheetPicture()
            picture.hold(plan, measure)
        found.append(picture)
    return found


def _look(size: QSize, ratio: float) -> object:
    return size, ratio, theme.current().name


def _by_key(tiles: Iterable[Tile]) -> dict[_Key, Tile]:
    return {(tile.entry.booked_id, tile.part, tile.column): tile for tile in tiles}


def joined(boxes: Iterable[Box], margin: int = 0) -> QRegion:
    """Several places as one, each with so many pixels around it."""
    region = QRegion()
    for box in boxes:
        region += grid_layer.rect(box).adjusted(-margin, -margin, margin, margin)
    return region
