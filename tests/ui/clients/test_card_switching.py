"""One card after the other: the widgets stay, and what they say is that of the client who is shown."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.salon.clients import answers, bonuses, files, formulas, notes, questions, register, standing
from app.salon.clients.formulas import Recipe
from app.salon.clients.mixtures import Part
from app.salon.clients.questions import QuestionFacts
from app.salon.followup import complaints, tasks
from app.salon.followup.complaints import Grievance
from app.salon.followup.tasks import Promise
from app.ui.clients.card_panel import GLANCE, ClientCardPanel
from app.ui.clients.glance_page import GlancePage
from app.ui.clients.owed_part import PromiseRow
from app.vocabulary import AlertKind, AnswerKind, MaterialUnit, NoteKind
from tests import pictures
from tests.builders import TODAY, at
from tests.ui.conftest import Counter

Show = Callable[[], ClientCardPanel]


@pytest.fixture
def anna(counter: Counter) -> int:
    """Somebody with everything on her card."""
    small, do = counter.small, counter.desk.perform
    client = small.client("Анна Константинопольская-Щёлкина", "8 912 345-67-89", "кофе без сахара")
    for days in (25, 20, 15, 10, 5):
        small.complete(small.book(at(10, days=-days), client))
    small.book(at(15, days=2), client)
    do(register.set_birthday, client, date(1990, TODAY.month, TODAY.day))
    do(register.set_notes, client, "просит тише\nи без музыки")
    do(register.warn, client, AlertKind.ALLERGY, "латекс")
    do(standing.set_vip, client, is_vip=True)
    do(standing.do_not_book, client, "не пришла три раза")
    do(formulas.write, client, None, Recipe("Корни", (Part("7.1", 30_000, MaterialUnit.GRAM),), "20 минут"))
    do(complaints.record, client, Grievance("скол на третий день", TODAY))
    do(tasks.give, Promise("перезвонить", at(12, days=1), client_id=client))
    do(bonuses.change, client, 30_000, "за подругу")
    for number in range(35):
        do(notes.add, client, NoteKind.NOTE, f"заметка {number}")
    photos = [files.take_in_content(small.database, one) for one in (pictures.JPEG, pictures.png())]
    do(files.keep, client, photos, None)
    for text in ("Что предложить выпить?", "Какую музыку?", "Есть аллергии?"):
        do(questions.keep, None, QuestionFacts(text, AnswerKind.TEXT))
    drink, music, _health = answers.of_client(small.database, client, small.clock.now()).missing
    do(answers.answer, client, drink.question_id, "чай")
    do(answers.decline, client, music.question_id)
    return client


@pytest.fixture
def vera(counter: Counter, anna: int) -> int:
    """Somebody of whom nothing is known."""
    return counter.small.client("Вера")


@pytest.fixture
def olga(counter: Counter, anna: int) -> int:
    """Somebody who answered otherwise, is due and is owed another thing."""
    small, do = counter.small, counter.desk.perform
    client = small.client("Ольга", "8 903 111-22-33")
    for days in (26, 19, 12):
        small.complete(small.book(at(12, days=-days), client))
    do(register.warn, client, AlertKind.OTHER, "боится щекотки")
    do(tasks.give, Promise("найти лак", at(16), client_id=client))
    _drink, music, health = answers.of_client(small.database, client, small.clock.now()).missing
    do(answers.answer, client, music.question_id, "джаз")
    do(answers.answer, client, health.question_id, "нет")
    return client


@pytest.fixture
def fresh(qtbot: QtBot, counter: Counter) -> Iterator[Show]:
    """Makes panels that have never shown anybody."""
    hosts: list[QWidget] = []

    def make() -> ClientCardPanel:
        host = QWidget()
        qtbot.addWidget(host)
        panel = ClientCardPanel(counter.desk, host)
        panel.resize(400, 1600)
        host.resize(400, 1600)
        host.show()
        hosts.append(host)
        return panel

    yield make
    for host in hosts:
        host.close()


def shown(panel: ClientCardPanel, client: int) -> ClientCardPanel:
    """As the window shows a card: with the keyboard on it."""
    panel.show_client(client)
    panel.setFocus()
    QApplication.processEvents()
    return panel


def picture(panel: ClientCardPanel) -> QImage:
    return panel.grab().toImage()


def said(panel: ClientCardPanel) -> list[tuple[str, ...]]:
    """What is seen, pointed at, and heard by who does not see it, from top to bottom."""
    seen = [one for one in panel.findChildren(QWidget) if one.isVisible()]
    seen.sort(key=lambda one: (place(one, panel).y(), place(one, panel).x(), place(one, panel).width()))
    words = (
        (
            one.text() if isinstance(one, QLabel | QPushButton) else "",
            one.toolTip(),
            one.accessibleName(),
            one.accessibleDescription(),
        )
        for one in seen
    )
    return [each for each in words if any(each)]


def place(one: QWidget, panel: QWidget) -> QRect:
    return QRect(one.mapTo(panel, one.rect().topLeft()), one.size())


def test_a_card_looks_and_sounds_as_if_nobody_had_been_shown_before(
    fresh: Show, anna: int, vera: int, olga: int
) -> None:
    kept = fresh()
    alone = {client: shown(fresh(), client) for client in (anna, vera, olga)}
    for client in (anna, vera, anna, olga, anna):
        shown(kept, client)
        assert said(kept) == said(alone[client])
        assert picture(kept) == picture(alone[client])


def test_a_row_that_stays_changes_the_answer_of_who_is_shown(
    fresh: Show, counter: Counter, anna: int, olga: int
) -> None:
    panel = shown(shown(fresh(), anna), olga)
    page = panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    jazz, _health = page.answers.rows()
    jazz.click()
    assert page.answers.form.accessibleName() == "Какую музыку?"
    assert page.answers.form.field.text() == "джаз"
    shown(panel, anna)
    assert not page.answers.form.isVisible()


def test_a_row_that_stays_keeps_the_promise_of_who_is_shown(
    fresh: Show, counter: Counter, anna: int, olga: int
) -> None:
    page = shown(shown(fresh(), anna), olga).page(GLANCE)
    assert isinstance(page, GlancePage)
    (row,) = page.owed.rows()
    assert isinstance(row, PromiseRow)
    row.button.click()
    assert not tasks.open_of_client(counter.small.database, olga)
    assert len(tasks.open_of_client(counter.small.database, anna)) == 1
    assert page.owed.rows() == []


class Painting(QObject):
    """Counts how often a widget is painted."""

    times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_a_card_is_in_its_place_when_it_is_painted_first(fresh: Show, anna: int, vera: int, olga: int) -> None:
    panel = shown(fresh(), vera)
    painting = Painting()
    panel.head.installEventFilter(painting)
    for client in (anna, olga, vera, anna):
        painting.times = 0
        panel.show_client(client)
        at_once = [place(one, panel) for one in panel.findChildren(QWidget) if one.isVisible()]
        for _round in range(4):
            QCoreApplication.processEvents()
        assert [place(one, panel) for one in panel.findChildren(QWidget) if one.isVisible()] == at_once
        assert painting.times == 1
