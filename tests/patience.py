"""How long a test waits for what must come."""

PATIENCE = 60
"""Seconds: that a machine is slow is no failure, and what goes well takes a blink."""
