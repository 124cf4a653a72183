"""The full form: services, masters, time, and what is in the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from app.salon.catalogue import services, staff
from app.salon.clients import alerts, register
from app.salon.scheduling import agenda, booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.proposals import Proposal
from app.salon.transaction import carry_out
from app.ui.booking.foot import Stage
from app.ui.booking.panel import BookingPanel
from app.ui.widgets.buttons import ChoiceButton
from app.ui.wishes import BookingSeed
from app.vocabulary import AlertKind, AlertMoment, CancelReason, VisitStatus
from tests.builders import TODAY, at
from tests.typing_keys import Keyboard, type_text
from tests.ui.booking.conftest import Opened, said


def test_a_click_on_a_free_place_fills_in_master_and_time(opened: Opened) -> None:
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.maria, starts_at=at(16, 30, days=1)))
    type_text(form.form.picker, "маник")
    keys = Keyboard(form)
    for _press in range(3):
        keys.enter()
    entry = agenda.of_day(small.database, at(0, days=1).date()).entries[0]
    assert (entry.staff_id, entry.starts_at) == (small.maria, at(16, 30, days=1))


def test_a_chosen_place_asks_a_regular_for_nothing_more(opened: Opened) -> None:
    """Digits and two Enters: the place is known, the services are those of last time."""
    opened.regular()
    _form, keys = opened.keys(BookingSeed(staff_id=opened.small.olga, starts_at=at(17)))
    keys.type("6789")
    keys.enter()
    keys.enter()
    (entry,) = agenda.of_day(opened.small.database, TODAY).entries
    assert (entry.starts_at, entry.lengths.total) == (at(17), 75)


def test_a_dragged_stretch_decides_the_length(opened: Opened) -> None:
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(16), minutes=45))
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    form.book()
    assert agenda.of_day(small.database, TODAY).entries[0].lengths.total == 45


def test_a_taken_place_is_said_before_booking(opened: Opened) -> None:
    small = opened.small
    small.book(at(15), small.client("Вера Ломова"))
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(15, 30)))
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    assert "Вера Ломова" in form.form.problem.text()
    assert not form.go_on.isEnabled()
    form.form.time.setText("1700")
    assert form.go_on.isEnabled()
    assert form.form.problem.isHidden()


@pytest.mark.parametrize("has_alert", [False, True])
def test_the_way_out_is_in_sight_unless_an_alert_would_leave_it(opened: Opened, has_alert: bool) -> None:
    """Booking says that the alert was seen, so the form does not scroll it away by itself."""
    small = opened.small
    anna = small.client()
    if has_alert:
        carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "латекс")
    small.book(at(15), small.client("Вера Ломова"))
    form = opened.form(BookingSeed(client_id=anna, staff_id=small.olga, starts_at=at(15, 30)))
    form.window().resize(400, 560)
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    QApplication.processEvents()
    assert (form.page.verticalScrollBar().value() == 0) is has_alert


def test_booking_anyway_is_one_key_and_a_reason(opened: Opened) -> None:
    small, asker = opened.small, opened.counter.asker
    small.book(at(15), small.client("Вера Ломова"))
    form, keys = opened.keys(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(15, 30)))
    type_text(form.form.picker, "маник")
    keys.enter()
    asker._answers = [None, "клиентка подождёт"]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    keys.press(Qt.Key.Key_Return, both)
    assert opened.booked == []
    keys.press(Qt.Key.Key_Return, both)
    assert len(opened.booked) == 1
    entries = agenda.of_day(small.database, TODAY).entries
    assert [entry.overbooked_reason for entry in entries] == ["", "клиентка подождёт"]


def test_where_nothing_is_in_the_way_nobody_is_asked_for_a_reason(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.small.client(), staff_id=opened.small.olga, starts_at=at(15)))
    type_text(form.form.picker, "маник")
    keys.enter()
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert opened.booked == []
    assert opened.counter.asker.asked == []


def test_what_is_wrong_with_the_time_leaves_the_day_in_its_row(opened: Opened) -> None:
    form = opened.form(BookingSeed(client_id=opened.small.client(), staff_id=opened.small.olga, starts_at=at(15)))
    form.form.time.setText("4:230")
    layout = form.form.layout()
    assert layout is not None
    layout.activate()
    day, time_ = (one.mapTo(form, one.rect().topLeft()).y() for one in (form.form.day, form.form.time))
    assert form.form.time.accessibleDescription()
    assert day == time_


def test_a_standing_visit_is_changed_and_said_back(opened: Opened) -> None:
    small = opened.small
    visit = small.book(at(15), small.client("Анна"))
    form = opened.form(BookingSeed(visit_id=visit))
    assert form.stage is Stage.FORM
    assert form.form.time.text() == "15:00"
    form.form.time.setText("1730")
    type_text(form.form.comment, "с ребёнком")
    form.book()
    entry = agenda.of_day(small.database, TODAY).entries[0]
    assert (entry.visit_id, entry.starts_at, entry.has_note) == (visit, at(17, 30), True)
    assert entry.status is VisitStatus.BOOKED
    assert "17:30" in said(form)


def test_a_master_who_has_left_is_not_shown_as_another_one(opened: Opened) -> None:
    """The visit stands with Olga: the row says nothing else, and the visit can be handed on to Maria."""
    small = opened.small
    visit = small.book(at(15), small.client())
    carry_out(small.salon, staff.archive, small.olga)
    form = opened.form(BookingSeed(visit_id=visit))
    (row,) = form.form.rows()
    assert (row.master.currentText(), row.master.placeholderText()) == ("", "Ольга Белова")
    row.master.setCurrentIndex(0)
    assert row.master.currentText() == "Мария Ким"
    form.go_on.click()
    assert [one.staff_id for one in agenda.of_day(small.database, TODAY).entries] == [small.maria]


def test_who_sits_here_already_is_told_nothing(opened: Opened) -> None:
    small = opened.small
    visit = small.book(at(11), small.client("Анна"))
    opened.counter.desk.perform(booking.set_status, visit, VisitStatus.ARRIVED)
    form = opened.form(BookingSeed(visit_id=visit))
    form.form.time.setText("1115")
    form.book()
    assert said(form) == ""
    assert opened.closed == 1


def test_who_sits_here_without_a_card_gets_one_and_its_alerts_are_seen_by_that(opened: Opened) -> None:
    small = opened.small
    visit, anna = small.book(at(11)), small.client("Анна")
    opened.counter.desk.perform(booking.set_status, visit, VisitStatus.ARRIVED)
    form = opened.form(BookingSeed(visit_id=visit))
    form.client.forget()
    form.client.choose(anna)
    alert = carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "латекс")
    form.book()
    assert opened.closed == 0  # another workplace wrote it down and nobody here has seen it: first it is shown
    assert form.client.alerts == (alert.value,)
    assert form.go_on.text() == "Сохранить, предупреждение учтено"
    form.book()
    assert opened.closed == 1
    assert [one.moment for one in alerts.seen_at(small.database, visit)] == [AlertMoment.ARRIVAL]


def test_two_services_follow_each_other_and_one_can_go_again(opened: Opened) -> None:
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(12)))
    keys = Keyboard(form)
    for part in ("маник", "педик"):
        type_text(form.form.picker, part)
        keys.enter()
    assert form.foot.total.text().replace("\u00a0", " ") == "2 ч 30 мин · 4 300 ₽"
    form.book()
    assert [entry.starts_at for entry in agenda.of_day(small.database, TODAY).entries] == [at(12), at(13)]
    other = opened.form(BookingSeed(visit_id=opened.booked[0]))
    other.form.remove_service(0)
    other.book()
    assert [entry.service_name for entry in agenda.of_day(small.database, TODAY).entries] == ["Педикюр"]


def test_without_a_chosen_time_the_start_follows_the_services(opened: Opened) -> None:
    small = opened.small
    small.book(at(11), minutes=180)
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga))
    type_text(form.form.picker, "педик")
    Keyboard(form).enter()
    assert form.form.time.text() == "14:00"


def problem_of(form: BookingPanel) -> str:
    """What is said to be in the way, with ordinary spaces."""
    return form.form.problem.text().replace("\u00a0", " ") if form.form.problem.isVisible() else ""


def places_of(form: BookingPanel) -> list[ChoiceButton]:
    """The free places that are offered below."""
    QApplication.processEvents()
    return [one for one in form.form.findChildren(ChoiceButton) if one.isVisible()]


def test_a_further_service_moves_nothing_by_itself(opened: Opened) -> None:
    """What was said on the phone stays; that both do not fit is said, why, and what is free instead."""
    small = opened.small
    small.book(at(12), small.client("Вера Ломова"), minutes=9 * 60)
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga))
    keys = Keyboard(form)
    keys.type("маник")
    keys.enter()
    assert (form.form.day.day, form.form.time.text(), problem_of(form)) == (TODAY, "11:00", "")
    keys.type("педик")
    keys.enter()
    assert (form.form.day.day, form.form.time.text()) == (TODAY, "11:00")
    assert problem_of(form).startswith(
        "На вт, 12 мая, 11:00 не помещается: маникюр с покрытием и педикюр, 2 ч 30 мин, Ольга Б.\n"
    )
    assert "Вера Ломова" in problem_of(form)
    assert not form.go_on.isEnabled()
    first = places_of(form)[0]
    assert first.text().replace("\u00a0", " ") == "ср, 13 мая, 9:00"
    first.click()
    assert problem_of(form) == ""
    form.go_on.click()
    assert [one.starts_at for one in agenda.of_day(small.database, at(0, days=1).date()).entries] == [
        at(9, days=1),
        at(10, days=1),
    ]


def test_a_day_without_a_place_is_said_and_kept(opened: Opened) -> None:
    small = opened.small
    small.book(at(9, days=1), minutes=12 * 60)
    form = opened.form(BookingSeed(client_id=small.client(), day=at(0, days=1).date()))
    keys = Keyboard(form)
    keys.type("педик")
    keys.enter()
    assert form.form.day.day == at(0, days=1).date()
    assert problem_of(form) == "На ср, 13 мая нет места: педикюр, 1 ч 30 мин, Ольга Б."
    assert not form.go_on.isEnabled()
    assert [one.text()[:2] for one in places_of(form)] == ["чт"] * 4


def test_a_service_that_is_typed_and_not_chosen_is_not_left_out(opened: Opened) -> None:
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(15)))
    keys = Keyboard(form)
    keys.type("маник")
    keys.enter()
    assert form.go_on.isEnabled()
    keys.type("бровищи")
    notice = form.form.picker.notice
    assert notice.isVisible()
    assert notice.text().startswith("Услуги «бровищи» в прайсе нет: ")
    assert not form.go_on.isEnabled()
    keys.press(Qt.Key.Key_Down)
    assert form.form.picker.matches.count() == 3, "the whole price list"
    form.form.picker.clear()
    assert form.go_on.isEnabled()
    assert notice.isHidden()
    keys.type("педик")
    form.go_on.click()
    assert opened.booked == []
    assert notice.text().startswith("«педик» ещё не выбрано: ")
    assert form.form.picker.is_open
    keys.enter()
    assert notice.isHidden()
    form.go_on.click()
    assert [one.service_name for one in agenda.of_day(small.database, TODAY).entries] == [
        "Маникюр с покрытием",
        "Педикюр",
    ]


def test_a_service_that_is_typed_before_the_client_is_not_replaced_by_that_of_last_time(opened: Opened) -> None:
    opened.regular()
    form, keys = opened.keys(BookingSeed())
    form.form.picker.setFocus()
    keys.type("педик")
    form.client.search.setFocus()
    keys.type("6789")
    keys.enter()
    assert form.client.is_known
    assert (form.stage, form.form.draft.planned, form.form.picker.text()) == (Stage.FORM, (), "педик")


def test_a_master_who_was_chosen_is_proposed_first(opened: Opened) -> None:
    """Whoever asks for Maria hears of Maria, although Olga is free as early."""
    form, keys = opened.keys(BookingSeed(client_id=opened.small.client()))
    keys.type("маник")
    keys.enter()
    box = form.findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(box.findData(opened.small.maria))
    form.form.picker.setFocus()
    keys.enter()
    assert isinstance(form.proposals.current, Proposal)
    assert form.proposals.current.planned[0].staff_id == opened.small.maria


def test_the_master_who_was_asked_for_is_marked(opened: Opened) -> None:
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(12)))
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    (row,) = form.form.rows()
    row.asked_for.click()
    form.book()
    assert small.database.rows("SELECT is_asked_for FROM booked_service") == [(1,)]


def test_two_masters_serve_at_once(opened: Opened) -> None:
    """Hands and feet side by side: the visit is as long as the longer of both."""
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client(), starts_at=at(12)))
    keys = Keyboard(form)
    for part in ("педик", "маник"):
        type_text(form.form.picker, part)
        keys.enter()
    second = form.form.rows()[1]
    assert second.beside.isHidden()
    second.master.setCurrentIndex(second.master.findData(small.maria))
    assert not second.beside.isHidden()
    second.beside.click()
    assert form.foot.total.text().replace("\u00a0", " ") == "1 ч 30 мин · 4 300 ₽"
    second.master.setCurrentIndex(second.master.findData(small.olga))
    assert form.form.draft.planned[1].beside is False
    second.master.setCurrentIndex(second.master.findData(small.maria))
    second.beside.click()
    form.book()
    entries = agenda.of_day(small.database, TODAY).entries
    assert {(entry.staff_id, entry.starts_at) for entry in entries} == {(small.olga, at(12)), (small.maria, at(12))}


def test_another_master_has_another_price_and_another_length(opened: Opened) -> None:
    small = opened.small
    small.database.rows(
        "UPDATE staff_service SET working_minutes = 45, price = 220000 WHERE staff_id = ? AND service_id = ?",
        (small.maria, small.manicure),
    )
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(12)))
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    (row,) = form.form.rows()
    row.master.setCurrentIndex(row.master.findData(small.maria))
    assert form.foot.total.text().replace("\u00a0", " ") == "45 мин · 2 200 ₽"
    row.minutes.setValue(80)
    row.master.setCurrentIndex(row.master.findData(small.olga))
    assert form.foot.total.text().replace("\u00a0", " ") == "1 ч 20 мин · 1 800 ₽"


def test_a_visit_over_another_is_lengthened_without_a_second_reason(opened: Opened) -> None:
    """Nothing is said against what was permitted; over somebody else the reason is asked for as ever."""
    small = opened.small
    small.book(at(15))
    small.book(at(17, 15))
    wish = small.wish(at(15, 30))
    request = BookingRequest(small.client(), (wish,), overbooked_reason="подождёт")
    visit = carry_out(small.salon, booking.book, request).value
    form = opened.form(BookingSeed(visit_id=visit))
    (row,) = form.form.rows()
    row.minutes.setValue(90)
    assert form.form.problem.isHidden()
    row.minutes.setValue(120)
    assert "17:15" in form.form.problem.text()
    row.minutes.setValue(90)
    form.book()
    entry = next(one for one in agenda.of_day(small.database, TODAY).entries if one.visit_id == visit)
    assert (entry.ends_at, entry.overbooked_reason) == (at(17), "подождёт")


def test_every_field_has_a_name_for_a_screen_reader(opened: Opened) -> None:
    form = opened.form(BookingSeed())
    for field in form.findChildren(QLineEdit):
        assert field.accessibleName() or field.placeholderText(), field


def test_a_new_visit_begins_on_the_day_that_is_looked_at(opened: Opened) -> None:
    form = opened.form(BookingSeed(day=at(0, days=3).date()))
    assert (form.form.day.day, form.form.time.text()) == (at(0, days=3).date(), "9:00")
    past = opened.form(BookingSeed(day=at(0, days=-3).date()))
    assert (past.form.day.day, past.form.time.text()) == (TODAY, "11:00")


# ---- a visit that somebody changes meanwhile ---------------------------------------------------------------------


def test_a_visit_that_is_dragged_beside_its_form_stays_where_it_was_put(opened: Opened) -> None:
    """Only the comment was changed here: saving it does not bring the visit back."""
    small = opened.small
    visit = small.book(at(15), small.client("Анна"))
    form = opened.form(BookingSeed(visit_id=visit))
    type_text(form.form.comment, "с ребёнком")
    opened.counter.desk.perform(booking.move, small.booked_service(visit), small.maria, at(17))
    assert form.form.time.text() == "17:00"
    said_now = form.form.warning.text().replace("\u00a0", " ")
    assert said_now == "Визит тем временем изменили: Мария К., вт, 12 мая, 17:00."
    form.book()
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert (entry.starts_at, entry.staff_id, entry.has_note) == (at(17), small.maria, True)


def test_what_both_have_changed_is_told_before_it_is_replaced(opened: Opened) -> None:
    small = opened.small
    visit = small.book(at(15), small.client("Анна"))
    form = opened.form(BookingSeed(visit_id=visit))
    form.form.time.setText("1300")
    carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(17))
    form.take_up()
    assert form.form.time.text() == "13:00"
    assert [row.master.currentText() for row in form.form.rows()] == ["Мария Ким"]
    said_now = form.form.warning.text().replace("\u00a0", " ")
    assert said_now == "Визит тем временем изменили: Мария К., вт, 12 мая, 17:00. Сохранение заменит это."
    form.book()
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert (entry.starts_at, entry.staff_id) == (at(13), small.maria)


def test_only_what_both_have_changed_is_said_to_be_replaced(opened: Opened) -> None:
    """Here the time, there the comment: both stay. A comment that both have written is told."""
    small = opened.small
    visit = small.book(at(15), small.client("Анна"))
    form = opened.form(BookingSeed(visit_id=visit))
    form.form.time.setText("1300")
    wish = small.wish(at(15))
    opened.counter.desk.perform(booking.change, visit, BookingRequest(form.client.client_id, (wish,), "с ребёнком"))
    assert not form.form.warning.isVisible()
    type_text(form.form.comment, "!")
    request = BookingRequest(form.client.client_id, (wish,), "с собакой")
    opened.counter.desk.perform(booking.change, visit, request)
    assert form.form.warning.text() == "Комментарий тем временем изменили: «с собакой». Сохранение заменит его."


def test_what_is_the_same_in_the_end_replaces_nothing(opened: Opened) -> None:
    small = opened.small
    visit = small.book(at(15), small.client("Анна"))
    form = opened.form(BookingSeed(visit_id=visit))
    form.form.time.setText("1300")
    opened.counter.desk.perform(booking.move, small.booked_service(visit), small.olga, at(17))
    assert form.form.warning.isVisible()
    form.form.time.setText("1700")
    assert not form.form.warning.isVisible()


def test_a_start_to_which_one_steps_back_from_a_place_that_was_taken_is_booked(opened: Opened) -> None:
    form = opened.form(BookingSeed(client_id=opened.small.client(), staff_id=opened.small.olga, starts_at=at(13)))
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    next(one for one in form.form.places_box.findChildren(ChoiceButton) if one.text() == "12:00").click()
    form.form.time.step_by(60)
    assert form.form.time.text() == "13:00"
    form.book()
    (entry,) = agenda.of_day(opened.small.database, TODAY).entries
    assert entry.starts_at == at(13)


@pytest.mark.parametrize("came_along", [False, True])
def test_no_place_is_proposed_for_what_is_offered_no_more(opened: Opened, came_along: bool) -> None:
    """Neither after Enter that ends the services, nor when nobody comes along after all."""
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client()))
    type_text(form.form.picker, "маник")
    keys = Keyboard(form)
    keys.enter()
    if came_along:
        form.bring_company()
    opened.counter.desk.perform(services.archive, small.manicure)
    if came_along:
        form.company.nobody.click()
    else:
        form.form.picker.setFocus()
        keys.enter()
    assert form.stage is Stage.FORM
    assert form.form.rows()[0].gone.isVisible()


def test_the_place_that_is_marked_stays_so_when_the_price_list_is_changed_elsewhere(opened: Opened) -> None:
    """Two begin at the same time with different masters; the keyboard stays in the rows, and Enter books."""
    small = opened.small
    opened.regular()
    form, keys = opened.keys(BookingSeed())
    keys.type("6789")
    for _press in range(2):
        keys.enter()
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Down)
    rows = [row.proposal for row in form.proposals.rows]
    assert rows[1].starts_at == rows[2].starts_at
    opened.counter.desk.perform(services.archive, small.colouring)
    keys.enter()
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert entry.staff_id == small.maria


def test_what_is_half_typed_stays_when_the_price_list_is_changed_elsewhere(opened: Opened) -> None:
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(15)))
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    form.form.rows()[0].minutes.setFocus()
    opened.counter.desk.perform(services.archive, small.colouring)
    assert form.form.rows()[0].minutes.hasFocus()
    form.form.time.setFocus()
    form.form.time.selectAll()
    type_text(form.form.time, "16:3")
    opened.counter.desk.perform(services.archive, small.pedicure)
    assert form.form.time.text() == "16:3"
    assert form.form.time.hasFocus()


def test_a_form_in_which_nothing_was_entered_only_follows_its_visit(opened: Opened) -> None:
    """Also to another client, and it is not begun by that."""
    small = opened.small
    anna, vera = small.client("Анна"), small.client("Вера")
    visit = small.book(at(15), anna)
    form = opened.form(BookingSeed(visit_id=visit))
    request = BookingRequest(vera, (small.wish(at(16)),), "по совету Анны")
    opened.counter.desk.perform(booking.change, visit, request)
    assert (form.client.called, form.form.time.text(), form.form.comment.text()) == ("Вера", "16:00", "по совету Анны")
    assert not form.is_begun


@pytest.mark.parametrize("is_open", [True, False])
def test_a_visit_that_was_cancelled_meanwhile_is_told_at_once_and_not_at_saving(
    opened: Opened, *, is_open: bool
) -> None:
    small = opened.small
    visit = small.book(at(15), small.client("Анна"))
    form = opened.form(BookingSeed(visit_id=visit))
    form.form.time.setText("1600")
    assert form.go_on.isEnabled()
    if is_open:
        opened.counter.desk.perform(booking.cancel, visit, CancelReason.CLIENT_ASKED)
    else:
        form.hide()
        carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
        form.show()
        form.take_up()
    assert form.form.problem.text() == "Статус визита — «отменён», его не переносят. Запишите новый."
    assert form.form.problem.isVisible()
    assert not form.go_on.isEnabled()
    assert not form.form.anyway.isVisible()
    assert form.form.draft.starts_at == at(16), "what was entered stays"
    if is_open:
        opened.counter.desk.perform.undo()
        assert not form.form.problem.isVisible()
        form.book()
        assert agenda.of_day(small.database, TODAY).entries[0].starts_at == at(16)


def test_a_visit_that_was_taken_back_meanwhile_is_told_at_once(opened: Opened) -> None:
    small, desk = opened.small, opened.counter.desk
    anna = small.client("Анна")
    visit = desk.perform(booking.book, BookingRequest(anna, (small.wish(at(15)),))).value
    form = opened.form(BookingSeed(visit_id=visit))
    desk.perform.undo()
    assert form.form.problem.text() == "Этой записи уже нет: её тем временем отменили."
    assert not form.go_on.isEnabled()


def test_that_a_visit_was_moved_is_told_until_something_else_is_chosen(opened: Opened) -> None:
    small = opened.small
    visit = small.book(at(15), small.client("Анна"))
    form = opened.form(BookingSeed(visit_id=visit))
    perform = opened.counter.desk.perform
    perform(booking.move, small.booked_service(visit), small.olga, at(17))
    assert form.form.warning.isVisible()
    perform(booking.move, small.booked_service(visit), small.olga, at(15))
    assert not form.form.warning.isVisible(), "it stands where it stood"
    perform(booking.move, small.booked_service(visit), small.olga, at(17))
    form.form.time.setText("1800")
    assert not form.form.warning.isVisible(), "whoever chooses another time has seen it"


def test_that_the_place_in_the_form_was_taken_is_told_before_it_is_booked(opened: Opened) -> None:
    """Another workplace was faster while the client was thinking."""
    small = opened.small
    form = opened.form(BookingSeed(client_id=small.client("Анна"), staff_id=small.olga, starts_at=at(15)))
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    form.go_on.setFocus()
    request = BookingRequest(small.client("Вера"), (small.wish(at(15)),))
    opened.counter.desk.perform(booking.book, request)
    assert form.form.problem.isVisible()
    assert "15:00" in form.form.problem.text()
    assert not form.go_on.isEnabled()
    assert form.form.time.hasFocus(), "the keyboard stays where something can be done"
    opened.counter.desk.perform.undo()
    assert not form.form.problem.isVisible()
    form.book()
    assert len(opened.booked) == 1


def test_what_is_booked_from_a_form_is_not_in_its_own_way(opened: Opened) -> None:
    form = opened.form(BookingSeed(client_id=opened.small.client("Анна"), staff_id=opened.small.olga, starts_at=at(15)))
    type_text(form.form.picker, "маник")
    Keyboard(form).enter()
    form.book()
    assert len(opened.booked) == 1
    assert form.form.problem.text() == ""


def test_tab_goes_from_the_time_to_the_free_places_and_then_to_the_comment(opened: Opened) -> None:
    """As they are seen from top to bottom, also after the places were found anew."""
    form, keys = opened.keys(BookingSeed(client_id=opened.small.client(), staff_id=opened.small.olga))
    type_text(form.form.picker, "маник")
    keys.enter()
    form.form.time.setText("1600")
    form.form.time.setFocus()
    QApplication.processEvents()  # the places that were found anew are shown
    places = [one for one in form.form.places_box.findChildren(ChoiceButton) if one.isVisible()]
    assert places
    for place in places:
        keys.press(Qt.Key.Key_Tab)
        assert place.hasFocus()
    keys.press(Qt.Key.Key_Tab)
    assert form.form.comment.hasFocus()
