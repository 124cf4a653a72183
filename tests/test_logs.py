"""A log is sent to strangers: it tells what happened, and to nobody how to reach a client."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from app import logs


@pytest.fixture
def handler(tmp_path: Path) -> Iterator[logs.LogFile]:
    """A log that is being written."""
    root = logging.getLogger()
    level = root.level
    handler = logs.write_to(tmp_path / "logs")
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def told(handler: logs.LogFile) -> str:
    """What stands in the log."""
    handler.flush()
    return handler.path.read_text(encoding="utf-8")


def test_a_line_says_when_how_grave_and_where(handler: logs.LogFile) -> None:
    logging.getLogger("app.launch").info("Opened %s", "salon.vizit")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO app\.launch: Opened salon\.vizit\n", told(handler))


@pytest.mark.parametrize(
    "secret",
    [
        "+79123456789",
        "8 (912) 345-67-89",
        "+7 912 345‑67‑89",
        "8.912.345.67.89",
        "345-67-89",
        "anna.shchelkina@example.ru",
    ],
)
def test_nobody_can_be_reached_by_the_log(handler: logs.LogFile, secret: str) -> None:
    logging.getLogger("app").info("Cannot send to %s today", secret)
    logging.getLogger("app").info(f"Cannot send to {secret} today")
    assert told(handler).count("Cannot send to ••• today") == 2


def test_not_even_by_what_an_exception_says(handler: logs.LogFile, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("no such number: +7 912 345-67-89")
    except ValueError:
        logging.getLogger("app").exception("A slot failed")
    text = told(handler)
    assert "ValueError: no such number: •••" in text
    assert "test_logs.py" in text
    assert "912" not in text
    caplog.clear()


def test_others_see_the_record_as_it_was(handler: logs.LogFile, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("app").info("Call %s", "+79123456789")
    assert caplog.messages == ["Call +79123456789"]


@pytest.mark.parametrize("line", ["2026-05-14 has 12 visits", "from 2026-05-14 to 2026-05-31", "Qt 6.11.3, 42 ms"])
def test_days_and_small_numbers_stay(line: str) -> None:
    assert logs.discreet(line) == line


def test_an_old_log_makes_room(handler: logs.LogFile, tmp_path: Path) -> None:
    handler.most_bytes = 2_000
    for number in range(200):
        logging.getLogger("app").info("line %s", number)
    files = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert files == ["vizit.log", "vizit.log.1", "vizit.log.2", "vizit.log.3"]
    told = "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / "logs").iterdir(), reverse=True))
    numbers = [int(line.split()[-1]) for line in told.splitlines()]
    assert numbers == list(range(numbers[0], 200)), "the newest lines, none lost, in their order"


@given(
    st.text(max_size=20),
    st.from_regex(r"(\+7|8)[ (]?9[0-9]{2}[) ]?[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{2}", fullmatch=True),
    st.text(max_size=20),
)
def test_no_phone_passes(before: str, phone: str, after: str) -> None:
    assert phone not in logs.discreet(before + phone + after)
