"""A module that is put off is there for whoever imports it, and is read when something of it is wanted."""

import importlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from app import later

SOURCE = """
import sys
sys.was_read = getattr(sys, "was_read", 0) + 1
depth = 3
"""


@pytest.fixture
def quiet_pond(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A module of that name, and a package beside it, put off."""
    (tmp_path / "quiet_pond.py").write_text(SOURCE)
    (tmp_path / "quiet_lake").mkdir()
    (tmp_path / "quiet_lake" / "__init__.py").write_text("from quiet_lake.shore import sand")
    (tmp_path / "quiet_lake" / "shore.py").write_text("sand = 5")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "was_read", 0, raising=False)
    module = later.put_off("quiet_pond")
    assert module is not None
    yield module
    for name in ("quiet_pond", "quiet_lake", "quiet_lake.shore"):
        sys.modules.pop(name, None)


def times_read() -> int:
    """How often the module was read."""
    return sys.was_read  # type: ignore[attr-defined]


def test_importing_it_again_does_not_read_it(quiet_pond: ModuleType) -> None:
    assert importlib.import_module("quiet_pond") is quiet_pond
    assert not hasattr(quiet_pond, "__wrapped__")
    assert Path(quiet_pond.__file__ or "").name == "quiet_pond.py"
    assert times_read() == 0


def test_wanting_something_of_it_reads_it_once(quiet_pond: ModuleType) -> None:
    from quiet_pond import depth  # type: ignore[import-not-found]

    assert depth == quiet_pond.depth == 3
    assert type(quiet_pond) is ModuleType
    with pytest.raises(AttributeError, match="width"):
        _ = quiet_pond.width
    assert times_read() == 1


@pytest.mark.usefixtures("quiet_pond")
def test_what_it_lacks_is_lacking() -> None:
    with pytest.raises(ImportError, match="width"):
        from quiet_pond import width  # type: ignore[import-not-found] # noqa: F401


@pytest.mark.usefixtures("quiet_pond")
def test_a_package_finds_its_parts() -> None:
    package = later.put_off("quiet_lake")
    assert package is not None
    assert package.sand == 5


def test_threads_that_want_it_at_once_read_it_once(quiet_pond: ModuleType) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(quiet_pond.depth)) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * 8
    assert times_read() == 1


@pytest.mark.usefixtures("quiet_pond")
def test_what_is_there_or_nowhere_is_left_alone() -> None:
    before = sys.modules["sys"]
    assert later.put_off("sys") is None
    assert sys.modules["sys"] is before
    assert later.put_off("quiet_sea") is None
    assert "quiet_sea" not in sys.modules
