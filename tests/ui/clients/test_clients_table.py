"""How the list of all clients looks while it rushes past, and what it asks for."""

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from pytestqt.qtbot import QtBot

from app.salon.clients.listing import ListedClient
from app.ui import theme
from app.ui.clients.clients_table import ClientModel, ClientsTable
from app.ui.tables.window_model import PAGE

MANY = 10 * PAGE
NAME, ALERT = 0, 1


def listed(number: int, **more: object) -> ListedClient:
    """A client of a salon that has very many."""
    return ListedClient(
        number, f"Анна {number}", "+79123456789", date(2026, 5, 1), None, 3, 5_000, has_alert=False, **more
    )  # type: ignore[arg-type]


@pytest.fixture
def table(qtbot: QtBot, qapp: object) -> ClientsTable:
    """Very many clients, of whom the first pages have been read; the second must not be booked."""
    model = ClientModel(date(2026, 5, 12), "RUB")
    model.set_keys(range(MANY), [listed(number, do_not_book=number == 1) for number in range(2 * PAGE)])
    made = ClientsTable(model, "Клиенты")
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def picture(table: ClientsTable) -> QImage:
    return table.viewport().grab().toImage()


def colours(seen: QImage, place: QRect) -> set[str]:
    return {
        QColor(seen.pixel(x, y)).name()
        for x in range(place.left(), place.right() + 1)
        for y in range(place.top(), place.bottom() + 1)
    }


def cell(table: ClientsTable, row: int, column: int) -> QRect:
    return table.visualRect(table.model().index(row, column))


def test_who_must_not_be_booked_bears_the_sign_in_red(table: ClientsTable) -> None:
    seen, red = picture(table), theme.current().danger.name()
    assert red in colours(seen, cell(table, 1, ALERT))
    assert red not in colours(seen, cell(table, 0, ALERT))


def test_the_chosen_row_is_seen_from_end_to_end(table: ClientsTable) -> None:
    table.setCurrentIndex(table.model().index(2, NAME))
    seen, chosen = picture(table), theme.current().accent_soft.name()
    for column in range(table.model().columnCount()):
        assert chosen in colours(seen, cell(table, 2, column))
    assert chosen not in colours(seen, cell(table, 3, NAME))


def test_a_line_that_is_still_being_read_is_a_calm_bar_without_words(table: ClientsTable) -> None:
    table.scrollTo(table.model().index(5 * PAGE, NAME), ClientsTable.ScrollHint.PositionAtTop)
    worn = theme.current()
    assert worn.text.name() not in colours(picture(table), cell(table, 5 * PAGE, NAME))
    assert worn.sunken.name() in colours(picture(table), cell(table, 5 * PAGE, NAME))


def test_the_card_stays_round_at_its_foot_wherever_the_list_stands(table: ClientsTable) -> None:
    outside = theme.current().app.name()
    for place in (0, 37, 1_000, 990):
        table.verticalScrollBar().setValue(place)
        seen = picture(table)
        corner = QRect(0, seen.height() - 1, 1, 1)
        assert colours(seen, corner) == {outside}
        assert outside not in colours(seen, QRect(0, 0, 20, seen.height() - theme.RADIUS_SURFACE))


class WatchedTable(ClientsTable):
    """Remembers what was painted anew."""

    painted = QRegion()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and remember where."""
        super().paintEvent(event)
        self.painted = event.region()


def test_a_corner_that_was_moved_with_the_list_is_painted_over(qtbot: QtBot, table: ClientsTable) -> None:
    model = table.model()
    assert isinstance(model, ClientModel)
    watched = WatchedTable(model, "Клиенты")
    qtbot.addWidget(watched)
    watched.resize(1000, 600)
    watched.show()
    watched.verticalScrollBar().setValue(400)
    QCoreApplication.processEvents()
    watched.verticalScrollBar().setValue(350)
    QCoreApplication.processEvents()
    foot = watched.viewport().height()
    assert watched.painted.contains(QRect(0, foot - 1, 1, 1))
    watched.verticalScrollBar().setValue(400)
    QCoreApplication.processEvents()
    assert watched.painted.contains(QRect(0, foot - 51, 1, 1))


def test_the_lines_after_those_in_sight_are_asked_for_before_they_are_needed(table: ClientsTable) -> None:
    model = table.model()
    assert isinstance(model, ClientModel)
    table.verticalScrollBar().setValue(0)
    picture(table)
    assert model.wanted() == []
    row = 2 * PAGE - PAGE // 2 - 2
    table.scrollTo(model.index(row, NAME), ClientsTable.ScrollHint.PositionAtBottom)
    picture(table)
    assert model.wanted() == []
    table.scrollTo(model.index(row + 3, NAME), ClientsTable.ScrollHint.PositionAtBottom)
    picture(table)
    assert model.wanted() == list(range(2 * PAGE, 3 * PAGE))


def test_whoever_rushes_past_waits_for_the_rows_where_they_stop(qtbot: QtBot, table: ClientsTable) -> None:
    model = table.model()
    assert isinstance(model, ClientModel)
    with qtbot.waitSignal(model.records_wanted):
        for page in (4, 5, 6, 7, 8):
            table.scrollTo(model.index(page * PAGE, NAME), ClientsTable.ScrollHint.PositionAtTop)
            picture(table)
    wanted = model.wanted()
    assert set(range(8 * PAGE, 9 * PAGE)) <= set(wanted)
    assert not set(wanted) & set(range(4 * PAGE, 6 * PAGE))


def test_a_line_that_does_not_come_is_not_asked_for_again_and_again(table: ClientsTable) -> None:
    model = table.model()
    assert isinstance(model, ClientModel)
    table.scrollTo(model.index(5 * PAGE, NAME), ClientsTable.ScrollHint.PositionAtTop)
    picture(table)
    wanted = model.wanted()
    model.put([listed(number) for number in wanted if number != 5 * PAGE], wanted)
    picture(table)
    assert 5 * PAGE not in model.wanted()
    model.set_keys(model.keys)
    picture(table)
    assert 5 * PAGE in model.wanted()


def test_beside_an_open_card_the_name_is_told_whole(table: ClientsTable) -> None:
    """What the card tells as well gives way, but never what the list is sorted by."""
    name, visits, spent = 0, 5, 6
    whole = table.columnWidth(name)
    table.resize(760, 600)
    assert table.columnWidth(name) >= 180
    assert table.isColumnHidden(visits)
    assert not table.isColumnHidden(spent)
    table.horizontalHeader().setSortIndicator(visits, Qt.SortOrder.DescendingOrder)
    assert not table.isColumnHidden(visits)
    assert table.columnWidth(name) >= 180
    table.resize(1000, 600)
    assert table.columnWidth(name) == whole
