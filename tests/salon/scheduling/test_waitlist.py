"""The waiting list: who fits a place that became free, who comes first, and why."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from app.errors import (
    AlreadyWaits,
    BadWindow,
    Gone,
    NoClientToWait,
    NothingToBook,
    SalonError,
    ServedNow,
    VisitClosed,
    WaitOver,
)
from app.salon import undo
from app.salon.catalogue import rosters, services as catalogue, shifts, staff
from app.salon.catalogue.patterns import Cycle, Stretch, cyclic
from app.salon.scheduling import agenda, booking, freed_time, wait_matches, waiting_words, waitlist
from app.salon.scheduling.availability import Wish, refusal
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.intervals import Interval, Lengths
from app.salon.scheduling.places import DayBooks
from app.salon.scheduling.wait_matches import Match, Matching
from app.salon.scheduling.waitlist import NewWait, Waiting, Window
from app.salon.transaction import carry_out
from app.vocabulary import Action, CancelReason, VisitStatus, WaitlistStatus
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon

ANY_TIME = Window(TODAY, TODAY + timedelta(days=20))
EVENINGS = replace(ANY_TIME, weekdays=frozenset(range(5)), from_minute=17 * 60)


def wait(
    small: SmallSalon,
    client: int,
    *windows: Window,
    services: tuple[int, ...] = (),
    masters: tuple[int, ...] = (),
) -> int:
    """Put somebody on the list; a manicure at any time when nothing else is said."""
    new = NewWait(client, services or (small.manicure,), windows or (ANY_TIME,), masters)
    return carry_out(small.salon, waitlist.add, new).value


def matching(small: SmallSalon) -> Matching:
    return Matching(small.database, now=small.salon.wall_now(), step_minutes=15, zone=ZONE)


def cancelled(small: SmallSalon, visit: int) -> list[Match]:
    """Cancel a visit; who could take what became free."""
    done = carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ILL)
    assert done.entry_id is not None
    freed = freed_time.freed_by(small.database, done.entry_id, small.salon.wall_now())
    return matching(small).freed(freed, without_client=freed_time.client_of_act(small.database, done.entry_id))


def clients_of(matches: list[Match]) -> list[str]:
    return [match.waiting.client_name for match in matches]


def the_one(small: SmallSalon, entry: int) -> Waiting:
    return waitlist.one(small.database, ZONE, entry)


# ---- the list ------------------------------------------------------------------------------------------------


def test_the_list_tells_what_was_asked_for_and_since_when(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина", "+7 912 345-67-89")
    new = NewWait(anna, (small.manicure, small.pedicure), (EVENINGS, ANY_TIME), (small.olga,), "Можно позже")
    entry = carry_out(small.salon, waitlist.add, new).value
    small.clock.advance(timedelta(days=6))
    (line,) = waitlist.listed(small.database, ZONE)
    assert line.entry_id == entry
    assert line.as_wish() == new
    assert (line.client_name, line.phone, line.minutes) == ("Анна Щёлкина", "+79123456789", 150)
    assert line.since == at(11)
    assert waiting_words.waits(line.since, small.salon.wall_now()).replace("\u00a0", " ") == "ждёт 6 дней"


def test_the_longest_wait_stands_first_and_a_change_does_not_move_it(small: SmallSalon) -> None:
    first = wait(small, small.client("Первая"))
    small.clock.advance(timedelta(hours=1))
    wait(small, small.client("Вторая"))
    small.clock.advance(timedelta(hours=1))
    changed = replace(the_one(small, first).as_wish(), service_ids=(small.pedicure,), windows=(EVENINGS,))
    carry_out(small.salon, waitlist.change, first, changed)
    lines = waitlist.listed(small.database, ZONE)
    assert [line.client_name for line in lines] == ["Первая", "Вторая"]
    assert lines[0].as_wish() == changed
    assert waitlist.count(small.database) == 2


def test_a_wish_that_makes_no_sense_is_refused(small: SmallSalon) -> None:
    anna = small.client()
    bad = {
        NothingToBook: NewWait(anna, (), (ANY_TIME,)),
        BadWindow: NewWait(anna, (small.manicure,), ()),
        Gone: NewWait(anna, (999,), (ANY_TIME,)),
    }
    for kind, new in bad.items():
        with pytest.raises(kind):
            carry_out(small.salon, waitlist.add, new)
    for window in (
        Window(TODAY, TODAY - timedelta(days=1)),
        Window(TODAY - timedelta(days=9), TODAY - timedelta(days=1)),
        replace(ANY_TIME, from_minute=600, to_minute=600),
        replace(ANY_TIME, weekdays=frozenset({7})),
        replace(ANY_TIME, weekdays=frozenset()),
        replace(ANY_TIME, last_day=TODAY, to_minute=11 * 60),
    ):
        with pytest.raises(BadWindow):
            carry_out(small.salon, waitlist.add, NewWait(anna, (small.manicure,), (window,)))
    assert waitlist.count(small.database) == 0


def test_nobody_waits_twice_for_the_same(small: SmallSalon) -> None:
    anna = small.client()
    entry = wait(small, anna)
    with pytest.raises(AlreadyWaits):
        wait(small, anna, EVENINGS)
    wait(small, anna, services=(small.pedicure,))
    carry_out(small.salon, waitlist.withdraw, entry)
    wait(small, anna)


def test_a_wish_is_withdrawn_once_and_undo_brings_it_back(small: SmallSalon) -> None:
    entry = wait(small, small.client())
    done = carry_out(small.salon, waitlist.withdraw, entry)
    assert waitlist.count(small.database) == 0
    with pytest.raises(WaitOver):
        carry_out(small.salon, waitlist.withdraw, entry)
    with pytest.raises(WaitOver):
        carry_out(small.salon, waitlist.change, entry, the_one(small, entry).as_wish())
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert waitlist.count(small.database) == 1


def test_whose_time_is_over_waits_no_more_and_is_told_of_once(small: SmallSalon) -> None:
    tomorrow = TODAY + timedelta(days=1)
    entry = wait(small, small.client("Анна"), replace(ANY_TIME, last_day=tomorrow, to_minute=15 * 60))
    wait(small, small.client("Вера"))
    small.clock.advance(timedelta(days=1, hours=3, minutes=59))
    assert not waitlist.has_expired(small.database, small.salon.wall_now())
    assert carry_out(small.salon, waitlist.expire).value == ()
    small.clock.advance(timedelta(minutes=1))
    assert waitlist.has_expired(small.database, small.salon.wall_now())
    assert [line.client_name for line in carry_out(small.salon, waitlist.expire).value] == ["Анна"]
    assert carry_out(small.salon, waitlist.expire).value == ()
    assert [line.entry_id for line in waitlist.expired(small.database, ZONE, small.clock.now())] == [entry]
    carry_out(small.salon, waitlist.change, entry, replace(the_one(small, entry).as_wish(), windows=(ANY_TIME,)))
    assert waitlist.count(small.database) == 2


def test_a_weekend_that_does_not_come_again_is_over_before_its_last_day(small: SmallSalon) -> None:
    saturday = TODAY + timedelta(days=4)
    wait(small, small.client(), Window(TODAY, saturday + timedelta(days=4), frozenset({5})))
    small.clock.advance(timedelta(days=5))
    assert len(carry_out(small.salon, waitlist.expire).value) == 1


def test_a_visit_is_given_up_for_another_time_without_a_question(small: SmallSalon) -> None:
    anna = small.client()
    visit = small.book(at(15), anna)
    done = carry_out(small.salon, waitlist.wait_instead, visit)
    line = the_one(small, done.value)
    assert small.status(visit) is VisitStatus.CANCELLED
    assert (line.client_id, line.service_ids, line.staff_ids) == (anna, (small.manicure,), (small.olga,))
    assert small.database.value("SELECT COUNT(*) FROM occupancy") == 0
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert small.status(visit) is VisitStatus.BOOKED
    assert waitlist.count(small.database) == 0


def test_nobody_waits_for_a_master_who_left_nor_for_what_is_no_longer_offered(small: SmallSalon) -> None:
    wishes = (small.wish(at(15)), small.wish(at(16), service=small.pedicure))
    request = BookingRequest(small.client("Анна"), wishes)
    visit = carry_out(small.salon, booking.book, request).value
    carry_out(small.salon, staff.archive, small.olga)
    carry_out(small.salon, catalogue.archive, small.pedicure)
    entry = carry_out(small.salon, waitlist.wait_instead, visit).value
    assert (the_one(small, entry).service_ids, the_one(small, entry).staff_ids) == ((small.manicure,), ())
    assert small.status(visit) is VisitStatus.CANCELLED


def test_who_cannot_be_called_and_what_is_history_does_not_wait(small: SmallSalon) -> None:
    with pytest.raises(NoClientToWait):
        carry_out(small.salon, waitlist.wait_instead, small.book(at(15)))
    visit = small.book(at(16), small.client())
    small.complete(visit)
    with pytest.raises(VisitClosed):
        carry_out(small.salon, waitlist.wait_instead, visit)
    served = small.book(at(11), small.client("Вера"))
    carry_out(small.salon, booking.set_status, served, VisitStatus.IN_SERVICE)
    with pytest.raises(ServedNow):
        carry_out(small.salon, waitlist.wait_instead, served)
    with pytest.raises(Gone):
        carry_out(small.salon, waitlist.wait_instead, 999)
    assert waitlist.count(small.database) == 0


# ---- matches -------------------------------------------------------------------------------------------------


def fill(small: SmallSalon, day: date = TODAY) -> dict[int, int]:
    """Olga's day from 9 to 21 is full of other people; the visit of each hour. Maria does hair alone."""
    carry_out(small.salon, staff.can_do, small.maria, [small.colouring])
    return {hour: small.book(at(hour, day=day), small.client(f"Клиентка {hour}")) for hour in range(9, 21)}


