"""Who waits for a place in the sample salon, and whom it could not take: through the real operations."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from app.salon.scheduling import turn_aways, waitlist
from app.salon.scheduling.turn_aways import NewTurnAway
from app.salon.scheduling.waitlist import NewWait
from app.salon.transaction import Salon, carry_out
from app.vocabulary import TurnAwayReason

_WINDOWS = (("any",), ("evenings", "weekend"), ("any",), ("weekend",), ("mornings", "evenings"), ("next_week",))
"""When it suits those who wait, the longest first."""
_DAYS_OF_WAITING = (6, 5, 3, 2, 1, 0)
_TURNED_AWAY = (
    (TurnAwayReason.NO_PLACE, 18),
    (TurnAwayReason.MASTER_BUSY, 19),
    (TurnAwayReason.NO_PLACE, 18),
    (TurnAwayReason.NO_PLACE, 17),
    (TurnAwayReason.TOO_EXPENSIVE, 12),
    (TurnAwayReason.NO_PLACE, 19),
    (TurnAwayReason.CLOSED, 21),
    (TurnAwayReason.MASTER_BUSY, 18),
    (TurnAwayReason.NOT_OFFERED, 14),
    (TurnAwayReason.NO_PLACE, 18),
)
_NOT_COMING = """
SELECT c.id, b.service_id, b.staff_id FROM client c
JOIN visit v ON v.id = (
    SELECT p.id FROM visit p WHERE p.client_id = c.id AND p.status = 'completed' ORDER BY p.day DESC, p.id DESC LIMIT 1)
JOIN booked_service b ON b.visit_id = v.id AND b.position = 0
JOIN service s ON s.id = b.service_id AND s.archived_at IS NULL
JOIN staff_member m ON m.id = b.staff_id AND m.archived_at IS NULL
WHERE c.archived_at IS NULL AND NOT EXISTS (SELECT 1 FROM visit n WHERE n.client_id = c.id AND n.day >= ?)
  AND EXISTS (SELECT 1 FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone')
ORDER BY v.day DESC, c.id LIMIT 16
"""


def add_waiting(at: Callable[[datetime], Salon], now: datetime) -> None:
    """Some clients without a visit ahead wait for what they had last time; others were turned away.

    ``at`` gives the salon as it stood at a wall time.
    """
    database = at(now).database
    clients = database.rows(_NOT_COMING, (now.date().isoformat(),))
    usual = waitlist.usual_windows(now.date())
    for number, (client_id, service_id, staff_id) in enumerate(clients[: len(_WINDOWS)]):
        began = now - timedelta(days=_DAYS_OF_WAITING[number], minutes=20 + 7 * number)
        masters = (staff_id,) if number % 3 == 0 else ()
        windows = tuple(usual[key] for key in _WINDOWS[number])
        carry_out(at(began), waitlist.add, NewWait(client_id, (service_id,), windows, masters))
    others = clients[len(_WINDOWS) :]
    for number, ((reason, hour), (client_id, service_id, staff_id)) in enumerate(
        zip(_TURNED_AWAY, others, strict=False)
    ):
        called = datetime.combine(now.date() - timedelta(days=2 + 2 * number), time(11, 5 * number))
        wished = called.date() + timedelta(days=1)
        by = staff_id if reason is TurnAwayReason.MASTER_BUSY else None
        known = client_id if number % 2 else None
        new = NewTurnAway(reason, known, service_id, by, wished, hour * 60)
        carry_out(at(called), turn_aways.log, new)
