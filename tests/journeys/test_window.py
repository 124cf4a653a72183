"""The window as a whole: who tells whom, what is remembered, and what a first start meets."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import settings
from app.errors import DatabaseNewer, DatabaseUnreadable
from app.launch import Places, application, build
from app.models.opening import create
from app.salon import journal
from app.salon.changes import Changes
from app.salon.clients import register, standing
from app.salon.clients.register import NewClient
from app.salon.followup import tasks
from app.salon.followup.tasks import Promise
from app.salon.scheduling import booking
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import PlannedService
from app.salon.transaction import carry_out
from app.ui import main_window as places
from app.ui.background import Job
from app.ui.booking.panel import BookingPanel
from app.ui.catalogue.screen import BACKUPS, PRIVACY, ROOMS, SERVICES, CatalogueScreen
from app.ui.clients.card_panel import GLANCE, ClientCardPanel
from app.ui.clients.glance_page import GlancePage
from app.ui.clients.screen import ClientsScreen
from app.ui.shifts.absence_form import AbsenceForm
from app.ui.shifts.screen import ShiftsScreen
from app.ui.waiting.form import WaitForm
from app.ui.widgets.buttons import Button
from app.ui.wishes import BookingSeed
from app.vocabulary import CalendarView, CancelReason, Language, ThemeChoice
from tests.builders import SmallSalon, at, small_salon
from tests.fakes import InlineBackground, ScriptedAsker
from tests.journeys.conftest import Day


def test_digits_typed_anywhere_find_the_client(front_desk: Day) -> None:
    front_desk.small.client("Анна Щёлкина", "8 912 345-67-89")
    front_desk.running.window.calendar.grid.setFocus()
    front_desk.keys.type("6789")
    front_desk.keys.enter()
    assert isinstance(front_desk.running.window.panel.content, BookingPanel)


@pytest.mark.parametrize("typed", ["/", "."])
def test_a_slash_opens_the_search_in_both_layouts(front_desk: Day, typed: str) -> None:
    window = front_desk.running.window
    window.calendar.grid.setFocus()
    key = Qt.Key.Key_Slash if typed == "/" else Qt.Key.Key_Period
    front_desk.keys.press(key)
    assert window._quick is not None


def test_escape_closes_the_search_and_the_panel(front_desk: Day) -> None:
    window = front_desk.running.window
    window.calendar.grid.setFocus()
    window.find_client()
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert window._quick is None
    assert window.calendar.grid.hasFocus()
    window.new_visit()
    assert window.panel.is_open
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert not window.panel.is_open


def test_escape_in_the_day_gives_the_place_up_first_then_closes_the_panel(front_desk: Day) -> None:
    """Whoever clicked into the day beside an open panel need not go back into it to close it."""
    window = front_desk.running.window
    window.new_visit()
    window.calendar.grid.setFocus()
    front_desk.keys.press(Qt.Key.Key_Down)
    assert window.calendar.grid.spot is not None
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert window.calendar.grid.spot is None
    assert window.panel.is_open
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert not window.panel.is_open
    assert window.calendar.grid.hasFocus()


def test_one_key_takes_whoever_walks_in(front_desk: Day) -> None:
    """Somebody stands at the desk: no form has to be opened first."""
    window = front_desk.running.window
    window.calendar.grid.setFocus()
    front_desk.keys.press(Qt.Key.Key_F8)
    form = window.panel.content
    assert isinstance(form, BookingPanel)
    assert form.client.is_walk_in


def test_digits_in_a_field_stay_in_the_field(front_desk: Day) -> None:
    window = front_desk.running.window
    window.new_visit()
    front_desk.keys.type("12")
    assert window._quick is None


def test_undo_and_redo_from_the_keyboard(front_desk: Day) -> None:
    window, small = front_desk.running.window, front_desk.small
    front_desk.keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert front_desk.toast == "Отменять нечего."
    request = booking.BookingRequest(small.client(), (small.wish(at(15)),))
    front_desk.running.desk.perform(booking.book, request)
    front_desk.keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert front_desk.toast == "Отменено"
    assert small.database.value("SELECT COUNT(*) FROM visit") == 0
    front_desk.keys.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    window.toast.dismiss()
    front_desk.keys.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert front_desk.toast == "Возвращать нечего."
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    assert window.calendar.grid is not None


def test_undo_and_redo_by_mouse_when_the_message_is_gone(front_desk: Day) -> None:
    window, small = front_desk.running.window, front_desk.small
    assert not window.undo_button.isEnabled()
    assert not window.redo_button.isEnabled()
    for hour in (12, 15):
        front_desk.running.desk.perform(booking.book, booking.BookingRequest(small.client(), (small.wish(at(hour)),)))
    window.toast.dismiss()
    window.undo_button.click()
    assert window.undo_button.isEnabled(), "the act before it can be undone too"
    window.undo_button.click()
    assert small.database.value("SELECT COUNT(*) FROM visit") == 0
    assert not window.undo_button.isEnabled()
    window.redo_button.click()
    window.redo_button.click()
    assert small.database.value("SELECT COUNT(*) FROM visit") == 2
    assert not window.redo_button.isEnabled()


def test_what_cannot_be_taken_back_any_more_is_offered_no_more_by_mouse(front_desk: Day) -> None:
    """As at the end of a large act, which is taken back beside the window."""
    window, small, perform = front_desk.running.window, front_desk.small, front_desk.running.desk.perform
    done = perform(booking.book, booking.BookingRequest(small.client(), (small.wish(at(12)),)))
    assert done is not None
    carry_out(small.salon, booking.cancel, done.value, CancelReason.CLIENT_ASKED)
    assert window.undo_button.isEnabled()
    assert not perform.undo()
    assert not window.undo_button.isEnabled()


def test_undo_says_when_somebody_unwanted_comes_back(front_desk: Day) -> None:
    small, desk = front_desk.small, front_desk.running.desk
    vera = small.client("Вера Ломова")
    visit = small.book(at(15), vera)
    carry_out(small.salon, standing.do_not_book, vera, "четыре неявки")
    desk.perform(booking.cancel, visit, CancelReason.CLIENT_ASKED)
    front_desk.running.window.undo()
    assert front_desk.toast == "Отменено. Вера Ломова — не записывать: четыре неявки."
    front_desk.running.window.redo()
    assert front_desk.toast == "Сделано снова"


def test_undo_is_never_offered_in_the_words_of_an_earlier_act(front_desk: Day) -> None:
    small, desk = front_desk.small, front_desk.running.desk
    window, visit = front_desk.running.window, small.book(at(15), small.client())
    desk.perform(booking.cancel, visit, CancelReason.CLIENT_ASKED)
    desk.perform.tell("Визит отменён")
    assert [one.text() for one in window.toast.buttons] == ["Отменить"]
    window.open_booking(BookingSeed(is_walk_in=True, starts_at=at(12), planned=(_manicure(small),)))
    form = window.panel.content
    assert isinstance(form, BookingPanel)
    form.book()
    assert front_desk.toast == ""
    page = form.said_page
    assert page is not None
    assert not page.undo.isHidden()
    desk.perform(register.add, NewClient("Вера"))
    assert page.undo.isHidden()
    window.undo()
    assert not page.undo.isHidden()


def _manicure(small: SmallSalon) -> PlannedService:
    return PlannedService(small.manicure, "Маникюр", small.olga, Lengths(60), 180_000)


def test_a_rule_that_says_no_is_told_and_nothing_moved(front_desk: Day) -> None:
    small = front_desk.small
    first, second = small.book(at(15), small.client("Вера")), small.book(at(17))
    done = front_desk.running.desk.perform(booking.move, small.booked_service(second), small.olga, at(15, 30))
    assert done is None
    assert "Вера" in front_desk.toast
    assert first != second


def test_another_program_writes_and_the_calendar_reads_again(front_desk: Day, tmp_path: Path) -> None:
    window, small = front_desk.running.window, front_desk.small
    window.elsewhere.look()
    other = small.salon
    carry_out(other, booking.book, booking.BookingRequest(small.client("Вера"), (small.wish(at(15)),)))
    assert window.calendar.grid.plan is not None
    before = window.calendar.sheet.agendas[0]
    window.elsewhere.look()
    assert window.calendar.sheet.agendas[0] is not before
    assert [entry.client_name for entry in window.calendar.sheet.agendas[0].entries] == ["Вера"]


def test_what_another_program_wrote_just_before_an_act_of_ones_own_is_read_too(front_desk: Day) -> None:
    """The own act concerns no visit: nobody reads the day for it."""
    window, small = front_desk.running.window, front_desk.small
    vera = small.client("Вера")
    window.elsewhere.look()
    carry_out(small.salon, booking.book, booking.BookingRequest(vera, (small.wish(at(15)),)))
    front_desk.running.desk.perform(tasks.give, Promise("перезвонить", at(18)))
    assert window.calendar.sheet.agendas[0].entries == ()
    window.elsewhere.look()
    assert [entry.client_name for entry in window.calendar.sheet.agendas[0].entries] == ["Вера"]


@pytest.mark.parametrize("reading", ["entries_after", "last_entry"])
def test_what_another_program_writes_while_the_window_looks_is_read_too(
    front_desk: Day, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    """Between any two readings, while looking and while noting an act of ones own."""
    window, small, read = front_desk.running.window, front_desk.small, getattr(journal, reading)
    vera = small.client("Вера")
    window.elsewhere.look()

    def read_as_somebody_writes(*args: object) -> object:
        monkeypatch.setattr(journal, reading, read)
        before = read(*args)
        carry_out(small.salon, booking.book, booking.BookingRequest(vera, (small.wish(at(15)),)))
        return before if reading == "entries_after" else read(*args)

    if reading == "entries_after":
        small.database.fold()  # so that the window looks, and nothing was done yet
    monkeypatch.setattr(journal, reading, read_as_somebody_writes)
    if reading == "entries_after":
        window.elsewhere.look()
    else:
        front_desk.running.desk.perform(tasks.give, Promise("перезвонить", at(18)))
    assert window.calendar.sheet.agendas[0].entries == ()
    window.elsewhere.look()
    assert [entry.client_name for entry in window.calendar.sheet.agendas[0].entries] == ["Вера"]


def test_nobody_reads_again_because_the_log_was_folded(front_desk: Day) -> None:
    """To read again is followed by folding: that would go on for ever, with the window and the disk busy."""
    window, desk, small = front_desk.running.window, front_desk.running.desk, front_desk.small
    anna = small.client("Анна")
    window.elsewhere.look()
    told: list[Changes] = []
    desk.feed.changed.connect(told.append)
    for hour in (15, 16):
        desk.perform(booking.book, booking.BookingRequest(anna, (small.wish(at(hour)),)))
        small.database.fold()  # on a connection of its own
        before = len(told)
        window.elsewhere.look()
        assert len(told) == before
    assert len(told) == 2


def test_what_is_done_here_on_a_worker_is_not_taken_for_another_s(front_desk: Day) -> None:
    window, desk, small = front_desk.running.window, front_desk.running.desk, front_desk.small
    anna = small.client("Анна")
    window.elsewhere.look()
    done = carry_out(small.salon, booking.book, booking.BookingRequest(anna, (small.wish(at(15)),)))
    desk.perform._note_done(done)
    told: list[Changes] = []
    desk.feed.changed.connect(told.append)
    window.elsewhere.look()
    assert told == []


def test_the_badge_counts_what_is_due(front_desk: Day) -> None:
    small, window = front_desk.small, front_desk.running.window
    visit = small.book(at(15, days=2), small.client())
    from datetime import timedelta

    small.clock.advance(timedelta(days=1, hours=2))
    window._update_badge()
    assert window.rail._buttons[places.REMINDERS]._count == 1
    front_desk.running.desk.perform(booking.cancel, visit, CancelReason.OTHER)
    assert window.rail._buttons[places.REMINDERS]._count == 0


def test_two_large_acts_at_once_are_told_apart(front_desk: Day) -> None:
    """A paper is written while clients are being invited: "Cancel" gives up what is told."""
    window, perform = front_desk.running.window, front_desk.running.desk.perform
    inviting, writing = Job("Приглашаем", window), Job("Пишем", window)
    perform.long_begun.emit(inviting, "Приглашаем…")
    inviting.report(1, 4)
    assert front_desk.toast == "Приглашаем… 20 %"
    perform.long_begun.emit(writing, "Пишем…")
    inviting.report(2, 4)
    assert front_desk.toast == "Пишем…"
    assert not window.toast._stay.isActive(), "whoever may give it up finds the button as long as it lasts"
    window.toast.buttons[0].click()
    assert (writing.is_cancelled, inviting.is_cancelled) == (True, False)
    writing.end()
    inviting.report(3, 4)
    assert front_desk.toast == "Приглашаем… 70 %"
    perform.tell("Сохранено", undoable=False)
    assert window.toast._stay.isActive()
    inviting.end()
    assert front_desk.toast == "Сохранено", "the end of one takes no other sentence away"


def test_theme_language_and_place_are_remembered(front_desk: Day, tmp_path: Path) -> None:
    window = front_desk.running.window
    window._change_theme()
    window._change_language()
    assert window.toast.text == "Vizit will speak English from its next start."
    window.close()
    kept = settings.read(tmp_path / "settings.toml")
    assert (kept.theme, kept.language) == (ThemeChoice.DARK, Language.ENGLISH)
    assert kept.window


def test_a_wish_that_is_being_typed_is_kept_when_the_window_is_closed(front_desk: Day) -> None:
    window, anna = front_desk.running.window, front_desk.small.client()
    window.open_client(anna)
    card = window.panel.content
    assert isinstance(card, ClientCardPanel)
    glance = card.page(GLANCE)
    assert isinstance(glance, GlancePage)
    glance.open_text(glance.wishes)
    front_desk.keys.type("кофе без сахара")
    window.close()
    wishes = front_desk.small.database.value("SELECT wishes FROM client WHERE id = ?", (anna,))
    assert wishes == "кофе без сахара"


def test_the_sheet_of_keys_comes_and_goes(front_desk: Day) -> None:
    window = front_desk.running.window
    front_desk.keys.press(Qt.Key.Key_F1)
    assert window._sheet is not None
    assert window._sheet.isVisible()
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert not window._sheet.isVisible()


def test_a_fault_of_the_program_is_told_once_and_work_goes_on(
    front_desk: Day, caplog: pytest.LogCaptureFixture
) -> None:
    import sys

    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        for _time in range(2):
            sys.excepthook(ZeroDivisionError, error, error.__traceback__)
    assert "данные целы" in front_desk.toast
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()


def test_a_form_that_cannot_write_says_so_each_time_it_is_tried(front_desk: Day, tmp_path: Path) -> None:
    window, database = front_desk.running.window, front_desk.running.desk.salon.database
    window.open_booking(
        BookingSeed(is_walk_in=True, starts_at=at(12), planned=(_manicure(front_desk.small),)),
    )
    form = window.panel.content
    assert isinstance(form, BookingPanel)
    database.rows("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(tmp_path / "salon.vizit", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _time in range(2):
            form.go_on.click()
            assert window.banner.isVisible()
            assert window.banner.text.startswith("Файл салона")
            window.banner.acted.emit()
    assert front_desk.toast == ""
    form.go_on.click()
    assert form.said_page is not None


def test_the_log_begins_with_the_first_fault_or_the_first_picture(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The start waits for no log, and yet no fault of the start is lost."""
    import sys

    begun: list[str] = []
    asker = ScriptedAsker()
    running = build(
        application(["vizit"]),
        Places(tmp_path / "new.vizit"),
        asker=asker,
        background=InlineBackground(),
        begin_log=lambda: begun.append(caplog.text),
    )
    try:
        assert begun == []
        sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
        assert begun == [""]
        with qtbot.waitSignal(running.window.seen):
            running.window.show_restored()
        assert len(begun) == 2
    finally:
        running.close()
        caplog.clear()
    asker.assert_all_answered()


