"""Two cards of one person become one. Everything is kept, it is one act, and undo takes all of it back.

Which tables refer to a client is asked of the database itself, so that a table that is added later is not forgotten.
The absorbed card stays in the archive and leads to the one that remains.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from app import models
from app.errors import Gone
from app.language import _
from app.models.connection import Database, table_name
from app.models.kept import read_instant
from app.salon.clients import consents, contacts, register, requisites, standing
from app.salon.clients.card import Contact
from app.salon.clients.contacts import Reachable
from app.salon.clients.requisites import Requisites
from app.salon.clients.standing import Standing
from app.salon.scheduling import waited_for
from app.salon.transaction import Work
from app.salon.typed import LONGEST_TEXT
from app.vocabulary import Action, ClientKind, NoteKind, ReminderKind, ReminderStatus, SkipReason

_LINK_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Side:
    """One of two cards that are compared."""

    client_id: int
    name: str
    birthday: date | None
    wishes: str
    notes: str
    contacts: tuple[Contact, ...]
    standing: Standing
    reachable: Reachable
    requisites: Requisites
    visits: int
    """Completed visits."""
    last_visit: date | None
    next_visit: date | None
    spent: int
    """Minor units."""
    photos: int
    """Photos and files."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the card that remains says where the two differ. Everything else of both is kept anyway."""

    name: str
    birthday: date | None = None
    kind: ClientKind = ClientKind.PERSON
    reachable: Reachable = field(default_factory=Reachable)
    requisites: Requisites = field(default_factory=Requisites)


def side(database: Database, client_id: int, today: date) -> Side:
    """A card as it is compared; a fixed number of queries. Raises Gone."""
    row = database.row("SELECT name, birthday, wishes, notes FROM client WHERE id = ?", (client_id,))
    if row is None:
        raise Gone
    visits, last, coming = database.row(_VISITS, (today.isoformat(), client_id)) or (0, None, None)
    return Side(
        client_id,
        row[0],
        None if row[1] is None else date.fromisoformat(row[1]),
        row[2],
        row[3],
        contacts.of_client(database, client_id),
        standing.read(database, client_id),
        contacts.reachable(database, client_id),
        requisites.read(database, client_id),
        visits,
        None if last is None else date.fromisoformat(last),
        None if coming is None else date.fromisoformat(coming),
        int(database.value("SELECT COALESCE(SUM(amount), 0) FROM payment WHERE client_id = ?", (client_id,))),
        int(
            database.value("SELECT COUNT(*) FROM client_file WHERE client_id = ? AND archived_at IS NULL", (client_id,))
        ),
    )


_VISITS = """
SELECT COUNT(CASE WHEN status = 'completed' THEN 1 END), MAX(CASE WHEN status = 'completed' THEN day END),
    MIN(CASE WHEN day >= ? AND status IN ('booked', 'confirmed', 'arrived', 'in_service') THEN day END)
FROM visit WHERE client_id = ?
"""


def remains(one: Side, other: Side) -> tuple[Side, Side]:
    """Which of two cards remains and which is absorbed, when nobody chose: the one with more visits, then the older.

    Pure.
    """
    first, second = sorted((one, other), key=lambda card: (-card.visits, card.client_id))
    return first, second


def suggested(stays: Side, absorbed: Side) -> Chosen:
    """What is taken from which card, when nobody chose: the fuller name, and what only one of them knows. Pure."""
    fuller = max((stays, absorbed), key=lambda card: (len(card.name.split()), card is stays))
    kind = next((one.standing.kind for one in (stays, absorbed) if one.standing.kind is not ClientKind.PERSON), None)
    is_told = stays.reachable != Reachable()
    return Chosen(
        fuller.name,
        absorbed.birthday if stays.birthday is None else stays.birthday,
        ClientKind.PERSON if kind is None else kind,
        stays.reachable if is_told else absorbed.reachable,
        _filled(stays.requisites, absorbed.requisites),
    )