def test_a_cancelled_hour_finds_those_who_wait_the_longest_first(small: SmallSalon) -> None:
    visits = fill(small)
    wait(small, small.client("Вечерняя"), EVENINGS)
    small.clock.advance(timedelta(minutes=10))
    wait(small, small.client("Любое время"))
    small.clock.advance(timedelta(minutes=10))
    wait(small, small.client("Долгая"), services=(small.pedicure,))
    found = cancelled(small, visits[18])
    assert clients_of(found) == ["Вечерняя", "Любое время"]
    assert found[0].place.starts_at == at(18)
    assert found[0].place.staff_ids == (small.olga,)
    # Two hours in a row have room for the pedicure too; an hour that is no evening suits nobody of the evenings.
    assert clients_of(cancelled(small, visits[17])) == ["Вечерняя", "Любое время", "Долгая"]
    assert clients_of(cancelled(small, visits[13])) == ["Любое время"]


def test_each_is_told_why(small: SmallSalon) -> None:
    visits = fill(small, TODAY + timedelta(days=6))
    wait(small, small.client("Анна"), replace(EVENINGS, last_day=TODAY + timedelta(days=60)))
    wait(small, small.client("Вера"), masters=(small.olga,))
    small.clock.advance(timedelta(days=6))
    found = cancelled(small, visits[18])
    said = [waiting_words.why(match, small.salon.wall_now()).replace("\u00a0", " ") for match in found]
    assert said == [
        "ждёт 6 дней, маникюр с покрытием 1 ч, будни после 17:00",
        "ждёт 6 дней, маникюр с покрытием 1 ч, до 1 июня, просит: Ольга Б.",
    ]


