"""Looking for a free place, as the administrator does with the phone at the ear."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.errors import DatabaseBusy
from app.models.connection import Database
from app.salon.catalogue import absences, services, staff
from app.salon.catalogue.terms import MasterTerms
from app.salon.scheduling import blocks, booking, places, replacements
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import PlannedService
from app.salon.scheduling.promised import Promise
from app.salon.transaction import carry_out
from app.ui.change_feed import ChangeFeed
from app.ui.free_places.panel import FreePlacesPanel
from app.ui.free_places.place_list import PlaceList
from app.ui.perform import Perform
from app.ui.widgets.buttons import ChoiceButton
from app.ui.widgets.day_field import DayField
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.service_picker import ServicePicker
from app.ui.wishes import BookingSeed
from app.vocabulary import BlockKind
from tests.builders import TODAY, at, small_salon
from tests.fakes import WorkInHand
from tests.typing_keys import Keyboard, type_text
from tests.ui.conftest import Counter


class Looking:
    """The panel, the keyboard, and what was wished."""

    def __init__(self, qtbot: QtBot, counter: Counter, seed: BookingSeed) -> None:
        self.wished: list[BookingSeed] = []
        self.panel = FreePlacesPanel(counter.desk, seed)
        qtbot.addWidget(self.panel)
        self.panel.booking_wanted.connect(self.wished.append)
        self.panel.resize(400, 800)
        with qtbot.waitActive(self.panel):
            self.panel.show()
            self.panel.activateWindow()
        self.panel.focus_first()
        self.keys = Keyboard(self.panel)
        self.list = self.panel.findChild(PlaceList)

    def starts(self) -> list[object]:
        return [place.starts_at for place in self.list.places()]


@pytest.fixture
def nails(counter: Counter) -> PlannedService:
    """A manicure with Olga that takes this client 45 minutes."""
    small = counter.small
    return PlannedService(small.manicure, "Маникюр с покрытием", small.olga, Lengths(45), 180_000)


def test_a_place_is_found_and_taken_from_the_keyboard(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    small.book(at(11), minutes=60)
    looking = Looking(qtbot, counter, BookingSeed())
    looking.keys.type("педик")
    looking.keys.enter()
    looking.keys.enter()
    looking.keys.press(Qt.Key.Key_Down)
    looking.keys.enter()
    assert len(looking.wished) == 1
    wish = looking.wished[0]
    assert (wish.starts_at, wish.staff_id) == (at(12, 15), small.olga)
    assert [(one.service_id, one.staff_id) for one in wish.planned] == [(small.pedicure, small.olga)]


def test_a_click_takes_a_place(qtbot: QtBot, counter: Counter, nails: PlannedService) -> None:
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    row = looking.list.visualRect(looking.list.model().index(3, 0))
    QTest.mouseClick(looking.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert [wish.starts_at for wish in looking.wished] == [at(11, 15)]
    heading = looking.list.visualRect(looking.list.model().index(0, 0))
    QTest.mouseClick(looking.list.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    assert len(looking.wished) == 1


def test_the_arrows_pass_over_the_headings_of_the_days(qtbot: QtBot, counter: Counter, nails: PlannedService) -> None:
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    assert QApplication.focusWidget() is looking.list
    places = looking.list.places()
    of_today = sum(place.starts_at.date() == TODAY for place in places)
    for place in places[1 : of_today + 2]:
        looking.keys.press(Qt.Key.Key_Down)
        assert looking.list.current == place
    looking.keys.press(Qt.Key.Key_Up)
    assert looking.list.current == places[of_today]


def test_what_the_booking_form_knew_comes_back_with_the_place(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    anna = counter.small.client()
    looking = Looking(qtbot, counter, BookingSeed(client_id=anna, planned=(nails,), comment="с ребёнком"))
    looking.keys.enter()
    wish = looking.wished[0]
    assert (wish.client_id, wish.comment) == (anna, "с ребёнком")
    assert wish.planned[0].lengths == Lengths(45)


def test_master_day_and_part_of_the_day_narrow_the_list(qtbot: QtBot, counter: Counter, nails: PlannedService) -> None:
    small = counter.small
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    panel = looking.panel
    assert {one.staff_ids[0] for one in looking.list.places()} == {small.olga, small.maria}
    panel._master.setCurrentIndex(panel._master.findText("Мария Ким"))
    assert {one.staff_ids[0] for one in looking.list.places()} == {small.maria}
    panel.hours.part._buttons["evening"].click()
    assert min(one.starts_at.hour for one in looking.list.places()) == 17
    panel._weekdays.setCurrentIndex(panel._weekdays.findText("В выходные"))
    assert {one.starts_at.weekday() for one in looking.list.places()} == {5, 6}


def test_other_hours_are_typed(qtbot: QtBot, counter: Counter, nails: PlannedService) -> None:
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    hours = looking.panel.hours
    QTest.mouseClick(hours.other, Qt.MouseButton.LeftButton)
    assert not hours.part.isVisible()
    looking.keys.type("1430")
    looking.keys.press(Qt.Key.Key_Tab)
    looking.keys.type("14")
    assert hours.begins.accessibleDescription() == "Укажите часы: начало раньше конца."
    assert looking.list.places() == []
    looking.keys.type(":45")
    looking.keys.enter()
    assert looking.list.hasFocus()
    assert {one.starts_at.strftime("%H:%M") for one in looking.list.places()} == {"14:30"}
    hours.own.findChildren(QPushButton)[0].click()
    assert hours.part.hasFocus() or hours.part.isAncestorOf(QApplication.focusWidget())
    assert len({one.starts_at.hour for one in looking.list.places()}) > 3


def test_only_masters_who_do_all_of_it_are_offered(qtbot: QtBot, counter: Counter, nails: PlannedService) -> None:
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    box = looking.panel._master
    assert [box.itemText(row) for row in range(box.count())] == ["Любой мастер", "Ольга Белова", "Мария Ким"]
    looking.panel._picker.setFocus()
    looking.keys.type("педик")
    looking.keys.enter()
    assert [box.itemText(row) for row in range(box.count())] == ["Любой мастер", "Ольга Белова"]
    looking.panel.findChildren(ChoiceButton)[0].click()
    assert {one.planned[0].service_name for one in looking.list.places()} == {"Педикюр"}


def test_an_empty_list_says_what_to_do(qtbot: QtBot, counter: Counter) -> None:
    looking = Looking(qtbot, counter, BookingSeed())
    empty = looking.panel.findChild(EmptyState)
    assert empty.isVisible()
    assert "Какая услуга" in empty._heading.text()
    # The shifts end in July.
    looking.panel._day.set_day(at(9, days=200).date())
    looking.keys.type("педик")
    looking.keys.enter()
    assert empty.isVisible()
    assert "другого мастера" in empty._sentence.text()


def test_a_place_that_somebody_takes_leaves_the_list(qtbot: QtBot, counter: Counter, nails: PlannedService) -> None:
    small = counter.small
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    assert looking.starts().count(at(14)) == 2
    counter.desk.perform(booking.book, BookingRequest(None, (small.wish(at(14)),)))
    assert looking.starts().count(at(14)) == 1


def take(looking: Looking, staff_id: int) -> PlannedService:
    """Take the first place with this master; returns the service as it will be booked."""
    looking.panel.take(next(place for place in looking.list.places() if place.staff_ids == (staff_id,)))
    return looking.wished[-1].planned[0]


def test_whoever_does_it_takes_their_own_price_unless_one_was_agreed(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    """Maria is dearer; the client's own length stays with both, and so does the mark of who was asked for."""
    small = counter.small
    carry_out(small.salon, staff.set_terms, small.maria, {small.manicure: MasterTerms(working=90, price=230_000)})
    asked = replace(nails, is_asked_for=True)
    looking = Looking(qtbot, counter, BookingSeed(planned=(asked,)))
    assert take(looking, small.olga) == asked
    assert take(looking, small.maria) == replace(nails, staff_id=small.maria, price=230_000)
    visit = small.book(at(15), minutes=45)
    looking = Looking(qtbot, counter, BookingSeed(visit_id=visit, planned=(nails,)))
    assert take(looking, small.maria).price == 180_000


