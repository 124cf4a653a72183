"""Forgetting a client who asks for it: hidden at once, emptied for good thirty days later, the figures untouched.

What was asked for is an act like any other and can be taken back. Emptying is not: it takes the person out of every
table, out of the journal, out of the search index, out of the folder of photos, and out of the free pages of the file.
The number of the card stays with its visits, payments and statuses, so that no figure of the past changes.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from glob import escape
from pathlib import Path
from shutil import rmtree
from typing import Any

from app import models, vocabulary
from app.errors import Gone, PersonForgotten, StillBooked
from app.models.connection import Database
from app.models.derived import purge_search
from app.models.kept import instant_text, read_instant
from app.models.personal import DASH, PERSONAL, OfPerson
from app.salon.changes import Changes
from app.salon.clients import belongings, consents, files, shelf
from app.salon.clients.belongings import Traces
from app.salon.clients.mentions import COLUMNS, ToldOfOthers
from app.salon.exchange.rows import hidden_key
from app.salon.journal import RowChange, read_changes, written
from app.salon.scheduling import booking, waitlist
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import Action, CancelReason, Topic, WaitlistStatus

DAYS_TO_THINK = 30
"""So many days the request can be taken back."""
_JUST_WRITTEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Request:
    """A client who asked to be forgotten and is not yet."""

    client_id: int
    name: str
    asked_at: datetime
    """UTC."""
    final_at: datetime
    """From when on it is final, UTC."""

    def days_left(self, now: datetime) -> int:
        """How many whole days it can still be taken back at ``now`` (aware); 0 on the last one."""
        return max(0, (self.final_at - now).days)


@dataclass(frozen=True, slots=True)
class BookedAhead:
    """A visit that has to be cancelled before its client is forgotten."""

    visit_id: int
    day: date


# ---- asking --------------------------------------------------------------------------------------------------


def booked_ahead(database: Database, client_id: int, today: date) -> list[BookedAhead]:
    """The visits from ``today`` on in which this client is still expected, the earliest first."""
    rows = database.rows(
        """
        SELECT id, day FROM visit WHERE client_id IN (SELECT value FROM json_each(?)) AND day >= ?
        AND status IN ('booked', 'confirmed') ORDER BY day, id
        """,
        (json.dumps(belongings.cards_of(database, client_id)), today.isoformat()),
    )
    return [BookedAhead(visit_id, date.fromisoformat(day)) for visit_id, day in rows]


def ask(work: Work, client_id: int, *, cancel_visits: bool = False, asked_at: datetime | None = None) -> None:
    """The client asks to be forgotten: from now on the card is in no list, nothing is booked and nothing is sent.

    Cards that were merged into this one are the same person. Wishes for a place end, invitations are passed over.
    Visits ahead are cancelled with ``cancel_visits``; else they refuse it: StillBooked. The thirty days begin with
    ``asked_at`` (aware), where that was before now. Raises Gone, PersonForgotten.
    """
    standing = _standing(work.database, client_id)
    if standing is not None:
        return
    work.tell(Action.FORGETTING_ASKED, client=client_id)
    ahead = booked_ahead(work.database, client_id, work.wall_now.date())
    if ahead and not cancel_visits:
        raise StillBooked(len(ahead), ahead[0].day)
    for one in ahead:
        booking.cancel(work, one.visit_id, CancelReason.CLIENT_ASKED)
    for card_id in belongings.cards_of(work.database, client_id):
        consents.skip_invitations(work, card_id)
        _end_waiting(work, card_id)
        archived = work.database.value("SELECT archived_at FROM client WHERE id = ?", (card_id,))
        since = asked_at or work.now
        values: dict[str, Any] = {"forget_asked_at": since}
        if archived is None:
            values["archived_at"] = since
        work.update(models.Client, card_id, **values)


def take_back(work: Work, client_id: int) -> None:
    """The client is not to be forgotten after all: the card is where it was. What was cancelled stays cancelled.

    Raises Gone, and PersonForgotten when it is too late.
    """
    asked_at = _standing(work.database, client_id)
    if asked_at is None:
        return
    work.tell(Action.FORGETTING_TAKEN_BACK, client=client_id)
    for card_id in belongings.cards_of(work.database, client_id):
        row = work.database.row("SELECT archived_at, forget_asked_at FROM client WHERE id = ?", (card_id,))
        values: dict[str, Any] = {"forget_asked_at": None}
        if row is not None and row[0] == row[1]:
            values["archived_at"] = None
        work.update(models.Client, card_id, **values)


def requests(database: Database) -> list[Request]:
    """Who asked to be forgotten and is not yet, the first request first."""
    rows = database.rows(
        """
        SELECT id, name, forget_asked_at FROM client
        WHERE forget_asked_at IS NOT NULL AND forgotten_at IS NULL AND merged_into_id IS NULL
        ORDER BY forget_asked_at, id
        """
    )
    return [_request(client_id, name, read_instant(asked_at)) for client_id, name, asked_at in rows]


def request_of(database: Database, client_id: int) -> Request | None:
    """The request of this client; None when there is none, or when it was fulfilled."""
    return next((one for one in requests(database) if one.client_id == client_id), None)


def due(database: Database, now: datetime) -> list[int]:
    """Whose thirty days are over at ``now`` (aware)."""
    rows = database.rows(
        "SELECT id FROM client WHERE forget_asked_at <= ? AND forgotten_at IS NULL AND merged_into_id IS NULL",
        (instant_text(now - timedelta(days=DAYS_TO_THINK)),),
    )
    return [row[0] for row in rows]


def _request(client_id: int, name: str, asked_at: datetime) -> Request:
    return Request(client_id, name, asked_at, asked_at + timedelta(days=DAYS_TO_THINK))


def _standing(database: Database, client_id: int) -> datetime | None:
    """When the client asked to be forgotten; None when they did not. Raises Gone, PersonForgotten."""
    row = database.row("SELECT forget_asked_at, forgotten_at FROM client WHERE id = ?", (client_id,))
    if row is None:
        raise Gone
    if row[1] is not None:
        raise PersonForgotten
    return None if row[0] is None else read_instant(row[0])


def _end_waiting(work: Work, client_id: int) -> None:
    rows = work.database.rows(
        "SELECT id FROM waitlist_entry WHERE client_id = ? AND status IN (?, ?)",
        (client_id, WaitlistStatus.WAITING, WaitlistStatus.EXPIRED),
    )
    for (entry_id,) in rows:
        waitlist.withdraw(work, entry_id)


# ---- for good ------------------------------------------------------------------------------------------------


def for_good(salon: Salon, client_ids: Sequence[int]) -> Changes:
    """Forget these clients now and finally, on a worker: their data, their photos, the copies that the program made.

    Raises StillBooked, Gone, PersonForgotten, and Trouble. What could not be finished (a file that another program
    holds) is finished by ``finish``.
    """
    database = salon.database
    every = {card for client_id in client_ids for card in belongings.cards_of(database, client_id)}
    # The long reading, while nobody is kept from writing.
    known, told = belongings.traces(database, every), ToldOfOthers(database, sorted(every))
    done = carry_out(salon, forget, client_ids, known, told)
    shelf.erase(database, done.value)
    finish(database)
    return done.changes


def forget_due(salon: Salon) -> Changes:
    """Forget whoever's thirty days are over, and finish what could not be finished before. Nobody's act."""
    changes = Changes()
    database, today = salon.database, salon.today()
    if database.has_remains:
        _erase_unnamed(salon)
    who = [one for one in due(database, salon.clock.now()) if not booked_ahead(database, one, today)]
    if who:
        changes = for_good(salon, who)
    elif database.has_remains:
        finish(database)
    _remove_what_was_put_aside(salon)
    return changes


def finish(database: Database) -> None:
    """Take away what remains beside the tables: safety copies of before an upgrade, free pages, the log.

    Raises DatabaseBusy, DiskFull; ``forget_due`` tries again.
    """
    if database.path is not None:
        # Also what an upgrade that was broken off has left of one.
        copies = f"{escape(database.path.stem)}.before-*{escape(database.path.suffix)}*"
        for copy in database.path.parent.glob(copies):
            with suppress(OSError):
                copy.unlink()
    database.scour()


def _erase_unnamed(salon: Salon) -> None:
    """Take away the files of which neither a card nor the journal knows any more: their person was forgotten, and the
    program was stopped before they went. What has just been written may be waiting for its row. Raises FileUnwritable.
    """
    database, before = salon.database, (salon.clock.now() - _JUST_WRITTEN).timestamp()
    for name in files.strays(database):
        written_at = shelf.written_at(shelf.path_in(database.files_folder, name))
        told = "SELECT 1 FROM journal_entry WHERE instr(changes, ?) LIMIT 1"
        if written_at < before and database.value(told, (name,)) is None:
            shelf.erase(database, [name])


def is_due(salon: Salon) -> bool:
    """Whether ``forget_due`` has anything to do now. For the thread of the window: it looks, and takes nothing away."""
    return bool(due(salon.database, salon.clock.now()) or salon.database.has_remains or _put_aside(salon))


def _put_aside(salon: Salon) -> list[Path]:
    """What a restored backup put aside may be wanted back for thirty days; then it goes, if it holds somebody who was
    forgotten since. What a restoring that was broken off left goes at once."""
    path, now = salon.database.path, salon.clock.now()
    last = salon.database.value("SELECT MAX(forgotten_at) FROM client")
    if path is None or last is None:
        return []
    kept_for = {f"{escape(path.name)}*.before-restore-*": timedelta(days=DAYS_TO_THINK)}
    kept_for[f".{escape(path.name)}.*"] = _JUST_WRITTEN
    found: list[Path] = []
    for name, rests in kept_for.items():
        for aside in path.parent.glob(name):
            with suppress(OSError):
                put_aside = datetime.fromtimestamp(aside.stat().st_ctime, UTC)
                if put_aside < read_instant(last) and now - put_aside > rests:
                    found.append(aside)
    return found


def _remove_what_was_put_aside(salon: Salon) -> None:
    for aside in _put_aside(salon):
        with suppress(OSError):
            if aside.is_dir():
                rmtree(aside)
            else:
                aside.unlink()


def forget(
    work: Work, client_ids: Sequence[int], known: Traces | None = None, told: ToldOfOthers | None = None
) -> list[str]:
    """Empty these clients in every table and in the journal; returns the names of the files that are theirs no more.

    What stands about them on the cards of others stays as somebody left it; of what stood there before, the journal
    tells nothing any more. ``known`` and ``told`` are what was read of the journal beforehand. Nothing of it can be
    undone. Raises StillBooked, Gone, PersonForgotten.
    """
    database, cards = work.database, dict.fromkeys(client_ids, ())
    for client_id in cards:
        _standing(database, client_id)
        ahead = booked_ahead(database, client_id, work.wall_now.date())
        if ahead:
            raise StillBooked(len(ahead), ahead[0].day)
    every = [card for client_id in cards for card in belongings.cards_of(database, client_id)]
    traces = known if known is not None and known.client_ids == frozenset(every) else Traces(frozenset(every))
    traces.follow(database)
    elsewhere = ToldOfOthers(database, every) if told is None else told
    elsewhere.follow(database)
    database.rows("PRAGMA secure_delete = ON")
    database.note_remains()
    work.tell(Action.CLIENT_FORGOTTEN, client=client_ids[0] if client_ids else None)
    for card_id in every:
        _end_waiting(work, card_id)
    own = belongings.of_clients(database, every)
    stored_names = _files_of(database, traces)
    _empty_tables(database, own)
    # What stands on another card by now, because its visit was booked for the wrong client once, is not theirs.
    stored_names -= {row[0] for row in database.rows("SELECT stored_name FROM client_file")}
    for card_id in every:
        _close_card(work, card_id)
    _empty_journal(database, traces)
    _empty_what_was_told(database, traces, elsewhere)
    _hide_sources(database, traces)
    purge_search(database)
    work.notes.topics |= {Topic.CLIENTS, Topic.VISITS, Topic.REMINDERS, Topic.WAITING, Topic.TASKS, Topic.SEGMENTS}
    return sorted(stored_names)


def _close_card(work: Work, card_id: int) -> None:
    """The number stays, for the visits and payments that are counted by it."""
    work.database.rows(
        """
        UPDATE client SET forgotten_at = ?, forget_asked_at = COALESCE(forget_asked_at, ?),
            archived_at = COALESCE(archived_at, ?) WHERE id = ?
        """,
        (*(3 * [instant_text(work.now)]), card_id),
    )
    work.note_forgotten(card_id)


def _files_of(database: Database, traces: Traces) -> set[str]:
    """The names of the photos and files of a person, also of those that were taken off the card."""
    theirs = traces.rows.get("client_file", set())
    rows = database.rows(
        "SELECT stored_name FROM client_file WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(theirs)),),
    )
    told = {
        values["stored_name"]
        for (text,) in database.rows(
            "SELECT changes FROM journal_entry WHERE id IN (SELECT value FROM json_each(?)) AND instr(changes, ?)",
            (json.dumps(sorted(traces.entries)), '"client_file"'),
        )
        for change in read_changes(text)
        if change.table == "client_file" and change.row_id in theirs
        for values in (change.before or {}, change.after or {})
        if "stored_name" in values
    }
    return told | {row[0] for row in rows}


# ---- the tables ----------------------------------------------------------------------------------------------


def _empty_tables(database: Database, own: belongings.Rows) -> None:
    for table in _removable_first(database):
        personal, rows = PERSONAL[table], own.get(table)
        if not rows:
            continue
        listed = json.dumps(sorted(rows))
        if personal.removed_where:
            database.rows(
                f'DELETE FROM "{table}" WHERE id IN (SELECT value FROM json_each(?)) AND {personal.removed_where}',
                (listed,),
            )
        sets = _emptying(database, table, personal)
        if sets:
            database.rows(f'UPDATE "{table}" SET {sets} WHERE id IN (SELECT value FROM json_each(?))', (listed,))


def _removable_first(database: Database) -> list[str]:
    """The tables in an order in which rows can be removed: who names another row goes before it."""
    named_by: dict[str, set[str]] = {table: set() for table in PERSONAL}
    for key in belongings.keys(database):
        if key.target in named_by and key.table in named_by and key.table != key.target:
            named_by[key.target].add(key.table)
    order: list[str] = []
    while len(order) < len(named_by):
        ready = [table for table in named_by if table not in order and named_by[table] <= set(order)]
        order += ready or [table for table in named_by if table not in order]
    return order


def _emptying(database: Database, table: str, personal: OfPerson) -> str:
    empty = _empty_values(database, table)
    sets = [f'"{column}" = {_sql(empty[column])}' for column in personal.emptied]
    sets += [f"\"{column}\" = CASE WHEN \"{column}\" = '' THEN '' ELSE '{DASH}' END" for column in personal.dashed]
    return ", ".join(sets)


def _empty_values(database: Database, table: str) -> dict[str, Any]:
    """What stands in each column of ``table`` when there is nothing in it."""
    return {
        name: None if not is_needed else 0 if kind.upper().startswith(("INT", "BOOL")) else ""
        for name, kind, is_needed in database.rows('SELECT name, type, "notnull" FROM pragma_table_info(?)', (table,))
    }


def _sql(value: Any) -> str:
    return "NULL" if value is None else "0" if isinstance(value, int) else "''"


# ---- the journal and what else remembers ---------------------------------------------------------------------


def _empty_journal(database: Database, traces: Traces) -> None:
    """Take out of the journal what it tells of a person. The entries stay, and cannot be undone any more."""
    empty = {table: _empty_values(database, table) for table in PERSONAL}
    marks = [RowChange("client", card_id, None, None) for card_id in sorted(traces.client_ids)]
    for entry_id in sorted(traces.entries):
        row = database.row("SELECT note, changes FROM journal_entry WHERE id = ?", (entry_id,))
        if row is None:
            continue
        note, text = row
        told = read_changes(text)
        is_mixed = belongings.mixes_with_others(told, traces.client_ids)
        changes = [
            _emptied(one, empty[one.table])
            if one.table in PERSONAL and (is_mixed or one.row_id in traces.rows.get(one.table, ()))
            else one
            for one in told
        ]
        if not any(change.is_forgotten for change in changes):
            changes += marks[:1]
        database.update_kept("journal_entry", entry_id, {"note": closed_words(note), "changes": written(changes)})


def _empty_what_was_told(database: Database, traces: Traces, told: ToldOfOthers) -> None:
    """Take out of the journal what somebody took off the cards of others because it was about the person.

    What still stands there stays in the journal too. An act of which something was taken cannot be undone any more.
    """
    mark = [RowChange("client", card_id, None, None) for card_id in sorted(traces.client_ids)][:1]
    for entry_id in told.entries:
        row = database.row("SELECT note, changes FROM journal_entry WHERE id = ?", (entry_id,))
        if row is None:
            continue
        note, changes = row[0], read_changes(row[1])
        left = [
            _untold(database, one, told) if one.row_id not in traces.rows.get(one.table, ()) else one for one in changes
        ]
        said = closed_words(note) if told.names(note) else note
        if (left, said) != (changes, note):
            left += mark if left != changes and not any(one.is_forgotten for one in left) else []
            database.update_kept("journal_entry", entry_id, {"note": said, "changes": written(left)})


def _untold(database: Database, change: RowChange, told: ToldOfOthers) -> RowChange:
    """A change of somebody else's row without the words about the person that stand there no more."""
    columns = COLUMNS.get(change.table, ())
    if not any(told.names(values.get(one)) for values in (change.before, change.after) if values for one in columns):
        return change
    standing = database.kept_row(change.table, change.row_id, columns) or {}

    def without(values: dict[str, Any] | None) -> dict[str, Any] | None:
        if values is None:
            return None
        gone = [one for one in columns if told.names(values.get(one)) and values[one] != standing.get(one)]
        return {**values, **dict.fromkeys(gone, "")} if gone else values

    return RowChange(change.table, change.row_id, without(change.before), without(change.after))


