"""The day on paper: everything a master needs between two clients, and nothing that a passer-by should read."""

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app import language
from app.salon.clients import register
from app.salon.scheduling import blocks, booking, day_list
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.background import Background, Job
from app.ui.paper import day_sheet
from app.ui.paper.pages import keep_rows_whole
from app.ui.paper.tray import PaperTray
from app.vocabulary import AlertKind, BlockKind, CancelReason, Language, VisitStatus
from tests.builders import TODAY, SmallSalon, at
from tests.fakes import WorkInHand
from tests.ui.conftest import Counter


def printed(small: SmallSalon, day: date = TODAY) -> str:
    """What a person reads on the sheet of a day."""
    document = day_sheet.of_day(day_list.of_day(small.database, day), day, "Студия на Садовой")
    return document.toPlainText().replace("\u00a0", " ")


def test_a_day_as_a_list(small: SmallSalon) -> None:
    anna = small.client(phone="+7 912 345-67-89", wishes="кофе без сахара")
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "акрил")
    wishes = (small.wish(at(10)), small.wish(at(11), service=small.pedicure), small.wish(at(15), staff=small.maria))
    visit = carry_out(small.salon, booking.book, BookingRequest(anna, wishes)).value
    small.database.rows("UPDATE visit SET comment = 'опаздывает <на 5 минут>' WHERE id = ?", (visit,))
    carry_out(small.salon, blocks.block_time, small.olga, at(13), at(14), BlockKind.BREAK, "обед")
    small.book(at(16))
    sheet = printed(small)
    assert sheet.startswith("Вторник, 12 мая 2026")
    assert "2 визита" in sheet
    for said in (
        "Ольга Белова 9:00–21:00",
        "10:00–12:30",
        "Анна Щёлкина",
        "впервые",
        "10:00 Маникюр с покрытием",
        "11:00 Педикюр",
        "ещё мастер: Мария К.",
        "АЛЛЕРГИЯ: акрил",
        "кофе без сахара",
        "опаздывает <на 5 минут>",
        "13:00–14:00",
        "Перерыв: обед",
        "Без карточки",
    ):
        assert said in sheet
    assert sheet.index("10:00–12:30") < sheet.index("13:00–14:00") < sheet.index("Без карточки")
    assert sheet.index("Без карточки") < sheet.index("Мария Ким 9:00–21:00")


def test_an_allergy_is_said_once(small: SmallSalon) -> None:
    anna = small.client()
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "аллергия на акрилаты")
    small.book(at(10), anna)
    assert printed(small).casefold().count("аллергия") == 1


def test_a_phone_shows_its_last_digits_alone(small: SmallSalon) -> None:
    small.book(at(10), small.client(phone="+7 912 345-67-89"))
    sheet = printed(small)
    assert "••• 67-89" in sheet
    assert "345" not in sheet
    assert "912" not in sheet


@pytest.mark.parametrize("name", ["Анна", "محمد عبد", "אנה כהן"])
def test_the_digits_of_a_phone_stand_from_left_to_right_below_any_name(small: SmallSalon, name: str) -> None:
    small.book(at(10), small.client(name, phone="+7 912 345-67-89"))
    document = day_sheet.of_day(day_list.of_day(small.database, TODAY), TODAY, "Студия")
    document.setTextWidth(700)
    document.documentLayout().documentSize()  # lays the lines out
    block = document.find("67-89").block()
    first = block.text().index("67-89")
    line = block.layout().lineForTextPosition(first)
    places = [line.cursorToX(first + number)[0] for number in range(6)]
    assert places == sorted(places)


def test_nobodys_cancelled_visit_is_printed(small: SmallSalon) -> None:
    vera, anna = small.client("Вера Ломова"), small.client()
    cancelled = small.book(at(10), vera)
    small.book(at(12), anna)
    carry_out(small.salon, booking.cancel, cancelled, CancelReason.CLIENT_ASKED)
    listed = day_list.of_week(small.database, small.olga, TODAY)
    week = day_sheet.of_week(listed, "Ольга Белова", date(2026, 5, 11), date(2026, 5, 17), "Студия").toPlainText()
    for sheet in (printed(small), week):
        assert "Анна Щёлкина" in sheet
        assert "Вера" not in sheet
        assert "1 визит" in sheet.replace("\u00a0", " ")


def test_a_missed_visit_is_printed_with_its_word_and_not_counted(small: SmallSalon) -> None:
    missed = small.book(at(10), small.client())
    carry_out(small.salon, booking.set_status, missed, VisitStatus.NO_SHOW)
    sheet = printed(small)
    assert "неявка" in sheet
    assert sheet.splitlines()[1] == "Студия на Садовой · Визитов нет"


