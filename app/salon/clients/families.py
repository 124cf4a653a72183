"""Who belongs to whom: families, friends, assistants, and who may book for whom.

A relation stands on both cards, as two rows that are written in one act: what the one is to the other, and back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app import models
from app.errors import Gone, NotRelated
from app.models.connection import Database
from app.salon.transaction import Work
from app.vocabulary import Action, RelationKind

_OTHER_WAY = {
    RelationKind.PARENT: RelationKind.CHILD,
    RelationKind.CHILD: RelationKind.PARENT,
    RelationKind.ASSISTANT: RelationKind.EMPLOYER,
    RelationKind.EMPLOYER: RelationKind.ASSISTANT,
}


@dataclass(frozen=True, slots=True)
class Relation:
    """Somebody who belongs to a client."""

    relation_id: int
    client_id: int
    """The relative's card."""
    name: str
    phone: str
    """The relative's number, E.164, or empty."""
    kind: RelationKind
    """Who they are to the client."""
    may_book: bool
    """Whether they may book for the client."""
    is_booked_for: bool
    """Whether the client may book for them."""


def other_way(kind: RelationKind) -> RelationKind:
    """Who the client is to the relative: a mother has a daughter, a friend has a friend."""
    return _OTHER_WAY.get(kind, kind)


def relate(
    work: Work,
    client_id: int,
    relative_id: int,
    kind: RelationKind,
    *,
    may_book: bool = False,
    is_booked_for: bool = False,
) -> None:
    """Say who ``relative_id`` is to the client, and who may book for whom; what was said before is changed.

    Raises NotRelated for the client themselves, and Gone.
    """
    if client_id == relative_id:
        raise NotRelated
    work.tell(Action.RELATION_CHANGED, client=client_id)
    _keep(work, client_id, relative_id, kind, may_book=may_book)
    _keep(work, relative_id, client_id, other_way(kind), may_book=is_booked_for)


def separate(work: Work, client_id: int, relative_id: int) -> None:
    """They do not belong together after all; undo brings it back. Raises Gone."""
    rows = work.database.rows(
        "SELECT id FROM client_relation WHERE (client_id, relative_id) IN (VALUES (?, ?), (?, ?))",
        (client_id, relative_id, relative_id, client_id),
    )
    if not rows:
        raise Gone
    work.tell(Action.RELATION_CHANGED, client=client_id)
    for (row_id,) in rows:
        work.delete(models.ClientRelation, row_id)


def of_clients(database: Database, client_ids: Sequence[int]) -> dict[int, list[Relation]]:
    """Who belongs to each of these clients, by their ids; one query."""
    found: dict[int, list[Relation]] = {client_id: [] for client_id in client_ids}
    marks = ", ".join("?" * len(found))
    for client_id, *facts in database.rows(_RELATIONS.format(marks=marks), tuple(found)):
        relation_id, relative, name, phone, kind, may_book, is_booked_for = facts
        found[client_id].append(
            Relation(
                relation_id, relative, name, phone, RelationKind(kind), bool(may_book), bool(is_booked_for or False)
            )
        )
    return found


def of_client(database: Database, client_id: int) -> list[Relation]:
    """Who belongs to a client."""
    return of_clients(database, (client_id,))[client_id]


_RELATIONS = """
SELECT r.client_id, r.id, c.id, c.name,
    COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'
              ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
    r.kind, r.may_book,
    (SELECT b.may_book FROM client_relation b WHERE b.client_id = r.relative_id AND b.relative_id = r.client_id)
FROM client_relation r JOIN client c ON c.id = r.relative_id
WHERE r.client_id IN ({marks}) AND c.archived_at IS NULL ORDER BY r.id
"""


def _keep(work: Work, client_id: int, relative_id: int, kind: RelationKind, *, may_book: bool) -> None:
    standing = work.database.value(
        "SELECT id FROM client_relation WHERE client_id = ? AND relative_id = ?", (client_id, relative_id)
    )
    if standing is not None:
        work.update(models.ClientRelation, int(standing), kind=kind, may_book=may_book)
        return
    work.insert(models.ClientRelation, client=client_id, relative=relative_id, kind=kind, may_book=may_book)
    work.notes.clients.add(relative_id)
