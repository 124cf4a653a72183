"""A small salon for the tests, told in a few words. Everything goes through the real operations."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial

from app.clock import FixedClock, standing_at
from app.models.connection import Database
from app.models.kept import read_wall
from app.models.opening import create
from app.salon import profile as profile_of
from app.salon.catalogue import rooms, services, staff
from app.salon.checklists import templates
from app.salon.clients import alerts, register
from app.salon.profile import Profile
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, carry_out
from app.vocabulary import RoomKind, Stage, VisitStatus
from tests import lent

ZONE = "Europe/Moscow"
TODAY = date(2026, 5, 12)
"""A Tuesday."""


@dataclass(frozen=True, slots=True)
class SmallSalon:
    """Two masters, three services, nobody booked yet; the clock stands at 11:00 on Tuesday, 12 May 2026.

    Olga does nails, Maria does hair; both work every day from 9:00 to 21:00 in April to July 2026.
    """

    salon: Salon
    clock: FixedClock
    olga: int
    maria: int
    manicure: int
    pedicure: int
    colouring: int
    """90 minutes of work, a gap of 45, then 30 to finish; only Maria does it."""

    @property
    def database(self) -> Database:
        """The salon's database."""
        return self.salon.database

    def client(self, name: str = "Анна Щёлкина", phone: str = "", wishes: str = "") -> int:
        """Open a card."""
        return carry_out(self.salon, register.add, register.NewClient(name, phone, wishes)).value

    def wish(
        self,
        starts_at: datetime,
        *,
        service: int | None = None,
        staff: int | None = None,
        minutes: int | None = None,
    ) -> ServiceWish:
        """A service at a time; a manicure with Olga when nothing else is said."""
        service = service or self.manicure
        lengths = {
            self.manicure: Lengths(60),
            self.pedicure: Lengths(90),
            self.colouring: Lengths(90, 45, 30),
        }[service]
        chosen = staff or (self.maria if service == self.colouring else self.olga)
        return ServiceWish(service, chosen, starts_at, Lengths(minutes) if minutes else lengths, 180_000)

    def book(
        self,
        starts_at: datetime,
        client: int | None = None,
        *,
        service: int | None = None,
        staff: int | None = None,
        minutes: int | None = None,
    ) -> int:
        """Book a visit of one service; returns its id."""
        wish = self.wish(starts_at, service=service, staff=staff, minutes=minutes)
        return carry_out(self.salon, booking.book, BookingRequest(client, (wish,))).value

    def room(self, name: str, *services: int, kind: RoomKind = RoomKind.CHAIR) -> int:
        """Set a room up that is fit for some services."""
        return carry_out(self.salon, rooms.keep, None, rooms.RoomFacts(name, kind), services).value

    def lasts(self, service: int, lengths: Lengths) -> None:
        """Give a service of the price list these lengths."""
        (one,) = (one for one in services.listed(self.database, TODAY) if one.service_id == service)
        new = services.NewService(one.category_id, one.name, lengths, one.price, one.code, 21, one.template_id)
        carry_out(self.salon, services.change, service, new)

    def complete(self, visit_id: int) -> None:
        """The client came, was served and went; a visit of a later day is completed on its day."""
        present, begins = (
            self.clock.instant,
            self.database.value("SELECT MIN(starts_at) FROM booked_service WHERE visit_id = ?", (visit_id,)),
        )
        self.clock.instant = max(present, standing_at(read_wall(begins), ZONE).instant)
        seen = [one.alert_id for one in alerts.unseen(self.database, visit_id)]
        completed = partial(booking.set_status, reason="проверено в тесте", alerts_seen=seen)
        carry_out(self.salon, completed, visit_id, VisitStatus.COMPLETED)
        self.clock.instant = present

    def booked_service(self, visit_id: int, position: int = 0) -> int:
        """The id of a visit's service."""
        return int(
            self.database.value(
                "SELECT id FROM booked_service WHERE visit_id = ? AND position = ?", (visit_id, position)
            )
        )

    def status(self, visit_id: int) -> VisitStatus:
        """Where a visit stands."""
        return VisitStatus(self.database.value("SELECT status FROM visit WHERE id = ?", (visit_id,)))


def at(hour: int, minute: int = 0, *, day: date = TODAY, days: int = 0) -> datetime:
    """A wall time, today unless said otherwise."""
    return datetime(day.year, day.month, day.day, hour, minute) + timedelta(days=days)


def new_database() -> Database:
    """A new salon in memory that nobody has written into.

    It is a copy of one that was made once: making the tables takes longer than most tests.
    """
    return lent.copied(_new_once())


def small_salon(database: Database | None = None, *, now: datetime | None = None) -> SmallSalon:
    """The small salon, in memory or in place of what a given database holds; it too is a copy."""
    return copy_of(_made_once(), database, now=now)


def copy_of(made: SmallSalon, database: Database | None = None, *, now: datetime | None = None) -> SmallSalon:
    """A salon that somebody has furnished, once more: it may be changed, and the other stays as it is."""
    copy = copied(made.database, database) if database else lent.copied(made.database)
    clock = standing_at(now or at(11), ZONE)
    return replace(made, salon=Salon(copy, clock, made.salon.actor), clock=clock)


def copied(made: Database, into: Database) -> Database:
    """Put everything that one database holds in place of what another holds; returns the other."""
    made.connection.backup(into.connection)
    return into


@cache
def _new_once() -> Database:
    return create(None)


@cache
def _made_once() -> SmallSalon:
    database, clock = new_database(), standing_at(at(11), ZONE)
    salon = Salon(database, clock, "Администратор")
    carry_out(salon, profile_of.write, Profile(name="Студия на Садовой", zone=ZONE))
    nails = carry_out(salon, services.add_category, "Ногти", 0).value
    hair = carry_out(salon, services.add_category, "Волосы", 1, 1).value
    steps = (
        templates.PlannedStep(Stage.INTAKE, "Спросить про аллергию", True),
        templates.PlannedStep(Stage.INTAKE, "Предложить кофе, чай или воду"),
        templates.PlannedStep(Stage.SERVICE, "Предупредить об изменении времени или цены"),
        templates.PlannedStep(Stage.COMPLETION, "Показать результат при дневном свете", True),
    )
    template = carry_out(salon, templates.add, "Маникюр", steps).value

    def offer(category: int, name: str, lengths: Lengths, price: int, template_id: int | None = None) -> int:
        new = services.NewService(category, name, lengths, price, interval_days=21, template_id=template_id)
        return carry_out(salon, services.add, new).value

    manicure = offer(nails, "Маникюр с покрытием", Lengths(60), 180_000, template)
    pedicure = offer(nails, "Педикюр", Lengths(90), 250_000)
    colouring = offer(hair, "Окрашивание", Lengths(90, 45, 30), 650_000)
    olga = carry_out(salon, staff.add, "Ольга Белова", "мастер маникюра", position=0).value
    maria = carry_out(salon, staff.add, "Мария Ким", "стилист", position=1).value
    carry_out(salon, staff.can_do, olga, [manicure, pedicure])
    carry_out(salon, staff.can_do, maria, [manicure, colouring])
    week = [staff.WorkingHours(weekday, 9 * 60, 21 * 60) for weekday in range(7)]
    for master in (olga, maria):
        carry_out(salon, staff.plan_weeks, master, week, date(2026, 4, 1), date(2026, 7, 31))
    return SmallSalon(salon, clock, olga, maria, manicure, pedicure, colouring)
