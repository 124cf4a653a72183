"""Every table, in one place and in the order in which they can be created."""

from app.models.catalogue import Block, Service, ServiceCategory, Shift, StaffMember, StaffService
from app.models.checklists import ChecklistTemplate, TemplateStep
from app.models.clients import Alert, Client, ContactPoint
from app.models.journal import ImportedRecord, ImportRun, JournalEntry
from app.models.money import Payment
from app.models.reminders import Reminder
from app.models.salon import SalonProfile
from app.models.table import Table
from app.models.visits import BookedService, Occupancy, Visit, VisitStep

ALL_TABLES: tuple[type[Table], ...] = (
    SalonProfile,
    ChecklistTemplate,
    TemplateStep,
    StaffMember,
    ServiceCategory,
    Service,
    StaffService,
    Shift,
    Block,
    Client,
    ContactPoint,
    Alert,
    Visit,
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
    "Alert",
    "Block",
    "BookedService",
    "ChecklistTemplate",
    "Client",
    "ContactPoint",
    "ImportRun",
    "ImportedRecord",
    "JournalEntry",
    "Occupancy",
    "Payment",
    "Reminder",
    "SalonProfile",
    "Service",
    "ServiceCategory",
    "Shift",
    "StaffMember",
    "StaffService",
    "Table",
    "TemplateStep",
    "Visit",
    "VisitStep",
]