def test_a_visit_that_looks_for_a_place_loses_no_service_that_is_offered_no_more(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    small = counter.small
    visit = small.book(at(15), minutes=45)
    carry_out(small.salon, services.archive, small.manicure)
    looking = Looking(qtbot, counter, BookingSeed(visit_id=visit, planned=(nails,)))
    assert take(looking, small.olga) == nails
    assert Looking(qtbot, counter, BookingSeed(planned=(nails,))).list.places() == []


def test_what_was_beside_a_service_that_is_left_out_begins_the_visit(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    feet = PlannedService(counter.small.manicure, "Маникюр", counter.small.maria, Lengths(45), 1, beside=True, pause=15)
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails, feet)))
    looking.panel.findChildren(ChoiceButton)[0].click()
    first = take(looking, counter.small.maria)
    assert (first.beside, first.pause) == (False, 0)


def test_a_day_that_was_chosen_here_stays_while_the_calendar_shows_the_same_one(qtbot: QtBot, counter: Counter) -> None:
    looking = Looking(qtbot, counter, BookingSeed(day=TODAY))
    type_text(looking.panel.findChildren(ServicePicker)[0], "педик")
    looking.keys.enter()
    looking.panel.findChildren(DayField)[0].set_day(TODAY + timedelta(days=5))
    looking.panel.reload()
    looking.panel.look_from(TODAY)
    assert looking.list.places()[0].starts_at.date() == TODAY + timedelta(days=5)
    looking.panel.look_from(TODAY + timedelta(days=2))
    assert looking.list.places()[0].starts_at.date() == TODAY + timedelta(days=2)


