"""What comes and goes: the panel, the toast, the banner, the strip of long work."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.theme import Tone
from app.ui.widgets import toast as toast_module
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.progress_strip import ProgressStrip
from app.ui.widgets.side_panel import PANEL_WIDTH, SidePanel
from app.ui.widgets.toast import Toast


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with one field."""
    made = QWidget()
    made.resize(1000, 600)
    row = QHBoxLayout(made)
    row.addWidget(QLineEdit())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def panel(window: QWidget) -> SidePanel:
    """A closed panel at the right of the window."""
    made = SidePanel()
    window.layout().addWidget(made)
    return made


def card() -> QWidget:
    """Something with a field in it."""
    made = QWidget()
    QVBoxLayout(made).addWidget(QLineEdit("Анна"))
    return made


def test_the_second_of_two_clicks_falls_into_nothing_that_the_first_has_opened(
    window: QWidget, panel: SidePanel
) -> None:
    """Where a click books, many click twice; under the pointer stands a list of clients by then."""
    calendar, client = QPushButton(window), QPushButton("Анна")
    client.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    calendar.setGeometry(window.rect())
    calendar.show()
    panel.raise_()
    chosen: list[str] = []
    client.clicked.connect(lambda: chosen.append("Анна"))
    calendar.clicked.connect(lambda: panel.open(client, "Новый визит"))
    place, handle = QPoint(window.width() - PANEL_WIDTH // 2, 400), window.windowHandle()
    assert handle is not None
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert panel.content is client
    assert chosen == []
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert chosen == ["Анна"], "whoever then clicks means it"


def test_a_closed_panel_takes_no_room(window: QWidget, panel: SidePanel) -> None:
    assert not panel.isVisible()
    panel.open(card(), "Клиент")
    assert panel.isVisible()
    assert panel.width() == PANEL_WIDTH
    assert panel.accessibleName() == "Клиент"


def test_escape_closes_and_the_focus_goes_back(qtbot: QtBot, window: QWidget, panel: SidePanel) -> None:
    before = window.findChild(QLineEdit)
    before.setFocus()
    content = card()
    panel.open(content, "Клиент")
    content.findChild(QLineEdit).setFocus()
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(content.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert not panel.is_open
    assert before.hasFocus()


def test_what_takes_the_keyboard_while_it_is_made_gives_it_back(window: QWidget, panel: SidePanel) -> None:
    before = window.findChild(QLineEdit)
    before.setFocus()
    content = QWidget(panel.make_room())
    field = QLineEdit(content)
    field.show()
    field.setFocus()
    panel.open(content, "Клиент")
    panel.close_panel()
    assert before.hasFocus()


def test_closing_takes_no_focus_from_where_one_works(qtbot: QtBot, window: QWidget, panel: SidePanel) -> None:
    panel.open(card(), "Клиент")
    other = QLineEdit(window)
    other.show()
    other.setFocus()
    panel.close_panel()
    assert other.hasFocus()


def test_a_new_card_takes_the_place_of_the_old(qtbot: QtBot, panel: SidePanel) -> None:
    first, second = card(), card()
    panel.open(first, "Анна")
    with qtbot.assertNotEmitted(panel.closed), qtbot.waitSignal(first.destroyed):
        panel.open(second, "Вера")
    assert panel.content is second
    assert panel.accessibleName() == "Вера"


def test_the_sheet_slides_in_and_rests_at_its_place(
    qtbot: QtBot, panel: SidePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.widgets.side_panel.theme.motion_ms", lambda: 20)
    with qtbot.waitSignal(panel._slide.finished):
        panel.open(card(), "Клиент")
        assert panel._sheet.x() > 0
    assert panel._sheet.geometry() == panel.rect()


def test_a_closed_panel_closes_in_silence(qtbot: QtBot, panel: SidePanel) -> None:
    with qtbot.assertNotEmitted(panel.closed):
        panel.close_panel()


@pytest.fixture
def toast(window: QWidget) -> Toast:
    """The toast of the window."""
    return Toast(window)


def action_of(toast: Toast) -> QPushButton:
    """The button of the toast."""
    return toast.findChild(QPushButton)


def test_the_way_back_is_in_the_toast(qtbot: QtBot, toast: Toast) -> None:
    undone: list[str] = []
    toast.tell("Визит перенесён", action="Отменить", act=lambda: undone.append("визит"))
    assert toast.text == toast.accessibleName() == "Визит перенесён"
    qtbot.mouseClick(action_of(toast), Qt.MouseButton.LeftButton)
    assert undone == ["визит"]
    assert not toast.isVisible()


def test_a_new_sentence_takes_the_place_of_the_old(toast: Toast) -> None:
    undone: list[str] = []
    toast.tell("Визит перенесён", action="Отменить", act=lambda: undone.append("визит"))
    toast.tell("Сохранено")
    assert toast.text == "Сохранено"
    assert not action_of(toast).isVisible()
    action_of(toast).click()
    assert undone == []


def test_a_toast_goes_by_itself(qtbot: QtBot, toast: Toast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert toast._stay.interval() == toast_module.STAYS_MS
    toast._stay.setInterval(10)
    toast.tell("Сохранено")
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_toast_waits_while_somebody_is_on_it(qtbot: QtBot, window: QWidget, toast: Toast) -> None:
    toast.tell("Визит перенесён", action="Отменить", act=lambda: None)
    assert toast._stay.isActive()
    toast.focus_action()
    assert action_of(toast).hasFocus()
    assert not toast._stay.isActive()
    window.findChild(QLineEdit).setFocus()
    assert toast._stay.isActive()


def test_a_toast_is_answered_by_keyboard_which_goes_back_then(qtbot: QtBot, window: QWidget, toast: Toast) -> None:
    field = window.findChild(QLineEdit)
    field.setFocus()
    done: list[str] = []
    toast.tell(
        "Визит перенесён", action="Отменить", act=lambda: None, more=[("И следующие", lambda: done.append("all"))]
    )
    toast.focus_action()
    assert action_of(toast).hasFocus()
    further = toast.buttons[1]
    further.setFocus()
    qtbot.keyClick(further, Qt.Key.Key_Return)
    assert done == ["all"]
    assert field.hasFocus()


def test_a_toast_never_takes_the_focus_itself(window: QWidget, toast: Toast) -> None:
    field = window.findChild(QLineEdit)
    field.setFocus()
    toast.tell("Визит перенесён", action="Отменить", act=lambda: None)
    assert field.hasFocus()


def test_a_toast_stays_at_the_foot_of_the_window(window: QWidget, toast: Toast) -> None:
    toast.tell("Сохранено")
    window.resize(700, 500)
    assert toast.geometry().center().x() == pytest.approx(350, abs=1)
    assert window.height() - toast.geometry().bottom() == pytest.approx(24, abs=2)


def test_escape_takes_a_toast_away(qtbot: QtBot, toast: Toast) -> None:
    toast.tell("Визит перенесён", action="Отменить", act=lambda: None)
    toast.focus_action()
    qtbot.keyClick(action_of(toast), Qt.Key.Key_Escape)
    assert not toast.isVisible()


def test_a_banner_says_what_to_do(qtbot: QtBot) -> None:
    banner = Banner("Копии нет 9 дней.", Tone.WARN, action="Сделать копию")
    qtbot.addWidget(banner)
    banner.show()
    with qtbot.waitSignal(banner.acted):
        banner.findChild(QPushButton).click()
    banner.tell("Диск полон.", Tone.DANGER)
    assert banner.accessibleName() == banner.text == "Диск полон."
    assert not banner.findChild(QPushButton).isVisible()


def test_an_empty_screen_offers_the_next_step(qtbot: QtBot) -> None:
    empty = EmptyState("calendar-days", "Записей нет", "Наберите телефон клиента.", action="Новый визит")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.acted):
        empty.button.click()


def test_the_lines_of_an_empty_screen_are_about_equally_long(qtbot: QtBot) -> None:
    empty = EmptyState("users", "Пусто", "Сначала добавьте мастера, тогда здесь появятся смены.")
    qtbot.addWidget(empty)
    sentence = empty._sentence
    assert sentence.width() < 340
    assert sentence.heightForWidth(sentence.width()) == sentence.height()
    empty.say("Пусто", "Сначала добавьте мастера, тогда здесь появятся смены. " * 3)
    assert sentence.heightForWidth(sentence.width()) == sentence.height(), "nothing is cut when more is said"


def test_beside_the_same_button_in_the_head_the_one_in_the_middle_steps_back(qtbot: QtBot) -> None:
    echo = EmptyState("users", "Пусто", "Никого.", action="Добавить", is_echo=True)
    qtbot.addWidget(echo)
    assert not isinstance(echo.button, PrimaryButton)


def test_long_work_can_be_given_up(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    assert not strip.isVisible()
    strip.begin("Загружаем визиты")
    strip.report(3, 10)
    assert strip.isVisible()
    cancel = strip.findChild(QAbstractButton)
    with qtbot.waitSignal(strip.cancel_wanted):
        cancel.click()
    assert not cancel.isEnabled()
    strip.end()
    assert not strip.isVisible()


def test_the_toast_stands_clear_of_the_buttons_at_the_foot(window: QWidget) -> None:
    bar = QFrame(window)
    bar.setProperty("kind", "foot")
    bar.setGeometry(100, 540, 800, 60)
    toast = Toast(window)
    toast.tell("Визит перенесён на 18:45", action="Отменить", act=list)
    assert toast.geometry().bottom() < 600 - 24
    bar.show()
    toast.tell("Визит перенесён на 18:45", action="Отменить", act=list)
    assert not toast.geometry().intersects(bar.geometry())
    assert toast.geometry().bottom() < bar.geometry().top()


def test_the_toast_makes_way_for_buttons_that_come_to_the_foot_while_it_is_there(window: QWidget, qtbot: QtBot) -> None:
    """A visit is copied a moment after it was moved: the strip with "Paste" opens under what is still told."""
    bar = QFrame()
    bar.setProperty("kind", "foot")
    bar.setFixedSize(800, 60)
    bar.hide()
    column = QVBoxLayout()
    column.addStretch(1)
    column.addWidget(bar)
    window.layout().addLayout(column)
    toast = Toast(window)
    toast.tell("Визит перенесён на 18:45", action="Отменить", act=list)
    QApplication.processEvents()
    bar.show()
    qtbot.waitUntil(lambda: toast.geometry().bottom() < bar.mapTo(window, bar.rect().topLeft()).y())


def test_the_toast_stands_beside_a_card_that_floats_too(window: QWidget) -> None:
    card = QFrame(window)
    card.setProperty(toast_module.AFLOAT, "over the window")
    card.setGeometry(520, 400, 460, 190)
    card.show()
    toast = Toast(window)
    toast.tell("Ждёт другое время, место свободно", action="Отменить", act=list)
    assert not toast.geometry().intersects(card.geometry())
    assert toast.geometry().right() < card.geometry().left()
    card.setGeometry(100, 400, 880, 190)
    toast.tell("Ждёт другое время, место свободно", action="Отменить", act=list)
    assert toast.geometry().bottom() < card.geometry().top()


def test_the_toast_stands_beside_an_open_panel(window: QWidget, panel: SidePanel) -> None:
    panel.open(card(), "Обзвон")
    window.layout().activate()
    toast = Toast(window)
    toast.tell("Болезнь отмечена, запись закрыта. Вот кому позвонить.", action="Отменить", act=list)
    assert toast.geometry().right() < panel.geometry().left()
