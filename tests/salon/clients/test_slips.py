"""One slip of a finger: what is looked up, and the rule that decides."""

from collections.abc import Iterable

from hypothesis import assume, given, strategies as st

from app.salon.clients.slips import Place, fewest, slip
from app.salon.clients.spelling import parts, search_text

_NAMES = ("щёлкина", "полина", "анна", "соколов", "ekaterina", "анна-мария")
_LETTERS = "абвглнрищaekln"


def _slipped(word: str, place: int, letter: str, way: int) -> str:
    """``word`` as it is typed when a finger slips at ``place``."""
    before, at, after = word[:place], word[place : place + 1], word[place + 1 :]
    match way:
        case 0:
            return before + letter + after
        case 1:
            return before + letter + at + after
        case 2:
            return before + after
        case _:
            return before + after[:1] + at + after[1:]


@given(name=st.sampled_from(_NAMES), place=st.integers(0, 9), letter=st.sampled_from(_LETTERS), way=st.integers(0, 3))
def test_whoever_is_one_slip_away_is_looked_up_and_explained(name: str, place: int, letter: str, way: int) -> None:
    assume(place < len(name) - 1)
    (part,) = parts(_slipped(name, place, letter, way).replace("-", ""))
    held = search_text(name.replace("-", ""), ("+79123456789",))
    found = slip(part)
    assume(found is not None and len(name) > 5)
    assert found is not None
    assert found.explains(held)
    assert _is_found(held, found.places)


@given(
    name=st.sampled_from(_NAMES), typed=st.text(_LETTERS, min_size=4, max_size=9), other=st.text(_LETTERS, max_size=9)
)
def test_looking_in_fewer_places_finds_the_same_people(name: str, typed: str, other: str) -> None:
    (part,) = parts(typed)
    found = slip(part)
    assume(found is not None)
    assert found is not None
    for held in (search_text(name), search_text(typed), search_text(f"{other}{typed[1:]} {typed[:2]}{other}")):
        assert _is_found(held, fewest(found.places)) == _is_found(held, found.places)
        absent = [head for head in found.heads if head not in held]
        assert _is_found(held, fewest(found.places, absent)) == _is_found(held, found.places)


def test_two_slips_are_too_many() -> None:
    (part,) = parts("щелкени")
    found = slip(part)
    assert found is not None
    assert found.explains(search_text("Щёлкена"))
    assert not found.explains(search_text("Щёлкина Анна"))


def _is_found(held: str, places: Iterable[Place]) -> bool:
    return any(
        all(piece in held if isinstance(piece, str) else any(one in held for one in piece) for piece in place)
        for place in places
    )
