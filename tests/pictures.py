"""Pictures as phones, messengers and mischief makers send them: small, and made here."""

import base64
import struct
import zlib

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAZABkAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9"
    "lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAMABAD"
    "ASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKB"
    "kaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZ"
    "mqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQF"
    "BgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5"
    "OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX"
    "2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCWsqtWsqqwnU0xXQ//2Q=="
)
"""16 × 12 pixels, left red, right blue."""
WEBP = base64.b64decode("UklGRjQAAABXRUJQVlA4ICgAAABwAQCdASoQAAwABABoJaACdAFAAAD+ze/6O1lncG5YX8XQL1/NAAAA")
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
SECRETS = (b"GPSLatitude 55.7558", b"Anna's iPhone", b"xpacket Sadovaya 7", b"taken at home", b"PK\x03\x04 hidden")
"""What a photo tells and must not: each stands in ``with_secrets``."""


def png(width: int = 8, height: int = 8, *more: tuple[bytes, bytes], claimed: tuple[int, int] | None = None) -> bytes:
    """A grey picture; ``more`` chunks before its pixels; ``claimed`` is the size it says it has."""
    head = struct.pack(">IIBBBBB", *(claimed or (width, height)), 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + bytes([90 + row % 100]) * width for row in range(height)))
    chunks = [(b"IHDR", head), *more, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def exif(orientation: int = 1) -> bytes:
    """The facts of a camera: how it was held, whose it is, and where."""
    order = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    place = struct.pack(">HHII", 0x8825, 4, 1, 38)
    return b"MM\x00*\x00\x00\x00\x08" + struct.pack(">H", 2) + order + place + b"\x00" * 4 + SECRETS[0] + SECRETS[1]


def segment(mark: int, body: bytes) -> bytes:
    """A part of a JPEG."""
    return b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*parts: bytes, after: bytes = b"", orientation: int | None = None) -> bytes:
    """The red and blue JPEG with more parts at its head, and something behind its end."""
    held = () if orientation is None else (segment(0xE1, b"Exif\x00\x00" + exif(orientation)),)
    return JPEG[:2] + b"".join((*held, *parts)) + JPEG[2:] + after


def jpeg_with_secrets(orientation: int = 6) -> bytes:
    """A photo as a phone writes it, with everything that it tells."""
    return jpeg(
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRETS[2]),
        segment(0xED, b"Photoshop 3.0\x00" + SECRETS[1]),
        segment(0xFE, SECRETS[3]),
        segment(0xE2, b"MPF\x00" + SECRETS[1]),
        after=b"\xff\xd8" + SECRETS[4] + SECRETS[0],
        orientation=orientation,
    )


def png_with_secrets() -> bytes:
    """The same as PNG."""
    text = b"Comment\x00" + SECRETS[3]
    more = (b"eXIf", exif()), (b"tEXt", text), (b"iTXt", b"XML:com.adobe.xmp" + SECRETS[2]), (b"tIME", b"\x07" * 7)
    return png(8, 8, *more) + SECRETS[4]


def webp_with_secrets() -> bytes:
    """The same as WebP."""
    flags = struct.pack("<I", 0x08 | 0x04) + (15).to_bytes(3, "little") + (11).to_bytes(3, "little")
    chunks = [(b"VP8X", flags), (b"VP8 ", WEBP[20:]), (b"EXIF", exif()), (b"XMP ", SECRETS[2])]
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(part)) + part + b"\x00" * (len(part) % 2) for kind, part in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body + SECRETS[4]
