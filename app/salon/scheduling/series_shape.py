"""What a visit of a series consists of, now and before it was set apart from its series."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.errors import Gone
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import journal
from app.salon.scheduling.booking import ServiceWish
from app.salon.scheduling.intervals import Lengths


@dataclass(frozen=True, slots=True)
class Shape:
    """What a visit consists of."""

    client_id: int | None
    comment: str
    services: tuple[ServiceWish, ...]

    @property
    def starts_at(self) -> datetime:
        """When the client comes."""
        return min(one.starts_at for one in self.services)

    def price_of(self, service_id: int) -> tuple[int | None, ...]:
        """The price of a service in it; nothing where it has none of them."""
        return next(((one.price,) for one in self.services if one.service_id == service_id), ())


def like(own: Shape, before: Shape, after: Shape, starts_at: datetime) -> tuple[ServiceWish, ...]:
    """The services of ``after`` from ``starts_at``. A price that was not part of the change stays as it was."""
    by = starts_at - after.starts_at
    wishes: list[ServiceWish] = []
    for one in after.services:
        was, stands = before.price_of(one.service_id), own.price_of(one.service_id)
        price = stands[0] if stands and was == (one.price,) else one.price
        wishes.append(replace(one, starts_at=one.starts_at + by, price=price))
    return tuple(wishes)


_PARTS = ("working", "gap", "finishing", "before", "after")
_SHAPE = """
SELECT b.id, b.service_id, b.staff_id, b.starts_at, b.working_minutes, b.gap_minutes, b.finishing_minutes, b.price,
       b.takes_time, b.position, b.before_minutes, b.after_minutes, b.is_asked_for
FROM booked_service b WHERE b.visit_id = ?
"""
_COLUMNS: tuple[str, ...] = (
    "id",
    "service_id",
    "staff_id",
    "starts_at",
    "working_minutes",
    "gap_minutes",
    "finishing_minutes",
    "price",
    "takes_time",
    "position",
    "before_minutes",
    "after_minutes",
    "is_asked_for",
)


def shape_of(database: Database, visit_id: int) -> Shape:
    """The visit as it stands. Raises Gone."""
    return _shaped(*_rows_of(database, visit_id))


def _rows_of(database: Database, visit_id: int) -> tuple[dict[str, Any], dict[int, dict[str, Any]]]:
    visit = database.row("SELECT client_id, comment FROM visit WHERE id = ?", (visit_id,))
    if visit is None:
        raise Gone
    booked = {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in database.rows(_SHAPE, (visit_id,))}
    return {"client_id": visit[0], "comment": visit[1]}, booked


def _shaped(visit: dict[str, Any], booked: dict[int, dict[str, Any]]) -> Shape:
    services = [row for row in booked.values() if row["takes_time"]]
    if not services:
        raise Gone
    services.sort(key=lambda row: (row["starts_at"], row["position"], row["id"]))
    wishes = tuple(
        ServiceWish(
            row["service_id"],
            row["staff_id"],
            read_wall(row["starts_at"]),
            Lengths(*(row[f"{part}_minutes"] for part in _PARTS)),
            row["price"],
            is_asked_for=bool(row["is_asked_for"]),
        )
        for row in services
    )
    return Shape(visit["client_id"], visit["comment"], wishes)


def before_apart(database: Database, visit_id: int) -> Shape:
    """The visit as it was before it left its series; as it stands when it never did.

    The journal is read backwards to the act that set it apart, so that two small moves count as one. A visit that was
    booked apart never was elsewhere: then its last change counts.
    """
    visit, booked = _rows_of(database, visit_id)
    if not database.value("SELECT is_exception FROM visit WHERE id = ?", (visit_id,)):
        return _shaped(visit, booked)
    entries = database.rows("SELECT changes FROM journal_entry WHERE visit = ? ORDER BY id DESC", (visit_id,))
    last: Shape | None = None
    for (text,) in entries:
        changes = journal.read_changes(text)
        own = [one for one in changes if one.table == "visit" and one.row_id == visit_id]
        if any(one.before is None for one in own):
            break
        for change in reversed(changes):
            _take_back(change, visit_id, visit, booked)
        last = last or _shaped(visit, booked)
        if any((one.after or {}).get("is_exception") for one in own):
            return _shaped(visit, booked)
    return last or _shaped(visit, booked)


def _take_back(
    change: journal.RowChange, visit_id: int, visit: dict[str, Any], booked: dict[int, dict[str, Any]]
) -> None:
    before = change.before or {}
    if change.table == "visit" and change.row_id == visit_id:
        visit.update({name: before[name] for name in visit if name in before})
    elif change.table == "booked_service" and change.row_id in booked:
        if change.before is None:
            del booked[change.row_id]
        else:
            booked[change.row_id].update({name: before[name] for name in _COLUMNS if name in before})
    elif change.table == "booked_service" and change.after is None and before.get("visit_id") == visit_id:
        booked[change.row_id] = {name: before.get(name) for name in _COLUMNS}
