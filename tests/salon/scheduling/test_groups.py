"""Clients who come together: booked as one, moved as one, and each can stay away alone."""

from datetime import timedelta

import pytest

from app.errors import Gone, NothingToBook, OutsideShift, SlotTaken, VisitClosed
from app.salon import check
from app.salon.reminders import queue
from app.salon.scheduling import agenda, booking, groups
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.groups import BookedGroup
from app.salon.scheduling.said_back import said_back_together
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import CancelReason, VisitStatus
from app.wording import weekday_name
from tests.builders import TODAY, SmallSalon, at

DAY = at(0, days=2).date()


def requests(small: SmallSalon) -> list[BookingRequest]:
    """A mother and then her daughter, both with Olga; a friend with Maria."""
    return [
        BookingRequest(small.client("Анна"), (small.wish(at(12, days=2)),)),
        BookingRequest(small.client("Вера"), (small.wish(at(13, days=2)),)),
        BookingRequest(None, (small.wish(at(12, days=2), staff=small.maria),)),
    ]


@pytest.fixture
def wedding(small: SmallSalon) -> BookedGroup:
    return carry_out(small.salon, groups.book_group, "Свадьба", requests(small)).value


def starts(small: SmallSalon, group: BookedGroup) -> list[str]:
    return [f"{one.starts_at:%H:%M}" for one in groups.read(small.database, group.group_id).visits]


def test_they_are_booked_together_and_shown_as_a_group(small: SmallSalon, wedding: BookedGroup) -> None:
    found = groups.read(small.database, wedding.group_id)
    assert (found.name, [one.client_name for one in found.visits]) == ("Свадьба", ["Анна", "", "Вера"])
    assert {one.group_id for one in agenda.of_day(small.database, DAY).entries} == {wedding.group_id}
    assert all(queue.of_visit(small.database, one) for one in wedding.visit_ids[:2])


def test_all_or_none(small: SmallSalon) -> None:
    small.book(at(13, 30, days=2))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, groups.book_group, "", requests(small))
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    assert small.database.value("SELECT COUNT(*) FROM visit_group") == 0
    with pytest.raises(NothingToBook):
        carry_out(small.salon, groups.book_group, "", [])


def test_one_stays_away_and_the_others_come(small: SmallSalon, wedding: BookedGroup) -> None:
    carry_out(small.salon, booking.cancel, wedding.visit_ids[0], CancelReason.CLIENT_ILL)
    assert [small.status(one) for one in wedding.visit_ids[1:]] == [VisitStatus.BOOKED] * 2
    carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=1))
    assert starts(small, wedding) == ["12:00", "13:00", "14:00"]
    assert small.status(wedding.visit_ids[0]) is VisitStatus.CANCELLED


def test_they_move_by_the_same_distance_and_are_in_nobodys_way(small: SmallSalon, wedding: BookedGroup) -> None:
    """The mother goes where the daughter stood."""
    moved = carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=1))
    assert starts(small, wedding) == ["13:00", "13:00", "14:00"]
    carry_out(small.salon, take_back, moved.entry_id or 0)
    assert starts(small, wedding) == ["12:00", "12:00", "13:00"]
    carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(days=1))
    assert {one.group_id for one in agenda.of_day(small.database, at(0, days=3).date()).entries} == {wedding.group_id}
    assert check.faults(small.database) == []


def test_or_none_of_them_moves(small: SmallSalon, wedding: BookedGroup) -> None:
    small.book(at(15, days=2))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=2))
    with pytest.raises(OutsideShift):
        carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=8))
    assert starts(small, wedding) == ["12:00", "12:00", "13:00"]


def test_who_has_been_served_stays_when_the_others_are_put_off(small: SmallSalon, wedding: BookedGroup) -> None:
    first, *others = wedding.visit_ids
    begins = starts(small, wedding)
    small.complete(first)
    carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=3))
    assert starts(small, wedding) == [begins[0], "15:00", "16:00"]
    for one in others:
        small.complete(one)
    with pytest.raises(VisitClosed):
        carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=-2))


