"""A form that was begun on a card waits when another card takes its place, and is there when the client comes back."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.salon.clients import answers, families, forgetting, formulas, merging, mixtures, questions, register
from app.salon.clients.formulas import Recipe
from app.salon.clients.merging import Chosen
from app.salon.clients.questions import QuestionFacts
from app.salon.clients.register import NewClient
from app.salon.followup import complaints, tasks
from app.salon.followup.complaints import Grievance
from app.salon.followup.tasks import Promise
from app.salon.transaction import carry_out
from app.ui.clients.adding import Added
from app.ui.clients.card_page import DETAILS, GLANCE, WORKS, Waiting
from app.ui.clients.card_panel import ClientCardPanel
from app.ui.clients.consent_section import ConsentSection
from app.ui.clients.details_page import DetailsPage
from app.ui.clients.family_section import FamilySection
from app.ui.clients.glance_page import GlancePage
from app.ui.clients.owed_part import ComplaintRow
from app.ui.clients.standing_section import StandingSection
from app.ui.clients.works_page import WorksPage
from app.vocabulary import AnswerKind, ConsentKind, ConsentWay, ContactKind, RelationKind
from tests.builders import TODAY, at
from tests.typing_keys import type_text
from tests.ui.conftest import Counter

Section = TypeVar("Section", ConsentSection, FamilySection, StandingSection)
Field = QLineEdit | QPlainTextEdit


@pytest.fixture
def anna(counter: Counter) -> int:
    """She complained, was coloured, and was never asked what she drinks."""
    small = counter.small
    client = small.client("Анна Щёлкина")
    visit = small.book(at(10, days=-9), client, service=small.colouring)
    small.complete(visit)
    carry_out(small.salon, formulas.write, client, visit, Recipe("Корни", mixtures.read("30 г 7.1"), "35 минут"))
    carry_out(small.salon, complaints.record, client, Grievance("долго ждала", TODAY, None, None))
    carry_out(small.salon, questions.keep, None, QuestionFacts("Что выпить?", AnswerKind.TEXT))
    return client


@pytest.fixture
def vera(counter: Counter, anna: int) -> int:
    """Somebody else."""
    return counter.small.client("Вера Ломова")


@pytest.fixture
def panel(qtbot: QtBot, counter: Counter, anna: int) -> Iterator[ClientCardPanel]:
    """The card of Anna."""
    host = QWidget()
    qtbot.addWidget(host)
    made = ClientCardPanel(counter.desk, host)
    host.resize(400, 1200)
    made.resize(400, 1200)
    host.show()
    made.show_client(anna)
    yield made
    host.close()


def glance(panel: ClientCardPanel) -> GlancePage:
    page = panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    return page


def details(panel: ClientCardPanel) -> DetailsPage:
    panel.open_page(DETAILS)
    page = panel.page(DETAILS)
    assert isinstance(page, DetailsPage)
    return page


def section(panel: ClientCardPanel, kind: type[Section]) -> Section:
    return next(one for one in details(panel).sections if isinstance(one, kind))


def complaint(panel: ClientCardPanel) -> ComplaintRow:
    return next(row for row in glance(panel).owed.rows() if isinstance(row, ComplaintRow))


def _alert(panel: ClientCardPanel) -> Field:
    return panel.alerts.open_form().words


def _name(panel: ClientCardPanel) -> Field:
    form = panel.head.open_form()
    assert form is not None
    return form.name


def _answer(panel: ClientCardPanel) -> Field:
    glance(panel).answers.ask_next()
    return glance(panel).answers.form.field


def _complaint(panel: ClientCardPanel) -> Field:
    complaint(panel).open_form()
    return complaint(panel).field


def _formula(panel: ClientCardPanel) -> Field:
    panel.open_page(WORKS)
    page = panel.page(WORKS)
    assert isinstance(page, WorksPage)
    assert page._works is not None
    work = page._works.works[0]
    assert work.visit is not None
    return page.open_form(work.visit.visit_id, work.formulas[0]).text


def _contact(panel: ClientCardPanel) -> Field:
    return details(panel).phones.open_form().whose


def _requisites(panel: ClientCardPanel) -> Field:
    return section(panel, StandingSection)._open_form().fields["legal_name"]


def _consent(panel: ClientCardPanel) -> Field:
    return section(panel, ConsentSection).open_form(ConsentKind.ADVERTISING).note


def stands_in(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


BEGINNINGS = [_alert, _name, _answer, _complaint, _formula, _contact, _requisites, _consent]


@pytest.mark.parametrize("begin", BEGINNINGS)
def test_what_was_begun_is_there_when_the_client_comes_back(
    counter: Counter, panel: ClientCardPanel, anna: int, vera: int, begin: Callable[[ClientCardPanel], Field]
) -> None:
    field = begin(panel)
    before = stands_in(field)
    type_text(field, "мята")
    typed = stands_in(field)
    name = field.accessibleName()
    panel.show_client(vera)
    assert panel.unkept == [Waiting(anna, name, typed)]
    assert not any(one.isVisible() and stands_in(one) == typed for one in panel.findChildren(type(field)))
    panel.show_client(anna)
    again = next(one for one in panel.findChildren(type(field)) if one.isVisible() and stands_in(one) == typed)
    assert again.accessibleName() == name
    assert panel.unkept == [], "the window asks about what is open itself"
    assert [form.typed for form in panel.begun] == [[(name, typed)]]
    again.setText(before) if isinstance(again, QLineEdit) else again.setPlainText(before)
    assert panel.begun == []


@pytest.mark.parametrize("begin", [_name, _formula])
def test_what_was_typed_back_is_nothing_that_waits(
    panel: ClientCardPanel, vera: int, begin: Callable[[ClientCardPanel], Field]
) -> None:
    """A form that opened filled stands as it opened."""
    field = begin(panel)
    stood = stands_in(field)
    field.selectAll()
    type_text(field, "мята")
    assert panel.begun
    field.selectAll()
    type_text(field, stood)
    assert panel.begun == []
    panel.show_client(vera)
    assert panel.unkept == []


def test_everything_of_a_consent_comes_back(panel: ClientCardPanel, anna: int, vera: int) -> None:
    """Also what was chosen, not only what was typed."""
    form = section(panel, ConsentSection).open_form(ConsentKind.ADVERTISING)
    form.answer.choose("no")
    form.way.setCurrentIndex(form.way.findData(ConsentWay.MESSAGE))
    form.day.set_day(TODAY - timedelta(days=3))
    type_text(form.note, "папка 3")
    panel.show_client(vera)
    section(panel, ConsentSection).open_form(ConsentKind.PROCESSING)
    panel.show_client(anna)
    told: list[tuple[object, ...]] = []
    form.confirmed.connect(lambda *said: told.append(said))
    form.keep_button.click()
    assert told == [(ConsentKind.ADVERTISING, False, date(2026, 5, 9), ConsentWay.MESSAGE, "папка 3")]


def test_an_address_comes_back_under_its_kind(panel: ClientCardPanel, anna: int, vera: int) -> None:
    form = details(panel).phones.open_form()
    form.kind.setCurrentIndex(form.kind.findData(ContactKind.TELEGRAM))
    type_text(form.address, "@anna")
    panel.show_client(vera)
    details(panel).phones.open_form()
    panel.show_client(anna)
    assert (form.chosen, form.address.text(), form.address.isVisible()) == (ContactKind.TELEGRAM, "@anna", True)


def test_a_relative_who_was_chosen_is_still_chosen(
    counter: Counter, panel: ClientCardPanel, anna: int, vera: int
) -> None:
    family = section(panel, FamilySection)
    form = family.open_form()
    form.choose(vera)
    form.kind.setCurrentIndex(form.kind.findData(RelationKind.CHILD))
    form.may_book.setChecked(True)
    panel.show_client(vera)
    assert [one.text for one in panel.unkept] == ["Вера Ломова"]
    panel.show_client(anna)
    form.add.click()
    (relation,) = families.of_client(counter.small.database, anna)
    assert (relation.client_id, relation.kind, relation.may_book) == (vera, RelationKind.CHILD, True)


def test_of_a_relative_who_is_forgotten_nothing_waits(
    counter: Counter, panel: ClientCardPanel, anna: int, vera: int
) -> None:
    oleg = counter.small.client("Олег")
    form = section(panel, FamilySection).open_form()
    form.choose(oleg)
    panel.show_client(vera)
    carry_out(counter.small.salon, forgetting.forget, [oleg])
    assert panel.unkept == []
    panel.show_client(anna)
    assert not form.isVisible()


def test_of_who_is_forgotten_an_open_card_shows_no_name(counter: Counter, panel: ClientCardPanel, anna: int) -> None:
    oleg, kira = counter.small.client("Олег"), counter.small.client("Кира Лис")
    carry_out(counter.small.salon, families.relate, anna, kira, RelationKind.FRIEND)
    form = section(panel, FamilySection).open_form()
    form.choose(oleg)
    form.may_book.setChecked(True)
    counter.desk.perform(register.rename, oleg, "Олег Ломов")
    assert form.search.text == "Олег Ломов"
    assert [row.relation.name for row in section(panel, FamilySection).rows()] == ["Кира Лис"]
    counter.desk.perform(forgetting.forget, [oleg])
    counter.desk.perform(forgetting.forget, [kira])
    assert (form.isVisible(), form.search.text, form.may_book.isChecked()) == (True, "", True)
    assert section(panel, FamilySection).rows() == []
    form.add.click()
    assert form.who_line.error
    assert families.of_client(counter.small.database, anna) == []


def test_another_name_that_is_typed_over_a_relative_is_not_the_relative(
    counter: Counter, panel: ClientCardPanel, anna: int, vera: int
) -> None:
    form = section(panel, FamilySection).open_form()
    form.choose(vera)
    form.search.field.selectAll()
    type_text(form.search.field, "Олег")
    form.add.click()
    assert form.who_line.error
    assert families.of_client(counter.small.database, anna) == []


def test_a_relative_whose_card_undo_took_away_keeps_nobody_from_the_card(
    counter: Counter, panel: ClientCardPanel, anna: int, vera: int
) -> None:
    added = counter.desk.perform(register.add, NewClient("Олег"))
    assert added is not None
    section(panel, FamilySection).open_form().choose(added.value)
    panel.show_client(vera)
    counter.desk.perform.undo()
    panel.show_client(anna)
    assert panel.card is not None
    assert panel.card.name == "Анна Щёлкина"
    assert [one.text for one in panel.unkept] == ["Олег"]


def test_a_relative_whose_card_was_merged_is_the_one_that_stands(
    counter: Counter, panel: ClientCardPanel, anna: int, vera: int
) -> None:
    oleg = counter.small.client("Олег")
    form = section(panel, FamilySection).open_form()
    form.choose(oleg)
    panel.show_client(vera)
    carry_out(counter.small.salon, merging.merge, vera, oleg, Chosen("Вера"))
    panel.show_client(anna)
    assert (form.isVisible(), form.chosen, form.search.text) == (True, vera, "Вера")
    panel.show_client(vera)
    carry_out(counter.small.salon, merging.merge, anna, vera, Chosen("Анна"))
    assert panel.unkept == [], "nobody is a relative of themselves"


def test_each_client_has_their_own(panel: ClientCardPanel, anna: int, vera: int) -> None:
    type_text(_alert(panel), "латекс")
    panel.show_client(vera)
    type_text(_alert(panel), "ацетон")
    type_text(_contact(panel), "мама")
    panel.show_client(anna)
    assert panel.alerts.form.words.text() == "латекс"
    assert [(one.client_id, one.text) for one in panel.unkept] == [(vera, "ацетон"), (vera, "мама")]
    panel.show_client(vera)
    assert panel.alerts.form.words.text() == "ацетон"
    assert details(panel).phones.form.whose.text() == "мама"


def test_an_answer_to_a_complaint_that_was_answered_elsewhere_is_told_and_goes_on_waiting(
    counter: Counter, panel: ClientCardPanel, anna: int, vera: int
) -> None:
    type_text(_complaint(panel), "извинились")
    panel.show_client(vera)
    (owed,) = complaints.open_of_client(counter.small.database, anna)
    carry_out(counter.small.salon, complaints.answer, anna, owed.complaint_id, "вернули деньги")
    panel.show_client(anna)
    assert [one.text for one in panel.unkept] == ["извинились"]


def test_an_answer_that_is_being_typed_stays_when_something_else_is_promised(
    counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    type_text(_complaint(panel), "извинились")
    counter.desk.perform(tasks.give, Promise("перезвонить", at(12, days=1), client_id=anna))
    assert (complaint(panel).field.text(), complaint(panel).field.isVisible()) == ("извинились", True)


@pytest.mark.parametrize("is_asked_first", [False, True])
def test_what_waits_for_a_card_that_was_merged_waits_for_the_one_that_stands(
    counter: Counter, panel: ClientCardPanel, anna: int, vera: int, *, is_asked_first: bool
) -> None:
    type_text(_contact(panel), "мама")
    panel.show_client(counter.small.client("Олег"))
    carry_out(counter.small.salon, merging.merge, vera, anna, Chosen("Вера"))
    if is_asked_first:
        assert [(one.client_id, one.text) for one in panel.unkept] == [(vera, "мама")]
    panel.show_client(vera)
    assert [form.typed for form in panel.begun] == [[("Чей, если не свой", "мама")]]


def test_of_whom_is_forgotten_nothing_waits(counter: Counter, panel: ClientCardPanel, anna: int, vera: int) -> None:
    type_text(_alert(panel), "латекс")
    panel.show_client(vera)
    carry_out(counter.small.salon, forgetting.forget, [anna])
    assert panel.unkept == []


def test_words_that_were_begun_go_along_when_they_become_something_else(panel: ClientCardPanel) -> None:
    """A note turns out to be a promise."""
    page = glance(panel)
    page.begin(Added.NOTE)
    assert page.form is not None
    page.form.words.setPlainText("перезвонить завтра")
    page.begin(Added.PROMISE)
    assert page.form.kind is Added.PROMISE
    type_text(page.form.words, " в десять")
    assert page.form.words.toPlainText() == "перезвонить завтра в десять"


def test_an_answer_of_long_ago_is_asked_about_only_where_it_is_another(
    counter: Counter, panel: ClientCardPanel, anna: int
) -> None:
    known = answers.of_client(counter.small.database, anna, counter.small.clock.now())
    counter.desk.perform(answers.answer, anna, known.missing[0].question_id, "чай")
    page = glance(panel)
    page.answers.rows()[0].click()
    type_text(page.answers.form.field, "кофе")
    assert [form.typed for form in panel.begun] == [[("Ответ", "кофе")]]
    page.answers.form.field.selectAll()
    type_text(page.answers.form.field, "чай")
    assert panel.begun == []
