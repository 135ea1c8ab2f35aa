"""What speaks for each target, measured several ways: the columns that ranking weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.search.correction import Reader
from knowledge.search.index import Flags, Floats, Ints, Space, Words, pairs
from knowledge.search.intents import Target
from knowledge.search.sentences import build, phrase, says
from knowledge.search.synonyms import Meanings
from knowledge.text import Word, words

COLUMNS = (
    "words", "pairs",  # of the question in all phrasings of the target, folded
    "meanings", "meaning_pairs",  # the same with synonyms brought together
    "marks",  # words and pairs with their diacritics, as far as the question has any
    "likeness",  # the phrasing most like the question (cosine)
    "phrasing_said",  # the largest part of one phrasing that the question says
    "name_said",  # the part of the target's name that the question says
    "plain_wanted",  # a variant whose qualifier the question does not name
    "elsewhere", "talk", "event", "nameless",  # kinds; and targets that have a name only
)  # fmt: skip

LEFT = (  # what a target leaves unexplained of a question
    "unexplained",  # as a share of the words, weighed by rarity squared
    "strange",  # as log(1 + rarity), however long the question is
    "stretch",  # the same of the longest stretch: a clause of another matter, not scattered names
    "opening",  # as a share that counts the more the earlier: stories begin elsewhere
    "whole",  # 1 if it leaves nothing unexplained, however short: "làm kết hôn"
)

QUALIFIER = range(1, 9)  # words that a qualifier may have
SUBJECT = 3  # words; a longer line is more than a subject
RARE_WORD, RARE_PAIR = 1.8, 2.6  # rarity from which a word, or two, say what a line is about: "đất", "sổ đỏ"


@dataclass(frozen=True)
class Seen:
    """What a question shows."""

    columns: Floats  # one row a target, one column a measure (COLUMNS)
    line: Ints  # its words in their order, by number; -1 for one that nobody uses
    meant: Ints  # what each means, the same for all words of a phrase
    worth: Floats  # their rarity
    sentence: Sequence[float]  # how it is built (sentences.build)
    unsaid: Sequence[int]  # targets that are not meant, as none of their phrasings is said word for word
    turned: Sequence[Sequence[Word]]  # the same with a word that was not typed turned into its opposite


class Evidence:
    """The phrasings of all targets, indexed for every column."""

    def __init__(self, targets: Sequence[Target]) -> None:
        written = [(text, t) for t, target in enumerate(targets) for text in (*target.names, *target.asks)]
        owners = np.array([t for _, t in written], dtype=np.int64)
        rows = [words(text) for text, _ in written]
        folded = [" ".join(word.folded for word in row) for row in rows]
        phrased = np.array([bool(target.asks) for target in targets])
        counted = phrased if phrased.any() else ~phrased  # names alone say little about how people talk
        self.first = np.searchsorted(owners, np.arange(len(targets)))  # a target's first phrasing
        self.reader = Reader(folded, frozenset(word.marks for row in rows for word in row))
        self.meanings = Meanings()
        self.surface = _View([[word.folded for word in row] for row in rows], owners, counted)
        self.sense = _View([self.meanings.of(row) for row in rows], owners, counted)
        self.marks = _View([[word.marks for word in row if word.marks] for row in rows], owners, counted)
        self.phrasings = _Phrasings(self.sense, owners, counted)
        self.is_name = np.concatenate([[True] * len(t.names) + [False] * len(t.asks) for t in targets])
        self.variants = [t for t, target in enumerate(targets) if target.qualifiers]
        self.named_by = self._named_by(targets)
        self.literal = {t: [phrase(a) for a in own.asks] for t, own in enumerate(targets) if own.is_literal}
        self.kinds = np.array([_kinds(target) for target in targets], dtype=np.float64)

    def of(self, question: str) -> Seen:
        """What a question shows of every target and of itself."""
        typed = words(question)
        readings = self.reader.read(typed)
        best = readings[0]
        line = self.surface.words.known([word.folded for word in best])
        meant = [meaning for meaning, length in self.meanings.spans(best) for _ in range(length)]
        worth = self.surface.singles.rarity(line)
        return Seen(
            columns=self.columns(readings),
            line=line,
            meant=self.sense.words.known(meant),
            worth=worth,
            sentence=build(best),
            unsaid=[t for t, said in self.literal.items() if not any(says(typed, said))],
            turned=self.reader.turned(typed, best),
        )

    def unexplained(self, seen: Seen, target: int) -> tuple[float, ...]:
        """What one target leaves unexplained of a question, by each measure of LEFT."""
        known = self.surface.singles.has(seen.line, target) | self.sense.singles.has(seen.meant, target)
        worth, strange = seen.worth**2, np.where(known, 0.0, seen.worth)
        early = worth * np.arange(len(worth), 0, -1)
        return (
            float((strange**2).sum() / max(worth.sum(), 1e-9)),
            float(np.log1p(strange.sum())),
            float(np.log1p(_longest(strange))),
            float(early[~known].sum() / max(early.sum(), 1e-9)),
            float(known.all()),
        )

    def is_subject(self, seen: Seen) -> bool:
        """Whether a line does no more than name something that few targets are about: "sổ đỏ"."""
        if not 0 < len(seen.line) <= SUBJECT or (seen.line < 0).any():
            return False
        beside = pairs(seen.line, np.zeros_like(seen.line))[0]
        rarest = self.surface.doubles.rarity(beside).max(initial=0.0)
        return bool(rarest >= RARE_PAIR or seen.worth.max() >= RARE_WORD)

    def columns(self, readings: Sequence[Sequence[Word]]) -> Floats:
        """One row a target, one column a measure (COLUMNS)."""
        best = readings[0]
        surface = self.surface.terms([[word.folded for word in reading] for reading in readings])
        sense = self.sense.terms([self.meanings.of(reading) for reading in readings])
        like, said = self.phrasings.of(*sense)
        columns = [
            *self.surface.shares(*surface),
            *self.sense.shares(*sense),
            sum(self.marks.shares(*self.marks.terms([[word.marks for word in best if word.marks]]))),
            self._best(like),
            self._best(said),
            self._best(said * self.is_name),
            self._unasked_variants(best),
        ]
        return np.column_stack([*columns, self.kinds])

    def _best(self, of_phrasings: Floats) -> Floats:
        return np.maximum.reduceat(of_phrasings, self.first)

    def _named_by(self, targets: Sequence[Target]) -> Mapping[tuple[str, ...], set[int]]:
        """The variants that each qualifier names; a qualifier by its words and by their meanings."""
        named_by: dict[tuple[str, ...], set[int]] = {}
        for t, target in enumerate(targets):
            for written in map(words, target.qualifiers):
                for form in self._forms(written):
                    named_by.setdefault(tuple(form), set()).add(t)
        return named_by

    def _forms(self, written: Sequence[Word]) -> tuple[list[str], list[str]]:
        return [word.folded for word in written], self.meanings.of(written)

    def _unasked_variants(self, written: Sequence[Word]) -> Floats:
        said = (
            tuple(form[at : at + n])
            for form in self._forms(written)
            for at in range(len(form))
            for n in QUALIFIER
        )
        named = set().union(*(self.named_by.get(phrase, ()) for phrase in said))
        unasked = np.zeros(len(self.kinds))
        unasked[[t for t in self.variants if t not in named]] = 1
        return unasked


class _View:
    """Words and pairs of words, pooled by target."""

    def __init__(self, rows: Sequence[Sequence[str]], owners: Ints, counted: Flags) -> None:
        self.words = Words()
        self.single, self.row_of = self.words.learn(rows)
        self.double, self.double_row_of = pairs(self.single, self.row_of)
        targets = np.arange(len(counted))
        self.singles = Space(self.single, owners[self.row_of], targets, counted)
        self.doubles = Space(self.double, owners[self.double_row_of], targets, counted)

    def terms(self, readings: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
        """The words and the pairs that occur in any reading of a question, each once."""
        single = [self.words.known(reading) for reading in readings]
        double = [pairs(reading, np.zeros_like(reading))[0] for reading in single]
        return np.unique(np.concatenate(single)), np.unique(np.concatenate(double))

    def shares(self, single: Ints, double: Ints) -> tuple[Floats, Floats]:
        """How much of the question's words, and of its pairs, each target has."""
        return self.singles.share(single), self.doubles.share(double)


