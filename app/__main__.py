"""The command line: a command goes to ``cli``, no command opens the program."""

import gc
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

_SETTLED_MS = 1_000
"""So long after a window was shown the first picture is there, and memory may be looked through."""

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from app.errors import SalonError, Trouble
    from app.launch import Running
    from app.logs import LogFile
    from app.models.connection import Told
    from app.settings import Settings
    from app.ui.restoring import Restored
    from app.vocabulary import Language


def main(arguments: list[str] | None = None) -> int:
    """Run the program with ``arguments`` (without its own name); returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given:
        return _open_window(None, None)
    from app import arguments as typed, cli, language
    from app.errors import SalonError

    cli.speak_utf8()
    language.use(typed.spoken(given))
    try:
        wanted = typed.parse(given)
    except SalonError as error:
        cli.complain(error)
        return 2
    if wanted.command:
        return cli.run(wanted)
    return _open_window(wanted.database, wanted.language)


def _open_window(database: Path | None, spoken: "Language | None") -> int:
    # Nothing that a start makes is garbage: looking for some would take a twentieth of it.
    gc.disable()
    from app import language, paths, settings
    from app.errors import SalonError, Trouble
    from app.launch import Places, application, build, has_display

    preferred = settings.read(paths.settings_file())
    if not has_display():
        return _no_display(spoken or preferred.language)
    app = application(sys.argv[:1])
    own = database or (Path(preferred.database) if preferred.database else paths.default_database())
    wanted: _Following | None = _Following(own)
    while wanted is not None:
        told = _bring_back(wanted)
        log = _Log()
        try:
            if wanted.path == own and database is None and not wanted.is_anew:
                _miss(own, preferred)
            running = build(
                app,
                Places(wanted.path, paths.settings_file()),
                spoken=spoken,
                begin_log=log.begin,
                beside=_bring_up_to_date,
            )
        except (SalonError, Trouble) as error:
            language.use(spoken or preferred.language)  # a start that gets no further has not chosen it
            if told is not None and not told.is_done:
                return _cannot_start(told.sentence)
            rescued = _rescue(app, error, wanted, preferred)
            if isinstance(rescued, str):
                return _cannot_start(rescued)
            wanted = rescued
            continue
        if told is not None:
            running.window.telling.tell_at_start(told.sentence, is_done=told.is_done)
        _tell_of_strangers(running)
        try:
            wanted = _run_until_closed(running, app, wanted.path, own)
        finally:
            log.close()
    return 0


def _miss(own: Path, preferred: "Settings") -> None:
    """Raise DatabaseMissing where a salon was kept and is no longer: an empty one in its place would look like it.

    The file that the settings name was there; so was the usual one if there are copies of it, or may be.
    """
    if own.exists():
        return
    from app import paths
    from app.errors import DatabaseMissing

    # A folder that somebody has chosen may lie in a network that does not answer: it is looked into later, apart.
    if preferred.database or preferred.backup_folder or any(paths.backups_folder().glob(f"{own.stem}-*.zip")):
        raise DatabaseMissing(own)


def _copies_folder(chosen: str) -> Path:
    from app import paths

    return Path(chosen) if chosen else paths.backups_folder()


class _Following:
    """The salon that is opened next, and the copy that takes its place before that, if any.

    ``is_anew``: its file is gone, and whoever was asked begins with an empty one. ``is_rescue``: nothing but the copy
    is left.
    """

    def __init__(
        self, path: Path, source: Path | None = None, *, is_anew: bool = False, is_rescue: bool = False
    ) -> None:
        self.path = path
        self.source = source
        self.is_anew = is_anew
        self.is_rescue = is_rescue


def _bring_back(wanted: _Following) -> "Restored | None":
    """Restore what is wanted; None when nothing is."""
    if wanted.source is None:
        return None
    from app.clock import SystemClock
    from app.ui.background import Background
    from app.ui.restoring import restore

    background = Background()
    try:
        now = SystemClock().now()
        return restore(background, wanted.source, wanted.path, now, takes_out=wanted.is_rescue)
    finally:
        background.close()


def _tell_of_strangers(running: "Running") -> None:
    """Tell of what was taken out of the salon's file because the program had not made it."""
    database = running.desk.salon.database
    if not database.taken_out or database.path is None:
        return
    from app.models.guards import taken_out_file
    from app.ui.restoring import taken_out

    running.window.telling.tell_at_start(taken_out(database.taken_out, taken_out_file(database.path)), is_done=False)


