"""What a client said once, and what nobody has asked yet: a quiet line, answered in one or two keys."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext, pgettext
from app.salon.clients import answers
from app.salon.clients.answers import Answered, AskedQuestion, FormerAnswer, KnownAnswers
from app.salon.typed import LONGEST_TEXT
from app.ui import shortcuts, theme
from app.ui.clients.begun import Begun, begun_in
from app.ui.clients.happened_words import answer as answer_words
from app.ui.shortcuts import Key
from app.ui.stray_digits import OWN_DIGITS
from app.ui.theme import FontRole
from app.ui.widgets.buttons import ChoiceButton, PrimaryButton, QuietButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel, Label, breakable, tip
from app.vocabulary import AnswerKind

_MOST_KEYS = 9


class AnswersPart(QWidget):
    """The answers that are known, one line each, and the question that is being asked."""

    answered = Signal(int, object)
    """The id of a question, and the id of a choice or what was typed."""
    declined = Signal(int)
    """The id of a question that the client did not want to answer."""
    former_wanted = Signal(int)
    """The former answers to this question are wanted: ``show_former`` shows them."""
    grown = Signal(object)
    """A widget that came and should be seen as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Questions of the card"))
        self._known = KnownAnswers((), ())
        self._asking = 0
        """The question that is being asked; 0: none."""
        self._later: set[int] = set()
        self._made: list[AnswerRow] = []
        """As many rows as the longest card had: making one takes longer than all that is read for a card."""
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.missing = MissingRow(self)
        self.missing.clicked.connect(self.ask_next)
        self.form = AskForm(self)
        self.form.answered.connect(self._answer)
        self.form.declined.connect(self._decline)
        self.form.left.connect(self.close_form)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._rows)
        column.addWidget(self.missing)
        column.addWidget(self.form)

    def show_answers(self, known: KnownAnswers) -> None:
        """Show these; the question that is being asked stays, unless it was answered meanwhile."""
        if known != self._known:
            self._known = known
            while len(self._made) < len(known.answered):
                self._add_row()
            for place, row in enumerate(self._made):
                if place < len(known.answered):
                    row.say(known.answered[place])
                row.setVisible(place < len(known.answered))
        self._settle()

    def _add_row(self) -> None:
        row = AnswerRow(self)
        row.clicked.connect(partial(self._change, row))
        self._rows.addWidget(row)
        self._made.append(row)

    def rows(self) -> "list[AnswerRow]":
        """The answers from top to bottom."""
        return self._made[: len(self._known.answered)]

    def ask_next(self) -> None:
        """Put the next question that is missing."""
        left = [one for one in self._known.missing if one.question_id not in self._later]
        if not left:
            self._later.clear()
            left = list(self._known.missing)
        if left:
            self._ask(left[0])

    @property
    def begun(self) -> list[Begun]:
        """The answer that was begun."""
        return begun_in(self.form, partial(self._ask_again, self._asking))

    def _ask_again(self, question_id: int) -> QWidget | None:
        """Ask as before; None where the salon asks this no more."""
        before = next((one for one in self._known.answered if one.question.question_id == question_id), None)
        asked = [one for one in self._known.missing if one.question_id == question_id]
        question = before.question if before is not None else next(iter(asked), None)
        if question is None:
            return None
        self._ask(question, before)
        return self.form

    def close_form(self) -> None:
        """Ask no more for now."""
        if self.form.isHidden():
            self._later.clear()
            return
        had_focus = self.form.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._asking = 0
        self._later.clear()
        self._settle()
        rows = [self.missing] if not self.missing.isHidden() else self.rows()
        if had_focus and rows:
            rows[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_former(self, former: Sequence[FormerAnswer]) -> None:
        """Say what was answered before, under the question that is open."""
        self.form.show_former(former)

    def _ask(self, question: AskedQuestion, before: Answered | None = None) -> None:
        self._asking = question.question_id
        self.form.begin(question, before)
        self._settle()
        self.form.focus_first()
        self.grown.emit(self.form)

    def _change(self, row: "AnswerRow") -> None:
        one = self._known.answered[self._made.index(row)]
        self._ask(one.question, one)
        if one.former:
            self.former_wanted.emit(one.question.question_id)

    def _answer(self, said: object) -> None:
        self._finish(self._asking, partial(self.answered.emit, self._asking, said))

    def _decline(self) -> None:
        self._finish(self._asking, partial(self.declined.emit, self._asking))

    def _finish(self, question_id: int, tell: "partial[None]") -> None:
        """Tell the answer; where it was one of those that are missing, the next one follows at once."""
        was_missing = any(one.question_id == question_id for one in self._known.missing)
        tell()
        if self.form.problem:
            return
        self._asking = 0
        left = [one for one in self._known.missing if one.question_id not in (question_id, *self._later)]
        if was_missing and left:
            self._ask(left[0])
        else:
            self.close_form()

    def refuse(self, error: SalonError) -> None:
        """Say beside the field why an answer cannot be kept."""
        self.form.say_problem(sentence(error))

    def _settle(self) -> None:
        missing = self._known.missing
        known = {one.question_id for one in missing} | {one.question.question_id for one in self._known.answered}
        if self._asking not in known:
            self._asking = 0
        self.form.setVisible(bool(self._asking))
        said = wording.inside_a_sentence(wording.questions([one.text for one in missing]))
        self.missing.say(_("Not asked yet: {questions}").format(questions=said), len(missing))
        self.missing.setVisible(bool(missing) and not self._asking)
        self.setVisible(bool(self._known.answered) or bool(missing))


class _Row(QPushButton):
    """One quiet line that can be clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.dress(self, kind="row")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(28)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class AnswerRow(_Row):
    """A question and its answer; a click changes the answer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = ElidedLabel("", FontRole.SECONDARY, "muted", parent=self)
        self._said = ElidedLabel("", FontRole.STRONG, parent=self)
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for label in (self._question, self._said):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label, 1)

    def say(self, one: Answered) -> None:
        """Show an answer."""
        said = answer_words(None if one.is_declined else one.question.kind, one.text)
        who = ", ".join(part for part in (wording.short_date(one.at.date()), one.actor) if part)
        self.setAccessibleName(f"{one.question.text} {said}")
        self.setAccessibleDescription(who)
        self.setToolTip(tip(f"{one.question.text} {said} · {who}"))
        self._question.setText(wording.questions([one.question.text]))
        self._said.set_role(FontRole.BODY if one.is_declined else FontRole.STRONG)
        self._said.set_tone("muted" if one.is_declined else "text")
        self._said.setText(said)
        # A short answer leaves its room to a long question, and the other way round.
        for place, label in enumerate((self._question, self._said)):
            self._row.setStretch(place, max(1, label.fontMetrics().horizontalAdvance(label.text())))


