"""The services that are agreed so far, to be read: as last time, or what a place is looked for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.salon.scheduling.places import PlannedService
from app.ui.booking import words
from app.ui.theme import FontRole
from app.ui.widgets.label import ElidedLabel, Label


class AgreedServices(QWidget):
    """A heading, and two lines for each service."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Label("", FontRole.SECONDARY, "muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(self._rows)

    def show_services(
        self, heading: str, planned: Sequence[PlannedService], names: dict[int, str], currency: str
    ) -> None:
        """Show these; ``names`` are those of the masters."""
        lines = [(one.service_name, words.planned(one, names.get(one.staff_id, ""), currency), "") for one in planned]
        self.show_lines(heading, lines)

    def show_lines(self, heading: str, lines: Sequence[tuple[str, str, str]]) -> None:
        """Show these: what is said first, what stands below it, and what must not be overlooked."""
        self._heading.setText(heading)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for what, details, alerts in lines:
            self._rows.addWidget(_Line(what, details, alerts, self))
        self.setAccessibleName(heading)


class _Line(QWidget):
    """What, and below it with whom, how long and for how much."""

    def __init__(self, what: str, details: str, alerts: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(", ".join(part for part in (what, details, alerts) if part))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ElidedLabel(what, FontRole.STRONG))
        column.addWidget(ElidedLabel(details, FontRole.SECONDARY, "muted"))
        if alerts:
            column.addWidget(Label(alerts, FontRole.SECONDARY, "danger", wrap=True))
