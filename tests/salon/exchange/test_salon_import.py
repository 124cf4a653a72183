"""What becomes of each row of an export: visits, outcomes, money, people, hours, reminders."""

from datetime import date, timedelta

import pytest

from app import language
from app.clock import standing_at
from app.salon import check
from app.salon.clients import finder, forgetting, merging, register, standing
from app.salon.exchange import report as report_of, salon_import
from app.salon.scheduling import agenda, booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, carry_out
from app.vocabulary import CancelReason, Language
from tests.builders import at
from tests.salon.exchange.mini_export import (
    BOOKINGS,
    CANCELLATIONS,
    NO_SHOWS,
    PRODUCTS,
    RECEIPTS,
    SERVICES,
    TODAY,
    ZONE,
    MiniExport,
    contents,
)

Told = list[tuple[object, ...]]


def visits(salon: Salon, client: str | None, day: date) -> Told:
    """A client's visits of a date as (status, hour known), the live ones first."""
    return salon.database.rows(
        """
        SELECT v.status, v.hour_known FROM visit v LEFT JOIN client c ON c.id = v.client_id
        WHERE c.name IS ? AND v.day = ? ORDER BY v.status DESC
        """,
        (client, day.isoformat()),
    )


def services_of(salon: Salon, client: str | None, day: date) -> Told:
    """A client's services of a date: code, master, start, minutes, price, whether they take time."""
    return salon.database.rows(
        """
        SELECT s.code, m.name, substr(b.starts_at, 12), b.working_minutes, b.price, b.takes_time
        FROM booked_service b JOIN visit v ON v.id = b.visit_id JOIN service s ON s.id = b.service_id
        JOIN staff_member m ON m.id = b.staff_id LEFT JOIN client c ON c.id = v.client_id
        WHERE c.name IS ? AND v.day = ? AND v.status <> 'cancelled' ORDER BY v.id, b.position
        """,
        (client, day.isoformat()),
    )


# ---- visits ------------------------------------------------------------------------------------------------------