def test_a_first_start_opens_a_salon_in_a_minute(qtbot: QtBot, tmp_path: Path) -> None:
    asker = ScriptedAsker()
    running = build(
        application(["vizit"]),
        Places(tmp_path / "new.vizit"),
        asker=asker,
        background=InlineBackground(),
        spoken=Language.RUSSIAN,
    )
    window = running.window
    with qtbot.waitActive(window):
        window.show()
    welcome = window.stack.currentWidget()
    assert not window.rail.isVisible()
    welcome.open_salon()
    assert welcome._name_line.error == "Укажите имя."
    welcome._name.setText("Студия на Садовой")
    welcome._masters.setPlainText("Ольга Белова\n\nМария Ким\n")
    for typed, said in (
        ("в девять", "Это не время. Введите, например, 9:30."),
        ("6:00", "Салон закрывается позже, чем открывается."),
    ):
        welcome._closes.setText(typed)
        welcome.open_salon()
        assert welcome._problem.text() == said
    welcome._closes.setText("24:00")
    welcome.open_salon()
    assert window.stack.currentWidget() is window.calendar
    assert window.windowTitle() == "Студия на Садовой — Визит"
    assert [master.name for master in window.calendar.sheet.agendas[0].masters] == ["Ольга Белова", "Мария Ким"]
    assert running.desk.salon.profile.closes_minute == 24 * 60
    assert running.desk.salon.database.value("SELECT COUNT(*) FROM service") >= 10
    running.close()
    asker.assert_all_answered()


