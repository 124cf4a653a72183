"""A box to choose one of several from, closed until it is opened."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

_ROOM_BESIDE = 72
"""More than the style ever needs beside the words."""
_FREE = 4
"""What it leaves free between them and the arrow."""


class ChoiceBox(QComboBox):
    """The wheel scrolls what the box stands in, and never chooses: scrolling a form must change nothing."""

    def __init__(self, parent: QWidget | None = None, *, gives_way: bool = False) -> None:
        """``gives_way``: it is as wide as its place, however long its words are."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nor does the wheel bring the keyboard here
        if gives_way:
            # Told to adjust to a length of its words, Qt would make the list behind the box to measure it.
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        """Before it is first shown there is nothing to dress: for that Qt would make the list behind an empty box."""
        is_unseen = not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
        if event.type() != QEvent.Type.StyleChange or not is_unseen:
            super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words for which there is no room end with dots, not in the middle of a letter."""
        words = self.currentText()
        if self.fontMetrics().horizontalAdvance(words) + _ROOM_BESIDE < self.width():
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter  # the first day needs none of them

        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - _FREE
        cut = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        option.currentText = cut
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to whatever scrolls."""
        event.ignore()
