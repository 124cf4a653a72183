"""Who works here, at the front desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.salon.catalogue import staff
from app.salon.catalogue.staff import WorkingHours
from app.ui.catalogue import words
from app.ui.catalogue.screen import STAFF, CatalogueScreen
from app.ui.catalogue.staff_form import StaffForm
from tests.builders import TODAY
from tests.ui.conftest import Counter

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> CatalogueScreen:
    made = CatalogueScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    made.show_part(STAFF)
    return made


def staff_form(screen: CatalogueScreen) -> StaffForm:
    form = screen.staff.form
    assert isinstance(form, StaffForm)
    return form


def test_the_staff_with_their_week(screen: CatalogueScreen, counter: Counter) -> None:
    assert screen.header.detail == "2 сотрудника"
    counter.desk.perform(staff.add, "Полина Журавлёва", is_master=False, is_administrator=True)
    assert screen.header.detail == "3 сотрудника", "as many as stand in the list, masters or not"
    model = screen.staff.model
    said = [model.index(0, column).data() for column in range(model.columnCount())]
    assert said == [
        "Ольга Белова",
        "мастер маникюра",
        "мастер",
        "пн–вс 9:00–21:00",
        "31\u00a0июля",
        "2",
        "",
    ]


def test_somebody_new_is_taken_on(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    screen.begin()
    form = staff_form(screen)
    form.save()
    assert form.name_line.error
    assert QApplication.focusWidget() is form.name
    form.name.setText("Вера Крылова")
    form.services[counter.small.pedicure].setChecked(True)
    qtbot.keyClick(form.name, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    vera = staff.listed(counter.small.database, TODAY)[-1]
    assert (vera.facts.name, vera.services) == ("Вера Крылова", (counter.small.pedicure,))
    assert screen.staff.table.current == vera


def test_what_is_opened_at_the_foot_is_seen(screen: CatalogueScreen, counter: Counter) -> None:
    """Own time and price of the last service, in a window that is low."""
    screen.resize(1200, 480)
    screen.staff.open(screen.staff.model.record(0))
    form = staff_form(screen)
    row = form.rows[counter.small.pedicure]
    QApplication.processEvents()
    row.button.click()
    for _round in range(3):
        QApplication.processEvents()
    assert row.fields is not None
    assert not row.fields.price.visibleRegion().isEmpty()
    assert row.fields.visibleRegion().boundingRect().height() == row.fields.height()


def test_a_price_of_their_own_is_not_lost_when_the_form_is_left(
    screen: CatalogueScreen, qtbot: QtBot, counter: Counter
) -> None:
    """It waits to be taken up; what the price list says already is nothing that was entered."""
    screen.staff.open(screen.staff.model.record(0))
    form = staff_form(screen)
    row = form.rows[counter.small.pedicure]
    row.open_fields()
    assert form.changed is None
    assert row.fields is not None
    row.fields.price.setText("2 710")
    left: list[object] = []
    screen.form_left.connect(lambda gone, _title: left.append(gone))
    qtbot.keyClick(row.fields.price, Key.Key_Escape)
    assert left == [form]
    screen.take_up(form)
    assert row.fields.working.hasFocus()
    row.button.click()
    assert form.changed is None


def test_nobody_is_without_a_role(screen: CatalogueScreen, counter: Counter) -> None:
    screen.staff.open(screen.staff.model.record(0))
    form = staff_form(screen)
    form.is_master.setChecked(False)
    assert not form.services[counter.small.manicure].isVisibleTo(form)
    form.save()
    assert form.problem.text()
    form.is_administrator.setChecked(True)
    form.save()
    assert [one.name for one in staff.masters(counter.small.database)] == ["Мария Ким"]


def test_who_leaves_can_be_brought_back(screen: CatalogueScreen, counter: Counter) -> None:
    screen.staff.open(screen.staff.model.record(0))
    staff_form(screen).archive_button.click()
    assert [one.facts.name for one in screen.staff.model.records] == ["Мария Ким"]
    counter.desk.perform.undo()
    assert len(screen.staff.model.records) == 2


def test_the_hours_are_planned_among_the_shifts(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    screen.staff.open(screen.staff.model.record(0))
    with qtbot.waitSignal(screen.hours_wanted) as wanted:
        staff_form(screen)._want_hours()
    assert wanted.args == [counter.small.olga]


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ((), ""),
        ((WorkingHours(0, 540, 1260),), "пн 9:00–21:00"),
        (tuple(WorkingHours(day, 540, 1260) for day in range(5)), "пн–пт 9:00–21:00"),
        (
            (WorkingHours(0, 540, 900), WorkingHours(2, 540, 900), WorkingHours(3, 600, 1440)),
            "пн, ср 9:00–15:00; чт 10:00–24:00",
        ),
    ],
)
def test_a_week_in_short(week: tuple[WorkingHours, ...], said: str) -> None:
    assert words.week(week) == said
