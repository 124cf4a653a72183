"""Links that open a chat or a call with the words ready. Pure.

They only open: whether anything was sent, a person has to tell. The forms are the public ones of wa.me, t.me, vk.me,
max.ru and Viber, and RFC 3966 (tel), RFC 5724 (sms) and RFC 6068 (mailto).
"""

import re
from urllib.parse import quote

from app.errors import BadPhone
from app.vocabulary import Channel, ContactKind

_HANDLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def is_reachable(number: str) -> bool:
    """Whether ``number`` is one that a link can name: E.164, as the card keeps it (``+79123456789``)."""
    return _E164.fullmatch(number) is not None


def whatsapp(number: str, text: str = "") -> str:
    """The WhatsApp chat with ``number`` (E.164), ``text`` in its input line. Raises BadPhone."""
    return f"https://wa.me/{_checked(number)[1:]}{_query('text', text)}"


def telegram(number: str, text: str = "") -> str:
    """The Telegram chat with ``number`` (E.164) or with a name there, ``text`` as its draft. Raises BadPhone."""
    who = number if _HANDLE.fullmatch(number) else _checked(number)
    return f"https://t.me/{who}{_query('text', text)}"


def phone_call(number: str) -> str:
    """A call to ``number`` (E.164). Raises BadPhone."""
    return f"tel:{_checked(number)}"


def sms(number: str, text: str = "") -> str:
    """A short message to ``number`` (E.164) with ``text``. Raises BadPhone."""
    return f"sms:{_checked(number)}{_query('body', text)}"


def of_contact(kind: ContactKind, value: str) -> str:
    """The link that opens a contact of a card, ``value`` as the card compares it; empty where there is none.

    MAX has links to names and none to numbers; what an import brought in another form has none either.
    """
    match kind:
        case ContactKind.EMAIL:
            return f"mailto:{quote(value, safe='@', errors='replace')}"
        case ContactKind.VK | ContactKind.MAX if not is_reachable(value):
            host = "vk.me" if kind is ContactKind.VK else "max.ru"
            return f"https://{host}/{quote(value, safe='/', errors='replace')}"
        case ContactKind.TELEGRAM if _HANDLE.fullmatch(value):
            return telegram(value)
        case _ if not is_reachable(value):
            return ""
        case ContactKind.PHONE:
            return phone_call(value)
        case ContactKind.WHATSAPP:
            return whatsapp(value)
        case ContactKind.TELEGRAM:
            return telegram(value)
        case ContactKind.VIBER:
            return f"viber://chat?number={quote(value, safe='')}"
        case _:
            return ""


def link(channel: Channel, number: str, text: str = "") -> str:
    """The link that opens ``channel`` to ``number`` (E.164); a call carries no text.

    Raises BadPhone. ``BY_HAND`` is no program's and has no link: to ask for one is a fault (ValueError).
    """
    match channel:
        case Channel.WHATSAPP:
            return whatsapp(number, text)
        case Channel.TELEGRAM:
            return telegram(number, text)
        case Channel.PHONE_CALL:
            return phone_call(number)
        case Channel.BY_HAND:
            raise ValueError("what goes by hand has no link")


def _checked(number: str) -> str:
    if not is_reachable(number):
        raise BadPhone(number)
    return number


def _query(name: str, text: str) -> str:
    # Half a character (a lone surrogate from a broken clipboard) cannot be encoded; "?" stands for it.
    return f"?{name}={quote(text, safe='', errors='replace')}" if text else ""
