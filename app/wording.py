"""How people say it: dates, times, money, phones, counts, and the words of the closed lists.

Everything that has a form (genitive month, plural, no-break space) gets it here and nowhere else. The first
painted calendar needs day titles and times, and Babel would cost it 100 ms: so the names of days and months
are messages of the catalogue like all others, and the tests compare them with Babel's.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import ClassVar

from app import language
from app.language import _, ngettext, pgettext
from app.vocabulary import (
    AbsenceKind,
    Action,
    AlertKind,
    BackupState,
    BirthdaySoon,
    BlockKind,
    CallState,
    CancelReason,
    Channel,
    ClientKind,
    ConsentKind,
    ConsentWay,
    ContactKind,
    DuplicateSign,
    Figure,
    FoundBy,
    Language,
    MaterialUnit,
    MentionPlace,
    PaymentKind,
    PhotoMoment,
    ReadySegment,
    RelationKind,
    ReminderKind,
    ReminderStatus,
    RequisiteField,
    RhythmState,
    RoomKind,
    SkipReason,
    Stage,
    ThemeChoice,
    TurnAwayReason,
    VisitStatus,
)

NBSP = "\u00a0"
_STEM = 6
"""So many letters tell a word in each of its forms."""
DASH = "—"
_EN_DASH = "–"
_MINUS = "\u2212"

_SYMBOLS = {
    "RUB": "₽",
    "KZT": "₸",
    "UAH": "₴",
    "BYN": "Br",
    "GEL": "₾",
    "AMD": "֏",
    "EUR": "€",
    "USD": "$",
    "CAD": "$",
    "GBP": "£",
}
_BEFORE_IN_ENGLISH = frozenset({"EUR", "USD", "GBP"})


# ---- numbers and money -------------------------------------------------------------------------------------


def number(count: int) -> str:
    """A whole number with its thousands apart: ``1 234`` in Russian, ``1,234`` in English."""
    russian = language.current() is Language.RUSSIAN
    digits = f"{abs(count):,}"
    digits = digits.replace(",", NBSP) if russian else digits
    return f"{_MINUS if count < 0 else ''}{digits}"


def money(minor: int, currency: str = "RUB") -> str:
    """An amount in minor units (kopecks) with its sign: ``1 800 ₽``; kopecks only where there are any."""
    whole, part = divmod(abs(minor), 100)
    point = "," if language.current() is Language.RUSSIAN else "."
    amount = number(whole) + (f"{point}{part:02}" if part else "")
    symbol = _SYMBOLS.get(currency, currency)
    sign = _MINUS if minor < 0 else ""
    if language.current() is Language.ENGLISH and currency in _BEFORE_IN_ENGLISH:
        return f"{sign}{symbol}{amount}"
    return f"{sign}{amount}{NBSP}{symbol}"


def percent(numerator: int, denominator: int) -> str:
    """The share as whole per cent, halves rounded up; a dash where there is nothing to divide by."""
    if denominator == 0:
        return DASH
    share = (200 * numerator + denominator) // (2 * denominator)
    gap = NBSP if language.current() is Language.RUSSIAN else ""
    return f"{number(share)}{gap}%"


# ---- days --------------------------------------------------------------------------------------------------


def weekday_name(day: date) -> str:
    """``вторник`` / ``Tuesday``."""
    return _weekdays()[day.weekday()]


def weekday_short(day: date) -> str:
    """``вт`` / ``Tue``."""
    return _weekdays_short()[day.weekday()]


def weekdays_short() -> tuple[str, ...]:
    """The week from Monday on, where there is little room."""
    return _weekdays_short()


def month_name(day: date) -> str:
    """The month on its own: ``май`` / ``May``."""
    return _months_alone()[day.month - 1]


def month_short(day: date) -> str:
    """The month where there is little room: ``май`` / ``May``, ``сен`` / ``Sep``."""
    return _months_short()[day.month - 1]


def month_title(day: date) -> str:
    """The heading of a month: ``Май 2026`` / ``May 2026``."""
    return f"{_capital(month_name(day))} {day.year}"


def day_and_month(day: date) -> str:
    """``14 мая`` / ``14 May``, never broken over two lines."""
    return f"{day.day}{NBSP}{_months_of_date(language.current())[day.month - 1]}"


def short_date(day: date, today: date | None = None) -> str:
    """``14 мая``; with its year when that is not the year of ``today``, or when no ``today`` is given."""
    if today is not None and day.year == today.year:
        return day_and_month(day)
    return f"{day_and_month(day)}{NBSP}{day.year}"


def day_title(day: date, today: date) -> str:
    """The heading of a day: ``Вторник, 14 мая``; with its year when that is not the year of ``today``."""
    return f"{_capital(weekday_name(day))}, {short_date(day, today)}"


def weekday_and_date(day: date, today: date) -> str:
    """Inside a sentence or a list: ``вт, 14 мая`` / ``Tue, 14 May``."""
    return f"{weekday_short(day)}, {short_date(day, today)}"


def date_in_digits(day: date) -> str:
    """For columns of tables: ``14.05.2026`` / ``14/05/2026``."""
    return f"{day:%d.%m.%Y}" if language.current() is Language.RUSSIAN else f"{day:%d/%m/%Y}"


def days_between(first: date, last: date) -> str:
    """A span of days, both included: ``1–31 мая``, ``28 апреля – 4 мая``, with years where they differ."""
    if first == last:
        return short_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_EN_DASH}{short_date(last)}"
    begin = day_and_month(first) if first.year == last.year else short_date(first)
    return f"{begin}{NBSP}{_EN_DASH} {short_date(last)}"


def relative_day(day: date, today: date) -> str:
    """How far a day is from ``today``: ``сегодня``, ``завтра``, ``через 3 дня``, ``2 месяца назад``."""
    distance = (day - today).days
    if distance == 0:
        return _("today")
    if distance == 1:
        return _("tomorrow")
    if distance == -1:
        return _("yesterday")
    return _ahead(distance) if distance > 0 else _ago(-distance)


def _ahead(days_away: int) -> str:
    if days_away < 14:
        return ngettext("in {n} day", "in {n} days", days_away).format(n=days_away)
    if days_away < 63:
        weeks = days_away // 7
        return ngettext("in {n} week", "in {n} weeks", weeks).format(n=weeks)
    if days_away < 730:
        months = days_away * 12 // 365
        return ngettext("in {n} month", "in {n} months", months).format(n=months)
    years = days_away // 365
    return ngettext("in {n} year", "in {n} years", years).format(n=years)


def _ago(days_away: int) -> str:
    if days_away < 14:
        return ngettext("{n} day ago", "{n} days ago", days_away).format(n=days_away)
    if days_away < 63:
        weeks = days_away // 7
        return ngettext("{n} week ago", "{n} weeks ago", weeks).format(n=weeks)
    if days_away < 730:
        months = days_away * 12 // 365
        return ngettext("{n} month ago", "{n} months ago", months).format(n=months)
    years = days_away // 365
    return ngettext("{n} year ago", "{n} years ago", years).format(n=years)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _weekdays() -> tuple[str, ...]:
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )


def _weekdays_short() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


@cache
def _months_of_date(_spoken: Language) -> tuple[str, ...]:
    """Every list says dates, and a card says dozens: the twelve are looked up once in a language."""
    return (
        pgettext("in a date", "January"),
        pgettext("in a date", "February"),
        pgettext("in a date", "March"),
        pgettext("in a date", "April"),
        pgettext("in a date", "May"),
        pgettext("in a date", "June"),
        pgettext("in a date", "July"),
        pgettext("in a date", "August"),
        pgettext("in a date", "September"),
        pgettext("in a date", "October"),
        pgettext("in a date", "November"),
        pgettext("in a date", "December"),
    )


def _months_alone() -> tuple[str, ...]:
    return (
        pgettext("on its own", "January"),
        pgettext("on its own", "February"),
        pgettext("on its own", "March"),
        pgettext("on its own", "April"),
        pgettext("on its own", "May"),
        pgettext("on its own", "June"),
        pgettext("on its own", "July"),
        pgettext("on its own", "August"),
        pgettext("on its own", "September"),
        pgettext("on its own", "October"),
        pgettext("on its own", "November"),
        pgettext("on its own", "December"),
    )


def _months_short() -> tuple[str, ...]:
    return (
        pgettext("short", "Jan"),
        pgettext("short", "Feb"),
        pgettext("short", "Mar"),
        pgettext("short", "Apr"),
        pgettext("short", "May"),
        pgettext("short", "Jun"),
        pgettext("short", "Jul"),
        pgettext("short", "Aug"),
        pgettext("short", "Sep"),
        pgettext("short", "Oct"),
        pgettext("short", "Nov"),
        pgettext("short", "Dec"),
    )


# ---- times -------------------------------------------------------------------------------------------------


def clock_time(moment: time | datetime) -> str:
    """Wall time as a salon says it: ``9:00``, ``14:30``."""
    return f"{moment.hour}:{moment.minute:02}"


def interval(start: time | datetime, end: time | datetime) -> str:
    """``14:30–15:15``."""
    return f"{clock_time(start)}{_EN_DASH}{clock_time(end)}"


def duration(minutes_long: int) -> str:
    """A length in minutes: ``45 мин``, ``1 ч``, ``1 ч 30 мин``."""
    hours, rest = divmod(minutes_long, 60)
    said: list[str] = []
    if hours:
        said.append(_("{n} h").format(n=number(hours)))
    if rest or not hours:
        said.append(_("{n} min").format(n=rest))
    return " ".join(said).replace(" ", NBSP)


# ---- people ------------------------------------------------------------------------------------------------


_LAST_DIGITS = 4
"""So much of a hidden number tells a master whether it is the right one."""


class _Phones:
    """Whether whoever looks may see whole numbers. One for the program, as its language is."""

    are_hidden = False
    shown: ClassVar[set[str]] = set()


def hide_phones(*, are_hidden: bool) -> None:
    """Say numbers as ``••• 45-67`` from now on, but for those that ``show_phones`` names."""
    _Phones.are_hidden = are_hidden
    _Phones.shown.clear()


def show_phones(e164s: Iterable[str]) -> None:
    """Say these numbers in full although the others are hidden: somebody asked for them, and the journal tells it."""
    _Phones.shown = set(e164s)


def is_hidden(e164: str) -> bool:
    """Whether this number is said as ``••• 45-67`` now."""
    return _Phones.are_hidden and e164 not in _Phones.shown


def is_masked(said: str) -> bool:
    """Whether a part of a contact was left out for whoever looks."""
    return "•••" in said


def hidden_phone(e164: str) -> str:
    """A number of which only the last digits are said: ``••• 45-67``."""
    last = "".join(letter for letter in e164 if letter.isdigit())[-_LAST_DIGITS:]
    return f"•••{NBSP}{last[:2]}-{last[2:]}" if len(last) == _LAST_DIGITS else "•••"


def address(value: str) -> str:
    """An e-mail or the name in a messenger, as it stands on the card; hidden where phones are hidden."""
    if not _Phones.are_hidden or value in _Phones.shown or value.startswith("•"):
        return phone(value) if value.startswith("+") else value
    return hidden_phone(value) if value.startswith("+") else hidden_address(value)


def hidden_address(value: str) -> str:
    """An e-mail or the name in a messenger of which only the first letter is said: ``s•••``."""
    return f"{value[:1]}•••"


def phone(e164: str, *, in_full: bool = False) -> str:
    """A stored number (``+79123456789``) as it is read aloud: ``+7 912 345-67-89``.

    ``in_full``: also where numbers are hidden, because the journal tells already that it was used.
    """
    if is_hidden(e164) and not in_full:
        return e164 if e164.startswith("•") else hidden_phone(e164)
    if e164.startswith("+79") and len(e164) == 12 and e164[1:].isascii() and e164[1:].isdigit():
        return f"+7{NBSP}{e164[2:5]}{NBSP}{e164[5:8]}-{e164[8:10]}-{e164[10:]}"
    import phonenumbers  # costs 50 ms, and most numbers of a Russian salon end above

    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    said = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return said.replace(" ", NBSP)


def client_name(name: str, client_id: int | None) -> str:
    """Whose it is: the name, or why there is none. A card without a name is that of a client who was forgotten."""
    return name or (_("Without a card") if client_id is None else _("Forgotten client"))


def initials(name: str) -> str:
    """At most two letters of a person's name, for an avatar: ``АЩ``."""
    letters = [word[0] for word in name.split() if word[0].isalpha()]
    return "".join(letters[:2]).upper()


