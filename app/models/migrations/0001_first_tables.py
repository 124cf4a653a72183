"""The first tables: the whole slice from the catalogue to the journal, and the guards of the occupancy."""

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


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
        legacy_table_names = False
        table_name = "salon_profile"
        constraints = [SQL("CHECK (id = 1)"), SQL("CHECK (closes_minute > opens_minute)")]


class ChecklistTemplate(Model):
    name = TextField()
    archived_at = CharField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "checklist_template"


class TemplateStep(Model):
    template = ForeignKeyField(ChecklistTemplate, on_delete="RESTRICT")
    stage = CharField()
    position = IntegerField()
    text = TextField()
    is_required = BooleanField(default=False)

    class Meta:
        legacy_table_names = False
        table_name = "template_step"


class StaffMember(Model):
    name = TextField()
    title = TextField(default="")
    is_master = BooleanField(default=True)
    is_administrator = BooleanField(default=False)
    is_owner = BooleanField(default=False)
    position = IntegerField(default=0)
    archived_at = CharField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "staff_member"


class ServiceCategory(Model):
    name = TextField()
    colour = IntegerField(default=0)
    position = IntegerField(default=0)

    class Meta:
        legacy_table_names = False
        table_name = "service_category"


class Service(Model):
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
    archived_at = CharField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "service"
        constraints = [
            SQL("CHECK (working_minutes > 0 AND gap_minutes >= 0 AND finishing_minutes >= 0)"),
            SQL("CHECK (price IS NULL OR price >= 0)"),
        ]


class StaffService(Model):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False
        table_name = "staff_service"
        indexes = ((("staff", "service"), True),)


class Shift(Model):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    day = CharField()
    starts_at = CharField()
    ends_at = CharField()

    class Meta:
        legacy_table_names = False
        table_name = "shift"
        indexes = ((("staff", "starts_at"), True), (("day",), False))
        constraints = [SQL("CHECK (ends_at > starts_at)")]


class Block(Model):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    day = CharField(index=True)
    starts_at = CharField()
    ends_at = CharField()
    kind = CharField()
    reason = TextField(default="")

    class Meta:
        legacy_table_names = False
        table_name = "block"
        constraints = [SQL("CHECK (ends_at > starts_at)")]


class Client(Model):
    name = TextField()
    wishes = TextField(default="")
    notes = TextField(default="")
    birthday = CharField(null=True)
    search = TextField(default="")
    created_at = CharField()
    archived_at = CharField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "client"
        indexes = ((("name",), False),)


class ContactPoint(Model):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    kind = CharField()
    typed = TextField()
    value = CharField()
    whose = TextField(default="")
    is_preferred = BooleanField(default=False)

    class Meta:
        legacy_table_names = False
        table_name = "contact_point"
        indexes = ((("value",), False),)


class Alert(Model):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    kind = CharField()
    text = TextField()
    created_at = CharField()
    archived_at = CharField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "alert"


class Visit(Model):
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    day = CharField(index=True)
    status = CharField()
    hour_known = BooleanField(default=True)
    cancel_reason = CharField(null=True)
    comment = TextField(default="")
    open_steps_reason = TextField(default="")
    overbooked_reason = TextField(default="")
    created_at = CharField()

    class Meta:
        legacy_table_names = False
        table_name = "visit"
        indexes = ((("client", "day"), False),)


class BookedService(Model):
    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    position = IntegerField(default=0)
    starts_at = CharField()
    ends_at = CharField()
    working_minutes = IntegerField()
    gap_minutes = IntegerField(default=0)
    finishing_minutes = IntegerField(default=0)
    price = IntegerField(null=True)
    takes_time = BooleanField(default=True)

    class Meta:
        legacy_table_names = False
        table_name = "booked_service"
        indexes = ((("staff", "starts_at"), False), (("starts_at",), False))
        constraints = [
            SQL("CHECK (ends_at > starts_at)"),
            SQL("CHECK (working_minutes > 0 AND gap_minutes >= 0 AND finishing_minutes >= 0)"),
        ]


class Occupancy(Model):
    staff = ForeignKeyField(StaffMember, on_delete="RESTRICT", index=False)
    starts_at = CharField()
    ends_at = CharField()
    booked_service = ForeignKeyField(BookedService, null=True, on_delete="RESTRICT")
    block = ForeignKeyField(Block, null=True, on_delete="RESTRICT")
    is_override = BooleanField(default=False)

    class Meta:
        legacy_table_names = False
        table_name = "occupancy"
        indexes = ((("staff", "starts_at", "ends_at"), False),)
        constraints = [
            SQL("CHECK (ends_at > starts_at)"),
            SQL("CHECK (substr(starts_at, 1, 10) = substr(ends_at, 1, 10))"),
            SQL("CHECK ((booked_service_id IS NULL) <> (block_id IS NULL))"),
        ]


class VisitStep(Model):
    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    booked_service = ForeignKeyField(BookedService, on_delete="RESTRICT")
    stage = CharField()
    position = IntegerField()
    text = TextField()
    is_required = BooleanField(default=False)
    done_at = CharField(null=True)
    done_by = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False
        table_name = "visit_step"


class Reminder(Model):
    visit = ForeignKeyField(Visit, on_delete="RESTRICT", index=False)
    kind = CharField()
    channel = CharField()
    due_at = CharField()
    status = CharField()
    sent_through = CharField(null=True)
    opened_at = CharField(null=True)
    closed_at = CharField(null=True)
    skip_reason = CharField(null=True)
    note = TextField(default="")

    class Meta:
        legacy_table_names = False
        table_name = "reminder"
        indexes = ((("visit", "kind", "channel", "due_at"), True), (("status", "due_at"), False))


class Payment(Model):
    day = CharField(index=True)
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT")
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")
    kind = CharField()
    description = TextField()
    quantity = IntegerField(default=1)
    amount = IntegerField()
    tax = IntegerField(default=0)
    receipt = CharField(default="")

    class Meta:
        legacy_table_names = False
        table_name = "payment"


class JournalEntry(Model):
    at = CharField()
    actor = TextField()
    action = CharField()
    visit = IntegerField(null=True, index=True)
    client = IntegerField(null=True, index=True)
    note = TextField(default="")
    changes = TextField()
    undoes = IntegerField(null=True, index=True)

    class Meta:
        legacy_table_names = False
        table_name = "journal_entry"


class ImportRun(Model):
    profile = CharField()
    source = TextField()
    at = CharField()
    taken_back_at = CharField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "import_run"


class ImportedRecord(Model):
    run = ForeignKeyField(ImportRun, on_delete="RESTRICT")
    source_key = CharField(unique=True)
    record_table = CharField()
    record = IntegerField()

    class Meta:
        legacy_table_names = False
        table_name = "imported_record"


TABLES = (SalonProfile, ChecklistTemplate, TemplateStep, StaffMember, ServiceCategory, Service, StaffService, Shift, Block, Client, ContactPoint, Alert, Visit, BookedService, Occupancy, VisitStep, Reminder, Payment, JournalEntry, ImportRun, ImportedRecord)


def up(migrator, db):
    """Create every table. The overlap guards are made after each run of the steps (see ``connection``)."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Remove every table."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
