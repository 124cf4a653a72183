"""What the calendar has done to visits and breaks: one act each, told in a sentence, taken back by undo."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from app import wording
from app.errors import SalonError, StepsStillOpen, Trouble
from app.explain import sentence
from app.language import _
from app.salon import profile
from app.salon.catalogue import staff
from app.salon.scheduling import blocks, booking
from app.salon.scheduling.agenda import AgendaBlock, AgendaEntry
from app.salon.scheduling.availability import may_be_shared
from app.salon.transaction import Done, Work
from app.ui import arriving
from app.ui.calendar import words
from app.ui.desk import Desk
from app.vocabulary import BlockKind, CancelReason, VisitStatus

P = ParamSpec("P")
T = TypeVar("T")
Anyway = Callable[[], object] | None
"""Opens what lets somebody do it although the place is taken; None where there is no such way."""


class VisitActs:
    """Carries the wishes of the grid, the menus and the small card to the salon."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def move(
        self, booked_id: int, staff_id: int, starts_at: datetime, rooms: tuple[int, ...], where: str, anyway: Anyway
    ) -> bool:
        """Move a booked service; ``rooms``: it shall have these. A refusal is told and nothing has moved.

        ``where`` says what is new of its place; ``anyway`` is offered where somebody stands there.
        """
        done = self._do(anyway, booking.move, booked_id, staff_id, starts_at, rooms)
        if done is None:
            return False
        left = done.value.asked_for_left
        if left:
            words = _("Visit moved to {time}. The client had asked for {master}.")
            said = words.format(time=where.rstrip("."), master=left)  # a master's name may be cut short
        else:
            said = _("Visit moved to {time}").format(time=where)
        self._desk.perform.tell(said)
        return True

    def stretch(self, booked_id: int, starts_at: datetime, ends_at: datetime, anyway: Anyway) -> bool:
        """Give a booked service other ends; what follows in its visit goes along. ``anyway`` as for ``move``."""
        done = self._do(anyway, booking.resize, booked_id, starts_at, ends_at)
        if done is None:
            return False
        hours, next_at = wording.interval(starts_at, ends_at), done.value.next_at
        if next_at is None:
            said = _("Visit is now {hours}").format(hours=hours)
        else:
            said = _("The service is now {hours}, the next one begins at {time}").format(
                hours=hours, time=wording.clock_time(next_at)
            )
        self._desk.perform.tell(said)
        return True

    def _do(
        self, anyway: Anyway, operation: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Done[T] | None:
        """Do it; where somebody stands in the way, offer to do it on purpose."""
        try:
            return self._desk.perform.attempt(operation, *args, **kwargs)
        except (SalonError, Trouble) as problem:
            if anyway is not None and isinstance(problem, SalonError) and may_be_shared(problem):
                self._desk.perform.taken.emit(sentence(problem), anyway)
            else:
                self._desk.perform.explain(problem)
        return None

    def set_status(self, entry: AgendaEntry, status: VisitStatus) -> bool:
        """Say where a visit stands. Completing with required steps open asks for a reason first."""
        if status is entry.status:
            return False
        if arriving.set_status(self._desk, entry.visit_id, status, self._why_open):
            self._desk.perform.tell(
                _("{client}: {status}").format(client=words.client(entry), status=wording.visit_status(status))
            )
            return True
        return False

    def cancel(self, entry: AgendaEntry, reason: CancelReason) -> bool:
        """Cancel a visit for a reason."""
        if self._desk.perform(booking.cancel, entry.visit_id, reason) is None:
            return False
        self._desk.perform.tell(_("Visit cancelled: {client}").format(client=words.client(entry)))
        return True

    def block(self, staff_id: int, starts_at: datetime, ends_at: datetime, kind: BlockKind) -> bool:
        """Take a master's time."""
        if self._desk.perform(blocks.block_time, staff_id, starts_at, ends_at, kind) is None:
            return False
        hours = wording.interval(starts_at, ends_at)
        self._desk.perform.tell(_("{kind} {hours} is set").format(kind=wording.block_kind(kind), hours=hours))
        return True

    def free_block(self, block: AgendaBlock) -> bool:
        """Give a master's time back."""
        if self._desk.perform(blocks.remove_block, block.block_id) is None:
            return False
        hours = wording.interval(block.starts_at, block.ends_at)
        self._desk.perform.tell(_("{hours} is free again").format(hours=hours))
        return True

    def release_hold(self, hold_id: int) -> bool:
        """Give a held place back to everybody."""
        from app.salon.scheduling import holds

        if self._desk.perform(holds.release, hold_id) is None:
            return False
        self._desk.perform.tell(_("The place is free again"))
        return True

    def set_step(self, minutes: int) -> bool:
        """Let the whole salon book in steps of so many minutes."""
        changed = replace(self._desk.salon.profile, step_minutes=minutes)
        if self._desk.perform(profile.change, changed) is None:
            return False
        self._desk.perform.tell(_("The calendar's step is {duration} now").format(duration=wording.duration(minutes)))
        return True

    def put_in_order(self, staff_ids: Sequence[int]) -> bool:
        """Let the masters stand in this order everywhere."""
        return self._desk.perform(staff.put_in_order, staff_ids) is not None

    def _why_open(self, open_steps: StepsStillOpen) -> str | None:
        from app.ui.asking import Question

        question = Question(
            heading=_("Complete with open steps?"),
            sentence=_("Required steps are still open: {steps}.").format(steps="; ".join(open_steps.steps)),
            yes=_("Complete the visit"),
        )
        suggestions = [_("The client was in a hurry"), _("Not needed this time"), _("Done, but not ticked")]
        return self._desk.asker.ask_reason(question, suggestions)
