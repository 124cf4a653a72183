"""What happens when the program itself is at fault: it is logged, the person is told once, and work goes on.

A form waits for the rules that it knows. Where another one says no, or the world does, that is no fault of the
program, and it is said each time.
"""

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from app.errors import SalonError, Trouble


class CrashReport(QObject):
    """Catches what nobody caught, on whatever thread; tells the window by a queued signal."""

    happened = Signal(str)
    """The last line of the trace-back, without personal data."""
    unsaid = Signal(object)
    """A ``SalonError`` or ``Trouble`` that nobody has told yet."""

    def __init__(self, begin_log: Callable[[], None] | None = None, parent: QObject | None = None) -> None:
        """``begin_log`` is called before anything is logged."""
        super().__init__(parent)
        self._begin_log = begin_log
        self._before = sys.excepthook
        self._told: set[str] = set()
        sys.excepthook = self._caught

    def close(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        if isinstance(error, SalonError | Trouble):
            self.unsaid.emit(error)
            return
        self._log("".join(traceback.format_exception(kind, error, trace)))
        where = traceback.extract_tb(trace)[-1] if trace else None
        key = f"{kind.__name__} ({where.name}:{where.lineno})" if where else kind.__name__
        if key not in self._told:
            self._told.add(key)
            self.happened.emit(key)

    def _log(self, text: str) -> None:
        import logging  # a start at which nothing goes wrong does not wait for it

        if self._begin_log is not None:
            self._begin_log()
        logging.getLogger(__name__).error("%s", text)
