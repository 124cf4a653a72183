"""The commands: the same salon without its window, for automation and support.

Each prints plain text, or JSON with ``--json``. Bad input is one clear sentence on the error stream, exit code 1 (2 for
a command that was not understood), and nothing changed.
"""

from __future__ import annotations

import glob
import json
import os
import shutil
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import errors, explain, language, paths, vocabulary, wording
from app.clock import Clock, SystemClock, standing_at
from app.language import _, ngettext
from app.models import connection, opening
from app.salon.transaction import Salon, carry_out

if TYPE_CHECKING:
    import argparse

    from app.arguments import Wanted
    from app.salon.clients.conditions import Conditions
    from app.salon.clients.listing import ListedClient
    from app.salon.reminders.queue import ReminderLine
    from app.salon.statistics.periods import Period
    from app.salon.statistics.results import FigureResult


_MOST_DIGITS = 18
"""Of a number that the database can hold."""
_MOST_YEARS = 30
_PLAIN = frozenset({".vizit", ".db", ".sqlite", ".sqlite3"})
"""A backup of such a name is the database alone."""
_STOPPED = 130
"""What a program ends with that was stopped from the keyboard."""


def run(wanted: Wanted) -> int:
    """Carry out a command; returns the exit code."""
    try:
        return _COMMANDS[wanted.command](wanted)
    except (errors.SalonError, errors.Trouble) as error:
        complain(error)
    except KeyboardInterrupt:
        # Everything is one transaction, and a new file that is not finished was taken away.
        complain(errors.Stopped())
        return _STOPPED
    except BrokenPipeError:
        # Whoever read the answer has left: "vizit report … | head -1".
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(errors.FileUnreadable(Path(str(error.filename or ""))))
    return 1


def complain(error: errors.SalonError | errors.Trouble) -> None:
    """Say on the error stream what is wrong and what to do. A program without a console has no such stream."""
    if sys.stderr is not None:
        sys.stderr.write(explain.sentence(error) + "\n")


