"""What somebody typed on the command line, and the help for it in their own language."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app import __version__, paths, settings
from app.errors import NotUnderstood, OptionMissing, ValueMissing
from app.frozen import frozen
from app.language import _
from app.vocabulary import Figure, Language, ReadySegment

if TYPE_CHECKING:
    from argparse import Action


@frozen
class Wanted:
    """What was asked for. An empty ``command`` opens the program."""

    command: str
    database: Path | None
    language: Language | None
    options: argparse.Namespace


def spoken(arguments: Sequence[str]) -> Language:
    """The language to answer in, known before anything else is understood."""
    for given, following in zip(arguments, [*arguments[1:], ""], strict=True):
        named = following if given == "--language" else given.removeprefix("--language=")
        if given.startswith("--language") and named in tuple(Language):
            return Language(named)
    return settings.read(paths.settings_file()).language


def parse(arguments: Sequence[str]) -> Wanted:
    """What ``arguments`` ask for. Raises NotUnderstood, OptionMissing, ValueMissing."""
    try:
        found, rest = _parser().parse_known_args(arguments)
    except argparse.ArgumentError as error:
        raise _said(error, arguments) from error
    if rest:
        raise NotUnderstood(rest[0])
    for name in _NEEDED.get(found.command or "", ()):
        if getattr(found, name) is None:
            raise OptionMissing(name.upper())
    language = Language(found.language) if found.language else None
    return Wanted(found.command or "", found.database, language, found)


_NEEDED = {
    "report": ("figure",),
    "reminders": ("what",),
    "backup": ("file",),
    "restore": ("file",),
    "calendar": ("file",),
    "client-data": ("client", "file"),
    "segment": ("segment",),
    "sample": ("file",),
    "tour": ("folder",),
}
"""What a command cannot do without, and argparse would ask for in English."""


def _said(error: argparse.ArgumentError, arguments: Iterable[str]) -> NotUnderstood | ValueMissing:
    name = error.argument_name or ""
    odd = next((given for given in arguments if given.startswith(f"{name}=")), None)
    return NotUnderstood(odd) if odd else ValueMissing(name)


class _Help(argparse.HelpFormatter):
    """The help, with its first word in the language of the reader."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        usage_word = _("Usage:")
        super().add_usage(usage, actions, groups, f"{usage_word} " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Raises errors of the house instead of leaving the program, and takes no word for another one."""

    def __init__(self, **given: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, exit_on_error=False, formatter_class=_Help, **given)
        self.needs = self.add_argument_group(_("Arguments"))
        self.options = self.add_argument_group(_("Options"))
        self.options.add_argument("-h", "--help", action="help", help=_("show this help"))

    def error(self, message: str) -> NoReturn:
        raise NotUnderstood(message)

    def _check_value(self, action: Action, value: Any) -> None:
        known = tuple(action.choices or ())
        if action.choices is not None and value not in known:
            raise NotUnderstood(str(value), known)


def _share(options: argparse._ArgumentGroup, absent: Any) -> None:
    """The options that stand before a command or after it."""
    options.add_argument("--database", type=Path, metavar=_("FILE"), default=absent, help=_("the salon's file"))
    languages = [one.value for one in Language]
    options.add_argument("--language", choices=languages, default=absent, help=_("the language of the answers"))


def _parser() -> _Parser:
    parser = _Parser(
        prog="vizit",
        description=_("Vizit: visits, client cards, checklists, reminders and figures. Without a command it opens."),
    )
    parser.options.add_argument(
        "--version", action="version", version=f"Vizit {__version__}", help=_("show the version")
    )
    _share(parser.options, None)
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("Commands"), parser_class=_Parser)

    def command(name: str, told: str, **more: Any) -> _Parser:
        made = commands.add_parser(name, help=told, description=told, **more)
        # SUPPRESS keeps what was given before the command.
        _share(made.options, argparse.SUPPRESS)
        made.options.add_argument("--json", action="store_true", help=_("answer in JSON"))
        return made

    day = _("DAY")
    imports = command("import", _("import a salon from another program"))
    imports.needs.add_argument("profile", nargs="?", metavar="PROFILE", help=_("which program: salon-csv"))
    imports.needs.add_argument("folder", nargs="?", metavar="FOLDER", type=Path, help=_("the folder of its files"))
    imports.options.add_argument("--today", metavar=day, help=_("the day that counts as today, 2018-07-30"))
    imports.options.add_argument("--dry-run", action="store_true", help=_("only report, change nothing"))
    imports.options.add_argument("--take-back", action="store_true", help=_("take the last import back as a whole"))

    report = command("report", _("one of the owner's figures"))
    figures = ", ".join(one.value for one in Figure)
    report.needs.add_argument("figure", nargs="?", metavar="FIGURE", help=figures)
    for name, told in (
        ("--from", _("the first day of the period")),
        ("--to", _("the last day of the period")),
        ("--today", _("the day that counts as today, 2018-07-30")),
        ("--return-from", _("the first day on which a return counts")),
        ("--return-to", _("the last day on which a return counts")),
    ):
        report.options.add_argument(name, metavar=day, dest=name.strip("-").replace("-", "_") + "_day", help=told)

    reminders = command("reminders", _("whom to remind now"))
    reminders.needs.add_argument("what", nargs="?", metavar="due", choices=["due"], help=_("what is due"))

    backup = command("backup", _("a safe copy of the salon with its photos"))
    backup.needs.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        type=Path,
        help=_("the new file; a .vizit holds no photos"),
    )

    restore = command("restore", _("bring a backup back"))
    restore.needs.add_argument("file", nargs="?", metavar="FILE", type=Path, help=_("the backup"))
    restore.options.add_argument(
        "--to", type=Path, metavar=_("FILE"), help=_("where the salon is to stand; what stands there is put aside")
    )

    calendar = command("calendar", _("a visit or a master's week for other calendars"))
    calendar.needs.add_argument("file", nargs="?", metavar="FILE", type=Path, help=_("the new file"))
    calendar.options.add_argument("--visit", metavar=_("NUMBER"), help=_("the visit that goes to its client"))
    calendar.options.add_argument("--master", metavar=_("NAME"), help=_("the master whose week it is"))
    calendar.options.add_argument("--week", metavar=day, help=_("any day of the week"))

    handed = command("client-data", _("everything that is held about a client, for that client"))
    handed.needs.add_argument("client", nargs="?", metavar="CLIENT", help=_("the number of the card"))
    handed.needs.add_argument("file", nargs="?", metavar="FILE", type=Path, help=_("the new file"))

    segment = command("segment", _("the clients of a segment, for a table or another program"))
    ready = ", ".join(one.value for one in ReadySegment)
    segment.needs.add_argument(
        "segment",
        nargs="?",
        metavar="SEGMENT",
        help=_("its name, or a file with its conditions; ready ones: {names}").format(names=ready),
    )
    segment.options.add_argument("--csv", type=Path, metavar=_("FILE"), help=_("the new table, as CSV"))
    segment.options.add_argument("--xlsx", type=Path, metavar=_("FILE"), help=_("the new table, as an Excel workbook"))
    segment.options.add_argument("--today", metavar=day, help=_("the day that counts as today, 2018-07-30"))

    forget = command("forget", _("forget for good who asked for it thirty days ago"))
    forget.options.add_argument("--due", action="store_true", help=_("do it for everybody whose days are over"))

    command("check", _("whether the salon's file is whole"))

    sample = command("sample", _("a sample salon in a new file"))
    sample.needs.add_argument("file", nargs="?", metavar="FILE", type=Path, help=_("the new file"))
    sample.options.add_argument("--today", metavar=day, help=_("the day that counts as today, 2018-07-30"))
    sample.options.add_argument("--years", metavar=_("NUMBER"), default="1", help=_("how many years it has behind it"))
    sample.options.add_argument("--large", action="store_true", help=_("twelve masters, 5,000 new clients a year"))

    tour = command("tour", _("pictures of every screen"))
    tour.needs.add_argument("folder", nargs="?", metavar="FOLDER", type=Path, help=_("where the pictures go"))

    command("self-check", _("prove that this installation is complete"))
    return parser
