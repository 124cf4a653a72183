"""Facts of the salon itself."""

from peewee import SQL, BooleanField, CharField, IntegerField

from app.models.fields import Words
from app.models.table import Table


class SalonProfile(Table):
    """The one row that says what this salon is."""

    name = Words()
    zone = CharField()
    """IANA name of the time zone of the salon's wall clock."""
    currency = CharField()
    """ISO 4217 code."""
    country = CharField()
    """ISO 3166 code, for phones typed without a country."""
    step_minutes = IntegerField()
    """The grid of the calendar."""
    opens_minute = IntegerField()
    """Minute of the day at which the calendar begins."""
    closes_minute = IntegerField()
    reminder_minute = IntegerField()
    """Minute of the day before the visit at which its reminder is due."""
    hold_minutes = IntegerField(default=10)
    """How long a place is held while somebody calls."""
    is_sample = BooleanField(default=False)
    masters_see_phones = BooleanField(default=True)
    """Whether a master sees a client's whole phone; otherwise it is shown as ••• 45-67 until it is revealed."""
    masters_see_money = BooleanField(default=True)
    """Whether a master sees what a client has spent."""

    class Meta:
        table_name = "salon_profile"
        constraints = [SQL("CHECK (id = 1)"), SQL("CHECK (closes_minute > opens_minute)")]
