"""An import can be taken back as a whole, unless somebody has worked with what it brought."""

from datetime import date

import pytest

from app.errors import ImportInUse, NothingImported
from app.salon import journal, profile as profile_of
from app.salon.clients import register
from app.salon.exchange.taking_back import take_back
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, carry_out
from app.vocabulary import AlertKind, CancelReason, VisitStatus
from tests.builders import at
from tests.salon.exchange.mini_export import BOOKINGS, RECEIPTS, MiniExport, contents

_STAYS = {"journal_entry", "import_run"}
"""What happened is not forgotten: the journal, and that there was an import."""


def _salon_alone(salon: Salon) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows for name, rows in contents(salon.database).items() if name not in _STAYS}


def _id(salon: Salon, table: str, column: str, name: str) -> int:
    return int(salon.database.value(f"SELECT id FROM {table} WHERE {column} = ?", (name,)))


def _visit_ahead(salon: Salon) -> int:
    return int(salon.database.value("SELECT id FROM visit WHERE day = '2018-08-15'"))


def test_exactly_what_was_brought_goes(salon: Salon, export: MiniExport) -> None:
    own = carry_out(salon, register.add, register.NewClient("Own client")).value
    before = _salon_alone(salon)
    brought = export.into(salon)
    back = take_back(salon)
    assert _salon_alone(salon) == before
    assert back.removed["visit"] == brought.imported["visits"]
    assert salon.database.rows("SELECT id FROM client") == [(own,)]


def test_after_taking_back_the_same_export_can_come_again(salon: Salon, export: MiniExport) -> None:
    first = export.into(salon)
    take_back(salon, first.run_id)
    again = export.into(salon)
    assert again.imported == first.imported


def test_there_is_nothing_to_take_back_twice(salon: Salon, export: MiniExport) -> None:
    with pytest.raises(NothingImported):
        take_back(salon)
    export.into(salon)
    take_back(salon)
    with pytest.raises(NothingImported):
        take_back(salon)


def test_a_visit_that_somebody_cancelled_since_is_not_taken_away(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    carry_out(salon, booking.cancel, _visit_ahead(salon), CancelReason.CLIENT_ILL)
    before = contents(salon.database)
    with pytest.raises(ImportInUse) as refused:
        take_back(salon)
    assert refused.value.records >= 1
    assert contents(salon.database) == before


def test_a_new_visit_of_an_imported_client_keeps_the_import(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    client, service = _id(salon, "client", "name", "ANNA01"), _id(salon, "service", "code", "SBD")
    day = date.fromisoformat(salon.database.value("SELECT max(day) FROM shift WHERE day < '2018-08-15'"))
    staff, opens = salon.database.row("SELECT staff_id, starts_at FROM shift WHERE day = ?", (day.isoformat(),)) or ()
    wish = ServiceWish(service, staff, at(int(opens[11:13]), day=day), Lengths(30), None)
    carry_out(salon, booking.book, BookingRequest(client, (wish,)))
    with pytest.raises(ImportInUse):
        take_back(salon)


def test_an_alert_on_an_imported_card_keeps_the_import(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    carry_out(salon, register.warn, _id(salon, "client", "name", "ANNA01"), AlertKind.ALLERGY, "ammonia")
    with pytest.raises(ImportInUse) as refused:
        take_back(salon)
    assert refused.value.records == 1


def test_what_was_done_and_undone_does_not_stand_in_the_way(salon: Salon, export: MiniExport) -> None:
    before = _salon_alone(salon)
    export.into(salon)
    arrived = carry_out(salon, booking.set_status, _visit_ahead(salon), VisitStatus.CONFIRMED)
    undone = carry_out(salon, journal.undo, arrived.entry_id or 0)
    take_back(salon)
    assert _salon_alone(salon) == before
    export.into(salon)
    assert undone.entry_id is not None


def test_what_was_undone_and_done_again_stands_in_the_way(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    confirmed = carry_out(salon, booking.set_status, _visit_ahead(salon), VisitStatus.CONFIRMED)
    undone = carry_out(salon, journal.undo, confirmed.entry_id or 0)
    carry_out(salon, journal.undo, undone.entry_id or 0)
    with pytest.raises(ImportInUse):
        take_back(salon)


def test_settings_that_were_changed_since_stay(salon: Salon, export: MiniExport) -> None:
    export.into(salon)
    carry_out(salon, profile_of.write, profile_of.Profile(name="Salon Rose", zone="America/Vancouver"))
    take_back(salon)
    assert salon.profile.name == "Salon Rose"
    assert salon.database.value("SELECT count(*) FROM visit") == 0


def test_a_later_import_is_taken_back_first_and_gives_back_what_it_updated(salon: Salon, export: MiniExport) -> None:
    first = export.into(salon)
    before = _salon_alone(salon)
    export.add(BOOKINGS, "KIM01,JJ,SBD,08/16/2018,9:30:00 AM,570")
    export.add(RECEIPTS, "20,08/15/2018,Women's hair cut,ANNA01,JJ,1,110,5.5,8.8")
    second = export.into(salon)
    assert second.updated == {"visits": 1}
    with pytest.raises(ImportInUse):
        take_back(salon, first.run_id)
    take_back(salon)
    assert _salon_alone(salon) == before
    take_back(salon)
    assert salon.database.value("SELECT count(*) FROM visit") == 0
