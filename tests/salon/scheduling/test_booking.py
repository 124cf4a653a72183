"""Booking by phone, moving, lengthening, cancelling: what the administrator does all day."""

from datetime import date, datetime, timedelta

import pytest

from app.clock import standing_at
from app.errors import (
    BadDuration,
    CannotPerform,
    ChangedSince,
    DayNotCome,
    Gone,
    NoSuchTime,
    NothingToBook,
    NothingToUndo,
    NotYetStarted,
    OutsideShift,
    ReasonMissing,
    SalonError,
    SlotTaken,
    StatusNotPossible,
    StepsStillOpen,
    VisitClosed,
)
from app.salon import check, journal, profile as profile_of
from app.salon.catalogue import services, staff
from app.salon.checklists import steps
from app.salon.clients import forgetting, register
from app.salon.profile import Profile
from app.salon.reminders import queue
from app.salon.scheduling import agenda, blocks, booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import Action, BlockKind, CancelReason, ReminderStatus, Topic, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at

THURSDAY = date(2026, 5, 14)


def on_thursday(hour: int, minute: int = 0) -> datetime:
    return at(hour, minute, day=THURSDAY)


def hours_of(small: SmallSalon, visit_id: int) -> list[tuple[str, str]]:
    rows = small.database.rows(
        "SELECT starts_at, ends_at FROM booked_service WHERE visit_id = ? ORDER BY starts_at", (visit_id,)
    )
    return [(start[11:], end[11:]) for start, end in rows]


def occupied_by(small: SmallSalon, visit_id: int) -> int:
    return small.database.value(
        "SELECT COUNT(*) FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id WHERE b.visit_id = ?",
        (visit_id,),
    )


# ---- booking -------------------------------------------------------------------------------------------------


