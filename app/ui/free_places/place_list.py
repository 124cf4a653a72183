"""The free places that were found, by day: a list to walk with the arrows and to take with Enter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.free_places import FreePlace
from app.ui import theme
from app.ui.theme import FontRole

Index = QModelIndex | QPersistentModelIndex
Promised = tuple[FreePlace, str]
"""A place and the client to whom it is proposed already; empty for a walk-in without a card."""

PLACE_ROLE = Qt.ItemDataRole.UserRole
_ROW, _HEAD = 36, 44
_SIDE, _TIME = 12, 56


@dataclass(frozen=True, slots=True)
class _Day:
    """The heading of a day."""

    day: date


class _Places(QAbstractListModel):
    """Headings and places, in order."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._names: dict[int, str] = {}
        self._rows: list[_Day | FreePlace] = []
        self._promised: dict[FreePlace, str] = {}

    def show_places(self, places: Sequence[FreePlace], promised: Sequence[Promised], names: dict[int, str]) -> None:
        """Show these places instead of those before; of each day what is ``promised`` to others comes last."""
        self.beginResetModel()
        self._names = names
        self._promised = dict(promised)
        days: defaultdict[date, list[FreePlace]] = defaultdict(list)
        for place in (*places, *self._promised):
            days[place.starts_at.date()].append(place)
        self._rows = [row for day in sorted(days) for row in (_Day(day), *days[day])]
        self.endResetModel()

    @property
    def first(self) -> int | None:
        """The row of the first place that is promised to nobody."""
        rows = (row for row, one in enumerate(self._rows) if isinstance(one, FreePlace) and one not in self._promised)
        return next(rows, None)

    def promise(self, place: FreePlace) -> str:
        """To whom the place is promised, in words; empty when it is nobody's."""
        name = self._promised.get(place)
        if name is None:
            return ""
        return _("promised: {client}").format(client=wording.short_name(name)) if name else _("promised to another")

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt calls it without)
        """Headings and places together."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A place or its day; for the screen reader as one sentence."""
        one = self._rows[index.row()]
        if role == PLACE_ROLE:
            return one
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(one, _Day):
            return f"{wording.day_title(one.day, self._today)}, {self.away(one.day)}"
        when = wording.weekday_and_date(one.starts_at.date(), self._today)
        said = (when, wording.interval(one.starts_at, one.ends_at), self.who(one), self.promise(one))
        return ", ".join(part for part in said if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        return Qt.ItemFlag.NoItemFlags if isinstance(self._rows[index.row()], _Day) else super().flags(index)

    def away(self, day: date) -> str:
        """How far the day is."""
        return wording.relative_day(day, self._today)

    def title(self, day: date) -> str:
        """The heading of a day."""
        return wording.day_title(day, self._today)

    def who(self, place: FreePlace) -> str:
        """Who does it; each master once."""
        names = dict.fromkeys(self._names.get(staff, "") for staff in place.staff_ids)
        return next(iter(names)) if len(names) == 1 else ", ".join(wording.short_name(name) for name in names)


class PlaceList(QListView):
    """Shows free places. Enter or a click takes one; the arrows pass over the headings."""

    chosen = Signal(object)
    """The ``FreePlace`` that was taken."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Places(today, self)
        self.setModel(self._model)
        self.setItemDelegate(_PlacePainter(self._model, self))
        self.setProperty("kind", "bare")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(_("Free places"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.clicked.connect(self._take)

    def show_places(
        self, places: Sequence[FreePlace], names: dict[int, str], promised: Sequence[Promised] = ()
    ) -> None:
        """Show what was found; the first place that is promised to nobody is the one that Enter takes.

        ``names`` are the masters'.
        """
        self._model.show_places(places, promised, names)
        first = self._model.first
        if first is not None:
            self.setCurrentIndex(self._model.index(first))
        self.scrollToTop()

    def stand_on(self, place: FreePlace) -> None:
        """Mark the place that begins then with the same masters, if it is still there and promised to nobody.

        Else the first stays marked.
        """
        wanted = (place.starts_at, place.staff_ids)
        for row in range(self._model.rowCount()):
            one = self._model.index(row).data(PLACE_ROLE)
            is_same = isinstance(one, FreePlace) and (one.starts_at, one.staff_ids) == wanted
            if is_same and not self._model.promise(one):
                self.setCurrentIndex(self._model.index(row))
                return

    def places(self) -> list[FreePlace]:
        """The places that are shown, from top to bottom."""
        rows = (self._model.index(row).data(PLACE_ROLE) for row in range(self._model.rowCount()))
        return [row for row in rows if isinstance(row, FreePlace)]

    @property
    def current(self) -> FreePlace | None:
        """The place on which the cursor stands."""
        one = self.currentIndex().data(PLACE_ROLE) if self.currentIndex().isValid() else None
        return one if isinstance(one, FreePlace) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _take(self, index: QModelIndex) -> None:
        place = index.data(PLACE_ROLE) if index.isValid() else None
        if isinstance(place, FreePlace):
            self.chosen.emit(place)


class _PlacePainter(QStyledItemDelegate):
    """Draws a heading, or time, master and end."""

    def __init__(self, model: _Places, parent: PlaceList) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading has air above it."""
        return QSize(0, _HEAD if isinstance(index.data(PLACE_ROLE), _Day) else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        place: QRect = option.rect  # type: ignore[attr-defined]
        one = index.data(PLACE_ROLE)
        painter.save()
        if isinstance(one, _Day):
            self._draw_day(painter, place.adjusted(_SIDE, 12, -_SIDE, 0), one.day)
        elif isinstance(one, FreePlace):
            self._draw_field(painter, option, place)
            self._draw_place(painter, place.adjusted(_SIDE, 0, -_SIDE, 0), one)
        painter.restore()

    def _draw_day(self, painter: QPainter, place: QRect, day: date) -> None:
        worn = theme.current()
        self._write(painter, place, self._model.title(day), FontRole.HEADING, worn.text)
        self._write(painter, place, self._model.away(day), FontRole.SECONDARY, worn.muted, at_right=True)

    def _draw_field(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect) -> None:
        worn = theme.current()
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected, hovered = (
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
        )
        if not selected and not hovered:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(worn.accent if selected and state & QStyle.StateFlag.State_HasFocus else Qt.PenStyle.NoPen)
        painter.setBrush(worn.accent_soft if selected else worn.hover)
        field = QRectF(place).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(field, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def _draw_place(self, painter: QPainter, place: QRect, one: FreePlace) -> None:
        worn = theme.current()
        promise = self._model.promise(one)
        until = promise or _("until {time}").format(time=wording.clock_time(one.ends_at))
        colour = worn.muted if promise else worn.text
        taken = self._write(painter, place, until, FontRole.SECONDARY, worn.muted, at_right=True)
        self._write(painter, place, wording.clock_time(one.starts_at), FontRole.STRONG, colour)
        middle = place.adjusted(_TIME, 0, -taken - 8, 0)
        self._write(painter, middle, self._model.who(one), FontRole.BODY, colour)

    def _write(
        self, painter: QPainter, place: QRect, text: str, role: FontRole, colour: Any, *, at_right: bool = False
    ) -> int:
        """Write in one line, cut where there is no room; returns the width."""
        painter.setFont(theme.font(role))
        painter.setPen(colour)
        metrics = QFontMetrics(theme.font(role))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return metrics.horizontalAdvance(shown)
