"""Visits, their services, the time these take from the masters, and the steps to tick."""

from peewee import SQL, BooleanField, ForeignKeyField, IntegerField

from app.models.catalogue import Block, Service, StaffMember
from app.models.clients import Client
from app.models.fields import Day, Instant, MinorUnits, Minutes, WallClock, WordField, Words
from app.models.rooms import Room
from app.models.table import Table, index_filled
from app.models.together import Series, VisitGroup
from app.models.waiting import PlaceHold
from app.vocabulary import CancelReason, Stage, VisitStatus


class Visit(Table):
    """One client's stay on one date. A walk-in without a card has no client."""

    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    day = Day(index=True)
    status = WordField(VisitStatus)
    hour_known = BooleanField(default=True)
    """False for imported history that tells the date alone."""
    cancel_reason = WordField(CancelReason, null=True)
    comment = Words(default="")
    open_steps_reason = Words(default="")
    """Why the visit was completed although required steps were open."""
    overbooked_reason = Words(default="")
    """Why it was booked although the place was taken."""
    created_at = Instant()
    group = ForeignKeyField(VisitGroup, null=True, on_delete="RESTRICT", index=False)
    series = ForeignKeyField(Series, null=True, on_delete="RESTRICT", index=False)
    is_exception = BooleanField(default=False)
    """Whether it was changed apart from its series, so that a change of the series leaves it alone."""

    class Meta:
        table_name = "visit"
        # Covers what the search and the list of clients ask of every visit, without reading the rows.
        indexes = ((("client", "day", "status"), False),)


class BookedService(Table):
    """One service of a visit: master, start, working time, processing gap, finishing time, price."""

    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT", index=False)
    position = IntegerField(default=0)
    starts_at = WallClock()
    ends_at = WallClock()
    working_minutes = Minutes()
    gap_minutes = Minutes(default=0)
    finishing_minutes = Minutes(default=0)
    price = MinorUnits(null=True)
    takes_time = BooleanField(default=True)
    """False for a service that was added to the receipt without a place of its own."""
    before_minutes = Minutes(default=0)
    """The master is taken so long before ``starts_at``."""
    after_minutes = Minutes(default=0)
    """The master is taken so long after ``ends_at``."""
    is_asked_for = BooleanField(default=False)
    """Whether the client asked for this very master."""

    class Meta:
        table_name = "booked_service"
        indexes = ((("staff", "starts_at"), False), (("starts_at",), False))
        constraints = [
            SQL("CHECK (ends_at > starts_at)"),
            SQL("CHECK (working_minutes > 0 AND gap_minutes >= 0 AND finishing_minutes >= 0)"),
        ]


class Occupancy(Table):
    """A half-open interval in which a master or a room is taken, by a booked service, a block or a held place.

    Triggers of the database refuse a second one over it, unless it was booked on purpose (``is_override``).
    """

    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)
    room = ForeignKeyField(Room, null=True, on_delete="RESTRICT", index=False)
    starts_at = WallClock()
    ends_at = WallClock()
    booked_service = ForeignKeyField(BookedService, null=True, on_delete="RESTRICT")
    block = ForeignKeyField(Block, null=True, on_delete="RESTRICT", index=False)
    hold = ForeignKeyField(PlaceHold, null=True, on_delete="RESTRICT", index=False)
    is_override = BooleanField(default=False)

    class Meta:
        table_name = "occupancy"
        indexes = ((("staff", "starts_at", "ends_at"), False),)
        constraints = [
            SQL("CHECK (ends_at > starts_at)"),
            SQL("CHECK (substr(starts_at, 1, 10) = substr(ends_at, 1, 10))"),
            SQL("CHECK ((staff_id IS NULL) <> (room_id IS NULL))"),
            SQL(
                "CHECK (CASE WHEN booked_service_id IS NULL THEN 0 ELSE 1 END"
                " + CASE WHEN block_id IS NULL THEN 0 ELSE 1 END + CASE WHEN hold_id IS NULL THEN 0 ELSE 1 END = 1)"
            ),
        ]


class VisitStep(Table):
    """One step of this visit's checklist, copied from the service when it was booked."""

    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    booked_service = ForeignKeyField(BookedService, on_delete="RESTRICT")
    stage = WordField(Stage)
    position = IntegerField()
    text = Words()
    is_required = BooleanField(default=False)
    done_at = Instant(null=True)
    done_by = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "visit_step"


index_filled(Visit, "group")
index_filled(Visit, "series")
index_filled(Occupancy, "room", "starts_at", "ends_at")
index_filled(Occupancy, "block")
index_filled(Occupancy, "hold")
index_filled(VisitStep, "done_by")
