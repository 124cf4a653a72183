"""Words on the screen, in a type role and a tone of the theme."""

from collections.abc import Sequence
from html import escape
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui import lettering, theme
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
    if "-" in word:  # a double name goes on in the next line behind its hyphen
        return "-".join(_broken(part, whole) for part in word.split("-"))
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
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Say something else."""
        self._heights.clear()
        super().setText(text)

    def heightForWidth(self, width: int) -> int:
        """How high the words are in so much room. A page asks dozens of times; Qt would set the letters each time."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def set_tone(self, tone: str) -> None:
        """Speak in another colour token."""
        if self.property("tone") != tone:
            theme.dress(self, tone=tone)


class ElidedLabel(Label):
    """One line that gives way: what has no room is cut with an ellipsis and told in the tool tip.

    Its letters are set once, for measuring and for drawing. Qt would set them anew for each of the six times it asks.
    """

    def __init__(
        self,
        text: str = "",
        role: FontRole = FontRole.BODY,
        tone: str = "text",
        *,
        parent: QWidget | None = None,
    ) -> None:
        self._role, self._tone = role, tone
        self._whole: QSize | None = None
        """The room that all of the text needs, once somebody has asked."""
        self._begins_left = True
        super().__init__(text, role, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = None
        super().setText(text)
        self._tell_the_rest()

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        """Stand on the left, in the middle or on the right."""
        super().setAlignment(alignment)
        self._begins_left = bool(alignment & Qt.AlignmentFlag.AlignLeft)

    def set_role(self, role: FontRole) -> None:
        """Speak in another type."""
        if role is not self._role:
            self._role, self._whole = role, None
            self.setFont(theme.font(role))
            self._tell_the_rest()

    def set_tone(self, tone: str) -> None:
        """Speak in another colour token: it is drawn here, and no style sheet has to hear of it."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        if self._whole is None:
            text = self.text()
            if not text or "\n" in text:
                self._whole = super().sizeHint()
            else:
                size = lettering.set_line(self._role, text).size()
                self._whole = QSize(ceil(size.width()), ceil(size.height()))
        return self._whole

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters is enough."""
        return QSize(lettering.metrics(self._role).averageCharWidth() * 4, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text in the tool tip as soon as it is cut."""
        super().resizeEvent(event)
        self._tell_the_rest()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text as far as it goes."""
        painter = QPainter(self)
        painter.setPen(theme.current().colour(self._tone))
        if self._begins_left:
            lettering.draw(painter, self.rect(), self.shown_text().replace("\n", " "), self._role)
        else:
            painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), self.shown_text())

    def shown_text(self) -> str:
        """As much of the text as there is room for."""
        if self.sizeHint().width() <= self.width():
            return self.text()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def _tell_the_rest(self) -> None:
        rest = tip(self.text()) if self.sizeHint().width() > self.width() else ""
        if rest != self.toolTip():
            self.setToolTip(rest)


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
