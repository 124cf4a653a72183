"""The day by keyboard alone, in both layouts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.salon.clients import alerts, register
from app.salon.scheduling import blocks
from app.salon.transaction import carry_out
from app.ui.calendar.walking import OnBlock, OnPlace, OnVisit
from app.ui.wishes import BookingSeed
from app.vocabulary import AlertKind, BlockKind, CancelReason, VisitStatus
from tests.builders import TODAY, SmallSalon, at
from tests.ui.calendar.conftest import Day

Opened = Callable[[], Day]
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_the_first_arrow_goes_to_the_current_time(day: Opened) -> None:
    opened = day()
    opened.press(Qt.Key.Key_Down)
    assert opened.screen.grid.spot == OnPlace(opened.small.olga, 11 * 60)


def test_arrows_walk_over_visits_and_free_places(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    carry_out(small.salon, blocks.block_time, small.olga, at(13), at(14), BlockKind.BREAK)
    opened = day()
    opened.screen.grid.select(OnPlace(small.olga, 11 * 60 + 30))
    walked = []
    for _each in range(3):
        opened.press(Qt.Key.Key_Down)
        walked.append(opened.screen.grid.spot)
    block = opened.plan.blocks[0].block.block_id
    assert walked == [OnVisit(small.booked_service(visit)), OnBlock(block), OnPlace(small.olga, 14 * 60)]
    opened.press(Qt.Key.Key_Up)
    assert opened.screen.grid.spot == OnBlock(block)


def test_arrows_go_to_the_neighbouring_master_at_the_same_time(small: SmallSalon, day: Opened) -> None:
    nails = small.book(at(12), small.client())
    colour = small.book(at(11, 30), small.client("Вера Ломова"), service=small.colouring)
    opened = day()
    opened.select(nails)
    opened.press(Qt.Key.Key_Right)
    assert opened.screen.grid.spot == OnVisit(small.booked_service(colour))


def test_beyond_the_last_master_is_the_next_day(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.screen.grid.select(OnPlace(small.maria, 12 * 60))
    opened.press(Qt.Key.Key_Right)
    assert opened.screen.day == TODAY + timedelta(days=1)


def test_without_a_selection_the_arrows_turn_the_days(day: Opened) -> None:
    opened = day()
    opened.press(Qt.Key.Key_Right)
    assert opened.screen.day == TODAY + timedelta(days=1)
    opened.press(Qt.Key.Key_Left)
    opened.press(Qt.Key.Key_Left)
    assert opened.screen.day == TODAY - timedelta(days=1)


def test_escape_leaves_the_selection(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    opened.press(Qt.Key.Key_Escape)
    assert opened.screen.grid.spot is None


def test_enter_on_free_time_wants_a_visit(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.screen.grid.select(OnPlace(small.olga, 14 * 60 + 30))
    opened.press(Qt.Key.Key_Return)
    assert opened.wanted == [BookingSeed(staff_id=small.olga, starts_at=at(14, 30))]


def test_enter_on_a_visit_shows_it(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    opened.press(Qt.Key.Key_Return)
    assert opened.screen.peek is not None
    assert opened.screen.peek.glance.visit_id == visit


def test_shift_and_arrows_move_the_visit_by_a_step_and_to_the_neighbour(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    opened.press(Qt.Key.Key_Down, SHIFT)
    assert opened.starts(visit) == at(12, 15)
    opened.press(Qt.Key.Key_Up, SHIFT)
    opened.press(Qt.Key.Key_Up, SHIFT)
    assert opened.starts(visit) == at(11, 45)
    opened.press(Qt.Key.Key_Right, SHIFT)
    assert opened.master(visit) == small.maria
    opened.press(Qt.Key.Key_Right, SHIFT)
    assert opened.master(visit) == small.maria, "there is nobody further right"
    assert opened.screen.grid.selected_entry == opened.entry(visit)


def test_a_move_into_somebody_else_is_refused_with_its_reason(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    small.book(at(13), small.client("Вера Ломова"))
    opened = day()
    opened.select(visit)
    opened.press(Qt.Key.Key_Down, SHIFT)
    assert opened.starts(visit) == at(12)
    assert "Вера Ломова" in opened.refused[0]


def test_control_shift_and_arrows_change_the_length(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    opened.press(Qt.Key.Key_Down, CONTROL | SHIFT)
    assert opened.ends(visit) == at(13, 15)
    opened.press(Qt.Key.Key_Up, CONTROL | SHIFT)
    opened.press(Qt.Key.Key_Up, CONTROL | SHIFT)
    assert opened.ends(visit) == at(12, 45)


@pytest.mark.parametrize("letter", ["a", "ф"])
def test_a_says_that_the_client_has_arrived(small: SmallSalon, day: Opened, letter: str) -> None:
    visit = small.book(at(11), small.client())
    opened = day()
    opened.select(visit)
    opened.letter(letter)
    assert small.status(visit) is VisitStatus.ARRIVED
    assert opened.said == ["Анна Щёлкина: в салоне"]


@pytest.mark.parametrize("letter", ["d", "в"])
def test_d_completes_the_visit(small: SmallSalon, day: Opened, letter: str) -> None:
    visit = small.book(at(9), small.client(), service=small.pedicure)
    opened = day()
    opened.select(visit)
    opened.letter(letter)
    assert small.status(visit) is VisitStatus.COMPLETED


def test_who_was_never_marked_as_arrived_is_asked_about_at_the_end(small: SmallSalon, day: Opened) -> None:
    anna = small.client()
    visit = small.book(at(9), anna)
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "латекс")
    opened = day()
    opened.counter.asker._answers += [True, None, True, "не отмечали"]
    opened.select(visit)
    opened.letter("d")
    assert small.status(visit) is VisitStatus.BOOKED
    assert alerts.seen_at(small.database, visit) == ()
    opened.letter("d")
    assert small.status(visit) is VisitStatus.COMPLETED
    assert opened.counter.asker.asked[:2] == ["Прежде чем начать", "Завершить с открытыми шагами?"]


@pytest.mark.parametrize("letter", ["n", "т"])
def test_n_says_that_the_client_did_not_come(small: SmallSalon, day: Opened, letter: str) -> None:
    visit = small.book(at(10), small.client())
    opened = day()
    opened.select(visit)
    opened.letter(letter)
    assert small.status(visit) is VisitStatus.NO_SHOW


def test_nobody_can_have_missed_a_visit_that_has_not_begun(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(15), small.client())
    opened = day()
    opened.select(visit)
    opened.letter("n")
    assert small.status(visit) is VisitStatus.BOOKED
    assert "15:00" in opened.refused[0]


@pytest.mark.parametrize("letter", ["x", "ч"])
def test_x_asks_why_and_cancels(small: SmallSalon, day: Opened, letter: str) -> None:
    visit = small.book(at(15), small.client())
    opened = day()
    opened.select(visit)
    opened.letter(letter)
    assert small.status(visit) is VisitStatus.BOOKED, "nothing is cancelled without a reason"
    opened.choose("Клиент заболел")
    assert small.status(visit) is VisitStatus.CANCELLED
    assert opened.plan.tiles == ()
    reason = small.database.value("SELECT cancel_reason FROM visit WHERE id = ?", (visit,))
    assert CancelReason(reason) is CancelReason.CLIENT_ILL


def test_whoever_cancels_by_keyboard_stays_where_the_visit_was(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(15), small.client(), staff=small.maria)
    opened = day()
    with opened.qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    opened.screen.grid.setFocus()
    opened.select(visit)
    opened.letter("x")
    opened.choose("Клиент заболел")
    assert opened.screen.grid.spot == OnPlace(small.maria, 15 * 60)
    opened.screen.desk.perform.undo()
    assert isinstance(opened.screen.grid.spot, OnVisit), "and where it is again"


def test_a_cancelled_visit_comes_back_by_undo(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(15), small.client())
    opened = day()
    opened.select(visit)
    opened.letter("x")
    opened.choose("Клиент заболел")
    opened.screen.desk.perform.undo()
    assert opened.starts(visit) == at(15)
    assert small.status(visit) is VisitStatus.BOOKED


@pytest.mark.parametrize("letter", ["b", "и"])
def test_b_blocks_free_time(small: SmallSalon, day: Opened, letter: str) -> None:
    small.book(at(14), small.client())
    opened = day()
    opened.screen.grid.select(OnPlace(small.olga, 12 * 60 + 30))
    opened.letter(letter)
    opened.choose("Перерыв, 1 ч".replace(" ч", "\u00a0ч"))
    block = opened.plan.blocks[0]
    assert (block.starts, block.ends, block.block.kind) == (12 * 60 + 30, 13 * 60 + 30, BlockKind.BREAK)


def test_no_longer_break_is_offered_than_is_free(small: SmallSalon, day: Opened) -> None:
    small.book(at(14), small.client())
    opened = day()
    opened.screen.grid.select(OnPlace(small.olga, 13 * 60 + 15))
    opened.letter("b")
    opened.choose("Перерыв, 45 мин".replace(" мин", "\u00a0мин"))
    assert opened.plan.blocks[0].ends == 14 * 60


def test_letters_do_nothing_when_nothing_is_selected(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(11), small.client())
    opened = day()
    for letter in "adnx":
        opened.letter(letter)
    assert small.status(visit) is VisitStatus.BOOKED
    assert opened.screen.menu is None
    assert opened.said == opened.refused == []


def test_b_says_what_to_select_where_nothing_is_to_be_blocked(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(11), small.client())
    opened = day()
    opened.letter("b")
    opened.select(visit)
    opened.letter("и")  # B on the Russian keyboard
    assert opened.said == ["Чтобы закрыть время, сначала выберите свободное время мастера."] * 2
    assert opened.screen.menu is None
