"""Pills that go on in the next line."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.ui.widgets.flow_layout import FlowLayout


class Deaf(QObject):
    """Keeps from a widget that its children go, as when a window is taken down."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.ChildRemoved


def test_a_widget_that_went_without_a_word_is_not_asked(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = FlowLayout(box)
    first, second = QLabel("впервые"), QLabel("аллергия")
    row.addWidget(first)
    row.addWidget(second)
    deaf = Deaf(box)
    box.installEventFilter(deaf)
    alone = second.sizeHint()
    delete(first)
    assert row.sizeHint() == alone
    assert row.minimumSize().height() == alone.height()
    assert row.heightForWidth(1000) == alone.height()
    row.clear()
    assert row.count() == 0
