"""The copies that were found, one a row, and what bringing one back would mean."""

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from app import wording
from app.clock import wall_time
from app.language import _, ngettext
from app.salon.backup.copies import Copy, Losses
from app.ui import theme
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import Button, DangerButton, QuietButton, answers
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label, breakable
from app.ui.widgets.list_row import ListRow
from app.ui.widgets.pill import Pill
from app.ui.widgets.progress_strip import ProgressStrip
from app.vocabulary import BackupOccasion, BackupState

_TONES = {
    BackupState.UNCHECKED: Tone.NEUTRAL,
    BackupState.WHOLE: Tone.ACCENT,
    BackupState.DAMAGED: Tone.DANGER,
    BackupState.NEWER: Tone.WARN,
}


class CopyRow(ListRow):
    """When it was made, why, how large it is and what is in it; one button brings it back."""

    restore_wanted = Signal(object)
    """The ``Copy``."""

    def __init__(self, copy: Copy, now: datetime, zone: str) -> None:
        self.copy = copy
        self.pill = Pill("", Tone.NEUTRAL)
        self.button = Button(_("Restore…"))
        title, below = moment(copy, now, zone), contents(copy)
        super().__init__(title, below, state=self.pill, action=self.button)
        self._said = f"{title}, {below}"
        self.button.setAccessibleName(_("Restore the copy of {moment}").format(moment=title))
        self.button.clicked.connect(self._want)
        self.opened.connect(self._want)
        self.show_state(copy.state)

    def show_state(self, state: BackupState) -> None:
        """Say whether it is whole."""
        self.state = state
        words = wording.backup_state(state)
        self.pill.setText(words)
        self.pill.set_tone(_TONES[state])
        self.pill.updateGeometry()
        self.button.setEnabled(state in (BackupState.UNCHECKED, BackupState.WHOLE))
        self.setAccessibleName(f"{self._said}, {words}")

    def _want(self) -> None:
        if self.button.isEnabled():
            self.restore_wanted.emit(self.copy)


