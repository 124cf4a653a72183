"""What the salon asks its clients, on the screen of the salon."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.salon.clients import answers, questions
from app.salon.clients.questions import QuestionFacts
from app.ui.catalogue.question_form import QuestionForm
from app.ui.catalogue.screen import QUESTIONS, CatalogueScreen
from app.vocabulary import AnswerKind, AskWhen
from tests.ui.conftest import Counter

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> CatalogueScreen:
    made = CatalogueScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    made.show_part(QUESTIONS)
    return made


def form_of(screen: CatalogueScreen) -> QuestionForm:
    form = screen.questions.form
    assert isinstance(form, QuestionForm)
    return form


def asked(screen: CatalogueScreen) -> list[str]:
    return [one.facts.text for one in screen.questions.model.records]


def test_a_salon_that_asks_nothing_is_offered_sensible_questions(screen: CatalogueScreen, counter: Counter) -> None:
    screen.questions._empty.button.click()
    assert asked(screen)[:2] == ["Как вы нас нашли?", "Что предложить выпить?"]
    assert screen.header.detail == "7 вопросов"
    assert not screen.questions.ready.isVisible()
    counter.desk.perform.undo()
    assert asked(screen) == []


def test_a_question_of_choice_by_keyboard(screen: CatalogueScreen, qtbot: QtBot) -> None:
    qtbot.keyClick(screen, Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    form = form_of(screen)
    assert QApplication.focusWidget() is form.text
    form.save()
    assert form.text_line.error
    form.text.setText("Какой чай?")
    form.kind.choose(AnswerKind.CHOICE)
    form.kind.chosen.emit(AnswerKind.CHOICE)
    form.choices.setPlainText("чёрный\n\nчёрный")
    form.save()
    assert form.problem.text() == "Дайте хотя бы два ответа на выбор."
    form.choices.setPlainText("чёрный\nзелёный")
    qtbot.keyClick(form.text, Key.Key_Return, CTRL)
    model = screen.questions.model
    ModelTester(None).check(model)
    said = [model.index(0, column).data() for column in range(model.columnCount())]
    assert said == ["Какой чай?", "Выбор", "один раз", "чёрный, зелёный", ""]
    assert screen.questions.ready.isVisible()


def test_a_question_that_goes_with_services_names_them(screen: CatalogueScreen, counter: Counter) -> None:
    screen.begin()
    form = form_of(screen)
    form.text.setText("Красили дома?")
    form.when.choose(AskWhen.WITH_SERVICE)
    form.when.chosen.emit(AskWhen.WITH_SERVICE)
    form.save()
    assert form.problem.text() == "Выберите хотя бы одну услугу, с которой это спрашивают."
    form.services[counter.small.colouring].setChecked(True)
    form.save()
    (one,) = questions.listed(counter.small.database)
    assert one.facts.services == (counter.small.colouring,)


def test_the_order_by_keys_and_the_archive_with_the_way_back(
    screen: CatalogueScreen, qtbot: QtBot, counter: Counter
) -> None:
    for text in ("Первый", "Второй"):
        counter.desk.perform(questions.keep, None, QuestionFacts(text))
    screen.questions.go_into_table()
    qtbot.keyClick(screen.questions.table, Key.Key_Down, ALT)
    assert asked(screen) == ["Второй", "Первый"]
    screen.questions.stand_on(screen.questions.model.record(0).question_id)
    qtbot.keyClick(screen.questions.table, Key.Key_Delete)
    assert asked(screen) == ["Первый", "Второй"]
    assert screen.questions.model.index(1, 2).data() == "больше нет"
    assert screen.header.detail == "1 вопрос"
    screen.questions.open(screen.questions.model.record(1))
    form_of(screen).archive_button.click()
    assert asked(screen) == ["Второй", "Первый"]


def test_the_kind_of_answer_stays_once_somebody_has_answered(screen: CatalogueScreen, counter: Counter) -> None:
    done = counter.desk.perform(questions.keep, None, QuestionFacts("Музыка?"))
    assert done is not None
    counter.desk.perform(answers.answer, counter.small.client(), done.value, "джаз")
    screen.reload()
    screen.questions.open(screen.questions.model.record(0))
    assert not form_of(screen).kind.isEnabled()
    assert screen.questions.model.index(0, 4).data() == "1"
