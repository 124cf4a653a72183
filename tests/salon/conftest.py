"""The first ring: what the salon knows and does, without Qt, in memory."""

from collections.abc import Iterator

import pytest

from tests.builders import SmallSalon, small_salon


@pytest.fixture
def small() -> Iterator[SmallSalon]:
    """Two masters, three services, Tuesday 12 May 2026, 11:00."""
    made = small_salon()
    yield made
    made.database.close()
