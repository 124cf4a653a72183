"""Names and numbers as they are found: ё is е, case does not count, a wrong keyboard layout and Latin letters are read.

Pure: the same reading of what somebody typed serves the search and the emphasis in its list.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from unicodedata import normalize

from app.salon.clients.phones import digits, searched_digits
from app.salon.typed import writable

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = {"~": "ё", "{": "х", "}": "ъ", ":": "ж", '"': "э", "<": "б", ">": "ю"}
_AS_RUSSIAN = str.maketrans({**dict(zip(_LATIN, _RUSSIAN, strict=True)), **_SHIFTED})
_AS_LATIN = str.maketrans(_RUSSIAN, _LATIN)
_BETWEEN_DIGITS = frozenset("+()-")

_SOUNDS = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdezijklmnoprstufhye", strict=True))
    | {"ж": "zh", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "u", "я": "a"}
)
_ALIKE = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"shch|sch|sh'?", "sh"),
        (r"ts|tz", "c"),
        (r"kh", "h"),
        (r"i*(?:iya|ia|ya|ja)", "a"),
        (r"yu|ju|iu", "u"),
        (r"yo|jo|ye|je|io", "e"),
        (r"[yj]", "i"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"'", ""),
        (r"([a-z])\1", r"\1"),
    )
)
"""What stands in people's Latin spellings for one and the same Russian sound, in the order in which it is read."""
_PIECES = re.compile(r"[\W_]+")
_CYRILLIC = re.compile("[а-я]")
_UNFINISHED = re.compile(r"[ijckt]+$")
"""What may sound otherwise when the next letter is typed: kh, ts, sch, ia."""
_SHORTEST_HEARD = 3
_LONGEST = 120
"""No name is longer; of what is typed beyond that nothing is looked for."""
SOUND, LATIN_SOUND = "~", "^"
"""Stand before each word of ``search_text`` that tells how a word sounds: one of Cyrillic letters, one of Latin."""
_PLACE = 3
"""So many characters fill a place of the index."""
GAP = "  "
"""Stands before each word of ``search_text``: with it even one letter fills a place of the index."""

Span = tuple[int, int]
"""Beginning and length of a piece of a text, in characters."""


class Way(IntEnum):
    """How something typed is read; the smaller, the likelier."""

    TYPED = 0
    OTHER_LAYOUT = 1
    BY_SOUND = 2
    """Latin letters for a name in Cyrillic ones."""
    BY_LATIN_SOUND = 3
    """Any letters for a name in Latin ones."""


_BY_SOUND = {Way.BY_SOUND: SOUND, Way.BY_LATIN_SOUND: LATIN_SOUND}


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a part of the typed text may mean."""

    text: str
    way: Way = Way.TYPED

    @property
    def at_word(self) -> str:
        """How ``search_text`` has it where it begins a word: with no more of the gap than fills a place of three."""
        sign = _BY_SOUND.get(self.way, "")
        return (sign + self.text if sign and len(self.text) > 1 else f" {sign}{self.text}").rjust(_PLACE)

    @property
    def anywhere(self) -> str:
        """How ``search_text`` has it wherever it counts: what is read by sound has to begin a word."""
        return self.at_word if self.way in _BY_SOUND else self.text


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the typed text: one of its readings has to be found."""

    readings: tuple[Reading, ...]
    is_number: bool = False
    less_likely: tuple[Reading, ...] = ()
    """What it may mean besides, where too few have what it means in the first place."""

    @property
    def all_readings(self) -> tuple[Reading, ...]:
        """The likely ones, then the others."""
        return self.readings + self.less_likely