def test_who_gave_the_place_up_is_not_called_to_take_it(small: SmallSalon) -> None:
    visits = fill(small)
    done = carry_out(small.salon, waitlist.wait_instead, visits[15])
    assert done.entry_id is not None
    freed = freed_time.freed_by(small.database, done.entry_id, small.salon.wall_now())
    assert [each.interval.starts_at for each in freed] == [at(15)]
    client = freed_time.client_of_act(small.database, done.entry_id)
    assert matching(small).freed(freed, without_client=client) == []


def test_the_past_is_offered_to_nobody(small: SmallSalon) -> None:
    visits = fill(small)
    wait(small, small.client("Анна"))
    assert cancelled(small, visits[10]) == []
    small.clock.advance(timedelta(hours=3, minutes=20))
    assert cancelled(small, visits[14]) == []


def test_a_booking_that_is_taken_back_is_no_news(small: SmallSalon) -> None:
    wait(small, small.client("Анна"))
    booked = carry_out(small.salon, booking.book, BookingRequest(small.client("Ольга"), (small.wish(at(15)),)))
    back = carry_out(small.salon, undo.take_back, booked.entry_id or 0)
    assert freed_time.freed_by(small.database, back.entry_id or 0, small.salon.wall_now()) == []


def test_a_place_that_was_free_before_is_no_news(small: SmallSalon) -> None:
    carry_out(small.salon, staff.can_do, small.maria, [small.colouring])
    visit = small.book(at(15), small.client("Катя"))
    wait(small, small.client("Анна"), replace(ANY_TIME, to_minute=14 * 60))
    assert cancelled(small, visit) == []


