"""What a screen is handed: the open salon and the ways to read it, to change it, to ask and to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.frozen import frozen
from app.salon.transaction import Salon
from app.settings import Settings
from app.ui.change_feed import ChangeFeed
from app.ui.perform import Perform
from app.ui.theme import Appearance

if TYPE_CHECKING:
    from app.ui.asking import Asker
    from app.ui.background import Background

LinkOpener = Callable[[str], bool]
"""Opens a link with the system's program for it; False when there was none."""


class Preferences:
    """What this machine prefers, kept at once when it changes."""

    def __init__(self, settings: Settings, keep: Callable[[Settings], None]) -> None:
        self.settings = settings
        self._keep = keep

    def change(self, settings: Settings) -> None:
        """Prefer ``settings`` from now on."""
        self.settings = settings
        self._keep(settings)


@frozen
class Desk:
    """One window's way to the salon. Screens read through ``salon.database`` with the functions of ``app.salon``."""

    salon: Salon
    perform: Perform
    feed: ChangeFeed
    asker: Asker
    background: Background
    appearance: Appearance
    open_link: LinkOpener
    preferences: Preferences