def test_anna_books_by_phone_and_everything_is_there_at_once(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    done = carry_out(
        small.salon, booking.book, BookingRequest(anna, (small.wish(on_thursday(15, 30)),), comment=" с ребёнком ")
    )
    entry = agenda.of_day(small.database, THURSDAY).entries[0]
    assert (entry.client_name, entry.service_name) == ("Анна Щёлкина", "Маникюр с покрытием")
    assert entry.status is VisitStatus.BOOKED
    assert entry.is_first_visit
    assert entry.has_note
    assert len(steps.of_visits(small.database, [done.value])) == 4
    reminder = queue.of_visit(small.database, done.value)[0]
    assert (reminder.due_at, reminder.status) == (at(12, days=1), ReminderStatus.QUEUED)
    assert done.changes.concerns(Topic.VISITS)
    assert done.changes.days == {THURSDAY}
    assert done.changes.clients == {anna}
    assert [line.action for line in journal.of_visit(small.database, done.value)] == [Action.VISIT_BOOKED]


def test_a_taken_place_is_refused_and_says_by_whom(small: SmallSalon) -> None:
    small.book(on_thursday(15), small.client("Анна Щёлкина"))
    with pytest.raises(SlotTaken) as refused:
        small.book(on_thursday(15, 30), small.client("Вера Ломова"))
    assert refused.value.taken_by == "Анна Щёлкина"
    assert refused.value.staff_name == "Ольга Белова"
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    assert small.database.value("SELECT COUNT(*) FROM reminder") == 1


def test_one_client_begins_when_the_other_ends(small: SmallSalon) -> None:
    small.book(on_thursday(15))
    small.book(on_thursday(16))
    small.book(on_thursday(14))
    assert len(agenda.of_day(small.database, THURSDAY).entries) == 3


@pytest.mark.parametrize("hour", [7, 8, 20, 22])
def test_nobody_is_booked_outside_the_shift(small: SmallSalon, hour: int) -> None:
    """BUGS_OF_OTHERS 2: an absent master is not booked without a word."""
    with pytest.raises(OutsideShift) as refused:
        small.book(on_thursday(hour, 30))
    assert refused.value.shifts == ((on_thursday(9), on_thursday(21)),)


def test_nobody_is_booked_on_a_day_off(small: SmallSalon) -> None:
    with pytest.raises(OutsideShift) as refused:
        small.book(at(12, day=date(2026, 8, 1)))
    assert refused.value.shifts == ()


def test_nobody_is_booked_over_a_break(small: SmallSalon) -> None:
    carry_out(small.salon, blocks.block_time, small.olga, on_thursday(13), on_thursday(14), BlockKind.BREAK, "Обед")
    with pytest.raises(SlotTaken) as refused:
        small.book(on_thursday(13, 30))
    assert refused.value.taken_by == "Обед"


def test_a_master_is_booked_only_for_what_she_does(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 16."""
    with pytest.raises(CannotPerform):
        small.book(on_thursday(15), service=small.colouring, staff=small.olga)


@pytest.mark.parametrize(("start", "minutes"), [(on_thursday(15), 4), (on_thursday(20), 60 * 5)])
def test_a_service_has_a_sensible_length_and_ends_on_its_day(small: SmallSalon, start: datetime, minutes: int) -> None:
    with pytest.raises(BadDuration):
        small.book(start, minutes=minutes)


def test_a_visit_without_a_service_is_none(small: SmallSalon) -> None:
    with pytest.raises(NothingToBook):
        carry_out(small.salon, booking.book, BookingRequest(None, ()))


def test_a_service_that_is_gone_is_not_booked(small: SmallSalon) -> None:
    wish = small.wish(on_thursday(15))
    unknown = booking.ServiceWish(999, wish.staff_id, wish.starts_at, wish.lengths, None)
    nobody = booking.ServiceWish(wish.service_id, 999, wish.starts_at, wish.lengths, None)
    with pytest.raises(Gone):
        carry_out(small.salon, booking.book, BookingRequest(None, (unknown,)))
    with pytest.raises(Gone):
        carry_out(small.salon, booking.book, BookingRequest(None, (nobody,)))
    assert small.database.value("SELECT COUNT(*) FROM visit") == 0


def test_another_client_is_served_while_the_colour_works(small: SmallSalon) -> None:
    small.book(on_thursday(10), small.client("Полина Сорока"), service=small.colouring)
    small.book(on_thursday(11, 30), small.client("Кира Мороз"), staff=small.maria, minutes=45)
    with pytest.raises(SlotTaken):
        small.book(on_thursday(11, 20), small.client("Лев Панин"), staff=small.maria, minutes=10)
    with pytest.raises(SlotTaken):
        small.book(on_thursday(12, 30), small.client("Лев Панин"), staff=small.maria, minutes=10)


def test_booking_anyway_needs_a_reason_and_shows_it(small: SmallSalon) -> None:
    small.book(on_thursday(15), small.client("Анна"))
    vera = small.client("Вера")
    request = BookingRequest(vera, (small.wish(on_thursday(15)),), overbooked_reason="клиентка согласна подождать")
    done = carry_out(small.salon, booking.book, request)
    entry = next(e for e in agenda.of_day(small.database, THURSDAY).entries if e.visit_id == done.value)
    assert entry.overbooked_reason == "клиентка согласна подождать"
    assert journal.of_visit(small.database, done.value)[0].note == "клиентка согласна подождать"
    late = BookingRequest(vera, (small.wish(on_thursday(22)),), overbooked_reason="очень просит")
    with pytest.raises(OutsideShift):
        carry_out(small.salon, booking.book, late)


@pytest.mark.parametrize(
    ("zone", "missing", "doubled"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)),
        ("America/New_York", datetime(2026, 3, 8, 2, 30), datetime(2026, 11, 1, 1, 30)),
        ("Asia/Almaty", None, datetime(2024, 2, 29, 23, 30)),
        ("Europe/Moscow", datetime(2011, 3, 27, 2, 30), datetime(2014, 10, 26, 1, 30)),
    ],
)
def test_an_hour_that_is_missing_or_comes_twice_is_refused(
    small: SmallSalon, zone: str, missing: datetime | None, doubled: datetime
) -> None:
    """BUGS_OF_OTHERS 4 and 5."""
    carry_out(small.salon, profile_of.write, Profile(zone=zone))
    for moment in filter(None, (missing, doubled)):
        week = [staff.WorkingHours(moment.weekday(), 0, 24 * 60 - 1)]
        carry_out(small.salon, staff.plan_weeks, small.olga, week, moment.date(), moment.date())
        with pytest.raises(NoSuchTime):
            small.book(moment, minutes=20)


def test_a_haircut_at_ten_stays_at_ten_when_the_clocks_change(small: SmallSalon) -> None:
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    week = [staff.WorkingHours(day, 9 * 60, 18 * 60) for day in range(7)]
    carry_out(small.salon, staff.plan_weeks, small.olga, week, date(2026, 10, 20), date(2026, 10, 31))
    for day in (24, 25, 26):
        visit = small.book(datetime(2026, 10, day, 10))
        assert hours_of(small, visit) == [("10:00", "11:00")]


# ---- moving and lengthening ----------------------------------------------------------------------------------


def test_moving_takes_the_reminder_along(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15), small.client())
    done = carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(10, days=4))
    assert hours_of(small, visit) == [("10:00", "11:00")]
    assert done.changes.days >= {THURSDAY, TODAY + timedelta(days=4)}
    open_ones = [r.due_at for r in queue.of_visit(small.database, visit) if r.status is ReminderStatus.QUEUED]
    assert open_ones == [at(12, days=3)]
    assert agenda.of_day(small.database, THURSDAY).entries == ()


def test_a_move_onto_somebody_leaves_everything_where_it_was(small: SmallSalon) -> None:
    first = small.book(on_thursday(15), small.client("Анна"))
    second = small.book(on_thursday(17), small.client("Вера"))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, booking.move, small.booked_service(second), small.olga, on_thursday(15, 30))
    assert hours_of(small, first) == [("15:00", "16:00")]
    assert hours_of(small, second) == [("17:00", "18:00")]
    assert check.faults(small.database) == []


def test_a_visit_is_never_in_its_own_way(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15))
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, on_thursday(15, 30))
    assert hours_of(small, visit) == [("15:30", "16:30")]


def two_services(small: SmallSalon) -> int:
    wishes = (small.wish(on_thursday(12)), small.wish(on_thursday(13), service=small.pedicure))
    return carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value


def test_the_first_service_takes_the_others_along(small: SmallSalon) -> None:
    visit = two_services(small)
    carry_out(small.salon, booking.move, small.booked_service(visit, 0), small.olga, on_thursday(16))
    assert hours_of(small, visit) == [("16:00", "17:00"), ("17:00", "18:30")]


def test_a_later_service_moves_alone(small: SmallSalon) -> None:
    visit = two_services(small)
    carry_out(small.salon, booking.move, small.booked_service(visit, 1), small.olga, on_thursday(16))
    assert hours_of(small, visit) == [("12:00", "13:00"), ("16:00", "17:30")]


def test_another_day_takes_the_whole_visit_along(small: SmallSalon) -> None:
    visit = two_services(small)
    carry_out(small.salon, booking.move, small.booked_service(visit, 1), small.olga, at(13, days=5))
    assert hours_of(small, visit) == [("12:00", "13:00"), ("13:00", "14:30")]
    assert small.database.value("SELECT day FROM visit WHERE id = ?", (visit,)) == "2026-05-17"
    services = small.database.rows("SELECT substr(starts_at, 1, 10) FROM booked_service WHERE visit_id = ?", (visit,))
    assert services == [("2026-05-17",)] * 2
    assert check.faults(small.database) == []


def test_an_edge_is_dragged(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15))
    booked = small.booked_service(visit)
    carry_out(small.salon, booking.resize, booked, on_thursday(15), on_thursday(16, 45))
    assert hours_of(small, visit) == [("15:00", "16:45")]
    carry_out(small.salon, booking.resize, booked, on_thursday(14, 30), on_thursday(16, 45))
    assert hours_of(small, visit) == [("14:30", "16:45")]
    small.book(on_thursday(17))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, booking.resize, booked, on_thursday(14, 30), on_thursday(17, 15))
    with pytest.raises(BadDuration):
        carry_out(small.salon, booking.resize, booked, on_thursday(14, 30), on_thursday(14, 30))


def test_the_end_of_a_colouring_lengthens_its_finish(small: SmallSalon) -> None:
    visit = small.book(on_thursday(10), service=small.colouring)
    carry_out(small.salon, booking.resize, small.booked_service(visit), on_thursday(10), on_thursday(13))
    entry = agenda.of_day(small.database, THURSDAY).entries[0]
    assert entry.lengths == Lengths(90, 45, 45)


def test_what_is_over_is_not_moved(small: SmallSalon) -> None:
    visit = small.book(at(9, 30))
    small.complete(visit)
    with pytest.raises(VisitClosed):
        carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(15))
    with pytest.raises(Gone):
        carry_out(small.salon, booking.move, 999, small.olga, at(15))


def test_changing_a_visit_keeps_what_was_ticked(small: SmallSalon) -> None:
    anna = small.client()
    visit = small.book(on_thursday(12), anna)
    first = steps.of_visits(small.database, [visit])[0]
    carry_out(small.salon, steps.tick, first.step_id, done=True, staff_id=small.olga)
    wishes = (small.wish(on_thursday(14)), small.wish(on_thursday(15), service=small.pedicure))
    carry_out(small.salon, booking.change, visit, BookingRequest(anna, wishes, "попросила позже"))
    assert hours_of(small, visit) == [("14:00", "15:00"), ("15:00", "16:30")]
    assert [step.done_at is not None for step in steps.of_visits(small.database, [visit])].count(True) == 1
    carry_out(small.salon, booking.change, visit, BookingRequest(anna, wishes[1:]))
    assert hours_of(small, visit) == [("15:00", "16:30")]
    assert steps.of_visits(small.database, [visit]) == []
    with pytest.raises(NothingToBook):
        carry_out(small.salon, booking.change, visit, BookingRequest(anna, ()))
    assert check.faults(small.database) == []


# ---- the life of a visit -------------------------------------------------------------------------------------


def test_an_ordinary_visit_goes_through_its_life(small: SmallSalon) -> None:
    visit = small.book(at(11), small.client())
    for status in (VisitStatus.CONFIRMED, VisitStatus.ARRIVED, VisitStatus.IN_SERVICE):
        carry_out(small.salon, booking.set_status, visit, status)
    for step in steps.of_visits(small.database, [visit]):
        carry_out(small.salon, steps.tick, step.step_id, done=True, staff_id=small.olga)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED)
    assert small.status(visit) is VisitStatus.COMPLETED
    assert carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED).entry_id is None


def test_a_required_step_stops_the_visit(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 17: going on needs a reason, and it is kept."""
    visit = small.book(at(10), small.client())
    with pytest.raises(StepsStillOpen) as stopped:
        carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED, reason="  ")
    assert stopped.value.steps == ("Спросить про аллергию", "Показать результат при дневном свете")
    assert small.status(visit) is VisitStatus.BOOKED
    carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED, reason="клиентка спешила")
    kept = small.database.value("SELECT open_steps_reason FROM visit WHERE id = ?", (visit,))
    assert kept == "клиентка спешила"


