"""What the sample salon offers, who does it, and when they work, as rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from app.models import (
    Block,
    ChecklistTemplate,
    Occupancy,
    Room,
    RoomService,
    Roster,
    RosterDay,
    Service,
    ServiceCategory,
    Shift,
    StaffMember,
    StaffService,
    TemplateStep,
)
from app.salon.catalogue.patterns import WEEK
from app.salon.exchange.sample.diary import PAIRS, Diary, is_working_day
from app.salon.exchange.sample.material import Master, Material
from app.salon.exchange.sample.rows import Rows
from app.salon.exchange.sample.visits import at
from app.vocabulary import BlockKind


@dataclass(frozen=True, slots=True)
class CatalogueIds:
    """The ids of services by key and of masters by number."""

    services: dict[str, int]
    masters: tuple[int, ...]
    administrator: str
    """The name of who stands at the front desk."""
    rooms: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    """The rooms that are fit for a service, by its key; it takes one of them."""


def add_catalogue(material: Material, rows: Rows) -> CatalogueIds:
    """Note checklists, categories, services and staff."""
    prices = material.price_list
    templates = {key: add_checklist(material, key, rows) for key in prices.checklists}
    categories = [
        rows.add(ServiceCategory, name=category.name, colour=category.colour, position=position)
        for position, category in enumerate(prices.categories)
    ]
    services = {
        service.key: rows.add(
            Service,
            category=categories[service.category],
            name=service.name,
            code=service.code,
            working_minutes=service.lengths.working,
            gap_minutes=service.lengths.gap,
            finishing_minutes=service.lengths.finishing,
            price=service.price,
            interval_days=service.interval_days,
            template=templates[service.checklist],
            position=position,
        )
        for position, service in enumerate(prices.services.values())
    }
    masters = tuple(_add_master(material, number, services, rows) for number in range(len(material.masters)))
    rooms = _add_rooms(material, services, rows)
    return CatalogueIds(services, masters, add_office(material, rows, len(masters)), rooms)


def _add_rooms(material: Material, services: dict[str, int], rows: Rows) -> dict[str, tuple[int, ...]]:
    fit: dict[str, tuple[int, ...]] = {}
    for position, place in enumerate(material.rooms):
        room = rows.add(Room, name=place.name, kind=place.kind, position=position)
        for key, service in services.items():
            if key in place.services:
                rows.add(RoomService, room=room, service=service)
                fit[key] = (*fit.get(key, ()), room)
    return fit


def add_checklist(material: Material, key: str, rows: Rows) -> int:
    """Note a checklist with its steps; returns its id."""
    checklist = material.price_list.checklists[key]
    template = rows.add(ChecklistTemplate, name=checklist.name)
    for position, step in enumerate(checklist.steps):
        rows.add(
            TemplateStep,
            template=template,
            stage=step.stage,
            position=position,
            text=step.text,
            is_required=step.is_required,
        )
    return template


def _add_master(material: Material, number: int, services: dict[str, int], rows: Rows) -> int:
    master = material.masters[number]
    staff = rows.add(
        StaffMember, name=master.name, title=master.title, is_master=True, is_administrator=False, is_owner=False,
        position=number,
    )  # fmt: skip
    for key, service in services.items():
        if key in master.services:
            rows.add(StaffService, staff=staff, service=service)
    return staff


def add_office(material: Material, rows: Rows, masters: int) -> str:
    """Note who is no master, after so many ``masters``; returns the name of who stands at the front desk."""
    for position, colleague in enumerate(material.office):
        rows.add(
            StaffMember, name=colleague.name, title=colleague.title, is_master=False,
            is_administrator=colleague.role == "administrator", is_owner=colleague.role == "owner",
            position=masters + position,
        )  # fmt: skip
    return next(colleague.name for colleague in material.office if colleague.role == "administrator")


# ---- shifts and blocks ---------------------------------------------------------------------------------------


def add_shifts(material: Material, masters: tuple[int, ...], first: date, last: date, today: date, rows: Rows) -> Diary:
    """Note the shifts and the breaks from ``first`` to ``last``; returns the diary with what is left."""
    diary = Diary()
    for number, master in enumerate(material.masters):
        _add_roster(master, masters[number], first, today, rows)
    for day in days(first, last):
        for number, master in enumerate(material.masters):
            if is_working_day(master, day, today):
                rows.add(
                    Shift,
                    staff=masters[number],
                    day=day,
                    starts_at=at(day, master.opens),
                    ends_at=at(day, master.closes),
                )
                diary.open(day, number, master.opens, master.closes)
                _block(rows, diary, masters, day, number, master.rest, BlockKind.BREAK, material.phrase("rest"))
    return diary


def _add_roster(master: Master, staff_id: int, first: date, today: date, rows: Rows) -> None:
    """The rule behind the shifts: pairs of days, or a week."""
    cycle = PAIRS if master.rota == "pairs" else WEEK
    roster = rows.add(
        Roster,
        staff=staff_id,
        first_day=first,
        last_day=None,
        cycle_days=cycle,
        created_at=datetime(first.year, first.month, first.day, tzinfo=UTC),
    )
    for position in range(cycle):
        if is_working_day(master, first + timedelta(days=position), today):
            rows.add(
                RosterDay, roster=roster, position=position, opens_minute=master.opens, closes_minute=master.closes
            )


def add_absences(
    material: Material,
    masters: tuple[int, ...],
    first: date,
    last: date,
    today: date,
    diary: Diary,
    rng: Random,
    rows: Rows,
) -> None:
    """Note trainings and the odd appointment of the masters; today is left to its script."""
    for number, master in enumerate(material.masters):
        for day in days(first, last):
            if day == today or not diary.works(day, number) or rng.random() > 0.025:
                continue
            is_training = rng.random() < 0.5
            kind = BlockKind.TRAINING if is_training else BlockKind.ABSENCE
            reason = rng.choice(material.phrases("training" if is_training else "absence"))
            span = (master.closes - 90, master.closes) if rng.random() < 0.6 else (master.opens, master.opens + 60)
            _block(rows, diary, masters, day, number, span, kind, reason)


def _block(
    rows: Rows,
    diary: Diary,
    masters: tuple[int, ...],
    day: date,
    number: int,
    span: tuple[int, int],
    kind: BlockKind,
    reason: str,
) -> None:
    starts_at, ends_at = at(day, span[0]), at(day, span[1])
    block = rows.add(
        Block, staff=masters[number], day=day, starts_at=starts_at, ends_at=ends_at, kind=kind, reason=reason
    )
    rows.add(
        Occupancy, staff=masters[number], room=None, starts_at=starts_at, ends_at=ends_at, booked_service=None,
        block=block,
    )  # fmt: skip
    diary.close(day, number, *span)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
