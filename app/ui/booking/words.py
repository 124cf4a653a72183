"""What the booking form says: the client in a few facts, and why a place is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import wording
from app.language import _, ngettext
from app.salon.clients.answers import AskedQuestion
from app.salon.clients.card import CardAlert, CardVisit, ClientCard
from app.salon.scheduling.group_places import GroupPlace
from app.salon.scheduling.places import PlannedService, StandingVisit
from app.salon.scheduling.proposals import Difference, Proposal
from app.ui.booking.draft import PriceList
from app.vocabulary import AlertKind, LastTimeChange, ProposalKind

_LONGEST_WHO = 40


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about the client. ``tone`` is a colour token."""

    icon: str
    text: str
    tone: str = "muted"


def facts(
    card: ClientCard,
    today: date,
    currency: str,
    not_asked: Sequence[AskedQuestion] = (),
    changed: int | None = None,
    *,
    bonus: int = 0,
) -> list[Fact]:
    """What matters while this client is on the phone, the most pressing first; last what nobody has asked yet.

    ``changed`` is the visit that is being changed: of what is booked, another one is told. ``bonus`` (minor units) is
    what can be paid with.
    """
    found: list[Fact] = []
    ahead = card.next_besides(changed, today)
    if ahead is not None:
        booked = _("Already booked: {when}").format(when=_when(ahead, today))
        found.append(Fact("calendar", booked, "accent"))
    if card.last_visit is not None:
        found.append(Fact("history", _last_visit(card.last_visit, today)))
    rhythm = _rhythm(card, today)
    if rhythm is not None:
        found.append(rhythm)
    shows_money = card.spent is not None
    unpaid = _unpaid(card.last_visit, currency)
    if unpaid and shows_money:
        found.append(Fact("wallet", unpaid, "warn"))
    if bonus and shows_money:
        found.append(Fact("star", _("Bonuses: {money}").format(money=wording.money(bonus, currency))))
    if card.wishes:
        found.append(Fact("heart", card.wishes))
    if not_asked:
        questions = wording.inside_a_sentence(wording.questions([one.text for one in not_asked]))
        found.append(Fact("message-circle", _("Not asked yet: {questions}").format(questions=questions)))
    return found


def _when(visit: CardVisit, today: date) -> str:
    day = wording.weekday_and_date(visit.day, today)
    return f"{day}, {wording.clock_time(visit.services[0].starts_at)}" if visit.hour_known else day


def _last_visit(visit: CardVisit, today: date) -> str:
    masters = list(dict.fromkeys(wording.short_name(one.staff_name) for one in visit.services))
    names = list(dict.fromkeys(wording.inside_a_sentence(one.service_name) for one in visit.services))
    return _("Last time {when}: {services}, {masters}").format(
        when=f"{wording.short_date(visit.day, today)} ({wording.relative_day(visit.day, today)})",
        services=wording.listed(names),
        masters=wording.listed(masters),
    )


def _rhythm(card: ClientCard, today: date) -> Fact | None:
    """The own interval, and whether it is time (STATISTICS: due, late)."""
    if card.interval_days is None:
        return None
    days = card.interval_days
    if card.due_on is None or card.last_visit is None:
        return Fact("repeat", ngettext("Comes every {n} day", "Comes every {n} days", days).format(n=days))
    day = wording.short_date(card.due_on, today)
    if today >= card.last_visit.day + timedelta(days=days * 3 / 2):
        late = ngettext("Comes every {n} day, late since {day}", "Comes every {n} days, late since {day}", days)
        return Fact("repeat", late.format(n=days, day=day), "warn")
    if today >= card.due_on:
        due = ngettext("Comes every {n} day, due since {day}", "Comes every {n} days, due since {day}", days)
        return Fact("repeat", due.format(n=days, day=day), "accent")
    early = ngettext("Comes every {n} day, due from {day}", "Comes every {n} days, due from {day}", days)
    return Fact("repeat", early.format(n=days, day=day))


