"""Nothing new is written about a client who asked to be forgotten, whichever operation is handed their card.

The operations are found by their signatures: one that is added later has to be told here what it does.
"""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import get_type_hints

import pytest

import app.salon
from app.errors import ToBeForgotten
from app.salon import undo
from app.salon.clients import (
    alerts,
    answers,
    bonuses,
    categories,
    consents,
    contacts,
    families,
    files,
    forgetting,
    formulas,
    notes,
    questions,
    register,
    requisites,
    standing,
)
from app.salon.clients.contacts import NewContact, Reachable
from app.salon.clients.formulas import Recipe
from app.salon.clients.mixtures import Part
from app.salon.clients.questions import QuestionFacts
from app.salon.clients.register import NewClient
from app.salon.clients.requisites import Requisites
from app.salon.followup import complaints, tasks
from app.salon.followup.complaints import Grievance
from app.salon.followup.tasks import Promise
from app.salon.reminders import invitations
from app.salon.scheduling import afterwards, booking, holds, turn_aways, waited_for, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.turn_aways import NewTurnAway
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import Work, carry_out
from app.vocabulary import (
    AlertKind,
    ClientKind,
    ConsentKind,
    ConsentWay,
    ContactKind,
    MaterialUnit,
    NoteKind,
    PhotoMoment,
    RelationKind,
    TurnAwayReason,
    VisitStatus,
)
from tests import pictures
from tests.builders import TODAY, SmallSalon, at, small_salon

Operation = Callable[..., object]


@dataclass
class Card:
    """A card with something of everything on it, whose client has asked to be forgotten; and another client."""

    small: SmallSalon
    client: int
    other: int
    past: int
    phone: int
    note: int
    alert: int
    formula: int
    photo: int
    away: int
    complaint: int
    task: int
    category: int
    question: int
    hold: int
    place: BookingRequest
    wait: NewWait
    waits: int
    visit: int
    walk_in: int
    """Completed, of somebody without a card."""
    photo_taken: files.TakenIn

    def booked(self) -> BookingRequest:
        return dataclasses.replace(self.place, client_id=self.client, unwanted_reason="всё равно")


@pytest.fixture(scope="module")
def card() -> Iterator[Card]:
    small = small_salon()

    def do(operation: Operation, *args: object, **kwargs: object) -> int:
        return int(carry_out(small.salon, operation, *args, **kwargs).value or 0)  # type: ignore[arg-type]

    anna, other = small.client("Анна Щёлкина", "8 912 345-67-89"), small.client("Вера Ломова")
    past = small.book(at(9), anna)
    small.complete(past)
    phone = do(register.add_phone, anna, "8 903 111-22-33")
    photos = [files.take_in_content(small.database, pictures.JPEG, "a.jpg") for _ in range(3)]
    kept = carry_out(small.salon, files.keep, anna, photos[:2], past).value
    do(files.put_away, anna, kept[1])
    wait = NewWait(other, (small.manicure,), (Window(TODAY, TODAY + timedelta(days=20)),))
    waits = do(waitlist.add, wait)
    place = BookingRequest(other, (small.wish(at(17)),))
    made = Card(
        small,
        anna,
        other,
        past,
        phone,
        do(notes.add, anna, NoteKind.NOTE, "звонила"),
        do(register.warn, anna, AlertKind.ALLERGY, "лак"),
        do(formulas.write, anna, past, Recipe("Тон", (Part("7.1", 30_000, MaterialUnit.GRAM),), "")),
        kept[0],
        kept[1],
        do(complaints.record, anna, Grievance("скол", TODAY)),
        do(tasks.give, Promise("перезвонить", at(18), client_id=anna)),
        do(categories.keep, None, "Невесты", 0),
        do(questions.keep, None, QuestionFacts("Музыка?")),
        do(holds.hold, dataclasses.replace(place, services=(small.wish(at(19)),)), waits),
        place,
        wait,
        waits,
        small.book(at(13), other),
        small.book(at(10), minutes=30),
        photos[2],
    )
    small.complete(made.walk_in)
    do(requisites.keep, anna, Requisites(legal_name="ИП Щёлкина"))
    do(families.relate, anna, other, RelationKind.FRIEND)
    do(standing.do_not_book, anna, "четыре неявки")
    do(forgetting.ask, anna)
    yield made
    small.database.close()


def consent(is_given: bool) -> dict[str, object]:
    return {"is_given": is_given, "day": TODAY, "way": ConsentWay.SPOKEN}


