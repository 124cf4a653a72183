"""The closed word lists of the trade. A word that is not here does not exist in the program."""

from enum import StrEnum


class Language(StrEnum):
    """The languages of the screens; Russian is the first."""

    RUSSIAN = "ru"
    ENGLISH = "en"


class ThemeChoice(StrEnum):
    """How the screens are lit."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class CalendarView(StrEnum):
    """What the calendar shows: a day by master, by room or as a list, a week of one master or of all, a month."""

    MASTERS = "masters"
    ROOMS = "rooms"
    WEEK = "week"
    SALON_WEEK = "salon_week"
    MONTH = "month"
    LIST = "list"


class VisitStatus(StrEnum):
    """Where a visit stands: booked → confirmed → arrived → in service → completed, or cancelled, or no-show."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_SERVICE = "in_service"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


LIVE_STATUSES = frozenset(
    {
        VisitStatus.BOOKED,
        VisitStatus.CONFIRMED,
        VisitStatus.ARRIVED,
        VisitStatus.IN_SERVICE,
        VisitStatus.COMPLETED,
    }
)
"""Statuses in which the visit takes its master's time."""

AWAITED_STATUSES = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED})
"""Statuses in which the client is still expected, and so may be reminded."""


class CancelReason(StrEnum):
    """Why a visit was cancelled."""

    CLIENT_ASKED = "client_asked"
    CLIENT_ILL = "client_ill"
    MASTER_ABSENT = "master_absent"
    SALON_ASKED = "salon_asked"
    BOOKED_BY_MISTAKE = "booked_by_mistake"
    OTHER = "other"


class ProposalKind(StrEnum):
    """Why a place is proposed to whoever is on the phone."""

    OWN_RHYTHM = "own_rhythm"
    SAME_MASTER = "same_master"
    ANY_MASTER = "any_master"


class LastTimeChange(StrEnum):
    """What cannot be had any more as it was last time."""

    SERVICE_GONE = "service_gone"
    MASTER_REPLACED = "master_replaced"


class BlockKind(StrEnum):
    """Why a master is taken without a client."""

    BREAK = "break"
    TRAINING = "training"
    ABSENCE = "absence"
    OTHER = "other"


class RoomKind(StrEnum):
    """What a place is. A service that needs a room and a machine takes one of each."""

    ROOM = "room"
    CHAIR = "chair"
    MACHINE = "machine"


class SeriesUnit(StrEnum):
    """By what a series counts."""

    DAY = "day"
    WEEK = "week"


class SeriesScope(StrEnum):
    """Which visits of a series an act concerns. Those that have begun are never among them."""

    FOLLOWING = "following"
    ALL = "all"


class WaitlistStatus(StrEnum):
    """Where a wait stands."""

    WAITING = "waiting"
    BOOKED = "booked"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class TurnAwayReason(StrEnum):
    """Why somebody could not be taken."""

    NO_PLACE = "no_place"
    MASTER_BUSY = "master_busy"
    NOT_OFFERED = "not_offered"
    TOO_EXPENSIVE = "too_expensive"
    CLOSED = "closed"
    OTHER = "other"


class AbsenceKind(StrEnum):
    """Why somebody does not work although the roster says so."""

    VACATION = "vacation"
    SICK_LEAVE = "sick_leave"
    TRAINING = "training"
    DAY_OFF = "day_off"


class CallState(StrEnum):
    """Where the call about a visit stands whose master is absent."""

    TO_CALL = "to_call"
    NO_ANSWER = "no_answer"
    MOVED = "moved"
    CANCELLED = "cancelled"
    TAKEN_PLACE = "taken_place"


class Replacement(StrEnum):
    """What a client is offered whose master is absent."""

    SAME_TIME = "same_time"
    SAME_DAY = "same_day"
    SAME_MASTER = "same_master"


class ContactKind(StrEnum):
    """A way to reach a client."""

    PHONE = "phone"
    EMAIL = "email"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    VIBER = "viber"
    MAX = "max"
    VK = "vk"


class FoundBy(StrEnum):
    """By what of a card its client was found, when neither the name nor the phone shown says it."""

    PHONE = "phone"
    EMAIL = "email"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    VIBER = "viber"
    MAX = "max"
    VK = "vk"
    LEGAL_NAME = "legal_name"
    CONTACT_PERSON = "contact_person"
    TAX_NUMBER = "tax_number"
    EARLIER_NAME = "earlier_name"


class ClientKind(StrEnum):
    """Who is on a card: a private person, an organisation, or somebody who books for others (a hotel, an agency)."""

    PERSON = "person"
    ORGANISATION = "organisation"
    INTERMEDIARY = "intermediary"