def test_a_file_that_is_no_salon_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "letter.vizit"
    path.write_text("Уважаемая Анна!", encoding="utf-8")
    with pytest.raises(DatabaseUnreadable):
        build(application(["vizit"]), Places(path))
    newer = tmp_path / "newer.vizit"
    made = create(newer)
    made.rows("INSERT INTO schema_migration (name, applied) VALUES ('0099_future', '2030-01-01')")
    made.close()
    with pytest.raises(DatabaseNewer):
        build(application(["vizit"]), Places(newer))


def test_the_window_opens_and_closes_again_and_again(qtbot: QtBot) -> None:
    for _round in range(3):
        small = small_salon()
        running = build(application(["vizit"]), Places(None), salon=small.salon, background=InlineBackground())
        with qtbot.waitActive(running.window):
            running.window.show()
        running.close()
        small.database.close()
    assert QApplication.activeModalWidget() is None


def test_beside_the_shifts_stands_one_panel_and_what_was_typed_in_the_other_waits(front_desk: Day) -> None:
    window = front_desk.running.window
    shifts = window.go(places.SHIFTS)
    assert isinstance(shifts, ShiftsScreen)
    shifts.plan_absence()
    absence = shifts.panel.content
    assert isinstance(absence, AbsenceForm)
    absence.note.setText("отпуск по заявлению")
    window.go(places.WAITING)
    window.open_waiting()
    wish = window.panel.content
    assert isinstance(wish, WaitForm)
    wish.note.setText("только утром")
    window.go(places.SHIFTS)
    assert (window.panel.isVisible(), shifts.panel.isVisible()) == (True, False)
    window.panel.close_panel()
    assert (window.panel.isVisible(), shifts.panel.isVisible()) == (False, True)
    assert absence.note.text() == "отпуск по заявлению"


