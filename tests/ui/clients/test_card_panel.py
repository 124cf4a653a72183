"""The card at the front desk: what is seen first, what is changed in its place, and the way back."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.salon.clients import card as cards, register
from app.salon.clients.card import ClientCard
from app.salon.clients.register import NewClient
from app.salon.clients.timeline import HappenedKind
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.ui.clients.card_panel import DETAILS, GLANCE, WORKS, ClientCardPanel
from app.ui.clients.card_parts import due_words
from app.ui.clients.details_page import DetailsPage
from app.ui.clients.edited_text import EditedText
from app.ui.clients.glance_page import GlancePage
from app.ui.clients.timeline import LINE_ROLE
from app.ui.widgets.list_row import ListRow
from app.ui.wishes import BookingSeed
from app.vocabulary import AlertKind, VisitStatus
from tests.builders import TODAY, at
from tests.ui.clients.hearing import heard
from tests.ui.conftest import Counter

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def anna(counter: Counter) -> int:
    """A regular: three visits, ten days apart, the last one five days ago."""
    client = counter.small.client("Анна Щёлкина", "8 912 345-67-89", wishes="чай с лимоном")
    for days in (25, 15, 5):
        counter.small.complete(counter.small.book(at(10, days=-days), client))
    return client


@pytest.fixture
def panel(qtbot: QtBot, counter: Counter, anna: int) -> Iterator[ClientCardPanel]:
    """Anna's card, open."""
    host = QWidget()
    qtbot.addWidget(host)
    made = ClientCardPanel(counter.desk, host)
    made.resize(400, 760)
    made.show_client(anna)
    host.resize(900, 760)
    host.show()
    host.activateWindow()
    yield made
    host.close()


def glance_of(panel: ClientCardPanel) -> GlancePage:
    page = panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    return page


def notes_of(panel: ClientCardPanel) -> EditedText:
    """The field of the notes, opened if it is empty."""
    glance = glance_of(panel)
    if not glance.notes.isVisible():
        glance.open_text(glance.notes)
    return glance.notes


def details_of(panel: ClientCardPanel) -> DetailsPage:
    panel.open_page(DETAILS)
    page = panel.page(DETAILS)
    assert isinstance(page, DetailsPage)
    return page