@pytest.mark.parametrize("here", [VisitStatus.ARRIVED, VisitStatus.IN_SERVICE, VisitStatus.COMPLETED])
def test_nobody_comes_to_a_visit_of_a_later_day(small: SmallSalon, here: VisitStatus) -> None:
    """A slip of the key on next week's page would switch a reminder off and count as turnover."""
    visit = small.book(at(11, days=7), small.client())
    with pytest.raises(DayNotCome):
        carry_out(small.salon, booking.set_status, visit, here, reason="проверено в тесте")
    assert small.status(visit) is VisitStatus.BOOKED
    small.clock.instant = standing_at(at(9, days=7), ZONE).instant
    carry_out(small.salon, booking.set_status, visit, here, reason="проверено в тесте")
    assert small.status(visit) is here


def test_nobody_is_a_no_show_before_the_start(small: SmallSalon) -> None:
    visit = small.book(at(11, 30), small.client())
    with pytest.raises(NotYetStarted):
        carry_out(small.salon, booking.set_status, visit, VisitStatus.NO_SHOW)
    small.clock.advance(timedelta(minutes=45))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.NO_SHOW)
    assert occupied_by(small, visit) == 0


@pytest.mark.parametrize("before", [VisitStatus.BOOKED, VisitStatus.CONFIRMED])
@pytest.mark.parametrize("starts_at", [at(10), at(11), at(11, 15), at(10, days=1), at(12, days=1)])
def test_what_may_follow_at_an_hour_is_what_is_accepted_then(
    small: SmallSalon, before: VisitStatus, starts_at: datetime
) -> None:
    """At eleven: whoever chooses among these is refused by none."""
    visit = small.book(starts_at, small.client())
    carry_out(small.salon, booking.set_status, visit, before)
    now = small.salon.wall_now()
    accepted: set[VisitStatus] = set()
    for status in set(VisitStatus) - {before, VisitStatus.CANCELLED}:
        try:
            done = carry_out(small.salon, booking.set_status, visit, status, reason="проверка")
        except SalonError:
            continue
        accepted.add(status)
        assert done.entry_id is not None
        carry_out(small.salon, take_back, done.entry_id)
    assert booking.may_follow_at(before, starts_at, now) - {VisitStatus.CANCELLED} == accepted


