"""Between two salons: the copy at the end of the day, and a salon that takes the place of another."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app import wording
from app.errors import BackupGone, DatabaseBusy, DatabaseMissing, DatabaseUnreadable, FileMissing, SalonError, Trouble
from app.explain import sentence
from app.frozen import frozen
from app.language import _
from app.salon.backup import bringing_back, copies, rotation, words
from app.salon.backup.archive import Progress
from app.salon.backup.bringing_back import BroughtBack
from app.salon.backup.rotation import Named
from app.ui.asking import Asker, QtAsker, Question
from app.ui.background import Background, Job
from app.ui.backups import Backups
from app.ui.desk import Desk
from app.ui.progress_window import ProgressWindow
from app.vocabulary import BackupState


@frozen
class Restored:
    """What is told in the window that opens afterwards."""

    sentence: str
    is_done: bool


def finish_at_closing(desk: Desk) -> None:
    """Bring what somebody wished for to its end before the program closes, unless they give it up now."""
    while (job := desk.background.wished) is not None:
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


def rescue(
    error: DatabaseUnreadable | DatabaseMissing,
    folder: Path,
    path: Path,
    asker: Asker | None = None,
    *,
    last: str = "",
    can_begin_anew: bool = False,
) -> Path | None:
    """The newest whole copy of a salon whose file at ``path`` is damaged or gone, if whoever is asked wants it back.

    ``last``: the copy that was made last on this computer; by its name its salon is told from others in the folder.
    ``can_begin_anew``: without it an empty salon is opened; else the program closes.
    """
    source = _newest_whole(folder, path, rotation.read_name(Path(last).name))
    if source is None:
        return None
    named = rotation.read_name(source.name)
    moment = source.name
    if named is not None:
        moment = f"{wording.date_in_digits(named.at.date())}, {wording.clock_time(named.at)}"
    is_gone = isinstance(error, DatabaseMissing)
    question = Question(
        _("The salon's file is not there") if is_gone else _("The salon's file is damaged"),
        _("{problem} The newest whole copy is of {moment}; what was entered later would be missing.").format(
            problem=sentence(error), moment=moment
        ),
        _("Restore the copy"),
        _("Begin a new salon") if can_begin_anew else _("Close"),
    )
    return source if (asker or QtAsker()).confirm(question) else None


def _newest_whole(folder: Path, path: Path, last: Named | None) -> Path | None:
    try:
        found = [(named, one) for one in folder.iterdir() if (named := rotation.read_name(one.name)) is not None]
    except OSError:
        return None
    mine = [(named, one) for named, one in found if rotation.is_of_file(named, path.stem)]
    if last is not None and rotation.is_of_file(last, path.stem):
        mine = [(named, one) for named, one in mine if named.salon == last.salon]
    if len({named.salon for named, _one in mine}) > 1:
        return None  # whose they are cannot be told
    mine.sort(key=lambda copy: copy[0].at, reverse=True)
    return next((one for _named, one in mine if _is_whole(one)), None)


def _is_whole(path: Path) -> bool:
    """What broke the salon may have broken its newest copy too: the next one is tried then."""
    try:
        return copies.state_of(path) is BackupState.WHOLE
    except (SalonError, Trouble):
        return False


def bring_up_to_date(background: Background, work: Callable[[Progress], None], copy: Path) -> None:
    """Let ``work`` bring the file of an earlier version up to date, which makes ``copy`` first, beside a window.

    Raises what the work raises, and DatabaseBusy where the program is to end before it is done.
    """
    window = ProgressWindow(
        _("The salon's file is being brought up to date"),
        _(
            "It is of an earlier version. As it was until now it is kept as “{name}”. "
            "The program opens by itself when it is done."
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


def restore(background: Background, source: Path, target: Path, now: datetime) -> Restored:
    """Put the copy ``source`` in the place of the salon at ``target``, which nobody has open any more.

    When it cannot be, or is given up, everything is as it was, and the sentence says why.
    """
    window = ProgressWindow(
        _("The salon is being restored"),
        _("It opens by itself when everything is in its place. Until then you can cancel: nothing is changed then."),
        can_stop=True,
    )

    def work(job: Job) -> BroughtBack:
        return bringing_back.bring_back(source, target, now, job.report, job.finalise)

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
    return " ".join([said, *words.forgotten_again(back.again)])
