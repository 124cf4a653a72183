"""Copies of the salon: when the last one was made and where, making one now, when they are made by themselves, and
bringing one back."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QSignalBlocker, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import BackupGone, BackupReplaced, DatabaseUnreadable, SalonError, Trouble
from app.explain import sentence
from app.language import _, ngettext
from app.salon.backup import chosen, copies, rotation
from app.salon.backup.copies import Copy, Folder
from app.ui import theme
from app.ui.asking import FileKind
from app.ui.background import Job
from app.ui.backups import Backups
from app.ui.catalogue.copy_rows import CopyRow, RestorePreview, day_and_time
from app.ui.catalogue.folder_look import FolderLook, Wait
from app.ui.desk import Desk
from app.ui.theme import FontRole, Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.list_row import HeadedList
from app.ui.widgets.number_field import NumberField
from app.ui.widgets.progress_strip import ProgressStrip
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import BackupOccasion, BackupState, BackupWhen

_WIDTH = 720
_MINUTE_MS = 60_000
_ENDINGS = ("zip", "vizit", "db", "sqlite", "sqlite3", "before-restore-*")
"""How archives and salons' files end, and what restoring puts aside."""
_READ_UNASKED = 1024**3
"""So many bytes of copies are read to prove them; the rest is proven when it is to be brought back."""
_Mark = tuple[str, int, int]