class RelationKind(StrEnum):
    """Who somebody is to a client."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"
    FRIEND = "friend"
    ASSISTANT = "assistant"
    EMPLOYER = "employer"
    OTHER = "other"


class DuplicateSign(StrEnum):
    """What speaks for two cards being one person."""

    PHONE = "phone"
    EMAIL = "email"
    NAME_AND_BIRTHDAY = "name_and_birthday"
    NAME = "name"
    LIKE_NAME = "like_name"


class RequisiteField(StrEnum):
    """What of an organisation's requisites can be checked."""

    TAX_NUMBER = "tax_number"
    TAX_REASON_CODE = "tax_reason_code"
    REGISTER_NUMBER = "register_number"
    BANK_CODE = "bank_code"
    ACCOUNT = "account"
    CORRESPONDENT_ACCOUNT = "correspondent_account"


class AlertKind(StrEnum):
    """What everyone must know before touching the client."""

    ALLERGY = "allergy"
    CONTRAINDICATION = "contraindication"
    DEBT = "debt"
    OTHER = "other"


class AlertMoment(StrEnum):
    """When an alert was acknowledged."""

    BOOKING = "booking"
    ARRIVAL = "arrival"


class AnswerKind(StrEnum):
    """How a question of the card is answered."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    YES_NO = "yes_no"


class AskWhen(StrEnum):
    """When the salon asks a question of the card."""

    FIRST_VISIT = "first_visit"
    EVERY_YEAR = "every_year"
    WITH_SERVICE = "with_service"


class ConsentKind(StrEnum):
    """What a client agrees to: that the salon keeps their data, and that it writes about offers."""

    PROCESSING = "processing"
    ADVERTISING = "advertising"


class ConsentWay(StrEnum):
    """How a consent was given or withdrawn."""

    PAPER = "paper"
    SPOKEN = "spoken"
    ONLINE = "online"
    MESSAGE = "message"


class FileKind(StrEnum):
    """What is kept beside a card."""

    PHOTO = "photo"
    DOCUMENT = "document"


class KeptFormat(StrEnum):
    """What a kept file really is, by its content; also the end of its name."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"


class PhotoMoment(StrEnum):
    """When a photo was taken."""

    BEFORE = "before"
    AFTER = "after"
    OTHER = "other"


class MaterialUnit(StrEnum):
    """What an amount of a formula is counted in."""

    GRAM = "gram"
    MILLILITRE = "millilitre"
    PIECE = "piece"
    PART = "part"


class RhythmState(StrEnum):
    """How far a client is past their own rhythm; of the three the furthest that holds (STATISTICS: due, late, lost)."""

    DUE = "due"
    LATE = "late"
    LOST = "lost"


class BirthdaySoon(StrEnum):
    """Within which days from today a birthday is celebrated."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"


class ReadySegment(StrEnum):
    """The segments that every salon has from the beginning."""

    DUE = "due"
    LATE = "late"
    LOST = "lost"
    BIRTHDAY_WEEK = "birthday_week"
    ONLY_ONCE = "only_once"


class MentionPlace(StrEnum):
    """Where somebody is named outside their own card."""

    CARD = "card"
    WISHES = "wishes"
    NOTES = "notes"
    CONTACT = "contact"
    REQUISITES = "requisites"
    ALERT = "alert"
    TIMELINE = "timeline"
    ANSWER = "answer"
    CONSENT = "consent"
    PROMISE = "promise"
    COMPLAINT = "complaint"
    BONUS = "bonus"
    FORMULA = "formula"
    FILE = "file"
    WAITING = "waiting"
    TURN_AWAY = "turn_away"
    VISIT = "visit"
    MESSAGE = "message"
    BLOCK = "block"
    ABSENCE = "absence"


class NoteKind(StrEnum):
    """A line that somebody wrote on the timeline of a card: a note, or what was said in a call."""

    NOTE = "note"
    CALL = "call"


class Stage(StrEnum):
    """The three stages of a service: rules and wishes, the work, the accepted result."""

    INTAKE = "intake"
    SERVICE = "service"
    COMPLETION = "completion"


class ReminderKind(StrEnum):
    """Why a message is due."""

    UPCOMING_VISIT = "upcoming_visit"
    INVITATION = "invitation"
    """An offer to come back: advertising, which needs the client's consent."""


class ReminderStatus(StrEnum):
    """The life of one reminder; a row, never memory."""

    QUEUED = "queued"
    OPENED = "opened"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class SkipReason(StrEnum):
    """Why a reminder was not sent."""

    NO_CONTACT = "no_contact"
    CLIENT_DECLINED = "client_declined"
    ALREADY_KNOWS = "already_knows"
    TOO_LATE = "too_late"
    NO_CONSENT = "no_consent"


class Channel(StrEnum):
    """The way a message leaves."""

    BY_HAND = "by_hand"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    PHONE_CALL = "phone_call"


class PaymentKind(StrEnum):
    """What a line of a receipt was paid for."""

    SERVICE = "service"
    PRODUCT = "product"