class _Phrasings:
    """Each phrasing by itself: how like the question it is, and how much of it the question says."""

    def __init__(self, view: _View, owners: Ints, counted: Flags) -> None:
        self.singles = Space(view.single, view.row_of, owners, counted)
        self.doubles = Space(view.double, view.double_row_of, owners, counted)
        self.weight = self.singles.norms(1)
        self.length = np.sqrt(self.singles.norms(2) + self.doubles.norms(2))

    def of(self, single: Ints, double: Ints) -> tuple[Floats, Floats]:
        one, two = self.singles, self.doubles
        own = (one.rarity(single) ** 2).sum() + (two.rarity(double) ** 2).sum()
        both = one.match(single, one.idf_of**2) + two.match(double, two.idf_of**2)
        return both / self.length / max(np.sqrt(own), 1e-9), one.match(single, one.idf_of) / self.weight


def _longest(strange: Floats) -> float:
    """The largest sum of neighbours between zeros."""
    sums, ends = np.cumsum(strange), np.flatnonzero(strange == 0)
    stretches = np.diff(np.concatenate([[0.0], sums[ends], sums[-1:]]))
    return float(stretches.max(initial=0.0))


def _kinds(target: Target) -> tuple[bool, bool, bool, bool]:
    return target.kind == "elsewhere", target.kind == "talk", target.kind == "event", not target.asks
