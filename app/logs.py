"""The program's log: a small rotating file that can be sent to strangers, without phones and mail addresses."""

import copy
import logging
import re
from pathlib import Path

_DAY = r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
_PHONE = r"\+?\d[\d\s().‐‑–-]{5,}\d"
_MAIL = r"[^\s@<>\"']+@[^\s@<>\"']+"
_TELLING = re.compile(f"(?P<day>{_DAY})|{_PHONE}|{_MAIL}")
HIDDEN = "•••"
_MOST_BYTES = 1_000_000
_OLD_FILES = 3


def discreet(text: str) -> str:
    """``text`` with dots for whatever could reach a client; days stay readable."""
    return _TELLING.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    return found["day"] or HIDDEN


class _Discreet(logging.Formatter):
    """Hides in the message and in what an exception says alike; the record itself stays as it is for others."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.msg, own.args, own.exc_text = discreet(record.getMessage()), (), None
        return super().format(own)

    def formatException(self, ei: object) -> str:
        return discreet(super().formatException(ei))  # type: ignore[arg-type]


class LogFile(logging.FileHandler):
    """A file that makes room for itself: the last three stay beside it.

    Not the standard library's rotating file: its module brings sockets and queues, which a start would wait for.
    """

    def __init__(self, path: Path, most_bytes: int = _MOST_BYTES) -> None:
        super().__init__(path, encoding="utf-8", delay=True)
        self.path = path
        self.most_bytes = most_bytes

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, and begin a new file after a long one."""
        super().emit(record)
        if self.stream is not None and self.stream.tell() > self.most_bytes:
            self.close()
            _make_room(self.path)


def _make_room(path: Path) -> None:
    for number in range(_OLD_FILES - 1, -1, -1):
        older = path.with_name(f"{path.name}.{number}") if number else path
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))


def write_to(folder: Path) -> LogFile:
    """Begin to log into ``folder``; the caller removes the handler when the program closes."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = LogFile(folder / "vizit.log")
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return handler
