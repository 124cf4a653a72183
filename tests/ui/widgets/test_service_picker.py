"""Choosing a service where there is none yet."""

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
