"""The full form of a visit: services with their masters and lengths, day and start, a comment, what is in the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, pgettext
from app.salon.catalogue.services import OfferedService
from app.salon.scheduling.availability import may_be_shared
from app.salon.scheduling.places import PlannedService
from app.salon.scheduling.room_offers import RoomOffer
from app.ui import shortcuts
from app.ui.booking.draft import Draft, PriceList
from app.ui.booking.service_row import ServiceRow, stand_again, where_held
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.widgets.buttons import ChoiceButton, LinkButton
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label
from app.ui.widgets.service_picker import ServicePicker
from app.ui.widgets.time_field import TimeField
from app.ui.wishes import BookingSeed


class VisitForm(QWidget):
    """Keeps the draft in its fields and tells when somebody changed it."""

    day_wanted = Signal(object)
    """Another date is about to be looked at."""
    changed = Signal()
    """The services or the time are others."""
    services_done = Signal()
    """Enter in the empty field of services: no more of them."""
    entered = Signal()
    """Enter in the field of the start: that is all."""
    place_taken = Signal()
    """One of the nearest free places was taken."""
    anyway_wanted = Signal()
    """It is to be booked although the place is taken."""
    anew_wanted = Signal()
    """The same is to be booked as a new visit."""

    def __init__(
        self, prices: PriceList, draft: Draft, seed: BookingSeed, today: date, step: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._prices = prices
        self._seed = seed
        self._today = today
        self.draft = draft
        self.time_was_chosen = seed.starts_at is not None
        self.master_was_chosen = seed.staff_id is not None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._build_services()
        self._build_time(step)
        self._build_problems()
        self._build_places()
        self.comment = QLineEdit()
        self.comment.setPlaceholderText(_("For example: comes with a child"))
        self.comment.textChanged.connect(self._comment_typed)
        self._column.addWidget(FieldLine(_("Comment"), self.comment, parent=self))
        self.show_draft(draft)

    def _build_services(self) -> None:
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._column.addLayout(self._rows)
        self.picker = ServicePicker(list(self._prices.offered.values()), self._prices.currency, self)
        self.picker.prefer(self._seed.staff_id)
        self.picker.chosen.connect(self._add_service)
        self.picker.finished.connect(self.services_done)
        self._column.addWidget(self.picker)
        self._column.addWidget(self.picker.notice)

    def _build_time(self, step: int) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.day = DayField(self.draft.day, self._today, self)
        self.time = TimeField(self.draft.moment, step=step)
        # What is wrong with one stands below it, and leaves the other where it is.
        row.addWidget(FieldLine(_("Day"), self.day, parent=self), 3, Qt.AlignmentFlag.AlignTop)
        self._time_line = FieldLine(_("Start"), self.time, parent=self)
        row.addWidget(self._time_line, 2, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        self.day.day_changed.connect(self._day_chosen)
        self.time.time_changed.connect(self._time_typed)
        self.time.returnPressed.connect(self.entered)

    def _build_places(self) -> None:
        """Below what is in the way: in a long form the reason is in sight before its way out."""
        self._places_name = Label(_("Next free times"), FontRole.SECONDARY, "muted")
        self.places_box = QWidget(self)
        self._places = FlowLayout(self.places_box)
        self._column.addWidget(self._places_name)
        self._column.addWidget(self.places_box)

    def _build_problems(self) -> None:
        self.warning = Label("", FontRole.BODY, "warn", wrap=True)
        self.problem = Label("", FontRole.BODY, "danger", wrap=True)
        self.anyway = LinkButton(_("Book anyway…"), key=shortcuts.shown(Key.BOOK_ANYWAY), parent=self)
        self.anyway.clicked.connect(self.anyway_wanted)
        again = pgettext("a visit once more", "Book again")
        self.anew = LinkButton(again, icon="repeat", key=shortcuts.shown(Key.BOOK_ANYWAY), parent=self)
        """The way on where the visit that was to be changed is no more."""
        self.anew.clicked.connect(self.anew_wanted)
        self._column.addWidget(self.warning)
        self._column.addWidget(self.problem)
        self._column.addWidget(self.anyway, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.anew, 0, Qt.AlignmentFlag.AlignLeft)

    def take_prices(self, prices: PriceList) -> None:
        """Offer what can be booked by a newer price list."""
        self._prices = prices
        self.picker.offer(list(prices.offered.values()))
        self.picker.prefer(self._seed.staff_id)

    # ---- showing ---------------------------------------------------------------------------------------------

    def show_draft(self, draft: Draft) -> None:
        """Show what has been chosen so far."""
        self.draft = draft
        with QSignalBlocker(self.day), QSignalBlocker(self.time), QSignalBlocker(self.comment):
            self.day.set_day(draft.day)
            if self.time.at != draft.moment or not self.time.hasFocus():  # what is half typed stays
                self.time.set_time(draft.moment)
            if self.comment.text() != draft.comment:
                self.comment.setText(draft.comment)
        self._show_rows()

    def show_problem(self, problem: SalonError | None, warning: str = "", asked: str = "", *, why: bool = True) -> None:
        """Say what is in the way, and what one should know although it is none.

        ``asked`` says first what does not fit, where nobody has typed it; without ``why`` that is all.
        """
        said = (asked, sentence(problem) if problem is not None and why else "")
        self.problem.setText("\n".join(one for one in said if one))
        self.problem.setVisible(problem is not None)
        self.anyway.setVisible(may_be_shared(problem))
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self._time_line.set_error("" if self.draft.moment is not None else _("Type a time, for example 930."))

    def show_places(self, starts: Sequence[datetime]) -> None:
        """Offer these starts."""
        self._places.clear()
        for start in starts:
            label = wording.clock_time(start)
            if start.date() != self.draft.day:
                label = f"{wording.weekday_and_date(start.date(), self._today)}, {label}"
            button = ChoiceButton(label)
            button.clicked.connect(partial(self._place_chosen, start))
            self._places.addWidget(button)
        self._places_name.setVisible(bool(starts))

    def focus_time(self) -> None:
        """Bring the cursor to the start; what is typed replaces it."""
        self.time.setFocus(Qt.FocusReason.TabFocusReason)
        self.time.selectAll()

    def begin(self, starts_at: datetime) -> None:
        """Show another start; the services, and where the cursor is among them, stay."""
        self.draft = self.draft.begins(starts_at)
        with QSignalBlocker(self.day), QSignalBlocker(self.time):
            self.day.set_day(self.draft.day)
            self.time.set_time(self.draft.moment)

    def show_rooms(self, offers: Sequence[tuple[RoomOffer, ...]]) -> None:
        """Show which rooms each service will take; ``offers`` are empty while no start is known."""
        for position, row in enumerate(self.rows()):
            row.rooms.show_offers(offers[position] if offers else ())

    def _show_rows(self) -> None:
        held = where_held(self.rows())
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for position, one in enumerate(self.draft.planned):
            row = ServiceRow(
                one,
                self._prices,
                may_be_beside=self.draft.may_be_beside(position),
                is_agreed=self._seed.visit_id is not None,
                parent=self,
            )
            row.changed.connect(partial(self._service_changed, position))
            row.removed.connect(partial(self.remove_service, position))
            self._rows.addWidget(row)
            row.show()
        stand_again(self.rows(), held)

    def in_tab_order(self) -> Sequence[QWidget]:
        """Tab goes from the field that adds services to those that are chosen, and then to the day."""
        return [self.picker, *self.rows()]

    # ---- changing --------------------------------------------------------------------------------------------

    def _add_service(self, service: OfferedService) -> None:
        staff_id = self.draft.planned[-1].staff_id if self.draft.planned else self._seed.staff_id
        draft = self.draft.with_service(service, staff_id)
        if draft.planned:
            last = len(draft.planned) - 1
            draft = draft.changed(last, self._prices.in_room(draft.planned[last], self._seed.room_id))
        if self._seed.minutes and len(draft.planned) == 1 and self._seed.minutes > 15:
            one = draft.planned[0]
            rest = one.lengths.gap + one.lengths.finishing
            lengths = replace(one.lengths, working=max(5, self._seed.minutes - rest))
            draft = draft.changed(0, replace(one, lengths=lengths))
        self.draft = draft
        self._show_rows()
        self.changed.emit()
        self.picker.setFocus()

    def _service_changed(self, position: int, one: PlannedService) -> None:
        is_another_master = one.staff_id != self.draft.planned[position].staff_id
        if is_another_master or one.is_asked_for:
            self.master_was_chosen = True
        self.draft = self.draft.changed(position, one)
        if is_another_master:
            self._mend_beside()
        self.changed.emit()

    def _mend_beside(self) -> None:
        self.draft = self.draft.mended()
        for position, row in enumerate(self.rows()):
            row.set_beside(self.draft.planned[position], may_be=self.draft.may_be_beside(position))

    def rows(self) -> list[ServiceRow]:
        """The services, in the order of the visit."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [row for item in items if item and isinstance(row := item.widget(), ServiceRow)]

    def remove_service(self, position: int) -> None:
        """Leave a service out."""
        self.draft = self.draft.without(position)
        if self.draft.planned:
            self.draft = self.draft.changed(0, replace(self.draft.planned[0], beside=False, pause=0))
        self._show_rows()
        self.changed.emit()
        self.picker.setFocus()

    def _day_chosen(self, day: date) -> None:
        self.day_wanted.emit(day)
        self.time_was_chosen = True
        self.draft = replace(self.draft, day=day)
        self.changed.emit()

    def _time_typed(self, moment: time | None) -> None:
        self.time_was_chosen = True
        self.draft = replace(self.draft, moment=moment)
        self.changed.emit()

    def _place_chosen(self, starts_at: datetime, _checked: bool = False) -> None:
        self.time_was_chosen = True
        self.show_draft(self.draft.begins(starts_at))
        self.changed.emit()
        self.place_taken.emit()

    def _comment_typed(self, text: str) -> None:
        self.draft = replace(self.draft, comment=text)
