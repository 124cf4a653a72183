"""Messages that are due, as rows."""

from peewee import ForeignKeyField

from app.models.fields import Instant, WallClock, WordField, Words
from app.models.table import Table
from app.models.visits import Visit
from app.vocabulary import Channel, ReminderKind, ReminderStatus, SkipReason


class Reminder(Table):
    """One message that is due to one client, unique by visit, kind, channel and due time (wall time)."""

    visit = ForeignKeyField(Visit, on_delete="RESTRICT", index=False)
    kind = WordField(ReminderKind)
    channel = WordField(Channel)
    due_at = WallClock()
    status = WordField(ReminderStatus)
    sent_through = WordField(Channel, null=True)
    opened_at = Instant(null=True)
    closed_at = Instant(null=True)
    skip_reason = WordField(SkipReason, null=True)
    note = Words(default="")

    class Meta:
        table_name = "reminder"
        indexes = ((("visit", "kind", "channel", "due_at"), True), (("status", "due_at"), False))
