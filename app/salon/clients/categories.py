"""Groups of clients by the salon's own idea, each with its colour: brides, models, neighbours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app import models
from app.errors import NameMissing
from app.models.connection import Database
from app.salon.clients.standing import CategoryMark
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class ListedCategory:
    """A category with everything that can be changed, and how many clients it has."""

    category_id: int
    name: str
    colour: int
    """Counts the theme's category colours."""
    clients: int


def keep(work: Work, category_id: int | None, name: str, colour: int) -> int:
    """Set a category up, after the others, or change it; returns its id. Raises NameMissing, TextTooLong, Gone."""
    said = " ".join(text(name, LONGEST_NAME).split())
    if not said:
        raise NameMissing
    work.tell(Action.CATEGORIES_CHANGED, note=said)
    if category_id is not None:
        work.update(models.ClientCategory, category_id, name=said, colour=colour)
        return category_id
    last = work.database.value("SELECT MAX(position) FROM client_category")
    position = 0 if last is None else int(last) + 1
    return work.insert(models.ClientCategory, name=said, colour=colour, position=position)


def archive(work: Work, category_id: int) -> None:
    """Use the category no more; who belongs to it is kept, so that undo brings all back. Raises Gone."""
    work.tell(Action.CATEGORIES_CHANGED)
    work.update(models.ClientCategory, category_id, archived_at=work.now)


def set_order(work: Work, category_ids: Sequence[int]) -> None:
    """Put the categories in this order. Raises Gone."""
    work.tell(Action.CATEGORIES_CHANGED)
    for position, category_id in enumerate(category_ids):
        work.update(models.ClientCategory, category_id, position=position)


def set_of_client(work: Work, client_id: int, category_ids: Iterable[int]) -> None:
    """Say to which of the categories in use a client belongs. Raises Gone."""
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    rows = work.database.rows(
        """
        SELECT x.id, x.category_id FROM client_in_category x JOIN client_category k ON k.id = x.category_id
        WHERE x.client_id = ? AND k.archived_at IS NULL
        """,
        (client_id,),
    )
    wanted = set(category_ids)
    for link, category_id in rows:
        if category_id not in wanted:
            work.delete(models.ClientInCategory, link)
    for category_id in sorted(wanted - {category_id for _link, category_id in rows}):
        work.insert(models.ClientInCategory, client=client_id, category=category_id)


def listed(database: Database) -> list[ListedCategory]:
    """The categories in use, in their order; one query."""
    return [
        ListedCategory(*row)
        for row in database.rows(
            """
            SELECT k.id, k.name, k.colour, COUNT(c.id) FROM client_category k
            LEFT JOIN client_in_category x ON x.category_id = k.id
            LEFT JOIN client c ON c.id = x.client_id AND c.archived_at IS NULL
            WHERE k.archived_at IS NULL GROUP BY k.id ORDER BY k.position, k.id
            """
        )
    ]


def offered(database: Database) -> list[CategoryMark]:
    """The categories in use, in their order, for a choice; whoever belongs to them is not counted."""
    rows = database.rows("SELECT id, name, colour FROM client_category WHERE archived_at IS NULL ORDER BY position, id")
    return [CategoryMark(*row) for row in rows]
