"""What "Book" does: the card of a new client and the visit as one act, which one undo takes back."""

from collections.abc import Sequence
from dataclasses import replace

from app.errors import Gone
from app.salon.clients import register
from app.salon.clients.register import NewClient
from app.salon.scheduling import afterwards, booking, groups, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import Work
from app.vocabulary import Action


def keep(
    work: Work,
    new: NewClient | None,
    request: BookingRequest,
    visit_id: int | None,
    waiting_id: int | None = None,
    with_visit: int | None = None,
) -> int:
    """Open the card of a new client and book, or change, the visit; returns the visit's id.

    ``waiting_id`` is the line of the waiting list that ends with it, ``with_visit`` that of a client who comes together
    with this one. Raises what ``register.add``,
    ``booking.book``, ``booking.change`` and ``waitlist.book`` raise.
    """
    if visit_id is None:
        work.tell(Action.VISIT_BOOKED)
    if new is not None:
        request = replace(request, client_id=register.add(work, new))
    if visit_id is None and waiting_id is not None:
        return waitlist.book(work, waiting_id, request)
    if visit_id is None:
        booked = booking.book(work, request)
        if with_visit is not None:
            groups.join(work, booked, with_visit)
        return booked
    booking.change(work, visit_id, request)
    return visit_id


def keep_client(work: Work, new: NewClient | None, client_id: int | None, visit_id: int) -> int:
    """Open the card of a new client and let a completed visit stand on it, or on one that is there; returns whose.

    Raises what ``register.add`` and ``afterwards.name_client`` raise.
    """
    work.tell(Action.VISIT_CHANGED)
    card_id = register.add(work, new) if new is not None else client_id
    if card_id is None:
        raise Gone
    afterwards.name_client(work, visit_id, card_id)
    return card_id


def keep_together(
    work: Work, visits: Sequence[tuple[NewClient | None, BookingRequest]], waiting_id: int | None = None
) -> tuple[int, ...]:
    """Book those who come together, with the cards of who is new among them; returns the visits in their order.

    All of them or none. ``waiting_id`` is the line of the waiting list that ends with the first of them. Raises what
    ``register.add``, ``groups.book_group`` and ``waitlist.end_with`` raise.
    """
    work.tell(Action.GROUP_BOOKED)
    requests = [
        request if new is None else replace(request, client_id=register.add(work, new)) for new, request in visits
    ]
    if waiting_id is not None:
        waitlist.release_holds(work, waiting_id)
    visit_ids = groups.book_group(work, "", requests).visit_ids
    if waiting_id is not None:
        waitlist.end_with(work, waiting_id, visit_ids[0])
    return visit_ids
