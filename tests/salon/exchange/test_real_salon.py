"""The real salon's export: what came out agrees with a count made straight from its files."""

import csv
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.salon.exchange import salon_import
from app.salon.exchange.report import ImportReport
from app.salon.exchange.taking_back import take_back
from app.salon.transaction import Salon
from tests import real_salon
from tests.salon.exchange.mini_export import (
    BOOKINGS,
    CANCELLATIONS,
    NO_SHOWS,
    RECEIPTS,
    SERVICES,
    TODAY,
    contents,
    empty_salon,
)

pytestmark = real_salon.needed

Rows = list[dict[str, str]]


def _rows(name: str) -> Rows:
    with (real_salon.FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


@pytest.fixture
def salon() -> Salon:
    """The salon; not to be changed."""
    return real_salon.imported()[0]


@pytest.fixture
def report() -> ImportReport:
    """What the import said."""
    return real_salon.imported()[1]


def test_every_row_is_accounted_for(report: ImportReport) -> None:
    assert report.read == 1906 + 1934 + 243 + 60 + 33 + 101
    assert report.read == report.rows_imported + report.consulted + len(report.skipped)
    assert [(one.place.file, one.place.row) for one in report.skipped if one.place] == [(NO_SHOWS, 60)]


def test_completed_visits_are_the_dates_on_which_clients_paid_for_services(salon: Salon) -> None:
    offered = {row["Desc"] for row in _rows(SERVICES)} - {""}
    paid = {
        (row["Client"], _day(row["Date"]).isoformat())
        for row in _rows(RECEIPTS)
        if row["Description"] in offered and Decimal(row["Amount"]) >= 0 and row["Client"] != "WALK_IN"
    }
    rows = salon.database.rows(
        "SELECT c.name, v.day FROM visit v JOIN client c ON c.id = v.client_id WHERE v.status = 'completed'"
    )
    assert len(rows) == len(set(rows))
    assert set(rows) == paid


def test_no_shows_are_those_of_the_report_that_did_not_pay(salon: Salon) -> None:
    missed = {(row["Code"], _day(row["Date"]).isoformat()) for row in _rows(NO_SHOWS)}
    rows = salon.database.rows(
        """
        SELECT COALESCE(c.name, ''), v.day FROM visit v LEFT JOIN client c ON c.id = v.client_id
        WHERE v.status = 'no_show'
        """
    )
    assert len(rows) == len(set(rows))
    assert missed - set(rows) == {("WONM02", "2018-04-03")}
    assert set(rows) <= missed


def test_cancelled_visits_are_the_dates_of_the_cancellations(salon: Salon) -> None:
    cancelled = {(row["Code"], _day(row["Booking Date"]).isoformat()) for row in _rows(CANCELLATIONS)}
    rows = salon.database.rows(
        "SELECT c.name, v.day FROM visit v JOIN client c ON c.id = v.client_id WHERE v.status = 'cancelled'"
    )
    assert len(rows) == len(cancelled)
    assert set(rows) == cancelled


def test_booked_visits_lie_ahead_but_for_one(salon: Salon, report: ImportReport) -> None:
    ahead = {(row["Code"], row["Date"]) for row in _rows(BOOKINGS) if _day(row["Date"]) >= TODAY}
    assert salon.database.value(
        "SELECT count(*) FROM visit WHERE status = 'booked' AND day >= ?", (TODAY.isoformat(),)
    ) == len(ahead)
    assert salon.database.rows("SELECT day FROM visit WHERE status = 'booked' AND day < ?", (TODAY.isoformat(),)) == [
        ("2018-07-11",)
    ]
    assert report.imported["reminders"] == len(ahead)
    assert salon.database.value("SELECT min(due_at) FROM reminder") > "2018-07-30 09:00"


def test_every_booking_stands_at_its_time_with_its_master(salon: Salon) -> None:
    told = Counter(
        (
            row["Staff"],
            datetime.strptime(f"{row['Date']} {row['Time']}", "%m/%d/%Y %I:%M:%S %p").isoformat(" ", "minutes"),
        )
        for row in _rows(BOOKINGS)
    )
    rows = salon.database.rows(
        """
        SELECT m.name, b.starts_at FROM booked_service b JOIN staff_member m ON m.id = b.staff_id
        JOIN imported_record r ON r.record = b.id AND r.record_table = 'booked_service'
        WHERE r.source_key LIKE '%bookings%'
        """
    )
    assert Counter(rows) == told


def test_nobody_is_in_two_places_and_nobody_is_overbooked(salon: Salon) -> None:
    overlaps = salon.database.value(
        """
        SELECT count(*) FROM occupancy a JOIN occupancy b
        ON a.staff_id = b.staff_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
        """
    )
    assert overlaps == 0
    assert salon.database.value("SELECT count(*) FROM occupancy WHERE is_override") == 0
    assert salon.database.value("SELECT min(working_minutes) FROM booked_service") == 10


def test_every_hour_taken_lies_within_a_shift(salon: Salon) -> None:
    outside = salon.database.value(
        """
        SELECT count(*) FROM occupancy o WHERE NOT EXISTS (SELECT 1 FROM shift h
            WHERE h.staff_id = o.staff_id AND h.starts_at <= o.starts_at AND h.ends_at >= o.ends_at)
        """
    )
    assert outside == 0


def test_the_money_is_the_money_of_the_receipts(salon: Salon) -> None:
    told = sum((Decimal(row["Amount"]) for row in _rows(RECEIPTS)), Decimal(0))
    assert Decimal(salon.database.value("SELECT sum(amount) FROM payment")) / 100 == told
    assert salon.database.value("SELECT count(*) FROM payment") == len(_rows(RECEIPTS))


def test_the_database_is_whole(salon: Salon) -> None:
    assert salon.database.rows("PRAGMA foreign_key_check") == []
    assert salon.database.rows("PRAGMA integrity_check") == [("ok",)]
    assert salon.profile.currency == "CAD"
    masters = salon.database.rows("SELECT name FROM staff_member WHERE is_master ORDER BY position")
    assert [row[0] for row in masters] == ["JJ", "BECKY", "KELLY", "JOANNE", "SINEAD", "TANYA"]


@pytest.mark.no_cover
def test_a_trial_changes_nothing() -> None:
    salon = empty_salon()
    empty = contents(salon.database)
    salon_import.run(salon, "salon-csv", real_salon.FOLDER, today=TODAY, dry_run=True)
    assert contents(salon.database) == empty
    salon.database.close()


@pytest.mark.no_cover
def test_a_second_import_and_taking_it_back() -> None:
    salon = real_salon.changeable()
    before = contents(salon.database)
    again = salon_import.run(salon, "salon-csv", real_salon.FOLDER, today=TODAY)
    assert contents(salon.database) == before
    assert (again.read, again.rows_imported, sum(again.imported.values())) == (4277, 0, 0)
    take_back(salon)
    assert not any(
        rows for name, rows in contents(salon.database).items() if name not in {"journal_entry", "import_run"}
    )
    salon.database.close()
