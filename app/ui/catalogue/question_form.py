"""The form of a question: its words, how it is answered, and when it is asked."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import services
from app.salon.clients import questions
from app.salon.clients.questions import SOURCE, ListedQuestion, QuestionFacts
from app.ui.catalogue import words
from app.ui.catalogue.drawer import DrawerForm
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import AnswerKind, AskWhen

_CHOICES_HEIGHT = 132


class QuestionForm(DrawerForm):
    """Asks something new, or changes what is asked. Answers that were given stay."""

    saved = Signal(int)
    """The id of the question."""
    archive_wanted = Signal(object)
    """The ``ListedQuestion`` that is asked no more."""
    restore_wanted = Signal(object)
    """The ``ListedQuestion`` that is asked again."""

    def __init__(self, desk: Desk, question: ListedQuestion | None = None, parent: QWidget | None = None) -> None:
        super().__init__(_("Change the question") if question else _("New question"), _("Save"), parent)
        self.desk = desk
        self.question = question
        facts = question.facts if question else QuestionFacts("")
        self.text = QLineEdit(facts.text)
        self.text.setMaxLength(questions.LONGEST_QUESTION)
        self.text.setPlaceholderText(_("For example: what may we offer to drink?"))
        self.text_line = FieldLine(_("Question"), self.text)
        self.kind = SegmentedControl(_("Answered by"), [(kind, words.answer_kind(kind)) for kind in AnswerKind])
        self.kind.choose(facts.kind)
        self.when = SegmentedControl(_("Asked"), [(when, words.ask_when(when)) for when in AskWhen])
        self.when.choose(facts.when)
        self.choices = QPlainTextEdit("\n".join(facts.choices))
        self.choices.setFixedHeight(_CHOICES_HEIGHT)
        self.choices.setTabChangesFocus(True)
        self.choices_line = FieldLine(
            _("Answers to choose from"), self.choices, hint=_("One in each line; the first have a digit as their key.")
        )
        self.services: dict[int, QCheckBox] = {}
        self._services_box = QWidget()
        self._build(facts)
        self.text.textChanged.connect(self._check_text)
        for choice in (self.kind, self.when):
            choice.chosen.connect(self._settle)
        self._settle()

    def _build(self, facts: QuestionFacts) -> None:
        self.fields.addWidget(self.text_line)
        is_answered = self.question is not None and self.question.answered > 0
        self.fields.addLayout(_named(_("Answered by"), self.kind))
        if self.question is not None and is_answered:
            self.kind.setEnabled(False)
            self.fields.addWidget(Label(_stays(self.question.answered), FontRole.SECONDARY, "muted", wrap=True))
        self.fields.addWidget(self.choices_line)
        self.fields.addLayout(_named(_("Asked"), self.when))
        self._build_services(facts)
        self.fields.addWidget(self._services_box)
        if facts.code == SOURCE:
            note = _("The figure “New clients by source” counts the answers to this question.")
            self.fields.addWidget(Label(note, FontRole.SECONDARY, "muted", wrap=True))
        if self.question is not None:
            self._build_for_known(self.question)

    def _build_for_known(self, question: ListedQuestion) -> None:
        self.archive_button.show()
        if question.is_archived:
            self.archive_button.setText(_("Ask again"))
            self.archive_button.set_icon("undo-2")
            self.archive_button.clicked.connect(partial(self.restore_wanted.emit, question))
            return
        self.archive_button.clicked.connect(partial(self.archive_wanted.emit, question))
        self.add_order(_("Place among the questions"), question)

    def _build_services(self, facts: QuestionFacts) -> None:
        column = QVBoxLayout(self._services_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        category = ""
        for one in services.listed(self.desk.salon.database, self.desk.salon.today()):
            if one.category_name != category:
                category = one.category_name
                column.addWidget(Label(category, FontRole.SECONDARY, "muted"))
            box = QCheckBox(one.name)
            box.setChecked(one.service_id in facts.services)
            self.services[one.service_id] = box
            column.addWidget(box)

    def focus_first(self) -> None:
        """The words are first."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the question, if it can be asked."""
        self._check_text()
        if self.text_line.error:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        before = self.question
        facts = QuestionFacts(
            self.text.text(),
            AnswerKind(self.kind.choice),
            AskWhen(self.when.choice),
            tuple(self.choices.toPlainText().splitlines()),
            tuple(service_id for service_id, box in self.services.items() if box.isChecked()),
            before.facts.code if before else "",
        )
        try:
            done = self.desk.perform.attempt(questions.keep, before.question_id if before else None, facts)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        if done.entry_id is not None:
            self.desk.perform.tell(_("“{question}”: kept").format(question=facts.text.strip()))
        self.saved.emit(done.value)

    def _check_text(self) -> None:
        self.text_line.set_error("" if self.text.text().strip() else _("Write what is asked."))

    def _settle(self) -> None:
        self.choices_line.setVisible(self.kind.choice == AnswerKind.CHOICE)
        self._services_box.setVisible(self.when.choice == AskWhen.WITH_SERVICE)
        self.say_problem("")


def _named(name: str, control: QWidget) -> QVBoxLayout:
    part = QVBoxLayout()
    part.setSpacing(4)
    part.addWidget(Label(name, FontRole.SECONDARY, "muted"))
    part.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
    return part


def _stays(answered: int) -> str:
    return ngettext(
        "{n} client has answered it, so the kind of answer stays.",
        "{n} clients have answered it, so the kind of answer stays.",
        answered,
    ).format(n=answered)
