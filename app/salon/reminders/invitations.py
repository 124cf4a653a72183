"""Inviting clients to come back: advertising, so only those who agreed to it, each once at a time, and by hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app import models, wording
from app.language import ngettext
from app.models.connection import Database
from app.models.kept import wall_text
from app.salon.clients.consents import ADVERTISING_ALLOWED
from app.salon.journal import Progress
from app.salon.transaction import Work
from app.salon.typed import text as typed_text
from app.vocabulary import Action, Channel, ReminderKind, ReminderStatus

LONGEST_INVITATION = 500
MANY = 1_000
"""Whoever invites more clients than this waits for it longer than a blink."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Invitable:
    """Who of some clients can be invited, and how many cannot, each counted once, by the first reason that holds."""

    client_ids: tuple[int, ...]
    without_consent: int
    """The law wants their consent to advertising, or they asked to be forgotten."""
    not_wanted: int
    """The salon does not book them any more."""
    waiting: int
    """An invitation to them waits to be sent already."""


_WHO = f"""
SELECT c.id,
    CASE WHEN c.do_not_book_reason <> '' THEN 'not_wanted'
         WHEN NOT {ADVERTISING_ALLOWED} THEN 'without_consent'
         WHEN EXISTS (SELECT 1 FROM reminder r WHERE r.client_id = c.id AND r.kind = 'invitation'
                      AND (r.status IN ('queued', 'opened') OR r.due_at = ?)) THEN 'waiting' END
FROM json_each(?) one JOIN client c ON c.id = one.value ORDER BY one.key
"""


def invitable(database: Database, client_ids: Sequence[int], now_text: str = "") -> Invitable:
    """Who of ``client_ids`` can be invited now. One query, however many they are."""
    rows = database.rows(_WHO, (now_text, json.dumps(list(dict.fromkeys(client_ids)))))
    against = [reason for _client, reason in rows]
    return Invitable(
        tuple(client for client, reason in rows if reason is None),
        against.count("without_consent"),
        against.count("not_wanted"),
        against.count("waiting"),
    )


def invite(
    work: Work, client_ids: Sequence[int], words: str = "", progress: Progress = lambda _done, _total: None
) -> Invitable:
    """Put an invitation into the queue for everybody of ``client_ids`` who may be invited; tells who and who not.

    ``words`` may name {client} and {salon}; empty: the usual ones. Nothing is sent by this: somebody sends each by
    hand, and whoever takes the consent back until then is passed over. ``progress`` is told how many of how many are
    written. Raises TextTooLong.
    """
    said = typed_text(words, LONGEST_INVITATION)
    now = work.wall_now.replace(second=0, microsecond=0)
    found = invitable(work.database, client_ids, wall_text(now))
    if found.client_ids:
        work.tell(Action.CLIENTS_INVITED, note=str(len(found.client_ids)))
        total = len(found.client_ids)
        for begin in range(0, total, _AT_ONCE):
            progress(begin, total)
            work.insert_copies(
                models.Reminder,
                ("client_id",),
                [(client,) for client in found.client_ids[begin : begin + _AT_ONCE]],
                kind=ReminderKind.INVITATION,
                channel=Channel.BY_HAND,
                due_at=now,
                status=ReminderStatus.QUEUED,
                text=said,
            )
        progress(total, total)
    return found


def told(found: Invitable) -> str:
    """Who gets an invitation, and who not and why, in one line."""
    count = len(found.client_ids)
    invited = ngettext("{n} client is invited", "{n} clients are invited", count)
    unasked = ngettext(
        "{n} without a consent to advertising is not",
        "{n} without a consent to advertising are not",
        found.without_consent,
    )
    unwanted = ngettext("{n} marked “do not book” is not", "{n} marked “do not book” are not", found.not_wanted)
    waiting = ngettext("{n} has an invitation waiting", "{n} have an invitation waiting", found.waiting)
    others = ((unasked, found.without_consent), (unwanted, found.not_wanted), (waiting, found.waiting))
    parts = [invited.format(n=wording.number(count))]
    parts += [words.format(n=wording.number(number)) for words, number in others if number]
    return "; ".join(parts) + "."
