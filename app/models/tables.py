"""Every table, in one place and in the order in which they can be created."""

from app.models.catalogue import Block, Service, ServiceCategory, Shift, StaffMember, StaffService
from app.models.checklists import ChecklistTemplate, TemplateStep
from app.models.clients import (
    Alert,
    Client,
    ClientCategory,
    ClientInCategory,
    ClientRelation,
    ContactPoint,
    NotDuplicate,
    Requisites,
)
from app.models.consents import Consent, ConsentText
from app.models.formulas import Formula, FormulaPart
from app.models.journal import ImportedRecord, ImportRun, JournalEntry
from app.models.kept_files import ClientFile
from app.models.money import Payment
from app.models.questions import Answer, Question, QuestionChoice, QuestionService
from app.models.remembered import AlertAcknowledgement, BonusEntry, ClientNote, Complaint, Task
from app.models.reminders import Reminder
from app.models.rhythm import ClientRhythm
from app.models.rooms import Room, RoomService
from app.models.roster import Absence, AbsenceCall, Holiday, Roster, RosterDay
from app.models.salon import SalonProfile
from app.models.segments import Segment
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
    ClientCategory,
    ClientInCategory,
    ClientRelation,
    ContactPoint,
    Requisites,
    NotDuplicate,
    Alert,
    ConsentText,
    Consent,
    Segment,
    Question,
    QuestionChoice,
    QuestionService,
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
    AlertAcknowledgement,
    ClientNote,
    Task,
    Complaint,
    BonusEntry,
    Answer,
    ClientFile,
    Formula,
    FormulaPart,
    JournalEntry,
    ImportRun,
    ImportedRecord,
)
"""Every table, in an order in which they can be created."""

DERIVED_TABLES: tuple[type[Table], ...] = (ClientRhythm,)
"""Tables that triggers write from the rows of the others. The search index (FTS5) is no table of peewee's."""

__all__ = [
    "ALL_TABLES",
    "DERIVED_TABLES",
    "Absence",
    "AbsenceCall",
    "Alert",
    "AlertAcknowledgement",
    "Answer",
    "Block",
    "BonusEntry",
    "BookedService",
    "ChecklistTemplate",
    "Client",
    "ClientCategory",
    "ClientFile",
    "ClientInCategory",
    "ClientNote",
    "ClientRelation",
    "ClientRhythm",
    "Complaint",
    "Consent",
    "ConsentText",
    "ContactPoint",
    "Formula",
    "FormulaPart",
    "Holiday",
    "ImportRun",
    "ImportedRecord",
    "JournalEntry",
    "NotDuplicate",
    "Occupancy",
    "Payment",
    "PlaceHold",
    "Question",
    "QuestionChoice",
    "QuestionService",
    "Reminder",
    "Requisites",
    "Room",
    "RoomService",
    "Roster",
    "RosterDay",
    "SalonProfile",
    "Segment",
    "Series",
    "Service",
    "ServiceCategory",
    "Shift",
    "StaffMember",
    "StaffService",
    "Table",
    "Task",
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
