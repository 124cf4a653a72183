"""Ill today: seven clients, and each of them is called, moved, put off or cancelled; nobody is forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from app.errors import NothingToUndo, SlotTaken
from app.models.connection import Database
from app.salon import check, undo
from app.salon.catalogue import absences, rosters, services, staff
from app.salon.catalogue.patterns import Cycle, Stretch, cyclic
from app.salon.scheduling import booking, calls, free_places, places, replacements, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.calls import Call, CallList
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.free_places import PlaceSearch
from app.salon.transaction import carry_out
from app.vocabulary import CallState, CancelReason, Replacement, VisitStatus
from tests.builders import TODAY, SmallSalon, at, small_salon

DAY = timedelta(days=1)


@pytest.fixture
def morning(small: SmallSalon) -> SmallSalon:
    """It is eight in the morning; Olga has a roster from tomorrow on."""
    small.clock.advance(timedelta(hours=-3))
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TODAY + DAY, Cycle(1, 0), (Stretch(540, 1260),)))
    return small


def ill(small: SmallSalon) -> int:
    """Olga is ill today."""
    return carry_out(small.salon, absences.fall_ill, small.olga).value


def listed(small: SmallSalon, absence: int) -> CallList:
    """The list of calls as it stands."""
    return calls.of_absence(small.salon, absence)


def one(small: SmallSalon, absence: int, visit: int) -> Call:
    """The call about one visit."""
    return next(call for call in listed(small, absence).calls if call.visit_id == visit)


def test_seven_clients_are_settled_one_by_one(morning: SmallSalon) -> None:
    small = morning
    names = ("Анна", "Вера", "Галина", "Дина", "Ева", "Жанна", "Зоя")
    visits = [small.book(at(9 + n), small.client(name, f"8912345670{n}")) for n, name in enumerate(names)]
    elsewhere = small.book(at(9, days=2), small.client("Инна"))
    counted = small.database.value("SELECT count(*) FROM visit")
    absence = ill(small)
    found = listed(small, absence)
    assert [call.visit_id for call in found.calls] == visits
    assert (found.settled, [call.phone for call in found.calls][:1]) == (0, ["+79123456700"])
    assert {call.proposal.kind for call in found.calls if call.proposal} == {Replacement.SAME_TIME}
    assert calls.to_settle(small.database, TODAY, TODAY + DAY) == frozenset(visits)

    for visit in visits[:3]:
        proposal = one(small, absence, visit).proposal
        assert proposal is not None
        carry_out(small.salon, calls.accept, visit, proposal)
    carry_out(small.salon, calls.cancel, visits[3])
    carry_out(small.salon, calls.note_no_answer, absence, visits[4])
    elsewhere_wish = small.wish(at(18), staff=small.maria)
    carry_out(small.salon, booking.change, visits[5], BookingRequest(None, (elsewhere_wish,)))
    states = [call.state for call in listed(small, absence).calls]
    assert states == [
        CallState.MOVED,
        CallState.MOVED,
        CallState.MOVED,
        CallState.CANCELLED,
        CallState.NO_ANSWER,
        CallState.MOVED,
        CallState.TO_CALL,
    ]
    assert listed(small, absence).settled == 5
    assert calls.to_settle(small.database, TODAY, TODAY) == {visits[4], visits[6]}
    assert [(o.absence_id, o.to_call) for o in calls.open_lists(small.database, TODAY)] == [(absence, 2)]

    for visit in (visits[4], visits[6]):
        proposal = one(small, absence, visit).proposal
        assert proposal is not None
        carry_out(small.salon, calls.accept, visit, proposal)
    assert calls.open_lists(small.database, TODAY) == []
    assert small.database.value("SELECT count(*) FROM visit") == counted
    assert small.status(elsewhere) is VisitStatus.BOOKED
    reason = small.database.value("SELECT cancel_reason FROM visit WHERE id = ?", (visits[3],))
    assert reason == CancelReason.MASTER_ABSENT
    assert check.faults(small.database) == []


def test_the_visit_stays_until_its_client_agreed(morning: SmallSalon) -> None:
    small = morning
    visit = small.book(at(12), small.client())
    absence = ill(small)
    call = one(small, absence, visit)
    assert (call.starts_at, call.masters, call.state) == (at(12), ("Ольга Белова",), CallState.TO_CALL)
    assert call.proposal is not None
    assert (call.proposal.starts_at, call.proposal.masters) == (at(12), ("Мария Ким",))


def test_the_nearest_free_start_of_the_day_comes_next(morning: SmallSalon) -> None:
    small = morning
    visit = small.book(at(12), small.client())
    small.book(at(11, 30), staff=small.maria, minutes=120)
    proposal = one(small, ill(small), visit).proposal
    assert proposal is not None
    assert (proposal.kind, proposal.starts_at, proposal.masters) == (Replacement.SAME_DAY, at(10, 30), ("Мария Ким",))


def test_what_nobody_else_does_waits_for_its_master(morning: SmallSalon) -> None:
    """Only Olga does pedicures; tomorrow morning is taken, so the first free place after that is named."""
    small = morning
    visit = small.book(at(12), small.client(), service=small.pedicure)
    small.book(at(9, days=1), minutes=120)
    proposal = one(small, ill(small), visit).proposal
    assert proposal is not None
    assert (proposal.kind, proposal.starts_at) == (Replacement.SAME_MASTER, at(11, days=1))
    assert proposal.masters == ("Ольга Белова",)


def test_where_there_is_no_place_there_is_no_proposal(morning: SmallSalon) -> None:
    small = morning
    visit = small.book(at(12), small.client(), service=small.pedicure)
    absence = carry_out(small.salon, absences.fall_ill, small.olga, TODAY + 300 * DAY).value
    assert one(small, absence, visit).proposal is None


def test_every_proposal_passes_the_validator(morning: SmallSalon) -> None:
    """Accepting each in turn never fails, whatever the day looks like."""
    small = morning
    for n, hour in enumerate((9, 10, 12, 13, 15, 16, 19)):
        small.book(at(hour), service=small.pedicure if n % 3 == 1 else small.manicure, minutes=60)
    for hour in (9, 12, 16):
        small.book(at(hour, 15), staff=small.maria, minutes=60)
    absence = ill(small)
    while True:
        call = next((c for c in listed(small, absence).calls if not c.is_settled), None)
        if call is None:
            break
        assert call.proposal is not None
        carry_out(small.salon, calls.accept, call.visit_id, call.proposal)
    assert listed(small, absence).settled == 7
    assert master_day(small.database, small.olga, TODAY).taken == ()
    assert check.faults(small.database) == []


def offered(small: SmallSalon, absence: int) -> list[tuple[Replacement, datetime]]:
    """What each client of the list is offered."""
    proposals = [call.proposal for call in listed(small, absence).calls]
    return [(one.kind, one.starts_at) for one in proposals if one is not None]


def test_nobody_is_offered_the_place_of_another_in_the_list(morning: SmallSalon) -> None:
    """Both would go to Maria at noon; whoever can keep their hour keeps it, and the other is offered the next."""
    small = morning
    small.book(at(9), staff=small.maria, minutes=120)
    first, second = small.book(at(9), small.client()), small.book(at(11), small.client("Вера"))
    absence = ill(small)
    assert offered(small, absence) == [(Replacement.SAME_DAY, at(12)), (Replacement.SAME_TIME, at(11))]
    proposal = one(small, absence, second).proposal
    assert proposal is not None
    carry_out(small.salon, calls.cancel, second)
    assert offered(small, absence) == [(Replacement.SAME_DAY, at(11))]  # what is given up is offered at once
    again = one(small, absence, first).proposal
    assert again is not None
    carry_out(small.salon, calls.accept, first, again)
    assert listed(small, absence).settled == 2


def test_all_of_them_may_say_yes(morning: SmallSalon) -> None:
    """What the list proposed before the first call is still free at the last, in whatever order they answer."""
    small = morning
    for hour in (9, 10, 11, 12, 15):
        small.book(at(hour), small.client(f"Клиент {hour}"), service=small.pedicure if hour == 15 else None)
    for hour in (9, 12, 16, 19):
        small.book(at(hour), staff=small.maria, minutes=120)
    absence = ill(small)
    found = listed(small, absence).calls
    assert len(found) == 5
    for call in reversed(found):
        assert call.proposal is not None
        carry_out(small.salon, calls.accept, call.visit_id, call.proposal)
    assert listed(small, absence).settled == 5


@pytest.mark.parametrize(("chairs", "hours"), [(2, (12, 12)), (1, (12, 13))])
def test_a_chair_is_offered_once(morning: SmallSalon, chairs: int, hours: tuple[int, int]) -> None:
    """Two masters are free at noon; whether both clients can be offered noon is decided by the chairs."""
    small = morning
    vera = carry_out(small.salon, staff.add, "Вера Лис", "мастер", position=2).value
    carry_out(small.salon, staff.can_do, vera, [small.manicure])
    carry_out(small.salon, staff.plan_weeks, vera, [staff.WorkingHours(1, 12 * 60, 21 * 60)], TODAY, TODAY)
    small.book(at(9), staff=small.maria, minutes=180)
    visits = [small.book(at(hour), small.client(f"Клиент {hour}")) for hour in (9, 10)]
    for number in range(chairs):
        small.room(f"Кресло {number}", small.manicure)
    absence = ill(small)
    assert offered(small, absence) == [(Replacement.SAME_DAY, at(hour)) for hour in hours]
    for visit in visits:
        proposal = one(small, absence, visit).proposal
        assert proposal is not None
        carry_out(small.salon, calls.accept, visit, proposal)
    assert check.faults(small.database) == []


def test_a_visit_of_two_masters_keeps_the_one_who_is_well(morning: SmallSalon) -> None:
    small = morning
    wishes = (small.wish(at(10)), small.wish(at(11), service=small.colouring))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    proposal = one(small, ill(small), visit).proposal
    assert proposal is not None
    assert proposal.kind is Replacement.SAME_TIME
    assert [(one.staff_id, one.service_id) for one in proposal.planned] == [
        (small.maria, small.manicure),
        (small.maria, small.colouring),
    ]
    carry_out(small.salon, calls.accept, visit, proposal)
    rows = small.database.rows("SELECT price, working_minutes FROM booked_service WHERE visit_id = ?", (visit,))
    assert rows == [(180_000, 60), (180_000, 90)]


def test_a_place_that_was_taken_meanwhile_is_refused_and_nothing_moves(morning: SmallSalon) -> None:
    small = morning
    visit = small.book(at(12), small.client())
    absence = ill(small)
    proposal = one(small, absence, visit).proposal
    assert proposal is not None
    small.book(at(12), staff=small.maria)
    with pytest.raises(SlotTaken):
        carry_out(small.salon, calls.accept, visit, proposal)
    assert one(small, absence, visit).state is CallState.TO_CALL


def test_a_settled_line_is_put_back(morning: SmallSalon) -> None:
    small = morning
    moved, cancelled = small.book(at(12), small.client()), small.book(at(14))
    absence = ill(small)
    proposal = one(small, absence, moved).proposal
    assert proposal is not None
    carry_out(small.salon, calls.accept, moved, proposal)
    carry_out(small.salon, calls.cancel, cancelled)
    with pytest.raises(NothingToUndo):
        carry_out(small.salon, calls.take_back, small.book(at(16), staff=small.maria))
    for visit in (moved, cancelled):
        carry_out(small.salon, calls.take_back, visit)
    assert [call.state for call in listed(small, absence).calls] == [CallState.TO_CALL, CallState.TO_CALL]
    assert [call.starts_at for call in listed(small, absence).calls] == [at(12), at(14)]


def test_the_list_survives_a_restart(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "salon.vizit"
    small = small_salon(Database(path), now=at(8))
    visits = [small.book(at(hour), small.client(f"Клиент {hour}")) for hour in (9, 11, 13)]
    absence = ill(small)
    carry_out(small.salon, calls.cancel, visits[0])
    carry_out(small.salon, calls.note_no_answer, absence, visits[1])
    small.database.close()
    again = Database(path)
    rows = calls.open_lists(again, TODAY)
    assert [(row.absence_id, row.to_call) for row in rows] == [(absence, 2)]
    again.close()


def test_only_what_settled_a_line_is_taken_back(morning: SmallSalon) -> None:
    """A word in the comment, before or after, is not what brought the visit elsewhere."""
    first, second = (morning.book(at(hour), morning.client()) for hour in (12, 14))
    absence = ill(morning)

    def note(visit: int, comment: str) -> None:
        standing = places.standing(morning.database, visit)
        wishes = places.one_after_another(standing.starts_at, standing.planned)
        carry_out(morning.salon, booking.change, visit, BookingRequest(standing.client_id, wishes, comment))

    note(first, "звонить после десяти")
    carry_out(morning.salon, waitlist.wait_instead, first)
    carry_out(morning.salon, calls.take_back, first)
    carry_out(morning.salon, booking.move, morning.booked_service(second), morning.olga, at(10, days=5))
    note(second, "просит чай")
    carry_out(morning.salon, calls.take_back, second)
    assert [call.is_settled for call in listed(morning, absence).calls] == [False, False]
    comments = morning.database.rows("SELECT comment FROM visit WHERE id IN (?, ?) ORDER BY id", (first, second))
    assert [row[0] for row in comments] == ["звонить после десяти", "просит чай"]
    with pytest.raises(NothingToUndo):
        carry_out(morning.salon, calls.take_back, second)


@pytest.mark.parametrize("way", ["moved", "cancelled"])
def test_what_was_undone_and_done_again_is_put_back_too(morning: SmallSalon, way: str) -> None:
    visit = morning.book(at(12), morning.client())
    absence = ill(morning)
    if way == "moved":
        booked = morning.booked_service(visit)
        done = carry_out(morning.salon, booking.move, booked, morning.maria, at(12))
    else:
        done = carry_out(morning.salon, calls.cancel, visit)
    undone = carry_out(morning.salon, undo.take_back, done.entry_id or 0)
    with pytest.raises(NothingToUndo):
        carry_out(morning.salon, calls.take_back, visit)
    carry_out(morning.salon, undo.take_back, undone.entry_id or 0)
    assert one(morning, absence, visit).is_settled
    carry_out(morning.salon, calls.take_back, visit)
    assert one(morning, absence, visit).state is CallState.TO_CALL


# ---- two masters at once, and clients who come twice -------------------------------------------------------------


def third_master(small: SmallSalon, *hours: int) -> int:
    """Vera, who does manicures, today from the first of ``hours`` to the second."""
    vera = carry_out(small.salon, staff.add, "Вера Лис", "мастер", position=2).value
    carry_out(small.salon, staff.can_do, vera, [small.manicure])
    working = [staff.WorkingHours(1, hours[0] * 60, hours[1] * 60)]
    carry_out(small.salon, staff.plan_weeks, vera, working, TODAY, TODAY)
    return vera


def all_say_yes(small: SmallSalon, listed: list[Call]) -> None:
    """Everybody agrees to what was said on the phone; none of it is taken."""
    for call in listed:
        assert call.proposal is not None
        carry_out(small.salon, calls.accept, call.visit_id, call.proposal)
    assert check.faults(small.database) == []


@pytest.mark.parametrize("backwards", [False, True])
def test_two_lists_of_one_day_never_promise_the_same_place(morning: SmallSalon, backwards: bool) -> None:
    """Olga and Maria are ill; only Vera is there, and both clients came at noon."""
    small = morning
    third_master(small, 9, 21)
    visits = [small.book(at(12), small.client()), small.book(at(12), small.client("Дина"), staff=small.maria)]
    first = ill(small)
    second = carry_out(small.salon, absences.fall_ill, small.maria).value
    assert offered(small, first) == [(Replacement.SAME_TIME, at(12))]
    assert offered(small, second) == [(Replacement.SAME_DAY, at(11))]
    said = [one(small, absence, visit) for absence, visit in zip((first, second), visits, strict=True)]
    all_say_yes(small, said[::-1] if backwards else said)


def test_what_a_list_said_stays_true_when_another_is_opened(morning: SmallSalon) -> None:
    """The second list chooses after the first, also where the second could keep the hour and the first could not."""
    small = morning
    vera = third_master(small, 9, 14)
    small.book(at(9), staff=vera, minutes=180)
    small.book(at(9), small.client())
    small.book(at(12), small.client("Дина"), staff=small.maria)
    carry_out(small.salon, booking.book, BookingRequest(None, (small.wish(at(9), staff=small.maria, minutes=180),)))
    small.book(at(13), staff=small.maria, minutes=480)
    first = ill(small)
    before = offered(small, first)
    assert before == [(Replacement.SAME_DAY, at(12))]
    second = carry_out(small.salon, absences.fall_ill, small.maria).value
    assert offered(small, first) == before
    assert (Replacement.SAME_TIME, at(12)) not in offered(small, second)


def test_what_the_first_list_has_settled_is_free_for_the_second(morning: SmallSalon) -> None:
    small = morning
    third_master(small, 9, 21)
    visit = small.book(at(12), small.client())
    small.book(at(12), small.client("Дина"), staff=small.maria)
    ill(small)
    second = carry_out(small.salon, absences.fall_ill, small.maria).value
    carry_out(small.salon, calls.cancel, visit)
    assert offered(small, second) == [(Replacement.SAME_TIME, at(12))]


def test_whose_masters_are_both_ill_is_offered_one_place_by_both_lists(morning: SmallSalon) -> None:
    small = morning
    vera = third_master(small, 9, 21)
    wishes = (small.wish(at(12)), small.wish(at(13), staff=small.maria))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    lists = [carry_out(small.salon, absences.fall_ill, master).value for master in (small.olga, small.maria)]
    proposals = [one(small, absence, visit).proposal for absence in lists]
    assert proposals[0] == proposals[1]
    assert proposals[0] is not None
    assert [each.staff_id for each in proposals[0].planned] == [vera, vera]


def test_nobody_is_offered_an_hour_at_which_they_are_here_anyway(morning: SmallSalon) -> None:
    """Anna's hair is coloured from 12 to 14:45; her manicure at noon was squeezed in, and cannot go to Vera then."""
    small = morning
    third_master(small, 9, 21)
    anna = small.client()
    small.book(at(12), anna, service=small.colouring)
    small.book(at(12), anna)
    assert offered(small, ill(small)) == [(Replacement.SAME_DAY, at(11))]


