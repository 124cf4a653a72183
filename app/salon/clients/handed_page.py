"""The readable page of what the salon holds about a person: plain HTML, in the language of the screens, to be printed.

Every value is escaped: a name is a name, also when it looks like a tag.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from html import escape
from typing import Any

from peewee import BooleanField

from app import language, models, wording
from app.clock import wall_time
from app.language import _
from app.models.connection import table_name
from app.models.fields import Day, Instant, MinorUnits, WallClock, WordField
from app.models.kept import read_instant, read_wall
from app.salon.profile import Profile
from app.vocabulary import (
    Action,
    AlertKind,
    AlertMoment,
    CancelReason,
    Channel,
    ClientKind,
    ConsentKind,
    ConsentWay,
    ContactKind,
    MaterialUnit,
    NoteKind,
    PaymentKind,
    PhotoMoment,
    RelationKind,
    ReminderKind,
    ReminderStatus,
    SkipReason,
    Stage,
    TurnAwayReason,
    VisitStatus,
)

Row = dict[str, Any]

_STYLE = """
body { font: 15px/1.5 "Noto Sans", "Segoe UI", Arial, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
.quiet { color: #5b6270; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #d9dce2; }
td { overflow-wrap: anywhere; }
img { max-width: 16rem; max-height: 16rem; }
@media print { body { margin: 0; max-width: none; } tr { page-break-inside: avoid; } }
"""


def written(
    profile: Profile, name: str, tables: dict[str, list[Row]], journal: list[Row], now: datetime, files: dict[str, str]
) -> str:
    """The page. ``now`` is wall time; ``files`` are the names in the zip by stored name."""
    parts = [_section(profile, table, tables[table], files) for table in _order(tables)]
    title = _("What “{salon}” holds about you").format(salon=profile.name)
    made = _("Written on {day} at {time}").format(
        day=wording.date_in_digits(now.date()), time=wording.clock_time(now.time())
    )
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{language.current()}">',
            f'<head><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style></head>',
            f'<body>\n<h1 dir="auto">{escape(name)}</h1>\n<p>{escape(title)}</p>\n<p class="quiet">{escape(made)}</p>',
            *parts,
            _acts(profile, journal),
            "</body>\n</html>\n",
        ]
    )


def _order(tables: dict[str, list[Row]]) -> list[str]:
    """In the order of the titles; what has none comes last, under its own name."""
    titles = list(_titles())
    shown = [table for table in tables if table not in _INNER]
    return sorted(shown, key=lambda table: (titles.index(table) if table in titles else len(titles), table))


_INNER = frozenset({"occupancy", "place_hold", "absence_call", "series", "not_duplicate"})
"""What only the calendar needs: taken minutes and the like. It is in the JSON."""
_HIDDEN = frozenset(
    {"id", "search", "merged_into_id", "digest", "stored_name", "position", "takes_time", "unit", "weekdays"}
)


def _section(profile: Profile, table: str, rows: list[Row], files: dict[str, str]) -> str:
    kinds = _kinds(table)
    columns = [column for column in rows[0] if not _is_hidden(column, rows)]
    if table == "visit":
        columns.insert(0, "id")
    title, labels = _titles().get(table, table), _labels()
    head = "".join(f"<th>{escape(labels.get(column, column))}</th>" for column in columns)
    body = "\n".join(
        "<tr>" + "".join(f'<td dir="auto">{_cell(profile, kinds, row, one, files)}</td>' for one in columns) + "</tr>"
        for row in rows
    )
    return f"<h2>{escape(title)}</h2>\n<table>\n<tr>{head}</tr>\n{body}\n</table>"


def _is_hidden(column: str, rows: list[Row]) -> bool:
    """Numbers of rows tell a person nothing, and neither does a column in which nothing ever stood."""
    if column in _HIDDEN or (column.endswith("_id") and column != "visit_id"):
        return True
    return all(row.get(column) in (None, "") for row in rows)


def _cell(profile: Profile, kinds: dict[str, Any], row: Row, column: str, files: dict[str, str]) -> str:
    value = row.get(column)
    if column == "file" and value and row["stored_name"] in files:
        link = escape(str(value), quote=True)
        inside = f'<img src="{link}" alt="">' if row.get("kind") == "photo" else escape(str(value))
        return f'<a href="{link}">{inside}</a>'
    if column == "amount_thousandths":
        return escape(wording.amount(int(row[column]), MaterialUnit(row["unit"])))
    if column.endswith("_minute") and value is not None:
        return f"{int(str(value)) // 60:02}:{int(str(value)) % 60:02}"
    return escape(_said(profile, kinds.get(column), value))


def _said(profile: Profile, kind: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(kind, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(kind, Day):
        return wording.date_in_digits(date.fromisoformat(value))
    if isinstance(kind, Instant):
        return _moment(wall_time(read_instant(value), profile.zone))
    if isinstance(kind, WallClock):
        return _moment(read_wall(value))
    if isinstance(kind, MinorUnits):
        return wording.money(value, profile.currency)
    if isinstance(kind, WordField):
        worded = _WORDED.get(kind.words)
        return worded(kind.words(value)) if worded else str(value)
    return str(value)


def _moment(moment: datetime) -> str:
    return f"{wording.date_in_digits(moment.date())}, {wording.clock_time(moment)}"


def _kinds(table: str) -> dict[str, Any]:
    for one in models.ALL_TABLES:
        if table_name(one) == table:
            meta: Any = one._meta  # noqa: SLF001 - peewee's documented way to a table's facts
            return {field.column_name: field for field in meta.sorted_fields}
    return {}


def _acts(profile: Profile, journal: Iterable[Row]) -> str:
    rows = "\n".join(
        f"<tr><td>{escape(_moment(wall_time(read_instant(one['at']), profile.zone)))}</td>"
        f"<td>{escape(wording.action(Action(one['action'])))}</td>"
        f'<td dir="auto">{escape(one["actor"])}</td></tr>'
        for one in journal
    )
    title, more = _("Who did what with your card"), _("What stood there before each change is in the file data.json.")
    return f'<h2>{escape(title)}</h2>\n<p class="quiet">{escape(more)}</p>\n<table>\n{rows}\n</table>'


_WORDED: dict[Any, Callable[[Any], str]] = {
    VisitStatus: wording.visit_status,
    CancelReason: wording.cancel_reason,
    TurnAwayReason: wording.turn_away_reason,
    ContactKind: wording.contact_kind,
    ClientKind: wording.client_kind,
    RelationKind: wording.relation_kind,
    AlertKind: wording.alert_kind,
    PhotoMoment: wording.photo_moment,
    MaterialUnit: wording.material_unit,
    Stage: wording.stage,
    ReminderKind: wording.reminder_kind,
    ReminderStatus: wording.reminder_status,
    SkipReason: wording.skip_reason,
    ConsentKind: wording.consent_kind,
    ConsentWay: wording.consent_way,
    Channel: wording.channel,
    PaymentKind: wording.payment_kind,
    AlertMoment: lambda moment: {AlertMoment.BOOKING: _("at booking"), AlertMoment.ARRIVAL: _("at arrival")}[moment],
    NoteKind: lambda kind: {NoteKind.NOTE: _("Note"), NoteKind.CALL: _("Call")}[kind],
}


def _titles() -> dict[str, str]:
    """What each table is called for the person, in the order of the page."""
    return {
        "client": _("You"),
        "contact_point": _("Phones, e-mails and messengers"),
        "requisites": _("Requisites"),
        "consent": _("Consents"),
        "client_in_category": _("Categories"),
        "client_relation": _("Family and friends"),
        "alert": _("Alerts"),
        "alert_acknowledgement": _("Who has seen the alerts"),
        "answer": _("Your answers"),
        "visit": _("Visits"),
        "booked_service": _("Services of the visits"),
        "visit_step": _("Steps of the visits"),
        "payment": _("Payments"),
        "bonus_entry": _("Bonuses"),
        "formula": _("Formulas"),
        "formula_part": _("Materials of the formulas"),
        "client_file": _("Photos and files"),
        "client_note": _("Notes and calls"),
        "task": _("Promises"),
        "complaint": _("Complaints"),
        "reminder": _("Messages"),
        "waitlist_entry": _("Waiting list"),
        "waitlist_service": _("Services that you wait for"),
        "waitlist_master": _("Masters whom you wait for"),
        "waitlist_window": _("Times that suit you"),
        "turn_away": _("When there was no place for you"),
        "visit_group": _("Together with others"),
    }


def _labels() -> dict[str, str]:
    """What each column is called for the person."""
    return {
        "name": _("Name"),
        "wishes": _("Wishes"),
        "notes": _("Notes"),
        "birthday": _("Birthday"),
        "created_at": _("Written down"),
        "archived_at": _("Put away"),
        "kind": _("Kind"),
        "is_vip": _("VIP"),
        "do_not_book_reason": _("Not to be booked because"),
        "preferred_channel": _("Write by"),
        "call_from_minute": _("Call from"),
        "call_to_minute": _("Call until"),
        "forget_asked_at": _("Asked to be forgotten"),
        "forgotten_at": _("Forgotten"),
        "typed": _("As typed"),
        "value": _("In full"),
        "whose": _("Whose it is"),
        "is_preferred": _("Preferred"),
        "text": _("Text"),
        "at": _("When"),
        "actor": _("Who wrote it down"),
        "added_at": _("When"),
        "added_by": _("Who added it"),
        "note": _("Note"),
        "reason": _("Reason"),
        "day": _("Date"),
        "way": _("How"),
        "is_given": _("Given"),
        "category": _("Category"),
        "relative": _("Who"),
        "may_book": _("May book for you"),
        "moment": _("Moment"),
        "question": _("Question"),
        "choice": _("Answer"),
        "is_declined": _("Did not want to say"),
        "status": _("Status"),
        "cancel_reason": _("Why cancelled"),
        "comment": _("Comment"),
        "open_steps_reason": _("Why steps stayed open"),
        "overbooked_reason": _("Why booked over another visit"),
        "hour_known": _("Hour known"),
        "is_exception": _("Apart from its series"),
        "id": _("Visit number"),
        "visit_id": _("Visit number"),
        "service": _("Service"),
        "staff": _("Master"),
        "starts_at": _("Begins"),
        "ends_at": _("Ends"),
        "working_minutes": _("Work, min"),
        "gap_minutes": _("Pause, min"),
        "finishing_minutes": _("Finish, min"),
        "before_minutes": _("Before, min"),
        "after_minutes": _("After, min"),
        "price": _("Price"),
        "is_asked_for": _("Asked for this master"),
        "stage": _("Stage"),
        "is_required": _("Required"),
        "done_at": _("Done"),
        "done_by": _("By whom"),
        "description": _("For what"),
        "quantity": _("Pieces"),
        "amount": _("Amount"),
        "tax": _("Tax"),
        "receipt": _("Receipt"),
        "title": _("What for"),
        "material": _("Material"),
        "amount_thousandths": _("Amount"),
        "shown_name": _("Name of the file"),
        "file": _("File"),
        "size": _("Bytes"),
        "width": _("Width"),
        "height": _("Height"),
        "due_at": _("Due"),
        "created_by": _("Who promised it"),
        "received_at": _("Received"),
        "received_by": _("By whom"),
        "answer_by": _("Answer until"),
        "answered_at": _("Answered"),
        "answered_by": _("By whom"),
        "answer": _("Answer"),
        "channel": _("Way"),
        "sent_through": _("Sent through"),
        "opened_at": _("Opened"),
        "closed_at": _("Closed"),
        "skip_reason": _("Why not sent"),
        "first_day": _("From"),
        "last_day": _("Until"),
        "from_minute": _("From"),
        "to_minute": _("Until"),
        "wished_day": _("Wished date"),
        "wished_minute": _("Wished time"),
        "legal_name": _("Legal name"),
        "tax_number": _("Taxpayer number"),
        "tax_reason_code": _("Tax registration code"),
        "register_number": _("State register number"),
        "bank_name": _("Bank"),
        "bank_code": _("Bank code"),
        "account": _("Account"),
        "correspondent_account": _("Correspondent account"),
        "address": _("Address"),
        "contact_person": _("Contact person"),
    }
