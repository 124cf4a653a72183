"""The price list at the front desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.language import use
from app.salon.catalogue import services
from app.salon.catalogue.services import ListedService
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import carry_out
from app.ui.catalogue import words
from app.ui.catalogue.part import RecordPart
from app.ui.catalogue.screen import ROOMS, SERVICES, CatalogueScreen
from app.ui.catalogue.service_form import ServiceForm
from app.vocabulary import Language
from tests.builders import TODAY, SmallSalon, at
from tests.ui.conftest import Counter

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> CatalogueScreen:
    made = CatalogueScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    return made


def form_of(screen: CatalogueScreen) -> ServiceForm:
    form = screen.services.form
    assert isinstance(form, ServiceForm)
    return form


def price_list(small: SmallSalon) -> list[ListedService]:
    return services.listed(small.database, TODAY)


def shown(screen: CatalogueScreen) -> list[str]:
    return [one.name for one in screen.services.model.records]


def test_a_part_is_made_when_it_is_first_looked_at(screen: CatalogueScreen) -> None:
    assert screen.findChildren(RecordPart) == [screen.services]
    screen.show_part(ROOMS)
    screen.show_part(SERVICES)
    assert set(screen.findChildren(RecordPart)) == {screen.services, screen.rooms}


def test_the_price_list_is_read_in_its_order(screen: CatalogueScreen) -> None:
    assert shown(screen) == ["Маникюр с покрытием", "Педикюр", "Окрашивание"]
    assert screen.header.detail == "3 услуги"
    model = screen.services.model
    ModelTester(None).check(model)
    said = [model.index(2, column).data() for column in range(model.columnCount())]
    assert said == ["Волосы", "Окрашивание", "", "90 + 45 + 30\u00a0мин", "6\u00a0500\u00a0₽", "Мария Ким", "21 день"]


def test_typing_finds_by_name_and_master(screen: CatalogueScreen) -> None:
    screen.search.setText("мария окраш")
    assert shown(screen) == ["Окрашивание"]
    screen.search.setText("стрижка")
    assert shown(screen) == []
    screen.search.clear()
    assert len(shown(screen)) == 3


def test_a_new_price_by_keyboard(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    visit = counter.small.book(at(15))
    screen.search.setText("педикюр")
    qtbot.keyClick(screen.search, Key.Key_Return)
    form = form_of(screen)
    assert QApplication.focusWidget() is form.name
    assert form.price.text() == "2500"
    form.price.setText("2 900,50")
    qtbot.keyClick(form.price, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.services.form is None
    assert price_list(counter.small)[1].price == 290_050
    assert counter.small.booked_service(visit)
    counter.desk.perform.undo()
    assert price_list(counter.small)[1].price == 250_000


def test_what_is_wrong_stands_beside_the_field(screen: CatalogueScreen, counter: Counter) -> None:
    screen.services.open(screen.services.model.record(0))
    form = form_of(screen)
    form.name.setText(" ")
    form.price.setText("дорого")
    assert form.name_line.error
    assert form.price_line.error
    form.save()
    assert QApplication.focusWidget() is form.name
    assert price_list(counter.small)[0].price == 180_000
    form.name.setText("Маникюр")
    form.on_request.setChecked(True)
    assert not form.price_line.error
    form.save()
    assert (price_list(counter.small)[0].name, price_list(counter.small)[0].price) == ("Маникюр", None)


def test_a_new_service_opens_its_category(screen: CatalogueScreen, counter: Counter) -> None:
    screen.begin()
    form = form_of(screen)
    form.name.setText("Коррекция бровей")
    form.price.setText("900")
    form.working.setValue(30)
    form.category.setCurrentIndex(form.category.count() - 1)
    assert form.new_category_line.isVisibleTo(form)
    form.save()
    assert form.new_category_line.error
    form.new_category.setText("Брови")
    form.masters[counter.small.maria].setChecked(True)
    form.save()
    added = price_list(counter.small)[-1]
    assert (added.name, added.category_name, added.price) == ("Коррекция бровей", "Брови", 90_000)
    assert added.masters == ((counter.small.maria, "Мария Ким"),)
    assert screen.services.table.current == added


def test_delete_archives_and_undo_brings_back(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    screen.services.go_into_table()
    qtbot.keyClick(screen.services.table, Key.Key_Delete)
    assert shown(screen) == ["Педикюр", "Окрашивание"]
    counter.desk.perform.undo()
    assert len(shown(screen)) == 3


def test_esc_leaves_the_form_and_changes_nothing(screen: CatalogueScreen, qtbot: QtBot, counter: Counter) -> None:
    screen.services.open(screen.services.model.record(0))
    form = form_of(screen)
    form.name.setText("Что-то другое")
    qtbot.keyClick(form.name, Key.Key_Escape)
    assert screen.services.form is None
    assert QApplication.focusWidget() is screen.services.table
    assert price_list(counter.small)[0].name == "Маникюр с покрытием"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1800", 180_000), ("1 800", 180_000), ("99,5", 9_950), ("99.05", 9_905), ("0", 0), ("", None), ("-5", None)],
)
def test_a_price_is_typed_as_people_do(typed: str, meant: int | None) -> None:
    assert words.price_typed(typed) == meant
    if meant is not None:
        assert words.price_typed(words.price_to_type(meant)) == meant


@pytest.mark.parametrize("language", [Language.RUSSIAN, Language.ENGLISH])
@pytest.mark.parametrize("is_open", [False, True])
def test_nothing_is_cut_off_in_the_narrowest_window(
    qtbot: QtBot, counter: Counter, small: SmallSalon, language: Language, is_open: bool
) -> None:
    """1024 × 640, with the rail beside it: what has no room is left out, and what is shown is shown whole."""
    small.lasts(small.colouring, Lengths(165, 30, 15))
    long = services.NewService(1, "Окрашивание в сложной технике", Lengths(165, 130, 115), 12_345_600, "ОКР-17", 21)
    carry_out(small.salon, services.add, long)
    use(language)
    screen = CatalogueScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.resize(1024 - 96, 640)
    screen.show()
    if is_open:
        screen.services.open(price_list(small)[0])
        QApplication.sendPostedEvents()
    table, head = screen.services.table, screen.services.table.horizontalHeader()
    columns = [column for column in range(head.count()) if not table.isColumnHidden(column)]
    assert {1, 4} <= set(columns)
    assert 3 in columns or is_open
    for column in columns:
        needed = max(table.sizeHintForColumn(column), head.sectionSizeFromContents(column).width())
        assert needed <= table.columnWidth(column), column


def test_a_column_stays_as_wide_as_somebody_made_it(screen: CatalogueScreen, small: SmallSalon) -> None:
    table = screen.services.table
    width = table.columnWidth(0) + 40
    table.setColumnWidth(0, width)
    screen.services.reload()
    screen.resize(1100, 700)
    assert table.columnWidth(0) == width


def test_what_is_searched_for_moves_no_column(screen: CatalogueScreen, small: SmallSalon) -> None:
    long = services.NewService(1, "Сложное", Lengths(165, 130, 115), 12_345_600, "ОКР-17-ДЛИННЫЙ", 21)
    carry_out(small.salon, services.add, long)
    screen.services.reload()
    table = screen.services.table
    before = [table.columnWidth(column) for column in range(table.model().columnCount())]
    screen.services.find("педикюр")
    assert [table.columnWidth(column) for column in range(table.model().columnCount())] == before
