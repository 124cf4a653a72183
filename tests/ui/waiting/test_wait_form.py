"""Putting somebody on the list: digits, Enter, Enter; days and hours by a click; a new card in the same act."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.salon.catalogue import services
from app.salon.clients import forgetting, merging, standing
from app.salon.scheduling import waitlist
from app.salon.scheduling.wait_matches import Match
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.ui.waiting.form import WaitForm
from app.ui.widgets.buttons import ChoiceButton
from app.ui.wishes import WaitingSeed
from tests.builders import TODAY, ZONE, at
from tests.typing_keys import Keyboard
from tests.ui.conftest import Counter


class Form:
    """The open form and its keyboard."""

    def __init__(self, qtbot: QtBot, counter: Counter, seed: WaitingSeed) -> None:
        self.qtbot, self.small = qtbot, counter.small
        self.said: list[str] = []
        counter.desk.perform.done.connect(lambda text, _undo: self.said.append(text.replace("\u00a0", " ")))
        self.form = WaitForm(counter.desk, seed)
        qtbot.addWidget(self.form)
        self.form.resize(400, 900)
        with qtbot.waitActive(self.form):
            self.form.show()
            self.form.activateWindow()
        self.form.focus_first()
        self.keys = Keyboard(self.form)

    def choices(self) -> list[str]:
        return [one.text().strip() for one in self.form.findChildren(ChoiceButton) if one.isVisible()]

    def click(self, text: str) -> None:
        QApplication.processEvents()
        seen = (one for one in self.form.findChildren(QAbstractButton) if one.isVisible())
        found = next(one for one in seen if one.text().strip().replace("\u00a0", " ") == text.replace("\u00a0", " "))
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def kept(self) -> list[waitlist.Waiting]:
        return waitlist.listed(self.small.database, ZONE)


def test_by_keys_alone(qtbot: QtBot, counter: Counter) -> None:
    anna = counter.small.client("Анна Щёлкина", "+7 912 345-67-89")
    form = Form(qtbot, counter, WaitingSeed())
    form.keys.type("6789")
    form.keys.enter()
    form.keys.type("педик")
    form.keys.enter()
    form.keys.enter()
    form.keys.enter()
    (line,) = form.kept()
    last = TODAY + timedelta(days=waitlist.USUAL_DAYS)
    assert line.as_wish() == NewWait(anna, (counter.small.pedicure,), (Window(TODAY, last),))
    assert form.said == ["Анна Щёлкина: в листе ожидания"]
    counter.desk.perform.undo()
    assert form.kept() == []


def test_a_wish_is_changed_from_its_first_field_on(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    wish = NewWait(small.client(), (small.manicure,), (Window(TODAY, TODAY),))
    entry = carry_out(small.salon, waitlist.add, wish).value
    form = Form(qtbot, counter, WaitingSeed(entry_id=entry))
    form.keys.type("педик")
    form.keys.enter()
    form.keys.enter()
    form.keys.enter()
    (line,) = form.kept()
    assert line.service_ids == (small.manicure, small.pedicure)


def test_nobody_unwanted_waits_without_a_reason(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    anna = small.client("Анна Щёлкина")
    carry_out(small.salon, standing.do_not_book, anna, "четыре неявки")
    form = Form(qtbot, counter, WaitingSeed(client_id=anna, service_ids=(small.manicure,)))
    counter.asker._answers += [None, "внесла предоплату"]
    form.click("Поставить в лист ожидания")
    assert form.kept() == []
    assert form.form._client_problem.text() == "Анна Щёлкина — не записывать: четыре неявки."
    form.click("Поставить в лист ожидания")
    assert len(form.kept()) == 1
    assert counter.asker.asked == ["Всё равно поставить в лист ожидания: Анна Щёлкина?"] * 2


def test_a_new_client_gets_a_card_in_the_same_act(qtbot: QtBot, counter: Counter) -> None:
    form = Form(qtbot, counter, WaitingSeed(new_client="Вера 89991112233", service_ids=(counter.small.manicure,)))
    form.keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (line,) = form.kept()
    assert (line.client_name, line.phone) == ("Вера", "+79991112233")
    counter.desk.perform.undo()
    assert counter.small.database.value("SELECT COUNT(*) FROM client") == 0


def test_usual_days_are_clicked_and_the_proposal_gives_way(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    form = Form(qtbot, counter, WaitingSeed(client_id=small.client(), service_ids=(small.manicure,)))
    form.click("будни после 17:00")
    form.click("выходные")
    form.click("Ольга Б.")
    form.form.note.setText("сможет за полчаса")
    form.click("Поставить в лист ожидания")
    (line,) = form.kept()
    usual = waitlist.usual_windows(TODAY)
    assert line.windows == (usual["evenings"], usual["weekend"])
    assert line.staff_ids == (small.olga,)
    assert line.note == "сможет за полчаса"


def test_own_days_and_hours(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    form = Form(qtbot, counter, WaitingSeed(client_id=small.client(), service_ids=(small.manicure,)))
    form.click("Свои дни и часы…")
    rows = form.form.windows
    rows.first.set_day(TODAY + timedelta(days=3))
    form.click("Добавить эти дни")
    assert "последний — не раньше" in rows._problem.text()
    rows.last.set_day(TODAY + timedelta(days=6))
    rows.ends.setText("8:00")
    form.click("Добавить эти дни")
    assert "начало раньше конца" in rows._problem.text()
    rows.ends.setText("14")
    form.click("сб")
    form.click("Добавить эти дни")
    form.click("Поставить в лист ожидания")
    (line,) = form.kept()
    days = frozenset(range(7)) - {5}
    assert line.windows == (Window(TODAY + timedelta(days=3), TODAY + timedelta(days=6), days, 540, 840),)


def test_days_and_hours_that_were_entered_are_kept_without_being_added_first(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    form = Form(qtbot, counter, WaitingSeed(client_id=small.client(), service_ids=(small.manicure,)))
    form.click("Свои дни и часы…")
    form.form.windows.ends.setText("8:00")
    form.keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.kept() == []
    assert "начало раньше конца" in form.form.windows._problem.text()
    form.form.windows.ends.setText("14")
    form.keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (line,) = form.kept()
    assert line.windows == (Window(TODAY, TODAY, frozenset(range(7)), 540, 840),)


def test_what_is_missing_is_said_beside_its_field(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    form = Form(qtbot, counter, WaitingSeed())
    form.click("Поставить в лист ожидания")
    assert form.form._client_problem.isVisible()
    form.form.choose_client(small.client())
    form.click("Поставить в лист ожидания")
    assert form.form._services_problem.isVisible()
    form.form._add_service(next(one for one in form.form._offered.values() if one.service_id == small.manicure))
    form.click("любой день")
    form.click("Поставить в лист ожидания")
    assert "Укажите, в какие дни" in form.form.windows._problem.text()
    assert form.kept() == []


def test_a_line_is_changed_and_since_when_stays(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    window = Window(TODAY, TODAY + timedelta(days=5))
    entry = carry_out(small.salon, waitlist.add, NewWait(small.client(), (small.manicure,), (window,))).value
    small.clock.advance(timedelta(hours=2))
    form = Form(qtbot, counter, WaitingSeed(entry_id=entry))
    form.click("Мария К.")
    form.click("Сохранить")
    (line,) = form.kept()
    assert (line.staff_ids, line.since, line.windows) == ((small.maria,), at(11), (window,))


def test_a_wish_with_more_days_than_the_form_takes_is_kept_and_a_further_one_is_refused_in_words(
    qtbot: QtBot, counter: Counter
) -> None:
    """Of two cards that became one: all their days stay."""
    small = counter.small
    cards = [small.client("Анна Щёлкина"), small.client("Аня Щёлкина")]
    days = [Window(TODAY + timedelta(days=number), TODAY + timedelta(days=number)) for number in range(0, 28, 2)]
    for card, some in zip(cards, (days[:7], days[7:]), strict=True):
        carry_out(small.salon, waitlist.add, NewWait(card, (small.manicure,), tuple(some)))
    sides = [merging.side(small.database, card, TODAY) for card in cards]
    carry_out(small.salon, merging.merge, *cards, merging.suggested(*sides))
    (entry,) = (one.entry_id for one in waitlist.listed(small.database, ZONE))
    form = Form(qtbot, counter, WaitingSeed(entry_id=entry))
    form.click("любой день")
    assert form.form.windows._problem.text() == "Не больше 12: сначала уберите что-нибудь."
    form.form.note.setText("Позвонить после обеда")
    form.form.keep()
    assert [(one.note, one.windows) for one in form.kept()] == [("Позвонить после обеда", tuple(days))]


def test_a_wish_for_what_is_offered_no_more_becomes_none_for_something_else(qtbot: QtBot, counter: Counter) -> None:
    """Anna waits for a pedicure, which the salon has given up, and had a manicure last: nobody asked for that."""
    small = counter.small
    anna = small.client()
    small.complete(small.book(at(12, days=-20), anna))
    wish = NewWait(anna, (small.pedicure,), (Window(TODAY, TODAY),))
    entry = carry_out(small.salon, waitlist.add, wish).value
    carry_out(small.salon, services.archive, small.pedicure)
    form = Form(qtbot, counter, WaitingSeed(entry_id=entry))
    form.form.keep()
    assert [one.service_ids for one in form.kept()] == [(small.pedicure,)]
    assert form.form._services_problem.isVisible()


def test_the_second_wish_for_the_same_is_refused_in_words(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    anna = small.client("Анна")
    seed = WaitingSeed(client_id=anna, service_ids=(small.manicure,))
    Form(qtbot, counter, seed).click("Поставить в лист ожидания")
    again = Form(qtbot, counter, seed)
    again.click("Поставить в лист ожидания")
    assert again.form._client_problem.text().startswith("Анна: уже в листе ожидания")
    assert len(again.kept()) == 1


def test_what_is_free_already_is_proposed_before_anybody_waits(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    tomorrow = TODAY + timedelta(days=1)
    seed = WaitingSeed(client_id=small.client("Анна"), service_ids=(small.pedicure,), day=tomorrow)
    form = Form(qtbot, counter, seed)
    taken: list[Match] = []
    form.form.book_wanted.connect(taken.append)
    qtbot.waitUntil(lambda: "ср, 13 мая, 9:00, Ольга Б." in [one.replace("\u00a0", " ") for one in form.choices()])
    form.click(next(one for one in form.choices() if "9:00" in one))
    assert taken[0].place.starts_at == at(9, days=1)


def test_who_is_forgotten_meanwhile_is_named_no_longer(qtbot: QtBot, counter: Counter) -> None:
    anna, vera = counter.small.client("Анна"), counter.small.client("Вера")
    form = WaitForm(counter.desk, WaitingSeed(client_id=anna))
    qtbot.addWidget(form)
    form.show()
    counter.desk.perform(forgetting.forget, [vera])
    assert not form.search.isVisible()
    counter.desk.perform(forgetting.forget, [anna])
    assert form.search.isVisible()
    assert [label.text() for label in form.findChildren(QLabel) if "Анна" in label.text()] == []


def test_every_field_has_a_name(qtbot: QtBot, counter: Counter) -> None:
    form = Form(qtbot, counter, WaitingSeed(client_id=counter.small.client()))
    form.click("Свои дни и часы…")
    for field in (*form.form.findChildren(QLineEdit), *form.form.findChildren(QAbstractButton)):
        if field.isVisible():
            assert field.accessibleName() or getattr(field, "text", str)() or field.placeholderText(), field  # type: ignore[union-attr]
