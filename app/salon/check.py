"""Whether a salon's file is whole: the engine's own checks, and the promises that the house makes."""

from collections.abc import Callable
from dataclasses import dataclass

from app.models import derived, guards, upgrade
from app.models.connection import Database
from app.models.guards import GUARDS
from app.salon.clients import files, shelf


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must not be: a machine-readable word and how often it was found."""

    kind: str
    count: int
    example: str = ""


PROMISES = {
    "overlapping_occupancy": """
        SELECT a.id || '/' || b.id FROM occupancy a JOIN occupancy b ON a.staff_id = b.staff_id AND a.id < b.id
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at AND NOT a.is_override AND NOT b.is_override
        AND b.starts_at >= substr(a.starts_at, 1, 10) AND b.starts_at < substr(a.starts_at, 1, 10) || ' 24:00'
    """,
    "room_taken_twice": """
        SELECT a.id || '/' || b.id FROM occupancy a JOIN occupancy b ON a.room_id = b.room_id AND a.id < b.id
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at AND NOT a.is_override AND NOT b.is_override
        AND b.starts_at >= substr(a.starts_at, 1, 10) AND b.starts_at < substr(a.starts_at, 1, 10) || ' 24:00'
        LEFT JOIN booked_service s ON s.id = a.booked_service_id
        LEFT JOIN booked_service t ON t.id = b.booked_service_id
        WHERE (s.visit_id IS NULL OR s.visit_id IS NOT t.visit_id) AND COALESCE(a.hold_id = b.hold_id, 0) = 0
    """,
    "live_service_without_occupancy": """
        SELECT b.id FROM booked_service b JOIN visit v ON v.id = b.visit_id
        WHERE b.takes_time AND v.hour_known AND v.status NOT IN ('cancelled', 'no_show')
        AND NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.booked_service_id = b.id AND o.staff_id IS NOT NULL)
    """,
    "occupancy_of_closed_visit": """
        SELECT o.id FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
        JOIN visit v ON v.id = b.visit_id WHERE v.status IN ('cancelled', 'no_show')
    """,
    "occupancy_outside_its_service": """
        SELECT o.id FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
        WHERE o.staff_id <> b.staff_id
        OR o.starts_at < b.starts_at
        AND o.starts_at < strftime('%Y-%m-%d %H:%M', b.starts_at, '-' || b.before_minutes || ' minutes')
        OR o.ends_at > b.ends_at
        AND o.ends_at > strftime('%Y-%m-%d %H:%M', b.ends_at, '+' || b.after_minutes || ' minutes')
    """,
    "visit_without_service": """
        SELECT v.id FROM visit v WHERE NOT EXISTS (SELECT 1 FROM booked_service b WHERE b.visit_id = v.id)
    """,
    "service_on_another_day": """
        SELECT b.id FROM booked_service b JOIN visit v ON v.id = b.visit_id WHERE substr(b.starts_at, 1, 10) <> v.day
    """,
    "reminder_of_a_visit_not_awaited": """
        SELECT r.id FROM reminder r JOIN visit v ON v.id = r.visit_id
        WHERE r.status = 'queued' AND v.status NOT IN ('booked', 'confirmed')
    """,
    "visit_reminded_of_twice": """
        SELECT r.visit_id FROM reminder r WHERE r.status IN ('queued', 'opened')
        GROUP BY r.visit_id, r.client_id, r.kind HAVING COUNT(*) > 1
    """,
    "shared_place_without_reason": """
        SELECT o.id FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
        JOIN visit v ON v.id = b.visit_id WHERE o.is_override AND v.overbooked_reason = ''
    """,
    "hold_of_nothing": """
        SELECT h.id FROM place_hold h WHERE NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.hold_id = h.id)
    """,
    "forgotten_with_data": """
        SELECT c.id FROM client c WHERE c.forgotten_at IS NOT NULL
        AND (c.name || c.wishes || c.notes || c.search || c.do_not_book_reason <> '' OR c.birthday IS NOT NULL
             OR EXISTS (SELECT 1 FROM contact_point p WHERE p.client_id = c.id)
             OR EXISTS (SELECT 1 FROM client_file f WHERE f.client_id = c.id))
    """,
    "overlapping_shifts": """
        SELECT a.id || '/' || b.id FROM shift a JOIN shift b ON b.staff_id = a.staff_id AND b.day = a.day
        WHERE a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
    """,
    "client_rhythm_out_of_line": f"""
        SELECT c.id FROM client c LEFT JOIN client_rhythm r ON r.client_id = c.id
        WHERE (c.archived_at IS NULL) <> (r.client_id IS NOT NULL)
        UNION ALL SELECT client_id FROM client_rhythm WHERE client_id NOT IN (SELECT id FROM client)
        UNION ALL SELECT client_id FROM ({derived.RHYTHMS_AS_KEPT} EXCEPT {derived.RHYTHMS_AS_COUNTED})
    """,
}


def faults(database: Database) -> list[Fault]:
    """Everything that is wrong with the salon's file and with what lies beside it; an empty list is a whole salon."""
    return faults_of_database(database) + _faults_of_files(database)


