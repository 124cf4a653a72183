"""What leaves the salon in a calendar file, and what does not."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from app import language
from app.errors import NoSuchMaster, NoSuchVisit
from app.salon import undo
from app.salon.catalogue import staff
from app.salon.clients import register
from app.salon.exchange import calendars
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.vocabulary import AlertKind, CancelReason, Language, VisitStatus
from tests.builders import SmallSalon, at
from tests.salon.scheduling.test_visits_without_an_hour import add_from_the_receipt, lose_the_hour


@pytest.fixture(autouse=True)
def speaking_russian(_in_english: None) -> Iterator[None]:
    """The clients of this salon read Russian."""
    language.use(Language.RUSSIAN)
    yield
    language.use(Language.ENGLISH)


def lines(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def named(text: str, name: str) -> list[str]:
    return [line.partition(":")[2] for line in lines(text) if line.partition(":")[0] == name]


def test_the_client_gets_the_salon_the_services_and_the_masters(small: SmallSalon) -> None:
    anna = small.client()
    wishes = (small.wish(at(10)), small.wish(at(11), service=small.colouring))
    visit = carry_out(small.salon, booking.book, BookingRequest(anna, wishes)).value
    text = calendars.of_visit(small.salon, visit)
    assert named(text, "SUMMARY") == ["Студия на Садовой: Маникюр с покрытием и Окрашивание"]
    assert named(text, "DESCRIPTION") == [
        "10:00–11:00 Маникюр с покрытием\\, Ольга\u00a0Б.\\n11:00–13:45 Окрашивание\\, Мария\u00a0К."
    ]
    assert named(text, "LOCATION") == ["Студия на Садовой"]
    assert named(text, "DTEND;TZID=Europe/Moscow") == ["20260512T134500"]
    assert named(text, "STATUS") == ["CONFIRMED"]


def test_a_calendar_in_english(small: SmallSalon) -> None:
    language.use(Language.ENGLISH)
    wishes = (small.wish(at(10)), small.wish(at(11), service=small.colouring))
    visit = carry_out(small.salon, booking.book, BookingRequest(None, wishes)).value
    assert named(calendars.of_visit(small.salon, visit), "SUMMARY") == [
        "Студия на Садовой: Маникюр с покрытием and Окрашивание"
    ]


def test_what_is_noted_stays_in_the_salon(small: SmallSalon) -> None:
    anna = small.client(phone="+7 912 345-67-89", wishes="кофе без сахара")
    small.database.rows("UPDATE client SET notes = 'платит муж' WHERE id = ?", (anna,))
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "акрил")
    visit = small.book(at(10), anna)
    small.database.rows("UPDATE visit SET comment = 'опаздывает' WHERE id = ?", (visit,))
    for text in (
        calendars.of_visit(small.salon, visit),
        calendars.of_master_week(small.salon, small.olga, at(10).date()),
    ):
        assert "BEGIN:VEVENT" in text
        for secret in ("кофе", "муж", "акрил", "опаздывает", "67", "Щёлкина", "1800", "1 800"):
            assert secret not in "\n".join(line for line in lines(text) if not line.startswith(("UID", "DTSTAMP")))


def test_an_event_keeps_its_name_when_the_visit_is_moved(small: SmallSalon) -> None:
    visit = small.book(at(10), small.client())
    before = calendars.of_visit(small.salon, visit), calendars.of_master_week(small.salon, small.olga, at(10).date())
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(16))
    after = calendars.of_visit(small.salon, visit), calendars.of_master_week(small.salon, small.olga, at(10).date())
    assert [named(text, "UID") for text in before] == [named(text, "UID") for text in after]
    assert named(after[0], "DTSTART;TZID=Europe/Moscow") == ["20260512T160000"]
    assert named(after[0], "UID") != named(after[1], "UID")


def test_a_later_file_is_newer_to_a_calendar_than_an_earlier_one(small: SmallSalon) -> None:
    group = [small.book(at(10), small.client()), small.book(at(12), small.client("Вера"))]
    newer: list[tuple[int, ...]] = []
    for by in (timedelta(hours=1), timedelta(days=1)):
        week = calendars.of_master_week(small.salon, small.olga, at(10).date())
        numbers = named(calendars.of_visit(small.salon, group[0]), "SEQUENCE") + named(week, "SEQUENCE")
        newer.append(tuple(map(int, numbers)))
        small.clock.advance(timedelta(seconds=1))
        carry_out(small.salon, booking.shift, group, by)
    carry_out(small.salon, booking.cancel, group[0], CancelReason.CLIENT_ASKED)
    newer.append((int(named(calendars.of_visit(small.salon, group[0]), "SEQUENCE")[0]),))
    assert newer == [(0, 0, 0), (1, 1, 1), (2,)]


def test_a_cancelled_visit_takes_itself_out_of_the_clients_calendar(small: SmallSalon) -> None:
    visit = small.book(at(10), small.client())
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    assert named(calendars.of_visit(small.salon, visit), "STATUS") == ["CANCELLED"]


def test_the_week_of_a_master(small: SmallSalon) -> None:
    anna = small.client()
    small.book(at(10, days=-1), anna)
    small.book(at(12, days=5))
    small.book(at(9, days=6), anna)
    small.book(at(9, days=-2), anna)
    small.book(at(15), anna, staff=small.maria)
    cancelled, missed = small.book(at(17), anna), small.book(at(10), anna)
    carry_out(small.salon, booking.cancel, cancelled, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, booking.set_status, missed, VisitStatus.NO_SHOW)
    text = calendars.of_master_week(small.salon, small.olga, at(10).date())
    assert standing(text) == {
        "20260511T100000": "Анна\u00a0Щ.: Маникюр с покрытием",
        "20260517T120000": "Без карточки: Маникюр с покрытием",
    }
    assert sorted(cancelled_in(text)) == ["20260512T100000", "20260512T170000"]
    assert named(text, "X-WR-CALNAME") == ["Ольга Белова\\, Студия на Садовой"]


class Phone:
    """A calendar that takes files over as RFC 5546 has it: by name, and only what is newer than what it has."""

    def __init__(self) -> None:
        self.events: dict[str, dict[str, str]] = {}

    def take(self, text: str) -> "Phone":
        for event in events(text):
            known = self.events.get(event["UID"])
            if known is None or int(event["SEQUENCE"]) > int(known["SEQUENCE"]):
                self.events[event["UID"]] = event
        return self

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Begin and summary of what it shows."""
        shown = [one for one in self.events.values() if one["STATUS"] != "CANCELLED"]
        return sorted((one["DTSTART"][:13], one["SUMMARY"].partition(":")[0]) for one in shown)


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in lines(text):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name.partition(";")[0], value)
    return found


