"""Where a draft would fit, and what stands in its way: what the booking form reads of the calendar."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from app import wording
from app.errors import Gone, SalonError, VisitBegun
from app.language import _
from app.salon.clients.card import ClientCard
from app.salon.scheduling import group_places, proposals, room_offers
from app.salon.scheduling.day_book import rooms_day
from app.salon.scheduling.group_places import GroupPlace, Guest
from app.salon.scheduling.places import (
    DayBooks,
    leaving_begun,
    next_places,
    one_after_another,
    standing,
    why_not,
)
from app.salon.scheduling.proposals import Proposal
from app.salon.scheduling.room_offers import RoomOffer
from app.salon.scheduling.standing import standings
from app.salon.transaction import Salon
from app.ui.booking import words
from app.ui.booking.draft import Draft, PriceList

_NEAREST = 4


class Openings:
    """The free time of the salon, as one visit sees it: a visit that is changed is not in its own way."""

    def __init__(self, salon: Salon, prices: PriceList, visit_id: int | None = None) -> None:
        self._salon = salon
        self._prices = prices
        self._visit_id = visit_id

    def soon(self) -> datetime:
        """The next step of the clock, wall time."""
        now, step = self._salon.wall_now(), self._salon.profile.step_minutes
        return now + timedelta(minutes=-(now.hour * 60 + now.minute) % step)

    def first_start(self, day: date | None) -> datetime:
        """The next step of the clock, or the opening of a later day that is looked at."""
        soon = self.soon()
        if day is None or day <= soon.date():
            return soon
        return datetime.combine(day, time.min) + timedelta(minutes=self._salon.profile.opens_minute)

    def proposed(
        self, draft: Draft, card: ClientCard | None, from_day: date | None, *, has_master: bool
    ) -> tuple[Proposal, ...]:
        """The places to propose for the services of ``draft``, the likeliest first."""
        profile = self._salon.profile
        return proposals.propose(
            self._salon.database,
            draft.planned,
            self._prices.offered,
            now=self._salon.wall_now(),
            step_minutes=profile.step_minutes,
            zone=profile.zone,
            card=card,
            from_day=from_day,
            has_master=has_master,
        )

    def proposed_together(
        self, guests: Sequence[Guest], not_before: datetime, *, in_a_row: bool
    ) -> tuple[GroupPlace, ...]:
        """The places to propose for several who come together, the nearest first."""
        profile = self._salon.profile
        return group_places.propose(
            self._salon.database,
            guests,
            self._prices.offered,
            not_before=max(not_before, self._salon.wall_now()),
            step_minutes=profile.step_minutes,
            zone=profile.zone,
            in_a_row=in_a_row,
        )

    def together_anyway(self, guests: Sequence[Guest], starts_at: datetime, *, in_a_row: bool) -> GroupPlace:
        """Where several who come together would stand at a time that is taken. Raises Gone."""
        offered = self._prices.offered
        return group_places.anyway(self._salon.database, guests, offered, starts_at, in_a_row=in_a_row)

    def leaving_begun(self, draft: Draft) -> Draft:
        """The same, but what has begun of the visit that is changed stays where it stands."""
        if self._visit_id is None or draft.starts_at is None:
            return draft
        now = self._salon.wall_now()
        try:
            start, planned = leaving_begun(self._salon.database, self._visit_id, now, draft.starts_at, draft.planned)
        except Gone:
            return draft
        return replace(draft.begins(start), planned=planned)

    def kept_begun(self, draft: Draft) -> str:
        """What of the visit that is changed stays where it began, although what comes before it is changed."""
        staying = self.leaving_begun(draft)
        if staying.starts_at is None or staying.planned == draft.planned:
            return ""
        wishes = one_after_another(staying.starts_at, staying.planned)
        return words.begun(
            [
                (now.service_name, wish.starts_at)
                for now, one, wish in zip(staying.planned, draft.planned, wishes, strict=True)
                if now != one
            ]
        )

    def nearest(self, draft: Draft, most: int = _NEAREST) -> list[datetime]:
        """The next starts for the services of ``draft`` with their masters, from its day on."""
        if not draft.planned:
            return []
        after = max(datetime.combine(draft.day, time.min), self.soon())
        step = self._salon.profile.step_minutes
        found = next_places(self._books(), draft.planned, after, step_minutes=step, most=most)
        if self._visit_id is None:
            return found
        return [start for start in found if self.problem(self.leaving_begun(draft.begins(start))) is None]

    def problem(self, draft: Draft) -> SalonError | None:
        """Why ``draft`` cannot be booked as it stands; None when it can, or when something is still missing."""
        if draft.starts_at is None or not draft.planned:
            return None
        if any(one.starts_at.date() < draft.day for one in one_after_another(draft.starts_at, draft.planned)):
            return VisitBegun()  # a visit has one date
        try:
            stood = None if self._visit_id is None else standings(self._salon.database, self._visit_id)
            return why_not(self._books(), draft.starts_at, draft.planned, stood)
        except Gone as error:
            return error

    def rooms(self, draft: Draft) -> tuple[tuple[RoomOffer, ...], ...]:
        """The rooms that each service of ``draft`` will take, and the others that are fit; nothing without a start."""
        if draft.starts_at is None or not draft.planned:
            return ()
        database = self._salon.database
        try:
            kept = () if self._visit_id is None else standing(database, self._visit_id).services
        except Gone:
            return ()
        day = rooms_day(database, draft.day, ignoring_visit=self._visit_id)
        return room_offers.offers(day, one_after_another(draft.starts_at, draft.planned), kept)

    def not_in_room(self, draft: Draft, room_id: int | None) -> str:
        """Which service was wanted in a room that is not fit for it."""
        strange = next((one for one in draft.planned if room_id not in self._prices.fit.get(one.service_id, ())), None)
        if room_id is None or strange is None:
            return ""
        rooms = rooms_day(self._salon.database, draft.day).rooms
        wanted = next((room for room in rooms if room.room_id == room_id), None)
        if wanted is None:
            return ""
        if not wanted.is_in_use:
            return words.room_gone(strange, wanted.name)
        return _("“{room}” is not fit for “{service}”.").format(room=wanted.name, service=strange.service_name)

    def own_clash(self, draft: Draft, card: ClientCard | None) -> str:
        """The client has another visit then: nobody keeps both, but it is for people to say so."""
        if card is None or draft.starts_at is None or draft.ends_at is None or not draft.planned:
            return ""
        clash = proposals.own_clash(card, draft.starts_at, draft.ends_at, self._visit_id)
        if clash is None:
            return ""
        first = clash.services[0]
        return _("{client} has another visit then: {time}, {service}.").format(
            client=card.name,
            time=wording.clock_time(first.starts_at),
            service=wording.inside_a_sentence(first.service_name),
        )

    def _books(self) -> DayBooks:
        return DayBooks(self._salon.database, ignoring_visit=self._visit_id)
