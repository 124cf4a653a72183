"""What whoever sits here may see. The owner decides what masters see; this machine knows whether masters sit at it."""

from collections.abc import Sequence
from dataclasses import replace

from app import wording
from app.errors import DatabaseBusy, SalonError, StaysHidden, StillBusy, Trouble
from app.salon.changes import Changes
from app.salon.clients.card import ClientCard, Contact
from app.salon.transaction import Work, carry_out
from app.ui.desk import Desk
from app.vocabulary import Action, ContactKind, Topic


class Here:
    """What this machine hides everywhere. One for the program; lists ask it for every cell."""

    hides_money = False


def follow(desk: Desk) -> None:
    """Hide or show phones and money everywhere at this machine, as it is set now."""
    wording.hide_phones(are_hidden=hides_phones(desk))
    Here.hides_money = hides_money(desk)


def hides_phones(desk: Desk, *, is_masters: bool = False) -> bool:
    """Whether phones are hidden here. ``is_masters``: in a place where a master looks, whoever sits here."""
    return (is_masters or desk.preferences.settings.used_by_master) and not desk.salon.profile.masters_see_phones


def hides_money(desk: Desk, *, is_masters: bool = False) -> bool:
    """Whether what a client has spent is hidden here."""
    return (is_masters or desk.preferences.settings.used_by_master) and not desk.salon.profile.masters_see_money


def as_seen(card: ClientCard, *, hides_phones: bool, hides_money: bool) -> ClientCard:
    """The card without what is hidden from whoever looks."""
    contacts = tuple(_hidden(one) for one in card.contacts) if hides_phones else card.contacts
    return replace(card, contacts=contacts, spent=None if hides_money else card.spent)


def reveal(desk: Desk, client_id: int, contacts: Sequence[Contact]) -> bool:
    """Show the numbers of a client in full. The journal tells who asked for it; there is nothing to undo.

    False: that cannot be told in the journal now, so they stay hidden; it is said why.
    """
    changes = _noted(desk, client_id)
    if changes is None:
        return False
    wording.show_phones(contact.value for contact in contacts)
    desk.feed.announce(changes)
    return True


def use_number(desk: Desk, client_id: int, number: str) -> bool:
    """A call or a chat is opened with this number, in full, though it is hidden here: the journal tells who did it.

    False: the journal cannot tell it now, so it is not to be opened; it is said why.
    """
    if not wording.is_hidden(number):
        return True
    changes = _noted(desk, client_id)
    if changes is not None:
        desk.feed.announce(changes)
    return changes is not None


def _noted(desk: Desk, client_id: int) -> Changes | None:
    try:
        if desk.perform.is_busy:
            raise StillBusy
        with desk.salon.database.only_a_moment():
            return carry_out(desk.salon, _tell_revealed, client_id).changes
    except DatabaseBusy:
        desk.perform.explain(StaysHidden())
    except (SalonError, Trouble) as problem:
        desk.perform.explain(problem)
    return None


def _tell_revealed(work: Work, client_id: int) -> None:
    work.tell(Action.PHONE_REVEALED, client=client_id)
    work.notes.topics.add(Topic.CLIENTS)


def _hidden(contact: Contact) -> Contact:
    if contact.kind is ContactKind.PHONE or contact.value.startswith("+"):
        said = wording.hidden_phone(contact.value)
    else:
        said = wording.hidden_address(contact.value)
    return replace(contact, value=said, typed=said)
