"""Making anew what the keepers derive, and seeing whether it is in line: the search index and the clients' rhythm."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from app.models.connection import Database
from app.models.keepers import BULKY, RHYTHM_OF, sets

RHYTHMS_AS_KEPT = f"SELECT client_id, {', '.join(RHYTHM_OF)} FROM client_rhythm"
RHYTHMS_AS_COUNTED = "SELECT c.id, {columns} FROM client c".format(
    columns=", ".join(counted.format(client="c.id") for counted in RHYTHM_OF.values())
)
"""SQL: the rows of ``client_rhythm`` as they stand, and as they have to be for every client."""


@contextmanager
def kept_at_the_end(database: Database) -> Generator[None]:
    """Write very many visits and payments without looking at each client every time, and look once at the end.

    Within a transaction: if it fails, the triggers are back with everything else.
    """
    for name in BULKY:
        database.rows(f"DROP TRIGGER {name}")
    yield
    rebuild_rhythm(database)
    for text in BULKY.values():
        database.rows(text)


def rebuild_rhythm(database: Database) -> None:
    """Bring the rhythm of every client in line with the visits and payments, within a transaction."""
    open_cards = "SELECT id FROM client WHERE archived_at IS NULL"
    database.rows(f"DELETE FROM client_rhythm WHERE client_id NOT IN ({open_cards})")
    database.rows(
        "INSERT OR IGNORE INTO client_rhythm (client_id, visits, spent) "
        f"SELECT id, 0, 0 FROM ({open_cards}) ORDER BY id"
    )
    database.rows(f"UPDATE client_rhythm SET {sets(RHYTHM_OF, 'client_rhythm.client_id')}")


def purge_search(database: Database) -> None:
    """Leave no letter in the search index that no card has any more.

    The index notes what was taken out of it beside what it held; only here are the two brought together. Whoever
    empties a person calls it after the card was emptied; the pages of the file are the caller's to wipe.
    """
    database.rows("INSERT INTO client_search (client_search) VALUES ('optimize')")


def is_search_in_line(database: Database) -> bool:
    """Whether the search index says of every card what the card says."""
    try:
        database.connection.execute("INSERT INTO client_search (client_search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if "client_search" in str(error) or "malformed" in str(error):
            return False
        raise database.meaning(error) from error
    return True