def test_a_later_day_does_not_lie_over_another_visit_of_the_client(morning: SmallSalon) -> None:
    """Only Olga does pedicures: her first hours of tomorrow are free, but Anna is with Maria then."""
    small = morning
    anna = small.client()
    small.book(at(9, days=1), anna, staff=small.maria)
    small.book(at(12), anna, service=small.pedicure)
    assert offered(small, ill(small)) == [(Replacement.SAME_MASTER, at(10, days=1))]


def test_two_visits_of_one_client_are_not_put_on_one_hour(morning: SmallSalon) -> None:
    """Both were with Olga; Maria and Vera are free at the same hours, but Anna has only two hands."""
    small = morning
    third_master(small, 12, 13)
    anna = small.client()
    small.book(at(9), staff=small.maria, minutes=180)
    small.book(at(13), staff=small.maria, minutes=480)
    visits = [small.book(at(hour), anna) for hour in (9, 11)]
    absence = ill(small)
    starts = [call.proposal.starts_at for call in listed(small, absence).calls if call.proposal]
    assert starts[0] == at(12)
    assert len(set(starts)) == len(starts) == len(visits)


def test_who_has_cancelled_the_other_visit_is_free_then(morning: SmallSalon) -> None:
    small = morning
    anna = small.client()
    other = small.book(at(9, days=1), anna, staff=small.maria)
    small.book(at(12), anna, service=small.pedicure)
    carry_out(small.salon, booking.cancel, other, CancelReason.CLIENT_ASKED)
    assert offered(small, ill(small)) == [(Replacement.SAME_MASTER, at(9, days=1))]


