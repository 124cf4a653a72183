"""Who the sample's clients are to the salon and to each other: families, an organisation, VIPs, a card that is twice.

Through the real operations, so that the journal tells of it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.salon.clients import categories, contacts, families, register, requisites, standing
from app.salon.clients.contacts import NewContact, Reachable
from app.salon.clients.register import NewClient
from app.salon.clients.requisites import Requisites
from app.salon.exchange.sample.material import Material
from app.salon.transaction import Salon, carry_out
from app.vocabulary import Channel, ClientKind, ContactKind, RelationKind

NEW_CARDS = 3
"""An organisation, an intermediary, and the second card of somebody."""
_DAYS_AGO = 9
_FAMILIES = """
SELECT p.client_id, o.client_id FROM contact_point p
JOIN contact_point o ON o.value = p.value AND o.client_id <> p.client_id AND o.whose = ''
WHERE p.whose <> '' ORDER BY p.id LIMIT 6
"""
_BY_SPENDING = """
SELECT p.client_id FROM payment p WHERE p.client_id IS NOT NULL GROUP BY p.client_id
ORDER BY SUM(p.amount) DESC, p.client_id LIMIT 40
"""
_BY_NO_SHOWS = """
SELECT v.client_id FROM visit v WHERE v.client_id IS NOT NULL AND v.day < :today
GROUP BY v.client_id HAVING NOT EXISTS (SELECT 1 FROM visit n WHERE n.client_id = v.client_id AND n.day >= :today)
ORDER BY SUM(v.status = 'no_show') DESC, v.client_id LIMIT 1
"""
_REGULAR = """
SELECT c.id, c.name, p.value FROM client c JOIN contact_point p ON p.client_id = c.id AND p.kind = 'phone'
WHERE p.whose = '' AND (SELECT COUNT(*) FROM contact_point o WHERE o.value = p.value) = 1
    AND (SELECT COUNT(*) FROM visit v WHERE v.client_id = c.id AND v.status = 'completed') BETWEEN 4 AND 9
    AND instr(c.name, ' ') > 0
ORDER BY c.id LIMIT 1 OFFSET 30
"""
_CATEGORY_SIZES = (14, 6, 9)


def add_acquaintances(at: Callable[[datetime], Salon], material: Material, now: datetime) -> None:
    """Make acquaintances; ``at`` gives the salon as it stood at a wall time."""
    salon = at(now - timedelta(days=_DAYS_AGO))
    database = salon.database
    for relative, owner in database.rows(_FAMILIES):
        carry_out(salon, families.relate, relative, owner, RelationKind.PARENT, may_book=True, is_booked_for=False)
    spenders = [row[0] for row in database.rows(_BY_SPENDING)]
    for client_id in spenders[:3]:
        carry_out(salon, standing.set_vip, client_id, is_vip=True)
    _add_categories(salon, material, spenders)
    for client_id, channel in zip(spenders[3:9], (Channel.TELEGRAM, Channel.PHONE_CALL) * 3, strict=False):
        hours = (10 * 60, 19 * 60) if channel is Channel.PHONE_CALL else (None, None)
        carry_out(salon, contacts.set_reachable, client_id, Reachable(channel, *hours))
    for (client_id,) in database.rows(_BY_NO_SHOWS, {"today": now.date().isoformat()}):
        carry_out(salon, standing.do_not_book, client_id, material.phrase("do_not_book"))
    _add_organisation(salon, material)
    _add_intermediary(salon, material)
    _add_double(salon)


def _add_categories(salon: Salon, material: Material, clients: list[int]) -> None:
    first = 0
    for place, (name, size) in enumerate(zip(material.phrases("categories"), _CATEGORY_SIZES, strict=True)):
        category = carry_out(salon, categories.keep, None, name, 2 * place + 1).value
        for client_id in clients[first : first + size]:
            known = [one.category_id for one in standing.read(salon.database, client_id).categories]
            carry_out(salon, categories.set_of_client, client_id, [*known, category])
        first += size - 3  # some belong to two


def _add_organisation(salon: Salon, material: Material) -> None:
    """An agency whose numbers nobody was given, right by their check digits."""
    name, person = material.phrase("organisation"), material.phrase("contact_person")
    client = carry_out(salon, register.add, NewClient(name, "8 976 000-11-22")).value
    carry_out(salon, standing.set_kind, client, ClientKind.ORGANISATION)
    carry_out(salon, contacts.add, client, NewContact(ContactKind.EMAIL, "office@vizit-sample.ru"))
    told = Requisites(
        name,
        "9700000010",
        "970001001",
        "1207700000012",
        material.phrase("bank"),
        "044525998",
        "40702810000000000015",
        "30101810300000000998",
        material.phrase("address"),
        person,
    )
    carry_out(salon, requisites.keep, client, told)


def _add_intermediary(salon: Salon, material: Material) -> None:
    client = carry_out(salon, register.add, NewClient(material.phrase("intermediary"), "8 976 000-33-44")).value
    carry_out(salon, standing.set_kind, client, ClientKind.INTERMEDIARY)


def _add_double(salon: Salon) -> None:
    """Somebody in a hurry opened a second card: the first name, and the phone typed another way."""
    row = salon.database.row(_REGULAR)
    if row is not None:
        _client_id, name, phone = row
        carry_out(salon, register.add, NewClient(name.split()[0], phone.removeprefix("+7")))
