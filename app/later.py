"""Modules that are loaded with the program and used by it seldom: they are read when somebody first wants something.

As ``importlib.util.LazyLoader`` does it, but a second ``import`` does not read them either.
"""

import sys
import threading
from types import ModuleType
from typing import Any

_reading = threading.RLock()


class Later(ModuleType):
    """A module that was not read yet; an ordinary one once it was."""

    is_being_read = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return read(self)[name]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None


def put_off(name: str) -> ModuleType | None:
    """Let the next ``import`` of this module leave it unread. None when it is there already, or nowhere."""
    if name in sys.modules:
        return None
    parent = name.rpartition(".")[0]
    path = sys.modules[parent].__path__ if parent else None
    spec = next(filter(None, (finder.find_spec(name, path) for finder in sys.meta_path)), None)
    if spec is None:
        return None
    sys.modules[name] = module = Later(name)
    module.__spec__, module.__loader__, module.__package__ = spec, spec.loader, spec.parent
    if spec.has_location:
        module.__file__ = spec.origin
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    return module


def read(module: ModuleType) -> dict[str, Any]:
    """What is in ``module``, which is read now if it was not yet."""
    with _reading:
        if isinstance(module, Later) and not module.is_being_read:
            module.is_being_read = True
            spec: Any = module.__spec__
            # PySide6 publishes its modules under names of its own, under which their loader does not know them.
            published, spec.name = spec.name, module.__name__
            spec.loader.exec_module(module)
            spec.name = published
            module.__class__ = ModuleType  # type: ignore[assignment]
    return vars(module)
