"""Rooms and machines, buffers, series and groups, the waiting list, and the plan behind the shifts.

Columns come with plain ALTER TABLE, which keeps triggers and rows. Only ``occupancy`` is made anew: a master or a room
is taken now, and the checks of a table cannot be changed in place.
"""

from typing import Any

from peewee import SQL, AutoField, BooleanField, ForeignKeyField, IntegerField, Model, NodeList, TextField


class NewNumber(AutoField):
    """A number that no row of the table ever had, not even one that was removed: the journal names rows by it."""

    def ddl(self, ctx: Any) -> Any:
        column: Any = super().ddl(ctx)  # pyright: ignore[reportUnknownMemberType]
        return NodeList((column, SQL("AUTOINCREMENT"))) if ctx.state.param == "?" else column


class Row(Model):
    id = NewNumber()


# ---- tables that stand already, as far as the new ones refer to them ---------------------------------------------


class StaffMember(Row):
    class Meta:
        table_name = "staff_member"


class Service(Row):
    class Meta:
        table_name = "service"


class Client(Row):
    class Meta:
        table_name = "client"


class BookedService(Row):
    class Meta:
        table_name = "booked_service"


class Visit(Row):
    class Meta:
        table_name = "visit"


class Block(Row):
    class Meta:
        table_name = "block"


# ---- new tables --------------------------------------------------------------------------------------------------


class Room(Row):
    name = TextField()
    kind = TextField()
    position = IntegerField(default=0)
    archived_at = TextField(null=True)

    class Meta:
        table_name = "room"


