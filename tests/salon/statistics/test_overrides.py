"""The owner's list of visits that were booked although the place was taken."""

from dataclasses import replace

from app.salon.scheduling import booking, groups
from app.salon.scheduling.booking import BookingRequest
from app.salon.statistics import overrides
from app.salon.statistics.overrides import Override
from app.salon.statistics.periods import Period
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason
from tests.builders import TODAY, ZONE, SmallSalon, at


def told(small: SmallSalon) -> list[Override]:
    return overrides.of_period(small.database, Period(TODAY, TODAY), ZONE)


def over(small: SmallSalon, reason: str = "сестра подождёт", client: str = "Вера Ломова") -> int:
    request = BookingRequest(small.client(client), (small.wish(at(12, 30)),), overbooked_reason=reason)
    return carry_out(replace(small.salon, actor="Света"), booking.book, request).value


def test_who_decided_what_when_and_why(small: SmallSalon) -> None:
    small.book(at(12), small.client())
    visit = over(small)
    (one,) = told(small)
    assert (one.visit_id, one.starts_at, one.client_name) == (visit, at(12, 30), "Вера Ломова")
    assert (one.services, one.masters) == (("Маникюр с покрытием",), ("Ольга Белова",))
    assert (one.reason, one.decided_by, one.decided_at) == ("сестра подождёт", "Света", at(11))
    assert one.is_shared


def test_an_ordinary_visit_and_a_reason_for_nothing_are_not_in_it(small: SmallSalon) -> None:
    small.book(at(15), small.client())
    assert told(small) == []


def test_what_was_decided_is_told_after_the_other_visit_went(small: SmallSalon) -> None:
    first = small.book(at(12), small.client())
    over(small)
    carry_out(small.salon, booking.cancel, first, CancelReason.CLIENT_ILL)
    (one,) = told(small)
    assert (one.reason, one.is_shared) == ("сестра подождёт", False)


def test_a_visit_that_was_changed_over_another_is_told_of_that_act(small: SmallSalon) -> None:
    small.book(at(12), small.client())
    later = small.book(at(17), small.client("Вера Ломова"))
    request = BookingRequest(None, (small.wish(at(12, 15)),), overbooked_reason="по просьбе мастера")
    carry_out(replace(small.salon, actor="Ирина"), booking.change, later, request)
    (one,) = told(small)
    assert (one.visit_id, one.reason, one.decided_by) == (later, "по просьбе мастера", "Ирина")


def test_the_latest_comes_first_and_other_days_are_not_in_it(small: SmallSalon) -> None:
    small.book(at(12), small.client())
    first = over(small)
    small.book(at(18), small.client("Инна Зуева"))
    request = BookingRequest(None, (small.wish(at(18, 30)),), overbooked_reason="очень просила")
    second = carry_out(small.salon, booking.book, request).value
    assert [one.visit_id for one in told(small)] == [second, first]
    tomorrow = at(9, days=1).date()
    assert overrides.of_period(small.database, Period(tomorrow, tomorrow), ZONE) == []


def test_each_visit_of_a_group_says_who_decided_and_when(small: SmallSalon) -> None:
    """One act books them all, and its journal entry names only the first."""
    small.book(at(12), small.client())
    small.book(at(12), small.client("Инна Зуева"), staff=small.maria)
    requests = [
        BookingRequest(small.client(name), (small.wish(at(12, 30), staff=staff),), overbooked_reason="подруги вместе")
        for name, staff in (("Вера Ломова", small.olga), ("Рита Ясная", small.maria))
    ]
    carry_out(replace(small.salon, actor="Света"), groups.book_group, "", requests)
    both = told(small)
    assert {one.client_name for one in both} == {"Вера Ломова", "Рита Ясная"}
    assert {(one.decided_by, one.decided_at, one.reason) for one in both} == {("Света", at(11), "подруги вместе")}


def test_who_decided_is_known_also_when_the_visit_that_the_act_names_went_to_another_day(small: SmallSalon) -> None:
    """The journal entry of a group names its first visit; the other one is found through the group."""
    small.book(at(12), small.client())
    small.book(at(12), small.client("Инна Зуева"), staff=small.maria)
    requests = [
        BookingRequest(small.client(name), (small.wish(at(12, 30), staff=staff),), overbooked_reason="подруги вместе")
        for name, staff in (("Вера Ломова", small.olga), ("Рита Ясная", small.maria))
    ]
    first, second = carry_out(replace(small.salon, actor="Света"), groups.book_group, "", requests).value.visit_ids
    carry_out(small.salon, booking.move, small.booked_service(first), small.olga, at(15, days=1))
    (one,) = told(small)
    assert (one.visit_id, one.decided_by, one.decided_at) == (second, "Света", at(11))
