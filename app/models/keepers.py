"""The triggers that keep the search index and the rhythm of each client in line with the rows they come from.

They stand in the database itself, beside the guards: whatever writes a client, a visit or a payment, an operation,
undo, an import or raw SQL, the two are right at the end of that statement.
"""

AHEAD = "('booked', 'confirmed', 'arrived', 'in_service')"
"""SQL: statuses of a visit that is still to be, or under way."""

_INTERVAL = """
(SELECT CAST(middle AS INTEGER) + (middle > CAST(middle AS INTEGER) AND CAST(middle AS INTEGER) % 2 = 1)
 FROM (
    SELECT AVG(gap) AS middle FROM (
        SELECT gap, ROW_NUMBER() OVER (ORDER BY gap) AS place, COUNT(*) OVER () AS many FROM (
            SELECT julianday(day) - julianday(LAG(day) OVER (ORDER BY day)) AS gap FROM (
                SELECT DISTINCT day FROM visit WHERE client_id = {client} AND status = 'completed'
            )
        ) WHERE gap IS NOT NULL
    ) WHERE place IN ((many + 1) / 2, (many + 2) / 2)
 ))
"""
"""The middle of two whole numbers of days is rounded to the even one, as the card rounds it."""
_VISITS_OF = {
    "last_day": "(SELECT MAX(day) FROM visit WHERE client_id = {client} AND status = 'completed')",
    "visits": "(SELECT COUNT(DISTINCT day) FROM visit WHERE client_id = {client} AND status = 'completed')",
    "interval_days": _INTERVAL,
}
_AHEAD_OF = {"ahead_day": f"(SELECT MAX(day) FROM visit WHERE client_id = {{client}} AND status IN {AHEAD})"}
_SPENT_OF = {"spent": "(SELECT COALESCE(SUM(amount), 0) FROM payment WHERE client_id = {client})"}

RHYTHM_OF = {**_VISITS_OF, **_AHEAD_OF, **_SPENT_OF}
"""Each column of ``client_rhythm``, and in SQL what it has to be for the client named by ``{client}``."""


def sets(columns: dict[str, str], client: str) -> str:
    """SQL: what ``columns`` are set to for ``client``."""
    return ", ".join(f"{column} = {counted.format(client=client)}" for column, counted in columns.items())


def _keep(columns: dict[str, str], *clients: str) -> str:
    return "\n".join(
        f"UPDATE client_rhythm SET {sets(columns, client)} WHERE client_id = {client};" for client in clients
    )


_COMPLETED_CHANGES = """
(OLD.status = 'completed' OR NEW.status = 'completed')
AND (OLD.status IS NOT NEW.status OR OLD.day IS NOT NEW.day OR OLD.client_id IS NOT NEW.client_id)
"""
_AHEAD_CHANGES = f"""
(OLD.status IN {AHEAD} OR NEW.status IN {AHEAD})
AND ((OLD.status IN {AHEAD}) <> (NEW.status IN {AHEAD})
     OR OLD.day IS NOT NEW.day OR OLD.client_id IS NOT NEW.client_id)
"""

_FORGET_WORDS = "INSERT INTO client_search (client_search, rowid, search) VALUES ('delete', OLD.id, OLD.search);"
_KEEP_WORDS = "INSERT INTO client_search (rowid, search) VALUES (NEW.id, NEW.search);"


def _trigger(name: str, event: str, when: str, acts: str) -> str:
    condition = f"WHEN {when}\n" if when else ""
    return f"CREATE TRIGGER {name} {event}\n{condition}BEGIN\n{acts}\nEND"


_OF_A_CLIENT = (
    ("client_search_insert", "AFTER INSERT ON client", "", _KEEP_WORDS),
    (
        "client_search_update",
        "AFTER UPDATE OF search ON client",
        "OLD.search IS NOT NEW.search",
        f"{_FORGET_WORDS}\n{_KEEP_WORDS}",
    ),
    ("client_search_delete", "AFTER DELETE ON client", "", _FORGET_WORDS),
    (
        "client_rhythm_insert",
        "AFTER INSERT ON client",
        "NEW.archived_at IS NULL",
        "INSERT INTO client_rhythm (client_id, visits, spent) VALUES (NEW.id, 0, 0);",
    ),
    (
        "client_rhythm_archive",
        "AFTER UPDATE OF archived_at ON client",
        "(OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL)",
        "DELETE FROM client_rhythm WHERE client_id = NEW.id;\n"
        "INSERT INTO client_rhythm (client_id, visits, spent) SELECT NEW.id, 0, 0 WHERE NEW.archived_at IS NULL;\n"
        + _keep(RHYTHM_OF, "NEW.id"),
    ),
    (
        "client_rhythm_delete",
        "AFTER DELETE ON client",
        "",
        "DELETE FROM client_rhythm WHERE client_id = OLD.id;",
    ),
)
_NOTE_AHEAD = """
UPDATE client_rhythm SET ahead_day = NEW.day
WHERE client_id = NEW.client_id AND (ahead_day IS NULL OR ahead_day < NEW.day);
"""
_OF_ITS_VISITS = (
    (
        "visit_rhythm_booked",
        "AFTER INSERT ON visit",
        f"NEW.client_id IS NOT NULL AND NEW.status IN {AHEAD}",
        _NOTE_AHEAD,
    ),
    (
        "visit_rhythm_completed",
        "AFTER INSERT ON visit",
        "NEW.client_id IS NOT NULL AND NEW.status = 'completed'",
        _keep(_VISITS_OF, "NEW.client_id"),
    ),
    (
        "visit_rhythm_update_completed",
        "AFTER UPDATE OF client_id, day, status ON visit",
        _COMPLETED_CHANGES,
        _keep(_VISITS_OF, "OLD.client_id", "NEW.client_id"),
    ),
    (
        "visit_rhythm_update_ahead",
        "AFTER UPDATE OF client_id, day, status ON visit",
        _AHEAD_CHANGES,
        _keep(_AHEAD_OF, "OLD.client_id", "NEW.client_id"),
    ),
    (
        "visit_rhythm_delete",
        "AFTER DELETE ON visit",
        "OLD.client_id IS NOT NULL",
        _keep(_VISITS_OF | _AHEAD_OF, "OLD.client_id"),
    ),
    (
        "payment_rhythm_insert",
        "AFTER INSERT ON payment",
        "NEW.client_id IS NOT NULL",
        "UPDATE client_rhythm SET spent = spent + NEW.amount WHERE client_id = NEW.client_id;",
    ),
    (
        "payment_rhythm_update",
        "AFTER UPDATE OF client_id, amount ON payment",
        "",
        _keep(_SPENT_OF, "OLD.client_id", "NEW.client_id"),
    ),
    (
        "payment_rhythm_delete",
        "AFTER DELETE ON payment",
        "OLD.client_id IS NOT NULL",
        _keep(_SPENT_OF, "OLD.client_id"),
    ),
)

BULKY = {name: _trigger(name, *rest) for name, *rest in _OF_ITS_VISITS}
"""Those that look at all visits of a client: who writes very many visits does without them, see ``models.derived``."""
KEEPERS = {name: _trigger(name, *rest) for name, *rest in _OF_A_CLIENT} | BULKY
"""Triggers by name."""
