"""What a text says, as meanings and words, each said or denied: the same for labels and for typed lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from knowledge.datafile import DataFile, Model, Text, read
from knowledge.reading.phrases import Match, Phrases
from knowledge.reading.words import Line, Word, Wordlist, bare_words, line, tables

DEFAULT = Path(__file__).with_name("meanings.toml")
_SENTENCE = re.compile(r"[.,;:!?()\n…“”\"]+|\s[-–]\s")
_PART = re.compile(r"[,;:()]|\bhoặc\b|\bhay\b|/")


class Negation(Model):
    """Words that deny what follows, or what stands before them, and words that end their reach."""

    before: tuple[Text, ...]
    after: tuple[Text, ...]
    carries: tuple[Text, ...]  # deny what is listed after a comma too: "không phải cán bộ, bộ đội"
    breaks: tuple[Text, ...]


class Opposites(Model):
    """Pairs of meanings that exclude each other."""

    pairs: tuple[tuple[Text, Text], ...]


class Open(Model):
    """Meanings that do not hide the words of their phrase."""

    names: tuple[Text, ...]


class Meanings(DataFile):
    """The tables of `meanings.toml`."""

    sets: Mapping[str, tuple[Text, ...]]
    meanings: Mapping[str, tuple[Text, ...]]
    open: Open
    implies: Mapping[str, tuple[Text, ...]]
    opposites: Opposites
    silent: Wordlist
    negation: Negation

    def problems(self) -> Iterator[str]:
        """A line for each name that no meaning has."""
        named = {name for pair in self.opposites.pairs for name in pair}
        named |= set(self.open.names) | {
            name for one, others in self.implies.items() for name in (one, *others)
        }
        yield from (f"no meaning {name!r}" for name in sorted(named - set(self.meanings)))


@dataclass(frozen=True, slots=True)
class Term:
    """A meaning ("=lost") or a word, said or denied."""

    name: str
    is_said: bool
    is_exact: bool = True  # else the word may have marks that were not typed: compare without
    at: int = 0  # the sentence it stands in, from 0
    is_implied: bool = False  # follows from another: a father is kin


@cache
def load(path: Path = DEFAULT) -> Meanings:
    """Reads `meanings.toml`; raises BadDataFile."""
    return read(path, Meanings)


@lru_cache(maxsize=20_000)
def terms(text: str) -> tuple[Term, ...]:
    """What a text says, in order."""
    found: list[Term] = []
    carried = False
    for at, sentence in enumerate(sentences(text)):
        carried = carried and not _own_verb().says(sentence)
        found += _of_sentence(sentence, at, carried)
        carried = carried or _carries().says(sentence)
    first = {
        (term.name, term.is_said): term for term in sorted(found, key=lambda term: term.is_implied)[::-1]
    }
    return tuple(sorted(first.values(), key=lambda term: term.at))


@lru_cache(maxsize=4000)
def parts(label: str) -> tuple[str, ...]:
    """A label in its parts, where more than one: "Ông, bà, người thân thích khác"."""
    found = tuple(part.strip() for part in _PART.split(label) if part.strip())
    return found if len(found) > 1 else ()


def sentences(text: str) -> tuple[Line, ...]:
    """The text divided where a negation ends: at signs, and before words like "nhưng"."""
    return tuple(part for piece in _SENTENCE.split(text) if piece.strip() for part in _broken(line(piece)))


@cache
def opposites() -> Mapping[str, frozenset[str]]:
    """The names of terms that exclude a term."""
    found: dict[str, set[str]] = {}
    for one, other in load().opposites.pairs:
        found.setdefault(f"={one}", set()).add(f"={other}")
        found.setdefault(f"={other}", set()).add(f"={one}")
    return {name: frozenset(names) for name, names in found.items()}


def _broken(whole: Line) -> Iterator[Line]:
    starts = sorted({match.start for match in _breaks().matches(whole) if match.start > 0})
    if not starts:
        yield whole
        return
    at, begin = 0, 0
    for count, word in enumerate(whole.words):
        if at in starts and count > begin:
            yield Line(whole.text, whole.words[begin:count], whole.is_marked)
            begin = count
        at += len(word.typed) + 1
    yield Line(whole.text, whole.words[begin:], whole.is_marked)


def _of_sentence(sentence: Line, at: int, is_carried: bool) -> Iterator[Term]:
    meant = _apart(list(_meanings().matches(sentence)))
    denials, is_denied = _denials(sentence)
    is_denied = is_denied or is_carried
    for match in meant:
        said = not is_denied and not any(end <= match.start for _, end in denials)
        yield Term(f"={match.kind}", said, True, at)
        for name in load().implies.get(match.kind, ()) if said else ():
            yield Term(f"={name}", said, True, at, is_implied=True)
    start = 0
    for word in sentence.words:
        end = start + len(word.typed) + 1
        if not any(m.start <= start < m.end and m.kind not in _open() for m in meant) and not _is_silent(
            word, sentence
        ):
            said = not is_denied and not any(d_end <= start for _, d_end in denials)
            if not any(d_start <= start < d_end for d_start, d_end in denials):
                yield _of_word(word, sentence.is_marked, said, at)
        start = end


def _apart(found: Sequence[Match]) -> list[Match]:
    """Without those that lie inside a longer one; equal ones stay."""
    return [one for one in found if not any(_hides(other, one) for other in found)]


def _hides(one: Match, other: Match) -> bool:
    """Whether `other` is only a part of `one`; of equal ones the exact word hides what it may stand for.

    A meaning that tells of other words hides what it excludes: in "nhờ em đi giùm" nobody goes himself.
    """
    if (one.start, one.end) == (other.start, other.end):
        return one.is_literal and not other.is_literal
    excludes = f"={other.kind}" in opposites().get(f"={one.kind}", ())
    return one.start <= other.start and other.end <= one.end and (excludes or one.kind not in _open())


@cache
def _open() -> frozenset[str]:
    return frozenset(load().open.names)


def _denials(sentence: Line) -> tuple[list[tuple[int, int]], bool]:
    """Where words of denial stand; and whether one behind denies the whole sentence."""
    found = list(_negation().matches(sentence))
    length = len(sentence.spoken)
    before = [
        (match.start, match.end)
        for match in found
        if match.kind == "before" and (match.end < length or match.start == 0)  # at the end it only asks
    ]
    after = any(match.kind == "after" and match.end == length and match.start > 0 for match in found)
    return before, after and not _where().says(sentence)


def _of_word(word: Word, is_marked: bool, said: bool, at: int) -> Term:
    exact = word.is_marked or (is_marked and word.folded in bare_words())
    is_figure = word.folded.isdecimal()  # one that no choice names says nothing against any
    return Term(word.typed if exact else word.folded, said, exact or is_figure, at, is_implied=is_figure)


@cache
def _meanings() -> Phrases:
    known = load()
    return Phrases(((kind, p) for kind, phrases in known.meanings.items() for p in phrases), known.sets)


@cache
def _negation() -> Phrases:
    known = load().negation
    return Phrases([*(("before", p) for p in known.before), *(("after", p) for p in known.after)])


@cache
def _where() -> Phrases:
    """Where "đâu" denies nothing; "dau" without its marks may also be the first ("lan dau")."""
    others = ("ở đâu", "đi đâu", "tới đâu", "chỗ nào", "lần đầu", "ban đầu", "từ đầu", "bắt đầu")
    return Phrases(("where", phrase) for phrase in others)


@cache
def _carries() -> Phrases:
    return Phrases(("carries", phrase) for phrase in load().negation.carries)


@cache
def _own_verb() -> Phrases:
    return Phrases(("verb", word) for word in ("có", "còn", "đã", "đang", "chỉ", "là", "không", "chưa"))


@cache
def _breaks() -> Phrases:
    return Phrases(("break", phrase) for phrase in load().negation.breaks)


@cache
def _silent() -> frozenset[str]:
    listed = (*load().silent.each, *tables().particles.each, *tables().address.each)
    return frozenset(word.typed for each in listed for word in line(each).words)


def _is_silent(word: Word, sentence: Line) -> bool:
    return word.typed in _silent() or (not sentence.is_marked and word.folded in _silent_folded())


@cache
def _silent_folded() -> frozenset[str]:
    return frozenset(word.folded for each in load().silent.each for word in line(each).words)
