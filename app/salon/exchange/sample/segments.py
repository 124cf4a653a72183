"""Two segments that the sample salon made for itself."""

from app.salon.clients import segments
from app.salon.clients.conditions import Between, Conditions
from app.salon.exchange.sample.material import Material
from app.salon.transaction import Salon, carry_out
from app.vocabulary import Language

_REGULARS, _BIG = 10, 50_000_00
_NAMES = {
    Language.RUSSIAN: ("Постоянные, давно не были", "Много потратили"),
    Language.ENGLISH: ("Regulars not seen lately", "Big spenders"),
}


def add_segments(salon: Salon, material: Material) -> None:
    """Save them, as the owner would."""
    regulars, spenders = _NAMES[material.language]
    carry_out(salon, segments.keep, None, regulars, Conditions(visits=Between(_REGULARS), last_visit=Between(60)))
    carry_out(salon, segments.keep, None, spenders, Conditions(spent=Between(_BIG)))
