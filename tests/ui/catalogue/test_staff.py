"""Who works here, at the front desk."""

from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.salon.catalogue import staff
from app.salon.catalogue.staff import WorkingHours
from app.ui.catalogue import words
from app.ui.catalogue.hours_form import HoursForm
from app.ui.catalogue.screen import STAFF, CatalogueScreen
from app.ui.catalogue.staff_form import StaffForm
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
    made.show_part(STAFF)
    return made


def staff_form(screen: CatalogueScreen) -> StaffForm:
    form = screen.staff.form
    assert isinstance(form, StaffForm)
    return form


def hours_form(screen: CatalogueScreen) -> HoursForm:
    screen.staff.plan_hours(screen.staff.model.record(0))
    form = screen.staff.form
    assert isinstance(form, HoursForm)
    return form


def test_the_staff_with_their_week(screen: CatalogueScreen) -> None:
    assert screen.header.detail == "2 мастера"
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


def test_the_visits_outside_are_listed_before_anything_is_done(screen: CatalogueScreen, counter: Counter) -> None:
    counter.small.book(at(19, days=3), counter.small.client())
    form = hours_form(screen)
    assert form.outside == []
    for day in form.days:
        day.closes.set_time(time(18))
    assert [one.client_name for one in form.outside] == ["Анна Щёлкина"]
    assert "Анна Щёлкина" in form._listed.text()
    assert "1 услуга" in form._told.text()
    form.save()
    week = staff.listed(counter.small.database, TODAY)[0].week
    friday, saturday = week[4], week[5]
    assert (friday.closes, saturday.closes) == (21 * 60, 18 * 60)
    counter.desk.perform.undo()
    assert {one.closes for one in staff.listed(counter.small.database, TODAY)[0].week} == {21 * 60}


def test_hours_that_cannot_be_are_told_while_typing(screen: CatalogueScreen) -> None:
    form = hours_form(screen)
    form.days[0].closes.setText("8:00")
    assert form.problem.text()
    assert not form.save_button.isEnabled()
    form.days[0].works.setChecked(False)
    assert not form.problem.text()
    form.first._take(TODAY)
    assert form.first_line.error
    assert not form.save_button.isEnabled()
    form.first._take(TODAY + timedelta(days=1))
    form.last._take(TODAY)
    assert form.last_line.error


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
