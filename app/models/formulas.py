"""How the work was done, so that it can be done again."""

from peewee import SQL, ForeignKeyField, IntegerField

from app.models.catalogue import StaffMember
from app.models.clients import Client
from app.models.fields import Instant, WordField, Words
from app.models.table import Table, index_filled
from app.models.visits import BookedService, Visit
from app.vocabulary import MaterialUnit


class Formula(Table):
    """The recipe of one visit: what was mixed and how it was applied."""

    client = ForeignKeyField(Client, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    booked_service = ForeignKeyField(BookedService, null=True, on_delete="RESTRICT", index=False)
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT", index=False)
    title = Words(default="")
    """What it is for: "roots", "toning"."""
    text = Words(default="")
    """How it was applied, how long it stayed, how it turned out."""
    at = Instant()
    actor = Words()
    archived_at = Instant(null=True)

    class Meta:
        table_name = "formula"


class FormulaPart(Table):
    """One material of a formula."""

    formula = ForeignKeyField(Formula, on_delete="RESTRICT")
    material = Words()
    amount_thousandths = IntegerField()
    """Thousandths of ``unit``: 30 g are 30,000."""
    unit = WordField(MaterialUnit)
    position = IntegerField(default=0)

    class Meta:
        table_name = "formula_part"
        constraints = [SQL("CHECK (amount_thousandths > 0)")]


index_filled(Formula, "visit")
index_filled(Formula, "booked_service")
index_filled(Formula, "staff")
