"""The program's log: a small rotating file that can be sent to strangers, without phones and mail addresses."""

import copy
import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_DAY = r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
_PHONE = r"\+?\d[\d\s().‐‑–-]{5,}\d"
_MAIL = r"[^\s@<>\"']+@[^\s@<>\"']+"
_TELLING = re.compile(f"(?P<day>{_DAY})|{_PHONE}|{_MAIL}")
HIDDEN = "•••"


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


def write_to(folder: Path) -> RotatingFileHandler:
    """Begin to log into ``folder``; the caller removes the handler when the program closes."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "vizit.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return handler
