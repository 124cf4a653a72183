"""Who of the sample's clients agreed to what, and who asked to be forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app import models
from app.salon.clients import consent_paper, consents, forgetting
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import Action, ConsentKind, ConsentWay, Language

_TEXTS_DAYS_AGO, _ASKED_DAYS_AGO = 300, 12
_AGREED = {ConsentKind.PROCESSING: 90, ConsentKind.ADVERTISING: 62}
"""So many of a hundred said yes; of the others some said no, and some were not asked."""
_REFUSED = 6
_WITHDREW = 4
"""So many of a hundred who had agreed to advertising took it back later."""
_WAYS = (ConsentWay.PAPER, ConsentWay.PAPER, ConsentWay.PAPER, ConsentWay.ONLINE, ConsentWay.SPOKEN)


def add_consents(at: Callable[[datetime], Salon], now: datetime, language: Language, seed: int) -> None:
    """Let the salon have its texts, most clients have signed them, and one have asked to be forgotten."""
    begun = at(now - timedelta(days=_TEXTS_DAYS_AGO))
    texts: dict[ConsentKind, int] = {}
    for kind in ConsentKind:
        carry_out(begun, consents.keep_text, kind, consent_paper.draft(kind, language))
        current = consents.current_text(begun.database, kind)
        texts[kind] = current.text_id if current is not None else 0
    carry_out(at(now), _let_them_sign, texts, Random(seed))
    _let_one_leave(at(now - timedelta(days=_ASKED_DAYS_AGO)))


def _let_them_sign(work: Work, texts: dict[ConsentKind, int], rng: Random) -> None:
    work.tell(Action.CONSENT_RECORDED)
    rows: list[dict[str, Any]] = []
    for (client_id,) in work.database.rows("SELECT id FROM client ORDER BY id"):
        for kind, text in texts.items():
            said = rng.randrange(100)
            if said >= _AGREED[kind] + _REFUSED:
                continue
            day = work.wall_now.date() - timedelta(days=rng.randint(30, _TEXTS_DAYS_AGO - 1))
            line = {
                "client": client_id,
                "kind": kind,
                "way": rng.choice(_WAYS),
                "text_version": text,
                "actor": work.salon.actor,
            }
            rows.append({**line, "is_given": said < _AGREED[kind], "day": day, "at": _noon(work, day)})
            if kind is ConsentKind.ADVERTISING and said < _WITHDREW:
                later = day + timedelta(days=rng.randint(3, 25))
                changed = {"is_given": False, "day": later, "way": ConsentWay.MESSAGE, "at": _noon(work, later)}
                rows.append({**line, **changed})
    work.database.insert_many(models.Consent, rows)


def _noon(work: Work, day: Any) -> datetime:
    return work.now - timedelta(days=(work.wall_now.date() - day).days)


def _let_one_leave(salon: Salon) -> None:
    """Somebody who came long ago and has nothing ahead."""
    client_id = salon.database.value(
        """
        SELECT v.client_id FROM visit v JOIN client c ON c.id = v.client_id
        GROUP BY v.client_id HAVING COUNT(*) = 1 AND MAX(v.status) = 'completed'
        ORDER BY MAX(v.day), v.client_id LIMIT 1
        """
    )
    if client_id is not None:
        carry_out(salon, forgetting.ask, client_id)
