"""What is needed to install the program, and that an installation is complete, frozen or not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import app
import vizit

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = [ROOT / "requirements.lock", ROOT / "requirements-uv.lock"]


def run(command: list[str], home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program without a screen and with an empty home."""
    places = dict.fromkeys(("HOME", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(home))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **places, **variables}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=home, check=False)


def bootstrap(code: str, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a bare Python that finds the bootstrap as a module and nothing of the environment."""
    return run([sys.executable, "-S", "-c", code], home, PYTHONPATH=str(ROOT), **variables)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_checks_every_package_and_names_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in package and "--hash=sha256:" in package for package in packages)
    assert "://" not in text
    assert " @ " not in text


def test_the_lock_holds_everything_the_project_asks_for() -> None:
    asked = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=~!; ]", requirement)[0].lower() for requirement in asked}
    locked = re.findall(r"^([a-z0-9._-]+)==", LOCKS[0].read_text(encoding="utf-8"), re.MULTILINE)
    assert names <= set(locked)


def test_the_program_knows_its_version() -> None:
    assert app.__version__ == PROJECT["project"]["version"]


def test_an_old_python_is_told_what_is_needed(tmp_path: Path) -> None:
    old = "import sys; sys.version_info = (3, 9, 2, 'final', 0); import vizit"
    told = bootstrap(old, tmp_path, LC_ALL="C.UTF-8")
    assert told.returncode == 1
    assert told.stderr == "Vizit needs Python 3.11 to 3.14, and this is Python 3.9.\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks system libraries")
def test_a_system_without_apt_is_told_what_to_install(tmp_path: Path) -> None:
    told = bootstrap("import vizit; vizit.install_missing(['libegl1'])", tmp_path, LC_ALL="ru_RU.UTF-8", PATH="")
    assert told.returncode == 1
    assert "sudo apt-get install --no-install-recommends libegl1" in told.stderr
    assert "Системе не хватает пакетов" in told.stderr


@pytest.mark.parametrize(
    "changed", ["app/errors.py", "app/models/migrations/0001.py", "app/salon/clients/card.py", "requirements.lock"]
)
def test_types_are_read_again_when_something_they_are_read_from_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    monkeypatch.setattr(vizit, "ROOT", tmp_path)
    monkeypatch.setattr(vizit, "LOCK", tmp_path / "requirements.lock")
    for name in {changed, "app/ui/screen.py", "requirements.lock", "pyproject.toml"}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    known = vizit.types_depend_on()
    (tmp_path / "app/ui/screen.py").write_text("2", encoding="utf-8")
    assert vizit.types_depend_on() == known
    (tmp_path / changed).write_text("2", encoding="utf-8")
    assert vizit.types_depend_on() != known
    (tmp_path / changed).write_text("1", encoding="utf-8")
    (tmp_path / "app/salon").mkdir(exist_ok=True)
    (tmp_path / "app/salon/__init__.py").touch()
    assert vizit.types_depend_on() != known, "a file came that holds nothing"


def test_the_installation_is_complete(tmp_path: Path) -> None:
    checked = run([sys.executable, "-P", "-m", "app", "self-check"], tmp_path, PYTHONPATH=str(ROOT))
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.slow
def test_the_frozen_program_is_complete(tmp_path: Path) -> None:
    folders = ["--distpath", str(tmp_path / "dist"), "--workpath", str(tmp_path / "build")]
    freeze = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *folders]
    frozen = subprocess.run([*freeze, str(ROOT / "build.spec")], capture_output=True, text=True, check=False)
    assert frozen.returncode == 0, frozen.stderr
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    checked = run([str(tmp_path / "dist" / "vizit" / "vizit"), "self-check"], elsewhere)
    assert checked.returncode == 0, checked.stdout + checked.stderr
