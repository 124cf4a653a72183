"""Bonuses of a client: given and spent with a reason; what a client has is the sum of all lines."""

from app import models
from app.errors import AmountMissing, NotEnoughBonus, ReasonMissing
from app.models.connection import Database
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action

MOST = 100_000_000
"""Minor units that one line gives or takes at most: a million of the currency is a slip of the finger."""


def change(work: Work, client_id: int, amount: int, reason: str, visit_id: int | None = None) -> int:
    """Give bonuses (``amount`` above 0, minor units) or take them; returns the id of the line.

    Raises AmountMissing, ReasonMissing, TextTooLong, and NotEnoughBonus when more is taken than the client has.
    """
    said = text(reason)
    if amount == 0 or abs(amount) > MOST:
        raise AmountMissing
    if not said:
        raise ReasonMissing
    if amount < 0 and balance(work.database, client_id) + amount < 0:
        raise NotEnoughBonus
    work.tell(Action.BONUS_CHANGED, client=client_id)
    return work.insert(
        models.BonusEntry,
        client=client_id,
        visit=visit_id,
        amount=amount,
        reason=said,
        at=work.now,
        actor=work.salon.actor,
    )


def balance(database: Database, client_id: int) -> int:
    """What the client has, minor units."""
    return int(database.value("SELECT COALESCE(SUM(amount), 0) FROM bonus_entry WHERE client_id = ?", (client_id,)))