def standing(text: str) -> dict[str, str]:
    return {one["DTSTART"]: one["SUMMARY"] for one in events(text) if one["STATUS"] == "CONFIRMED"}


def cancelled_in(text: str) -> list[str]:
    return [one["DTSTART"] for one in events(text) if one["STATUS"] == "CANCELLED"]


def week(small: SmallSalon, staff_id: int, days: int = 0) -> str:
    """The file of a later hour of the day: it is newer than those before."""
    small.clock.advance(timedelta(minutes=1))
    return calendars.of_master_week(small.salon, staff_id, at(10, days=days).date())


def another_master(small: SmallSalon, visit: int) -> None:
    carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(16))


def another_master_and_week(small: SmallSalon, visit: int) -> None:
    carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(16, days=7))


def another_week(small: SmallSalon, visit: int) -> None:
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(16, days=7))


def away_and_cancelled_there(small: SmallSalon, visit: int) -> None:
    another_week(small, visit)
    cancelled(small, visit)


def cancelled(small: SmallSalon, visit: int) -> None:
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)


def cancelled_and_back(small: SmallSalon, visit: int) -> None:
    cancelled(small, visit)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)


def away_and_back(small: SmallSalon, visit: int) -> None:
    another_master(small, visit)
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(12))


def booked_by_mistake(small: SmallSalon, visit: int) -> None:
    """It was taken back: nothing of it is left but the journal."""
    entry = small.database.value("SELECT MAX(id) FROM journal_entry WHERE action = 'visit_booked'")
    carry_out(small.salon, undo.take_back, entry)


def replaced(small: SmallSalon, visit: int) -> None:
    """The client wants a colouring instead, and only Maria does that."""
    request = BookingRequest(_client_of(small, visit), (small.wish(at(16), service=small.colouring),))
    carry_out(small.salon, booking.change, visit, request)


def halved(small: SmallSalon, visit: int) -> None:
    """The afternoon is given to Maria: of two events one is left."""
    carry_out(small.salon, booking.move, small.booked_service(visit, 1), small.maria, at(15))


def _client_of(small: SmallSalon, visit: int) -> int:
    return int(small.database.value("SELECT client_id FROM visit WHERE id = ?", (visit,)))


