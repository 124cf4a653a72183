"""What the salon offers, who does it, and when they work."""

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField

from app.models.checklists import ChecklistTemplate
from app.models.fields import Day, Instant, MinorUnits, Minutes, WallClock, WordField, Words
from app.models.table import Table
from app.vocabulary import BlockKind


class StaffMember(Table):
    """Somebody who works here; master, administrator and owner are roles, and one person may have several."""

    name = Words()
    title = Words(default="")
    """What they are called on the calendar: "nail master"."""
    is_master = BooleanField(default=True)
    is_administrator = BooleanField(default=False)
    is_owner = BooleanField(default=False)
    position = IntegerField(default=0)
    archived_at = Instant(null=True)

    class Meta:
        table_name = "staff_member"


class ServiceCategory(Table):
    """A family of services with its colour on the calendar."""

    name = Words()
    colour = IntegerField(default=0)
    """Index into the theme's category colours."""
    position = IntegerField(default=0)

    class Meta:
        table_name = "service_category"


class Service(Table):
    """What a client buys. A price of NULL is "on request", never free."""

    category = ForeignKeyField(ServiceCategory, on_delete="RESTRICT")
    name = Words()
    code = CharField(default="")
    working_minutes = Minutes()
    gap_minutes = Minutes(default=0)
    """Processing time in which the master is free for others."""
    finishing_minutes = Minutes(default=0)
    before_minutes = Minutes(default=0)
    """What the master needs before the client sits down."""
    after_minutes = Minutes(default=0)
    """What the master needs after the client has gone: cleaning, sterilising."""
    price = MinorUnits(null=True)
    interval_days = IntegerField(null=True)
    """After how many days the salon recommends to come again."""
    template = ForeignKeyField(ChecklistTemplate, null=True, on_delete="RESTRICT")
    position = IntegerField(default=0)
    archived_at = Instant(null=True)

    class Meta:
        table_name = "service"
        constraints = [
            SQL("CHECK (working_minutes > 0 AND gap_minutes >= 0 AND finishing_minutes >= 0)"),
            SQL("CHECK (price IS NULL OR price >= 0)"),
        ]


class StaffService(Table):
    """Who can do what, and what is different when they do it: NULL is as the service says."""

    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")
    working_minutes = Minutes(null=True)
    gap_minutes = Minutes(null=True)
    finishing_minutes = Minutes(null=True)
    before_minutes = Minutes(null=True)
    after_minutes = Minutes(null=True)
    price = MinorUnits(null=True)

    class Meta:
        table_name = "staff_service"
        indexes = ((("staff", "service"), True),)


class Shift(Table):
    """When somebody works: one unbroken stretch of one day, in wall time."""

    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT", index=False)
    day = Day()
    starts_at = WallClock()
    ends_at = WallClock()
    is_by_hand = BooleanField(default=False)
    """Whether the day was planned by hand: then the roster leaves it alone."""

    class Meta:
        table_name = "shift"
        # Without the day beside the master the engine would read all the shifts that somebody ever had.
        indexes = ((("staff", "starts_at"), True), (("staff", "day", "starts_at"), False), (("day",), False))
        constraints = [SQL("CHECK (ends_at > starts_at)")]


class Block(Table):
    """When a master is taken without a client, and why."""

    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    day = Day(index=True)
    starts_at = WallClock()
    ends_at = WallClock()
    kind = WordField(BlockKind)
    reason = Words(default="")

    class Meta:
        table_name = "block"
        constraints = [SQL("CHECK (ends_at > starts_at)")]
