"""What leaves the salon in a calendar file, and what does not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app import language
from app.errors import NoSuchMaster, NoSuchVisit
from app.salon.clients import register
from app.salon.exchange import calendars
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.vocabulary import AlertKind, CancelReason, Language, VisitStatus
from tests.builders import SmallSalon, at


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
    assert named(text, "SUMMARY") == ["Анна\u00a0Щ.: Маникюр с покрытием", "Без карточки: Маникюр с покрытием"]
    assert named(text, "DTSTART;TZID=Europe/Moscow") == ["20260511T100000", "20260517T120000"]
    assert named(text, "X-WR-CALNAME") == ["Ольга Белова\\, Студия на Садовой"]


def test_services_in_a_row_are_one_event_and_a_pause_makes_two(small: SmallSalon) -> None:
    wishes = (small.wish(at(10)), small.wish(at(11), service=small.pedicure), small.wish(at(15)))
    carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes))
    text = calendars.of_master_week(small.salon, small.olga, at(10).date())
    assert named(text, "DTSTART;TZID=Europe/Moscow") == ["20260512T100000", "20260512T150000"]
    assert named(text, "DTEND;TZID=Europe/Moscow") == ["20260512T123000", "20260512T160000"]
    assert len(set(named(text, "UID"))) == 2


def test_who_is_not_there_has_no_calendar(small: SmallSalon) -> None:
    with pytest.raises(NoSuchVisit):
        calendars.of_visit(small.salon, 4711)
    with pytest.raises(NoSuchMaster):
        calendars.of_master_week(small.salon, 4711, at(10).date())
    with pytest.raises(NoSuchMaster):
        calendars.master_named(small.salon, "Жанна")
