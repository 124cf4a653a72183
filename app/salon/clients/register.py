"""The register of clients: adding a card, changing it, warning of what must not be forgotten."""

from dataclasses import dataclass
from datetime import date

from app import models
from app.errors import Gone, NameMissing, TextChangedMeanwhile, TextTooLong
from app.models.connection import Database
from app.salon.clients import birthdays, families, phones, reasons
from app.salon.clients.spelling import search_text
from app.salon.transaction import Work
from app.salon.typed import LONGEST_TEXT as LONGEST_TEXT, text as typed_text, writable
from app.vocabulary import Action, AlertKind, ContactKind, RelationKind

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class NewClient:
    """What is asked at the first call: a name, perhaps a phone."""

    name: str
    phone: str = ""
    wishes: str = ""
    notes: str = ""
    birthday: date | None = None
    whose_phone: str = ""
    """Whose phone it is when not the client's own: "mother"."""
    relatives: tuple[int, ...] = ()
    """The family with whom the phone is shared: each may book for the other."""
    relation: RelationKind = RelationKind.OTHER
    """Who these relatives are to the new client."""


@dataclass(frozen=True, slots=True)
class PhoneOwner:
    """Somebody who already has a phone: a match is a question ("same person, family, new?"), never an answer."""

    client_id: int
    name: str


def add(work: Work, new: NewClient) -> int:
    """Open a card and return its id. A known phone renames nobody; it simply belongs to both.

    Raises NameMissing, TextTooLong, BadPhone, BadDate.
    """
    name = _checked_name(new.name)
    phone = phones.read(new.phone, work.profile.country) if new.phone.strip() else None
    client_id = work.insert(
        models.Client,
        name=name,
        wishes=_checked_text(new.wishes),
        notes=_checked_text(new.notes),
        birthday=_checked_birthday(work, new.birthday),
        search=search_text(name, [phone.e164] if phone else [], [new.whose_phone] if phone else []),
        created_at=work.now,
    )
    work.tell(Action.CLIENT_ADDED, client=client_id)
    if phone is not None:
        work.insert(
            models.ContactPoint,
            client=client_id,
            kind=ContactKind.PHONE,
            typed=phone.typed,
            value=phone.e164,
            whose=checked_owner(new.whose_phone),
            is_preferred=True,
        )
    for relative in new.relatives:
        families.relate(work, client_id, relative, new.relation, may_book=True, is_booked_for=True)
    return client_id


def begun(typed: str) -> NewClient:
    """The card that begins with what was typed into the search: letters are the name, digits the phone."""
    tokens = typed.split()
    name = [token for token in tokens if any(c.isalpha() for c in token)]
    number = [token for token in tokens if token not in name]
    phone = " ".join(number) if phones.digits("".join(number)) else ""
    return NewClient(" ".join(token[:1].upper() + token[1:] for token in name), phone)


def rename(work: Work, client_id: int, name: str) -> None:
    """Call the client by another name. Raises NameMissing, TextTooLong, Gone."""
    checked = _checked_name(name)
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(models.Client, client_id, name=checked, search=_searched(work, client_id, checked))


def set_birthday(work: Work, client_id: int, birthday: date | None) -> None:
    """Keep when the client was born, or that nobody knows. Raises BadDate, Gone."""
    checked = _checked_birthday(work, birthday)
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(models.Client, client_id, birthday=checked)


def set_wishes(work: Work, client_id: int, wishes: str, read: str | None = None) -> None:
    """Keep what the client likes. ``read`` is the text that was changed into this one; None: whatever it was.

    Raises TextTooLong, Gone, and TextChangedMeanwhile where the card does not say any more what was read.
    """
    checked = _checked_text(wishes)
    _refuse_unread(work, client_id, "wishes", checked, read)
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(models.Client, client_id, wishes=checked)


def set_notes(work: Work, client_id: int, notes: str, read: str | None = None) -> None:
    """Keep what the salon notes about the client; ``read`` and what it raises are as for ``set_wishes``."""
    checked = _checked_text(notes)
    _refuse_unread(work, client_id, "notes", checked, read)
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.update(models.Client, client_id, notes=checked)


def _refuse_unread(work: Work, client_id: int, column: str, wanted: str, read: str | None) -> None:
    standing = work.database.value(f"SELECT {column} FROM client WHERE id = ?", (client_id,))
    if read is not None and standing is not None and standing not in (read, wanted):
        raise TextChangedMeanwhile(standing)


