"""Who belongs to whom, and who may book for whom."""

import pytest

from app.errors import Gone, NotRelated
from app.salon import undo
from app.salon.clients import families, register
from app.salon.clients.register import NewClient
from app.salon.transaction import carry_out
from app.vocabulary import RelationKind
from tests.builders import SmallSalon


def shown(small: SmallSalon, client: int) -> list[tuple[str, RelationKind, bool, bool]]:
    found = families.of_client(small.database, client)
    return [(one.name, one.kind, one.may_book, one.is_booked_for) for one in found]


def test_a_relation_is_shown_on_both_cards(small: SmallSalon) -> None:
    maria, dasha = small.client("Мария Ким", "8 912 345-67-89"), small.client("Даша Ким")
    carry_out(small.salon, families.relate, dasha, maria, RelationKind.PARENT, may_book=True)
    assert shown(small, dasha) == [("Мария Ким", RelationKind.PARENT, True, False)]
    assert shown(small, maria) == [("Даша Ким", RelationKind.CHILD, False, True)]
    assert families.of_client(small.database, dasha)[0].phone == "+79123456789"


@pytest.mark.parametrize("kind", RelationKind)
def test_said_from_either_side_it_is_the_same(small: SmallSalon, kind: RelationKind) -> None:
    maria, dasha = small.client("Мария"), small.client("Даша")
    carry_out(small.salon, families.relate, dasha, maria, kind)
    before = shown(small, maria), shown(small, dasha)
    again = carry_out(small.salon, families.relate, maria, dasha, families.other_way(kind))
    assert (shown(small, maria), shown(small, dasha)) == before
    assert again.entry_id is None


def test_what_was_said_is_changed_and_taken_back(small: SmallSalon) -> None:
    maria, dasha = small.client("Мария"), small.client("Даша")
    carry_out(small.salon, families.relate, dasha, maria, RelationKind.FRIEND)
    carry_out(small.salon, families.relate, dasha, maria, RelationKind.SIBLING, is_booked_for=True)
    assert shown(small, dasha) == [("Мария", RelationKind.SIBLING, False, True)]
    done = carry_out(small.salon, families.separate, maria, dasha)
    assert shown(small, dasha) == shown(small, maria) == []
    assert done.changes.clients == {maria, dasha}
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert shown(small, maria) == [("Даша", RelationKind.SIBLING, True, False)]


def test_what_cannot_be_a_relation(small: SmallSalon) -> None:
    maria = small.client("Мария")
    with pytest.raises(NotRelated):
        carry_out(small.salon, families.relate, maria, maria, RelationKind.FRIEND)
    with pytest.raises(Gone):
        carry_out(small.salon, families.relate, maria, 999, RelationKind.FRIEND)
    with pytest.raises(Gone):
        carry_out(small.salon, families.separate, maria, 999)


def test_a_new_client_of_the_family_shares_the_phone_and_the_relation(small: SmallSalon) -> None:
    maria = small.client("Мария Ким", "8 912 345-67-89")
    new = NewClient("Даша Ким", "8 912 345 67 89", "", "", None, "Мария Ким", (maria,), RelationKind.PARENT)
    dasha = carry_out(small.salon, register.add, new).value
    assert shown(small, dasha) == [("Мария Ким", RelationKind.PARENT, True, True)]
    assert [owner.name for owner in register.owners_of_phone(small.database, "9123456789", "RU")] == [
        "Даша Ким",
        "Мария Ким",
    ]
