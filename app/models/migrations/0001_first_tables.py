"""The first tables: the whole slice from the catalogue to the journal, and the guards of the occupancy."""

from typing import Any

from peewee import SQL, AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, NodeList, TextField


class NewNumber(AutoField):
    """A number that no row of the table ever had, not even one that was removed: the journal names rows by it."""

    def ddl(self, ctx: Any) -> Any:
        # PostgreSQL's sequences never give a number twice; SQLite has to be told.
        column: Any = super().ddl(ctx)  # pyright: ignore[reportUnknownMemberType]
        return NodeList((column, SQL("AUTOINCREMENT"))) if ctx.state.param == "?" else column


class Row(Model):
    id = NewNumber()


class SalonProfile(Model):
    name = TextField()
    zone = CharField()
    currency = CharField()
    country = CharField()
    step_minutes = IntegerField()
    opens_minute = IntegerField()
    closes_minute = IntegerField()
    reminder_minute = IntegerField()
    is_sample = BooleanField(default=False)

    class Meta:
        table_name = "salon_profile"
        constraints = [SQL("CHECK (id = 1)"), SQL("CHECK (closes_minute > opens_minute)")]


class ChecklistTemplate(Row):
    name = TextField()
    archived_at = TextField(null=True)

    class Meta:
        table_name = "checklist_template"


class TemplateStep(Row):
    template = ForeignKeyField(ChecklistTemplate, on_delete="RESTRICT")
    stage = TextField()
    position = IntegerField()
    text = TextField()
    is_required = BooleanField(default=False)

    class Meta:
        table_name = "template_step"


class StaffMember(Row):
    name = TextField()
    title = TextField(default="")
    is_master = BooleanField(default=True)
    is_administrator = BooleanField(default=False)
    is_owner = BooleanField(default=False)
    position = IntegerField(default=0)
    archived_at = TextField(null=True)

    class Meta:
        table_name = "staff_member"


class ServiceCategory(Row):
    name = TextField()
    colour = IntegerField(default=0)
    position = IntegerField(default=0)

    class Meta:
        table_name = "service_category"


class Service(Row):
    category = ForeignKeyField(ServiceCategory, on_delete="RESTRICT")
    name = TextField()
    code = CharField(default="")
    working_minutes = IntegerField()
    gap_minutes = IntegerField(default=0)
    finishing_minutes = IntegerField(default=0)
    price = IntegerField(null=True)
    interval_days = IntegerField(null=True)
    template = ForeignKeyField(ChecklistTemplate, null=True, on_delete="RESTRICT")
    position = IntegerField(default=0)
    archived_at = TextField(null=True)

    class Meta:
        table_name = "service"
        constraints = [
            SQL("CHECK (working_minutes > 0 AND gap_minutes >= 0 AND finishing_minutes >= 0)"),
            SQL("CHECK (price IS NULL OR price >= 0)"),
        ]


class StaffService(Row):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")

    class Meta:
        table_name = "staff_service"
        indexes = ((("staff", "service"), True),)


class Shift(Row):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    day = TextField()
    starts_at = TextField()
    ends_at = TextField()

    class Meta:
        table_name = "shift"
        indexes = ((("staff", "starts_at"), True), (("day",), False))
        constraints = [SQL("CHECK (ends_at > starts_at)")]


class Block(Row):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    day = TextField(index=True)
    starts_at = TextField()
    ends_at = TextField()
    kind = TextField()
    reason = TextField(default="")

    class Meta:
        table_name = "block"
        constraints = [SQL("CHECK (ends_at > starts_at)")]


class Client(Row):
    name = TextField()
    wishes = TextField(default="")
    notes = TextField(default="")
    birthday = TextField(null=True)
    search = TextField(default="")
    created_at = TextField()
    archived_at = TextField(null=True)

    class Meta:
        table_name = "client"
        indexes = ((("name",), False),)


