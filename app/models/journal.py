"""Who changed what, when, from what to what."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from app.models.fields import Instant, WordField, Words
from app.models.table import Table, index_filled
from app.vocabulary import Action


class JournalEntry(Table):
    """One act of one person with every row it changed.

    Entries are added and never changed, but for one reason: when a client is forgotten, what they tell of that person
    is taken out of them.
    """

    at = Instant()
    actor = Words()
    action = WordField(Action)
    visit = IntegerField(null=True, index=True)
    client = IntegerField(null=True, index=True)
    note = Words(default="")
    changes = TextField()
    """JSON: a list of [table, row id, before or null, after or null] in the order in which they were made."""
    undoes = IntegerField(null=True)
    """The entry that this one took back."""

    class Meta:
        table_name = "journal_entry"


index_filled(JournalEntry, "undoes")


class ImportRun(Table):
    """One import of a folder of files."""

    profile = CharField()
    source = Words()
    at = Instant()
    taken_back_at = Instant(null=True)

    class Meta:
        table_name = "import_run"


class ImportedRecord(Table):
    """Which row of which file became which record: a second import of the same row changes nothing."""

    run = ForeignKeyField(ImportRun, on_delete="RESTRICT")
    source_key = CharField(unique=True)
    record_table = CharField()
    record = IntegerField()

    class Meta:
        table_name = "imported_record"