# ---- for one who is to be called because their master is absent ------------------------------------------------


def ill_today(counter: Counter) -> BookingSeed:
    """Anna at noon and Vera before her are to be called; Maria could take both, and Anna wants another hour."""
    small = counter.small
    anna = small.book(at(12), small.client())
    small.book(at(11, 15), small.client("Вера Крылова"), minutes=45)
    carry_out(small.salon, absences.fall_ill, small.olga)
    standing = places.standing(small.database, anna)
    return BookingSeed(client_id=standing.client_id, visit_id=anna, planned=standing.planned, day=TODAY)


def test_what_is_promised_to_others_is_marked_and_never_the_first(qtbot: QtBot, counter: Counter) -> None:
    """From a quarter past eleven Maria is to have Vera: that is the earliest, and yet not what Enter takes."""
    looking = Looking(qtbot, counter, ill_today(counter))
    today = [place for place in looking.list.places() if place.starts_at.date() == TODAY]
    starts = [place.starts_at for place in today]
    assert (starts[0], starts[-4:]) == (at(12), [at(11), at(11, 15), at(11, 30), at(11, 45)])
    spoken = [looking.list.model().index(row, 0).data().replace("\u00a0", " ") for row in range(1, len(today) + 1)]
    assert [each.endswith("обещано: Вера К.") for each in spoken] == [start < at(12) for start in starts]
    assert looking.list.current is today[0]
    looking.keys.enter()
    assert looking.wished[0].starts_at == at(12)


def test_how_many_are_promised_to_others_is_read_to_the_end(qtbot: QtBot, counter: Counter) -> None:
    """In the width that a panel of the window leaves it, beside "other hours"."""
    looking = Looking(qtbot, counter, ill_today(counter))
    looking.panel.setFixedWidth(340)
    QApplication.processEvents()
    said = next(one for one in looking.panel.findChildren(QLabel) if "обещан" in one.text())
    lines = said.fontMetrics().boundingRect(said.rect(), int(Qt.TextFlag.TextWordWrap), said.text())
    assert said.rect().contains(lines)


def test_a_promised_place_can_be_taken_on_purpose(qtbot: QtBot, counter: Counter) -> None:
    looking = Looking(qtbot, counter, ill_today(counter))
    last = sum(place.starts_at.date() == TODAY for place in looking.list.places())
    row = looking.list.model().index(last, 0)
    looking.list.scrollTo(row)
    QTest.mouseClick(looking.list.viewport(), Qt.MouseButton.LeftButton, pos=looking.list.visualRect(row).center())
    assert looking.wished[0].starts_at < at(12)


