"""What a file really is, and a picture without what the camera wrote beside it. Pure: bytes in, bytes out.

A photo from a phone tells where it was taken, when, and with whose phone; some carry a film or a second picture behind
their end. Nothing is decoded here: the parts of the file that make up the picture are copied, all others are left out,
so the quality stays as it was. What does not follow the rules of its format to its end is refused.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import KindNotKept, PictureBroken, PictureOfAnotherKind, PictureTooLarge
from app.vocabulary import KeptFormat

MOST_PIXELS = 50_000_000
"""As many as the best phones have; a picture of so many takes 200 MB of memory while it is shown."""

_MEGA = 1_000_000
_JPEG_BEGIN = b"\xff\xd8"
_PNG_BEGIN = b"\x89PNG\r\n\x1a\n"
_PDF_BEGIN = b"%PDF-"
_NOT_SHOWN = ((b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"))
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture and nothing else. Width and height are those of the picture when it stands upright."""

    format: KeptFormat
    width: int
    height: int
    content: bytes


class _Broken(Exception):
    """The bytes do not follow the rules of their format."""


def format_of(content: bytes, name: str) -> KeptFormat:
    """What ``content`` is by its first bytes, never by ``name``. Raises KindNotKept, PictureOfAnotherKind."""
    if content.startswith(_JPEG_BEGIN):
        return KeptFormat.JPEG
    if content.startswith(_PNG_BEGIN):
        return KeptFormat.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return KeptFormat.WEBP
    if content.startswith(_PDF_BEGIN):
        return KeptFormat.PDF
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise PictureOfAnotherKind(name, "AVIF" if content[8:12].startswith(b"avi") else "HEIC")
    for begin, kind in _NOT_SHOWN:
        if content.startswith(begin):
            raise PictureOfAnotherKind(name, kind)
    raise KindNotKept(name)


def cleaned(content: bytes, name: str) -> CleanPicture:
    """The picture in ``content`` without place, time, device, comments and whatever else is no part of it.

    How the camera was held is kept, for otherwise the picture would lie on its side, and so are the colours' profile.
    Raises PictureBroken, PictureTooLarge, and what ``format_of`` raises; a PDF is no picture (KindNotKept).
    """
    clean = {KeptFormat.JPEG: _jpeg, KeptFormat.PNG: _png, KeptFormat.WEBP: _webp}.get(format_of(content, name))
    if clean is None:
        raise KindNotKept(name)
    try:
        picture = clean(content)
    except (_Broken, IndexError) as error:
        raise PictureBroken(name) from error
    pixels = picture.width * picture.height
    if pixels == 0:
        raise PictureBroken(name)
    if pixels > MOST_PIXELS:
        raise PictureTooLarge(name, round(pixels / _MEGA), MOST_PIXELS // _MEGA)
    return picture


def _number(content: bytes, place: int, size: int, order: str = "big") -> int:
    found = content[place : place + size]
    if place < 0 or len(found) < size:
        raise _Broken
    return int.from_bytes(found, "little" if order == "little" else "big")


# ---- JPEG ----------------------------------------------------------------------------------------------------

_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD})
_SCAN, _END = 0xDA, 0xD9
_DRAWN = _SIZES | _TABLES | {_SCAN}
"""What makes up the picture."""
_LEFT_OUT = frozenset({*range(0xE0, 0xF0), 0xFE})
"""What programs and cameras add."""
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
"""The next mark in the picture's own bytes: neither a stuffed FF nor one of the marks of which a scan is full."""


def _jpeg(content: bytes) -> CleanPicture:
    kept: list[bytes] = []
    size: tuple[int, int] | None = None
    held, jfif = 1, b""
    has_scan = False
    for mark, body, scan in _segments(content):
        if mark == _SCAN:
            if size is None:
                raise _Broken
            has_scan = True
        elif mark in _SIZES:
            if size is not None:
                raise _Broken
            size = _number(body, 3, 2), _number(body, 1, 2)
        elif mark == 0xE0 and body.startswith(b"JFIF\x00") and len(body) >= 14:
            # Its last two bytes tell of a small picture that would follow.
            jfif = b"\xff\xe0\x00\x10" + body[:12] + b"\x00\x00"
        elif mark == 0xE1 and body.startswith(b"Exif\x00\x00"):
            held = _orientation(body[6:])
        if mark in _DRAWN or _is_about_colour(mark, body):
            kept.append(b"\xff" + bytes([mark]) + (len(body) + 2).to_bytes(2, "big") + body + scan)
    if size is None or not has_scan:
        raise _Broken
    width, height = size if held < 5 else (size[1], size[0])
    whole = b"".join([_JPEG_BEGIN, jfif, _only_orientation(held), *kept, b"\xff\xd9"])
    return CleanPicture(KeptFormat.JPEG, width, height, whole)


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The parts of a JPEG to its end: the mark, the body and, after the mark of a scan, its bytes.

    Whatever follows the end is not looked at: other pictures, films, archives.
    """
    place = 2
    while True:
        mark, place = _mark(content, place)
        if mark == _END:
            return
        length = _number(content, place, 2)
        body, place = content[place + 2 : place + length], place + length
        if length < 2 or len(body) != length - 2 or mark not in _DRAWN | _LEFT_OUT:
            raise _Broken
        begin = place
        if mark == _SCAN:
            following = _AFTER_SCAN.search(content, place)
            if following is None:
                raise _Broken
            place = following.start()
        yield mark, body, content[begin:place]


def _mark(content: bytes, place: int) -> tuple[int, int]:
    """The mark at ``place``, and where its part begins."""
    if content[place] != 0xFF:
        raise _Broken
    while content[place] == 0xFF:
        place += 1
    return content[place], place + 1


def _is_about_colour(mark: int, body: bytes) -> bool:
    """A colour profile, or Adobe's word on how colours are kept."""
    return (mark == 0xE2 and body.startswith(b"ICC_PROFILE\x00")) or (
        mark == 0xEE and body.startswith(b"Adobe") and len(body) == 12
    )


