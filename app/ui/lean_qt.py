"""PySide6, loaded without what it brings for people who are writing a program: a fifth of the start.

With its first module PySide6 also compiles, from a store inside its library, what words its errors, tells signatures
and writes stubs, with some large patterns. All that is put off here until somebody asks for it: the first wrong call or
``help`` finds it as ever.
"""

import builtins
import sys
import threading
from types import ModuleType
from typing import Any

_SIGNATURE = "shibokensupport.signature"
_MAPPING = f"{_SIGNATURE}.mapping"
_PUT_OFF = {
    _MAPPING,
    *(f"{_SIGNATURE}.{name}" for name in ("errorhandler", "layout", "parser")),
    *(f"{_SIGNATURE}.lib.{name}" for name in ("enum_sig", "pyi_generator", "tool")),
}
_reading = threading.RLock()


def load() -> None:
    """Load Qt and leave ``import`` as it is.

    PySide6 puts a hook of its own in its place, which reads the source of every module that is imported later to see
    whether it wants ``snake_case`` names. Nobody here does, and it cost a fifth of an empty window at every start.
    """
    plain = builtins.__import__

    def put_off_and_import(name: str, *places: Any, **named: Any) -> ModuleType:
        for part in (places[2] if len(places) > 2 else ()) or ():
            _put_off(f"{name}.{part}")
        return plain(name, *places, **named)

    builtins.__import__ = put_off_and_import
    try:
        import PySide6
    finally:
        builtins.__import__ = plain
    import PySide6.QtWidgets  # noqa: F401


def _put_off(name: str) -> None:
    if name not in _PUT_OFF or name in sys.modules:
        return
    package = sys.modules[name.rpartition(".")[0]]
    found = (finder.find_spec(name, package.__path__) for finder in sys.meta_path)
    spec = next(filter(None, found), None)
    if spec is None:
        return
    sys.modules[name] = module = _ReadWhenAsked(name)
    module.__spec__ = spec
    if name == _MAPPING:
        # PySide6's library takes this function out of the module's dictionary, which asks nobody.
        vars(module)["update_mapping"] = lambda: _read(module)["update_mapping"]()


class _ReadWhenAsked(ModuleType):
    """A module that is read when somebody first wants something of it."""

    is_being_read = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return _read(self)[name]
        except KeyError:
            raise AttributeError(name) from None


def _read(module: ModuleType) -> dict[str, Any]:
    """What is in ``module``, after it was read."""
    with _reading:
        if isinstance(module, _ReadWhenAsked) and not module.is_being_read:
            module.is_being_read = True
            spec: Any = module.__spec__
            # PySide6 has published it under a name of its own, under which its loader does not know it.
            published, spec.name = spec.name, module.__name__
            spec.loader.exec_module(module)
            spec.name = published
            module.__class__ = ModuleType  # type: ignore[assignment]
    return vars(module)