def _bring_up_to_date(work: "Callable[[Told], None]", copy: Path) -> None:
    from app.ui.background import Background
    from app.ui.restoring import bring_up_to_date

    background = Background()
    try:
        bring_up_to_date(background, work, copy)
    finally:
        background.close()


class _Log:
    """The log of one run. Before the first picture only what goes wrong waits for it: it was a twentieth of a start."""

    def __init__(self) -> None:
        self._file: LogFile | None = None

    def begin(self) -> None:
        """Log into the salon's folder from now on."""
        from app import logs, paths

        if self._file is None:
            with suppress(OSError):  # a log that cannot be kept is no reason to stop anybody
                self._file = logs.write_to(paths.salon_folder() / "logs")

    def close(self) -> None:
        """Log no more."""
        import logging

        if self._file is not None:
            logging.getLogger().removeHandler(self._file)
            self._file.close()


def _run_until_closed(running: "Running", app: "QApplication", path: Path, own: Path) -> "_Following | None":
    """Run the salon at ``path`` until its window is closed; returns which one is wanted next, if any."""
    from PySide6.QtCore import QTimer

    from app import paths
    from app.launch import collect_garbage

    following: list[_Following] = []

    def leave_for(path: Path, source: Path | None = None) -> None:
        if not running.window.may_be_left():
            return
        following.append(_Following(path, source))
        app.quit()

    def to_sample() -> None:
        leave_for(_sample_file())

    def to_own() -> None:
        leave_for(own if own != paths.sample_database() else paths.default_database())

    running.window.sample_wanted.connect(to_sample)
    running.window.own_wanted.connect(to_own)
    running.window.restore_wanted.connect(partial(leave_for, path))
    running.window.show_restored()
    QTimer.singleShot(_SETTLED_MS, collect_garbage)
    try:
        app.exec()
        if not (following and following[0].source):  # a copy is made already, and one more might push that one out
            _end_day(running)
    finally:
        running.close()
    return following[0] if following else None


def _end_day(running: "Running") -> None:
    """The day ends with what is still being written, and a copy of the salon, where one is wanted."""
    from app.ui.restoring import copy_at_closing, finish_at_closing

    running.window.hide()
    finish_at_closing(running.desk)
    copy_at_closing(running.desk)


def _sample_file() -> Path:
    """The file of the sample salon, made when it is wanted for the first time on a day; never the own salon."""
    from app import language, paths
    from app.clock import SystemClock
    from app.models.opening import create
    from app.salon.exchange import sample
    from app.salon.transaction import Salon

    path = paths.sample_database()
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    salon = Salon(create(path), SystemClock())
    sample.make(salon, salon.today(), language=language.current(), now=salon.wall_now())
    salon.database.close()
    return path


def _no_display(spoken: "Language") -> int:
    from app import cli, language
    from app.errors import NoDisplay

    language.use(spoken)
    cli.complain(NoDisplay())
    return 1


def _rescue(
    app: "QApplication", error: "SalonError | Trouble", wanted: _Following, preferred: "Settings"
) -> "_Following | str":
    """What is opened in the place of a damaged or missing salon: a whole copy, if there is one and it is wanted.

    Without it a missing one begins anew, but for a file that the settings name: its disk may only be unplugged. Else
    the sentence that is told before the program closes.
    """
    from app.errors import DatabaseMissing, DatabaseUnreadable
    from app.explain import sentence

    if not isinstance(error, DatabaseUnreadable | DatabaseMissing) or wanted.is_anew:
        return sentence(error)
    from app.ui.background import Background
    from app.ui.restoring import rescue
    from app.ui.theme import Appearance

    can_begin_anew = isinstance(error, DatabaseMissing) and not preferred.database
    appearance, background = Appearance(app, preferred.theme), Background()
    try:
        rescued = rescue(
            background,
            error,
            _copies_folder(preferred.backup_folder),
            wanted.path,
            last=preferred.backup_last,
            is_own_folder=not preferred.backup_folder,
            can_begin_anew=can_begin_anew,
        )
    finally:
        background.close()
        appearance.deleteLater()
    if rescued.source is not None or rescued.begins_anew:
        return _Following(wanted.path, rescued.source, is_anew=rescued.begins_anew, is_rescue=True)
    return " ".join(filter(None, (sentence(error), rescued.said)))


def _cannot_start(sentence: str) -> int:
    from app.ui.asking import QtAsker

    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write(f"{sentence}\n")
    QtAsker().tell("Vizit", sentence)
    return 1


if __name__ == "__main__":
    sys.exit(main())
