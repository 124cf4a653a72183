"""Clients who come together, while one of them is on the phone: by the keyboard alone, and by the mouse alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from app.salon import check
from app.salon.clients import alerts, forgetting, register, standing
from app.salon.scheduling import agenda, waitlist
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.ui.booking.company import IN_A_ROW
from app.ui.booking.foot import Stage
from app.ui.booking.panel import BookingPanel
from app.ui.wishes import BookingSeed
from app.vocabulary import AlertKind, AlertMoment
from tests.builders import TODAY, at
from tests.typing_keys import Keyboard
from tests.ui.booking.conftest import Opened, said
from tests.ui.booking.test_by_phone import rows, shown

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def booked(opened: Opened) -> list[tuple[str, str, str, int]]:
    """Start, client, service and master of today's visits."""
    entries = agenda.of_day(opened.small.database, TODAY).entries
    return [(f"{one.starts_at:%H:%M}", one.client_name, one.service_name, one.staff_id) for one in entries]


def with_vera(opened: Opened) -> tuple[BookingPanel, Keyboard]:
    """Anna is on the phone; Vera, who is known too, comes along for a pedicure. Maria is taken until noon."""
    opened.small.book(at(11), staff=opened.small.maria)
    opened.small.client("Вера Ломова", "8 926 111-22-33")
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.press(Key.Key_G, CONTROL)
    assert form.stage is Stage.TOGETHER
    keys.type("2233")
    keys.enter()
    keys.type("педи")
    keys.enter()
    return form, keys


def test_two_are_booked_with_the_keyboard_alone(opened: Opened) -> None:
    """Only Olga does feet, so Anna's hands go to somebody else."""
    form, keys = with_vera(opened)
    keys.enter()
    assert form.stage is Stage.WHEN, shown(form)
    assert rows(form) == ["1. вт, 12 мая, 12:00, сегодня. Анна Щёлкина · Мария К.; Вера Ломова · Ольга Б."]
    keys.enter()
    assert form.stage is Stage.SAID
    assert said(form) == (
        "Анна Щёлкина и Вера Ломова, вторник 12 мая, 12:00. "
        "Анна Щёлкина: Мария, маникюр с покрытием, 1 ч 15 мин, 1 800 ₽. "
        "Вера Ломова: Ольга, педикюр, 1 ч 30 мин, 2 500 ₽."
    )
    assert [one[:3] for one in booked(opened)[1:]] == [
        ("12:00", "Вера Ломова", "Педикюр"),
        ("12:00", "Анна Щёлкина", "Маникюр с покрытием"),
    ]
    assert len({one.group_id for one in agenda.of_day(opened.small.database, TODAY).entries}) == 2
    assert opened.counter.desk.perform.undo()
    assert len(booked(opened)) == 1
    assert opened.closed == 1
    assert check.faults(opened.small.database) == []


def test_the_alerts_of_everybody_stand_on_the_form_and_are_seen_when_they_are_booked(opened: Opened) -> None:
    small = opened.small
    form, keys = with_vera(opened)
    vera = form.company.client.client_id or 0
    alert = carry_out(small.salon, register.warn, vera, AlertKind.ALLERGY, "латекс").value
    form.company.client.choose(vera)
    keys.type("педи")
    keys.enter()
    keys.enter()
    assert form.stage is Stage.WHEN, shown(form)
    (told,) = (name for one in form.agreed.findChildren(QWidget) if "латекс" in (name := one.accessibleName()))
    assert told.endswith(", Аллергия: латекс")
    assert form.go_on.text() == "Записать, предупреждение учтено"
    keys.enter()
    (visit,) = (one.visit_id for one in agenda.of_day(small.database, TODAY).entries if one.client_id == vera)
    (seen,) = alerts.seen_at(small.database, visit)
    assert (seen.alert_id, seen.moment, seen.actor) == (alert, AlertMoment.BOOKING, "Администратор")


def test_each_unwanted_one_of_them_takes_a_reason_of_its_own(opened: Opened) -> None:
    small = opened.small
    form, keys = with_vera(opened)
    vera = form.company.client.client_id or 0
    anna = form.company.everybody[0].client_id or 0
    for client, why in ((anna, "четыре неявки"), (vera, "не платит")):
        carry_out(small.salon, standing.do_not_book, client, why)
    opened.counter.asker._answers += ["внесла предоплату", None, "разрешила владелица", "внесла предоплату"]
    keys.enter()
    keys.enter()
    assert len(booked(opened)) == 1
    keys.enter()
    assert len(booked(opened)) == 3
    note = small.database.value("SELECT note FROM journal_entry ORDER BY id DESC LIMIT 1")
    assert note == "разрешила владелица; внесла предоплату"