def test_a_panel_of_the_shifts_hides_a_booking_only_as_long_as_it_is_open(front_desk: Day) -> None:
    window, keys = front_desk.running.window, front_desk.keys
    shifts = window.go(places.SHIFTS)
    assert isinstance(shifts, ShiftsScreen)
    window.new_visit()
    booking_form = window.panel.content
    keys.type("Вера")
    shifts.show_holidays()
    assert (window.panel.isVisible(), shifts.panel.isVisible()) == (False, True)
    window.go(places.CALENDAR)
    assert window.panel.isVisible()
    window.go(places.SHIFTS)
    shifts.show_absences()
    keys.press(Qt.Key.Key_Escape)
    assert (window.panel.isVisible(), shifts.panel.isVisible()) == (True, False)
    assert window.panel.content is booking_form
    assert isinstance(booking_form, BookingPanel)
    assert booking_form.isVisible()


def test_escape_beside_a_panel_of_the_shifts_closes_it_and_not_the_booking_behind_it(front_desk: Day) -> None:
    window, keys = front_desk.running.window, front_desk.keys
    shifts = window.go(places.SHIFTS)
    assert isinstance(shifts, ShiftsScreen)
    window.new_visit()
    booking_form = window.panel.content
    shifts.show_holidays()
    window.rail.take_focus()
    keys.press(Qt.Key.Key_Escape)
    assert (window.panel.isVisible(), shifts.panel.isVisible()) == (True, False)
    assert window.panel.content is booking_form