def test_on_each_of_several_days_the_place_that_became_free_comes_first(small: SmallSalon) -> None:
    """A series that is cancelled frees many days: on none of them is it rather somewhat before."""
    carry_out(small.salon, staff.can_do, small.maria, [small.colouring])
    tomorrow, week = TODAY + timedelta(days=1), TODAY + timedelta(days=7)
    freed = [
        freed_time.Freed(small.olga, "Ольга", Interval(at(15, day=day), at(16, day=day))) for day in (tomorrow, week)
    ]
    wait(small, small.client("Анна"), Window(week, week))
    wait(small, small.client("Вера"))
    anna, vera = matching(small).freed(freed)
    assert anna.place.starts_at == at(15, day=week)
    assert vera.place.starts_at == at(15, day=tomorrow)


def test_another_master_is_proposed_only_to_those_whom_it_suits(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client("Катя"))
    wait(small, small.client("К Марии"), masters=(small.maria,))
    wait(small, small.client("К Ольге"), masters=(small.olga,))
    assert clients_of(cancelled(small, visit)) == ["К Ольге"]


def test_what_the_asked_for_master_does_not_do_somebody_else_may(small: SmallSalon) -> None:
    entry = wait(small, small.client(), services=(small.pedicure, small.colouring), masters=(small.olga,))
    found = matching(small).of(the_one(small, entry))
    assert found is not None
    assert found.place.staff_ids == (small.olga, small.maria)
    other = wait(small, small.client("Вера"), services=(small.colouring,), masters=(small.olga,))
    assert matching(small).of(the_one(small, other)) is None


def test_a_service_that_is_no_longer_offered_matches_nothing(small: SmallSalon) -> None:
    entry = wait(small, small.client())
    carry_out(small.salon, catalogue.archive, small.manicure)
    assert matching(small).of(the_one(small, entry)) is None
    assert waitlist.listed(small.database, ZONE)[0].services


def test_a_gap_of_another_visit_is_a_place_too(small: SmallSalon) -> None:
    """The colouring leaves Maria free for 45 minutes, which is no room for an hour."""
    visit = small.book(at(14), small.client("Катя"), service=small.colouring)
    wait(small, small.client("Анна"), services=(small.colouring,))
    assert [match.place.starts_at for match in cancelled(small, visit)] == [at(14)]


def test_a_wish_that_is_dropped_ends_when_its_last_service_does(small: SmallSalon) -> None:
    """Between two services the master cleans and lays out: the client stays that much longer."""
    small.lasts(small.manicure, Lengths(60, after=15))
    small.lasts(small.pedicure, Lengths(90, before=5))
    entry = carry_out(
        small.salon, waitlist.add, NewWait(small.client(), (small.manicure, small.pedicure), (ANY_TIME,))
    ).value
    line = waitlist.one(small.database, ZONE, entry)
    place = wait_matches.place_at(matching(small), line, small.olga, at(15))
    visit = carry_out(small.salon, waitlist.book, entry, wait_matches.request_at(line, place)).value
    ends = max(one.ends_at for one in agenda.of_day(small.database, TODAY).entries if one.visit_id == visit)
    assert place.ends_at == ends == at(17, 50)


def test_dropped_on_a_room_what_the_room_is_fit_for_takes_it(small: SmallSalon) -> None:
    """The manicure is done wherever there is a place for it."""
    small.room("Кресло", small.manicure)
    bath, _other = small.room("Ванна 2", small.pedicure), small.room("Ванна 1", small.pedicure)
    new = NewWait(small.client(), (small.manicure, small.pedicure), (ANY_TIME,))
    line = waitlist.one(small.database, ZONE, carry_out(small.salon, waitlist.add, new).value)
    place = wait_matches.place_in_room(matching(small), line, bath, at(15), DayBooks(small.database))
    assert [one.rooms for one in place.planned] == [(), (bath,)]
    anywhere = wait_matches.place_in_room(matching(small), line, None, at(15), DayBooks(small.database))
    assert [one.rooms for one in anywhere.planned] == [(), ()]


