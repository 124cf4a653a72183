"""Tables and nothing but tables: columns, constraints, connection, migrations.

``models.Visit`` is looked up when it is named, so that a program which only reads starts without peewee: loading it and
the tables takes as long as painting the first day.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.models.tables import (
        ALL_TABLES as ALL_TABLES,
        Absence as Absence,
        AbsenceCall as AbsenceCall,
        Alert as Alert,
        Block as Block,
        BookedService as BookedService,
        ChecklistTemplate as ChecklistTemplate,
        Client as Client,
        ContactPoint as ContactPoint,
        Holiday as Holiday,
        ImportedRecord as ImportedRecord,
        ImportRun as ImportRun,
        JournalEntry as JournalEntry,
        Occupancy as Occupancy,
        Payment as Payment,
        PlaceHold as PlaceHold,
        Reminder as Reminder,
        Room as Room,
        RoomService as RoomService,
        Roster as Roster,
        RosterDay as RosterDay,
        SalonProfile as SalonProfile,
        Series as Series,
        Service as Service,
        ServiceCategory as ServiceCategory,
        Shift as Shift,
        StaffMember as StaffMember,
        StaffService as StaffService,
        Table as Table,
        TemplateStep as TemplateStep,
        TurnAway as TurnAway,
        Visit as Visit,
        VisitGroup as VisitGroup,
        VisitStep as VisitStep,
        WaitlistEntry as WaitlistEntry,
        WaitlistMaster as WaitlistMaster,
        WaitlistService as WaitlistService,
        WaitlistWindow as WaitlistWindow,
    )


def __getattr__(name: str) -> Any:
    """A table by its name."""
    if not name[0].isupper():
        raise AttributeError(name)  # a module of this package, which is found without the tables
    from app.models import tables

    found = globals()[name] = getattr(tables, name)
    return found