def test_a_masters_week_goes_from_monday_to_sunday(small: SmallSalon) -> None:
    anna, vera = small.client(), small.client("Вера Ломова")
    small.book(at(10, days=-1), anna)
    small.book(at(10, days=5), anna)
    small.book(at(10, days=6), vera)
    small.book(at(12), vera, staff=small.maria)
    listed = day_list.of_week(small.database, small.olga, TODAY)
    sheet = day_sheet.of_week(listed, "Ольга Белова", date(2026, 5, 11), date(2026, 5, 17), "Студия").toPlainText()
    sheet = sheet.replace("\u00a0", " ")
    assert sheet.startswith("Ольга Белова\n11–17 мая 2026")
    assert sheet.count("Анна Щёлкина") == 2
    assert "Вера" not in sheet
    assert sheet.index("Понедельник, 11 мая 2026") < sheet.index("Воскресенье, 17 мая 2026")


def test_a_day_on_which_nobody_works(small: SmallSalon) -> None:
    assert "В это время никто не работает." in printed(small, date(2027, 1, 1))


def test_a_sheet_in_english(small: SmallSalon) -> None:
    language.use(Language.ENGLISH)
    small.book(at(10))
    sheet = printed(small)
    assert sheet.startswith("Tuesday, 12 May 2026")
    assert "Without a card" in sheet
    assert "To remember" in sheet


def test_a_long_day_goes_over_several_pages_in_the_houses_type(small: SmallSalon, qapp: object) -> None:
    anna = small.client(wishes="кофе\n" * 4)
    for hour in range(9, 21):
        small.book(at(hour), anna)
        small.book(at(hour), anna, staff=small.maria)
    listed = day_list.of_day(small.database, TODAY)
    pdf = day_sheet.as_pdf(day_sheet.of_day(listed, TODAY, "Студия"))
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert pdf.count(b"/Type /Page\n") > 1
    assert b"NotoSans" in pdf
    assert b"/FontFile2" in pdf


def test_the_end_of_a_page_neither_cuts_a_row_nor_parts_it_from_its_heading(small: SmallSalon, qapp: object) -> None:
    for hour in range(9, 21):
        small.book(at(hour), small.client(f"Анна {hour}", wishes="кофе\n" * (hour - 5)))
    small.book(at(10, days=1), small.client("Вера", wishes="чай\n" * 120))
    week = day_list.of_week(small.database, small.olga, TODAY)
    sheet = day_sheet.of_week(week, "Ольга Белова", date(2026, 5, 11), date(2026, 5, 17), "Студия")
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    paper = day_sheet.paper(buffer)
    pushed = keep_rows_whole(sheet, paper)
    assert pushed > 2
    assert keep_rows_whole(sheet, paper) == 1, "a wish of three pages is cut"


# ---- what is saved where -------------------------------------------------------------------------------------


@pytest.fixture
def tray(counter: Counter, qtbot: QtBot) -> PaperTray:
    """The tray of a window."""
    window = QWidget()
    qtbot.addWidget(window)
    return PaperTray(counter.desk, window)


def answered(counter: Counter, where: Path | None) -> None:
    counter.asker._answers.append(where)


def heard(counter: Counter) -> list[str]:
    """What the window will say, from now on."""
    said: list[str] = []

    def hear(sentence: str, _undoable: bool) -> None:
        said.append(sentence)

    counter.desk.perform.done.connect(hear)
    counter.desk.perform.refused.connect(said.append)
    counter.desk.perform.troubled.connect(said.append)
    return said


def test_the_day_is_saved_and_opened_for_printing(counter: Counter, tray: PaperTray, tmp_path: Path) -> None:
    said = heard(counter)
    answered(counter, tmp_path / "день")
    tray.save_day(TODAY)
    assert (tmp_path / "день.pdf").read_bytes().startswith(b"%PDF")
    assert said == ["Сохранено: день.pdf"]
    assert counter.opener.links == [(tmp_path / "день.pdf").as_uri()]


def test_a_sheet_is_made_beside_the_window_and_can_be_given_up(counter: Counter, qtbot: QtBot, tmp_path: Path) -> None:
    background, window = WorkInHand(), QWidget()
    qtbot.addWidget(window)
    tray = PaperTray(replace(counter.desk, background=background), window)
    begun: list[tuple[Job, str]] = []
    tray.begun.connect(lambda job, said: begun.append((job, said)))
    for is_wanted in (False, True):
        answered(counter, tmp_path / "день.pdf")
        tray.save_day(TODAY) if is_wanted else tray.save_week(counter.small.olga, "Ольга", TODAY)
        assert list(tmp_path.iterdir()) == [], "the window goes on meanwhile"
        assert background.wished is not None, "the program closes when it is written"
        if not is_wanted:
            begun[0][0].cancel()
        background.finish()
        assert bool(list(tmp_path.iterdir())) == is_wanted
    assert [said for _job, said in begun] == ["Сохраняем: день.pdf"] * 2
    assert counter.opener.links == [(tmp_path / "день.pdf").as_uri()]


