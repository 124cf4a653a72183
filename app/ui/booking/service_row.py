"""One service of the visit that is being put together: its master, its length, its price."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QWidget

from app import wording
from app.language import _
from app.salon.catalogue.staff import Colleague
from app.salon.scheduling.places import PlannedService
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.number_field import NumberField


class ServiceRow(QFrame):
    """Shows one planned service and lets it be changed."""

    changed = Signal(object)
    """The ``PlannedService`` as it is now."""
    removed = Signal()

    def __init__(
        self, one: PlannedService, able: list[Colleague], currency: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._one = one
        name = ElidedLabel(one.service_name, FontRole.STRONG)
        price = _("on request") if one.price is None else wording.money(one.price, currency)
        self._master = QComboBox()
        self._master.setAccessibleName(_("Master for “{service}”").format(service=one.service_name))
        for colleague in able:
            self._master.addItem(colleague.name, colleague.staff_id)
        self._master.setCurrentIndex(max(0, self._master.findData(one.staff_id)))
        self._minutes = NumberField(5, 600, step=5, unit=_("min"))
        self._minutes.setAccessibleName(_("Minutes for “{service}”").format(service=one.service_name))
        self._minutes.setValue(one.lengths.total)
        remove = IconButton("x", _("Remove “{service}”").format(service=one.service_name))
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 10)
        grid.setHorizontalSpacing(8)
        grid.addWidget(name, 0, 0, 1, 2)
        grid.addWidget(Label(price, FontRole.SECONDARY, "muted"), 0, 2)
        grid.addWidget(remove, 0, 3)
        grid.addWidget(self._master, 1, 0, 1, 2)
        grid.addWidget(self._minutes, 1, 2, 1, 2)
        grid.setColumnStretch(0, 1)
        remove.clicked.connect(self.removed)
        self._master.currentIndexChanged.connect(self._tell)
        self._minutes.valueChanged.connect(self._tell)

    def _tell(self) -> None:
        lengths = self._one.lengths
        working = max(5, self._minutes.value() - lengths.gap - lengths.finishing)
        self._one = replace(self._one, staff_id=self._master.currentData(), lengths=replace(lengths, working=working))
        self.changed.emit(self._one)
