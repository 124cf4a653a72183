"""The month as a table: a row for each person, a column for each day; painted, for it holds four hundred cells."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app import wording
from app.language import _, pgettext
from app.salon.catalogue.shifts import PlannedDay, PlannedMaster
from app.ui import lettering, shortcuts, theme
from app.ui.shifts import words
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.vocabulary import AbsenceKind

NAME_WIDTH = 168
HEAD_HEIGHT = 44
LEAST_CELL = 33
_ROW, _LEAST_ROW = 48, 40
_LINE = 14
_DAY_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class MonthModel(QAbstractTableModel):
    """The days of everybody; a cell says everything about its day in words."""

    def __init__(self) -> None:
        super().__init__()
        self.people: list[PlannedMaster] = []
        self.days: list[date] = []
        self.today = date.min

    def show_plan(self, people: Sequence[PlannedMaster], days: Sequence[date], today: date) -> None:
        """Show another month, or the same one read again."""
        self.beginResetModel()
        self.people, self.days, self.today = list(people), list(days), today
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """One row for each person."""
        return 0 if parent is not None and parent.isValid() else len(self.people)

    def columnCount(self, parent: _Index | None = None) -> int:
        """One column for each day."""
        return 0 if parent is not None and parent.isValid() else len(self.days)

    def day(self, index: _Index) -> PlannedDay:
        """What a cell shows."""
        return self.people[index.row()].days[index.column()]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if not index.isValid():
            return None
        planned = self.day(index)
        if role == _DAY_ROLE:
            return planned
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            who, when = self.people[index.row()].name, wording.weekday_and_date(planned.day, self.today)
            return f"{who}, {when}: {words.day(planned)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Who, or which day."""
        if orientation == Qt.Orientation.Horizontal:
            return self._day_head(section, role) if section < len(self.days) else None
        return self._name_head(section, role) if section < len(self.people) else None

    def _day_head(self, section: int, role: int) -> Any:
        day = self.days[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.weekday_and_date(day, self.today)
        if role == Qt.ItemDataRole.ToolTipRole:
            holiday = next((one.days[section].holiday for one in self.people), None)
            said = wording.weekday_and_date(day, self.today)
            return said if holiday is None else f"{said}: {holiday or _('holiday of the salon')}"
        return day if role == _DAY_ROLE else None

    def _name_head(self, section: int, role: int) -> Any:
        one = self.people[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{one.name}, {self.total(section)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            said = [one.name, self.total(section), *(words.pattern(pattern) for pattern in one.rosters[:1])]
            return "\n".join(said)
        return one if role == _DAY_ROLE else None

    def total(self, row: int) -> str:
        """The sum of a row: ``168 h · 14 days``."""
        one = self.people[row]
        return f"{words.worked(one.minutes)} · {wording.days(one.working_days)}"

    def is_holiday(self, section: int) -> bool:
        """Whether the salon is closed on the day of a column."""
        return bool(self.people) and self.people[0].days[section].holiday is not None


class _CellPainter(QStyledItemDelegate):
    """Paints a day: from and to below each other, tinted by what it is."""

    def __init__(self, model: MonthModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the field, the hours, and the marks."""
        planned = self._model.day(index)
        worn = theme.current()
        place: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(place).adjusted(1, 2, -1, -2)
        fill, ink = _tint(planned, worn, is_past=planned.day < self._model.today)
        painter.setPen(Qt.PenStyle.NoPen)
        if fill is not None:
            painter.setBrush(fill)
            painter.drawRoundedRect(field, 6, 6)
        painter.setPen(worn.line)
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        self._paint_words(painter, field, planned, ink)
        if planned.is_by_hand:
            painter.setBrush(worn.accent)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(field.right() - 4, field.top() + 4), 2, 2)
        if state & QStyle.StateFlag.State_Selected:
            veil = QColor(worn.accent)
            veil.setAlpha(48)
            painter.setBrush(veil)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRect(place)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn.accent, 2))
            painter.drawRoundedRect(field, 6, 6)
        painter.restore()

    def _paint_words(self, painter: QPainter, field: QRectF, planned: PlannedDay, ink: QColor) -> None:
        painter.setPen(ink)
        painter.setFont(theme.font(FontRole.SMALL))
        middle = int(Qt.AlignmentFlag.AlignCenter)
        if planned.hours:
            first, last = words.minute(planned.hours[0].opens), words.minute(planned.hours[-1].closes)
            top = field.center().y() - _LINE
            painter.drawText(QRectF(field.left(), top, field.width(), _LINE), middle, first)
            painter.drawText(QRectF(field.left(), top + _LINE, field.width(), _LINE), middle, last)
            if len(planned.hours) > 1:
                height = field.center().y()
                painter.drawLine(QPointF(field.left() + 4, height), QPointF(field.right() - 4, height))
        elif planned.absence is not None:
            painter.setFont(theme.font(FontRole.SMALL_STRONG))
            painter.drawText(field, middle, _letter(planned.absence))
            if planned.visits:
                corner = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
                painter.drawText(field.adjusted(0, 0, -2, -1), corner, "!")


class _DayHead(QHeaderView):
    """The weekday above the number; today, weekends and holidays stand out."""

    def __init__(self, model: MonthModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(LEAST_CELL)

    def sizeHint(self) -> QSize:
        """Room for two lines."""
        return QSize(super().sizeHint().width(), HEAD_HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one day."""
        day = self._model.days[section]
        worn = theme.current()
        is_today, is_holiday = day == self._model.today, self._model.is_holiday(section)
        is_strong = is_today or day.weekday() < 5
        ink = worn.warn if is_holiday else worn.text if is_strong else worn.muted
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(worn.accent if is_today else worn.warn if is_holiday else worn.muted)
        painter.setFont(theme.font(FontRole.SMALL))
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.drawText(QRect(rect.x(), rect.y() + 4, rect.width(), _LINE + 2), middle, wording.weekday_short(day))
        number = QRectF(rect.center().x() - 12, rect.y() + 20, 25, 20)
        if is_today:
            painter.setBrush(worn.accent)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(number, 10, 10)
        painter.setFont(theme.font(FontRole.SMALL_STRONG if is_strong else FontRole.SMALL))
        painter.setPen(worn.on_accent if is_today else ink)
        painter.drawText(number, middle, str(day.day))
        painter.restore()


class _NameHead(QHeaderView):
    """The name above the sum of the hours."""

    def __init__(self, model: MonthModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedWidth(NAME_WIDTH)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one person."""
        worn = theme.current()
        painter.save()
        words_at = rect.adjusted(12, 0, -8, 0)
        top = rect.center().y() - 16
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for line, (text, role, ink) in enumerate(
            (
                (self._name(section, words_at.width()), FontRole.STRONG, worn.text),
                (self._model.total(section), FontRole.SMALL, worn.muted),
            )
        ):
            painter.setFont(theme.font(role))
            painter.setPen(ink)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words_at.width())
            painter.drawText(QRect(words_at.x(), top + 17 * line, words_at.width(), 17), flags, shown)
        painter.setPen(worn.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _name(self, section: int, room: int) -> str:
        """The whole name, or as colleagues say it where there is no room: two of one first name are told apart."""
        name = self._model.people[section].name
        return name if lettering.width(FontRole.STRONG, name) <= room else wording.short_name(name)


class MonthGrid(QTableView):
    """Walk by arrows, choose with Shift or the mouse, Enter edits the hours."""

    edit_wanted = Signal()
    off_wanted = Signal()
    copy_wanted = Signal()
    paste_wanted = Signal()
    month_wanted = Signal(int)
    """Go so many months on or back."""
    menu_wanted = Signal(object)
    """The place (global) at which what can be done is to be shown."""
    roster_wanted = Signal(int)
    """The row whose name was clicked: its schedule is wanted."""
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = MonthModel()
        self.plan.setParent(self)
        self.setProperty("kind", "record")
        self.setAccessibleName(_("Shifts of the month"))
        self.setModel(self.plan)
        self.setItemDelegate(_CellPainter(self.plan, self))
        self.setHorizontalHeader(_DayHead(self.plan, self))
        names = _NameHead(self.plan, self)
        self.setVerticalHeader(names)
        names.sectionClicked.connect(self.roster_wanted)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().selectionChanged.connect(self._tell_chosen)
        self.selectionModel().currentChanged.connect(self._tell_chosen)

    def _tell_chosen(self, _now: object, _before: object) -> None:
        self.chosen_changed.emit()

    @property
    def chosen(self) -> list[list[PlannedDay]]:
        """The chosen days, row by row; the one under the cursor when nothing else is chosen."""
        rows, columns = self.chosen_rows, self.chosen_columns
        return [[self.plan.people[row].days[column] for column in columns] for row in rows]

    @property
    def chosen_rows(self) -> list[int]:
        """The rows of what is chosen."""
        return sorted({index.row() for index in self._indexes()})

    @property
    def chosen_columns(self) -> list[int]:
        """The columns of what is chosen."""
        return sorted({index.column() for index in self._indexes()})

    def _indexes(self) -> list[QModelIndex]:
        chosen = self.selectionModel().selectedIndexes()
        current = self.currentIndex()
        return chosen or ([current] if current.isValid() else [])

    def show_plan(self, people: Sequence[PlannedMaster], days: Sequence[date], today: date) -> None:
        """Show a month; the cursor stays on its person and day of the month, if they are there."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        kept = [(one.row(), one.column()) for one in self.selectionModel().selectedIndexes()]
        self.plan.show_plan(people, days, today)
        self._fit()
        if not people:
            return
        if column < 0:
            column = days.index(today) if today in days else 0
        self.stand_on(min(max(row, 0), len(people) - 1), min(column, len(days) - 1))
        if len(kept) > 1:
            self._choose_again([(r, c) for r, c in kept if r < len(people) and c < len(days)])

    def stand_on(self, row: int, column: int) -> None:
        """Put the cursor on a cell."""
        self.setCurrentIndex(self.plan.index(row, column))

    def choose(self, row: int, first: int, last: int) -> None:
        """Choose the days from column to column of one row."""
        self.stand_on(row, first)
        self._choose_again([(row, column) for column in range(first, last + 1)])

    def _choose_again(self, cells: Sequence[tuple[int, int]]) -> None:
        chosen = QItemSelection()
        for row, column in cells:
            index = self.plan.index(row, column)
            chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits, Delete is a day off, Ctrl+C and Ctrl+V copy hours, PgUp and PgDn change the month."""
        for key, signal in (
            (Key.EDIT_HOURS, self.edit_wanted),
            (Key.DAY_OFF, self.off_wanted),
            (Key.COPY_HOURS, self.copy_wanted),
            (Key.PASTE_HOURS, self.paste_wanted),
        ):
            if shortcuts.is_pressed(key, event):
                signal.emit()
                return
        if shortcuts.is_pressed(Key.OTHER_MONTH, event):
            self.month_wanted.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.key() == Qt.Key.Key_Menu:
            self.menu_wanted.emit(self._below_cursor())
        elif event.text().isalnum() and not event.modifiers():
            event.ignore()  # no letter jumps to a name here, and digits look for a client
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the chosen days."""
        index = self.indexAt(event.pos())
        if index.isValid() and index not in self.selectionModel().selectedIndexes():
            self.setCurrentIndex(index)
        self.menu_wanted.emit(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click edits."""
        if self.indexAt(event.position().toPoint()).isValid():
            self.edit_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The days share the width, the people the height."""
        super().resizeEvent(event)
        self._fit()
        # Beside an open panel the day that is worked on stays in sight.
        self.scrollTo(self.currentIndex())

    def _fit(self) -> None:
        days, people = len(self.plan.days), len(self.plan.people)
        if not days or not people:
            return
        width, rest = divmod(self.viewport().width(), days)
        height = min(_ROW, max(_LEAST_ROW, self.viewport().height() // people))
        for section in range(days):
            # What is left over goes to the first days, a pixel each, so that the table ends at its edge.
            self.setColumnWidth(section, max(LEAST_CELL, width + (section < rest)))
        self.verticalHeader().setDefaultSectionSize(height)

    def _below_cursor(self) -> Any:
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())


def _letter(kind: AbsenceKind) -> str:
    """One letter or two for an absence, as on a duty sheet."""
    return {
        AbsenceKind.VACATION: pgettext("duty sheet", "V"),
        AbsenceKind.SICK_LEAVE: pgettext("duty sheet", "Ill"),
        AbsenceKind.TRAINING: pgettext("duty sheet", "Tr"),
        AbsenceKind.DAY_OFF: pgettext("duty sheet", "off"),
    }[kind]


def _tint(planned: PlannedDay, worn: theme.Theme, *, is_past: bool) -> tuple[QColor | None, QColor]:
    """Fill and ink of a day. Never by colour alone: an absence has its letter, hours their figures."""
    if planned.hours:
        if planned.holiday is not None:
            return worn.warn_soft, worn.warn
        return (worn.sunken, worn.muted) if is_past else (worn.accent_soft, worn.text)
    match planned.absence:
        case AbsenceKind.SICK_LEAVE:
            return worn.danger_soft, worn.danger
        case AbsenceKind.VACATION | AbsenceKind.TRAINING:
            return worn.warn_soft, worn.warn
        case AbsenceKind.DAY_OFF:
            return worn.sunken, worn.muted
        case _:
            return (worn.sunken if planned.holiday is not None else None), worn.muted
