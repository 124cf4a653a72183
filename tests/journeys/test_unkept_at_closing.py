"""Something was typed and is not kept when the window is closed: it is kept, waited for, or asked about. Never lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from app.salon.clients import card, register
from app.salon.clients.register import LONGEST_TEXT
from app.salon.followup import complaints
from app.salon.followup.complaints import Grievance
from app.salon.transaction import carry_out
from app.ui import entries, progress_window
from app.ui.background import Job
from app.ui.catalogue.screen import FACTS, PRIVACY, ROOMS, SERVICES, CatalogueScreen
from app.ui.catalogue.service_form import ServiceForm
from app.ui.clients.adding import Added
from app.ui.clients.card_panel import DETAILS, GLANCE, WORKS, ClientCardPanel
from app.ui.clients.details_page import DetailsPage
from app.ui.clients.glance_page import GlancePage
from app.ui.clients.new_client import NewClientForm
from app.ui.clients.screen import ClientsScreen
from app.ui.progress_window import ProgressWindow
from app.ui.reminders.screen import MESSAGES, PROMISES, RemindersScreen
from app.ui.screens import CALENDAR, CATALOGUE, CLIENTS, REMINDERS, SHIFTS
from app.ui.shifts.absence_form import AbsenceForm
from app.ui.shifts.day_form import DayForm
from app.ui.shifts.form import PanelForm
from app.ui.shifts.holidays_form import HolidaysForm
from app.ui.shifts.roster_form import RosterForm
from app.ui.shifts.screen import ShiftsScreen
from app.ui.waiting.form import WaitForm
from tests.builders import TODAY
from tests.journeys.conftest import Day
from tests.patience import PATIENCE
from tests.typing_keys import Keyboard


def close(day: Day) -> bool:
    """Close the window as its frame does; whether it closed."""
    handle = day.running.window.windowHandle()
    assert handle is not None
    return handle.close()


def opened(day: Day, client: int) -> GlancePage:
    window = day.running.window
    window.open_client(client)
    panel = window.panel.content
    assert isinstance(panel, ClientCardPanel)
    page = panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    return page


def typed(page: GlancePage, text: str) -> None:
    """Somebody types it into the wishes and has the cursor there."""
    page.open_text(page.wishes)
    page.wishes.editor.setPlainText(text)


def wishes_of(day: Day, client: int) -> str:
    return card.read(day.small.database, client, TODAY).wishes


@pytest.fixture
def large_act(front_desk: Day, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A large act is under way beside the window until its job has ended."""
    perform = front_desk.running.desk.perform
    job = Job("Приглашение", perform)
    monkeypatch.setattr(perform, "_under_way", job)
    job.ended.connect(lambda: monkeypatch.setattr(perform, "_under_way", None))
    job.is_wished = True
    return job


def _when_asked_to_wait(act: Callable[[ProgressWindow], object]) -> None:
    def find() -> None:
        act(next(one for one in QApplication.topLevelWidgets() if isinstance(one, ProgressWindow) and one.isVisible()))

    QTimer.singleShot(0, find)


@pytest.mark.parametrize("is_given_up", [False, True])
def test_a_text_that_a_large_act_keeps_waiting_is_kept_before_the_window_closes(
    front_desk: Day, large_act: Job, *, is_given_up: bool
) -> None:
    """Whether its end is waited for or "Cancel" is pressed."""
    anna = front_desk.small.client()
    typed(opened(front_desk, anna), "чай с мятой")

    def go_on(asked: ProgressWindow) -> None:
        if is_given_up:
            asked.close()
            assert asked.isVisible(), "nothing of the act may be left when the text is written"
        large_act.end()

    _when_asked_to_wait(go_on)
    assert close(front_desk)
    assert wishes_of(front_desk, anna) == "чай с мятой"
    assert large_act.is_cancelled == is_given_up


def test_a_text_of_a_card_that_was_left_is_kept_too(front_desk: Day, large_act: Job) -> None:
    anna, vera = front_desk.small.client(), front_desk.small.client("Вера Ломова")
    typed(opened(front_desk, anna), "чай с мятой")
    opened(front_desk, vera)
    _when_asked_to_wait(lambda _asked: large_act.end())
    assert close(front_desk)
    assert wishes_of(front_desk, anna) == "чай с мятой"


