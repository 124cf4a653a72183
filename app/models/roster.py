"""The plan from which shifts are made: patterns and cycles, absences of one person, holidays of the salon."""

from peewee import SQL, ForeignKeyField, IntegerField

from app.models.catalogue import StaffMember
from app.models.fields import Day, Instant, WordField, Words
from app.models.table import Table
from app.models.visits import Visit
from app.vocabulary import AbsenceKind


class Roster(Table):
    """Somebody's repeated hours from a day on: a week (7 days) or a cycle such as 2/2 (4 days)."""

    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    first_day = Day()
    last_day = Day(null=True)
    """The last day that was planned by it; NULL: it goes on."""
    cycle_days = IntegerField()
    created_at = Instant()

    class Meta:
        table_name = "roster"
        constraints = [SQL("CHECK (cycle_days > 0)")]


class RosterDay(Table):
    """One working stretch of a cycle; ``position`` counts from its first day, 0 first. Minutes of the day."""

    roster = ForeignKeyField(Roster, on_delete="RESTRICT")
    position = IntegerField()
    opens_minute = IntegerField()
    closes_minute = IntegerField()

    class Meta:
        table_name = "roster_day"
        constraints = [
            SQL("CHECK (position >= 0)"),
            SQL("CHECK (opens_minute >= 0 AND closes_minute > opens_minute AND closes_minute <= 1440)"),
        ]


class Absence(Table):
    """Days on which somebody does not work although the roster says so."""

    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    first_day = Day()
    last_day = Day()
    kind = WordField(AbsenceKind)
    note = Words(default="")
    created_at = Instant()

    class Meta:
        table_name = "absence"
        indexes = ((("staff", "first_day"), False),)
        constraints = [SQL("CHECK (last_day >= first_day)")]


class AbsenceCall(Table):
    """A visit that stood in the way of an absence: its client has to be called. What came of it, the visit tells."""

    absence = ForeignKeyField(Absence, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    called_at = Instant(null=True)
    """When somebody last called and nobody answered."""

    class Meta:
        table_name = "absence_call"
        indexes = ((("absence", "visit"), True),)


class Holiday(Table):
    """A day on which the salon is closed."""

    day = Day(unique=True)
    name = Words(default="")

    class Meta:
        table_name = "holiday"
