"""What a client may ask for: to see what is held about them, and to be forgotten. Asked about first, done beside the
window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from app import wording
from app.errors import SalonError, Trouble
from app.explain import sentence
from app.language import _, ngettext
from app.salon.changes import Changes
from app.salon.clients import forgetting, handing_out
from app.ui.asking import FileKind, Question
from app.ui.background import Job
from app.ui.desk import Desk

T = TypeVar("T")


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

    def forget_now(self, client_id: int, name: str) -> None:
        """Forget a client for good, without waiting for the last day."""
        question = Question(
            _("Forget “{client}” for good, now?").format(client=name),
            _(
                "Name, contacts, photos, notes and everything else about this person is erased and cannot be brought "
                "back, not even by “Undo”. Visits and payments stay in the figures, without a name."
            ),
            _("Erase now"),
            takes_away=True,
        )
        if self._desk.asker.confirm(question):
            act = partial(forgetting.for_good, self._desk.salon, [client_id])
            self._beside(
                act, partial(self._desk.perform.tell, _("The client is forgotten"), undoable=False), _("Forgetting")
            )

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
        database = self._desk.salon.database

        def work(_job: Job) -> Changes:
            with database.in_thread():
                return act()

        def tell(changes: Changes) -> None:
            self._desk.feed.announce(changes)
            done()

        if database.path is None:
            # A database in memory belongs to the thread that made it.
            try:
                tell(act())
            except (SalonError, Trouble) as problem:
                (failed or self._explain)(problem)
            return
        self._desk.background.run(work, tell, failed or self._explain, label=label)

    def _explain(self, problem: Exception) -> None:
        if isinstance(problem, SalonError):
            self._desk.perform.refused.emit(sentence(problem))
        elif isinstance(problem, Trouble):
            self._desk.perform.troubled.emit(sentence(problem))


def _what_happens() -> str:
    return _(
        "The card leaves all lists at once, nothing is booked and nothing is sent. For 30 days this can be taken back; "
        "then name, contacts, photos and notes are erased for good. Visits and payments stay in the figures, without "
        "a name. Backups that were made before are not changed: delete them when the days are over."
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
