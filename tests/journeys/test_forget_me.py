"""A client asks what is held about them, then to be forgotten: in the real window, on a real file."""

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import cast

from app.salon.clients import forgetting
from app.ui.catalogue.screen import PRIVACY, CatalogueScreen
from app.ui.clients.card_panel import DETAILS, ClientCardPanel
from app.ui.clients.data_section import DataSection
from app.ui.clients.details_page import DetailsPage
from app.ui.screens import CATALOGUE
from app.vocabulary import VisitStatus
from tests.builders import at
from tests.journeys.conftest import Day


def data_of(day: Day, client: int) -> DataSection:
    window = day.running.window
    window.open_client(client)
    panel = cast(ClientCardPanel, window.panel.content)
    panel.open_page(DETAILS)
    page = cast(DetailsPage, panel.page(DETAILS))
    return next(one for one in page.sections if isinstance(one, DataSection))


def words_in(folder: Path, word: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_from_the_question_to_a_nameless_number(front_desk: Day, tmp_path: Path) -> None:
    small, window = front_desk.small, front_desk.running.window
    anna = small.client("Анна Неповторимая", "+79123456789")
    small.complete(small.book(at(9), anna))
    ahead = small.book(at(15, days=3), anna)
    data = data_of(front_desk, anna)
    where = tmp_path / "анна.zip"
    front_desk.asker._answers += [where, True]
    data.hand_out_button.click()
    with zipfile.ZipFile(where) as packed:
        assert "Анна Неповторимая" in packed.read("data.html").decode()
    where.unlink()
    data.forget_button.click()
    assert front_desk.toast == "Анна Неповторимая: данные будут стёрты"
    assert small.status(ahead) is VisitStatus.CANCELLED
    salon = cast(CatalogueScreen, window.go(CATALOGUE))
    salon.show_part(PRIVACY)
    assert [row.accessibleName() for row in salon.privacy.rows()] == ["Анна Неповторимая, 11.06.2026"]
    small.clock.advance(timedelta(days=forgetting.DAYS_TO_THINK))
    window.house.forget_due()
    assert salon.privacy.rows() == []
    small.database.close()  # the window alone has it open now
    assert words_in(tmp_path, "Неповторимая") == []
    assert words_in(tmp_path, "9123456789") == []
    panel = cast(ClientCardPanel, window.panel.content)
    assert panel.head._name.text() == "Забытый клиент"
