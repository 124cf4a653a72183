"""The language of the screens, and the only place that knows the catalogues of gettext.

Messages are written in English, so English needs no catalogue. The functions look the catalogue up when they
are called: a module may import them before the language is chosen, but must not call them while it loads.
"""

import struct

from app.paths import resources
from app.vocabulary import Language


class Catalogue:
    """A compiled catalogue (``.mo``), whose texts are taken out one by one.

    The standard library's takes out all of them at once, which was a thirtieth of the start.
    """

    def __init__(self, compiled: bytes | None = None) -> None:
        """Without ``compiled`` it knows no text. Raises ValueError or struct.error when it is no catalogue."""
        self._compiled = compiled or b""
        self._places: dict[bytes, tuple[int, int]] = {}
        self._texts: dict[str, str] = {}
        if compiled is not None:
            self._find_places()

    def _find_places(self) -> None:
        order = {b"\xde\x12\x04\x95": "<", b"\x95\x04\x12\xde": ">"}.get(self._compiled[:4])
        if order is None:
            raise ValueError("not a catalogue")
        count, messages, texts = struct.unpack_from(f"{order}3I", self._compiled, 8)
        numbers = f"{order}{2 * count}I"
        lengths_and_starts = struct.unpack_from(numbers, self._compiled, messages)
        places = struct.unpack_from(numbers, self._compiled, texts)
        if any(start + length > len(self._compiled) for length, start in zip(places[::2], places[1::2], strict=True)):
            raise ValueError("a part of the catalogue is missing")
        for number in range(0, 2 * count, 2):
            length, start = lengths_and_starts[number : number + 2]
            # Where a message has two numbers, it is found by the first.
            message = self._compiled[start : start + length].partition(b"\0")[0]
            self._places[message] = places[number], places[number + 1]

    def _forms(self, message: str) -> list[str]:
        """The text of a message, or its texts by number; none when it is unknown."""
        found = self._texts.get(message)
        if found is None:
            length, start = self._places.get(message.encode(), (0, 0))
            found = self._texts[message] = self._compiled[start : start + length].decode()
        return found.split("\0") if found else []

    def gettext(self, message: str) -> str:
        """The text of a message, or itself."""
        forms = self._forms(message)
        return forms[0] if forms else message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The text for a number."""
        return self._form(self._forms(singular), singular, plural, number)

    def pgettext(self, context: str, message: str) -> str:
        """The text of a message in a context, or itself."""
        forms = self._forms(f"{context}\x04{message}")
        return forms[0] if forms else message

    def npgettext(self, context: str, singular: str, plural: str, number: int) -> str:
        """The text for a number in a context."""
        return self._form(self._forms(f"{context}\x04{singular}"), singular, plural, number)

    @staticmethod
    def _form(forms: list[str], singular: str, plural: str, number: int) -> str:
        if len(forms) > 1:
            return forms[russian_form(number)]
        return singular if number == 1 else plural


def russian_form(number: int) -> int:
    """Which of the three Russian forms goes with a number: 1 визит, 2 визита, 5 визитов."""
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else 2


class _Spoken:
    """What is spoken now: one language for the whole process, as there is one screen."""

    language = Language.ENGLISH
    catalogue = Catalogue()


def use(language: Language) -> None:
    """Speak ``language`` from now on. What is already on the screen keeps its words.

    Without the compiled catalogue the screens stay English, and the log says which file is missing.
    """
    _Spoken.language = language
    _Spoken.catalogue = _catalogue_of(language)


def current() -> Language:
    """The language spoken now."""
    return _Spoken.language


def _catalogue_of(language: Language) -> Catalogue:
    if language is Language.ENGLISH:
        return Catalogue()
    path = resources() / "locale" / language.value / "LC_MESSAGES" / "vizit.mo"
    try:
        return Catalogue(path.read_bytes())
    except (OSError, ValueError, struct.error) as problem:
        import logging  # a start without trouble does not wait for it

        logging.getLogger(__name__).warning(
            "The screens stay English: the catalogue %s cannot be read (%s)", path, problem
        )
        return Catalogue()


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
