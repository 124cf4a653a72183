"""Vizit (Визит): appointments, client cards, checklists, reminders and honest figures for small salons."""

from app import later

__version__ = "0.1.0"

# Python and PySide6 load these with others, and a start without trouble wants nothing of them: a twentieth of it.
for _name in ("bz2", "inspect", "lzma", "shutil", "tempfile", "traceback"):
    later.put_off(_name)