@pytest.mark.parametrize("status", [VisitStatus.CANCELLED, VisitStatus.NO_SHOW])
def test_a_completed_visit_is_not_cancelled(small: SmallSalon, status: VisitStatus) -> None:
    visit = small.book(at(9))
    small.complete(visit)
    with pytest.raises(StatusNotPossible):
        carry_out(small.salon, booking.set_status, visit, status)
    with pytest.raises(StatusNotPossible):
        carry_out(small.salon, booking.cancel, visit, CancelReason.OTHER)


def test_cancelling_frees_the_place_and_switches_the_reminder_off(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 6."""
    visit = small.book(on_thursday(15), small.client())
    with pytest.raises(ReasonMissing):
        carry_out(small.salon, booking.cancel, visit, None)
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ILL, "перезвонит")
    assert small.status(visit) is VisitStatus.CANCELLED
    assert [r.status for r in queue.of_visit(small.database, visit)] == [ReminderStatus.CANCELLED]
    assert agenda.of_day(small.database, THURSDAY).entries == ()
    assert len(agenda.of_day(small.database, THURSDAY, with_cancelled=True).entries) == 1
    small.book(on_thursday(15), small.client("Вера"))


def test_a_cancelled_visit_comes_back_if_its_place_is_free(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 20."""
    visit = small.book(on_thursday(15), small.client())
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    assert occupied_by(small, visit) == 1
    assert small.database.value("SELECT cancel_reason FROM visit WHERE id = ?", (visit,)) is None
    assert [r.status for r in queue.of_visit(small.database, visit)] == [ReminderStatus.QUEUED]
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    small.book(on_thursday(15), small.client("Вера"))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    assert small.status(visit) is VisitStatus.CANCELLED


def test_a_visit_that_is_gone_has_no_status(small: SmallSalon) -> None:
    with pytest.raises(Gone):
        carry_out(small.salon, booking.set_status, 999, VisitStatus.ARRIVED)


# ---- undo ----------------------------------------------------------------------------------------------------


def contents(small: SmallSalon) -> dict[str, list[tuple[object, ...]]]:
    names = ("visit", "booked_service", "occupancy", "visit_step", "reminder", "client", "contact_point", "block")
    return {name: small.database.rows(f"SELECT * FROM {name} ORDER BY id") for name in names}


def test_everything_can_be_undone_and_done_again(small: SmallSalon) -> None:
    anna = small.client("Анна", "+7 912 345-67-89")
    states, entries = [contents(small)], []
    visit = carry_out(small.salon, booking.book, BookingRequest(anna, (small.wish(on_thursday(15)),)))
    booked = small.booked_service(visit.value)
    acts = [
        lambda: carry_out(small.salon, booking.move, booked, small.maria, on_thursday(17)),
        lambda: carry_out(small.salon, booking.resize, booked, on_thursday(17), on_thursday(18, 30)),
        lambda: carry_out(small.salon, booking.cancel, visit.value, CancelReason.OTHER),
        lambda: carry_out(small.salon, register.add_phone, anna, "+7 912 000-00-01"),
    ]
    states.append(contents(small))
    entries.append(visit.entry_id)
    for act in acts:
        entries.append(act().entry_id)
        states.append(contents(small))
    redo = []
    for entry, before in zip(reversed(entries), reversed(states[:-1]), strict=True):
        redo.append(carry_out(small.salon, journal.undo, entry or 0).entry_id)
        assert contents(small) == before
    for entry, after in zip(reversed(redo), states[1:], strict=True):
        carry_out(small.salon, journal.undo, entry or 0)
        assert contents(small) == after


def test_undo_never_overwrites_what_others_did_later(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15), small.client())
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, on_thursday(17))
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, on_thursday(19))
    with pytest.raises(ChangedSince):
        carry_out(small.salon, journal.undo, moved.entry_id or 0)
    assert hours_of(small, visit) == [("19:00", "20:00")]


