"""What the salon asks once and remembers."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from app.models.catalogue import Service
from app.models.clients import Client
from app.models.fields import Instant, WordField, Words
from app.models.table import Table, index_filled
from app.models.visits import Visit
from app.vocabulary import AnswerKind, AskWhen


class Question(Table):
    """A question of the card, in the salon's own words."""

    text = Words()
    answer_kind = WordField(AnswerKind)
    ask_when = WordField(AskWhen)
    code = CharField(default="")
    """A name for the figures: ``source`` is "how did you find us?"; empty for all others."""
    position = IntegerField(default=0)
    archived_at = Instant(null=True)

    class Meta:
        table_name = "question"


class QuestionChoice(Table):
    """One of the answers that a question of choice offers."""

    question = ForeignKeyField(Question, on_delete="RESTRICT")
    text = Words()
    position = IntegerField(default=0)
    archived_at = Instant(null=True)

    class Meta:
        table_name = "question_choice"


class QuestionService(Table):
    """A service with which a question is asked."""

    question = ForeignKeyField(Question, on_delete="RESTRICT", index=False)
    service = ForeignKeyField(Service, on_delete="RESTRICT")

    class Meta:
        table_name = "question_service"
        indexes = ((("question", "service"), True),)


class Answer(Table):
    """What a client answered, when and to whom. The newest answer holds; the former ones stay."""

    client = ForeignKeyField(Client, on_delete="RESTRICT", index=False)
    question = ForeignKeyField(Question, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT", index=False)
    text = Words(default="")
    """The words, an ISO date, or "yes" and "no"; empty with a choice and when the client did not want to say."""
    choice = ForeignKeyField(QuestionChoice, null=True, on_delete="RESTRICT", index=False)
    is_declined = BooleanField(default=False)
    """Whether the client did not want to say: that is an answer too, and nobody asks twice."""
    at = Instant()
    actor = Words()

    class Meta:
        table_name = "answer"
        indexes = ((("client", "question", "at"), False),)


index_filled(Answer, "visit")
index_filled(Answer, "choice")
