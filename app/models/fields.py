"""One field class a meaning, so that each rule about a value is written once."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from peewee import Field

from app.models.kept import instant_text, read_instant, read_wall, wall_text


class WallClock(Field):
    """A planned time: naive wall time of the salon, to the minute, kept as ``2026-05-14 15:30``."""

    field_type = "TEXT"

    def db_value(self, value: datetime | None) -> str | None:
        """The fixed-width text of ``value``; an aware or finer time is a fault of the caller."""
        return None if value is None else wall_text(value)

    def python_value(self, value: str | None) -> datetime | None:
        """The naive time that ``value`` tells."""
        return None if value is None else read_wall(value)


class Instant(Field):
    """A moment that happened: aware, UTC, kept as fixed-width text so that it sorts."""

    field_type = "TEXT"

    def db_value(self, value: datetime | None) -> str | None:
        """The fixed-width text of ``value`` in UTC; a naive time is refused."""
        return None if value is None else instant_text(value)

    def python_value(self, value: str | None) -> datetime | None:
        """The aware moment that ``value`` tells."""
        return None if value is None else read_instant(value)


class Day(Field):
    """A date of the salon, kept as ``2026-05-14``."""

    field_type = "TEXT"

    def db_value(self, value: date | None) -> str | None:
        """ISO text; a time is refused, because its date may be another one in UTC."""
        if isinstance(value, datetime):
            raise TypeError("a day has no hour")
        return None if value is None else value.isoformat()

    def python_value(self, value: str | None) -> date | None:
        """The date that ``value`` tells."""
        return None if value is None else date.fromisoformat(value)


class WordField(Field):
    """A word of a closed list (StrEnum in, StrEnum out); any other word is refused."""

    field_type = "TEXT"

    def __init__(self, words: type[StrEnum], *args: Any, **kwargs: Any) -> None:
        self.words = words
        super().__init__(*args, **kwargs)

    def db_value(self, value: StrEnum | str | None) -> str | None:
        """The word's text; ValueError when it is not of the list."""
        return None if value is None else self.words(value).value

    def python_value(self, value: str | None) -> StrEnum | None:
        """The word of the list."""
        return None if value is None else self.words(value)


class MinorUnits(Field):
    """Money in the smallest unit of the salon's currency (kopecks, cents)."""

    field_type = "INTEGER"


class Minutes(Field):
    """A length in whole minutes."""

    field_type = "INTEGER"


class Words(Field):
    """Free text that a person typed. NUL and half an emoji are dropped: no database and no screen can show them."""

    field_type = "TEXT"

    def db_value(self, value: str | None) -> str | None:
        """The text without what cannot be kept."""
        return None if value is None else str(value).replace("\x00", "").encode("utf-8", "ignore").decode()
