"""Under the head of the calendar: which view is shown, whose week, which masters, and how fine the grid is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.ui import shortcuts, theme
from app.ui.shortcuts import Key
from app.ui.widgets.buttons import Button, IconButton, QuietButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.menu import Menu
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import CalendarView

_HEIGHT = 44
_LEAST_WIDTH = 440
_MOST_FOR_MASTER = 260
"""Beside an open panel in the smallest window."""


def name_of(view: CalendarView) -> str:
    """A view in a word or two, as the switch says it."""
    return {
        CalendarView.MASTERS: _("Day"),
        CalendarView.ROOMS: _("Rooms"),
        CalendarView.WEEK: _("Master's week"),
        CalendarView.SALON_WEEK: _("Week"),
        CalendarView.MONTH: _("Month"),
        CalendarView.LIST: _("List"),
    }[view]


def description_of(view: CalendarView) -> str:
    """A view in full, for its tool tip."""
    return {
        CalendarView.MASTERS: _("The day by master"),
        CalendarView.ROOMS: _("The day by room"),
        CalendarView.WEEK: _("The week of one master"),
        CalendarView.SALON_WEEK: _("The week of all masters"),
        CalendarView.MONTH: _("The load of the month"),
        CalendarView.LIST: _("The day as a list"),
    }[view]


def key_of(number: int) -> str:
    """The key of the view with this number in the switch."""
    return QKeySequence(shortcuts.line_of(Key.VIEW).keys[number - 1]).toString(QKeySequence.SequenceFormat.NativeText)


class ViewBar(QWidget):
    """The switch of the views, and what can be chosen in the one that is shown."""

    view_wanted = Signal(object)
    """A ``CalendarView``."""
    master_wanted = Signal(int)
    """Whose week."""
    masters_wanted = Signal(QPoint)
    """Which masters are shown and in which order, asked at a point of the screen."""
    everybody_wanted = Signal()
    """Nobody shall be hidden any longer."""
    places_wanted = Signal()
    """A free place is looked for."""
    looks_wanted = Signal(QPoint)
    """Step, zoom and what else the grid shows, asked at a point of the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self.switch = SegmentedControl(
            _("What the calendar shows"), [(view.value, name_of(view)) for view in CalendarView]
        )
        for number, view in enumerate(CalendarView, 1):
            self.switch.set_tip(view.value, description_of(view), key_of(number))
        self._view = CalendarView.MASTERS
        self.compact = Button(name_of(self._view), icon="chevron-down", tip=_("What the calendar shows"))
        """The same choice where the words of the switch have no room."""
        self.compact.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._master: ChoiceBox | None = None
        self._hidden: QuietButton | None = None
        self._hidden_words = ("", "")
        """In short, where there is no room, and in full."""
        self.places = IconButton("calendar-search", _("Find a free place"), key=shortcuts.shown(Key.FIND_PLACE))
        self.masters = IconButton("users", _("Which masters are shown"))
        self.looks = IconButton("settings", _("How the calendar looks"))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 8)
        row.setSpacing(8)
        row.addWidget(self.switch)
        row.addWidget(self.compact)
        row.addStretch(1)
        row.addWidget(self.places)
        row.addWidget(self.masters)
        row.addWidget(self.looks)
        self.switch.chosen.connect(self._on_chosen)
        self.compact.clicked.connect(self._offer_views)
        self.places.clicked.connect(self.places_wanted)
        self.masters.clicked.connect(self._want_masters)
        self.looks.clicked.connect(self._want_looks)

    @property
    def master(self) -> ChoiceBox:
        """Whose week it is. Made when it is wanted: with its arrow Qt loads all its readers of pictures."""
        if self._master is None:
            self._master = ChoiceBox()
            self._master.setAccessibleName(_("Whose week"))
            # The masters come after it is shown, and a name is not to be cut where there is room for it.
            self._master.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
            self._master.setMinimumWidth(140)
            self._master.setMaximumWidth(_MOST_FOR_MASTER)
            self._master.currentIndexChanged.connect(self._on_master)
            self._row.insertWidget(self._row.indexOf(self.masters), self._master)
        return self._master

    @property
    def hidden(self) -> QuietButton:
        """That somebody is hidden; a click shows them again. Made when somebody is."""
        if self._hidden is None:
            self._hidden = QuietButton("")
            self._hidden.clicked.connect(self._want_everybody)
            self._row.insertWidget(self._row.indexOf(self.masters), self._hidden)
        return self._hidden

    def say_hidden(self, names: Sequence[str], *, has_places: bool = False) -> None:
        """Say who is left out of what is shown. ``has_places``: the search has found free places with them."""
        if self._hidden is None and not names:
            return
        button = self.hidden
        button.setVisible(bool(names))
        if names:
            _short, long = self._hidden_words = _how_many_hidden(len(names), has_places=has_places)
            masters = wording.listed([wording.short_name(name) for name in names])
            what = _("Show all. Hidden on this computer: {masters}").format(masters=masters)
            button.set_tip(what, shortcuts.shown(Key.ALL_MASTERS))
            button.setAccessibleName(f"{long}. {what}")
        self._fit()

    def say(self, view: CalendarView) -> None:
        """Show which view it is, and only what can be chosen in it."""
        self._view = view
        self.switch.choose(view.value)
        self.compact.setText(name_of(view))
        if self._master is not None or view is CalendarView.WEEK:
            self.master.setVisible(view is CalendarView.WEEK)
        self.masters.setVisible(view in (CalendarView.MASTERS, CalendarView.SALON_WEEK, CalendarView.LIST))
        self.looks.setVisible(view is not CalendarView.MONTH)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Beside an open panel there is little room."""
        return QSize(_LEAST_WIDTH, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the switch where it fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short, long = self._hidden_words
        for switch, words in ((self.switch, long), (self.switch, short), (self.compact, long)):
            if self._hidden is not None:
                self._hidden.setText(words)
            if self._has_room_for(switch):
                break
        self.switch.setVisible(switch is self.switch)
        self.compact.setVisible(switch is self.compact)

    def _has_room_for(self, switch: QWidget) -> bool:
        parts = (self._master, self._hidden, self.places, self.masters, self.looks)
        shown = [widget for widget in parts if widget and not widget.isHidden()]
        beside = sum(widget.sizeHint().width() + 8 for widget in shown)
        return self.width() >= switch.sizeHint().width() + beside + 2 * theme.MARGIN

    def say_masters(self, masters: Sequence[tuple[int, str]], chosen: int) -> None:
        """Offer the weeks of these masters (number, name)."""
        with QSignalBlocker(self.master):
            self.master.clear()
            for staff_id, name in masters:
                self.master.addItem(name, staff_id)
            self.master.setCurrentIndex(self.master.findData(chosen))

    def _on_chosen(self, key: str, _checked: bool = False) -> None:
        self.view_wanted.emit(CalendarView(key))

    def views(self) -> Menu:
        """The views to take from, where the switch has no room."""
        menu = Menu(_("What the calendar shows"), self)
        for number, view in enumerate(CalendarView, 1):
            action = menu.addAction(f"{name_of(view)}\t{key_of(number)}")
            action.setCheckable(True)
            action.setChecked(view is self._view)
            action.triggered.connect(partial(self._on_chosen, view.value))
        return menu

    def _offer_views(self, _checked: bool = False) -> None:
        menu = self.views()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(_below(self.compact) + QPoint(0, 4))

    def _on_master(self, _index: int) -> None:
        staff_id = self.master.currentData()
        if staff_id is not None:
            self.master_wanted.emit(staff_id)

    def _want_masters(self, _checked: bool = False) -> None:
        self.masters_wanted.emit(_below(self.masters))

    def _want_everybody(self, _checked: bool = False) -> None:
        self.everybody_wanted.emit()

    def _want_looks(self, _checked: bool = False) -> None:
        self.looks_wanted.emit(_below(self.looks))


def _how_many_hidden(count: int, *, has_places: bool) -> tuple[str, str]:
    """How many masters are left out, in short and in full."""
    number = wording.number(count)
    short = ngettext("{n} hidden", "{n} hidden", count).format(n=number)
    if not has_places:
        return short, short
    return short, ngettext("{n} hidden, has free places", "{n} hidden, with free places", count).format(n=number)


def _below(button: QWidget) -> QPoint:
    return button.mapToGlobal(button.rect().bottomLeft())
