"""Between two salons: the copy at the end of the day, and a salon that takes the place of another."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app import wording
from app.errors import (
    BackupFolderGone,
    BackupGone,
    DatabaseBusy,
    DatabaseMissing,
    DatabaseUnreadable,
    FileMissing,
    SalonError,
    Trouble,
)
from app.explain import sentence
from app.frozen import frozen
from app.language import _, ngettext
from app.salon.backup import bringing_back, offered, words
from app.salon.backup.archive import Progress
from app.salon.backup.bringing_back import BroughtBack
from app.salon.backup.offered import Offer
from app.ui.asking import Asker, QtAsker, Question
from app.ui.background import Background, Job
from app.ui.backups import Backups
from app.ui.desk import Desk
from app.ui.progress_window import ProgressWindow


@frozen
class Restored:
    """What is told in the window that opens afterwards."""

    sentence: str
    is_done: bool


def finish_at_closing(desk: Desk) -> None:
    """Bring what somebody wished for to its end before the program closes, unless they give it up now."""
    while (job := desk.background.wished) is not None:
        wait_for(job)


def wait_for(job: Job) -> None:
    """Wait for the end of what is done beside the window, which somebody may give up."""
    window = ProgressWindow(
        _("Something is not finished yet"), _("The program closes by itself when it is done."), can_stop=True
    )
    window.wait_for(job)


def copy_at_closing(desk: Desk) -> None:
    """Make the copy of the day if there is something new; what goes wrong is told at the next start."""
    backups = Backups(desk)
    work = backups.work_at_closing()
    if work is None:
        return
    window = ProgressWindow(
        _("A copy of the salon is being made"), _("The program closes by itself when it is done."), can_stop=True
    )
    path, problem = window.follow(
        desk.background,
        work,
        _("Making a copy of the salon"),
        silence=_("The folder for copies does not answer yet. If you cancel, the program closes without a copy."),
    )
    if path is not None:
        backups.note_made(path)
    elif problem is not None:
        backups.note_failed(problem)


@frozen
class Rescue:
    """What becomes of a salon whose file is damaged or gone."""

    source: Path | None = None
    """The copy that takes its place."""
    begins_anew: bool = False
    said: str = ""
    """What is to be told beside the trouble itself, where nothing takes its place."""


def rescue(
    background: Background,
    error: DatabaseUnreadable | DatabaseMissing,
    folder: Path,
    path: Path,
    asker: Asker | None = None,
    *,
    last: str = "",
    is_own_folder: bool = False,
    can_begin_anew: bool = False,
) -> Rescue:
    """Offer the newest whole copy of a salon whose file at ``path`` is damaged or gone.

    ``last``: the copy that was made last on this computer; by its name its salon is told from others in the folder.
    Where that cannot be told, each of them is offered. The folder is looked into apart, because it may lie in a network
    that does not answer. ``is_own_folder``: the program's own; where it is not there, there are no copies.
    ``can_begin_anew``: without a copy an empty salon is opened; else the program closes.
    """
    asker = asker or QtAsker()
    is_gone = isinstance(error, DatabaseMissing)
    heading = _("The salon's file is not there") if is_gone else _("The salon's file is damaged")
    found, problem = _look_apart(background, heading, folder, path.stem, Path(last).name)
    if problem is not None and not isinstance(problem, SalonError | Trouble):
        raise problem
    if found is None and not (is_own_folder and isinstance(problem, BackupFolderGone)):
        return _without_folder(asker, heading, sentence(error), folder, can_begin_anew=can_begin_anew)
    no = _("Begin a new salon") if can_begin_anew else _("Close")
    chosen: Offer | None = None
    if found and found[0].is_sure:
        question = Question(
            heading,
            _(
                "{problem} The newest whole copy is of {moment}: {held}. What was entered later would be missing."
            ).format(problem=sentence(error), moment=_moment(found[0]), held=_held(found[0])),
            _("Restore the copy"),
            no,
        )
        chosen = found[0] if asker.confirm(question) else None
    elif found:
        question = Question(
            heading,
            _("{problem} Here are the newest whole copies of the salons that it may be.").format(
                problem=sentence(error)
            ),
            _("Restore"),
            no,
        )
        index = asker.choose(question, [(one.salon or one.path.name, _told_of(one)) for one in found])
        chosen = None if index is None else found[index]
    return Rescue(None if chosen is None else chosen.path, begins_anew=chosen is None and can_begin_anew)


def _look_apart(
    background: Background, heading: str, folder: Path, stem: str, last: str
) -> tuple[list[Offer] | None, Exception | None]:
    window = ProgressWindow(
        heading, _("Looking for a whole copy of it in “{folder}”.").format(folder=folder), can_stop=True
    )

    def look(job: Job) -> list[Offer]:
        return offered.look_for(folder, stem, last, job.report)

    silence = _("The folder for copies does not answer yet. If you cancel, the program goes on without a copy.")
    return window.follow(background, look, _("Looking for a copy"), silence=silence)


def _without_folder(asker: Asker, heading: str, problem: str, folder: Path, *, can_begin_anew: bool) -> Rescue:
    """The copies may be there all the same: a disk is not plugged in, a network does not answer."""
    said = _("The folder for copies “{folder}” could not be looked into. Connect it and start Vizit again.").format(
        folder=folder
    )
    if not can_begin_anew:
        return Rescue(said=said)
    question = Question(heading, f"{problem} {said}", _("Begin a new salon"), _("Close"))
    return Rescue(begins_anew=asker.confirm(question), said=said)


def _moment(offer: Offer) -> str:
    return f"{wording.date_in_digits(offer.at.date())}, {wording.clock_time(offer.at)}"


def _held(offer: Offer) -> str:
    return f"{wording.clients(offer.clients)}, {wording.visits(offer.visits)}"


def _told_of(offer: Offer) -> str:
    older = ngettext("{n} older copy", "{n} older copies", offer.older).format(n=wording.number(offer.older))
    return " · ".join([_moment(offer), _held(offer), *([older] if offer.older else [])])


def bring_up_to_date(background: Background, work: Callable[[Progress], None], copy: Path) -> None:
    """Let ``work`` bring the file of an earlier version up to date, which makes ``copy`` first, beside a window.

    Raises what the work raises, and DatabaseBusy where the program is to end before it is done.
    """
    window = ProgressWindow(
        _("The salon's file is being brought up to date"),
        _(
            "It is of an earlier version. As it was until now it is kept as “{name}”. "
            "With many clients this takes a minute; the program opens by itself when it is done."
        ).format(name=copy.name),
        can_stop=False,
    )

    def do(job: Job) -> bool:
        work(job.report)
        return True

    is_done, problem = window.follow(background, do, _("Updating the file"))
    if problem is not None:
        raise problem
    if not is_done:
        raise DatabaseBusy


def taken_out(names: tuple[str, ...], kept: Path) -> str:
    """What is told of triggers and views that were taken out of the salon's file; their text is in ``kept``."""
    return _(
        "The salon's file held commands that Vizit did not put there, and they were taken out: {names}. "
        "Their text is kept in “{path}”."
    ).format(names=", ".join(names), path=kept)


