"""The first tab: what must not be asked twice, what is owed, what is written down by one key, and the timeline."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.salon.clients import answers, bonuses, questions, register
from app.salon.clients.questions import QuestionFacts
from app.salon.clients.timeline import HappenedKind
from app.salon.followup import tasks
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.salon.typed import writable
from app.ui.clients.adding import Added, AddForm
from app.ui.clients.card_panel import GLANCE, ClientCardPanel
from app.ui.clients.glance_page import GlancePage
from app.ui.clients.owed_part import ComplaintRow, PromiseRow
from app.ui.stray_digits import StrayDigits
from app.vocabulary import AlertKind, AnswerKind
from tests.builders import TODAY, at
from tests.ui.conftest import Counter

Key = Qt.Key
DRINK = QuestionFacts("Что предложить выпить?", AnswerKind.CHOICE, choices=("кофе", "чай"))
MUSIC = QuestionFacts("Какую музыку?")
WEDDING = QuestionFacts("Когда свадьба?", AnswerKind.DATE)
HEALTH = QuestionFacts("Есть аллергии?", AnswerKind.YES_NO)


@pytest.fixture
def anna(counter: Counter) -> int:
    client = counter.small.client("Анна Щёлкина", "8 912 345-67-89")
    for days in (25, 15, 5):
        counter.small.complete(counter.small.book(at(10, days=-days), client))
    return client


@pytest.fixture
def panel(qtbot: QtBot, counter: Counter, anna: int) -> Iterator[ClientCardPanel]:
    host = QWidget()
    qtbot.addWidget(host)
    made = ClientCardPanel(counter.desk, host)
    made.resize(400, 760)
    made.show_client(anna)
    host.resize(900, 760)
    host.show()
    host.activateWindow()
    yield made
    host.close()


@pytest.fixture
def page(panel: ClientCardPanel) -> GlancePage:
    found = panel.page(GLANCE)
    assert isinstance(found, GlancePage)
    return found


def ask(counter: Counter, *facts: QuestionFacts) -> None:
    for one in facts:
        counter.desk.perform(questions.keep, None, one)


def said(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()]


def form_of(page: GlancePage) -> AddForm:
    assert page.form is not None
    return page.form


# ---- questions ----


def test_what_nobody_asked_is_one_quiet_line_and_never_a_form(counter: Counter, page: GlancePage) -> None:
    assert not page.answers.isVisible()
    ask(counter, DRINK, MUSIC, WEDDING)
    assert page.answers.missing.words == "Ещё не спросили: что предложить выпить, какую музыку и ещё 1"
    assert not page.answers.form.isVisible()


def test_a_key_asks_a_digit_answers_and_the_next_question_follows(
    qtbot: QtBot, counter: Counter, page: GlancePage, anna: int
) -> None:
    ask(counter, DRINK, HEALTH)
    page.reach.buttons["phone"].setFocus()
    qtbot.keyClick(page, Key.Key_F7)
    form = page.answers.form
    assert form.accessibleName() == DRINK.text
    qtbot.keyClick(form, Key.Key_2)
    assert form.accessibleName() == HEALTH.text
    qtbot.keyClick(form, Key.Key_0)
    assert not form.isVisible()
    assert [row.accessibleName() for row in page.answers.rows()] == [
        "Что предложить выпить? чай",
        "Есть аллергии? не захотели отвечать",
    ]
    counter.desk.perform.undo()
    assert page.answers.missing.words == "Ещё не спросили: есть аллергии"


def test_what_is_no_date_is_told_beside_the_field(qtbot: QtBot, counter: Counter, page: GlancePage) -> None:
    ask(counter, WEDDING)
    page.answers.ask_next()
    form = page.answers.form
    form.field.setText("29.02.2027")
    qtbot.keyClick(form.field, Key.Key_Return)
    assert "29.02.2027" in form.line.error
    assert form.isVisible()
    form.field.setText("29.02.2028")
    qtbot.keyClick(form.field, Key.Key_Return)
    assert [row.accessibleName() for row in page.answers.rows()] == ["Когда свадьба? 29\u00a0февраля\u00a02028"]


def test_another_answer_shows_the_former_one(qtbot: QtBot, counter: Counter, page: GlancePage) -> None:
    ask(counter, MUSIC)
    for words in ("джаз", "тишина"):
        if page.answers.rows():
            qtbot.mouseClick(page.answers.rows()[0], Qt.MouseButton.LeftButton)
        else:
            page.answers.ask_next()
        page.answers.form.field.setText(words)
        qtbot.keyClick(page.answers.form.field, Key.Key_Return)
    qtbot.mouseClick(page.answers.rows()[0], Qt.MouseButton.LeftButton)
    assert page.answers.form.field.text() == "тишина"
    assert any(text.startswith("Раньше: джаз") for text in said(page.answers.form))
    qtbot.keyClick(page.answers.form, Key.Key_Escape)
    assert not page.answers.form.isVisible()


# ---- writing down ----


def test_a_digit_answers_though_the_window_takes_digits_for_a_phone(
    qtbot: QtBot, counter: Counter, page: GlancePage
) -> None:
    heard: list[str] = []
    stray = StrayDigits(page.window())
    stray.typed.connect(heard.append)
    ask(counter, DRINK)
    page.answers.ask_next()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_7)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_2)
    stray.stop()
    assert heard == ["7"]
    assert page.isAncestorOf(QApplication.focusWidget())
    assert [row.accessibleName() for row in page.answers.rows()] == ["Что предложить выпить? чай"]


def test_one_key_writes_a_note_and_the_timeline_tells_it(
    qtbot: QtBot, counter: Counter, page: GlancePage, anna: int
) -> None:
    page.reach.buttons["phone"].setFocus()
    qtbot.keyClick(page, Key.Key_F2)
    form_of(page).words.setPlainText("боится фена")
    qtbot.keyClick(form_of(page).words, Key.Key_Return)
    assert page.form is None
    first = page.history.list.model().lines[0]
    assert (first.kind, first.text, first.actor) == (HappenedKind.NOTE, "боится фена", "Администратор")
    page.history.list.setFocus()
    qtbot.keyClick(page.history.list, Key.Key_Delete)
    assert page.history.list.model().lines[0].kind is not HappenedKind.NOTE
    counter.desk.perform.undo()
    assert page.history.list.model().lines[0].kind is HappenedKind.NOTE


def test_a_call_has_a_key_of_its_own_and_escape_gives_up(qtbot: QtBot, counter: Counter, page: GlancePage) -> None:
    page.reach.buttons["phone"].setFocus()
    qtbot.keyClick(page, Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert form_of(page).kind is Added.CALL
    qtbot.keyClick(form_of(page).words, Key.Key_Return)
    assert form_of(page).line.error == "Сначала напишите несколько слов."
    qtbot.keyClick(form_of(page).words, Key.Key_Escape)
    assert page.form is None
    assert not counter.desk.perform.can_undo


def test_a_promise_is_written_down_and_kept_by_one_click(
    qtbot: QtBot, counter: Counter, page: GlancePage, anna: int
) -> None:
    page.begin(Added.PROMISE)
    form = form_of(page)
    form.words.setPlainText("подобрать оттенок")
    form.who.setCurrentIndex(form.who.findData(counter.small.maria))
    qtbot.keyClick(form.words, Key.Key_Return)
    (row,) = page.owed.rows()
    assert row.accessibleName() == "подобрать оттенок. Обещание · Мария\u00a0К. · завтра, 12:00"
    (promise,) = tasks.open_of_client(counter.small.database, anna)
    assert promise.due_at == at(12, days=1)
    assert isinstance(row, PromiseRow)
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert not page.owed.isVisible()
    counter.desk.perform.undo()
    assert page.owed.isVisible()


def test_a_promise_for_an_hour_that_is_over_is_refused_beside_the_words(counter: Counter, page: GlancePage) -> None:
    page.begin(Added.PROMISE)
    form = form_of(page)
    form.words.setPlainText("перезвонить")
    form.day.set_day(TODAY)
    form.moment.setText("9:00")
    form.words.entered.emit()
    assert form.line.error == "Это время уже прошло. Выберите более позднее."
    form.moment.setText("ночью")
    form.words.entered.emit()
    assert form.moment_line.error
    assert page.form is form


def test_a_complaint_is_closed_by_the_answer_of_the_salon(
    qtbot: QtBot, counter: Counter, page: GlancePage, anna: int
) -> None:
    page.begin(Added.COMPLAINT)
    form_of(page).words.setPlainText("скол на третий день")
    form_of(page).words.entered.emit()
    (row,) = page.owed.rows()
    assert row.accessibleName() == "скол на третий день. Жалоба · ответить до 15\u00a0мая"
    assert isinstance(row, ComplaintRow)
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    row.field.setText("исправили")
    qtbot.keyClick(row.field, Key.Key_Return)
    assert not page.owed.isVisible()
    assert "скол на третий день → исправили" in page.history.list.model().line(0).second


def test_bonuses_are_given_and_never_overdrawn(counter: Counter, page: GlancePage, anna: int) -> None:
    page.begin(Added.BONUS)
    form_of(page).amount.setValue(300)
    form_of(page).words.setPlainText("за подругу")
    form_of(page).words.entered.emit()
    assert bonuses.balance(counter.small.database, anna) == 30_000
    assert "300\u00a0₽" in said(page.facts)
    page.begin(Added.BONUS)
    form_of(page).direction.choose(AddForm.TAKE)
    form_of(page).amount.setValue(400)
    form_of(page).words.setPlainText("в счёт услуги")
    form_of(page).words.entered.emit()
    assert "меньше бонусов" in form_of(page).line.error
    assert bonuses.balance(counter.small.database, anna) == 30_000


# ---- the timeline ----


def test_the_timeline_is_read_page_by_page_and_filtered(qtbot: QtBot, counter: Counter, panel: ClientCardPanel) -> None:
    regular = counter.small.client("Вера")
    for days in range(1, 34):
        counter.small.book(at(9, days=days), regular)
    panel.show_client(regular)
    page = panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    history = page.history
    history.show_kind(1)
    assert history.list.model().rowCount() == 30
    qtbot.mouseClick(history.earlier, Qt.MouseButton.LeftButton)
    assert history.list.model().rowCount() == 33
    assert not history.earlier.isVisible()
    assert [action.isChecked() for action in history.make_menu().actions()].index(True) == 1
    assert history.filter_button.text() == "Визиты"


def test_a_note_of_a_thousand_letters_finds_its_two_lines(counter: Counter, page: GlancePage) -> None:
    page.begin(Added.NOTE)
    form_of(page).words.setPlainText("<b>'; DROP TABLE</b> \u202eשלום 👩‍🎤 " + "я" * 1000)
    form_of(page).words.entered.emit()
    line = page.history.list.model().line(0)
    assert line.second.startswith("<b>'; DROP TABLE</b>")
    tip = page.history.list.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip
    assert not page.grab().isNull()
    assert page.minimumSizeHint().width() <= 352


# ---- alerts, figures, queries ----


def test_the_alert_tells_who_has_seen_it_for_the_next_visit(
    counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    alert = carry_out(counter.small.salon, register.warn, anna, AlertKind.ALLERGY, "латекс").value
    wish = counter.small.wish(at(15, days=1))
    counter.desk.perform(booking.book, BookingRequest(anna, (wish,), alerts_seen=(alert,)))
    row = panel.alerts.rows()[0]
    assert row.accessibleDescription() == "Учтено при записи: Администратор, 12\u00a0мая,\u00a011:00"


def test_who_usually_serves_is_told_from_the_last_visits(counter: Counter, page: GlancePage) -> None:
    facts = [child.accessibleName() for child in page.facts.findChildren(QWidget) if ":" in child.accessibleName()]
    assert facts[-1] == "обычно, 3 из 3: Ольга\u00a0Б."


@pytest.mark.parametrize("visits", [0, 40])
def test_the_card_is_read_with_the_same_number_of_queries_however_much_is_on_it(
    counter: Counter, panel: ClientCardPanel, visits: int
) -> None:
    ask(counter, DRINK, MUSIC)
    client = counter.small.client("Вера")
    for days in range(visits):
        counter.small.book(at(9, days=days + 1), client)
        counter.desk.perform(bonuses.change, client, 100, "за визит")
    asked: list[str] = []
    counter.small.database.connection.set_trace_callback(asked.append)
    panel.show_client(client)
    counter.small.database.connection.set_trace_callback(None)
    assert len(asked) <= 32


def test_declining_is_an_answer(counter: Counter, page: GlancePage, anna: int) -> None:
    ask(counter, DRINK)
    (question,) = answers.of_client(counter.small.database, anna, counter.small.clock.now()).missing
    page.answers.declined.emit(question.question_id)
    assert not page.answers.missing.isVisible()


@pytest.mark.parametrize(
    "typed", ["<img src='file:///etc/passwd'>", "\u202eתה\u202c", "👩‍🎤" * 60, "'; DROP TABLE answer; --", "я" * 200]
)
def test_a_question_and_its_answer_are_words_and_nothing_else(counter: Counter, page: GlancePage, typed: str) -> None:
    kept = writable(typed)
    ask(counter, QuestionFacts(typed))
    page.answers.ask_next()
    assert page.answers.form.accessibleName() == kept
    page.answers.form.field.setText(typed)
    page.answers.form.keep.click()
    (row,) = page.answers.rows()
    assert row.accessibleName() == f"{kept} {kept}"
    assert "<img" not in row.toolTip()
    assert page.minimumSizeHint().width() <= 352
