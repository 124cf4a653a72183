"""What was paid. Products are money and never visits."""

from peewee import CharField, ForeignKeyField, IntegerField

from app.models.catalogue import StaffMember
from app.models.clients import Client
from app.models.fields import Day, MinorUnits, WordField, Words
from app.models.table import Table
from app.models.visits import Visit
from app.vocabulary import PaymentKind


class Payment(Table):
    """One line of a receipt. A refund is a negative amount."""

    day = Day(index=True)
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT")
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")
    kind = WordField(PaymentKind)
    description = Words()
    quantity = IntegerField(default=1)
    amount = MinorUnits()
    """Paid for the line before tax, all pieces together."""
    tax = MinorUnits(default=0)
    receipt = CharField(default="")

    class Meta:
        table_name = "payment"
        indexes = ((("client", "amount"), False),)
