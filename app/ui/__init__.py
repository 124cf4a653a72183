"""Everything Qt."""

from app.ui import lean_qt

lean_qt.load()
