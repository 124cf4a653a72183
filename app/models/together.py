"""What ties visits to each other: a series of one client, a group of several."""

from peewee import SQL, IntegerField

from app.models.fields import Day, Instant, WordField, Words
from app.models.table import Table
from app.vocabulary import SeriesUnit


class Series(Table):
    """A visit that is repeated: every N days or weeks, M times or until a date."""

    unit = WordField(SeriesUnit)
    every = IntegerField()
    weekdays = IntegerField(default=0)
    """Bits of the weekdays in a weekly series, Monday is 1; 0: the weekday of the first visit."""
    first_day = Day()
    times = IntegerField(null=True)
    until_day = Day(null=True)
    created_at = Instant()

    class Meta:
        table_name = "series"
        constraints = [SQL("CHECK (every > 0)"), SQL("CHECK (times IS NULL OR times > 0)")]


class VisitGroup(Table):
    """Clients who come together: a mother and her daughter, a bride and her friends."""

    name = Words(default="")
    created_at = Instant()

    class Meta:
        table_name = "visit_group"
