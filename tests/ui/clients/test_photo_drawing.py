"""A photo is drawn small, upright, and never larger than the memory allows."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from app.salon.clients import pictures as kept
from app.ui.clients import photo_drawing
from tests import pictures


def saved(folder: Path, content: bytes, name: str = "a.jpg") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def red_side(image: QImage) -> str:
    """Where the red half of the picture of the tests is."""
    places = {
        "left": (1, image.height() // 2),
        "right": (image.width() - 2, image.height() // 2),
        "top": (image.width() // 2, 1),
        "bottom": (image.width() // 2, image.height() - 2),
    }
    return max(places, key=lambda side: QColor(image.pixel(*places[side])).red())


@pytest.mark.parametrize(
    ("held", "size", "side"),
    [(1, (16, 12), "left"), (3, (16, 12), "right"), (6, (12, 16), "top"), (8, (12, 16), "bottom")],
)
def test_a_photo_stands_upright_although_its_facts_are_gone(
    tmp_path: Path, held: int, size: tuple[int, int], side: str
) -> None:
    clean = kept.cleaned(pictures.jpeg(orientation=held), "a.jpg")
    image = photo_drawing.fitting(saved(tmp_path, clean.content), 400)
    assert (image.width(), image.height()) == (clean.width, clean.height) == size
    assert red_side(image) == side


@pytest.mark.parametrize("content", [pictures.JPEG, pictures.png(), pictures.WEBP], ids=["jpeg", "png", "webp"])
def test_all_kinds_that_are_kept_can_be_drawn(tmp_path: Path, content: bytes) -> None:
    path = saved(tmp_path, content, "a.bin")
    assert not photo_drawing.covering(path, QSize(4, 4)).isNull()
    assert photo_drawing.redrawn(content, 4096) is None


def test_a_large_photo_becomes_smaller_and_keeps_its_shape() -> None:
    drawn = photo_drawing.redrawn(pictures.png(5000, 20), 4096)
    assert drawn is not None
    clean = kept.cleaned(drawn, "a.jpg")
    assert (clean.width, clean.height) == (4096, 16)


def test_what_cannot_be_drawn_or_claims_too_much_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    claimed = pictures.png(claimed=(20_000, 20_000))
    with pytest.raises(ValueError):
        photo_drawing.redrawn(claimed, 4096)
    assert photo_drawing.fitting(saved(tmp_path, claimed), 2048).isNull()
    assert photo_drawing.covering(tmp_path / "gone.jpg", QSize(9, 9)).isNull()
    with pytest.raises(ValueError):
        photo_drawing.redrawn(b"nothing", 4096)


def test_a_pasted_picture_is_a_jpeg_or_a_png_where_one_sees_through_it() -> None:
    solid, clear = QImage(9000, 30, QImage.Format.Format_RGB32), QImage(9, 9, QImage.Format.Format_ARGB32)
    solid.fill(QColor("red"))
    clear.fill(QColor(0, 0, 0, 0))
    clean = kept.cleaned(photo_drawing.pasted(solid, 4096), "")
    assert (clean.format, clean.width) == (kept.KeptFormat.JPEG, 4096)
    assert kept.cleaned(photo_drawing.pasted(clear, 4096), "").format is kept.KeptFormat.PNG
    with pytest.raises(ValueError):
        photo_drawing.pasted(QImage(), 4096)
