"""Reading somebody else's CSV: which file, which encoding, which delimiter, and its rows as texts.

Everything that can be wrong with a file as a whole is found here and told in one sentence, before anything is
read from its rows. Limits stand before reading: a salon's export is a few megabytes, never a hundred.
"""

import csv
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from io import StringIO
from pathlib import Path

from app.errors import (
    ColumnMissing,
    ColumnTwice,
    FileEmpty,
    FileMissing,
    FileTooBig,
    FileUnreadable,
    NotAFile,
    NotATable,
    SeveralFiles,
)
from app.salon.exchange.profiles import FileMap

MOST_MEGABYTES = 32
MOST_COLUMNS = 200
MOST_ROWS = 300_000
_DELIMITERS = (",", ";", "\t")
_NOTHING: list[str] = []


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a file. ``number`` is what a spreadsheet shows beside it: the header is row 1."""

    number: int
    cells: Mapping[str, tuple[str, ...]]
    """The texts of the mapped columns by field; one text, or several for a sum. Each is one line with single spaces."""

    def text(self, field: str) -> str:
        """The text of ``field``; empty when the profile does not map it."""
        found = self.cells.get(field)
        return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A file as rows of texts."""

    path: Path
    encoding: str
    rows: tuple[SourceRow, ...]
    broken: tuple[int, ...]
    """Numbers of the rows that have more or fewer cells than the header."""


def find(folder: Path, file_map: FileMap) -> Path | None:
    """The file in ``folder`` that ``file_map`` means, or None when it may be absent and is.

    Raises FileMissing, NotAFile (a folder of that name), SeveralFiles, FileUnreadable.
    """
    pattern = file_map.pattern.casefold()
    try:
        found = sorted(path for path in folder.iterdir() if fnmatchcase(path.name.casefold(), pattern))
    except OSError as error:
        raise FileUnreadable(folder) from error
    if len(found) > 1:
        raise SeveralFiles(folder, tuple(path.name for path in found))
    if not found:
        if file_map.is_required:
            raise FileMissing(folder / file_map.pattern)
        return None
    return found[0]


def check_folder(folder: Path) -> None:
    """Raise FileMissing or NotAFile when ``folder`` is not a folder that is there."""
    try:
        mode = folder.stat().st_mode
    except FileNotFoundError as error:
        raise FileMissing(folder) from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(folder) from error
    if not stat.S_ISDIR(mode):
        raise NotAFile(folder)


def read(path: Path, file_map: FileMap) -> SourceTable:
    """The rows of ``path``.

    Raises NotAFile, FileUnreadable, FileTooBig, FileEmpty, NotATable, ColumnMissing, ColumnTwice.
    """
    text, encoding = _decoded(path, _content(path))
    delimiter = _delimiter(path, text, file_map)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = _header(path, next(lines, _NOTHING))
        places = _places(path, header, file_map)
        rows, broken = _rows(path, lines, len(header), places)
    except csv.Error as error:
        raise NotATable(path) from error
    if not rows and not broken and not file_map.may_be_empty:
        raise FileEmpty(path)
    return SourceTable(path, encoding, tuple(rows), tuple(broken))


def _content(path: Path) -> bytes:
    """The bytes of a real file of a size that a salon's export can have. A pipe or a device is never opened."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotAFile(path)
        if found.st_size > MOST_MEGABYTES * 1_000_000:
            raise FileTooBig(path, -(-found.st_size // 1_000_000), MOST_MEGABYTES)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(path) from error
    except OSError as error:
        raise FileUnreadable(path) from error


def _decoded(path: Path, content: bytes) -> tuple[str, str]:
    """The text of ``content`` and its encoding: what its mark says, else UTF-8, else a Windows code page."""
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\r\n\t \x00"):
        raise FileEmpty(path)
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotATable(path) from error
    if "\x00" in text:
        raise NotATable(path)
    return text.removeprefix("\ufeff"), encoding


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(content)
    return "utf-8"


def _code_page(content: bytes) -> str:
    """Which Windows code page: Russian words are runs of high bytes, French accents stand alone between letters."""
    high = [index for index, byte in enumerate(content[:200_000]) if byte >= 0x80]
    places = set(high)
    together = sum(1 for index in high if index - 1 in places or index + 1 in places)
    return "cp1251" if 2 * together >= len(high) else "cp1252"


def _delimiter(path: Path, text: str, file_map: FileMap) -> str:
    """The delimiter with which the first line holds most of the columns that are needed."""
    first = text[: csv.field_size_limit()].lstrip("\r\n").split("\n", 1)[0]
    needed = {_folded(name) for names in file_map.columns.values() for name in names}

    def found(delimiter: str) -> tuple[int, int]:
        try:
            names = {_folded(name) for name in next(csv.reader([first], delimiter=delimiter), _NOTHING)}
        except csv.Error as error:
            raise NotATable(path) from error
        return len(names & needed), len(names)

    return max(_DELIMITERS, key=found)


def _header(path: Path, names: Sequence[str]) -> list[str]:
    if len(names) > MOST_COLUMNS:
        raise NotATable(path)
    return [name.strip() for name in names]


def _places(path: Path, header: Sequence[str], file_map: FileMap) -> dict[str, tuple[int, ...]]:
    """Where each field stands. A column that is needed is there exactly once; case does not count."""
    folded = [_folded(name) for name in header]
    counts = Counter(folded)
    for names in file_map.columns.values():
        for name in names:
            if counts[_folded(name)] == 0:
                raise ColumnMissing(path, name, tuple(header))
            if counts[_folded(name)] > 1:
                raise ColumnTwice(path, name)
    return {field: tuple(folded.index(_folded(name)) for name in names) for field, names in file_map.columns.items()}


def _rows(
    path: Path, lines: Iterator[list[str]], width: int, places: Mapping[str, tuple[int, ...]]
) -> tuple[list[SourceRow], list[int]]:
    rows: list[SourceRow] = []
    broken: list[int] = []
    for number, cells in enumerate(lines, start=2):
        if number > MOST_ROWS:
            raise NotATable(path)
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            broken.append(number)
            continue
        found = {field: tuple(" ".join(cells[place].split()) for place in at) for field, at in places.items()}
        rows.append(SourceRow(number, found))
    return rows, broken


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
