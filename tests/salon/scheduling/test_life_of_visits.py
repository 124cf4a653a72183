"""Whatever is done to visits, in whatever order, and taken back: the salon stays whole.

BUGS_OF_OTHERS 1, 2, 3, 6, 8, 13 and 20 over every path: after each step no place is shared without a word, each visit
that is awaited is reminded of once, and the journal tells the same salon when it is played again from the beginning.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.errors import ChangedSince, Gone, SalonError
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import check, journal
from app.salon.catalogue import rooms
from app.salon.checklists import steps
from app.salon.clients import register
from app.salon.reminders import queue
from app.salon.reminders.plan import moment_for
from app.salon.scheduling import agenda, blocks, booking, held, series
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.recurrence import Pattern
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import (
    AWAITED_STATUSES,
    BlockKind,
    CancelReason,
    Channel,
    ReminderStatus,
    SeriesScope,
    SeriesUnit,
    SkipReason,
    VisitStatus,
)
from tests.builders import SmallSalon, at, small_salon

NOON = 12 * 60
REASON = "клиентка согласна подождать"
_TRIED = 5
"""Of so many acts that came last one is tried after each step: what would become of the salon without it."""
_GONE = (VisitStatus.CANCELLED, VisitStatus.NO_SHOW)
starts = st.builds(
    lambda days, half: at(9, days=days) + timedelta(minutes=30 * half), st.integers(0, 2), st.integers(0, 10)
)
"""Few, so that visits come into each other's way."""
which = st.integers(0, 5)
Act = tuple[int, dict[str, list[tuple[Any, ...]]], dict[str, list[tuple[Any, ...]]]]

_TABLES = (
    "client",
    "contact_point",
    "series",
    "room",
    "visit",
    "booked_service",
    "occupancy",
    "block",
    "visit_step",
    "reminder",
)

_SHARED_WITHOUT_A_WORD = """
SELECT count(*) FROM occupancy a
JOIN occupancy b ON a.id < b.id AND (a.staff_id = b.staff_id OR a.room_id = b.room_id)
AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
LEFT JOIN booked_service m ON m.id = a.booked_service_id LEFT JOIN booked_service n ON n.id = b.booked_service_id
WHERE (a.room_id IS NULL OR m.visit_id IS NOT n.visit_id) AND NOT EXISTS (
    SELECT 1 FROM occupancy o JOIN booked_service s ON s.id = o.booked_service_id JOIN visit v ON v.id = s.visit_id
    WHERE o.id IN (a.id, b.id) AND o.is_override AND v.overbooked_reason <> '')
"""
_MARKED_FOR_NOTHING = """
SELECT v.id FROM visit v WHERE v.status NOT IN ('cancelled', 'no_show') AND (v.overbooked_reason <> '') <> EXISTS (
    SELECT 1 FROM occupancy o JOIN booked_service s ON s.id = o.booked_service_id
    JOIN occupancy x ON x.id <> o.id AND (x.staff_id = o.staff_id OR x.room_id = o.room_id)
      AND x.starts_at < o.ends_at AND x.ends_at > o.starts_at
    WHERE s.visit_id = v.id AND o.is_override)
"""


