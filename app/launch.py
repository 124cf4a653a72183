"""The composition root: builds everything, hands it out, closes it in reverse order. Keeps nothing, shows no dialog."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from app import language, settings
from app.clock import Clock, SystemClock
from app.errors import Trouble
from app.frozen import frozen
from app.models import connection, opening, upgrade
from app.salon.transaction import Salon
from app.settings import Settings
from app.ui.application import application, has_display, speak
from app.ui.background import Background
from app.ui.change_feed import ChangeFeed
from app.ui.crash_report import CrashReport
from app.ui.desk import Desk, LinkOpener, Preferences
from app.ui.folding import Folding
from app.ui.main_window import MainWindow
from app.ui.perform import Perform
from app.ui.theme import Appearance
from app.vocabulary import Language, ThemeChoice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.ui.asking import Asker

__all__ = ["Places", "Running", "application", "build", "collect_garbage", "has_display"]


@frozen
class Places:
    """Where this start finds its salon and its preferences. None: in memory, kept nowhere."""

    database: Path | None
    settings: Path | None = None


@frozen
class Running:
    """The program as it runs; ``close`` ends it."""

    window: MainWindow
    desk: Desk
    close: Callable[[], None]


def collect_garbage() -> None:
    """From now on memory is looked through as usual, but for what the start has left for good."""
    gc.freeze()
    gc.enable()


def build(
    app: QApplication,
    places: Places,
    *,
    clock: Clock | None = None,
    asker: Asker | None = None,
    background: Background | None = None,
    open_link: LinkOpener | None = None,
    spoken: Language | None = None,
    theme: ThemeChoice | None = None,
    salon: Salon | None = None,
    begin_log: Callable[[], None] | None = None,
    beside: upgrade.Beside | None = None,
) -> Running:
    """Open the salon at ``places`` and build its window. Raises Trouble when the file cannot be opened.

    What is not given is the real thing; journeys and pictures give clocks that stand and askers that are scripted.
    An open ``salon`` may be given instead of a file; it is not closed here. ``begin_log`` is called when there is
    something to log, at the latest when the first picture was seen. ``beside`` brings a file of an earlier version up
    to date, in a window of its own.
    """
    with ExitStack() as opened:
        preferred = settings.read(places.settings) if places.settings else Settings()
        language.use(spoken or preferred.language)
        speak(app, language.current())
        # What is to be seen before the salon is open is dressed too.
        appearance = Appearance(app, theme or preferred.theme)
        opened.callback(appearance.deleteLater)
        if salon is None:
            database = _open(places.database, beside)
            opened.callback(database.close)
            salon = Salon(database, clock or SystemClock())
        feed = ChangeFeed()
        workers = background or Background()
        opened.callback(workers.close)
        crashes = CrashReport(begin_log)
        opened.callback(crashes.close)
        desk = Desk(
            salon=salon,
            perform=Perform(salon, feed, workers),
            feed=feed,
            asker=asker or cast("Asker", _AskerOnDemand()),
            background=workers,
            appearance=appearance,
            open_link=open_link or _open_with_system,
            preferences=Preferences(preferred, _keeper(places.settings)),
        )
        folding = Folding(partial(_fold, salon))
        opened.callback(folding.close)
        feed.changed.connect(folding.wait_for_rest)
        window = MainWindow(desk)
        crashes.happened.connect(window.telling.tell_fault)
        crashes.unsaid.connect(desk.perform.explain)
        if begin_log is not None:
            window.seen.connect(begin_log)
        opened.callback(window.deleteLater)
        opened.callback(window.leave)
        return Running(window, desk, opened.pop_all().close)
    raise AssertionError("unreachable")


def _open(path: Path | None, beside: upgrade.Beside | None) -> connection.Database:
    if path is None or not path.exists():
        return opening.create(path)
    return opening.open_existing(path, beside)


def _fold(salon: Salon) -> None:
    """On a worker. Where it cannot be done now, the next time or the last closing does it."""
    with salon.database.in_thread() as database, suppress(Trouble):
        database.fold()


class _AskerOnDemand:
    """The asker with its dialogs, which are loaded when the first question is asked."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._asker, name)

    @cached_property
    def _asker(self) -> Asker:
        """One for the whole run: it knows where files were picked or written last."""
        from app.ui.asking import QtAsker

        return QtAsker()


def _open_with_system(link: str) -> bool:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl(link))


def _keeper(path: Path | None) -> Callable[[Settings], None]:
    def keep(changed: Settings) -> None:
        if path is None:
            return
        try:
            settings.write(path, changed)
        except OSError as problem:
            import logging

            # A size of the window that cannot be kept is no reason to stop anybody.
            logging.getLogger(__name__).warning("The settings cannot be written: %s", problem)

    return keep
