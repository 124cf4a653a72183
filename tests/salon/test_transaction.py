"""An act of the salon is all or nothing, has a name in the journal, and tells the screens what to read again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings as effort, strategies as st

from app.clock import standing_at
from app.errors import ChangedSince, Gone, NothingToUndo
from app.models import ALL_TABLES, Alert, Block, Client, StaffMember
from app.models.connection import table_name
from app.models.kept import read_instant
from app.salon import journal, profile as profile_of, transaction, undo
from app.salon.changes import Changes
from app.salon.clients import register
from app.salon.profile import Profile
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import Action, AlertKind, BlockKind, Topic
from tests.builders import TODAY, SmallSalon, at, new_database, small_salon


def rows_of(small: SmallSalon, table: str) -> list[tuple[Any, ...]]:
    """Everything in a table."""
    return small.database.rows(f"SELECT * FROM {table} ORDER BY 1")


def everything(small: SmallSalon) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in every table, but for the journal."""
    names = [row[0] for row in small.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    aside = {"journal_entry", "schema_migration", "sqlite_sequence"}
    return {name: rows_of(small, name) for name in names if name not in aside}


def entries(small: SmallSalon) -> int:
    """How long the journal is."""
    return int(small.database.value("SELECT count(*) FROM journal_entry"))


# ---- all or nothing ------------------------------------------------------------------------------------------


def test_an_act_that_fails_half_way_leaves_nothing(small: SmallSalon) -> None:
    before, told = everything(small), entries(small)

    def forget_the_end(work: Work) -> None:
        work.tell(Action.CLIENT_ADDED)
        work.insert(Client, name="Анна", created_at=work.now)
        work.update(StaffMember, small.olga, name="Ольга Петровна")
        raise Gone

    with pytest.raises(Gone):
        carry_out(small.salon, forget_the_end)
    assert everything(small) == before
    assert entries(small) == told


def test_an_act_without_a_name_is_not_done(small: SmallSalon) -> None:
    """Nobody could ever read in the journal what it was."""
    before = everything(small)
    with pytest.raises(AssertionError, match="named for the journal"):
        carry_out(small.salon, lambda work: work.insert(Client, name="Анна", created_at=work.now))
    assert everything(small) == before


def test_the_database_refusing_a_row_takes_the_whole_act_back(small: SmallSalon) -> None:
    before = everything(small)

    def to_nobody(work: Work) -> None:
        work.tell(Action.ALERT_ADDED)
        work.insert(Client, name="Анна", created_at=work.now)
        work.insert(Alert, client=4711, kind=AlertKind.ALLERGY, text="латекс", created_at=work.now)

    with pytest.raises(Gone):
        carry_out(small.salon, to_nobody)
    assert everything(small) == before
    assert not small.database.connection.in_transaction


def test_the_next_act_works_after_a_failed_one(small: SmallSalon) -> None:
    for _ in range(3):
        with pytest.raises(Gone):
            carry_out(small.salon, lambda work: work.update(Client, 4711, name="Никто"))
    assert small.client("Анна") > 0


def test_what_is_gone_cannot_be_changed(small: SmallSalon) -> None:
    for act in (
        lambda work: work.update(Client, 4711, name="Никто"),
        lambda work: work.delete(Client, 4711),
        lambda work: work.update_kept("client", 4711, {"name": "Никто"}),
    ):
        with pytest.raises(Gone):
            carry_out(small.salon, act)


def test_an_act_within_an_act_is_part_of_it(small: SmallSalon) -> None:
    """A new client is entered while a visit is booked: one act, one entry, under the name of the first."""
    told = entries(small)

    def both(work: Work) -> int:
        work.tell(Action.VISIT_BOOKED, note="по телефону")
        return register.add(work, register.NewClient("Анна Щёлкина"))

    done = carry_out(small.salon, both)
    assert entries(small) == told + 1
    row = small.database.row("SELECT action, note, client FROM journal_entry WHERE id = ?", (done.entry_id,))
    assert row == (Action.VISIT_BOOKED, "по телефону", done.value)


# ---- nothing changed -----------------------------------------------------------------------------------------


def test_an_act_that_changes_nothing_tells_nothing(small: SmallSalon) -> None:
    """Saving a card as it was: no line in the journal, nothing to undo, no screen reads again."""
    anna = small.client("Анна")
    told = entries(small)

    def same_again(work: Work) -> None:
        work.tell(Action.CLIENT_CHANGED)
        work.update(Client, anna, name="Анна")

    done = carry_out(small.salon, same_again)
    assert done.entry_id is None
    assert done.changes == Changes()
    assert entries(small) == told


def test_looking_is_no_act(small: SmallSalon) -> None:
    done = carry_out(small.salon, lambda work: work.database.value("SELECT count(*) FROM service"))
    assert (done.value, done.entry_id, done.changes) == (3, None, Changes())


# ---- the journal ---------------------------------------------------------------------------------------------


def test_the_journal_tells_who_did_what_when(small: SmallSalon) -> None:
    small.clock.advance(timedelta(minutes=7))
    anna = small.client("Анна")
    visit = small.book(at(15), anna)
    at_text, actor, action, its_visit, client, undoes = (
        small.database.row(
            "SELECT at, actor, action, visit, client, undoes FROM journal_entry ORDER BY id DESC LIMIT 1"
        )
        or ("",) * 6
    )
    assert read_instant(at_text) == datetime(2026, 5, 12, 8, 7, tzinfo=UTC)
    assert (actor, action) == ("Администратор", Action.VISIT_BOOKED)
    assert (its_visit, client, undoes) == (visit, anna, None)


def test_the_journal_keeps_a_row_before_and_after(small: SmallSalon) -> None:
    anna = small.client("Анна")

    def marries(work: Work) -> None:
        work.tell(Action.CLIENT_CHANGED, client=anna)
        work.update(Client, anna, name="Анна Ким", notes="")

    done = carry_out(small.salon, marries)
    (change,) = journal.read_changes(
        small.database.value("SELECT changes FROM journal_entry WHERE id = ?", (done.entry_id,))
    )
    assert change == journal.RowChange("client", anna, {"name": "Анна"}, {"name": "Анна Ким"})


def test_the_journal_keeps_what_was_removed(small: SmallSalon) -> None:
    def add(work: Work) -> int:
        work.tell(Action.TIME_BLOCKED)
        return work.insert(
            Block, staff=small.olga, day=TODAY, starts_at=at(13), ends_at=at(14), kind=BlockKind.BREAK, reason="обед"
        )

    block = carry_out(small.salon, add).value
    (kept,) = rows_of(small, "block")

    def remove(work: Work) -> None:
        work.tell(Action.BLOCK_REMOVED)
        work.delete(Block, block)

    done = carry_out(small.salon, remove)
    assert rows_of(small, "block") == []
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert rows_of(small, "block") == [kept]


def test_what_others_did_since_is_never_overwritten(small: SmallSalon) -> None:
    anna = small.client("Анна")

    def rename(work: Work, name: str) -> None:
        work.tell(Action.CLIENT_CHANGED)
        work.update(Client, anna, name=name)

    first = carry_out(small.salon, rename, "Анна Ким")
    carry_out(small.salon, rename, "Анна Белова")
    assert first.entry_id is not None
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, first.entry_id)
    assert small.database.value("SELECT name FROM client WHERE id = ?", (anna,)) == "Анна Белова"
    with pytest.raises(NothingToUndo):
        carry_out(small.salon, undo.take_back, 4711)