def furnished() -> SmallSalon:
    """The small salon with two chairs, of which a manicure can take but one."""
    small = small_salon()
    small.room("Кресло 1", small.manicure, small.pedicure)
    small.room("Кресло 2", small.pedicure)
    return small


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that visits are made of."""
    return {name: database.rows(f"SELECT * FROM {name} ORDER BY id") for name in _TABLES}


def over_each_other(rows: dict[str, list[tuple[Any, ...]]]) -> set[tuple[int, int]]:
    """Which times (by id) are taken of the same master or room at once; in a room, the services of one visit may be."""
    visit_of: dict[int | None, int] = {booked: visit for booked, visit, *_rest in rows["booked_service"]}
    taken = [(one[0], one[1:3], one[3], one[4], visit_of.get(one[5])) for one in rows["occupancy"]]
    return {
        (mine, other)
        for (mine, place, starts_at, ends_at, visit), (other, its, begins, over, whose) in combinations(taken, 2)
        if place == its
        and starts_at < over
        and begins < ends_at
        and (place[1] is None or visit is None or visit != whose)
    }


_OPENED_SINCE = (ReminderStatus.OPENED, ReminderStatus.QUEUED)


def stands_as_left(database: Database, entry: int) -> bool:
    """Whether each row is what an act of the journal made of it; a message that only lies open since is no change."""
    left: dict[tuple[str, int], dict[str, Any] | None] = {}
    text = database.value("SELECT changes FROM journal_entry WHERE id = ?", (entry,))
    for change in journal.read_changes(text):
        row = (change.table, change.row_id)
        left[row] = None if change.after is None else {**(left.get(row) or {}), **change.after}
    for (table, row_id), values in left.items():
        standing = database.kept_row(table, row_id)
        if standing is None or values is None:
            if standing is not values:
                return False
            continue
        if table == "reminder" and (standing["status"], values.get("status")) == _OPENED_SINCE:
            standing |= {"status": ReminderStatus.QUEUED, "sent_through": None, "opened_at": None}
        if any(standing[column] != value for column, value in values.items() if column != "search"):
            return False
    return True


def replay(database: Database, change: journal.RowChange) -> None:
    """Do once more what the journal tells of one row."""
    if change.after is None:
        database.delete_kept(change.table, change.row_id)
    elif change.before is None:
        database.insert_kept(change.table, change.after)
    else:
        standing = database.kept_row(change.table, change.row_id)
        assert standing is not None
        assert all(standing[column] == value for column, value in change.before.items()), "the journal missed a change"
        database.update_kept(change.table, change.row_id, change.after)


class _Tried(Exception):
    """Everything is to be as it was."""


class LifeOfVisits(RuleBasedStateMachine):
    """A front desk that does everything in any order, and takes back and does again as it likes."""

    @initialize()
    def open_the_salon(self) -> None:
        self.small: SmallSalon = furnished()
        self.replayed = furnished().database
        self.replayed_upto = int(self.small.database.value("SELECT MAX(id) FROM journal_entry"))
        self.clients = [self.small.client("Анна"), None, self.small.client("Вера")]
        self.small.book(at(9), self.clients[0])
        self.small.book(at(12, days=1), self.clients[2], staff=self.small.maria)
        self.small.book(at(11, days=2), service=self.small.colouring)
        self.undoable: list[Act] = []
        self.redoable: list[Act] = []
        self.is_news = True
        self.number_tried = 0

    def teardown(self) -> None:
        if hasattr(self, "small"):
            self.small.database.close()
            self.replayed.close()

    # ---- what the front desk does --------------------------------------------------------------------------

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        return contents(self.small.database)

    def act(self, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        before = self.everything()
        try:
            done = carry_out(self.small.salon, operation, *args, **kwargs)
        except SalonError:
            assert self.everything() == before, "a refusal changed something"
            return
        if done.entry_id is None:
            assert self.everything() == before, "something changed without a word in the journal"
            return
        self.undoable.append((done.entry_id, before, self.everything()))
        self.redoable.clear()
        self.is_news = True

    def chosen(self, table: str, number: int) -> int | None:
        """One of the last that came, so that what is done concerns what was done just before."""
        ids = [row[0] for row in self.small.database.rows(f"SELECT id FROM {table} ORDER BY id DESC")]
        return ids[number % len(ids)] if ids else None

    def has_series(self) -> bool:
        return hasattr(self, "small") and self.small.database.value("SELECT 1 FROM series LIMIT 1") is not None

    def of_series(self, number: int) -> int:
        ids = [row[0] for row in self.small.database.rows("SELECT id FROM visit WHERE series_id IS NOT NULL")]
        return ids[number % len(ids)] if ids else 0

    def wishes(self, starts_at: datetime, kind: int) -> tuple[ServiceWish, ...]:
        small = self.small
        first = small.wish(starts_at, staff=small.maria if kind & 1 else small.olga)
        colour = small.wish(first.ends_at, service=small.colouring)
        second = small.wish(first.ends_at, service=small.pedicure)
        return [(first,), (first, second), (first, colour), (colour,)][kind % 4]

    @rule(starts_at=starts, who=st.integers(0, 2), kind=st.integers(0, 7), anyway=st.booleans())
    def book(self, starts_at: datetime, who: int, kind: int, anyway: bool) -> None:
        request = BookingRequest(self.clients[who], self.wishes(starts_at, kind), "", REASON if anyway else "")
        self.act(booking.book, request)

    @rule(number=which, is_over=st.booleans())
    def book_where_somebody_stands_or_stood(self, number: int, is_over: bool) -> None:
        """Over a visit that lives, on purpose; or where one was that was cancelled or missed."""
        rows = self.small.database.rows(
            """
            SELECT b.service_id, b.staff_id, b.starts_at, b.working_minutes, b.gap_minutes, b.finishing_minutes
            FROM booked_service b JOIN visit v ON v.id = b.visit_id
            WHERE (v.status IN (?, ?)) = ? ORDER BY b.id DESC
            """,
            (*_GONE, not is_over),
        )
        if rows:
            service, staff, begins, *long = rows[number % len(rows)]
            wish = ServiceWish(service, staff, read_wall(begins), Lengths(*long), 1)
            self.act(booking.book, BookingRequest(self.clients[2], (wish,), "", REASON if is_over else ""))

    @rule(starts_at=starts, name=st.sampled_from(["Зоя", "Кира"]))
    def book_a_new_client(self, starts_at: datetime, name: str) -> None:
        def both(work: Any) -> int:
            client = register.add(work, register.NewClient(name))
            return booking.book(work, BookingRequest(client, self.wishes(starts_at, 0)))

        self.act(both)

    @rule(number=which, with_olga=st.booleans(), starts_at=starts)
    def move(self, number: int, with_olga: bool, starts_at: datetime) -> None:
        booked = self.chosen("booked_service", number)
        self.act(booking.move, booked or 0, self.small.olga if with_olga else self.small.maria, starts_at)

    @rule(number=which, begin=st.sampled_from([-15, 0, 0, 0, 15]), end=st.sampled_from([-30, -15, 15, 30, 60, 90]))
    def resize(self, number: int, begin: int, end: int) -> None:
        booked = self.chosen("booked_service", number)
        row = self.small.database.row("SELECT starts_at, ends_at FROM booked_service WHERE id = ?", (booked,))
        if row is not None:
            starts_at, ends_at = (
                read_wall(row[0]) + timedelta(minutes=begin),
                read_wall(row[1]) + timedelta(minutes=end),
            )
            self.act(booking.resize, booked, starts_at, ends_at)

    @rule(number=which)
    def stretch_over_the_next(self, number: int) -> None:
        """A service is drawn over the begin of somebody else whom its master has after it."""
        rows = self.small.database.rows(
            """
            SELECT b.id, b.starts_at, n.starts_at FROM booked_service b
            JOIN booked_service n ON n.staff_id = b.staff_id AND n.visit_id <> b.visit_id
             AND n.starts_at >= b.ends_at AND substr(n.starts_at, 1, 10) = substr(b.starts_at, 1, 10)
            ORDER BY b.id DESC
            """
        )
        if rows:
            booked, begins, following = rows[number % len(rows)]
            self.act(booking.resize, booked, read_wall(begins), read_wall(following) + timedelta(minutes=15))

    @rule(number=which, starts_at=starts, who=st.integers(0, 2), kind=st.integers(0, 7), anyway=st.booleans())
    def change(self, number: int, starts_at: datetime, who: int, kind: int, anyway: bool) -> None:
        request = BookingRequest(self.clients[who], self.wishes(starts_at, kind), "позже", REASON if anyway else "")
        self.act(booking.change, self.chosen("visit", number) or 0, request)

    @rule(number=which)
    def change_the_comment_alone(self, number: int) -> None:
        visit = self.chosen("visit", number) or 0
        rows = self.small.database.rows(
            """
            SELECT service_id, staff_id, starts_at, working_minutes, gap_minutes, finishing_minutes, price
            FROM booked_service WHERE visit_id = ? ORDER BY position
            """,
            (visit,),
        )
        services = tuple(ServiceWish(r[0], r[1], read_wall(r[2]), Lengths(*r[3:6]), r[6]) for r in rows)
        self.act(booking.change, visit, BookingRequest(self.clients[0], services, "с ребёнком"))

    @rule(number=which, with_olga=st.booleans(), starts_at=starts, is_cut=st.booleans())
    def paste(self, number: int, with_olga: bool, starts_at: datetime, is_cut: bool) -> None:
        """Copied and booked once more, or cut and put elsewhere."""
        staff = self.small.olga if with_olga else self.small.maria
        with contextlib.suppress(Gone):
            one = held.hold(self.small.database, self.chosen("visit", number) or 0)
            if is_cut:
                self.act(booking.move, one.booked_id, staff, starts_at)
            else:
                self.act(booking.book, held.once_more(one, staff, starts_at))

    @rule(number=which, every=st.integers(1, 2), times=st.integers(2, 3))
    def repeat(self, number: int, every: int, times: int) -> None:
        visit = self.chosen("visit", number) or 0
        pattern = Pattern(SeriesUnit.DAY, every, times=times)
        with contextlib.suppress(SalonError):
            self.act(series.book_series, visit, pattern, series.repeats(self.small.salon, visit, pattern))

    @precondition(lambda self: self.has_series())
    @rule(number=which, scope=st.sampled_from(list(SeriesScope)))
    def let_the_series_follow(self, number: int, scope: SeriesScope) -> None:
        visit = self.of_series(number)
        with contextlib.suppress(SalonError):
            self.act(series.follow, visit, scope, series.following(self.small.salon, visit, scope))

    @precondition(lambda self: self.has_series())
    @rule(number=which, scope=st.sampled_from(list(SeriesScope)))
    def cancel_the_series(self, number: int, scope: SeriesScope) -> None:
        self.act(series.cancel, self.of_series(number), scope, CancelReason.CLIENT_ASKED)

    @rule(number=which, room=st.integers(1, 2))
    def move_room(self, number: int, room: int) -> None:
        self.act(booking.move_room, self.chosen("booked_service", number) or 0, room)

    @rule(room=st.integers(1, 2))
    def use_a_room_no_more(self, room: int) -> None:
        self.act(rooms.archive, room)

    @rule(number=which)
    def cancel(self, number: int) -> None:
        self.act(booking.cancel, self.chosen("visit", number) or 0, CancelReason.CLIENT_ASKED)

    @rule(number=which, status=st.sampled_from([one for one in VisitStatus if one is not VisitStatus.CANCELLED]))
    def set_status(self, number: int, status: VisitStatus) -> None:
        self.act(booking.set_status, self.chosen("visit", number) or 0, status, reason="так вышло")

    @rule(number=which)
    def bring_back(self, number: int) -> None:
        """A cancelled or missed visit."""
        gone = [
            row[0]
            for row in self.small.database.rows("SELECT id FROM visit WHERE status IN (?, ?) ORDER BY id DESC", _GONE)
        ]
        if gone:
            self.act(booking.set_status, gone[number % len(gone)], VisitStatus.BOOKED)

    @rule(number=which, done=st.booleans())
    def tick(self, number: int, done: bool) -> None:
        self.act(steps.tick, self.chosen("visit_step", number) or 0, done=done, staff_id=self.small.olga)

    @rule(starts_at=starts, minutes=st.sampled_from([30, 60]))
    def block(self, starts_at: datetime, minutes: int) -> None:
        ends_at = starts_at + timedelta(minutes=minutes)
        self.act(blocks.block_time, self.small.olga, starts_at, ends_at, BlockKind.BREAK, "Обед")

    @rule(number=which)
    def remove_block(self, number: int) -> None:
        self.act(blocks.remove_block, self.chosen("block", number) or 0)

    @rule(number=which, status=st.sampled_from([ReminderStatus.SENT, ReminderStatus.FAILED, ReminderStatus.SKIPPED]))
    def tell_the_outcome(self, number: int, status: ReminderStatus) -> None:
        reminder = self.chosen("reminder", number) or 0
        self.act(queue.record, reminder, status, skip_reason=SkipReason.ALREADY_KNOWS)

    @rule(number=which)
    def open_or_try_again(self, number: int) -> None:
        reminder = self.chosen("reminder", number) or 0
        self.act(queue.open_message, reminder, Channel.WHATSAPP)
        self.act(queue.put_back, reminder)

    @rule(hours=st.integers(1, 14))
    def time_goes_on(self, hours: int) -> None:
        self.small.clock.advance(timedelta(hours=hours))
        self.is_news = True

    # ---- back and forth ------------------------------------------------------------------------------------

    def _take_back(self, source: list[Act], target: list[Act]) -> None:
        entry, before, after = source.pop()
        assert self.everything() == after
        done = carry_out(self.small.salon, take_back, entry)
        assert self.everything() == before, "it did not lead back to where it was"
        assert done.entry_id is not None
        self.is_news = True
        target.append((done.entry_id, after, before))

    @precondition(lambda self: bool(getattr(self, "undoable", None)))
    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _turn in range(min(times, len(self.undoable))):
            self._take_back(self.undoable, self.redoable)

    @precondition(lambda self: bool(getattr(self, "redoable", None)))
    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _turn in range(min(times, len(self.redoable))):
            self._take_back(self.redoable, self.undoable)

    @precondition(lambda self: len(getattr(self, "undoable", ())) > 1)
    @rule(number=which)
    def another_desk_takes_back_an_older_act(self, number: int) -> None:
        """Only where nobody has changed since what it did, and nobody is pushed out who came since."""
        if self.takes_back(self.undoable[-2 - number % (len(self.undoable) - 1)]):
            self.undoable.clear()
            self.redoable.clear()
            self.is_news = True

    def takes_back(self, older: Act) -> bool:
        """Take an act back, wherever it lies; whether that could be."""
        entry, there_before, _after = older
        before, stands = self.everything(), stands_as_left(self.small.database, entry)
        try:
            carry_out(self.small.salon, take_back, entry)
        except SalonError:
            assert self.everything() == before
            return False
        assert stands, "what others did since is overwritten"
        new = over_each_other(self.everything()) - over_each_other(before)
        assert new <= over_each_other(there_before), "it came back onto somebody new"
        self.the_salon_is_whole()
        return True

    # ---- what must be true ---------------------------------------------------------------------------------

    @invariant()
    def all_is_well(self) -> None:
        """Looked at where something has changed: a refusal leaves everything as it was."""
        if not getattr(self, "is_news", False):
            return
        self.is_news = False
        self.the_salon_is_whole()
        self.reminders_match_visits()
        self.the_journal_tells_the_same_salon()
        self.the_calendar_can_be_read()
        if len(self.undoable) > 1:
            self.number_tried += 1
            with contextlib.suppress(_Tried), self.small.database.writing():
                self.takes_back(self.undoable[-2 - self.number_tried % min(len(self.undoable) - 1, _TRIED)])
                raise _Tried

    def the_salon_is_whole(self) -> None:
        assert check.faults(self.small.database) == []
        assert self.small.database.value(_SHARED_WITHOUT_A_WORD) == 0
        assert self.small.database.rows(_MARKED_FOR_NOTHING) == []

    def reminders_match_visits(self) -> None:
        database, now = self.small.database, self.small.salon.wall_now()
        rows = database.rows(
            """
            SELECT v.id, v.client_id, v.status, MIN(b.starts_at)
            FROM visit v JOIN booked_service b ON b.visit_id = v.id GROUP BY v.id
            """
        )
        for visit, client, word, text in rows:
            moment = moment_for(read_wall(text), NOON)
            lines = queue.of_visit(database, visit) if client is not None else []
            awaited = client is not None and VisitStatus(word) in AWAITED_STATUSES
            open_ones = [line for line in lines if line.is_open]
            assert len(open_ones) <= 1, "reminded twice"
            assert all(awaited and line.due_at == moment for line in open_ones), "of a visit that is not so"
            if awaited and moment > now:
                standing = [line.status for line in lines if line.due_at == moment]
                assert standing, "nobody would remind"
                assert standing[0] is not ReminderStatus.CANCELLED, "switched off for nothing"

    def the_journal_tells_the_same_salon(self) -> None:
        for entry, text in self.small.database.rows(
            "SELECT id, changes FROM journal_entry WHERE id > ? ORDER BY id", (self.replayed_upto,)
        ):
            self.replayed_upto = entry
            for change in journal.read_changes(text):
                replay(self.replayed, change)
        assert contents(self.replayed) == self.everything()

    def the_calendar_can_be_read(self) -> None:
        day = agenda.of_day(self.small.database, at(9).date())
        columns = {master.staff_id for master in day.masters}
        assert {entry.staff_id for entry in day.entries} <= columns


def test_an_older_cancelling_is_not_undone_when_its_time_is_no_longer_that_of_the_visit() -> None:
    """Cancelled, restored, moved and cancelled again: the time that would come back is another master's."""
    small = small_salon()
    visit = small.book(at(12))
    first = carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(12))
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    before = contents(small.database)
    with pytest.raises(ChangedSince):
        carry_out(small.salon, take_back, first.entry_id or 0)
    assert contents(small.database) == before
    assert check.faults(small.database) == []
    small.database.close()