def words(widget: QWidget) -> list[str]:
    """What can be read on a widget, from top to bottom as it was built."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()]


def read(counter: Counter, client: int) -> ClientCard:
    return cards.read(counter.small.database, client, TODAY)


# ---- reading ----


def test_an_alert_stands_above_the_name(counter: Counter, panel: ClientCardPanel, anna: int) -> None:
    assert not panel.alerts.isVisible()
    carry_out(counter.small.salon, register.warn, anna, AlertKind.ALLERGY, "ацетон")
    panel.show_client(anna)
    row = panel.alerts.rows()[0]
    assert row.accessibleName() == "Аллергия: ацетон"
    assert row.mapTo(panel, row.rect().topLeft()).y() < panel.head.mapTo(panel, panel.head.rect().topLeft()).y()


def test_the_card_answers_in_one_glance(panel: ClientCardPanel) -> None:
    seen = " | ".join(words(panel))
    assert "Анна Щёлкина" in seen
    assert "с нами с 17\u00a0апреля" in seen
    assert "+7\u00a0912\u00a0345-67-89" in seen
    assert "Ждём примерно 17\u00a0мая" in seen
    assert "Обычно приходит раз в 10\u00a0дней" in seen
    assert glance_of(panel).wishes.text == "чай с лимоном"
    facts = [
        fact.accessibleName() for fact in glance_of(panel).facts.findChildren(QWidget) if ":" in fact.accessibleName()
    ]
    assert facts == ["визиты: 3", "оплачено: 0\u00a0₽", "свой ритм: 10 дней", "обычно, 3 из 3: Ольга\u00a0Б."]


def test_whoever_is_late_is_said_to_be_due(counter: Counter, anna: int) -> None:
    card = read(counter, anna)
    assert due_words(card, TODAY)[0] == "Ждём примерно 17\u00a0мая"
    heading, _below, is_due = due_words(card, TODAY + timedelta(days=6))
    assert heading == "Пора прийти с 17\u00a0мая"
    assert is_due


def test_a_booking_ahead_is_shown_and_opens_in_the_calendar(
    qtbot: QtBot, counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    visit = counter.desk.perform(booking.book, booking.BookingRequest(anna, (counter.small.wish(at(15, 30, days=1)),)))
    assert visit is not None
    assert any(text == "Завтра, 15:30" for text in words(glance_of(panel).coming))
    opened = heard(panel.visit_wanted)
    qtbot.mouseClick(glance_of(panel).coming.findChildren(ListRow)[-1], Qt.MouseButton.LeftButton)
    assert opened[0] == (
        visit.value,
        at(15, 30, days=1).date(),
    )


def test_the_visits_are_told_newest_first(counter: Counter, panel: ClientCardPanel, anna: int) -> None:
    missed = counter.small.book(at(12, days=-2), anna, service=counter.small.colouring)
    carry_out(counter.small.salon, booking.set_status, missed, VisitStatus.NO_SHOW)
    panel.show_client(anna)
    history = glance_of(panel).history
    history.show_kind(1)
    model = history.list.model()
    ModelTester(model).check(model)
    lines = [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]
    assert [line.title for line in lines] == ["10\u00a0мая", "7\u00a0мая", "27\u00a0апреля", "17\u00a0апреля"]
    assert lines[0].second == "Окрашивание"
    assert lines[0].said == "10\u00a0мая, Окрашивание, Мария Ким, неявка"
    assert lines[0].right == ""
    assert lines[1].right == "1\u00a0800\u00a0₽"


def test_enter_in_the_visits_opens_the_visit(qtbot: QtBot, panel: ClientCardPanel) -> None:
    opened = heard(panel.visit_wanted)
    history = glance_of(panel).history
    history.show_kind(1)
    history.list.setFocus()
    qtbot.keyClick(history.list, Key.Key_Down)
    qtbot.keyClick(history.list, Key.Key_Return)
    assert opened[0][1] == date(2026, 4, 27)


def test_a_new_client_has_an_empty_history_and_a_first_booking(
    qtbot: QtBot, counter: Counter, panel: ClientCardPanel
) -> None:
    new = counter.small.client("Вера Ломова")
    panel.show_client(new)
    history = glance_of(panel).history
    assert [line.kind for line in history.list.model().lines] == [HappenedKind.CHANGE]
    history.show_kind(1)
    assert not history.list.isVisible()
    assert "Такого пока не было." in words(panel)
    wanted = heard(panel.booking_wanted)
    assert not panel.foot.again.isVisible()
    qtbot.mouseClick(panel.foot.first, Qt.MouseButton.LeftButton)
    assert wanted[0] == (BookingSeed(client_id=new),)


def test_as_last_time_repeats_the_last_visit(qtbot: QtBot, panel: ClientCardPanel, anna: int) -> None:
    wanted = heard(panel.booking_wanted)
    assert "Маникюр с покрытием · Ольга Белова" in words(panel.foot)
    qtbot.mouseClick(panel.foot.again, Qt.MouseButton.LeftButton)
    assert panel.card is not None
    assert panel.card.last_visit is not None
    assert wanted[0] == (BookingSeed(client_id=anna, repeat_visit_id=panel.card.last_visit.visit_id),)
    qtbot.mouseClick(panel.foot.other, Qt.MouseButton.LeftButton)
    assert wanted[1] == (BookingSeed(client_id=anna),)


def test_a_birthday_soon_is_worth_a_word(counter: Counter, panel: ClientCardPanel) -> None:
    born = NewClient("Вера", birthday=date(1990, 5, 14))
    panel.show_client(carry_out(counter.small.salon, register.add, born).value)
    assert "день рождения через 2 дня" in words(panel.head)


# ---- changing in place ----


def test_wishes_are_kept_on_leaving_and_undone(qtbot: QtBot, counter: Counter, panel: ClientCardPanel) -> None:
    said = heard(counter.desk.perform.done)
    glance_of(panel).wishes.editor.setFocus()
    glance_of(panel).wishes.editor.setPlainText("кофе без сахара")
    notes_of(panel).editor.setFocus()
    assert read(counter, panel.client_id or 0).wishes == "кофе без сахара"
    assert said[0] == (
        "Пожелания сохранены",
        True,
    )
    counter.desk.perform.undo()
    assert glance_of(panel).wishes.text == "чай с лимоном"


def test_ctrl_enter_keeps_the_notes(qtbot: QtBot, counter: Counter, panel: ClientCardPanel, anna: int) -> None:
    notes_of(panel).editor.setFocus()
    notes_of(panel).editor.setPlainText("носит очки")
    qtbot.keyClick(notes_of(panel).editor, Key.Key_Return, CTRL)
    assert read(counter, anna).notes == "носит очки"
    assert counter.desk.perform.can_undo


def test_leaving_without_a_change_writes_nothing(counter: Counter, panel: ClientCardPanel) -> None:
    glance_of(panel).wishes.editor.setFocus()
    notes_of(panel).editor.setFocus()
    assert not counter.desk.perform.can_undo


def test_escape_brings_the_kept_text_back_and_then_is_for_the_panel(qtbot: QtBot, panel: ClientCardPanel) -> None:
    glance_of(panel).wishes.editor.setFocus()
    glance_of(panel).wishes.editor.setPlainText("ошибка")
    qtbot.keyClick(glance_of(panel).wishes.editor, Key.Key_Escape)
    assert glance_of(panel).wishes.text == "чай с лимоном"
    assert not glance_of(panel).wishes.is_changed


def test_a_text_that_is_too_long_is_told_while_typing_and_not_kept(
    counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    glance_of(panel).wishes.editor.setFocus()
    glance_of(panel).wishes.editor.setPlainText("о" * 2001)
    assert "2000" in glance_of(panel).wishes.error
    notes_of(panel).editor.setFocus()
    assert read(counter, anna).wishes == "чай с лимоном"


def test_what_is_being_typed_survives_a_change_by_a_colleague(
    counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    glance_of(panel).wishes.editor.setFocus()
    glance_of(panel).wishes.editor.setPlainText("чай с лимоном и мё")
    counter.desk.perform(register.warn, anna, AlertKind.ALLERGY, "ацетон")
    assert panel.alerts.isVisible()
    assert glance_of(panel).wishes.text == "чай с лимоном и мё"


def test_an_alert_is_added_and_taken_off_with_the_way_back(
    qtbot: QtBot, counter: Counter, panel: ClientCardPanel
) -> None:
    qtbot.mouseClick(panel.head.alert_button, Qt.MouseButton.LeftButton)
    form = panel.alerts.form
    qtbot.keyClick(form.words, Key.Key_Return)
    assert any("что должны знать все" in text for text in words(form))
    form.words.setText("латекс")
    qtbot.keyClick(form.words, Key.Key_Return)
    assert [row.accessibleName() for row in panel.alerts.rows()] == ["Аллергия: латекс"]
    assert not form.isVisible()
    gone = panel.alerts.rows()[0].findChildren(QPushButton)[0]
    qtbot.mouseClick(gone, Qt.MouseButton.LeftButton)
    assert panel.alerts.rows() == []
    counter.desk.perform.undo()
    assert len(panel.alerts.rows()) == 1


def test_escape_puts_the_form_of_the_alert_away(qtbot: QtBot, panel: ClientCardPanel) -> None:
    panel.alerts.open_form()
    qtbot.keyClick(panel.alerts.form, Key.Key_Escape)
    assert not panel.alerts.isVisible()


def test_name_and_birthday_are_changed_in_one_act(
    qtbot: QtBot, counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    qtbot.mouseClick(panel.head.edit_button, Qt.MouseButton.LeftButton)
    form = panel.head.form
    form.name.setText("Анна Мороз")
    form.birthday.field.setText("14.05.1990")
    qtbot.keyClick(form.birthday.field, Key.Key_Return)
    assert (read(counter, anna).name, read(counter, anna).birthday) == ("Анна Мороз", date(1990, 5, 14))
    assert "Анна Мороз" in words(panel.head)
    counter.desk.perform.undo()
    assert (read(counter, anna).name, read(counter, anna).birthday) == ("Анна Щёлкина", None)


@pytest.mark.parametrize(("name", "birthday"), [("  ", ""), ("Анна", "31.02.1990"), ("Анна", "вчера")])
def test_a_name_or_birthday_that_cannot_be_is_told_beside_the_field(
    qtbot: QtBot, counter: Counter, panel: ClientCardPanel, anna: int, name: str, birthday: str
) -> None:
    panel.head.open_form()
    form = panel.head.form
    form.name.setText(name)
    form.birthday.field.setText(birthday)
    qtbot.keyClick(form.name, Key.Key_Return)
    assert form.name_line.error or form.birthday.line.error
    assert read(counter, anna).name == "Анна Щёлкина"
    qtbot.keyClick(form, Key.Key_Escape)
    assert not form.isVisible()


# ---- phones ----


def test_one_click_calls_or_writes(qtbot: QtBot, counter: Counter, panel: ClientCardPanel) -> None:
    row = details_of(panel).phones.rows()[0]
    for icon in ("phone", "message-circle", "send"):
        qtbot.mouseClick(row.buttons[icon], Qt.MouseButton.LeftButton)
    assert counter.opener.links == ["tel:+79123456789", "https://wa.me/79123456789", "https://t.me/+79123456789"]


def test_a_link_that_no_program_takes_is_told(qtbot: QtBot, counter: Counter, panel: ClientCardPanel) -> None:
    counter.opener.finds_a_program = False
    refused = heard(counter.desk.perform.refused)
    qtbot.mouseClick(details_of(panel).phones.rows()[0].buttons["phone"], Qt.MouseButton.LeftButton)
    assert len(refused) == 1


def test_the_number_can_be_copied(qtbot: QtBot, panel: ClientCardPanel) -> None:
    qtbot.mouseClick(details_of(panel).phones.rows()[0].buttons["copy"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "+79123456789"


def test_a_phone_is_added_with_whose_it_is_and_taken_off_again(
    qtbot: QtBot, counter: Counter, panel: ClientCardPanel
) -> None:
    qtbot.mouseClick(details_of(panel).phones.add_button, Qt.MouseButton.LeftButton)
    form = details_of(panel).phones.form
    qtbot.keyClicks(form.phone.field, "8 903 111 22 33")
    form.whose.setText("мама")
    qtbot.keyClick(form.whose, Key.Key_Return)
    row = details_of(panel).phones.rows()[1]
    assert row.accessibleName() == "+7\u00a0903\u00a0111-22-33, мама"
    qtbot.mouseClick(row.buttons["x"], Qt.MouseButton.LeftButton)
    assert len(details_of(panel).phones.rows()) == 1
    counter.desk.perform.undo()
    assert len(details_of(panel).phones.rows()) == 2


def test_a_broken_phone_is_told_beside_the_field_but_not_before_it_is_typed(
    qtbot: QtBot, panel: ClientCardPanel
) -> None:
    details_of(panel).phones.open_form()
    line = details_of(panel).phones.form.phone
    qtbot.keyClicks(line.field, "8 903")
    assert line.line.error == ""
    qtbot.keyClick(line.field, Key.Key_Return)
    assert "8 903" in line.line.error
    line.field.setText("мама")
    assert line.line.error
    line.field.clear()
    qtbot.mouseClick(details_of(panel).phones.form.add, Qt.MouseButton.LeftButton)
    assert line.line.error == "Наберите телефон."
    qtbot.keyClick(details_of(panel).phones.form, Key.Key_Escape)
    assert details_of(panel).phones.add_button.isVisible()


def test_a_family_phone_asks_and_renames_nobody(
    qtbot: QtBot, counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    mother = counter.small.client("Мария Ким", "+7 903 111-22-33")
    details_of(panel).phones.open_form()
    form = details_of(panel).phones.form
    form.phone.field.setText("8 903 111 22 33")
    assert form.phone.question.isVisible()
    qtbot.keyClick(form.phone.field, Key.Key_Return)
    assert len(read(counter, anna).contacts) == 1
    same, family, other = form.phone.question.choices()
    assert (same.text(), family.text(), other.text()) == ("Это Мария Ким", "Семья, общий телефон", "Кто-то другой")
    qtbot.mouseClick(family, Qt.MouseButton.LeftButton)
    qtbot.keyClick(form.phone.field, Key.Key_Return)
    assert [contact.whose for contact in read(counter, anna).contacts] == ["", "Мария Ким"]
    assert read(counter, mother).name == "Мария Ким"
    assert read(counter, anna).name == "Анна Щёлкина"


def test_the_same_person_leads_to_their_card(qtbot: QtBot, counter: Counter, panel: ClientCardPanel) -> None:
    other = counter.small.client("Аня Щелкина", "+7 903 111-22-33")
    details_of(panel).phones.open_form()
    details_of(panel).phones.form.phone.field.setText("89031112233")
    qtbot.mouseClick(details_of(panel).phones.form.phone.question.choices()[0], Qt.MouseButton.LeftButton)
    assert panel.client_id == other
    assert "Аня Щелкина" in words(panel.head)
    assert not details_of(panel).phones.form.isVisible()


def test_the_clients_own_phone_is_not_written_twice(
    qtbot: QtBot, counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    said = heard(counter.desk.perform.done)
    details_of(panel).phones.open_form()
    details_of(panel).phones.form.phone.field.setText("912 345 67 89")
    assert not details_of(panel).phones.form.phone.question.isVisible()
    qtbot.keyClick(details_of(panel).phones.form.phone.field, Key.Key_Return)
    assert said[0] == (
        "Этот телефон уже был на карточке",
        False,
    )
    assert len(read(counter, anna).contacts) == 1


# ---- living with others ----


def test_a_card_whose_adding_was_undone_says_so_and_comes_back(counter: Counter, panel: ClientCardPanel) -> None:
    added = counter.desk.perform(register.add, NewClient("Вера"))
    assert added is not None
    panel.show_client(added.value)
    counter.desk.perform.undo()
    assert panel.card is None
    assert "Этой карточки больше нет" in words(panel)
    counter.desk.perform.redo()
    assert panel.card is not None
    assert "Вера" in words(panel)


def test_the_vanished_card_can_be_closed(qtbot: QtBot, counter: Counter, panel: ClientCardPanel) -> None:
    panel.show_client(999)
    closed = heard(panel.closed)
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == "Закрыть" and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(closed) == 1


def test_changes_of_other_clients_are_not_read(counter: Counter, panel: ClientCardPanel) -> None:
    other = counter.small.client("Вера")
    before = panel.card
    counter.desk.perform(register.set_notes, other, "…")
    assert panel.card is before
    counter.desk.perform(register.set_notes, panel.client_id or 0, "…")
    assert panel.card is not before


def test_another_client_drops_what_was_begun(counter: Counter, panel: ClientCardPanel, anna: int) -> None:
    glance_of(panel).wishes.editor.setPlainText("кофе")
    panel.alerts.open_form()
    panel.show_client(counter.small.client("Вера"))
    assert glance_of(panel).wishes.text == ""
    assert not panel.alerts.isVisible()
    assert read(counter, anna).wishes == "кофе"


def test_every_control_has_a_name_and_the_longest_name_finds_room(
    counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    carry_out(counter.small.salon, register.rename, anna, "А" * 120)
    counter.small.book(at(15), anna)
    panel.show_client(anna)
    assert not panel.grab().isNull()
    assert panel.minimumSizeHint().width() <= 400
    assert panel.head.minimumSizeHint().width() <= 352
    nameless = [
        child
        for child in panel.findChildren(QWidget)
        if isinstance(child, QPushButton | QLineEdit | EditedText)
        and not child.accessibleName()
        and not (isinstance(child, QPushButton) and child.text())
        and not isinstance(child, EditedText)
    ]
    assert nameless == []


# ---- tabs ----


def test_a_tab_is_made_when_it_is_opened_and_a_key_opens_it(qtbot: QtBot, panel: ClientCardPanel) -> None:
    assert not panel.findChildren(DetailsPage)
    panel.setFocus()
    qtbot.keyClick(panel, Key.Key_3, CTRL)
    (details,) = panel.findChildren(DetailsPage)
    assert details.isVisible()
    assert not glance_of(panel).isVisible()
    assert panel.tabs.choice == DETAILS
    qtbot.keyClick(panel, Key.Key_1, CTRL)
    assert glance_of(panel).isVisible()
    assert not details.isVisible()


def test_a_hidden_tab_is_up_to_date_when_it_is_opened_again(
    counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    details = details_of(panel)
    panel.open_page(GLANCE)
    counter.desk.perform(register.add_phone, anna, "8 903 111 22 33")
    assert len(details.phones.rows()) == 1
    panel.open_page(DETAILS)
    assert len(details.phones.rows()) == 2


def test_the_number_to_call_stands_on_the_first_tab(qtbot: QtBot, counter: Counter, panel: ClientCardPanel) -> None:
    reach = glance_of(panel).reach
    assert reach.accessibleName() == "+7\u00a0912\u00a0345-67-89"
    for icon in ("phone", "message-circle", "send"):
        qtbot.mouseClick(reach.buttons[icon], Qt.MouseButton.LeftButton)
    assert counter.opener.links == ["tel:+79123456789", "https://wa.me/79123456789", "https://t.me/+79123456789"]
    qtbot.mouseClick(reach.buttons["copy"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "+79123456789"
    panel.show_client(counter.small.client("Вера"))
    assert not reach.isVisible()


def test_the_ends_of_lines_of_an_import_are_nobodys_change(counter: Counter, panel: ClientCardPanel, anna: int) -> None:
    counter.small.database.rows("UPDATE client SET notes = ? WHERE id = ?", ("первая\r\nвторая\n ", anna))
    panel.show_client(anna)
    assert not glance_of(panel).notes.is_changed
    panel.show_client(counter.small.client("Вера"))
    assert not counter.desk.perform.can_undo


def test_a_note_is_written_from_every_tab_and_the_keys_go_on_working(qtbot: QtBot, panel: ClientCardPanel) -> None:
    panel.setFocus()
    for tab, key in ((WORKS, Key.Key_2), (DETAILS, Key.Key_3)):
        qtbot.keyClick(QApplication.focusWidget(), key, CTRL)
        assert panel.tabs.choice == tab
        assert panel.isAncestorOf(QApplication.focusWidget()) or panel.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_F2)
    assert panel.tabs.choice == GLANCE
    assert glance_of(panel).form is not None