def merge(work: Work, stays: int, absorbed: int, chosen: Chosen) -> None:
    """Let ``stays`` have everything that ``absorbed`` has; wishes and notes are joined, doubles stand once.

    Raises Gone when one of the cards is no longer there or was absorbed already, NameMissing, TextTooLong, BadDate,
    BadHours, BadRequisite.
    """
    if stays == absorbed:
        raise Gone
    mine, theirs = _living(work.database, stays), _living(work.database, absorbed)
    work.tell(Action.CLIENTS_MERGED, client=stays, note=theirs["name"])
    work.notes.clients.add(absorbed)
    _join_contacts(work, stays, absorbed)
    _join_relations(work, stays, absorbed)
    _join_decisions(work, stays, absorbed)
    _join_requisites(work, stays, absorbed, chosen.requisites)
    for name, column in work.database.references_to(table_name(models.Client)):
        _hand_over(work, name, column, stays, absorbed)
    _drop_repeated_alerts(work, stays)
    if chosen.name != mine["name"]:
        register.rename(work, stays, chosen.name)
    if str(chosen.birthday or "") != (mine["birthday"] or ""):
        register.set_birthday(work, stays, chosen.birthday)
    contacts.set_reachable(work, stays, chosen.reachable)
    work.update(
        models.Client,
        stays,
        kind=chosen.kind,
        is_vip=bool(mine["is_vip"] or theirs["is_vip"]),
        do_not_book_reason=_joined((mine["do_not_book_reason"], theirs["do_not_book_reason"]), _LINK_BETWEEN),
        wishes=_joined_or_noted(work, stays, mine["wishes"], theirs["wishes"]),
        notes=_joined_or_noted(work, stays, mine["notes"], theirs["notes"]),
        created_at=read_instant(min(mine["created_at"], theirs["created_at"])),
    )
    work.update(models.Client, absorbed, archived_at=work.now, merged_into=stays)
    register.refresh_search(work, stays)  # the name of the absorbed card finds the one that remains
    if not consents.may_advertise(work.database, stays):
        consents.skip_invitations(work, stays)
    _invite_once(work, stays)
    waited_for.join_same(work, stays)


def remaining(database: Database, client_id: int) -> int:
    """The card to which an old link leads: itself, or the one that absorbed it."""
    found = database.value("SELECT merged_into_id FROM client WHERE id = ?", (client_id,))
    # An absorbed card points to one that remains: when that is absorbed too, the pointer goes on with it.
    return client_id if found is None else int(found)


def cards_of(database: Database, client_id: int) -> tuple[int, ...]:
    """The card and those that it absorbed: the journal tells of all of them."""
    rows = database.rows("SELECT id FROM client WHERE merged_into_id = ? ORDER BY id", (client_id,))
    return (client_id, *(row[0] for row in rows))


# ---- parts ---------------------------------------------------------------------------------------------------


def _living(database: Database, client_id: int) -> dict[str, Any]:
    row = database.kept_row(table_name(models.Client), client_id)
    if row is None or row["archived_at"] is not None or row["forgotten_at"] is not None:
        raise Gone
    return row


def _hand_over(work: Work, name: str, column: str, stays: int, absorbed: int) -> None:
    """Let the rows of a table that point to the absorbed card point to the other one.

    What the other card has already and may not have twice goes; the journal keeps it for undo.
    """
    for columns in work.database.unique_columns(name):
        if column not in columns:
            continue
        same = " AND ".join(f"mine.{one} = theirs.{one}" for one in columns if one != column) or "1 = 1"
        doubles = work.database.rows(
            f"""
            SELECT theirs.id FROM "{name}" theirs JOIN "{name}" mine ON mine.{column} = ? AND {same}
            WHERE theirs.{column} = ?
            """,
            (stays, absorbed),
        )
        for (row_id,) in doubles:
            work.delete_kept(name, row_id)
    for (row_id,) in work.database.rows(f'SELECT id FROM "{name}" WHERE {column} = ? ORDER BY id', (absorbed,)):
        work.update_kept(name, row_id, {column: stays})


def _join_contacts(work: Work, stays: int, absorbed: int) -> None:
    """A number that both have stands once; whose it is, is kept from whichever card knows it."""
    mine = {(one.kind, one.value): one for one in contacts.of_client(work.database, stays)}
    has = {one.kind for one in mine.values()}
    for theirs in contacts.of_client(work.database, absorbed):
        same = mine.get((theirs.kind, theirs.value))
        if same is None:
            if theirs.is_preferred and theirs.kind in has:
                work.update(models.ContactPoint, theirs.contact_id, is_preferred=False)
            continue
        if theirs.whose and not same.whose:
            work.update(models.ContactPoint, same.contact_id, whose=theirs.whose)
        work.delete(models.ContactPoint, theirs.contact_id)


