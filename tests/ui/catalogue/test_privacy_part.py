"""The texts of the consents, and who asked to be forgotten."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.salon.clients import card, consents, forgetting
from app.salon.transaction import carry_out
from app.ui.catalogue.privacy_part import PrivacyPart
from app.ui.catalogue.screen import PRIVACY, CatalogueScreen
from app.vocabulary import ConsentKind
from tests.builders import TODAY
from tests.ui.conftest import Counter


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> CatalogueScreen:
    made = CatalogueScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show_part(PRIVACY)
    made.show()
    return made


@pytest.fixture
def part(screen: CatalogueScreen) -> PrivacyPart:
    return screen.privacy


def test_a_salon_begins_with_drafts_that_it_has_to_check(part: PrivacyPart) -> None:
    assert "согласие" in part.text.toPlainText().lower()
    assert "{client}" in part.text.toPlainText()
    assert part.version.text() == "черновик"
    assert "юристу" in part.used.text()
    part.kind._buttons[ConsentKind.ADVERTISING].click()
    assert "рекламу" in part.text.toPlainText()


def test_saving_makes_a_new_version_and_undo_takes_it_back(qtbot: QtBot, counter: Counter, part: PrivacyPart) -> None:
    part.text.setPlainText("Я, {client}, согласна")
    qtbot.keyClick(part.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    part.save()
    assert [one.version for one in consents.texts(counter.small.database, ConsentKind.PROCESSING)] == [1]
    assert part.version.text() == "версия 1"
    assert not part.save_button.isEnabled()
    assert counter.desk.perform.undo()
    assert part.version.text() == "черновик"


def test_what_is_typed_stays_when_somebody_else_writes_and_esc_puts_back(
    qtbot: QtBot, counter: Counter, part: PrivacyPart
) -> None:
    part.text.setPlainText("Начало")
    counter.small.client("Анна")
    counter.desk.perform(forgetting.ask, counter.small.client("Вера"))
    assert part.text.toPlainText() == "Начало"
    qtbot.keyClick(part, Qt.Key.Key_Escape)
    assert part.text.toPlainText() != "Начало"


def test_an_empty_text_cannot_be_saved(part: PrivacyPart) -> None:
    part.text.setPlainText("  ")
    assert part.text_line.error == "Сначала напишите текст."
    assert not part.save_button.isEnabled()


def test_who_asked_to_be_forgotten_is_listed_and_can_be_opened_taken_back_or_forgotten(
    counter: Counter, screen: CatalogueScreen, part: PrivacyPart
) -> None:
    small = counter.small
    anna, vera = small.client("Анна"), small.client("Вера")
    assert not part._none.isHidden()
    for client in (anna, vera):
        assert counter.desk.perform(forgetting.ask, client)
    assert [row.accessibleName() for row in part.rows()] == ["Анна, 11.06.2026", "Вера, 11.06.2026"]
    opened: list[int] = []
    screen.client_wanted.connect(opened.append)
    part.rows()[0]._open()
    assert opened == [anna]
    part.rows()[0]._take_back()
    assert [row.accessibleName() for row in part.rows()] == ["Вера, 11.06.2026"]
    counter.asker._answers.append(True)
    part.rows()[0]._forget()
    assert part.rows() == []
    assert card.read(small.database, vera, TODAY).name == ""
    carry_out(small.salon, forgetting.ask, anna)
