"""A full day costs as many questions to the database as an empty one (issue of others: the calendar grew slow)."""

from collections.abc import Callable

from app.salon.catalogue import staff
from app.salon.reminders import queue
from app.salon.scheduling import agenda, day_list, my_day
from app.salon.scheduling.day_list import DayList
from app.salon.transaction import carry_out
from tests.builders import SmallSalon, at


def asked(small: SmallSalon, read: Callable[[], object]) -> int:
    """How many queries ``read`` asks."""
    seen: list[str] = []
    connection = small.database.connection
    connection.set_trace_callback(seen.append)
    read()
    connection.set_trace_callback(None)
    # A subquery's table functions are traced as comments of their own.
    return len([one for one in seen if not one.startswith("--")])


def test_a_full_day_asks_no_more_than_an_empty_one(small: SmallSalon) -> None:
    day = at(9, days=2).date()
    now = at(12, days=1)
    reads: dict[str, tuple[Callable[[], object], int]] = {
        "agenda": (lambda: agenda.of_day(small.database, day), 4),
        "my day": (lambda: my_day.of_master(small.database, small.olga, day), 13),
        "due": (lambda: queue.due(small.database, now), 2),
        "count": (lambda: queue.count_due(small.database, now), 1),
    }
    empty = {name: asked(small, read) for name, (read, _most) in reads.items()}
    for hour in range(9, 20):
        small.book(at(hour, days=2), small.client(f"Клиентка {hour}"))
    for name, (read, most) in reads.items():
        assert empty[name] <= asked(small, read) <= most, name


def test_the_list_of_a_large_salon_asks_no_more_than_that_of_a_small_one(small: SmallSalon) -> None:
    day = at(9, days=2).date()

    def listed() -> DayList:
        return day_list.of_day(small.database, day)

    small.book(at(10, days=2), small.client())
    before, few = listed(), asked(small, listed)
    for number in range(5):
        master = carry_out(small.salon, staff.add, f"Мастер {number}", position=number + 2).value
        carry_out(small.salon, staff.can_do, master, [small.manicure])
        carry_out(small.salon, staff.plan_weeks, master, [staff.WorkingHours(day.weekday(), 540, 1260)], day, day)
        small.book(at(10, days=2), small.client(f"Клиентка {number}"), staff=master)
    now = listed()
    assert asked(small, listed) == few == 15
    assert [len(one.visits) for one in now.days] == [1, 0, 1, 1, 1, 1, 1]
    assert now.days[:2] == before.days