def _emptied(change: RowChange, empty: dict[str, Any]) -> RowChange:
    personal = PERSONAL[change.table]
    if personal.removed_where:
        return RowChange(change.table, change.row_id, None, None)

    def without(values: dict[str, Any] | None) -> dict[str, Any] | None:
        if values is None:
            return None
        kept = {**values}
        kept.update({column: empty[column] for column in personal.emptied if column in kept})
        kept.update({column: DASH for column in personal.dashed if kept.get(column)})
        return kept

    return RowChange(change.table, change.row_id, without(change.before), without(change.after))


_CLOSED_WORDS = frozenset(
    word.value
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    for word in kind
)


def closed_words(note: str) -> str:
    """Of a note of the journal only what is a word of the program's own: a status, a reason, a way."""
    first = note.partition(":")[0]
    return first if first in _CLOSED_WORDS else ""


def _hide_sources(database: Database, traces: Traces) -> None:
    """An import still knows the rows of a file by their names, but the names cannot be read any more."""
    rows = [
        (row_id, key)
        for row_id, table, record, key in database.rows(
            "SELECT id, record_table, record, source_key FROM imported_record"
        )
        if record in traces.rows.get(table, ())
    ]
    for row_id, key in rows:
        database.update_kept("imported_record", row_id, {"source_key": hidden_key(key)})
