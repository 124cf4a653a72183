"""The rooms, chairs and machines at the front desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.salon.catalogue import rooms, services, staff
from app.salon.catalogue.terms import MasterTerms
from app.salon.scheduling.intervals import Lengths
from app.ui.catalogue import words
from app.ui.catalogue.room_form import RoomForm
from app.ui.catalogue.screen import ROOMS, SERVICES, STAFF, CatalogueScreen
from app.ui.catalogue.service_form import ServiceForm
from app.ui.catalogue.staff_form import StaffForm
from app.ui.catalogue.terms_row import TermsFields, TermsRow
from app.ui.widgets.menu import Menu
from app.vocabulary import RoomKind
from tests.builders import TODAY, at
from tests.ui.conftest import Counter

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> CatalogueScreen:
    made = CatalogueScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    made.show_part(ROOMS)
    return made


def room_form(screen: CatalogueScreen) -> RoomForm:
    form = screen.rooms.form
    assert isinstance(form, RoomForm)
    return form


def names(screen: CatalogueScreen) -> list[str]:
    return [one.facts.name for one in screen.rooms.model.records]


def test_the_first_chair_by_keyboard(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    qtbot.keyClick(screen, Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    form = room_form(screen)
    assert QApplication.focusWidget() is form.name
    form.save()
    assert form.name_line.error
    form.name.setText("Кресло у окна")
    form.kind.choose(RoomKind.CHAIR)
    form.services[small.manicure].setChecked(True)
    qtbot.keyClick(form.name, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    model = screen.rooms.model
    ModelTester(None).check(model)
    said = [model.index(0, column).data() for column in range(model.columnCount())]
    assert said == ["Кресло у окна", "Кресло", "Маникюр с покрытием", ""]
    assert screen.header.detail == "1 место"
    small.book(at(15))
    screen.reload()
    assert model.index(0, 3).data() == "1"


def test_the_order_by_keys_and_by_buttons(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    for name in ("Первое", "Второе", "Третье"):
        counter.small.room(name, counter.small.manicure)
    screen.reload()
    screen.rooms.go_into_table()
    qtbot.keyClick(screen.rooms.table, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(screen) == ["Второе", "Первое", "Третье"]
    qtbot.keyClick(screen.rooms.table, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(screen.rooms.table, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(screen) == ["Первое", "Второе", "Третье"]
    screen.rooms.open(screen.rooms.model.record(2))
    form = room_form(screen)
    assert form.room is not None
    form.shift_wanted.emit(form.room, -1)
    assert names(screen) == ["Первое", "Третье", "Второе"]
    counter.desk.perform.undo()
    assert names(screen) == ["Первое", "Второе", "Третье"]


def test_a_room_is_renamed_archived_and_brought_back(screen: CatalogueScreen, counter: Counter) -> None:
    counter.small.room("Кабинет", counter.small.manicure)
    screen.reload()
    screen.rooms.open(screen.rooms.model.record(0))
    form = room_form(screen)
    form.name.setText("Кабинет 1")
    form.save()
    assert names(screen) == ["Кабинет 1"]
    screen.search.setText("маник")
    assert names(screen) == ["Кабинет 1"]
    screen.rooms.open(screen.rooms.model.record(0))
    room_form(screen).archive_button.click()
    assert names(screen) == []
    counter.desk.perform.undo()
    assert names(screen) == ["Кабинет 1"]


def test_the_form_of_a_service_has_its_buffers_and_rooms(screen: CatalogueScreen, counter: Counter) -> None:
    small = counter.small
    chair, laser = small.room("Кресло"), small.room("Лазер", kind=RoomKind.MACHINE)
    screen.show_part(SERVICES)
    screen.services.open(screen.services.model.record(0))
    form = screen.services.form
    assert isinstance(form, ServiceForm)
    form.before.setValue(10)
    form.after.setValue(20)
    assert "1 ч 30 мин" in form._lengths_hint.text().replace("\u00a0", " ")
    form.rooms[chair].setChecked(True)
    form.save()
    listed = services.listed(small.database, TODAY)[0]
    assert listed.lengths == Lengths(60, before=10, after=20)
    assert [one.services for one in rooms.listed(small.database, TODAY)] == [(small.manicure,), ()]
    screen.services.open(screen.services.model.record(0))
    form = screen.services.form
    assert isinstance(form, ServiceForm)
    assert (form.before.value(), form.rooms[chair].isChecked(), form.rooms[laser].isChecked()) == (10, True, False)
    counter.desk.perform.undo()
    assert services.listed(small.database, TODAY)[0].lengths == Lengths(60)


def open_terms(screen: CatalogueScreen, service_id: int) -> tuple[StaffForm, TermsRow, TermsFields]:
    screen.show_part(STAFF)
    screen.staff.open(screen.staff.model.record(1))
    form = screen.staff.form
    assert isinstance(form, StaffForm)
    row = form.rows[service_id]
    row.button.click()
    assert row.fields is not None
    return form, row, row.fields


def test_what_is_different_with_a_colleague(screen: CatalogueScreen, counter: Counter) -> None:
    small = counter.small
    form, _row, fields = open_terms(screen, small.manicure)
    fields.working.setValue(90)
    fields.price.setText("дёшево")
    form.save()
    assert fields.price_line.error
    fields.price.setText("1200")
    form.save()
    own = MasterTerms(working=90, price=120_000)
    assert services.master_terms(small.database) == {small.manicure: {small.maria: own}}
    form, row, fields = open_terms(screen, small.manicure)
    assert (fields.working.value(), fields.price.text()) == (90, "1200")
    row.button.click()
    assert row.fields is None
    form.save()
    assert services.master_terms(small.database) == {}


def test_a_service_that_is_not_done_has_no_terms(screen: CatalogueScreen, counter: Counter) -> None:
    form, row, fields = open_terms(screen, counter.small.manicure)
    fields.working.setValue(90)
    row.box.setChecked(False)
    assert not row.button.isVisibleTo(form)
    assert not fields.isVisibleTo(form)
    form.save()
    assert services.master_terms(counter.small.database) == {}


def test_lengths_in_words() -> None:
    said = words.all_lengths(Lengths(60, 30, 15, before=10, after=5)).replace("\u00a0", " ")
    assert said == "10 мин до · 60 + 30 + 15 мин · 5 мин после"


def test_what_went_into_the_archive_comes_back_from_there(screen: CatalogueScreen, counter: Counter) -> None:
    """Undo forgets with the window; here are the chair with its services, the service and the colleague."""
    small, perform = counter.small, counter.desk.perform
    chair = small.room("Кресло R&B", small.manicure)
    perform(rooms.archive, chair)
    perform(services.archive, small.pedicure)
    perform(staff.archive, small.maria)
    for part, name in ((ROOMS, "Кресло R&B"), (SERVICES, "Педикюр"), (STAFF, "Мария Ким")):
        screen.show_part(part)
        records = screen.part
        assert records is not None
        assert records.archive_button.isVisible()
        records.archive_button.setFocus()
        records.archive_button.click()
        menu = records.findChild(Menu)
        assert menu is not None
        next(line for line in menu.actions() if line.text() == name.replace("&", "&&")).trigger()
        menu.close()
        assert not records.archive_button.isVisible()
        assert records.table.hasFocus()
    assert rooms.archived(small.database) == services.archived(small.database) == staff.left(small.database) == {}
    assert [(one.facts.name, one.services) for one in rooms.listed(small.database, TODAY)] == [
        ("Кресло R&B", (small.manicure,))
    ]
