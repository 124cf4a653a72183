"""Tables and nothing but tables: columns, constraints, connection, migrations.

``models.Visit`` is looked up when it is named, so that a program which only reads starts without peewee: loading it and
the tables takes as long as painting the first day.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.models.tables import (
        ALL_TABLES as ALL_TABLES,
        DERIVED_TABLES as DERIVED_TABLES,
        Absence as Absence,
        AbsenceCall as AbsenceCall,
        Alert as Alert,
        AlertAcknowledgement as AlertAcknowledgement,
        Answer as Answer,
        Block as Block,
        BonusEntry as BonusEntry,
        BookedService as BookedService,
        ChecklistTemplate as ChecklistTemplate,
        Client as Client,
        ClientCategory as ClientCategory,
        ClientFile as ClientFile,
        ClientInCategory as ClientInCategory,
        ClientNote as ClientNote,
        ClientRelation as ClientRelation,
        ClientRhythm as ClientRhythm,
        Complaint as Complaint,
        Consent as Consent,
        ConsentText as ConsentText,
        ContactPoint as ContactPoint,
        Formula as Formula,
        FormulaPart as FormulaPart,
        Holiday as Holiday,
        ImportedRecord as ImportedRecord,
        ImportRun as ImportRun,
        JournalEntry as JournalEntry,
        NotDuplicate as NotDuplicate,
        Occupancy as Occupancy,
        Payment as Payment,
        PlaceHold as PlaceHold,
        Question as Question,
        QuestionChoice as QuestionChoice,
        QuestionService as QuestionService,
        Reminder as Reminder,
        Requisites as Requisites,
        Room as Room,
        RoomService as RoomService,
        Roster as Roster,
        RosterDay as RosterDay,
        SalonProfile as SalonProfile,
        Segment as Segment,
        Series as Series,
        Service as Service,
        ServiceCategory as ServiceCategory,
        Shift as Shift,
        StaffMember as StaffMember,
        StaffService as StaffService,
        Table as Table,
        Task as Task,
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
