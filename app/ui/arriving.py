"""The client is here: what must be known of them is seen before the work begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import wording
from app.errors import AlertsUnseen, DoNotBook, SalonError, StepsStillOpen, Trouble
from app.language import _
from app.salon.scheduling import booking
from app.ui import unwanted
from app.vocabulary import VisitStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.desk import Desk


def set_status(
    desk: Desk, visit_id: int, status: VisitStatus, why_open: Callable[[StepsStillOpen], str | None] | None = None
) -> bool:
    """Say where a visit stands; alerts that nobody has seen for it are shown and acknowledged first.

    Whoever completes a visit that never arrived is asked as at its arrival, then by ``why_open`` about the steps that
    are left; whoever brings a visit back whose client is not to be booked is asked why. False when a rule said no (it
    has been told then), or when nobody wanted to answer.
    """
    seen: tuple[int, ...] = ()
    reason = back = ""
    while True:
        try:
            desk.perform.attempt(
                booking.set_status, visit_id, status, reason=reason, alerts_seen=seen, unwanted_reason=back
            )
        except AlertsUnseen as alerts:
            if not _is_acknowledged(desk, alerts):
                return False
            seen = (*seen, *alerts.alert_ids)
        except DoNotBook as error:
            back = unwanted.why(desk, error)
            if not back:
                return False
        except StepsStillOpen as error:
            reason = (why_open(error) if why_open is not None else None) or ""
            if not reason:
                return False
        except (SalonError, Trouble) as problem:
            desk.perform.explain(problem)
            return False
        else:
            return True


def _is_acknowledged(desk: Desk, alerts: AlertsUnseen) -> bool:
    from app.ui.asking import Question

    return desk.asker.confirm(
        Question(
            _("Before the work begins"),
            wording.alert_lines(alerts.alerts),
            _("I have seen it"),
            no=_("Not yet"),
            is_alert=True,
        )
    )