class RoomService(Row):
    room = ForeignKeyField(Room, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")

    class Meta:
        table_name = "room_service"
        indexes = ((("room", "service"), True),)


class Roster(Row):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    first_day = TextField()
    last_day = TextField(null=True)
    cycle_days = IntegerField()
    created_at = TextField()

    class Meta:
        table_name = "roster"
        constraints = [SQL("CHECK (cycle_days > 0)")]


class RosterDay(Row):
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


class Absence(Row):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    first_day = TextField()
    last_day = TextField()
    kind = TextField()
    note = TextField(default="")
    created_at = TextField()

    class Meta:
        table_name = "absence"
        indexes = ((("staff", "first_day"), False),)
        constraints = [SQL("CHECK (last_day >= first_day)")]


class AbsenceCall(Row):
    absence = ForeignKeyField(Absence, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    called_at = TextField(null=True)

    class Meta:
        table_name = "absence_call"
        indexes = ((("absence", "visit"), True),)


class Holiday(Row):
    day = TextField(unique=True)
    name = TextField(default="")

    class Meta:
        table_name = "holiday"


class WaitlistEntry(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    status = TextField()
    note = TextField(default="")
    created_at = TextField()
    closed_at = TextField(null=True)
    visit = IntegerField(null=True)

    class Meta:
        table_name = "waitlist_entry"
        indexes = ((("status",), False),)


class WaitlistService(Row):
    entry = ForeignKeyField(WaitlistEntry, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")
    position = IntegerField(default=0)

    class Meta:
        table_name = "waitlist_service"


class WaitlistMaster(Row):
    entry = ForeignKeyField(WaitlistEntry, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")

    class Meta:
        table_name = "waitlist_master"


class WaitlistWindow(Row):
    entry = ForeignKeyField(WaitlistEntry, on_delete="RESTRICT")
    first_day = TextField()
    last_day = TextField()
    weekdays = IntegerField(default=127)
    from_minute = IntegerField(default=0)
    to_minute = IntegerField(default=1440)

    class Meta:
        table_name = "waitlist_window"
        constraints = [
            SQL("CHECK (last_day >= first_day)"),
            SQL("CHECK (from_minute >= 0 AND to_minute > from_minute AND to_minute <= 1440)"),
        ]


class PlaceHold(Row):
    entry = ForeignKeyField(WaitlistEntry, null=True, on_delete="RESTRICT")
    day = TextField(index=True)
    starts_at = TextField()
    ends_at = TextField()
    expires_at = TextField()

    class Meta:
        table_name = "place_hold"
        constraints = [SQL("CHECK (ends_at > starts_at)")]


class TurnAway(Row):
    at = TextField(index=True)
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    service = ForeignKeyField(Service, null=True, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")
    wished_day = TextField(null=True)
    wished_minute = IntegerField(null=True)
    reason = TextField()
    note = TextField(default="")

    class Meta:
        table_name = "turn_away"


class Series(Row):
    unit = TextField()
    every = IntegerField()
    weekdays = IntegerField(default=0)
    first_day = TextField()
    times = IntegerField(null=True)
    until_day = TextField(null=True)
    created_at = TextField()

    class Meta:
        table_name = "series"
        constraints = [SQL("CHECK (every > 0)"), SQL("CHECK (times IS NULL OR times > 0)")]


class VisitGroup(Row):
    name = TextField(default="")
    created_at = TextField()

    class Meta:
        table_name = "visit_group"


class Occupancy(Row):
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)
    room = ForeignKeyField(Room, null=True, on_delete="RESTRICT", index=False)
    starts_at = TextField()
    ends_at = TextField()
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


NEW = (
    Room,
    RoomService,
    Roster,
    RosterDay,
    Absence,
    AbsenceCall,
    Holiday,
    WaitlistEntry,
    WaitlistService,
    WaitlistMaster,
    WaitlistWindow,
    PlaceHold,
    TurnAway,
    Series,
    VisitGroup,
)
STANDING = (StaffMember, Service, Client, Visit, BookedService, Block)

WHOLE = "INTEGER NOT NULL DEFAULT 0"
COLUMNS = (
    ("salon_profile", "hold_minutes", "INTEGER NOT NULL DEFAULT 10"),
    ("shift", "is_by_hand", WHOLE),
    ("service", "before_minutes", WHOLE),
    ("service", "after_minutes", WHOLE),
    ("staff_service", "working_minutes", "INTEGER"),
    ("staff_service", "gap_minutes", "INTEGER"),
    ("staff_service", "finishing_minutes", "INTEGER"),
    ("staff_service", "before_minutes", "INTEGER"),
    ("staff_service", "after_minutes", "INTEGER"),
    ("staff_service", "price", "INTEGER"),
    ("booked_service", "before_minutes", WHOLE),
    ("booked_service", "after_minutes", WHOLE),
    ("booked_service", "is_asked_for", WHOLE),
    ("visit", "group_id", 'INTEGER REFERENCES "visit_group" ("id") ON DELETE RESTRICT'),
    ("visit", "series_id", 'INTEGER REFERENCES "series" ("id") ON DELETE RESTRICT'),
    ("visit", "is_exception", WHOLE),
)
USELESS = ("shift_staff_id", "bookedservice_staff_id", "visit_client_id")
"""Indices of one column with which others begin: over years they lead the engine to read too much, and cost a page."""
MOSTLY_EMPTY = (
    ("visit_group_id", "visit", ("group_id",)),
    ("visit_series_id", "visit", ("series_id",)),
    ("occupancy_room_id_starts_at_ends_at", "occupancy", ("room_id", "starts_at", "ends_at")),
    ("occupancy_block_id", "occupancy", ("block_id",)),
    ("occupancy_hold_id", "occupancy", ("hold_id",)),
    ("visitstep_done_by_id", "visit_step", ("done_by_id",)),
    ("journalentry_undoes", "journal_entry", ("undoes",)),
)
"""Indices of the rows that have something in their first column: the others would cost each booking a page."""
KEPT = "id, staff_id, starts_at, ends_at, booked_service_id, block_id, is_override"


def up(migrator: Any, db: Any) -> None:
    """Add the tables and columns, and let a room be taken as a master is."""
    with db.bind_ctx((*NEW, *STANDING, Occupancy)):
        db.create_tables(NEW)
        for table, column, kind in COLUMNS:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')
        for index in USELESS:
            db.execute_sql(f'DROP INDEX "{index}"')
        db.execute_sql('CREATE INDEX "shift_staff_id_day_starts_at" ON "shift" ("staff_id", "day", "starts_at")')
        _remake_occupancy(db)
        for index, table, columns in MOSTLY_EMPTY:
            named = ", ".join(f'"{column}"' for column in columns)
            db.execute_sql(f'DROP INDEX IF EXISTS "{index}"')
            db.execute_sql(f'CREATE INDEX "{index}" ON "{table}" ({named}) WHERE ("{columns[0]}" IS NOT NULL)')


def _remake_occupancy(db: Any) -> None:
    """Copy the rows into a table of the new shape; a number that was given once stays given."""
    for index in db.get_indexes("occupancy"):
        db.execute_sql(f'DROP INDEX "{index.name}"')
    db.execute_sql("ALTER TABLE occupancy RENAME TO occupancy_before")
    db.create_tables((Occupancy,))
    db.execute_sql(f"INSERT INTO occupancy ({KEPT}) SELECT {KEPT} FROM occupancy_before")
    db.execute_sql(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'occupancy', seq FROM sqlite_sequence AS was "
        "WHERE was.name = 'occupancy_before' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'occupancy')"
    )
    db.execute_sql(
        "UPDATE sqlite_sequence SET seq = (SELECT was.seq FROM sqlite_sequence AS was "
        "WHERE was.name = 'occupancy_before') WHERE name = 'occupancy'"
    )
    db.execute_sql("DROP TABLE occupancy_before")
