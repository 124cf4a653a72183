"""The real salon's export, which is not part of this repository, and the salon that its import gives."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from app.salon.exchange import salon_import
from app.salon.exchange.report import ImportReport
from app.salon.transaction import Salon
from tests.lent import copied
from tests.salon.exchange.mini_export import TODAY, empty_salon

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "salon-2018"

needed = [
    pytest.mark.real_salon,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the real salon's export is not beside this repository"),
]


@cache
def imported() -> tuple[Salon, ImportReport]:
    """The real salon, and what its import said; not to be changed: importing takes longer than most tests."""
    salon = empty_salon()
    return salon, salon_import.run(salon, "salon-csv", FOLDER, today=TODAY)


def changeable() -> Salon:
    """The real salon, to do with as one likes."""
    salon, _report = imported()
    return replace(salon, database=copied(salon.database))
