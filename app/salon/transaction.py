"""An act of the salon: one transaction, one journal entry, one account of what changed.

Every write of the program goes through a ``Work``. It notes each row before and after, so the journal can tell the
story, undo can take it back, and the screens learn what to read again, without any operation having to remember it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from app import models
from app.clock import Clock, wall_time
from app.errors import ChangedSince, Gone, PersonForgotten, ToBeForgotten
from app.frozen import frozen
from app.models.connection import Database, kept_values, table_name
from app.models.kept import instant_text
from app.salon import profile as profile_of
from app.salon.changes import ChangeNotes, Changes
from app.salon.journal import DERIVED, RowChange, written
from app.salon.profile import Profile
from app.vocabulary import Action, Topic

P = ParamSpec("P")
T = TypeVar("T")

_TOPIC_OF_TABLE = {
    "salon_profile": Topic.SALON,
    "checklist_template": Topic.CATALOGUE,
    "template_step": Topic.CATALOGUE,
    "staff_member": Topic.STAFF,
    "service_category": Topic.CATALOGUE,
    "service": Topic.CATALOGUE,
    "staff_service": Topic.STAFF,
    "shift": Topic.STAFF,
    "roster": Topic.STAFF,
    "roster_day": Topic.STAFF,
    "absence": Topic.STAFF,
    "absence_call": Topic.STAFF,
    "holiday": Topic.STAFF,
    "room": Topic.ROOMS,
    "room_service": Topic.ROOMS,
    "waitlist_entry": Topic.WAITING,
    "waitlist_service": Topic.WAITING,
    "waitlist_master": Topic.WAITING,
    "waitlist_window": Topic.WAITING,
    "place_hold": Topic.VISITS,
    "turn_away": Topic.WAITING,
    "visit_group": Topic.VISITS,
    "series": Topic.VISITS,
    "block": Topic.VISITS,
    "client": Topic.CLIENTS,
    "contact_point": Topic.CLIENTS,
    "alert": Topic.CLIENTS,
    "alert_acknowledgement": Topic.CLIENTS,
    "client_category": Topic.CLIENTS,
    "client_in_category": Topic.CLIENTS,
    "client_relation": Topic.CLIENTS,
    "requisites": Topic.CLIENTS,
    "not_duplicate": Topic.CLIENTS,
    "consent_text": Topic.CLIENTS,
    "consent": Topic.CLIENTS,
    "client_note": Topic.CLIENTS,
    "bonus_entry": Topic.CLIENTS,
    "answer": Topic.CLIENTS,
    "client_file": Topic.CLIENTS,
    "formula": Topic.CLIENTS,
    "formula_part": Topic.CLIENTS,
    "question": Topic.QUESTIONS,
    "question_choice": Topic.QUESTIONS,
    "question_service": Topic.QUESTIONS,
    "segment": Topic.SEGMENTS,
    "task": Topic.TASKS,
    "complaint": Topic.TASKS,
    "visit": Topic.VISITS,
    "booked_service": Topic.VISITS,
    "occupancy": Topic.VISITS,
    "visit_step": Topic.CHECKLISTS,
    "reminder": Topic.REMINDERS,
    "payment": Topic.MONEY,
}

_OF_THE_CARD_ITSELF = frozenset({"archived_at", "merged_into_id", "forget_asked_at"})
"""Columns of a card that say what has become of it."""
_OF_PAST_VISITS = frozenset({"payment", "reminder"})
_ON_THE_CARD = frozenset(
    {
        "contact_point",
        "alert",
        "client_note",
        "client_relation",
        "requisites",
        "answer",
        "client_file",
        "formula",
    }
)
"""Tables whose rows say something about a client: writing one anew says something new."""
_PARTS = "formula_part"
"""Its rows name no client: they are of the one of whom the act is told."""
_CLOSED = """
SELECT id, forgotten_at IS NOT NULL, forget_asked_at IS NOT NULL, archived_at IS NOT NULL, merged_into_id IS NOT NULL
FROM client WHERE id {whose}
AND (forgotten_at IS NOT NULL OR merged_into_id IS NOT NULL OR forget_asked_at IS NOT NULL)
"""
_IS_CLOSED = _CLOSED.format(whose="= ?")
_ARE_CLOSED = _CLOSED.format(whose="IN (SELECT value FROM json_each(?))")


@frozen
class Salon:
    """An open salon as one person uses it: the database, the clock and who acts."""

    database: Database
    clock: Clock
    actor: str = ""

    @property
    def profile(self) -> Profile:
        """The salon's facts, read now."""
        return profile_of.read(self.database)

    def wall_now(self) -> datetime:
        """What the clock on the salon's wall shows."""
        return wall_time(self.clock.now(), self.profile.zone)

    def today(self) -> date:
        """The salon's date."""
        return self.wall_now().date()


@frozen
class Done(Generic[T]):
    """What an act gave: its value, what changed, and its journal entry (None when no row changed)."""

    value: T
    changes: Changes
    entry_id: int | None


