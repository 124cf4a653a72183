"""The commands: the same salon without its window, for automation and support.

Each prints plain text, or JSON with ``--json``. Bad input is one clear sentence on the error stream, exit code 1 (2 for
a command that was not understood), and nothing changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app import errors, explain, language, paths, settings, wording
from app.clock import Clock, SystemClock, standing_at
from app.language import _
from app.models import connection
from app.salon.transaction import Salon
from app.vocabulary import Language

if TYPE_CHECKING:
    from app.salon.statistics.results import FigureResult


class Misunderstood(Exception):
    """The command line makes no sense; the text says what does."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    command: str
    database: Path | None
    language: str | None
    options: argparse.Namespace


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Misunderstood(f"vizit: {message}. {_('See')} vizit --help")


def parse(arguments: list[str]) -> Wanted:
    """What ``arguments`` ask for. Raises Misunderstood."""
    found = _parser().parse_args(arguments)
    chosen = getattr(found, "language", None)
    return Wanted(found.command or "", found.database, chosen, found)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="vizit", description="Визит / Vizit: appointments, cards, checklists, reminders, figures")
    parser.add_argument("--database", type=Path, metavar="FILE", help="the salon's file")
    parser.add_argument("--language", choices=[one.value for one in Language])
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    # The shared options may stand before or after the command; SUPPRESS keeps what was given before it.
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--database", type=Path, metavar="FILE", default=argparse.SUPPRESS)
    shared.add_argument("--language", choices=[one.value for one in Language], default=argparse.SUPPRESS)
    shared.add_argument("--json", action="store_true", help="print JSON")

    imports = commands.add_parser("import", parents=[shared], help="import a salon from another program")
    imports.add_argument("profile", nargs="?", help="name of a profile in resources/import_profiles")
    imports.add_argument("folder", nargs="?", type=Path, help="folder with the export's files")
    imports.add_argument("--today", help="the day that counts as today, 2018-07-30")
    imports.add_argument("--dry-run", action="store_true", help="report only, change nothing")
    imports.add_argument("--take-back", action="store_true", help="take the last import back as a whole")

    report = commands.add_parser("report", parents=[shared], help="one of the owner's figures")
    report.add_argument("figure")
    for name in ("--from", "--to", "--today", "--return-from", "--return-to"):
        report.add_argument(name, metavar="DAY", dest=name.strip("-").replace("-", "_") + "_day")

    reminders = commands.add_parser("reminders", parents=[shared], help="what is due")
    reminders.add_argument("what", choices=["due"])

    backup = commands.add_parser("backup", parents=[shared], help="a safe copy of the salon's file")
    backup.add_argument("file", type=Path)

    commands.add_parser("check", parents=[shared], help="whether the salon's file is whole")

    sample = commands.add_parser("sample", parents=[shared], help="a sample salon in a new file")
    sample.add_argument("file", type=Path)
    sample.add_argument("--today", help="the day that counts as today, 2026-05-14")

    tour = commands.add_parser("tour", parents=[shared], help="pictures of every screen")
    tour.add_argument("folder", type=Path)

    commands.add_parser("self-check", parents=[shared], help="prove that this installation is complete")
    return parser


def run(wanted: Wanted) -> int:
    """Carry out a command; returns the exit code."""
    preferred = settings.read(paths.settings_file()).language
    language.use(Language(wanted.language) if wanted.language else preferred)
    try:
        return _COMMANDS[wanted.command](wanted)
    except (errors.SalonError, errors.Trouble) as error:
        sys.stderr.write(explain.sentence(error) + "\n")
        return 1


# ---- commands ------------------------------------------------------------------------------------------------


def _import(wanted: Wanted) -> int:
    from app.salon.exchange import report as reports
    from app.salon.exchange import salon_import

    options = wanted.options
    if options.take_back:
        return _take_back(wanted)
    if not options.profile:
        raise errors.OptionMissing("PROFILE")
    if options.folder is None:
        raise errors.OptionMissing("FOLDER")
    today = _day(options.today)
    if not (wanted.database or paths.default_database()).exists():
        # A refused import leaves no empty salon behind: the files are read before a new one is made.
        salon_import.gather(options.profile, options.folder, today=today or SystemClock().now().date())
    salon = _open_for_import(wanted, today, dry_run=options.dry_run)
    try:
        report = salon_import.run(
            salon,
            options.profile,
            options.folder,
            today=today or salon.today(),
            dry_run=options.dry_run,
            progress=_progress if sys.stderr.isatty() else None,
        )
        _print(wanted, report.as_json(), reports.lines(report))
    finally:
        salon.database.close()
    return 0


def _take_back(wanted: Wanted) -> int:
    from app.salon.exchange import taking_back

    salon = _open(wanted)
    try:
        taken = taking_back.take_back(salon)
        removed = {name: count for name, count in taken.removed.items() if count}
        text = _("The import of {source} was taken back: {n} records were removed.").format(
            source=taken.source, n=sum(removed.values())
        )
        _print(wanted, {"taken_back": taken.run_id, "removed": removed}, [text])
    finally:
        salon.database.close()
    return 0


def _open_for_import(wanted: Wanted, today: date | None, *, dry_run: bool) -> Salon:
    """The salon to import into: the named file, made when it is new; a dry run into a new file stays in memory."""
    path = wanted.database or paths.default_database()
    if not path.exists() and dry_run:
        return Salon(connection.create(None), _clock(today), "import")
    database = connection.open_existing(path) if path.exists() else connection.create(path)
    return Salon(database, _clock(today), "import")


