"""A question about the open procedure: the sentences of the catalogue that answer it, for the case so far.

Documents with what is said of them, notes, who may file and where are a small index of their own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log1p
from pathlib import Path
from typing import Literal, NamedTuple

from knowledge.datafile import Model, Text, read
from knowledge.procedures.catalogue import Document, Note, Procedure, Via
from knowledge.procedures.checklist import Answers, certain, possible, relevant
from knowledge.search.synonyms import Meanings
from knowledge.text import fold, words

DEFAULT = Path(__file__).with_name("passages.toml")
NAMED = 0.6  # part of what is asked for that a document's name must hold
FOUND = 0.4  # score that a passage needs: the part of the question it holds, and what speaks for it
FITS = 0.3  # what a fitting topic adds, and what the words of such answers add
HEARD = 2  # words that a question and a passage share
UNHEARD = 0.4  # what a word that the procedure never uses weighs, beside its rarest
SHOWN = 2  # passages that are told

Verdict = Literal[
    "yes",  # it is handed in or shown
    "no",  # it is not needed any more, and why is told
    "only_if",  # in some cases only
    "not_listed",  # no list of this procedure has it
]
Frame = Literal["need", "lack", ""]  # whether it is needed; what if it is missing; something else
Asked = Literal[
    "own_deadline", "elsewhere", "together", "unable", "collect", "entitled", "refused", "originals", ""
]


class Question(NamedTuple):
    """What a line asks about what is open."""

    frame: Frame
    thing: str  # folded: what is needed or missing; empty without a frame
    asked: Asked


@dataclass(frozen=True)
class About:
    """What the catalogue says to a question about one procedure."""

    question: Question
    verdict: Verdict | None = None  # of the paper that was asked for
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()
    strength: float = 0.0  # 0..1: the part of the question that was found


class _Asked(Model):
    topic: Asked
    found_by: tuple[Text, ...]  # what the sentences say that answer it
    phrases: tuple[Text, ...]


class Tables(Model):
    """The tables of `passages.toml`."""

    empty: Text
    need: tuple[Text, ...]
    lack: tuple[Text, ...]
    paper: str  # a pattern: what is asked for is a paper
    asked: tuple[_Asked, ...]

    @property
    def silent(self) -> frozenset[str]:
        """Folded words that carry nothing of what is asked."""
        return frozenset(fold(self.empty).split())


# Topics of notes that answer what was asked, best first.
TOPICS: Mapping[Asked, tuple[str, ...]] = {
    "own_deadline": ("own_deadline", "deadline"),
    "elsewhere": ("where",),
    "together": ("proxy", "condition", "result"),
    "unable": ("proxy", "condition", "general"),
    "collect": ("result", "post"),
    "entitled": ("condition",),
    "refused": ("general", "condition", "result"),
    "originals": ("documents",),
}


@cache
def tables(path: Path = DEFAULT) -> Tables:
    """Reads `passages.toml`; raises BadDataFile."""
    return read(path, Tables)


@lru_cache(maxsize=1000)
def question(line: str) -> Question:
    """The frame of a line, and what it asks besides the aspects that `aspects.toml` knows."""
    said = fold(line)
    for frame, patterns in _frames():
        for pattern in patterns:
            if found := pattern.fullmatch(said):
                return Question(frame, found["x"], _topic(said))
    return Question("", "", _topic(said))


def about(line: str, procedure: Procedure, answers: Answers, via: Via) -> About:
    """What this procedure says to the line, for these answers; `strength` 0 if it says nothing."""
    asked = question(line)
    view = _view(procedure)
    if asked.frame and (papers := view.documents_like(asked.thing, answers, via)):
        return _judged(asked, papers, answers, via)
    found = view.passages_like(line, asked.asked, answers, via)
    strength = max((score for score, _ in found), default=0.0)
    is_paper = asked.frame == "need" and not found and bool(_paper().search(asked.thing))
    verdict: Verdict | None = "not_listed" if is_paper else None
    entries = [passage.entry for _, passage in found]
    documents = tuple(entry for entry in entries if isinstance(entry, Document))
    notes = tuple(entry for entry in entries if isinstance(entry, Note))
    return About(asked, verdict, documents, notes, strength)


def _judged(asked: Question, found: Sequence[Document], answers: Answers, via: Via) -> About:
    first = found[0]
    holds = (not first.via or via in first.via) and possible(first.when, answers)
    if first.handling == "not_needed":
        return About(asked, "no", (first,), strength=1.0)
    if holds and certain(first.when, answers) and not first.only_if and not first.rare:
        return About(asked, "yes", (first,), strength=1.0)
    return About(asked, "only_if", tuple(found[:SHOWN]), strength=0.9)


@cache
def _paper() -> re.Pattern[str]:
    return re.compile(tables().paper)


@cache
def _frames() -> tuple[tuple[Frame, tuple[re.Pattern[str], ...]], ...]:
    known = tables()
    return (
        ("lack", tuple(map(re.compile, known.lack))),
        ("need", tuple(map(re.compile, known.need))),
    )


@cache
def _phrases() -> tuple[tuple[str, Asked], ...]:
    return tuple((f" {fold(p)} ", asked.topic) for asked in tables().asked for p in asked.phrases)


@cache
def _found_by(asked: Asked) -> tuple[str, ...]:
    return next(tuple(map(fold, each.found_by)) for each in tables().asked if each.topic == asked)


def _topic(said: str) -> Asked:
    return next((topic for phrase, topic in _phrases() if phrase in f" {said} "), "")


class _Passage(NamedTuple):
    """One thing that the catalogue says."""

    entry: Document | Note
    terms: frozenset[str]
    topic: str
    said: str  # folded


class _View:
    """One procedure's documents and notes as terms, with how rare each term is among them."""

    def __init__(self, procedure: Procedure) -> None:
        self.documents = [(d, _terms(d.name), _terms(_beside(d))) for d in procedure.documents]
        papers = [_Passage(d, n | more, "documents", fold(_beside(d))) for d, n, more in self.documents]
        notes = [_Passage(n, _terms(n.text), n.topic, fold(n.text)) for n in _sentences(procedure)]
        self.passages = notes + papers
        counts = Counter(term for passage in self.passages for term in passage.terms)
        self.rarity = {term: log1p(len(self.passages) / count) for term, count in counts.items()}
        self.unheard = UNHEARD * log1p(len(self.passages) or 1)

    def documents_like(self, thing: str, answers: Answers, via: Via) -> list[Document]:
        """The papers that `thing` names, best first; those of this case and way before others."""
        wanted = _terms(thing)
        scored = [(self._share(wanted, n) + self._share(wanted, m) / 4, d) for d, n, m in self.documents]
        named = [(score, document) for score, document in scored if score >= NAMED]
        here = {document.id for document in relevant((d for _, d in named), answers, via)}
        return [d for _, d in sorted(named, key=lambda each: (each[1].id not in here, -each[0]))]

    def passages_like(
        self, line: str, asked: Asked, answers: Answers, via: Via
    ) -> "list[tuple[float, _Passage]]":
        """What holds the words of the line, or answers what it asks; best first. One word asks nothing."""
        if len(line.split()) < HEARD:
            return []
        wanted = _terms(line)
        here = [p for p in self.passages if relevant([p.entry], answers, via)]
        scored = [(self._score(wanted, passage, asked), passage) for passage in here]
        return sorted((s for s in scored if s[0] >= FOUND), key=lambda each: -each[0])[:SHOWN]

    def _score(self, wanted: frozenset[str], passage: _Passage, asked: Asked) -> float:
        score = self._share(wanted, passage.terms) if self._is_heard(wanted, passage.terms) else 0.0
        if asked:
            topics = TOPICS[asked]
            score += FITS - 0.1 * topics.index(passage.topic) if passage.topic in topics else 0.0
            score += FITS if any(phrase in passage.said for phrase in _found_by(asked)) else 0.0
        return min(1.0, score)

    def _is_heard(self, wanted: frozenset[str], terms: frozenset[str]) -> bool:
        """Whether enough words are shared for it to be no accident: two, or all that was said."""
        shared = [term for term in wanted & terms if " " not in term]
        return len(shared) >= min(HEARD, sum(" " not in term for term in wanted))

    def _share(self, wanted: frozenset[str], terms: frozenset[str]) -> float:
        """How much of what is wanted the terms hold, rare ones counting more."""
        total = sum(self.rarity.get(term, self.unheard) for term in wanted if " " not in term)
        return sum(self.rarity[term] for term in wanted & terms) / total if total else 0.0