_ONE_SIGN = str.maketrans(
    {
        "ё": "е",
        **dict.fromkeys("\u2019\u2018\u02bc\u2032", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"),
    }
)
"""What is written in several ways and is one: every apostrophe, every hyphen."""


def folded(text: str) -> str:
    """``text`` as it is compared: small letters, ё as е, one sign for what looks alike, single spaces."""
    return " ".join(normalize("NFC", text).casefold().translate(_ONE_SIGN).split())


def on_russian_keys(text: str) -> str:
    """What the same keys would have written in the Russian layout: "Fyyf" is "анна"."""
    return folded(text.casefold().translate(_AS_RUSSIAN))


def on_latin_keys(text: str) -> str:
    """What the same keys would have written in the Latin layout: "Фттф" is "anna"."""
    return folded(text.casefold().translate(_AS_LATIN))


def by_sound(text: str) -> str:
    """How ``text`` sounds, in Latin letters that people agree on: Щёлкина, Schelkina and Shchyolkina are one."""
    heard = folded(text).translate(_SOUNDS)
    for alike, meant in _ALIKE:
        heard = alike.sub(meant, heard)
    return heard


def in_latin_letters(text: str) -> str:
    """``text`` (folded) letter by letter: tells Анна, whom "Anna" means first, from Анастасия, who sounds alike."""
    return text.translate(_SOUNDS)


def search_text(
    name: str, e164s: Iterable[str] = (), others: Iterable[str] = (), earlier_names: Iterable[str] = ()
) -> str:
    """What the search looks through: each word of a name, the digits of the phones, and how the name sounds.

    ``others`` are further words by which somebody may be looked for: an e-mail, a legal name, whose phone it is.
    ``earlier_names`` come after all that is so now, and are heard as well.
    """
    names = _words(name)
    former = [word for earlier in earlier_names for word in _words(earlier) if word not in names]
    heard = [(SOUND if _CYRILLIC.search(word) else LATIN_SOUND, by_sound(word)) for word in (*names, *former)]
    sounds = [sign + sound for sign, sound in heard if sound.isalpha()]
    numbers = [searched_digits(e164) for e164 in e164s]
    further = [word for other in others for word in _words(other)]
    words = dict.fromkeys((*names, *(number for number in numbers if number), *further, *former, *sounds))
    return "".join(GAP + word for word in words)


def _words(text: str) -> list[str]:
    """The words of a name, and the pieces of those that are written together: Анна-Мария, О'Нил, «Ромашка»."""
    words: list[str] = []
    for word in folded(text).split():
        words.append(word)
        words += [piece for piece in _PIECES.split(word) if piece and not word.startswith(piece)]
        if "'" in word:
            words.append(word.replace("'", ""))
    return words


def parts(typed: str) -> list[Part]:
    """What has to be found for ``typed``, in any order: each part of a name, and the digits of a phone as one part."""
    return list(_parts(typed))


@lru_cache(maxsize=4)
def _parts(typed: str) -> tuple[Part, ...]:
    """Kept for the last keys: with each the search asks for it, and every line that shows why somebody was found."""
    names: list[Part] = []
    number: list[str] = []
    for token in writable(typed)[:_LONGEST].split():
        if not any(c.isalpha() for c in token) and digits(token):
            number.append(token)
        elif not _BETWEEN_DIGITS.issuperset(token):
            names.append(Part(_name_readings(token)))
    found = digits("".join(number))
    if number and number[0].startswith("+7"):
        found = found[1:]
        return (*names, Part((Reading(found),), is_number=True)) if found else tuple(names)
    return (*names, _number(found)) if found else tuple(names)


_WHOLE = 5
"""So many digits are rather the beginning of a whole number than a piece from its middle."""


def _number(found: str) -> Part:
    """What digits may mean as a part of a number, which is kept without a Russian 7: people dial 8, 7 or none."""
    if found[0] not in "78":
        readings = [found]
    elif len(found) >= _WHOLE or (len(found) > 2 and found[1] == "9"):
        readings = [found[1:], found]
    else:
        return Part((Reading(found),), is_number=True, less_likely=(Reading(found[1:]),))
    if found[0] == "0" and len(found) >= _WHOLE:
        readings.append(found[1:])  # in many countries a 0 stands before the number at home
    return Part(tuple(map(Reading, readings)), is_number=True)


def _name_readings(token: str) -> tuple[Reading, ...]:
    found = [Reading(folded(token))]
    for text in (on_russian_keys(token), on_latin_keys(token)):
        if text != found[0].text and text and " " not in text:
            found.append(Reading(text, Way.OTHER_LAYOUT))
    heard = by_sound(token)
    if heard.isalpha():
        if len(heard) > _SHORTEST_HEARD:
            begun = _UNFINISHED.sub("", heard)
            heard = begun if len(begun) >= _SHORTEST_HEARD else heard
        if not _CYRILLIC.search(found[0].text):
            found.append(Reading(heard, Way.BY_SOUND))
        found.append(Reading(heard, Way.BY_LATIN_SOUND))
    return tuple(found)


def found_in_name(name: str, typed: str) -> list[Span]:
    """The pieces of ``name`` by which ``typed`` found it, in order; empty when it was the phone."""
    letters, places = _folded_with_places(name)
    spans = [_span_of(part, letters, places) for part in parts(typed) if not part.is_number]
    return _joined([span for span in spans if span is not None])


def as_meant(typed: str, name: str) -> str:
    """``typed``, or what the same keys write in the other layout where only that found ``name``."""
    letters, _places = _folded_with_places(name)
    for part in parts(typed):
        way = next((reading.way for reading in part.readings if reading.text in letters), None)
        if way is Way.OTHER_LAYOUT:
            russian = on_russian_keys(typed)
            return russian if russian != folded(typed) else on_latin_keys(typed)
    return typed


def found_in_phone(shown: str, typed: str) -> list[Span]:
    """The piece of a phone, as the screen shows it, by which ``typed`` found it."""
    places = [place for place, c in enumerate(shown) if c in "0123456789"]
    number = "".join(shown[place] for place in places)
    own = 1 if number.startswith("7") and len(number) == 11 else 0
    for part in parts(typed):
        for reading in part.all_readings if part.is_number else ():
            begin = number.find(reading.text, own)
            if reading.text and begin >= 0:
                first, last = places[begin], places[begin + len(reading.text) - 1]
                return [(first, last - first + 1)]
    return []


def _folded_with_places(name: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for place, c in enumerate(name):
        for letter in c.casefold().translate(_ONE_SIGN):
            letters.append(" " if letter.isspace() else letter)
            places.append(place)
    return "".join(letters), places


def _span_of(part: Part, letters: str, places: list[int]) -> Span | None:
    """The piece for the likeliest reading; for a reading by sound it is the whole word."""
    for reading in part.readings:
        if reading.way in _BY_SOUND:
            span = _word_by_sound(reading.text, letters)
        else:
            at_word = f" {letters}".find(f" {reading.text}")
            begin = at_word if at_word >= 0 else letters.find(reading.text)
            span = None if begin < 0 else (begin, begin + len(reading.text))
        if span is not None:
            first, last = places[span[0]], places[span[1] - 1]
            return first, last - first + 1
    return None


def _word_by_sound(heard: str, letters: str) -> tuple[int, int] | None:
    for word in re.finditer(r"\S+", letters):
        if by_sound(word.group()).startswith(heard):
            return word.start(), word.end()
    return None


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for begin, length in sorted(spans):
        if joined and begin <= sum(joined[-1]):
            before, reach = joined[-1]
            joined[-1] = (before, max(reach, begin + length - before))
        else:
            joined.append((begin, length))
    return joined