def _orientation(exif: bytes) -> int:
    """How the camera was held (1 to 8), from the facts of a TIFF; 1, upright, where they make no sense."""
    order = {b"II": "little", b"MM": "big"}.get(exif[:2], "")
    try:
        if not order or _number(exif, 2, 2, order) != 42:
            return 1
        place = _number(exif, 4, 4, order)
        for entry in range(min(_number(exif, place, 2, order), 512)):
            at = place + 2 + 12 * entry
            if _number(exif, at, 2, order) == 0x0112:
                held = _number(exif, at + 8, 2, order)
                return held if 1 <= held <= 8 else 1
    except _Broken:
        return 1
    return 1


def _only_orientation(held: int) -> bytes:
    """The part of a JPEG that says how the camera was held, and nothing else; nothing for an upright one."""
    if held == 1:
        return b""
    facts = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"
    body = facts + bytes([held]) + b"\x00\x00\x00\x00\x00\x00"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


# ---- PNG -----------------------------------------------------------------------------------------------------

_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"sBIT", b"cICP"}
)


def _png(content: bytes) -> CleanPicture:
    kept = [_PNG_BEGIN]
    kinds: list[bytes] = []
    width = height = 0
    for kind, part in _chunks(content):
        if not kinds:
            if kind != b"IHDR" or len(part) != 25:
                raise _Broken
            width, height = _number(part, 8, 4), _number(part, 12, 4)
        kinds.append(kind)
        if kind in _PNG_KEPT:
            kept.append(part)
    if kinds.count(b"IHDR") != 1 or b"IDAT" not in kinds:
        raise _Broken
    return CleanPicture(KeptFormat.PNG, width, height, b"".join(kept))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG to its end, each with its frame; whatever follows the end is not looked at."""
    place = len(_PNG_BEGIN)
    while True:
        length = _number(content, place, 4)
        part = content[place : place + 12 + length]
        if len(part) != 12 + length or zlib.crc32(part[4:-4]) != _number(part, 8 + length, 4):
            raise _Broken
        yield part[4:8], part
        if part[4:8] == b"IEND":
            return
        place += 12 + length


# ---- WebP ----------------------------------------------------------------------------------------------------

_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ICCP"})
_MOVES, _HAS_EXIF, _HAS_XMP = 0x02, 0x08, 0x04


def _webp(content: bytes) -> CleanPicture:
    end = 8 + _number(content, 4, 4, "little")
    if end > len(content):
        raise _Broken
    kept: list[bytes] = []
    size: tuple[int, int] | None = None
    has_picture, place = False, 12
    while place < end:
        kind, length = content[place : place + 4], _number(content, place + 4, 4, "little")
        body = content[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
        if len(body) != length or place > end + 1:
            raise _Broken
        if kind == b"VP8X":
            if length != 10 or kept or body[0] & _MOVES:
                raise _Broken
            size = 1 + _number(body, 4, 3, "little"), 1 + _number(body, 7, 3, "little")
            body = bytes([body[0] & ~(_HAS_EXIF | _HAS_XMP)]) + body[1:]
        elif kind not in _WEBP_KEPT:
            continue
        elif kind in (b"VP8 ", b"VP8L"):
            drawn = _webp_size(kind, body)
            if has_picture or (size is not None and size != drawn):
                raise _Broken
            size, has_picture = drawn, True
        kept.append(kind + length.to_bytes(4, "little") + body + b"\x00" * (length % 2))
    if size is None or not has_picture:
        raise _Broken
    whole = b"WEBP" + b"".join(kept)
    return CleanPicture(KeptFormat.WEBP, *size, b"RIFF" + len(whole).to_bytes(4, "little") + whole)


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind == b"VP8L":
        bits = _number(body, 1, 4, "little")
        if body[:1] != b"\x2f":
            raise _Broken
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if body[3:6] != b"\x9d\x01\x2a":
        raise _Broken
    return _number(body, 6, 2, "little") & 0x3FFF, _number(body, 8, 2, "little") & 0x3FFF
