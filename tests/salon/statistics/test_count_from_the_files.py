"""A real salon: the figures agree with a count made straight from its CSV files.

The count below knows csv, sets and the documented decisions of the import (docs/import.md), and no code of ours:

- a service line is a receipt line of a service that is in the price list, not in the product list, with a positive
  number of pieces and an amount that is not below zero;
- a client who has a service line on a date was here on that date, and what was booked then and not missed was done;
- a booking is done by whom it was booked with; a line that no booking explains is done by whom it names;
- a no-show report marks a booking that nobody paid for; a client's missed bookings of a date are one missed visit;
- a walk-in was here once for each receipt with service lines.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

import pytest

from app.models.connection import Database
from app.salon.statistics.figures import compute
from app.salon.statistics.periods import Period
from app.salon.statistics.results import BesideKind, FigureRow, Group, RowKind
from app.vocabulary import Figure
from tests import real_salon

TODAY = date(2018, 7, 30)
NOBODY = {"", "WALK_IN"}
NO_MASTER = {"HOUSE"}

pytestmark = real_salon.needed

SPRING = (date(2018, 3, 14), date(2018, 3, 31))
APRIL = (date(2018, 4, 1), date(2018, 4, 30))
SUMMER = (date(2018, 6, 1), date(2018, 8, 31))
ALL = (date(2018, 3, 14), date(2018, 7, 29))
ONE_DAY = (date(2018, 4, 7), date(2018, 4, 7))
BEFORE = (date(2018, 1, 1), date(2018, 3, 13))
PERIODS = [SPRING, APRIL, SUMMER, ALL, ONE_DAY, BEFORE]
TODAYS = [date(2018, 5, 20), TODAY, date(2019, 3, 1)]

Dates = tuple[date, date]
Sets = tuple[set[str], set[str], set[str]]
"""Numerator, denominator, immature: client codes."""


# ---- the count from the files ----------------------------------------------------------------------------------


def read(name: str) -> list[dict[str, str]]:
    with (real_salon.FOLDER / f"{name}0.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_of(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


@dataclass
class Counted:
    """What the files tell."""

    came: dict[tuple[str, date], set[str]] = field(default_factory=lambda: defaultdict(set))
    """(client, date) of every visit → by whom they were served."""
    walk_ins: set[tuple[date, str]] = field(default_factory=set)
    """(date, receipt)."""
    missed: list[tuple[str, date]] = field(default_factory=list)
    unsaid: list[tuple[str, date]] = field(default_factory=list)
    """Booked, neither paid nor reported as missed."""
    cancelled: list[tuple[str, date]] = field(default_factory=list)

    @cached_property
    def dates_of(self) -> dict[str, list[tuple[date, set[str]]]]:
        """The same by client."""
        found: dict[str, list[tuple[date, set[str]]]] = defaultdict(list)
        for (client, day), by in self.came.items():
            found[client].append((day, by))
        return found

    # the definitions of STATISTICS, word for word

    def days(self, client: str, master: str | None, today: date) -> set[date]:
        return {d for d, by in self.dates_of[client] if d <= today and (master is None or master in by)}

    def users(self, dates: Dates, master: str | None, today: date) -> set[str]:
        begins, ends = dates
        return {
            c
            for (c, d), by in self.came.items()
            if begins <= d <= min(ends, today) and (master is None or master in by)
        }

    def group(self, group: Group, dates: Dates, master: str | None, today: date) -> set[str]:
        users = self.users(dates, master, today)
        new = {c for c in users if min(self.days(c, None, today)) >= dates[0]}
        return {Group.ALL: users, Group.NEW: new, Group.EXISTING: users - new}[group]

    def two_periods(self, visits: Dates, returns: Dates, group: Group, master: str | None, today: date) -> Sets:
        came = self.group(group, visits, master, today)
        if returns[1] > today:
            return set(), set(), came
        return came & self.users(returns, master, today), came, set()

    def revisit(self, dates: Dates, group: Group, master: str | None, back_to: str | None, today: date) -> Sets:
        came = self.group(group, dates, master, today)
        anchor = {c: min(d for d in self.days(c, master, today) if dates[0] <= d <= dates[1]) for c in came}
        mature = {c for c in came if (today - anchor[c]).days >= 90}
        back = {c for c in mature if any(1 <= (d - anchor[c]).days <= 90 for d in self.days(c, back_to, today))}
        return back, mature, came - mature

    def second(self, dates: Dates, today: date, *, ever: bool) -> Sets:
        new = self.group(Group.NEW, dates, None, today)
        if ever:
            return {c for c in new if len(self.days(c, None, today)) >= 2}, new, set()
        return self.revisit(dates, Group.NEW, None, None, today)


def count() -> Counted:
    """Read the six files."""
    found = Counted()
    code_of: dict[str, str] = {}
    for row in read("Service Listing"):
        code_of.setdefault(row["Desc"], row["Code"])
    products = {row["Description"] for row in read("Product Listing (Retail)")}
    paid: dict[tuple[str, date], list[tuple[str, str]]] = defaultdict(list)
    for row in read("Receipt Transactions"):
        is_service = row["Description"] in code_of and row["Description"] not in products
        if not is_service or float(row["Amount"]) < 0 or int(row["Quantity"]) <= 0:
            continue
        if row["Client"] in NOBODY:
            found.walk_ins.add((day_of(row["Date"]), row["Receipt"]))
        else:
            paid[row["Client"], day_of(row["Date"])].append((code_of[row["Description"]], row["Staff"]))
    booked = services_by_day("Future Bookings (All Clients)", "Date")
    no_shows = services_by_day("No-Show Report", "Date")
    for key in {*paid, *booked, *no_shows}:
        count_day(found, key, list(booked[key]), list(paid[key]), list(no_shows[key]))
    for (client, day), services in services_by_day("Client Cancellations", "Booking Date").items():
        found.cancelled += [(client, day)] * (1 if client else len(services))
    return found


def services_by_day(name: str, date_column: str) -> dict[tuple[str, date], list[tuple[str, str]]]:
    """(service, staff) by client and date; the empty client is a walk-in."""
    found: dict[tuple[str, date], list[tuple[str, str]]] = defaultdict(list)
    for row in read(name):
        client = "" if row["Code"] in NOBODY else row["Code"]
        found[client, day_of(row[date_column])].append((row["Service"], row["Staff"]))
    return found


Pair = tuple[str, str]


def count_day(
    found: Counted, key: tuple[str, date], booked: list[Pair], paid: list[Pair], no_shows: list[Pair]
) -> None:
    """One client's date: which bookings were paid for, which were missed, what was done besides."""
    unpaid, unexplained = list(booked), list(paid)
    for like in (lambda b, p: b == p, lambda b, p: b[0] == p[0]):
        for line in list(unexplained):
            fitting = [booking for booking in unpaid if like(booking, line)]
            if fitting:
                unpaid.remove(fitting[0])
                unexplained.remove(line)
    absent = 0
    for report in no_shows:
        if report in unpaid:
            unpaid.remove(report)
            booked.remove(report)
            absent += 1
        elif report not in booked:
            absent += 1
    for booking in list(unpaid):
        done_instead = [line for line in unexplained if line[1] == booking[1]]
        if done_instead:
            unexplained.remove(done_instead[0])
    by = {staff for _service, staff in booked} | {staff for _service, staff in unexplained}
    if paid:
        found.came[key] = by
    client, _day = key
    found.missed += [key] * (min(absent, 1) if client else absent)
    if not paid and booked:
        found.unsaid += [key] * (1 if client else len(booked))


