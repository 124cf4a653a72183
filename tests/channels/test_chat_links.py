"""Links to chats and calls: the right person, the whole text, and nothing for what is not a number."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, strategies as st

from app.channels import chat_links
from app.errors import BadPhone
from app.vocabulary import Channel, ContactKind

ANNA = "+79123456789"


def test_whatsapp_opens_the_chat_with_the_words_ready() -> None:
    assert chat_links.whatsapp(ANNA, "Ждём вас в 15:30!") == (
        "https://wa.me/79123456789?text=%D0%96%D0%B4%D1%91%D0%BC%20%D0%B2%D0%B0%D1%81%20%D0%B2%2015%3A30%21"
    )


def test_telegram_keeps_the_plus_that_makes_it_a_number() -> None:
    assert chat_links.telegram(ANNA, "Да?") == "https://t.me/+79123456789?text=%D0%94%D0%B0%3F"


def test_a_call_and_a_short_message() -> None:
    assert chat_links.phone_call(ANNA) == "tel:+79123456789"
    assert chat_links.sms(ANNA, "a&b") == "sms:+79123456789?body=a%26b"


def test_without_words_the_chat_opens_empty() -> None:
    assert chat_links.whatsapp(ANNA) == "https://wa.me/79123456789"
    assert chat_links.telegram(ANNA) == "https://t.me/+79123456789"
    assert chat_links.sms(ANNA) == "sms:+79123456789"


@pytest.mark.parametrize(
    "number",
    [
        "",
        "8 912 345-67-89",
        "89123456789",
        "79123456789",
        "+7 912 345-67-89",
        "+0123456789",
        "+7912",
        "+7912345678901234",
        "+79123456789\n",
        "+७९१२३४५६७८९",
        "+79123456789?text=x",
        "+79123456789/../admin",
        "anna",
    ],
)
@pytest.mark.parametrize("channel", [Channel.WHATSAPP, Channel.TELEGRAM, Channel.PHONE_CALL])
def test_what_is_not_a_whole_number_opens_nothing(channel: Channel, number: str) -> None:
    assert not chat_links.is_reachable(number)
    with pytest.raises(BadPhone):
        chat_links.link(channel, number, "текст")
    with pytest.raises(BadPhone):
        chat_links.sms(number)


def test_every_channel_of_a_program_has_its_link() -> None:
    assert chat_links.link(Channel.WHATSAPP, ANNA, "да") == chat_links.whatsapp(ANNA, "да")
    assert chat_links.link(Channel.TELEGRAM, ANNA, "да") == chat_links.telegram(ANNA, "да")
    assert chat_links.link(Channel.PHONE_CALL, ANNA, "да") == chat_links.phone_call(ANNA)
    with pytest.raises(ValueError):
        chat_links.link(Channel.BY_HAND, ANNA)


@given(st.text(min_size=1))
def test_the_whole_text_arrives_whatever_is_in_it(text: str) -> None:
    for address in (chat_links.whatsapp(ANNA, text), chat_links.telegram(ANNA, text)):
        parts = urlsplit(address)
        assert parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)["text"] == [text]
        assert parts.fragment == ""
        assert address.isascii()


def test_half_a_character_does_not_stop_the_message() -> None:
    assert chat_links.whatsapp(ANNA, "да\ud83d").endswith("%3F")


@pytest.mark.parametrize(
    ("kind", "value", "link"),
    [
        (ContactKind.PHONE, "+79123456789", "tel:+79123456789"),
        (ContactKind.EMAIL, "anna@mail.ru", "mailto:anna@mail.ru"),
        (ContactKind.TELEGRAM, "+79123456789", "https://t.me/+79123456789"),
        (ContactKind.TELEGRAM, "anna_sh", "https://t.me/anna_sh"),
        (ContactKind.WHATSAPP, "+79123456789", "https://wa.me/79123456789"),
        (ContactKind.VIBER, "+79123456789", "viber://chat?number=%2B79123456789"),
        (ContactKind.VK, "id123", "https://vk.me/id123"),
        (ContactKind.MAX, "u/Abc-1", "https://max.ru/u/Abc-1"),
        (ContactKind.MAX, "+79123456789", ""),
        (ContactKind.WHATSAPP, "somebody", ""),
        (ContactKind.PHONE, "8 912", ""),
    ],
)
def test_a_contact_of_the_card_is_opened_by_its_own_link(kind: ContactKind, value: str, link: str) -> None:
    assert chat_links.of_contact(kind, value) == link


@given(st.sampled_from(ContactKind), st.text(max_size=40))
def test_no_contact_breaks_out_of_its_link(kind: ContactKind, value: str) -> None:
    link = chat_links.of_contact(kind, value)
    assert link == "" or link.startswith(("tel:", "mailto:", "https://", "viber://"))
    assert not set(link) & set(' <>"\n\r\t')