class ContactPoint(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    kind = TextField()
    typed = TextField()
    value = CharField()
    whose = TextField(default="")
    is_preferred = BooleanField(default=False)

    class Meta:
        table_name = "contact_point"
        indexes = ((("value",), False),)


class Alert(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    kind = TextField()
    text = TextField()
    created_at = TextField()
    archived_at = TextField(null=True)

    class Meta:
        table_name = "alert"


class Visit(Row):
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    day = TextField(index=True)
    status = TextField()
    hour_known = BooleanField(default=True)
    cancel_reason = TextField(null=True)
    comment = TextField(default="")
    open_steps_reason = TextField(default="")
    overbooked_reason = TextField(default="")
    created_at = TextField()

    class Meta:
        table_name = "visit"
        indexes = ((("client", "day", "status"), False),)


class BookedService(Row):
    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    position = IntegerField(default=0)
    starts_at = TextField()
    ends_at = TextField()
    working_minutes = IntegerField()
    gap_minutes = IntegerField(default=0)
    finishing_minutes = IntegerField(default=0)
    price = IntegerField(null=True)
    takes_time = BooleanField(default=True)

    class Meta:
        table_name = "booked_service"
        indexes = ((("staff", "starts_at"), False), (("starts_at",), False))
        constraints = [
            SQL("CHECK (ends_at > starts_at)"),
            SQL("CHECK (working_minutes > 0 AND gap_minutes >= 0 AND finishing_minutes >= 0)"),
        ]


class Occupancy(Row):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT", index=False)
    starts_at = TextField()
    ends_at = TextField()
    booked_service = ForeignKeyField(BookedService, null=True, on_delete="RESTRICT")
    block = ForeignKeyField(Block, null=True, on_delete="RESTRICT")
    is_override = BooleanField(default=False)

    class Meta:
        table_name = "occupancy"
        indexes = ((("staff", "starts_at", "ends_at"), False),)
        constraints = [
            SQL("CHECK (ends_at > starts_at)"),
            SQL("CHECK (substr(starts_at, 1, 10) = substr(ends_at, 1, 10))"),
            SQL("CHECK ((booked_service_id IS NULL) <> (block_id IS NULL))"),
        ]


class VisitStep(Row):
    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    booked_service = ForeignKeyField(BookedService, on_delete="RESTRICT")
    stage = TextField()
    position = IntegerField()
    text = TextField()
    is_required = BooleanField(default=False)
    done_at = TextField(null=True)
    done_by = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")

    class Meta:
        table_name = "visit_step"


class Reminder(Row):
    visit = ForeignKeyField(Visit, on_delete="RESTRICT", index=False)
    kind = TextField()
    channel = TextField()
    due_at = TextField()
    status = TextField()
    sent_through = TextField(null=True)
    opened_at = TextField(null=True)
    closed_at = TextField(null=True)
    skip_reason = TextField(null=True)
    note = TextField(default="")

    class Meta:
        table_name = "reminder"
        indexes = ((("visit", "kind", "channel", "due_at"), True), (("status", "due_at"), False))


class Payment(Row):
    day = TextField(index=True)
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT")
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")
    kind = TextField()
    description = TextField()
    quantity = IntegerField(default=1)
    amount = IntegerField()
    tax = IntegerField(default=0)
    receipt = CharField(default="")

    class Meta:
        table_name = "payment"
        indexes = ((("client", "amount"), False),)


class JournalEntry(Row):
    at = TextField()
    actor = TextField()
    action = TextField()
    visit = IntegerField(null=True, index=True)
    client = IntegerField(null=True, index=True)
    note = TextField(default="")
    changes = TextField()
    undoes = IntegerField(null=True, index=True)

    class Meta:
        table_name = "journal_entry"


class ImportRun(Row):
    profile = CharField()
    source = TextField()
    at = TextField()
    taken_back_at = TextField(null=True)

    class Meta:
        table_name = "import_run"


class ImportedRecord(Row):
    run = ForeignKeyField(ImportRun, on_delete="RESTRICT")
    source_key = CharField(unique=True)
    record_table = CharField()
    record = IntegerField()

    class Meta:
        table_name = "imported_record"


TABLES = (
    SalonProfile,
    ChecklistTemplate,
    TemplateStep,
    StaffMember,
    ServiceCategory,
    Service,
    StaffService,
    Shift,
    Block,
    Client,
    ContactPoint,
    Alert,
    Visit,
    BookedService,
    Occupancy,
    VisitStep,
    Reminder,
    Payment,
    JournalEntry,
    ImportRun,
    ImportedRecord,
)


def up(migrator: Any, db: Any) -> None:
    """Create every table. The overlap guards are made after each run of the steps (see ``upgrade``)."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
