"""What is remembered about a client besides their visits: alerts seen, notes, promises, complaints, bonuses."""

from peewee import ForeignKeyField

from app.models.catalogue import StaffMember
from app.models.clients import Alert, Client
from app.models.fields import Day, Instant, MinorUnits, WallClock, WordField, Words
from app.models.table import Table, index_filled
from app.models.visits import Visit
from app.vocabulary import AlertMoment, NoteKind


class AlertAcknowledgement(Table):
    """Who has seen an alert, when, and whether at booking or at arrival."""

    alert = ForeignKeyField(Alert, on_delete="RESTRICT", index=False)
    visit = ForeignKeyField(Visit, on_delete="RESTRICT")
    moment = WordField(AlertMoment)
    at = Instant()
    actor = Words()

    class Meta:
        table_name = "alert_acknowledgement"
        indexes = ((("alert", "visit", "moment"), True),)


class ClientNote(Table):
    """A line that somebody wrote on the timeline of a card."""

    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    kind = WordField(NoteKind)
    text = Words()
    at = Instant()
    actor = Words()

    class Meta:
        table_name = "client_note"


class Task(Table):
    """A promise with a responsible person and a time: "the master calls back tomorrow at 15:00"."""

    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)
    """Who is responsible; NULL: whoever is at the front desk."""
    text = Words()
    due_at = WallClock()
    created_at = Instant()
    created_by = Words()
    done_at = Instant(null=True)
    done_by = Words(default="")

    class Meta:
        table_name = "task"
        indexes = ((("done_at", "due_at"), False),)


class Complaint(Table):
    """What a client was not content with, until when the salon answers, and what it answered."""

    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)
    """About whose work it is; NULL: about the salon."""
    text = Words()
    received_at = Instant()
    received_by = Words()
    answer_by = Day()
    answered_at = Instant(null=True)
    answered_by = Words(default="")
    answer = Words(default="")

    class Meta:
        table_name = "complaint"


class BonusEntry(Table):
    """Bonuses given or spent, in minor units of the currency; the sum of all is what a client has."""

    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    amount = MinorUnits()
    reason = Words(default="")
    at = Instant()
    actor = Words()

    class Meta:
        table_name = "bonus_entry"


index_filled(ClientNote, "visit")
index_filled(Task, "client")
index_filled(Task, "visit")
index_filled(Task, "staff")
index_filled(Complaint, "visit")
index_filled(Complaint, "staff")
index_filled(BonusEntry, "visit")
