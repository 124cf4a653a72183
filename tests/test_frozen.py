"""Values that never change: they behave as frozen dataclasses do, and cost nothing before the first is made."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Generic, TypeVar

import pytest

from app.frozen import frozen

_Content = TypeVar("_Content")


@dataclass(frozen=True, slots=True)
class Known:
    """What Python itself makes of it."""

    name: str
    minutes: int = 60
    tags: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)


@frozen
class Value:
    """The same, made by us."""

    name: str
    minutes: int = 60
    tags: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)


@frozen
class Checked:
    """One that looks at what it is given, and makes its own default."""

    minutes: int
    seen: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise ValueError("no time runs back")


def both(*given: object, **named: object) -> tuple[Known, Value]:
    """The same value of both kinds."""
    return Known(*given, **named), Value(*given, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [("cut",), ("cut", 30), ("cut", 30, ("a",), "x")])
def test_it_is_told_and_hashed_as_python_does(given: tuple[object, ...]) -> None:
    known, value = both(*given)
    assert repr(value) == repr(known).replace("Known", "Value")
    assert hash(value) == hash(known)
    assert [(one.name, one.default) for one in fields(value)] == [(one.name, one.default) for one in fields(known)]
    assert Value.__match_args__ == Known.__match_args__


def test_equal_values_are_equal_and_no_others() -> None:
    assert Value("cut", minutes=30) == Value("cut", 30)
    assert Value("cut") != Value("cut", 30)
    assert Value("cut") != Known("cut")
    assert {Value("cut"): 1}[Value("cut", 60)] == 1


def test_nothing_of_it_can_be_changed() -> None:
    value = Value("cut")
    with pytest.raises(FrozenInstanceError, match="assign to field 'name'"):
        value.name = "colour"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="delete field 'name'"):
        del value.name
    with pytest.raises(FrozenInstanceError):
        value.other = 1  # type: ignore[attr-defined]
    assert not hasattr(value, "__dict__")


def test_another_is_made_from_it() -> None:
    assert replace(Value("cut", 30), name="colour") == Value("colour", 30)
    value = Value("cut", 30, ("a",), "x")
    assert copy.deepcopy(value) == value == pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize(("given", "named"), [((), {}), (("cut", 1, (), "", 5), {}), (("cut",), {"length": 5})])
def test_what_does_not_fit_is_refused_as_python_does(given: tuple[object, ...], named: dict[str, object]) -> None:
    for kind in (Known, Value):
        with pytest.raises(TypeError, match=r"argument|positional"):
            kind(*given, **named)  # type: ignore[arg-type]


def test_it_looks_at_what_it_is_given_and_shares_no_default() -> None:
    with pytest.raises(ValueError, match="no time"):
        Checked(-1)
    assert Checked(1).seen == []
    assert Checked(1).seen is not Checked(1).seen
    assert Checked(1, [2]).seen == [2]


def test_nothing_is_compiled_before_the_first_is_made() -> None:
    @frozen
    class Late:
        """Made here, so that no other test has made one."""

        name: str

    before = Late.__new__
    Late("cut")
    assert Late.__new__ is not before
    assert "name" in Late.__new__.__code__.co_varnames


def test_one_is_not_made_of_another() -> None:
    @frozen
    class More(Value):
        """Its fields could not be set."""

        price: int = 0

    with pytest.raises(TypeError, match="More"):
        More("cut")


def test_a_value_of_any_kind_of_content_is_a_value() -> None:
    @frozen
    class Boxed(Generic[_Content]):
        """What it holds is told by whoever makes one."""

        content: _Content

    assert Boxed("cut") == Boxed("cut")
    with pytest.raises(FrozenInstanceError):
        Boxed("cut").content = "colour"  # type: ignore[misc]