def test_receipts_and_bookings_of_a_date_become_one_completed_visit(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    day = date(2018, 7, 10)
    assert ("completed", 1) in visits(salon, "ANNA01", day)
    assert services_of(salon, "ANNA01", day) == [
        ("SHCW", "JJ", "10:00", 10, 102_00, 1),
        ("CTU", "JOANNE", "11:00", 60, 70_55, 1),
        ("SMARTBOND", "JOANNE", "10:00", 30, 50_00, 0),
    ]


def test_a_booking_ends_when_the_next_one_of_the_same_master_begins(salon: Salon, export: MiniExport) -> None:
    report = export.into(salon)
    taken = salon.database.rows(
        """
        SELECT substr(o.starts_at, 12), substr(o.ends_at, 12) FROM occupancy o JOIN staff_member m ON m.id = o.staff_id
        WHERE m.name = 'JJ' AND o.starts_at LIKE '2018-07-10%' ORDER BY 1
        """
    )
    assert taken == [("10:00", "10:10"), ("10:10", "11:10")]
    assert [note.count for note in report.notes if note.why is report_of.Why.SHORTENED] == [1]


def test_what_was_paid_instead_of_the_booked_service_was_done(salon: Salon, export: MiniExport) -> None:
    report = export.into(salon)
    assert services_of(salon, "BELL01", date(2018, 7, 10)) == [("SBD", "JJ", "10:10", 60, 82_00, 1)]
    assert [(note.said, note.place and note.place.row) for note in report.notes if note.said == "Blowdry"] == [
        ("Blowdry", 3)
    ]


def test_a_no_show_is_marked_and_gives_the_time_back(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    assert visits(salon, "CARA01", date(2018, 7, 11)) == [("no_show", 1)]
    assert salon.database.value("SELECT count(*) FROM occupancy WHERE starts_at LIKE '2018-07-11%'") == 0


def test_a_walk_in_without_a_card_can_miss_a_visit_too(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    assert visits(salon, None, date(2018, 7, 13)) == [("no_show", 1)]
    assert visits(salon, None, date(2018, 7, 14)) == [("booked", 1)]


def test_who_paid_had_come_whatever_the_no_show_report_says(salon: Salon, export: MiniExport) -> None:
    export.add(NO_SHOWS, "07/10/2018,ANNA01,SHCW,JJ")
    report = export.into(salon)
    assert ("completed", 1) in visits(salon, "ANNA01", date(2018, 7, 10))
    assert [(one.place and one.place.row, one.why) for one in report.skipped] == [(4, report_of.Why.PAID_AFTER_ALL)]


def test_one_service_missed_and_another_received_are_two_visits(salon: Salon, export: MiniExport) -> None:
    export.add(BOOKINGS, "ANNA01,JJ,SBD,07/10/2018,2:00:00 PM,840")
    export.add(NO_SHOWS, "07/10/2018,ANNA01,SBD,JJ")
    export.into(salon)
    assert visits(salon, "ANNA01", date(2018, 7, 10)) == [("no_show", 1), ("completed", 1), ("cancelled", 0)]


def test_a_no_show_without_a_booking_is_a_visit_whose_hour_is_not_known(salon: Salon, export: MiniExport) -> None:
    export.add(NO_SHOWS, "07/24/2018,IRIS01,SBD,JJ")
    export.into(salon)
    assert visits(salon, "IRIS01", date(2018, 7, 24)) == [("no_show", 0)]


def test_a_past_booking_of_which_nobody_said_anything_stays_booked_and_is_noted(
    salon: Salon, export: MiniExport
) -> None:
    report = export.into(salon)
    assert visits(salon, "DORA01", date(2018, 7, 12)) == [("booked", 1)]
    rows = [note.place.row for note in report.notes if note.why is report_of.Why.NOBODY_SAID and note.place]
    assert rows == [6, 8]


def test_a_receipt_without_a_booking_is_a_visit_whose_hour_is_not_known(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    assert visits(salon, "FAY01", date(2018, 7, 19)) == [("completed", 0)]
    assert services_of(salon, "FAY01", date(2018, 7, 19))[0][4:] == (0, 0)
    assert salon.database.value("SELECT count(*) FROM occupancy WHERE starts_at LIKE '2018-07-19%'") == 0


def test_each_receipt_of_a_walk_in_is_a_visit_of_somebody_else(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    assert visits(salon, None, date(2018, 7, 18)) == [("completed", 0), ("completed", 0)]


def test_what_was_cancelled_is_one_visit_beside_the_others_and_takes_no_time(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    assert visits(salon, "HANA01", date(2018, 7, 20)) == [("cancelled", 0)]
    rows = salon.database.rows(
        """
        SELECT v.cancel_reason, v.comment, count(b.id) FROM visit v JOIN booked_service b ON b.visit_id = v.id
        WHERE v.status = 'cancelled' AND v.day = '2018-07-20' GROUP BY v.id
        """
    )
    assert rows == [("client_asked", "Cancelled on 19/07/2018 by ADMIN.", 2)]
    assert visits(salon, "ANNA01", date(2018, 7, 10)) == [("completed", 1), ("cancelled", 0)]


def test_each_cancelled_booking_without_a_card_is_its_own(salon: Salon, export: MiniExport) -> None:
    export.add(CANCELLATIONS, "07/18/2018,,SBD,JJ,07/21/2018,JJ,2", "07/18/2018,,SBD,JJ,07/21/2018,,2")
    export.into(salon)
    assert visits(salon, None, date(2018, 7, 21)) == [("cancelled", 0), ("cancelled", 0)]


def test_the_till_takes_no_time_and_has_no_column(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    day = agenda.of_day(salon.database, date(2018, 7, 17))
    assert visits(salon, "EVA01", date(2018, 7, 17)) == [("completed", 1)]
    assert "HOUSE" not in {master.name for master in day.masters}
    assert day.entries == ()


def test_two_bookings_at_the_same_minute_are_both_kept_and_the_later_is_marked(
    salon: Salon, export: MiniExport
) -> None:
    export.add(BOOKINGS, "KIM01,JJ,SBD,07/12/2018,12:30:00 PM,750")
    report = export.into(salon)
    assert [note.place.row for note in report.notes if note.why is report_of.Why.OVERBOOKED and note.place] == [12]
    marked = salon.database.rows(
        "SELECT c.name, v.overbooked_reason <> '' FROM visit v JOIN client c ON c.id = v.client_id WHERE v.day = ?",
        ("2018-07-12",),
    )
    assert sorted(marked) == [("DORA01", 0), ("KIM01", 1)]


# ---- money -------------------------------------------------------------------------------------------------------


def test_products_are_money_and_never_visits(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    assert visits(salon, "GINA01", date(2018, 7, 19)) == []
    rows = salon.database.rows(
        """
        SELECT c.name, p.visit_id IS NULL, p.quantity, p.amount FROM payment p LEFT JOIN client c ON c.id = p.client_id
        WHERE p.kind = 'product' ORDER BY p.id
        """
    )
    assert rows == [
        ("ANNA01", 1, 1, 27_00),
        (None, 1, 1, 31_23),
        ("GINA01", 1, -1, -27_00),
        (None, 1, 1, 27_00),
        (None, 1, 1, 27_00),
    ]


def test_a_redeemed_bundle_is_money_of_the_visit_and_no_service_of_it(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    rows = salon.database.rows("SELECT kind, amount, tax, visit_id IS NULL FROM payment WHERE receipt = '2'")
    assert rows == [("service", 82_00, 10_66, 0), ("service", -50_00, -6_50, 0)]
    assert len(services_of(salon, "BELL01", date(2018, 7, 10))) == 1


def test_not_a_cent_is_lost(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    told = [line.split(",")[6:] for line in export.lines[RECEIPTS][1:]]
    assert salon.database.value("SELECT sum(amount) FROM payment") == round(sum(float(a) for a, _g, _p in told) * 100)
    assert salon.database.value("SELECT tax FROM payment WHERE amount = 7055") == 9_17


def test_a_price_of_nought_is_on_request_and_a_nameless_service_is_called_by_its_code(
    salon: Salon, export: MiniExport
) -> None:
    export.into(salon)
    rows = dict(salon.database.rows("SELECT name, price FROM service"))
    assert rows["Women's hair cut"] == 102_00
    assert rows["Blowdry"] is None
    assert "F&F" in rows
    assert salon.database.value("SELECT archived_at IS NOT NULL FROM service WHERE code = 'OLD'") == 1


def test_a_description_in_no_list_is_skipped_with_its_reason(salon: Salon, export: MiniExport) -> None:
    export.add(RECEIPTS, "9,07/19/2018,Gift card,FAY01,JJ,1,100,5,8")
    report = export.into(salon)
    assert [(one.place and one.place.row, one.sentence) for one in report.skipped] == [
        (16, "“Gift card” is neither in the price list nor in the product list.")
    ]


# ---- people and hours --------------------------------------------------------------------------------------------


def test_clients_can_be_found_and_walk_ins_have_no_card(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    names = {row[0] for row in salon.database.rows("SELECT name FROM client")}
    assert names == {"ANNA01", "BELL01", "CARA01", "DORA01", "EVA01", "FAY01", "GINA01", "HANA01"}
    assert [found.name for found in finder.find(salon.database, "anna", TODAY)] == ["ANNA01"]


def test_masters_do_what_they_were_seen_to_do(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    rows = salon.database.rows(
        """
        SELECT s.code FROM staff_service x JOIN staff_member m ON m.id = x.staff_id
        JOIN service s ON s.id = x.service_id WHERE m.name = ? ORDER BY 1
        """,
        ("JOANNE",),
    )
    assert [row[0] for row in rows] == ["CTU", "SBD", "SHCW", "SMARTBOND"]


def test_the_calendar_has_working_hours_behind_and_ahead_and_can_be_booked(salon: Salon, export: MiniExport) -> None:
    export.add(BOOKINGS, "BELL01,JJ,SBD,07/25/2018,9:00:00 AM,540")
    export.into(salon)
    wednesday = TODAY + timedelta(days=2)
    columns = {m.name: m.shifts for m in agenda.of_day(salon.database, wednesday).masters}
    assert [(one.starts_at.hour, one.ends_at.hour) for one in columns["JJ"]] == [(9, 10)]
    assert salon.profile.step_minutes == 10
    assert (salon.profile.opens_minute, salon.profile.closes_minute) == (9 * 60, 19 * 60)
    client, service, staff = (
        salon.database.value(f"SELECT id FROM {table} WHERE {column} = ?", (name,))
        for table, column, name in (
            ("client", "name", "ANNA01"),
            ("service", "code", "SBD"),
            ("staff_member", "name", "JJ"),
        )
    )
    wish = ServiceWish(service, staff, at(9, day=wednesday), Lengths(50), None)
    assert carry_out(salon, booking.book, BookingRequest(client, (wish,))).value > 0


def test_a_master_who_had_left_is_archived_and_gets_no_shifts_ahead(salon: Salon, export: MiniExport) -> None:
    export.add(
        BOOKINGS, "ANNA01,SINEAD,SHCW,04/03/2018,10:00:00 AM,600", "BELL01,SINEAD,SHCW,04/10/2018,10:00:00 AM,600"
    )
    report = export.into(salon)
    row = salon.database.row(
        """
        SELECT m.archived_at IS NOT NULL, max(h.day) FROM staff_member m JOIN shift h ON h.staff_id = m.id
        WHERE m.name = 'SINEAD'
        """
    )
    assert row == (1, "2018-04-10")
    assert [note.said for note in report.notes if note.why is report_of.Why.STAFF_LEFT] == ["SINEAD"]


# ---- reminders ---------------------------------------------------------------------------------------------------


def test_only_visits_ahead_are_reminded_of_and_never_in_the_past(salon: Salon, export: MiniExport) -> None:
    report = export.into(salon)
    assert salon.database.rows("SELECT due_at, status FROM reminder") == [("2018-08-14 12:00", "queued")]
    assert report.imported["reminders"] == 1


def test_the_hour_of_the_reminder_is_told_by_the_wall_when_today_is_today(salon: Salon, export: MiniExport) -> None:
    export.add(BOOKINGS, "DORA01,JJ,SBD,07/31/2018,3:00:00 PM,900")
    afternoon = Salon(salon.database, standing_at(at(13, day=TODAY), ZONE))
    export.into(afternoon)
    assert salon.database.rows("SELECT due_at FROM reminder") == [("2018-08-14 12:00",)]


# ---- names are data ----------------------------------------------------------------------------------------------


def test_codes_are_text_whatever_they_look_like(salon: Salon, export: MiniExport) -> None:
    export.add(
        BOOKINGS,
        "=cmd|' /C calc'!A0,JJ,SBD,07/20/2018,9:00:00 AM,540",
        '"O""BRIEN, ?A*01",JJ,SBD,07/20/2018,10:00:00 AM,600',
        "'; DROP TABLE visit; --,JJ,SBD,07/20/2018,11:00:00 AM,660",
        "{0.__class__} %s,JJ,SBD,07/20/2018,12:00:00 PM,720",
    )
    export.into(salon)
    names = {row[0] for row in salon.database.rows("SELECT name FROM client")}
    assert {"=cmd|' /C calc'!A0", 'O"BRIEN, ?A*01', "'; DROP TABLE visit; --", "{0.__class__} %s"} <= names


# ---- the report --------------------------------------------------------------------------------------------------


def test_every_row_is_imported_known_consulted_or_skipped(salon: Salon, export: MiniExport) -> None:
    export.add(BOOKINGS, "KIM01,JJ,PERM,07/12/2018,12:30:00 PM,750", "KIM01,JJ,SBD,7.12.18,12:30:00 PM,750")
    for report in (export.into(salon), export.into(salon)):
        rows = sum(len(lines) - 1 for lines in export.lines.values())
        assert report.read == rows
        assert report.rows_imported + report.already_known + report.consulted + len(report.skipped) == rows


def test_the_report_as_other_programs_read_it(salon: Salon, export: MiniExport) -> None:
    export.add(BOOKINGS, "KIM01,JJ,PERM,07/12/2018,12:30:00 PM,750")
    told = export.into(salon).as_json()
    assert told["read"] == 7 + 2 + 11 + 14 + 3 + 2
    assert told["imported"]["clients"] == 8
    assert told["imported"]["visits"] == 14
    assert told["skipped"] == [{"file": BOOKINGS, "row": 12, "reason": "The service “PERM” is not in the price list."}]
    assert told["dry_run"] is False


def test_the_report_as_a_person_reads_it(salon: Salon, export: MiniExport) -> None:
    export.add(BOOKINGS, "KIM01,JJ,PERM,07/12/2018,12:30:00 PM,750")
    told = report_of.lines(export.into(salon, dry_run=True))
    assert told[:3] == ["This is a trial: nothing was changed.", "Read: 39 rows.", "To be imported: 36 rows."]
    assert "   Clients: 8" in told
    assert f"   {BOOKINGS}, row 12: The service “PERM” is not in the price list." in told


def test_what_a_later_export_told_and_how_a_file_was_read_are_said_too(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    export.add(RECEIPTS, "20,08/15/2018,Women's hair cut,ANNA01,JJ,1,110,5.5,8.8")
    export.add(BOOKINGS, "Щёлкина,JJ,SBD,07/20/2018,9:00:00 AM,540")
    told = report_of.lines(salon_import.run(salon, "salon-csv", export.write("cp1251"), today=TODAY))
    assert "   Visits brought up to date: 1" in told
    assert f"   {BOOKINGS}: The file is not in UTF-8 and was read as CP1251: check a few names." in told


def test_a_visit_that_was_cancelled_here_takes_no_time_again(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    visit = salon.database.value("SELECT id FROM visit WHERE day = '2018-08-15'")
    carry_out(salon, booking.cancel, visit, CancelReason.CLIENT_ILL)
    export.add(BOOKINGS, "ANNA01,JJ,SBD,08/15/2018,11:00:00 AM,660")
    export.into(salon)
    assert salon.database.value("SELECT count(*) FROM occupancy WHERE starts_at LIKE '2018-08-15%'") == 0


@pytest.mark.parametrize("spoken", list(Language))
def test_every_remark_has_a_sentence_in_both_languages(spoken: Language) -> None:
    language.use(spoken)
    for why in report_of.Why:
        assert report_of.Remark(None, why, "слово", 21).sentence.strip()


# ---- whom the salon does not book --------------------------------------------------------------------------------


@pytest.fixture
def known(salon: Salon, export: MiniExport) -> dict[str, int]:
    """The clients of an earlier import, by name; since then two more visits of each were booked, one in the past."""
    export.into(salon)
    for code in ("ANNA01", "BELL01"):
        export.add(BOOKINGS, f"{code},JJ,SBD,08/20/2018,10:00:00 AM,600", f"{code},JJ,SBD,07/25/2018,10:00:00 AM,600")
        export.add(BOOKINGS, f"{code},JOANNE,CTU,08/20/2018,11:00:00 AM,660")
    return {row[0]: int(row[1]) for row in salon.database.rows("SELECT name, id FROM client")}


def test_a_visit_ahead_of_somebody_unwanted_is_brought_and_told_by_name(
    salon: Salon, export: MiniExport, known: dict[str, int]
) -> None:
    carry_out(salon, standing.do_not_book, known["ANNA01"], "четыре неявки")
    trial = export.into(salon, dry_run=True)
    report = export.into(salon)
    told = [note for note in report.notes if note.why is report_of.Why.NOT_WANTED]
    assert [(note.place and note.place.row, note.said) for note in told] == [(12, "20/08/2018, ANNA01")]
    assert told == [note for note in trial.notes if note.why is report_of.Why.NOT_WANTED]
    assert any("ANNA01" in line and "do not book" in line for line in report_of.lines(report))
    assert visits(salon, "ANNA01", date(2018, 8, 20)) == visits(salon, "BELL01", date(2018, 8, 20)) == [("booked", 1)]
    assert visits(salon, "ANNA01", date(2018, 7, 25)) == [("booked", 1)], "what has happened has happened"
    assert report.skipped == ()


def test_no_visit_ahead_is_brought_of_somebody_who_asked_to_be_forgotten(
    salon: Salon, export: MiniExport, known: dict[str, int]
) -> None:
    carry_out(salon, forgetting.ask, known["ANNA01"], cancel_visits=True)
    report = export.into(salon)
    asked = report_of.Why.TO_BE_FORGOTTEN
    assert [(one.place and one.place.row, one.why) for one in report.skipped] == [(12, asked), (14, asked)]
    assert visits(salon, "ANNA01", date(2018, 8, 20)) == []
    assert visits(salon, "BELL01", date(2018, 8, 20)) == [("booked", 1)]
    assert visits(salon, "ANNA01", date(2018, 7, 25)) == [("booked", 1)]
    assert forgetting.booked_ahead(salon.database, known["ANNA01"], TODAY) == []
    assert export.into(salon).imported == dict.fromkeys(report.imported, 0)
    assert check.faults(salon.database) == []


# ---- again, and partly again ---------------------------------------------------------------------------------------


def test_a_second_import_changes_nothing(salon: Salon, export: MiniExport) -> None:
    first = export.into(salon)
    before = contents(salon.database)
    again = export.into(salon)
    assert contents(salon.database) == before
    assert (again.rows_imported, sum(again.imported.values())) == (0, 0)
    assert again.already_known == first.rows_imported


def test_a_second_import_some_days_later_changes_nothing_either(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    before = contents(salon.database)
    export.into(salon, today=TODAY + timedelta(days=40))
    assert contents(salon.database) == before


def test_only_new_rows_of_a_later_export_are_added(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    export.add(BOOKINGS, "DORA01,JJ,SBD,08/15/2018,9:30:00 AM,570", "KIM01,JJ,SBD,08/15/2018,10:20:00 AM,620")
    again = export.into(salon)
    assert {kind: n for kind, n in again.imported.items() if n} == {
        "clients": 1,
        "visits": 2,
        "booked_services": 2,
        "reminders": 2,
    }
    taken = salon.database.rows(
        """
        SELECT substr(starts_at, 12), substr(ends_at, 12), is_override FROM occupancy
        WHERE starts_at LIKE '2018-08-15%'
        """
    )
    assert sorted(taken) == [("09:30", "10:00", 0), ("10:00", "11:00", 0), ("10:20", "11:10", 1)]


def test_what_comes_later_of_a_merged_client_goes_to_the_card_that_remains(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    absorbed = int(salon.database.value("SELECT id FROM client WHERE name = 'ANNA01'"))
    stays = carry_out(salon, register.add, register.NewClient("Anna Smith")).value
    carry_out(salon, merging.merge, stays, absorbed, merging.Chosen("Anna Smith"))
    before = salon.database.value("SELECT count(*) FROM visit WHERE client_id = ?", (stays,))
    export.add(BOOKINGS, "ANNA01,JJ,SBD,08/16/2018,9:30:00 AM,570")
    export.into(salon)
    assert salon.database.value("SELECT count(*) FROM visit WHERE client_id = ?", (absorbed,)) == 0
    assert salon.database.value("SELECT count(*) FROM visit WHERE client_id = ?", (stays,)) == before + 1


def test_equal_rows_are_told_apart_by_their_number(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    export.add(RECEIPTS, "8,07/19/2018,AG Boost 355ml,WALK_IN,JJ,1,27,1.35,2.16")
    again = export.into(salon)
    assert {kind: n for kind, n in again.imported.items() if n} == {"payments": 1}


def test_a_visit_that_was_paid_since_the_first_import_is_completed(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    export.add(RECEIPTS, "20,08/15/2018,Women's hair cut,ANNA01,JJ,1,110,5.5,8.8")
    again = export.into(salon, today=date(2018, 8, 16))
    assert again.as_json()["updated"] == {"visits": 1}
    assert visits(salon, "ANNA01", date(2018, 8, 15)) == [("completed", 1)]
    assert services_of(salon, "ANNA01", date(2018, 8, 15))[0][4] == 110_00
    assert salon.database.rows("SELECT status FROM reminder") == [("cancelled",)]


def test_a_visit_that_was_missed_since_the_first_import_is_marked(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    export.add(NO_SHOWS, "08/15/2018,ANNA01,SHCW,JJ")
    again = export.into(salon, today=date(2018, 8, 16))
    assert again.as_json()["updated"] == {"visits": 1}
    assert visits(salon, "ANNA01", date(2018, 8, 15)) == [("no_show", 1)]
    assert salon.database.value("SELECT count(*) FROM occupancy WHERE starts_at LIKE '2018-08-15%'") == 0
    assert sum(export.into(salon, today=date(2018, 8, 16)).imported.values()) == 0


# ---- a trial, and half a failure -----------------------------------------------------------------------------------


def test_a_trial_tells_the_same_and_changes_nothing(salon: Salon, export: MiniExport) -> None:
    before = contents(salon.database)
    trial = export.into(salon, dry_run=True)
    assert contents(salon.database) == before
    real = export.into(salon)
    assert (trial.imported, trial.skipped, trial.notes, trial.read) == (
        real.imported,
        real.skipped,
        real.notes,
        real.read,
    )


def test_a_failure_in_the_middle_changes_nothing(salon: Salon, export: MiniExport) -> None:
    before = contents(salon.database)

    class StoppedHalfWay(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == total - 3:
            raise StoppedHalfWay

    with pytest.raises(StoppedHalfWay):
        salon_import.run(salon, "salon-csv", export.write(), today=TODAY, progress=stop)
    assert contents(salon.database) == before


def test_progress_is_told_and_ends_at_the_end(salon: Salon, export: MiniExport) -> None:
    told: list[tuple[int, int]] = []
    folder = export.write()
    for _again in range(2):
        told.clear()
        salon_import.run(
            salon, "salon-csv", folder, today=TODAY, progress=lambda done, total: told.append((done, total))
        )
        assert [done for done, _total in told] == sorted({done for done, _total in told})
        assert told[-1][0] == told[-1][1]


def test_the_salon_that_already_says_what_it_is_keeps_its_settings(salon: Salon, export: MiniExport) -> None:
    from app.salon import profile as profile_of

    carry_out(salon, profile_of.write, profile_of.Profile(name="Мой салон", zone=ZONE))
    report = export.into(salon)
    assert salon.profile.name == "Мой салон"
    assert report_of.Why.SALON_KEPT in [note.why for note in report.notes]


# ---- files that may be absent ---------------------------------------------------------------------------------------


def test_header_only_lists_are_fine_where_nothing_may_have_happened(salon: Salon, export: MiniExport) -> None:
    for name in (CANCELLATIONS, NO_SHOWS, PRODUCTS):
        del export.lines[name][1:]
    export.lines[RECEIPTS] = [line for line in export.lines[RECEIPTS] if "AG Boost" not in line]
    export.into(salon)
    assert salon.database.value("SELECT count(*) FROM visit WHERE status IN ('cancelled', 'no_show')") == 0


def test_a_service_that_is_twice_in_the_list_is_taken_once(salon: Salon, export: MiniExport) -> None:
    export.add(SERVICES, "TRUE,SBD,Blowdry deluxe,STYLE,60,5")
    report = export.into(salon)
    assert [one.why for one in report.skipped] == [report_of.Why.SERVICE_TWICE]
