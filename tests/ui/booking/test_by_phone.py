"""A call in three Enters: who, as last time, when; and what is said back."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from app.salon.catalogue import staff
from app.salon.clients import register
from app.salon.scheduling import agenda, booking
from app.salon.scheduling.proposals import Proposal
from app.salon.transaction import carry_out
from app.ui.booking.foot import Stage
from app.ui.booking.panel import BookingPanel
from app.ui.wishes import BookingSeed
from app.vocabulary import AlertKind, CancelReason, ProposalKind
from tests.builders import TODAY, at
from tests.typing_keys import Keyboard
from tests.ui.booking.conftest import Opened, said

Key = Qt.Key


def shown(form: BookingPanel) -> str:
    """Everything that can be read now."""
    QApplication.processEvents()
    labels = (label for label in form.findChildren(QLabel) if label.isVisible())
    return "\n".join(label.text() for label in labels).replace("\u00a0", " ")


def rows(form: BookingPanel) -> list[str]:
    """The proposed places as a screen reader says them."""
    return [row.accessibleName().replace("\u00a0", " ") for row in form.proposals.rows]


def double_click(form: BookingPanel) -> None:
    """Press the button of the form as somebody does who double-clicks everything."""
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
        for moment in (kind, QEvent.Type.MouseButtonRelease):
            place = form.go_on.rect().center().toPointF()
            left = Qt.MouseButton.LeftButton
            event = QMouseEvent(
                moment, place, form.go_on.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier
            )
            QApplication.sendEvent(form.go_on, event)


def test_a_double_click_is_one_step_and_books_no_place_that_nobody_has_seen(opened: Opened) -> None:
    form = opened.form(BookingSeed(client_id=opened.regular()))
    assert form.stage is Stage.LAST_TIME
    double_click(form)
    assert (form.stage, opened.booked) == (Stage.WHEN, [])
    double_click(form)
    assert (form.stage, len(opened.booked), opened.closed) == (Stage.SAID, 1, 0)


def test_a_key_that_is_held_down_goes_on_by_one_step(opened: Opened) -> None:
    form = opened.form(BookingSeed(client_id=opened.regular()))
    for is_held in (False, True, True):
        control = Qt.KeyboardModifier.ControlModifier
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, control, "", is_held)
        QApplication.sendEvent(form, event)
    assert (form.stage, opened.booked) == (Stage.WHEN, [])


def test_a_regular_is_booked_with_three_enters(opened: Opened) -> None:
    opened.regular()
    form, keys = opened.keys(BookingSeed())
    keys.type("6789")
    keys.enter()
    assert form.stage is Stage.LAST_TIME
    assert "Приходит раз в 21 день" in shown(form)
    assert "Ольга Б. · 1 ч 15 мин · 1 800 ₽" in shown(form)
    keys.enter()
    assert form.stage is Stage.WHEN
    assert rows(form) == [
        "1. вт, 26 мая, 15:30, через 2 недели. Как обычно, раз в 21 день · Ольга Б.",
        "2. вт, 12 мая, 11:00, сегодня. Ближайшее, свой мастер · Ольга Б.",
        "3. вт, 12 мая, 11:00, сегодня. Другой мастер · Мария К.",
    ]
    keys.enter()
    assert form.stage is Stage.SAID
    assert said(form) == (
        "Анна Щёлкина, вторник 26 мая, 15:30, Ольга, маникюр с покрытием, 1 ч 15 мин, 1 800 ₽. "
        "Накануне пришлём напоминание."
    )
    entry = agenda.of_day(opened.small.database, at(0, days=14).date()).entries[0]
    assert (entry.visit_id, entry.starts_at, entry.lengths.total) == (opened.booked[0], at(15, 30, days=14), 75)
    keys.enter()
    assert opened.closed == 1


def test_every_step_is_one_look(opened: Opened) -> None:
    """Nothing to scroll, one thing that Enter takes, and few enough words to be read while somebody talks."""
    small = opened.small
    anna = opened.regular()
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "Аллергия на акрилаты: только гипоаллергенная база")
    carry_out(small.salon, register.warn, anna, AlertKind.DEBT, "долг 500 ₽ за прошлый визит")
    small.book(at(14, days=9), anna)
    form, keys = opened.keys(BookingSeed())
    keys.type("6789")
    for stage in (Stage.LAST_TIME, Stage.WHEN, Stage.SAID):
        keys.enter()
        QApplication.processEvents()
        assert form.stage is stage
        assert form.page.verticalScrollBar().maximum() == 0
        assert form.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]
        assert len(f"{shown(form)} {' '.join(rows(form)) if stage is Stage.WHEN else ''}".split()) <= 110


@pytest.mark.parametrize(("pressed", "kind"), [("2", ProposalKind.SAME_MASTER), ("3", ProposalKind.ANY_MASTER)])
def test_a_digit_chooses_a_place(opened: Opened, pressed: str, kind: ProposalKind) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.enter()
    keys.press(Key(ord(pressed)))
    assert isinstance(form.proposals.current, Proposal)
    assert form.proposals.current.kind is kind
    keys.enter()
    assert len(opened.booked) == 1
    assert [one.starts_at for one in agenda.of_day(opened.small.database, TODAY).entries] == [at(11)]


def test_arrows_choose_a_place(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.enter()
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up):
        keys.press(key)
    assert form.proposals.current is form.proposals.rows[1].proposal
    assert form.proposals.rows[1].hasFocus()


def test_a_click_takes_a_place(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.enter()
    form.proposals.rows[2].click()
    assert agenda.of_day(opened.small.database, TODAY).entries[0].staff_id == opened.small.maria


def test_tab_goes_to_the_full_form_with_the_place(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.enter()
    keys.press(Key.Key_Tab)
    assert form.stage is Stage.FORM
    assert (form.form.day.day, form.form.time.text()) == (at(0, days=14).date(), "15:30")
    keys.type("1700")
    keys.enter()
    entry = agenda.of_day(opened.small.database, at(0, days=14).date()).entries[0]
    assert (entry.starts_at, entry.lengths.total) == (at(17, days=14), 75)


def test_something_else_than_last_time_is_one_tab_away(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.press(Key.Key_Tab)
    assert form.form.picker.hasFocus()
    keys.type("педик")
    keys.enter()
    keys.enter()
    assert form.stage is Stage.WHEN
    keys.enter()
    assert [entry.service_name for entry in agenda.of_day(opened.small.database, at(0, days=14).date()).entries] == [
        "Маникюр с покрытием",
        "Педикюр",
    ]


def test_who_does_it_no_more_is_said(opened: Opened) -> None:
    anna = opened.regular()
    carry_out(opened.small.salon, staff.archive, opened.small.olga)
    form, keys = opened.keys(BookingSeed(client_id=anna))
    assert "вместо мастера Ольга Б. теперь Мария К." in shown(form)
    keys.enter()
    assert all("Мария К." in row for row in rows(form))


def test_a_place_that_was_taken_meanwhile_is_proposed_anew(opened: Opened) -> None:
    """A second Enter in a hurry books nothing that nobody has read: it only chooses."""
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.enter()
    opened.small.book(at(15, 30, days=14), opened.small.client("Вера Ломова"))
    keys.enter()
    assert opened.booked == []
    assert "Вера Ломова" in shown(form)
    assert rows(form)[0].startswith("1. вт, 26 мая, 16:30")
    assert not form.go_on.isEnabled()
    keys.enter()
    assert opened.booked == []
    assert form.go_on.isEnabled()
    keys.enter()
    assert len(opened.booked) == 1


@pytest.mark.parametrize("key", [Key.Key_1, Key.Key_Down, Key.Key_Up])
def test_after_a_refusal_a_place_is_chosen_by_its_number_or_the_arrows(opened: Opened, key: Key) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.enter()
    opened.small.book(at(15, 30, days=14), opened.small.client("Вера Ломова"))
    keys.enter()
    keys.press(key)
    keys.enter()
    assert len(opened.booked) == 1
    assert form.stage is Stage.SAID


def test_a_master_who_is_full_for_weeks_leaves_the_others(opened: Opened) -> None:
    small = opened.small
    anna = opened.regular()
    for days in range(43):
        small.book(at(11 if days == 0 else 9, days=days), staff=small.olga, minutes=(10 if days == 0 else 12) * 60)
    form, keys = opened.keys(BookingSeed(client_id=anna))
    keys.enter()
    assert rows(form) == ["1. вт, 12 мая, 11:00, сегодня. Раньше всех · Мария К."]
    keys.enter()
    assert len(opened.booked) == 1


def test_no_place_at_all_is_said_and_the_full_form_is_next(opened: Opened) -> None:
    small = opened.small
    anna = small.client()
    small.complete(small.book(at(9, days=-7), anna, service=small.pedicure))
    for days in range(43):
        small.book(at(11 if days == 0 else 9, days=days), staff=small.olga, minutes=(10 if days == 0 else 12) * 60)
    form, keys = opened.keys(BookingSeed(client_id=anna))
    keys.enter()
    assert "На шесть недель вперёд свободного времени нет" in shown(form)
    assert not form.go_on.isEnabled()
    keys.enter()
    assert form.stage is Stage.FORM


def test_a_repeated_visit_is_two_enters(opened: Opened) -> None:
    """From the card or the calendar: what is known already."""
    anna = opened.regular()
    visit = opened.small.book(at(9, days=-3), anna, service=opened.small.pedicure)
    opened.small.complete(visit)
    form, keys = opened.keys(BookingSeed(client_id=anna, repeat_visit_id=visit))
    assert form.stage is Stage.WHEN
    keys.enter()
    assert len(opened.booked) == 1
    assert ", педикюр, " in said(form)


def test_enter_that_is_held_down_books_nothing(opened: Opened) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    form, _keys = opened.keys(BookingSeed(client_id=opened.regular()))
    for _time in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(QApplication.focusWidget() or form, held)
    assert form.stage is Stage.LAST_TIME
    assert opened.booked == []


def test_a_digit_says_that_a_phone_may_begin_beside_length_and_price(opened: Opened) -> None:
    """Both are wanted on the phone: what it costs, and that a phone may be typed on."""
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.enter()
    before = form.foot.total.text()
    keys.type("2")
    assert form.foot.hint.isVisible()
    assert form.foot.hint.text() == "Это телефон? Набирайте дальше: 2…"
    assert form.foot.total.text() == before
    QApplication.processEvents()
    row = form.proposals.rows[1]
    place = row.mapTo(form.page, row.rect().center())
    assert form.page.rect().contains(place), "the marked place stays in sight"
    keys.press(Key.Key_Tab)
    assert form.stage is Stage.FORM
    assert form.foot.hint.isHidden(), "in the form a digit is no choice"


# ---- the sentence ------------------------------------------------------------------------------------------------


def book(opened: Opened) -> tuple[BookingPanel, Keyboard]:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.enter()
    keys.enter()
    return form, keys


def test_the_sentence_is_copied_by_a_key(opened: Opened) -> None:
    form, keys = book(opened)
    keys.press(Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert form.said_page is not None
    assert QGuiApplication.clipboard().text() == form.said_page.sentence.text()
    assert form.said_page.copy.text() == "Скопировано"


def test_the_sentence_follows_the_visit(opened: Opened) -> None:
    """Dragged to another hour while the client is still on the phone."""
    form, _keys = book(opened)
    small = opened.small
    booked_id = small.booked_service(opened.booked[0])
    opened.counter.desk.perform(booking.move, booked_id, small.olga, at(17, days=14))
    assert "17:00" in said(form)


def test_undo_takes_the_sentence_away(opened: Opened) -> None:
    form, _keys = book(opened)
    opened.counter.desk.perform.undo()
    assert form.stage is Stage.SAID
    assert opened.closed == 1
    assert not agenda.of_day(opened.small.database, at(0, days=14).date()).entries


def test_cancelled_at_once_says_nothing_more(opened: Opened) -> None:
    form, _keys = book(opened)
    opened.counter.desk.perform(booking.cancel, opened.booked[0], CancelReason.CLIENT_ASKED)
    assert form.stage is Stage.SAID
    assert opened.closed == 1


def test_a_second_booking_at_the_same_time_is_warned_of_and_not_refused(opened: Opened) -> None:
    anna = opened.regular()
    opened.small.book(at(12), anna, service=opened.small.colouring)
    form = opened.form(BookingSeed(client_id=anna, starts_at=at(13), staff_id=opened.small.olga))
    assert "в это время уже есть визит — 12:00, окрашивание" in form.form.warning.text()
    assert form.go_on.isEnabled()
    form.form.time.setText("1500")
    assert form.form.warning.isHidden()
