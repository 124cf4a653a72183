"""Choosing a service where there is none yet."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.salon.catalogue import services
from app.ui.widgets.service_picker import ServicePicker
from tests.builders import SmallSalon


def test_an_empty_price_list_says_where_services_are_added(qtbot: QtBot) -> None:
    picker = ServicePicker([], "RUB")
    qtbot.addWidget(picker)
    assert picker.notice.text() == "", "nobody has asked yet"
    picker.carry_on("")
    assert picker.notice.text() == "Записать пока не на что: добавьте услуги и мастеров в разделе «Салон»."


def test_what_is_typed_into_an_empty_price_list_is_not_called_unknown(qtbot: QtBot, small: SmallSalon) -> None:
    picker = ServicePicker([], "RUB")
    qtbot.addWidget(picker)
    picker.setText("маникюр")
    assert "добавьте услуги" in picker.notice.text()
    picker.offer(services.offered(small.database))
    assert picker.notice.text() == ""
    picker.setText("стрижка")
    assert "стрижка" in picker.notice.text()


def test_of_a_service_with_a_long_name_the_price_is_seen_before_it_is_chosen(qtbot: QtBot, small: SmallSalon) -> None:
    (manicure, *_others) = services.offered(small.database)
    picker = ServicePicker([replace(manicure, name="Снятие, маникюр и укрепление с гель-лаком и дизайном")], "RUB")
    qtbot.addWidget(picker)
    picker.resize(320, 36)
    picker.show()
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton)
    line = picker.matches.item(0)
    seen = picker.matches.fontMetrics().elidedText(line.text(), picker.matches.textElideMode(), 300)
    assert seen != line.text()
    assert seen.endswith("₽")
    assert line.text() in line.toolTip()
