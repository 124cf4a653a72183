"""The large sample: a full salon of many years, whole, and the same every time. Tried on a small scale."""

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

import pytest
from hypothesis import given, strategies as st

from app.clock import standing_at
from app.errors import SalonNotEmpty
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import check
from app.salon.exchange.sample import SampleReport, Scale, make_large
from app.salon.exchange.sample.clientele import Clientele
from app.salon.exchange.sample.full_day import REST, Offer, packed
from app.salon.reminders.plan import moment_for
from app.salon.scheduling import agenda
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon
from app.vocabulary import VisitStatus
from tests.builders import new_database

TODAY = date(2026, 5, 14)
NOW = datetime(2026, 5, 14, 11, 12)
SMALL = Scale(masters=2, clients=300, services=6_500)
TEN = 10 * 60


def made(scale: Scale = SMALL, years: int = 1, seed: int = 12) -> tuple[Database, SampleReport]:
    salon = Salon(new_database(), standing_at(NOW, "Europe/Moscow"))
    return salon.database, make_large(salon, TODAY, years=years, a_year=scale, seed=seed)


@pytest.fixture(scope="module")
def house() -> Iterator[tuple[Database, SampleReport]]:
    """Two masters and a year."""
    database, report = made()
    yield database, report
    database.close()


def test_it_holds_what_was_asked_for(house: tuple[Database, SampleReport]) -> None:
    database, report = house
    assert database.value("SELECT count(*) FROM booked_service") == SMALL.services
    assert (report.masters, report.clients) == (SMALL.masters, SMALL.clients)
    for table, told in (("visit", report.visits), ("reminder", report.reminders), ("payment", report.payments)):
        assert database.value(f"SELECT count(*) FROM {table}") == told > 0
    assert database.value("SELECT count(DISTINCT client_id) FROM visit") > 0.95 * SMALL.clients
    assert database.value("SELECT MAX(n) FROM (SELECT count(*) n FROM visit GROUP BY client_id HAVING client_id)") < 60


def test_it_is_whole(house: tuple[Database, SampleReport]) -> None:
    database, _report = house
    assert check.faults(database) == []
    shut = database.value("SELECT count(*) FROM visit WHERE day LIKE '%-01-01' OR day LIKE '%-01-07'")
    assert shut == 0
    twice = "SELECT client_id, day FROM visit WHERE client_id GROUP BY client_id, day HAVING count(*) > 1"
    assert database.rows(twice) == []


def test_all_stand_where_the_hour_says(house: tuple[Database, SampleReport]) -> None:
    """Nothing is over before it began, nothing was told before it happened."""
    database, _report = house
    ended = ("completed", "no_show")
    rows = database.rows(
        "SELECT v.status, MIN(b.starts_at), MAX(b.ends_at), v.created_at "
        "FROM visit v JOIN booked_service b ON b.visit_id = v.id GROUP BY v.id"
    )
    for status, starts_at, ends_at, created_at in rows:
        assert created_at < "2026-05-14 08:12"
        if status in ended:
            assert ends_at <= "2026-05-14 11:12"
        if status in ("booked", "confirmed", "arrived"):
            assert starts_at > "2026-05-14 11:12"
    assert database.value("SELECT MAX(at) FROM journal_entry WHERE action = 'visit_cancelled'") < "2026-05-14 08:12"


def test_each_visit_that_is_awaited_is_reminded_of_once(house: tuple[Database, SampleReport]) -> None:
    database, _report = house
    rows = database.rows(
        """
        SELECT MIN(b.starts_at), (SELECT group_concat(r.due_at || ' ' || r.status) FROM reminder r
                                  WHERE r.visit_id = v.id)
        FROM visit v JOIN booked_service b ON b.visit_id = v.id
        WHERE v.status IN ('booked', 'confirmed') AND v.client_id IS NOT NULL GROUP BY v.id
        """
    )
    assert rows
    for starts_at, reminders in rows:
        due = moment_for(read_wall(starts_at), TEN)
        if due > NOW:
            assert reminders == f"{due:%Y-%m-%d %H:%M} queued"


def test_a_day_of_the_calendar_is_full(house: tuple[Database, SampleReport]) -> None:
    database, _report = house
    day = agenda.of_day(database, TODAY)
    assert [len(master.shifts) for master in day.masters] == [1, 1]
    assert VisitStatus.COMPLETED in {one.status for one in day.entries}
    assert len(day.blocks) == len(day.masters)
    assert database.value("SELECT count(*) FROM booked_service WHERE position = 1") > 0


@pytest.mark.no_cover
def test_it_is_the_same_every_time() -> None:
    tiny = Scale(masters=2, clients=30, services=400)
    tables = ("client", "visit", "booked_service", "occupancy", "reminder", "payment", "journal_entry")
    told: list[list[list[tuple[object, ...]]]] = []
    for seed in (1, 1, 2):
        database, _report = made(tiny, seed=seed)
        told.append([database.rows(f"SELECT * FROM {table}") for table in tables])
        database.close()
    assert told[0] == told[1] != told[2]


@pytest.mark.no_cover
def test_more_years_bring_more_of_everything() -> None:
    database, report = made(Scale(masters=1, clients=20, services=200), years=3)
    assert (report.first_day, report.clients) == (date(2023, 5, 14), 60)
    assert database.value("SELECT count(*) FROM booked_service") == 600
    database.close()


def test_it_goes_into_an_empty_file_alone(house: tuple[Database, SampleReport]) -> None:
    with pytest.raises(SalonNotEmpty):
        make_large(Salon(house[0], standing_at(NOW, "Europe/Moscow")), TODAY)


def test_it_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    salon = Salon(new_database(), standing_at(NOW, "Europe/Moscow"))
    scale = Scale(masters=1, clients=10, services=100)
    make_large(salon, TODAY, years=1, a_year=scale, progress=lambda done, days: told.append((done, days)))
    salon.database.close()
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


OFFERS = (Offer(1, Lengths(15), 1, ""), Offer(2, Lengths(30), 1, ""), Offer(3, Lengths(30, 30, 30), 1, ""))


@given(count=st.integers(0, 40), seed=st.integers(0, 99))
def test_a_packed_day_never_takes_a_master_twice(count: int, seed: int) -> None:
    slots, rest = packed(OFFERS, (4, 7, 8), count, 9 * 60, 21 * 60, Random(seed))
    assert len(slots) == count
    taken = [*range(rest, rest + REST)]
    for slot in slots:
        lengths, finishing = slot.offer.lengths, slot.start + slot.offer.lengths.working + slot.offer.lengths.gap
        taken += range(slot.start, slot.start + lengths.working)
        taken += range(finishing, finishing + lengths.finishing)
    assert len(taken) == len(set(taken))
    assert all(9 * 60 <= minute < 21 * 60 for minute in taken)


def test_while_the_colour_works_somebody_else_is_served() -> None:
    slots, _rest = packed(OFFERS[1:], (1, 2), 9, 9 * 60, 21 * 60, Random(12))
    starts = {slot.start: slot.offer for slot in slots}
    inside = [start for start, offer in starts.items() if offer is OFFERS[2] and start + 30 in starts]
    assert inside


@given(seed=st.integers(0, 99), places=st.integers(0, 30))
def test_nobody_comes_twice_on_a_day(seed: int, places: int) -> None:
    clientele = Clientele(clients=50, days=20, standing=20, rng=Random(seed))
    for day in range(20):
        coming = clientele.of_day(day, [number % 3 for number in range(places)])
        known = [client for client in coming if client is not None]
        assert len(coming) == places
        assert len(known) == len(set(known))
