"""What a picture tells besides itself is left out, and what is no picture is not taken for one."""

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from app.errors import KindNotKept, PictureBroken, PictureOfAnotherKind, PictureTooLarge, SalonError
from app.salon.clients.pictures import cleaned, format_of
from app.vocabulary import KeptFormat
from tests import pictures

WITH_SECRETS = (pictures.jpeg_with_secrets, pictures.png_with_secrets, pictures.webp_with_secrets)


@pytest.mark.parametrize("made", WITH_SECRETS)
def test_neither_place_nor_device_nor_comment_remains(made: Callable[[], bytes]) -> None:
    photo = made()
    assert sum(secret in photo for secret in pictures.SECRETS) >= 4
    clean = cleaned(photo, "a.jpg")
    assert [secret for secret in pictures.SECRETS if secret in clean.content] == []
    assert not any(word in clean.content for word in (b"GPS", b"xmp", b"Photoshop", b"MPF", b"eXIf", b"EXIF", b"XMP "))


@pytest.mark.parametrize(
    "photo", [pictures.JPEG, pictures.png(), pictures.WEBP, *(made() for made in WITH_SECRETS)], ids=len
)
def test_a_clean_picture_stays_as_it_is(photo: bytes) -> None:
    once = cleaned(photo, "a.jpg")
    assert cleaned(once.content, "a.jpg") == once


def test_the_picture_itself_is_not_touched() -> None:
    assert cleaned(pictures.JPEG, "a.jpg").content == pictures.JPEG
    assert cleaned(pictures.png_with_secrets(), "a.png").content == pictures.png()
    scan = pictures.JPEG[pictures.JPEG.index(b"\xff\xda") :]
    assert scan in cleaned(pictures.jpeg_with_secrets(), "a.jpg").content


@pytest.mark.parametrize(("held", "size"), [(1, (16, 12)), (3, (16, 12)), (6, (12, 16)), (8, (12, 16)), (9, (16, 12))])
def test_how_the_camera_was_held_is_kept_and_nothing_else_of_its_facts(held: int, size: tuple[int, int]) -> None:
    clean = cleaned(pictures.jpeg(orientation=held), "a.jpg")
    assert (clean.width, clean.height) == size
    assert (b"Exif" in clean.content) is (held in range(2, 9))
    assert len(clean.content) <= len(pictures.JPEG) + 36


def test_the_profile_of_the_colours_is_kept() -> None:
    profile = pictures.segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + b"Display P3")
    assert profile in cleaned(pictures.jpeg(profile), "a.jpg").content


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pictures.JPEG, KeptFormat.JPEG),
        (pictures.png(), KeptFormat.PNG),
        (pictures.WEBP, KeptFormat.WEBP),
        (pictures.PDF, KeptFormat.PDF),
    ],
)
def test_the_content_tells_what_it_is_and_never_the_name(content: bytes, kind: KeptFormat) -> None:
    assert format_of(content, "virus.exe") is kind


@pytest.mark.parametrize(
    "disguised",
    [
        b"MZ\x90\x00" + b"\x00" * 60,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"PK\x03\x04" + pictures.JPEG,
        b"\x7fELF" + b"\x00" * 60,
        b" " + pictures.JPEG,
        b"x",
    ],
    ids=["exe", "svg", "html", "zip", "elf", "shifted", "one byte"],
)
def test_something_else_under_the_name_of_a_photo_is_refused(disguised: bytes) -> None:
    with pytest.raises(KindNotKept):
        cleaned(disguised, "photo.jpg")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"\x00\x00\x00\x18ftypavif", "AVIF"),
        (b"GIF89a", "GIF"),
        (b"BM12", "BMP"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_called_by_its_kind(content: bytes, kind: str) -> None:
    with pytest.raises(PictureOfAnotherKind) as refused:
        cleaned(content + b"\x00" * 40, "IMG_0001.HEIC")
    assert refused.value.kind == kind


@pytest.mark.parametrize("claimed", [(10_000, 10_000), (2**31 - 1, 2**31 - 1), (1, 60_000_000)])
def test_a_picture_of_a_hundred_megapixels_is_refused_without_being_drawn(claimed: tuple[int, int]) -> None:
    with pytest.raises(PictureTooLarge) as refused:
        cleaned(pictures.png(claimed=claimed), "a.png")
    assert refused.value.megapixels >= 60


def test_a_jpeg_of_a_hundred_megapixels_too() -> None:
    size = pictures.JPEG.index(b"\xff\xc0") + 5
    large = pictures.JPEG[:size] + b"\x27\x10\x27\x10" + pictures.JPEG[size + 4 :]
    with pytest.raises(PictureTooLarge):
        cleaned(large, "a.jpg")


@pytest.mark.parametrize("whole", [pictures.JPEG, pictures.png(), pictures.WEBP], ids=["jpeg", "png", "webp"])
def test_a_picture_that_is_cut_off_is_broken_wherever_it_ends(whole: bytes) -> None:
    begins = {pictures.JPEG: 2, pictures.WEBP: 12}.get(whole, 8)
    for end in range(begins, len(whole)):
        with pytest.raises(PictureBroken):
            cleaned(whole[:end], "a.jpg")


def test_no_pixels_are_no_picture() -> None:
    with pytest.raises(PictureBroken):
        cleaned(pictures.png(claimed=(0, 8)), "a.png")


def test_a_damaged_png_is_broken() -> None:
    whole = bytearray(pictures.png())
    whole[45] ^= 0xFF
    with pytest.raises(PictureBroken):
        cleaned(bytes(whole), "a.png")


def test_a_webp_that_tells_two_sizes_is_broken() -> None:
    flags = b"VP8X\x0a\x00\x00\x00" + b"\x00" * 10
    body = b"WEBP" + flags + pictures.WEBP[12:]
    with pytest.raises(PictureBroken):
        cleaned(b"RIFF" + len(body).to_bytes(4, "little") + body, "a.webp")


@given(
    st.sampled_from([pictures.JPEG, pictures.png(), pictures.WEBP, *(made() for made in WITH_SECRETS)]),
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), max_size=12),
    st.binary(max_size=20),
)
def test_whatever_was_done_to_it_is_either_refused_or_clean(
    photo: bytes, changes: list[tuple[int, int]], tail: bytes
) -> None:
    changed = bytearray(photo)
    for place, value in changes:
        if place < len(changed):
            changed[place] = value
    try:
        clean = cleaned(bytes(changed) + tail, "a.jpg")
    except SalonError:
        return
    assert cleaned(clean.content, "a.jpg") == clean
    assert len(clean.content) <= len(photo) + 40
