"""The salon's own categories of clients at the front desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.salon.clients import categories
from app.salon.transaction import carry_out
from app.ui.catalogue.category_form import CategoryForm
from app.ui.catalogue.screen import CATEGORIES, CatalogueScreen
from tests.ui.conftest import Counter

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> CatalogueScreen:
    made = CatalogueScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    made.show_part(CATEGORIES)
    return made


def form_of(screen: CatalogueScreen) -> CategoryForm:
    form = screen.categories.form
    assert isinstance(form, CategoryForm)
    return form


def names(screen: CatalogueScreen) -> list[str]:
    return [one.name for one in screen.categories.model.records]


def test_the_first_category_by_keyboard(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    qtbot.keyClick(screen, Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    form = form_of(screen)
    assert QApplication.focusWidget() is form.name
    form.save()
    assert form.name_line.error
    form.name.setText("Невесты")
    form.colour.choose(3)
    qtbot.keyClick(form.name, Key.Key_Return)
    model = screen.categories.model
    ModelTester(None).check(model)
    assert [model.index(0, column).data() for column in range(2)] == ["Невесты", ""]
    assert not model.index(0, 0).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert screen.header.detail == "1 категория"
    (kept,) = categories.listed(counter.small.database)
    assert kept.colour == 3
    carry_out(counter.small.salon, categories.set_of_client, counter.small.client(), [kept.category_id])
    screen.reload()
    assert model.index(0, 1).data() == "1"


def test_order_archive_and_the_way_back(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    for name in ("Невесты", "Модели"):
        carry_out(counter.small.salon, categories.keep, None, name, 1)
    screen.reload()
    screen.categories.go_into_table()
    qtbot.keyClick(screen.categories.table, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(screen) == ["Модели", "Невесты"]
    screen.search.setText("невест")
    assert names(screen) == ["Невесты"]
    screen.categories.open(screen.categories.model.record(0))
    form_of(screen).archive_button.click()
    screen.search.setText("")
    assert names(screen) == ["Модели"]
    counter.desk.perform.undo()
    assert names(screen) == ["Модели", "Невесты"]


def test_a_colour_that_was_chosen_alone_comes_back_when_the_form_was_closed(
    screen: CatalogueScreen, counter: Counter
) -> None:
    carry_out(counter.small.salon, categories.keep, None, "Невесты", 1)
    screen.reload()
    left: list[CategoryForm] = []
    screen.categories.form_left.connect(lambda form, _name: left.append(form))
    screen.categories.open(screen.categories.model.record(0))
    form_of(screen).left.emit()
    assert left == [], "it was only looked at"
    screen.categories.open(screen.categories.model.record(0))
    form = form_of(screen)
    form.colour.findChildren(QAbstractButton)[4].click()
    form.left.emit()
    assert left == [form]
    screen.categories.take_up(form)
    assert form.colour.colour == 4
    assert QApplication.focusWidget() is form.colour.findChildren(QAbstractButton)[4]


def test_no_word_of_a_part_is_cut_on_a_small_screen(screen: CatalogueScreen) -> None:
    screen.resize(928, 600)
    screen.grab()
    cut = [one.text() for one in screen.choice.findChildren(QPushButton) if one.width() < one.sizeHint().width()]
    assert cut == []
