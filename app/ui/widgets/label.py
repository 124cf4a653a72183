"""Words on the screen, in a type role and a tone of the theme."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui import theme
from app.ui.theme import FontRole

_LONGEST_WHOLE = 18
_PIECE = 12


def breakable(text: str, whole: int = _LONGEST_WHOLE) -> str:
    """``text`` with places where a very long word may go on in the next line.

    A word of the language stays whole: up to ``whole`` letters it goes into the next line as it is.
    """
    return "\n".join(" ".join(_broken(word, whole) for word in line.split(" ")) for line in text.split("\n"))


def _broken(word: str, whole: int) -> str:
    if len(word) <= whole:
        return word
    return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


def tip(text: str) -> str:
    """``text`` as a tool tip: what people typed is never read as markup, though Qt would."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text


class Label(QLabel):
    """A plain text. What people typed is never read as markup."""

    def __init__(
        self,
        text: str = "",
        role: FontRole = FontRole.BODY,
        tone: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``tone`` is a colour token: text, muted, accent, warn or danger."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Speak in another colour token."""
        if self.property("tone") != tone:
            theme.dress(self, tone=tone)


class ElidedLabel(Label):
    """One line that gives way: what has no room is cut with an ellipsis and told in the tool tip."""

    def __init__(
        self,
        text: str = "",
        role: FontRole = FontRole.BODY,
        tone: str = "text",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._tell_the_rest()

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters is enough."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text in the tool tip as soon as it is cut."""
        super().resizeEvent(event)
        self._tell_the_rest()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text as far as it goes."""
        painter = QPainter(self)
        painter.setPen(theme.current().colour(str(self.property("tone"))))
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), self.shown_text())

    def shown_text(self) -> str:
        """As much of the text as there is room for."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def _tell_the_rest(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(tip(self.text()) if cut else "")


class FittingLabel(ElidedLabel):
    """Says as much as there is room for: all of it, or the same in fewer words, or nothing.

    Without fewer words to choose from it is cut as others are.
    """

    def __init__(self, text: str = "", role: FontRole = FontRole.BODY, tone: str = "text") -> None:
        self._shorter: tuple[str, ...] | None = None
        super().__init__(text, role, tone)

    def say(self, text: str, shorter: Sequence[str] | None) -> None:
        """``shorter`` are fewer words, the most telling first; none of them: all or nothing; None: cut it."""
        self._shorter = None if shorter is None else tuple(shorter)
        self.setText(text)
        self.update()

    def least_width(self) -> int:
        """The room that its fewest words need."""
        fewest = self._shorter[-1] if self._shorter else self.text()
        return self.fontMetrics().horizontalAdvance(fewest)

    def shown_text(self) -> str:
        """The first that fits."""
        if self._shorter is None:
            return super().shown_text()
        metrics, room = self.fontMetrics(), self.width()
        return next((one for one in (self.text(), *self._shorter) if metrics.horizontalAdvance(one) <= room), "")
