"""Every widget is looked at in the light theme."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui import theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The application wears the light theme."""
    theme.apply(qapp, theme.theme_named("light"))
