"""The card on the right in which one record of the catalogue is added or changed."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.language import _
from app.ui import entries
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.scroll_page import ScrollPage

WIDTH = 440
_SIDE = 20
_MARGIN = 16


class DrawerForm(QFrame):
    """A heading, fields that scroll, and the buttons at the foot. Ctrl+Enter saves, Esc leaves.

    Subclasses put their fields into ``fields`` and do their act in ``save``.
    """

    left = Signal()
    """Nothing more to do here."""
    shift_wanted = Signal(object, int)
    """A record is to stand so many places later."""

    def __init__(self, heading: str, save_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(heading)
        self._opened: entries.Entries = {}
        close = IconButton("x", _("Close"), key=_("Esc"), parent=self)
        close.clicked.connect(self.left)
        self.page = ScrollPage(self)
        self.page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.fields = QVBoxLayout()
        self.fields.setContentsMargins(_SIDE, 4, _SIDE, 16)
        self.fields.setSpacing(14)
        self.problem = Label("", FontRole.BODY, "danger", wrap=True)
        self.problem.hide()
        self.save_button = PrimaryButton(save_words, key=_("Ctrl+Enter"), parent=self)
        self.save_button.clicked.connect(self.save)
        self.archive_button = QuietButton(_("Archive"), icon="archive", parent=self)
        self.archive_button.hide()
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 14, 12, 8)
        head.addWidget(ElidedLabel(heading, FontRole.HEADING), 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.page, 1)
        column.addLayout(self._foot())
        whole = QVBoxLayout(self.page.content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self.fields)
        whole.addStretch(1)

    def save(self) -> None:
        """Do what the form is for, if everything is fine."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the cursor where the next thing is typed."""
        raise NotImplementedError

    def remember(self) -> None:
        """What stands in the fields now is nothing that somebody has entered."""
        self._opened = entries.read(self)

    @property
    def changed(self) -> QWidget | None:
        """The first field in which something was entered; None where nothing could be lost."""
        return entries.changed_since(self, self._opened)

    def say_problem(self, sentence: str) -> None:
        """Say what is wrong with the whole; an empty text says that all is well."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def add_order(self, caption: str, record: object) -> None:
        """Add the buttons that let ``record`` stand earlier or later than the others."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for said, icon, key, by in (
            (_("Earlier"), "chevron-up", _("Alt+↑"), -1),
            (_("Later"), "chevron-down", _("Alt+↓"), 1),
        ):
            button = Button(said, icon=icon, key=key)
            button.clicked.connect(partial(self.shift_wanted.emit, record, by))
            row.addWidget(button)
        row.addStretch(1)
        part = QVBoxLayout()
        part.setSpacing(4)
        part.addWidget(Label(caption, FontRole.SECONDARY, "muted"))
        part.addLayout(row)
        self.fields.addLayout(part)

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll so that the whole of ``part`` is seen, as soon as its new height is laid out."""
        QTimer.singleShot(0, part, lambda: self.page.ensureWidgetVisible(part, 0, _MARGIN))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves from any field, Esc leaves."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _foot(self) -> QVBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.save_button, 1)
        buttons.addWidget(self.archive_button)
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE, 10, _SIDE, 16)
        foot.setSpacing(10)
        foot.addWidget(self.problem)
        foot.addLayout(buttons)
        return foot
