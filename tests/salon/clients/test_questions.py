"""The salon asks once and remembers: what is asked, what was answered, and what nobody has asked yet."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from app.errors import BadDate, ChoicesMissing, Gone, ServicesMissing, TextMissing, TextTooLong
from app.salon import undo
from app.salon.clients import answers, questions
from app.salon.clients.answers import KnownAnswers
from app.salon.clients.questions import QuestionFacts
from app.salon.transaction import carry_out
from app.salon.typed import writable
from app.vocabulary import AnswerKind, AskWhen
from tests.builders import SmallSalon, at, small_salon

DRINK = QuestionFacts("Что предложить пить?", AnswerKind.CHOICE, choices=("кофе", "чай", "вода"))


@pytest.fixture
def small() -> SmallSalon:
    return small_salon()


@pytest.fixture
def anna(small: SmallSalon) -> int:
    return small.client()


def ask(small: SmallSalon, facts: QuestionFacts) -> int:
    return carry_out(small.salon, questions.keep, None, facts).value


def known(
    small: SmallSalon, client: int, services: list[int] | None = None, now: datetime | None = None
) -> KnownAnswers:
    return answers.of_client(small.database, client, now or small.clock.now(), services)


def missing(
    small: SmallSalon, client: int, services: list[int] | None = None, now: datetime | None = None
) -> list[str]:
    return [one.text for one in known(small, client, services, now).missing]


def choice(small: SmallSalon, client: int, words: str) -> int:
    every = (*known(small, client).missing, *(one.question for one in known(small, client).answered))
    return next(one.choice_id for question in every for one in question.choices if one.text == words)


# ---- what is asked ----


def test_a_question_stands_after_the_others_until_its_place_is_changed(small: SmallSalon) -> None:
    first, second = ask(small, DRINK), ask(small, QuestionFacts("Музыка?"))
    assert [one.question_id for one in questions.listed(small.database)] == [first, second]
    carry_out(small.salon, questions.set_order, [second, first])
    assert [one.question_id for one in questions.listed(small.database)] == [second, first]


def test_an_archived_question_is_asked_no_more_and_its_answers_stay(small: SmallSalon, anna: int) -> None:
    drink = ask(small, DRINK)
    carry_out(small.salon, answers.answer, anna, drink, choice(small, anna, "чай"))
    carry_out(small.salon, questions.archive, drink)
    assert questions.listed(small.database) == []
    assert [one.text for one in known(small, anna).answered] == ["чай"]
    carry_out(small.salon, questions.restore, drink)
    assert [one.answered for one in questions.listed(small.database)] == [1]


def test_a_choice_that_is_no_longer_offered_still_says_what_was_answered(small: SmallSalon, anna: int) -> None:
    drink = ask(small, DRINK)
    carry_out(small.salon, answers.answer, anna, drink, choice(small, anna, "вода"))
    less = QuestionFacts(DRINK.text, AnswerKind.CHOICE, choices=("чай", "кофе"))
    carry_out(small.salon, questions.keep, drink, less)
    assert questions.listed(small.database)[0].facts.choices == ("чай", "кофе")
    assert [one.text for one in known(small, anna).answered] == ["вода"]
    carry_out(small.salon, questions.keep, drink, DRINK)
    assert small.database.value("SELECT COUNT(*) FROM question_choice") == 3


def test_the_kind_of_answer_stays_once_somebody_has_answered(small: SmallSalon, anna: int) -> None:
    question = ask(small, QuestionFacts("Кофе или чай?"))
    carry_out(small.salon, answers.answer, anna, question, "чай")
    carry_out(small.salon, questions.keep, question, QuestionFacts("Что пьёте?", AnswerKind.YES_NO))
    (one,) = questions.listed(small.database)
    assert (one.facts.text, one.facts.kind) == ("Что пьёте?", AnswerKind.TEXT)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (QuestionFacts("  \x00 "), TextMissing),
        (QuestionFacts("я" * 201), TextTooLong),
        (QuestionFacts("Что?", AnswerKind.CHOICE, choices=("чай", " чай ", "")), ChoicesMissing),
        (QuestionFacts("Что?", AnswerKind.CHOICE, choices=("чай", "я" * 81)), TextTooLong),
        (QuestionFacts("Что?", AnswerKind.TEXT, AskWhen.WITH_SERVICE), ServicesMissing),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    small: SmallSalon, facts: QuestionFacts, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ask(small, facts)
    assert questions.listed(small.database) == []


def test_ready_made_questions_are_taken_over_once(small: SmallSalon) -> None:
    source = QuestionFacts("Как вы нас нашли?", AnswerKind.CHOICE, choices=("а", "б"), code=questions.SOURCE)
    assert carry_out(small.salon, questions.propose, [DRINK, source]).value == 2
    renamed = QuestionFacts("Откуда узнали?", AnswerKind.CHOICE, choices=("а", "б"))
    carry_out(small.salon, questions.keep, questions.listed(small.database)[1].question_id, renamed)
    assert carry_out(small.salon, questions.propose, [DRINK, source]).value == 0
    assert [one.facts.code for one in questions.listed(small.database)] == ["", questions.SOURCE]
    carry_out(small.salon, questions.archive, questions.listed(small.database)[0].question_id)
    assert questions.not_asked_yet(small.database, [DRINK, source]) == []


# ---- what is answered ----


def test_the_newest_answer_holds_and_the_former_one_is_remembered_with_who_and_when(
    small: SmallSalon, anna: int
) -> None:
    drink = ask(small, DRINK)
    carry_out(small.salon, answers.answer, anna, drink, choice(small, anna, "чай"))
    carry_out(small.salon, answers.answer, anna, drink, choice(small, anna, "кофе"))
    (one,) = known(small, anna).answered
    assert (one.text, one.former, one.actor, one.at) == ("кофе", 1, "Администратор", small.clock.now())
    assert [(old.text, old.actor) for old in answers.former(small.database, anna, drink)] == [("чай", "Администратор")]


def test_an_answer_is_taken_back_by_undo(small: SmallSalon, anna: int) -> None:
    drink = ask(small, DRINK)
    done = carry_out(small.salon, answers.answer, anna, drink, choice(small, anna, "чай"))
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert missing(small, anna) == [DRINK.text]


def test_whoever_did_not_want_to_say_is_not_asked_twice(small: SmallSalon, anna: int) -> None:
    drink = ask(small, DRINK)
    assert missing(small, anna) == [DRINK.text]
    carry_out(small.salon, answers.decline, anna, drink)
    assert missing(small, anna) == []
    assert known(small, anna).answered[0].is_declined


def test_a_question_of_every_year_is_asked_again_after_a_year(small: SmallSalon, anna: int) -> None:
    health = ask(small, QuestionFacts("Есть ли аллергии?", AnswerKind.YES_NO, AskWhen.EVERY_YEAR))
    carry_out(small.salon, answers.answer, anna, health, answers.NO)
    now = small.clock.now()
    assert missing(small, anna, now=now + timedelta(days=364)) == []
    assert missing(small, anna, now=now + timedelta(days=365)) == ["Есть ли аллергии?"]


def test_a_question_that_goes_with_a_service_is_asked_when_that_is_booked(small: SmallSalon, anna: int) -> None:
    facts = QuestionFacts("Красили дома?", AnswerKind.YES_NO, AskWhen.WITH_SERVICE, services=(small.colouring,))
    ask(small, facts)
    assert missing(small, anna) == []
    assert missing(small, anna, [small.manicure]) == []
    assert missing(small, anna, [small.manicure, small.colouring]) == ["Красили дома?"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("29.02.2028", "2028-02-29"), ("2027-01-05", "2027-01-05"), ("1 1 1999", "1999-01-01")],
)
def test_a_date_is_understood_also_in_the_future(small: SmallSalon, anna: int, typed: str, kept: str) -> None:
    wedding = ask(small, QuestionFacts("Когда свадьба?", AnswerKind.DATE))
    carry_out(small.salon, answers.answer, anna, wedding, typed)
    assert known(small, anna).answered[0].text == kept


@pytest.mark.parametrize("typed", ["29.02.2027", "вчера", "1.1.9999", "01.01.0001", "<b>", "2026-13-01"])
def test_what_is_no_date_is_refused(small: SmallSalon, anna: int, typed: str) -> None:
    wedding = ask(small, QuestionFacts("Когда свадьба?", AnswerKind.DATE))
    with pytest.raises(BadDate):
        carry_out(small.salon, answers.answer, anna, wedding, typed)


@pytest.mark.parametrize("said", ["", "может быть", "да", "YES"])
def test_yes_or_no_is_one_of_both(small: SmallSalon, anna: int, said: str) -> None:
    question = ask(small, QuestionFacts("Аллергии?", AnswerKind.YES_NO))
    with pytest.raises(TextMissing):
        carry_out(small.salon, answers.answer, anna, question, said)


def test_a_choice_of_another_question_is_no_answer(small: SmallSalon, anna: int) -> None:
    ask(small, DRINK)
    other = ask(small, QuestionFacts("Музыка?", AnswerKind.CHOICE, choices=("джаз", "тишина")))
    with pytest.raises(Gone):
        carry_out(small.salon, answers.answer, anna, other, choice(small, anna, "чай"))
    with pytest.raises(Gone):
        carry_out(small.salon, answers.answer, anna, 999, "чай")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_kept_as_words_or_refused_as_nothing(typed: str) -> None:
    small = small_salon()
    anna, question = small.client(), ask(small, QuestionFacts("Что ещё?"))
    try:
        carry_out(small.salon, answers.answer, anna, question, typed)
    except TextMissing:
        assert not writable(typed).strip()
    else:
        assert known(small, anna).answered[0].text == writable(typed).strip()
    small.database.close()


# ---- at the next visit ----


def test_the_day_names_for_each_visit_what_the_card_lists(small: SmallSalon, anna: int) -> None:
    ask(small, DRINK)
    ask(small, QuestionFacts("Красили дома?", when=AskWhen.WITH_SERVICE, services=(small.colouring,)))
    yearly = ask(small, QuestionFacts("Аллергии?", AnswerKind.YES_NO, AskWhen.EVERY_YEAR))
    carry_out(small.salon, answers.answer, anna, yearly, answers.NO)
    other = small.client("Вера")
    visits = {
        small.book(at(12), anna): (anna, small.manicure),
        small.book(at(12), anna, service=small.colouring): (anna, small.colouring),
        small.book(at(15), other): (other, small.manicure),
        small.book(at(18)): (None, small.manicure),
    }
    later = datetime(2027, 6, 1, tzinfo=UTC)
    for now in (small.clock.now(), later):
        asked = answers.missing_at(small.database, visits, now.date())
        expected = {
            visit: tuple(one.text for one in known(small, client, [service], now).missing)
            for visit, (client, service) in visits.items()
            if client is not None
        }
        assert asked == {visit: texts for visit, texts in expected.items() if texts}


def test_what_speaks_for_itself_is_told_to_the_master(small: SmallSalon, anna: int) -> None:
    source = QuestionFacts("Как нашли?", AnswerKind.CHOICE, choices=("карты", "друзья"), code=questions.SOURCE)
    found, drink, music = ask(small, source), ask(small, DRINK), ask(small, QuestionFacts("Музыка?"))
    health = ask(small, QuestionFacts("Аллергии?", AnswerKind.YES_NO))
    carry_out(small.salon, answers.answer, anna, found, choice(small, anna, "карты"))
    carry_out(small.salon, answers.answer, anna, music, "джаз")
    carry_out(small.salon, answers.answer, anna, drink, choice(small, anna, "кофе"))
    carry_out(small.salon, answers.answer, anna, health, answers.NO)
    silent = small.client("Вера")
    carry_out(small.salon, answers.decline, silent, drink)
    assert answers.told_by(small.database, [anna, silent]) == {anna: ("кофе", "джаз")}
