"""Tiles that can be read: contrast, signs, and as many words as there is room for."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from app.salon.scheduling.agenda import AgendaEntry
from app.salon.scheduling.intervals import Lengths
from app.ui import lettering, theme
from app.ui.calendar import tile_form, tile_picture, words
from app.ui.calendar.geometry import Box
from app.ui.calendar.placing import Tile
from app.ui.calendar.tile_form import quiet_ink
from app.ui.calendar.tile_picture import _signs_and_badges, paint_tiles
from app.ui.theme import FontRole, Tone
from app.vocabulary import AlertKind, VisitStatus
from tests.builders import SmallSalon, at
from tests.ui.calendar.conftest import Day

ENTRY = AgendaEntry(
    booked_id=1,
    visit_id=1,
    staff_id=1,
    starts_at=at(10),
    ends_at=at(11),
    lengths=Lengths(60),
    service_id=1,
    service_name="Маникюр с покрытием и дизайном",
    colour=1,
    price=180_000,
    client_id=1,
    client_name="Анна Щёлкина",
    status=VisitStatus.BOOKED,
    is_first_visit=True,
    alerts=(AlertKind.DEBT, AlertKind.ALLERGY),
    has_note=True,
    overbooked_reason="",
    part=1,
    parts=2,
)


def tile(entry: AgendaEntry, width: int = 200, height: int = 70) -> Tile:
    return Tile(entry, 0, 0, 600, 660, Box(0, 0, width, height))


def picture(tile: Tile, ratio: float = 1.0) -> QPixmap:
    made = QPixmap(round(tile.box.width * ratio), round(tile.box.height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_tiles(painter, [tile])
    painter.end()
    return made


def lightness(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("status", list(VisitStatus))
def test_the_second_line_of_a_tile_can_be_read(name: str, status: VisitStatus) -> None:
    tint = theme.theme_named(name).status(status)
    darker, lighter = sorted((lightness(quiet_ink(tint)), lightness(tint.fill)))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_every_status_but_the_first_has_a_sign_of_its_own() -> None:
    signs = [words.STATUS_ICONS[status] for status in VisitStatus if status is not VisitStatus.BOOKED]
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize("status", list(VisitStatus))
def test_the_status_shows_without_its_colour(qtbot: QtBot, status: VisitStatus) -> None:
    def grey(entry: AgendaEntry) -> QImage:
        image = picture(tile(entry, height=30)).toImage()
        mask = image.convertToFormat(QImage.Format.Format_Grayscale8)
        level = QColor(mask.pixel(100, 2)).lightness()
        # Only what differs clearly from the field: words, bar and signs.
        shape = QImage(mask.size(), QImage.Format.Format_Mono)
        shape.fill(0)
        for x in range(100, mask.width()):
            for y in range(mask.height()):
                shape.setPixel(x, y, int(abs(QColor(mask.pixel(x, y)).lightness() - level) > 60))
        return shape

    plain = replace(ENTRY, alerts=(), client_name="А", service_name="")
    booked, other = grey(plain), grey(replace(plain, status=status))
    assert (booked == other) is (status is VisitStatus.BOOKED)


def test_the_gravest_badge_comes_first() -> None:
    assert [tone for _text, tone, _icon in words.badges(ENTRY)] == [
        Tone.DANGER,
        Tone.WARN,
        Tone.ACCENT,
        Tone.NEUTRAL,
    ]
    assert [text for text, _tone, _icon in words.badges(ENTRY)] == [
        "аллергия",
        "долг",
        "впервые",
        "1 из 2",
    ]


@pytest.mark.parametrize(("width", "height"), [(8, 16), (60, 16), (140, 22), (140, 34), (40, 90), (300, 200)])
@pytest.mark.parametrize("status", [VisitStatus.BOOKED, VisitStatus.CANCELLED])
def test_a_tile_of_any_size_can_be_painted(qtbot: QtBot, width: int, height: int, status: VisitStatus) -> None:
    painted = picture(tile(replace(ENTRY, status=status), width, height), 2.0).toImage()
    assert painted.pixelColor(width, height).alpha() == 255
    assert painted.pixelColor(0, 0).alpha() < 255


@pytest.mark.parametrize("name", ["", "Анна Щёлкина", "محمد علي الطويل", "Е\u0301ва 😀", "Щ" * 90])
@pytest.mark.parametrize("status", [VisitStatus.BOOKED, VisitStatus.CONFIRMED])
def test_nothing_of_a_narrow_tile_stands_on_the_one_beside(qtbot: QtBot, name: str, status: VisitStatus) -> None:
    entry = replace(ENTRY, client_name=name, status=status, series_id=1, awaits_call=True)
    for width in (1, 8, 14, 20, 24, 33, 44, 60):
        for height in (16, 24, 34, 44, 72, 150):
            made = QPixmap(200, height)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            paint_tiles(painter, [replace(tile(entry), box=Box(70, 0, width, height))])
            painter.end()
            image = made.toImage()
            beside = [image.copy(0, 0, 70, height), image.copy(70 + width, 0, 130 - width, height)]
            for each in beside:
                clear = QImage(each.size(), each.format())
                clear.fill(Qt.GlobalColor.transparent)
                assert each == clear, (width, height)


def test_another_theme_paints_the_day_anew(small: SmallSalon, day: Callable[[], Day]) -> None:
    visit = small.book(at(12), small.client())
    opened = day()

    def colour() -> str:
        box = opened.tile(visit).box
        spot = (box.right - 6, box.bottom - 12)
        return QColor(opened.screen.grid.grab().toImage().pixel(*spot)).name()

    light = colour()
    opened.screen.desk.appearance.toggle()
    try:
        assert light == theme.theme_named("light").status(VisitStatus.BOOKED).fill.name()
        assert colour() == theme.theme_named("dark").status(VisitStatus.BOOKED).fill.name()
    finally:
        opened.screen.desk.appearance.toggle()


def test_the_line_of_the_current_time_runs_under_the_tiles(small: SmallSalon, day: Callable[[], Day]) -> None:
    visit = small.book(at(10, 30), small.client())
    opened = day()
    grid, box = opened.screen.grid, opened.tile(visit).box
    assert grid.now_minute is not None
    y = opened.plan.scale.y_of(grid.now_minute)
    image = grid.grab().toImage()
    now = theme.theme_named("light").now.name()
    beside = opened.plan.columns.x_of(1) + 80
    assert QColor(image.pixel(beside, y)).name() == now
    assert QColor(image.pixel(box.right - 40, y)).name() != now


@pytest.mark.parametrize("is_cut", [True, False], ids=["cut", "carried away"])
def test_the_line_of_the_current_time_shines_through_a_tile_that_is_faded(
    small: SmallSalon, day: Callable[[], Day], *, is_cut: bool
) -> None:
    visit = small.book(at(10, 30), small.client())
    opened = day()
    grid, box = opened.screen.grid, opened.tile(visit).box
    assert grid.now_minute is not None
    if is_cut:
        grid.set_holding(True, visit)
    else:
        opened.carry(opened.middle(visit), opened.where_to(visit, small.olga, at(16)))
    image, y = grid.grab().toImage(), opened.plan.scale.y_of(grid.now_minute)
    on_it, beside = (QColor(image.pixel(box.right - 40, each)) for each in (y, y - 6))
    assert on_it.red() - on_it.blue() > beside.red() - beside.blue() + 20
    now = theme.theme_named("light").now.name()
    assert on_it.name() != now, "it runs under the tile still"
    grid.set_holding(False, None)


def test_a_place_that_is_chosen_over_two_tiles_can_be_read(small: SmallSalon, day: Callable[[], Day]) -> None:
    """Between the tiles and the edge of the column stands time that can be booked over all the same."""
    first, second = small.book(at(12), small.client()), small.book(at(13), small.client("Вера Ломова"))
    opened = day()
    grid, edge = opened.screen.grid, opened.tile(second).box
    opened.click(QPoint(edge.x - 2, edge.y - 6), Qt.MouseButton.RightButton)
    assert grid.accessibleDescription().replace("\u00a0", " ") == "12:45–13:15, занято, Ольга Белова"
    place = grid.box_of(grid.spot)
    assert place is not None
    assert opened.tile(first).box.overlaps(place)
    assert edge.overlaps(place)
    surface = theme.theme_named("light").surface.name()
    image = grid.grab().toImage()
    empty = {QColor(image.pixel(place.right - 30, y)).name() for y in range(place.y + 3, place.bottom - 3)}
    assert empty == {surface}, "neither tile is seen in it"
    grid.select(None)
    assert QColor(grid.grab().toImage().pixel(edge.right - 30, edge.y + 4)).name() != surface


def form_of(width: int, height: int, entry: AgendaEntry, *, below: bool) -> tile_form.Form:
    clock = lettering.width(tile_form.clock_role(height), "10:00")
    signs, badges = _signs_and_badges(entry, height)
    known = (entry.status, width, height, clock, signs, badges, 1.0, theme.current().name)
    return tile_form.form_of(*known, status_yields=True, clock_yields=below)


PLAIN = replace(ENTRY, alerts=(), has_note=False, is_first_visit=False, parts=1)


@pytest.mark.parametrize("height", [34, 52, 70, 106])
@pytest.mark.parametrize("entry", [PLAIN, replace(PLAIN, status=VisitStatus.CONFIRMED)])
def test_in_a_narrow_column_the_name_is_whole_and_the_time_stands_below(
    qtbot: QtBot, height: int, entry: AgendaEntry
) -> None:
    beside, below = (form_of(136, height, entry, below=each) for each in (False, True))
    assert beside.has_yielding_clock
    assert not lettering.fits(beside.role, "Анна Щёлкина", beside.room)
    assert lettering.fits(below.role, "Анна Щёлкина", below.room)
    assert beside.clock is not None
    assert below.clock is not None
    assert below.clock[1] > beside.clock[1]
    assert below.clock[0] >= below.left + below.service_room


@pytest.mark.parametrize("width", range(104, 240, 8))
@pytest.mark.parametrize("height", [34, 44, 52, 70, 88, 106, 160])
def test_when_the_time_stands_below_nothing_else_is_lost(qtbot: QtBot, width: int, height: int) -> None:
    for entry in (ENTRY, replace(ENTRY, alerts=()), replace(ENTRY, has_note=False), replace(PLAIN, series_id=1)):
        for status in (VisitStatus.BOOKED, VisitStatus.ARRIVED):
            one = replace(entry, status=status)
            beside, below = (form_of(width, height, one, below=each) for each in (False, True))
            if beside.has_yielding_clock:
                assert len(below.shown) >= len(beside.shown)
                assert below.clock is not None


def names_on(monkeypatch: pytest.MonkeyPatch, entry: AgendaEntry, width: int, height: int) -> list[str]:
    """What stands on a tile in the letters of a name, line by line."""
    written: list[str] = []

    def note(_role: FontRole, shown: str, _ratio: float) -> str:
        written.append(shown)
        return shown

    with monkeypatch.context() as patch:
        patch.setattr(tile_picture, "_name", note)
        picture(tile(entry, width, height))
    return written


SIGNED = replace(PLAIN, parts=2, has_note=True, status=VisitStatus.CONFIRMED)


@pytest.mark.parametrize("entry", [PLAIN, SIGNED], ids=["plain", "with badge, note and status"])
def test_a_high_tile_in_a_narrow_column_cuts_no_name(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, entry: AgendaEntry
) -> None:
    """A visit of an hour and a quarter has room for both words of a name; a short one tells as much as it can."""
    maria = replace(entry, client_name="Мария Сапожникова")
    assert names_on(monkeypatch, maria, 132, 88) == ["Мария", "Сапожникова"]
    assert names_on(monkeypatch, maria, 220, 88) == ["Мария Сапожникова"]
    assert names_on(monkeypatch, replace(maria, client_name="Екатерина"), 132, 88) == ["Екатерина"]
    assert len(names_on(monkeypatch, maria, 132, 52)) == 1


@pytest.mark.parametrize("name", ["Анна Щёлкина", "Пак Су Ён", "Александра-Виктория Константиновна Вознесенская"])
def test_no_line_is_left_empty_below_a_name_that_almost_fits(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for width in range(40, 180):
        lines = names_on(monkeypatch, replace(SIGNED, client_name=name), width, 124)
        assert lines == [name] or len(lines) == 2, width


def test_the_time_stands_beside_the_badges_where_a_longer_piece_of_the_name_is_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = replace(PLAIN, client_name="Мария Сапожникова", parts=2)
    (shown,) = names_on(monkeypatch, maria, 132, 70)
    assert shown.startswith("Мария Сапож"), "the time beside the name would leave “Мария С…”"


@pytest.mark.parametrize("width", [74, 132], ids=["beside another", "in a narrow column"])
@pytest.mark.parametrize("height", range(72, 200, 4))
def test_below_a_name_in_two_lines_nothing_is_lost_or_covered(qtbot: QtBot, width: int, height: int) -> None:
    for entry in (ENTRY, PLAIN, SIGNED, replace(SIGNED, alerts=(AlertKind.ALLERGY,))):
        signs, badges = _signs_and_badges(entry, height)
        known = (entry.status, width, height, 32, signs, badges, 1.0, theme.current().name)
        one, two = tile_form.form_of(*known, status_yields=True), tile_form.form_of(*known, name_lines=2)
        if one.has_second_line:
            assert len(two.shown) >= len(one.shown)
            assert (two.clock is None) is (one.clock is None)
            assert two.service_top >= two.top + tile_form.NAME_LINE + 15
            words_end = two.service_top + 16 * two.service_lines
            beside = [sign for sign in two.shown if sign.top + 13 > two.service_top and sign.top < words_end]
            assert all(sign.left >= two.left + two.service_room for sign in beside), "the service covers a sign"


def test_the_time_gives_way_to_the_name_where_it_helps(qtbot: QtBot) -> None:
    def right_end(name: str, top: int) -> QImage:
        entry = replace(PLAIN, client_name=name, service_name="")
        return picture(tile(entry, 136, 106)).toImage().copy(98, top, 30, 14)

    assert right_end("Ян Ли", 27) == right_end("Ян Ли", 60), "a short name leaves the time beside it"
    assert right_end("Анна Щёлкина", 27) != right_end("Анна Щёлкина", 60), "a long one sends it below"
