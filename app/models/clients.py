"""The people who come."""

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from app.models.fields import Day, Instant, WordField, Words
from app.models.table import Table, index_filled
from app.vocabulary import AlertKind, Channel, ClientKind, ContactKind, RelationKind


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
    kind = WordField(ClientKind, default=ClientKind.PERSON)
    is_vip = BooleanField(default=False)
    do_not_book_reason = Words(default="")
    """Why the salon does not want to book this client again; empty: it does."""
    preferred_channel = WordField(Channel, null=True)
    """How the client wants to be written to; NULL: they did not say."""
    call_from_minute = IntegerField(null=True)
    """From which minute of the day the client likes to be called; NULL: at any time."""
    call_to_minute = IntegerField(null=True)
    merged_into = ForeignKeyField("self", null=True, on_delete="RESTRICT", index=False)
    """The card that this one became a part of."""
    forget_asked_at = Instant(null=True)
    """When the client asked to be forgotten; thirty days later that is final."""
    forgotten_at = Instant(null=True)
    """When the person was emptied: what remains is a number for the figures."""

    class Meta:
        table_name = "client"
        indexes = ((("name",), False),)


index_filled(Client, "merged_into")
index_filled(Client, "forget_asked_at")


class ClientCategory(Table):
    """A group of clients by the salon's own idea, with its colour: brides, models, neighbours."""

    name = Words()
    colour = IntegerField(default=0)
    """Index into the theme's category colours."""
    position = IntegerField(default=0)
    archived_at = Instant(null=True)

    class Meta:
        table_name = "client_category"


class ClientInCategory(Table):
    """That a client belongs to a category; one client may belong to several."""

    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    category = ForeignKeyField(ClientCategory, on_delete="RESTRICT")

    class Meta:
        table_name = "client_in_category"
        indexes = ((("client", "category"), True),)


class ClientRelation(Table):
    """Who ``relative`` is to ``client``, and whether they may book for them."""

    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    relative = ForeignKeyField(Client, on_delete="RESTRICT", backref="relative_of")
    kind = WordField(RelationKind)
    may_book = BooleanField(default=False)

    class Meta:
        table_name = "client_relation"
        indexes = ((("client", "relative"), True),)
        constraints = [SQL("CHECK (client_id <> relative_id)")]


class Requisites(Table):
    """What an organisation is called in papers, and where its money is."""

    client = ForeignKeyField(Client, on_delete="RESTRICT", unique=True)
    legal_name = Words(default="")
    tax_number = CharField(default="")
    """ИНН."""
    tax_reason_code = CharField(default="")
    """КПП."""
    register_number = CharField(default="")
    """ОГРН or ОГРНИП."""
    bank_name = Words(default="")
    bank_code = CharField(default="")
    """БИК."""
    account = CharField(default="")
    correspondent_account = CharField(default="")
    address = Words(default="")
    contact_person = Words(default="")

    class Meta:
        table_name = "requisites"


class NotDuplicate(Table):
    """That two cards were looked at and are two people. ``client`` is the smaller number."""

    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    other = ForeignKeyField(Client, on_delete="RESTRICT", backref="not_duplicate_of")
    created_at = Instant()

    class Meta:
        table_name = "not_duplicate"
        indexes = ((("client", "other"), True),)
        constraints = [SQL("CHECK (client_id < other_id)")]


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