def speak_utf8() -> None:
    """Let answers pass through every console and pipe: UTF-8 for programs, a mark for what a console lacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


# ---- commands ------------------------------------------------------------------------------------------------


def _import(wanted: Wanted) -> int:
    from app.salon.exchange import report as reports, salon_import

    options = wanted.options
    if options.take_back:
        return _take_back(wanted)
    if not options.profile:
        raise errors.OptionMissing("PROFILE")
    if options.folder is None:
        raise errors.OptionMissing("FOLDER")
    today = _day(options.today)
    with _salon_to_fill(wanted, today, dry_run=options.dry_run) as salon:
        report = salon_import.run(
            salon,
            options.profile,
            options.folder,
            today=today or salon.today(),
            dry_run=options.dry_run,
            progress=_progress if sys.stderr.isatty() else None,
        )
    return _print(wanted, report.as_json(), reports.lines(report))


def _take_back(wanted: Wanted) -> int:
    from app.salon.exchange import taking_back

    with _salon(wanted) as salon:
        taken = taking_back.take_back(salon)
    removed = {name: count for name, count in taken.removed.items() if count}
    return _print(wanted, {"taken_back": taken.run_id, "removed": removed}, [taking_back.told(taken)])


def _report(wanted: Wanted) -> int:
    from app.salon.statistics import figures, periods, results

    options = wanted.options
    first, last = _day(options.from_day), _day(options.to_day)
    if first is None:
        raise errors.OptionMissing("--from")
    if last is None:
        raise errors.OptionMissing("--to")
    today, period, return_period = _day(options.today_day), periods.Period(first, last), _return_period(options)
    with _salon(wanted) as salon:
        result = figures.compute(
            salon.database, options.figure, period, today=today or salon.today(), return_period=return_period
        )
    return _print(wanted, results.as_json(result), _figure_lines(result))


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


def _return_period(options: argparse.Namespace) -> Period | None:
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

    with _salon(wanted) as salon:
        today = salon.today()
        due = queue.due(salon.database, salon.wall_now())
    found = [
        {
            "client": one.client_name,
            "phone": one.phone,
            "visit": None if one.is_invitation else one.visit_starts_at.isoformat(),
            "services": one.services,
        }
        for one in due
    ]
    return _print(wanted, {"due": found}, [_due_line(one, today) for one in due] or [_("Nothing is due.")])


def _due_line(line: ReminderLine, today: date) -> str:
    starts_at = line.visit_starts_at
    when = f"{wording.weekday_and_date(starts_at.date(), today)}, {wording.clock_time(starts_at)}"
    if line.is_invitation:
        when = wording.reminder_kind(vocabulary.ReminderKind.INVITATION)
    phone = [wording.phone(line.phone)] if line.phone else []
    return " · ".join([when, line.client_name, *phone, line.services])


def _backup(wanted: Wanted) -> int:
    target: Path = wanted.options.file
    if target.exists():
        raise errors.FileExists(target)
    if not target.absolute().parent.is_dir():
        raise errors.FileMissing(target.absolute().parent)
    with _salon(wanted) as salon:
        if target.suffix.casefold() in _PLAIN:
            salon.database.backup_to(target)
            photos = int(salon.database.value("SELECT COUNT(*) FROM client_file"))
            return _print(wanted, {"backup": str(target), "files": 0}, [_copied_to(target), *_without(photos)])
        from app.salon.backup import archive

        shown = _progress if sys.stderr.isatty() else None
        manifest = archive.make(salon.database, target, salon.clock.now(), shown)
    missing = manifest.missing
    lost = [_("Photos and files that were not there: {n}. vizit check names them.").format(n=len(missing))]
    facts = {"backup": str(target), "files": len(manifest.entries) - 1, "missing": list(missing)}
    return _print(wanted, facts, [_copied_to(target), *(lost if missing else [])])


def _copied_to(target: Path) -> str:
    return _("Copied to {path}.").format(path=target)


def _without(photos: int) -> list[str]:
    """What a copy of the database alone does not hold."""
    if not photos:
        return []
    text = ngettext(
        "{n} photo or file is not in this copy: a name that ends in .zip takes it along.",
        "{n} photos and files are not in this copy: a name that ends in .zip takes them along.",
        photos,
    )
    return [text.format(n=wording.number(photos))]


def _restore(wanted: Wanted) -> int:
    from app.salon.backup import bringing_back, words

    target: Path = wanted.options.to or wanted.database or paths.default_database()
    shown = _progress if sys.stderr.isatty() else None
    back = bringing_back.bring_back(wanted.options.file, target, SystemClock().now(), shown)
    lines = [
        _("Brought back to {path}: {clients}, {visits}.").format(
            path=target, clients=wording.clients(back.clients), visits=wording.visits(back.visits)
        )
    ]
    if back.aside is not None:
        lines.append(_("What stood there before is in {path}.").format(path=back.aside))
    lines += words.forgotten_again(back.again)
    facts = {
        "restored": str(target),
        "aside": None if back.aside is None else str(back.aside),
        "clients": back.clients,
        "visits": back.visits,
        "files": back.files,
        "forgotten_again": back.again.forgotten,
        "asked_to_be_forgotten": back.again.asked,
        "together_with_forgotten": list(back.again.together),
        "predecessor_unread": back.again.is_predecessor_unread,
    }
    return _print(wanted, facts, lines)


def _calendar(wanted: Wanted) -> int:
    target: Path = wanted.options.file
    with _salon(wanted) as salon:
        text = _calendar_text(wanted.options, salon)
    _write_new(target, text.encode("utf-8"))
    return _print(wanted, {"calendar": str(target)}, [_("The calendar is in {path}.").format(path=target)])


def _calendar_text(options: argparse.Namespace, salon: Salon) -> str:
    from app.salon.exchange import calendars

    if options.visit is not None:
        if options.master is not None:
            raise errors.NotUnderstood("--master")
        return calendars.of_visit(salon, _number(options.visit))
    if options.master is None:
        raise errors.OptionMissing("--visit")
    week = _day(options.week)
    if week is None:
        raise errors.OptionMissing("--week")
    return calendars.of_master_week(salon, calendars.master_named(salon, options.master), week)


def _client_data(wanted: Wanted) -> int:
    from app.salon.clients import handing_out

    target: Path = wanted.options.file
    number = _number(wanted.options.client)
    if target.exists():
        raise errors.FileExists(target)
    with _salon(wanted) as salon:
        try:
            handing_out.hand_out(salon, number, target)
        except errors.Gone as error:
            raise errors.NoSuchClient(number) from error
    told = _("Everything that is held about the client is in {path}.").format(path=target)
    return _print(wanted, {"client_data": str(target)}, [told])


def _segment(wanted: Wanted) -> int:
    from app.salon.clients import listing
    from app.salon.exchange import client_table

    options = wanted.options
    today = _day(options.today)
    kind, target = _table_wanted(options)
    with _salon(wanted) as salon:
        day = today or salon.today()
        meant = _meant(salon, options.segment)
        found = listing.everybody(salon.database, listing.ListQuery(conditions=meant), day)
        count, currency = len(found.client_ids), salon.profile.currency
        lines = [] if target else listing.lines(salon.database, found.client_ids, day)
        if target is not None:
            shown = _progress if sys.stderr.isatty() else _untold
            client_table.write(salon.database, found.client_ids, target, day, currency, shown, kind=kind)
            carry_out(salon, client_table.note, count)
    facts: dict[str, Any] = {"segment": options.segment, "count": count, "spent": found.spent, "currency": currency}
    if target is not None:
        told = _("{clients} in {file}").format(clients=wording.clients(count), file=target)
        return _print(wanted, facts | {"file": str(target)}, [told])
    sum_line = _("{clients}, spent {money}").format(
        clients=wording.clients(count), money=wording.money(found.spent, currency)
    )
    said = [_client_line(one, day, currency) for one in lines]
    return _print(wanted, facts | {"clients": [client_table.as_json(one) for one in lines]}, [*said, sum_line])


def _table_wanted(options: argparse.Namespace) -> tuple[str, Path | None]:
    """The kind of table that is wanted and its new file. Raises FileExists, FileMissing, NotUnderstood."""
    if options.csv is not None and options.xlsx is not None:
        raise errors.NotUnderstood("--xlsx")
    kind, target = ("csv", options.csv) if options.xlsx is None else ("xlsx", options.xlsx)
    if target is not None and target.exists():
        raise errors.FileExists(target)
    if target is not None and not target.absolute().parent.is_dir():
        raise errors.FileMissing(target.absolute().parent)
    return kind, target


def _meant(salon: Salon, typed: str) -> Conditions:
    """The conditions of a segment by its name, or those that a file holds. Raises NoSuchSegment, BadSegment."""
    from app.salon.clients import conditions, segments

    try:
        return segments.named(salon.database, typed)
    except errors.NoSuchSegment:
        file = Path(typed)
        if not file.is_file():
            raise
    try:
        return conditions.read(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise errors.BadSegment from error


def _client_line(one: ListedClient, today: date, currency: str) -> str:
    last = "" if one.last_visit is None else wording.short_date(one.last_visit, today)
    phone = wording.phone(one.phone) if one.phone else ""
    spent = wording.money(one.spent, currency) if one.spent else ""
    return " · ".join(part for part in (one.name, phone, last, wording.visits(one.visits), spent) if part)


def _untold(_done: int, _total: int) -> None:
    """Nobody watches."""


def _forget(wanted: Wanted) -> int:
    from app.salon.clients import forgetting

    if not wanted.options.due:
        raise errors.OptionMissing("--due")
    with _salon(wanted) as salon:
        who = forgetting.due(salon.database, salon.clock.now())
        forgetting.forget_due(salon)
    told = ngettext("{n} client is forgotten.", "{n} clients are forgotten.", len(who))
    return _print(wanted, {"forgotten": who}, [told.format(n=wording.number(len(who)))])


def _check(wanted: Wanted) -> int:
    from app.salon import check

    with _salon(wanted) as salon:
        found = check.faults(salon.database)
    _print(
        wanted,
        {"whole": not found, "faults": [{"kind": f.kind, "count": f.count, "example": f.example} for f in found]},
        [f"{explain.fault(f.kind)}: {f.count} ({f.example})" for f in found] or [_("The salon's file is whole.")],
    )
    return 1 if found else 0


def _sample(wanted: Wanted) -> int:
    from app.salon.exchange import sample

    path: Path = wanted.options.file
    if path.exists():
        raise errors.FileExists(path)
    today, years = _day(wanted.options.today), _years(wanted.options.years)
    with _new_salon(path, today) as salon:
        day = today or salon.today()
        if wanted.options.large:
            shown = _progress if sys.stderr.isatty() else None
            sample.make_large(salon, day, years=years, language=language.current(), progress=shown)
        else:
            sample.make(salon, day, years=years, language=language.current())
    return _print(wanted, {"sample": str(path)}, [_("The sample salon is in {path}.").format(path=path)])


def _tour(wanted: Wanted) -> int:
    from app.tour import take

    folder: Path = wanted.options.folder
    pictures = take(folder)
    text = ngettext("{n} picture is in {folder}.", "{n} pictures are in {folder}.", len(pictures))
    return _print(
        wanted,
        {"pictures": [str(path) for path in pictures]},
        [text.format(n=wording.number(len(pictures)), folder=folder)],
    )


def _self_check(wanted: Wanted) -> int:
    from app.self_check import check

    results = check()
    complete = all(one.is_fine for one in results)
    _print(
        wanted,
        {"complete": complete, "checks": {one.name: one.said for one in results}},
        [f"{'ok ' if one.is_fine else 'BAD'} {one.name}: {one.said}" for one in results],
    )
    return 0 if complete else 1


_COMMANDS: dict[str, Callable[[Wanted], int]] = {
    "import": _import,
    "report": _report,
    "reminders": _reminders,
    "backup": _backup,
    "restore": _restore,
    "calendar": _calendar,
    "client-data": _client_data,
    "segment": _segment,
    "forget": _forget,
    "check": _check,
    "sample": _sample,
    "tour": _tour,
    "self-check": _self_check,
}


# ---- parts ---------------------------------------------------------------------------------------------------


@contextmanager
def _salon(wanted: Wanted) -> Generator[Salon]:
    """The salon that the command is about, closed at the end."""
    database = opening.open_existing(wanted.database or paths.default_database(), _bring_up_to_date)
    try:
        yield Salon(database, SystemClock())
    finally:
        database.close()


def _bring_up_to_date(work: Callable[[connection.Told], None], copy: Path) -> None:
    """Say to whoever watches that a file of an earlier version takes a while."""
    is_watched = sys.stderr is not None and sys.stderr.isatty()
    if is_watched:
        told = _("The salon's file is being brought up to date. As it was until now it is kept as “{name}”.")
        sys.stderr.write(told.format(name=copy.name) + "\n")
    work(_progress if is_watched else _untold)


@contextmanager
def _new_salon(path: Path, today: date | None) -> Generator[Salon]:
    """A salon in a new file; when it cannot be filled, no file is left behind."""
    try:
        database = opening.create(path)
        try:
            yield Salon(database, _clock(today))
        finally:
            database.close()
    except BaseException:
        shutil.rmtree(connection.files_folder_of(path), ignore_errors=True)
        for left in path.parent.glob(f"{glob.escape(path.name)}*"):
            left.unlink()
        raise


@contextmanager
def _salon_to_fill(wanted: Wanted, today: date | None, *, dry_run: bool) -> Generator[Salon]:
    """The salon to import into: the named file, made when it is new; a dry run into a new file stays in memory."""
    path = wanted.database or paths.default_database()
    if not path.exists() and not dry_run:
        with _new_salon(path, today) as salon:
            yield salon
        return
    database = opening.open_existing(path, _bring_up_to_date) if path.exists() else opening.create(None)
    try:
        yield Salon(database, _clock(today))
    finally:
        database.close()


def _write_new(path: Path, content: bytes) -> None:
    """Write a file where none stands; half a file is taken away again. Raises FileExists, FileMissing, Trouble."""
    if not path.absolute().parent.is_dir():
        raise errors.FileMissing(path.absolute().parent)
    try:
        file = path.open("xb")
    except FileExistsError as error:
        raise errors.FileExists(path) from error
    except OSError as error:
        raise errors.FileUnwritable(path) from error
    try:
        with file:
            file.write(content)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise errors.FileUnwritable(path) from error


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


def _number(typed: str) -> int:
    """The number of a record. Raises NotUnderstood."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS):
        raise errors.NotUnderstood(typed)
    return int(typed)


def _years(typed: str) -> int:
    """A number of years that a sample can have behind it. Raises NotUnderstood."""
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:_MOST_DIGITS]) <= _MOST_YEARS):
        raise errors.NotUnderstood(typed)
    return int(typed)


def _print(wanted: Wanted, data: dict[str, Any], lines: list[str]) -> int:
    """Answer; returns the exit code of success."""
    text = json.dumps(data, ensure_ascii=False, indent=2) if wanted.options.json else "\n".join(lines)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
    return 0


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done}/{total}" + ("\n" if done >= total else ""))
