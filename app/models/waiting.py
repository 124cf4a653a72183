"""Who wants a place that is not there yet, and whom the salon could not take."""

from peewee import SQL, ForeignKeyField, IntegerField

from app.models.catalogue import Service, StaffMember
from app.models.clients import Client
from app.models.fields import Day, Instant, WallClock, WordField, Words
from app.models.table import Table
from app.vocabulary import TurnAwayReason, WaitlistStatus


class WaitlistEntry(Table):
    """A client who waits for a place. ``created_at`` is since when."""

    client = ForeignKeyField(Client, on_delete="RESTRICT")
    status = WordField(WaitlistStatus)
    note = Words(default="")
    created_at = Instant()
    closed_at = Instant(null=True)
    visit = IntegerField(null=True)
    """The visit that the waiting led to; no key, because visits are made later than their waiting."""

    class Meta:
        table_name = "waitlist_entry"
        indexes = ((("status",), False),)


class WaitlistService(Table):
    """A service that is wanted, in the order of the visit."""

    entry = ForeignKeyField(WaitlistEntry, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")
    position = IntegerField(default=0)

    class Meta:
        table_name = "waitlist_service"


class WaitlistMaster(Table):
    """A master who may do it; without any row anybody may."""

    entry = ForeignKeyField(WaitlistEntry, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")

    class Meta:
        table_name = "waitlist_master"


class WaitlistWindow(Table):
    """Days and hours that suit: the visit begins and ends in it."""

    entry = ForeignKeyField(WaitlistEntry, on_delete="RESTRICT")
    first_day = Day()
    last_day = Day()
    weekdays = IntegerField(default=127)
    """Bits of the weekdays, Monday is 1."""
    from_minute = IntegerField(default=0)
    to_minute = IntegerField(default=1440)

    class Meta:
        table_name = "waitlist_window"
        constraints = [
            SQL("CHECK (last_day >= first_day)"),
            SQL("CHECK (from_minute >= 0 AND to_minute > from_minute AND to_minute <= 1440)"),
        ]


class PlaceHold(Table):
    """A place that is kept free for some minutes while somebody calls. Its occupancies name the masters."""

    entry = ForeignKeyField(WaitlistEntry, null=True, on_delete="RESTRICT")
    day = Day(index=True)
    starts_at = WallClock()
    ends_at = WallClock()
    expires_at = Instant()

    class Meta:
        table_name = "place_hold"
        constraints = [SQL("CHECK (ends_at > starts_at)")]


class TurnAway(Table):
    """Somebody whom the salon could not take: what they wanted, when, and why it could not be."""

    at = Instant(index=True)
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    service = ForeignKeyField(Service, null=True, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")
    """The master who was asked for; NULL: anybody."""
    wished_day = Day(null=True)
    wished_minute = IntegerField(null=True)
    reason = WordField(TurnAwayReason)
    note = Words(default="")

    class Meta:
        table_name = "turn_away"
