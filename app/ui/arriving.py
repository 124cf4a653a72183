"""The client is here: what must be known of them is seen before the work begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AlertsUnseen, SalonError, Trouble
from app.language import _
from app.salon.scheduling import booking
from app.vocabulary import VisitStatus

if TYPE_CHECKING:
    from app.ui.desk import Desk


def set_status(desk: Desk, visit_id: int, status: VisitStatus) -> bool:
    """Say where a visit stands; alerts that nobody has seen for it are shown and acknowledged first.

    False when a rule said no (it has been told then), or when nobody wanted to acknowledge.
    """
    perform = desk.perform
    try:
        perform.attempt(booking.set_status, visit_id, status)
    except AlertsUnseen as alerts:
        if not _is_acknowledged(desk, alerts):
            return False
        return perform(booking.set_status, visit_id, status, alerts_seen=alerts.alert_ids) is not None
    except (SalonError, Trouble):
        # Once more the ordinary way, which tells what is wrong where everything else is told.
        return perform(booking.set_status, visit_id, status) is not None
    return True


def _is_acknowledged(desk: Desk, alerts: AlertsUnseen) -> bool:
    from app.ui.asking import Question

    return desk.asker.confirm(
        Question(_("Before the work begins"), "\n".join(alerts.texts), _("I have seen it"), no=_("Not yet"))
    )