@pytest.mark.parametrize(
    "act",
    [
        another_master,
        another_master_and_week,
        another_week,
        away_and_cancelled_there,
        cancelled,
        cancelled_and_back,
        away_and_back,
        booked_by_mistake,
        replaced,
        halved,
    ],
)
@pytest.mark.parametrize("in_a_group", [False, True], ids=["alone", "among others"])
def test_a_phone_that_took_an_earlier_file_shows_what_the_new_one_says(
    small: SmallSalon, act: Callable[[SmallSalon, int], None], in_a_group: bool
) -> None:
    small.book(at(20, days=1), small.client("Вера"))
    wishes = (small.wish(at(10)), small.wish(at(14))) if act is halved else (small.wish(at(10)),)
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    olga, maria = Phone().take(week(small, small.olga)), Phone().take(week(small, small.maria))
    act(small, visit)
    if in_a_group:
        carry_out(small.salon, booking.shift, [small.book(at(18, days=1), small.client("Ира"))], timedelta(hours=-1))
    for phone, staff_id in ((olga, small.olga), (maria, small.maria)):
        anew = Phone()
        for days in (0, 7):
            text = week(small, staff_id, days)
            phone.take(text)
            anew.take(text)
        assert phone.shown == anew.shown
        calendar = small.database.rows(
            "SELECT b.starts_at FROM booked_service b JOIN visit v ON v.id = b.visit_id "
            "WHERE b.staff_id = ? AND v.status = 'booked' ORDER BY b.starts_at",
            (staff_id,),
        )
        assert [when for when, _who in phone.shown] == [
            f"{one[0][:10].replace('-', '')}T{one[0][11:13]}{one[0][14:16]}" for one in calendar
        ]


def test_a_visit_that_only_moved_within_the_week_cancels_nothing(small: SmallSalon) -> None:
    wishes = (small.wish(at(10)), small.wish(at(11), service=small.pedicure))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(14))
    assert cancelled_in(week(small, small.olga)) == []


def test_a_week_is_read_with_as_many_questions_whatever_happened_in_it(small: SmallSalon) -> None:
    asked: list[int] = []
    for hour in (10, 12, 14):
        another_master(small, small.book(at(hour), small.client(f"Клиентка {hour}")))
        carry_out(small.salon, booking.move, _last_booked(small), small.maria, at(hour, days=7))
        seen: list[str] = []
        small.database.connection.set_trace_callback(seen.append)
        calendars.of_master_week(small.salon, small.olga, at(10).date())
        small.database.connection.set_trace_callback(None)
        asked.append(len([one for one in seen if not one.startswith("--")]))
    assert len(set(asked)) == 1
    assert asked[0] <= 8


def _last_booked(small: SmallSalon) -> int:
    return int(small.database.value("SELECT MAX(id) FROM booked_service"))


def test_services_in_a_row_are_one_event_and_a_pause_makes_two(small: SmallSalon) -> None:
    wishes = (small.wish(at(10)), small.wish(at(11), service=small.pedicure), small.wish(at(15)))
    carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes))
    text = calendars.of_master_week(small.salon, small.olga, at(10).date())
    assert named(text, "DTSTART;TZID=Europe/Moscow") == ["20260512T100000", "20260512T150000"]
    assert named(text, "DTEND;TZID=Europe/Moscow") == ["20260512T123000", "20260512T160000"]
    assert len(set(named(text, "UID"))) == 2


def test_what_has_no_hour_of_its_own_is_in_no_calendar(small: SmallSalon) -> None:
    """Imported history: a service from the receipt alone, and a visit of which the date alone is known."""
    monday = at(10).date()
    visit, old = small.book(at(15), small.client("Анна")), small.book(at(12), small.client("Вера"))
    add_from_the_receipt(small, visit, at(18))
    lose_the_hour(small, old, VisitStatus.COMPLETED)
    assert named(calendars.of_visit(small.salon, visit), "DTEND;TZID=Europe/Moscow") == ["20260512T160000"]
    week = calendars.of_master_week(small.salon, small.olga, monday)
    assert named(week, "DTSTART;TZID=Europe/Moscow") == ["20260512T150000"]
    small.database.rows("UPDATE booked_service SET takes_time = 1 WHERE visit_id = ?", (old,))
    with pytest.raises(NoSuchVisit):
        calendars.of_visit(small.salon, old)


def test_who_is_a_master_no_longer_has_a_calendar_of_what_is_booked_with_them(small: SmallSalon) -> None:
    small.book(at(15), small.client("Анна"))
    carry_out(small.salon, staff.keep, small.olga, staff.StaffFacts("Ольга", "", False, True), [])
    olga = calendars.master_named(small.salon, "ольга")
    assert named(calendars.of_master_week(small.salon, olga, at(10).date()), "DTSTART;TZID=Europe/Moscow")


def test_who_is_not_there_has_no_calendar(small: SmallSalon) -> None:
    with pytest.raises(NoSuchVisit):
        calendars.of_visit(small.salon, 4711)
    with pytest.raises(NoSuchMaster):
        calendars.of_master_week(small.salon, 4711, at(10).date())
    with pytest.raises(NoSuchMaster):
        calendars.master_named(small.salon, "Жанна")