def test_whoever_has_no_hour_keeps_the_group_where_it_is(small: SmallSalon, wedding: BookedGroup) -> None:
    small.database.rows("UPDATE booked_service SET takes_time = 0 WHERE visit_id = ?", (wedding.visit_ids[2],))
    with pytest.raises(Gone):
        carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=1))
    assert starts(small, wedding) == ["12:00", "12:00", "13:00"]


def test_a_friend_joins_and_leaves(small: SmallSalon, wedding: BookedGroup) -> None:
    late = small.book(at(17, days=2))
    assert carry_out(small.salon, groups.join, late, wedding.visit_ids[0]).value == wedding.group_id
    assert len(starts(small, wedding)) == 4
    carry_out(small.salon, groups.leave, late)
    alone = small.book(at(18, days=2))
    new = carry_out(small.salon, groups.join, late, alone).value
    assert [one.visit_id for one in groups.read(small.database, new).visits] == [late, alone]
    with pytest.raises(Gone):
        carry_out(small.salon, groups.join, late, 999)


def test_the_last_who_comes_of_a_group_comes_alone(small: SmallSalon) -> None:
    """Cancelled, stayed away or gone for herself: whoever is left bears no mark, until the other comes after all."""
    visits = [small.book(at(hour, days=2), small.client(name)) for hour, name in ((12, "Анна"), (13, "Вера"))]
    group = carry_out(small.salon, groups.join, visits[1], visits[0]).value

    def marked() -> list[int | None]:
        return [one.group_id for one in agenda.of_day(small.database, DAY).entries]

    assert marked() == [group, group]
    done = carry_out(small.salon, booking.cancel, visits[0], CancelReason.CLIENT_ILL)
    assert set(marked()) == {None}
    carry_out(small.salon, take_back, done.entry_id or 0)
    assert marked() == [group, group]
    carry_out(small.salon, groups.leave, visits[0])
    assert marked() == [None, None]


def test_who_was_put_to_another_day_comes_for_herself(small: SmallSalon, wedding: BookedGroup) -> None:
    """The daughter cannot on Thursday. The others move without her, until all of them come on one day again."""
    mother, daughter, friend = wedding.visit_ids
    later = at(17, days=5)
    carry_out(small.salon, booking.move, small.booked_service(daughter), small.olga, later)
    assert [one.group_id for one in agenda.of_day(small.database, later.date()).entries] == [None]
    assert {one.group_id for one in agenda.of_day(small.database, DAY).entries} == {wedding.group_id}
    together = groups.of_visit(small.database, mother)
    assert together is not None
    assert {one.visit_id for one in together.visits} == {mother, friend}
    said = said_back_together(small.database, wedding.visit_ids, TODAY)
    assert said.count(weekday_name(DAY)) == said.count(weekday_name(later.date())) == 1
    carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=1), DAY)
    assert starts(small, wedding) == ["13:00", "13:00", "17:00"]
    carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(days=3), DAY)
    assert {one.group_id for one in agenda.of_day(small.database, later.date()).entries} == {wedding.group_id}


def test_a_group_that_nobody_comes_of(small: SmallSalon, wedding: BookedGroup) -> None:
    for one in wedding.visit_ids:
        carry_out(small.salon, booking.cancel, one, CancelReason.CLIENT_ILL)
    with pytest.raises(Gone):
        carry_out(small.salon, groups.move_group, wedding.group_id, timedelta(hours=1))
    with pytest.raises(Gone):
        groups.read(small.database, 999)


def test_who_comes_at_about_the_same_time_is_proposed(small: SmallSalon, wedding: BookedGroup) -> None:
    """Not who is of the group already, nor who comes hours later, cancelled, or on another day."""
    soon = small.book(at(14, days=2), small.client("Зоя"))
    small.book(at(18, days=2))
    small.book(at(12, days=3))
    gone = small.book(at(15, days=2))
    carry_out(small.salon, booking.cancel, gone, CancelReason.CLIENT_ASKED)
    assert [one.visit_id for one in groups.near(small.database, wedding.visit_ids[0])] == [soon]
    assert len(groups.near(small.database, soon)) == 3
    assert groups.of_visit(small.database, soon) is None
    with pytest.raises(Gone):
        groups.of_visit(small.database, 999)
