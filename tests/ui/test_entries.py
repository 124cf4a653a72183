"""What stands in the fields of a form: whether somebody has changed it, and what is filled in once more."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui import entries


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    """Two services are called the same, and only the first of them is done."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for is_ticked in (True, False):
        box = QCheckBox("Стрижка")
        box.setChecked(is_ticked)
        column.addWidget(box)
    name = QLineEdit("Ольга")
    name.setAccessibleName("Имя")
    column.addWidget(name)
    return made


def boxes(form: QWidget) -> list[QCheckBox]:
    return form.findChildren(QCheckBox)


def test_what_is_called_the_same_is_told_apart(form: QWidget) -> None:
    opened = entries.read(form)
    assert entries.changed_since(form, opened) is None
    boxes(form)[1].setChecked(True)
    assert entries.changed_since(form, opened) is boxes(form)[1]


def test_what_is_called_the_same_is_filled_in_each_for_itself(form: QWidget) -> None:
    opened = entries.read(form)
    boxes(form)[0].setChecked(False)
    boxes(form)[1].setChecked(True)
    entries.put(form, opened)
    assert [box.isChecked() for box in boxes(form)] == [True, False]