class Work:
    """An act in progress, inside its transaction."""

    def __init__(self, salon: Salon) -> None:
        self.salon = salon
        self.database = salon.database
        self.now = salon.clock.now()
        """The moment of this act, UTC."""
        self.profile = salon.profile
        self.wall_now = wall_time(self.now, self.profile.zone)
        """The moment of this act on the salon's wall."""
        self.notes = ChangeNotes()
        self.undoes: int | None = None
        """The journal entry of the act that is taken back."""
        self.out_of_line: set[tuple[str, int]] = set()
        """Rows (table, id) in which what is derived from others was derived anew since that act."""
        self._rows: list[RowChange] = []
        self._owners: dict[tuple[str, int], int] = {}
        """The clients to whom rows belonged that were changed, by table and id."""
        self._action: Action | None = None
        self._visit: int | None = None
        self._client: int | None = None
        self._note = ""

    # ---- what operations say -------------------------------------------------------------------------------

    def tell(self, action: Action, *, visit: int | None = None, client: int | None = None, note: str = "") -> None:
        """Name the act for the journal. The first name stays: an act within an act is part of it."""
        if self._action is None:
            self._action, self._note = action, note
        elif action is self._action:
            self._note = self._note or note
        self._visit = self._visit or visit
        self._client = self._client or client
        if client is not None:
            self.notes.clients.add(client)

    def insert(self, table: type[models.Table], **values: Any) -> int:
        """Add a row and return its id."""
        kept = kept_values(table, values)
        row_id = self.database.insert_row(table, kept)
        kept["id"] = row_id
        self._record(RowChange(table_name(table), row_id, None, kept))
        return row_id

    def insert_copies(
        self, table: type[models.Table], columns: Sequence[str], rows: Sequence[tuple[Any, ...]], **values: Any
    ) -> None:
        """Add several rows at once: ``columns`` as another table keeps them, and the same ``values`` in each.

        Days and clients that a screen should hear of stand in ``values``.
        """
        if not rows:
            return
        shared, name = kept_values(table, values), table_name(table)
        kept = [{**shared, **dict(zip(columns, row, strict=True))} for row in rows]
        for row_id, row in zip(self.database.insert_rows(table, kept), kept, strict=True):
            row["id"] = row_id
            self._rows.append(RowChange(name, row_id, None, row))
        self._note_row(name, shared)

    def update(self, table: type[models.Table], row_id: int, **values: Any) -> None:
        """Change fields of a row. Raises Gone when it is no longer there."""
        name = table_name(table)
        before = self.database.kept_row(name, row_id)
        if before is None:
            raise Gone
        wanted = _kept_alone(table, values)
        changed = {column: value for column, value in wanted.items() if before[column] != value}
        if not changed:
            return
        self.database.update_kept(name, row_id, changed)
        self._note_owner(name, row_id, before)
        self._record(RowChange(name, row_id, {column: before[column] for column in changed}, changed))

    def delete(self, table: type[models.Table], row_id: int) -> None:
        """Remove a row; the journal keeps it. Raises Gone when it is no longer there."""
        self.delete_kept(table_name(table), row_id)

    def delete_kept(self, name: str, row_id: int) -> None:
        """Remove a row of table ``name``; the journal keeps it."""
        before = self.database.kept_row(name, row_id)
        if before is None:
            raise Gone
        self.database.delete_kept(name, row_id)
        self._record(RowChange(name, row_id, before, None))

    def insert_kept(self, name: str, row: dict[str, Any]) -> None:
        """Put a row back as the journal keeps it."""
        self.database.insert_kept(name, row)
        self._record(RowChange(name, row["id"], None, row))

    def delete_kept_rows(self, name: str, rows: Sequence[dict[str, Any]]) -> None:
        """Remove rows of table ``name`` that stand as ``rows`` say; the journal keeps them."""
        self.database.delete_kept_rows(name, [row["id"] for row in rows])
        for row in rows:
            self._record(RowChange(name, row["id"], row, None))

    def update_kept(self, name: str, row_id: int, values: dict[str, Any]) -> None:
        """Set columns of a row back as the journal keeps them. Raises Gone when the row is no longer there."""
        before = self.database.kept_row(name, row_id)
        if before is None:
            raise Gone
        self.database.update_kept(name, row_id, values)
        self._note_owner(name, row_id, before)
        self._record(RowChange(name, row_id, {column: before[column] for column in values}, values))

    def note_forgotten(self, client_id: int) -> None:
        """The person of a card was emptied: the journal tells that it was done and nothing of what was there."""
        self._record(RowChange("client", client_id, None, None))
        self.notes.clients.add(client_id)

    def rows_of(self, table: type[models.Table]) -> list[RowChange]:
        """What this act has changed in ``table`` so far, in order."""
        name = table_name(table)
        return [change for change in self._rows if change.table == name]

    # ---- what happens at its end ---------------------------------------------------------------------------

    def close(self) -> int | None:
        """Write the journal entry; None when nothing was changed: there is nothing to tell, nor to take back."""
        if not self._rows and not self.notes.topics:
            return None
        if self._action is None:
            raise AssertionError("an act that changes rows must be named for the journal")
        self._refuse_closed_cards()
        return self.database.insert(
            models.JournalEntry,
            {
                "at": self.now,
                "actor": self.salon.actor,
                "action": self._action,
                "visit": self._visit,
                "client": self._client,
                "note": self._note,
                "changes": written(self._rows),
                "undoes": self.undoes,
            },
        )

    def _refuse_closed_cards(self) -> None:
        """Nothing new stands on a card that was emptied or absorbed by another, as when a screen still shows it.

        Nor is anything new written about a client who asked to be forgotten, nor does their card come back from the
        archive; what is there may be taken away. What is paid for a visit of the past is taken whoever it was. Raises
        PersonForgotten, ToBeForgotten; Gone, or ChangedSince when an older act is taken back.
        """
        touched, written_about = self._cards()
        cards = touched | written_about
        closed = self.database.rows(*_closed_among(cards)) if cards else []
        for card, is_forgotten, has_asked, is_archived, is_merged in closed:
            if is_forgotten and card in touched:
                raise PersonForgotten
            if has_asked and (card in written_about or (card in touched and not is_archived)):
                raise ToBeForgotten
            if is_merged and card in touched:
                raise Gone if self.undoes is None else ChangedSince

    def _cards(self) -> tuple[set[int], set[int]]:
        """The cards on which this act has written anything, and those about whose clients it says something new."""
        touched: set[int] = set()
        written_about: set[int] = set()
        for change in self._rows:
            if change.after is None:
                continue
            if change.table == "client" and change.before is not None:
                if not _OF_THE_CARD_ITSELF.issuperset(change.after) or change.after.get("archived_at", "") is None:
                    touched.add(change.row_id)
                if change.after.keys() - _OF_THE_CARD_ITSELF - DERIVED["client"]:
                    written_about.add(change.row_id)
            elif change.table not in _OF_PAST_VISITS:
                client_id = change.after.get("client_id") or 0
                touched.add(client_id)
                if _says_more(change):
                    told_of = self._client if change.table == _PARTS else None
                    written_about |= {client_id, self._owners.get((change.table, change.row_id), told_of or 0)}
        return touched - {0}, written_about - {0}

    def _record(self, change: RowChange) -> None:
        self._rows.append(change)
        self._note_row(change.table, {**change.before, **(change.after or {})} if change.before else change.after or {})

    def _note_owner(self, name: str, row_id: int, before: dict[str, Any]) -> None:
        self._note_row(name, before)
        if name in _ON_THE_CARD:
            self._owners[name, row_id] = before["client_id"]

    def _note_row(self, name: str, row: dict[str, Any]) -> None:
        topic = _TOPIC_OF_TABLE.get(name)
        if topic is not None:
            self.notes.topics.add(topic)
        moment = row.get("day") or row.get("starts_at")
        if moment:
            self.notes.days.add(date.fromisoformat(str(moment)[:10]))
        client = row["id"] if name == "client" and "id" in row else row.get("client_id")
        if client:
            self.notes.clients.add(int(client))