ADVERTISING = ConsentKind.ADVERTISING

SAYS_MORE: dict[Operation, Callable[[Card], tuple[tuple[object, ...], dict[str, object]]]] = {
    answers.answer: lambda c: ((c.client, c.question, "тишина"), {}),
    answers.decline: lambda c: ((c.client, c.question), {}),
    bonuses.change: lambda c: ((c.client, 10_000, "подарок"), {}),
    categories.set_of_client: lambda c: ((c.client, [c.category]), {}),
    consents.record: lambda c: ((c.client, ADVERTISING), consent(True)),
    contacts.add: lambda c: ((c.client, NewContact(ContactKind.EMAIL, "a@mail.ru")), {}),
    contacts.change: lambda c: ((c.client, c.phone, NewContact(ContactKind.PHONE, "8 903 111-22-44")), {}),
    contacts.prefer: lambda c: ((c.client, c.phone), {}),
    contacts.set_reachable: lambda c: ((c.client, Reachable(from_minute=600)), {}),
    families.relate: lambda c: ((c.other, c.client, RelationKind.CHILD), {}),
    files.keep: lambda c: ((c.client, [c.photo_taken]), {}),
    files.set_moment: lambda c: ((c.client, c.photo, PhotoMoment.OTHER), {}),
    files.set_visit: lambda c: ((c.client, c.photo, None), {}),
    files.bring_back: lambda c: ((c.client, c.away), {}),
    formulas.write: lambda c: ((c.client, None, Recipe("Тон", (), "6%")), {}),
    formulas.change: lambda c: (
        (c.client, c.formula, Recipe("Тон", (Part("8.1", 30_000, MaterialUnit.GRAM),), "")),
        {},
    ),
    formulas.repeat: lambda c: ((c.client, c.formula, c.past), {}),
    notes.add: lambda c: ((c.client, NoteKind.NOTE, "звонила ещё"), {}),
    register.rename: lambda c: ((c.client, "Анна Мороз"), {}),
    register.set_birthday: lambda c: ((c.client, TODAY.replace(year=1990)), {}),
    register.set_wishes: lambda c: ((c.client, "кофе"), {}),
    register.set_notes: lambda c: ((c.client, "носит очки"), {}),
    register.add_phone: lambda c: ((c.client, "8 905 000-00-01"), {}),
    register.warn: lambda c: ((c.client, AlertKind.ALLERGY, "латекс"), {}),
    register.add: lambda c: ((NewClient("Дочь", relatives=(c.client,)),), {}),
    requisites.keep: lambda c: ((c.client, Requisites(legal_name="ООО Ромашка")), {}),
    standing.set_kind: lambda c: ((c.client, ClientKind.ORGANISATION), {}),
    standing.set_vip: lambda c: ((c.client,), {"is_vip": True}),
    standing.do_not_book: lambda c: ((c.client, "не платит"), {}),
    standing.book_again: lambda c: ((c.client,), {}),
    complaints.record: lambda c: ((c.client, Grievance("ещё скол", TODAY)), {}),
    tasks.give: lambda c: ((Promise("перезвонить завтра", at(18), client_id=c.client),), {}),
    booking.book: lambda c: ((c.booked(),), {}),
    booking.change: lambda c: ((c.visit, c.booked()), {}),
    afterwards.name_client: lambda c: ((c.walk_in, c.client), {}),
    holds.hold: lambda c: ((c.booked(), c.waits), {}),
    holds.book: lambda c: ((c.hold, c.booked()), {}),
    turn_aways.log: lambda c: ((NewTurnAway(TurnAwayReason.OTHER, client_id=c.client),), {}),
    waitlist.add: lambda c: ((dataclasses.replace(c.wait, client_id=c.client),), {}),
    waitlist.change: lambda c: ((c.waits, dataclasses.replace(c.wait, client_id=c.client)), {}),
    waitlist.book: lambda c: ((c.waits, c.booked()), {}),
}
"""Operations that would write something new about the client, and what they are handed."""

TAKES_AWAY: dict[Operation, Callable[[Card], tuple[tuple[object, ...], dict[str, object]]]] = {
    consents.record: lambda c: ((c.client, ADVERTISING), consent(False)),
    complaints.put_off: lambda c: ((c.client, c.complaint, TODAY + timedelta(days=1)), {}),
    complaints.answer: lambda c: ((c.client, c.complaint, "извинились"), {}),
    tasks.change: lambda c: ((c.task, Promise("перезвонить сегодня", at(19), client_id=c.client)), {}),
    tasks.keep: lambda c: ((c.client, c.task), {}),
    families.separate: lambda c: ((c.client, c.other), {}),
    files.put_away: lambda c: ((c.client, c.photo), {}),
    formulas.put_away: lambda c: ((c.client, c.formula), {}),
    notes.remove: lambda c: ((c.client, c.note), {}),
    register.take_back_alert: lambda c: ((c.client, c.alert), {}),
    register.remove_contact: lambda c: ((c.client, c.phone), {}),
}
"""Operations that end what was begun, or take something off the card: they stay possible."""

