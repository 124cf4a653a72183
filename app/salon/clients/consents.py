"""What clients agreed to: that the salon keeps their data, and that it writes to them about offers.

Every word of a client is a line of its own: a consent that is given, refused or withdrawn never overwrites the one
before, for the former lines are what the salon proves it by. The newest line of a kind holds: by the day
on which it was said, for a paper may be written down weeks after it was signed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app import models
from app.errors import BadDate, Gone, TextMissing
from app.models.connection import Database
from app.models.kept import read_instant
from app.salon.transaction import Work
from app.salon.typed import text as typed_text
from app.vocabulary import Action, ConsentKind, ConsentWay, ReminderKind, ReminderStatus, SkipReason

LONGEST_NOTE = 500
LONGEST_CONSENT_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One word of a client, as it was written down."""

    consent_id: int
    kind: ConsentKind
    is_given: bool
    """False: refused, or withdrawn."""
    day: date
    """The date on the paper or of the call."""
    way: ConsentWay
    version: int | None
    """Which version of the salon's text it was about; None: the salon had none."""
    note: str
    at: datetime
    """When it was written down, UTC."""
    actor: str
    is_withdrawal: bool = False
    """Whether it took back a consent that was given before."""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """The words of a consent that the salon had from a moment on."""

    text_id: int
    kind: ConsentKind
    version: int
    text: str
    created_at: datetime
    """UTC."""
    consents: int
    """How many lines of clients are about it."""


ADVERTISING_ALLOWED = """(
    c.archived_at IS NULL AND c.merged_into_id IS NULL AND c.forget_asked_at IS NULL AND c.forgotten_at IS NULL
    AND COALESCE((SELECT k.is_given FROM consent k WHERE k.client_id = c.id AND k.kind = 'advertising'
                  ORDER BY k.day DESC, k.at DESC, k.id DESC LIMIT 1), 0))"""
"""SQL: whether advertising may be sent to client ``c``."""


def may_advertise(database: Database, client_id: int) -> bool:
    """Whether the salon may send this client advertising: an invitation, an offer, a congratulation with a discount.

    Only with a consent to it that holds (38-ФЗ, article 18), and never to somebody who asked to be forgotten. A
    reminder of a visit that the client booked is no advertising and needs none.
    """
    return bool(may_be_advertised_to(database, (client_id,)))


def may_be_advertised_to(database: Database, client_ids: Iterable[int]) -> frozenset[int]:
    """Those of ``client_ids`` to whom the salon may send advertising. One query, however many they are."""
    rows = database.rows(
        f"SELECT c.id FROM json_each(?) one JOIN client c ON c.id = one.value WHERE {ADVERTISING_ALLOWED}",
        (json.dumps(list(client_ids)),),
    )
    return frozenset(row[0] for row in rows)


def history(database: Database, client_id: int) -> list[ConsentLine]:
    """Everything a client said about their consents, newest first."""
    rows = database.rows(
        """
        SELECT k.id, k.kind, k.is_given, k.day, k.way, t.version, k.note, k.at, k.actor,
               NOT k.is_given AND COALESCE(LAG(k.is_given) OVER (PARTITION BY k.kind ORDER BY k.day, k.at, k.id), 0)
        FROM consent k LEFT JOIN consent_text t ON t.id = k.text_version_id
        WHERE k.client_id = ? ORDER BY k.day DESC, k.at DESC, k.id DESC
        """,
        (client_id,),
    )
    return [
        ConsentLine(
            row_id,
            ConsentKind(kind),
            bool(is_given),
            date.fromisoformat(day),
            ConsentWay(way),
            version,
            note,
            read_instant(at),
            actor,
            bool(is_withdrawal),
        )
        for row_id, kind, is_given, day, way, version, note, at, actor, is_withdrawal in rows
    ]


def standing(lines: Iterable[ConsentLine]) -> dict[ConsentKind, ConsentLine]:
    """Of the lines of a client, newest first, the one that holds for each kind. A kind without one was never asked."""
    found: dict[ConsentKind, ConsentLine] = {}
    for line in lines:
        found.setdefault(line.kind, line)
    return found


