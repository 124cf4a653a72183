"""What the client card knows: kinds and categories, families, questions, consents, photos, formulas, segments.

Columns come with plain ALTER TABLE, which keeps triggers and rows. Only ``reminder`` is made anew: it may belong to a
client without a visit now, and NOT NULL cannot be taken off in place.
"""

import re
from typing import Any

from peewee import SQL, AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, NodeList, TextField


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


class Alert(Row):
    class Meta:
        table_name = "alert"


class Visit(Row):
    class Meta:
        table_name = "visit"


class BookedService(Row):
    class Meta:
        table_name = "booked_service"


# ---- new tables --------------------------------------------------------------------------------------------------


class ClientCategory(Row):
    name = TextField()
    colour = IntegerField(default=0)
    position = IntegerField(default=0)
    archived_at = TextField(null=True)

    class Meta:
        table_name = "client_category"


class ClientInCategory(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    category = ForeignKeyField(ClientCategory, on_delete="RESTRICT")

    class Meta:
        table_name = "client_in_category"
        indexes = ((("client", "category"), True),)


class ClientRelation(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    relative = ForeignKeyField(Client, on_delete="RESTRICT", backref="relative_of")
    kind = TextField()
    may_book = BooleanField(default=False)

    class Meta:
        table_name = "client_relation"
        indexes = ((("client", "relative"), True),)
        constraints = [SQL("CHECK (client_id <> relative_id)")]


class Requisites(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT", unique=True)
    legal_name = TextField(default="")
    tax_number = CharField(default="")
    tax_reason_code = CharField(default="")
    register_number = CharField(default="")
    bank_name = TextField(default="")
    bank_code = CharField(default="")
    account = CharField(default="")
    correspondent_account = CharField(default="")
    address = TextField(default="")
    contact_person = TextField(default="")

    class Meta:
        table_name = "requisites"


class NotDuplicate(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    other = ForeignKeyField(Client, on_delete="RESTRICT", backref="not_duplicate_of")
    created_at = TextField()

    class Meta:
        table_name = "not_duplicate"
        indexes = ((("client", "other"), True),)
        constraints = [SQL("CHECK (client_id < other_id)")]


class AlertAcknowledgement(Row):
    alert = ForeignKeyField(Alert, on_delete="RESTRICT", index=False)
    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    moment = TextField()
    at = TextField()
    actor = TextField()

    class Meta:
        table_name = "alert_acknowledgement"
        indexes = ((("alert", "visit", "moment"), True),)


class ClientNote(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    kind = TextField()
    text = TextField()
    at = TextField()
    actor = TextField()

    class Meta:
        table_name = "client_note"


class Task(Row):
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)
    text = TextField()
    due_at = TextField()
    created_at = TextField()
    created_by = TextField()
    done_at = TextField(null=True)
    done_by = TextField(default="")

    class Meta:
        table_name = "task"
        indexes = ((("done_at", "due_at"), False),)


class Complaint(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)
    text = TextField()
    received_at = TextField()
    received_by = TextField()
    answer_by = TextField()
    answered_at = TextField(null=True)
    answered_by = TextField(default="")
    answer = TextField(default="")

    class Meta:
        table_name = "complaint"


class BonusEntry(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    amount = IntegerField()
    reason = TextField(default="")
    at = TextField()
    actor = TextField()

    class Meta:
        table_name = "bonus_entry"


class Question(Row):
    text = TextField()
    answer_kind = TextField()
    ask_when = TextField()
    code = CharField(default="")
    position = IntegerField(default=0)
    archived_at = TextField(null=True)

    class Meta:
        table_name = "question"


class QuestionChoice(Row):
    question = ForeignKeyField(Question, on_delete="RESTRICT")
    text = TextField()
    position = IntegerField(default=0)
    archived_at = TextField(null=True)

    class Meta:
        table_name = "question_choice"


class QuestionService(Row):
    question = ForeignKeyField(Question, on_delete="RESTRICT", index=False)
    service = ForeignKeyField(Service, on_delete="RESTRICT")

    class Meta:
        table_name = "question_service"
        indexes = ((("question", "service"), True),)


class Answer(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    question = ForeignKeyField(Question, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    text = TextField(default="")
    choice = ForeignKeyField(QuestionChoice, null=True, on_delete="RESTRICT", index=False)
    is_declined = BooleanField(default=False)
    at = TextField()
    actor = TextField()

    class Meta:
        table_name = "answer"
        indexes = ((("client", "question", "at"), False),)


class ConsentText(Row):
    kind = TextField()
    version = IntegerField()
    text = TextField()
    created_at = TextField()

    class Meta:
        table_name = "consent_text"
        indexes = ((("kind", "version"), True),)


class Consent(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    kind = TextField()
    is_given = BooleanField()
    day = TextField()
    way = TextField()
    text_version = ForeignKeyField(ConsentText, null=True, on_delete="RESTRICT", index=False)
    note = TextField(default="")
    at = TextField()
    actor = TextField()

    class Meta:
        table_name = "consent"
        indexes = ((("client", "kind", "at"), False),)


class ClientFile(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    kind = TextField()
    moment = TextField(null=True)
    shown_name = TextField()
    stored_name = CharField(unique=True)
    size = IntegerField()
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    digest = CharField()
    added_at = TextField()
    added_by = TextField()
    archived_at = TextField(null=True)

    class Meta:
        table_name = "client_file"


class Formula(Row):
    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    booked_service = ForeignKeyField(BookedService, null=True, on_delete="RESTRICT", index=False)
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)
    title = TextField(default="")
    text = TextField(default="")
    at = TextField()
    actor = TextField()
    archived_at = TextField(null=True)

    class Meta:
        table_name = "formula"


class FormulaPart(Row):
    formula = ForeignKeyField(Formula, on_delete="RESTRICT")
    material = TextField()
    amount_thousandths = IntegerField()
    unit = TextField()
    position = IntegerField(default=0)

    class Meta:
        table_name = "formula_part"
        constraints = [SQL("CHECK (amount_thousandths > 0)")]


class Segment(Row):
    name = TextField()
    conditions = TextField()
    position = IntegerField(default=0)
    created_at = TextField()
    archived_at = TextField(null=True)

    class Meta:
        table_name = "segment"


class Reminder(Row):
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    kind = TextField()
    channel = TextField()
    due_at = TextField()
    status = TextField()
    sent_through = TextField(null=True)
    opened_at = TextField(null=True)
    closed_at = TextField(null=True)
    skip_reason = TextField(null=True)
    note = TextField(default="")
    text = TextField(default="")

    class Meta:
        table_name = "reminder"
        indexes = ((("visit", "kind", "channel", "due_at"), True), (("status", "due_at"), False))
        constraints = [SQL("CHECK ((visit_id IS NULL) <> (client_id IS NULL))")]


class ClientRhythm(Model):
    client_id = IntegerField(primary_key=True)
    last_day = TextField(null=True, index=True)
    ahead_day = TextField(null=True)
    visits = IntegerField(default=0)
    interval_days = IntegerField(null=True)
    spent = IntegerField(default=0)

    class Meta:
        table_name = "client_rhythm"


NEW = (
    ClientCategory,
    ClientInCategory,
    ClientRelation,
    Requisites,
    NotDuplicate,
    AlertAcknowledgement,
    ClientNote,
    Task,
    Complaint,
    BonusEntry,
    Question,
    QuestionChoice,
    QuestionService,
    Answer,
    ConsentText,
    Consent,
    ClientFile,
    Formula,
    FormulaPart,
    Segment,
    ClientRhythm,
)
STANDING = (StaffMember, Service, Client, Alert, Visit, BookedService)

WHOLE = "INTEGER NOT NULL DEFAULT 0"
COLUMNS = (
    ("client", "kind", "TEXT NOT NULL DEFAULT 'person'"),
    ("client", "is_vip", WHOLE),
    ("client", "do_not_book_reason", "TEXT NOT NULL DEFAULT ''"),
    ("client", "preferred_channel", "TEXT"),
    ("client", "call_from_minute", "INTEGER"),
    ("client", "call_to_minute", "INTEGER"),
    ("client", "merged_into_id", 'INTEGER REFERENCES "client" ("id") ON DELETE RESTRICT'),
    ("client", "forget_asked_at", "TEXT"),
    ("client", "forgotten_at", "TEXT"),
    ("salon_profile", "masters_see_phones", "INTEGER NOT NULL DEFAULT 1"),
    ("salon_profile", "masters_see_money", "INTEGER NOT NULL DEFAULT 1"),
)
MOSTLY_EMPTY = (
    ("client_merged_into_id", "client", ("merged_into_id",)),
    ("client_forget_asked_at", "client", ("forget_asked_at",)),
    ("clientnote_visit_id", "client_note", ("visit_id",)),
    ("task_client_id", "task", ("client_id",)),
    ("task_visit_id", "task", ("visit_id",)),
    ("task_staff_id", "task", ("staff_id",)),
    ("complaint_visit_id", "complaint", ("visit_id",)),
    ("complaint_staff_id", "complaint", ("staff_id",)),
    ("bonusentry_visit_id", "bonus_entry", ("visit_id",)),
    ("answer_visit_id", "answer", ("visit_id",)),
    ("answer_choice_id", "answer", ("choice_id",)),
    ("consent_text_version_id", "consent", ("text_version_id",)),
    ("clientfile_visit_id", "client_file", ("visit_id",)),
    ("formula_visit_id", "formula", ("visit_id",)),
    ("formula_booked_service_id", "formula", ("booked_service_id",)),
    ("formula_staff_id", "formula", ("staff_id",)),
)
"""Indices of the rows that have something in their first column: the others would cost each writing a page."""
KEPT = "id, visit_id, kind, channel, due_at, status, sent_through, opened_at, closed_at, skip_reason, note"


def up(migrator: Any, db: Any) -> None:
    """Add the tables and columns, and let a reminder go to a client without a visit."""
    with db.bind_ctx((*NEW, *STANDING, Reminder)):
        db.create_tables(NEW)
        for table, column, kind in COLUMNS:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')
        _remake_reminder(db)
        for index, table, columns in MOSTLY_EMPTY:
            named = ", ".join(f'"{column}"' for column in columns)
            db.execute_sql(f'CREATE INDEX "{index}" ON "{table}" ({named}) WHERE ("{columns[0]}" IS NOT NULL)')
        db.execute_sql(
            'CREATE UNIQUE INDEX "reminder_client_id_kind_due_at" ON "reminder" ("client_id", "kind", "due_at")'
            ' WHERE ("client_id" IS NOT NULL)'
        )
        _make_search(db)
        _fill_rhythm(db)


SOUNDS = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdezijklmnoprstufhye", strict=True))
    | {"ж": "zh", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "u", "я": "a"}
)
ALIKE = (
    (r"shch|sch|sh'?", "sh"), (r"ts|tz", "c"), (r"kh", "h"), (r"i*(?:iya|ia|ya|ja)", "a"), (r"yu|ju|iu", "u"),
    (r"yo|jo|ye|je|io", "e"), (r"[yj]", "i"), (r"x", "ks"), (r"w", "v"), (r"'", ""), (r"([a-z])\1", r"\1"),
)  # fmt: skip


def _searched(name: str, phones: str) -> str:
    """What the search looks through from this step on: the words of the name, the numbers, how it sounds."""
    names: list[str] = []
    for word in name.casefold().replace("ё", "е").split():
        names += [word, *(one for one in re.split(r"[\W_]+", word) if one and not word.startswith(one))]
    sounds: list[str] = []
    for word in names:
        heard = word.translate(SOUNDS)
        for alike, meant in ALIKE:
            heard = re.sub(alike, meant, heard)
        if heard.isalpha():
            sounds.append(("~" if re.search("[а-я]", word) else "^") + heard)
    numbers = [re.sub(r"^7(?=\d{10}$)", "", re.sub(r"\D", "", phone)) for phone in phones.split()]
    return "".join(f"  {word}" for word in dict.fromkeys((*names, *filter(None, numbers), *sounds)))


def _make_search(db: Any) -> None:
    """The index of three letters each over what the search looks through, and what the search looks through."""
    rows = db.execute_sql(
        "SELECT c.id, c.name, (SELECT COALESCE(group_concat(p.value, ' '), '') FROM contact_point p"
        " WHERE p.client_id = c.id AND p.kind = 'phone') FROM client c"
    ).fetchall()
    for client_id, name, phones in rows:
        db.execute_sql("UPDATE client SET search = ? WHERE id = ?", (_searched(name, phones), client_id))
    db.execute_sql(
        "CREATE VIRTUAL TABLE client_search USING fts5"
        " (search, content = 'client', content_rowid = 'id', tokenize = 'trigram case_sensitive 1')"
    )
    db.execute_sql("INSERT INTO client_search (client_search) VALUES ('rebuild')")


COMPLETED = "FROM visit WHERE client_id = c.id AND status = 'completed'"
FILL = f"""
INSERT INTO client_rhythm (client_id, last_day, ahead_day, visits, interval_days, spent)
SELECT c.id, (SELECT MAX(day) {COMPLETED}),
    (SELECT MAX(day) FROM visit WHERE client_id = c.id
     AND status IN ('booked', 'confirmed', 'arrived', 'in_service')),
    (SELECT COUNT(DISTINCT day) {COMPLETED}),
    (SELECT CAST(middle AS INTEGER) + (middle > CAST(middle AS INTEGER) AND CAST(middle AS INTEGER) % 2 = 1)
     FROM (SELECT AVG(gap) AS middle FROM (
        SELECT gap, ROW_NUMBER() OVER (ORDER BY gap) AS place, COUNT(*) OVER () AS many FROM (
            SELECT julianday(day) - julianday(LAG(day) OVER (ORDER BY day)) AS gap
            FROM (SELECT DISTINCT day {COMPLETED})
        ) WHERE gap IS NOT NULL
     ) WHERE place IN ((many + 1) / 2, (many + 2) / 2))),
    (SELECT COALESCE(SUM(amount), 0) FROM payment WHERE client_id = c.id)
FROM client c WHERE c.archived_at IS NULL
"""


def _fill_rhythm(db: Any) -> None:
    db.execute_sql(FILL)


def _remake_reminder(db: Any) -> None:
    """Copy the rows into a table of the new shape; a number that was given once stays given."""
    for index in db.get_indexes("reminder"):
        db.execute_sql(f'DROP INDEX "{index.name}"')
    db.execute_sql("ALTER TABLE reminder RENAME TO reminder_before")
    db.create_tables((Reminder,))
    db.execute_sql(f"INSERT INTO reminder ({KEPT}, text) SELECT {KEPT}, '' FROM reminder_before")
    db.execute_sql(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'reminder', seq FROM sqlite_sequence AS was "
        "WHERE was.name = 'reminder_before' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'reminder')"
    )
    db.execute_sql(
        "UPDATE sqlite_sequence SET seq = (SELECT was.seq FROM sqlite_sequence AS was "
        "WHERE was.name = 'reminder_before') WHERE name = 'reminder'"
    )
    db.execute_sql("DROP TABLE reminder_before")
