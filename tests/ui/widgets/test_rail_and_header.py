"""Where one can go, and what one is looking at."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui import lettering
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton
from app.ui.widgets.navigation_rail import NavigationRail, RailEntry
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.segmented_control import SegmentedControl


@pytest.fixture
def rail(qtbot: QtBot) -> NavigationRail:
    """A rail with three places."""
    made = NavigationRail(
        [
            RailEntry("calendar", "calendar-days", "Календарь", "Ctrl+1"),
            RailEntry("clients", "users", "Клиенты"),
            RailEntry("reminders", "bell", "Напоминания"),
        ],
        with_settings=True,
    )
    qtbot.addWidget(made)
    made.show()
    return made


def place(rail: NavigationRail, word: str) -> QAbstractButton:
    """The button with this word."""
    return next(button for button in rail.findChildren(QAbstractButton) if button.text() == word)


def test_a_click_says_where_to_go(qtbot: QtBot, rail: NavigationRail) -> None:
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(place(rail, "Клиенты"), Qt.MouseButton.LeftButton)
    assert told.args == ["clients"]
    assert rail.selected == "clients"


def test_showing_where_one_is_tells_nobody(qtbot: QtBot, rail: NavigationRail) -> None:
    with qtbot.assertNotEmitted(rail.chosen):
        rail.select("reminders")
    assert rail.selected == "reminders"


def test_arrows_walk_and_space_goes(qtbot: QtBot, rail: NavigationRail) -> None:
    with qtbot.waitActive(rail):
        rail.activateWindow()
    place(rail, "Напоминания").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(place(rail, "Напоминания"), Qt.Key.Key_Down)
    assert place(rail, "Календарь").hasFocus()
    qtbot.keyClick(place(rail, "Календарь"), Qt.Key.Key_Up)
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.keyClick(place(rail, "Напоминания"), Qt.Key.Key_Space)
    assert told.args == ["reminders"]


def test_the_longest_word_of_the_rail_has_air_on_both_sides(rail: NavigationRail) -> None:
    button = place(rail, "Напоминания")
    assert button.width() - lettering.width(FontRole.SMALL, "Напоминания") >= 8


def icon_lightness(button: Button) -> int:
    """How light a button's icon is, from 0 to 255, where its strokes are fullest."""
    drawn = button.icon().pixmap(button.iconSize()).toImage()
    pixels = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    return max(pixels, key=lambda pixel: pixel.alpha()).lightness()


def test_one_button_in_sight_stands_out(qtbot: QtBot) -> None:
    """Beside a panel with a main button of its own the one of the screen stands back, and comes forward again."""
    whole = QWidget()
    qtbot.addWidget(whole)
    new_visit, card, form = PrimaryButton("Новый визит", icon="plus", parent=whole), QWidget(whole), QWidget(whole)
    for panel in (card, form):
        panel.hide()
        new_visit.give_way_to(panel)
    whole.show()
    alone = new_visit.grab().toImage()
    card.show()
    assert new_visit.kind == "secondary"
    assert new_visit.grab().toImage() != alone, "it is drawn as an ordinary button"
    assert icon_lightness(new_visit) < 60, "and its icon is seen on the light field"
    form.show()
    card.hide()
    assert new_visit.kind == "secondary", "somebody else is still in front"
    form.hide()
    assert new_visit.grab().toImage() == alone
    late = PrimaryButton("Новый клиент", parent=whole)
    card.show()
    late.give_way_to(card)
    assert late.kind == "secondary", "also when the panel was there first"


