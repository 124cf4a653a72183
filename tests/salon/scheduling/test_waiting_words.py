"""The waiting list as people say it, in both languages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import language
from app.salon.scheduling import wait_matches, waiting_words, waitlist
from app.salon.scheduling.wait_matches import Match, Matching
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.vocabulary import Language
from tests.builders import TODAY, ZONE, SmallSalon, at

ALWAYS = Window(TODAY, TODAY + timedelta(days=42))
SOON = replace(ALWAYS, last_day=TODAY + timedelta(days=8))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("window", "russian", "english"),
    [
        (ALWAYS, "любой день", "any day"),
        (
            replace(ALWAYS, weekdays=frozenset(range(5)), from_minute=17 * 60),
            "будни после 17:00",
            "weekdays after 17:00",
        ),
        (replace(ALWAYS, weekdays=frozenset({5, 6}), to_minute=12 * 60), "выходные до 12:00", "weekends until 12:00"),
        (replace(ALWAYS, weekdays=frozenset({1, 3})), "вт, чт", "Tue, Thu"),
        (replace(ALWAYS, from_minute=600, to_minute=840), "любой день 10:00–14:00", "any day 10:00–14:00"),
        (Window(TODAY, TODAY), "сегодня", "today"),
        (SOON, "до 20 мая", "up to 20 May"),
        (Window(TODAY + timedelta(days=2), TODAY + timedelta(days=2)), "14 мая", "14 May"),
        (Window(TODAY + timedelta(days=2), TODAY + timedelta(days=8)), "14–20 мая", "14–20 May"),
        (Window(date(2026, 5, 28), date(2026, 6, 2)), "28 мая – 2 июня", "28 May – 2 June"),
        (Window(TODAY + timedelta(days=2), TODAY + timedelta(days=60)), "с 14 мая", "from 14 May"),
    ],
)
def test_days_and_hours_are_told_as_people_say_them(window: Window, russian: str, english: str) -> None:
    language.use(Language.RUSSIAN)
    assert plain(waiting_words.window(window, TODAY)) == russian
    language.use(Language.ENGLISH)
    assert plain(waiting_words.window(window, TODAY)) == english


def test_what_is_over_is_said_no_more(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина")
    new = NewWait(anna, (small.manicure, small.pedicure), (Window(TODAY, TODAY), SOON), (small.olga, small.maria))
    entry = carry_out(small.salon, waitlist.add, new).value
    line = waitlist.one(small.database, ZONE, entry)
    assert plain(waiting_words.windows(line, TODAY)) == "сегодня; до 20 мая"
    assert plain(waiting_words.windows(line, TODAY + timedelta(days=1))) == "до 20 мая"
    assert plain(waiting_words.windows(line, TODAY + timedelta(days=9))) == "время вышло"
    assert plain(waiting_words.what(line)) == "Маникюр с покрытием и Педикюр 2 ч 30 мин"
    assert plain(waiting_words.by_whom(line)) == "Ольга Б. и Мария К."
    assert plain(waiting_words.waits(line.since, at(12))) == "ждёт с 11:00"
    assert plain(waiting_words.waits(line.since, at(9, days=1))) == "ждёт 1 день"


def test_who_is_written_to_reads_the_whole_proposal(small: SmallSalon) -> None:
    entry = carry_out(
        small.salon, waitlist.add, NewWait(small.client("Анна Щёлкина"), (small.manicure,), (ALWAYS,))
    ).value
    matching = Matching(small.database, now=at(11), step_minutes=15, zone=ZONE)
    line = waitlist.one(small.database, ZONE, entry)
    place = wait_matches.place_at(matching, line, small.olga, at(15, days=2))
    said = plain(waiting_words.message(Match(line, (place,)), {small.olga: "Ольга Белова"}, "Студия"))
    for part in ("Анна", "четверг", "14 мая", "15:00", "маникюр с покрытием", "Ольга Белова", "Студия"):
        assert part in said
    assert plain(waiting_words.proposal(place, {small.olga: "Ольга Белова"}, TODAY)) == "чт, 14 мая, 15:00, Ольга Б."
    assert plain(waiting_words.proposal(place, {}, TODAY)) == "чт, 14 мая, 15:00"
