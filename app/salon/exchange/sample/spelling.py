"""Russian names in Latin letters, as people spell them on a card. Pure."""

_ONE_LETTER = str.maketrans("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", "ъь")
_MORE = {"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
_LETTERS = {**_ONE_LETTER, **{ord(letter): spelt for letter, spelt in _MORE.items()}}
_ENDINGS = {"ий": "y", "ия": "ia", "ья": "ia"}


def latin(name: str, known: dict[str, str]) -> str:
    """``name`` in Latin letters; a word that stands in ``known`` is spelt as it stands there."""
    return " ".join("-".join(known.get(part) or _word(part) for part in word.split("-")) for word in name.split())


def _word(word: str) -> str:
    small = word.lower()
    end = _ENDINGS.get(small[-2:], "")
    stem = small[:-2] if end else small
    spelt = stem.translate(_LETTERS) + end
    return spelt[:1].upper() + spelt[1:]
