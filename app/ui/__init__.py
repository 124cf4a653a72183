"""Everything Qt."""

import builtins


def _load_qt() -> None:
    """Load Qt and leave ``import`` as it is.

    PySide6 puts a hook of its own in its place, which reads the source of every module that is imported later to see
    whether it wants ``snake_case`` names. Nobody here does, and it cost a fifth of an empty window at every start.
    """
    plain = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = plain


_load_qt()
