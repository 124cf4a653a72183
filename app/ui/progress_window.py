"""A small window of its own for work between two salons: while no other window of the program is open."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import theme
from app.ui.background import Background, Job
from app.ui.theme import FontRole
from app.ui.widgets.label import Label
from app.ui.widgets.progress_strip import ProgressStrip

T = TypeVar("T")
_WIDTH = 440
_LONG_MS = 6_000
_ROLLED_BACK_MS = 10_000
"""At most so long takes what was given up until nothing of it is left."""


class ProgressWindow(QWidget):
    """Says what is being done and how far it is; "Cancel" and closing it give it up, where that may be."""

    def __init__(self, heading: str, sentence: str, *, can_stop: bool) -> None:
        super().__init__()
        self.setWindowTitle(heading)
        self.setAccessibleName(heading)
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)  # a window that is being closed may still be seen
        self._can_stop = can_stop
        self._sentence = sentence
        self._silence = ""
        self.patience = QTimer(self)
        self.patience.setSingleShot(True)
        self.patience.timeout.connect(self._tell_silence)
        self.strip = ProgressStrip()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(8)
        column.addWidget(Label(heading, FontRole.HEADING, wrap=True))
        self.words = Label(sentence, FontRole.BODY, "muted", wrap=True)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addWidget(self.strip)

    def follow(
        self, background: Background, work: Callable[[Job], T], label: str, *, silence: str = ""
    ) -> tuple[T | None, Exception | None]:
        """Do ``work`` apart and wait for its end: what it gave, or what went wrong; neither: given up.

        ``silence`` is said as long as the work has not reported anything after a while.
        """
        loop = QEventLoop()
        came: list[tuple[T | None, Exception | None]] = []
        ended: list[Job] = []

        def watch(job: Job) -> None:
            self.strip.cancel_wanted.connect(job.cancel)
            job.progressed.connect(self.strip.report)
            job.progressed.connect(self._hear)
            job.became_final.connect(self._go_on_to_the_end)
            job.ended.connect(partial(ended.append, job))
            job.ended.connect(loop.quit)

        self.strip.begin(label)
        self.strip.set_stoppable(stoppable=self._can_stop)
        self.show()
        if silence:
            self._silence = silence
            self.patience.start(_LONG_MS)
        background.started.connect(watch)
        background.run_apart(
            work, lambda value: came.append((value, None)), lambda e: came.append((None, e)), label=label
        )
        background.started.disconnect(watch)
        if not ended:
            loop.exec()
        self.hide()
        self.deleteLater()
        return came[0] if came else (None, None)

    def _go_on_to_the_end(self) -> None:
        """It is too late to give it up."""
        self._can_stop = False
        self.strip.set_stoppable(stoppable=False)

    def wait_for(self, job: Job) -> None:
        """Wait until a ``job`` that is under way already is done, or given up and nothing of it is left."""
        loop = QEventLoop()
        self.strip.cancel_wanted.connect(job.cancel)
        job.progressed.connect(self.strip.report)
        job.became_final.connect(self._go_on_to_the_end)
        job.ended.connect(loop.quit)
        rolled_back = QTimer(self)
        rolled_back.setSingleShot(True)
        rolled_back.setInterval(_ROLLED_BACK_MS)
        rolled_back.timeout.connect(loop.quit)
        job.given_up.connect(rolled_back.start)
        if job.is_cancelled:
            rolled_back.start()
        self.strip.begin(job.label)
        self.strip.set_stoppable(stoppable=self._can_stop)
        self.show()
        loop.exec()
        self.hide()
        self.deleteLater()

    def _tell_silence(self) -> None:
        self.words.setText(self._silence)

    def _hear(self) -> None:
        """The work goes on."""
        self.patience.stop()
        self.words.setText(self._sentence)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window gives up what may be given up."""
        event.ignore()
        if self._can_stop:
            self.strip.cancel_wanted.emit()