class MissingRow(_Row):
    """What nobody has asked yet, in one quiet line; a click asks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ElidedLabel("", FontRole.STRONG, "accent")
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words)

    def say(self, words: str, count: int) -> None:
        """Name what is missing."""
        self._words.setText(words)
        self.setAccessibleName(words)
        asked = ngettext("{n} question: ask it", "{n} questions: ask them", count).format(n=count)
        self.setToolTip(f"{asked}  ({shortcuts.shown(Key.CARD_ASK)})")

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()


class AskForm(QFrame):
    """One question: digits choose, Enter keeps what is typed, 0 says that the client did not want to say."""

    answered = Signal(object)
    declined = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self.problem = ""
        self._question: AskedQuestion | None = None
        self._heading = Label("", FontRole.STRONG, wrap=True)
        self._before = Label("", FontRole.SECONDARY, "muted", wrap=True)
        choices = QWidget(self)
        self._choices = FlowLayout(choices)
        self._choices_box = choices
        self.buttons: list[ChoiceButton] = []
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_TEXT)
        self.field.returnPressed.connect(self._keep)
        self.field.textChanged.connect(self._typed)
        self.line = FieldLine(_("Answer"), self.field, parent=self)
        self.keep = PrimaryButton(_("Keep"), key=_("Enter"))
        self.keep.clicked.connect(self._keep)
        self.decline = QuietButton(_("Did not want to say"))
        self.decline.clicked.connect(self.declined)
        self._later = later = QuietButton(pgettext("asking", "Later"), key=_("Esc"))
        later.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.decline)
        buttons.addWidget(later)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(8)
        for widget in (self._heading, self._before, choices, self.line):
            column.addWidget(widget)
        column.addLayout(buttons)

    def begin(self, question: AskedQuestion, before: Answered | None) -> None:
        """Put a question; ``before`` is the answer that holds so far."""
        self._question = question
        self.setAccessibleName(question.text)
        self._heading.setText(breakable(question.text))
        self._before.setVisible(False)
        self._choices.clear()
        self.buttons = []
        offered: list[tuple[str, object]] = [(choice.text, choice.choice_id) for choice in question.choices]
        if question.kind is AnswerKind.YES_NO:
            offered = [(_("yes"), answers.YES), (_("no"), answers.NO)]
        for number, (words, said) in enumerate(offered, 1):
            label = f"{number}  {words}" if number <= _MOST_KEYS else words
            button = ChoiceButton(label)
            button.setAccessibleName(words)
            button.clicked.connect(partial(self._choose, said))
            self._choices.addWidget(button)
            button.show()
            self.buttons.append(button)
        # While a question waits for a digit, the digit is no phone of somebody who calls.
        digits = "".join(str(number) for number in range(min(len(offered), _MOST_KEYS) + 1)) if offered else ""
        for button in (*self.buttons, self.decline, self._later):
            button.setProperty(OWN_DIGITS, digits)
        is_typed = question.kind in (AnswerKind.TEXT, AnswerKind.DATE)
        self._choices_box.setVisible(not is_typed)
        self.line.setVisible(is_typed)
        self.keep.setVisible(is_typed)
        self.field.setPlaceholderText(_("day.month.year") if question.kind is AnswerKind.DATE else "")
        stood = ""
        if before is not None and not before.is_declined and is_typed:
            stood = before.text if question.kind is AnswerKind.TEXT else _digits(before.text)
        self.line.begin_with(stood)
        self.field.selectAll()
        self.decline.set_tip(_("Did not want to say"), "" if is_typed else "0")
        self.say_problem("")

    def show_former(self, former: Sequence[FormerAnswer]) -> None:
        """Say what was answered before, the newest first."""
        if self._question is None:
            return
        kind = self._question.kind
        lines = [
            " · ".join(
                part
                for part in (
                    answer_words(None if one.is_declined else kind, one.text),
                    wording.short_date(one.at.date()),
                    one.actor,
                )
                if part
            )
            for one in former
        ]
        self._before.setText(breakable(_("Before: {answers}").format(answers="\n".join(lines))))
        self._before.setVisible(bool(lines))

    def focus_first(self) -> None:
        """Put the keyboard where the answer is given."""
        first: QWidget = self.buttons[0] if self.buttons else self.field
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_problem(self, words: str) -> None:
        """Say beside the field why this is no answer."""
        self.problem = words
        self.line.set_error(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, 0 declines, Esc is for later."""
        typed = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.buttons and typed == "0":
            self.declined.emit()
        elif self.buttons and typed.isdigit() and 0 < int(typed) <= min(len(self.buttons), _MOST_KEYS):
            self.buttons[int(typed) - 1].click()
        else:
            super().keyPressEvent(event)

    def _typed(self, _text: str) -> None:
        self.say_problem("")

    def _choose(self, said: object) -> None:
        self.answered.emit(said)

    def _keep(self) -> None:
        if self.field.text().strip():
            self.answered.emit(self.field.text())
        else:
            self.say_problem(_("Type the answer, or choose “did not want to say”."))


def _digits(iso: str) -> str:
    return wording.date_in_digits(date.fromisoformat(iso))
