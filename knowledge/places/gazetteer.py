"""The communes of today and the old ones they were made of on 1 July 2025, found by name.

`places.tsv` is written by `python -m tools.places_source`, which tells its source. A line of one cell names
a province of today; a line of four a commune of today, then an old province, an old district and those of
its communes that went into it, joined by "|". An empty name is the one above; after "=" stand other keys.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("places.tsv")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave acute tilde hook dot
_WORD = re.compile(r"\d+|[^\W\d_]+")
_ONLY_Y = re.compile(r"\A([bcdghklmnpqrstvx]+u?)y\Z")  # "Quý" is also written "Quí", "Mỹ" also "Mĩ"


class Commune(NamedTuple):
    """A commune of today."""

    name: str  # "phường Tiến Thành"
    province: str  # "tỉnh Lâm Đồng"


class District(NamedTuple):
    """A district as it was before 1 July 2025."""

    name: str  # "thành phố Phan Thiết"
    province: str  # "tỉnh Bình Thuận"


class Former(NamedTuple):
    """A commune as it was before 1 July 2025."""

    name: str  # "xã Tiến Thành"; "" for a whole island district, which had no communes
    district: District


@dataclass(frozen=True)
class Gazetteer:
    """The table, found by `key` of a name without its kind."""

    communes: dict[str, list[Commune]] = field(default_factory=lambda: defaultdict(list))
    formers: dict[str, list[Former]] = field(default_factory=lambda: defaultdict(list))
    nicknames: dict[str, list[Former]] = field(default_factory=lambda: defaultdict(list))  # their older names
    districts: dict[str, set[District]] = field(default_factory=lambda: defaultdict(set))
    provinces: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # -> old provinces in it
    today: dict[str, str] = field(default_factory=dict)  # old province -> province of today
    became: dict[Former, list[Commune]] = field(default_factory=lambda: defaultdict(list))
    made_of: dict[Commune, set[District]] = field(default_factory=lambda: defaultdict(set))
    within: dict[District, set[Commune]] = field(default_factory=lambda: defaultdict(set))


def words(text: str) -> list[re.Match[str]]:
    """The words of a text, letters parted from digits: "P1" is two."""
    return list(_WORD.finditer(text))


@lru_cache(maxsize=10_000)
def plain(word: str) -> str:
    """One word without diacritics or leading zeros; a y that is the whole rhyme becomes i."""
    letters = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return _ONLY_Y.sub(r"\1i", bare.lstrip("0") or bare)


def key(name: str) -> str:
    """A name made comparable: "Bà Rịa - Vũng Tàu" -> "bariavungtau"."""
    return "".join(plain(word) for word in _WORD.findall(name))


def marked(text: str) -> list[str]:
    """The words with diacritics, the tone last and i for y: "Thuỷ" and "Thủy" alike."""
    found = []
    for word in words(text.lower()):
        letters = unicodedata.normalize("NFD", word.group()).replace("y", "i")
        tone = "".join(c for c in letters if c in _TONES)
        found.append("".join(c for c in letters if c not in _TONES).lstrip("0") + tone)
    return found


def kind(name: str) -> str:
    """The kind that an official name begins with: "thị xã La Gi" -> "thị xã"."""
    first = name.split(" ", 2)
    return " ".join(first[:2]) if first[0] in ("thành", "thị", "đặc") else first[0]


def proper(name: str) -> str:
    """An official name without its kind."""
    return name[len(kind(name)) :].strip()


@cache
def gazetteer() -> Gazetteer:
    """The table that we ship, read once."""
    return read_table(TABLE.read_text(encoding="utf-8"))


def read_table(table: str) -> Gazetteer:
    """The table told in the format above."""
    made = Gazetteer()
    for commune, (district, names), formers in _rows(table, made):
        for name in [key(proper(district.name)), *names]:
            made.districts[name].add(district)
        if commune not in made.made_of:
            made.communes[key(proper(commune.name))].append(commune)
        made.made_of[commune].add(district)
        made.within[district].add(commune)
        for written in formers:
            _put(made, district, written, commune)
    return made


def _rows(table: str, made: Gazetteer) -> Iterator[tuple[Commune, tuple[District, list[str]], list[str]]]:
    """Each line as commune, district with its other keys, and old communes; the provinces go into `made`."""
    today, above = "", [""] * 3
    for line in table.splitlines():
        *cells, formers = line.split("\t")
        if not cells:
            today, names = _parted(line)
            made.provinces.update({name: set() for name in [key(proper(today)), *names]})
            continue
        above = [cell or before for cell, before in zip(cells, above, strict=True)]
        commune, (old, others), (name, more) = above[0], _parted(above[1]), _parted(above[2])
        made.today[old] = today
        for found in {key(proper(today)), key(proper(old)), *others}:
            made.provinces[found].add(old)
        yield Commune(commune, today), (District(name, old), more), formers.split("|")


def _put(made: Gazetteer, district: District, written: str, commune: Commune) -> None:
    name, others = _parted(written)
    former = Former(name, district)
    if former not in made.became:
        made.formers[key(proper(name))].append(former)
        for other in others:
            made.nicknames[other].append(former)
    made.became[former].append(commune)


def _parted(cell: str) -> tuple[str, list[str]]:
    """A name and its other keys."""
    name, _, others = cell.partition("=")
    return name, others.split(",") if others else []
