"""The master's question in one glance: what a card has to say besides who it is and when they came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.connection import Database
from app.salon.clients import answers, bonuses, files, formulas
from app.salon.clients.answers import KnownAnswers
from app.salon.clients.card import CardVisit, ClientCard
from app.salon.clients.files import LatestPhotos
from app.salon.clients.formulas import Formula
from app.salon.followup import complaints, tasks
from app.salon.followup.complaints import OpenComplaint
from app.salon.followup.tasks import OpenPromise
from app.vocabulary import VisitStatus

LOOKED_AT = 10
"""How many of the last visits tell who usually serves a client."""


@dataclass(frozen=True, slots=True)
class UsualMaster:
    """Who served the client in most of the last visits: ``times`` of ``visits``."""

    name: str
    times: int
    visits: int


@dataclass(frozen=True, slots=True)
class Glance:
    """What must not be asked twice, how it was done last time, and what is still owed. ``bonus`` is minor units."""

    answers: KnownAnswers
    formula: Formula | None
    photos: LatestPhotos | None
    usual_master: UsualMaster | None
    bonus: int
    promises: tuple[OpenPromise, ...]
    complaints: tuple[OpenComplaint, ...]


def read(database: Database, card: ClientCard, now: datetime) -> Glance:
    """What ``card`` has to say at ``now`` (aware); eight queries, however long the client has been coming."""
    coming = card.next_visit
    services = None if coming is None else [service.service_id for service in coming.services]
    return Glance(
        answers=answers.of_client(database, card.client_id, now, services),
        formula=formulas.latest(database, card.client_id),
        photos=files.latest(database, card.client_id),
        usual_master=usual_master(card.visits),
        bonus=bonuses.balance(database, card.client_id),
        promises=tasks.open_of_client(database, card.client_id),
        complaints=complaints.open_of_client(database, card.client_id),
    )


def usual_master(visits: Sequence[CardVisit]) -> UsualMaster | None:
    """Who served in most of the last completed visits (newest first); None before the second one.

    Of several it is who served last: that is where the client went.
    """
    last = [visit for visit in visits if visit.status is VisitStatus.COMPLETED][:LOOKED_AT]
    if len(last) < 2:
        return None
    times = Counter(name for visit in last for name in dict.fromkeys(one.staff_name for one in visit.services))
    name, most = max(times.items(), key=lambda one: one[1])
    return UsualMaster(name, most, len(last))
