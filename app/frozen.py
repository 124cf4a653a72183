"""Values that never change once they are made: ``@frozen`` in place of ``@dataclass(frozen=True, slots=True)``.

To whoever uses them they are the same: ``fields`` and ``replace`` take them, the type checker knows them. But
``dataclass`` writes and compiles seven methods for each class while the program loads; for the sixty classes that the
first picture needs, that was an eighth of the start. Here only the constructor is compiled, when it is first called.
What is loaded later may be an ordinary dataclass; ``tests/test_start.py`` says which must not.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

_Value = TypeVar("_Value")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[_Value]) -> type[_Value]:
    """Make ``cls`` a class of values: equal when all fields are, hashable, and never changed (FrozenInstanceError)."""

    def construct(_cls: Any, *given: Any, **named: Any) -> Any:
        made.__new__ = _constructor(made)
        return made(*given, **named)

    def is_equal(self: Any, other: object) -> Any:
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    def reduced(self: Any) -> tuple[Any, ...]:
        return made, tuple(getattr(self, name) for name in names)

    cls.__new__ = construct
    cls.__eq__ = is_equal
    cls.__hash__ = hashed
    cls.__reduce__ = reduced
    cls.__repr__ = _told
    cls.__setattr__ = _refuse_to_set
    cls.__delattr__ = _refuse_to_delete
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    names: tuple[str, ...] = made.__match_args__
    values: Callable[[Any], Any] = attrgetter(*names)
    return made


def _constructor(cls: Any) -> Callable[..., Any]:
    """What makes a value of ``cls``.

    Its fields are set while it still is of a class of the same slots that lets them be set: that takes a third of the
    time of asking each slot itself to be filled, and a day of the calendar has a thousand values.
    """
    known: dict[str, Any] = {"_absent": MISSING, "_new": object.__new__, "_open": _open_twin(cls)}
    parameters, lines = ["_cls"], ["_made = _new(_open)"]
    for one in fields(cls):
        name = value = one.name
        if one.default is not MISSING:
            known[f"_default_{name}"] = one.default
            parameters.append(f"{name}=_default_{name}")
        elif one.default_factory is not MISSING:
            known[f"_make_{name}"] = one.default_factory
            parameters.append(f"{name}=_absent")
            value = f"_make_{name}() if {name} is _absent else {name}"
        else:
            parameters.append(name)
        lines.append(f"_made.{name} = {value}")
    lines.append("_made.__class__ = _cls")
    if hasattr(cls, "__post_init__"):
        lines.append("_made.__post_init__()")
    lines.append("return _made")
    exec(f"def __new__({', '.join(parameters)}):\n " + "\n ".join(lines), known)
    return known["__new__"]


def _open_twin(cls: Any) -> type:
    """A class of the same slots as ``cls``, whose fields can be set."""
    if any(getattr(base, "__setattr__", None) is _refuse_to_set for base in cls.__bases__):
        raise TypeError(f"{cls.__qualname__}: a class of values is not made of another")
    bases = {"__orig_bases__": cls.__orig_bases__} if hasattr(cls, "__orig_bases__") else {}
    return type(cls.__name__, cls.__bases__, {"__slots__": cls.__slots__, **bases})


def _told(self: Any) -> str:
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_to_set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
