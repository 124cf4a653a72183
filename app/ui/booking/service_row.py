"""One service of the visit that is being put together: its master, its length, its price."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QWidget

from app import wording
from app.explain import sentence
from app.language import _
from app.salon.scheduling.places import PlannedService
from app.ui.booking.draft import PriceList
from app.ui.booking.room_choices import RoomChoices
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.label import Label, breakable
from app.ui.widgets.number_field import NumberField


class ServiceRow(QFrame):
    """Shows one planned service and lets it be changed."""

    changed = Signal(object)
    """The ``PlannedService`` as it is now."""
    removed = Signal()

    def __init__(
        self,
        one: PlannedService,
        prices: PriceList,
        *,
        may_be_beside: bool = False,
        is_agreed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``may_be_beside``: another master does the one before, so that both can be done at once.

        ``is_agreed``: it stands already, and whether it is offered is not asked again.
        """
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._one = one
        self._prices = prices
        self._is_agreed = is_agreed
        named = {"service": one.service_name}
        self._price = Label("", FontRole.SECONDARY, "muted")
        self.master = ChoiceBox(self)
        self.master.setAccessibleName(_("Master for “{service}”").format(**named))
        for colleague in prices.able(one.service_id):
            self.master.addItem(colleague.name, colleague.staff_id)
        # Whoever does it no longer is named until another one is chosen; nobody else is shown in their place.
        self.master.setPlaceholderText(prices.name_of(one.staff_id))
        self.master.setCurrentIndex(self.master.findData(one.staff_id))
        self.minutes = NumberField(5, 600, step=5, unit=_("min"), parent=self)
        self.minutes.setAccessibleName(_("Minutes for “{service}”").format(**named))
        self.rooms = RoomChoices(one.service_name, self)
        self.asked_for = QCheckBox(_("The client asks for this master"), self)
        self.beside = QCheckBox(_("At the same time as the one before"), self)
        self.beside.setVisible(may_be_beside or one.beside)
        self.remove = IconButton("x", _("Remove “{service}”").format(**named), parent=self)
        self.gone = Label("", FontRole.SECONDARY, "danger", wrap=True)
        """Why it can be booked at no time; hidden while it can."""
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 10)
        grid.setHorizontalSpacing(8)
        grid.addWidget(Label(breakable(one.service_name), FontRole.STRONG, wrap=True), 0, 0, 1, 2)
        grid.addWidget(self._price, 0, 2)
        grid.addWidget(self.remove, 0, 3)
        grid.addWidget(self.gone, 1, 0, 1, 4)
        grid.addWidget(self.master, 2, 0, 1, 2)
        grid.addWidget(self.minutes, 2, 2, 1, 2)
        grid.addWidget(self.rooms, 3, 0, 1, 4)
        grid.addWidget(self.asked_for, 4, 0, 1, 4)
        grid.addWidget(self.beside, 5, 0, 1, 4)
        grid.setColumnStretch(0, 1)
        self._show_one()
        self.remove.clicked.connect(self.removed)
        self.master.currentIndexChanged.connect(self._take_master)
        self.minutes.valueChanged.connect(self._take_minutes)
        self.rooms.chosen.connect(self._take_rooms)
        self.asked_for.toggled.connect(self._take_asked_for)
        self.beside.toggled.connect(self._take_beside)

    def in_tab_order(self) -> list[QWidget]:
        """The button that leaves the service out comes last."""
        return [self.master, self.minutes, *self.rooms.boxes.values(), self.asked_for, self.beside, self.remove]

    def set_beside(self, one: PlannedService, *, may_be: bool) -> None:
        """The one before has another master now."""
        self._one = replace(self._one, beside=one.beside)
        self.beside.setVisible(may_be)
        self._show_one()

    def _show_one(self) -> None:
        price = self._one.price
        self._price.setText(_("on request") if price is None else wording.money(price, self._prices.currency))
        problem = None if self._is_agreed else self._prices.refusal(self._one)
        self.gone.setText("" if problem is None else sentence(problem))
        self.gone.setVisible(problem is not None)
        with QSignalBlocker(self.minutes), QSignalBlocker(self.asked_for), QSignalBlocker(self.beside):
            self.minutes.setValue(self._one.lengths.total)
            self.asked_for.setChecked(self._one.is_asked_for)
            self.beside.setChecked(self._one.beside)

    def _take_master(self) -> None:
        """Another master is not the one who was asked for, and has their own price and length."""
        one = self._prices.with_master(self._one, self.master.currentData())
        self._tell(replace(one, is_asked_for=False))
        self._show_one()

    def _take_minutes(self, minutes: int) -> None:
        lengths = self._one.lengths
        working = max(5, minutes - lengths.gap - lengths.finishing)
        self._tell(replace(self._one, lengths=replace(lengths, working=working)))

    def _take_rooms(self, rooms: tuple[int, ...]) -> None:
        self._tell(replace(self._one, rooms=rooms))

    def _take_asked_for(self, is_asked_for: bool) -> None:
        self._tell(replace(self._one, is_asked_for=is_asked_for))

    def _take_beside(self, beside: bool) -> None:
        self._tell(replace(self._one, beside=beside, pause=0))

    def _tell(self, one: PlannedService) -> None:
        self._one = one
        self.changed.emit(one)


def where_held(rows: Sequence[ServiceRow]) -> tuple[int, bool] | None:
    """In which row somebody chooses the master, or (True) types the minutes."""
    return next(
        (
            (place, row.minutes.hasFocus())
            for place, row in enumerate(rows)
            if row.master.hasFocus() or row.minutes.hasFocus()
        ),
        None,
    )


def stand_again(rows: Sequence[ServiceRow], held: tuple[int, bool] | None) -> None:
    """Whoever worked in a row goes on in the one that took its place."""
    if held is not None and held[0] < len(rows):
        place, is_minutes = held
        (rows[place].minutes if is_minutes else rows[place].master).setFocus(Qt.FocusReason.OtherFocusReason)
