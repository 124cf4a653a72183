"""Places and machines that one visit at a time can use."""

from peewee import ForeignKeyField, IntegerField

from app.models.catalogue import Service
from app.models.fields import Instant, WordField, Words
from app.models.table import Table
from app.vocabulary import RoomKind


class Room(Table):
    """A room, a chair or a machine."""

    name = Words()
    kind = WordField(RoomKind)
    position = IntegerField(default=0)
    archived_at = Instant(null=True)

    class Meta:
        table_name = "room"


class RoomService(Table):
    """Which room is fit for which service. A service takes one fit room of each kind that it has fit rooms of."""

    room = ForeignKeyField(Room, on_delete="RESTRICT")
    service = ForeignKeyField(Service, on_delete="RESTRICT")

    class Meta:
        table_name = "room_service"
        indexes = ((("room", "service"), True),)
