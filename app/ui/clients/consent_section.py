"""The consents of a client: what holds, what was said before, and the form to sign."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import FileUnwritable
from app.explain import sentence
from app.language import _, ngettext
from app.salon.clients import consent_paper, consents
from app.salon.clients.card import ClientCard
from app.salon.clients.consents import ConsentLine
from app.ui import theme
from app.ui.asking import FileKind
from app.ui.clients.begun import Begun, begun_in
from app.ui.clients.card_page import CardPage
from app.ui.clients.consent_form import ConsentForm
from app.ui.desk import Desk
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import IconButton, LinkButton
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill
from app.vocabulary import ConsentKind, ConsentWay


class ConsentSection(CardPage):
    """One row a kind, the history below, and a small form for what the client says now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rows = {kind: ConsentRow(kind) for kind in ConsentKind}
        self._lines: list[ConsentLine] = []
        self.form = ConsentForm(desk.salon.today())
        self.form.hide()
        self.history_button = LinkButton("", icon="history")
        self._history = QWidget()
        self._told = QVBoxLayout(self._history)
        self._history.hide()
        self._build()
        self.form.confirmed.connect(self._keep)
        self.form.given_up.connect(self.close_form)
        self.history_button.clicked.connect(self._turn_history)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in self.rows.values():
            row.said.connect(self.open_form)
            row.paper_wanted.connect(self._write_paper)
            column.addWidget(row)
        self._told.setContentsMargins(0, 0, 0, 0)
        self._told.setSpacing(8)
        theme.dress(self.history_button, kind="link")
        column.addWidget(self.form)
        column.addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._history)

    def show_card(self, card: ClientCard) -> None:
        """Show what this client agreed to; one query."""
        super().show_card(card)
        self._lines = consents.history(self.desk.salon.database, card.client_id)
        today = self.desk.salon.today()
        holding = consents.standing(self._lines)
        for kind, row in self.rows.items():
            row.show_line(holding.get(kind), today)
        self._show_history(today)

    @property
    def begun(self) -> list[Begun]:
        """What the client says, as far as it was begun."""
        return begun_in(self.form, partial(self.open_form, self.form.kind))

    def leave(self) -> None:
        """Put the form and the history away."""
        self.close_form()
        self._history.hide()

    def open_form(self, kind: ConsentKind) -> ConsentForm:
        """Begin to write down what the client says about ``kind``."""
        holding = consents.standing(self._lines).get(kind)
        self.form.show()
        self.form.begin(kind, self.desk.salon.today(), is_given=holding is None or not holding.is_given)
        QTimer.singleShot(0, self, self._bring_form)
        return self.form

    def _bring_form(self) -> None:
        """Once it has its place: it has just been shown."""
        self.bring_into_sight(self.form)

    def close_form(self) -> None:
        """Put the form away."""
        self.form.hide()

    def _keep(self, kind: ConsentKind, is_given: bool, day: date, way: ConsentWay, note: str) -> None:
        record: Callable[..., object] = partial(consents.record, is_given=is_given, day=day, way=way, note=note)
        if self.do(
            record, kind, said=_("The consent is written down") if is_given else _("The refusal is written down")
        ):
            self.close_form()

    # ---- what was said before --------------------------------------------------------------------------------

    def _turn_history(self) -> None:
        self._history.setVisible(self._history.isHidden())

    def _show_history(self, today: date) -> None:
        while (item := self._told.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        count = len(self._lines)
        self.history_button.setVisible(bool(count))
        self.history_button.setText(ngettext("{n} entry", "{n} entries", count).format(n=wording.number(count)))
        for line in self._lines:
            self._told.addWidget(_ToldLine(line, today))

    # ---- the form to sign ------------------------------------------------------------------------------------

    def _write_paper(self, kind: ConsentKind) -> None:
        if self.card is None:
            return
        salon = self.desk.salon
        title = _("The form to sign")
        where = self.desk.asker.save_file(title, _paper_name(kind, self.card), [FileKind(_("Page"), ("html",))])
        if where is None:
            return
        text = consent_paper.page(salon.database, salon.profile, self.card.client_id, kind, salon.today())
        self._save(where, text)

    def _save(self, where: Path, text: str) -> None:
        try:
            where.write_text(text, encoding="utf-8")
        except OSError:
            self.desk.perform.troubled.emit(sentence(FileUnwritable(where)))
            return
        self.desk.perform.tell(_("Saved: {name}").format(name=where.name), undoable=False)
        self.desk.open_link(where.absolute().as_uri())


class ConsentRow(QWidget):
    """One kind of consent: what holds, and a button for what the client says now."""

    said = Signal(object)
    """The ``ConsentKind`` about which the client says something."""
    paper_wanted = Signal(object)
    """The ``ConsentKind`` whose form is to be signed."""

    def __init__(self, kind: ConsentKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._below = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self._pill = Pill("", Tone.NEUTRAL)
        name = wording.consent_kind(kind)
        self.write_button = IconButton("pencil", _("{consent}: what the client says").format(consent=name))
        self.write_button.clicked.connect(self._say)
        self.paper_button = IconButton("printer", _("{consent}: the form to sign").format(consent=name))
        self.paper_button.clicked.connect(self._want_paper)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(name, FontRole.STRONG))
        words.addWidget(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(words, 1)
        row.addWidget(self._pill)
        row.addSpacing(8)
        row.addWidget(self.paper_button)
        row.addWidget(self.write_button)

    @property
    def told(self) -> str:
        """What the row says."""
        return self.accessibleName()

    def show_line(self, line: ConsentLine | None, today: date) -> None:
        """Show what holds; None: nobody has asked yet."""
        word, tone = state_words(line)
        below = _("Nobody has asked yet") if line is None else told_of(line, today)
        self._below.setText(below)
        self._pill.setText(word)
        self._pill.set_tone(tone)
        self._pill.updateGeometry()
        self.setAccessibleName(f"{wording.consent_kind(self._kind)}: {word}. {below}")

    def _say(self) -> None:
        self.said.emit(self._kind)

    def _want_paper(self) -> None:
        self.paper_wanted.emit(self._kind)


class _ToldLine(QWidget):
    """One line of the history."""

    def __init__(self, line: ConsentLine, today: date) -> None:
        super().__init__()
        word, _tone = state_words(line)
        head = f"{wording.consent_kind(line.kind)}: {word}"
        below = " · ".join(part for part in (told_of(line, today), line.actor, line.note) if part)
        self.setAccessibleName(f"{head}. {below}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(head, FontRole.BODY))
        column.addWidget(Label(below, FontRole.SECONDARY, "muted", wrap=True))


def state_words(line: ConsentLine | None) -> tuple[str, Tone]:
    """Where a consent stands, in one word, and how it looks."""
    if line is None:
        return _("not asked"), Tone.WARN
    if line.is_given:
        return _("given"), Tone.ACCENT
    return (_("withdrawn") if line.is_withdrawal else _("refused")), Tone.NEUTRAL


def told_of(line: ConsentLine, today: date) -> str:
    """When, how, and about which text."""
    said = f"{wording.short_date(line.day, today)}, {wording.consent_way(line.way)}"
    if line.version is None:
        return said
    return _("{said}, text\u00a0{n}").format(said=said, n=line.version)


def _paper_name(kind: ConsentKind, card: ClientCard) -> str:
    """A name that every system allows."""
    kept = "".join(letter if letter.isalnum() or letter in " -" else "-" for letter in card.name)[:60].strip()
    return f"{wording.consent_kind(kind)} {kept}.html"
