"""What is pasted or offered is booked without a form: the alerts of the client are shown before it is booked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.salon.clients import alerts, register, standing
from app.salon.scheduling import holds, wait_matches, waitlist
from app.salon.scheduling.wait_matches import Matching
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.ui.calendar.clipboard import Clipboard
from app.ui.desk import Desk
from app.ui.waiting.acts import WaitingActs
from app.vocabulary import AlertKind, AlertMoment
from tests.builders import TODAY, ZONE, SmallSalon, at
from tests.fakes import ScriptedAsker
from tests.ui.conftest import Counter

Book = Callable[[Desk], int | None]


def _waits(small: SmallSalon, client: int) -> wait_matches.Match:
    window = Window(TODAY, TODAY + timedelta(days=9))
    entry = carry_out(small.salon, waitlist.add, NewWait(client, (small.manicure,), (window,), (small.olga,))).value
    matching = Matching(small.database, now=small.salon.wall_now(), step_minutes=30, zone=ZONE)
    match = matching.of(waitlist.one(small.database, ZONE, entry))
    assert match is not None
    return match


def pasted(small: SmallSalon, client: int) -> Book:
    visit = small.book(at(12), client)

    def paste(desk: Desk) -> int | None:
        clipboard = Clipboard(desk)
        clipboard.copy(visit)
        return clipboard.paste(small.olga, at(16))

    return paste


def offered(small: SmallSalon, client: int) -> Book:
    match = _waits(small, client)
    return lambda desk: WaitingActs(desk).book(match)


def held(small: SmallSalon, client: int) -> Book:
    match = _waits(small, client)
    hold = carry_out(small.salon, holds.hold, match.request(), match.waiting.entry_id).value
    return lambda desk: WaitingActs(desk).book_held(hold)


WAYS = pytest.mark.parametrize("way", [pasted, offered, held])


@WAYS
def test_alerts_are_shown_and_acknowledged_before_it_is_booked(
    counter: Counter, way: Callable[[SmallSalon, int], Book]
) -> None:
    small, anna = counter.small, counter.small.client()
    book = way(small, anna)
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "латекс")
    before = small.database.value("SELECT COUNT(*) FROM visit")
    with ScriptedAsker(False, True) as asker:
        desk = replace(counter.desk, asker=asker)
        assert book(desk) is None
        assert small.database.value("SELECT COUNT(*) FROM visit") == before
        visit = book(desk)
    assert asker.asked == ["Анна Щёлкина: прочтите перед записью"] * 2
    assert asker.details == ["аллергия: латекс"] * 2
    assert visit is not None
    assert [one.moment for one in alerts.seen_at(small.database, visit)] == [AlertMoment.BOOKING]


@WAYS
def test_whoever_has_no_alert_is_booked_at_once(counter: Counter, way: Callable[[SmallSalon, int], Book]) -> None:
    assert way(counter.small, counter.small.client())(counter.desk) is not None


def test_a_place_that_is_taken_is_refused_before_anything_is_asked(counter: Counter) -> None:
    small, anna = counter.small, counter.small.client()
    book = pasted(small, anna)
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "латекс")
    small.book(at(16))
    assert book(counter.desk) is None
    assert counter.asker.asked == []


def test_an_alert_and_the_wish_not_to_book_are_both_answered(counter: Counter) -> None:
    small, anna = counter.small, counter.small.client()
    book = pasted(small, anna)
    carry_out(small.salon, register.warn, anna, AlertKind.DEBT, "1 800 ₽")
    carry_out(small.salon, standing.do_not_book, anna, "четыре неявки")
    with ScriptedAsker("внесла предоплату", True) as asker:
        assert book(replace(counter.desk, asker=asker)) is not None
