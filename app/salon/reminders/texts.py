"""The words of a reminder: a template with a closed list of places to fill. Pure."""

import re
from collections.abc import Mapping

PLACES = ("client", "day", "time", "services", "masters", "salon")
"""What a template may name in braces."""

_PLACE = re.compile(r"\{([a-z_]+)\}")


def filled(template: str, values: Mapping[str, str]) -> str:
    """``template`` with each ``{place}`` filled from ``values``.

    Only the names in ``PLACES`` are filled; anything else in braces stays as it was typed. This is never
    ``str.format``: a template is a person's text, and format would let it reach into the program.
    """
    return _PLACE.sub(lambda found: values.get(found[1], found[0]) if found[1] in PLACES else found[0], template)
