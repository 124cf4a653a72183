"""Every table, in one place and in the order in which they can be created."""

from app.models.catalogue import Block, Service, ServiceCategory, Shift, StaffMember, StaffService
from app.models.checklists import ChecklistTemplate, TemplateStep
from app.models.clients import Alert, Client, ContactPoint
from app.models.journal import ImportedRecord, ImportRun, JournalEntry
from app.models.money import Payment
from app.models.reminders import Reminder
from app.models.rooms import Room, RoomService
from app.models.roster import Absence, AbsenceCall, Holiday, Roster, RosterDay
from app.models.salon import SalonProfile
from app.models.table import Table
from app.models.together import Series, VisitGroup
from app.models.visits import BookedService, Occupancy, Visit, VisitStep
from app.models.waiting import (
    PlaceHold,
    TurnAway,
    WaitlistEntry,
    WaitlistMaster,
    WaitlistService,
    WaitlistWindow,
)

ALL_TABLES: tuple[type[Table], ...] = (
    SalonProfile,
    ChecklistTemplate,
    TemplateStep,
    StaffMember,
    ServiceCategory,
    Service,
    StaffService,
    Room,
    RoomService,
    Roster,
    RosterDay,
    Absence,
    Holiday,
    Shift,
    Block,
    Client,
    ContactPoint,
    Alert,
    WaitlistEntry,
    WaitlistService,
    WaitlistMaster,
    WaitlistWindow,
    PlaceHold,
    TurnAway,
    VisitGroup,
    Series,
    Visit,
    AbsenceCall,
    BookedService,
    Occupancy,
    VisitStep,
    Reminder,
    Payment,
    JournalEntry,
    ImportRun,
    ImportedRecord,
)
"""Every table, in an order in which they can be created."""

__all__ = [
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
]
