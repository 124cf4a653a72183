"""Every error of the house is told in one sentence of the user's language that says what to do."""

from __future__ import annotations

import re
import typing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any

import pytest

from app import errors, language
from app.errors import SalonError, Trouble
from app.explain import sentence
from app.vocabulary import AlertKind, ContactKind, Language, RequisiteField, VisitStatus
from tests.builders import at

FAMILIES = (SalonError, Trouble)
KINDS = sorted(
    (
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, FAMILIES) and kind not in FAMILIES
    ),
    key=lambda kind: kind.__name__,
)
FACTS: dict[Any, Any] = {
    str: "Olga",
    int: 12,
    bool: True,
    date: date(2026, 5, 14),
    datetime: at(14, 30),
    Path: Path("/srv/vizit/salon.vizit"),
    VisitStatus: VisitStatus.COMPLETED,
    ContactKind: ContactKind.TELEGRAM,
    RequisiteField: RequisiteField.TAX_NUMBER,
    SalonError: errors.CannotPerform("Olga", "nails"),
    tuple[str, ...]: ("show", "ask"),
    tuple[int, ...]: (12, 13),
    tuple[tuple[AlertKind, str], ...]: ((AlertKind.ALLERGY, "latex"),),
    tuple[tuple[datetime, datetime], ...]: ((at(9), at(13)), (at(14), at(18))),
}


def told(kind: type[SalonError | Trouble]) -> SalonError | Trouble:
    """An error of this kind as it happens in a salon."""
    hints = _hints_of(kind)
    return kind(*(_fact(hints[name]) for name in kind.fact_names()))


_hints_of = cache(typing.get_type_hints)


def _fact(wanted: Any) -> Any:
    if isinstance(wanted, UnionType):
        wanted = next(one for one in typing.get_args(wanted) if one is not NoneType)
    return FACTS[wanted]


def test_an_error_keeps_what_it_tells() -> None:
    taken = errors.SlotTaken("Ольга", at(14), ends_at=at(15), taken_by="Анна")
    assert (taken.staff_name, taken.starts_at, taken.ends_at, taken.taken_by) == ("Ольга", at(14), at(15), "Анна")
    assert errors.NotUnderstood("chek").known == ()
    assert errors.Gone() != errors.Gone()


@pytest.mark.parametrize(
    ("facts", "named"), [((), {}), (("Ольга",), {}), ((1, 2, 3), {}), (("Ольга", "Окрашивание"), {"why": ""})]
)
def test_an_error_takes_what_it_tells_and_nothing_else(facts: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="CannotPerform tells staff_name, service_name"):
        errors.CannotPerform(*facts, **named)


@pytest.mark.parametrize("spoken", Language)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_is_told_in_a_sentence(kind: type[SalonError | Trouble], spoken: Language) -> None:
    language.use(spoken)
    said = sentence(told(kind))
    assert said[0].isupper() or said[0] in "«“1"
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 300
    assert not re.search(r"[{}]|None|Path\(|<|  ", said)
    assert bool(re.search("[а-яё]", said)) is (spoken is Language.RUSSIAN)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_error_is_told_as_if_it_were_another(kind: type[SalonError | Trouble]) -> None:
    """The sentence of last resort says nothing; none of ours may need it."""
    assert sentence(told(kind)) != sentence(SalonError())
    same = [other for other, said in sentences().items() if other != kind.__name__ and said == sentence(told(kind))]
    assert same == []


@cache
def sentences() -> dict[str, str]:
    """What is said of each kind, in Russian."""
    return {kind.__name__: sentence(told(kind)) for kind in KINDS}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.SlotTaken("Ольга", at(14), at(15), "Анна Щёлкина"), ["Ольга", "14:00–15:00", "Анна Щёлкина"]),
        (
            errors.OutsideShift("Ольга", at(8), at(9), ((at(9), at(13)), (at(14), at(18)))),
            ["9:00–13:00", "14:00–18:00"],
        ),
        (errors.CannotPerform("Ольга", "Окрашивание"), ["Ольга", "Окрашивание"]),
        (errors.NotYetStarted(at(14, days=7)), ["19 мая в 14:00"]),
        (errors.StepsStillOpen(("Показать результат", "Спросить")), ["Показать результат; Спросить"]),
        (errors.ColumnMissing(Path("a/b.csv"), "Дата", ()), ["«b.csv»", "«Дата»"]),
        (errors.RowsUnreadable(Path("a/b.csv"), 3, 4, "?,,"), ["«b.csv»", "(3 из 4)", "Например: «?,,»."]),
        (errors.NoSuchFigure("loyalty", ("revisit_90",)), ["«loyalty»", "revisit_90"]),
        (errors.DatabaseNewer(Path("/srv/salon.vizit"), ("0009",)), ["/srv/salon.vizit"]),
    ],
    ids=lambda given: type(given).__name__ if isinstance(given, Exception) else "",
)
def test_the_sentence_names_what_it_is_about(error: SalonError | Trouble, said: list[str]) -> None:
    text = sentence(error).replace("\u00a0", " ")
    assert all(part in text for part in said), text


def test_less_is_known_sometimes() -> None:
    nobody = sentence(errors.SlotTaken("Ольга", at(14), at(15), ""))
    assert ": ." not in nobody
    assert "Ольга" in nobody
    assert sentence(errors.OutsideShift("Ольга", at(8), at(9), ())).startswith("Ольга")
    assert ": ." not in sentence(errors.DatabaseReadOnly(None))


def test_a_long_word_is_shortened() -> None:
    assert len(sentence(errors.NotUnderstood("x" * 5000))) < 120


@pytest.mark.parametrize(("count", "noun"), [(1, "1 запись"), (2, "2 записи"), (5, "5 записей"), (21, "21 запись")])
def test_numbers_agree_with_their_nouns(count: int, noun: str) -> None:
    assert noun in sentence(errors.ImportInUse(count)).replace("\u00a0", " ")


def test_a_kind_that_nobody_worded_is_still_told() -> None:
    class OfTomorrow(SalonError):
        """An error that came without its sentence."""

    class SlotTakenTwice(errors.SlotTaken):
        """A kind of a kind that has a sentence."""

    assert sentence(OfTomorrow()) == "Не получилось; ничего не изменено."
    assert sentence(SlotTakenTwice("Ольга", at(14), at(15), "")).startswith("Ольга")
