"""What each table holds of a person, in one place: what forgetting empties, what it removes, and what it leaves.

Every column of free text stands here, and every table whose rows belong to a client; a test fails when a new one does
not. Which rows belong to whom is not said here: the foreign keys tell (``salon.clients.belongings``).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfPerson:
    """What forgetting does to the rows of a table that belong to a client."""

    emptied: tuple[str, ...] = ()
    """These columns are empty afterwards: NULL where that is possible, else an empty text or 0."""
    dashed: tuple[str, ...] = ()
    """Whether something stands in these columns counts in the figures, what it says does not: it becomes a dash."""
    removed_where: str = ""
    """SQL: which of the rows go away altogether, because no figure counts them."""
    kept: tuple[str, ...] = ()
    """Free text that says nothing about the person: the words of the price list, a checklist, a receipt."""


ALL, DASH = "1", "—"

PERSONAL: dict[str, OfPerson] = {
    "client": OfPerson(
        emptied=(
            "name",
            "wishes",
            "notes",
            "birthday",
            "search",
            "is_vip",
            "do_not_book_reason",
            "preferred_channel",
            "call_from_minute",
            "call_to_minute",
        )
    ),
    "client_in_category": OfPerson(removed_where=ALL),
    "client_relation": OfPerson(removed_where=ALL),
    "contact_point": OfPerson(removed_where=ALL),
    "requisites": OfPerson(removed_where=ALL),
    "not_duplicate": OfPerson(removed_where=ALL),
    "alert": OfPerson(removed_where=ALL),
    "alert_acknowledgement": OfPerson(removed_where=ALL),
    "client_note": OfPerson(removed_where=ALL),
    "client_file": OfPerson(removed_where=ALL),
    "consent": OfPerson(emptied=("note",), kept=("actor",)),
    "answer": OfPerson(
        emptied=("text",),
        # "How did you find us?" feeds the figures; what else was asked is nobody's any more.
        removed_where="question_id IN (SELECT id FROM question WHERE code = '')",
        kept=("actor",),
    ),
    "task": OfPerson(emptied=("text",), removed_where="done_at IS NULL", kept=("created_by", "done_by")),
    "complaint": OfPerson(emptied=("text", "answer"), kept=("received_by", "answered_by")),
    "bonus_entry": OfPerson(emptied=("reason",), kept=("actor",)),
    "formula": OfPerson(emptied=("title", "text"), kept=("actor",)),
    "formula_part": OfPerson(kept=("material",)),
    "waitlist_entry": OfPerson(emptied=("note",)),
    "waitlist_service": OfPerson(),
    "waitlist_master": OfPerson(),
    "waitlist_window": OfPerson(),
    "place_hold": OfPerson(),
    "turn_away": OfPerson(emptied=("note",)),
    "visit_group": OfPerson(emptied=("name",)),
    "series": OfPerson(),
    "visit": OfPerson(emptied=("comment",), dashed=("open_steps_reason", "overbooked_reason")),
    "absence_call": OfPerson(),
    "booked_service": OfPerson(),
    "occupancy": OfPerson(),
    "visit_step": OfPerson(kept=("text",)),
    "reminder": OfPerson(emptied=("note", "text")),
    "payment": OfPerson(kept=("description", "receipt")),
}
"""The tables whose rows belong to clients, by name."""

BEHIND: tuple[tuple[str, str, str], ...] = (("visit", "group_id", "visit_group"), ("visit", "series_id", "series"))
"""Rows that belong to a client because a row of the client names them: (table, column, the table that it names)."""

OF_SALON: dict[str, tuple[str, ...]] = {
    "salon_profile": ("name", "zone", "currency", "country"),
    "checklist_template": ("name",),
    "template_step": ("text",),
    "staff_member": ("name", "title"),
    "service_category": ("name",),
    "service": ("name", "code"),
    "room": ("name",),
    "absence": ("note",),
    "holiday": ("name",),
    "block": ("reason",),
    "client_category": ("name",),
    "consent_text": ("text",),
    "question": ("text", "code"),
    "question_choice": ("text",),
    "segment": ("name", "conditions"),
    "journal_entry": ("actor", "note", "changes"),
    "import_run": ("profile", "source"),
    "imported_record": ("source_key", "record_table"),
}
"""Free text of the tables that belong to no client. The last four are looked through all the same when somebody is
forgotten: see ``salon.clients.forgetting``."""
