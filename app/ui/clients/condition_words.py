"""What the conditions of a segment say on their chips."""

from collections.abc import Sequence

from app import wording
from app.language import _, ngettext
from app.salon.clients.conditions import Between, Conditions, Days
from app.salon.clients.segments import Choice, Choices

_NAMED = 2
"""So many names stand on a chip; more are counted."""


def chips(conditions: Conditions, choices: Choices, currency: str) -> list[tuple[str, str]]:
    """The name of each condition that is set, and its words, in the order in which they are read."""
    named = (
        ("services", conditions.services, choices.services, _services),
        ("masters", conditions.masters, choices.masters, _masters),
        ("categories", conditions.categories, choices.categories, _categories),
        ("sources", conditions.sources, choices.sources, _sources),
    )
    found = [
        ("rhythm", ", ".join(wording.rhythm_state(state) for state in conditions.rhythm)),
        ("last_visit", "" if conditions.last_visit is None else last_visit(conditions.last_visit)),
        ("last_day", "" if conditions.last_day is None else last_day(conditions.last_day)),
        ("visits", "" if conditions.visits is None else visits(conditions.visits)),
        ("spent", "" if conditions.spent is None else spent(conditions.spent, currency)),
        ("birthday", "" if conditions.birthday is None else wording.birthday_soon(conditions.birthday)),
        *((field, _names(chosen, offered) or count(len(chosen))) for field, chosen, offered, count in named if chosen),
        ("advertising", "" if conditions.advertising is None else advertising(may=conditions.advertising)),
        ("is_vip", "" if conditions.is_vip is None else vip(is_vip=conditions.is_vip)),
    ]
    return [(field, words) for field, words in found if words]


def last_visit(days: Between) -> str:
    """How long ago the last visit was."""
    since = "" if days.at_least is None else _away(days.at_least)
    within = "" if days.at_most is None else _within(days.at_most)
    return ", ".join(part for part in (since, within) if part)


def last_day(days: Days) -> str:
    """Between which dates the last visit was."""
    if days.first is not None and days.last is not None:
        return _("last visit {days}").format(days=wording.days_between(days.first, days.last))
    if days.first is not None:
        return _("last visit since {day}").format(day=wording.short_date(days.first))
    return "" if days.last is None else _("last visit until {day}").format(day=wording.short_date(days.last))


def _away(days: int) -> str:
    return ngettext("no visit for {n} day", "no visit for {n} days", days).format(n=wording.number(days))


def _within(days: int) -> str:
    return ngettext("here within {n} day", "here within {n} days", days).format(n=wording.number(days))


def visits(number: Between) -> str:
    """How many visits."""
    if number == Between(0, 0):
        return _("no visit yet")
    if number.at_least == number.at_most and number.at_least is not None:
        return ngettext("exactly {n} visit", "exactly {n} visits", number.at_least).format(
            n=wording.number(number.at_least)
        )
    more = "" if number.at_least is None else _more_visits(number.at_least)
    fewer = "" if number.at_most is None else _fewer_visits(number.at_most)
    return ", ".join(part for part in (more, fewer) if part)


def _more_visits(number: int) -> str:
    return ngettext("from {n} visit", "from {n} visits", number).format(n=wording.number(number))


def _fewer_visits(number: int) -> str:
    return ngettext("up to {n} visit", "up to {n} visits", number).format(n=wording.number(number))


def spent(amount: Between, currency: str) -> str:
    """How much was paid to date."""
    more = (
        ""
        if amount.at_least is None
        else _("spent from {money}").format(money=wording.money(amount.at_least, currency))
    )
    less = (
        "" if amount.at_most is None else _("spent up to {money}").format(money=wording.money(amount.at_most, currency))
    )
    return ", ".join(part for part in (more, less) if part)


def advertising(*, may: bool) -> str:
    """Whether advertising may be sent."""
    return _("advertising allowed") if may else _("no consent to advertising")


def vip(*, is_vip: bool) -> str:
    """Whether they are VIP."""
    return _("VIP") if is_vip else _("not VIP")


def _names(chosen: Sequence[int], offered: Sequence[Choice]) -> str:
    """The names, where they fit and all of them are known."""
    names = [choice.name for choice in offered if choice.number in chosen]
    if len(names) != len(chosen) or len(names) > _NAMED:
        return ""
    return names[0] if len(names) == 1 else _("{first} or {second}").format(first=names[0], second=names[1])


def _services(count: int) -> str:
    return ngettext("one of {n} service", "one of {n} services", count).format(n=count)


def _masters(count: int) -> str:
    return ngettext("one of {n} master", "one of {n} masters", count).format(n=count)


def _categories(count: int) -> str:
    return ngettext("one of {n} category", "one of {n} categories", count).format(n=count)


def _sources(count: int) -> str:
    return ngettext("one of {n} source", "one of {n} sources", count).format(n=count)
