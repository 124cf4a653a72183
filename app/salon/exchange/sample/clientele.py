"""Who comes on which day of many years: regulars in their rhythm, new faces, some who are lost and some who return.

Pure, and made for a million visits: clients and days are numbers, and each visit costs one draw.
"""

from collections import defaultdict, deque
from collections.abc import Sequence
from random import Random

_RHYTHMS = (14, 18, 21, 21, 28, 28, 35, 45, 60)
"""After how many days regulars come again."""
_COMES_ONCE = 0.34
_IS_LOST = 0.027
"""The share of new clients who never come a second time, and of all others after each visit."""
_SOONER_DAYS = 6
"""So much earlier than usual a regular comes when there is a place."""
_SHORTEST_PAUSE = 8


class Clientele:
    """The clients of a salon, numbered from 0 in the order in which they come for the first time."""

    def __init__(self, clients: int, days: int, standing: int, rng: Random) -> None:
        """``standing`` of ``clients`` came before the first of ``days``; the others arrive evenly."""
        self._rng = rng
        self._every = rng.choices(_RHYTHMS, k=clients)
        self._master = [-1] * clients
        self._arrivals = deque(
            (number, (number - standing) * days // max(1, clients - standing)) for number in range(standing, clients)
        )
        self._due: defaultdict[int, list[int]] = defaultdict(list)
        for number in range(standing):
            self._due[rng.randrange(self._every[number])].append(number)
        self._late: list[int] = []
        self._lost: list[int] = []

    def of_day(self, day: int, masters: Sequence[int]) -> list[int | None]:
        """Who takes each of the visits of ``day``, told by their masters; None is a walk-in without a card.

        A regular goes to the master of the first visit where that is possible.
        """
        rng = self._rng
        visits = [number for number in range(len(masters)) if rng.random() > 0.01]
        coming = self._coming(day, len(visits))
        taken: list[int | None] = [None] * len(masters)
        free: defaultdict[int, list[int]] = defaultdict(list)
        for visit in reversed(visits):
            free[masters[visit]].append(visit)
        others: list[int] = []
        for client in coming:
            mine = free.get(self._master[client])
            if mine:
                taken[mine.pop()] = client
            else:
                others.append(client)
        left = [visit for visits_of_master in free.values() for visit in visits_of_master]
        rng.shuffle(left)
        for visit, client in zip(left, others, strict=False):
            taken[visit] = client
        for visit, known in enumerate(taken):
            if known is not None:
                self._go(known, day, masters[visit])
        return taken

    def _coming(self, day: int, places: int) -> list[int]:
        """At most ``places`` clients: who had to wait, who is due, who is new, who can be had sooner, who returns."""
        coming, self._late = self._late + self._due.pop(day, []), []
        new: list[int] = []
        while self._arrivals and self._arrivals[0][1] <= day and len(new) < places:
            new.append(self._arrivals.popleft()[0])
        ahead = day
        while len(coming) + len(new) < places and ahead < day + _SOONER_DAYS:
            ahead += 1
            coming += self._due.pop(ahead, [])
        room = places - len(new)
        self._late = coming[room:]
        coming = coming[:room] + new
        while len(coming) < places and self._lost:
            back = self._rng.randrange(len(self._lost))
            self._lost[back], self._lost[-1] = self._lost[-1], self._lost[back]
            coming.append(self._lost.pop())
        return coming

    def _go(self, client: int, day: int, master: int) -> None:
        """Leave after a visit, and be due again or lost."""
        rng = self._rng
        is_new = self._master[client] < 0
        if is_new:
            self._master[client] = master
        lost = _COMES_ONCE if is_new else _IS_LOST
        if rng.random() < lost * (2 if len(self._late) > 100 else 1):
            self._lost.append(client)
            return
        every = self._every[client]
        self._due[day + max(_SHORTEST_PAUSE, round(rng.gauss(every, every * 0.15)))].append(client)
