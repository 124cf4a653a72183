"""Thousands of rows: done and undone beside the window, told as it goes, given up where somebody changes their mind."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.errors import ChangedSince
from app.models.connection import Database
from app.salon import check, journal, undo
from app.salon.clients import consents, register
from app.salon.clients.register import NewClient
from app.salon.reminders import invitations
from app.salon.transaction import carry_out
from app.ui import inviting, restoring
from app.ui.background import Background
from app.ui.change_feed import ChangeFeed
from app.ui.desk import Desk
from app.ui.perform import Perform
from app.ui.progress_window import ProgressWindow
from app.vocabulary import ConsentKind, ConsentWay
from tests.builders import TODAY, SmallSalon, small_salon
from tests.fakes import InlineBackground, WorkInHand
from tests.ui.clients.hearing import heard
from tests.ui.conftest import Counter

MANY = 24


@pytest.fixture
def large(tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSalon]:
    """A file with clients who agreed to advertising; a dozen rows of the journal are many here."""
    monkeypatch.setattr(undo, "_LARGE", 2_000)
    monkeypatch.setattr(journal, "_AT_ONCE", 20)
    small = small_salon(Database(tmp_path / "salon.vizit"))
    with small.database.writing():
        for number in range(MANY):
            client = carry_out(small.salon, register.add, NewClient(f"Анна {number}")).value
            said = {"is_given": True, "day": TODAY, "way": ConsentWay.PAPER}
            carry_out(small.salon, consents.record, client, ConsentKind.ADVERTISING, **said)
    yield small
    small.database.close()


def waiting(small: SmallSalon) -> int:
    return int(small.database.value("SELECT COUNT(*) FROM reminder WHERE kind = 'invitation'"))


def ids(small: SmallSalon) -> list[int]:
    return [row[0] for row in small.database.rows("SELECT id FROM client ORDER BY id")]


def rows(small: SmallSalon) -> list[tuple[Any, ...]]:
    return small.database.rows("SELECT * FROM reminder ORDER BY id")


def test_a_large_act_is_undone_and_done_again_beside_the_window(large: SmallSalon) -> None:
    background = WorkInHand()
    perform = Perform(large.salon, ChangeFeed(), background)
    perform.attempt(invitations.invite, ids(large))
    invited = rows(large)
    begun, ended, refused = heard(perform.long_begun), heard(perform.long_ended), heard(perform.refused)
    assert not perform.undo()
    assert (waiting(large), perform.is_busy, len(begun), ended) == (MANY, True, 1, [])
    assert perform(register.add, NewClient("Вера")) is None
    assert not perform.undo()
    assert not perform.redo()
    assert len(refused) == 3
    assert "Большое изменение ещё" in str(refused[0][0])
    background.finish()
    assert (waiting(large), perform.is_busy, ended) == (0, False, [(False,)])
    assert not perform.redo()
    background.finish()
    assert (rows(large), ended[-1]) == (invited, (True,))
    assert perform(register.add, NewClient("Вера")) is not None
    assert background.labels == ["Отмена действия", "Повтор действия"]
    assert check.faults(large.database) == []


def test_giving_it_up_leaves_everything_as_it_was_and_it_can_still_be_undone(large: SmallSalon) -> None:
    background = WorkInHand()
    perform = Perform(large.salon, ChangeFeed(), background)
    perform.attempt(invitations.invite, ids(large))
    perform.undo()
    background.job.cancel()
    background.finish()
    assert (waiting(large), perform.is_busy, perform.can_undo) == (MANY, False, True)
    perform.undo()
    background.finish()
    assert waiting(large) == 0


def test_who_gives_it_up_too_late_is_told_that_it_is_undone(large: SmallSalon) -> None:
    background = WorkInHand()
    perform = Perform(large.salon, ChangeFeed(), background)
    perform.attempt(invitations.invite, ids(large))
    ended = heard(perform.long_ended)
    perform.undo()
    job = background.job
    job.progressed.connect(lambda done, total: job.cancel() if done == total else None)
    background.finish()
    assert waiting(large) == 0
    assert (ended, perform.is_busy, perform.can_undo) == ([(False,)], False, False)
    perform.redo()
    background.finish()
    assert waiting(large) == MANY


def test_what_others_changed_since_is_kept_here_too(large: SmallSalon) -> None:
    background = WorkInHand()
    perform = Perform(large.salon, ChangeFeed(), background)
    perform.attempt(invitations.invite, ids(large))
    large.database.rows("UPDATE reminder SET status = 'sent' WHERE id = (SELECT MAX(id) FROM reminder)")
    refused = heard(perform.refused)
    perform.undo()
    background.finish()
    assert (waiting(large), len(refused), perform.can_undo, perform.is_busy) == (MANY, 1, False, False)


def test_a_small_act_is_undone_at_once(large: SmallSalon) -> None:
    perform = Perform(large.salon, ChangeFeed(), WorkInHand())
    perform.attempt(invitations.invite, ids(large)[:3])
    assert perform.undo()
    assert waiting(large) == 0


def test_how_far_it_is_is_told_and_a_run_of_rows_is_one_step(large: SmallSalon) -> None:
    done = carry_out(large.salon, invitations.invite, ids(large))
    told: list[tuple[int, int]] = []
    asked: list[str] = []
    large.database.connection.set_trace_callback(asked.append)
    undo.take_back_together(large.salon, [done.entry_id or 0], lambda *far: told.append(far))
    large.database.connection.set_trace_callback(None)
    assert told == [(20, MANY), (MANY, MANY)]
    assert sum(one.startswith('DELETE FROM "reminder"') for one in asked) == 2


def test_nothing_is_held_up_by_the_search_for_garbage_meanwhile(
    large: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = WorkInHand()
    perform = Perform(large.salon, ChangeFeed(), background)
    perform.attempt(invitations.invite, ids(large))
    meanwhile: list[bool] = []

    def refuse(*_given: Any) -> None:
        meanwhile.append(gc.isenabled())
        raise ChangedSince

    monkeypatch.setattr(undo, "take_back_together", refuse)
    perform.undo()
    background.finish()
    assert (meanwhile, gc.isenabled()) == ([False], True)


# ---- doing ---------------------------------------------------------------------------------------------------


@pytest.fixture
def many(large: SmallSalon, monkeypatch: pytest.MonkeyPatch) -> SmallSalon:
    """A dozen clients are many to invite here."""
    monkeypatch.setattr(invitations, "MANY", 12)
    monkeypatch.setattr(invitations, "_AT_ONCE", 10)
    return large


def at_the_desk(small: SmallSalon, background: Background) -> tuple[Desk, list[Any]]:
    """A desk of which only what is performed is wanted, and what is told at it."""
    perform = Perform(small.salon, ChangeFeed(), background)
    return Desk(small.salon, perform, *[None] * 6), heard(perform.done)  # type: ignore[arg-type]


def test_many_are_invited_beside_the_window(many: SmallSalon) -> None:
    background = WorkInHand()
    desk, told = at_the_desk(many, background)
    begun, refused = heard(desk.perform.long_begun), heard(desk.perform.refused)
    assert inviting.invite(desk, ids(many))
    assert (waiting(many), desk.perform.is_busy, begun[0][1], told) == (0, True, "Приглашение клиентов…", [])
    assert desk.perform(register.add, NewClient("Вера")) is None
    assert not inviting.invite(desk, ids(many))
    assert len(refused) == 2
    far = heard(background.job.progressed)
    background.finish()
    assert far == [(0, MANY), (10, MANY), (20, MANY), (MANY, MANY)]
    assert (waiting(many), desk.perform.is_busy) == (MANY, False)
    assert [said for said, _undo in told] == ["Приглашение получат 24 клиента."]
    desk.perform.undo()
    background.finish()
    assert waiting(many) == 0


def test_whoever_gives_up_inviting_has_invited_nobody(many: SmallSalon) -> None:
    background = WorkInHand()
    desk, told = at_the_desk(many, background)
    before = many.database.value("SELECT MAX(id) FROM journal_entry")
    inviting.invite(desk, ids(many))
    job = background.job
    job.progressed.connect(lambda done, _total: job.cancel() if done == 10 else None)
    background.finish()
    assert (waiting(many), desk.perform.is_busy, desk.perform.can_undo) == (0, False, False)
    assert many.database.value("SELECT MAX(id) FROM journal_entry") == before
    assert told == [("Никто не приглашён", False)]
    assert check.faults(many.database) == []


def test_whoever_gives_up_inviting_too_late_is_told_who_is_invited(many: SmallSalon) -> None:
    background = WorkInHand()
    desk, told = at_the_desk(many, background)
    inviting.invite(desk, ids(many))
    job = background.job
    job.progressed.connect(lambda done, total: job.cancel() if done == total else None)
    background.finish()
    assert (waiting(many), told) == (MANY, [("Приглашение получат 24 клиента.", True)])


def test_words_that_are_too_long_are_refused_there_too(many: SmallSalon) -> None:
    background = WorkInHand()
    desk, told = at_the_desk(many, background)
    refused = heard(desk.perform.refused)
    inviting.invite(desk, ids(many), "а" * 501)
    background.finish()
    assert (len(refused), told, waiting(many), desk.perform.is_busy) == (1, [], 0, False)


def test_a_few_are_invited_at_once(many: SmallSalon) -> None:
    desk, told = at_the_desk(many, WorkInHand())
    assert inviting.invite(desk, ids(many)[:3])
    assert (waiting(many), len(told)) == (3, 1)


def test_work_that_is_over_before_it_is_followed_leaves_the_window_free(many: SmallSalon) -> None:
    desk, told = at_the_desk(many, InlineBackground())
    assert inviting.invite(desk, ids(many))
    assert (waiting(many), desk.perform.is_busy, len(told)) == (MANY, False, 1)


@pytest.mark.parametrize("is_given_up", [False, True])
def test_what_was_begun_is_finished_before_the_program_closes_unless_it_is_given_up(
    large: SmallSalon, counter: Counter, *, is_given_up: bool
) -> None:
    background = WorkInHand()
    perform = Perform(large.salon, ChangeFeed(), background)
    desk = replace(counter.desk, salon=large.salon, perform=perform, background=background)
    perform.attempt_beside(
        invitations.invite, ids(large), done=lambda _done: None, given_up=lambda: None, label="Приглашение"
    )

    def go_on() -> None:
        if is_given_up:
            next(one for one in QApplication.topLevelWidgets() if isinstance(one, ProgressWindow)).close()
        background.finish()

    QTimer.singleShot(0, go_on)
    restoring.finish_at_closing(desk)
    assert not perform.is_busy
    assert waiting(large) == (0 if is_given_up else MANY)
