"""What a machine prefers survives restarts, other versions, broken files and a full disk."""

from __future__ import annotations

import os
import string
import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from app import settings
from app.settings import Settings
from app.vocabulary import Language, ThemeChoice


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings of this machine will be."""
    return tmp_path / "vizit" / "settings.toml"


def written(file: Path, text: str, encoding: str = "utf-8") -> Path:
    """Somebody edited the file by hand."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding=encoding)
    return file


def test_a_new_machine_speaks_russian_and_follows_the_system(file: Path) -> None:
    assert settings.read(file) == Settings(Language.RUSSIAN, ThemeChoice.SYSTEM)


def test_what_was_chosen_is_there_at_the_next_start(file: Path) -> None:
    chosen = Settings(Language.ENGLISH, ThemeChoice.DARK, r"C:\Салон «Визит»\salon.vizit", "01d9d0cb", 3)
    settings.write(file, chosen)
    assert settings.read(file) == chosen


def test_the_file_can_be_read_by_people(file: Path) -> None:
    settings.write(file, Settings(database="/srv/Студия/salon.vizit"))
    assert 'database = "/srv/Студия/salon.vizit"' in file.read_text(encoding="utf-8").splitlines()


def test_an_older_program_keeps_what_a_newer_one_wrote(file: Path) -> None:
    newer = (
        'theme = "dark"\nzoom = 1.25\ncolumns = ["Ольга", "Мария"]\n"first day" = 2027-01-01\n[printer]\ncopies = 2\n'
    )
    settings.write(written(file, newer), settings.read(file))
    kept = tomllib.loads(file.read_text(encoding="utf-8"))
    assert {key: kept[key] for key in ("theme", "zoom", "columns", "first day", "printer")} == tomllib.loads(newer)


@pytest.mark.parametrize(
    "line",
    [
        'language = "de"',
        "language = 7",
        'theme = "pink"',
        "theme = true",
        "database = 1",
        "window = []",
        'my_day_staff = "nobody"',
        "my_day_staff = true",
        "my_day_staff = 1.5",
    ],
)
def test_a_wrong_value_is_replaced_and_harms_no_other(file: Path, line: str) -> None:
    right = 'window = "0a"\n' if line.startswith("theme") else 'theme = "dark"\n'
    expected = Settings(window="0a") if line.startswith("theme") else Settings(theme=ThemeChoice.DARK)
    assert settings.read(written(file, right + line)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "theme",
        'theme = "dark',
        "= = =",
        "\x00\x00",
        "theme = 1\ntheme = 2",
        "n = " + "9" * 5000,
        "n = " + "[" * 5000,
    ],
    ids=["empty", "word", "torn", "nonsense", "zeroes", "twice", "endless number", "endless list"],
)
def test_a_broken_file_is_a_new_machine(file: Path, text: str) -> None:
    assert settings.read(written(file, text)) == Settings()


def test_a_file_in_another_encoding_is_a_new_machine(file: Path) -> None:
    assert settings.read(written(file, 'database = "Салон"', "cp1251")) == Settings()


def test_windows_own_editor_may_save_it(file: Path) -> None:
    assert settings.read(written(file, 'theme = "dark"\r\n', "utf-8-sig")).theme is ThemeChoice.DARK


def test_a_folder_in_its_place_is_a_new_machine(file: Path) -> None:
    file.mkdir(parents=True)
    assert settings.read(file) == Settings()


def test_a_failed_write_leaves_the_old_settings(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write(file, Settings(theme=ThemeChoice.DARK))

    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        settings.write(file, Settings(theme=ThemeChoice.LIGHT))
    assert settings.read(file).theme is ThemeChoice.DARK
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_path_that_is_no_text_stops_nobody(file: Path) -> None:
    settings.write(file, Settings(database="/srv/\udcff", theme=ThemeChoice.DARK))
    assert settings.read(file).theme is ThemeChoice.DARK


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SCALAR = (
    TEXT
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
)
VALUE = st.recursive(SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))
KNOWN = set(Settings.__dataclass_fields__)


@given(
    st.builds(
        Settings,
        language=st.sampled_from(Language),
        theme=st.sampled_from(ThemeChoice),
        database=TEXT,
        window=st.text(string.hexdigits, max_size=200),
        my_day_staff=st.integers(0, 2**62),
        unknown=st.dictionaries(TEXT.filter(lambda key: key not in KNOWN), VALUE, max_size=4).map(
            lambda found: tuple(found.items())
        ),
    )
)
def test_everything_survives_a_round(tmp_path_factory: pytest.TempPathFactory, chosen: Settings) -> None:
    file = tmp_path_factory.getbasetemp() / "round" / "settings.toml"
    settings.write(file, chosen)
    assert settings.read(file) == chosen


@given(st.binary(max_size=200) | TEXT.map(lambda text: f'theme = "{text}"'.encode()))
def test_no_file_stops_the_program(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "settings.toml"
    file.write_bytes(content)
    assert isinstance(settings.read(file), Settings)


@pytest.mark.parametrize("value", [date(2026, 5, 14), time(9, 30), datetime(2026, 5, 14, 9, 30, tzinfo=UTC)])
def test_days_and_hours_are_kept(file: Path, value: Any) -> None:
    settings.write(file, Settings(unknown=(("since", value),)))
    assert dict(settings.read(file).unknown)["since"] == value