def test_what_stands_back_while_it_shows_only_its_icon_shows_it_still(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    behind, ordinary = PrimaryButton("Новый визит", icon="plus", parent=whole), Button("", icon="plus", parent=whole)
    for button in (behind, ordinary):
        button.resize(54, 36)
    whole.show()
    behind.set_short(True)
    behind.stand_out(is_meant=False)
    assert behind.grab().toImage() == ordinary.grab().toImage()


def test_what_waits_is_seen_and_heard(rail: NavigationRail) -> None:
    button = place(rail, "Напоминания")
    before = button.grab().toImage()
    rail.set_badge("reminders", 12, "12 напоминаний")
    assert button.grab().toImage() != before
    assert button.accessibleDescription() == "12 напоминаний"
    assert button.toolTip().endswith("12 напоминаний")
    rail.set_badge("reminders", 0)
    assert button.grab().toImage() == before
    assert button.accessibleDescription() == ""
    assert "напоминаний" not in button.toolTip()


def test_the_foot_asks_for_theme_and_settings(qtbot: QtBot, rail: NavigationRail) -> None:
    with qtbot.waitSignals([rail.theme_wanted, rail.settings_wanted]):
        rail.theme_button.click()
        rail.settings_button.click()


def test_every_control_has_a_name_for_the_screen_reader(rail: NavigationRail) -> None:
    for button in rail.findChildren(QAbstractButton):
        spoken = QAccessible.queryAccessibleInterface(button)
        assert spoken.text(QAccessible.Text.Name), button


def test_a_key_stands_in_the_tool_tip(qtbot: QtBot, rail: NavigationRail) -> None:
    button = IconButton("chevron-left", "Предыдущий день", key="←")
    qtbot.addWidget(button)
    assert button.toolTip() == "Предыдущий день  (←)"
    assert button.accessibleName() == "Предыдущий день"
    button.set_name("Вчера")
    assert (button.toolTip(), button.accessibleName()) == ("Вчера", "Вчера")
    assert place(rail, "Календарь").toolTip() == "Календарь  (Ctrl+1)"


def test_the_header_says_what_one_sees(qtbot: QtBot) -> None:
    header = ScreenHeader("Вторник, 14 мая", "20 визитов")
    qtbot.addWidget(header)
    header.add_action(PrimaryButton("Новый визит"))
    header.set_title("Среда, 15 мая")
    header.set_detail("занято 64 %")
    assert (header.title, header.detail, header.accessibleName()) == (
        "Среда, 15 мая",
        "занято 64 %",
        "Среда, 15 мая",
    )


def test_one_of_the_segments_is_always_chosen(qtbot: QtBot) -> None:
    control = SegmentedControl("Вид", [("day", "День"), ("week", "Неделя")])
    qtbot.addWidget(control)
    control.show()
    assert control.choice == "day"
    with qtbot.assertNotEmitted(control.chosen):
        control.choose("week")
    day, _week = control.findChildren(QAbstractButton)
    with qtbot.waitSignal(control.chosen) as told:
        qtbot.mouseClick(day, Qt.MouseButton.LeftButton)
    assert told.args == ["day"]
    width = control.sizeHint().width()
    control.choose("week")
    assert control.sizeHint().width() == width
    with pytest.raises(KeyError):
        control.choose("year")


def test_where_there_is_no_room_the_first_buttons_show_only_their_icons(qtbot: QtBot) -> None:
    header = ScreenHeader("Май 2026")
    header.set_detail("всего 865 ч", ())
    holidays, ill = Button("Праздники", icon="calendar-days"), PrimaryButton("Кто заболел…", icon="phone")
    header.add_action(holidays)
    header.add_action(ill)
    qtbot.addWidget(header)
    header.setMinimumWidth(1)  # beside an open panel it gets less than it asks for
    header.resize(800, header.height())
    header.show()
    assert (holidays.text(), ill.text()) == ("Праздники", "Кто заболел…")
    words = holidays.full_width() + ill.full_width()
    header.resize(header.sizeHint().width() - header._detail.sizeHint().width() - 1, header.height())
    assert holidays.full_width() + ill.full_width() == words
    assert (holidays.text(), ill.text()) == ("", "Кто заболел…")
    assert (holidays.accessibleName(), holidays.toolTip()) == ("Праздники", "Праздники")
    assert header._detail.shown_text() == ""
    header.resize(800, header.height())
    assert (holidays.text(), holidays.toolTip()) == ("Праздники", "")
    header.layout().activate()
    assert header._detail.shown_text() == "всего 865 ч"


def test_a_button_that_gets_other_words_while_it_is_short_says_them(qtbot: QtBot) -> None:
    button = Button("Новая услуга", icon="plus")
    qtbot.addWidget(button)
    button.set_short(True)
    button.setText("Новый сотрудник")
    assert button.text() == "Новый сотрудник"
    button.set_short(True)
    assert (button.text(), button.accessibleName()) == ("", "Новый сотрудник")
    button.set_short(False)
    assert button.text() == "Новый сотрудник"
