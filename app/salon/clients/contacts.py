"""How a client is reached: several phones and e-mails, messengers, the preferred way and the hours that suit."""

from dataclasses import dataclass

from app import models
from app.errors import BadHours, Gone
from app.models.connection import Database
from app.salon.clients import addresses, families, register
from app.salon.clients.card import Contact
from app.salon.transaction import Work
from app.vocabulary import Action, Channel, ContactKind, RelationKind

MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class NewContact:
    """A way to reach the client as it was told; ``whose`` when it is not the client's own ("mother", "assistant")."""

    kind: ContactKind
    typed: str
    whose: str = ""
    relatives: tuple[int, ...] = ()
    """The family with whom it is shared: each may book for the other."""
    relation: RelationKind = RelationKind.OTHER
    """Who these relatives are to the client."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """How a client wants to be reached. Minutes are of the day; None: at any time."""

    channel: Channel | None = None
    """None: they did not say."""
    from_minute: int | None = None
    to_minute: int | None = None


def add(work: Work, client_id: int, new: NewContact) -> int:
    """Put a contact on the card; one that is there already stays as it is. Returns its id.

    A contact that others have too renames nobody; when they are family, both cards say so, and what they said before
    stays. Raises BadPhone, BadEmail, BadHandle, NotRelated, Gone.
    """
    known = {one.client_id for one in families.of_client(work.database, client_id)}
    for relative in new.relatives:
        if relative not in known:
            work.tell(Action.CLIENT_CHANGED, client=client_id)
            families.relate(work, client_id, relative, new.relation, may_book=True, is_booked_for=True)
    if new.kind is ContactKind.PHONE:
        return register.add_phone(work, client_id, new.typed, new.whose)
    address = addresses.read(new.kind, new.typed, work.profile.country)
    standing = standing_contact(work.database, client_id, new.kind, address.value)
    if standing is not None:
        return standing
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    is_first = not work.database.value(
        "SELECT 1 FROM contact_point WHERE client_id = ? AND kind = ?", (client_id, new.kind)
    )
    contact_id = work.insert(
        models.ContactPoint,
        client=client_id,
        kind=new.kind,
        typed=address.typed,
        value=address.value,
        whose=register.checked_owner(new.whose),
        is_preferred=is_first,
    )
    register.refresh_search(work, client_id)
    return contact_id


def change(work: Work, client_id: int, contact_id: int, new: NewContact) -> None:
    """Write a contact anew: another number, another owner. Raises BadPhone, BadEmail, BadHandle, Gone."""
    _of_client(work.database, client_id, contact_id)
    address = addresses.read(new.kind, new.typed, work.profile.country)
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(
        models.ContactPoint,
        contact_id,
        kind=new.kind,
        typed=address.typed,
        value=address.value,
        whose=register.checked_owner(new.whose),
    )
    register.refresh_search(work, client_id)


def prefer(work: Work, client_id: int, contact_id: int) -> None:
    """Of all contacts of its kind this one is used first. Raises Gone."""
    kind = _of_client(work.database, client_id, contact_id)
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    rows = work.database.rows("SELECT id FROM contact_point WHERE client_id = ? AND kind = ?", (client_id, kind))
    for (row_id,) in rows:
        work.update(models.ContactPoint, row_id, is_preferred=row_id == contact_id)


def set_reachable(work: Work, client_id: int, wanted: Reachable) -> None:
    """Keep how and when the client wants to be reached. Raises BadHours, Gone."""
    begins, ends = wanted.from_minute, wanted.to_minute
    for minute in (begins, ends):
        if minute is not None and not 0 <= minute <= MINUTES_OF_DAY:
            raise BadHours
    if begins is not None and ends is not None and begins >= ends:
        raise BadHours
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(
        models.Client, client_id, preferred_channel=wanted.channel, call_from_minute=begins, call_to_minute=ends
    )


def of_client(database: Database, client_id: int) -> tuple[Contact, ...]:
    """The contacts of a client: phones first, of each kind the preferred one first."""
    rows = database.rows(
        """
        SELECT id, kind, typed, value, whose, is_preferred FROM contact_point WHERE client_id = ?
        ORDER BY is_preferred DESC, id
        """,
        (client_id,),
    )
    found = [Contact(i, ContactKind(kind), typed, value, whose, bool(p)) for i, kind, typed, value, whose, p in rows]
    order = list(ContactKind)
    return tuple(sorted(found, key=lambda contact: order.index(contact.kind)))


def reachable(database: Database, client_id: int) -> Reachable:
    """How and when a client wants to be reached. Raises Gone."""
    row = database.row(
        "SELECT preferred_channel, call_from_minute, call_to_minute FROM client WHERE id = ?", (client_id,)
    )
    if row is None:
        raise Gone
    return Reachable(None if row[0] is None else Channel(row[0]), row[1], row[2])


def standing_contact(database: Database, client_id: int, kind: ContactKind, value: str) -> int | None:
    """The contact that says the same, if the card has one."""
    found = database.value(
        "SELECT id FROM contact_point WHERE client_id = ? AND kind = ? AND value = ?", (client_id, kind, value)
    )
    return None if found is None else int(found)


def _of_client(database: Database, client_id: int, contact_id: int) -> str:
    """The kind of the client's contact. Raises Gone when it is no longer theirs."""
    kind = database.value("SELECT kind FROM contact_point WHERE id = ? AND client_id = ?", (contact_id, client_id))
    if kind is None:
        raise Gone
    return str(kind)
