"""A salon's past, told visit by visit and written straight into the tables, as an import writes it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from app.models import BookedService, Client, Service, ServiceCategory, StaffMember, Visit
from app.models.connection import Database
from app.salon.statistics.results import FigureResult, FigureRow, Group, RowKind
from app.vocabulary import CancelReason, VisitStatus
from tests.builders import new_database

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Past:
    """A salon with masters Olga and Maria, and the house, which sells and serves but is no master."""

    database: Database = field(default_factory=new_database)
    olga: int = 0
    maria: int = 0
    house: int = 0
    service: int = 0

    def __post_init__(self) -> None:
        category = self.database.insert(ServiceCategory, {"name": "Ногти"})
        self.service = self.database.insert(Service, {"category": category, "name": "Маникюр", "working_minutes": 60})
        self.olga = self.staff("Ольга", position=1)
        self.maria = self.staff("Мария", position=2)
        self.house = self.staff("Салон", position=3, is_master=False)

    def staff(
        self,
        name: str,
        *,
        position: int = 9,
        is_master: bool = True,
        is_administrator: bool = False,
        left: bool = False,
    ) -> int:
        """Somebody who works here, or has left."""
        facts = {"name": name, "position": position, "is_master": is_master, "is_administrator": is_administrator}
        return self.database.insert(StaffMember, facts | {"archived_at": LONG_AGO if left else None})

    def client(self, name: str = "Анна") -> int:
        """A card."""
        return self.database.insert(Client, {"name": name, "created_at": LONG_AGO})

    def visit(
        self,
        client: int | None,
        day: date,
        *staff: int,
        status: VisitStatus = VisitStatus.COMPLETED,
        reason: CancelReason | None = None,
        takes_time: bool = True,
    ) -> int:
        """One visit with a service of each of ``staff`` (Olga when nobody is named)."""
        visit_id = self.database.insert(
            Visit,
            {"client": client, "day": day, "status": status, "cancel_reason": reason, "created_at": LONG_AGO},
        )
        starts_at = datetime.combine(day, time(10))
        for master in staff or (self.olga,):
            self.database.insert(
                BookedService,
                {
                    "visit": visit_id,
                    "service": self.service,
                    "staff": master,
                    "starts_at": starts_at,
                    "ends_at": starts_at + timedelta(hours=1),
                    "working_minutes": 60,
                    "takes_time": takes_time,
                },
            )
        return visit_id

    def came(self, name: str, *days: date, to: Sequence[int] = ()) -> int:
        """A client who came on these days."""
        client = self.client(name)
        for day in days:
            self.visit(client, day, *to)
        return client


def row_of(
    result: FigureResult, kind: RowKind = RowKind.SALON, group: Group = Group.ALL, staff: int | None = None
) -> FigureRow:
    """The one row of its kind."""
    (found,) = [row for row in result.rows if (row.kind, row.group, row.staff_id) == (kind, group, staff)]
    return found


def counted(row: FigureRow) -> tuple[int, int, int]:
    """Numerator, denominator and immature."""
    return row.numerator, row.denominator, row.immature