def test_nothing_is_offered_before_it_is_known_what_is_promised(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    """Enter takes nothing yet; when the places are there, the keyboard is on the first of them."""
    beside = WorkInHand()
    with in_a_file(counter, tmp_path, beside) as at_file:
        looking = Looking(qtbot, at_file, ill_today(at_file))
        assert looking.list.places() == []
        looking.keys.enter()
        assert looking.wished == []
        beside.finish()
        assert looking.list.hasFocus()
        assert looking.list.current == looking.list.places()[0]


@contextmanager
def in_a_file(counter: Counter, folder: Path, beside: WorkInHand) -> Iterator[Counter]:
    """The desk of a salon in a file; what is done beside the window waits until it is told to."""
    small = small_salon(Database(folder / "salon.vizit"))
    feed = ChangeFeed()
    desk = replace(counter.desk, salon=small.salon, feed=feed, perform=Perform(small.salon, feed), background=beside)
    yield replace(counter, small=small, desk=desk)
    small.database.close()


def test_whoever_has_gone_on_to_another_field_types_there_when_the_places_come(
    qtbot: QtBot, counter: Counter, tmp_path: Path
) -> None:
    beside = WorkInHand()
    with in_a_file(counter, tmp_path, beside) as at_file:
        looking = Looking(qtbot, at_file, ill_today(at_file))
        looking.panel._day.setFocus()
        held = QApplication.focusWidget()
        beside.finish()
        assert looking.list.places()
        assert QApplication.focusWidget() is held


def test_whoever_leaves_the_places_lets_no_search_go_on(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    beside = WorkInHand()
    with in_a_file(counter, tmp_path, beside) as at_file:
        looking = Looking(qtbot, at_file, ill_today(at_file))
        job = beside.job
        looking.panel.hide()
        assert job.is_cancelled
        looking.panel.show()
        beside.finish()
        assert looking.list.places()


def test_when_it_cannot_be_found_out_what_is_promised_it_is_said_and_can_be_asked_again(
    qtbot: QtBot, counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = WorkInHand()
    with in_a_file(counter, tmp_path, beside) as at_file:
        looking = Looking(qtbot, at_file, ill_today(at_file))
        with monkeypatch.context() as broken:
            broken.setattr(replacements, "promises", _no_disk)
            beside.finish()
        empty = looking.panel.findChild(EmptyState)
        assert empty._heading.text() == "Не получилось"
        looking.panel.hours.part.choose("morning")
        assert empty._heading.text() == "Не получилось"
        empty.button.click()
        assert empty._heading.text() == "Минутку…"
        assert not empty.button.isVisible()
        beside.finish()
        assert looking.list.hasFocus()


def _no_disk(*_asked: object) -> tuple[Promise, ...]:
    raise DatabaseBusy


def test_a_marked_place_stays_so_while_it_is_asked_what_is_promised_and_falls_to_nobody_twice(
    qtbot: QtBot, counter: Counter
) -> None:
    """When the marked place has become another's promise meanwhile, the first that is free is marked instead."""
    small = counter.small
    looking = Looking(qtbot, counter, ill_today(counter))
    looking.keys.press(Qt.Key.Key_Down)
    assert looking.list.current is not None
    assert looking.list.current.starts_at == at(12, 15)
    counter.desk.perform(booking.book, BookingRequest(None, (small.wish(at(18), staff=small.maria),)))
    assert looking.list.current is not None
    assert looking.list.current.starts_at == at(12, 15)
    looking.list.stand_on(next(one for one in looking.list.places() if one.starts_at == at(11)))
    assert looking.list.current.starts_at == at(12, 15), "what is promised is not marked by itself"


def test_a_day_that_is_promised_wholly_is_passed_over(qtbot: QtBot, counter: Counter) -> None:
    """Today Maria has only the hour that Vera is to have: what Enter takes is tomorrow's first."""
    small = counter.small
    carry_out(small.salon, blocks.block_time, small.maria, at(12), at(21), BlockKind.TRAINING)
    anna = small.book(at(12, days=1), small.client())
    small.book(at(11, 15), small.client("Вера Крылова"), minutes=45)
    carry_out(small.salon, absences.fall_ill, small.olga, TODAY + timedelta(days=1))
    planned = places.standing(small.database, anna).planned
    looking = Looking(qtbot, counter, BookingSeed(visit_id=anna, planned=planned, day=TODAY))
    assert looking.starts()[0] == at(11)
    assert looking.list.current is not None
    assert looking.list.current.starts_at == at(9, days=1)


# ---- the salon is changed meanwhile ----------------------------------------------------------------------------


def chips(looking: Looking) -> list[str]:
    flow = looking.panel._chosen
    items = (flow.itemAt(index) for index in range(flow.count()))
    return [one.text() for item in items if item and isinstance(one := item.widget(), ChoiceButton)]


def renamed(counter: Counter, service_id: int, **new: object) -> None:
    """Change a service of the price list, as another workplace would."""
    (one,) = (each for each in services.listed(counter.small.database, TODAY) if each.service_id == service_id)
    facts = services.NewService(one.category_id, one.name, one.lengths, one.price, one.code, 21, one.template_id)
    counter.desk.perform(services.change, service_id, replace(facts, **new))


def test_a_service_that_is_renamed_is_called_so_and_takes_as_long_as_now(qtbot: QtBot, counter: Counter) -> None:
    """One came from the booking form, in its usual length; the other was chosen here."""
    small = counter.small
    usual = PlannedService(small.manicure, "Маникюр с покрытием", small.olga, Lengths(60), 180_000)
    looking = Looking(qtbot, counter, BookingSeed(planned=(usual,)))
    looking.panel._picker.setFocus()
    looking.keys.type("педик")
    looking.keys.enter()
    renamed(counter, small.manicure, name="Маникюр классический", lengths=Lengths(75), price=200_000)
    renamed(counter, small.pedicure, name="Педикюр медицинский")
    assert chips(looking) == ["Маникюр классический", "Педикюр медицинский"]
    looking.panel.take(looking.list.places()[0])
    planned = looking.wished[-1].planned
    assert [(one.service_name, one.lengths.working) for one in planned] == [
        ("Маникюр классический", 75),
        ("Педикюр медицинский", 90),
    ]
    assert planned[0].price == 200_000


def test_the_length_of_this_client_stays_whatever_the_price_list_says(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    renamed(counter, counter.small.manicure, lengths=Lengths(75))
    assert take(looking, counter.small.olga).lengths == Lengths(45)


def test_a_service_that_is_added_can_be_chosen_at_once(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    looking = Looking(qtbot, counter, BookingSeed())
    renamed(counter, small.pedicure, name="Уход за стопами")
    looking.keys.type("стоп")
    looking.keys.enter()
    assert chips(looking) == ["Уход за стопами"]


def test_for_what_is_offered_no_more_no_place_is_found_and_it_is_said(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    """Not even for what is left without it; with what was taken off, or brought back, it goes on."""
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    looking.panel._picker.setFocus()
    looking.keys.type("педик")
    looking.keys.enter()
    assert looking.list.places()
    counter.desk.perform(services.archive, counter.small.pedicure)
    empty = looking.panel.findChild(EmptyState)
    assert looking.list.places() == []
    assert empty.isVisible()
    assert empty._sentence.text() == "«Педикюр» больше не оказывают. Выберите другую услугу."
    counter.desk.perform.undo()
    assert looking.list.places()
    counter.desk.perform(services.archive, counter.small.pedicure)
    looking.panel.findChildren(ChoiceButton)[-1].click()
    assert chips(looking) == ["Маникюр с покрытием"]
    assert looking.list.places()


def test_a_master_who_was_chosen_and_has_left_is_told(qtbot: QtBot, counter: Counter, nails: PlannedService) -> None:
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    panel = looking.panel
    panel._master.setCurrentIndex(panel._master.findText("Мария Ким"))
    assert not panel._since.isVisible()
    counter.desk.perform(staff.archive, counter.small.maria)
    assert panel._master.currentText() == "Любой мастер"
    assert panel._since.text() == "Мария Ким здесь больше не работает. Выберите другого мастера."
    assert {one.staff_ids for one in looking.list.places()} == {(counter.small.olga,)}
    panel._master.setCurrentIndex(panel._master.findText("Ольга Белова"))
    assert not panel._since.isVisible()


def test_a_service_that_the_chosen_master_does_not_do_is_told(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    looking.panel._master.setCurrentIndex(looking.panel._master.findText("Мария Ким"))
    looking.panel._picker.setFocus()
    looking.keys.type("педик")
    looking.keys.enter()
    assert looking.panel._since.text().startswith("Мария Ким не делает")


def test_the_place_that_is_marked_stays_so_when_somebody_books_elsewhere(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    """Enter takes what was read out on the phone."""
    small = counter.small
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    for _press in range(4):
        looking.keys.press(Qt.Key.Key_Down)
    marked = looking.list.current
    assert marked is not None
    counter.desk.perform(booking.book, BookingRequest(None, (small.wish(at(18)),)))
    assert looking.list.current == marked
    looking.keys.enter()
    assert (looking.wished[0].starts_at, looking.wished[0].staff_id) == (marked.starts_at, marked.staff_ids[0])


def test_whoever_stands_on_a_chosen_service_keeps_the_keyboard_in_the_panel(
    qtbot: QtBot, counter: Counter, nails: PlannedService
) -> None:
    looking = Looking(qtbot, counter, BookingSeed(planned=(nails,)))
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())  # the window has other fields, to which the keyboard would go on
    column.addWidget(looking.panel)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    looking.panel.findChildren(ChoiceButton)[0].setFocus()
    renamed(counter, counter.small.manicure, name="Маникюр классический")
    assert looking.panel._picker.hasFocus()
