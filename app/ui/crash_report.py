"""What happens when the program itself is at fault: it is logged, the person is told once, and work goes on."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class CrashReport(QObject):
    """Catches what nobody caught, on whatever thread; tells the window by a queued signal."""

    happened = Signal(str)
    """The last line of the trace-back, without personal data."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
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
        _log.error("%s", "".join(traceback.format_exception(kind, error, trace)))
        where = traceback.extract_tb(trace)[-1] if trace else None
        key = f"{kind.__name__} ({where.name}:{where.lineno})" if where else kind.__name__
        if key not in self._told:
            self._told.add(key)
            self.happened.emit(key)
