"""What was typed into the search of clients, as it is looked for: in the index, in plain SQL, and in the texts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.salon.clients import reasons
from app.salon.clients.hits import Needles, matching
from app.salon.clients.likelihood import Candidate
from app.salon.clients.spelling import GAP, Part, Way, in_latin_letters, parts

_SHORTEST = 3
"""Fewer characters fill no place of the index."""
_DIGITS = "0123456789"
AFTER = f"{_DIGITS} "
"""What stands after a digit of a phone in the ``search_text``."""


def sought(typed: str, *, hides_contacts: bool) -> list[Part]:
    """What has to be found."""
    wanted = parts(typed)
    return [_as_shown(part) if part.is_number else part for part in wanted] if hides_contacts else wanted


def _as_shown(part: Part) -> Part:
    """A number where only the last digits of phones are shown: so few digits are these, and no one dials before them.

    All that more digits may mean is looked for at once. In both cases it would be told else who has them where they
    are hidden.
    """
    typed = max(part.all_readings, key=lambda one: len(one.text))
    is_short = len(typed.text) <= reasons.SHOWN_DIGITS
    return replace(part, readings=(typed,) if is_short else part.all_readings, less_likely=())


def needles_of(wanted: Iterable[Part], *, at_word: bool = False) -> Needles:
    """What ``wanted`` has to have; ``at_word``: a name where it begins a word, and what is probably meant alone."""
    if at_word:
        return [tuple(one.anywhere if part.is_number else one.at_word for one in part.readings) for part in wanted]
    return [tuple(one.anywhere for one in part.all_readings) for part in wanted]


def having(candidates: list[Candidate], needles: Needles) -> list[Candidate]:
    """Those who have all ``needles``, in their order. (Thousands are looked at with a key: hence the plain loops.)"""
    for choice in needles:
        match choice:
            case (only,):
                candidates = [one for one in candidates if only in one[1]]
            case (first, second):
                candidates = [one for one in candidates if first in one[1] or second in one[1]]
            case (first, second, third):
                candidates = [one for one in candidates if first in one[1] or second in one[1] or third in one[1]]
            case _:
                candidates = [one for one in candidates if any(text in one[1] for text in choice)]
    return candidates


def is_indexed(part: Part) -> bool:
    """Whether the index can look for ``part``: a name by the beginning of a word at least, digits from three on."""
    return not part.is_number or fills_a_place(part)


def fills_a_place(part: Part) -> bool:
    """Whether the index finds ``part`` wherever it stands, and not only where it begins a word."""
    return len(part.readings[0].text) >= _SHORTEST


def match_of(needles: Needles) -> str:
    return matching([[(text,) for text in choice] for choice in needles])


def shown_digits(part: Part) -> list[str]:
    """A hidden number as the index has it: a few digits among the last that are shown, or the whole of it.

    Whoever has more digits than are shown, but not all, finds nobody by them.
    """
    found: list[str] = []
    for reading in part.all_readings:
        if len(reading.text) > reasons.SHOWN_DIGITS:
            found.append(reading.text)
            continue
        ends = [""]
        for _place in range(reasons.SHOWN_DIGITS - len(reading.text) + 1):
            found += [f"{reading.text}{end} " for end in ends]
            ends = [end + digit for end in ends for digit in _DIGITS]
    return found


def phrases(part: Part) -> list[str]:
    return [one.at_word if len(one.anywhere) < _SHORTEST else one.anywhere for one in part.all_readings]


def in_plain_sql(wanted: Iterable[Part], *, hides_contacts: bool, at_word: bool) -> tuple[str, dict[str, str]]:
    """The same question as plain SQL, for what the index cannot look for and for those who were here last.

    ``at_word``: a name where it begins a word, and what is probably meant alone.
    """
    sql: list[str] = []
    params: dict[str, str] = {}

    def parameter(text: str) -> str:
        name = f"p{len(params)}"
        params[name] = text
        return f":{name}"

    for part in wanted:
        if hides_contacts and part.is_number:
            sql.append(f"AND {reasons.hidden_number(part, parameter)}")
            continue
        readings = part.readings if at_word else part.all_readings
        texts = [one.at_word if at_word and not part.is_number else one.anywhere for one in readings]
        choice = [f"instr(c.search, {parameter(text)}) > 0" for text in texts]
        sql.append(f"AND ({' OR '.join(choice)})")
    return " ".join(sql), params


def tiers(wanted: Sequence[Part]) -> list[list[Part]]:
    """``wanted`` read in one way at a time, in the order in which ``_fit`` has them."""
    tiers: list[list[Part]] = []
    for way in Way:
        read = [
            part if part.is_number else replace(part, readings=tuple(one for one in part.readings if one.way is way))
            for part in wanted
        ]
        if all(part.readings for part in read) and (way is Way.TYPED or not all(part.is_number for part in wanted)):
            tiers.append(read)
    return tiers


def in_order(found: Iterable[Candidate], wanted: Sequence[Part]) -> list[Candidate]:
    """The likeliest first: by how well the name fits, then by how likely the person calls now, then by name."""
    if not wanted:
        return sorted(found, key=lambda one: (-one[2], one[1]))
    return sorted(found, key=lambda one: (max(_fit(part, one[1]) for part in wanted), -one[2], one[1]))


def _fit(part: Part, search: str) -> float:
    """How well ``part`` fits; 0 is best. The beginning of a word comes first, then the likelier way of typing."""
    if part.is_number:
        return 0.0 if any(reading.text in search for reading in part.readings) else 1.0
    inside = 99.0
    for reading in part.readings:
        if reading.at_word in search:
            if reading.way is Way.BY_SOUND and GAP + part.readings[0].text in in_latin_letters(search):
                return reading.way - 0.5
            return float(reading.way)
        if reading.anywhere in search:
            inside = min(inside, reading.way + 10.0)
    return inside
