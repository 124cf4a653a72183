"""The program's log: a small rotating file, without the names and phones of clients."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_PHONE = re.compile(r"\+?\d[\d\s()-]{6,}\d")


class _WithoutPhones(logging.Filter):
    """Digits that could be a phone become dots: a log is sent to strangers."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _PHONE.sub("•••", record.getMessage())
        record.args = ()
        return True


def write_to(folder: Path) -> RotatingFileHandler:
    """Begin to log into ``folder``; the caller removes the handler when the program closes."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "vizit.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_WithoutPhones())
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return handler