def restore(background: Background, source: Path, target: Path, now: datetime, *, takes_out: bool = False) -> Restored:
    """Put the copy ``source`` in the place of the salon at ``target``, which nobody has open any more.

    ``takes_out``: where nothing else is left, what the program did not make is taken out of the copy, and not refused.
    When it cannot be, or is given up, everything is as it was, and the sentence says why.
    """
    window = ProgressWindow(
        _("The salon is being restored"),
        _("It opens by itself when everything is in its place. Until then you can cancel: nothing is changed then."),
        can_stop=True,
    )

    def work(job: Job) -> BroughtBack:
        return bringing_back.bring_back(source, target, now, job.report, job.finalise, takes_out=takes_out)

    back, problem = window.follow(background, work, _("Restoring"))
    if back is not None:
        return Restored(_told(back), is_done=True)
    if problem is None:
        return Restored(_("Restoring was cancelled. Everything is as it was."), is_done=False)
    if isinstance(problem, FileMissing):  # it was there when it was checked
        problem = BackupGone(source)
    if isinstance(problem, SalonError | Trouble):
        return Restored(sentence(problem), is_done=False)
    raise problem


def _told(back: BroughtBack) -> str:
    said = _("The salon is restored: {clients}, {visits}. What was there before is among the copies.").format(
        clients=wording.clients(back.clients), visits=wording.visits(back.visits)
    )
    strangers = [taken_out(back.taken_out, back.kept)] if back.kept is not None else []
    return " ".join([said, *words.forgotten_again(back.again), *strangers])
