"""The house keeps its shape: who imports whom, and what is done in one place alone.

The contracts stand in pyproject.toml. Each is broken here on purpose in a copy of the tree, so that a contract
that guards nothing is noticed. What import-linter cannot see is read from the syntax of the files.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import grimp
import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"
FILES = sorted(APP.rglob("*.py"))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

HEAVY = ["babel", "peewee", "phonenumbers", "playhouse", "importlib.metadata"]
"""What takes long to load, and is wanted when something is written, printed or dialled."""

NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "core", "base", "data", "info", "misc", "tools"}
"""A file of such a name tells that a concept has none."""


def name_of(path: Path) -> str:
    """A file as messages name it."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """What stands in a file."""
    return path.read_text(encoding="utf-8")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """The syntax of a file; its first node is the whole module."""
    return tuple(ast.walk(ast.parse(text_of(path), name_of(path))))


@pytest.fixture(autouse=True, scope="module")
def nothing_kept() -> Iterator[None]:
    """The syntax of the house is millions of objects, among which every later test would have to look for waste."""
    yield
    nodes_of.cache_clear()


def imported_by(path: Path, *, said: str) -> Iterator[tuple[str, str]]:
    """Every import of a file, lazy ones too: (module, name); the name is empty when the module itself is imported.

    A file is read only when the pattern ``said`` is found in its text: understanding all of them takes seconds.
    """
    if not re.search(said, text_of(path)):
        return
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from ((one.name, "") for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", one.name) for one in node.names)


def files_with(wrong: Callable[[ast.AST], bool], *, said: str, but: str = "", under: str = "app/") -> list[str]:
    """Where a kind of syntax stands, as file:line; files that begin with ``but`` may have it.

    It cannot stand in a file whose text has not the pattern ``said``.
    """
    return [
        f"{name_of(path)}:{getattr(node, 'lineno', 0)}"
        for path in FILES
        if name_of(path).startswith(under) and not (but and name_of(path).startswith(but))
        if re.search(said, text_of(path))
        for node in nodes_of(path)
        if wrong(node)
    ]


# ---- the contracts -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's files once more, to plant violations in."""
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(APP, root / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


Import = tuple[str, int]
"""A module, and the line in which it imports something."""


def broken_contracts(root: Path, patch: pytest.MonkeyPatch) -> dict[str, set[Import]]:
    """The contracts that the tree in ``root`` breaks, by number, and the imports by which each is broken."""
    patch.syspath_prepend(root)
    patch.delitem(sys.modules, "app")
    patch.chdir(root)
    configure()
    options = use_cases.read_user_options(config_filename="pyproject.toml")
    use_cases._register_contract_types(options)
    report = use_cases.create_report(options, cache_dir=str(root / "read_before"))
    assert not report.could_not_run
    return {
        contract.name[0]: set(imports_in(check.metadata))
        for contract, check in report.get_contracts_and_checks()
        if not check.kept
    }


def imports_in(told: object) -> Iterator[Import]:
    """Every import that a contract tells of, however deep."""
    if isinstance(told, dict):
        for line in told.get("line_numbers", ()):
            yield told["importer"], line
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from imports_in(one)


def test_every_contract_is_kept(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert broken_contracts(copy, monkeypatch) == {}


PLANTED = [
    ("1", "models/visits.py", "from app.salon import changes"),
    ("1", "vocabulary.py", "from app import errors"),
    ("1", "channels/chat_links.py", "from app.ui import wishes"),
    ("1", "salon/journal.py", "from app.launch import build"),
    ("2", "ui/clients/screen.py", "import peewee"),
    ("2", "ui/perform.py", "from app.models import Visit"),
    ("2", "ui/calendar/screen.py", "def later():\n    from playhouse import migrate"),
    ("3", "salon/journal.py", "from PySide6.QtCore import QObject"),
    ("3", "wording.py", "def later():\n    import PySide6"),
    ("4", "salon/clients/phones.py", "import peewee"),
    ("4", "salon/scheduling/intervals.py", "from app.salon import profile"),
    ("5", "ui/calendar/screen.py", "from app.ui.clients.card_panel import ClientCardPanel"),
    ("5", "ui/my_day/screen.py", "def later():\n    from app.ui.calendar import screen"),
]


NAMED = [f"{contract}-{file}" for contract, file, _planted in PLANTED]


class Broken(NamedTuple):
    """What the contracts tell of a house in which all violations are planted, and where those are."""

    told: dict[str, set[Import]]
    places: list[Import]


@pytest.fixture(scope="module")
def broken(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """The house is read once for all of them: reading it takes longer than looking for one."""
    root = tmp_path_factory.mktemp("broken") / "house"
    shutil.copytree(copy, root)
    places = []
    for _contract, file, planted in PLANTED:
        path = root / "app" / file
        whole = f"{path.read_text(encoding='utf-8')}\n\n{planted}\n"
        path.write_text(whole, encoding="utf-8")
        places.append(("app." + file.removesuffix(".py").replace("/", "."), len(whole.splitlines())))
    with pytest.MonkeyPatch.context() as patch:
        return Broken(broken_contracts(root, patch), places)


@pytest.mark.parametrize(("number", "contract"), [(number, one[0]) for number, one in enumerate(PLANTED)], ids=NAMED)
def test_a_planted_violation_breaks_its_contract(broken: Broken, number: int, contract: str) -> None:
    assert broken.places[number] in broken.told.get(contract, set())


def test_every_module_of_the_house_has_its_layer() -> None:
    layers = next(one for one in CONTRACTS if one["type"] == "layers")["layers"]
    named = {name.strip() for layer in layers for name in re.split("[:|]", layer)}
    there = {f"app.{path.stem}" for path in APP.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert there - {"app.__init__"} == named


def test_every_screen_is_a_stranger_to_the_others() -> None:
    shared = {"widgets", "tables"}
    named = set(next(one for one in CONTRACTS if one["type"] == "independence")["modules"])
    there = {f"app.ui.{path.name}" for path in (APP / "ui").iterdir() if (path / "__init__.py").is_file()}
    assert there - {f"app.ui.{name}" for name in shared} == named


def test_a_file_that_calls_itself_pure_is_pure() -> None:
    graph = grimp.build_graph("app", include_external_packages=True, cache_dir=None)
    forbidden = {
        "app.salon": ("peewee", "app.models"),
        "app.channels": ("peewee", "app.models"),
        "app.ui": ("PySide6",),
    }
    pure = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in FILES
        if re.search(r"\bPure\b", text_of(path))
        and re.search(r"\bPure\b", ast.get_docstring(ast.parse(text_of(path))) or "")
    }
    assert set(next(one for one in CONTRACTS if one["name"].startswith("4"))["source_modules"]) <= pure
    assert not [
        chain
        for module in sorted(pure)
        for package, outside in forbidden.items()
        if module.startswith(package)
        for one in outside
        if (chain := graph.find_shortest_chain(module, one, as_packages=one.startswith("app.")))
    ]


# ---- what stands in one place --------------------------------------------------------------------------------


def test_only_the_clock_reads_the_time() -> None:
    moments = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    moments |= {("QDateTime", "currentDateTime"), ("QDate", "currentDate"), ("QTime", "currentTime")}

    def reads_the_time(node: ast.AST) -> bool:
        if not isinstance(node, ast.Attribute):
            return False
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        return (owner, node.attr) in moments

    said = r"\b(datetime|date|time|QDateTime|QDate|QTime)\s*\.\s*(now|utcnow|today|time|current\w+)\b"
    assert files_with(reads_the_time, said=said, but="app/clock.py") == []


@pytest.mark.parametrize(
    ("names", "home"),
    [
        ({"QMessageBox", "QFileDialog", "QInputDialog"}, "app/ui/asking.py"),
        ({"QDesktopServices"}, "app/launch.py"),
    ],
    ids=lambda given: given if isinstance(given, str) else None,
)
def test_one_thing_has_one_home(names: set[str], home: str) -> None:
    users = {
        name_of(path)
        for path in FILES
        if any(names & {module, name} for module, name in imported_by(path, said="|".join(names)))
    }
    assert users == {home}


def test_only_the_language_reads_catalogues() -> None:
    assert [
        name_of(path) for path in FILES if "gettext" in {module for module, _ in imported_by(path, said=r"\bgettext\b")}
    ] == []
    users = {name_of(path) for path in FILES if ("app.language", "Catalogue") in imported_by(path, said="Catalogue")}
    assert users == set()


def test_qt_stays_where_it_belongs() -> None:
    """Beside the screens only those who start them know Qt, and the two commands that look at them."""
    outside = [path for path in FILES if not name_of(path).startswith("app/ui/")]
    users = {
        name_of(path)
        for path in outside
        if any(module.startswith("PySide6") for module, _ in imported_by(path, said="PySide6"))
    }
    assert users <= {
        "app/__main__.py",
        "app/launch.py",
        "app/self_check.py",
        "app/tour.py",
    }


def test_no_colour_is_mixed_outside_the_theme() -> None:
    def is_raw(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"#[0-9a-fA-F]{3,8}", node.value) is not None
        )

    assert files_with(is_raw, said="#[0-9a-fA-F]{3}", but="app/ui/theme.py", under="app/ui/") == []


def test_a_menu_is_our_own() -> None:
    def makes_a_bare_menu(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QMenu"

    assert files_with(makes_a_bare_menu, said="QMenu") == []


def test_a_signal_calls_a_method_not_a_lambda() -> None:
    """A lambda keeps its screen alive and is called after it is gone; Qt lets go of a method with its object."""

    def connects_a_lambda(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "connect"
            and any(isinstance(given, ast.Lambda) for given in node.args)
        )

    assert files_with(connects_a_lambda, said=r"(?s)connect\(.*lambda") == []


def test_a_numbered_step_knows_the_engine_alone() -> None:
    """What a step does never changes again, whatever becomes of the program."""
    steps = sorted((APP / "models" / "migrations").glob("[0-9]*.py"))
    assert steps
    assert {module.split(".")[0] for step in steps for module, _ in imported_by(step, said="import")} <= {
        "peewee",
        "re",
        "typing",
    }


def test_every_file_has_a_name() -> None:
    named = {name_of(path) for path in FILES if NAMELESS & set(path.relative_to(ROOT).with_suffix("").parts)}
    assert named == set()


def test_the_first_ring_of_tests_needs_no_qt() -> None:
    strange = ("PySide6", "pytestqt", "app.ui", "app.launch")
    outside = [
        f"{name_of(path)}: {module}"
        for folder in ("salon", "models", "channels")
        for path in sorted((ROOT / "tests" / folder).rglob("*.py"))
        for module, _ in imported_by(path, said="|".join(map(re.escape, strange)))
        if module.startswith(strange)
    ]
    assert outside == []


@pytest.mark.parametrize(
    ("started", "left_out"),
    [
        ("import app.__main__, app.cli", [*HEAVY, "PySide6", "app.ui"]),
        (
            "import app.launch",
            [*HEAVY, "app.cli", "app.models.tables", "app.ui.booking", "app.ui.clients", "app.ui.statistics"],
        ),
    ],
    ids=["command", "window"],
)
def test_a_start_loads_only_what_it_needs(started: str, left_out: list[str]) -> None:
    """The first painted calendar and the first printed line wait for everything that is imported before them."""
    code = f"import sys; {started}; print(*sys.modules, sep='\\n')"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert set(told.stdout.split()) & set(left_out) == set()
