"""Proves that an installation, frozen or not, has everything and that it works together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app import language, paths
from app.vocabulary import KeptFormat, Language


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at."""

    name: str
    is_fine: bool
    said: str


def check() -> list[Checked]:
    """Look at everything; one line each, also when one fails."""
    before = language.current()
    found = [_looked(name, look) for name, look in _LOOKS.items()]
    language.use(before)
    return found


def _looked(name: str, look: Callable[[], str]) -> Checked:
    try:
        return Checked(name, is_fine=True, said=look())
    except Exception as error:  # noqa: BLE001 - each fault is told, whatever it is, and the next is looked at
        return Checked(name, is_fine=False, said=f"{type(error).__name__}: {error}")


def _resources() -> str:
    counts = {}
    for folder, ending, least in (
        ("icons", "*.svg", 40),
        ("fonts", "*.ttf", 4),
        ("styles", "*.toml", 2),
        ("import_profiles", "*.toml", 1),
        ("checklists", "*.toml", 1),
        ("price_lists", "*.toml", 1),
    ):
        counts[folder] = len(list((paths.resources() / folder).glob(ending)))
        if counts[folder] < least:
            raise FileNotFoundError(f"{folder}: {counts[folder]} of at least {least}")
    return ", ".join(f"{folder} {count}" for folder, count in counts.items())


def _russian() -> str:
    from app import wording

    language.use(Language.RUSSIAN)
    words = [wording.visits(count) for count in (1, 2, 5, 21)]
    if [word.split()[-1] for word in words] != ["визит", "визита", "визитов", "визит"]:
        raise ValueError(f"plural forms: {words}")
    return ", ".join(words)


def _qt_russian() -> str:
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(QLocale("ru_RU"), "qtbase", "_", folder):
        raise FileNotFoundError("qtbase_ru.qm")
    return "qtbase_ru.qm"


def _pictures() -> str:
    from PySide6.QtGui import QImageReader

    shown = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    wanted = {kind.value for kind in KeptFormat if kind is not KeptFormat.PDF}
    if not wanted <= shown:
        raise FileNotFoundError(f"picture formats: {wanted - shown}")
    return ", ".join(sorted(wanted))


def _migrations() -> str:
    from app.models.opening import create

    steps = sorted(path.stem for path in paths.migrations().glob("[0-9]*.py"))
    if not steps:
        raise FileNotFoundError("migrations")
    database = create(None)
    done = [row[0] for row in database.rows("SELECT name FROM schema_migration ORDER BY name")]
    database.close()
    if done != steps:
        raise ValueError(f"{done} instead of {steps}")
    return ", ".join(done)


def _phones() -> str:
    from app import wording
    from app.salon.clients import phones

    return wording.phone(phones.read("8 912 345-67-89", "RU").e164)


def _window() -> str:
    from app.launch import Places, application, build

    app = application(["vizit"])
    running = build(app, Places(None), spoken=Language.RUSSIAN)
    running.window.show()
    app.processEvents()
    title = running.window.windowTitle()
    running.close()
    return title


def _sample() -> str:
    from app.clock import standing_at
    from app.models.opening import create
    from app.salon import check as promises
    from app.salon.exchange import sample
    from app.salon.profile import at_minute
    from app.salon.transaction import Salon

    today = date(2026, 5, 14)
    noon = at_minute(datetime(today.year, today.month, today.day), 11 * 60)
    database = create(None)
    salon = Salon(database, standing_at(noon, "Europe/Moscow"))
    sample.make(salon, today, clients=50)
    found = promises.faults(database)
    visits = database.value("SELECT COUNT(*) FROM visit")
    database.close()
    if found:
        raise ValueError(str(found))
    return str(visits)


_LOOKS: dict[str, Callable[[], str]] = {
    "resources": _resources,
    "russian": _russian,
    "qt russian": _qt_russian,
    "pictures": _pictures,
    "migrations": _migrations,
    "phones": _phones,
    "sample salon": _sample,
    "window": _window,
}
