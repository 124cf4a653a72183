"""The composition root: builds everything, hands it out, closes it in reverse order. Keeps nothing, shows no dialog."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app import language, settings
from app.clock import Clock, SystemClock
from app.models import connection
from app.salon.transaction import Salon
from app.settings import Settings
from app.ui.background import Background
from app.ui.change_feed import ChangeFeed
from app.ui.crash_report import CrashReport
from app.ui.desk import Desk, LinkOpener, Preferences
from app.ui.main_window import MainWindow
from app.ui.perform import Perform
from app.ui.theme import Appearance
from app.vocabulary import Language, ThemeChoice

if TYPE_CHECKING:
    from app.ui.asking import Asker


@dataclass(frozen=True, slots=True)
class Places:
    """Where this start finds its salon and its preferences. None: in memory, kept nowhere."""

    database: Path | None
    settings: Path | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """The program as it runs; ``close`` ends it."""

    window: MainWindow
    desk: Desk
    close: Callable[[], None]


def has_display() -> bool:
    """Whether a window can be shown: a screen on Linux, or a platform that was chosen by name."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return named or not sys.platform.startswith("linux")


def application(arguments: list[str]) -> QApplication:
    """The one Qt application of this process."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if not has_display():
        # Pictures and checks need no screen; Qt would end the process where there is none.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(arguments)
    app.setApplicationName("Vizit")
    app.setDesktopFileName("vizit")
    return app


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
) -> Running:
    """Open the salon at ``places`` and build its window. Raises Trouble when the file cannot be opened.

    What is not given is the real thing; journeys and pictures give clocks that stand and askers that are scripted.
    An open ``salon`` may be given instead of a file; it is not closed here.
    """
    with ExitStack() as opened:
        preferred = settings.read(places.settings) if places.settings else Settings()
        language.use(spoken or preferred.language)
        _translate_qt(app)
        if salon is None:
            database = _open(places.database)
            opened.callback(database.close)
            salon = Salon(database, clock or SystemClock())
        appearance = Appearance(app, theme or preferred.theme)
        opened.callback(appearance.deleteLater)
        feed = ChangeFeed()
        workers = background or Background()
        opened.callback(workers.close)
        crashes = CrashReport()
        opened.callback(crashes.close)
        desk = Desk(
            salon=salon,
            perform=Perform(salon, feed),
            feed=feed,
            asker=asker or _asker(),
            background=workers,
            appearance=appearance,
            open_link=open_link or _open_with_system,
            preferences=Preferences(preferred, _keeper(places.settings)),
        )
        window = MainWindow(desk)
        crashes.happened.connect(window.tell_fault)
        opened.callback(window.deleteLater)
        opened.callback(window.close)
        return Running(window, desk, opened.pop_all().close)
    raise AssertionError("unreachable")


def _open(path: Path | None) -> connection.Database:
    if path is None or not path.exists():
        return connection.create(path)
    return connection.open_existing(path)


def _asker() -> Asker:
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
            # A size of the window that cannot be kept is no reason to stop anybody.
            logging.getLogger(__name__).warning("The settings cannot be written: %s", problem)

    return keep


def _translate_qt(app: QApplication) -> None:
    """Let Qt's own words (Cancel, Copy, Paste) speak the language of the screens."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    spoken = language.current()
    locale = QLocale("ru_RU" if spoken is Language.RUSSIAN else "en_GB")
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