class BackupsPart(QWidget):
    """What is here is about this computer and holds at once: there is nothing to save."""

    restore_wanted = Signal(object)
    """The path of the copy that is to take the place of this salon: the program has to close it for that."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(_("Backups and restoring"))
        self.backups = Backups(desk, self)
        self._known: dict[_Mark, BackupState] = {}
        """What was proven since the program was started, by path, size and stamp."""
        self._just_made: set[Path] = set()
        """Copies that were read back when they were made."""
        self._job: Job | None = None
        self._look = FolderLook(desk.background, self)
        self._shown: Path | None = None
        """The folder whose copies are shown."""
        self._today: date | None = None
        """The day on which the page was read."""
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self.preview: RestorePreview | None = None
        self._is_restoring = False
        self.last = Label("", FontRole.HEADING)
        self.place = ElidedLabel("", FontRole.SECONDARY, "muted")
        self.problem = Banner("", Tone.WARN)
        self.make_button = PrimaryButton(_("Make a copy now"), icon="archive")
        self.strip = ProgressStrip()
        self.folder_button = Button(_("Choose a folder…"))
        self.open_button = QuietButton(_("Open the folder"), icon="external-link")
        self.same_disk = Label("", FontRole.SECONDARY, "warn", wrap=True)
        self.when = SegmentedControl(
            _("Automatic copies"),
            (
                (BackupWhen.AT_CLOSING, _("At closing")),
                (BackupWhen.AT_START, _("At the first start of the day")),
                (BackupWhen.NEVER, _("Never")),
            ),
        )
        self.keep = NumberField(rotation.FEWEST_DAYS, rotation.MOST_DAYS, unit=_("days"))
        self.found = HeadedList(_("Copies in this folder"))
        self.wait = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self.empty = Label("", FontRole.BODY, "muted", wrap=True)
        self.left_alone = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self.other_strip = ProgressStrip()
        self._other: Job | None = None
        """The look at a file from another place."""
        self.other_button = QuietButton(_("Restore from another place…"), icon="upload")
        self._build()
        self._connect()

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        for card in (self._state_card(), self._found_card()):
            card.setFixedWidth(_WIDTH)
            self._column.addWidget(card)
        self._column.addStretch(1)
        # Beside a stretch, not by an alignment: a card that is aligned is never asked how high its words are.
        row = QHBoxLayout(inside)
        row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        row.addLayout(self._column)
        row.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setProperty("kind", "bare")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._sample = EmptyState(
            "archive",
            _("This is a sample salon"),
            _("It is made anew each time, so no copies are kept of it. Copies of your own salon are made there."),
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._sample)

    def _state_card(self) -> Card:
        card = Card(padding=theme.MARGIN)
        card.body.setSpacing(16)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.last)
        said.addWidget(self.place)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(said, 1)
        head.addWidget(self.make_button, 0, Qt.AlignmentFlag.AlignTop)
        folders = QHBoxLayout()
        folders.setSpacing(4)
        folders.addWidget(self.folder_button)
        folders.addWidget(self.open_button)
        folders.addStretch(1)
        when = QVBoxLayout()
        when.setSpacing(4)
        when.addWidget(Label(_("Automatic copies"), FontRole.SECONDARY, "muted"))
        when.addWidget(self.when)
        when.addStretch(1)
        self.keep_line = FieldLine(_("Keep them for"), self.keep)
        self.keep_line.setFixedWidth(140)
        wishes = QHBoxLayout()
        wishes.setSpacing(24)
        wishes.addLayout(when)
        wishes.addWidget(self.keep_line, 0, Qt.AlignmentFlag.AlignTop)
        wishes.addStretch(1)
        card.body.addWidget(self.problem)
        card.body.addLayout(head)
        card.body.addWidget(self.strip)
        card.body.addLayout(folders)
        card.body.addWidget(self.same_disk)
        card.body.addLayout(wishes)
        return card

    def _found_card(self) -> Card:
        self._found_frame = Card(padding=12)
        self._found_frame.body.setSpacing(4)
        self._found_frame.body.addWidget(self.found)
        for words in (self.wait, self.empty, self.left_alone):
            words.setContentsMargins(12, 4, 12, 8)
            words.hide()
            self._found_frame.body.addWidget(words)
        self._found_frame.body.addWidget(self.other_strip)
        self._found_frame.body.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignLeft)
        return self._found_frame

    def _connect(self) -> None:
        self.make_button.clicked.connect(self.make_now)
        self.strip.cancel_wanted.connect(self._give_up)
        self.folder_button.clicked.connect(self.choose_folder)
        self.open_button.clicked.connect(self._open_folder)
        self.when.chosen.connect(self._choose_when)
        self.keep.valueChanged.connect(self._choose_days)
        self.other_button.clicked.connect(self.choose_other)
        self.other_strip.cancel_wanted.connect(self._leave_other)
        self._look.came.connect(self._show)
        self._look.failed.connect(self._cannot_look)
        self._look.lasts.connect(self._say_wait)
        self._minute.timeout.connect(self._look_at_clock)

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Look into the folder again, apart from the window."""
        is_sample = self.backups.is_sample
        self._today = self.desk.salon.today()
        self._stack.setCurrentWidget(self._sample if is_sample else self._scroll)
        if is_sample:
            return
        settings = self.desk.preferences.settings
        self.when.choose(settings.backup_when)
        with QSignalBlocker(self.keep):
            self.keep.setValue(settings.backup_keep)
        self.keep_line.setEnabled(settings.backup_when is not BackupWhen.NEVER)
        if settings.backup_problem:
            self._say_problem(settings.backup_problem)
        self._tell_preview()
        folder = self.backups.folder
        self.place.setText(str(folder))
        if folder != self._shown:
            self._forget_folder()
        self._look.look(folder, self.backups.looking())

    def rows(self) -> list[CopyRow]:
        """The copies from top to bottom."""
        return [row for row in self.found.rows() if isinstance(row, CopyRow)]

    def _forget_folder(self) -> None:
        """What is shown is of another folder; of this one nothing is known but what is remembered."""
        self._shown = None
        self._say_problem(self.desk.preferences.settings.backup_problem)
        self.found.set_rows([])
        self._say(self.empty, "")
        self._say(self.left_alone, "")
        self.same_disk.hide()
        self.open_button.setEnabled(False)
        self._say_last(self.backups.newest(None), _("Looking for copies"))

    def _say_last(self, last: datetime | None, else_said: str) -> None:
        if last is None:
            self.last.setText(else_said)
            return
        salon = self.desk.salon
        at = last.replace(tzinfo=ZoneInfo(salon.profile.zone))
        moment = day_and_time(at, salon.wall_now(), salon.profile.zone)
        self.last.setText(_("Last copy: {moment}").format(moment=moment[:1].lower() + moment[1:]))

    def _say_place(self, found: Folder) -> None:
        none = _("No copy was made here yet") if found.copies else _("No copy has been made yet")
        self._say_last(self.backups.newest(found.last), none)
        self.open_button.setEnabled(found.is_there)
        self._say(
            self.same_disk,
            _(
                "This folder is on the same disk as the salon: if the disk breaks, the copies are gone too. "
                "A stick or another disk is safer."
            )
            if found.is_on_same_disk
            else "",
        )

    def _say_wait(self, wait: Wait) -> None:
        """The folder has not answered yet."""
        said = _("Looking into the folder…")
        if wait is Wait.LONG:
            said = _(
                "The folder does not answer yet: its disk or network may be off. Work goes on; you can choose another "
                "folder."
            )
        self._say(self.wait, said)

    def _say_problem(self, said: str) -> None:
        self.problem.setVisible(bool(said))
        if said:
            self.problem.tell(said, Tone.WARN)

    def _show(self, found: Folder) -> None:
        self._shown = self.backups.folder
        self._say(self.wait, "")
        self._say_problem(self.desk.preferences.settings.backup_problem)
        self._say_place(found)
        salon = self.desk.salon
        now, zone = salon.wall_now(), salon.profile.zone
        rows: list[CopyRow] = []
        for copy in found.copies:
            row = CopyRow(copy, now, zone)
            row.restore_wanted.connect(self.ask_about)
            if copy.state is BackupState.UNCHECKED:
                if copy.path in self._just_made:
                    self._known[_mark(copy)] = BackupState.WHOLE
                row.show_state(self._known.get(_mark(copy), BackupState.UNCHECKED))
            rows.append(row)
        self._just_made.clear()
        self.found.set_rows(rows)
        self._say(self.empty, "" if rows else _nothing_yet(self.desk.preferences.settings.backup_when))
        self._say(self.left_alone, _left_alone(found.left_alone))
        self._prove_next()

    def _cannot_look(self, problem: Exception) -> None:
        self._forget_folder()
        self._shown = self.backups.folder
        self._say(self.wait, "")
        self._say_last(self.backups.newest(None), _("No copy has been made yet"))
        self._say(self.empty, _("They are shown here as soon as the folder can be read."))
        if isinstance(problem, SalonError | Trouble):
            self._say_problem(sentence(problem))

    def _say(self, label: Label, said: str) -> None:
        label.setText(said)
        label.setVisible(bool(said))

    # ---- the time --------------------------------------------------------------------------------------------

    def _look_at_clock(self) -> None:
        """What was made today was made yesterday as soon as a new day has begun."""
        if self._today is not None and self._today != self.desk.salon.today():
            self.reload()

    # ---- proving ---------------------------------------------------------------------------------------------

    def _prove_next(self) -> None:
        """Read the newest copy that nobody has read yet, as long as somebody looks and they are not too large."""
        read = 0
        for row in self.rows():
            read += row.copy.size
            if row.state is BackupState.UNCHECKED and read <= _READ_UNASKED and self.isVisible():
                self._prove(row.copy, self._prove_next)
                return

    def _prove(self, copy: Copy, then: object) -> None:
        def work(job: Job) -> BackupState:
            return copies.state_of(copy.path, job.report)

        def done(state: BackupState) -> None:
            self._learn(copy, state)
            if callable(then):
                then()

        self._job = self.desk.background.run_apart(work, done, self._lost, label=_("Checking a copy"))

    def _learn(self, copy: Copy, state: BackupState) -> None:
        self._known[_mark(copy)] = state
        for row in self.rows():
            if _mark(row.copy) == _mark(copy):
                row.show_state(state)

    def _lost(self, _problem: Exception) -> None:
        """The copy went away while it was read: the folder is looked into once more."""
        self._look.look(self.backups.folder, self.backups.looking())

    def showEvent(self, event: QShowEvent) -> None:
        """A new day may have begun since the last look."""
        super().showEvent(event)
        self._look_at_clock()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: copies are read no further."""
        super().hideEvent(event)
        self._minute.stop()
        self._leave_other()
        if self._job is not None and self.strip.isHidden():
            self._give_up()

    # ---- making ----------------------------------------------------------------------------------------------

    def make_now(self) -> None:
        """Make a copy; it can be given up."""
        self._begin(self.strip, _("Making a copy of the salon"))
        job = self.backups.make(BackupOccasion.BY_HAND, self._made, self._failed)
        self._follow(job, self.strip)

    def _begin(self, strip: ProgressStrip, label: str) -> None:
        self._give_up()
        self.make_button.setEnabled(False)
        strip.begin(label)

    def _follow(self, job: Job, strip: ProgressStrip) -> None:
        if not self.make_button.isEnabled():  # else it is over already
            self._job = job
            job.progressed.connect(strip.report)
            job.ended.connect(partial(self._ended, strip))

    def _ended(self, strip: ProgressStrip) -> None:
        self._job = None
        self.make_button.setEnabled(True)
        strip.end()

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _made(self, path: Path) -> None:
        self._ended(self.strip)
        self._just_made.add(path)
        self.desk.perform.tell(_("The copy is made and checked: {name}").format(name=path.name), undoable=False)
        self.reload()

    def _failed(self, _problem: Exception) -> None:
        self._ended(self.strip)
        self.reload()

    # ---- wishes ----------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Keep copies in another folder from now on; those that were made stay where they are."""
        folder = self.desk.asker.pick_folder(_("Where to keep copies of the salon"))
        if folder is not None:
            self.backups.change(backup_folder=str(folder), backup_problem="")
            self.leave_preview()
            self.reload()

    def _open_folder(self) -> None:
        link = QUrl.fromLocalFile(str(self.backups.folder)).toString()
        if not self.desk.open_link(link):
            self.desk.perform.tell(_("No program opened the folder."), undoable=False)

    def _choose_when(self, when: str) -> None:
        self.backups.change(backup_when=BackupWhen(when))
        self.reload()

    def _choose_days(self, days: int) -> None:
        self.backups.change(backup_keep=days)

    # ---- bringing back ---------------------------------------------------------------------------------------

    def choose_other(self) -> None:
        """Bring back a copy that lies somewhere else: on a stick, from another computer."""
        kinds = [FileKind(_("Copy of a salon, or its file"), _ENDINGS)]
        path = self.desk.asker.pick_file(_("Which copy to restore"), kinds)
        if path is None:
            return
        salon = self.desk.salon
        look = partial(chosen.look_at, path, salon.profile.zone, salon.database.path)
        self.other_button.setEnabled(False)
        self.other_strip.begin(_("Looking at the copy"))
        job = self.desk.background.run_apart(
            lambda job: look(job.report), self._other_seen, self._other_refused, label=_("Looking at the copy")
        )
        if not self.other_button.isEnabled():  # else it is over already
            self._other = job
            job.progressed.connect(self.other_strip.report)
            job.ended.connect(self._other_ended)

    def _other_ended(self) -> None:
        self._other = None
        self.other_strip.end()
        self.other_button.setEnabled(True)

    def _leave_other(self) -> None:
        if self._other is not None:
            self._other.cancel()

    def _other_seen(self, copy: Copy) -> None:
        self._other_ended()
        self.ask_about(copy)

    def _other_refused(self, problem: Exception) -> None:
        self._other_ended()
        if isinstance(problem, SalonError | Trouble):
            self.desk.perform.tell(sentence(problem), undoable=False)

    def ask_about(self, copy: Copy) -> None:
        """Show what a copy holds and what would be lost; one that nobody has read yet is read meanwhile."""
        self._leave_other()
        self.leave_preview()
        preview = RestorePreview(copy)
        preview.setFixedWidth(_WIDTH)
        preview.agreed.connect(self.restore)
        preview.left.connect(self.leave_preview)
        preview.strip.cancel_wanted.connect(self._give_up)
        self.preview = preview
        self._tell_preview()
        self._column.insertWidget(1, preview)
        preview.show()
        preview.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.activate()
        self._scroll.widget().adjustSize()
        place = QRect(preview.mapTo(self._scroll.widget(), preview.rect().topLeft()), preview.size())
        self._scroll.ensureVisible(0, place.bottom(), 0, theme.MARGIN)
        self._scroll.ensureVisible(0, place.top(), 0, theme.MARGIN)

    def _tell_preview(self) -> None:
        """Say how old the copy is and what would be lost as of now: the salon goes on while somebody thinks it over."""
        if self.preview is not None:
            salon, copy = self.desk.salon, self.preview.copy
            lost = None if copy.made_at is None else copies.losses(salon.database, copy.made_at)
            self.preview.tell(lost, salon.wall_now(), salon.profile.zone)

    def leave_preview(self) -> None:
        """Everything stays as it is, also when restoring was under way."""
        if self.preview is not None:
            if self._is_restoring:
                self._give_up()
                self._release()
            self._column.removeWidget(self.preview)
            self.preview.hide()
            self.preview.deleteLater()
            self.preview = None
            self.make_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self, copy: Copy) -> None:
        """Prove the copy, make one of the present state, and hand the rest to whoever can close the salon."""
        preview = self.preview
        if preview is None:
            return
        preview.say_problem("")
        preview.restore_button.setEnabled(False)
        self._is_restoring = True
        self._begin(preview.strip, _("Checking the copy"))

        def work(job: Job) -> BackupState:
            return copies.state_as_seen(copy, job.report)

        proven = partial(self._proven, copy.path)
        job = self.desk.background.run_apart(work, proven, self._refuse, label=_("Checking a copy"))
        self._follow_restore(job)

    def _follow_restore(self, job: Job) -> None:
        preview = self.preview
        if preview is None or self.make_button.isEnabled():
            return
        self._job = job
        job.progressed.connect(preview.strip.report)
        job.ended.connect(partial(self._restore_ended, job))

    def _restore_ended(self, job: Job) -> None:
        if job.is_cancelled:
            self._release()

    def _release(self) -> None:
        """It goes no further: the buttons can be pressed again."""
        self._is_restoring = False
        self.make_button.setEnabled(True)
        if self.preview is not None:
            self.preview.strip.end()
            self.preview.restore_button.setEnabled(True)

    def _proven(self, path: Path, state: BackupState) -> None:
        if self.preview is None:
            self._release()
        elif state is BackupState.WHOLE:
            self.preview.strip.begin(_("Making a copy of the present state"))
            ready = partial(self._go, path)
            job = self.backups.make(BackupOccasion.BEFORE_RESTORE, ready, partial(self._without_copy, path), spare=path)
            self._follow_restore(job)
        else:
            self._release()
            self.preview.say_problem(_("This copy is damaged or of a newer version. Choose another one."))
            self.reload()

    def _without_copy(self, path: Path, problem: Exception) -> None:
        if isinstance(problem, DatabaseUnreadable):
            self._go(path, path)  # what is damaged cannot be copied; restoring puts the file itself aside
        else:
            self._refuse(problem)

    def _refuse(self, problem: Exception) -> None:
        self._release()
        if self.preview is not None and isinstance(problem, SalonError | Trouble):
            self.preview.say_problem(sentence(problem))
        if self.preview is not None and isinstance(problem, BackupGone | BackupReplaced):
            self.preview.restore_button.setEnabled(False)
            self.preview.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reload()

    def _go(self, path: Path, _copied: Path) -> None:
        self._release()
        self.restore_wanted.emit(path)


def _mark(copy: Copy) -> _Mark:
    return str(copy.path), copy.size, copy.stamp


def _left_alone(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{n} automatic copy was not made here: it is of another salon, another computer or an earlier version. "
        "It stays until you delete it in the folder.",
        "{n} automatic copies were not made here: they are of another salon, another computer or an earlier version. "
        "They stay until you delete them in the folder.",
        count,
    ).format(n=wording.number(count))


def _nothing_yet(when: BackupWhen) -> str:
    return {
        BackupWhen.AT_CLOSING: _("No copies yet. The first one is made when the program is closed."),
        BackupWhen.AT_START: _("No copies yet. The first one is made at the first start of the day."),
        BackupWhen.NEVER: _("No copies yet. Make one now."),
    }[when]
