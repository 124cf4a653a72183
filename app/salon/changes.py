"""What an act changed: the one thing that screens are told."""

from dataclasses import dataclass, field
from datetime import date

from app.frozen import frozen
from app.vocabulary import Topic


@frozen
class Changes:
    """The topics, days and clients that an act concerned. A screen reads again when one of them is its own."""

    topics: frozenset[Topic] = frozenset()
    days: frozenset[date] = frozenset()
    clients: frozenset[int] = frozenset()

    def __or__(self, other: "Changes") -> "Changes":
        """Both together."""
        return Changes(self.topics | other.topics, self.days | other.days, self.clients | other.clients)

    def concerns(self, *topics: Topic) -> bool:
        """Whether one of ``topics`` was changed."""
        return bool(self.topics & set(topics))


@dataclass(slots=True)
class ChangeNotes:
    """Collects what an act changes while it goes on."""

    topics: set[Topic] = field(default_factory=set[Topic])
    days: set[date] = field(default_factory=set[date])
    clients: set[int] = field(default_factory=set[int])

    def sealed(self) -> Changes:
        """What was collected, as a value."""
        return Changes(frozenset(self.topics), frozenset(self.days), frozenset(self.clients))
