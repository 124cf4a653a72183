"""E-mails and messengers as people type them, and the form in which they are compared. Pure."""

import re
from dataclasses import dataclass

from app.errors import BadEmail, BadHandle, BadPhone
from app.salon.clients import phones
from app.vocabulary import ContactKind

LONGEST = 254
"""No e-mail is longer (RFC 5321)."""

_EMAIL = re.compile(r"[^\s@<>(),;:\"\\]{1,64}@(?:[^\s@.<>(),;:\"\\/]+\.)+[^\s@.<>(),;:\"\\/]{2,}")
_HANDLES = {
    ContactKind.TELEGRAM: re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}"),
    ContactKind.MAX: re.compile(r"[A-Za-z][A-Za-z0-9_]{1,63}"),
    ContactKind.VK: re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.]{1,63}"),
}
"""How people are called in the messengers that know names."""
_MAX_PATH = re.compile(r"u/[A-Za-z0-9_-]{2,200}")
_LINK = re.compile(r"(?:https?://)?(?:www\.|m\.)?(?:t\.me|telegram\.me|vk\.com|vk\.me|max\.ru)/@?", re.IGNORECASE)
_WITH_NUMBER = frozenset({ContactKind.TELEGRAM, ContactKind.WHATSAPP, ContactKind.VIBER, ContactKind.MAX})


@dataclass(frozen=True, slots=True)
class Address:
    """A way to reach somebody, as typed and as it is compared."""

    typed: str
    value: str


def read(kind: ContactKind, typed: str, country: str) -> Address:
    """The phone, e-mail or messenger that ``typed`` means; a number in E.164, a handle small and without its @.

    Telegram and MAX know a person by number or by name, WhatsApp and Viber by number, VK by name; a link that was
    copied from the messenger is read as well. Raises BadPhone, BadEmail, BadHandle.
    """
    match kind:
        case ContactKind.PHONE:
            phone = phones.read(typed, country)
            return Address(phone.typed, phone.e164)
        case ContactKind.EMAIL:
            return email(typed)
        case _:
            return _messenger(kind, typed, country)


def email(typed: str) -> Address:
    """The e-mail that ``typed`` means; two are the same when they differ in capitals alone. Raises BadEmail.

    Only what cannot be one is refused: whether it is read by anybody, a message has to show.
    """
    said = typed.strip()
    bare = said.removeprefix("mailto:")
    if len(bare) > LONGEST or "\x00" in bare or _EMAIL.fullmatch(bare) is None or ".." in bare:
        raise BadEmail(said[:LONGEST])
    return Address(said, bare.casefold())


def _messenger(kind: ContactKind, typed: str, country: str) -> Address:
    said = typed.strip()
    bare = _LINK.sub("", said, count=1).rstrip("/").removeprefix("@")
    if len(said) > LONGEST or "\x00" in said:
        raise BadHandle(kind, said[:LONGEST])
    if kind in _WITH_NUMBER:
        try:
            return Address(said, phones.read(bare, country).e164)
        except BadPhone:
            pass
    if kind is ContactKind.MAX and _MAX_PATH.fullmatch(bare):
        return Address(said, bare)  # a link to a profile is told by its capitals
    if kind not in _HANDLES or _HANDLES[kind].fullmatch(bare) is None:
        raise BadHandle(kind, said[:LONGEST])
    return Address(said, bare.casefold())
