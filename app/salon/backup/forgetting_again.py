"""A backup that is brought back forgets once more whom the salon has forgotten since it was made.

The salon that is being replaced knows who that is, and so do those that were put aside before it: the number of a card
and the moment it was made stay when its person is emptied. The number alone is not enough. After an older backup was
brought back, the same number is given to somebody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from app.clock import FixedClock
from app.errors import Trouble
from app.models import opening
from app.models.connection import Database
from app.models.kept import read_instant
from app.salon.clients import belongings, forgetting
from app.salon.journal import read_changes
from app.salon.transaction import Salon, carry_out
from app.vocabulary import Action


@dataclass(frozen=True, slots=True)
class Again:
    """What a restored salon was told of those who asked to be forgotten."""

    forgotten: int = 0
    """So many clients were forgotten once more."""
    asked: int = 0
    """So many asked for it since and can still take it back: their thirty days go on."""
    together: tuple[str, ...] = ()
    """The names of cards on which the copy has somebody who was forgotten together with somebody who was not: they had
    been merged by mistake. Somebody has to look at them."""
    is_predecessor_unread: bool = False
    """What stood there could not be read: nobody knows who was forgotten since."""


@dataclass(frozen=True, slots=True)
class _Card:
    """What a salon says of a card, without anything of its person."""

    number: int
    made_at: str
    person: int
    """The card that it became a part of, else itself."""
    asked_at: str | None
    is_forgotten: bool


@dataclass(slots=True)
class _Known:
    """What the predecessors of a restored salon know of its cards, by their numbers."""

    forgotten: dict[int, int] = field(default_factory=dict[int, int])
    """With the person, whose cards may be several."""
    standing: set[int] = field(default_factory=set[int])
    """Cards whose person was not forgotten."""
    asked: dict[int, str] = field(default_factory=dict[int, str])
    """Who waits to be forgotten, with the moment of asking."""
    taken_back: set[int] = field(default_factory=set[int])
    """Who took back a request that the restored salon still has."""


def bring_in_line(staged: Path, target: Path, now: datetime) -> Again:
    """Let the salon in ``staged`` forget whom the one that stands at ``target`` has forgotten, and whom those that
    were put aside before it had: nothing of them is in its file afterwards, nor in the folder of photos beside it.

    Nobody has ``target`` open, and it is not changed. Raises Trouble.
    """
    database = opening.open_existing(staged)
    try:
        salon, known = Salon(database, FixedClock(now.astimezone(UTC))), _Known()
        is_unread = target.exists() and not _learn(target, database, known)
        for aside in sorted(target.parent.glob(f"{escape(target.name)}.before-restore-*"), reverse=True):
            before = _Known()
            if aside.is_file() and _learn(aside, database, before):
                # Of requests only the last one to stand there knows how they ended.
                known.forgotten = {**before.forgotten, **known.forgotten}
                known.standing |= before.standing
        numbers, together = _told_apart(database, known)
        for number in numbers:
            carry_out(salon, forgetting.ask, number, cancel_visits=True)  # as it was done when they asked
        if numbers:
            forgetting.for_good(salon, numbers)
        asked = _repeat_requests(salon, known)
    finally:
        database.close()
    return Again(len({known.forgotten[number] for number in numbers}), asked, together, is_unread)


def _told_apart(database: Database, known: _Known) -> tuple[list[int], tuple[str, ...]]:
    """The cards to forget, and the names of those that hold somebody else too."""
    numbers: list[int] = []
    together: dict[int, str] = {}
    for number in sorted(known.forgotten):
        same = belongings.cards_of(database, number)
        if (known.standing - known.forgotten.keys()).isdisjoint(same):
            numbers.append(number)
        else:
            together[same[0]] = str(database.value("SELECT name FROM client WHERE id = ?", (same[0],)))
    return numbers, tuple(together.values())


def _repeat_requests(salon: Salon, known: _Known) -> int:
    """Whoever asked since the backup was made waits on from that day, and whoever took it back is not forgotten by the
    request that the backup has. Returns how many cards wait."""
    waiting = 0
    for number in sorted(known.taken_back):
        carry_out(salon, forgetting.take_back, number)
    for number, asked_at in sorted(known.asked.items()):
        since = read_instant(asked_at)
        done = carry_out(salon, forgetting.ask, number, cancel_visits=True, asked_at=since)
        waiting += done.entry_id is not None
    return waiting


# ---- what stood there ----------------------------------------------------------------------------------------


def _learn(path: Path, staged: Database, known: _Known) -> bool:
    """Read what the salon in ``path`` knows of the cards of the restored one; returns whether it could be read."""
    try:
        with Database(path).reading_untouched() as before:
            columns = {row[0] for row in before.rows("SELECT name FROM pragma_table_info('client')")}
            if not columns:
                return False
            if "forgotten_at" in columns:
                for then, now in _same_cards(before, staged):
                    _note(known, before, then, staged, now)
    except Trouble:
        return False
    return True


def _note(known: _Known, before: Database, then: _Card, staged: Database, now: _Card) -> None:
    if not then.is_forgotten:
        known.standing.add(now.number)
    if now.is_forgotten:
        return
    if then.is_forgotten:
        known.forgotten[now.number] = then.person
    elif then.asked_at and not now.asked_at:
        if not _took_it_back(staged, now, then.asked_at):
            known.asked[now.number] = then.asked_at
    elif now.asked_at and not then.asked_at and _took_it_back(before, then, now.asked_at):
        known.taken_back.add(now.number)


def _took_it_back(database: Database, card: _Card, asked_at: str) -> bool:
    """Whether a request of that moment was taken back, or undone, later."""
    told = database.value(
        """
        SELECT 1 FROM journal_entry WHERE client IN (SELECT id FROM client WHERE id = ? OR merged_into_id = ?)
        AND (action = ? OR action = ? AND note = ?) AND at > ?
        """,
        (card.person, card.person, Action.FORGETTING_TAKEN_BACK, Action.UNDONE, Action.FORGETTING_ASKED, asked_at),
    )
    return told is not None


def _same_cards(before: Database, staged: Database) -> list[tuple[_Card, _Card]]:
    """The cards that both salons have: the same number, made at the same moment.

    Merging lets a card have been made when the older of the two was; the journal knows that.
    """
    mine = {card.number: card for card in _cards(staged)}
    shared = [(then, mine[then.number]) for then in _cards(before) if then.number in mine]
    differing = [then.number for then, now in shared if then.made_at != now.made_at]
    if not differing:
        return shared
    moments = [_moments(database, differing) for database in (before, staged)]
    return [
        (then, now)
        for then, now in shared
        if then.made_at == now.made_at
        or ({then.made_at} | moments[0].get(then.number, set())) & ({now.made_at} | moments[1].get(now.number, set()))
    ]


def _cards(database: Database) -> list[_Card]:
    rows = database.rows(
        """
        SELECT id, created_at, COALESCE(merged_into_id, id), forget_asked_at, forgotten_at IS NOT NULL
        FROM client ORDER BY id
        """
    )
    return [_Card(number, made, person, asked, bool(gone)) for number, made, person, asked, gone in rows]


def _moments(database: Database, numbers: Sequence[int]) -> dict[int, set[str]]:
    """When these cards were made as long as they were not merged with an older one."""
    found: dict[int, set[str]] = {number: set() for number in numbers}
    texts = database.rows(
        "SELECT changes FROM journal_entry WHERE action IN (?, ?) AND instr(changes, 'merged_into_id')",
        (Action.CLIENTS_MERGED, Action.UNDONE),
    )
    for (text,) in texts:
        for change in read_changes(text):
            if change.table == "client" and change.row_id in found:
                told = [
                    values["created_at"]
                    for values in (change.before, change.after)
                    if values and "created_at" in values
                ]
                found[change.row_id].update(told)
    return found
