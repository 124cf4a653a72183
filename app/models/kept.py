"""Times as the database keeps them: fixed-width text, so that the order of the text is the order of time. Pure."""

from datetime import UTC, datetime


def wall_text(value: datetime) -> str:
    """``value`` (naive, to the minute) as the database keeps it."""
    if value.tzinfo is not None or value.second or value.microsecond:
        raise ValueError("planned time is naive wall time to the minute")
    return value.isoformat(sep=" ", timespec="minutes")


def read_wall(value: str) -> datetime:
    """The wall time that the database keeps as ``value``."""
    return datetime.fromisoformat(value)


def instant_text(value: datetime) -> str:
    """``value`` (aware) as the database keeps it: UTC with microseconds, so that text order is time order."""
    if value.tzinfo is None:
        raise ValueError("a moment that happened is aware")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def read_instant(value: str) -> datetime:
    """The moment that the database keeps as ``value``."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC)
