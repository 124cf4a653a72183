"""Vizit (Визит): appointments, client cards, checklists, reminders and honest figures for small salons."""

__version__ = "0.1.0"
