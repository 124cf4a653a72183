"""What holds the salon's tables is looked at as it is made for a user."""

from collections.abc import Callable

import pytest

from app.models import upgrade


@pytest.fixture(autouse=True)
def made_each_time(made_once: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every new file goes through the steps of all versions."""
    monkeypatch.setattr(upgrade, "_bring_up_to_date", made_once)