def _join_relations(work: Work, stays: int, absorbed: int) -> None:
    """Relatives of both; the two cards are no relatives of each other any more, and nobody is one twice."""
    rows = work.database.rows(
        "SELECT id, client_id, relative_id, may_book FROM client_relation WHERE ? IN (client_id, relative_id)",
        (absorbed,),
    )
    for row_id, client_id, relative_id, may_book in rows:
        client, relative = (stays if one == absorbed else one for one in (client_id, relative_id))
        same = work.database.row(
            "SELECT id, may_book FROM client_relation WHERE client_id = ? AND relative_id = ?", (client, relative)
        )
        if client == relative or same is not None:
            work.delete(models.ClientRelation, row_id)
        else:
            work.update(models.ClientRelation, row_id, client=client, relative=relative)
        if same is not None and may_book and not same[1]:
            work.update(models.ClientRelation, same[0], may_book=True)


def _join_decisions(work: Work, stays: int, absorbed: int) -> None:
    """Whom the absorbed card is not, the other one is not either; that these two are not the same was a mistake."""
    rows = work.database.rows(
        "SELECT id, client_id, other_id FROM not_duplicate WHERE ? IN (client_id, other_id)", (absorbed,)
    )
    for row_id, client_id, other_id in rows:
        first, second = sorted(stays if one == absorbed else one for one in (client_id, other_id))
        same = work.database.value("SELECT 1 FROM not_duplicate WHERE client_id = ? AND other_id = ?", (first, second))
        if first == second or same:
            work.delete(models.NotDuplicate, row_id)
        else:
            work.update(models.NotDuplicate, row_id, client=first, other=second)


def _join_requisites(work: Work, stays: int, absorbed: int, chosen: Requisites) -> None:
    """The chosen requisites stand on the card; what differs on either is written on its timeline."""
    sides = [requisites.read(work.database, one) for one in (stays, absorbed)]
    left_out = [
        value
        for told in sides
        for each in fields(Requisites)
        if (value := getattr(told, each.name)) and value != getattr(chosen, each.name)
    ]
    if left_out:
        words = _("Requisites of the merged card: {facts}").format(facts=", ".join(dict.fromkeys(left_out)))
        _note(work, stays, words)
    row_id = work.database.value("SELECT id FROM requisites WHERE client_id = ?", (absorbed,))
    if row_id is not None:
        work.delete(models.Requisites, int(row_id))
    if chosen != sides[0]:
        requisites.keep(work, stays, chosen)


def _drop_repeated_alerts(work: Work, stays: int) -> None:
    """An alert that both cards had is shown once; the other stays in the archive with its acknowledgements."""
    seen: set[tuple[str, str]] = set()
    for row_id, kind, words in work.database.rows(
        "SELECT id, kind, text FROM alert WHERE client_id = ? AND archived_at IS NULL ORDER BY id", (stays,)
    ):
        alert = (kind, words.casefold())
        if alert in seen:
            work.update(models.Alert, row_id, archived_at=work.now)
        seen.add(alert)


def _invite_once(work: Work, stays: int) -> None:
    """Who was to be invited on both cards is invited once: by the invitation that has waited longest."""
    rows = work.database.rows(
        "SELECT id FROM reminder WHERE client_id = ? AND kind = ? AND status IN (?, ?) ORDER BY due_at, id",
        (stays, ReminderKind.INVITATION, ReminderStatus.QUEUED, ReminderStatus.OPENED),
    )
    for (row_id,) in rows[1:]:
        work.update(
            models.Reminder,
            row_id,
            status=ReminderStatus.SKIPPED,
            skip_reason=SkipReason.ALREADY_KNOWS,
            closed_at=work.now,
        )


def _joined_or_noted(work: Work, stays: int, mine: str, theirs: str) -> str:
    """Both texts, one below the other; what a card cannot hold becomes a line of its timeline."""
    both = _joined((mine, theirs), "\n")
    if len(both) <= LONGEST_TEXT:
        return both
    _note(work, stays, theirs)
    return mine


def _joined(texts: Iterable[str], between: str) -> str:
    """The texts, each once; one that another holds already adds nothing."""
    kept: list[str] = []
    for each in texts:
        if each and not any(each in one for one in kept):
            kept = [one for one in kept if one not in each]
            kept.append(each)
    return between.join(kept)


def _note(work: Work, client_id: int, words: str) -> None:
    work.insert(
        models.ClientNote,
        client=client_id,
        kind=NoteKind.NOTE,
        text=words,
        at=work.now,
        actor=work.salon.actor,
    )


def _filled(mine: Requisites, theirs: Requisites) -> Requisites:
    gaps = {each.name: getattr(theirs, each.name) for each in fields(Requisites) if not getattr(mine, each.name)}
    return replace(mine, **gaps)