# ---- what the screens learn ----------------------------------------------------------------------------------


def test_a_booking_concerns_its_day_its_client_and_all_that_hangs_on_it(small: SmallSalon) -> None:
    anna = small.client("Анна")
    changes = carry_out(small.salon, booking.book, BookingRequest(anna, (small.wish(at(15, days=2)),))).changes
    assert changes.topics == {Topic.VISITS, Topic.CHECKLISTS, Topic.REMINDERS}
    assert TODAY + timedelta(days=2) in changes.days
    assert changes.clients == {anna}


def test_a_move_concerns_the_day_left_and_the_day_reached(small: SmallSalon) -> None:
    def add(work: Work) -> int:
        work.tell(Action.TIME_BLOCKED)
        return work.insert(Block, staff=small.olga, day=TODAY, starts_at=at(13), ends_at=at(14), kind=BlockKind.BREAK)

    block = carry_out(small.salon, add).value

    def move(work: Work) -> None:
        work.tell(Action.VISIT_MOVED)
        work.update(Block, block, day=TODAY + timedelta(days=1), starts_at=at(13, days=1), ends_at=at(14, days=1))

    assert carry_out(small.salon, move).changes.days == {TODAY, TODAY + timedelta(days=1)}


def test_every_table_of_the_salon_concerns_somebody(small: SmallSalon) -> None:
    """A table that no screen is told about would show yesterday's news for ever."""
    silent = {"journal_entry", "import_run", "imported_record"}
    assert {table_name(table) for table in ALL_TABLES} - silent == set(transaction._TOPIC_OF_TABLE)