# ---- the salon -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files() -> Counted:
    return count()


@pytest.fixture(scope="module")
def database() -> Database:
    return real_salon.imported()[0].database


@pytest.fixture(scope="module")
def codes(database: Database) -> dict[int, str]:
    """Client codes by id: this import names the cards by them."""
    return dict(database.rows("SELECT id, name FROM client"))


def sets_of(row: FigureRow, codes: dict[int, str]) -> Sets:
    numerator = {codes[client] for client in row.numerator_clients}
    denominator = {codes[client] for client in row.denominator_clients}
    immature = {codes[client] for client in row.immature_clients}
    assert (row.numerator, row.denominator, row.immature) == (len(numerator), len(denominator), len(immature))
    return numerator, denominator, immature


def master_of(row: FigureRow) -> str | None:
    assert row.staff_name not in NO_MASTER
    return row.staff_name or None


@pytest.mark.no_cover
@pytest.mark.parametrize("today", TODAYS, ids=str)
@pytest.mark.parametrize("dates", PERIODS, ids=lambda dates: f"{dates[0]}..{dates[1]}")
class TestEveryNumber:
    """Each period, seen on three days: in the middle of it, on the day of the export, and long after."""

    def test_revisit_90(
        self, database: Database, files: Counted, codes: dict[int, str], dates: Dates, today: date
    ) -> None:
        result = compute(database, Figure.REVISIT_90, Period(*dates), today=today)
        for row in result.rows:
            master = master_of(row)
            back_to = master if row.kind is RowKind.MASTER else None
            assert sets_of(row, codes) == files.revisit(dates, row.group, master, back_to, today), row.label

    @pytest.mark.parametrize("returns", [None, (date(2018, 9, 1), date(2018, 9, 30))], ids=str)
    def test_return_two_periods(
        self,
        database: Database,
        files: Counted,
        codes: dict[int, str],
        dates: Dates,
        today: date,
        returns: Dates | None,
    ) -> None:
        wished = None if returns is None else Period(*returns)
        result = compute(database, Figure.RETURN_TWO_PERIODS, Period(*dates), today=today, return_period=wished)
        length = dates[1] - dates[0] + timedelta(days=1)
        expected = returns or (dates[1] + timedelta(days=1), dates[1] + length)
        for row in result.rows:
            master = master_of(row)
            assert sets_of(row, codes) == files.two_periods(dates, expected, row.group, master, today), row.label

    def test_first_to_second(
        self, database: Database, files: Counted, codes: dict[int, str], dates: Dates, today: date
    ) -> None:
        result = compute(database, Figure.FIRST_TO_SECOND, Period(*dates), today=today)
        for row in result.rows:
            ever = row.kind is RowKind.SECOND_EVER
            assert sets_of(row, codes) == files.second(dates, today, ever=ever), row.label

    def test_no_show_rate(self, database: Database, files: Counted, dates: Dates, today: date) -> None:
        begins, ends = dates[0], min(dates[1], today)
        missed = sum(begins <= day <= ends for _client, day in files.missed)
        came = sum(begins <= day <= ends for _client, day in files.came)
        walk_ins = sum(begins <= day <= ends for day, _receipt in files.walk_ins)
        salon, late = compute(database, Figure.NO_SHOW_RATE, Period(*dates), today=today).rows
        assert (salon.numerator, salon.denominator, salon.immature) == (missed, missed + came + walk_ins, 0)
        still_open = sum(begins <= day <= ends for _client, day in files.unsaid)
        assert {one.kind: one.number for one in salon.beside} == (
            {BesideKind.STILL_OPEN: still_open} if still_open else {}
        )
        cancelled = sum(begins <= day <= ends for _client, day in files.cancelled)
        assert (late.numerator, late.denominator) == (0, 0)
        assert {one.kind: one.number for one in late.beside} == (
            {BesideKind.MOMENT_UNKNOWN: cancelled} if cancelled else {}
        )


def test_the_count_is_not_about_nothing(files: Counted) -> None:
    """A count that lost its files would agree with an empty salon."""
    assert len(files.came) > 1000
    assert len(files.missed) > 40
    assert files.walk_ins
    assert files.unsaid
    assert len(files.cancelled) > 100
    masters = {staff for by in files.came.values() for staff in by} - NO_MASTER
    assert len(masters) == 6
