"""The salon's own facts at the front desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.ui.catalogue.facts_part import FactsPart
from app.ui.catalogue.screen import FACTS, SERVICES, STAFF, CatalogueScreen
from app.ui.widgets.label import Label
from tests.ui.conftest import Counter

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> CatalogueScreen:
    made = CatalogueScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    made.show_part(FACTS)
    return made


@pytest.fixture
def facts(screen: CatalogueScreen) -> FactsPart:
    return screen.facts


def test_new_hours_and_a_finer_grid(facts: FactsPart, qtbot: QtBot, counter: Counter) -> None:
    before = counter.small.salon.profile
    assert (facts.name.text(), facts.opens.text(), facts.step.choice) == ("Студия на Садовой", "9:00", "15")
    facts.closes.setText("22:30")
    facts.reminds.setText("11:00")
    facts.step.choose("10")
    qtbot.keyClick(facts.name, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    now = counter.small.salon.profile
    assert (now.closes_minute, now.reminder_minute, now.step_minutes) == (22 * 60 + 30, 11 * 60, 10)
    counter.desk.perform.undo()
    assert counter.small.salon.profile == before
    assert facts.closes.text() == "21:00"


def test_a_computer_changes_hands_together_with_another_fact(facts: FactsPart, counter: Counter) -> None:
    """What is kept is shown anew at once: the tick of this computer is not lost by that."""
    facts.name.setText("Другая студия")
    facts.is_masters.setChecked(True)
    facts.save()
    assert counter.small.salon.profile.name == "Другая студия"
    assert counter.desk.preferences.settings.used_by_master
    assert facts.is_masters.isChecked()


def test_what_cannot_be_is_told_beside_its_field(facts: FactsPart, counter: Counter) -> None:
    before = counter.small.salon.profile
    facts.closes.setText("8:00")
    facts.name.setText(" ")
    facts.reminds.setText("потом")
    assert all(line.error for line in (facts.name_line, facts.closes_line, facts.reminds_line))
    facts.save()
    assert QApplication.focusWidget() is facts.name
    assert counter.small.salon.profile == before


def test_esc_puts_back_what_was_there(facts: FactsPart, qtbot: QtBot) -> None:
    facts.name.setText("Другая студия")
    qtbot.keyClick(facts.name, Key.Key_Escape)
    assert facts.name.text() == "Студия на Садовой"


def test_there_is_nothing_to_search_here(screen: CatalogueScreen) -> None:
    assert not screen.search.isVisibleTo(screen)
    screen.begin()
    screen.show_part(SERVICES)
    assert screen.search.isVisibleTo(screen)
    assert screen.header.detail == "3 услуги"


def test_all_facts_and_the_button_are_seen_without_scrolling(screen: CatalogueScreen, facts: FactsPart) -> None:
    """In the window as it first opens; and no hint stands on the field above it."""
    screen.resize(1270, 780)
    for _round in range(2):
        QApplication.processEvents()
    assert facts.save_button.visibleRegion().boundingRect().height() == facts.save_button.height()
    for line in (facts.reminds_line, facts.holds_line):
        hint = line.findChildren(Label)[-1]
        assert hint.height() >= hint.heightForWidth(hint.width())
        assert hint.y() >= line.editor.geometry().bottom()


def test_how_long_a_place_is_held_can_be_set(facts: FactsPart, counter: Counter) -> None:
    assert facts.holds.value() == 10
    facts.holds.setValue(25)
    facts.save_button.click()
    assert counter.small.salon.profile.hold_minutes == 25


def test_a_salon_that_closes_at_midnight_keeps_its_hours(counter: Counter, facts: FactsPart) -> None:
    for typed in ("24", "0:00"):
        facts.closes.setText("21:00")
        facts.closes.setText(typed)
        assert not facts.closes_line.error
        facts.save()
        assert counter.desk.salon.profile.closes_minute == 24 * 60
    facts.put_back()
    assert facts.closes.text() == "24:00"
    facts.name.setText("Студия ночью")
    facts.save()
    assert counter.desk.salon.profile.closes_minute == 24 * 60


def test_the_keyboard_stays_on_the_part_that_is_looked_at(screen: CatalogueScreen) -> None:
    """It was in the search, which this part does without."""
    screen.show_part(STAFF)
    screen.search.setFocus()
    screen.show_part(FACTS)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert (screen.choice.isAncestorOf(focused), focused.isChecked()) == (True, True)


def test_beside_an_open_panel_no_part_of_the_salon_is_cut(screen: CatalogueScreen) -> None:
    parts = screen.choice.findChildren(QAbstractButton)
    for width in (1200, 784):
        screen.resize(width, 700)
        QApplication.processEvents()
        assert all(part.width() >= part.sizeHint().width() for part in parts)
        assert all(screen.choice.rect().contains(part.geometry()) for part in parts)
    assert len({part.y() for part in parts}) == 2
