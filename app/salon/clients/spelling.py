"""Names and numbers as they are found: ё is е, case does not count, a wrong keyboard layout is read all the same.

Pure: the same reading of what somebody typed serves the search and the emphasis in its list.
"""

from app.salon.clients.phones import digit_readings, digits

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = {"~": "ё", "{": "х", "}": "ъ", ":": "ж", '"': "э", "<": "б", ">": "ю"}
_AS_RUSSIAN = str.maketrans({**dict(zip(_LATIN, _RUSSIAN, strict=True)), **_SHIFTED})
_BETWEEN_DIGITS = frozenset("+()-")

Readings = tuple[str, ...]
"""What one part of the typed text may mean; one of them has to be found."""
Span = tuple[int, int]
"""Beginning and length of a piece of a text, in characters."""


def folded(text: str) -> str:
    """``text`` as it is compared: small letters, ё as е, single spaces."""
    return " ".join(text.casefold().replace("ё", "е").split())


def on_russian_keys(text: str) -> str:
    """What the same keys would have written in the Russian layout: "Fyyf" is "анна"."""
    return folded(text.casefold().translate(_AS_RUSSIAN))


def parts(typed: str) -> list[Readings]:
    """What has to be found for ``typed``, in any order: each part of a name, and the digits of a phone as one part."""
    names: list[Readings] = []
    number: list[str] = []
    for token in typed.split():
        if not any(c.isalpha() for c in token) and digits(token):
            number.append(token)
        elif not _BETWEEN_DIGITS.issuperset(token):
            names.append((folded(token),))
    readings = tuple(reading for reading in digit_readings(" ".join(number)) if reading)
    return [*names, readings] if readings else names


def parts_on_russian_keys(typed: str) -> list[Readings]:
    """The same, when ``typed`` was meant for the Russian layout."""
    return [(part,) for part in on_russian_keys(typed).split()]


def found_in_name(name: str, typed: str) -> list[Span]:
    """The pieces of ``name`` by which ``typed`` found it, in order; empty when it was the phone."""
    letters, places = _folded_with_places(name)
    for reading in (parts(typed), parts_on_russian_keys(typed)):
        spans = [span for part in reading if (span := _span_of(part, letters, places)) is not None]
        if spans:
            return _joined(spans)
    return []


def as_meant(typed: str, name: str) -> str:
    """``typed``, or what the same keys write in the Russian layout where only that found ``name``."""
    letters, places = _folded_with_places(name)
    direct, other = (
        any(_span_of(part, letters, places) is not None for part in reading)
        for reading in (parts(typed), parts_on_russian_keys(typed))
    )
    return on_russian_keys(typed) if other and not direct else typed


def found_in_phone(shown: str, typed: str) -> list[Span]:
    """The piece of a phone, as the screen shows it, by which ``typed`` found it."""
    places = [place for place, c in enumerate(shown) if c in "0123456789"]
    number = "".join(shown[place] for place in places)
    own = 1 if number.startswith("7") and len(number) == 11 else 0
    for readings in parts(typed):
        for reading in readings:
            begin = number.find(reading, own)
            if begin >= 0:
                first, last = places[begin], places[begin + len(reading) - 1]
                return [(first, last - first + 1)]
    return []


def _folded_with_places(name: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for place, c in enumerate(name):
        for letter in c.casefold().replace("ё", "е"):
            letters.append(" " if letter.isspace() else letter)
            places.append(place)
    return "".join(letters), places


def _span_of(readings: Readings, letters: str, places: list[int]) -> Span | None:
    for reading in readings:
        at_word = f" {letters}".find(f" {reading}")
        begin = at_word if at_word >= 0 else letters.find(reading)
        if begin >= 0:
            first, last = places[begin], places[begin + len(reading) - 1]
            return first, last - first + 1
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