def standing_out(window: places.MainWindow) -> list[str]:
    """What the filled buttons in sight say."""
    buttons = [button for button in window.findChildren(Button) if button.isVisible() and button.isEnabled()]
    return [button.text() or button.accessibleName() for button in buttons if button.kind == "primary"]


def test_of_all_buttons_in_sight_one_stands_out(front_desk: Day) -> None:
    window = front_desk.running.window
    assert standing_out(window) == ["Новый визит"]
    window.open_waiting()
    for place in (places.CALENDAR, places.WAITING, places.CLIENTS, places.SHIFTS):
        window.go(place)
        assert standing_out(window) == ["Поставить в лист ожидания"], place
    window.panel.close_panel()
    clients = window.go(places.CLIENTS)
    assert isinstance(clients, ClientsScreen)
    assert standing_out(window) == ["Новый клиент"]
    clients.filters.save_button.click()
    assert standing_out(window) == ["Сохранить"]
    salon = window.go(places.CATALOGUE)
    assert isinstance(salon, CatalogueScreen)
    salon.begin()
    assert standing_out(window) == ["Сохранить"]
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert standing_out(window) == ["Новая услуга"]
    window.open_waiting()
    salon.begin()
    for part in (SERVICES, PRIVACY, BACKUPS):
        salon.show_part(part)
        assert standing_out(window) == ["Поставить в лист ожидания"], part
    window.panel.close_panel()
    assert standing_out(window) == ["Сделать копию сейчас"]
    shifts = window.go(places.SHIFTS)
    assert isinstance(shifts, ShiftsScreen)
    shifts.plan_absence()
    assert standing_out(window) == ["Отметить отсутствие"]


