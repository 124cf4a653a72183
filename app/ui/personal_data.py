"""What a client may ask for: to see what is held about them, and to be forgotten. Asked about first, done beside the
window."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from app import wording
from app.errors import SalonError, Trouble
from app.language import _, ngettext
from app.salon.changes import Changes
from app.salon.clients import forgetting, handing_out, mentions
from app.salon.clients.mentions import Mention
from app.ui.asking import FileKind, Question
from app.ui.background import Job
from app.ui.desk import Desk

T = TypeVar("T")
_MOST_NAMED = 5


class PersonalData(QObject):
    """Hands data out and forgets, for the card and for the list of requests."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    # ---- seeing ----------------------------------------------------------------------------------------------

    def hand_out(self, client_id: int, name: str) -> None:
        """Write everything that is held about a client into a file."""
        title = _("Everything held about {client}").format(client=name)
        suggested = f"{_file_name(name)}.zip"
        where = self._desk.asker.save_file(title, suggested, [FileKind(_("Archive"), ("zip",))])
        if where is not None:
            act = partial(handing_out.hand_out, self._desk.salon, client_id, where)
            self._beside(act, partial(self._tell_saved, where), title)

    def _tell_saved(self, where: Path) -> None:
        self._desk.perform.tell(_("Saved: {name}").format(name=where.name), undoable=False)

    # ---- forgetting ------------------------------------------------------------------------------------------

    def ask(self, client_id: int, name: str) -> bool:
        """Note that a client wants to be forgotten, when whoever is asked agrees; whether it was noted."""
        salon = self._desk.salon
        ahead = forgetting.booked_ahead(salon.database, client_id, salon.today())
        question = Question(
            _("Forget “{client}”?").format(client=name),
            "\n\n".join(part for part in (_cancelled_words(ahead), _what_happens()) if part),
            _("Forget in {days}").format(days=wording.days(forgetting.DAYS_TO_THINK)),
            takes_away=True,
        )
        if not self._desk.asker.confirm(question):
            return False
        if self._desk.perform(forgetting.ask, client_id, cancel_visits=True) is None:
            return False
        self._desk.perform.tell(_("{client} will be forgotten").format(client=name))
        return True

    def take_back(self, client_id: int, name: str) -> None:
        """A client is not to be forgotten after all."""
        if self._desk.perform(forgetting.take_back, client_id) is not None:
            self._desk.perform.tell(_("{client} stays").format(client=name))

    def look_for_mentions(self, client_id: int, done: Callable[[Sequence[Mention]], None]) -> None:
        """Find where else a client is named; ``done`` is told when that is known."""
        act = partial(mentions.of_client, self._desk.salon.database, client_id)
        self._read_beside(act, done, _("Looking where the client is mentioned"))

    def forget_now(self, client_id: int, name: str) -> None:
        """Forget a client for good, without waiting for the last day; it is said where else they are named."""
        self.look_for_mentions(client_id, partial(self._forget_now, client_id, name))

    def _forget_now(self, client_id: int, name: str, named: Sequence[Mention]) -> None:
        question = Question(
            _("Forget “{client}” for good, now?").format(client=name),
            "\n\n".join(part for part in (_for_good(), _mentioned(named)) if part),
            _("Erase now"),
            takes_away=True,
        )
        if self._desk.asker.confirm(question):
            act = partial(forgetting.for_good, self._desk.salon, [client_id])
            self._beside(act, self._tell_forgotten, _("Forgetting"))

    def _tell_forgotten(self) -> None:
        self._desk.perform.tell(_("The client is forgotten"), undoable=False)

    def forget_due(self) -> None:
        """Forget whoever's days are over. Nobody is asked, nobody is told; what fails is tried again in an hour."""
        salon = self._desk.salon
        if forgetting.is_due(salon):
            self._beside(partial(forgetting.forget_due, salon), _quietly, _("Forgetting"), failed=_leave_for_later)

    # ---- beside the window -----------------------------------------------------------------------------------

    def _beside(
        self,
        act: Callable[[], Changes],
        done: Callable[[], None],
        label: str,
        *,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def tell(changes: Changes) -> None:
            self._desk.feed.announce(changes)
            done()

        self._read_beside(act, tell, label, failed=failed)

    def _read_beside(
        self,
        act: Callable[[], T],
        tell: Callable[[T], None],
        label: str,
        *,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        database = self._desk.salon.database

        def work(_job: Job) -> T:
            with database.in_thread():
                return act()

        if database.path is None:
            # A database in memory belongs to the thread that made it.
            try:
                tell(act())
            except (SalonError, Trouble) as problem:
                (failed or self._desk.perform.explain)(problem)
            return
        self._desk.background.run(work, tell, failed or self._desk.perform.explain, label=label)


def _what_happens() -> str:
    return _(
        "The card leaves all lists at once, nothing is booked and nothing is sent. For 30 days this can be taken back; "
        "then name, contacts, photos and notes are erased for good. Visits and payments stay in the figures, without "
        "a name. Backups that were made before are not changed: delete them when the days are over."
    )


def _for_good() -> str:
    return _(
        "Name, contacts, photos, notes and everything else about this person is erased and cannot be brought "
        "back, not even by “Undo”. Visits and payments stay in the figures, without a name."
    )


def _mentioned(named: Sequence[Mention]) -> str:
    """On whose cards something about the client stays."""
    if not named:
        return ""
    places = dict.fromkeys(
        f"{one.client_name} ({wording.mention_place(one.place)})"
        if one.client_name
        else wording.mention_place(one.place)
        for one in named
    )
    shown = list(places)[:_MOST_NAMED]
    more = len(places) - len(shown)
    if more:
        shown.append(ngettext("{n} more", "{n} more", more).format(n=wording.number(more)))
    return _("Also mentioned in: {places}. These texts stay; change them first if they have to go.").format(
        places=wording.listed(shown)
    )


def _cancelled_words(ahead: list[forgetting.BookedAhead]) -> str:
    if not ahead:
        return ""
    days = wording.listed([wording.day_and_month(day) for day in dict.fromkeys(one.day for one in ahead)][:5])
    return ngettext(
        "{n} visit ahead will be cancelled: {days}.", "{n} visits ahead will be cancelled: {days}.", len(ahead)
    ).format(n=wording.number(len(ahead)), days=days)


def _file_name(name: str) -> str:
    """A name that every system allows."""
    return "".join(letter if letter.isalnum() or letter in " -" else "-" for letter in name)[:60].strip() or "client"


def _quietly() -> None:
    """Nobody asked for it at this moment."""


def _leave_for_later(_problem: Exception) -> None:
    """The next hour tries again."""
