"""What a file is by its bytes, whatever it is called, and its pages."""

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bot.spreadsheets import calamine_file, csv_file, markup, xlsx
from bot.spreadsheets.csv_file import Advance, Known
from bot.spreadsheets.pages import UNPACKED, Page
from bot.spreadsheets.xml_events import NoXml
from handlers.desk.faults import BadTable

RATIO = 200  # no table is packed to less than a 200th
SMALL = 20_000_000  # bytes unpacked for which that does not matter
LARGEST = 200_000_000  # bytes of a file that is not packed

# what begins like that, and what is told of it
SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG", "image"),
    (b"{\\rtf", "word"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MIME-Version:", "web_archive"),
)
PARTS = (
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "not_a_table"),
    ("Index/Document.iwa", "numbers"),
)
DAMAGES = (BadZipFile, KeyError, IndexError, ValueError, EOFError, NotImplementedError, NoXml, zlib.error)


def pages(path: Path, known: Known, advance: Advance = lambda share: None) -> list[Page]:
    """All pages of a file, hidden ones too. Raises BadTable and OSError."""
    with path.open("rb") as file:
        start = file.read(4096)
    try:
        return list(_reader(start)(path, known, advance))
    except DAMAGES as error:
        raise BadTable("damaged", file=path.name) from error


def _reader(start: bytes) -> Callable[[Path, Known, Advance], Iterator[Page]]:
    if start.startswith(b"PK"):
        return _packed
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _of_office
    if told := next((told for sign, told in SIGNS if start.startswith(sign)), ""):
        return lambda path, *_: _refused(told, path)
    if (
        re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml", start)
        and b"urn:schemas-microsoft-com:office:spreadsheet" in start
    ):
        return lambda path, *_: markup.xml_2003(_sized(path))
    if re.match(
        rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|meta|table|style|div|\?xml)", start, re.IGNORECASE
    ):
        return lambda path, *_: markup.html(_sized(path))
    return _plain


def _plain(path: Path, known: Known, advance: Advance) -> Iterator[Page]:
    if not path.stat().st_size:
        raise BadTable("empty_file", file=path.name)
    with path.open("rb") as file:
        start = file.read(4096)
    if start.count(0) > len(start) // 2 or (
        b"\0" in start and not csv_file.encoding_of(path).startswith("utf-16")
    ):
        raise BadTable("not_a_table", file=path.name)
    yield csv_file.page(path, known, advance)


def _packed(path: Path, known: Known, advance: Advance) -> Iterator[Page]:
    with ZipFile(path) as file:
        names = set(file.namelist())
        _check_size(file, path)
        if told := next((told for part, told in PARTS if part in names), ""):
            raise BadTable(told, file=path.name)
        if "xl/workbook.xml" in names:
            yield from xlsx.pages(file, path.name, advance)
            return
        if "xl/workbook.bin" not in names and "content.xml" not in names:
            raise BadTable("archive", file=path.name)
        if "META-INF/manifest.xml" in names and b"encryption-data" in file.read("META-INF/manifest.xml"):
            raise BadTable("password", file=path.name)
    yield from calamine_file.pages(path)


def _check_size(file: ZipFile, path: Path) -> None:
    """By what the file says of itself: whoever unpacks takes no more than that."""
    unpacked = sum(part.file_size for part in file.infolist())
    packed = sum(part.compress_size for part in file.infolist())
    if unpacked > UNPACKED or (unpacked > SMALL and unpacked > RATIO * packed):
        raise BadTable("too_big_unpacked", file=path.name)


def _of_office(path: Path, *_: object) -> Iterator[Page]:
    """A compound file: a workbook of 1997, one with a password, or a letter."""
    content = _sized(path).read_bytes()
    if _utf16("EncryptedPackage") in content:
        raise BadTable("password", file=path.name)
    if _utf16("Workbook") not in content and _utf16("Book") not in content:
        raise BadTable("word" if _utf16("WordDocument") in content else "damaged", file=path.name)
    yield from calamine_file.pages(path)


def _sized(path: Path) -> Path:
    if path.stat().st_size > LARGEST:
        raise BadTable("too_many_cells", file=path.name)
    return path


def _refused(told: str, path: Path) -> Iterator[Page]:
    raise BadTable(told, file=path.name)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")