def test_undo_of_a_cancellation_is_refused_when_the_place_is_taken(small: SmallSalon) -> None:
    visit = small.book(on_thursday(15), small.client())
    cancelled = carry_out(small.salon, booking.cancel, visit, CancelReason.OTHER)
    small.book(on_thursday(15), small.client("Вера"))
    with pytest.raises(ChangedSince):
        carry_out(small.salon, journal.undo, cancelled.entry_id or 0)
    assert small.status(visit) is VisitStatus.CANCELLED
    assert check.faults(small.database) == []


def test_a_card_is_not_undone_under_a_visit(small: SmallSalon) -> None:
    added = carry_out(small.salon, register.add, register.NewClient("Анна"))
    visit = small.book(on_thursday(15), added.value)
    with pytest.raises(ChangedSince):
        carry_out(small.salon, journal.undo, added.entry_id or 0)
    assert small.status(visit) is VisitStatus.BOOKED
    assert check.faults(small.database) == []


def test_an_act_is_undone_once(small: SmallSalon) -> None:
    visit = carry_out(small.salon, booking.book, BookingRequest(None, (small.wish(on_thursday(15)),)))
    carry_out(small.salon, journal.undo, visit.entry_id or 0)
    with pytest.raises(NothingToUndo):
        carry_out(small.salon, journal.undo, visit.entry_id or 0)
    with pytest.raises(NothingToUndo):
        carry_out(small.salon, journal.undo, 12345)


