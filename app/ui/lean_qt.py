"""PySide6, loaded without what it brings for people who are writing a program: a fifth of the start.

With its first module PySide6 also compiles, from a store inside its library, what words its errors, tells signatures
and writes stubs, with some large patterns. All that is put off here until somebody asks for it: the first wrong call or
``help`` finds it as ever.
"""

import builtins
from types import ModuleType
from typing import Any

from app import later

_SIGNATURE = "shibokensupport.signature"
_MAPPING = f"{_SIGNATURE}.mapping"
_FEATURE = "shibokensupport.feature"
_PUT_OFF = {
    _MAPPING,
    _FEATURE,
    *(f"{_SIGNATURE}.{name}" for name in ("errorhandler", "layout", "parser")),
    *(f"{_SIGNATURE}.lib.{name}" for name in ("enum_sig", "pyi_generator", "tool")),
}


def load() -> None:
    """Load Qt and leave ``import`` as it is.

    PySide6 puts a hook of its own in its place, which reads the source of every module that is imported later to see
    whether it wants ``snake_case`` names. Nobody here does, and it cost a fifth of an empty window at every start.
    """
    plain = builtins.__import__

    def put_off_and_import(name: str, *places: Any, **named: Any) -> ModuleType:
        for part in (places[2] if len(places) > 2 else ()) or ():
            if f"{name}.{part}" in _PUT_OFF:
                _put_off(f"{name}.{part}")
        return plain(name, *places, **named)

    builtins.__import__ = put_off_and_import
    try:
        import PySide6
    finally:
        builtins.__import__ = plain
    import PySide6.QtWidgets  # noqa: F401 - loading it is all that is wanted


def _put_off(name: str) -> None:
    module = later.put_off(name)
    if module is None:
        return
    if name == _MAPPING:
        # PySide6's library takes this function out of the module's dictionary, which asks nobody.
        vars(module)["update_mapping"] = lambda: later.read(module)["update_mapping"]()
    elif name == _FEATURE:
        # Until the hook is taken away, each import asks these two.
        vars(module).update(feature_import=_nothing, feature_imported=_nothing)


def _nothing(*_asked: object, **_named: object) -> None:
    """No import wants a feature."""
