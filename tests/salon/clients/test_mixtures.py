"""A formula is typed as a master says it, and read as it was meant."""

import pytest
from hypothesis import given, strategies as st

from app import wording
from app.errors import MaterialNotUnderstood, TooManyMaterials
from app.salon.clients.mixtures import Part, begun_material, completed, read, written
from app.vocabulary import MaterialUnit

GRAM, ML, PIECE, PART = MaterialUnit.GRAM, MaterialUnit.MILLILITRE, MaterialUnit.PIECE, MaterialUnit.PART


def test_a_mixture_is_what_stands_between_the_pluses() -> None:
    assert read("30 г 7.1 + 45 мл 6%") == (Part("7.1", 30_000, GRAM), Part("6%", 45_000, ML))
    assert read("30 г 7.1; 45 мл 6%\n1 шт ампула") == (
        Part("7.1", 30_000, GRAM),
        Part("6%", 45_000, ML),
        Part("ампула", 1_000, PIECE),
    )
    assert read("  ") == ()


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("7.1 30 г", Part("7.1", 30_000, GRAM)),
        ("г 30 7.1", Part("7.1", 30_000, GRAM)),
        ("30г 7.1", Part("7.1", 30_000, GRAM)),
        ("30гр. 7.1", Part("7.1", 30_000, GRAM)),
        ("7.1 — 30 грамм", Part("7.1", 30_000, GRAM)),
        ("Igora 7-1 30г", Part("Igora 7-1", 30_000, GRAM)),
        ("6% 45мл", Part("6%", 45_000, ML)),
        ("6%45мл", Part("6%", 45_000, ML)),
        ("45 ml 6%", Part("6%", 45_000, ML)),
        ("45ML Oxidant 20 vol", Part("Oxidant 20 vol", 45_000, ML)),
        ("7,5 мл Olaplex", Part("Olaplex", 7_500, ML)),
        ("2.25 g powder", Part("powder", 2_250, GRAM)),
        ("1,5 ч 6%", Part("6%", 1_500, PART)),
        ("1/2 части 10/0", Part("10/0", 500, PART)),
        ("фольга 20 штук", Part("фольга", 20_000, PIECE)),
        ("база 5 г", Part("база", 5_000, GRAM)),
        ("30 г маска 5 г в пакете", Part("маска 5 г в пакете", 30_000, GRAM)),
        ("30 г xtreme 7", Part("xtreme 7", 30_000, GRAM)),
    ],
)
def test_amount_unit_and_material_in_any_order(typed: str, part: Part) -> None:
    assert read(typed) == (part,)


@pytest.mark.parametrize(
    "typed", ["7.1", "30 г", "0 г 7.1", "7.1 30", "30 граней", "30 г 7.1 + 6%", "9999999 г 7.1", "г 7.1", "1/0 ч 6%"]
)
def test_what_tells_no_amount_or_no_material_is_not_guessed(typed: str) -> None:
    with pytest.raises(MaterialNotUnderstood):
        read(typed)


def test_a_recipe_has_an_end() -> None:
    with pytest.raises(TooManyMaterials):
        read("+".join(["1 г 7.1"] * 31))
    with pytest.raises(MaterialNotUnderstood):
        read("1 г " + "я" * 121)


parts = st.builds(
    Part,
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40),
    st.integers(1, 99_999_000),
    st.sampled_from(MaterialUnit),
)


@given(st.text(max_size=60) | st.lists(parts, max_size=4).map(lambda some: written(some, wording.material_unit)))
def test_what_was_read_is_written_so_that_it_is_read_again(typed: str) -> None:
    try:
        mixture = read(typed)
    except (MaterialNotUnderstood, TooManyMaterials):
        return
    assert read(written(mixture, wording.material_unit)) == mixture


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["7.1", "6%", "10/0", "Olaplex 2", "8-45"]),
            st.integers(1, 999_999),
            st.sampled_from(MaterialUnit),
        ),
        max_size=8,
    )
)
def test_every_mixture_can_be_written_and_read(some: list[tuple[str, int, MaterialUnit]]) -> None:
    mixture = tuple(Part(*one) for one in some)
    assert read(written(mixture, wording.material_unit)) == mixture


@pytest.mark.parametrize(
    ("typed", "begun", "full"),
    [
        ("30 г 7", "7", "30 г 7.1"),
        ("30 г 7.1 + 45 мл Ola", "Ola", "30 г 7.1 + 45 мл 7.1"),
        ("ig", "ig", "7.1"),
        ("30 г 7.1 + ", "", "30 г 7.1 + 7.1"),
        ("30 г ", "", "30 г 7.1"),
    ],
)
def test_a_material_that_was_used_before_is_completed(typed: str, begun: str, full: str) -> None:
    assert begun_material(typed) == begun
    assert completed(typed, "7.1") == full
