"""Both themes are complete, readable, and are worn at once."""

import re
import tomllib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.paths import resources
from app.ui import icons, theme
from app.ui.theme import Appearance, FontRole, Theme, Tone, theme_named
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.label import Label
from app.vocabulary import ThemeChoice, VisitStatus
from tests.ui.conftest import Counter

NAMES = ("light", "dark")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("text", "muted") for ground in ("app", "surface", "raised", "sunken", "hover")),
    *(("accent", ground) for ground in ("app", "surface", "raised", "accent_soft")),
    *(("text", ground) for ground in ("accent_soft", "danger_soft", "warn_soft")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("danger", "app"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("warn", "surface"),
    ("warn", "app"),
    ("warn", "warn_soft"),
    ("on_now", "now"),
    ("now", "surface"),
    ("on_toast", "toast"),
    ("toast_action", "toast"),
]


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.1)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """The application in the light theme."""
    kept = Appearance(qapp, ThemeChoice.LIGHT)
    yield kept
    kept.choose(ThemeChoice.LIGHT)
    kept.deleteLater()


@pytest.mark.parametrize("time", ["the first time", "the second time"])
def test_a_front_desk_leaves_no_appearance_behind(qapp: QApplication, counter: Counter, time: str) -> None:
    """Each would stay to the end of all tests, with what it holds."""
    assert qapp.findChildren(Appearance) == [counter.desk.appearance]


