"""Why the grid is empty."""

from enum import StrEnum


class Emptiness(StrEnum):
    """What is missing, so that nothing can be booked."""

    NO_MASTERS = "no_masters"
    NO_ROOMS = "no_rooms"
    NOBODY_WORKS = "nobody_works"
