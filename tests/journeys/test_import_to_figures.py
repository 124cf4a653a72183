"""Import → figures: a salon comes from another program, and in the evening the owner sees who comes back."""

import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.clock import standing_at
from app.launch import Places, application, build
from app.salon.statistics.periods import Period
from app.ui import main_window as places
from app.ui.statistics.screen import StatisticsScreen
from app.vocabulary import Figure, Language
from tests.builders import at
from tests.fakes import InlineBackground, ScriptedAsker
from tests.salon.exchange.mini_export import BOOKINGS, RECEIPTS, MiniExport

TODAY = date(2018, 7, 30)
JULY = Period(date(2018, 7, 1), date(2018, 7, 14))
LATE_JULY = Period(date(2018, 7, 15), date(2018, 7, 29))


def _told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == 0
    return cast(dict[str, Any], json.loads(capsys.readouterr().out))


def test_a_salon_is_imported_and_the_owner_sees_who_came_back(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = MiniExport(tmp_path / "export")
    export.add(BOOKINGS, "BELL01,JJ,SHCW,07/21/2018,10:00:00 AM,600")
    export.add(RECEIPTS, "9,07/21/2018,Women's hair cut,BELL01,JJ,1,102,5.1,8.16")
    folder, file = export.write(), tmp_path / "salon.vizit"
    common = ("--database", str(file))
    report = _told(capsys, "import", "salon-csv", str(folder), "--today", "2018-07-30", *common)
    assert report["imported"]["clients"] == 8
    period = ("--from", "2018-07-01", "--to", "2018-07-14", "--today", "2018-07-30")
    returns = ("--return-from", "2018-07-15", "--return-to", "2018-07-29")
    told = _told(capsys, "report", "return_two_periods", *period, *returns, *common)
    row = next(row for row in told["rows"] if row["label"] == "salon")
    # Anna and Bell came before the 14th; Bell came again, Anna is booked for August only.
    assert (row["numerator"], row["denominator"], row["immature"]) == (1, 2, 0)

    asker = ScriptedAsker()
    running = build(
        application(["vizit"]),
        Places(file),
        clock=standing_at(at(19, day=TODAY), "America/Vancouver"),
        asker=asker,
        background=InlineBackground(),
        spoken=Language.RUSSIAN,
    )
    with qtbot.waitActive(running.window):
        running.window.show()
    screen = cast(StatisticsScreen, running.window.go(places.STATISTICS))
    screen.choose(Figure.RETURN_TWO_PERIODS)
    screen.periods.take(JULY)
    shown = screen.result
    assert shown is not None
    assert shown.rows[0].denominator == row["denominator"]
    assert [person.name for person in _lost(screen)] == ["ANNA01"]
    day = running.window.calendar
    day.show_day(date(2018, 7, 10))
    assert {entry.client_name for entry in day.sheet.agendas[0].entries} == {"ANNA01", "BELL01"}
    running.close()
    asker.assert_all_answered()


def _lost(screen: StatisticsScreen) -> list[Any]:
    """The clients behind "did not come back"."""
    from app.salon.statistics import behind, figures

    found = figures.compute(
        screen.desk.salon.database, Figure.RETURN_TWO_PERIODS, JULY, today=TODAY, return_period=LATE_JULY
    )
    return behind.clients_behind(screen.desk.salon.database, found.rows[0].lost_clients)