def test_one_visit_is_not_in_its_own_way_in_the_chair_where_two_masters_serve_it() -> None:
    """An older change of the one service is taken back although the other was changed since."""
    small = furnished()
    services = small.wish(at(12), staff=small.maria), small.wish(at(12, 30), service=small.pedicure)
    carry_out(small.salon, booking.book, BookingRequest(None, services))
    first, second = (row[0] for row in small.database.rows("SELECT id FROM booked_service ORDER BY position"))
    carry_out(small.salon, booking.move_room, second, 1)
    older = carry_out(small.salon, booking.resize, second, at(12, 30), at(13, 15))
    carry_out(small.salon, booking.resize, first, at(12), at(12, 45))
    assert over_each_other(contents(small.database)) == set()
    carry_out(small.salon, take_back, older.entry_id or 0)
    assert small.database.value("SELECT ends_at FROM booked_service WHERE id = ?", (second,)) == "2026-05-12 14:00"
    assert check.faults(small.database) == []
    small.database.close()


QUICK = settings(
    max_examples=settings().max_examples // 2,
    stateful_step_count=30,
)
LifeOfVisits.TestCase.settings = QUICK
TestLifeOfVisits = LifeOfVisits.TestCase


@pytest.mark.slow
def test_a_long_life_of_visits() -> None:
    run_state_machine_as_test(LifeOfVisits, settings=settings(QUICK, max_examples=500, stateful_step_count=60))
