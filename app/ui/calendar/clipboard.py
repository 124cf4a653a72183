"""Copy, cut and paste of a visit: what is held, and what the calendar says about it."""

from datetime import date, datetime

from app import wording
from app.errors import Gone, VisitClosed
from app.frozen import frozen
from app.language import _
from app.salon.scheduling import booking, held
from app.salon.scheduling.held import HeldVisit
from app.ui import without_form
from app.ui.desk import Desk


@frozen
class Held:
    """A visit on the clipboard of the calendar."""

    visit: HeldVisit
    is_cut: bool

    @property
    def cut_visit(self) -> int | None:
        """The visit whose tiles are marked, because pasting takes them from there."""
        return self.visit.visit_id if self.is_cut else None


def sentence(holding: Held) -> str:
    """What is held and what the keys do with it."""
    visit = holding.visit
    said = {
        "client": wording.client_name(visit.client_name, visit.client_id),
        "services": wording.listed([one.name for one in visit.services]),
        "duration": wording.duration(visit.minutes),
    }
    if holding.is_cut:
        return _("Visit cut: {client}, {services}, {duration} — Ctrl+V pastes, Esc lets go").format(**said)
    return _("Visit copied: {client}, {services}, {duration} — Ctrl+V pastes, Esc lets go").format(**said)


class Clipboard:
    """Holds at most one visit. Nothing moves before it is pasted; a refusal is told and changes nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.holding: Held | None = None

    def copy(self, visit_id: int) -> None:
        """Hold a visit, to book it once more. Raises Gone."""
        self.holding = Held(held.hold(self._desk.salon.database, visit_id), is_cut=False)

    def cut(self, visit_id: int) -> None:
        """Hold a visit, to put it elsewhere. Raises Gone, and VisitClosed for what is history."""
        visit = held.hold(self._desk.salon.database, visit_id)
        if not booking.is_movable(visit.status):
            raise VisitClosed(visit.status)
        self.holding = Held(visit, is_cut=True)

    def release(self) -> None:
        """Hold nothing."""
        self.holding = None

    def read_again(self) -> None:
        """The visit may have been changed since; what is gone is held no longer."""
        if self.holding is None:
            return
        try:
            visit = held.hold(self._desk.salon.database, self.holding.visit.visit_id)
        except Gone:
            self.holding = None
            return
        is_cut = self.holding.is_cut
        self.holding = None if is_cut and not booking.is_movable(visit.status) else Held(visit, is_cut)

    def paste(self, staff_id: int, starts_at: datetime) -> int | None:
        """Put what is held there; returns the visit that stands there now, or None where it was refused.

        A copy stays held, for it may be wanted once more; a cut visit is let go.
        """
        self.read_again()
        if self.holding is None:
            return None
        visit = self.holding.visit
        if self.holding.is_cut:
            return self._put(visit, staff_id, starts_at)
        return self._book(visit, staff_id, starts_at)

    def _put(self, visit: HeldVisit, staff_id: int, starts_at: datetime) -> int | None:
        # Let go before the calendar reads again, or the moved tile would be drawn as cut.
        holding, self.holding = self.holding, None
        done = self._desk.perform(booking.move, visit.booked_id, staff_id, starts_at)
        if done is None:
            self.holding = holding
            return None
        said, left = _said(visit, starts_at, self._desk.salon.today()), done.value.asked_for_left
        if left:
            words = _("{client}: visit moved to {day}, {time}. The client had asked for {master}.")
            self._desk.perform.tell(words.format(**said, master=left))
        else:
            self._desk.perform.tell(_("{client}: visit moved to {day}, {time}").format(**said))
        return visit.visit_id

    def _book(self, visit: HeldVisit, staff_id: int, starts_at: datetime) -> int | None:
        request, perform = held.once_more(visit, staff_id, starts_at), self._desk.perform
        done = without_form.book(self._desk, request, lambda asked: perform.attempt(booking.book, asked))
        if done is None:
            return None
        self._desk.perform.tell(
            _("{client} is booked again: {day}, {time}").format(**_said(visit, starts_at, self._desk.salon.today()))
        )
        return done.value


def _said(visit: HeldVisit, starts_at: datetime, today: date) -> dict[str, str]:
    return {
        "client": wording.client_name(visit.client_name, visit.client_id),
        "day": wording.weekday_and_date(starts_at.date(), today),
        "time": wording.clock_time(starts_at),
    }