def _unpaid(visit: CardVisit | None, currency: str) -> str:
    """What was paid in part. Nothing is said where no payment is on record: many salons keep none."""
    if visit is None:
        return ""
    prices = [one.price for one in visit.services]
    agreed = sum(price for price in prices if price is not None)
    if None in prices or not 0 < visit.paid < agreed:
        return ""
    return _("Last time {paid} of {price} was paid").format(
        paid=wording.money(visit.paid, currency), price=wording.money(agreed, currency)
    )


def alert_lines(alerts: Sequence[CardAlert]) -> list[str]:
    """What must be known of a client, the gravest first."""
    ordered = sorted(alerts, key=lambda one: list(AlertKind).index(one.kind))
    return [wording.at_the_beginning(wording.alert(one.kind, one.text)) for one in ordered]


def alerts(found: Sequence[CardAlert]) -> str:
    """The same, one below the other; empty where there is none."""
    return "\n".join(alert_lines(found))


def unfinished(who: str, services: Sequence[str], starts_at: datetime | None, today: date) -> str:
    """Who and what a booking is that was left half-filled: ``Анна Щёлкина, маникюр, вт, 12 мая, 15:30``.

    Of a very long name the beginning says enough: what is said has to fit beside its button.
    """
    who = who if len(who) <= _LONGEST_WHO else f"{who[: _LONGEST_WHO - 1].rstrip()}…"
    what = [wording.listed([wording.inside_a_sentence(one) for one in dict.fromkeys(services)])] if services else []
    when = [] if starts_at is None else [_moment(starts_at, today)]
    return ", ".join((who, *what, *when))


def no_place(planned: Sequence[PlannedService], names: dict[int, str], minutes: int, day: date, today: date) -> str:
    """That a day has no time for the services that are wanted."""
    wanted = _wanted(planned, names, minutes)
    return _("Nothing is free on {day}: {wanted}").format(day=wording.weekday_and_date(day, today), wanted=wanted)


def does_not_fit(
    planned: Sequence[PlannedService], names: dict[int, str], minutes: int, starts_at: datetime, today: date
) -> str:
    """That the start which was found for fewer services does not do for all that are wanted now."""
    wanted = _wanted(planned, names, minutes)
    return _("{when} does not fit: {wanted}").format(when=_moment(starts_at, today), wanted=wanted)


def _wanted(planned: Sequence[PlannedService], names: dict[int, str], minutes: int) -> str:
    services = wording.listed([wording.inside_a_sentence(one.service_name) for one in planned])
    masters = dict.fromkeys(wording.short_name(names.get(one.staff_id, "")) for one in planned)
    return ", ".join((services, wording.duration(minutes), wording.listed(list(masters))))


def difference(one: Difference) -> str:
    """What is not as it was last time, to be told to the client."""
    if one.change is LastTimeChange.SERVICE_GONE:
        return _("“{service}” is no longer offered.").format(service=one.service_name)
    return _("{before} no longer does “{service}”: {now} will.").format(
        before=wording.short_name(one.before), service=one.service_name, now=wording.short_name(one.now)
    )


def now_costs(one: PlannedService, currency: str) -> str:
    """That the price list was changed since a booking was begun."""
    price = _("on request") if one.price is None else wording.money(one.price, currency)
    return _("The price list was changed: “{service}” is {price} now.").format(service=one.service_name, price=price)


def now_takes(one: PlannedService) -> str:
    """That a service takes another time than when a booking was begun."""
    return _("The price list was changed: “{service}” takes {duration} now.").format(
        service=one.service_name, duration=wording.duration(one.lengths.total)
    )


def room_gone(one: PlannedService, room: str) -> str:
    """That a service cannot have the room that was chosen for it."""
    return _("“{room}” can no longer be had for “{service}”: it takes what is free.").format(
        room=room, service=one.service_name
    )