def faults_of_database(database: Database, progress: Callable[[int, int], None] | None = None) -> list[Fault]:
    """Everything that is wrong with the file itself. ``progress`` is told how many steps are done, and of how many."""
    tell = progress or upgrade.tell_nobody
    steps = len(PROMISES) + 3
    tell(0, steps)
    found = [Fault("engine", 1, str(row[0])) for row in database.rows("PRAGMA integrity_check") if row[0] != "ok"]
    tell(1, steps)
    orphans = database.rows("PRAGMA foreign_key_check")
    if orphans:
        found.append(Fault("orphan", len(orphans), str(orphans[0][0])))
    tell(2, steps)
    found += _faults_of_guards(database)
    if not derived.is_search_in_line(database):
        found.append(Fault("search_index_out_of_line", 1, "client_search"))
    for number, (kind, sql) in enumerate(PROMISES.items()):
        tell(number + 3, steps)
        rows = database.rows(sql)
        if rows:
            found.append(Fault(kind, len(rows), str(rows[0][0])))
    tell(steps, steps)
    return found


def _faults_of_guards(database: Database) -> list[Fault]:
    """Triggers that are missing or changed, and what stands beside them that the program did not make.

    Opening the file has put that right already, which is told too.
    """
    found_there = guards.standing(database)
    standing = {name: text for kind, name, text in found_there if kind == "trigger"}
    found = [Fault("missing_guard", 1, name) for name in GUARDS if name not in standing]
    found += [Fault("changed_guard", 1, name) for name in GUARDS if standing.get(name, GUARDS[name]) != GUARDS[name]]
    strangers = [name for _kind, name, _text in guards.strangers(found_there)]
    told = {"stranger": strangers, "stranger_taken_out": database.taken_out, "guard_made_again": database.made_again}
    for kind, names in told.items():
        if names:
            found.append(Fault(kind, len(names), ", ".join(names)))
    return found


def _faults_of_files(database: Database) -> list[Fault]:
    """Rows without their file, files that are not what was kept, and files that were never on any card.

    A file whose adding was undone is none of these: it waits for the month to be over.
    """
    folder = database.files_folder
    wrong: dict[str, list[str]] = {"file_missing": [], "file_damaged": [], "file_without_card": []}
    for name, digest in database.rows("SELECT stored_name, digest FROM client_file ORDER BY id"):
        path = folder / name if shelf.is_name(name) else None
        if path is None or not path.is_file():
            wrong["file_missing"].append(name)
        elif shelf.digest_of(path) != digest:
            wrong["file_damaged"].append(name)
    wrong["file_without_card"] = [name for name in files.strays(database) if not _was_on_a_card(database, name)]
    return [Fault(kind, len(names), names[0]) for kind, names in wrong.items() if names]


def _was_on_a_card(database: Database, stored_name: str) -> bool:
    found = database.value("SELECT 1 FROM journal_entry WHERE instr(changes, ?) LIMIT 1", (stored_name,))
    return found is not None
