"""Photos of hair for the sample salon, drawn in numbers: strands, waves and light. Pure, the same every time.

A real salon's photos show real people; these show nobody. One takes a few hundredths of a second.
"""

import math
import struct
import zlib
from collections.abc import Sequence
from random import Random

WIDTH, HEIGHT = 400, 500
_BAND = 6
"""So many rows share their colour: the eye sees no step, and the drawing is much faster."""

_TONES = [0.35 + strand / 196 for strand in range(256)]
Colour = tuple[int, int, int]


def photo(colours: Sequence[tuple[float, Colour]], seed: int, *, gloss: float = 0.5) -> bytes:
    """A PNG of hair that falls in waves; ``colours`` stand at shares of the length from the roots (0) to the tips (1).

    ``gloss`` is how much the light shines on it: 0 is dull.
    """
    rng = Random(seed)
    strands = _strands(rng, WIDTH + 320)
    swing, length, lean = 26 + 18 * rng.random(), 130 + 50 * rng.random(), 0.10 * (rng.random() - 0.5)
    rows: list[bytes] = []
    tables: list[bytes] = []
    for y in range(HEIGHT):
        if y % _BAND == 0:
            share = y / HEIGHT
            tables = [_shades(_mixed(colours, share)[channel], _light(share, gloss)) for channel in range(3)]
        shift = round(150 + swing * math.sin(y / length * 2) + lean * y)
        row = strands[shift : shift + WIDTH]
        drawn = bytearray(1 + 3 * WIDTH)
        for channel in range(3):
            drawn[1 + channel :: 3] = row.translate(tables[channel])
        rows.append(bytes(drawn))
    return _png(b"".join(rows))


def _strands(rng: Random, width: int) -> bytes:
    """How light each strand is, from left to right: broad locks, and fine hairs within them."""
    phases = [rng.random() * math.tau for _number in range(6)]
    light: list[int] = []
    for x in range(width):
        lock = math.sin(x / 37 + phases[0]) * 22 + math.sin(x / 19 + phases[1]) * 15 + math.sin(x / 9 + phases[2]) * 12
        hair = math.sin(x / 2.3 + phases[3]) * 9 + math.sin(x / 1.1 + phases[4]) * 6 + rng.gauss(0, 9)
        light.append(min(max(round(128 + lock + hair), 0), 255))
    return bytes(light)


def _light(share: float, gloss: float) -> float:
    """How much light falls on this part of the length: a soft band across, and a little less at the edges."""
    band = math.exp(-(((share - 0.34) / 0.10) ** 2)) + 0.6 * math.exp(-(((share - 0.72) / 0.12) ** 2))
    return 0.86 + 0.42 * gloss * band - 0.22 * (2 * share - 1) ** 2


def _mixed(colours: Sequence[tuple[float, Colour]], share: float) -> Colour:
    before = max((one for one in colours if one[0] <= share), default=colours[0])
    after = min((one for one in colours if one[0] >= share), default=colours[-1])
    way = 0.0 if after[0] == before[0] else (share - before[0]) / (after[0] - before[0])
    red, green, blue = (round(a + (b - a) * way) for a, b in zip(before[1], after[1], strict=True))
    return red, green, blue


def _shades(value: int, light: float) -> bytes:
    """For each lightness of a strand the value of one colour channel."""
    lit = max(value * light, 0)
    return bytes([min(int(lit * tone), 255) for tone in _TONES])


def _png(rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 4)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
