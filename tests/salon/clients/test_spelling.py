"""What somebody typed, and the pieces of a name or phone by which it was found."""

import pytest
from hypothesis import given, strategies as st

from app.salon.clients import spelling

RUSSIAN_NAME = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЁ", min_size=1, max_size=12)
_KEYS = dict(zip("ёйцукенгшщзхъфывапролджэячсмитьбю", "`qwertyuiop[]asdfghjkl;'zxcvbnm,.", strict=True))


def pieces(text: str, spans: list[spelling.Span]) -> list[str]:
    return [text[begin : begin + length] for begin, length in spans]


def test_yo_is_ye_and_case_does_not_count() -> None:
    assert spelling.folded("  Щёлкина   АННА ") == "щелкина анна"


@given(RUSSIAN_NAME)
def test_the_wrong_layout_reads_as_the_name(name: str) -> None:
    typed = "".join(_KEYS[c] for c in name.lower())
    assert spelling.on_russian_keys(typed) == spelling.folded(name)


def heard(typed: str) -> list[list[str]]:
    return [[reading.text for reading in part.all_readings] for part in spelling.parts(typed)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("912 345", [["912345"]]),
        ("89123", [["9123", "89123"]]),
        ("89", [["89", "9"]]),
        ("7912", [["912", "7912"]]),
        ("7812", [["7812", "812"]]),
        ("+7 912", [["912"]]),
        ("+", []),
        ("+7", []),
        ("(912) - 3", [["9123"]]),
        ("01715", [["01715", "1715"]]),
        ("", []),
    ],
)
def test_the_digits_that_have_to_be_found(typed: str, wanted: list[list[str]]) -> None:
    assert heard(typed) == wanted


def test_a_name_is_read_as_typed_in_the_other_layout_and_by_sound() -> None:
    assert heard("Fyyf щ") == [["fyyf", "анна", "fif", "fif"], ["щ", "o", "sh"]]
    ways = [(reading.text, reading.way) for reading in spelling.parts("Anna")[0].readings]
    assert ways[0] == ("anna", spelling.Way.TYPED)
    assert ("ana", spelling.Way.BY_SOUND) in ways


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Щёлкина Юлия", "Schelkina Yuliya"),
        ("Щёлкина Юлия", "Shchyolkina Iuliia"),
        ("Хохлова Майя", "Khokhlova Maya"),
        ("Цветкова Ксения", "Tsvetkova Kseniya"),
        ("Семёнова Наталья", "Semyonova Natalia"),
        ("Жёлтов Юрий", "Zheltov Yuri"),
    ],
)
def test_what_people_write_in_latin_letters_sounds_like_the_name(name: str, latin: str) -> None:
    assert spelling.by_sound(name) == spelling.by_sound(latin)


def test_the_search_looks_through_each_word_the_number_and_the_sound() -> None:
    text = spelling.search_text("Анна-Мария Щёлкина", ["+79123456789"], ["anna@mail.ru"])
    for word in ("  анна-мария", "  мария", "  щелкина", "  9123456789", "  anna@mail.ru", "  ~shelkina"):
        assert word in text


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("Анна Щёлкина", "щел", ["Щёл"]),
        ("Анна Щёлкина", "кина анна", ["Анна", "кина"]),
        ("Анна Щёлкина", "Fyyf", ["Анна"]),
        ("Анна Щёлкина", "schelk", ["Щёлкина"]),
        ("Жанна Анненкова", "анн", ["Анн"]),
        ("Анна Анна", "анна а", ["Анна"]),
        ("Анна Щёлкина", "67", []),
        ("Анна Щёлкина", "", []),
    ],
)
def test_what_was_typed_stands_out_in_the_name(name: str, typed: str, found: list[str]) -> None:
    assert pieces(name, spelling.found_in_name(name, typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("67", ["67"]), ("4567", ["45-67"]), ("8912", ["912"]), ("89123", ["912 3"]), ("+7912", ["912"]), ("00", [])],
)
def test_what_was_typed_stands_out_in_the_phone(typed: str, found: list[str]) -> None:
    shown = "+7 912 345-67-89"
    assert pieces(shown, spelling.found_in_phone(shown, typed)) == found


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_pieces_always_lie_within_the_name(name: str, typed: str) -> None:
    reach = 0
    for begin, length in spelling.found_in_name(name, typed):
        assert begin >= reach
        assert length > 0
        reach = begin + length
    assert reach <= len(name)


def test_a_new_card_is_offered_as_it_was_meant() -> None:
    assert spelling.as_meant("Fyyf", "Анна Щёлкина") == "анна"
    assert spelling.as_meant("Anna", "Anna Smith") == "Anna"
    assert spelling.as_meant("Аня", "Мария Ким") == "Аня"
