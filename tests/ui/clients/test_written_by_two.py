"""Two people change one text of a card at two workplaces: the second is told, sees both, and loses nothing."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.salon.changes import Changes
from app.salon.clients import card, forgetting, merging, register
from app.salon.clients.merging import Chosen
from app.salon.clients.register import LONGEST_TEXT
from app.salon.transaction import carry_out
from app.ui.background import Job
from app.ui.clients.adding import Added
from app.ui.clients.card_panel import GLANCE, ClientCardPanel
from app.ui.clients.edited_text import EditedText
from app.ui.clients.glance_page import GlancePage
from app.ui.perform import Perform
from app.vocabulary import Topic
from tests.builders import TODAY
from tests.ui.conftest import Counter

Field = Callable[[GlancePage], EditedText]


def wishes(page: GlancePage) -> EditedText:
    return page.wishes


def notes(page: GlancePage) -> EditedText:
    return page.notes


@dataclass
class Two:
    """This workplace, with the card open and something typed, and the other one."""

    counter: Counter
    panel: ClientCardPanel
    anna: int
    field: EditedText
    is_wishes: bool
    said: list[str]

    def other_writes(self, text: str, *, is_heard: bool = True) -> None:
        """At the other workplace another text is kept; it is heard of here a moment later."""
        carry_out(self.counter.small.salon, self._operation, self.anna, text)
        if is_heard:
            self.counter.desk.feed.announce(Changes(frozenset(Topic)))

    @property
    def _operation(self) -> Callable[..., None]:
        return register.set_wishes if self.is_wishes else register.set_notes

    @property
    def kept(self) -> str:
        read = card.read(self.counter.small.database, self.anna, TODAY)
        return read.wishes if self.is_wishes else read.notes

    def leave_field(self) -> None:
        self.field.commit()

    @property
    def buttons(self) -> dict[str, QPushButton]:
        return {one.text(): one for one in self.field.findChildren(QPushButton) if one.isVisibleTo(self.field)}

    @property
    def told(self) -> str:
        return "" if self.field._contest is None else self.field._contest.accessibleName() * bool(self.buttons)


@pytest.fixture(params=[wishes, notes], ids=["wishes", "notes"])
def two(request: pytest.FixtureRequest, qtbot: QtBot, counter: Counter) -> Two:
    """Anna's card says "чай"; here "чай с мятой" is being typed."""
    anna = counter.small.client(wishes="чай")
    carry_out(counter.small.salon, register.set_notes, anna, "чай")
    panel = ClientCardPanel(counter.desk)
    qtbot.addWidget(panel)
    panel.resize(400, 700)
    panel.show()
    panel.show_client(anna)
    page = panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    field: EditedText = request.param(page)
    field.editor.setPlainText("чай с мятой")
    said: list[str] = []
    counter.desk.perform.done.connect(lambda text, _undo: said.append(text))
    counter.desk.perform.refused.connect(said.append)
    return Two(counter, panel, anna, field, request.param is wishes, said)


@pytest.mark.parametrize("is_heard", [True, False], ids=["heard while typing", "met when leaving"])
@pytest.mark.parametrize(
    ("answer", "left"),
    [("Оставить оба", "кофе\nчай с мятой"), ("Мой", "чай с мятой"), ("Другой", "кофе")],
)
def test_the_second_sees_both_texts_and_says_which_stays(two: Two, is_heard: bool, answer: str, left: str) -> None:
    two.other_writes("кофе", is_heard=is_heard)
    two.leave_field()
    assert two.kept == "кофе", "nothing is overwritten without a word"
    assert two.field.text == "чай с мятой"
    assert two.told == "Тем временем на другом месте записали: «кофе»."
    two.buttons[answer].click()
    assert (two.kept, two.field.text, two.buttons) == (left, left, {})
    two.counter.desk.perform.undo()
    assert two.kept == "кофе"


def test_a_text_that_was_taken_away_meanwhile(two: Two) -> None:
    two.other_writes("")
    assert two.told == "Тем временем на другом месте этот текст убрали."
    assert list(two.buttons) == ["Мой", "Убрать"]
    two.buttons["Мой"].click()
    assert two.kept == "чай с мятой"


