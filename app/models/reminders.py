"""Messages that are due, as rows."""

from peewee import SQL, ForeignKeyField

from app.models.clients import Client
from app.models.fields import Instant, WallClock, WordField, Words
from app.models.table import Table, index_filled
from app.models.visits import Visit
from app.vocabulary import Channel, ReminderKind, ReminderStatus, SkipReason


class Reminder(Table):
    """One message that is due to one client, unique by visit, kind, channel and due time (wall time).

    It belongs to a visit, or to a client directly (an invitation to come back), never to both.
    """

    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    kind = WordField(ReminderKind)
    channel = WordField(Channel)
    due_at = WallClock()
    status = WordField(ReminderStatus)
    sent_through = WordField(Channel, null=True)
    opened_at = Instant(null=True)
    closed_at = Instant(null=True)
    skip_reason = WordField(SkipReason, null=True)
    note = Words(default="")
    text = Words(default="")
    """The words of an invitation; empty: the words of its kind."""

    class Meta:
        table_name = "reminder"
        indexes = ((("visit", "kind", "channel", "due_at"), True), (("status", "due_at"), False))
        constraints = [SQL("CHECK ((visit_id IS NULL) <> (client_id IS NULL))")]


index_filled(Reminder, "client", "kind", "due_at", unique=True)
