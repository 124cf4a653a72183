"""Lists of clients that the salon looks at again and again."""

from peewee import IntegerField, TextField

from app.models.fields import Instant, Words
from app.models.table import Table


class Segment(Table):
    """A saved filter over the list of clients."""

    name = Words()
    conditions = TextField()
    """JSON; what it may say stands in ``salon.clients.segments``."""
    position = IntegerField(default=0)
    created_at = Instant()
    archived_at = Instant(null=True)

    class Meta:
        table_name = "segment"