def test_whoever_goes_on_without_an_answer_loses_neither(two: Two) -> None:
    two.other_writes("кофе", is_heard=False)
    two.panel.show_client(two.counter.small.client("Вера"))
    assert two.kept == "кофе\nчай с мятой"
    assert two.said[-1] == "Тем временем на другом месте тоже записали: сохранены оба текста."
    assert two.field.text == ""


def test_the_other_writes_once_more_before_the_card_is_left(two: Two) -> None:
    two.other_writes("кофе")
    two.other_writes("кофе без сахара", is_heard=False)
    two.panel.show_client(two.counter.small.client("Вера"))
    assert two.kept == "кофе без сахара\nчай с мятой"
    assert (two.field.text, two.buttons) == ("", {}), "nothing of Anna stands on the card of Vera"


def test_closing_the_card_keeps_both(two: Two) -> None:
    two.other_writes("кофе")
    two.panel.hide()
    assert two.kept == "кофе\nчай с мятой"


def test_two_texts_that_are_too_long_together_leave_the_own_one(two: Two) -> None:
    two.other_writes("к" * 1990)
    two.panel.hide()
    assert two.kept == "чай с мятой"
    assert two.said[-1] == (
        "Тем временем на другом месте тоже записали. Оба текста не помещаются: сохранён ваш, отмена вернёт другой."
    )
    two.counter.desk.perform.undo()
    assert two.kept == "к" * 1990


def test_an_own_text_that_is_too_long_leaves_that_of_the_other(two: Two) -> None:
    two.field.editor.setPlainText("ч" * 3000)
    two.other_writes("кофе")
    two.panel.hide()
    assert (two.kept, two.said) == ("кофе", []), "nothing is said to be kept that is not"


def test_both_wrote_the_same(two: Two) -> None:
    two.other_writes("чай с мятой", is_heard=False)
    two.leave_field()
    assert (two.kept, two.buttons) == ("чай с мятой", {})


def test_another_text_that_is_taken_back_is_in_nobodys_way(two: Two) -> None:
    two.other_writes("кофе")
    assert two.buttons
    two.other_writes("чай")
    assert not two.buttons
    two.leave_field()
    assert two.kept == "чай с мятой"


