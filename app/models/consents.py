"""What clients agreed to, in which words."""

from peewee import BooleanField, ForeignKeyField, IntegerField

from app.models.clients import Client
from app.models.fields import Day, Instant, WordField, Words
from app.models.table import Table, index_filled
from app.vocabulary import ConsentKind, ConsentWay


class ConsentText(Table):
    """The words of a consent. A version that somebody agreed to is never changed; a new one is added."""

    kind = WordField(ConsentKind)
    version = IntegerField()
    text = Words()
    created_at = Instant()

    class Meta:
        table_name = "consent_text"
        indexes = ((("kind", "version"), True),)


class Consent(Table):
    """That a client gave a consent or withdrew it. The newest line of a kind holds; the former ones are the proof."""

    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    kind = WordField(ConsentKind)
    is_given = BooleanField()
    """False: the consent was withdrawn, or refused."""
    day = Day()
    """The date on the paper or of the call."""
    way = WordField(ConsentWay)
    text_version = ForeignKeyField(ConsentText, null=True, on_delete="RESTRICT", index=False)
    note = Words(default="")
    at = Instant()
    """When it was written down here."""
    actor = Words()

    class Meta:
        table_name = "consent"
        indexes = ((("client", "kind", "at"), False),)


index_filled(Consent, "text_version")