def test_a_large_act_that_was_given_up_and_hangs_does_not_hold_up_closing_for_ever(
    front_desk: Day, large_act: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could give it up once more."""
    monkeypatch.setattr(progress_window, "_ROLLED_BACK_MS", 0)
    typed(opened(front_desk, front_desk.small.client()), "чай с мятой")
    large_act.cancel()
    no_longer = QTimer(large_act)
    no_longer.timeout.connect(large_act.end)
    no_longer.start(PATIENCE * 1000)
    front_desk.asker._answers += [True]
    assert close(front_desk)
    no_longer.stop()
    assert not large_act.is_over
    assert front_desk.asker.details == ["Анна Щёлкина, Пожелания: «чай с мятой»"]


def test_closing_waits_for_no_large_act_when_nothing_was_typed(front_desk: Day, large_act: Job) -> None:
    opened(front_desk, front_desk.small.client())
    assert close(front_desk)
    assert not large_act.is_over


def test_a_text_that_cannot_be_kept_is_asked_about(front_desk: Day) -> None:
    anna, long = front_desk.small.client("Анна Щёлкина"), "я" * (LONGEST_TEXT + 1)
    typed(opened(front_desk, anna), long)
    page = opened(front_desk, front_desk.small.client("Вера Ломова"))
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    assert front_desk.asker.asked == ["Закрыть, хотя не всё сохранено?"]
    assert front_desk.asker.details == [f"Анна Щёлкина, Пожелания: «{'я' * 59}…»"]
    assert front_desk.running.window.card is not None
    assert front_desk.running.window.card.client_id == anna, "whoever goes back stands before it"
    assert page.wishes.text == long
    front_desk.asker._answers += [True]
    assert close(front_desk)


def test_notes_that_were_begun_on_other_cards_are_asked_about(front_desk: Day) -> None:
    for name, words in (("Анна Щёлкина", "перезвонить"), ("Вера Ломова", "просит\nтишины")):
        page = opened(front_desk, front_desk.small.client(name))
        page.begin(Added.NOTE)
        assert page.form is not None
        page.form.words.setPlainText(words)
    front_desk.running.window.panel.close_panel()
    front_desk.asker._answers += [True]
    assert close(front_desk)
    assert front_desk.asker.details == ["Вера Ломова, Заметка: «просит тишины»\nАнна Щёлкина, Заметка: «перезвонить»"]


def test_what_was_typed_into_an_open_form_is_asked_about(front_desk: Day) -> None:
    window = front_desk.running.window
    window.open_new_client()
    form = window.panel.content
    assert isinstance(form, NewClientForm)
    form.name.setFocus()
    front_desk.keys.type("Зоя")
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    assert front_desk.asker.details == ["Имя: «Зоя»"]
    assert form.name.hasFocus()
    form.name.selectAll()
    front_desk.keys.press(Qt.Key.Key_Backspace)
    assert close(front_desk), "what was taken away again is nothing"


def test_what_was_typed_on_another_screen_and_another_tab_is_asked_about(front_desk: Day) -> None:
    window, anna = front_desk.running.window, front_desk.small.client()
    catalogue = window.go(CATALOGUE)
    window.take_somebody_on()
    name = next(one for one in catalogue.findChildren(QLineEdit) if one.accessibleName() == "Имя" and one.isVisible())
    name.setFocus()
    front_desk.keys.type("Ольга")
    window.go(CALENDAR)
    opened(front_desk, anna)
    assert isinstance(window.panel.content, ClientCardPanel)
    window.panel.content.open_page(WORKS)
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    assert front_desk.asker.details == ["Имя: «Ольга»"]
    assert window.stack.currentWidget() is catalogue
    front_desk.asker._answers += [True]
    assert close(front_desk)


def test_what_is_kept_is_not_asked_about(front_desk: Day) -> None:
    """A search, a kept text and a form that was given up are nothing that could be lost."""
    window, anna = front_desk.running.window, front_desk.small.client()
    carry_out(front_desk.small.salon, register.set_wishes, anna, "чай")
    typed(opened(front_desk, anna), "чай с мятой")
    window.open_new_client()
    front_desk.keys.type("Зоя")
    window.panel.close_panel()
    window.find_client("345")
    assert close(front_desk)
    assert wishes_of(front_desk, anna) == "чай с мятой"


def test_a_form_that_another_one_replaces_is_told_and_comes_back(front_desk: Day) -> None:
    window = front_desk.running.window
    window.open_new_client()
    form = window.panel.content
    assert isinstance(form, NewClientForm)
    front_desk.keys.type("Зоя")
    window.new_visit()
    assert front_desk.toast == "Не сохранено. Имя: «Зоя»"
    window.toast.buttons[0].click()
    assert window.panel.content is form
    assert (form.name.text(), form.name.hasFocus()) == ("Зоя", True)
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert front_desk.toast == "Не сохранено. Имя: «Зоя»", "also where it was closed by mistake"
    window.toast.buttons[0].click()
    front_desk.keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.panel.content, ClientCardPanel)
    assert front_desk.toast == "Карточка заведена: Зоя"


def test_a_wish_that_is_kept_or_goes_on_in_a_booking_is_not_told(front_desk: Day) -> None:
    window, anna = front_desk.running.window, front_desk.small.client()
    window.open_waiting()
    form = window.panel.content
    assert isinstance(form, WaitForm)
    form.choose_client(anna)
    form.note.setFocus()
    front_desk.keys.type("после работы")
    window.open_client(anna)
    assert front_desk.toast == "Не сохранено. Заметка: «после работы»"
    window.toast.buttons[0].click()
    assert window.panel.content is form
    form._add_service(next(iter(form._offered.values())))
    form.keep()
    assert "Не сохранено" not in front_desk.toast
    assert not window.panel.is_open


@pytest.mark.parametrize("how", ["typed back", "kept as it was"])
def test_the_name_of_the_salon_is_asked_about_only_where_it_is_another(front_desk: Day, how: str) -> None:
    screen = front_desk.running.window.go(CATALOGUE)
    assert isinstance(screen, CatalogueScreen)
    screen.show_part(FACTS)
    screen.facts.name.setFocus()
    front_desk.keys.press(Qt.Key.Key_End)
    front_desk.keys.type(" ")
    if how == "typed back":
        front_desk.keys.press(Qt.Key.Key_Backspace)
    else:
        front_desk.keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert close(front_desk)


def typed_into_a_consent(day: Day) -> CatalogueScreen:
    """The words of a consent, with a letter more."""
    screen = day.running.window.go(CATALOGUE)
    assert isinstance(screen, CatalogueScreen)
    screen.show_part(PRIVACY)
    screen.privacy.text.setFocus()
    day.keys.type("Я")
    return screen


def test_the_words_of_a_consent_that_were_typed_back_are_not_asked_about(front_desk: Day) -> None:
    typed_into_a_consent(front_desk)
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    front_desk.keys.press(Qt.Key.Key_Backspace)
    assert close(front_desk)


def test_a_form_on_a_card_waits_while_somebody_else_is_booked(front_desk: Day) -> None:
    window, anna = front_desk.running.window, front_desk.small.client()
    opened(front_desk, anna)
    card_panel = window.card
    assert card_panel is not None
    card_panel.open_page(DETAILS)
    details = card_panel.page(DETAILS)
    assert isinstance(details, DetailsPage)
    details.phones.open_form()
    details.phones.form.whose.setFocus()
    front_desk.keys.type("мама")
    window.new_visit()
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    assert front_desk.asker.details == ["Чей, если не свой: «мама»"]
    assert (window.panel.content, details.phones.form.whose.hasFocus()) == (card_panel, True)
    window.new_visit()
    opened(front_desk, anna)
    assert details.phones.form.whose.text() == "мама"
    assert details.phones.form.whose.isVisible()
    front_desk.keys.press(Qt.Key.Key_Escape)
    details.phones.close_form()
    assert close(front_desk)


def left_an_alert(day: Day) -> tuple[int, ClientCardPanel]:
    """An alert of Anna is typed, and another card takes the place of hers: her number, and the panel of the cards."""
    anna = day.small.client()
    opened(day, anna)
    panel = day.running.window.card
    assert panel is not None
    panel.alerts.open_form()
    day.keys.type("латекс")
    opened(day, day.small.client("Вера Ломова"))
    return anna, panel


def test_a_form_that_another_card_takes_the_place_of_comes_back_with_its_card(front_desk: Day) -> None:
    anna, card_panel = left_an_alert(front_desk)
    window = front_desk.running.window
    assert front_desk.toast == "Не сохранено. Что должны знать все: «латекс»"
    window.panel.close_panel()
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    assert front_desk.asker.details == ["Анна Щёлкина, Что должны знать все: «латекс»"]
    assert card_panel.client_id == anna
    assert card_panel.alerts.form.isVisible()
    card_panel.alerts.form.words.setFocus()
    front_desk.keys.press(Qt.Key.Key_Return)
    assert [one.text for one in card.read(front_desk.small.database, anna, TODAY).alerts] == ["латекс"]
    assert close(front_desk)


def test_the_way_back_leads_to_the_card_that_was_left(front_desk: Day) -> None:
    anna, card_panel = left_an_alert(front_desk)
    window = front_desk.running.window
    window.toast.buttons[0].click()
    assert (card_panel.client_id, card_panel.alerts.form.words.text()) == (anna, "латекс")
    front_desk.asker._answers += [True]
    assert close(front_desk)


def shifts_of(day: Day) -> ShiftsScreen:
    screen = day.running.window.go(SHIFTS)
    assert isinstance(screen, ShiftsScreen)
    screen.grid.stand_on(0, TODAY.day + 2)
    return screen


def _hours(screen: ShiftsScreen, keys: Keyboard) -> tuple[PanelForm, str]:
    screen.edit_hours()
    form = screen.panel.content
    assert isinstance(form, DayForm)
    keys.type("8–12")
    return form, "Часы"


def _schedule(screen: ShiftsScreen, keys: Keyboard) -> tuple[PanelForm, str]:
    screen.plan_current()
    form = screen.panel.content
    assert isinstance(form, RosterForm)
    form.week.days[2].setFocus()
    keys.type("8–12")
    form.week.days[3].setFocus()
    return form, "График: Ольга Белова"


def _days_away(screen: ShiftsScreen, keys: Keyboard) -> tuple[PanelForm, str]:
    screen.plan_absence()
    form = screen.panel.content
    assert isinstance(form, AbsenceForm)
    form.last.setFocus()
    keys.press(Qt.Key.Key_Up)
    return form, "Отсутствие"


def _holiday(screen: ShiftsScreen, keys: Keyboard) -> tuple[PanelForm, str]:
    screen.show_holidays()
    form = screen.panel.content
    assert isinstance(form, HolidaysForm)
    keys.press(Qt.Key.Key_Space)
    return form, "Праздники салона"


@pytest.mark.parametrize("begin", [_hours, _schedule, _days_away, _holiday])
def test_a_form_of_the_shifts_that_is_closed_with_something_in_it_comes_back(
    front_desk: Day, begin: Callable[[ShiftsScreen, Keyboard], tuple[PanelForm, str]]
) -> None:
    screen, window = shifts_of(front_desk), front_desk.running.window
    form, title = begin(screen, front_desk.keys)
    before, field = entries.read(form), form.changed
    assert field is not None
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert not screen.panel.is_open
    assert front_desk.toast == f"Не сохранено. {title}"
    window.go(CALENDAR)
    window.toast.buttons[0].click()
    assert (screen.panel.content, form.isVisible(), entries.read(form)) == (form, True, before)
    assert field.hasFocus()
    window.go(CALENDAR)
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    assert front_desk.asker.details == [title]
    assert (field.isVisible(), field.hasFocus()) == (True, True)
    form.save()
    assert "Не сохранено" not in front_desk.toast
    assert close(front_desk)


@pytest.mark.parametrize("begin", [_hours, _schedule, _days_away, _holiday])
def test_a_form_of_the_shifts_that_was_only_looked_at_is_closed_without_a_word(
    front_desk: Day, begin: Callable[[ShiftsScreen, Keyboard], tuple[PanelForm, str]]
) -> None:
    class Nobody(Keyboard):
        """Looks, and touches nothing."""

        def type(self, text: str) -> None: ...

        def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None: ...

    screen = shifts_of(front_desk)
    form, _title = begin(screen, Nobody(front_desk.running.window))
    assert form.changed is None
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert not screen.panel.is_open
    assert front_desk.toast == ""
    assert close(front_desk)


def test_a_form_in_which_something_was_typed_and_something_chosen_is_told_once(front_desk: Day) -> None:
    """Of the shifts and of the salon."""
    screen = shifts_of(front_desk)
    form, _title = _days_away(screen, front_desk.keys)
    assert isinstance(form, AbsenceForm)
    form.note.setFocus()
    front_desk.keys.type("море")
    front_desk.running.window.take_somebody_on()
    front_desk.keys.type("Зоя")
    front_desk.keys.press(Qt.Key.Key_Tab)
    front_desk.keys.type("стилист")
    front_desk.asker._answers += [True]
    assert close(front_desk)
    assert sorted(front_desk.asker.details[0].splitlines()) == [
        "Должность в календаре: «стилист»",
        "Заметка: «море»",
        "Имя: «Зоя»",
    ]


def test_a_form_of_the_shifts_that_another_one_replaces_comes_back(front_desk: Day) -> None:
    screen = shifts_of(front_desk)
    form, _title = _hours(screen, front_desk.keys)
    screen.grid.stand_on(1, TODAY.day + 2)
    screen.edit_hours()
    assert front_desk.toast == "Не сохранено. Часы"
    front_desk.running.window.toast.buttons[0].click()
    assert screen.panel.content is form


@pytest.mark.parametrize("how", ["closed", "another one is opened"])
def test_a_form_of_the_salon_that_is_left_with_something_in_it_comes_back(front_desk: Day, how: str) -> None:
    window = front_desk.running.window
    window.take_somebody_on()
    screen = window.stack.currentWidget()
    assert isinstance(screen, CatalogueScreen)
    form = screen.staff.form
    assert form is not None
    front_desk.keys.type("Зоя")
    if how == "closed":
        front_desk.keys.press(Qt.Key.Key_Escape)
        assert screen.staff.form is None
    else:
        screen.begin()
        assert screen.staff.form is not form
    assert front_desk.toast == "Не сохранено. Новый сотрудник"
    screen.show_part(ROOMS)
    window.go(CALENDAR)
    window.toast.buttons[0].click()
    assert (screen.staff.form, form.isVisible(), form.changed) == (form, True, QApplication.focusWidget())
    form.save()
    assert "Не сохранено" not in front_desk.toast
    assert close(front_desk)


def test_a_form_of_the_salon_in_which_something_was_only_chosen_is_asked_about(front_desk: Day) -> None:
    screen = front_desk.running.window.go(CATALOGUE)
    assert isinstance(screen, CatalogueScreen)
    screen.show_part(SERVICES)
    screen.services.open(screen.services.model.record(0))
    form = screen.services.form
    assert isinstance(form, ServiceForm)
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert front_desk.toast == "", "it was only looked at"
    screen.services.open(screen.services.model.record(0))
    form = screen.services.form
    assert isinstance(form, ServiceForm)
    form.working.setValue(form.working.value() + 5)
    screen.show_part(ROOMS)
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    assert front_desk.asker.details == ["Услуга"]
    assert form.working.hasFocus()
    front_desk.asker._answers += [True]
    assert close(front_desk)


def _absence(day: Day) -> QLineEdit:
    """The note of an absence, behind the card of a client."""
    window = day.running.window
    screen = window.go(SHIFTS)
    assert isinstance(screen, ShiftsScreen)
    screen._open_absence(screen.people[0].staff_id, TODAY + timedelta(days=3), TODAY + timedelta(days=4))
    form = screen.panel.content
    assert isinstance(form, AbsenceForm)
    form.note.setFocus()
    day.keys.type("море")
    window.open_client(day.small.client())
    return form.note


def _segment(day: Day) -> QLineEdit:
    """The name of a segment, behind the page of duplicates."""
    window = day.running.window
    screen = window.go(CLIENTS)
    assert isinstance(screen, ClientsScreen)
    screen.filters._ask_name()
    day.keys.type("Мои")
    screen.show_duplicates()
    window.go(CALENDAR)
    return screen.filters.name


def _complaint(day: Day) -> QLineEdit:
    """The answer to a complaint, behind the messages."""
    anna = day.small.client()
    carry_out(day.small.salon, complaints.record, anna, Grievance("долго ждала", TODAY, None, None))
    screen = day.running.window.go(REMINDERS)
    assert isinstance(screen, RemindersScreen)
    screen.show_part(PROMISES)
    row = next(iter(screen.promises._rows.values()))
    row.finish()
    day.keys.type("извинились")
    screen.show_part(MESSAGES)
    return next(field for field in row.findChildren(QLineEdit) if field.text() == "извинились")


def _consent(day: Day) -> QPlainTextEdit:
    """The words of a consent, behind another part of the salon."""
    screen = typed_into_a_consent(day)
    screen.show_part(ROOMS)
    return screen.privacy.text


@pytest.mark.parametrize("begin", [_absence, _segment, _complaint, _consent])
def test_whoever_goes_back_stands_before_what_is_not_kept(
    front_desk: Day, begin: Callable[[Day], QLineEdit | QPlainTextEdit]
) -> None:
    """On whichever page it was typed, and whatever was opened over it."""
    field = begin(front_desk)
    assert not field.isVisible()
    front_desk.asker._answers += [False]
    assert not close(front_desk)
    assert (field.isVisible(), field.hasFocus()) == (True, True)
    assert len(front_desk.asker.details[0].splitlines()) == 1
    front_desk.asker._answers += [True]
    assert close(front_desk)
