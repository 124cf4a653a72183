"""Booking for somebody whom the salon does not want to book: asked about in one place, and never by the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.errors import DoNotBook, SalonError, Trouble
from app.explain import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.salon.transaction import Done
    from app.ui.desk import Desk

T = TypeVar("T")


def with_reason(desk: Desk, act: Callable[[str], Done[T]], *, is_waiting: bool = False) -> Done[T] | None:
    """Do ``act`` without a reason; where that is refused because of the client, ask why and do it with the reason.

    ``is_waiting``: the client is put on the list, not booked. None when a rule said no, or no reason was given: that
    has been told then.
    """
    reason = ""
    while True:
        try:
            return act(reason)
        except DoNotBook as error:
            reason = why(desk, error, is_waiting=is_waiting)
            if not reason:
                return None
        except (SalonError, Trouble) as problem:
            desk.perform.explain(problem)
            return None


def why(desk: Desk, error: DoNotBook, *, is_waiting: bool = False) -> str:
    """The reason of whoever does it all the same; empty where there is none, and then the refusal has been told."""
    from app.ui.asking import reason_to_book

    reason = reason_to_book(desk.asker, error, is_waiting=is_waiting) or ""
    if not reason:
        desk.perform.refused.emit(sentence(error))
    return reason