def _sentences(procedure: Procedure) -> Iterator[Note]:
    """The notes, and what else is said in sentences, as notes."""
    yield from procedure.notes
    yield Note(text=procedure.who, topic="condition")
    if procedure.where:
        yield Note(text=procedure.where, topic="where")
    for spot in procedure.spots:
        if spot.where:
            yield Note(text=spot.where, topic="where", when=spot.when, via=spot.via)


@lru_cache(maxsize=200)
def _known(code: str, procedure: "_Hashed") -> _View:
    return _View(procedure.procedure)


@dataclass(frozen=True)
class _Hashed:
    """A procedure that may be a key: two of one code and check day are the same."""

    code: str
    procedure: Procedure

    def __hash__(self) -> int:
        return hash(self.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self.procedure is other.procedure


def _view(procedure: Procedure) -> _View:
    return _known(procedure.code, _Hashed(procedure.code, procedure))


def _beside(document: Document) -> str:
    return " ".join(filter(None, (*document.options, document.note, document.only_if, document.form)))


@lru_cache(maxsize=5000)
def _terms(text: str) -> frozenset[str]:
    """What a text is about: folded words with synonyms brought together, and pairs of them."""
    silent = tables().silent
    meant = [term for term in _meanings().of(words(text)) if term not in silent]
    return frozenset(_with_pairs(meant))


def _with_pairs(terms: Sequence[str]) -> Iterator[str]:
    yield from terms
    yield from (f"{a} {b}" for a, b in zip(terms, terms[1:], strict=False))


@cache
def _meanings() -> Meanings:
    return Meanings()
