"""What a service takes and costs with a certain master, where that differs from the price list. Pure."""

from app.errors import BadDuration
from app.frozen import frozen
from app.salon.scheduling.availability import SHORTEST_MINUTES
from app.salon.scheduling.intervals import Lengths

LONGEST_MINUTES = 24 * 60
"""A service ends on the day on which it begins."""


@frozen
class MasterTerms:
    """What is different when a certain master does a service, minutes and minor units. None: as the service says."""

    working: int | None = None
    gap: int | None = None
    finishing: int | None = None
    before: int | None = None
    after: int | None = None
    price: int | None = None

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return self != _NONE


_NONE = MasterTerms()


def lengths_with(usual: Lengths, own: MasterTerms | None) -> Lengths:
    """The lengths of a service with a master whose ``own`` terms these are."""
    if own is None:
        return usual
    return Lengths(
        usual.working if own.working is None else own.working,
        usual.gap if own.gap is None else own.gap,
        usual.finishing if own.finishing is None else own.finishing,
        usual.before if own.before is None else own.before,
        usual.after if own.after is None else own.after,
    )


def price_with(usual: int | None, own: MasterTerms | None) -> int | None:
    """The price of a service with that master; None is on request."""
    return usual if own is None or own.price is None else own.price


def check_lengths(lengths: Lengths) -> None:
    """Raise BadDuration when nobody could book a service of such lengths."""
    if lengths.working < SHORTEST_MINUTES or min(lengths.gap, lengths.finishing, lengths.before, lengths.after) < 0:
        raise BadDuration(lengths.working)
    if lengths.before + lengths.total + lengths.after > LONGEST_MINUTES:
        raise BadDuration(lengths.total)
