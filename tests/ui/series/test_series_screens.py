"""Repeating a visit at the front desk, by keyboard alone and by mouse alone, and changing what was repeated."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.errors import SlotTaken
from app.salon.clients import alerts, register, standing
from app.salon.scheduling import booking, series
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.series_check import CheckedDate
from app.salon.transaction import carry_out
from app.ui.series import words
from app.ui.series.book import SeriesBook
from app.ui.series.date_row import DateRow
from app.ui.series.follow_panel import FollowPanel
from app.ui.series.repeat_panel import RepeatPanel
from app.ui.series.series_panel import SeriesPanel
from app.ui.widgets.side_panel import SidePanel
from app.vocabulary import AlertKind, AlertMoment, CancelReason, SeriesScope, SeriesUnit, VisitStatus
from tests.builders import TODAY, SmallSalon, at
from tests.typing_keys import Keyboard
from tests.ui.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The side panel with what the book of series opens in it, and what the window was told."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self.counter = counter
        self.window = QWidget()
        self.window.resize(400, 820)
        qtbot.addWidget(self.window)
        self.panel = SidePanel(self.window)
        self.panel.resize(400, 820)
        self.book = SeriesBook(counter.desk, self.panel, self.window)
        self.book.closed.connect(self.panel.close_panel)
        self.said: list[str] = []
        self.refused: list[str] = []
        self.shown: list[int] = []
        counter.desk.perform.done.connect(lambda text, _undo: self.said.append(text.replace("\u00a0", " ")))
        counter.desk.perform.refused.connect(self.refused.append)
        self.book.visit_wanted.connect(lambda visit_id, _day: self.shown.append(visit_id))
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.keys = Keyboard(self.window)

    @property
    def small(self) -> SmallSalon:
        return self.counter.small

    def open(self, visit_id: int) -> None:
        self.book.open_for(visit_id)
        QApplication.processEvents()

    @property
    def repeat(self) -> RepeatPanel:
        content = self.panel.content
        assert isinstance(content, RepeatPanel)
        return content

    @property
    def series(self) -> SeriesPanel:
        content = self.panel.content
        assert isinstance(content, SeriesPanel)
        return content

    @property
    def rows(self) -> list[DateRow]:
        return self.repeat.table.rows


@pytest.fixture
def desk_side(qtbot: QtBot, counter: Counter) -> Desk:
    return Desk(qtbot, counter)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def text_of(words_shown: str) -> str:
    return words_shown.replace("\u00a0", " ")


def weekly(small: SmallSalon, times: int = 4) -> list[int]:
    """A series that stands: Wednesdays at 15:00."""
    first = small.book(at(15, days=1), small.client())
    pattern = Pattern(SeriesUnit.WEEK, 1, times=times)
    carry_out(small.salon, series.book_series, first, pattern, series.repeats(small.salon, first, pattern))
    series_id = series.of_visit(small.database, first)
    assert series_id is not None
    return [one.visit_id for one in series.read(small.salon, series_id).visits]


# ---- repeating -----------------------------------------------------------------------------------------------


def test_a_visit_is_repeated_by_the_keyboard_alone(desk_side: Desk) -> None:
    small, keys = desk_side.small, desk_side.keys
    first = small.book(at(15, days=1), small.client())
    vera = small.book(at(15, days=29), small.client("Вера"))
    desk_side.open(first)
    # The price list recommends three weeks; the client wants two.
    assert desk_side.repeat.field.every.value() == 3
    keys.type("2")
    keys.enter()
    assert not desk_side.repeat.foot.button.isEnabled()
    # Enter leads to the one date that does not fit; Right chooses the first proposal, Enter goes on to the button.
    keys.press(Qt.Key.Key_Right)
    keys.enter()
    assert desk_side.repeat.foot.button.hasFocus()
    keys.press(Qt.Key.Key_Return)
    assert desk_side.said == ["Анна Щёлкина: записано 5 визитов, каждую вторую среду"]
    series_id = series.of_visit(small.database, first)
    assert series_id is not None
    standing = series.read(small.salon, series_id).visits
    assert [one.starts_at for one in standing] == [
        at(14 if day == 29 else 15, days=day) for day in (1, 15, 29, 43, 57, 71)
    ]
    assert small.status(vera) is VisitStatus.BOOKED
    assert desk_side.panel.content is None
    assert desk_side.counter.desk.perform.undo()
    assert series.of_visit(small.database, first) is None


def test_it_is_said_on_which_date_the_client_is_here_anyway(desk_side: Desk) -> None:
    """It can be booked all the same, or be left out."""
    small = desk_side.small
    anna = small.client()
    first = small.book(at(15, days=1), anna)
    small.book(at(14, days=22), anna, service=small.colouring)
    desk_side.open(first)
    said = [label.text().replace("\u00a0", " ") for label in desk_side.rows[0].findChildren(QLabel)]
    assert "у клиента тогда другой визит: 14:00–16:45" in said
    assert "у клиента тогда другой визит" in desk_side.rows[0].accessibleName()
    assert desk_side.rows[0].chosen is not None
    assert not any("другой визит" in row.accessibleName() for row in desk_side.rows[1:])


def test_whoever_is_not_to_be_booked_is_repeated_only_with_a_reason(desk_side: Desk) -> None:
    small, asker = desk_side.small, desk_side.counter.asker
    client = small.client()
    first = small.book(at(15, days=1), client)
    carry_out(small.salon, standing.do_not_book, client, "четыре неявки")
    desk_side.open(first)
    desk_side.repeat.field.times.setValue(2)
    asker._answers.extend((None, "внесла предоплату"))
    desk_side.repeat.book()
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    assert "четыре неявки" in desk_side.repeat.foot.sentence
    desk_side.repeat.book()
    assert small.database.value("SELECT COUNT(*) FROM visit") == 2
    note = small.database.value("SELECT note FROM journal_entry ORDER BY id DESC LIMIT 1")
    assert note == "внесла предоплату"


def test_the_alerts_stand_above_the_dates_and_are_seen_for_each(desk_side: Desk) -> None:
    small = desk_side.small
    client = small.client()
    first = small.book(at(15, days=1), client)
    desk_side.open(first)
    assert desk_side.repeat.alerts.isHidden()
    alert = carry_out(small.salon, register.warn, client, AlertKind.ALLERGY, "латекс").value
    desk_side.repeat.field.times.setValue(3)
    assert desk_side.repeat.alerts.text == "аллергия: латекс"
    assert desk_side.repeat.foot.sentence.endswith("При записи отметится, что предупреждения учтены.")
    desk_side.repeat.book()
    later = small.database.rows("SELECT id FROM visit WHERE id <> ?", (first,))
    assert len(later) == 2
    for (visit,) in later:
        assert [(one.alert_id, one.moment) for one in alerts.seen_at(small.database, visit)] == [
            (alert, AlertMoment.BOOKING)
        ]


def test_a_visit_is_repeated_by_the_mouse_alone(desk_side: Desk) -> None:
    small = desk_side.small
    first = small.book(at(15, days=1), small.client())
    small.book(at(15, days=6), small.client("Вера"))
    desk_side.open(first)
    field = desk_side.repeat.field
    click(field.weekdays[0])
    while field.every.value() > 1:
        field.every.stepDown()
    desk_side.repeat.field.times.setValue(5)
    assert text_of(desk_side.repeat._in_words.text()) == ("Каждую неделю по понедельникам и средам, 5 раз, до 27 мая")
    taken = next(row for row in desk_side.rows if row.is_open)
    assert isinstance(taken.found.problem, SlotTaken)
    button = taken._buttons[1]
    assert text_of(button.text()) == "15:00, Мария К."
    click(button)
    click(desk_side.rows[-1]._leave)
    assert text_of(desk_side.repeat.foot.button.text()) == "Записать 3 визита"
    click(desk_side.repeat.foot.button)
    series_id = series.of_visit(small.database, first)
    assert series_id is not None
    visits = series.read(small.salon, series_id).visits
    assert [(one.starts_at, one.masters) for one in visits] == [
        (at(15, days=1), ("Ольга Белова",)),
        (at(15, days=6), ("Мария Ким",)),
        (at(15, days=8), ("Ольга Белова",)),
        (at(15, days=13), ("Ольга Белова",)),
    ]


def test_nothing_can_be_booked_until_each_date_is_decided(desk_side: Desk) -> None:
    small, keys = desk_side.small, desk_side.keys
    first = small.book(at(15, days=1), small.client())
    for week in (3, 6):
        small.book(at(15, days=1 + 7 * week), small.client("Вера"))
    desk_side.open(first)
    desk_side.repeat.field.times.setValue(4)
    foot = desk_side.repeat.foot
    assert text_of(foot.sentence) == "2 даты не подходят: выберите замену или пропустите их."
    keys.press(Qt.Key.Key_Return, CTRL)
    assert small.database.value("SELECT count(*) FROM series") == 0
    assert desk_side.rows[0].hasFocus()
    keys.press(Qt.Key.Key_Delete)
    assert not foot.button.isEnabled()
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Left)
    assert foot.button.isEnabled()
    assert [row.chosen is None for row in desk_side.rows[:3]] == [True, True, False]
    # A date that was left out by mistake comes in again.
    keys.press(Qt.Key.Key_Delete)
    assert desk_side.rows[1].is_open


def test_what_was_decided_stays_when_the_salon_changes(desk_side: Desk) -> None:
    small = desk_side.small
    first = small.book(at(15, days=1), small.client())
    small.book(at(15, days=22), small.client("Вера"))
    desk_side.open(first)
    desk_side.rows[0].choose(0)
    chosen = desk_side.rows[0].chosen
    assert chosen is not None
    assert chosen.starts_at == at(14, days=22)
    from app.salon.scheduling.booking import BookingRequest

    desk_side.counter.desk.perform(booking.book, BookingRequest(None, (small.wish(at(9, days=22)),)))
    assert desk_side.rows[0].chosen == chosen
    # Now somebody takes the very place that was chosen: the date is open again.
    desk_side.counter.desk.perform(booking.book, BookingRequest(None, (small.wish(at(14, days=22)),)))
    assert desk_side.rows[0].is_open


def test_a_pattern_that_cannot_be_is_told_beside_the_button(desk_side: Desk) -> None:
    small = desk_side.small
    first = small.book(at(15, days=1), small.client())
    desk_side.open(first)
    field = desk_side.repeat.field
    field.every.setValue(60)
    assert desk_side.repeat.foot.sentence.startswith("В серии может быть")
    assert not desk_side.repeat.foot.button.isEnabled()
    assert desk_side.rows == []


def test_days_after_the_last_shift_are_not_called_days_off(desk_side: Desk) -> None:
    small = desk_side.small
    first = small.book(at(15, days=78), small.client())
    desk_side.open(first)
    assert text_of(words.why_not(desk_side.rows[0].found)) == "Ольга Б.: смены ещё не составлены"


# ---- a series that stands ------------------------------------------------------------------------------------


def test_the_series_lists_its_visits_and_shows_one(desk_side: Desk) -> None:
    small, keys = desk_side.small, desk_side.keys
    ids = weekly(small)
    carry_out(small.salon, booking.cancel, ids[3], CancelReason.CLIENT_ILL)
    desk_side.open(ids[1])
    rows = desk_side.series.list.rows()
    assert [text_of(row.accessibleName()) for row in rows] == [
        "ср, 13 мая, 15:00, Ольга Б., записан",
        "ср, 20 мая, 15:00, Ольга Б., записан",
        "ср, 27 мая, 15:00, Ольга Б., записан",
        "ср, 3 июня, 15:00, Ольга Б., отменён, отдельно",
    ]
    assert rows[1].hasFocus()
    keys.press(Qt.Key.Key_Down)
    keys.enter()
    assert desk_side.shown == [ids[2]]


def test_a_series_goes_on(desk_side: Desk) -> None:
    small, keys = desk_side.small, desk_side.keys
    ids = weekly(small)
    desk_side.open(ids[0])
    click(desk_side.series.further)
    assert not desk_side.repeat.field.every.isVisible()
    keys.type("2")
    keys.press(Qt.Key.Key_Return, CTRL)
    series_id = series.of_visit(small.database, ids[0])
    assert series_id is not None
    assert [one.starts_at for one in series.read(small.salon, series_id).visits] == [
        at(15, days=1 + 7 * week) for week in range(6)
    ]


def test_from_one_visit_on_the_series_takes_another_pattern(desk_side: Desk) -> None:
    small, keys = desk_side.small, desk_side.keys
    ids = weekly(small, 5)
    desk_side.open(ids[1])
    click(desk_side.series.pattern)
    field = desk_side.repeat.field
    assert (field.every.value(), field.times.value()) == (1, 4)
    keys.type("2")
    field.times.setValue(2)
    assert text_of(desk_side.repeat.foot.sentence) == "Останутся или сдвинутся: 1 · отменятся: 2"
    field.times.setValue(3)
    assert text_of(desk_side.repeat._in_words.text()) == "Каждую вторую среду, 3 раза, до 17 июня"
    keys.press(Qt.Key.Key_Return, CTRL)
    assert desk_side.said == ["Анна Щёлкина: теперь каждую вторую среду"]
    later = series.of_visit(small.database, ids[1])
    assert later is not None
    assert [one.starts_at for one in series.read(small.salon, later).visits if one.is_open] == [
        at(15, days=8 + 14 * number) for number in range(3)
    ]


def test_visits_ahead_are_cancelled_from_one_on(desk_side: Desk) -> None:
    small = desk_side.small
    ids = weekly(small)
    desk_side.open(ids[2])
    click(desk_side.series.cancel)
    menu = desk_side.series.menu
    assert menu is not None
    titles = [action.text() for action in menu.actions()]
    assert titles == ["Этот и следующие (2)", "Все предстоящие (4)"]
    reasons = menu.actions()[0].menu()
    assert reasons is not None
    reasons.actions()[0].trigger()
    menu.close()
    assert [small.status(one) for one in ids] == [VisitStatus.BOOKED] * 2 + [VisitStatus.CANCELLED] * 2
    assert desk_side.said == ["Отменены 2 визита"]


def moved(desk_side: Desk, visit_id: int, hour: int, days: int) -> int:
    """Move one visit of a series; returns the journal entry of it."""
    small = desk_side.small
    done = desk_side.counter.desk.perform(booking.move, small.booked_service(visit_id), small.olga, at(hour, days=days))
    assert done is not None
    assert done.entry_id is not None
    return done.entry_id


def test_after_one_visit_was_moved_the_others_may_follow_at_once(desk_side: Desk) -> None:
    small = desk_side.small
    ids = weekly(small)
    found = series.follow_up(small.salon, moved(desk_side, ids[1], 17, 8))
    assert found is not None
    choices = dict(desk_side.book.choices_after(found))
    assert list(choices) == ["И следующие (2)", "И все остальные (3)"]
    choices["И следующие (2)"]()
    assert desk_side.said == ["Изменены ещё 2 визита"]
    days = [small.database.value("SELECT starts_at FROM booked_service WHERE visit_id = ?", (one,)) for one in ids]
    assert [day[11:] for day in days] == ["15:00", "17:00", "17:00", "17:00"]
    assert desk_side.panel.content is None


def test_what_was_done_in_between_is_not_taken_back_with_the_series(desk_side: Desk) -> None:
    """Somebody else was booked before the others followed: undo goes step by step."""
    small, perform = desk_side.small, desk_side.counter.desk.perform
    ids = weekly(small)
    found = series.follow_up(small.salon, moved(desk_side, ids[1], 17, 8))
    assert found is not None
    choices = dict(desk_side.book.choices_after(found))
    other = perform(booking.book, BookingRequest(None, (small.wish(at(12)),)))
    assert other is not None
    choices["И следующие (2)"]()
    hours = "SELECT substr(starts_at, 12) FROM booked_service WHERE visit_id = ?"
    assert perform.undo()
    assert [small.database.value(hours, (one,)) for one in ids] == ["15:00", "17:00", "15:00", "15:00"]
    assert small.status(other.value) is VisitStatus.BOOKED
    assert perform.undo()
    assert perform.undo()
    assert [small.database.value(hours, (one,)) for one in ids] == ["15:00"] * 4


def test_where_a_visit_cannot_follow_the_table_asks(desk_side: Desk) -> None:
    small, keys = desk_side.small, desk_side.keys
    ids = weekly(small)
    small.book(at(17, days=22), small.client("Вера"))
    moved(desk_side, ids[1], 17, 8)
    before = small.database.rows("SELECT * FROM booked_service ORDER BY id")
    desk_side.book.follow(ids[1], SeriesScope.FOLLOWING)
    form = desk_side.panel.content
    assert isinstance(form, FollowPanel)
    assert small.database.rows("SELECT * FROM booked_service ORDER BY id") == before
    assert [row.is_open for row in form.table.rows] == [False, True]
    keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert desk_side.said == ["Изменены ещё 2 визита"]
    ends = [small.database.value("SELECT starts_at FROM booked_service WHERE visit_id = ?", (one,)) for one in ids]
    assert [day[11:] for day in ends] == ["15:00", "17:00", "17:00", "16:00"]


def test_who_is_dragged_further_while_the_others_are_asked_about_is_told_of_where_they_stand(desk_side: Desk) -> None:
    small = desk_side.small
    ids = weekly(small)
    small.book(at(17, days=22), small.client("Вера"))
    moved(desk_side, ids[1], 17, 8)
    desk_side.book.follow(ids[1], SeriesScope.FOLLOWING)
    moved(desk_side, ids[1], 18, 8)
    form = desk_side.panel.content
    assert isinstance(form, FollowPanel)
    form.refresh_if_stale()
    assert text_of(form._like.text()) == "Эти визиты станут такими же: Ольга Б., ср, 20 мая, 18:00."


def test_a_visit_that_is_dragged_while_it_is_repeated_is_repeated_from_where_it_stands(desk_side: Desk) -> None:
    """From Wednesday to Thursday: its weekday goes along, and the dates of every third week are Thursdays."""
    small = desk_side.small
    visit = small.book(at(15, days=1), small.client())
    desk_side.open(visit)
    assert desk_side.repeat.field.pattern.weekdays == {2}
    moved(desk_side, visit, 16, 2)
    desk_side.repeat.refresh_if_stale()
    assert desk_side.repeat.field.pattern.weekdays == {3}
    assert text_of(desk_side.repeat._where.text()).startswith("чт, 14 мая, 16:00")
    assert desk_side.repeat.table.chosen[0].starts_at == at(16, days=23)


@pytest.mark.parametrize(("to", "asks"), [(at(15, 30, days=8), False), (at(17, days=8), True)])
def test_who_comes_for_two_series_at_once_is_asked_about_nothing_old(desk_side: Desk, to: datetime, asks: bool) -> None:
    """Hands with Olga and feet with Maria, every Wednesday at three: half past three is beside the feet as well.

    At five the client has a third visit in one of the weeks, and that is news.
    """
    small = desk_side.small
    hands = weekly(small)
    client = small.database.value("SELECT client_id FROM visit WHERE id = ?", (hands[0],))
    feet = small.book(at(15, days=1), client, staff=small.maria)
    pattern = Pattern(SeriesUnit.WEEK, 1, times=4)
    carry_out(small.salon, series.book_series, feet, pattern, series.repeats(small.salon, feet, pattern))
    small.book(at(17, days=22), client, staff=small.maria)
    desk_side.counter.desk.perform(booking.move, small.booked_service(hands[1]), small.olga, to)
    desk_side.book.follow(hands[1], SeriesScope.FOLLOWING)
    assert isinstance(desk_side.panel.content, FollowPanel) is asks
    assert desk_side.said == ([] if asks else ["Изменены ещё 2 визита"])


def test_an_act_on_a_visit_without_a_series_asks_nothing(desk_side: Desk) -> None:
    small = desk_side.small
    alone = small.book(at(15, days=2), small.client())
    entry = moved(desk_side, alone, 16, 2)
    assert series.follow_up(small.salon, entry) is None


def test_a_visit_apart_offers_the_same_in_its_series(desk_side: Desk) -> None:
    small = desk_side.small
    ids = weekly(small)
    moved(desk_side, ids[0], 16, 1)
    desk_side.open(ids[0])
    apart = desk_side.series._apart
    assert apart.isVisible()
    click(apart._buttons[SeriesScope.FOLLOWING])
    assert desk_side.said == ["Изменены ещё 3 визита"]
    assert not apart.isVisible()


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (Pattern(SeriesUnit.DAY, 1), "каждый день"),
        (Pattern(SeriesUnit.DAY, 21), "каждый 21 день"),
        (Pattern(SeriesUnit.DAY, 10), "каждые 10 дней"),
        (Pattern(SeriesUnit.WEEK, 1), "каждый вторник"),
        (Pattern(SeriesUnit.WEEK, 2, frozenset({2})), "каждую вторую среду"),
        (Pattern(SeriesUnit.WEEK, 3, frozenset({1, 4})), "каждые 3 недели по вторникам и пятницам"),
        (Pattern(SeriesUnit.WEEK, 5), "каждые 5 недель по вторникам"),
    ],
)
def test_a_pattern_in_words(pattern: Pattern, said: str) -> None:
    assert words.how_often(pattern, TODAY) == said


def test_a_long_series_is_shown_quickly_enough_to_be_changed_while_typing(desk_side: Desk) -> None:
    """The most that can be asked for: two hundred dates, each with its row."""
    small = desk_side.small
    first = small.book(at(15, days=1), small.client())
    desk_side.open(first)
    field = desk_side.repeat.field
    field.unit.choose(SeriesUnit.DAY)
    field.every.setValue(1)
    field.times.setValue(70)
    assert len(desk_side.rows) == 69
    assert all(isinstance(row.found, CheckedDate) for row in desk_side.rows)
    assert desk_side.rows[-1].found.planned.starts_at == at(15, days=1) + timedelta(days=69)