def test_news_can_be_put_together() -> None:
    monday, tuesday = date(2026, 5, 11), date(2026, 5, 12)
    both = Changes(frozenset({Topic.VISITS}), frozenset({monday}), frozenset({1})) | Changes(
        frozenset({Topic.MONEY}), frozenset({tuesday}), frozenset({2})
    )
    assert both == Changes(frozenset({Topic.VISITS, Topic.MONEY}), frozenset({monday, tuesday}), frozenset({1, 2}))
    assert both.concerns(Topic.MONEY, Topic.STAFF)
    assert not both.concerns(Topic.STAFF)


# ---- the salon ----------------------------------------------------------------------------------------------


def test_a_new_file_is_a_moscow_studio_until_somebody_says_otherwise() -> None:
    salon = Salon(new_database(), standing_at(at(23, 30), "Europe/Moscow"))
    assert salon.profile == Profile()
    assert (salon.wall_now(), salon.today()) == (at(23, 30), TODAY)
    carry_out(salon, profile_of.write, Profile(name="Причёски", zone="Asia/Vladivostok", is_sample=True))
    assert salon.profile.name == "Причёски"
    assert salon.profile.is_sample
    assert salon.today() == TODAY + timedelta(days=1)
    salon.database.close()


def test_facts_of_the_salon_are_changed_not_added(small: SmallSalon) -> None:
    done = carry_out(small.salon, profile_of.write, Profile(name="Студия на Садовой", zone="Europe/Samara"))
    assert done.changes.topics == {Topic.SALON}
    assert small.database.value("SELECT count(*) FROM salon_profile") == 1
    assert small.salon.profile.zone == "Europe/Samara"


# ---- any act can be taken back -------------------------------------------------------------------------------

STEP = st.tuples(st.sampled_from(["add", "rename", "warn", "unwarn"]), st.integers(0, 3), st.text(max_size=5))


@effort(max_examples=effort().max_examples // 3)
@given(st.lists(st.lists(STEP, min_size=1, max_size=5), min_size=1, max_size=4))
def test_taking_every_act_back_leads_to_where_it_began(acts: list[list[tuple[str, int, str]]]) -> None:
    small = small_salon()
    before = everything(small)
    done: list[int] = []
    for act in acts:
        outcome = carry_out(small.salon, _at_random, act)
        if outcome.entry_id is not None:
            done.append(outcome.entry_id)
    after = everything(small)
    undone = [carry_out(small.salon, undo.take_back, entry).entry_id for entry in reversed(done)]
    assert everything(small) == before
    for entry in reversed(undone):
        assert entry is not None
        carry_out(small.salon, undo.take_back, entry)
    assert everything(small) == after
    small.database.close()


def _at_random(work: Work, steps: list[tuple[str, int, str]]) -> None:
    work.tell(Action.CLIENT_CHANGED)
    for what, which, text in steps:
        clients = [row[0] for row in work.database.rows("SELECT id FROM client ORDER BY id")]
        alerts = [row[0] for row in work.database.rows("SELECT id FROM alert ORDER BY id")]
        if what == "add":
            work.insert(Client, name=text, created_at=work.now)
        elif what == "rename" and clients:
            work.update(Client, clients[which % len(clients)], name=text)
        elif what == "warn" and clients:
            whose = clients[which % len(clients)]
            work.insert(Alert, client=whose, kind=AlertKind.ALLERGY, text=text, created_at=work.now)
        elif what == "unwarn" and alerts:
            work.delete(Alert, alerts[which % len(alerts)])