class Action(StrEnum):
    """What somebody did, as the journal tells it."""

    VISIT_BOOKED = "visit_booked"
    VISIT_MOVED = "visit_moved"
    VISIT_RESIZED = "visit_resized"
    VISIT_CHANGED = "visit_changed"
    VISIT_STATUS_SET = "visit_status_set"
    VISIT_CANCELLED = "visit_cancelled"
    VISIT_RESTORED = "visit_restored"
    TIME_BLOCKED = "time_blocked"
    BLOCK_REMOVED = "block_removed"
    CLIENT_ADDED = "client_added"
    CLIENT_CHANGED = "client_changed"
    ALERT_ADDED = "alert_added"
    ALERT_REMOVED = "alert_removed"
    NOTE_ADDED = "note_added"
    NOTE_REMOVED = "note_removed"
    ALERT_ACKNOWLEDGED = "alert_acknowledged"
    ANSWER_KEPT = "answer_kept"
    QUESTIONS_CHANGED = "questions_changed"
    CATEGORIES_CHANGED = "categories_changed"
    RELATION_CHANGED = "relation_changed"
    CONSENT_RECORDED = "consent_recorded"
    CONSENT_TEXT_CHANGED = "consent_text_changed"
    PHONE_REVEALED = "phone_revealed"
    DATA_HANDED_OUT = "data_handed_out"
    FORGETTING_ASKED = "forgetting_asked"
    FORGETTING_TAKEN_BACK = "forgetting_taken_back"
    CLIENT_FORGOTTEN = "client_forgotten"
    FILE_ADDED = "file_added"
    FILE_CHANGED = "file_changed"
    FILE_REMOVED = "file_removed"
    FORMULA_KEPT = "formula_kept"
    FORMULA_REMOVED = "formula_removed"
    CLIENTS_MERGED = "clients_merged"
    NOT_DUPLICATES = "not_duplicates"
    SEGMENTS_CHANGED = "segments_changed"
    CLIENTS_INVITED = "clients_invited"
    CLIENTS_EXPORTED = "clients_exported"
    TASK_GIVEN = "task_given"
    TASK_CHANGED = "task_changed"
    TASK_DONE = "task_done"
    COMPLAINT_RECORDED = "complaint_recorded"
    COMPLAINT_ANSWERED = "complaint_answered"
    COMPLAINT_CHANGED = "complaint_changed"
    BONUS_CHANGED = "bonus_changed"
    STEP_TICKED = "step_ticked"
    REMINDER_OPENED = "reminder_opened"
    REMINDER_RECORDED = "reminder_recorded"
    SERIES_BOOKED = "series_booked"
    SERIES_CHANGED = "series_changed"
    SERIES_CANCELLED = "series_cancelled"
    GROUP_BOOKED = "group_booked"
    GROUP_CHANGED = "group_changed"
    GROUP_MOVED = "group_moved"
    WAITING_BEGUN = "waiting_begun"
    WAITING_CHANGED = "waiting_changed"
    WAITING_ENDED = "waiting_ended"
    PLACE_HELD = "place_held"
    PLACE_RELEASED = "place_released"
    TURNED_AWAY = "turned_away"
    CLIENT_NOT_REACHED = "client_not_reached"
    ABSENCE_PLANNED = "absence_planned"
    ABSENCE_ENDED = "absence_ended"
    HOLIDAY_PLANNED = "holiday_planned"
    HOLIDAY_ENDED = "holiday_ended"
    ROOMS_CHANGED = "rooms_changed"
    CATALOGUE_CHANGED = "catalogue_changed"
    SHIFTS_CHANGED = "shifts_changed"
    SETTINGS_CHANGED = "settings_changed"
    SALON_OPENED = "salon_opened"
    SALON_IMPORTED = "salon_imported"
    IMPORT_TAKEN_BACK = "import_taken_back"
    UNDONE = "undone"


class OwedKind(StrEnum):
    """What the salon owes a client."""

    PROMISE = "promise"
    COMPLAINT = "complaint"


class BackupWhen(StrEnum):
    """When copies of the salon are made without anybody asking."""

    AT_CLOSING = "at_closing"
    AT_START = "at_start"
    NEVER = "never"


class BackupOccasion(StrEnum):
    """Why a copy was made."""

    BY_HAND = "by_hand"
    AUTOMATIC = "auto"
    BEFORE_RESTORE = "before_restore"


class BackupState(StrEnum):
    """What is known of a copy that was found."""

    UNCHECKED = "unchecked"
    WHOLE = "whole"
    DAMAGED = "damaged"
    NEWER = "newer"


class Topic(StrEnum):
    """What a change concerns; a screen reads again when a topic of its own was changed."""

    VISITS = "visits"
    CLIENTS = "clients"
    REMINDERS = "reminders"
    CHECKLISTS = "checklists"
    CATALOGUE = "catalogue"
    STAFF = "staff"
    ROOMS = "rooms"
    WAITING = "waiting"
    MONEY = "money"
    SALON = "salon"
    QUESTIONS = "questions"
    SEGMENTS = "segments"
    TASKS = "tasks"


class Figure(StrEnum):
    """The owner's figures of this release (STATISTICS: one definition each)."""

    RETURN_TWO_PERIODS = "return_two_periods"
    REVISIT_90 = "revisit_90"
    FIRST_TO_SECOND = "first_to_second"
    NEW_BY_SOURCE = "new_by_source"
    NO_SHOW_RATE = "no_show_rate"