class RestorePreview(Card):
    """What one copy holds and what would be lost with it. Nothing is done before "Restore"; Esc leaves."""

    agreed = Signal(object)
    """The ``Copy``."""
    left = Signal()

    def __init__(self, copy: Copy) -> None:
        super().__init__(padding=theme.MARGIN)
        self.copy = copy
        self.body.setSpacing(12)
        self.lost = Label("", FontRole.BODY, wrap=True)
        first = _("A copy of the present state is made first. It appears in this list, so you can come back to it.")
        for title, words in (
            (_("In the copy"), Label(breakable(_held(copy)), FontRole.BODY, wrap=True)),
            (_("What would be lost"), self.lost),
            *_photo_lines(copy),
            (_("Before that"), Label(breakable(first), FontRole.BODY, wrap=True)),
        ):
            self.body.addLayout(_said(title, words))
        self.problem = Label("", FontRole.BODY, "danger", wrap=True)
        self.problem.hide()
        self.strip = ProgressStrip()
        self.restore_button = DangerButton(_("Restore"))
        self.leave_button = QuietButton(_("Cancel"), key=_("Esc"))
        self.restore_button.clicked.connect(self._agree)
        self.leave_button.clicked.connect(self.left)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.strip)
        self.body.addLayout(answers(self.restore_button, self.leave_button))

    def tell(self, lost: Losses | None, now: datetime, zone: str) -> None:
        """Say when the copy was made and what would be lost, as of ``now`` (wall time).

        Without ``lost`` it is not known when the copy was made.
        """
        moment_of = _inside(moment(self.copy, now, zone))
        self.set_heading(_("Restore the copy: {moment}?").format(moment=moment_of))
        self.lost.setText(breakable(_lost_words(lost, now, zone)))

    def say_problem(self, sentence: str) -> None:
        """Say why it was not restored."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _agree(self) -> None:
        self.agreed.emit(self.copy)


def _said(title: str, words: Label) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Label(title, FontRole.SECONDARY, "muted"))
    column.addWidget(words)
    return column


def moment(copy: Copy, now: datetime, zone: str) -> str:
    """When a copy was made; of a broken one, its name."""
    return copy.path.name if copy.made_at is None else day_and_time(copy.made_at, now, zone)


def day_and_time(at: datetime, now: datetime, zone: str) -> str:
    """A moment that happened (aware), as one says it in the salon: ``Today, 20:15``."""
    wall = wall_time(at, zone)
    return f"{_day(wall.date(), now.date())}, {wording.clock_time(wall)}"


def contents(copy: Copy) -> str:
    """Why a copy was made, how large it is and what is in it."""
    parts = [_occasion(copy.occasion), wording.file_size(copy.size)]
    if copy.manifest is not None:
        counts = copy.manifest.counts
        parts += [wording.clients(counts.get("client", 0)), wording.visits(counts.get("visit", 0))]
    return " · ".join(parts)


def _occasion(occasion: BackupOccasion) -> str:
    return {
        BackupOccasion.BY_HAND: _("by hand"),
        BackupOccasion.AUTOMATIC: _("automatic"),
        BackupOccasion.BEFORE_RESTORE: _("before restoring"),
    }[occasion]


def _day(day: date, today: date) -> str:
    if abs((day - today).days) < 2:
        words = wording.relative_day(day, today)
        return words[:1].upper() + words[1:]
    return wording.short_date(day, today)


def _inside(words: str) -> str:
    """As it stands within a sentence."""
    return words[:1].lower() + words[1:]


def _held(copy: Copy) -> str:
    if copy.manifest is None:
        return wording.file_size(copy.size)
    counts = copy.manifest.counts
    files = len(copy.manifest.entries) - 1
    parts = [wording.clients(counts.get("client", 0)), wording.visits(counts.get("visit", 0))]
    if files:
        parts.append(ngettext("{n} photo or file", "{n} photos and files", files).format(n=wording.number(files)))
    parts.append(wording.file_size(copy.size))
    said = " · ".join(parts)
    return _("“{salon}”: {held}").format(salon=copy.manifest.salon, held=said) if copy.manifest.salon else said


def _photo_lines(copy: Copy) -> list[tuple[str, Label]]:
    """What becomes of the photos with a salon's file alone."""
    if not copy.is_plain or copy.manifest is None:
        return []
    said = _("The photos and files that lie beside the salon stay as they are.")
    missing = len(copy.manifest.missing)
    if missing:
        text = ngettext(
            "{n} photo or file of this copy is neither there nor beside the copy.",
            "{n} photos and files of this copy are neither there nor beside the copy.",
            missing,
        )
        said = f"{said} {text.format(n=wording.number(missing))}"
    return [(_("Photos and files"), Label(breakable(said), FontRole.BODY, wrap=True))]


def _lost_words(lost: Losses | None, now: datetime, zone: str) -> str:
    if lost is None:
        return _("Everything that was entered after this copy; when it was made cannot be read.")
    if lost.last_at is None:
        return _("Nothing: nothing was changed after this copy.")
    parts: list[str] = []
    if lost.visits:
        parts.append(ngettext("{n} new visit", "{n} new visits", lost.visits).format(n=wording.number(lost.visits)))
    if lost.clients:
        parts.append(ngettext("{n} new card", "{n} new cards", lost.clients).format(n=wording.number(lost.clients)))
    if lost.changed:
        parts.append(
            ngettext("{n} changed visit", "{n} changed visits", lost.changed).format(n=wording.number(lost.changed))
        )
    acts = ngettext("{n} act in all", "{n} acts in all", lost.acts).format(n=wording.number(lost.acts))
    last = _("the last: {moment}").format(moment=_inside(day_and_time(lost.last_at, now, zone)))
    return ", ".join([*parts, f"{acts} ({last})"])
