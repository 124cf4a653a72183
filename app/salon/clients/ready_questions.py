"""The questions that the program proposes to a salon that asks nothing yet: to take over, change or leave."""

from typing import Any

from app.salon.catalogue.price_lists import toml
from app.salon.clients.questions import QuestionFacts
from app.vocabulary import AnswerKind, AskWhen, Language


def read(language: Language) -> tuple[QuestionFacts, ...]:
    """The ready-made questions in ``language``, in the order in which they are worth asking."""
    return tuple(_facts(one, language) for one in toml("questions/ready.toml")["questions"])


def _facts(one: dict[str, Any], language: Language) -> QuestionFacts:
    return QuestionFacts(
        text=one[language.value],
        kind=AnswerKind(one["kind"]),
        when=AskWhen(one["when"]),
        choices=tuple(choice[language.value] for choice in one.get("choices", ())),
        code=one.get("code", ""),
    )