OF_ITS_OWN: set[Operation] = {
    forgetting.ask,
    forgetting.take_back,
    forgetting.forget,
    invitations.invite,
    consents.skip_invitations,
    register.refresh_search,
    booking.refuse_unwanted,
    waited_for.join_same,
    waitlist.rewrite,
}
"""Tested elsewhere, or part of others."""


def operations() -> set[Operation]:
    """Every public operation of the salon that is handed a client, by itself or within what it is told."""
    found: set[Operation] = set()
    for module in pkgutil.walk_packages(app.salon.__path__, "app.salon."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(one) and one.__module__ == module.name and not name.startswith("_"):
                parameters = list(inspect.signature(one).parameters)
                if parameters[:1] == ["work"] and any(_is_of_client(one, name) for name in parameters[1:]):
                    found.add(one)
    return found


def _is_of_client(operation: Operation, parameter: str) -> bool:
    told = get_type_hints(operation, {**vars(inspect.getmodule(operation)), "Work": Work})[parameter]
    fields = dataclasses.fields(told) if dataclasses.is_dataclass(told) else ()
    return "client" in parameter or any("client" in one.name for one in fields)


def _name(operation: Operation) -> str:
    return f"{operation.__module__.rpartition('.')[2]}.{operation.__name__}"


def test_every_operation_that_is_handed_a_client_is_looked_at() -> None:
    assert operations() - {register.add} == (set(SAYS_MORE) - {register.add}) | set(TAKES_AWAY) | OF_ITS_OWN


@pytest.mark.parametrize("operation", SAYS_MORE, ids=_name)
def test_nothing_new_is_written_about_whoever_asked_to_be_forgotten(card: Card, operation: Operation) -> None:
    args, kwargs = SAYS_MORE[operation](card)
    told = card.small.database.value("SELECT MAX(id) FROM journal_entry")
    with pytest.raises(ToBeForgotten):
        carry_out(card.small.salon, operation, *args, **kwargs)  # type: ignore[arg-type]
    assert card.small.database.value("SELECT MAX(id) FROM journal_entry") == told


@pytest.mark.parametrize("operation", TAKES_AWAY, ids=_name)
def test_what_was_begun_is_ended_and_what_is_there_may_go(card: Card, operation: Operation) -> None:
    args, kwargs = TAKES_AWAY[operation](card)
    with card.small.database.writing():
        card.small.database.rows("SAVEPOINT before")
        assert carry_out(card.small.salon, operation, *args, **kwargs).entry_id is not None  # type: ignore[arg-type]
        card.small.database.rows("ROLLBACK TO before")
        card.small.database.rows("RELEASE before")


def test_undo_brings_back_nothing_that_was_taken_off(card: Card) -> None:
    small = card.small
    client = small.client("Ия")
    note = carry_out(small.salon, notes.add, client, NoteKind.NOTE, "звонила").value
    removed = carry_out(small.salon, notes.remove, client, note).entry_id or 0
    carry_out(small.salon, forgetting.ask, client)
    with pytest.raises(ToBeForgotten):
        carry_out(small.salon, undo.take_back, removed)
    asked = small.database.value("SELECT MAX(id) FROM journal_entry")
    carry_out(small.salon, undo.take_back, asked)
    carry_out(small.salon, undo.take_back, removed)


def test_nobody_who_leaves_is_invited(card: Card) -> None:
    assert carry_out(card.small.salon, invitations.invite, [card.client]).value.client_ids == ()


def test_what_was_seen_and_paid_at_a_visit_is_still_noted(card: Card) -> None:
    """The visit of today is served to its end."""
    small = card.small
    client = small.client("Ия")
    visit = small.book(at(10, 30), client)
    alert = carry_out(small.salon, register.warn, client, AlertKind.ALLERGY, "лак").value
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED, alerts_seen=[alert])
    carry_out(small.salon, forgetting.ask, client)
    small.complete(visit)
    assert alerts.unseen(small.database, visit) == ()
