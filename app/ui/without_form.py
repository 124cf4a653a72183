"""Booking without a form: pasted, dropped or offered, with nothing on which the alerts of the client could stand.

They are shown before the visit is booked, and only where there are some: whoever has none is booked at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from app import wording
from app.errors import AlertsUnseen, DoNotBook, SalonError, Trouble
from app.language import _
from app.ui import unwanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.salon.scheduling.booking import BookingRequest
    from app.salon.transaction import Done
    from app.ui.desk import Desk

T = TypeVar("T")


def book(desk: Desk, request: BookingRequest, act: Callable[[BookingRequest], Done[T]]) -> Done[T] | None:
    """Book by ``act``; what must be known of the client is acknowledged first, and why an unwanted one is booked.

    None when a rule said no, or no reason was given (that has been told then), or when nobody wanted to acknowledge.
    """
    request = replace(request, lets_no_alert_unseen=True)
    while True:
        try:
            return act(request)
        except AlertsUnseen as alerts:
            if request.client_id is None or not _is_acknowledged(desk, request.client_id, alerts):
                return None
            request = replace(request, alerts_seen=(*request.alerts_seen, *alerts.alert_ids))
        except DoNotBook as error:
            why = unwanted.why(desk, error)
            if not why:
                return None
            request = replace(request, unwanted_reason=why)
        except (SalonError, Trouble) as problem:
            desk.perform.explain(problem)
            return None


def _is_acknowledged(desk: Desk, client_id: int, alerts: AlertsUnseen) -> bool:
    from app.salon.clients import register
    from app.ui.asking import Question

    question = Question(
        _("{name}: read before booking").format(name=register.name_of(desk.salon.database, client_id)),
        wording.alert_lines(alerts.alerts),
        _("Book, alert seen") if len(alerts.alerts) == 1 else _("Book, alerts seen"),
        is_alert=True,
    )
    return desk.asker.confirm(question)
