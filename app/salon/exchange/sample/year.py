"""A year of visits: who is due when, who finds a place, who cancels, who does not come, who is lost.

Everybody comes in a rhythm of their own. The days on which they are due are worked off in order; each looks for a
place around its day as an administrator would: their master first, a day they like, no torn holes in the diary.
"""

import heapq
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from app.salon.exchange.sample.diary import QUARTER, Diary, Part
from app.salon.exchange.sample.material import Material
from app.salon.exchange.sample.people import Need, Person
from app.salon.exchange.sample.visits import PlannedVisit, at
from app.vocabulary import CancelReason, VisitStatus

DAYS_BEFORE, DAYS_AFTER = 344, 21
"""The sample's year: about eleven months of history and three weeks of bookings. Further years come before it."""

_LIKED_DAYS = (0.4, 0.6, 0.75, 1.0, 1.8, 2.0, 0.9)
"""How gladly people come, from Monday to Sunday."""
_NEARNESS = tuple((off, 1 + abs(off) * 0.25) for off in range(-3, 6))
"""Days before and after the due day, each with how much less it is liked."""
_DAYS_APART = 4
"""Nobody comes again sooner, whatever else they are due for."""
_WERE_HERE_BEFORE = 240
"""How many clients came before the first year began."""
_COMES_ONCE = 0.44
"""The share of new clients who never come a second time."""
_STAYS_DAYS = 600
"""How long the others stay on average, after their first month."""
_CANCELS, _STAYS_AWAY, _COMES_AGAIN_AFTER_CANCEL = 0.075, 0.03, 0.6
_CANCELS_LATE = 0.35
_REASONS = (
    (CancelReason.CLIENT_ASKED, 52),
    (CancelReason.CLIENT_ILL, 28),
    (CancelReason.MASTER_ABSENT, 9),
    (CancelReason.SALON_ASKED, 4),
    (CancelReason.BOOKED_BY_MISTAKE, 3),
    (CancelReason.OTHER, 4),
)


class _Due(NamedTuple):
    """Somebody should come about ``day``; ``number`` keeps the order of the same day."""

    day: date
    number: int
    person: int
    need: int