def test_whoever_waited_is_booked_and_waits_no_more(small: SmallSalon) -> None:
    visits = fill(small)
    entry = wait(small, small.client("Анна"))
    (match,) = cancelled(small, visits[15])
    done = carry_out(small.salon, waitlist.book, entry, match.request())
    line = the_one(small, entry)
    assert line.status is WaitlistStatus.BOOKED
    assert small.database.value("SELECT visit FROM waitlist_entry WHERE id = ?", (entry,)) == done.value
    with pytest.raises(WaitOver):
        carry_out(small.salon, waitlist.book, entry, match.request())
    assert done.entry_id is not None
    assert carry_out(small.salon, undo.take_back, done.entry_id).value is Action.VISIT_BOOKED
    assert the_one(small, entry).status is WaitlistStatus.WAITING


def test_an_undone_cancellation_leaves_nothing_free(small: SmallSalon) -> None:
    visits = fill(small)
    wait(small, small.client("Анна"))
    done = carry_out(small.salon, booking.cancel, visits[15], CancelReason.CLIENT_ASKED)
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert freed_time.freed_by(small.database, done.entry_id, small.salon.wall_now()) == []


window_of_days = st.builds(
    Window,
    st.integers(0, 2).map(lambda ahead: TODAY + timedelta(days=ahead)),
    st.integers(2, 4).map(lambda ahead: TODAY + timedelta(days=ahead)),
    st.sampled_from([frozenset(range(7)), frozenset({1, 2, 3}), frozenset({3})]),
    st.sampled_from([0, 10 * 60, 17 * 60]),
    st.sampled_from([12 * 60 + 30, 18 * 60, 24 * 60]),
).filter(lambda window: window.from_minute < window.to_minute and not window.is_past(at(11)))


