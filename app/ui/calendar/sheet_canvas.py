"""The painted sheet: cached pictures, dirty rectangles, and what of it is selected. It hears neither mouse nor keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from app import wording
from app.salon.profile import Profile
from app.salon.scheduling.agenda import AgendaEntry
from app.ui import theme
from app.ui.calendar import grid_layer, overlay, walking, words
from app.ui.calendar.geometry import (
    ZOOM_LEVELS,
    Box,
    HourScale,
    content_width,
    hour_height_for,
    tile_box,
)
from app.ui.calendar.placing import DayPlan, Free, PlacedHold, Tile, hours_of, plan_of
from app.ui.calendar.sheet_picture import SheetPicture, handed_out, joined
from app.ui.calendar.tracks import Sheet
from app.ui.calendar.walking import OnBlock, OnHold, OnPlace, OnVisit, Spot, Stop

if TYPE_CHECKING:
    from app.salon.scheduling.free_places import FreePlace
    from app.ui.calendar.place_marks import Mark, MarkPictures

HOUR_HEIGHT = 72
"""Half an hour is two lines of words; an hour has room for badges."""
_TOP = 10
_PLACE_MINUTES = 30
_TILES_A_STEP = 12
"""So many tiles are painted ahead before somebody else has a turn: less than a millisecond."""
_MOST_AHEAD = 8_000_000
"""Pixels of a day that is painted ahead, 32 MB: on a larger and sharper grid it is painted when it is wanted."""

Between = tuple[Box, Callable[[QPainter], object]]
"""Something between the hours and the tiles: where it is, and what paints it."""


class SheetCanvas(QWidget):
    """One widget for the whole sheet, with one geometry for paint and pointer."""

    spot_changed = Signal()
    """Something else is selected."""
    seen_wanted = Signal(QRect)
    """This part of the grid should be visible."""
    planned = Signal()
    """The sheet was placed anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._profile = Profile()
        self.hour_height = HOUR_HEIGHT
        """Pixels of an hour at least; a tall window gives more."""
        self._room = QSize(800, 600)
        self.plan: DayPlan | None = None
        self.now_minute: int | None = None
        """The current minute, while its day is shown."""
        self._now_day: date | None = None
        self._now = datetime.min.replace(tzinfo=UTC)
        """The current time (aware), for how long places are held."""
        self.spot: Spot | None = None
        self._cut_visit: int | None = None
        self.for_readers: object | None = None
        """The grid as a screen reader hears it, once one has asked."""
        self._picture = SheetPicture()
        self._left: DayPlan | None = None
        """What was shown before. It is given back when nobody waits: that takes a millisecond."""
        self._prepared: list[SheetPicture] = []
        """The days that may be wanted next."""
        self._hovered: Tile | None = None
        self._pointed: tuple[Free, int] | None = None
        self._places: tuple[FreePlace, ...] = ()
        self.marks: tuple[Mark, ...] = ()
        """The free places that a search has found, in the shown columns."""
        self._mark_pictures: MarkPictures | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # ---- what is shown ---------------------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet, profile: Profile) -> None:
        """Show a sheet. What is selected stays selected if it is still there."""
        left, was_free = self._standing, self._is_on_free_time
        self._sheet, self._profile = sheet, profile
        self._pointed = None
        self._place()
        # On a place that was free a visit may stand now, also one that has come back.
        if self.stop is None or (was_free and not self._is_on_free_time):
            self.select(self._beside(*left) if left is not None and self.hasFocus() else None)

    @property
    def _standing(self) -> tuple[int, date, int] | None:
        """Where the cursor stands: the key and the day of its column, and the minute."""
        stop = self.stop
        if stop is None or self.plan is None:
            return None
        track = self.plan.tracks[stop.column]
        return track.key, track.day, stop.starts

    @property
    def _is_on_free_time(self) -> bool:
        spot, stop = self.spot, self.stop
        if self.plan is None or stop is None or not isinstance(spot, OnPlace):
            return False
        return self.plan.free_at(stop.column, spot.minute) is not None

    def _beside(self, key: int, day: date, minute: int) -> Spot | None:
        """What stands where the cursor stood: whoever works by keyboard goes on there when a visit has gone."""
        column = self.plan.column_of(key) if self.plan is not None else None
        if self.plan is None or column is None or self.plan.tracks[column].day != day:
            return None
        stop = walking.nearest_stop(self.plan, column, minute)
        return None if stop is None else stop.spot

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
            self._place()

    def set_now(self, now: datetime | None, instant: datetime) -> None:
        """Move the line of the current time; None where its day is not shown. ``instant`` is the same, aware."""
        self._now = instant
        for held in self.plan.holds if self.plan else ():
            self._update_box(held.box)
        minute = None if now is None else now.hour * 60 + now.minute
        day = None if now is None else now.date()
        if (minute, day) == (self.now_minute, self._now_day):
            return
        for each in (self.now_minute, minute):
            if each is not None and self.plan is not None:
                self.update(0, self.plan.scale.y_of(each) - 5, self.width(), 10)
        self.now_minute, self._now_day = minute, day

    def mark_places(self, places: Sequence[FreePlace]) -> None:
        """Show where a search has found free places; an empty one takes the marks away."""
        self._places = tuple(places)
        self._place_marks()
        self.update()

    def _place_marks(self) -> None:
        if not self._places or self.plan is None:
            self.marks = ()
            return
        from app.ui.calendar.place_marks import MarkPictures, marks_of

        self.marks = marks_of(self.plan, self._places)
        if self._mark_pictures is None:
            self._mark_pictures = MarkPictures()

    def _mark_cut(self, cut_visit: int | None) -> None:
        if cut_visit != self._cut_visit:
            self.update()
        self._cut_visit = cut_visit

    def entry(self, booked_id: int) -> AgendaEntry | None:
        """A booked service of the shown sheet."""
        entries = self._sheet.entries if self._sheet else ()
        return next((entry for entry in entries if entry.booked_id == booked_id), None)

    @property
    def selected_entry(self) -> AgendaEntry | None:
        """The booked service that is selected."""
        return self.entry(self.spot.booked_id) if isinstance(self.spot, OnVisit) else None

    def held(self, spot: OnHold) -> PlacedHold | None:
        """A held place of the shown sheet."""
        holds = self.plan.holds if self.plan else ()
        return next((each for each in holds if OnHold(each.hold.hold_id, each.hold.staff_id) == spot), None)

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
        if isinstance(spot, OnHold):
            held = self.held(spot)
            return None if held is None else held.box
        stop = walking.stop_of(self.plan, spot)
        return None if stop is None else self._place_box(stop.column, stop.starts, stop.ends)

    def said_stops(self) -> list[Stop]:
        """The visits and breaks of the sheet, column by column."""
        if self.plan is None:
            return []
        columns = range(len(self.plan.tracks))
        found = [stop for column in columns for stop in walking.stops(self.plan, column)]
        return [stop for stop in found if not isinstance(stop.spot, OnPlace)]

    def said(self, spot: Spot | None) -> str:
        """Something on the grid in full words, for the tool tip and the screen reader."""
        stop = walking.stop_of(self.plan, spot) if self.plan else None
        if self.plan is None or stop is None:
            return ""
        where = self.plan.tracks[stop.column].name
        hours = wording.interval(self.plan.moment(stop.starts), self.plan.moment(stop.ends))
        match stop.spot:
            case OnVisit(booked_id):
                entry = self.entry(booked_id)
                master = self.plan.sheet.masters.get(entry.staff_id, "") if entry else ""
                return "" if entry is None else words.full_name(entry, master)
            case OnBlock(block_id):
                block = next(each.block for each in self.plan.blocks if each.block.block_id == block_id)
                return ", ".join((hours, words.block(block), where))
            case OnHold():
                held = self.held(stop.spot)
                return "" if held is None else ", ".join((hours, words.held(held.hold, self._now), where))
            case OnPlace():
                return ", ".join(part for part in (hours, self._said_of_place(self.plan, stop), where) if part)

    def _said_of_place(self, plan: DayPlan, stop: Stop) -> str:
        """For how long nobody is booked; or that nobody works then or it is taken: who books there breaks a rule."""
        if plan.free_at(stop.column, stop.starts) is not None:
            return words.free_for(stop.ends - stop.starts)
        track = plan.tracks[stop.column]
        if any(starts <= stop.starts < ends for starts, ends in track.worked()):
            return words.taken()
        return words.off_hours() if track.staff_id is not None else ""

    def _place(self) -> None:
        if self._sheet is None:
            return
        self._hovered = None
        self.plan = self._turn_to(self._sheet)
        self.setFixedSize(_size_of(self.plan))
        self._place_marks()
        self.update()
        self.planned.emit()

    def _turn_to(self, sheet: Sheet) -> DayPlan:
        """Turn to the picture of a sheet, as it was prepared if it was; the one that was shown stays at hand."""
        measure = self._measure()
        for number, each in enumerate(self._prepared):
            if each.is_of(sheet, measure):
                self._prepared[number], self._picture = self._picture, each
                break
        plan = self._picture.plan
        if plan is None or not self._picture.is_of(sheet, measure):
            self._left, plan = plan, self._placed(sheet)
            self._picture.hold(plan, measure)
        return plan

    def _measure(self) -> object:
        """What decides where the things of a sheet stand."""
        return (self._room, self.hour_height, self._profile.opens_minute, self._profile.closes_minute)

    def _placed(self, sheet: Sheet) -> DayPlan:
        first, last = hours_of(sheet, self._profile)
        height = hour_height_for(last - first, self._room.height() - _TOP - grid_layer.FOOT, self.hour_height)
        scale = HourScale(first, last, height, _TOP)
        return plan_of(sheet, scale, content_width(len(sheet.tracks), self._room.width()))

    def prepare(self, sheets: Iterable[Sheet], scrolled: int) -> Iterator[None]:
        """Place and paint sheets that may be wanted next, a little at each step; all others are forgotten.

        First comes the picture of what is shown, where it was painted straight to the screen: whoever drags or
        scrolls next needs it. Of the others only what would be seen at once is painted: from ``scrolled`` pixels on
        as much as the window shows.
        """
        self._left = None
        measure, ratio = self._measure(), self.devicePixelRatioF()
        seen = Box(0, scrolled, self.width(), self._room.height())
        self._picture.get_ready(self.size(), ratio)
        while self._picture.paint(seen, _TILES_A_STEP):
            yield
        plans: list[DayPlan] = []
        for sheet in sheets:
            yield
            ready = next((each.plan for each in self._prepared if each.is_of(sheet, measure)), None)
            plans.append(ready or self._placed(sheet))
        self._prepared = handed_out(self._prepared, plans, measure)
        for each, plan in zip(self._prepared, plans, strict=True):
            yield
            if _pixels(plan, ratio) <= _MOST_AHEAD:
                each.get_ready(_size_of(plan), ratio)
                while each.paint(seen, _TILES_A_STEP):
                    yield
        while self._picture.paint(Box(0, 0, self.width(), self.height()), _TILES_A_STEP):
            yield

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: paint everything anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._prepared = []
            self._picture.forget()
            self.update()

    # ---- painting --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid, line of the current time, tiles, and what is over them for a moment."""
        plan = self.plan
        painter = QPainter(self)
        dirty = event.rect()
        if plan is None:
            theme.fill(painter, dirty, theme.current().surface)
            return
        seen, ratio = Box(dirty.x(), dirty.y(), dirty.width(), dirty.height()), self.devicePixelRatioF()
        faded = [(tile.box, opacity) for tile, opacity in self._faded(plan).items()]
        self._picture.put(painter, seen, self.size(), ratio, faded, partial(self._paint_under_faded, plan, seen))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_between(painter, plan, seen)
        self._paint_marks(painter, seen, ratio)
        self._paint_on_tiles(painter, plan)
        self._paint_selection(painter)
        self._paint_over(painter)

    def _paint_between(self, painter: QPainter, plan: DayPlan, seen: Box) -> None:
        """What lies between the hours and the tiles: it is painted after them, and kept off them."""
        for box, paint in self._between(plan, seen):
            hidden = joined(tile.box for tile in plan.tiles if tile.box.overlaps(box))
            painter.setClipRegion(QRegion(grid_layer.rect(box).adjusted(-1, -1, 1, 1)) - hidden)
            paint(painter)
        painter.setClipping(False)

    def _paint_under_faded(self, plan: DayPlan, seen: Box, painter: QPainter, within: QRegion) -> None:
        """The same where a tile is seen through: it shows under it."""
        for box, paint in self._between(plan, seen):
            painter.setClipRegion(within & grid_layer.rect(box).adjusted(-1, -1, 1, 1))
            paint(painter)

    def _between(self, plan: DayPlan, seen: Box) -> Iterator[Between]:
        around = Box(seen.x - 1, seen.y - 1, seen.width + 2, seen.height + 2)
        for each in (*self._shown_places(plan), *self._shown_holds(plan), *self._now_lines(plan)):
            if each[0].overlaps(around):
                yield each

    def _shown_places(self, plan: DayPlan) -> Iterator[Between]:
        """The free place under the pointer, and the selected one."""
        if self._pointed is not None:
            free, minute = self._pointed
            box = self._place_box(free.column, minute, free.ends)
            starts, left = wording.clock_time(plan.moment(minute)), free.ends - minute
            said = {"rest": words.free_for(left), "shorter": wording.duration(left)}
            yield box, partial(overlay.paint_place, box=box, starts=starts, **said)
        yield from self._selected_place(plan, over_tiles=False)

    def _selected_place(self, plan: DayPlan, *, over_tiles: bool) -> Iterator[Between]:
        """The selected place, if it stands over tiles as it is asked: there, only all of it can be read."""
        stop = self.stop
        if stop is not None and isinstance(stop.spot, OnPlace):
            box = self._place_box(stop.column, stop.starts, stop.ends)
            if any(tile.box.overlaps(box) for tile in plan.tiles) == over_tiles:
                starts, rest = wording.clock_time(plan.moment(stop.starts)), self._said_of_place(plan, stop)
                is_free = plan.free_at(stop.column, stop.starts) is not None
                shorter = wording.duration(stop.ends - stop.starts) if is_free else ""
                yield box, partial(overlay.paint_place, box=box, starts=starts, rest=rest, shorter=shorter)

    def _shown_holds(self, plan: DayPlan) -> Iterator[Between]:
        for held in plan.holds:
            yield held.box, partial(overlay.paint_hold, box=held.box, text=words.held(held.hold, self._now))

    def _now_lines(self, plan: DayPlan) -> Iterator[Between]:
        now = self.now_minute
        if now is None or not plan.scale.first_minute <= now <= plan.scale.last_minute:
            return
        y = plan.scale.y_of(now)
        for column, track in enumerate(plan.tracks):
            if track.day == self._now_day:
                left, width = plan.columns.x_of(column), plan.columns.width_of(column)
                yield Box(left, y - 1, width, 2), partial(overlay.paint_now, y=y, left=left, right=left + width)

    def _paint_marks(self, painter: QPainter, seen: Box, ratio: float) -> None:
        for mark in self.marks:
            if self._mark_pictures is not None and mark.box.overlaps(seen):
                self._mark_pictures.paint(painter, mark, ratio)

    def _paint_over(self, painter: QPainter) -> None:
        """What lies over everything."""

    def _paint_on_tiles(self, painter: QPainter, plan: DayPlan) -> None:
        """What stands on single tiles."""
        if self._cut_visit is not None:
            for tile in plan.tiles:
                if tile.entry.visit_id == self._cut_visit:
                    overlay.paint_cut(painter, tile.box)
        if self._hovered is not None:
            ink = theme.current().status(self._hovered.entry.status).ink
            overlay.paint_hover(painter, self._hovered.box, ink)
        if self.now_minute is not None:
            for tile in plan.tiles:
                if self._is_on(plan, tile, self.now_minute):
                    overlay.paint_now_mark(painter, plan.scale.y_of(self.now_minute), tile.box)

    def _faded(self, plan: DayPlan) -> dict[Tile, float]:
        """Tiles that are seen through, and how far."""
        if self._cut_visit is None:
            return {}
        return {tile: 0.8 for tile in plan.tiles if tile.entry.visit_id == self._cut_visit}

    def _is_on(self, plan: DayPlan, tile: Tile, now: int) -> bool:
        """Whether the line of the current time runs under a tile."""
        return tile.starts < now < tile.ends and plan.tracks[tile.column].day == self._now_day

    def _paint_selection(self, painter: QPainter) -> None:
        if isinstance(self.spot, OnVisit) and self.plan is not None:
            for tile in self.plan.tiles_of(self.spot.booked_id):
                overlay.paint_ring(painter, tile.box, strong=self.hasFocus())
            return
        if self.plan is not None:
            for _box, paint in self._selected_place(self.plan, over_tiles=True):
                paint(painter)
        box = self.box_of(self.spot)
        if box is not None and (isinstance(self.spot, OnBlock | OnHold) or self.hasFocus()):
            overlay.paint_ring(painter, box, strong=self.hasFocus())

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The selection is drawn strongly."""
        super().focusInEvent(event)
        self._update_spot()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The selection is drawn quietly."""
        super().focusOutEvent(event)
        self._update_spot()


def _size_of(plan: DayPlan) -> QSize:
    return QSize(plan.columns.width, plan.scale.bottom + grid_layer.FOOT)


def _pixels(plan: DayPlan, ratio: float) -> float:
    size = _size_of(plan)
    return size.width() * size.height() * ratio * ratio
