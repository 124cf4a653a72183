"""The bar over the list of clients: which segment is looked at, its conditions as chips, and what can be done."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app import wording
from app.language import _
from app.salon.clients.conditions import ANYBODY, Conditions
from app.salon.clients.segments import LONGEST_NAME, READY, Choices, Segment
from app.ui import theme
from app.ui.clients.condition_menu import ConditionMenu
from app.ui.clients.condition_words import chips
from app.ui.clients.range_form import UNDER_LABEL, RangeForm
from app.ui.widgets.buttons import Button, ChoiceButton, LinkButton, PrimaryButton, QuietButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.menu import Menu

_NOTHING = Choices((), (), (), ())


class FilterBar(QWidget):
    """Tells what is wanted; the screen reads and saves."""

    changed = Signal(object)
    """The ``Conditions`` that are wanted now."""
    save_wanted = Signal(str)
    """The conditions are to be saved under this name."""
    archive_wanted = Signal(int)
    """A segment of the salon's own is to be offered no more."""
    unreadable = Signal()
    """A segment was chosen whose conditions cannot be read."""
    export_wanted = Signal()
    invite_wanted = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Filter"))
        self._currency = currency
        self._choices = _NOTHING
        self._segments: Sequence[Segment] = ()
        self.conditions = ANYBODY
        self.segment_button = Button(_("All clients"), icon="filter", tip=_("Choose a segment"))
        self.add_button = LinkButton(_("Condition"), icon="plus")
        self.save_button = LinkButton(_("Save as segment"), icon="star")
        self.clear_button = LinkButton(_("Clear"))
        self.invite_button = Button(_("Invite…"), icon="send", tip=_("Put these clients into the reminder queue"))
        self.export_button = Button(_("Export…"), icon="download", tip=_("Write these clients into a file"))
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setMinimumWidth(200)
        self.name_line = FieldLine(_("Name of the segment"), self.name)
        self.keep_button = PrimaryButton(_("Save"))
        self.leave_button = QuietButton(_("Cancel"))
        self.range_form = RangeForm(currency)
        self._naming = QWidget()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, spacing=8, line_height=theme.CONTROL_HEIGHT)
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        naming = QHBoxLayout(self._naming)
        naming.setContentsMargins(0, 0, 0, 0)
        naming.setSpacing(8)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, UNDER_LABEL, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.keep_button)
        beside.addWidget(self.leave_button)
        naming.addWidget(self.name_line, 0, Qt.AlignmentFlag.AlignTop)
        naming.addLayout(beside)
        naming.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
        naming.addStretch(1)
        self._naming.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._first = QHBoxLayout()
        self._first.addWidget(self.segment_button)
        row.addLayout(self._first)
        row.setAlignment(self._first, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._chips, 1)
        row.addWidget(self._naming, 1)
        row.addWidget(self.range_form, 1)
        self._last = QHBoxLayout()
        self._last.setSpacing(8)
        self._last.addWidget(self.invite_button)
        self._last.addWidget(self.export_button)
        row.addLayout(self._last)
        row.setAlignment(self._last, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.segment_button.clicked.connect(self._offer_segments)
        self.add_button.clicked.connect(self._offer_conditions)
        self.save_button.clicked.connect(self._ask_name)
        self.clear_button.clicked.connect(self._clear)
        self.keep_button.clicked.connect(self._save)
        self.leave_button.clicked.connect(self._leave)
        self.name.returnPressed.connect(self._save)
        self.range_form.taken.connect(self._take_range)
        self.range_form.given_up.connect(self._leave_range)
        self.name.textEdited.connect(self._mend)
        self.export_button.clicked.connect(self.export_wanted)
        self.invite_button.clicked.connect(self.invite_wanted)

    # ---- what the screen says ----------------------------------------------------------------------------------

    def show_choices(self, choices: Choices, segments: Sequence[Segment]) -> None:
        """What the conditions can name, and the segments of the salon's own."""
        self._choices, self._segments = choices, segments
        self._show()

    def show_conditions(self, conditions: Conditions) -> None:
        """These conditions hold now; a range or a name that was being typed for others is given up."""
        self.conditions = conditions
        if not self.range_form.isHidden():
            self._close_range()
        if not self._naming.isHidden():
            self._close_naming()
        self._show()

    def set_meant(self, count: int) -> None:
        """So many clients are shown: with none there is nothing to write out or to invite."""
        for button in (self.export_button, self.invite_button):
            button.setEnabled(count > 0)

    def was_saved(self) -> None:
        """The name was taken: go back to the chips."""
        self._leave()

    def refuse_name(self, sentence: str) -> None:
        """Say beside the name why it cannot be."""
        self.name_line.set_error(sentence)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def segment_name(self) -> str:
        """How the conditions are called, if they are a segment; else empty."""
        own = next((one.name for one in self._segments if one.conditions == self.conditions), "")
        return own or next((wording.ready_segment(key) for key, one in READY.items() if one == self.conditions), "")

    # ---- chips -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        is_named = bool(self.segment_name)
        nothing = _("All clients") if self.conditions.is_empty else _("Custom filter")
        self.segment_button.setText(self.segment_name or nothing)
        for place in reversed(range(self._flow.count())):
            item = self._flow.takeAt(place)
            widget = None if item is None else item.widget()
            if isinstance(widget, ChoiceButton):
                widget.hide()
                widget.deleteLater()
        for field, text in chips(self.conditions, self._choices, self._currency):
            chip = ChoiceButton(text, icon="x", tip=_("Take this condition away"))
            chip.setAccessibleName(_("Condition: {words}").format(words=text))
            chip.clicked.connect(partial(self._drop, field))
            self._flow.addWidget(chip)
            chip.show()
        for button in (self.add_button, self.save_button, self.clear_button):
            self._flow.addWidget(button)
        self.save_button.setVisible(not self.conditions.is_empty and not is_named)
        self.clear_button.setVisible(not self.conditions.is_empty)
        self._flow.invalidate()
        self._chips.updateGeometry()

    def _drop(self, field: str) -> None:
        self._take(replace(self.conditions, **{field: getattr(ANYBODY, field)}))
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self._take(ANYBODY)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, conditions: Conditions) -> None:
        self.show_conditions(conditions)
        self.changed.emit(conditions)

    # ---- menus -------------------------------------------------------------------------------------------------

    def condition_menu(self) -> ConditionMenu:
        """The menu of the conditions as they stand."""
        return ConditionMenu(self.conditions, self._choices, self._currency, self._take, self.ask_range, self)

    def segment_menu(self) -> Menu:
        """The segments to choose from, and the one of the salon's own that is shown to be taken off."""
        menu = Menu(_("Segments"), self)
        self._offer(menu, _("All clients"), ANYBODY)
        menu.addSeparator()
        for key, conditions in READY.items():
            self._offer(menu, wording.ready_segment(key), conditions)
        if self._segments:
            menu.addSeparator()
        for segment in self._segments:
            self._offer(menu, segment.name, segment.conditions)
        current = next((one for one in self._segments if one.conditions == self.conditions), None)
        if current is not None:
            menu.addSeparator()
            text = _("Take “{name}” off the list").format(name=current.name)
            menu.addAction(text.replace("&", "&&")).triggered.connect(partial(self._archive, current.segment_id))
        return menu

    def _offer(self, menu: Menu, name: str, conditions: Conditions | None) -> None:
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(conditions == self.conditions)
        action.triggered.connect(partial(self._choose, conditions))

    def _choose(self, conditions: Conditions | None, *_checked: Any) -> None:
        if conditions is None:
            self.unreadable.emit()
        else:
            self._take(conditions)

    def _archive(self, segment_id: int, *_checked: Any) -> None:
        self.archive_wanted.emit(segment_id)

    def _offer_segments(self) -> None:
        _pop_up(self.segment_menu(), self.segment_button)

    def _offer_conditions(self) -> None:
        _pop_up(self.condition_menu(), self.add_button)

    # ---- a range of one's own ------------------------------------------------------------------------------------

    def ask_range(self, field: str) -> None:
        """Ask for the ends of a condition that is not among the ready values."""
        for widget in (self._chips, self._naming, self.invite_button, self.export_button):
            widget.hide()  # in a small window there is no room for both, and what is being typed comes first
        self._stand_beside_fields(are_shown=True)
        self.range_form.open_for(field, self.conditions)

    def _take_range(self, field: str, value: object) -> None:
        self._take(replace(self.conditions, **{field: value}))
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_range(self) -> None:
        self._close_range()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_range(self) -> None:
        self._stand_beside_fields(are_shown=False)
        self.range_form.hide()
        for widget in (self._chips, self.invite_button, self.export_button):
            widget.show()

    # ---- naming ------------------------------------------------------------------------------------------------

    def _ask_name(self) -> None:
        self.name.clear()
        self._mend()
        self.range_form.hide()
        self._chips.hide()
        self._stand_beside_fields(are_shown=True)
        self._naming.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.save_wanted.emit(self.name.text())

    def _close_naming(self) -> None:
        self._stand_beside_fields(are_shown=False)
        self._naming.hide()
        self._chips.show()

    def _leave(self) -> None:
        self._close_naming()
        self.segment_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_beside_fields(self, *, are_shown: bool) -> None:
        """The buttons at both ends stand level with fields that have their names above them."""
        for buttons in (self._first, self._last):
            buttons.setContentsMargins(0, UNDER_LABEL if are_shown else 0, 0, 0)

    def _mend(self) -> None:
        self.name_line.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the name up."""
        if event.key() == Qt.Key.Key_Escape and self._naming.isVisible():
            self._leave()
        else:
            super().keyPressEvent(event)


def _pop_up(menu: Menu, under: QWidget) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(under.mapToGlobal(QPoint(0, under.height() + 4)))
