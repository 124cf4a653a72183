"""A box to choose from: words for which there is no room end with dots."""

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.ui.widgets.choice_box import ChoiceBox


def picture(qtbot: QtBot, words: str) -> QImage:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItem(words)
    box.setFixedSize(160, 36)
    box.show()
    return box.grab().toImage()


def test_words_that_are_too_long_end_with_dots(qtbot: QtBot) -> None:
    """What stands behind the dots is not drawn: two long texts that begin alike look alike."""
    begin = "Маникюр 1 занято "
    assert picture(qtbot, begin + "9:00–10:45") == picture(qtbot, begin + "11:30–12:00")
    assert picture(qtbot, "Маникюр 1") != picture(qtbot, "Маникюр 2")
