"""A question in English: whether it is one, and which procedure it means.

Apart from the Vietnamese index, because folded syllables and English words collide: "the", "an", "to".
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from knowledge.procedures.english import English
from knowledge.search.confidence import Decision
from knowledge.search.search import Found, Hit
from knowledge.text import is_syllable

POOLED = 0.4  # what all phrasings of a procedure together say, beside the one most like the question
ANSWER, MARGIN, CHOOSE = 0.62, 0.08, 0.34  # likeness of 0..1; fitted on tests/knowledge/search/english.tsv
SAID_IN_BOTH = frozenset(("ok", "hi", "hello", "bye", "email", "online"))
LEAST_ENGLISH = 0.3  # share of a line's words; many English words are Vietnamese syllables too


class _Phrase(NamedTuple):
    code: str
    terms: Counter[str]


class EnglishIndex:
    """All English phrasings, ready to be searched; about a thousand, so each is compared."""

    def __init__(self, english: English, variant_of: Mapping[str, str | None]) -> None:
        """`variant_of`: the plain procedure of a code that is a variant."""
        self.variant_of = variant_of
        self.procedures = english.by_code
        self.empty, self.same, self.aspects = english.empty, english.same, english.aspects
        phrases = [(p.code, text) for p in english.procedures for text in (p.name, *p.asks)]
        self.phrases = [_Phrase(code, self._terms(text)) for code, text in phrases]
        said = {word for _, text in phrases for word in _words(text)}
        self.vocabulary = said | english.empty | english.common | english.same.keys()
        owners: dict[str, set[str]] = {}
        for code, terms in self.phrases:
            for term in terms:
                owners.setdefault(term, set()).add(code)
        pools: dict[str, set[str]] = {}
        for code, terms in self.phrases:
            pools.setdefault(code, set()).update(terms)
        self.pools = {code: frozenset(pool) for code, pool in pools.items()}
        count = len(english.procedures)
        self.rarity = {term: math.log1p(count / len(codes)) for term, codes in owners.items()}
        self.rarest = math.log1p(count)

    def find(self, question: str) -> Found:
        """The procedures that fit, best first, and whether that is sure enough to say."""
        asked = self._terms(question)
        if not asked:
            return Found("decline", (), 0.0)
        best = {code: POOLED * self._said(asked, pool) for code, pool in self.pools.items()}
        likest: dict[str, float] = {}
        for code, terms in self.phrases:
            likest[code] = max(likest.get(code, 0.0), self._likeness(asked, terms))
        scores = {code: best[code] + (1 - POOLED) * like for code, like in likest.items()}
        ranked = sorted(scores.items(), key=lambda item: -item[1])[:5]
        hits = tuple(Hit("procedure", code, score, score) for code, score in ranked if score > 0)
        others = [hit.score for hit in hits[1:] if self.variant_of.get(hit.id) != hits[0].id]
        return Found(
            _decision([hit.score for hit in hits[:1]] + others), hits, hits[0].score if hits else 0.0
        )

    def is_english(self, text: str) -> bool:
        """Whether a line is written in English: no Vietnamese letter, and words that only English has."""
        written = _words(text)
        known = [word for word in written if word in self.vocabulary and word not in SAID_IN_BOTH]
        clear = [word for word in known if not is_syllable(word)]
        if not clear or not text.isascii():
            return False
        return len(clear) / len(written) >= LEAST_ENGLISH or self.vocabulary.issuperset(written)

    def aspect(self, text: str) -> str:
        """What about the open matter is asked: "fee", "where"; empty if nothing of the kind."""
        said = f" {' '.join(_words(text))} "
        asked = (name for name, phrases in self.aspects.items() if any(f" {p} " in said for p in phrases))
        return next(asked, "")

    def _terms(self, text: str) -> Counter[str]:
        """Stems of the words that say something, with synonyms brought together."""
        stems = (word if word in self.same else stem(word) for word in _words(text))
        return Counter(self.same.get(stem, stem) for stem in stems if stem not in self.empty)

    def _likeness(self, asked: Counter[str], said: Counter[str]) -> float:
        """Cosine of the two by rarity, half of it forgiven to a question that says more than the phrase."""
        shared = sum(self._weight(term) ** 2 for term in asked.keys() & said.keys())
        if not shared:
            return 0.0
        own, theirs = (sum(self._weight(term) ** 2 for term in terms) for terms in (asked, said))
        return (shared / math.sqrt(own * theirs) + shared / theirs) / 2 if theirs else 0.0

    def _said(self, asked: Counter[str], pool: frozenset[str]) -> float:
        """How much of the question the phrasings of one procedure hold, all taken together."""
        return sum(map(self._weight, asked.keys() & pool)) / sum(map(self._weight, asked))

    def _weight(self, term: str) -> float:
        return self.rarity.get(term, self.rarest)


def _decision(scores: Sequence[float]) -> Decision:
    if not scores or scores[0] < CHOOSE:
        return "decline"
    ahead = scores[0] - (scores[1] if len(scores) > 1 else 0.0)
    return "answer" if scores[0] >= ANSWER and ahead >= MARGIN else "choose"


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("'s", ""))


def stem(word: str) -> str:
    """The word without its ending: "copies" -> "copy"."""
    for end, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("s", "")):
        if word.endswith(end) and not word.endswith("ss") and len(word) - len(end) > 2:
            return word[: -len(end)] + instead
    return word