HOURS = st.tuples(st.sampled_from(["olga", "maria"]), st.integers(0, 3), st.integers(9, 19))


@settings(max_examples=settings().max_examples // 6)
@given(st.lists(HOURS, min_size=2, max_size=5, unique_by=lambda one: (one[0], one[2])), st.randoms())
def test_whatever_two_lists_say_can_be_kept_in_any_order(booked: list[tuple[str, int, int]], order: Random) -> None:
    """Each who agrees gets what was said before the first call, and nobody is in two places by that."""
    small = small_salon(now=at(8))
    third_master(small, 9, 21)
    clients = [small.client(name) for name in ("Анна", "Вера", "Галина", "Дина")]
    for master, who, hour in booked:
        staff_id = small.olga if master == "olga" else small.maria
        taken = small.database.value(_BUSY, (clients[who], f"{TODAY} {hour:02}:00"))
        if taken is None:
            small.book(at(hour), clients[who], staff=staff_id)
    lists = [carry_out(small.salon, absences.fall_ill, one).value for one in (small.olga, small.maria)]
    said = [call for absence in lists for call in listed(small, absence).calls if call.proposal is not None]
    order.shuffle(said)
    all_say_yes(small, said)
    assert small.database.rows(_TWICE) == []
    small.database.close()


_BUSY = """
SELECT 1 FROM visit v JOIN booked_service b ON b.visit_id = v.id WHERE v.client_id = ? AND b.starts_at = ?
"""
_TWICE = """
SELECT v.client_id FROM visit v JOIN booked_service b ON b.visit_id = v.id
JOIN visit w ON w.client_id = v.client_id AND w.id > v.id JOIN booked_service o ON o.visit_id = w.id
WHERE b.starts_at < o.ends_at AND o.starts_at < b.ends_at
"""


def test_the_day_of_each_master_is_read_once_however_many_are_to_be_called(morning: SmallSalon) -> None:
    small = morning
    visits = [small.book(at(9 + n), small.client(f"Анна {n}")) for n in range(7)]
    absence = ill(small)
    asked: list[str] = []
    small.database.connection.set_trace_callback(asked.append)
    found = listed(small, absence)
    small.database.connection.set_trace_callback(None)
    assert [call.proposal.kind for call in found.calls if call.proposal] == [Replacement.SAME_TIME] * len(visits)
    assert sum("FROM shift WHERE staff_id = " in one for one in asked) == 1


def steps_of(database: Database, read: Callable[[], object]) -> int:
    """How many tens of steps the engine takes to read something."""
    steps: list[None] = []
    database.connection.set_progress_handler(lambda: steps.append(None), 10)
    read()
    database.connection.set_progress_handler(None, 10)
    return len(steps)


def test_the_calls_of_former_years_are_not_read_again(morning: SmallSalon) -> None:
    """Ten years of illnesses leave thousands of calls; what is open is found by the absences that last."""
    small = morning
    visits = [small.book(at(9 + n)) for n in range(7)]
    absence = ill(small)

    def badge() -> object:
        return calls.open_lists(small.database, TODAY)

    def places_for_all() -> object:
        return dict(replacements.each(small.salon, absence))

    before = [steps_of(small.database, read) for read in (badge, places_for_all)]
    former = [small.book(at(hour, days=-days)) for days in range(1, 6) for hour in range(9, 20)]
    for year in range(10):
        sql = "INSERT INTO absence (staff_id, first_day, last_day, kind, note, created_at) VALUES (?, ?, ?, ?, '', ?)"
        day = f"20{year + 10}-05-07"
        old = small.database.connection.execute(sql, (small.olga, day, day, "sick_leave", f"{day} 06:00:00.000000"))
        for visit in former:
            small.database.connection.execute(
                "INSERT INTO absence_call (absence_id, visit_id) VALUES (?, ?)", (old.lastrowid, visit)
            )
    assert [one.to_call for one in calls.open_lists(small.database, TODAY)] == [len(visits)]
    for read, steps in zip((badge, places_for_all), before, strict=True):
        assert steps_of(small.database, read) - steps < 100, "550 old calls"


# ---- another place for one who is to be called -----------------------------------------------------------------


def beside(small: SmallSalon, visit: int, *masters: int) -> replacements.BesidePromises:
    """Where the visit could go today, and what of it is promised to others."""
    manicure = next(each for each in services.offered(small.database) if each.service_id == small.manicure)
    wanted = free_places.wanted(manicure).only_by(masters or manicure.masters)
    search = PlaceSearch((wanted,), TODAY, 1, visit_id=visit)
    return replacements.find_beside(small.salon, search, replacements.promises(small.salon, visit))


def test_the_place_of_another_is_told_apart(morning: SmallSalon) -> None:
    """Anna wants another hour: that of Vera, who is to be called next, is hers; her own proposal is free to her."""
    small = morning
    anna = small.book(at(12), small.client())
    small.book(at(14), small.client("Вера Лис"))
    assert not replacements.is_to_be_called(small.salon, anna)
    ill(small)
    assert replacements.is_to_be_called(small.salon, anna)
    found = beside(small, anna)
    assert at(12) in [place.starts_at for place in found.left]
    around = [at(13, 15), at(13, 30), at(13, 45), at(14), at(14, 15), at(14, 30), at(14, 45)]
    assert [(place.starts_at, client) for place, client in found.promised] == [(start, "Вера Лис") for start in around]


def test_the_places_of_the_other_lists_are_promised_as_well(morning: SmallSalon) -> None:
    """Also those of a list that was opened later: somebody may have read them on the phone already."""
    small = morning
    vera = third_master(small, 9, 21)
    anna = small.book(at(10), small.client())
    dina = small.book(at(16), small.client("Дина"), staff=small.maria)
    ill(small)
    carry_out(small.salon, absences.fall_ill, small.maria)
    assert {client for _place, client in beside(small, anna, vera).promised} == {"Дина"}
    assert {client for _place, client in beside(small, dina, vera).promised} == {"Анна Щёлкина"}


def test_the_last_chair_is_promised_too(morning: SmallSalon) -> None:
    """Dina is to have Vera's three o'clock and the only chair; until four Maria has none for Anna."""
    small = morning
    small.room("Кресло", small.manicure)
    third_master(small, 15, 21)
    small.book(at(13), service=small.colouring)
    anna = small.book(at(12), small.client())
    small.book(at(14), small.client("Дина"))
    assert offered(small, ill(small)) == [(Replacement.SAME_TIME, at(12)), (Replacement.SAME_DAY, at(15))]
    found = beside(small, anna, small.maria)
    assert [(place.starts_at, client) for place, client in found.promised] == [(at(15, 45), "Дина")]
    assert at(16) in [place.starts_at for place in found.left]


@settings(max_examples=settings().max_examples // 6)
@given(st.lists(HOURS, min_size=2, max_size=4, unique_by=lambda one: (one[0], one[2])), st.randoms())
def test_whoever_takes_what_is_left_takes_nothing_from_others(
    booked: list[tuple[str, int, int]], chance: Random
) -> None:
    """One goes to any place that is promised to nobody; all others still get what was said to them."""
    small = small_salon(now=at(8))
    vera = third_master(small, 9, 21)
    small.room("Кресло", small.manicure)
    small.room("Второе кресло", small.manicure)
    for master, _who, hour in booked:
        if small.database.row(_STARTS, (f"{TODAY} {hour:02}:00",)) is None:
            small.book(
                at(hour), small.client(f"{master} {hour}"), staff=small.olga if master == "olga" else small.maria
            )
    lists = [carry_out(small.salon, absences.fall_ill, one).value for one in (small.olga, small.maria)]
    said = [call for absence in lists for call in listed(small, absence).calls]
    chosen = chance.choice(said)
    place = chance.choice(beside(small, chosen.visit_id, vera).left)
    there = calls.Proposal(Replacement.SAME_DAY, place.starts_at, place.planned, ())
    carry_out(small.salon, calls.accept, chosen.visit_id, there)
    all_say_yes(small, [call for call in said if call is not chosen and call.proposal is not None])
    small.database.close()


_STARTS = "SELECT 1 FROM booked_service WHERE starts_at = ?"
