"""Inviting clients to come back, from whichever list of them: at once, or beside the window where they are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.language import _
from app.salon.reminders import invitations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.salon.reminders.invitations import Invitable
    from app.salon.transaction import Done
    from app.ui.desk import Desk


def invite(desk: Desk, client_ids: Sequence[int], words: str = "") -> bool:
    """Put invitations into the queue and tell who gets one, and who not and why. False: it was refused, and said why.

    Many are written beside the window: True when that has begun. Whoever gives it up has invited nobody.
    """

    def tell(done: Done[Invitable]) -> None:
        desk.perform.tell(invitations.told(done.value), undoable=done.entry_id is not None)

    if len(client_ids) > invitations.MANY:
        return desk.perform.attempt_beside(
            invitations.invite,
            list(client_ids),
            words,
            done=tell,
            given_up=lambda: desk.perform.tell(_("Nobody was invited"), undoable=False),
            label=_("Inviting clients"),
        )
    done = desk.perform(invitations.invite, list(client_ids), words)
    if done is not None:
        tell(done)
    return done is not None
