"""What is derived from other rows and kept by triggers, so that a list of many clients need not read every visit."""

from peewee import IntegerField

from app.models.fields import Day, MinorUnits
from app.models.table import Table


class ClientRhythm(Table):
    """When a client comes, how often and for how much. One row a client whose card is not archived.

    The triggers of ``models.keepers`` alone write it. It is no fact of its own: the journal does not know it, and undo,
    an import or raw SQL keep it right all the same.
    """

    client_id = IntegerField(primary_key=True)
    last_day = Day(null=True, index=True)
    """The last date with a completed visit."""
    ahead_day = Day(null=True)
    """The latest date with a visit that is booked, confirmed or under way; it may lie in the past."""
    visits = IntegerField(default=0)
    """Dates with a completed visit (STATISTICS: visit)."""
    interval_days = IntegerField(null=True)
    """The client's own rhythm (STATISTICS: client_interval); NULL with fewer than two visits."""
    spent = MinorUnits(default=0)
    """Paid to date, products included."""

    class Meta:
        table_name = "client_rhythm"