def add_phone(work: Work, client_id: int, typed: str, whose: str = "") -> int:
    """Add a phone to a card; one that is on it already stays as it is. Raises BadPhone, Gone."""
    phone = phones.read(typed, work.profile.country)
    standing = work.database.value(
        "SELECT id FROM contact_point WHERE client_id = ? AND value = ? AND kind = ?",
        (client_id, phone.e164, ContactKind.PHONE),
    )
    if standing is not None:
        return int(standing)
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    contact_id = work.insert(
        models.ContactPoint,
        client=client_id,
        kind=ContactKind.PHONE,
        typed=phone.typed,
        value=phone.e164,
        whose=checked_owner(whose),
        is_preferred=not _phones_of(work.database, client_id),
    )
    refresh_search(work, client_id)
    return contact_id


def remove_contact(work: Work, client_id: int, contact_id: int) -> None:
    """Take a contact off a card; undo brings it back. Raises Gone."""
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    work.delete(models.ContactPoint, contact_id)
    refresh_search(work, client_id)


def warn(work: Work, client_id: int, kind: AlertKind, text: str) -> int:
    """Put an alert on the card: everyone sees it at booking and at arrival. Raises NameMissing, TextTooLong."""
    said = _checked_text(text)
    if not said:
        raise NameMissing
    work.tell(Action.ALERT_ADDED, client=client_id, note=kind)
    work.notes.clients.add(client_id)
    return work.insert(models.Alert, client=client_id, kind=kind, text=said, created_at=work.now)


def take_back_alert(work: Work, client_id: int, alert_id: int) -> None:
    """The alert no longer holds; it is archived, not forgotten. Raises Gone."""
    work.tell(Action.ALERT_REMOVED, client=client_id)
    work.update(models.Alert, alert_id, archived_at=work.now)


def owners_of_phone(database: Database, typed: str, country: str) -> list[PhoneOwner]:
    """Who already has this phone. Raises BadPhone."""
    phone = phones.read(typed, country)
    rows = database.rows(
        """
        SELECT DISTINCT c.id, c.name FROM contact_point p JOIN client c ON c.id = p.client_id
        WHERE p.value = ? AND c.archived_at IS NULL ORDER BY c.name
        """,
        (phone.e164,),
    )
    return [PhoneOwner(client_id, name) for client_id, name in rows]


def name_of(database: Database, client_id: int) -> str:
    """What a client is called. Raises Gone."""
    name = database.value("SELECT name FROM client WHERE id = ?", (client_id,))
    if name is None:
        raise Gone
    return str(name)


def refresh_search(work: Work, client_id: int) -> None:
    """Bring what the search looks through in line with the card. Raises Gone."""
    name = work.database.value("SELECT name FROM client WHERE id = ?", (client_id,))
    if name is None:
        raise Gone
    work.update(models.Client, client_id, search=_searched(work, client_id, name))


def _searched(work: Work, client_id: int, name: str) -> str:
    """The name, the phones, and by what else somebody is looked for.

    That is e-mails, whose phone it is, the legal name, and what the client was called before.
    """
    database = work.database
    rows = database.rows("SELECT kind, value, whose FROM contact_point WHERE client_id = ? ORDER BY id", (client_id,))
    papers = database.row(
        "SELECT legal_name, contact_person, tax_number FROM requisites WHERE client_id = ?", (client_id,)
    )
    others = [text for kind, value, whose in rows for text in (whose, "" if kind == ContactKind.PHONE else value)]
    numbers = [value for kind, value, _whose in rows if kind == ContactKind.PHONE]
    return search_text(name, numbers, [*others, *(papers or ())], _earlier(work, client_id, name))


def _earlier(work: Work, client_id: int, name: str) -> list[str]:
    """What the client was called until now, this act included; a renaming that it takes back was none."""
    before = reasons.earlier_names(work.database, (client_id,), without=work.undoes).get(client_id, ())
    if work.undoes is not None:
        return [one for one in before if one != name]
    standing = work.database.value("SELECT name FROM client WHERE id = ?", (client_id,))
    now = [(c.table, c.row_id, c.before, c.after) for c in work.rows_of(models.Client)]
    return [one for one in (standing, *reasons.names_left(now, client_id), *before) if one and one != name]


def _phones_of(database: Database, client_id: int) -> list[str]:
    rows = database.rows(
        "SELECT value FROM contact_point WHERE client_id = ? AND kind = 'phone' ORDER BY id", (client_id,)
    )
    return [row[0] for row in rows]


def _checked_name(name: str) -> str:
    said = " ".join(writable(name).split())
    if not said:
        raise NameMissing
    if len(said) > LONGEST_NAME:
        raise TextTooLong(LONGEST_NAME)
    return said


def _checked_text(text: str) -> str:
    return typed_text(text)


def checked_owner(whose: str) -> str:
    """Whose phone it is, as it is kept."""
    return " ".join(writable(whose).split())[:LONGEST_NAME]


def _checked_birthday(work: Work, birthday: date | None) -> date | None:
    return None if birthday is None else birthdays.checked(birthday, work.wall_now.date())
