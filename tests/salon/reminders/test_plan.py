"""When a reminder is due: the day before, at the salon's hour, never in the past."""

from datetime import datetime, timedelta

from hypothesis import given, strategies as st

from app.salon.reminders.plan import due_at, moment_for

NOON = 12 * 60
minutes = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda t: t.replace(second=0, microsecond=0))


def test_the_day_before_at_the_chosen_hour() -> None:
    visit = datetime(2026, 5, 14, 15, 30)
    assert due_at(visit, NOON, datetime(2026, 5, 10, 9, 0)) == datetime(2026, 5, 13, 12, 0)
    assert due_at(visit, 9 * 60 + 30, datetime(2026, 5, 10, 9, 0)) == datetime(2026, 5, 13, 9, 30)


def test_who_books_inside_the_lead_time_has_just_heard_it() -> None:
    visit = datetime(2026, 5, 14, 15, 30)
    assert due_at(visit, NOON, datetime(2026, 5, 13, 11, 59)) == datetime(2026, 5, 13, 12, 0)
    assert due_at(visit, NOON, datetime(2026, 5, 13, 12, 0)) is None
    assert due_at(visit, NOON, datetime(2026, 5, 14, 9, 0)) is None


@given(visit=minutes, now=minutes, minute=st.integers(0, 24 * 60 - 1))
def test_never_for_the_past_and_always_on_the_day_before(visit: datetime, now: datetime, minute: int) -> None:
    due = due_at(visit, minute, now)
    assert moment_for(visit, minute).date() == visit.date() - timedelta(days=1)
    assert (due is None) == (moment_for(visit, minute) <= now)
    if due is not None:
        assert now < due < visit
