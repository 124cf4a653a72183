"""Photos and formulas at the chair: dropped, pasted, compared, written down and repeated, with the way back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.salon.clients import card as cards, files, forgetting, formulas, mixtures, shelf
from app.salon.clients.files import KeptFile
from app.salon.clients.formulas import Recipe
from app.salon.transaction import carry_out
from app.ui.background import Job
from app.ui.clients import intake, photo_pictures
from app.ui.clients.intake import sources_of
from app.ui.clients.photo_pictures import PhotoPictures
from app.ui.clients.photo_tile import PhotoTile
from app.ui.clients.photo_view import Mode, PhotoView
from app.ui.clients.works_page import WorksPage
from app.vocabulary import PhotoMoment
from tests import pictures
from tests.builders import TODAY, at
from tests.fakes import InlineBackground
from tests.ui.clients.hearing import heard
from tests.ui.conftest import Counter

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BEFORE, AFTER, OTHER = PhotoMoment.BEFORE, PhotoMoment.AFTER, PhotoMoment.OTHER
ROOTS = Recipe("Корни", mixtures.read("30 г 7.1 + 45 мл 6%"), "35 минут")


@pytest.fixture
def anna(counter: Counter) -> int:
    """She was coloured a month ago and is here today."""
    client = counter.small.client("Анна Щёлкина")
    counter.small.complete(counter.small.book(at(10, days=-30), client, service=counter.small.colouring))
    counter.small.book(at(10, 30), client, service=counter.small.colouring)
    return client


def visits(counter: Counter, client: int) -> list[int]:
    """The ids of the client's visits, the newest first."""
    return [
        row[0]
        for row in counter.small.database.rows("SELECT id FROM visit WHERE client_id = ? ORDER BY day DESC", (client,))
    ]


@pytest.fixture
def page(qtbot: QtBot, counter: Counter, anna: int) -> Iterator[WorksPage]:
    """The tab on Anna's card; it is handed the card anew after each change, as the panel does it."""
    host = QWidget()
    qtbot.addWidget(host)
    made = WorksPage(counter.desk, host)
    made.resize(352, 700)

    def show(_changes: object = None) -> None:
        made.show_card(cards.read(counter.small.database, anna, TODAY))

    show()
    counter.desk.feed.changed.connect(show)
    host.resize(900, 760)
    host.show()
    host.activateWindow()
    QApplication.processEvents()  # the window takes the keyboard
    yield made
    counter.desk.feed.changed.disconnect(show)
    host.close()


def words(widget: QWidget) -> str:
    labels = widget.findChildren(QLabel)
    return " | ".join(label.text() for label in labels if label.isVisibleTo(widget) and label.text())


def on_card(counter: Counter, client: int) -> tuple[KeptFile, ...]:
    return files.of_client(counter.small.database, client)


def a_file(folder: Path, content: bytes = pictures.JPEG, name: str = "IMG_1.jpg") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def add_pair(counter: Counter, client: int, visit: int) -> None:
    some = [files.take_in_content(counter.small.database, one) for one in (pictures.JPEG, pictures.png(40, 40))]
    counter.desk.perform(files.keep, client, some, visit)