def record(
    work: Work, client_id: int, kind: ConsentKind, *, is_given: bool, day: date, way: ConsentWay, note: str = ""
) -> int:
    """Write down what a client said on ``day``; returns the id of the line.

    It is about the newest version of the salon's text. With a refusal or a withdrawal of advertising, invitations
    that wait in the queue are passed over in the same act. Raises BadDate for a day that is still to come,
    TextTooLong, Gone.
    """
    said = typed_text(note, LONGEST_NOTE)
    if day > work.wall_now.date():
        raise BadDate(day.isoformat())
    work.tell(Action.CONSENT_RECORDED, client=client_id, note=kind)
    current = current_text(work.database, kind)
    row_id = work.insert(
        models.Consent,
        client=client_id,
        kind=kind,
        is_given=is_given,
        day=day,
        way=way,
        text_version=None if current is None else current.text_id,
        note=said,
        at=work.now,
        actor=work.salon.actor,
    )
    if kind is ConsentKind.ADVERTISING and not is_given:
        skip_invitations(work, client_id)
    return row_id


def skip_invitations(work: Work, client_id: int) -> None:
    """Pass over every invitation of a client that waits to be sent: there is no consent to advertising."""
    rows = work.database.rows(
        "SELECT id FROM reminder WHERE client_id = ? AND kind = ? AND status IN (?, ?)",
        (client_id, ReminderKind.INVITATION, ReminderStatus.QUEUED, ReminderStatus.OPENED),
    )
    for (row_id,) in rows:
        work.update(
            models.Reminder,
            row_id,
            status=ReminderStatus.SKIPPED,
            skip_reason=SkipReason.NO_CONSENT,
            closed_at=work.now,
        )


# ---- the words -----------------------------------------------------------------------------------------------


def texts(database: Database, kind: ConsentKind) -> list[TextVersion]:
    """Every version of the salon's text, newest first."""
    return _texts(database, "t.kind = ?", (kind,))


def current_text(database: Database, kind: ConsentKind) -> TextVersion | None:
    """The words that clients agree to now; None while the salon has written none."""
    found = _texts(
        database, "t.kind = ? AND t.version = (SELECT MAX(version) FROM consent_text WHERE kind = ?)", (kind, kind)
    )
    return found[0] if found else None


def text_of(database: Database, kind: ConsentKind, version: int) -> TextVersion:
    """One version of the salon's text. Raises Gone."""
    found = _texts(database, "t.kind = ? AND t.version = ?", (kind, version))
    if not found:
        raise Gone
    return found[0]


def keep_text(work: Work, kind: ConsentKind, text: str) -> int:
    """Make ``text`` what clients agree to from now on; returns its version.

    It is a new version: what was agreed to before stays as it was. The same words once more change nothing.
    Raises TextMissing, TextTooLong.
    """
    said = typed_text(text, LONGEST_CONSENT_TEXT)
    if not said:
        raise TextMissing
    current = current_text(work.database, kind)
    if current is not None and current.text == said:
        return current.version
    version = 1 if current is None else current.version + 1
    work.tell(Action.CONSENT_TEXT_CHANGED, note=kind)
    work.insert(models.ConsentText, kind=kind, version=version, text=said, created_at=work.now)
    return version


def _texts(database: Database, condition: str, params: tuple[object, ...]) -> list[TextVersion]:
    rows = database.rows(
        f"""
        SELECT t.id, t.kind, t.version, t.text, t.created_at,
               (SELECT COUNT(*) FROM consent k WHERE k.text_version_id = t.id)
        FROM consent_text t WHERE {condition} ORDER BY t.version DESC
        """,
        params,
    )
    return [
        TextVersion(row_id, ConsentKind(kind), version, text, read_instant(at), consents)
        for row_id, kind, version, text, at, consents in rows
    ]
