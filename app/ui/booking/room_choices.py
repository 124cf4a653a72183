"""Which room, chair or machine a service takes: the one that it gets by itself, or another that somebody chooses."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.room_offers import RoomOffer, RoomOption
from app.ui.theme import FontRole
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.label import ElidedLabel
from app.vocabulary import RoomKind


class RoomChoices(QWidget):
    """One line a kind of room. Where only one room is fit there is nothing to choose, and it is only said."""

    chosen = Signal(object)
    """The rooms that the service shall have: a tuple, empty when it takes what is free."""

    def __init__(self, service_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service_name = service_name
        self._only: dict[RoomKind, ElidedLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.boxes = {kind: self._made(kind) for kind in RoomKind}
        self.hide()

    def show_offers(self, offers: Sequence[RoomOffer]) -> None:
        """Show the rooms as they are at the chosen time. A box in which somebody is choosing stays."""
        for offer in offers:
            if len(offer.options) == 1:
                self._line(offer.kind).setText(_said(offer.options[0]))
            else:
                self._fill(self.boxes[offer.kind], offer)
        shown = {offer.kind: len(offer.options) > 1 for offer in offers}
        for kind, box in self.boxes.items():
            box.setVisible(shown.get(kind) is True)
        for kind, line in self._only.items():
            line.setVisible(shown.get(kind) is False)
        self.setVisible(bool(offers))

    def _line(self, kind: RoomKind) -> ElidedLabel:
        if kind not in self._only:
            self._only[kind] = ElidedLabel("", FontRole.SECONDARY, "muted")
            self._column.addWidget(self._only[kind])
        return self._only[kind]

    def _made(self, kind: RoomKind) -> ChoiceBox:
        box = ChoiceBox(self, gives_way=True)
        named = {"kind": wording.room_kind(kind), "service": self._service_name}
        box.setAccessibleName(_("{kind} for “{service}”").format(**named))
        box.currentIndexChanged.connect(self._choose)
        box.hide()
        self._column.addWidget(box)
        return box

    def _fill(self, box: ChoiceBox, offer: RoomOffer) -> None:
        items: list[tuple[str, int | None]] = [(_by_itself(offer.unasked), None)]
        items += [(_said(option), option.room_id) for option in offer.options]
        with QSignalBlocker(box):
            box.clear()
            for said, room_id in items:
                box.addItem(said, room_id)
            box.setCurrentIndex(next(index for index, item in enumerate(items) if item[1] == offer.wished))
        box.setToolTip(box.currentText())

    def _choose(self) -> None:
        rooms = [box.currentData() for box in self.boxes.values() if not box.isHidden()]
        self.chosen.emit(tuple(room_id for room_id in rooms if room_id is not None))


def _by_itself(option: RoomOption | None) -> str:
    """The room that it takes when nobody chooses; None: nobody knows when yet."""
    if option is None:
        return _("Any that is free")
    return _said(option) if option.problem else _("{room} · by itself").format(room=option.name)


def _said(option: RoomOption) -> str:
    """A room, and why it is not free."""
    problem = option.problem
    if problem is None:
        return option.name
    hours = wording.interval(problem.starts_at, problem.ends_at)
    if not problem.taken_by:
        return _("{room} · taken {hours}").format(room=option.name, hours=hours)
    return _("{room} · taken {hours}: {by}").format(room=option.name, hours=hours, by=problem.taken_by)