def short_name(name: str) -> str:
    """A colleague as the column head says it: ``Ольга Б.``; a single name stays whole."""
    words = name.split()
    if len(words) < 2:
        return name.strip()
    return f"{words[0]}{NBSP}{words[1][0].upper()}."


def at_the_beginning(text: str) -> str:
    """Words that begin a line: ``Противопоказание: диабет``."""
    return text[:1].upper() + text[1:]


def inside_a_sentence(name: str) -> str:
    """A name of the price list inside a sentence: ``маникюр с покрытием``; an abbreviation stays: ``SPA-уход``."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def listed(words: Sequence[str]) -> str:
    """``Анна``, ``Анна и Мария``, ``Анна, Мария и Ольга``."""
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


# ---- counts ------------------------------------------------------------------------------------------------


def visits(count: int) -> str:
    """``1 визит``, ``2 визита``, ``5 визитов``."""
    return ngettext("{n} visit", "{n} visits", count).format(n=number(count))


def clients(count: int) -> str:
    """``21 клиент``."""
    return ngettext("{n} client", "{n} clients", count).format(n=number(count))


def services(count: int) -> str:
    """``2 услуги``."""
    return ngettext("{n} service", "{n} services", count).format(n=number(count))


def masters(count: int) -> str:
    """``5 мастеров``."""
    return ngettext("{n} master", "{n} masters", count).format(n=number(count))


def colleagues(count: int) -> str:
    """``7 сотрудников``."""
    return ngettext("{n} colleague", "{n} colleagues", count).format(n=number(count))


def reminders(count: int) -> str:
    """``12 напоминаний``."""
    return ngettext("{n} reminder", "{n} reminders", count).format(n=number(count))


def promises(count: int) -> str:
    """``3 обещания``."""
    return ngettext("{n} promise", "{n} promises", count).format(n=number(count))


def alerts(count: int) -> str:
    """``1 предупреждение``."""
    return ngettext("{n} alert", "{n} alerts", count).format(n=number(count))


def steps(count: int) -> str:
    """``3 шага``."""
    return ngettext("{n} step", "{n} steps", count).format(n=number(count))


def days(count: int) -> str:
    """``3 дня``."""
    return ngettext("{n} day", "{n} days", count).format(n=number(count))


def minutes(count: int) -> str:
    """``45 минут``, in full, for a sentence; ``duration`` is the short form."""
    return ngettext("{n} minute", "{n} minutes", count).format(n=number(count))


def rows(count: int) -> str:
    """``7 строк``."""
    return ngettext("{n} row", "{n} rows", count).format(n=number(count))


def questions(asked: Sequence[str], most: int = 2) -> str:
    """Questions of the card in one line: the first ``most`` by their words, without the mark, then how many more."""
    first, *others = (one.rstrip("?… ") for one in asked[:most]) if asked else ("",)
    names = ", ".join((first, *map(inside_a_sentence, others)))
    rest = len(asked) - most
    if rest <= 0:
        return names
    return ngettext("{names} and {n} more", "{names} and {n} more", rest).format(names=names, n=number(rest))


# ---- closed lists ------------------------------------------------------------------------------------------


def visit_status(status: VisitStatus) -> str:
    """Where a visit stands, as a pill says it."""
    return {
        VisitStatus.BOOKED: _("booked"),
        VisitStatus.CONFIRMED: _("confirmed"),
        VisitStatus.ARRIVED: _("arrived"),
        VisitStatus.IN_SERVICE: _("in service"),
        VisitStatus.COMPLETED: _("completed"),
        VisitStatus.CANCELLED: _("cancelled"),
        VisitStatus.NO_SHOW: _("no-show"),
    }[status]


def room_kind(kind: RoomKind) -> str:
    """What a place is, as a choice."""
    return {
        RoomKind.ROOM: pgettext("room", "Room"),
        RoomKind.CHAIR: pgettext("room", "Chair"),
        RoomKind.MACHINE: pgettext("room", "Machine"),
    }[kind]


def cancel_reason(reason: CancelReason) -> str:
    """Why a visit was cancelled, as a choice."""
    return {
        CancelReason.CLIENT_ASKED: _("The client asked"),
        CancelReason.CLIENT_ILL: _("The client is ill"),
        CancelReason.MASTER_ABSENT: _("The master cannot come"),
        CancelReason.SALON_ASKED: _("The salon asked"),
        CancelReason.BOOKED_BY_MISTAKE: _("Booked by mistake"),
        CancelReason.OTHER: _("Another reason"),
    }[reason]


def block_kind(kind: BlockKind) -> str:
    """Why a master is taken without a client."""
    return {
        BlockKind.BREAK: _("Break"),
        BlockKind.TRAINING: _("Training"),
        BlockKind.ABSENCE: _("Absence"),
        BlockKind.OTHER: _("Time taken"),
    }[kind]


def turn_away_reason(reason: TurnAwayReason) -> str:
    """Why somebody could not be taken."""
    return {
        TurnAwayReason.NO_PLACE: _("No free time"),
        TurnAwayReason.MASTER_BUSY: _("The master is busy"),
        TurnAwayReason.NOT_OFFERED: _("We do not do this"),
        TurnAwayReason.TOO_EXPENSIVE: _("Too expensive"),
        TurnAwayReason.CLOSED: _("We are closed then"),
        TurnAwayReason.OTHER: _("Another reason"),
    }[reason]


def absence_kind(kind: AbsenceKind) -> str:
    """Why somebody does not work."""
    return {
        AbsenceKind.VACATION: _("Vacation"),
        AbsenceKind.SICK_LEAVE: _("Sick leave"),
        AbsenceKind.TRAINING: _("Training"),
        AbsenceKind.DAY_OFF: _("Day off"),
    }[kind]


def call_state(state: CallState) -> str:
    """Where the call about a visit stands whose master is absent."""
    return {
        CallState.TO_CALL: _("to call"),
        CallState.NO_ANSWER: _("no answer"),
        CallState.MOVED: _("moved"),
        CallState.CANCELLED: _("cancelled"),
        CallState.TAKEN_PLACE: _("took place"),
    }[state]


def contact_kind(kind: ContactKind) -> str:
    """A way to reach a client."""
    return {
        ContactKind.PHONE: _("Phone"),
        ContactKind.EMAIL: _("E-mail"),
        ContactKind.TELEGRAM: _("Telegram"),
        ContactKind.WHATSAPP: _("WhatsApp"),
        ContactKind.VIBER: _("Viber"),
        ContactKind.MAX: _("MAX"),
        ContactKind.VK: _("VK"),
    }[kind]


def found_by(reason: FoundBy) -> str:
    """By what of a card a client was found, as the word before it: ``E-mail: anna@mail.ru``."""
    others = {
        FoundBy.LEGAL_NAME: _("Legal name"),
        FoundBy.CONTACT_PERSON: _("Contact person"),
        FoundBy.TAX_NUMBER: _("Taxpayer number"),
        FoundBy.EARLIER_NAME: _("Earlier name"),
    }
    return others[reason] if reason in others else contact_kind(ContactKind(reason.value))


def client_kind(kind: ClientKind) -> str:
    """Who is on a card, as a choice."""
    return {
        ClientKind.PERSON: _("Private person"),
        ClientKind.ORGANISATION: _("Organisation"),
        ClientKind.INTERMEDIARY: _("Intermediary"),
    }[kind]


def relation_kind(kind: RelationKind) -> str:
    """Who somebody is to a client, as a choice and beside their name."""
    return {
        RelationKind.PARENT: _("mother or father"),
        RelationKind.CHILD: _("daughter or son"),
        RelationKind.SPOUSE: _("husband or wife"),
        RelationKind.SIBLING: _("sister or brother"),
        RelationKind.FRIEND: _("friend"),
        RelationKind.ASSISTANT: _("assistant"),
        RelationKind.EMPLOYER: _("is assisted by this client"),
        RelationKind.OTHER: pgettext("relation", "close person"),
    }[kind]


def duplicate_sign(sign: DuplicateSign) -> str:
    """What speaks for two cards being one person."""
    return {
        DuplicateSign.PHONE: _("the same phone"),
        DuplicateSign.EMAIL: _("the same e-mail"),
        DuplicateSign.NAME_AND_BIRTHDAY: _("the same name and birthday"),
        DuplicateSign.NAME: _("the same name"),
        DuplicateSign.LIKE_NAME: _("alike names"),
    }[sign]


def requisite(number: RequisiteField) -> str:
    """A number of an organisation, as it stands in its papers."""
    return {
        RequisiteField.TAX_NUMBER: _("Tax number (INN)"),
        RequisiteField.TAX_REASON_CODE: _("KPP"),
        RequisiteField.REGISTER_NUMBER: _("OGRN or OGRNIP"),
        RequisiteField.BANK_CODE: _("Bank code (BIK)"),
        RequisiteField.ACCOUNT: _("Account"),
        RequisiteField.CORRESPONDENT_ACCOUNT: _("Correspondent account"),
    }[number]


def rhythm_state(state: RhythmState) -> str:
    """How far clients are past their own rhythm, as a condition of a segment says it."""
    return {
        RhythmState.DUE: _("due"),
        RhythmState.LATE: _("late"),
        RhythmState.LOST: _("lost"),
    }[state]


def birthday_soon(soon: BirthdaySoon) -> str:
    """When a birthday is, as a condition of a segment says it."""
    return {
        BirthdaySoon.TODAY: _("birthday today"),
        BirthdaySoon.WEEK: _("birthday within 7 days"),
        BirthdaySoon.MONTH: _("birthday within 30 days"),
    }[soon]


def ready_segment(segment: ReadySegment) -> str:
    """The name of a segment that every salon has."""
    return {
        ReadySegment.DUE: _("Time to come"),
        ReadySegment.LATE: _("Late"),
        ReadySegment.LOST: _("Lost"),
        ReadySegment.BIRTHDAY_WEEK: _("Birthday this week"),
        ReadySegment.ONLY_ONCE: _("Only once"),
    }[segment]


def alert_kind(kind: AlertKind) -> str:
    """What everyone must know, as a badge says it."""
    return {
        AlertKind.ALLERGY: _("allergy"),
        AlertKind.CONTRAINDICATION: _("contraindication"),
        AlertKind.DEBT: _("debt"),
        AlertKind.OTHER: _("important"),
    }[kind]


def alert(kind: AlertKind, text: str) -> str:
    """``аллергия: латекс``; a word that the text begins with itself is not said twice."""
    word = alert_kind(kind)
    # "Allergic to latex" needs no "allergy" before it: the beginning of the word is enough.
    is_said = kind is AlertKind.OTHER or word[:_STEM].casefold() in text.casefold()
    return text if is_said else f"{word}: {inside_a_sentence(text)}"


def alert_lines(told: Iterable[tuple[AlertKind, str]]) -> str:
    """Alerts one below the other."""
    return "\n".join(alert(kind, text) for kind, text in told)


def photo_moment(moment: PhotoMoment) -> str:
    """When a photo was taken, as its caption says it."""
    return {
        PhotoMoment.BEFORE: pgettext("photo", "Before"),
        PhotoMoment.AFTER: pgettext("photo", "After"),
        PhotoMoment.OTHER: pgettext("photo", "Another"),
    }[moment]


def material_unit(unit: MaterialUnit) -> str:
    """What an amount of a formula is counted in, as it is written after the number."""
    return {
        MaterialUnit.GRAM: _("g"),
        MaterialUnit.MILLILITRE: _("ml"),
        MaterialUnit.PIECE: _("pcs"),
        MaterialUnit.PART: pgettext("of a mixture", "parts"),
    }[unit]


def amount(thousandths: int, unit: MaterialUnit) -> str:
    """How much of a material: ``30 г``, ``7,5 мл``."""
    whole, rest = divmod(thousandths, 1000)
    point = "," if language.current() is Language.RUSSIAN else "."
    decimals = f"{rest:03}".rstrip("0")
    return f"{number(whole)}{point if decimals else ''}{decimals}{NBSP}{material_unit(unit)}"


def file_size(size: int) -> str:
    """How large a file is: ``640 КБ``, ``3 МБ``."""
    if size < 1024 * 1024:
        return _("{n} KB").format(n=number(max(1, round(size / 1024)))).replace(" ", NBSP)
    return _("{n} MB").format(n=number(round(size / 1024 / 1024))).replace(" ", NBSP)


def backup_state(state: BackupState) -> str:
    """What is known of a copy."""
    return {
        BackupState.UNCHECKED: pgettext("copy", "not checked"),
        BackupState.WHOLE: pgettext("copy", "intact"),
        BackupState.DAMAGED: pgettext("copy", "damaged"),
        BackupState.NEWER: pgettext("copy", "of a newer version"),
    }[state]


def stage(value: Stage) -> str:
    """The heading of a stage of the checklist."""
    return {
        Stage.INTAKE: _("Welcome"),
        Stage.SERVICE: _("The work"),
        Stage.COMPLETION: _("The result"),
    }[value]


def reminder_kind(kind: ReminderKind) -> str:
    """Why a message is due."""
    return {
        ReminderKind.UPCOMING_VISIT: _("Upcoming visit"),
        ReminderKind.INVITATION: _("Invitation"),
    }[kind]


def reminder_status(status: ReminderStatus) -> str:
    """Where a reminder stands, as a pill says it."""
    return {
        ReminderStatus.QUEUED: _("to be sent"),
        ReminderStatus.OPENED: _("opened, confirm?"),
        ReminderStatus.SENT: _("sent"),
        ReminderStatus.FAILED: _("not sent"),
        ReminderStatus.SKIPPED: _("not needed"),
        ReminderStatus.CANCELLED: pgettext("reminder", "cancelled"),
    }[status]


def skip_reason(reason: SkipReason) -> str:
    """Why a reminder was not sent."""
    return {
        SkipReason.NO_CONTACT: _("No contact"),
        SkipReason.CLIENT_DECLINED: _("The client wants no messages"),
        SkipReason.ALREADY_KNOWS: _("The client already knows"),
        SkipReason.TOO_LATE: _("Too late"),
        SkipReason.NO_CONSENT: _("No consent to advertising"),
    }[reason]


def mention_place(place: MentionPlace) -> str:
    """Where somebody is named outside their own card."""
    return {
        MentionPlace.CARD: _("name of the card"),
        MentionPlace.WISHES: _("wishes"),
        MentionPlace.NOTES: _("notes"),
        MentionPlace.CONTACT: _("contacts"),
        MentionPlace.REQUISITES: _("requisites"),
        MentionPlace.ALERT: _("alert"),
        MentionPlace.TIMELINE: _("timeline"),
        MentionPlace.ANSWER: _("answer to a question"),
        MentionPlace.CONSENT: _("consent"),
        MentionPlace.PROMISE: _("promise"),
        MentionPlace.COMPLAINT: _("complaint"),
        MentionPlace.BONUS: _("bonuses"),
        MentionPlace.FORMULA: _("formula"),
        MentionPlace.FILE: _("photos and files"),
        MentionPlace.WAITING: _("waiting list"),
        MentionPlace.TURN_AWAY: _("turned away"),
        MentionPlace.VISIT: _("visit"),
        MentionPlace.MESSAGE: _("message"),
        MentionPlace.BLOCK: _("blocked time"),
        MentionPlace.ABSENCE: _("absence of a master"),
    }[place]


def consent_kind(kind: ConsentKind) -> str:
    """What a client agrees to."""
    return {
        ConsentKind.PROCESSING: _("Personal data"),
        ConsentKind.ADVERTISING: _("Advertising"),
    }[kind]


def consent_way(way: ConsentWay) -> str:
    """How a consent was given or withdrawn."""
    return {
        ConsentWay.PAPER: _("on paper"),
        ConsentWay.SPOKEN: _("by word of mouth"),
        ConsentWay.ONLINE: _("on the website"),
        ConsentWay.MESSAGE: _("in a message"),
    }[way]


def channel(way: Channel) -> str:
    """The way a message leaves."""
    return {
        Channel.BY_HAND: _("By hand"),
        Channel.WHATSAPP: _("WhatsApp"),
        Channel.TELEGRAM: _("Telegram"),
        Channel.PHONE_CALL: _("Phone call"),
    }[way]


def payment_kind(kind: PaymentKind) -> str:
    """What was paid for."""
    return {PaymentKind.SERVICE: _("Service"), PaymentKind.PRODUCT: _("Product")}[kind]


def action(done: Action) -> str:
    """What somebody did, as the journal and the undo command say it."""
    return {
        Action.VISIT_BOOKED: _("Visit booked"),
        Action.VISIT_MOVED: _("Visit moved"),
        Action.VISIT_RESIZED: _("Visit length changed"),
        Action.VISIT_CHANGED: _("Visit changed"),
        Action.VISIT_STATUS_SET: _("Visit status changed"),
        Action.VISIT_CANCELLED: _("Visit cancelled"),
        Action.VISIT_RESTORED: _("Visit restored"),
        Action.TIME_BLOCKED: _("Time blocked"),
        Action.BLOCK_REMOVED: _("Time freed"),
        Action.CLIENT_ADDED: _("Client added"),
        Action.CLIENT_CHANGED: _("Client card changed"),
        Action.ALERT_ADDED: _("Alert added"),
        Action.ALERT_REMOVED: _("Alert removed"),
        Action.NOTE_ADDED: _("Note written"),
        Action.NOTE_REMOVED: _("Note removed"),
        Action.ALERT_ACKNOWLEDGED: _("Alert acknowledged"),
        Action.ANSWER_KEPT: _("Answer kept"),
        Action.QUESTIONS_CHANGED: _("Questions of the card changed"),
        Action.CATEGORIES_CHANGED: _("Client categories changed"),
        Action.RELATION_CHANGED: _("Family and friends changed"),
        Action.CONSENT_RECORDED: _("Consent recorded"),
        Action.CONSENT_TEXT_CHANGED: _("Text of a consent changed"),
        Action.PHONE_REVEALED: _("Phone shown in full"),
        Action.DATA_HANDED_OUT: _("Personal data handed out"),
        Action.FORGETTING_ASKED: _("Client asked to be forgotten"),
        Action.FORGETTING_TAKEN_BACK: _("Client is not to be forgotten"),
        Action.CLIENT_FORGOTTEN: _("Client forgotten"),
        Action.FILE_ADDED: _("Photo or file added"),
        Action.FILE_CHANGED: _("Photo or file changed"),
        Action.FILE_REMOVED: _("Photo or file removed"),
        Action.FORMULA_KEPT: _("Formula written down"),
        Action.FORMULA_REMOVED: _("Formula removed"),
        Action.CLIENTS_MERGED: _("Cards merged"),
        Action.NOT_DUPLICATES: _("Two cards kept apart"),
        Action.SEGMENTS_CHANGED: _("Segments changed"),
        Action.CLIENTS_INVITED: _("Clients put into the reminder queue"),
        Action.CLIENTS_EXPORTED: _("List of clients exported"),
        Action.TASK_GIVEN: _("Promise written down"),
        Action.TASK_CHANGED: _("Promise changed"),
        Action.TASK_DONE: _("Promise kept"),
        Action.COMPLAINT_RECORDED: _("Complaint recorded"),
        Action.COMPLAINT_ANSWERED: _("Complaint answered"),
        Action.COMPLAINT_CHANGED: _("Answer to a complaint put off"),
        Action.BONUS_CHANGED: _("Bonuses changed"),
        Action.STEP_TICKED: _("Checklist step ticked"),
        Action.REMINDER_OPENED: _("Reminder opened"),
        Action.REMINDER_RECORDED: _("Reminder recorded"),
        Action.SERIES_BOOKED: _("Series booked"),
        Action.SERIES_CHANGED: _("Series changed"),
        Action.SERIES_CANCELLED: _("Series cancelled"),
        Action.GROUP_BOOKED: _("Group booked"),
        Action.GROUP_CHANGED: _("Group changed"),
        Action.GROUP_MOVED: _("Group moved"),
        Action.WAITING_BEGUN: _("Put on the waiting list"),
        Action.WAITING_CHANGED: _("Waiting list changed"),
        Action.WAITING_ENDED: _("Taken off the waiting list"),
        Action.PLACE_HELD: _("Place held"),
        Action.PLACE_RELEASED: _("Place given free"),
        Action.TURNED_AWAY: _("Turned away"),
        Action.CLIENT_NOT_REACHED: _("Called, no answer"),
        Action.ABSENCE_PLANNED: _("Absence planned"),
        Action.ABSENCE_ENDED: _("Absence taken back"),
        Action.HOLIDAY_PLANNED: _("Holiday planned"),
        Action.HOLIDAY_ENDED: _("Holiday taken back"),
        Action.ROOMS_CHANGED: _("Rooms changed"),
        Action.CATALOGUE_CHANGED: _("Price list changed"),
        Action.SHIFTS_CHANGED: _("Shifts changed"),
        Action.SETTINGS_CHANGED: _("Settings changed"),
        Action.SALON_OPENED: _("Salon opened"),
        Action.SALON_IMPORTED: _("Salon imported"),
        Action.IMPORT_TAKEN_BACK: _("Import taken back"),
        Action.UNDONE: _("Undone"),
    }[done]


def figure(key: Figure) -> str:
    """The title of an owner's figure."""
    return {
        Figure.RETURN_TWO_PERIODS: _("Came back in the next period"),
        Figure.REVISIT_90: _("Came back within 90 days"),
        Figure.FIRST_TO_SECOND: _("Second visit after the first"),
        Figure.NEW_BY_SOURCE: _("New clients by source"),
        Figure.NO_SHOW_RATE: _("No-shows"),
    }[key]


def theme_choice(choice: ThemeChoice) -> str:
    """How the screens are lit, as a choice."""
    return {
        ThemeChoice.SYSTEM: _("As the system has it"),
        ThemeChoice.LIGHT: _("Light"),
        ThemeChoice.DARK: _("Dark"),
    }[choice]


def language_name(spoken: Language) -> str:
    """A language by its own name, the same in every language."""
    return {Language.RUSSIAN: "Русский", Language.ENGLISH: "English"}[spoken]


def language_from_next_start(spoken: Language) -> str:
    """What a person reads who has just chosen another language: said in that language already."""
    return {
        Language.RUSSIAN: "Визит заговорит по-русски при следующем запуске.",
        Language.ENGLISH: "Vizit will speak English from its next start.",
    }[spoken]
