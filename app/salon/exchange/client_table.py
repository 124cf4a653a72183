"""Clients as a table for other programs: CSV that a Russian Excel opens with a double click, and XLSX."""

import csv
import importlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app import wording
from app.errors import FileUnwritable
from app.language import _
from app.models.connection import Database
from app.salon.clients import listing
from app.salon.clients.listing import ListedClient
from app.salon.transaction import Work
from app.vocabulary import Action, Topic

CSV, XLSX = "csv", "xlsx"
_AT_ONCE = 500
_DANGEROUS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
"""The same signs in full width too: a table in an East Asian language reads them alike."""
_WIDTHS = (32, 20, 12, 12, 8, 12)

Progress = Callable[[int, int], None]
"""Is told how many clients of how many are written."""


def harmless(cell: str) -> str:
    """``cell`` so that no table takes it for a formula: with an apostrophe before what begins like one."""
    begins = cell.lstrip()
    return f"'{cell}" if begins.startswith(_DANGEROUS) or cell.startswith(_DANGEROUS) else cell


def write(
    database: Database,
    client_ids: Sequence[int],
    path: Path,
    today: date,
    currency: str,
    progress: Progress = lambda _done, _total: None,
    *,
    kind: str = "",
) -> None:
    """Write these clients into ``path``, as ``kind`` or, without one, as CSV unless its name ends in .xlsx.

    The file appears when it is whole. Raises FileUnwritable.
    """
    unfinished = path.with_name(f"{path.name}.unfinished")
    lines = _lines(database, client_ids, today, progress)
    try:
        if (kind or path.suffix.lower().removeprefix(".")) == XLSX:
            _write_xlsx(unfinished, lines, currency)
        else:
            _write_csv(unfinished, lines)
        unfinished.replace(path)
    except OSError as error:
        raise FileUnwritable(path) from error
    finally:
        unfinished.unlink(missing_ok=True)


def as_json(one: ListedClient) -> dict[str, Any]:
    """A client of the list for another program; ``spent`` is minor units."""
    return {
        "client": one.client_id,
        "name": one.name,
        "phone": one.phone,
        "last_visit": None if one.last_visit is None else one.last_visit.isoformat(),
        "next_visit": None if one.next_visit is None else one.next_visit.isoformat(),
        "visits": one.visits,
        "spent": one.spent,
    }


def note(work: Work, count: int) -> None:
    """Note in the journal that so many clients were written into a file: personal data left the program."""
    work.tell(Action.CLIENTS_EXPORTED, note=str(count))
    work.notes.topics.add(Topic.SEGMENTS)


def _lines(database: Database, client_ids: Sequence[int], today: date, progress: Progress) -> Iterator[ListedClient]:
    for begin in range(0, len(client_ids), _AT_ONCE):
        progress(begin, len(client_ids))
        yield from listing.lines(database, client_ids[begin : begin + _AT_ONCE], today)


def _head(currency: str = "") -> list[str]:
    spent = _("Spent, {currency}").format(currency=currency) if currency else _("Spent")
    return [_("Name"), _("Phone"), _("Last visit"), _("Next visit"), _("Visits"), spent]


def _write_csv(path: Path, lines: Iterator[ListedClient]) -> None:
    # With a mark at its beginning and semicolons, because that is what Excel takes for a table in Russia.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\r\n")
        table.writerow(map(harmless, _head()))
        for one in lines:
            table.writerow(
                [
                    harmless(one.name),
                    harmless(wording.phone(one.phone)) if one.phone else "",
                    _day(one.last_visit),
                    _day(one.next_visit),
                    one.visits,
                    _decimal(one.spent),
                ]
            )


def _decimal(minor: int) -> str:
    """Money as Excel reads it in Russia; what was paid back more than paid stays a number, not a formula."""
    whole, hundredths = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{whole},{hundredths:02}"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"


def _write_xlsx(path: Path, lines: Iterator[ListedClient], currency: str) -> None:
    xlsxwriter: Any = importlib.import_module("xlsxwriter")  # costs 90 ms, and most days nobody exports
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    looks = ({"bold": True}, {"num_format": "dd.mm.yyyy"}, {"num_format": "#,##0.00"}, {"quote_prefix": True})
    # "As if an apostrophe was typed before it": Excel shows +7 as +7 and takes it for words even after a change.
    strong, day, money, words = (book.add_format(look) for look in looks)
    sheet = book.add_worksheet(_("Clients"))
    for column, (title, width) in enumerate(zip(_head(currency), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, strong)
    sheet.freeze_panes(1, 0)
    for row, one in enumerate(lines, start=1):
        sheet.write_string(row, 0, one.name, words)
        sheet.write_string(row, 1, wording.phone(one.phone) if one.phone else "", words)
        for column, when in ((2, one.last_visit), (3, one.next_visit)):
            if when is not None:
                sheet.write_datetime(row, column, when, day)
        sheet.write_number(row, 4, one.visits)
        sheet.write_number(row, 5, one.spent / 100, money)
    book.close()