def test_contrast_is_measured_rightly() -> None:
    assert contrast(QColor("#000"), QColor("#fff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_every_text_is_readable(name: str, ink: str, ground: str) -> None:
    worn = theme_named(name)
    assert contrast(worn.colour(ink), worn.colour(ground)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("status", VisitStatus)
def test_every_tile_is_readable(name: str, status: VisitStatus) -> None:
    tint = theme_named(name).status(status)
    assert contrast(tint.ink, tint.fill) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tone", Tone)
def test_every_pill_is_readable(name: str, tone: Tone) -> None:
    tint = theme_named(name).tone(tone)
    assert contrast(tint.ink, tint.fill) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_bars_of_categories_stand_out_and_differ(name: str) -> None:
    worn = theme_named(name)
    assert len({bar.name() for bar in worn.categories}) == 12
    assert all(contrast(bar, worn.surface) >= 3 for bar in worn.categories)
    assert worn.category(12) == worn.category(0)


def test_both_themes_have_the_same_keys() -> None:
    light, dark = (
        tomllib.loads((resources() / "styles" / f"{name}.toml").read_text(encoding="utf-8")) for name in NAMES
    )
    assert light.keys() == dark.keys()
    assert list(light["colours"]) == list(dark["colours"]) == list(theme.colour_tokens())
    assert list(light["statuses"]) == list(dark["statuses"]) == list(VisitStatus)


@pytest.mark.parametrize("name", NAMES)
def test_the_style_sheet_is_complete(name: str) -> None:
    sheet = theme.style_sheet_of(theme_named(name))
    assert "$" not in sheet
    marks = re.findall(r'url\("(.+?)"\)', sheet)
    assert marks
    assert all(name in mark for mark in marks)
    missing = [mark for mark in marks if not (resources() / "styles" / mark).is_file()]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_marks_wear_the_colours_of_their_theme(name: str) -> None:
    """They are files, because the style sheet takes nothing else."""
    worn = theme_named(name)
    for mark in sorted((resources() / "styles" / "marks" / name).glob("*.svg")):
        drawing = mark.read_text(encoding="utf-8")
        token = re.search(r"colour: (\w+)", drawing)
        assert token is not None
        assert worn.colour(token[1]).name().casefold() in drawing.casefold(), mark.name


def test_no_colour_is_written_outside_the_themes() -> None:
    """Sizes and colours have one home each."""
    sheet = (resources() / "styles" / "controls.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|font", sheet) == []


def test_the_bundled_typeface_has_four_real_weights(appearance: Appearance) -> None:
    assert theme.FONT_FAMILY in QFontDatabase.families()
    widths = {
        QFontMetrics(theme.font(role)).horizontalAdvance("Вторник, 14 мая") for role in (FontRole.BODY, FontRole.STRONG)
    }
    assert len(widths) == 2
    digits = {QFontMetrics(theme.font(FontRole.BODY)).horizontalAdvance(digit) for digit in "0123456789"}
    assert len(digits) == 1


def test_an_open_window_changes_its_theme(qtbot: QtBot, appearance: Appearance) -> None:
    label, button = Label("Анна", tone="muted"), PrimaryButton("Записать", icon="plus")
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.show()
    bright = button.grab().toImage().pixelColor(button.width() // 2, 3)
    with qtbot.waitSignal(appearance.changed) as told:
        appearance.choose(ThemeChoice.DARK)
    assert told.args == [theme_named("dark")]
    assert theme.current().dark
    assert bright == theme_named("light").accent
    assert button.grab().toImage().pixelColor(button.width() // 2, 3) == theme_named("dark").accent
    assert label.palette().color(label.foregroundRole()) == theme_named("dark").muted


def test_choosing_what_is_worn_tells_nobody(qtbot: QtBot, appearance: Appearance) -> None:
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.choose(ThemeChoice.LIGHT)


def test_toggling_tells_what_to_remember(appearance: Appearance) -> None:
    assert appearance.toggle() is ThemeChoice.DARK
    assert appearance.toggle() is ThemeChoice.LIGHT
    assert appearance.choice is ThemeChoice.LIGHT


def test_the_system_is_followed_only_when_asked(
    appearance: Appearance, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class DarkSystem:
        def colorScheme(self) -> Qt.ColorScheme:
            return Qt.ColorScheme.Dark

    monkeypatch.setattr(qapp, "styleHints", DarkSystem, raising=False)
    appearance._follow_system()
    assert not theme.current().dark
    appearance.choose(ThemeChoice.SYSTEM)
    assert theme.current().dark


def test_before_anything_is_worn_the_light_theme_answers(qapp: QApplication) -> None:
    worn = qapp.property("vizit_theme")
    qapp.setProperty("vizit_theme", None)
    try:
        assert isinstance(theme.current(), Theme)
        assert theme.current().name == "light"
    finally:
        qapp.setProperty("vizit_theme", worn)


def test_an_icon_is_drawn_in_the_asked_colour_and_size(qapp: QApplication) -> None:
    picture = icons.pixmap("plus", QColor("#ff0000"), 24, 2.0)
    assert (picture.width(), picture.deviceIndependentSize().width()) == (48, 24)
    assert picture.toImage().pixelColor(24, 24) == QColor("#ff0000")
    assert picture.toImage().pixelColor(1, 1).alpha() == 0
    assert icons.pixmap("plus", QColor("#ff0000"), 24, 2.0) is picture


def test_an_icon_that_is_not_shipped_is_a_fault(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-drawing", QColor("#000"))


def test_every_icon_takes_a_colour() -> None:
    """The colour is put in the place of ``currentColor``."""
    drawings = sorted((resources() / "icons").glob("*.svg"))
    assert drawings
    assert [each.name for each in drawings if "currentColor" not in each.read_text(encoding="utf-8")] == []


def test_text_that_people_typed_is_never_markup(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label("<b>Анна</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_property_may_change_after_the_first_look(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label("Анна", tone="muted")
    qtbot.addWidget(label)
    label.show()
    label.set_tone("danger")
    assert label.palette().color(QLabel().foregroundRole()) == theme.current().danger


def test_a_plain_button_is_as_high_as_a_field(qtbot: QtBot, appearance: Appearance) -> None:
    button = QPushButton("Записать")
    qtbot.addWidget(button)
    button.show()
    assert button.sizeHint().height() == theme.CONTROL_HEIGHT
    assert PrimaryButton("Записать").sizeHint().height() == theme.CONTROL_HEIGHT
