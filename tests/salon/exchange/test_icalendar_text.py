"""Calendar files that phones can read: every line short, every letter whole, every hour the one on the salon's wall."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, strategies as st

from app.salon.exchange import icalendar_text
from app.salon.exchange.icalendar_text import CalendarEvent

MADE = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    """The lines as a calendar program joins them again."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def unescaped(value: str) -> str:
    """The text as a calendar program shows it."""
    found, marked = "", False
    for letter in value:
        if marked:
            found += "\n" if letter == "n" else letter
            marked = False
        elif letter == "\\":
            marked = True
        else:
            found += letter
    return found


def event(starts_at: datetime, minutes: int = 60, summary: str = "Маникюр", description: str = "") -> CalendarEvent:
    return CalendarEvent("an-event", starts_at, starts_at + timedelta(minutes=minutes), summary, description)


def value_of(text: str, name: str) -> str:
    return next(line.removeprefix(f"{name}:") for line in unfolded(text) if line.startswith(f"{name}:"))


printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n;,\\:\"'щ😀"))


@given(printable)
def test_what_was_written_is_read_again(words: str) -> None:
    assert unescaped(icalendar_text.escaped(words)) == words


@example("маникюр " * 60, "a" * 400)
@given(printable, printable)
def test_every_line_is_short_and_every_letter_whole(summary: str, description: str) -> None:
    text = icalendar_text.text([event(datetime(2026, 5, 14, 15, 30), 60, summary, description)], "Europe/Moscow", MADE)
    for line in text.encode("utf-8").split(b"\r\n"):
        assert len(line) <= icalendar_text.LINE_OCTETS
        line.decode("utf-8")
    assert unescaped(value_of(text, "SUMMARY")) == summary
    if description:
        assert unescaped(value_of(text, "DESCRIPTION")) == description


def test_nobody_can_smuggle_a_line_into_the_file() -> None:
    text = icalendar_text.text(
        [event(datetime(2026, 5, 14, 15), 60, "Анна\r\nATTENDEE:x\rEND:VEVENT\x00")], "UTC", MADE
    )
    assert value_of(text, "SUMMARY") == "Анна\\nATTENDEE:x\\nEND:VEVENT"
    assert unfolded(text).count("END:VEVENT") == 1


def observances(text: str) -> list[tuple[str, datetime, timedelta, timedelta]]:
    """The changes of the clocks that the file describes: kind, hour on the old clock, offset before and after."""
    found: list[tuple[str, datetime, timedelta, timedelta]] = []
    facts: dict[str, str] = {}
    for line in unfolded(text):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            facts = {}
        facts[name] = value
        if name == "END" and value in ("STANDARD", "DAYLIGHT"):
            begins = datetime.strptime(facts["DTSTART"], "%Y%m%dT%H%M%S")
            found.append((value, begins, offset(facts["TZOFFSETFROM"]), offset(facts["TZOFFSETTO"])))
    return found


def offset(signed: str) -> timedelta:
    length = timedelta(hours=int(signed[1:3]), minutes=int(signed[3:5]))
    return -length if signed[0] == "-" else length


def test_a_salon_in_moscow_has_one_time_all_the_year() -> None:
    text = icalendar_text.text([event(datetime(2026, 5, 14, 15, 30))], "Europe/Moscow", MADE)
    assert observances(text) == [("STANDARD", datetime(2026, 1, 1), timedelta(hours=3), timedelta(hours=3))]
    assert "DTSTART;TZID=Europe/Moscow:20260514T153000" in unfolded(text)
    assert "DTSTAMP:20260512T080000Z" in unfolded(text)


def test_a_salon_in_berlin_changes_its_clocks() -> None:
    one, two = timedelta(hours=1), timedelta(hours=2)
    text = icalendar_text.text([event(datetime(2026, 5, 14, 15, 30))], "Europe/Berlin", MADE)
    assert observances(text) == [
        ("STANDARD", datetime(2026, 1, 1), one, one),
        ("DAYLIGHT", datetime(2026, 3, 29, 2), one, two),
        ("STANDARD", datetime(2026, 10, 25, 3), two, one),
    ]


@pytest.mark.parametrize(
    "zone", ["Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
)
@given(day=st.datetimes(datetime(2010, 1, 1), datetime(2037, 12, 31)))
def test_the_described_zone_is_the_salons(zone: str, day: datetime) -> None:
    """Whoever knows only the file finds the same moment as the zone database."""
    starts_at = day.replace(second=0, microsecond=0)
    text = icalendar_text.text([event(starts_at, 5)], zone, MADE)
    began = [one for one in observances(text) if one[1] <= starts_at]
    found = {after for _kind, _begins, _before, after in began[-1:]}
    place = ZoneInfo(zone)
    assert found <= {starts_at.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1)}
    assert found


def test_an_empty_week_is_a_calendar_too() -> None:
    lines = unfolded(icalendar_text.text([], "Europe/Moscow", MADE, "Ольга"))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "X-WR-CALNAME:Ольга" in lines
    assert "BEGIN:VTIMEZONE" in lines
