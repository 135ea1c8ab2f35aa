"""A small language of phrases, for data files: what people say, with gaps, alternatives and named sets.

    "nhà .. cháy"          up to three words between; `...` up to seven
    "bị|đang đánh em?"     either word; a word that may be missing
    "@kin đánh"            any phrase of the set `kin`
    "đòi #"                a sum of money in figures: "500k", "2tr", "500.000"
    "^cháy$"               the line begins, ends here
    "gọi_điện|nhắn"        `_` joins the words of an alternative

Marks count as `words.same` has it: "cháy" is not "chạy"; a line without any marks is compared without.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.reading.words import Line, Word, bare_words, words

Sets = Mapping[str, Sequence[str]]
Way = Callable[[Word], str]  # the pattern of a word
SUM = r" (?:\d[\d.,]*(?:k|tr|triệu|trieu|ngàn|ngan|củ|đ|vnd)|\d{5,}|\d{1,3}(?:[.,]\d{3})+)(?= |\Z)"
NEAR, FAR = 3, 7  # words that `..` and `...` may skip


class BadPhrase(ValueError):
    """A phrase of a data file names a set that is not there, or has no word at all."""


@dataclass(frozen=True)
class Match:
    """A phrase that a line says."""

    kind: str
    phrase: str  # as it is written in the data
    start: int  # letters of `Line.spoken`
    end: int
    is_literal: bool = False  # said with the very marks of the phrase


@dataclass(frozen=True)
class _Phrase:
    kind: str
    written: str
    anchor: frozenset[str]  # folded words one of which must be there
    marked: re.Pattern[str]
    bare: re.Pattern[str]
    literal: re.Pattern[str]  # only with its own marks


class Phrases:
    """Many phrases of many kinds, each tried only where its rarest word stands."""

    def __init__(self, written: Iterable[tuple[str, str]], sets: Sets | None = None) -> None:
        """`written` are kinds with a phrase; raises BadPhrase."""
        pairs = tuple(written)
        parsed = [(kind, phrase, _slots(phrase, sets or {})) for kind, phrase in pairs]
        common = Counter(word for _, _, slots in parsed for slot in slots for word in slot.firsts)
        self._by_word: dict[str, list[_Phrase]] = {}
        for kind, phrase, slots in parsed:
            compiled = _compiled(kind, phrase, slots, common)
            for word in compiled.anchor:
                self._by_word.setdefault(word, []).append(compiled)

    def matches(self, line: Line) -> Iterator[Match]:
        """Every phrase that the line says, each once, where it says it first."""
        spoken = line.spoken
        for phrase in self._near(line):
            found = (phrase.marked if line.is_marked else phrase.bare).search(spoken)
            if found:
                literal = phrase.literal.fullmatch(found.group()) is not None
                yield Match(phrase.kind, phrase.written, found.start(), found.end(), literal)

    def every(self, line: Line) -> Iterator[Match]:
        """Every phrase at every place where the line says it."""
        spoken = line.spoken
        for phrase in self._near(line):
            for found in (phrase.marked if line.is_marked else phrase.bare).finditer(spoken):
                yield Match(phrase.kind, phrase.written, found.start(), found.end())

    def kinds(self, line: Line) -> set[str]:
        """The kinds of the phrases that the line says."""
        return {match.kind for match in self.matches(line)}

    def says(self, line: Line) -> bool:
        """Whether the line says any of them."""
        return next(self.matches(line), None) is not None

    def without(self, line: Line) -> str:
        """The line's words as typed, without those that a phrase covers."""
        left = list(line.spoken)
        for match in self.matches(line):
            left[match.start : match.end] = "\0" * (match.end - match.start)
        return "".join(left).replace("\0", "")

    def _near(self, line: Line) -> Iterator[_Phrase]:
        seen: set[int] = set()
        for word in line.folded:
            for phrase in self._by_word.get(word, ()):
                if id(phrase) not in seen:
                    seen.add(id(phrase))
                    yield phrase


@dataclass(frozen=True)
class _Slot:
    """One place of a phrase: a gap, a sum of money, or alternatives that are some words each."""

    gap: int = 0
    alternatives: tuple[tuple[Word, ...], ...] = ()
    is_sum: bool = False
    is_optional: bool = False
    at_start: bool = False
    at_end: bool = False

    @property
    def firsts(self) -> frozenset[str]:
        return frozenset(each[0].folded for each in self.alternatives)


@lru_cache(maxsize=20_000)
def _written(phrase: str) -> tuple[Word, ...]:
    return tuple(words(phrase))


def _slots(phrase: str, sets: Sets) -> list[_Slot]:
    text = phrase.strip()
    at_start, at_end = text.startswith("^"), text.endswith("$")
    slots = [slot for piece in text.strip("^$").split() for slot in _slot(piece, sets, phrase)]
    if not any(slot.alternatives and not slot.is_optional for slot in slots):
        raise BadPhrase(f"{phrase!r}: no word that must be said")
    if at_start:
        slots.insert(0, _Slot(at_start=True))
    if at_end:
        slots.append(_Slot(at_end=True))
    return slots


def _slot(piece: str, sets: Sets, phrase: str) -> list[_Slot]:
    if piece in ("..", "..."):
        return [_Slot(gap=NEAR if piece == ".." else FAR)]
    if piece == "#":
        return [_Slot(is_sum=True)]
    is_optional = piece.endswith("?")
    said: list[tuple[Word, ...]] = []
    for each in piece.rstrip("?").split("|"):
        if each.startswith("@") and each[1:] not in sets:
            raise BadPhrase(f"{phrase!r}: no set {each[1:]!r}")
        said += [_written(one.replace("_", " ")) for one in (sets[each[1:]] if each[0] == "@" else (each,))]
    longest_first = sorted(filter(None, said), key=len, reverse=True)
    return [_Slot(alternatives=tuple(longest_first), is_optional=is_optional)]


def _compiled(kind: str, phrase: str, slots: Sequence[_Slot], common: Counter[str]) -> _Phrase:
    must = [slot.firsts for slot in slots if slot.alternatives and not slot.is_optional]
    anchor = min(must, key=lambda firsts: sum(common[word] for word in firsts))
    ways = (_typed_marks, _any_marks, _own_marks)
    return _Phrase(kind, phrase, anchor, *(re.compile(_regex(slots, way)) for way in ways))


def _regex(slots: Sequence[_Slot], way: Way) -> str:
    return "".join(_piece(slot, way) for slot in slots) + r"(?= |\Z)"


def _piece(slot: _Slot, way: Way) -> str:
    if slot.at_start or slot.at_end:
        return r"\A" if slot.at_start else r"\Z"
    if slot.is_sum:
        return SUM
    if slot.gap:
        return rf"(?: \S+){{0,{slot.gap}}}?"
    either = "|".join(" " + " ".join(map(way, said)) for said in slot.alternatives)
    return f"(?:{either}){'?' if slot.is_optional else ''}"


def _own_marks(word: Word) -> str:
    return re.escape(word.typed)


def _any_marks(word: Word) -> str:
    """With its marks or without: nobody types marks here."""
    return f"(?:{re.escape(word.typed)}|{re.escape(word.folded)})" if word.is_marked else _own_marks(word)


def _typed_marks(word: Word) -> str:
    """Without its marks only where that is no other word."""
    return _own_marks(word) if word.folded in bare_words() else _any_marks(word)
