"""The price list: what is offered, by whom, for how long and for how much."""

import pytest

from app.errors import BadDuration, Gone, NameMissing
from app.salon.catalogue import services, staff
from app.salon.catalogue.services import NewService
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import carry_out
from app.vocabulary import Topic
from tests.builders import SmallSalon, at


def names(small: SmallSalon) -> list[str]:
    """The price list in its order."""
    return [one.name for one in services.offered(small.database)]


def category_of(small: SmallSalon, name: str) -> int:
    """The id of a family of services."""
    return int(small.database.value("SELECT id FROM service_category WHERE name = ?", (name,)))


def test_the_price_list_says_all_that_booking_needs(small: SmallSalon) -> None:
    manicure, _pedicure, colouring = services.offered(small.database)
    assert (manicure.name, manicure.category_name, manicure.price) == ("Маникюр с покрытием", "Ногти", 180_000)
    assert manicure.masters == (small.olga, small.maria)
    assert colouring.lengths == Lengths(90, 45, 30)
    assert colouring.masters == (small.maria,)


def test_a_service_on_request_is_not_free(small: SmallSalon) -> None:
    nails = category_of(small, "Ногти")
    carry_out(small.salon, services.add, NewService(nails, "Дизайн", Lengths(30), None))
    carry_out(small.salon, services.add, NewService(nails, "Консультация", Lengths(15), 0))
    prices = {one.name: one.price for one in services.offered(small.database)}
    assert (prices["Дизайн"], prices["Консультация"]) == (None, 0)


def test_the_order_is_the_salons_own(small: SmallSalon) -> None:
    carry_out(small.salon, services.add_category, "Брови", 2, 0)
    brows = category_of(small, "Брови")
    carry_out(small.salon, services.add, NewService(brows, "Окрашивание бровей", Lengths(30), 90_000), 2)
    carry_out(small.salon, services.add, NewService(brows, "Коррекция", Lengths(20), 80_000), 1)
    assert names(small) == ["Маникюр с покрытием", "Педикюр", "Коррекция", "Окрашивание бровей", "Окрашивание"]


def test_what_nobody_does_is_offered_all_the_same(small: SmallSalon) -> None:
    """Else nobody would notice that a master is missing."""
    new = NewService(category_of(small, "Волосы"), "Стрижка", Lengths(45), 200_000)
    carry_out(small.salon, services.add, new)
    assert next(one for one in services.offered(small.database) if one.name == "Стрижка").masters == ()


def test_spaces_around_a_name_are_nobodys_wish(small: SmallSalon) -> None:
    new = NewService(category_of(small, "Ногти"), "  Снятие ", Lengths(15), 50_000, code=" С1 ")
    carry_out(small.salon, services.add, new)
    added = next(one for one in services.offered(small.database) if one.name == "Снятие")
    assert added.code == "С1"


@pytest.mark.parametrize("name", ["", "   ", "\u00a0"])
def test_nothing_is_offered_without_a_name(small: SmallSalon, name: str) -> None:
    before = names(small)
    with pytest.raises(NameMissing):
        carry_out(small.salon, services.add, NewService(category_of(small, "Ногти"), name, Lengths(30), 100))
    with pytest.raises(NameMissing):
        carry_out(small.salon, services.add_category, name, 0)
    assert names(small) == before


@pytest.mark.parametrize("minutes", [0, 4, -30])
def test_nothing_takes_no_time(small: SmallSalon, minutes: int) -> None:
    with pytest.raises(BadDuration):
        carry_out(small.salon, services.add, NewService(category_of(small, "Ногти"), "Миг", Lengths(minutes), 100))


def test_an_archived_service_keeps_its_visits(small: SmallSalon) -> None:
    anna = small.client()
    visit = small.book(at(15), anna)
    done = carry_out(small.salon, services.archive, small.manicure)
    assert "Маникюр с покрытием" not in names(small)
    assert small.booked_service(visit)
    assert done.changes.concerns(Topic.CATALOGUE)
    with pytest.raises(Gone):
        carry_out(small.salon, services.archive, 4711)


def test_a_master_who_left_does_nothing_any_more(small: SmallSalon) -> None:
    carry_out(small.salon, staff.archive, small.olga)
    manicure = services.offered(small.database)[0]
    assert manicure.masters == (small.maria,)
