"""Who a visit was of, told afterwards: somebody came without a card and left a name and a phone at the till."""

from app import models
from app.errors import ClientKnown, Gone, NotServedYet
from app.salon.transaction import Work
from app.vocabulary import Action, VisitStatus


def name_client(work: Work, visit_id: int, client_id: int) -> None:
    """Let a completed visit without a card stand on the card of its client, with what was paid for it.

    Nothing is booked by that, so nobody is asked whether the salon wants to book them. Raises ClientKnown when it
    stands on a card already, NotServedYet for a visit that is changed in its form still, ToBeForgotten and Gone.
    """
    row = work.database.row(
        "SELECT v.status, c.name FROM visit v LEFT JOIN client c ON c.id = v.client_id WHERE v.id = ?", (visit_id,)
    )
    if row is None:
        raise Gone
    if row[1] is not None:
        raise ClientKnown(row[1])
    if VisitStatus(row[0]) is not VisitStatus.COMPLETED:
        raise NotServedYet
    work.tell(Action.VISIT_CHANGED, visit=visit_id, client=client_id)
    work.update(models.Visit, visit_id, client=client_id)
    for (payment_id,) in work.database.rows(
        "SELECT id FROM payment WHERE visit_id = ? AND client_id IS NULL", (visit_id,)
    ):
        work.update(models.Payment, payment_id, client=client_id)