def _says_more(change: RowChange) -> bool:
    """Whether a row says something that was not there: not that something was put away, or a consent taken back."""
    after = change.after or {}
    if change.before is None:
        return change.table != "consent" or bool(after["is_given"])
    return after.keys() != {"archived_at"} or after["archived_at"] is None


def _closed_among(cards: set[int]) -> tuple[str, tuple[str | int, ...]]:
    """The question for closed cards: of most acts there is one, and to ask for one takes a quarter of the time."""
    if len(cards) == 1:
        return _IS_CLOSED, tuple(cards)
    return _ARE_CLOSED, (json.dumps(sorted(cards)),)


def _kept_alone(table: type[models.Table], values: dict[str, Any]) -> dict[str, Any]:
    meta: Any = table._meta  # noqa: SLF001 - peewee's documented way to a table's facts
    return {meta.fields[name].column_name: meta.fields[name].db_value(value) for name, value in values.items()}


def carry_out(salon: Salon, operation: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> Done[T]:
    """Do ``operation`` as one transaction: all of it with its journal entry, or nothing of it.

    Places that were held until now are given back before it, whoever acts: an import or the command line as well. That
    is an act of its own in the journal, so that taking ``operation`` back does not hold them again.
    """
    with salon.database.writing():
        given_back = _given_back(salon, operation)
        work = Work(salon)
        value = operation(work, *args, **kwargs)
        entry_id = work.close()
    return Done(value, given_back | work.notes.sealed(), entry_id)


def _given_back(salon: Salon, operation: Callable[..., Any]) -> Changes:
    """What giving back expired holds has changed; nothing where ``operation`` itself does that."""
    if (
        salon.database.value("SELECT 1 FROM place_hold WHERE expires_at <= ?", (instant_text(salon.clock.now()),))
        is None
    ):
        return Changes()
    from app.salon.scheduling import holds

    if operation == holds.release_expired:
        return Changes()
    work = Work(salon)
    holds.release_expired(work)
    work.close()
    return work.notes.sealed()