class Year:
    """Fills the diary around the day of the pictures, which is left to its script."""

    def __init__(
        self, material: Material, people: list[Person], diary: Diary, first: date, now: datetime, rng: Random
    ) -> None:
        self._material = material
        self._services = material.price_list.services
        self._masters = {master.key: number for number, master in enumerate(material.masters)}
        self._people = people
        self._diary = diary
        self._now = now
        self._today = now.date()
        self._rng = rng
        self._first = first
        self._days_before = (self._today - first).days
        self._last = self._today + timedelta(days=DAYS_AFTER)
        self._queue: list[_Due] = []
        self._visits: list[PlannedVisit] = []

    def planned(self) -> list[PlannedVisit]:
        """All visits of the year but today's."""
        for number, person in enumerate(self._people):
            for need, day in self._scripted_days(person) if person.is_scripted else self._days(person):
                self._wait(day, number, need)
        while self._queue:
            self._place(heapq.heappop(self._queue))
        self._walk_ins()
        return self._visits

    # ---- when somebody is due ------------------------------------------------------------------------------

    def _wait(self, day: date, person: int, need: int) -> None:
        heapq.heappush(self._queue, _Due(day, len(self._queue) + len(self._visits), person, need))

    def _days(self, person: Person) -> Iterator[tuple[int, date]]:
        """When which need of a client recurs, from their first visit until they are lost or the year is over."""
        rng = self._rng
        was_here_before = rng.random() < _WERE_HERE_BEFORE / len(self._people)
        first = self._first
        if not was_here_before:
            first += timedelta(days=14 + rng.randrange(self._days_before - 6))
            if rng.random() < _COMES_ONCE:
                yield 0, first
                return
        is_lost_on = first + timedelta(days=30 + round(rng.expovariate(1 / _STAYS_DAYS)))
        last = min(self._last, is_lost_on)
        for number, need in enumerate(person.needs):
            first_of_need = rng.randrange(need.every_days) if was_here_before or number else 0
            yield from ((number, day) for day in self._rhythm(need, first + timedelta(days=first_of_need), last))

    def _rhythm(self, need: Need, day: date, last: date) -> Iterator[date]:
        rng = self._rng
        while day <= last:
            yield day
            pause = need.every_days * (2 if rng.random() < 0.05 else 1)
            day += timedelta(days=max(7, round(rng.gauss(pause, need.every_days * 0.14))))

    def _scripted_days(self, person: Person) -> Iterator[tuple[int, date]]:
        """The days of somebody who comes today, counted backwards from today."""
        if not person.needs:
            return
        every = person.needs[0].every_days
        day = self._today - timedelta(days=every)
        since = self._first + timedelta(days=self._rng.randrange(self._days_before // 2))
        while day >= since:
            yield 0, day
            day -= timedelta(days=max(7, round(self._rng.gauss(every, every * 0.1))))

    # ---- finding a place -----------------------------------------------------------------------------------

    def _place(self, due: _Due) -> None:
        person = self._people[due.person]
        parts = self._parts(person.needs[due.need])
        for choice in (parts, parts[:1], self._with_another_master(parts[:1])):
            for day in self._liked_days(person, due.day, choice):
                starts = self._diary.starts(day, choice)
                if starts:
                    self._note(due, person, day, choice, self._best_start(starts, person, day))
                    return

    def _liked_days(self, person: Person, about: date, parts: tuple[Part, ...]) -> list[date]:
        """Some days around ``about`` on which all masters work, drawn by how gladly people come then.

        Drawing without replacement by weight: the greatest of random ** (1 / weight) come first (Efraimidis and
        Spirakis, 2006).
        """
        drawn: list[tuple[float, date]] = []
        last_visits = person.days[-3:]
        latest = self._today - timedelta(days=7) if person.is_scripted else self._last
        for off, nearness in _NEARNESS:
            day = about + timedelta(days=off)
            if day < self._first or day > latest or day == self._today:
                continue
            if any(abs((day - other).days) < _DAYS_APART for other in last_visits):
                continue
            if all(self._diary.works(day, part.master) for part in parts):
                drawn.append((self._rng.random() ** (nearness / _LIKED_DAYS[day.weekday()]), day))
        drawn.sort(reverse=True)
        return [day for _, day in drawn[:5]]

    def _best_start(self, starts: int, person: Person, day: date) -> int:
        """The minute among ``starts`` (bits) nearest to the client's hour; whole and half hours are preferred."""
        wished = person.comes_at if day.weekday() < 5 else 13 * 60
        best, least = 0, 10_000
        quarter = 0
        while starts:
            if starts & 1:
                minute = quarter * QUARTER
                cost = abs(minute - wished) + (45 if minute % 30 else 0)
                if cost < least:
                    best, least = minute, cost
            starts >>= 1
            quarter += 1
        return best

    def _parts(self, need: Need) -> tuple[Part, ...]:
        rng = self._rng
        usual = need.service
        for service, share in need.instead:
            if rng.random() < share:
                return (self._part(service, need.master),)
        for service, master, share in need.added:
            if rng.random() < share:
                return (self._part(usual, need.master), self._part(service, master))
        return (self._part(usual, need.master),)

    def _part(self, service: str, master: str) -> Part:
        return Part(service, self._masters[master], self._services[service].lengths)

    def _with_another_master(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        (part,) = parts
        others = [
            number
            for number, master in enumerate(self._material.masters)
            if part.service in master.services and number != part.master
        ]
        return (Part(part.service, self._rng.choice(others), part.lengths),) if others else parts

    # ---- what becomes of it --------------------------------------------------------------------------------

    def _note(self, due: _Due, person: Person, day: date, parts: tuple[Part, ...], minute: int) -> None:
        rng = self._rng
        starts_at = at(day, minute)
        visit = PlannedVisit(due.person, starts_at, parts, self._booked_on(person, starts_at))
        if visit.created_at > self._now:
            return
        if rng.random() < 0.05:
            visit.comment = rng.choice(self._material.texts("comments"))
        person.days.append(day)
        self._visits.append(visit)
        self._decide(visit, due)
        if visit.status is not VisitStatus.CANCELLED:
            self._diary.take(day, parts, minute)

    def _booked_on(self, person: Person, starts_at: datetime) -> datetime:
        """When the visit was agreed on: before leaving the last time, or by phone some days before."""
        rng = self._rng
        before = [day for day in person.days if day < min(starts_at.date(), self._today)]
        if before and person.plans_ahead and rng.random() < 0.85:
            return at(max(before), rng.randrange(11 * 60, 20 * 60))
        called = at(starts_at.date() - timedelta(days=round(rng.expovariate(1 / 5))), rng.randrange(9 * 60, 20 * 60))
        return min(called, starts_at - timedelta(hours=1, minutes=rng.randrange(60)))

    def _decide(self, visit: PlannedVisit, due: _Due) -> None:
        rng = self._rng
        fate = rng.random()
        if fate < _CANCELS:
            cancelled_at = self._cancelled_at(visit)
            if cancelled_at <= self._now:
                visit.status = VisitStatus.CANCELLED
                visit.cancelled_at = cancelled_at
                visit.cancel_reason = rng.choices([r for r, _ in _REASONS], [w for _, w in _REASONS])[0]
                if rng.random() < _COMES_AGAIN_AFTER_CANCEL:
                    self._wait(visit.day + timedelta(days=rng.randrange(6, 11)), due.person, due.need)
                return
        if visit.day < self._today:
            visit.status = VisitStatus.NO_SHOW if fate > 1 - _STAYS_AWAY else VisitStatus.COMPLETED

    def _cancelled_at(self, visit: PlannedVisit) -> datetime:
        """When somebody rings off: often only on the last day, and in the hours in which the salon answers."""
        rng = self._rng
        longest = _minutes(visit.created_at, visit.starts_at)
        if rng.random() < _CANCELS_LATE:
            longest = min(longest, 24 * 60)
        moment = visit.starts_at - timedelta(minutes=rng.randrange(30, max(31, longest)))
        if not 9 <= moment.hour < 21:
            moment = moment.replace(hour=9)
        return max(visit.created_at, min(moment, visit.starts_at - timedelta(minutes=20)))

    def _walk_ins(self) -> None:
        """Now and then somebody without a card looks in: a broken nail, a quick cut."""
        rng = self._rng
        day = self._first
        while day < self._today:
            if rng.random() < 0.25:
                service, master = rng.choice(
                    (("cut_men", "maria"), ("nail_repair", "olga"), ("brow_shape", "irina"), ("fringe", "maria"))
                )
                parts = (self._part(service, master),)
                starts = self._diary.starts(day, parts)
                if starts:
                    minute = (starts & -starts).bit_length() * QUARTER - QUARTER
                    self._diary.take(day, parts, minute)
                    start = at(day, minute)
                    self._visits.append(PlannedVisit(None, start, parts, start, VisitStatus.COMPLETED))
            day += timedelta(days=1)


def _minutes(first: datetime, last: datetime) -> int:
    return int((last - first).total_seconds()) // 60
