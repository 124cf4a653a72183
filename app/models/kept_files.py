"""Photos and files of a client. What is kept lies beside the database; here is where, and what it is."""

from peewee import CharField, ForeignKeyField, IntegerField

from app.models.clients import Client
from app.models.fields import Instant, WordField, Words
from app.models.table import Table, index_filled
from app.models.visits import Visit
from app.vocabulary import FileKind, PhotoMoment


class ClientFile(Table):
    """One photo or file."""

    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    kind = WordField(FileKind)
    moment = WordField(PhotoMoment, null=True)
    """Before or after the work; NULL for a file that is no photo."""
    shown_name = Words()
    """The name by which it came; it is shown and never opened."""
    stored_name = CharField(unique=True)
    """The name that the program gave it, in the folder beside the database."""
    size = IntegerField()
    """Bytes."""
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    digest = CharField()
    """SHA-256 of what is kept, by which a damaged file is noticed."""
    added_at = Instant()
    added_by = Words()
    archived_at = Instant(null=True)

    class Meta:
        table_name = "client_file"


index_filled(ClientFile, "visit")