def test_another_thread_prints_as_the_windows_does(counter: Counter, qtbot: QtBot, tmp_path: Path) -> None:
    for hour in range(9, 21):
        counter.small.book(at(hour), counter.small.client(f"Клиентка {hour}"))
    background, window = Background(), QWidget()
    qtbot.addWidget(window)
    tray = PaperTray(replace(counter.desk, background=background), window)
    answered(counter, tmp_path / "день.pdf")
    tray.save_day(TODAY)
    qtbot.waitUntil(lambda: not background.is_busy)
    background.close()
    listed = day_list.of_day(counter.small.database, TODAY)
    here = day_sheet.as_pdf(day_sheet.of_day(listed, TODAY, "Студия на Садовой"))
    assert pages((tmp_path / "день.pdf").read_bytes()) == pages(here)


def pages(pdf: bytes) -> list[bytes]:
    """What is drawn, without when it was."""
    streams: list[bytes] = re.findall(rb"stream\n(.*?)endstream", pdf, re.DOTALL)
    return [one for one in streams if not one.startswith(b"<?xpacket")]


def test_a_change_of_mind_writes_nothing(counter: Counter, tray: PaperTray, tmp_path: Path) -> None:
    answered(counter, None)
    tray.save_day(TODAY)
    assert list(tmp_path.iterdir()) == []
    assert counter.opener.links == []


def test_a_name_without_its_ending_overwrites_nothing(counter: Counter, tray: PaperTray, tmp_path: Path) -> None:
    said = heard(counter)
    (tmp_path / "день.pdf").write_text("другое", encoding="utf-8")
    answered(counter, tmp_path / "день")
    tray.save_day(TODAY)
    assert "уже есть" in said[0]
    assert (tmp_path / "день.pdf").read_text(encoding="utf-8") == "другое"


def test_a_folder_that_cannot_be_written_is_told(counter: Counter, tray: PaperTray, tmp_path: Path) -> None:
    said = heard(counter)
    answered(counter, tmp_path / "нет" / "день.pdf")
    tray.save_day(TODAY)
    assert "не удалось записать" in said[0]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit for the size of a file")
def test_a_full_disk_leaves_the_earlier_file(counter: Counter, tray: PaperTray, tmp_path: Path) -> None:
    import resource

    said, where = heard(counter), tmp_path / "неделя.ics"
    where.write_text("прежняя", encoding="utf-8")
    answered(counter, where)
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, allowed[1]))
    try:
        tray.save_week_file(counter.small.olga, "Ольга", TODAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert "не удалось записать" in said[0]
    assert where.read_text(encoding="utf-8") == "прежняя"
    assert list(tmp_path.iterdir()) == [where]


def test_a_name_as_long_as_the_system_allows(counter: Counter, tray: PaperTray, tmp_path: Path) -> None:
    where = tmp_path / f"{'w' * 251}.ics"
    answered(counter, where)
    tray.save_week_file(counter.small.olga, "Ольга", TODAY)
    assert list(tmp_path.iterdir()) == [where]


def test_the_menu_offers_the_day_and_every_masters_week(counter: Counter, tray: PaperTray, tmp_path: Path) -> None:
    from PySide6.QtCore import QPoint

    tray.open_menu(TODAY, QPoint(0, 0))
    assert tray.menu is not None
    day, paper, calendar = tray.menu.actions()
    assert day.text() == "День в PDF…\tCtrl+P"
    for sub, name in ((paper, "неделя.pdf"), (calendar, "неделя.ics")):
        weeks = sub.menu().actions()  # type: ignore[attr-defined]
        assert [one.text() for one in weeks] == ["Ольга Белова…", "Мария Ким…"]
        answered(counter, tmp_path / name)
        weeks[0].trigger()
    tray.menu.close()
    assert (tmp_path / "неделя.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "неделя.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_week_of_a_very_long_name_has_a_name_that_a_disk_takes(
    counter: Counter, tray: PaperTray, tmp_path: Path
) -> None:
    suggested: list[str] = []

    def suggest(_title: str, name: str, _kinds: object) -> Path:
        suggested.append(name)
        return tmp_path / name

    counter.asker.save_file = suggest  # type: ignore[method-assign]
    tray.save_week_file(counter.small.olga, "Ольга " * 60, TODAY)
    assert (tmp_path / suggested[0]).exists()


def test_a_visit_for_the_client(counter: Counter, tray: PaperTray, tmp_path: Path) -> None:
    visit = counter.small.book(at(15), counter.small.client())
    answered(counter, tmp_path / "визит.ics")
    tray.save_visit_file(visit)
    assert "Студия на Садовой" in (tmp_path / "визит.ics").read_text(encoding="utf-8")
    said = heard(counter)
    tray.save_visit_file(4711)
    assert said == ["Визита 4711 с известным временем нет."]
