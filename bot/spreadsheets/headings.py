"""Headings of clerks' tables: which column holds what, however it is spelled, in one line or in several."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from bot.spreadsheets.cells import Cell
from bot.spreadsheets.pages import Area, Row
from knowledge import legacy_fonts
from knowledge.legacy_fonts import Font
from knowledge.text import plain

SHORT = {"hs": "hồ sơ", "kq": "kết quả", "gq": "giải quyết", "xl": "xử lý", "dt": "đt"}
IGNORED = "ignored"  # the table of those that are known and not needed
LINES = 3  # of a heading, at most

Columns = Mapping[str, int]  # what a column holds -> its place, from 0
Meaning = Callable[[str], str | None]  # what a heading says, in plain words

_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?(?: ?= ?[\d+() -]+)?", re.ASCII)
_FIGURES = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True)
class Heading:
    """What stands above a column."""

    place: int  # from 0
    lines: tuple[str, ...]  # from above, without those that are empty

    @property
    def written(self) -> str:
        """As a clerk would call it."""
        return " / ".join(self.lines)


@dataclass(frozen=True)
class Layout:
    """Where the headings of a page stand, and what they say."""

    first_row: int  # from 1
    last_row: int
    headings: tuple[Heading, ...]
    meanings: Mapping[int, str]  # place -> what stands there, IGNORED too; without those not understood
    font: Font | None = None  # the one from before Unicode that the headings are written in

    @property
    def columns(self) -> Columns:
        """By what they hold; the first of two alike counts."""
        found: dict[str, int] = {}
        for place, name in sorted(self.meanings.items()):
            if name != IGNORED:
                found.setdefault(name, place)
        return found


def layout(
    rows: Sequence[tuple[int, Row]],
    merged: Sequence[Area],
    meaning: Meaning,
    is_enough: Callable[[Columns], bool],
) -> Layout | None:
    """The lines among these that say most, as few as will do; None if none says enough."""
    best: Layout | None = None
    for start, depth in product(range(len(rows)), range(1, LINES + 1)):
        block = rows[start : start + depth]
        if len(block) == depth and all(_is_words(row) for _, row in block):
            found = _read(block, merged, meaning)
            if is_enough(found.columns) and (best is None or _says_more(found, best)):
                best = found
    return best


def _says_more(one: Layout, other: Layout) -> bool:
    """More columns, or as many in fewer lines: a title above the headings tells nothing of them."""
    lines = one.last_row - one.first_row < other.last_row - other.first_row
    return len(one.columns) > len(other.columns) or (len(one.columns) == len(other.columns) and lines)


@cache
def names(spellings: Path) -> Mapping[str, str]:
    """Each plain spelling of a file, and what its column holds."""
    tables = tomllib.loads(spellings.read_text(encoding="utf-8"))
    return {heading_words(spelling): name for name, listed in tables.items() for spelling in listed}


def heading_words(cell: str) -> str:
    """A heading in plain words, without what stands in brackets, short words written out."""
    words = plain(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", cell)).split()
    return " ".join(plain(SHORT.get(word, word)) for word in words)


def is_numbering(row: Row) -> bool:
    """A line below the headings that numbers the columns: (1) | (2) | (3), or A | B | 1."""
    cells = [str(cell).strip() for cell in row if cell not in (None, "")]
    return len(cells) > 2 and all(_NUMBERING.fullmatch(cell) for cell in cells)


def letters(place: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(65 + last)


def _is_words(row: Row) -> bool:
    """Whether a row can be a line of headings: words, and no long figures as codes and days have."""
    cells = [cell for cell in row if cell not in (None, "")]
    return bool(cells) and all(isinstance(cell, str) and not _FIGURES.search(cell) for cell in cells)


def _read(block: Sequence[tuple[int, Row]], merged: Sequence[Area], meaning: Meaning) -> Layout:
    lines = [_spread(number, row, merged, block[index + 1 :]) for index, (number, row) in enumerate(block)]
    font = legacy_fonts.font_among([cell for line in lines for cell in line if cell])
    headings, meanings = [], {}
    for place in range(max(map(len, lines))):
        above = [line[place] for line in lines if place < len(line) and line[place]]
        texts = tuple(dict.fromkeys(_letters(text, font) for text in above))
        if texts:
            headings.append(Heading(place, texts))
            if found := meaning_of(texts, meaning):
                meanings[place] = found
    return Layout(block[0][0], block[-1][0], tuple(headings), meanings, font)


def _letters(text: str, font: Font | None) -> str:
    return font.converted(text) if font and legacy_fonts.may_be(text) else text


def meaning_of(lines: tuple[str, ...], meaning: Meaning) -> str | None:
    """What one heading says: its lines together, before any of them alone.

    Whatever stands below something that is not needed ("Cán bộ thụ lý": "Họ tên") is not needed either.
    """
    *above, last = (heading_words(line) for line in lines)
    if any(meaning(line) == IGNORED for line in above):
        return IGNORED
    together = [words for line in reversed(above) for words in (f"{last} {line}", f"{line} {last}")]
    return next(filter(None, map(meaning, [*together, last, *reversed(above)])), None)


def _spread(number: int, row: Row, merged: Sequence[Area], below: Sequence[tuple[int, Row]]) -> list[str]:
    """The texts of a line of headings, each also where it is merged to or lines below go on."""
    line = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in row]
    areas = [area for area in merged if area[0] <= number <= area[2] and area[3] > area[1]]
    for _, first, _, last in areas:
        if first < len(line):
            line.extend([""] * (last + 1 - len(line)))
            line[first : last + 1] = [line[first]] * (last + 1 - first)
    if not merged and below:
        under = below[0][1]
        line.extend([""] * (len(under) - len(line)))
        for place in range(1, len(line)):
            if not line[place] and place < len(under) and under[place] and _has_child(under, place - 1):
                line[place] = line[place - 1]
    return line


def _has_child(under: Row, place: int) -> bool:
    return place < len(under) and under[place] not in (None, "")


def cell_at(row: Sequence[Cell], place: int) -> Cell:
    """What stands there; None behind the end of a row."""
    return row[place] if place < len(row) else None
