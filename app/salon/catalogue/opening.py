"""Opening a salon: its name and hours, its masters, and a price list to begin with."""

from dataclasses import dataclass, replace

from app.errors import BadDuration, NameMissing
from app.salon import profile as profile_of
from app.salon.catalogue import price_lists, rosters, services, staff
from app.salon.catalogue.patterns import Stretch, weekly
from app.salon.checklists import templates
from app.salon.transaction import Work
from app.vocabulary import Action, Language


@dataclass(frozen=True, slots=True)
class OpeningPlan:
    """What the first start asks. Hours are minutes of the day; ``weekdays`` are working days, 0 is Monday."""

    name: str
    opens: int
    closes: int
    weekdays: tuple[int, ...]
    masters: tuple[str, ...]
    trades: tuple[str, ...]
    """Price lists to begin with (see ``price_lists.TRADES``)."""


def open_salon(work: Work, plan: OpeningPlan, language: Language) -> None:
    """Set a new salon up so that the first client can be booked at once; each part can be changed later.

    Every master does everything of the chosen price lists. Raises NameMissing and BadDuration.
    """
    names = tuple(name.strip() for name in plan.masters if name.strip())
    if not plan.name.strip() or not names:
        raise NameMissing
    if plan.closes <= plan.opens:
        raise BadDuration(0)
    work.tell(Action.SALON_OPENED, note=plan.name.strip())
    facts = replace(
        profile_of.read(work.database), name=plan.name.strip(), opens_minute=plan.opens, closes_minute=plan.closes
    )
    profile_of.write(work, facts)
    service_ids = _offer(work, price_lists.read(language, plan.trades)) if plan.trades else []
    today = work.wall_now.date()
    hours = (Stretch(plan.opens, plan.closes),)
    week = weekly(today, dict.fromkeys(plan.weekdays, hours))
    for position, name in enumerate(names):
        master = staff.add(work, name, position=position)
        staff.can_do(work, master, service_ids)
        rosters.begin(work, master, week)


def _offer(work: Work, offered: price_lists.PriceList) -> list[int]:
    lists = {
        key: templates.add(
            work,
            one.name,
            tuple(templates.PlannedStep(step.stage, step.text, step.is_required) for step in one.steps),
        )
        for key, one in offered.checklists.items()
    }
    categories = [
        services.add_category(work, one.name, one.colour, position) for position, one in enumerate(offered.categories)
    ]
    return [
        services.add(
            work,
            services.NewService(
                category_id=categories[one.category],
                name=one.name,
                lengths=one.lengths,
                price=one.price,
                code=one.code,
                interval_days=one.interval_days,
                template_id=lists[one.checklist],
            ),
            position,
        )
        for position, one in enumerate(offered.services.values())
    ]
