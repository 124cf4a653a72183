"""A client of whom the salon knows everything that can be known: something unmistakable in every column of text."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from peewee import BooleanField, CharField, Field, ForeignKeyField, IntegerField, TextField

from app import models
from app.models.connection import Database, table_name
from app.models.fields import Day, Instant, MinorUnits, WallClock, WordField, Words
from app.models.personal import PERSONAL, OfPerson
from app.salon.clients import register
from app.salon.clients.register import NewClient
from app.salon.scheduling import booking, groups, turn_aways, waitlist
from app.salon.transaction import Work, carry_out
from app.vocabulary import Action, AlertKind, CancelReason, ReminderStatus, TurnAwayReason, VisitStatus
from tests.builders import TODAY, SmallSalon, at

BORN = date(1987, 3, 9)
PHONE, OLD_PHONE = "+79161234567", "+79037654321"


@dataclass
class Life:
    """A client and what must not be found anywhere any more once they are forgotten."""

    client: int
    visits: list[int]
    secrets: set[str] = field(default_factory=set[str])


def live(small: SmallSalon, mark: str = "Тайна", days: int = 0) -> Life:
    """Let a client live through everything that the program can write down, so many days later than today."""
    return _Making(small, mark, days).life


class _Making:
    def __init__(self, small: SmallSalon, mark: str, days: int) -> None:
        self.small, self.mark, self.days = small, mark, days
        salon = small.salon
        new = NewClient(
            self.secret("имя"), PHONE, self.secret("желания"), self.secret("заметки"), BORN, self.secret("чей")
        )
        client = carry_out(salon, register.add, new).value
        self.life = Life(client, [])
        self.life.secrets = {new.name, new.wishes, new.notes, new.whose_phone, PHONE, OLD_PHONE, BORN.isoformat()}
        self._talk(client)
        self._visits(client)
        carry_out(salon, self._write_everything)

    def secret(self, what: str) -> str:
        """Something that is found nowhere else."""
        return f"{self.mark}{what}"

    def keep(self, what: str) -> str:
        """A secret that must be gone afterwards."""
        made = self.secret(what)
        self.life.secrets.add(made)
        return made

    def _talk(self, client: int) -> None:
        salon = self.small.salon
        contact = carry_out(salon, register.add_phone, client, OLD_PHONE, self.keep("мама")).value
        carry_out(salon, register.remove_contact, client, contact)
        carry_out(salon, register.rename, client, self.keep("былоимя"))
        carry_out(salon, register.rename, client, self.secret("имя"))
        alert = carry_out(salon, register.warn, client, AlertKind.ALLERGY, self.keep("аллергия")).value
        carry_out(salon, register.take_back_alert, client, alert)
        carry_out(salon, register.set_wishes, client, self.keep("новыежелания"))

    def _visits(self, client: int) -> None:
        small, salon = self.small, self.small.salon
        past = small.book(at(9, days=self.days), client)
        request = booking.BookingRequest(client, (small.wish(at(14, days=self.days)),), self.keep("записка"))
        carry_out(salon, booking.change, past, request)
        present = small.clock.instant
        small.clock.instant = present + timedelta(days=max(self.days, 0))
        carry_out(salon, booking.set_status, past, VisitStatus.COMPLETED, reason=self.keep("шаги"))
        small.clock.instant = present
        over = booking.BookingRequest(
            client, (small.wish(at(14, days=self.days)),), overbooked_reason=self.keep("поверх")
        )
        beside = carry_out(salon, booking.book, over).value
        friend = small.book(at(17, days=self.days), small.client("Подруга"))
        carry_out(salon, groups.join, beside, friend)
        carry_out(salon, booking.cancel, beside, CancelReason.OTHER, self.keep("отмена"))
        late = small.book(at(10, days=20 + self.days), client, service=small.colouring)
        carry_out(salon, booking.cancel, late, CancelReason.CLIENT_ILL)
        self.life.visits = [past, beside, late]
        window = waitlist.Window(TODAY, TODAY.replace(day=30))
        wait = waitlist.NewWait(client, (small.pedicure,), (window,), (), self.keep("ждёт"))
        carry_out(salon, waitlist.add, wait)
        turned = turn_aways.NewTurnAway(TurnAwayReason.OTHER, client_id=client, note=self.keep("отказ"))
        carry_out(salon, turn_aways.log, turned)

    def _write_everything(self, work: Work) -> None:
        """A row with something in every column of text, of each table that the stories above did not fill."""
        work.tell(Action.CLIENT_CHANGED, client=self.life.client)
        visit = self.life.visits[0]
        booked = work.database.value("SELECT id FROM booked_service WHERE visit_id = ?", (visit,))
        own = {"client": self.life.client, "visit": visit, "booked_service": booked}
        for table in models.ALL_TABLES:
            name = table_name(table)
            personal = PERSONAL.get(name)
            if personal is None or name in _FILLED_BY_STORIES:
                if work.database.value(f'SELECT MIN(id) FROM "{name}"') is None and name in _ASKED_FOR:
                    work.insert(table, **self._row(work.database, table, own))
                continue
            own[name] = work.insert(table, **self._row(work.database, table, own))
            if name == "reminder":
                its = {"client": None, "visit": own["visit"], "status": ReminderStatus.SENT, "due_at": at(13, 7)}
                work.insert(table, **{**self._row(work.database, table, own), **its})
            work.notes.clients.add(self.life.client)
        group = work.database.value("SELECT group_id FROM visit WHERE id = ?", (self.life.visits[1],))
        work.update(models.VisitGroup, group, name=self.keep("компания"))

    def _row(self, database: Database, table: Any, own: dict[str, int]) -> dict[str, Any]:
        values = {one.name: self._value(database, table, one, own) for one in table._meta.sorted_fields}
        if table is models.Reminder:
            values["visit"] = None
        if table is models.ClientRelation:
            values["relative"] = self.small.client("Сестра")
        if table is models.NotDuplicate:
            values["other"] = self.small.client("Однофамилица")
        values.pop("id")
        return values

    def _value(self, database: Database, table: Any, one: Field, own: dict[str, int]) -> Any:
        name, column = table_name(table), one.name
        if isinstance(one, ForeignKeyField):
            target = table_name(one.rel_model)
            return own.get(target) or database.value(f'SELECT MIN(id) FROM "{target}"')
        if isinstance(one, WordField):
            return next(iter(one.words))
        if isinstance(one, (Words, CharField, TextField)):
            personal = PERSONAL.get(name, OfPerson())
            gone = column in (*personal.emptied, *personal.dashed) or bool(personal.removed_where)
            is_secret = gone and column not in (*personal.kept, *_STAFF)
            return self.keep(f"{name}{column}") if is_secret else f"{name} {column} {self.life.client}"
        return _plain(one)


_FILLED_BY_STORIES = {
    "client", "visit", "booked_service", "occupancy", "visit_step", "waitlist_entry", "waitlist_service",
    "waitlist_master", "waitlist_window", "place_hold", "turn_away", "visit_group", "series", "absence_call",
}  # fmt: skip
_ASKED_FOR = {"client_category", "consent_text", "question", "question_choice"}
"""Of the salon itself, and named by rows of a client."""
_STAFF = {"actor", "added_by", "stored_name", "digest"}
"""Names of the salon's own people, and what the program calls a file."""


def _plain(one: Field) -> Any:
    if isinstance(one, Instant):
        return datetime.fromisoformat("2026-05-01T10:00:00+00:00")
    if isinstance(one, WallClock):
        return at(12)
    if isinstance(one, Day):
        return TODAY
    if isinstance(one, BooleanField):
        return False
    assert isinstance(one, (IntegerField, MinorUnits)), f"say what may stand in {one.name}"
    return 1