@settings(max_examples=settings().max_examples // 4)
@given(
    booked=st.lists(st.tuples(st.integers(0, 47), st.integers(0, 2), st.booleans()), max_size=12),
    wishes=st.lists(
        st.tuples(
            st.lists(st.integers(0, 2), min_size=1, max_size=2),
            st.integers(0, 3),
            st.lists(window_of_days, min_size=1, max_size=2),
        ),
        min_size=1,
        max_size=4,
    ),
    cancels=st.integers(0, 11),
)
def test_whoever_fits_is_found_and_can_be_booked_at_once(
    booked: list[tuple[int, int, bool]],
    wishes: list[tuple[list[int], int, list[Window]]],
    cancels: int,
) -> None:
    """Every match can be booked, nobody who fits is left out, and the longest wait comes first."""
    small = small_salon()
    visits: list[int] = []
    for quarter, ahead, by_olga in booked:
        start = at(9, days=ahead) + timedelta(minutes=15 * quarter)
        try:
            visits.append(small.book(start, staff=small.olga if by_olga else small.maria))
        except SalonError:
            continue
    services = [small.manicure, small.pedicure, small.colouring]
    for number, (chosen, masters, windows) in enumerate(wishes):
        asked = {0: (), 1: (small.olga,), 2: (small.maria,), 3: (small.olga, small.maria)}[masters]
        wait(
            small, small.client(f"Ждёт {number}"), *windows, services=tuple(services[i] for i in chosen), masters=asked
        )
        small.clock.advance(timedelta(seconds=1))
    if not visits:
        return
    found = cancelled(small, visits[cancels % len(visits)])
    assert [match.waiting.since for match in found] == sorted(match.waiting.since for match in found)
    for match in found:
        for place in match.places[:3]:
            assert any(window.holds(place) for window in match.waiting.windows)
            assert _can_be_booked(small, match, place.starts_at)
    got = {match.waiting.entry_id: {place.starts_at for place in match.places} for match in found}
    freed = small.database.row(
        "SELECT starts_at, ends_at, staff_id FROM booked_service WHERE visit_id = ?", (visits[cancels % len(visits)],)
    )
    assert freed is not None
    begins, ends, staff_id = datetime.fromisoformat(freed[0]), datetime.fromisoformat(freed[1]), freed[2]
    for waiting in waitlist.listed(small.database, ZONE):
        if len(waiting.services) == 1:
            _nobody_is_left_out(small, waiting, got.get(waiting.entry_id, set()), begins, ends, staff_id)
    small.database.close()


def _can_be_booked(small: SmallSalon, match: Match, starts_at: datetime) -> bool:
    place = next(place for place in match.places if place.starts_at == starts_at)
    request = wait_matches.request_at(match.waiting, place)
    done = carry_out(small.salon, waitlist.book, match.waiting.entry_id, request)
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    return True


def _nobody_is_left_out(
    small: SmallSalon, waiting: Waiting, got: set[datetime], begins: datetime, ends: datetime, staff_id: int
) -> None:
    """Every quarter of the day is tried with the validator: what uses the freed time must be among the matches."""
    if waiting.staff_ids and staff_id not in waiting.staff_ids:
        assert not got
        return
    lengths = small.wish(begins, service=waiting.service_ids[0]).lengths
    day = master_day(small.database, staff_id, begins.date())
    for quarter in range(96):
        start = at(0, day=begins.date()) + timedelta(minutes=15 * quarter)
        wish = Wish(waiting.service_ids[0], "", start, lengths)
        parts = [(start, start + timedelta(minutes=lengths.working))]
        if lengths.finishing:
            until = start + timedelta(minutes=lengths.total)
            parts.append((until - timedelta(minutes=lengths.finishing), until))
        uses = any(a < ends and begins < b for a, b in parts)
        end = start + timedelta(minutes=lengths.total)
        suits = any(
            one.is_open_on(start.date())
            and one.from_minute <= start.hour * 60 + start.minute
            and (end - at(0, day=start.date())).total_seconds() <= one.to_minute * 60
            for one in waiting.windows
        )
        if uses and suits and start >= small.salon.wall_now() and refusal(day, wish) is None:
            assert start in got, (waiting, start)


# ---- what else makes a place -----------------------------------------------------------------------------------


def test_an_hour_that_somebody_works_in_addition_is_a_place_for_who_waits(small: SmallSalon) -> None:
    """Only the added hour is news; half a year of a new schedule is none, but for its next days."""
    late = replace(ANY_TIME, from_minute=21 * 60)
    wait(small, small.client("Анна"), late)
    longer = shifts.DayWish(small.olga, at(0, days=1).date(), (Stretch(9 * 60, 22 * 60 + 30),))
    done = carry_out(small.salon, shifts.set_days, [longer])
    freed = freed_time.freed_by(small.database, done.entry_id or 0, small.salon.wall_now())
    assert [one.interval for one in freed] == [Interval(at(21, days=1), at(22, 30, days=1))]
    (match,) = matching(small).freed(freed)
    assert match.place.starts_at == at(21, days=1)
    nights = cyclic(TODAY + timedelta(days=2), Cycle(1, 0), longer.hours)
    done = carry_out(small.salon, rosters.plan, small.olga, nights)
    freed = freed_time.freed_by(small.database, done.entry_id or 0, small.salon.wall_now())
    assert [one.interval.starts_at for one in freed] == [at(21, days=ahead) for ahead in range(2, 8)]
    fewer = carry_out(small.salon, shifts.set_days, [replace(longer, hours=(Stretch(9 * 60, 12 * 60),))])
    assert freed_time.freed_by(small.database, fewer.entry_id or 0, small.salon.wall_now()) == []


def test_who_comes_anyway_is_known(small: SmallSalon) -> None:
    anna, vera, zoya = (small.client(name) for name in ("Анна", "Вера", "Зоя"))
    small.book(at(9), anna)
    small.book(at(15, days=3), anna)
    small.book(at(12, days=2), anna)
    gone = small.book(at(12, days=1), vera)
    carry_out(small.salon, booking.cancel, gone, CancelReason.CLIENT_ASKED)
    assert waitlist.visits_ahead(small.database, [anna, vera, zoya], at(11)) == {anna: at(12, days=2)}
    wait(small, anna)
    (match,) = (one for one in matching(small).on(TODAY) if one.waiting.client_id == anna)
    said = waiting_words.why(match, at(11), at(12, days=2)).replace("\u00a0", " ")
    assert said == "ждёт с 11:00, маникюр с покрытием 1 ч, до 1 июня, уже есть запись: чт, 14 мая, 12:00"


def test_those_are_counted_for_whom_a_place_is_free_within_two_weeks(small: SmallSalon) -> None:
    soon = wait(small, small.client("Анна"))
    far = Window(TODAY + timedelta(days=15), TODAY + timedelta(days=30))
    wait(small, small.client("Вера"), far)
    assert wait_matches.served_now(small.database, now=at(11), step_minutes=15, zone=ZONE) == (soon,)


def test_the_time_of_somebody_whose_taking_on_was_undone_is_nobodys(small: SmallSalon) -> None:
    gone = freed_time.Freed(999, "Кира", Interval(at(15), at(16)))
    free = freed_time.Freed(small.olga, "Ольга", Interval(at(15), at(16)))
    assert [one.staff_id for one in freed_time.still_free(small.database, [gone, free], at(12))] == [small.olga]