def click(qtbot: QtBot, page: QWidget, text: str) -> None:
    button = next(
        one for one in page.findChildren(QPushButton) if text in (one.text(), one.accessibleName()) and one.isVisible()
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# ---- photos onto the card ----


def test_an_empty_page_says_what_belongs_here_and_invites(page: WorksPage) -> None:
    assert "Здесь хранятся фото" in words(page)
    assert "Сегодня" in words(page)
    (card,) = page.cards
    assert [tile.accessibleName() for tile in card.tiles] == ["Добавить фото: До", "Добавить фото: После"]


def test_dropped_photos_belong_to_todays_visit_and_can_be_taken_back(
    counter: Counter, page: WorksPage, anna: int, tmp_path: Path
) -> None:
    said = heard(counter.desk.perform.done)
    page.add([a_file(tmp_path, pictures.jpeg_with_secrets()), a_file(tmp_path, pictures.png(), "b.png")])
    today = visits(counter, anna)[0]
    assert [(one.visit_id, one.moment) for one in on_card(counter, anna)] == [(today, BEFORE), (today, AFTER)]
    assert said == [("2 файла на карточке", True)]
    assert [tile.accessibleName() for tile in page.cards[0].tiles] == ["До, IMG_1.jpg", "После, b.png"]
    counter.desk.perform.undo()
    assert on_card(counter, anna) == ()
    counter.desk.perform.redo()
    assert page.cards[0].tiles[0].picture is not None


def test_a_place_of_the_pair_takes_what_is_let_go_on_it(
    counter: Counter, page: WorksPage, anna: int, tmp_path: Path
) -> None:
    page.cards[0].tiles[1].dropped.emit([a_file(tmp_path)])
    assert [one.moment for one in on_card(counter, anna)] == [AFTER]


def test_the_empty_place_lets_one_choose(
    counter: Counter, qtbot: QtBot, page: WorksPage, anna: int, tmp_path: Path
) -> None:
    counter.asker._answers += [a_file(tmp_path), None]
    qtbot.keyClick(page.cards[0].tiles[1], Key.Key_Return)
    assert [one.moment for one in on_card(counter, anna)] == [AFTER]
    click(qtbot, page, "Выбрать фото или PDF")
    assert len(on_card(counter, anna)) == 1


def test_a_copied_picture_is_pasted(counter: Counter, qtbot: QtBot, page: WorksPage, anna: int, tmp_path: Path) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(page, Key.Key_V, CTRL)
    (photo,) = on_card(counter, anna)
    assert (photo.width, photo.height, photo.shown_name) == (30, 20, "")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(a_file(tmp_path))), QUrl("https://example.org/a.jpg")])
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(page, Key.Key_V, CTRL)
    assert len(on_card(counter, anna)) == 2
    QGuiApplication.clipboard().setText("привет")
    qtbot.keyClick(page, Key.Key_V, CTRL)
    assert page.area.problem.text() == "В буфере нет фото."


def test_nothing_is_fetched_from_the_internet() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.jpg"), QUrl("ftp://example.org/b.jpg")])
    assert sources_of(mime) == []
    assert sources_of(None) == []


def test_what_cannot_be_kept_is_said_beside_the_place_and_the_rest_is_added(
    counter: Counter, page: WorksPage, anna: int, tmp_path: Path
) -> None:
    bad = [
        a_file(tmp_path, b"MZ" + b"\x00" * 90, "vizitka.jpg"),
        a_file(tmp_path, pictures.png(claimed=(10_000, 10_000)), "large.png"),
        a_file(tmp_path, pictures.JPEG[:-9], "half.jpg"),
        a_file(tmp_path, b"", "empty.jpg"),
        tmp_path,
    ]
    page.add([*bad, a_file(tmp_path)])
    problems = page.area.problem.text().split("\n")
    assert len(problems) == 5
    assert problems[1] == "В «large.png» 100 Мп, а хранится не больше 50. Сохраните фото в меньшем размере."
    assert page.area.button.accessibleDescription().split("\n")[1] == problems[1]
    assert len(on_card(counter, anna)) == 1
    page.add([a_file(tmp_path)])
    assert not page.area.problem.isVisible()


@pytest.mark.parametrize(
    ("photos", "begins"), [(1, "«IMG_0.HEIC» — фото в формате HEIC"), (3, "3 фото в формате HEIC")]
)
def test_photos_as_a_phone_makes_them_are_refused_once_and_with_the_way_out(
    counter: Counter, page: WorksPage, anna: int, tmp_path: Path, photos: int, begins: str
) -> None:
    heic = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 90
    page.add([*(a_file(tmp_path, heic, f"IMG_{number}.HEIC") for number in range(photos)), a_file(tmp_path)])
    said = page.area.problem.text()
    assert said.startswith(begins)
    assert said.count("Наиболее совместимые") == 1
    assert len(on_card(counter, anna)) == 1


