"""The consents of a client on the card, and what a client may ask for about their data."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.salon.clients import card, consent_paper, consents, forgetting
from app.salon.transaction import carry_out
from app.ui.clients.card_panel import DETAILS, ClientCardPanel
from app.ui.clients.consent_section import ConsentSection
from app.ui.clients.data_section import DataSection
from app.vocabulary import ConsentKind, ConsentWay, VisitStatus
from tests.builders import TODAY, at
from tests.ui.conftest import Counter

ADVERTISING, PROCESSING = ConsentKind.ADVERTISING, ConsentKind.PROCESSING


def opened(qtbot: QtBot, counter: Counter, client: int) -> ClientCardPanel:
    panel = ClientCardPanel(counter.desk)
    qtbot.addWidget(panel)
    panel.resize(400, 900)
    panel.show_client(client)
    panel.open_page(DETAILS)
    panel.show()
    return panel


def section_of(panel: ClientCardPanel, kind: type) -> object:
    (found,) = (one for one in panel.page(DETAILS).sections if isinstance(one, kind))  # type: ignore[attr-defined]
    return found


@pytest.fixture
def anna(counter: Counter) -> int:
    return counter.small.client("Анна Щёлкина", "+79123456789")


@pytest.fixture
def panel(qtbot: QtBot, counter: Counter, anna: int) -> ClientCardPanel:
    return opened(qtbot, counter, anna)


@pytest.fixture
def consent(panel: ClientCardPanel) -> ConsentSection:
    found = section_of(panel, ConsentSection)
    assert isinstance(found, ConsentSection)
    return found


@pytest.fixture
def data(panel: ClientCardPanel) -> DataSection:
    found = section_of(panel, DataSection)
    assert isinstance(found, DataSection)
    return found


def test_a_new_card_says_that_nobody_has_asked(consent: ConsentSection) -> None:
    assert consent.rows[ADVERTISING].told == "Реклама: не спрошено. Ещё не спрашивали"
    assert consent.history_button.isHidden()
    assert consent.form.isHidden()


def test_a_consent_is_written_down_by_keys_and_undone(
    qtbot: QtBot, counter: Counter, consent: ConsentSection, anna: int
) -> None:
    consent.rows[ADVERTISING].write_button.click()
    consent.form.way.setCurrentIndex(1)
    consent.form.note.setFocus()
    consent.form.note.setText("по телефону")
    qtbot.keyClick(consent.form.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (line,) = consents.history(counter.small.database, anna)
    assert (line.is_given, line.day, line.way, line.note) == (True, TODAY, ConsentWay.SPOKEN, "по телефону")
    assert consent.rows[ADVERTISING].told == "Реклама: дано. 12\u00a0мая, устно"
    assert consent.form.isHidden()
    assert counter.desk.perform.undo()
    assert consent.rows[ADVERTISING].told.startswith("Реклама: не спрошено")


def test_what_is_given_is_most_likely_withdrawn_next_and_the_history_tells_both(consent: ConsentSection) -> None:
    for _time in range(2):
        consent.rows[ADVERTISING].write_button.click()
        consent.form.keep_button.click()
    assert consent.rows[ADVERTISING].told == "Реклама: отозвано. 12\u00a0мая, на бумаге"
    assert consent.rows[PROCESSING].told.startswith("Персональные данные: не спрошено")
    assert consent.history_button.text() == "2 записи"
    consent.history_button.click()
    shown = [consent._told.itemAt(place).widget() for place in range(consent._told.count())]
    assert [one.accessibleName().split(".")[0] for one in shown if one] == ["Реклама: отозвано", "Реклама: дано"]


def test_a_day_that_is_still_to_come_is_said_beside_the_field(
    counter: Counter, consent: ConsentSection, anna: int
) -> None:
    consent.open_form(PROCESSING)
    consent.form.day.set_day(TODAY + timedelta(days=1))
    consent.form.keep_button.click()
    assert consent.form.day_line.error == "Этот день ещё не наступил."
    assert consents.history(counter.small.database, anna) == []


def test_esc_gives_up(qtbot: QtBot, consent: ConsentSection) -> None:
    consent.open_form(PROCESSING)
    qtbot.keyClick(consent.form.note, Qt.Key.Key_Escape)
    assert consent.form.isHidden()


def test_the_form_to_sign_has_the_names_filled_in(counter: Counter, consent: ConsentSection, tmp_path: Path) -> None:
    text = "Я, {client}, согласна.\n\n{salon}, {day}"
    carry_out(counter.small.salon, consents.keep_text, PROCESSING, text)
    counter.asker._answers.append(tmp_path / "бланк.html")
    consent.rows[PROCESSING].paper_button.click()
    page = (tmp_path / "бланк.html").read_text(encoding="utf-8")
    assert "Я, Анна Щёлкина, согласна." in page
    assert "Студия на Садовой, 12.05.2026" in page
    assert "версия текста 1" in page
    assert counter.opener.links == [(tmp_path / "бланк.html").as_uri()]


def test_a_name_with_a_mark_in_it_stays_a_name(counter: Counter) -> None:
    small = counter.small
    client = small.client("{salon} <b>{day}</b>")
    carry_out(small.salon, consents.keep_text, PROCESSING, "{client}: {salon}")
    page = consent_paper.page(small.database, small.salon.profile, client, PROCESSING, TODAY)
    assert "{salon} &lt;b&gt;{day}&lt;/b&gt;: Студия на Садовой" in page


def test_everything_held_is_saved_where_one_says(counter: Counter, data: DataSection, tmp_path: Path) -> None:
    counter.asker._answers.append(tmp_path / "анна.zip")
    data.hand_out_button.click()
    with zipfile.ZipFile(tmp_path / "анна.zip") as packed:
        assert "Анна Щёлкина" in packed.read("data.html").decode()
    assert not counter.desk.perform.can_undo


def test_forgetting_is_asked_about_noted_and_taken_back(
    counter: Counter, panel: ClientCardPanel, data: DataSection, anna: int
) -> None:
    visit = counter.small.book(at(12, days=3), anna)
    counter.asker._answers += [False, True]
    data.forget_button.click()
    assert not panel.notice.isVisible()
    data.forget_button.click()
    assert counter.asker.asked == ["Забыть клиента «Анна Щёлкина»?"] * 2
    assert counter.small.status(visit) is VisitStatus.CANCELLED
    assert panel.notice.banner.text == "Просьба забыть. Окончательно 11\u00a0июня, до этого можно отменить."
    assert data.forget_button.isHidden()
    assert panel.foot.isHidden()
    panel.notice.back_button.click()
    assert panel.notice.isHidden()
    assert not panel.foot.isHidden()


def test_now_means_for_good(counter: Counter, panel: ClientCardPanel, data: DataSection, anna: int) -> None:
    counter.asker._answers += [True, True]
    data.forget_button.click()
    panel.notice.now_button.click()
    assert card.read(counter.small.database, anna, TODAY).name == ""
    assert panel.head._name.text() == "Забытый клиент"
    assert panel.notice.banner.text.startswith("Этот клиент забыт")
    assert panel.notice.now_button.isHidden()
    refused: list[str] = []
    counter.desk.perform.refused.connect(refused.append)
    assert not counter.desk.perform.undo()
    assert refused == ["Клиент забыт, его данных больше нет, поэтому отменить это нельзя."]


def test_it_is_shown_where_else_they_are_named_before_it_is_final(
    counter: Counter, panel: ClientCardPanel, data: DataSection, anna: int
) -> None:
    vera = counter.small.client("Вера Мороз", wishes="Записывает Анна Щёлкина")
    assert panel.notice.mentions.isHidden()
    counter.asker._answers += [True, False]
    data.forget_button.click()
    (row,) = panel.notice.mentions.rows()
    assert row.accessibleName() == "Вера Мороз: пожелания: Записывает Анна Щёлкина"
    panel.notice.now_button.click()
    assert "Ещё упоминается здесь: Вера Мороз (пожелания)." in counter.asker.details[-1]
    row.name.click()
    assert panel.client_id == vera
    assert panel.notice.mentions.isHidden()


def test_somebody_booked_meanwhile_is_not_forgotten_now(
    counter: Counter, panel: ClientCardPanel, data: DataSection, anna: int
) -> None:
    visit = counter.small.book(at(12, days=3), anna)
    counter.asker._answers += [True, True]
    data.forget_button.click()
    counter.small.database.rows("UPDATE visit SET status = 'booked' WHERE id = ?", (visit,))
    refused: list[str] = []
    counter.desk.perform.refused.connect(refused.append)
    panel.notice.now_button.click()
    assert refused == ["Впереди 1 визит, первый 15.05.2026. Сначала отмените его."]
    assert forgetting.request_of(counter.small.database, anna) is not None
