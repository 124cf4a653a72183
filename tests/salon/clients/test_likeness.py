"""Which two cards may be one person, and which are only alike."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from app.salon.clients import likeness
from app.salon.clients.likeness import CardFacts, name_parts, names_alike, one_slip
from app.vocabulary import DuplicateSign

MAY, JUNE = date(1990, 5, 14), date(1991, 6, 1)
PHONE, EMAIL = "+79123456789", "anna@mail.ru"


def signs(one: CardFacts, other: CardFacts) -> set[DuplicateSign]:
    found = likeness.pairs([one, other])
    assert [pair.both for pair in found] in ([], [(one.client_id, other.client_id)])
    return set(found[0].signs) if found else set()


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        (CardFacts(1, "Анна", None, (PHONE,)), CardFacts(2, "Щёлкина Анна", None, (PHONE,)), DuplicateSign.PHONE),
        (CardFacts(1, "Анна Ким", None, (PHONE,)), CardFacts(2, "Ольга Бек", None, (PHONE,)), DuplicateSign.PHONE),
        (CardFacts(1, "А", None, (), (EMAIL,)), CardFacts(2, "Б", None, (), (EMAIL,)), DuplicateSign.EMAIL),
        (CardFacts(1, "Анна", MAY), CardFacts(2, "анна", MAY), DuplicateSign.NAME_AND_BIRTHDAY),
        (CardFacts(1, "Маша Ким", MAY), CardFacts(2, "Ким Мария", MAY), DuplicateSign.NAME_AND_BIRTHDAY),
        (CardFacts(1, "Анна Щелкина", MAY), CardFacts(2, "Анна Щёклина", MAY), DuplicateSign.NAME_AND_BIRTHDAY),
        (CardFacts(1, "Анна Щёлкина"), CardFacts(2, "Щелкина  Аня"), DuplicateSign.NAME),
        (CardFacts(1, "Анна Щёлкина"), CardFacts(2, "Анна Щёлкана"), DuplicateSign.LIKE_NAME),
        (CardFacts(1, "Анна Щёлкина"), CardFacts(2, "Анна Петровна Щёлкина"), DuplicateSign.LIKE_NAME),
    ],
)
def test_what_speaks_for_one_person(one: CardFacts, other: CardFacts, sign: DuplicateSign) -> None:
    assert sign in signs(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CardFacts(1, "Анна"), CardFacts(2, "Анна")),
        (CardFacts(1, "Анна Ким", MAY), CardFacts(2, "Анна Ким", JUNE)),
        (CardFacts(1, "Мария Ким", MAY, (PHONE,)), CardFacts(2, "Даша Ким", JUNE, (PHONE,))),
        (CardFacts(1, "Мария", None, (PHONE,)), CardFacts(2, "Даша", None, (PHONE,), (), frozenset({PHONE}))),
        (CardFacts(1, "Яна Ким"), CardFacts(2, "Яра Ким")),
        (CardFacts(1, "Дарья Левченко"), CardFacts(2, "Дарья Шевченко")),
        (CardFacts(1, "🙂"), CardFacts(2, "🙂")),
        (CardFacts(1, ""), CardFacts(2, "")),
    ],
    ids=[
        "a first name",
        "two birthdays",
        "mother and daughter",
        "her mother's phone",
        "short",
        "two families",
        "emoji",
        "nothing",
    ],
)
def test_what_does_not(one: CardFacts, other: CardFacts) -> None:
    assert signs(one, other) == set()


def test_the_likeliest_come_first_and_what_is_known_is_left_out() -> None:
    cards = [
        CardFacts(1, "Анна Щёлкина", MAY, (PHONE,)),
        CardFacts(2, "Анна Щёлкина", MAY, (PHONE,)),
        CardFacts(3, "Вера Ломова"),
        CardFacts(4, "Вера Ломава"),
        CardFacts(5, "Ольга Бек", None, (), (EMAIL,)),
        CardFacts(6, "Оля Бек", None, (), (EMAIL,)),
    ]
    assert [pair.both for pair in likeness.pairs(cards)] == [(1, 2), (5, 6), (3, 4)]
    assert [pair.both for pair in likeness.pairs(cards, {(1, 2), (3, 4)})] == [(5, 6)]


def test_a_name_that_many_bear_says_nothing_but_a_birthday_does() -> None:
    cards = [CardFacts(number, "Анна Иванова", date(1980, 1, 1 + number)) for number in range(1, 20)]
    cards += [CardFacts(number, "Анна Иванова") for number in range(30, 40)]
    assert likeness.pairs(cards) == []
    cards.append(CardFacts(50, "Аня Иванова", date(1980, 1, 8)))
    assert [pair.both for pair in likeness.pairs(cards)] == [(7, 50)]


letters = st.text("абвгдежз", min_size=4, max_size=9)
words = st.lists(letters, min_size=2, max_size=3)


@given(words, st.integers(0, 2), st.integers(0, 8), st.sampled_from(["drop", "double", "other", "swap"]), st.randoms())
def test_one_slip_of_the_finger_is_found_through_the_keys(
    name: list[str], which: int, place: int, slip: str, random: object
) -> None:
    which %= len(name)
    word = name[which]
    place = 1 + place % (len(word) - 2)
    begin, letter, rest = word[:place], word[place], word[place + 1 :]
    mistyped = {
        "drop": begin + rest,
        "double": begin + letter + letter + rest,
        "other": begin + "ю" + rest,
        "swap": begin + rest[:1] + letter + rest[1:],
    }[slip]
    typed = [*name[:which], mistyped, *name[which + 1 :]]
    random.shuffle(typed)  # type: ignore[attr-defined]
    one, other = CardFacts(1, " ".join(name), MAY), CardFacts(2, " ".join(typed), MAY)
    if len(mistyped) >= 4:
        assert [pair.both for pair in likeness.pairs([one, other])] == [(1, 2)]


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    mine, theirs = name_parts(one), name_parts(other)
    assert names_alike(mine, theirs) == names_alike(theirs, mine)
    assert one_slip(one, other) == one_slip(other, one)


facts = st.builds(
    CardFacts,
    st.integers(1, 10**6),
    st.sampled_from(["Анна Ким", "Аня Ким", "Ким", "Анна Кима", "Мария Ким", "Анна Петровна Ким", "анна ким", ""]),
    st.sampled_from([None, MAY, JUNE]),
    st.lists(st.sampled_from(["+79120000001", "+79120000002"]), max_size=2, unique=True).map(tuple),
    st.lists(st.sampled_from(["a@b.ru", "b@b.ru"]), max_size=1).map(tuple),
    st.sampled_from([frozenset(), frozenset({"+79120000001"})]),
)


@given(st.lists(facts, max_size=4, unique_by=lambda card: card.client_id))
def test_the_keys_lose_nobody(cards: list[CardFacts]) -> None:
    """What comparing everybody with everybody would find, the few who share a key give as well."""
    everybody = {
        pair.both
        for place, one in enumerate(cards)
        for other in cards[place + 1 :]
        if (pair := likeness.judged(one, other)) is not None
    }
    assert {pair.both for pair in likeness.pairs(cards)} == everybody
