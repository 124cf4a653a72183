"""The visit that is changed in a booking form, and what others make of it meanwhile."""

from datetime import date

from app.errors import SalonError
from app.salon.scheduling import booking, places
from app.salon.scheduling.places import StandingVisit
from app.salon.transaction import Salon
from app.ui.booking import words
from app.ui.booking.draft import Draft, PriceList, followed


class ChangedVisit:
    """What was not changed in the form follows the visit, which somebody may move; what was changed there stays."""

    def __init__(self, salon: Salon, visit_id: int) -> None:
        """Raises Gone when the visit is no more."""
        self._database = salon.database
        self._visit_id = visit_id
        self.standing: StandingVisit = places.standing(salon.database, visit_id)
        """The visit as it stood when it was last looked at."""
        self._opened_at = self.standing
        self.closed: SalonError | None = booking.change_refusal(salon.database, visit_id)
        """Why it can be changed no longer: somebody has cancelled it, for example."""
        self._is_overtaken = self._is_comment_overtaken = False
        """Whether somebody else has changed the same of it while it was changed in the form, too."""

    def follow(self, draft: Draft) -> Draft | None:
        """What stands in the form, by what the visit is now; None when nobody touched it."""
        before = self.standing
        self.closed = booking.change_refusal(self._database, self._visit_id)
        if self.closed is None:
            self.standing = places.standing(self._database, self._visit_id)
        now = self.standing
        if now == before:
            return None
        mine = followed(draft, before, now)
        is_start_lost = before.starts_at != now.starts_at != mine.starts_at
        self._is_overtaken |= is_start_lost or before.planned != now.planned != mine.planned
        self._is_comment_overtaken |= before.comment != now.comment != mine.comment
        return mine

    def overtaken(self, mine: Draft, prices: PriceList, today: date) -> str:
        """What somebody else has made of the visit, and whether saving ``mine`` would take that back."""
        now = self.standing
        said: list[str] = []
        if self._is_overtaken and (mine.starts_at, mine.planned) != (now.starts_at, now.planned):
            said.append(words.overtaken(now, prices, today))
        elif not self._is_overtaken and self._has_led(mine):
            said.append(words.changed_meanwhile(now, prices, today))
        if self._is_comment_overtaken and now.comment and mine.comment != now.comment:
            said.append(words.comment_overtaken(now.comment))
        return "\n".join(said)

    def _has_led(self, mine: Draft) -> bool:
        """Whether what stands in the form stands so because somebody else has put it there since it was opened."""
        opened, now = self._opened_at, self.standing
        if (opened.starts_at, opened.planned) == (now.starts_at, now.planned):
            return False
        return (mine.starts_at, mine.planned) == (now.starts_at, now.planned)
