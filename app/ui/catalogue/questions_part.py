"""What the salon asks its clients once and remembers, in the order in which it asks."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from app import language, wording
from app.language import _, ngettext
from app.salon.clients import questions, ready_questions
from app.salon.clients.questions import ListedQuestion
from app.salon.clients.spelling import folded
from app.ui import theme
from app.ui.catalogue import words
from app.ui.catalogue.drawer import DrawerForm
from app.ui.catalogue.ordered_part import OrderedPart
from app.ui.catalogue.question_form import QuestionForm
from app.ui.desk import Desk
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RecordModel
from app.ui.theme import FontRole
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.empty_state import EmptyState

_TEXT, _KIND, _WHEN, _CHOICES, _ANSWERED = range(5)
_WIDTHS = (300, 130, 140, 220, 110)
_LEAST_TEXT = 260
_Index = QModelIndex | QPersistentModelIndex


class QuestionModel(RecordModel[ListedQuestion]):
    """The questions; their words stand out, unless they are asked no more."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, or its type."""
        if index.isValid() and index.column() == _TEXT and role == Qt.ItemDataRole.FontRole:
            is_asked = not self.record(index.row()).is_archived
            return theme.font(FontRole.STRONG if is_asked else FontRole.BODY)
        return super().data(index, role)


class QuestionsPart(OrderedPart[ListedQuestion]):
    """Lists the questions, those that are asked no more at the end. Alt+Up and Alt+Down change their order."""

    proposed = Signal()
    """The ready-made questions were taken over."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, QuestionModel(_columns()), _("Questions of the card"), questions.set_order, parent)
        self.table.horizontalHeader().setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        self.ready = LinkButton(_("Add the ready-made questions"), icon="sparkles", parent=self)
        self.ready.clicked.connect(self.propose)
        self.below.addWidget(self.ready, 0, Qt.AlignmentFlag.AlignLeft)

    def make_empty(self, parent: QWidget) -> EmptyState:
        """Nothing is asked yet: the ready-made questions are a beginning."""
        return EmptyState(
            "message-circle",
            _("Nothing is asked yet"),
            _("Ask each client once how they found you, what they drink, which music they like, and never again."),
            action=_("Take the ready-made questions"),
            parent=parent,
        )

    def take_first_step(self) -> None:
        """Take the ready-made questions."""
        self.propose()

    def read(self) -> list[ListedQuestion]:
        """The questions as they stand now, those that are asked no more at the end."""
        database = self.desk.salon.database
        asked = questions.listed(database)
        ready = ready_questions.read(language.current())
        missing = questions.not_asked_yet(database, ready)
        self.ready.setVisible(bool(asked) and bool(missing))
        return [*asked, *questions.listed(database, archived=True)]

    def in_order(self) -> list[ListedQuestion]:
        """Those that are asked."""
        return questions.listed(self.desk.salon.database)

    def matches(self, record: ListedQuestion, typed: str) -> bool:
        """By its words or its choices."""
        said = folded(" ".join((record.facts.text, *record.facts.choices)))
        return all(part in said for part in folded(typed).split())

    def detail(self, shown: Sequence[ListedQuestion]) -> str:
        """How many are asked."""
        count = sum(not one.is_archived for one in shown)
        return ngettext("{n} question", "{n} questions", count).format(n=wording.number(count)) if count else ""

    def key_of(self, record: ListedQuestion) -> int:
        """Its id."""
        return record.question_id

    def make_form(self, record: ListedQuestion | None) -> DrawerForm:
        """The form of a question."""
        form = QuestionForm(self.desk, record, self)
        form.saved.connect(self.close_saved)
        form.archive_wanted.connect(self.archive)
        form.restore_wanted.connect(self.restore)
        return form

    def archive(self, record: ListedQuestion) -> None:
        """Ask it no more; undo is in the toast."""
        if record.is_archived or self.desk.perform(questions.archive, record.question_id) is None:
            return
        if self.form is not None:
            self.leave()
        self.desk.perform.tell(_("“{question}” is asked no more; answers stay").format(question=record.facts.text))

    def restore(self, record: ListedQuestion) -> None:
        """Ask it again."""
        if self.desk.perform(questions.restore, record.question_id) is not None:
            self.close_saved(record.question_id)
            self.desk.perform.tell(_("“{question}” is asked again").format(question=record.facts.text))

    def propose(self) -> None:
        """Take the ready-made questions over; each can be changed or archived then."""
        done = self.desk.perform(questions.propose, ready_questions.read(language.current()))
        if done is not None and done.value:
            self.desk.perform.tell(_("The ready-made questions are in the list"))
            self.proposed.emit()

    def widths(self) -> Sequence[int]:
        """As they are set; the words take what is left."""
        return (_LEAST_TEXT, *_WIDTHS[_KIND:])

    def lists(self) -> Collection[int]:
        """There may be any number of choices."""
        return (_CHOICES,)

    def giving_way(self) -> Sequence[int]:
        """The words are kept longest."""
        return (_ANSWERED, _KIND, _CHOICES, _WHEN)


def _columns() -> list[Column[ListedQuestion]]:
    right = Qt.AlignmentFlag.AlignRight
    return [
        Column(_("Question"), _text),
        Column(_("Answered by"), _kind),
        Column(_("Asked"), _when),
        Column(_("Answers to choose from"), _choices),
        Column(_("Answers"), _answered_words, _answered, right, _("How many clients have answered it")),
    ]


def _text(one: ListedQuestion) -> str:
    return one.facts.text


def _kind(one: ListedQuestion) -> str:
    return words.answer_kind(one.facts.kind)


def _when(one: ListedQuestion) -> str:
    return _("no more") if one.is_archived else words.ask_when(one.facts.when)


def _choices(one: ListedQuestion) -> str:
    return ", ".join(one.facts.choices)


def _answered(one: ListedQuestion) -> int:
    return one.answered


def _answered_words(one: ListedQuestion) -> str:
    return wording.number(one.answered) if one.answered else ""
