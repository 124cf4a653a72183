"""The one Qt application of this process, and the language of Qt's own words."""

import gc
import os
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.ui.theme import STYLE, STYLE_PROPERTY
from app.vocabulary import Language

_TRANSLATOR = "vizit_translator"
_VALUES_BEFORE_A_LOOK = 20_000


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
    # While another thread reads, Python would let the window wait 5 ms for its turn, several times a frame.
    sys.setswitchinterval(0.001)
    # A day of the calendar is thousands of new values, and Python would look for garbage after every 700 of them.
    gc.set_threshold(_VALUES_BEFORE_A_LOOK)
    # Said here, Qt need not tell Python about styles before anything is painted.
    app = QApplication([*arguments, "-style", STYLE])
    app.setProperty(STYLE_PROPERTY, STYLE)
    app.setApplicationName("Vizit")
    app.setDesktopFileName("vizit")
    return app


def speak(app: QApplication, spoken: Language) -> None:
    """Let Qt's own words (Cancel, Copy, Paste) speak the language of the screens."""
    before = app.property(_TRANSLATOR)
    if isinstance(before, QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    locale = QLocale("ru_RU" if spoken is Language.RUSSIAN else "en_GB")
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
        app.setProperty(_TRANSLATOR, translator)