def _report(wanted: Wanted) -> int:
    from app.salon.statistics import figures, periods, results

    options = wanted.options
    first, last = _day(options.from_day), _day(options.to_day)
    if first is None:
        raise errors.OptionMissing("--from")
    if last is None:
        raise errors.OptionMissing("--to")
    salon = _open(wanted)
    try:
        result = figures.compute(
            salon.database,
            options.figure,
            periods.Period(first, last),
            today=_day(options.today_day) or salon.today(),
            return_period=_return_period(options),
        )
        _print(wanted, results.as_json(result), _figure_lines(result))
    finally:
        salon.database.close()
    return 0


def _figure_lines(result: FigureResult) -> list[str]:
    rows = [
        f"{row.label}: {wording.percent(row.numerator, row.denominator)} ({row.numerator} / {row.denominator})"
        + (f", {row.immature_text}" if row.immature else "")
        for row in result.rows
    ]
    return [
        f"{wording.figure(result.figure)}, {wording.days_between(result.period.begins, result.period.ends)}",
        result.definition,
        *rows,
    ]


def _return_period(options: argparse.Namespace) -> Any:
    from app.salon.statistics import periods

    first, last = _day(options.return_from_day), _day(options.return_to_day)
    if first is None and last is None:
        return None
    if first is None:
        raise errors.OptionMissing("--return-from")
    if last is None:
        raise errors.OptionMissing("--return-to")
    return periods.Period(first, last)


def _reminders(wanted: Wanted) -> int:
    from app.salon.reminders import queue

    salon = _open(wanted)
    due = queue.due(salon.database, salon.wall_now())
    found = [
        {
            "client": one.client_name,
            "phone": one.phone,
            "visit": one.visit_starts_at.isoformat(),
            "services": one.services,
        }
        for one in due
    ]
    texts = [
        f"{wording.clock_time(one.visit_starts_at)} {one.client_name} {wording.phone(one.phone)} {one.services}"
        for one in due
    ]
    _print(wanted, {"due": found}, texts or [_("Nothing is due.")])
    return _closed(salon)


def _backup(wanted: Wanted) -> int:
    target: Path = wanted.options.file
    if target.exists():
        raise errors.FileExists(target)
    if not target.absolute().parent.is_dir():
        raise errors.FileMissing(target.absolute().parent)
    salon = _open(wanted)
    salon.database.backup_to(target)
    _print(wanted, {"backup": str(target)}, [_("Copied to {path}.").format(path=target)])
    return _closed(salon)


def _check(wanted: Wanted) -> int:
    from app.salon import check

    salon = _open(wanted)
    found = check.faults(salon.database)
    _print(
        wanted,
        {"whole": not found, "faults": [{"kind": f.kind, "count": f.count, "example": f.example} for f in found]},
        [_("The salon's file is whole.")] if not found else [f"{f.kind}: {f.count} ({f.example})" for f in found],
    )
    _closed(salon)
    return 1 if found else 0


def _sample(wanted: Wanted) -> int:
    from app.salon.exchange import sample

    path: Path = wanted.options.file
    if path.exists():
        raise errors.SalonNotEmpty(path)
    today = _day(wanted.options.today)
    salon = Salon(connection.create(path), _clock(today), "")
    try:
        sample.make(salon, today or salon.today(), language=language.current())
        # A sample is a whole file that can be copied at once.
        _print(wanted, {"sample": str(path)}, [_("The sample salon is in {path}.").format(path=path)])
    finally:
        salon.database.close()
    return 0


def _tour(wanted: Wanted) -> int:
    from app.tour import take

    pictures = take(wanted.options.folder)
    _print(
        wanted,
        {"pictures": [str(path) for path in pictures]},
        [_("{n} pictures are in {folder}.").format(n=len(pictures), folder=wanted.options.folder)],
    )
    return 0


def _self_check(wanted: Wanted) -> int:
    from app.self_check import check

    results = check()
    _print(
        wanted,
        {"complete": all(one.is_fine for one in results), "checks": {one.name: one.said for one in results}},
        [f"{'ok ' if one.is_fine else 'BAD'} {one.name}: {one.said}" for one in results],
    )
    return 0 if all(one.is_fine for one in results) else 1


_COMMANDS: dict[str, Callable[[Wanted], int]] = {
    "import": _import,
    "report": _report,
    "reminders": _reminders,
    "backup": _backup,
    "check": _check,
    "sample": _sample,
    "tour": _tour,
    "self-check": _self_check,
}


# ---- parts ---------------------------------------------------------------------------------------------------


def _open(wanted: Wanted) -> Salon:
    return Salon(connection.open_existing(wanted.database or paths.default_database()), SystemClock(), "")


def _closed(salon: Salon) -> int:
    salon.database.close()
    return 0


def _clock(today: date | None) -> Clock:
    """The system's clock, or one that stands at noon of ``today`` in UTC."""
    return SystemClock() if today is None else standing_at(datetime(today.year, today.month, today.day, 12), "UTC")


def _day(typed: str | None) -> date | None:
    if typed is None:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise errors.BadDate(typed) from error


def _print(wanted: Wanted, data: dict[str, Any], lines: list[str]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2) if wanted.options.json else "\n".join(lines)
    sys.stdout.write(text + "\n")


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done}/{total}" + ("\n" if done >= total else ""))