# ---- archive and blocks --------------------------------------------------------------------------------------


def test_nothing_vanishes_when_a_master_a_service_or_a_client_goes(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 10."""
    visit = small.book(on_thursday(15), small.client())
    carry_out(small.salon, staff.archive, small.olga)
    carry_out(small.salon, services.archive, small.manicure)
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    day = agenda.of_day(small.database, THURSDAY)
    assert [entry.visit_id for entry in day.entries] == [visit]
    assert small.olga in {master.staff_id for master in day.masters}
    with pytest.raises(Exception, match="FOREIGN KEY"), small.database.writing():
        small.database.rows("DELETE FROM staff_member WHERE id = ?", (small.olga,))


def test_what_was_done_stays_in_the_calendar_when_its_client_leaves(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 10: the card goes out of every list, the days and the counts are what they were."""
    anna = small.client()
    visit = small.book(at(10), anna)
    small.complete(visit)
    before = agenda.of_day(small.database, at(10).date())
    carry_out(small.salon, forgetting.ask, anna)
    assert small.database.value("SELECT archived_at IS NOT NULL FROM client WHERE id = ?", (anna,))
    after = agenda.of_day(small.database, at(10).date())
    assert [entry.visit_id for entry in after.entries] == [visit]
    assert (after.visits, after.load_percent) == (before.visits, before.load_percent)
    with pytest.raises(Exception, match="FOREIGN KEY"), small.database.writing():
        small.database.rows("DELETE FROM client WHERE id = ?", (anna,))


def test_a_block_takes_the_time_and_gives_it_back(small: SmallSalon) -> None:
    done = carry_out(
        small.salon, blocks.block_time, small.olga, on_thursday(13), on_thursday(14), BlockKind.TRAINING, "Курс"
    )
    day = agenda.of_day(small.database, THURSDAY)
    assert [(block.kind, block.reason) for block in day.blocks] == [(BlockKind.TRAINING, "Курс")]
    carry_out(small.salon, blocks.remove_block, done.value)
    small.book(on_thursday(13))
    with pytest.raises(Gone):
        carry_out(small.salon, blocks.remove_block, done.value)
    with pytest.raises(SlotTaken):
        carry_out(small.salon, blocks.block_time, small.olga, on_thursday(13), on_thursday(14), BlockKind.BREAK)
    with pytest.raises(BadDuration):
        carry_out(small.salon, blocks.block_time, small.olga, on_thursday(14), on_thursday(14), BlockKind.BREAK)
    with pytest.raises(BadDuration):
        carry_out(small.salon, blocks.block_time, small.olga, on_thursday(14), at(14, days=5), BlockKind.BREAK)


def test_a_block_at_a_missing_hour_is_refused(small: SmallSalon) -> None:
    carry_out(small.salon, profile_of.write, Profile(zone="Europe/Berlin"))
    missing = datetime(2026, 3, 29, 2, 30)
    with pytest.raises(NoSuchTime):
        carry_out(small.salon, blocks.block_time, small.olga, missing, missing + timedelta(hours=3), BlockKind.BREAK)


def test_the_load_of_a_day_counts_what_is_worked(small: SmallSalon) -> None:
    small.book(on_thursday(9), minutes=180)
    small.book(on_thursday(9), service=small.colouring)
    day = agenda.of_day(small.database, THURSDAY)
    assert {master.name: master.load_percent for master in day.masters} == {"Ольга Белова": 25, "Мария Ким": 17}
    assert day.load_percent == 21
    assert day.visits == 2
    assert agenda.of_day(small.database, date(2026, 8, 2)).load_percent is None


def test_a_cancellation_is_undone_although_somebody_was_booked_elsewhere_since(small: SmallSalon) -> None:
    """Rows never get the number of one that was removed, or the journal would take one for the other."""
    visit = small.book(on_thursday(15), small.client("Анна"))
    cancelled = carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    small.book(on_thursday(18), small.client("Зоя"))
    carry_out(small.salon, journal.undo, cancelled.entry_id or 0)
    assert small.status(visit) is VisitStatus.BOOKED


def test_a_new_visit_does_not_inherit_the_story_of_one_that_was_taken_back(small: SmallSalon) -> None:
    first = carry_out(small.salon, booking.book, BookingRequest(None, (small.wish(on_thursday(15)),)))
    carry_out(small.salon, journal.undo, first.entry_id or 0)
    second = small.book(on_thursday(16))
    assert [line.action for line in journal.of_visit(small.database, second)] == [Action.VISIT_BOOKED]