def test_or_one_after_another_by_a_switch(opened: Opened) -> None:
    form, keys = with_vera(opened)
    switch = form.company.how
    for _press in range(8):
        if switch.isAncestorOf(QApplication.focusWidget()):  # type: ignore[arg-type]
            break
        keys.press(Key.Key_Tab)
    keys.press(Key.Key_Right)
    keys.press(Key.Key_Space)
    assert switch.choice == IN_A_ROW
    keys.press(Key.Key_Return, CONTROL)
    assert rows(form)[0] == "1. вт, 12 мая, 11:00, сегодня. 11:00 Анна Щёлкина · Ольга Б.; 12:15 Вера Ломова · Ольга Б."
    keys.enter()
    assert "11:00, Ольга, маникюр" in said(form)
    assert "Вера Ломова: 12:15, Ольга, педикюр" in said(form)


def test_a_guest_without_a_card_and_somebody_new(opened: Opened) -> None:
    """Three: F8 for who leaves no name, and a new card, which one undo closes again."""
    small = opened.small
    small.client("Анна Щёлкина", "8 912 345-67-89")
    form, keys = opened.keys(BookingSeed())
    keys.type("6789")
    keys.enter()
    keys.type("маник")
    keys.enter()
    keys.press(Key.Key_G, CONTROL)
    keys.press(Key.Key_F8)
    keys.type("окраш")
    keys.enter()
    form.company.more.setFocus()
    keys.enter()
    keys.type("зоя 9261112233")
    keys.enter()
    keys.enter()
    keys.type("педи")
    keys.enter()
    keys.enter()
    assert form.stage is Stage.WHEN, shown(form)
    assert not rows(form), "three at once are too many for two masters"
    assert "одновременно" in shown(form)
    keys.press(Key.Key_Tab)
    assert form.stage is Stage.TOGETHER
    keys.press(Key.Key_Right)
    keys.press(Key.Key_Space)
    assert form.company.is_in_a_row
    keys.press(Key.Key_Return, CONTROL)
    keys.enter()
    assert said(form).startswith("Анна Щёлкина, Без карточки и Зоя, вторник 12 мая. ")
    assert len(booked(opened)) == 3
    assert small.database.value("SELECT value FROM contact_point WHERE client_id = 2") == "+79261112233"
    assert opened.counter.desk.perform.undo()
    assert small.database.value("SELECT COUNT(*) FROM client") == 1


def test_a_time_that_was_chosen_is_where_the_search_begins(opened: Opened) -> None:
    """From a click into the calendar the full form opens; the way to company is among its fields."""
    small = opened.small
    form, keys = opened.keys(BookingSeed(client_id=opened.regular(), starts_at=at(16), staff_id=small.olga))
    assert form.stage is Stage.FORM
    for _press in range(30):
        if form.otherwise.together.hasFocus():
            break
        keys.press(Key.Key_Tab)
    keys.enter()
    keys.press(Key.Key_F8)
    keys.type("окраш")
    keys.enter()
    form.company.more.setFocus()
    keys.enter()
    assert form.company.client.search.field.hasFocus()
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Escape)
    assert form.stage is Stage.WHEN, "Esc: nobody more, and who is named stays"
    keys.enter()
    assert [one[:2] for one in booked(opened)] == [("16:00", "Анна Щёлкина"), ("16:00", "")]


def test_two_are_booked_with_the_mouse_alone(opened: Opened) -> None:
    small = opened.small
    form = opened.form(BookingSeed(client_id=opened.regular()))
    click(form.otherwise.together)
    click(form.company.client.walk_in)
    click(form.company.picker)
    offered = next(one for one in form.window().findChildren(QListWidget) if one.isVisible())
    line = next(offered.item(row) for row in range(offered.count()) if "Окрашивание" in offered.item(row).text())
    QTest.mouseClick(offered.viewport(), Qt.MouseButton.LeftButton, pos=offered.visualItemRect(line).center())
    click(form.go_on)
    assert form.stage is Stage.WHEN
    click(form.proposals.rows[0])
    assert booked(opened) == [
        ("11:00", "Анна Щёлкина", "Маникюр с покрытием", small.olga),
        ("11:00", "", "Окрашивание", small.maria),
    ]


