"""A sentence that floats at the foot of the window for a while, with the way back beside it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QPushButton, QWidget

from app.ui import icons, theme
from app.ui.theme import FontRole, Tone
from app.ui.widgets.label import Label
from app.ui.widgets.side_panel import is_alive

STAYS_MS = 6000
_FOOT = 24
_ABOVE = 8
_PANEL = "panel"
_FEET = ("foot", "bare-foot")
"""The kinds of frames with buttons at the foot of a screen or a panel: the sentence covers none of them."""
AFLOAT = "afloat"
"""The property of a card that floats over the window as well: the sentence stands beside or above it."""
_ICONS = {Tone.NEUTRAL: "check", Tone.ACCENT: "check", Tone.WARN: "triangle-alert", Tone.DANGER: "circle-alert"}


class Toast(QWidget):
    """One for each window: a new sentence takes the place of the old one.

    It goes after six seconds, but not while the pointer or the focus is on it. It never takes the focus itself.
    """

    def __init__(self, host: QWidget) -> None:
        """``host`` is the window over which the sentence floats."""
        super().__init__(host)
        self._host = host
        self._act: Callable[[], object] | None = None
        self._came_from: QWidget | None = None
        """What had the keyboard before it was brought here."""
        self._stays = False
        self._tone = Tone.NEUTRAL
        self._words = Label("", FontRole.BODY, "on_toast")
        self._button = self._new_button("")
        self._button.clicked.connect(self._take)
        self._more: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(44, 8, 10, 8)
        self._row.setSpacing(12)
        self._row.addWidget(self._words)
        self._row.addWidget(self._button)
        self.setMinimumHeight(48)
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(28)
        self._shadow.setOffset(0, 6)
        self.setGraphicsEffect(self._shadow)
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(STAYS_MS)
        self._stay.timeout.connect(self.dismiss)
        host.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown now; empty when none is."""
        return self._words.text() if self.isVisibleTo(self._host) else ""

    def tell(
        self,
        sentence: str,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        tone: Tone = Tone.NEUTRAL,
        more: Sequence[tuple[str, Callable[[], object]]] = (),
        stays: bool = False,
    ) -> None:
        """Show ``sentence``, and ``action`` as a button that calls ``act`` and closes the toast.

        ``more`` are further buttons: what they say and what they call. ``stays``: it goes when it is dismissed, not
        by itself.
        """
        self._drop_more()
        for words, further in more:
            button = self._new_button(words)
            button.clicked.connect(partial(self._take_further, further))
            self._more.append(button)
            self._row.addWidget(button)
            button.show()
        self._act = act
        self._stays = stays
        self._tone = tone
        self._words.setText(sentence)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(sentence)
        self._row.setContentsMargins(44, 8, 10 if action or more else 20, 8)
        self._shadow.setColor(theme.current().shadow)
        self._place()
        self.show()
        self.raise_()
        self._begin_to_count()
        # What is told may also open or close a panel, after this.
        QTimer.singleShot(0, self, self._place)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _begin_to_count(self) -> None:
        if self._stays:
            self._stay.stop()
        else:
            self._stay.start()

    def offers(self, *acts: Callable[[], object]) -> bool:
        """Whether its button would call one of ``acts``."""
        return self._act in acts

    def dismiss(self) -> None:
        """Take the sentence away."""
        self._stay.stop()
        self._act = None
        came_from, self._came_from = self._came_from, None
        if came_from is not None and is_alive(came_from) and any(button.hasFocus() for button in self.buttons):
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def make_way(self) -> None:
        """Something else floats over the window now, or no longer: stand beside it."""
        if self.isVisible():
            self._place()

    def focus_action(self) -> None:
        """Bring the keyboard to the first button, if there is one; whatever becomes of it, it goes back then."""
        if self.isVisible() and self.buttons and not any(button.hasFocus() for button in self.buttons):
            self._came_from = QApplication.focusWidget()
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def buttons(self) -> list[QPushButton]:
        """What can be pressed, from left to right."""
        return [button for button in self._all if button.isVisibleTo(self)]

    @property
    def _all(self) -> tuple[QPushButton, ...]:
        return (self._button, *self._more)

    def _new_button(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "toast")
        button.setFont(theme.font(FontRole.STRONG))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.installEventFilter(self)
        return button

    def _drop_more(self) -> None:
        for button in self._more:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._more.clear()

    def _take_further(self, act: Callable[[], object], _checked: bool = False) -> None:
        self.dismiss()
        act()

    def _take(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def _place(self) -> None:
        self.adjustSize()
        widest = max(self._host.width() - 2 * _FOOT, 0)
        self.resize(min(self.sizeHint().width(), widest), self.sizeHint().height())
        left = (self._host.width() - self.width()) // 2
        place = QRect(QPoint(left, self._host.height() - self.height() - _FOOT), self.size())
        frames = [frame for frame in self._host.findChildren(QFrame) if frame.isVisibleTo(self._host)]
        for panel in (self._place_of(frame) for frame in frames if frame.property("kind") == _PANEL):
            if panel.intersects(place):
                # Over the screen beside the panel, if it fits there.
                place.moveRight(max(panel.left() - _ABOVE, _FOOT + place.width()))
        feet = [self._place_of(frame) for frame in frames if frame.property("kind") in _FEET]
        for bar in sorted(feet, key=QRect.top, reverse=True):
            if bar.intersects(place):
                place.moveBottom(bar.top() - _ABOVE)
        for card in (self._place_of(frame) for frame in frames if frame.property(AFLOAT)):
            if card.intersects(place):
                has_room = card.left() - _ABOVE - place.width() >= _FOOT
                if has_room:
                    place.moveRight(card.left() - _ABOVE)
                else:
                    place.moveBottom(card.top() - _ABOVE)
        self.move(place.topLeft())

    def _place_of(self, frame: QFrame) -> QRect:
        return QRect(frame.mapTo(self._host, QPoint(0, 0)), frame.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window; stay as long as the button has the focus."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif watched is self._host and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            # A strip has come or gone at the foot; it has its place when this has been dealt with.
            QTimer.singleShot(0, self, self._place)
        elif watched in self._all and event.type() == QEvent.Type.FocusIn:
            self._stay.stop()
        elif watched in self._all and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._begin_to_count()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Somebody reads: wait."""
        super().enterEvent(event)
        self._stay.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Read: the time begins anew."""
        super().leaveEvent(event)
        if self.isVisible():
            self._begin_to_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it stands on; Esc takes the sentence away."""
        held = next((button for button in self.buttons if button.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held is not None:
            held.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark field and its icon."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.toast)
        painter.drawRoundedRect(self.rect(), theme.RADIUS_SURFACE, theme.RADIUS_SURFACE)
        mark = icons.pixmap(_ICONS[self._tone], worn.toast_action, 18, self.devicePixelRatioF())
        painter.drawPixmap(16, (self.height() - 18) // 2, mark)
