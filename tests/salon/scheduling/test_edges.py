"""What nobody means to type, and nights in which the clocks are changed."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from app.clock import standing_at
from app.errors import BadDuration, Gone, NoSuchTime, TextTooLong
from app.explain import sentence
from app.salon import check, profile as profile_of
from app.salon.catalogue import staff
from app.salon.checklists import steps
from app.salon.clients import register
from app.salon.profile import Profile
from app.salon.scheduling import agenda, blocks, booking, following
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.standing import services_of, standings
from app.salon.transaction import carry_out
from app.vocabulary import AlertKind, BlockKind, CancelReason, VisitStatus
from tests.builders import SmallSalon, at

NASTY = [
    "<b>Анна</b>",
    "'; DROP TABLE visit; --",
    "ענבל كريمة",
    "👩‍🎨💅",
    "{0.__class__} %s",
    "А\x00нна",
    "\ud83d Анна",
]


def open_all_night(small: SmallSalon, *days: date) -> None:
    for day in days:
        week = [staff.WorkingHours(day.weekday(), 0, 24 * 60 - 1)]
        carry_out(small.salon, staff.plan_weeks, small.olga, week, day, day)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_any_name_and_comment_is_kept_and_shown(small: SmallSalon, text: str) -> None:
    client = small.client(text)
    carry_out(small.salon, booking.book, BookingRequest(client, (small.wish(at(15)),), text))
    (entry,) = agenda.of_day(small.database, at(15).date()).entries
    assert entry.client_name == text.replace("\x00", "").replace("\ud83d ", "")
    assert check.faults(small.database) == []


LONG = "я" * (register.LONGEST_TEXT + 1)


def test_no_text_is_longer_than_the_card_can_hold(small: SmallSalon) -> None:
    visit = small.book(at(10), small.client())
    wishes = (small.wish(at(15)),)
    for act in (
        lambda: carry_out(small.salon, booking.book, BookingRequest(None, wishes, LONG)),
        lambda: carry_out(small.salon, booking.book, BookingRequest(None, wishes, "", LONG)),
        lambda: carry_out(small.salon, booking.change, visit, BookingRequest(None, wishes, LONG)),
        lambda: carry_out(small.salon, booking.cancel, visit, CancelReason.OTHER, LONG),
        lambda: carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED, reason=LONG),
        lambda: carry_out(small.salon, blocks.block_time, small.olga, at(18), at(19), BlockKind.OTHER, LONG),
    ):
        with pytest.raises(TextTooLong):
            act()
    assert small.status(visit) is VisitStatus.BOOKED


def test_a_client_or_master_who_is_gone_is_not_booked(small: SmallSalon) -> None:
    """The card was taken back at another desk while the form stood open."""
    wish = small.wish(at(15))
    nobody = booking.ServiceWish(wish.service_id, 999, wish.starts_at, wish.lengths, None)
    for request in (BookingRequest(999, (wish,)), BookingRequest(None, (nobody,))):
        with pytest.raises(Gone):
            carry_out(small.salon, booking.book, request)
    visit = small.book(at(15))
    with pytest.raises(Gone):
        carry_out(small.salon, booking.change, visit, BookingRequest(999, (wish,)))
    with pytest.raises(Gone):
        carry_out(small.salon, register.add_phone, 999, "+7 912 345-67-89")
    with pytest.raises(Gone):
        carry_out(small.salon, register.warn, 999, AlertKind.ALLERGY, "лак")


def test_a_visit_has_one_date(small: SmallSalon) -> None:
    open_all_night(small, date(2026, 8, 3), date(2026, 8, 4))
    late, early = datetime(2026, 8, 3, 22), datetime(2026, 8, 4, 1)
    with pytest.raises(BadDuration):
        carry_out(small.salon, booking.book, BookingRequest(None, (small.wish(late), small.wish(early))))
    both = BookingRequest(None, (small.wish(late - timedelta(hours=6)), small.wish(late)))
    visit = carry_out(small.salon, booking.book, both).value
    with pytest.raises(BadDuration):
        carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, datetime(2026, 8, 3, 20))
    assert check.faults(small.database) == []


@pytest.mark.parametrize(
    ("starts_at", "minutes"),
    [(datetime(2026, 3, 29, 1, 30), 120), (datetime(2026, 10, 25, 1, 30), 120)],
    ids=["spring", "autumn"],
)
def test_a_visit_across_the_change_of_clocks_would_have_another_length(
    small: SmallSalon, starts_at: datetime, minutes: int
) -> None:
    """Issue of others 5: both ends exist, but between them lies an hour less or more than was booked."""
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    open_all_night(small, starts_at.date())
    with pytest.raises(NoSuchTime):
        small.book(starts_at, minutes=minutes)
    assert small.book(starts_at, minutes=20)


def test_nobody_cleans_up_while_the_clocks_are_changed(small: SmallSalon) -> None:
    """Issue of others 5: the client is gone before the clocks go back, and the master cleans up until after."""
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    open_all_night(small, date(2026, 10, 25))
    for after, is_refused in ((130, True), (20, False)):
        wish = replace(small.wish(datetime(2026, 10, 25, 1)), lengths=Lengths(50, after=after))
        request = BookingRequest(None, (wish,))
        with pytest.raises(NoSuchTime) if is_refused else nullcontext():
            carry_out(small.salon, booking.book, request)


def test_nor_does_anybody_clean_up_until_an_hour_that_is_missing(small: SmallSalon) -> None:
    """The client is gone at twenty to two, and half an hour later no clock on the wall shows."""
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    open_all_night(small, date(2026, 3, 29))
    wish = replace(small.wish(datetime(2026, 3, 29, 1)), lengths=Lengths(40, after=30))
    with pytest.raises(NoSuchTime) as refused:
        carry_out(small.salon, booking.book, BookingRequest(None, (wish,)))
    assert refused.value.starts_at == datetime(2026, 3, 29, 2, 10)


def test_a_visit_ends_in_an_hour_that_comes_twice_and_begins_in_none(small: SmallSalon) -> None:
    """Its beginning and its length say which of the two is meant; the next one begins when the hour is over."""
    carry_out(small.salon, profile_of.write, Profile(zone="America/Santiago"))
    evening = date(2027, 4, 3)
    open_all_night(small, evening)
    small.clock.instant = standing_at(datetime(2027, 4, 2, 12), "America/Santiago").instant
    last = small.book(datetime(2027, 4, 3, 22, 15), minutes=60)
    assert small.database.value("SELECT ends_at FROM booked_service WHERE visit_id = ?", (last,)) == "2027-04-03 23:15"
    with pytest.raises(NoSuchTime):
        small.book(datetime(2027, 4, 3, 23, 15), minutes=30)
    assert check.faults(small.database) == []


@pytest.mark.parametrize(
    ("starts_at", "minutes", "said"),
    [
        (datetime(2026, 3, 29, 1, 45), 30, "Часы переводят вперёд: времени 2:15 не будет."),
        (
            datetime(2026, 10, 25, 2, 30),
            20,
            "Часы переводят назад: 2:30 бывает дважды. Выберите время раньше или с 3:00",
        ),
        (datetime(2026, 10, 25, 1, 30), 120, "За это время переведут часы. Выберите другое время."),
    ],
    ids=["spring", "autumn", "across"],
)
def test_the_refusal_says_what_the_clocks_do_and_what_time_to_choose(
    small: SmallSalon, starts_at: datetime, minutes: int, said: str
) -> None:
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    open_all_night(small, starts_at.date())
    with pytest.raises(NoSuchTime) as refused:
        small.book(starts_at, minutes=minutes)
    assert sentence(refused.value).startswith(said)


def test_what_follows_does_not_go_into_an_hour_that_is_missing(small: SmallSalon) -> None:
    """It is told while the edge is dragged already; the drop would be refused as well."""
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    open_all_night(small, date(2026, 3, 29))
    small.clock.instant = standing_at(datetime(2026, 3, 28, 12), "Europe/Berlin").instant
    first, second = datetime(2026, 3, 29, 0, 15), datetime(2026, 3, 29, 1)
    request = BookingRequest(None, (small.wish(first, minutes=45), small.wish(second, minutes=30)))
    visit = carry_out(small.salon, booking.book, request).value
    services, stands = services_of(small.database, visit), standings(small.database, visit)
    present = following.Present(small.salon.wall_now(), VisitStatus.BOOKED)
    (places,) = following.after_stretch(services, services[0], first, second + timedelta(minutes=45), present=present)
    problem = following.refusal_of(
        places,
        services,
        partial(master_day, small.database, ignoring_visit=visit),
        {one.booked_id: stood for one, stood in stands.items()},
        zone="Europe/Berlin",
    )
    assert isinstance(problem, NoSuchTime)
    with pytest.raises(NoSuchTime):
        carry_out(small.salon, booking.resize, services[0].booked_id, first, second + timedelta(minutes=45))


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_a_block_does_not_end_at_an_hour_that_is_missing_or_comes_twice(small: SmallSalon, night: date) -> None:
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    starts, ends = (datetime(night.year, night.month, night.day, hour, 30) for hour in (1, 2))
    with pytest.raises(NoSuchTime) as refused:
        carry_out(small.salon, blocks.block_time, small.olga, starts, ends, BlockKind.TRAINING)
    assert refused.value.starts_at == ends


def test_the_refusal_names_the_hour_that_is_missing(small: SmallSalon) -> None:
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    open_all_night(small, date(2026, 3, 29))
    with pytest.raises(NoSuchTime) as refused:
        small.book(datetime(2026, 3, 29, 1, 45), minutes=30)
    assert refused.value.starts_at == datetime(2026, 3, 29, 2, 15)


def test_a_reason_for_open_steps_goes_when_they_were_done_after_all(small: SmallSalon) -> None:
    visit = small.book(at(10), small.client())
    carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED, reason="клиентка спешила")
    carry_out(small.salon, booking.set_status, visit, VisitStatus.IN_SERVICE)
    for step in steps.of_visits(small.database, [visit]):
        carry_out(small.salon, steps.tick, step.step_id, done=True, staff_id=small.olga)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED)
    assert small.database.value("SELECT open_steps_reason FROM visit WHERE id = ?", (visit,)) == ""