def test_nobody_comes_twice_and_nobody_must(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.press(Key.Key_G, CONTROL)
    keys.type("6789")
    keys.enter()
    assert "Анна Щёлкина уже в этой компании" in shown(form)
    assert form.company.client.search.field.hasFocus()
    click(form.company.nobody)
    assert form.stage is Stage.WHEN
    keys.enter()
    assert len(opened.booked) == 1
    assert agenda.of_day(opened.small.database, at(0, days=14).date()).entries[0].group_id is None


def test_a_place_that_somebody_else_took_meanwhile_books_nobody(opened: Opened) -> None:
    form, keys = with_vera(opened)
    keys.enter()
    opened.small.book(at(12), opened.small.client("Зоя"), staff=opened.small.olga)
    keys.enter()
    assert opened.booked == []
    assert "Зоя" in shown(form)
    assert rows(form)[0].startswith("1. вт, 12 мая, 13:00")
    keys.press(Key.Key_1)
    keys.enter()
    assert len(opened.booked) == 1


def test_who_comes_along_already_brings_nobody(opened: Opened) -> None:
    form = opened.form(BookingSeed(with_visit=1))
    form.client.choose(opened.regular())
    assert not form.otherwise.together.isVisible()


def test_it_is_said_with_whom_somebody_comes(opened: Opened) -> None:
    assert opened.form(BookingSeed()).title == "Новый визит"
    assert opened.form(BookingSeed(with_visit=1, with_client="Анна")).title == "Вместе с: Анна"


def test_who_is_forgotten_meanwhile_comes_along_no_longer(opened: Opened) -> None:
    form, keys = with_vera(opened)
    keys.enter()
    assert form.stage is Stage.WHEN
    (vera,) = (one.client_id for one in form.company.people)
    opened.counter.desk.perform(register.rename, vera, "Вера Зуева")
    assert "Вера Зуева" in shown(form)
    opened.counter.desk.perform(forgetting.forget, [vera])
    assert "Вера" not in shown(form)
    assert form.company.people == []


def test_a_guest_is_seated_in_the_chair_that_was_chosen(opened: Opened) -> None:
    small = opened.small
    chairs = [small.room(name, small.manicure, small.pedicure) for name in ("Слева", "Посередине", "У окна")]
    form, keys = with_vera(opened)
    (row,) = form.company.rows()
    (box,) = (one for one in row.rooms.boxes.values() if not one.isHidden())
    said_of = [box.itemText(index) for index in range(box.count())]
    assert said_of == ["Любое свободное", "Слева", "Посередине", "У окна"]
    box.setCurrentIndex(3)
    keys.press(Key.Key_Return, CONTROL)
    keys.press(Key.Key_Return, CONTROL)
    seats = {one.client_name: one.room_ids for one in agenda.of_day(small.database, TODAY).entries}
    assert seats["Вера Ломова"] == (chairs[2],)
    assert seats["Анна Щёлкина"] == (chairs[0],)


def test_a_guest_has_hands_and_feet_done_at_once(opened: Opened) -> None:
    """Two masters for her, after Anna; with one master for both nothing can be side by side."""
    small = opened.small
    form, keys = with_vera(opened)
    keys.type("маник")
    keys.enter()
    second = form.company.rows()[1]
    second.master.setCurrentIndex(second.master.findData(small.olga))
    assert second.beside.isHidden()
    second.master.setCurrentIndex(second.master.findData(small.maria))
    second.beside.click()
    form.company.how.choose(IN_A_ROW)
    keys.press(Key.Key_Return, CONTROL)
    keys.enter()
    assert [one for one in booked(opened) if one[1] == "Вера Ломова"] == [
        ("12:15", "Вера Ломова", "Педикюр", small.olga),
        ("12:15", "Вера Ломова", "Маникюр с покрытием", small.maria),
    ]
    assert check.faults(small.database) == []


def test_all_come_at_the_hour_they_want_although_one_master_is_taken(opened: Opened) -> None:
    """Ctrl+Shift+Enter and a reason; only who stands over somebody carries the mark."""
    small = opened.small
    form, keys = with_vera(opened)
    form.company.time.setText("11:00")
    keys.press(Key.Key_Return, CONTROL)
    assert rows(form)[0].startswith("1. вт, 12 мая, 12:00")
    assert form.anyway.text() == "Записать на 11:00 всё равно…"
    opened.counter.asker._answers = ["Вера подождёт"]
    keys.press(Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert form.stage is Stage.SAID
    entries = {one.client_name: one for one in agenda.of_day(small.database, TODAY).entries}
    assert [entries[name].starts_at for name in ("Анна Щёлкина", "Вера Ломова")] == [at(11), at(11)]
    marks = {name: one.overbooked_reason for name, one in entries.items()}
    assert sorted(marks.values()) == ["", "", "Вера подождёт"]
    assert check.faults(small.database) == []
    assert opened.counter.desk.perform.undo()
    assert len(booked(opened)) == 1


def test_who_waited_comes_with_a_friend_and_waits_no_more(opened: Opened) -> None:
    small = opened.small
    anna = opened.regular()
    window = Window(TODAY, TODAY)
    waits = carry_out(small.salon, waitlist.add, NewWait(anna, (small.manicure,), (window,))).value
    form, keys = opened.keys(BookingSeed(client_id=anna, waiting_id=waits))
    keys.press(Key.Key_G, CONTROL)
    keys.press(Key.Key_F8)
    keys.type("окраш")
    keys.enter()
    keys.press(Key.Key_Return, CONTROL)
    keys.enter()
    assert form.stage is Stage.SAID
    assert waitlist.count(small.database) == 0
    assert len(booked(opened)) == 2
    assert opened.counter.desk.perform.undo()
    assert waitlist.count(small.database) == 1


def click(widget: QWidget) -> None:
    QApplication.processEvents()
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