def test_too_many_at_once_are_refused_before_any_is_read(
    counter: Counter, page: WorksPage, anna: int, tmp_path: Path
) -> None:
    page.add([a_file(tmp_path)] * 31)
    assert "не больше 30" in page.area.problem.text()
    assert on_card(counter, anna) == ()


def test_no_photo_is_laid_down_of_whoever_asked_to_be_forgotten(counter: Counter, anna: int, tmp_path: Path) -> None:
    carry_out(counter.small.salon, forgetting.ask, anna, cancel_visits=True)
    ended: list[str] = []
    assert intake.begin(counter.desk, anna, [a_file(tmp_path)], None, None, ended.append) is None
    assert "просил себя забыть" in ended[0]
    assert list(shelf.names(counter.small.database)) == []


def test_a_photo_is_added_although_the_card_was_closed_meanwhile(
    counter: Counter, page: WorksPage, anna: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[Callable[[], Any]] = []

    def hold(self: InlineBackground, work: Any, done: Any, failed: Any, *, label: str) -> Job:
        later.append(lambda: inline(self, work, done, failed, label=label))
        return Job(label, self)

    inline = InlineBackground.run
    monkeypatch.setattr(InlineBackground, "run", hold)
    refused = heard(counter.desk.perform.refused)
    page.add([a_file(tmp_path), a_file(tmp_path, b"", "empty.jpg")])
    assert "Добавляем 1 из 2" in words(page.area)
    assert not page.area.button.isEnabled()
    host = page.parentWidget()
    assert host is not None
    page.leave()
    copy = WorksPage(counter.desk, host)
    ended = heard(copy.destroyed)
    monkeypatch.setattr(InlineBackground, "run", inline)
    intake.begin(counter.desk, anna, [a_file(tmp_path)], None, None, ended.append)
    delete(copy)
    later[0]()
    assert len(on_card(counter, anna)) == 2
    assert refused == []
    assert "empty.jpg" in page.area.problem.text()


# ---- what is on the card ----


def test_a_photo_is_sorted_in_put_away_and_brought_back(
    counter: Counter, qtbot: QtBot, page: WorksPage, anna: int
) -> None:
    today, before = visits(counter, anna)
    add_pair(counter, anna, today)
    photo = on_card(counter, anna)[0]
    menu = page.menu_of(photo)
    acts = {act.text(): act for act in menu.actions() if act.text()}
    assert (acts["До"].isChecked(), acts["После"].isChecked()) == (True, False)
    acts["Ещё"].trigger()
    assert on_card(counter, anna)[0].moment is OTHER
    carry_out(counter.small.salon, formulas.write, anna, before, ROOTS)
    page.leave()
    page.show_card(cards.read(counter.small.database, anna, TODAY))
    page.menu_of(photo).actions()[-3].menu().actions()[0].trigger()
    assert on_card(counter, anna)[0].visit_id == before
    tile = next(tile for card in page.cards for tile in card.tiles if tile.file and tile.file.file_id == photo.file_id)
    tile.setFocus()
    qtbot.keyClick(tile, Key.Key_Delete)
    assert len(on_card(counter, anna)) == 1
    assert isinstance(QApplication.focusWidget(), PhotoTile)
    counter.desk.perform.undo()
    assert len(on_card(counter, anna)) == 2


def test_a_document_is_opened_only_after_a_question_and_as_a_copy(counter: Counter, page: WorksPage, anna: int) -> None:
    contract = files.take_in_content(counter.small.database, pictures.PDF, "Договор.pdf")
    counter.desk.perform(files.keep, anna, [contract], visits(counter, anna)[0])
    assert "Договор.pdf" in words(page)
    (document,) = on_card(counter, anna)
    counter.asker._answers += [False, True]
    page._open_document(document)
    assert counter.opener.links == []
    page._open_document(document)
    (link,) = counter.opener.links
    path = Path(QUrl(link).toLocalFile())
    assert path.read_bytes() == pictures.PDF
    assert path.suffix == ".pdf"
    assert counter.small.database.files_folder not in path.parents


def test_a_copy_of_a_photo_is_saved_where_one_wants_it(
    counter: Counter, page: WorksPage, anna: int, tmp_path: Path
) -> None:
    add_pair(counter, anna, visits(counter, anna)[0])
    photo = on_card(counter, anna)[0]
    counter.asker._answers += [tmp_path / "Анна.jpg", tmp_path / "no" / "folder.jpg"]
    troubled = heard(counter.desk.perform.troubled)
    page._save_copy(photo)
    assert (tmp_path / "Анна.jpg").read_bytes() == pictures.JPEG
    page._save_copy(photo)
    assert len(troubled) == 1


def test_a_photo_whose_file_is_lost_says_so_and_breaks_nothing(counter: Counter, page: WorksPage, anna: int) -> None:
    add_pair(counter, anna, visits(counter, anna)[0])
    photo = on_card(counter, anna)[0]
    shelf.path_in(counter.small.database.files_folder, photo.stored_name).write_bytes(b"damaged")
    pictures_of_page = PhotoPictures(counter.desk)
    assert pictures_of_page.fitting(photo, 200) is None
    assert pictures_of_page.is_lost(photo)
    page.open_photo(photo)
    assert page.view is not None
    assert not page.view.grab().isNull()


def test_pictures_take_no_more_memory_than_they_may(
    counter: Counter, page: WorksPage, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_pictures, "MOST_BYTES", 3 * 40 * 40 * 4)
    add_pair(counter, anna, visits(counter, anna)[0])
    drawn, photo = PhotoPictures(counter.desk), on_card(counter, anna)[1]
    for longest in range(30, 41):
        assert drawn.fitting(photo, longest) is not None
    assert len(drawn._pictures) <= 5


# ---- compared ----


@pytest.fixture
def view(qtbot: QtBot, counter: Counter, page: WorksPage, anna: int) -> PhotoView:
    """The pair of today, large; a single photo of last time is the next leaf."""
    today, before = visits(counter, anna)
    add_pair(counter, anna, today)
    one = files.take_in_content(counter.small.database, pictures.JPEG)
    counter.desk.perform(files.keep, anna, [one], before)
    page.cards[0].tiles[0].setFocus()
    qtbot.keyClick(page.cards[0].tiles[0], Key.Key_Return)
    assert page.view is not None
    return page.view


def test_before_and_after_stand_side_by_side(view: PhotoView) -> None:
    assert view.geometry() == view.window().rect()
    assert [photo.moment for photo in view.shown] == [BEFORE, AFTER]
    assert view.canvas.accessibleName() == "До и После"
    left, right = view.canvas._places()
    assert left.right() < right.left()


def test_the_slider_follows_the_arrows_and_the_mouse(qtbot: QtBot, view: PhotoView) -> None:
    view.compare(Mode.SLIDER)
    canvas = view.canvas
    for _press in range(5):
        qtbot.keyClick(canvas, Key.Key_Right)
    qtbot.keyClick(canvas, Key.Key_Left, SHIFT)
    assert canvas.share == pytest.approx(0.5)
    qtbot.keyClick(canvas, Key.Key_End)
    qtbot.keyClick(canvas, Key.Key_Right)
    assert canvas.share == 1
    place = canvas._places()[0]
    quarter = QPointF(place.x() + place.width() / 4, place.center().y()).toPoint()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=quarter)
    assert canvas.share == pytest.approx(0.25, abs=0.01)
    qtbot.mouseMove(canvas, quarter + QPoint(round(place.width() / 2), 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    assert canvas.share == pytest.approx(0.75, abs=0.01)
    assert canvas.accessibleName() == "До и После; шторка на 75\u00a0%"
    assert not canvas.grab().isNull()


def test_zoom_stays_within_its_bounds_and_the_photo_within_its_place(qtbot: QtBot, view: PhotoView) -> None:
    canvas = view.canvas
    for _press in range(30):
        qtbot.keyClick(canvas, Key.Key_Plus)
    assert canvas.zoom == 6
    for _press in range(300):
        qtbot.keyClick(canvas, Key.Key_Right)
    assert abs(canvas._shift.x()) <= canvas.width() * 2.5 + 1
    qtbot.keyClick(canvas, Key.Key_0)
    assert (canvas.zoom, canvas._shift) == (1, QPointF())
    qtbot.keyClick(canvas, Key.Key_Minus)
    assert canvas.zoom == 1


def test_leafing_goes_back_in_time_and_a_single_photo_has_no_slider(qtbot: QtBot, view: PhotoView) -> None:
    view.compare(Mode.SLIDER)
    qtbot.keyClick(view.canvas, Key.Key_PageDown)
    assert [photo.moment for photo in view.shown] == [BEFORE]
    assert not view.mode.isVisible()
    assert view.canvas.mode is Mode.SIDE
    qtbot.keyClick(view.canvas, Key.Key_PageDown)
    qtbot.keyClick(view.canvas, Key.Key_Left)
    assert len(view.shown) == 2
    assert view.canvas.mode is Mode.SLIDER


def test_esc_closes_and_the_keyboard_is_where_it_was(qtbot: QtBot, page: WorksPage, view: PhotoView) -> None:
    qtbot.keyClick(view.canvas, Key.Key_Escape)
    assert page.view is None
    focused = QApplication.focusWidget()
    assert isinstance(focused, PhotoTile)
    assert focused.moment is BEFORE


def test_what_is_put_away_leaves_the_large_view_too(counter: Counter, page: WorksPage, view: PhotoView) -> None:
    page._put_away(view.shown[1])
    assert [photo.moment for photo in view.shown] == [BEFORE]
    page._put_away(view.shown[0])
    page._put_away(view.shown[0])
    assert page.view is None


# ---- formulas ----


def test_a_formula_is_written_as_it_is_said(counter: Counter, qtbot: QtBot, page: WorksPage, anna: int) -> None:
    click(qtbot, page, "Записать формулу")
    assert page.form.mixture.hasFocus()
    page.form.mixture.setText("30 г 7.1 + 45 мл 6%")
    assert "30\u00a0г — 7.1\n45\u00a0мл — 6%" in words(page.form)
    page.form.title.setText("Корни")
    page.form.text.setPlainText("35 минут")
    qtbot.keyClick(page.form.mixture, Key.Key_Return, CTRL)
    (one,) = formulas.of_client(counter.small.database, anna)
    assert (one.recipe, one.visit_id, one.master) == (ROOTS, visits(counter, anna)[0], "Мария Ким")
    assert not page.form.isVisible()
    counter.desk.perform.undo()
    assert formulas.of_client(counter.small.database, anna) == ()


@pytest.mark.parametrize(("typed", "said"), [("30 г 7.1 + 6%", "6%"), ("", "хотя бы один материал")])
def test_what_is_wrong_is_said_beside_the_field(
    qtbot: QtBot, counter: Counter, page: WorksPage, anna: int, typed: str, said: str
) -> None:
    page.open_form(visits(counter, anna)[0], None)
    page.form.mixture.setText(typed)
    page.form.keep()
    assert said in page.form.mixture_line.error
    assert page.form.isVisible()
    page.form.text.setPlainText("я" * 2001)
    assert "2000" in page.form.text_line.error
    page.form.keep()
    assert formulas.of_client(counter.small.database, anna) == ()
    qtbot.keyClick(page.form.mixture, Key.Key_Escape)
    assert not page.form.isVisible()


def test_the_formula_of_last_time_is_repeated_and_changed_at_once(
    counter: Counter, qtbot: QtBot, page: WorksPage, anna: int
) -> None:
    today, before = visits(counter, anna)
    counter.desk.perform(formulas.write, anna, before, ROOTS)
    click(qtbot, page, "Повторить прошлую")
    assert page.form.mixture.text() == "30 г 7.1 + 45 мл 6%"
    page.form.mixture.setText("30 г 8.1 + 45 мл 6%")
    page.form.keep()
    newest, oldest = formulas.of_client(counter.small.database, anna)
    assert (newest.visit_id, newest.recipe.parts[0].material) == (today, "8.1")
    assert oldest.recipe == ROOTS


def test_a_formula_is_changed_and_taken_off_in_its_place(
    counter: Counter, qtbot: QtBot, page: WorksPage, anna: int
) -> None:
    counter.desk.perform(formulas.write, anna, visits(counter, anna)[0], ROOTS)
    click(qtbot, page, "Изменить формулу")
    assert not page.cards[0].boxes[0].isVisible()
    qtbot.keyClick(page.form.mixture, Key.Key_Escape)
    assert page.cards[0].boxes[0].isVisible()
    click(qtbot, page, "Убрать формулу с карточки")
    assert formulas.of_client(counter.small.database, anna) == ()


def test_what_is_being_typed_stays_when_something_else_changes(counter: Counter, page: WorksPage, anna: int) -> None:
    today = visits(counter, anna)[0]
    page.open_form(today, None)
    page.form.mixture.setText("30 г 7")
    add_pair(counter, anna, today)
    assert page.form.isVisible()
    assert page.form.mixture.text() == "30 г 7"


def test_a_material_that_was_used_before_is_completed(counter: Counter, page: WorksPage, anna: int) -> None:
    counter.desk.perform(formulas.write, anna, None, Recipe("", mixtures.read("5 мл Olaplex №1"), ""))
    page.open_form(visits(counter, anna)[0], None)
    page.form.mixture.setText("30 г 7.1 + 4 мл ola")
    completer = page.form.mixture.completer()
    completer.setCompletionPrefix(page.form.mixture.text())
    assert completer.completionCount() == 1
    assert completer.pathFromIndex(completer.currentIndex()) == "30 г 7.1 + 4 мл Olaplex №1"
    completer.setCompletionPrefix("30 г ")
    assert completer.completionCount() == 0


# ---- long cards ----


def test_earlier_visits_come_step_by_step(counter: Counter, qtbot: QtBot, page: WorksPage, anna: int) -> None:
    for number in range(9):
        visit = counter.small.book(at(19, days=-1 - number), anna)
        carry_out(counter.small.salon, formulas.write, anna, visit, ROOTS)
    page.leave()
    page.show_card(cards.read(counter.small.database, anna, TODAY))
    assert len(page.cards) == 4
    click(qtbot, page, "Показать прежние визиты")
    assert len(page.cards) == 10


def test_every_control_has_a_name_and_the_page_fits_the_card(counter: Counter, page: WorksPage, anna: int) -> None:
    today = visits(counter, anna)[0]
    add_pair(counter, anna, today)
    long_words = Recipe("Оченьдлинноеназвание" * 5, mixtures.read("30 г " + "Материал с именем " * 6), "слово " * 200)
    counter.desk.perform(formulas.write, anna, today, long_words)
    page.open_form(today, None)
    assert page.minimumSizeHint().width() <= 352
    nameless = [
        child
        for child in page.findChildren(QWidget)
        if isinstance(child, QPushButton | QLineEdit | QPlainTextEdit | PhotoTile)
        and not child.accessibleName()
        and not (isinstance(child, QPushButton) and child.text())
    ]
    assert nameless == []
