"""CSV as Vietnamese offices write it: encodings, separators, and quotes that are held to their rule."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bot.spreadsheets.pages import COLUMNS, LETTERS, Page, Row
from handlers.desk.faults import BadTable
from knowledge import legacy_fonts
from knowledge.dossiers.dossier_codes import codes_in

SEPARATORS = ",;\t|"
PROBE = 30  # rows among which the headings must stand: titles and dates come before
CHUNK = 1 << 20
STRIDE = 1000  # rows between two words on the progress
LONGEST_LINE = 1_000_000  # letters; more is no line of a table
SAMPLE = 65_536  # bytes by which an encoding is judged
BROKEN = 100  # so many good letters for one that cannot be read: it is UTF-8 with a fault, and nothing else

Advance = Callable[[float], None]  # takes the share that is read, 0 to 1
Known = Callable[[list[Row]], int]  # how many columns these first rows show


def page(path: Path, known: Known, advance: Advance) -> Page:
    """The table; it is read anew each time. Raises BadTable."""
    encoding = encoding_of(path)
    with _opened(path, encoding) as text:
        beginning = "".join(islice(_lines(text, path), PROBE))
    separator = max(SEPARATORS, key=lambda each: known(_first(beginning, each)))
    return Page("", CsvRows(path, encoding, separator, advance))


@dataclass(frozen=True)
class CsvRows:
    """The rows of a file, from its beginning each time; raises BadTable where a quote has no end."""

    path: Path
    encoding: str
    separator: str
    advance: Advance

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        size = self.path.stat().st_size or 1
        with self.path.open("rb") as raw, _wrapped(raw, self.encoding) as text:
            rows = csv.reader(_lines(text, self.path), delimiter=self.separator, strict=True)
            number, before = 0, 0
            try:
                for number, row in enumerate(rows, 1):
                    if rows.line_num - before > 1:
                        self._check(row, before + 1)
                    before = rows.line_num
                    if number % STRIDE == 0:
                        self.advance(raw.tell() / size)
                    yield number, row
            except csv.Error as error:
                raise BadTable("csv_quote", file=self.path.name, row=before + 1) from error

    def _check(self, row: Row, line: int) -> None:
        """A cell with lines in it is one that was written so, or a quote that has swallowed rows."""
        for cell in row:
            _, is_broken, rest = str(cell).partition("\n")
            if is_broken and (codes_in(rest[:LETTERS]) or rest.count(self.separator) >= max(2, len(row) - 2)):
                raise BadTable("open_quote", file=self.path.name, row=line)
        if len(row) > COLUMNS:
            raise BadTable("csv_quote", file=self.path.name, row=line)


def encoding_of(path: Path) -> str:
    """UTF-16 by its mark or its zeros, UTF-8 if all of it is but for single faults, else of old Windows."""
    with path.open("rb") as file:
        start = file.read(4096)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if start[1::2].count(0) > len(start) // 4:
            return "utf-16-le"
        if start[::2].count(0) > len(start) // 4:
            return "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(start)
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            file.seek(0)
            return _of_windows(file.read(SAMPLE))
    return "utf-8-sig"


def _of_windows(sample: bytes) -> str:
    """Code page 1258, or 1252 in which the fonts from before Unicode stand; UTF-8 where little is wrong."""
    as_utf8 = sample.decode("utf-8", errors="replace")
    good = len(re.findall(r"[\u0080-\ufffc]", as_utf8))
    if good > BROKEN * as_utf8.count("\ufffd") or good > len(sample) // 50 > as_utf8.count("\ufffd"):
        return "utf-8-sig"
    words = re.findall(r"[^\s,;|]+", sample.decode("cp1252", errors="replace"))
    old = [word for word in words if not word.isascii()]
    return (
        "cp1252" if 2 * sum(legacy_fonts.font_of(word) is not None for word in old) > len(old) else "cp1258"
    )


def _opened(path: Path, encoding: str) -> io.TextIOWrapper:
    return path.open(encoding=encoding, errors="replace", newline="")


def _wrapped(raw: io.BufferedReader, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")


def _lines(text: io.TextIOWrapper, path: Path) -> Iterator[str]:
    """The lines; one that has no end is no line, and is not read to its end."""
    first = text.readline(LONGEST_LINE)
    if not first.lower().startswith("sep="):  # a word of Excel to itself
        yield first
    for line in iter(lambda: text.readline(LONGEST_LINE), ""):
        if len(line) == LONGEST_LINE:
            raise BadTable("not_a_table", file=path.name)
        yield line


def _first(beginning: str, separator: str) -> list[Row]:
    """What can be read of the beginning; a fault in it is told when its row's turn comes."""
    rows: list[Row] = []
    try:
        rows.extend(csv.reader(io.StringIO(beginning), delimiter=separator))
    except csv.Error:
        return rows
    return rows
