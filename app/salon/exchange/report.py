"""What an import did, row by row, in whole numbers and whole sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app import wording
from app.language import _, ngettext

_INDENT = "   "


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A row of a file, by the number that a spreadsheet shows beside it; row 0 is the file as a whole."""

    file: str
    row: int


class Why(StrEnum):
    """Why a row was left out, or what is to be known about one that was not."""

    # left out
    CELLS_WRONG = "cells_wrong"
    BAD_DATE = "bad_date"
    BAD_TIME = "bad_time"
    BAD_AMOUNT = "bad_amount"
    BAD_FLAG = "bad_flag"
    TOO_LONG = "too_long"
    TOO_LATE = "too_late"
    NO_SUCH_TIME = "no_such_time"
    NO_CLIENT = "no_client"
    NO_STAFF = "no_staff"
    NO_SERVICE = "no_service"
    SERVICE_TWICE = "service_twice"
    UNKNOWN_SERVICE = "unknown_service"
    NOT_IN_LISTS = "not_in_lists"
    PAID_AFTER_ALL = "paid_after_all"
    TO_BE_FORGOTTEN = "to_be_forgotten"
    # to be known
    CODE_PAGE = "code_page"
    IN_BOTH_LISTS = "in_both_lists"
    NOBODY_SAID = "nobody_said"
    DONE_INSTEAD = "done_instead"
    OVERBOOKED = "overbooked"
    SHORTENED = "shortened"
    REMINDERS_PLANNED = "reminders_planned"
    STAFF_LEFT = "staff_left"
    SALON_KEPT = "salon_kept"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row (or, without a place, about the whole import), and the words that it is about."""

    place: Place | None
    why: Why
    said: str = ""
    count: int = 0

    @property
    def sentence(self) -> str:
        """The remark as a person reads it."""
        said = (self.said if len(self.said) <= 60 else f"{self.said[:59]}…") or wording.DASH
        if self.why is Why.SHORTENED:
            return _shortened(self.count)
        if self.why is Why.REMINDERS_PLANNED:
            return _planned(self.count)
        return _sentence(self.why).format(said=said)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought. A dry run tells the same and changes nothing."""

    profile: str
    dry_run: bool
    read: int
    """Rows of all files, without headers and blank lines."""
    rows_imported: int
    already_known: int
    """Rows that an earlier import had brought."""
    consulted: int
    """Rows that were only looked up: the product list tells products from services."""
    imported: Mapping[str, int]
    """New records by kind."""
    updated: Mapping[str, int]
    """Records of an earlier import of which these files tell more: a booked visit that has been paid since."""
    skipped: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    run_id: int | None = None

    @property
    def has_changes(self) -> bool:
        """Whether anything was (or, in a dry run, would be) written."""
        return bool(sum(self.imported.values()) + sum(self.updated.values()))

    @property
    def is_news(self) -> bool:
        """Whether anything of it was not known yet, be it only a row from which nothing is written."""
        return self.has_changes or bool(self.rows_imported)

    def as_json(self) -> dict[str, Any]:
        """The report for other programs: plain dictionaries, lists, texts and whole numbers."""
        return {
            "read": self.read,
            "imported": dict(self.imported),
            "skipped": [_as_json(remark, "reason") for remark in self.skipped],
            "already_known": self.already_known,
            "rows_imported": self.rows_imported,
            "consulted": self.consulted,
            "updated": dict(self.updated),
            "notes": [_as_json(remark, "note") for remark in self.notes],
            "dry_run": self.dry_run,
            "run": self.run_id,
        }


def lines(report: ImportReport) -> list[str]:
    """The report as a person reads it, line by line."""
    told = [
        _("This is a trial: nothing was changed.") if report.dry_run else "",
        _("Read: {rows}.").format(rows=wording.rows(report.read)),
        (_("To be imported: {rows}.") if report.dry_run else _("Imported: {rows}.")).format(
            rows=wording.rows(report.rows_imported)
        ),
        *(_imported(kind, n) for kind, n in report.imported.items() if n),
        *(_updated(kind, n) for kind, n in report.updated.items() if n),
        _("Known from an earlier import: {rows}.").format(rows=wording.rows(report.already_known)),
        _("Only looked up (products): {rows}.").format(rows=wording.rows(report.consulted)) if report.consulted else "",
        _("Skipped: {rows}.").format(rows=wording.rows(len(report.skipped))),
        *(_line(remark) for remark in report.skipped),
        *([_("To be known:")] if report.notes else []),
        *(_line(remark) for remark in report.notes),
    ]
    return [line for line in told if line]