def overtaken(now: StandingVisit, prices: PriceList, today: date) -> str:
    """What somebody made of a visit while it was changed here, too: whoever saves replaces it."""
    masters = dict.fromkeys(wording.short_name(prices.name_of(one.staff_id)) for one in now.planned)
    return _("The visit was changed meanwhile: {masters}, {when}. What stands here takes its place.").format(
        when=_moment(now.starts_at, today), masters=wording.listed(list(masters))
    )


def changed_meanwhile(now: StandingVisit, prices: PriceList, today: date) -> str:
    """Where somebody has put a visit while its form was open, which follows it."""
    masters = dict.fromkeys(wording.short_name(prices.name_of(one.staff_id)) for one in now.planned)
    return _("The visit was changed meanwhile: {masters}, {when}.").format(
        when=_moment(now.starts_at, today), masters=wording.listed(list(masters))
    )


def begun(services: Sequence[tuple[str, datetime]]) -> str:
    """Which services of a visit, with their starts, have begun already and stay where they are."""
    said = [
        _("{service} at {time}").format(service=wording.inside_a_sentence(name), time=wording.clock_time(starts_at))
        for name, starts_at in services
    ]
    return _("Has begun and stays: {services}.").format(services=wording.listed(said))


def comment_overtaken(comment: str) -> str:
    """What somebody wrote into the comment of a visit while another one was typed here."""
    return _("The comment was changed meanwhile: “{comment}”. What stands here takes its place.").format(
        comment=comment
    )


def planned(one: PlannedService, master: str, currency: str) -> str:
    """Master, length and price of a service."""
    price = _("on request") if one.price is None else wording.money(one.price, currency)
    return " · ".join(part for part in (wording.short_name(master), wording.duration(one.lengths.total), price) if part)


def who_serves(place: GroupPlace, people: Sequence[str], names: dict[int, str]) -> str:
    """A line for each of ``people``: with whom, and when where they do not begin at once."""
    is_at_once = len({one.starts_at for one in place.visits}) == 1
    lines: list[str] = []
    for person, visit in zip(people, place.visits, strict=True):
        masters = dict.fromkeys(wording.short_name(names.get(staff_id, "")) for staff_id in visit.staff_ids)
        at = "" if is_at_once else f"{wording.clock_time(visit.starts_at)} "
        lines.append(f"{at}{person} · {wording.listed(list(masters))}")
    return "\n".join(lines)


def start(proposal: Proposal | GroupPlace, today: date) -> str:
    """When: ``вт, 26 мая, 15:30``."""
    return _moment(proposal.starts_at, today)


def _moment(starts_at: datetime, today: date) -> str:
    return f"{wording.weekday_and_date(starts_at.date(), today)}, {wording.clock_time(starts_at)}"


def may_be_phone(digits: str) -> str:
    """That digits which have marked a place may be the first of a phone: nothing of it is lost."""
    return _("A phone? Go on typing: {digits}…").format(digits=digits)


def why(proposal: Proposal, masters: list[str], found: Sequence[Proposal]) -> str:
    """Why this place of those ``found`` is proposed; ``masters`` are the names of those who serve."""
    who = wording.listed(list(dict.fromkeys(wording.short_name(name) for name in masters)))
    match proposal.kind:
        case ProposalKind.OWN_RHYTHM if proposal.rhythm is not None:
            days = proposal.rhythm.interval_days
            if proposal.rhythm.is_own:
                habit = ngettext("As usual, every {n} day · {master}", "As usual, every {n} days · {master}", days)
            else:
                habit = ngettext(
                    "By the price list after {n} day · {master}", "By the price list after {n} days · {master}", days
                )
            return habit.format(n=days, master=who)
        case ProposalKind.ANY_MASTER if proposal.is_earliest:
            return _("The earliest · {master}").format(master=who)
        case ProposalKind.ANY_MASTER:
            return _("Another master · {master}").format(master=who)
        case _ if any(one.starts_at < proposal.starts_at and one.rhythm is not None for one in found):
            return _("Another day, the same master · {master}").format(master=who)
        case _:
            return _("Next with the same master · {master}").format(master=who)