def test_from_a_day_without_rooms_one_key_leads_to_the_first_room(front_desk: Day) -> None:
    window = front_desk.running.window
    window.calendar.show_view(CalendarView.ROOMS)
    notice = window.calendar._notice
    assert notice is not None
    button = notice._state.button
    assert (button.isVisible(), button.text()) == (True, "Новый кабинет")
    button.click()
    salon = window.stack.currentWidget()
    assert isinstance(salon, CatalogueScreen)
    assert salon.choice.choice == ROOMS
    assert salon.rooms.form is not None, "the form of the first room is open"


def test_what_was_told_does_not_cover_where_a_visit_is_dropped(front_desk: Day) -> None:
    window, small = front_desk.running.window, front_desk.small
    small.book(at(12), small.client())
    window.calendar.reload()
    (entry,) = window.calendar.grid.plan.sheet.entries if window.calendar.grid.plan else ()
    window.toast.tell("Сказано")
    waiting = window.calendar.waiting
    before = window.toast.geometry()
    waiting.hover(entry, QPoint(0, 0))
    field = waiting._field
    assert field is not None
    assert not window.toast.geometry().intersects(QRect(field.mapTo(window, QPoint(0, 0)), field.size()))
    waiting.leave()
    assert window.toast.geometry() == before


def test_a_click_beside_the_small_card_leaves_the_keyboard_in_the_day(front_desk: Day) -> None:
    """It was on the rail then, and the next arrow left the calendar."""
    window = front_desk.running.window
    calendar = window.calendar
    front_desk.small.book(at(12), front_desk.small.client())
    calendar.reload()
    assert calendar.sheet is not None
    calendar.open_peek(calendar.sheet.entries[0])
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(480, window.height() - 8))
    assert calendar.peek is None
    assert QApplication.focusWidget() is calendar.grid
