"""Names as they are found: ё is е, case does not count, a wrong keyboard layout is read all the same. Pure."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = {"~": "ё", "{": "х", "}": "ъ", ":": "ж", '"': "э", "<": "б", ">": "ю"}
_AS_RUSSIAN = str.maketrans({**dict(zip(_LATIN, _RUSSIAN, strict=True)), **_SHIFTED})


def folded(text: str) -> str:
    """``text`` as it is compared: small letters, ё as е, single spaces."""
    return " ".join(text.casefold().replace("ё", "е").split())


def on_russian_keys(text: str) -> str:
    """What the same keys would have written in the Russian layout: "Fyyf" is "анна"."""
    return folded(text.casefold().translate(_AS_RUSSIAN))
