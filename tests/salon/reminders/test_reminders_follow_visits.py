"""Whatever is done to visits, in whatever order: their reminders always match them (issues of others 6, 7, 8)."""

import contextlib
from datetime import datetime, timedelta

from hypothesis import settings, strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from app.errors import SalonError
from app.salon.reminders import queue
from app.salon.reminders.plan import moment_for
from app.salon.reminders.queue import ReminderLine
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import AWAITED_STATUSES, CancelReason, Channel, ReminderStatus, SkipReason, VisitStatus
from tests.builders import SmallSalon, at, small_salon

NOON = 12 * 60
starts = st.builds(lambda days, hour: at(hour, days=days), st.integers(0, 5), st.integers(9, 19))


class RemindersFollowVisits(RuleBasedStateMachine):
    """A front desk that does everything in any order while the clock goes on."""

    visits = Bundle("visits")
    acts = Bundle("acts")

    @initialize()
    def open_the_salon(self) -> None:
        self.small: SmallSalon = small_salon()
        self.clients = [self.small.client("Анна"), None, self.small.client("Вера")]
        self.told: dict[int, ReminderStatus] = {}
        self.written: dict[tuple[int, object], tuple[object, ...]] = {}

    def teardown(self) -> None:
        if hasattr(self, "small"):
            self.small.database.close()

    def act(self, operation: object, *args: object, **kwargs: object) -> object:
        """The journal entry of an act, or nothing when a rule said no."""
        with contextlib.suppress(SalonError):
            done = carry_out(self.small.salon, operation, *args, **kwargs)  # type: ignore[arg-type]
            return multiple() if done.entry_id is None else done.entry_id
        return multiple()

    @rule(target=visits, starts_at=starts, who=st.integers(0, 2), with_olga=st.booleans())
    def book(self, starts_at: datetime, who: int, with_olga: bool) -> object:
        staff = self.small.olga if with_olga else self.small.maria
        with contextlib.suppress(SalonError):
            return self.small.book(starts_at, self.clients[who], staff=staff)
        return multiple()

    @rule(target=acts, visit=visits, starts_at=starts)
    def move(self, visit: int, starts_at: datetime) -> object:
        return self.act(booking.move, self.small.booked_service(visit), self.small.olga, starts_at)

    @rule(target=acts, visit=visits)
    def lengthen(self, visit: int) -> object:
        booked = self.small.booked_service(visit)
        row = self.small.database.row("SELECT starts_at, ends_at FROM booked_service WHERE id = ?", (booked,))
        assert row is not None
        begins, ends = (datetime.fromisoformat(text) for text in row)
        return self.act(booking.resize, booked, begins, ends + timedelta(minutes=30))

    @rule(target=acts, visit=visits)
    def cancel(self, visit: int) -> object:
        return self.act(booking.cancel, visit, CancelReason.CLIENT_ASKED)

    @rule(target=acts, visit=visits, status=st.sampled_from([s for s in VisitStatus if s is not VisitStatus.CANCELLED]))
    def set_status(self, visit: int, status: VisitStatus) -> object:
        return self.act(booking.set_status, visit, status, reason="так вышло")

    @rule(visit=visits)
    def open_message(self, visit: int) -> None:
        for line in queue.of_visit(self.small.database, visit):
            self.small.clock.advance(timedelta(seconds=1))
            self.act(queue.open_message, line.reminder_id, Channel.WHATSAPP)
            self.written[line.reminder_id, self.opened_at(line)] = self.named(line)

    def opened_at(self, line: ReminderLine) -> object:
        return self.small.database.value("SELECT opened_at FROM reminder WHERE id = ?", (line.reminder_id,))

    def named(self, line: ReminderLine) -> tuple[object, ...]:
        return line.client_name, line.visit_starts_at, line.service_names, line.master_names

    @rule(
        visit=visits,
        status=st.sampled_from([ReminderStatus.SENT, ReminderStatus.FAILED, ReminderStatus.SKIPPED]),
    )
    def tell_the_outcome(self, visit: int, status: ReminderStatus) -> None:
        for line in queue.of_visit(self.small.database, visit):
            with contextlib.suppress(SalonError):
                carry_out(
                    self.small.salon, queue.record, line.reminder_id, status, skip_reason=SkipReason.ALREADY_KNOWS
                )
                self.told[line.reminder_id] = status

    @rule(visit=visits)
    def try_again(self, visit: int) -> None:
        for line in queue.of_visit(self.small.database, visit):
            with contextlib.suppress(SalonError):
                carry_out(self.small.salon, queue.put_back, line.reminder_id)
                self.told.pop(line.reminder_id, None)

    @rule(entry=consumes(acts))
    def undo(self, entry: int) -> None:
        self.act(take_back, entry)

    @rule(hours=st.integers(1, 20))
    def time_goes_on(self, hours: int) -> None:
        self.small.clock.advance(timedelta(hours=hours))

    @invariant()
    def reminders_match_visits(self) -> None:
        if not hasattr(self, "small"):
            return
        database, now = self.small.database, self.small.salon.wall_now()
        rows = database.rows(
            "SELECT v.id, v.client_id, v.status, b.starts_at FROM visit v JOIN booked_service b ON b.visit_id = v.id"
        )
        for visit, client, word, text in rows:
            moment = moment_for(datetime.fromisoformat(text), NOON)
            lines = queue.of_visit(database, visit)
            awaited = client is not None and VisitStatus(word) in AWAITED_STATUSES
            assert len({line.due_at for line in lines}) == len(lines), "twice at the same moment"
            for line in lines:
                assert not line.is_open or (awaited and line.due_at == moment), "of a visit that is not so"
            if awaited and moment > now:
                standing = [line for line in lines if line.due_at == moment]
                assert [line.status for line in standing] != [], "nobody would remind"
                assert standing[0].status is not ReminderStatus.CANCELLED, "switched off for nothing"
        for line in queue.due(database, now):
            assert line.visit_status in AWAITED_STATUSES
            assert line.due_at <= now < line.visit_starts_at
        assert queue.count_due(database, now) == len(queue.due(database, now))

    @invariant()
    def what_lies_open_is_true(self) -> None:
        small = getattr(self, "small", None)
        for (visit,) in small.database.rows("SELECT id FROM visit") if small else ():
            for line in queue.of_visit(small.database, visit):
                if line.status is ReminderStatus.OPENED:
                    assert self.written[line.reminder_id, self.opened_at(line)] == self.named(line)

    @invariant()
    def what_a_person_told_stays(self) -> None:
        for reminder, status in getattr(self, "told", {}).items():
            kept = self.small.database.value("SELECT status FROM reminder WHERE id = ?", (reminder,))
            assert kept == status


RemindersFollowVisits.TestCase.settings = settings(
    max_examples=settings().max_examples // 3, stateful_step_count=25, report_multiple_bugs=False
)
TestRemindersFollowVisits = RemindersFollowVisits.TestCase
