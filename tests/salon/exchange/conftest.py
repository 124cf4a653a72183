"""An empty salon and a small export to import into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import language
from app.salon.transaction import Salon
from app.vocabulary import Language
from tests.salon.exchange.mini_export import MiniExport, empty_salon


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """The sentences of these tests are English."""
    language.use(Language.ENGLISH)


@pytest.fixture
def salon() -> Iterator[Salon]:
    """A new salon in memory, on the morning of 30 July 2018."""
    made = empty_salon()
    yield made
    made.database.close()


@pytest.fixture
def export(tmp_path: Path) -> MiniExport:
    """A small export, not yet written."""
    return MiniExport(tmp_path / "export")