def test_what_could_not_be_kept_stays_in_its_field(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(type(two.counter.desk.perform), "is_busy", property(lambda _self: True))
        two.leave_field()
    assert two.kept == "чай"
    two.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert two.field.text == "чай с мятой"
    two.leave_field()
    assert two.kept == "чай с мятой"


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large act is under way beside the window."""
    monkeypatch.setattr(Perform, "is_busy", property(lambda _self: True))


def test_what_could_not_be_kept_while_the_card_was_left_is_kept_later(
    two: Two, busy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large act was under way; somebody else wrote meanwhile, and the next client's card is open already."""
    vera = two.counter.small.client("Вера")
    two.panel.show_client(vera)
    assert two.field.text == ""
    two.other_writes("кофе", is_heard=False)
    monkeypatch.undo()
    two.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert two.kept == "кофе\nчай с мятой"
    assert two.field.text == ""
    assert two.said[-1] in ("Пожелания сохранены", "Заметки сохранены")


def test_what_could_not_be_kept_stands_in_its_field_when_the_card_is_opened_again(two: Two, busy: None) -> None:
    two.panel.show_client(two.counter.small.client("Вера"))
    two.panel.show_client(two.anna)
    assert (two.field.text, two.kept) == ("чай с мятой", "чай")


def test_what_stands_in_its_field_again_is_kept_without_anybody_touching_it(
    two: Two, busy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.panel.show_client(two.counter.small.client("Вера"))
    two.panel.show_client(two.anna)
    monkeypatch.undo()
    two.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert two.kept == "чай с мятой"


def test_what_stands_in_its_field_again_overwrites_nothing_that_came_meanwhile(
    two: Two, busy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.panel.show_client(two.counter.small.client("Вера"))
    two.other_writes("кофе", is_heard=False)
    two.panel.show_client(two.anna)
    assert two.told == "Тем временем на другом месте записали: «кофе»."
    monkeypatch.undo()
    two.leave_field()
    assert two.kept == "кофе", "nobody has said yet which stays"
    two.buttons["Оставить оба"].click()
    assert two.kept == "кофе\nчай с мятой"


def test_a_card_that_was_closed_meanwhile_is_kept_when_the_large_act_is_given_up(
    two: Two, busy: None, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    job = Job("приглашения", two.panel)
    two.counter.desk.perform.long_begun.emit(job, "")
    two.panel.hide()
    assert two.kept == "чай"
    monkeypatch.undo()
    job.end()
    qtbot.waitUntil(lambda: two.kept == "чай с мятой")


def test_a_text_that_is_too_long_to_be_kept_is_not_lost_either(two: Two) -> None:
    long = "я" * (LONGEST_TEXT + 1)
    two.field.type_text(long)
    two.panel.show_client(two.counter.small.client("Вера"))
    two.panel.show_client(two.anna)
    assert two.field.text == long


def begun_call(two: Two) -> GlancePage:
    """A call that somebody has begun to write down on the card."""
    page = two.panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    page.begin(Added.CALL)
    assert page.form is not None
    page.form.words.setPlainText("перезвонить")
    return page


def test_what_was_begun_to_be_written_down_waits_with_its_client(two: Two) -> None:
    page = begun_call(two)
    two.panel.show_client(two.counter.small.client("Вера"))
    assert page.form is None
    two.panel.show_client(two.anna)
    assert page.form is not None
    assert page.form.isVisible()
    assert (page.form.kind, page.form.words.toPlainText()) == (Added.CALL, "перезвонить")


def test_what_waits_for_a_card_that_was_merged_belongs_to_the_one_that_stands(
    two: Two, busy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, vera = begun_call(two), two.counter.small.client("Вера")
    two.panel.show_client(two.counter.small.client("Зоя"))
    carry_out(two.counter.small.salon, merging.merge, vera, two.anna, Chosen("Вера"))
    two.panel.show_client(vera)
    assert two.field.text == "чай с мятой"
    assert page.form is not None
    assert page.form.words.toPlainText() == "перезвонить"
    two.panel.show_client(two.counter.small.client("Ирина"))
    monkeypatch.undo()
    two.counter.desk.feed.announce(Changes(frozenset(Topic)))
    stands = card.read(two.counter.small.database, vera, TODAY)
    assert (stands.wishes if two.is_wishes else stands.notes) == "чай с мятой"


def test_nothing_waits_for_a_card_that_was_forgotten(two: Two, busy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    page = begun_call(two)
    two.panel.show_client(two.counter.small.client("Вера"))
    assert {one.text for one in page.unkept} == {"чай с мятой", "перезвонить"}
    carry_out(two.counter.small.salon, forgetting.forget, [two.anna])
    two.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert list(page.unkept) == []
    assert two.said[-1] == "Клиент забыт, а с ним и то, что ещё не было записано в карточку."
    monkeypatch.undo()
    two.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert two.kept == ""


def test_what_is_being_typed_on_a_card_that_is_forgotten_goes_with_it(two: Two) -> None:
    carry_out(two.counter.small.salon, forgetting.forget, [two.anna])
    two.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert (two.field.text, two.panel.unkept) == ("", [])
    two.panel.hide()
    assert two.kept == ""


def test_what_waits_while_something_else_stands_in_its_field_is_kept_beside_it(
    two: Two, busy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two cards of one person had each a text that waits, and become one card."""
    vera = two.counter.small.client("Вера")
    two.panel.show_client(vera)
    two.field.type_text("кофе")
    two.panel.show_client(two.counter.small.client("Зоя"))
    carry_out(two.counter.small.salon, merging.merge, vera, two.anna, Chosen("Вера"))
    two.panel.show_client(vera)
    assert {one.text for one in two.panel.unkept} == {"чай с мятой", "кофе"}
    monkeypatch.undo()
    two.panel.hide()
    stands = card.read(two.counter.small.database, vera, TODAY)
    assert set((stands.wishes if two.is_wishes else stands.notes).split("\n")) >= {"чай с мятой", "кофе"}
