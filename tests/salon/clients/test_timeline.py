"""One line of time: everything that happened with a client, newest first, a page at a time."""

from datetime import timedelta

import pytest

from app.salon import undo
from app.salon.clients import answers, bonuses, notes, questions, register, timeline
from app.salon.clients.questions import QuestionFacts
from app.salon.clients.timeline import EVERYTHING, HappenedKind, Page
from app.salon.followup import complaints, tasks
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.vocabulary import Action, NoteKind, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon


@pytest.fixture
def small() -> SmallSalon:
    return small_salon()


@pytest.fixture
def anna(small: SmallSalon) -> int:
    """A client about whom something of each kind was written down this morning, after a visit and before another."""
    client = small.client("Анна", "8 912 345-67-89")
    small.complete(small.book(at(10, days=-20), client))
    small.book(at(15, days=7), client, service=small.colouring)
    question = carry_out(small.salon, questions.keep, None, QuestionFacts("Музыка?")).value
    acts = (
        (notes.add, client, NoteKind.NOTE, "боится фена"),
        (notes.add, client, NoteKind.CALL, "опаздывает на 10 минут"),
        (bonuses.change, client, 30_000, "за подругу"),
        (answers.answer, client, question, "джаз"),
        (answers.decline, client, question),
        (tasks.give, tasks.Promise("перезвонить", at(18), small.olga, client)),
        (complaints.record, client, complaints.Grievance("скол", TODAY)),
        (register.set_wishes, client, "тишина"),
    )
    for act in acts:
        small.clock.advance(timedelta(seconds=1))
        carry_out(small.salon, *act)
    return client


def read(small: SmallSalon, client: int, kinds: frozenset[HappenedKind] = EVERYTHING) -> Page:
    return timeline.read(small.database, client, small.clock.now(), ZONE, kinds)


def test_everything_stands_in_the_order_of_the_wall_newest_first(small: SmallSalon, anna: int) -> None:
    lines = read(small, anna).lines
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert lines[1].kind is HappenedKind.MESSAGE
    kinds = [line.kind for line in lines if line.kind is not HappenedKind.MESSAGE]
    assert kinds[0] is HappenedKind.VISIT
    assert kinds[1:9] == [
        HappenedKind.CHANGE,
        HappenedKind.COMPLAINT,
        HappenedKind.PROMISE,
        HappenedKind.ANSWER,
        HappenedKind.ANSWER,
        HappenedKind.BONUS,
        HappenedKind.CALL,
        HappenedKind.NOTE,
    ]
    assert kinds[-1] is HappenedKind.VISIT
    assert lines[2].at == at(11)


def test_a_visit_tells_what_with_whom_and_how_much(small: SmallSalon, anna: int) -> None:
    first = read(small, anna).lines[0]
    assert (first.text, first.more, first.amount, first.word) == (
        "Окрашивание",
        "Мария Ким",
        180_000,
        VisitStatus.BOOKED,
    )
    assert first.at == at(15, days=7)


def test_pages_make_the_whole_and_each_is_one_query(small: SmallSalon, anna: int) -> None:
    whole = read(small, anna).lines
    told: list[timeline.Happened] = []
    place = None
    while True:
        asked: list[str] = []
        small.database.connection.set_trace_callback(asked.append)
        page = timeline.read(small.database, anna, small.clock.now(), ZONE, after=place, limit=3)
        small.database.connection.set_trace_callback(None)
        assert len(asked) == 1
        told += page.lines
        if page.next_from is None:
            break
        place = page.next_from
    assert tuple(told) == whole


@pytest.mark.parametrize("kind", list(HappenedKind))
def test_a_filter_shows_its_kind_alone(small: SmallSalon, anna: int, kind: HappenedKind) -> None:
    assert {line.kind for line in read(small, anna, frozenset({kind})).lines} <= {kind}


def test_changes_alone_tell_also_how_a_visit_came_to_be(small: SmallSalon, anna: int) -> None:
    among_all = [line.word for line in read(small, anna).lines if line.kind is HappenedKind.CHANGE]
    assert among_all == [Action.CLIENT_CHANGED, Action.CLIENT_ADDED]
    alone = [line.word for line in read(small, anna, frozenset({HappenedKind.CHANGE})).lines]
    assert {Action.VISIT_BOOKED, Action.VISIT_STATUS_SET, Action.NOTE_ADDED} < set(alone)


def test_what_was_undone_says_so_until_it_is_done_again(small: SmallSalon, anna: int) -> None:
    done = carry_out(small.salon, register.rename, anna, "Аня")
    undone = carry_out(small.salon, undo.take_back, done.entry_id or 0)
    changes = frozenset({HappenedKind.CHANGE})
    assert read(small, anna, changes).lines[0].more == "undone"
    carry_out(small.salon, undo.take_back, undone.entry_id or 0)
    assert read(small, anna, changes).lines[0].more == ""


def test_the_lines_of_others_are_not_here(small: SmallSalon, anna: int) -> None:
    other = small.client("Вера")
    carry_out(small.salon, notes.add, other, NoteKind.NOTE, "чужая")
    assert all(line.text != "чужая" for line in read(small, anna).lines)
    assert [line.kind for line in read(small, other).lines] == [HappenedKind.NOTE, HappenedKind.CHANGE]


def test_a_cancelled_visit_stays_on_the_line(small: SmallSalon, anna: int) -> None:
    from app.vocabulary import CancelReason

    visit = read(small, anna).lines[0].visit_id
    assert visit is not None
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ILL)
    assert read(small, anna).lines[0].word == VisitStatus.CANCELLED
