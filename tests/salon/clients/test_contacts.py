"""How a client is reached: phones, e-mails, messengers, the preferred way and the hours that suit."""

import pytest
from hypothesis import given, strategies as st

from app.errors import BadEmail, BadHandle, BadHours, BadPhone, Gone, SalonError
from app.salon import undo
from app.salon.clients import addresses, card, contacts, finder
from app.salon.clients.contacts import NewContact, Reachable
from app.salon.transaction import carry_out
from app.vocabulary import Channel, ContactKind
from tests.builders import TODAY, SmallSalon

PHONE, EMAIL, TELEGRAM = ContactKind.PHONE, ContactKind.EMAIL, ContactKind.TELEGRAM


def put(small: SmallSalon, client: int, kind: ContactKind, typed: str, whose: str = "") -> int:
    return carry_out(small.salon, contacts.add, client, NewContact(kind, typed, whose)).value


def kept(small: SmallSalon, client: int) -> list[tuple[ContactKind, str, str]]:
    return [(one.kind, one.typed, one.value) for one in contacts.of_client(small.database, client)]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (PHONE, "8 912 345-67-89", "+79123456789"),
        (PHONE, "912 345 67 89", "+79123456789"),
        (PHONE, "+44 20 7946 0958", "+442079460958"),
        (EMAIL, " Anna.Ivanova+salon@Mail.RU ", "anna.ivanova+salon@mail.ru"),
        (EMAIL, "анна@почта.рф", "анна@почта.рф"),
        (EMAIL, "mailto:anna@mail.ru", "anna@mail.ru"),
        (TELEGRAM, "@Anna_Ivanova", "anna_ivanova"),
        (TELEGRAM, "https://t.me/Anna_Ivanova", "anna_ivanova"),
        (TELEGRAM, "8 912 345-67-89", "+79123456789"),
        (ContactKind.WHATSAPP, "8 912 345-67-89", "+79123456789"),
        (ContactKind.VIBER, "+7 912 345 67 89", "+79123456789"),
        (ContactKind.VK, "vk.com/id123456", "id123456"),
        (ContactKind.MAX, "https://max.ru/u/Abc-1", "u/Abc-1"),
    ],
)
def test_what_is_typed_is_kept_and_compared_by_its_meaning(
    small: SmallSalon, kind: ContactKind, typed: str, value: str
) -> None:
    client = small.client()
    put(small, client, kind, typed)
    assert kept(small, client) == [(kind, typed.strip(), value)]


@pytest.mark.parametrize(
    ("kind", "typed", "error"),
    [
        (PHONE, "9" * 40, BadPhone),
        (PHONE, "мама", BadPhone),
        (EMAIL, "anna", BadEmail),
        (EMAIL, "anna@mail", BadEmail),
        (EMAIL, "anna@@mail.ru", BadEmail),
        (EMAIL, "anna@mail..ru", BadEmail),
        (EMAIL, "a\x00nna@mail.ru", BadEmail),
        (EMAIL, "а" * 300 + "@mail.ru", BadEmail),
        (EMAIL, "<script>@mail.ru", BadEmail),
        (TELEGRAM, "Анна", BadHandle),
        (TELEGRAM, "", BadHandle),
        (ContactKind.WHATSAPP, "@anna", BadHandle),
        (ContactKind.VIBER, "x" * 1000, BadHandle),
        (ContactKind.VK, "vk.com/wall-1_2/likes", BadHandle),
        (ContactKind.VK, "..", BadHandle),
    ],
)
def test_what_cannot_be_a_contact_changes_nothing(
    small: SmallSalon, kind: ContactKind, typed: str, error: type[Exception]
) -> None:
    client = small.client()
    with pytest.raises(error):
        put(small, client, kind, typed)
    assert kept(small, client) == []


@given(st.sampled_from(ContactKind), st.text(max_size=60))
def test_whatever_is_typed_is_a_contact_or_refused_in_words(kind: ContactKind, typed: str) -> None:
    try:
        address = addresses.read(kind, typed, "RU")
    except SalonError:
        return
    # What was read once means the same when its own value is typed.
    assert addresses.read(kind, address.value, "RU").value == address.value


def test_the_same_contact_is_on_a_card_once(small: SmallSalon) -> None:
    client = small.client()
    first = put(small, client, EMAIL, "anna@mail.ru")
    assert put(small, client, EMAIL, "Anna@Mail.ru") == first
    assert put(small, client, PHONE, "8 912 345-67-89") == put(small, client, PHONE, "912 345 67 89")
    assert len(kept(small, client)) == 2


def test_the_first_of_a_kind_is_preferred_until_another_is(small: SmallSalon) -> None:
    client = small.client(phone="8 912 345-67-89")
    other = put(small, client, PHONE, "8 903 111-22-33", "мама")
    put(small, client, EMAIL, "anna@mail.ru")
    carry_out(small.salon, contacts.prefer, client, other)
    shown = contacts.of_client(small.database, client)
    assert [(one.value, one.is_preferred, one.whose) for one in shown] == [
        ("+79031112233", True, "мама"),
        ("+79123456789", False, ""),
        ("anna@mail.ru", True, ""),
    ]
    assert card.read(small.database, client, TODAY).phone == "+79031112233"


def test_a_changed_number_is_found_and_the_former_is_not(small: SmallSalon) -> None:
    client = small.client(phone="8 912 345-67-89")
    (phone,) = contacts.of_client(small.database, client)
    done = carry_out(small.salon, contacts.change, client, phone.contact_id, NewContact(PHONE, "8 903 111-22-33"))
    assert [one.client_id for one in finder.find(small.database, "1112233", TODAY)] == [client]
    assert finder.find(small.database, "3456789", TODAY) == []
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert [one.client_id for one in finder.find(small.database, "3456789", TODAY)] == [client]


def test_a_contact_is_changed_on_its_own_card_alone(small: SmallSalon) -> None:
    anna, vera = small.client(phone="8 912 345-67-89"), small.client("Вера")
    (phone,) = contacts.of_client(small.database, anna)
    with pytest.raises(Gone):
        carry_out(small.salon, contacts.prefer, vera, phone.contact_id)
    with pytest.raises(Gone):
        carry_out(small.salon, contacts.change, vera, phone.contact_id, NewContact(PHONE, "8 903 111-22-33"))


def test_the_preferred_way_and_the_hours_that_suit(small: SmallSalon) -> None:
    client = small.client()
    wanted = Reachable(Channel.TELEGRAM, 10 * 60, 19 * 60)
    carry_out(small.salon, contacts.set_reachable, client, wanted)
    assert contacts.reachable(small.database, client) == wanted
    carry_out(small.salon, contacts.set_reachable, client, Reachable(from_minute=18 * 60))
    assert contacts.reachable(small.database, client) == Reachable(None, 18 * 60, None)


@pytest.mark.parametrize(("begins", "ends"), [(600, 600), (700, 600), (-1, 600), (600, 1500)])
def test_hours_that_end_before_they_begin(small: SmallSalon, begins: int, ends: int) -> None:
    client = small.client()
    with pytest.raises(BadHours):
        carry_out(small.salon, contacts.set_reachable, client, Reachable(None, begins, ends))
