"""The first start: after a minute the first client can be booked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.clock import standing_at
from app.errors import BadDuration, NameMissing
from app.salon import check
from app.salon.catalogue import opening, price_lists, rosters, services, staff
from app.salon.catalogue.opening import OpeningPlan
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.transaction import Salon, carry_out
from app.vocabulary import Language
from tests.builders import TODAY, ZONE, at, new_database

PLAN = OpeningPlan(
    " Студия на Садовой ", 9 * 60, 21 * 60, (0, 1, 2, 3, 4, 5), ("Ольга", " ", "Мария "), ("nails", "hair")
)


@pytest.fixture
def new() -> Iterator[Salon]:
    """A file that was made a moment ago, on Tuesday morning."""
    salon = Salon(new_database(), standing_at(at(9), ZONE), "Вера")
    yield salon
    salon.database.close()


def test_the_first_client_can_be_booked_at_once(new: Salon) -> None:
    carry_out(new, opening.open_salon, PLAN, Language.RUSSIAN)
    olga, maria = staff.masters(new.database)
    assert (olga.name, maria.name) == ("Ольга", "Мария")
    first = services.offered(new.database)[0]
    assert first.masters == (olga.staff_id, maria.staff_id)
    wish = ServiceWish(first.service_id, olga.staff_id, at(12), first.lengths, first.price)
    assert carry_out(new, booking.book, BookingRequest(None, (wish,))).value
    assert check.faults(new.database) == []


def test_the_salon_has_its_name_and_hours(new: Salon) -> None:
    carry_out(new, opening.open_salon, PLAN, Language.RUSSIAN)
    facts = new.profile
    assert (facts.name, facts.opens_minute, facts.closes_minute) == ("Студия на Садовой", 540, 1260)
    assert not facts.is_sample


def test_everybody_works_on_the_opening_days_from_today_on(new: Salon) -> None:
    carry_out(new, opening.open_salon, PLAN, Language.RUSSIAN)
    days = [row[0] for row in new.database.rows("SELECT DISTINCT day FROM shift ORDER BY day")]
    assert days[0] == TODAY.isoformat()
    assert days[-1] == (TODAY + timedelta(weeks=rosters.HORIZON_WEEKS)).isoformat()
    assert (TODAY + timedelta(days=5)).isoformat() not in days, "Sunday"


def test_a_salon_may_begin_without_a_price_list(new: Salon) -> None:
    carry_out(new, opening.open_salon, replace(PLAN, trades=()), Language.RUSSIAN)
    assert services.offered(new.database) == []
    assert len(staff.masters(new.database)) == 2


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        (replace(PLAN, name="  "), NameMissing),
        (replace(PLAN, masters=("", " ")), NameMissing),
        (replace(PLAN, closes=PLAN.opens), BadDuration),
    ],
)
def test_half_a_salon_is_not_opened(new: Salon, plan: OpeningPlan, error: type[Exception]) -> None:
    with pytest.raises(error):
        carry_out(new, opening.open_salon, plan, Language.RUSSIAN)
    assert staff.here(new.database) == []
    assert new.database.value("SELECT count(*) FROM journal_entry") == 0


@pytest.mark.parametrize("language", Language)
def test_a_shipped_price_list_is_one_that_a_salon_could_print(language: Language) -> None:
    for trade in price_lists.TRADES:
        assert price_lists.trade_name(trade, language)
        offered = price_lists.read(language, (trade,))
        assert {one.category for one in offered.services.values()} == set(range(len(offered.categories)))
        names = [one.name for one in offered.services.values()]
        assert len(set(names)) == len(names) > 4
        for one in offered.services.values():
            assert one.price > 0
            assert one.lengths.working % 5 == one.lengths.gap % 5 == one.lengths.finishing % 5 == 0
            assert offered.checklists[one.checklist].steps
            assert all(step.text.strip() for step in offered.checklists[one.checklist].steps)


def test_codes_are_short_and_nobody_elses() -> None:
    codes = [one.code for one in price_lists.read(Language.RUSSIAN).services.values()]
    assert len(set(codes)) == len(codes)
    assert max(map(len, codes)) <= 4
