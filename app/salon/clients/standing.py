"""How a client stands with the salon: what kind of client it is, VIP, in which categories, and not to be booked."""

from dataclasses import dataclass

from app import models
from app.errors import Gone, ReasonMissing
from app.models.connection import Database
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, ClientKind

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class CategoryMark:
    """A category of the salon's own that a client belongs to. ``colour`` counts the theme's category colours."""

    category_id: int
    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a client stands with the salon."""

    kind: ClientKind
    is_vip: bool
    do_not_book_reason: str
    """Why the salon does not want to book them again; empty: it does."""
    categories: tuple[CategoryMark, ...]


def read(database: Database, client_id: int) -> Standing:
    """How a client stands with the salon; two queries. Raises Gone."""
    row = database.row("SELECT kind, is_vip, do_not_book_reason FROM client WHERE id = ?", (client_id,))
    if row is None:
        raise Gone
    rows = database.rows(
        """
        SELECT k.id, k.name, k.colour FROM client_in_category x JOIN client_category k ON k.id = x.category_id
        WHERE x.client_id = ? AND k.archived_at IS NULL ORDER BY k.position, k.id
        """,
        (client_id,),
    )
    return Standing(ClientKind(row[0]), bool(row[1]), row[2], tuple(CategoryMark(*mark) for mark in rows))


def set_kind(work: Work, client_id: int, kind: ClientKind) -> None:
    """Say whether this is a private person, an organisation or an intermediary. Raises Gone."""
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(models.Client, client_id, kind=kind)


def set_vip(work: Work, client_id: int, *, is_vip: bool) -> None:
    """Mark a client whom everybody takes special care of, or take the mark off. Raises Gone."""
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(models.Client, client_id, is_vip=is_vip)


def do_not_book(work: Work, client_id: int, reason: str) -> None:
    """The salon does not want to book this client any more; visits that are booked stay.

    Raises ReasonMissing, TextTooLong, Gone.
    """
    said = text(reason, LONGEST_REASON)
    if not said:
        raise ReasonMissing
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(models.Client, client_id, do_not_book_reason=said)


def book_again(work: Work, client_id: int) -> None:
    """The client may be booked again. Raises Gone."""
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(models.Client, client_id, do_not_book_reason="")
