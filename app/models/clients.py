"""The people who come."""

from peewee import BooleanField, CharField, ForeignKeyField, TextField

from app.models.fields import Day, Instant, WordField, Words
from app.models.table import Table
from app.vocabulary import AlertKind, ContactKind


class Client(Table):
    """A person. Phones and messengers are contact points, because families share them."""

    name = Words()
    wishes = Words(default="")
    """What they like: coffee without sugar, silence, the chair by the window."""
    notes = Words(default="")
    birthday = Day(null=True)
    search = TextField(default="")
    """Normalised name and phone digits, kept by ``salon.clients.register``."""
    created_at = Instant()
    archived_at = Instant(null=True)

    class Meta:
        table_name = "client"
        indexes = ((("name",), False),)


class ContactPoint(Table):
    """A way to reach a client, as typed and, for phones, in E.164."""

    client = ForeignKeyField(Client, on_delete="RESTRICT")
    kind = WordField(ContactKind)
    typed = Words()
    value = CharField()
    whose = Words(default="")
    """Whose phone it is when not the client's own: "mother"."""
    is_preferred = BooleanField(default=False)

    class Meta:
        table_name = "contact_point"
        indexes = ((("value",), False),)


class Alert(Table):
    """What everyone must know before touching the client."""

    client = ForeignKeyField(Client, on_delete="RESTRICT")
    kind = WordField(AlertKind)
    text = Words()
    created_at = Instant()
    archived_at = Instant(null=True)

    class Meta:
        table_name = "alert"
