"""Free places that a search has found, as small marks in the columns of the grid. A click on one books there."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from app import wording
from app.frozen import frozen
from app.salon.scheduling.free_places import FreePlace
from app.ui import theme
from app.ui.calendar.geometry import Box
from app.ui.calendar.placing import DayPlan
from app.ui.theme import FontRole

_WIDTH, _HEIGHT = 52, 18
_INSET = 8


@frozen
class Mark:
    """One free place where it would begin."""

    place: FreePlace
    column: int
    box: Box


def marks_of(plan: DayPlan, places: Iterable[FreePlace]) -> tuple[Mark, ...]:
    """The marks of the shown columns. Where starts stand closer than a mark is high, some have none: none overlap."""
    column_of = {(track.staff_id, track.day): number for number, track in enumerate(plan.tracks) if track.staff_id}
    ends: dict[int, int] = {}
    found: list[Mark] = []
    for place in sorted(places, key=lambda one: one.starts_at):
        column = column_of.get((place.staff_ids[0], place.starts_at.date()))
        if column is None:
            continue
        y = plan.scale.y_of(place.starts_at.hour * 60 + place.starts_at.minute) + 1
        if y >= ends.get(column, y):
            width = min(_WIDTH, plan.columns.width_of(column) - 2 * _INSET)
            found.append(Mark(place, column, Box(plan.columns.x_of(column) + _INSET, y, width, _HEIGHT - 1)))
            ends[column] = y + _HEIGHT
    return tuple(found)


class MarkPictures:
    """The pictures of the marks by their time: there are only so many in a day."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, mark: Mark, ratio: float) -> None:
        """Put a mark where it stands."""
        text = wording.clock_time(mark.place.starts_at)
        key = (text, theme.current().name, mark.box.width, ratio)
        picture = self._kept.get(key)
        if picture is None:
            picture = self._kept[key] = _painted(text, mark.box, ratio)
        painter.drawPixmap(QPointF(mark.box.x, mark.box.y), picture)


def _painted(text: str, box: Box, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(box.width, box.height) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    worn = theme.current()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(worn.accent)
    painter.setBrush(worn.accent_soft)
    place = QRectF(0.5, 0.5, box.width - 1, box.height - 1)
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    painter.setFont(theme.font(FontRole.SMALL_STRONG))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.end()
    return picture
