"""The language of the screens, and the only place that knows gettext.

Messages are written in English, so English needs no catalogue. The functions look the catalogue up when they
are called: a module may import them before the language is chosen, but must not call them while it loads.
"""

import gettext
import logging
import struct

from app.paths import resources
from app.vocabulary import Language

_log = logging.getLogger(__name__)


class _Spoken:
    """What is spoken now: one language for the whole process, as there is one screen."""

    language = Language.ENGLISH
    catalogue = gettext.NullTranslations()


def use(language: Language) -> None:
    """Speak ``language`` from now on. What is already on the screen keeps its words.

    Without the compiled catalogue the screens stay English, and the log says which file is missing.
    """
    _Spoken.language = language
    _Spoken.catalogue = _catalogue_of(language)


def current() -> Language:
    """The language spoken now."""
    return _Spoken.language


def _catalogue_of(language: Language) -> gettext.NullTranslations:
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    path = resources() / "locale" / language.value / "LC_MESSAGES" / "vizit.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error) as problem:
        _log.warning("The screens stay English: the catalogue %s cannot be read (%s)", path, problem)
        return gettext.NullTranslations()


def _(message: str) -> str:
    """``message`` in the language spoken now. Empty stays empty: gettext would give its header."""
    return _Spoken.catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form for ``number``. Both forms carry the number: in Russian the first also serves 21."""
    return _Spoken.catalogue.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """``message`` as it is said in ``context``, where one English word needs several Russian ones."""
    return _Spoken.catalogue.pgettext(context, message) if message else ""


def npgettext(context: str, singular: str, plural: str, number: int) -> str:
    """The form for ``number`` in ``context``; both forms carry the number."""
    return _Spoken.catalogue.npgettext(context, singular, plural, number)


def N_(message: str) -> str:
    """Mark ``message`` for translation, to be given to ``_`` later."""
    return message