def _imported(kind: str, count: int) -> str:
    return _INDENT + _("{kind}: {n}").format(kind=_kind(kind), n=wording.number(count))


def _updated(kind: str, count: int) -> str:
    return _INDENT + _("{kind} brought up to date: {n}").format(kind=_kind(kind), n=wording.number(count))


def _line(remark: Remark) -> str:
    if remark.place is None:
        return _INDENT + remark.sentence
    if remark.place.row == 0:
        return _INDENT + _("{file}: {sentence}").format(file=remark.place.file, sentence=remark.sentence)
    return _INDENT + _("{file}, row {row}: {sentence}").format(
        file=remark.place.file, row=remark.place.row, sentence=remark.sentence
    )


def _as_json(remark: Remark, key: str) -> dict[str, Any]:
    if remark.place is None:
        return {key: remark.sentence}
    if remark.place.row == 0:
        return {"file": remark.place.file, key: remark.sentence}
    return {"file": remark.place.file, "row": remark.place.row, key: remark.sentence}


def _kind(kind: str) -> str:
    return {
        "clients": _("Clients"),
        "visits": _("Visits"),
        "booked_services": _("Services in visits"),
        "payments": _("Payments"),
        "reminders": _("Reminders"),
        "services": _("Services offered"),
        "categories": _("Categories"),
        "staff": _("Staff"),
        "skills": _("Services that masters do"),
        "shifts": _("Shifts"),
    }.get(kind, kind)


def _sentence(why: Why) -> str:  # one table of sentences
    return {
        Why.CELLS_WRONG: _("The row has more or fewer cells than the header."),
        Why.BAD_DATE: _("“{said}” is not a date."),
        Why.BAD_TIME: _("“{said}” is not a time."),
        Why.BAD_AMOUNT: _("“{said}” is not an amount."),
        Why.BAD_FLAG: _("“{said}” is neither yes nor no."),
        Why.TOO_LONG: _("“{said}” is too long for a code."),
        Why.TOO_LATE: _("A visit that starts at {said} does not end on the same day."),
        Why.NO_SUCH_TIME: _("The clocks were changed then: {said} is missing or comes twice."),
        Why.NO_CLIENT: _("There is no client."),
        Why.NO_STAFF: _("There is no master."),
        Why.NO_SERVICE: _("There is no service."),
        Why.SERVICE_TWICE: _("The service “{said}” is in the list already."),
        Why.UNKNOWN_SERVICE: _("The service “{said}” is not in the price list."),
        Why.NOT_IN_LISTS: _("“{said}” is neither in the price list nor in the product list."),
        Why.PAID_AFTER_ALL: _("The client paid for this service that day, so the visit took place."),
        Why.CODE_PAGE: _("The file is not in UTF-8 and was read as {said}: check a few names."),
        Why.IN_BOTH_LISTS: _("“{said}” is in the price list and in the product list; it was taken as a product."),
        Why.NOBODY_SAID: _("Nobody said whether the client came; the visit stays booked."),
        Why.DONE_INSTEAD: _("Paid instead of the booked service: “{said}”."),
        Why.OVERBOOKED: _("Another visit of the same master begins at the same time; it is marked as overbooked."),
        Why.STAFF_LEFT: _("{said} was not seen at work lately and was archived, without shifts ahead."),
        Why.TO_BE_FORGOTTEN: _("The client asked to be forgotten, so the visit of {said} was left out."),
        Why.NOT_WANTED: _(
            "Marked “do not book”, and booked ahead in the other program: {said}. The visit stands: talk to the client "
            "or cancel it."
        ),
        Why.SALON_KEPT: _("The salon's own settings were kept."),
    }[why]


def _shortened(count: int) -> str:
    return ngettext(
        "{n} booking was shortened to the next one of the same master: the export tells no lengths.",
        "{n} bookings were shortened to the next one of the same master: the export tells no lengths.",
        count,
    ).format(n=wording.number(count))


def _planned(count: int) -> str:
    return ngettext(
        "{n} reminder was planned, for visits ahead only; nobody has been reminded yet.",
        "{n} reminders were planned, for visits ahead only; nobody has been reminded yet.",
        count,
    ).format(n=wording.number(count))
