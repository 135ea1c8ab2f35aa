"""A typed line as comparable words: marks count where typed, short and regional spellings are spelt out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import normalize

from knowledge.datafile import Model, read
from knowledge.text import tidy
from knowledge.text import words as folded_words

DEFAULT = Path(__file__).with_name("words.toml")
LONGEST = 700  # characters that are read; a story is told well before
PLACES = ("o", "di", "toi", "den", "ra", "len", "nop", "tai")  # words before a place that is asked for
THINGS = ("cai", "giay", "can", "lam", "viec", "to", "dem", "mang")  # and before a thing
MARKED = 0.25  # part of the words with marks from which on a writer is taken to type them

_FINAL_Y = re.compile(
    r"(?<=[hklmstv])y(?=[\u0300\u0301\u0309\u0323]?\Z)|(?<=qu)y(?=[\u0300\u0301\u0309\u0323]?\Z)"
)
_WRITTEN = re.compile(r"[^\W_]+")
_GLUE = str.maketrans("", "", "'’ʼ")


class Wordlist(Model):
    """Words divided by white space; `_` joins those that belong together."""

    words: str

    @property
    def each(self) -> tuple[str, ...]:
        """The words, joined ones with a space."""
        return tuple(word.replace("_", " ") for word in self.words.split())


class Tables(Model):
    """The tables of `words.toml`."""

    short: Mapping[str, str]
    signs: Mapping[str, str]
    bare: Wordlist
    particles: Wordlist
    address: Wordlist


@dataclass(frozen=True, slots=True)
class Word:
    """One word: without diacritics, and as it was typed (tone last, hỏi for ngã, i for a final y)."""

    folded: str
    typed: str
    shown: str = field(
        default="", compare=False
    )  # as it stood there; of an abbreviation the first word has it

    @property
    def is_marked(self) -> bool:
        """Whether it was typed with a diacritic."""
        return self.folded != self.typed


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line, ready to be read."""

    text: str  # tidied
    words: tuple[Word, ...]
    is_marked: bool  # its writer types marks, so a bare "ba" is no "bà"

    @property
    def folded(self) -> frozenset[str]:
        """Its words without diacritics."""
        return frozenset(word.folded for word in self.words)

    @property
    def spoken(self) -> str:
        """Its words as typed, each after one space: what patterns are matched against."""
        return "".join(f" {word.typed}" for word in self.words)


@cache
def tables(path: Path = DEFAULT) -> Tables:
    """Reads `words.toml`; raises BadDataFile."""
    return read(path, Tables)


@lru_cache(maxsize=4000)
def line(text: str) -> Line:
    """Any text as a line; only its first 700 characters are read."""
    shown = tidy(text, LONGEST)
    for sign, said in tables().signs.items():
        if sign in shown:
            shown = shown.replace(sign, said)
    marked = [
        not each.isascii() for each in _WRITTEN.findall(shown)
    ]  # what was typed, not what it is spelt out to
    return Line(shown.strip(), tuple(words(shown)), any(marked) and sum(marked) >= MARKED * len(marked))


def words(text: str) -> list[Word]:
    """The words of a text, abbreviations and regional spellings spelt out."""
    spelt = (_spelt(each.lower()) for each in _WRITTEN.findall(text.translate(_GLUE)))
    found = [word for each in spelt for word in each]
    return [word for at in range(len(found)) for word in _beside(found, at)]


@cache
def forms(text: str) -> frozenset[str]:
    """The words of a text as lines have them typed, to compare with."""
    return frozenset(word.typed for word in words(text))


def same(one: Word, other: Word, is_marked: bool) -> bool:
    """Whether a typed word `one` may be `other`; `is_marked` tells whether the line's writer types marks."""
    if one.typed == other.typed:
        return True
    return one.folded == other.folded and not one.is_marked and not (is_marked and one.folded in bare_words())


@lru_cache(maxsize=20_000)
def _spelt(written: str) -> tuple[Word, ...]:
    short = tables().short
    meant = short.get(written) or short.get(_undrawn(written))
    if meant is not None and meant != written:
        spelt = [word for each in meant.split() for word in _spelt(each)]
    else:
        spelt = [
            Word(_i(each.folded), _i(_marks(each.marks)) or _i(each.folded)) for each in folded_words(written)
        ]
    return tuple(replace(word, shown="" if at else written) for at, word in enumerate(spelt))


def _undrawn(written: str) -> str:
    """A word without letters drawn out: "okkk", "dạaa"."""
    bare = [normalize("NFD", letter)[0] for letter in written]
    return "".join(letter for at, letter in enumerate(written) if not at or bare[at] != bare[at - 1])


def _marks(typed: str) -> str:
    return typed.replace("\u0303", "\u0309")  # hỏi for ngã: half the country says and writes them alike


def _beside(found: list[Word], at: int) -> tuple[Word, ...]:
    """A word that only its neighbour explains: "bt" is "biết" after a no; "được hôn?" is "được không?"."""
    word, before = found[at], found[at - 1].folded if at else ""
    if word.folded == "bt":
        return _spelt("biết") if before in ("khong", "chua", "dau") else _spelt("bình") + _spelt("thường")
    if word.folded == "hon" and at and at == len(found) - 1 and before not in ("ket", "ly", "li"):
        return _spelt("không")
    if word.typed == "mô":  # the centre: "ở mô" asks where, "khi mô" when
        return _spelt("đâu" if not at or before in PLACES else "nào")
    if word.typed == "chi" and before in THINGS and (at + 1 == len(found) or found[at + 1].folded != "phi"):
        return _spelt("gì")
    return (word,)


def _i(word: str) -> str:
    return _FINAL_Y.sub("i", word)


@cache
def bare_words() -> frozenset[str]:
    """Bare syllables that are words of their own."""
    return frozenset(_i(word) for word in tables().bare.each)
