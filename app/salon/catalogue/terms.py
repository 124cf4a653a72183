"""What a service takes and costs with a certain master, where that differs from the price list. Pure."""

from dataclasses import dataclass

from app.salon.scheduling.intervals import Lengths


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different when a certain master does a service, minutes and minor units. None: as the service says."""

    working: int | None = None
    gap: int | None = None
    finishing: int | None = None
    before: int | None = None
    after: int | None = None
    price: int | None = None

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return self != _NONE


_NONE = Difference()


def lengths_with(usual: Lengths, different: Difference | None) -> Lengths:
    """The lengths of a service with a master of whom ``different`` is known."""
    if different is None:
        return usual
    return Lengths(
        usual.working if different.working is None else different.working,
        usual.gap if different.gap is None else different.gap,
        usual.finishing if different.finishing is None else different.finishing,
        usual.before if different.before is None else different.before,
        usual.after if different.after is None else different.after,
    )


def price_with(usual: int | None, different: Difference | None) -> int | None:
    """The price of a service with that master; None is on request."""
    return usual if different is None or different.price is None else different.price
