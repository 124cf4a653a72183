"""Changing the price list: what is booked stays as it was agreed."""

import pytest

from app.errors import BadDuration, Gone, NameMissing
from app.salon import undo
from app.salon.catalogue import services, staff
from app.salon.catalogue.services import ListedService, NewService
from app.salon.checklists import templates
from app.salon.scheduling import agenda
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import carry_out
from tests.builders import TODAY, SmallSalon, at


def listed(small: SmallSalon, service: int) -> ListedService:
    """A service as the price list shows it."""
    return next(one for one in services.listed(small.database, TODAY) if one.service_id == service)


def dearer(small: SmallSalon, price: int | None = 220_000) -> NewService:
    """The manicure with another price, length and name."""
    before = listed(small, small.manicure)
    return NewService(before.category_id, "Маникюр «Люкс»", Lengths(75), price, "М7", 28, before.template_id)


def test_the_list_says_all_that_can_be_changed(small: SmallSalon) -> None:
    small.book(at(15), small.client())
    small.book(at(10, days=-2))
    one = listed(small, small.manicure)
    assert (one.name, one.category_name, one.template_name) == ("Маникюр с покрытием", "Ногти", "Маникюр")
    assert (one.price, one.interval_days, one.lengths) == (180_000, 21, Lengths(60))
    assert one.masters == ((small.olga, "Ольга Белова"), (small.maria, "Мария Ким"))
    assert one.visits_ahead == 1
    assert listed(small, small.pedicure).visits_ahead == 0


def test_a_new_price_never_touches_what_is_booked(small: SmallSalon) -> None:
    small.book(at(15), small.client())
    small.complete(small.book(at(10)))
    booked = small.database.rows("SELECT price, working_minutes, starts_at, ends_at FROM booked_service ORDER BY id")
    carry_out(small.salon, services.change, small.manicure, dearer(small))
    assert (
        small.database.rows("SELECT price, working_minutes, starts_at, ends_at FROM booked_service ORDER BY id")
        == booked
    )
    now = listed(small, small.manicure)
    assert (now.name, now.price, now.lengths, now.code, now.interval_days) == (
        "Маникюр «Люкс»",
        220_000,
        Lengths(75),
        "М7",
        28,
    )


def test_a_change_can_be_taken_back(small: SmallSalon) -> None:
    before = services.listed(small.database, TODAY)
    done = carry_out(small.salon, services.keep, small.manicure, dearer(small, None), [small.maria], "Уход за руками")
    assert listed(small, small.manicure).category_name == "Уход за руками"
    assert listed(small, small.manicure).price is None
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert services.listed(small.database, TODAY) == before
    assert [one.name for one in services.categories(small.database)] == ["Ногти", "Волосы"]


def test_a_new_service_comes_last_in_its_category(small: SmallSalon) -> None:
    nails = listed(small, small.manicure).category_id
    carry_out(small.salon, services.keep, None, NewService(nails, "Снятие", Lengths(15), 50_000), [small.olga])
    names = [one.name for one in services.listed(small.database, TODAY)]
    assert names == ["Маникюр с покрытием", "Педикюр", "Снятие", "Окрашивание"]
    assert listed(small, small.manicure).masters[0][0] == small.olga


def test_a_form_that_changes_nothing_leaves_no_trace(small: SmallSalon) -> None:
    one = listed(small, small.manicure)
    same = NewService(one.category_id, one.name, one.lengths, one.price, one.code, one.interval_days, one.template_id)
    done = carry_out(small.salon, services.keep, small.manicure, same, [small.olga, small.maria])
    assert done.entry_id is None


def test_who_left_keeps_what_they_could_do(small: SmallSalon) -> None:
    """If they come back, nobody has to remember it."""
    carry_out(small.salon, staff.archive, small.olga)
    carry_out(small.salon, services.set_masters, small.manicure, [])
    left = small.database.rows("SELECT staff_id FROM staff_service WHERE service_id = ?", (small.manicure,))
    assert left == [(small.olga,)]


@pytest.mark.parametrize("wrong", [Lengths(0), Lengths(60, -5), Lengths(60, 0, -1), Lengths(600, 600, 600)])
def test_impossible_lengths_are_refused(small: SmallSalon, wrong: Lengths) -> None:
    nails = listed(small, small.manicure).category_id
    with pytest.raises(BadDuration):
        carry_out(small.salon, services.change, small.manicure, NewService(nails, "Маникюр", wrong, 1))
    with pytest.raises(BadDuration):
        carry_out(small.salon, services.keep, None, NewService(nails, "Маникюр", wrong, 1), [], "Новая")
    assert len(services.categories(small.database)) == 2


def test_a_service_keeps_a_name(small: SmallSalon) -> None:
    nails = listed(small, small.manicure).category_id
    with pytest.raises(NameMissing):
        carry_out(small.salon, services.change, small.manicure, NewService(nails, "  ", Lengths(60), 1))
    with pytest.raises(Gone):
        carry_out(small.salon, services.change, 4711, NewService(nails, "Маникюр", Lengths(60), 1))


def test_archiving_removes_no_visit(small: SmallSalon) -> None:
    """Elsewhere visits vanished with their service or master, and the calendar was empty."""
    small.book(at(15), small.client())
    small.complete(small.book(at(10, days=-1)))

    def standing() -> list[object]:
        counted = small.database.rows("SELECT (SELECT COUNT(*) FROM visit), (SELECT COUNT(*) FROM occupancy)")
        return [counted, agenda.of_day(small.database, TODAY).entries]

    before = standing()
    carry_out(small.salon, services.archive, small.manicure)
    carry_out(small.salon, staff.archive, small.olga)
    assert standing() == before
    assert [one.name for one in services.listed(small.database, TODAY)] == ["Педикюр", "Окрашивание"]


def test_the_checklists_are_offered_by_name(small: SmallSalon) -> None:
    carry_out(small.salon, templates.add, "Волосы", ())
    assert [name for _id, name in templates.named(small.database)] == ["Волосы", "Маникюр"]
