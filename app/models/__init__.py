"""Tables and nothing but tables: columns, constraints, connection, migrations.

``models.Visit`` is looked up when it is named, so that a program which only reads starts without peewee: loading it and
the tables takes as long as painting the first day.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.models.tables import (
        ALL_TABLES as ALL_TABLES,
    )
    from app.models.tables import (
        Absence as Absence,
    )
    from app.models.tables import (
        AbsenceCall as AbsenceCall,
    )
    from app.models.tables import (
        Alert as Alert,
    )
    from app.models.tables import (
        Block as Block,
    )
    from app.models.tables import (
        BookedService as BookedService,
    )
    from app.models.tables import (
        ChecklistTemplate as ChecklistTemplate,
    )
    from app.models.tables import (
        Client as Client,
    )
    from app.models.tables import (
        ContactPoint as ContactPoint,
    )
    from app.models.tables import (
        Holiday as Holiday,
    )
    from app.models.tables import (
        ImportedRecord as ImportedRecord,
    )
    from app.models.tables import (
        ImportRun as ImportRun,
    )
    from app.models.tables import (
        JournalEntry as JournalEntry,
    )
    from app.models.tables import (
        Occupancy as Occupancy,
    )
    from app.models.tables import (
        Payment as Payment,
    )
    from app.models.tables import (
        PlaceHold as PlaceHold,
    )
    from app.models.tables import (
        Reminder as Reminder,
    )
    from app.models.tables import (
        Room as Room,
    )
    from app.models.tables import (
        RoomService as RoomService,
    )
    from app.models.tables import (
        Roster as Roster,
    )
    from app.models.tables import (
        RosterDay as RosterDay,
    )
    from app.models.tables import (
        SalonProfile as SalonProfile,
    )
    from app.models.tables import (
        Series as Series,
    )
    from app.models.tables import (
        Service as Service,
    )
    from app.models.tables import (
        ServiceCategory as ServiceCategory,
    )
    from app.models.tables import (
        Shift as Shift,
    )
    from app.models.tables import (
        StaffMember as StaffMember,
    )
    from app.models.tables import (
        StaffService as StaffService,
    )
    from app.models.tables import (
        Table as Table,
    )
    from app.models.tables import (
        TemplateStep as TemplateStep,
    )
    from app.models.tables import (
        TurnAway as TurnAway,
    )
    from app.models.tables import (
        Visit as Visit,
    )
    from app.models.tables import (
        VisitGroup as VisitGroup,
    )
    from app.models.tables import (
        VisitStep as VisitStep,
    )
    from app.models.tables import (
        WaitlistEntry as WaitlistEntry,
    )
    from app.models.tables import (
        WaitlistMaster as WaitlistMaster,
    )
    from app.models.tables import (
        WaitlistService as WaitlistService,
    )
    from app.models.tables import (
        WaitlistWindow as WaitlistWindow,
    )

_TABLES = frozenset(
    {
        "ALL_TABLES",
        "Absence",
        "AbsenceCall",
        "Alert",
        "Block",
        "BookedService",
        "ChecklistTemplate",
        "Client",
        "ContactPoint",
        "Holiday",
        "ImportRun",
        "ImportedRecord",
        "JournalEntry",
        "Occupancy",
        "Payment",
        "PlaceHold",
        "Reminder",
        "Room",
        "RoomService",
        "Roster",
        "RosterDay",
        "SalonProfile",
        "Series",
        "Service",
        "ServiceCategory",
        "Shift",
        "StaffMember",
        "StaffService",
        "Table",
        "TemplateStep",
        "TurnAway",
        "Visit",
        "VisitGroup",
        "VisitStep",
        "WaitlistEntry",
        "WaitlistMaster",
        "WaitlistService",
        "WaitlistWindow",
    }
)


def __getattr__(name: str) -> Any:
    """A table by its name."""
    if name not in _TABLES:
        raise AttributeError(name)
    from app.models import tables

    found = globals()[name] = getattr(tables, name)
    return found
