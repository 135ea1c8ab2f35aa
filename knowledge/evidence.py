"""What speaks for each target, measured several ways: the columns that ranking and confidence weigh."""

from collections.abc import Sequence

import numpy as np

from knowledge.index import Floats, Ints, Space, trigrams
from knowledge.spelling import Reader
from knowledge.targets import Target
from knowledge.text import accents, fold

COLUMNS = (
    "phrase", "pool_words", "pool_pairs", "phrase_grams", "pool_grams",
    "phrase_marks", "pool_marks", "name", "likeness", "gram_likeness", "about",
    "name_covered", "name_likeness", "phrase_covered", "gaps", "variant_plain", "variant_named", "has_variant_named",
)  # fmt: skip


class Words:
    """Numbers for words, so that spaces can hold them."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}

    def learn(self, rows: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
        """Terms and the row each stands in; new words get numbers."""
        ids = self.ids
        terms = [ids.setdefault(word, len(ids)) for row in rows for word in row]
        return np.array(terms, dtype=np.int64), np.repeat(np.arange(len(rows)), [len(row) for row in rows])

    def known(self, words: Sequence[str]) -> Ints:
        """The numbers of a question's words; -1 for a word nobody uses."""
        return np.array([self.ids.get(word, -1) for word in words], dtype=np.int64)


def pairs(words: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Neighbouring words as one term each, within a row and between known words."""
    same = (rows[:-1] == rows[1:]) & (words[:-1] >= 0) & (words[1:] >= 0)
    return ((words[:-1] << 32) + words[1:])[same], rows[:-1][same]


def gaps(words, rows):
    out = []
    for k in (2, 3):
        same = (rows[:-k] == rows[k:]) & (words[:-k] >= 0) & (words[k:] >= 0)
        a, b = words[:-k][same], words[k:][same]
        out.append((((np.minimum(a, b) << 32) + np.maximum(a, b)), rows[:-k][same]))
    a, b = words[:-1], words[1:]
    same = (rows[:-1] == rows[1:]) & (a >= 0) & (b >= 0)
    a, b = a[same], b[same]
    out.append((((np.minimum(a, b) << 32) + np.maximum(a, b)), rows[:-1][same]))
    return np.concatenate([o[0] for o in out]), np.concatenate([o[1] for o in out])


class Evidence:
    def __init__(self, targets: Sequence[Target]) -> None:
        rows = [(text, t, k < len(target.names)) for t, target in enumerate(targets) for k, text in enumerate((*target.names, *target.asks))]
        raw = [r[0] for r in rows]
        texts = [fold(r) for r in raw]
        self.texts = texts
        owners = np.array([r[1] for r in rows], dtype=np.int64)
        isname = np.array([r[2] for r in rows])
        n = len(targets)
        self.n = n
        self.owners = owners
        self.first = np.searchsorted(owners, np.arange(n))
        own = np.arange(n)
        self.reader = Reader(texts)
        self.words = Words()
        w, d = self.words.learn([t.split() for t in texts])
        p, pd = pairs(w, d)
        self.P = Space(w, d, owners), Space(p, pd, owners)
        self.T = Space(w, owners[d], own), Space(p, owners[pd], own)
        g, gd = trigrams(texts)
        self.Pg, self.Tg = Space(g, gd, owners), Space(g, owners[gd], own)
        self.mwords = Words()
        m, md = self.mwords.learn([[a for a in accents(r)] for r in raw])
        blank = self.mwords.ids.get("", -1)
        mp, mpd = pairs(np.where(m == blank, -1, m), md)
        keep = m != blank
        self.blank = blank
        m, md = np.concatenate([m[keep], mp]), np.concatenate([md[keep], mpd])
        self.Pm, self.Tm = Space(m, md, owners), Space(m, owners[md], own)
        nm = isname[d]
        self.N = Space(w[nm], owners[d[nm]], own)
        a, ad = self.words.learn([fold(t.about).split() for t in targets])
        self.A = Space(a, ad, own)
        g2, gd2 = gaps(w, d)
        self.G = Space(g2, owners[gd2], own)
        self.isname = isname
        self.qual = [tuple(f" {fold(q)} " for q in t.qualifiers) for t in targets]
        pos = {t.id: i for i, t in enumerate(targets)}
        self.variant = np.array([pos.get(t.variant_of, -1) if t.variant_of else -1 for t in targets])
        # masses of documents
        self.docmass = np.maximum(np.bincount(d, weights=self.P[0].rarity(w), minlength=len(texts)), 1e-9)
        self.gmass = np.sqrt(np.maximum(np.bincount(gd, weights=self.Pg.rarity(g) ** 2, minlength=len(texts)), 1e-9))
        self.wmass2 = np.sqrt(np.maximum(np.bincount(d, weights=self.P[0].rarity(w) ** 2, minlength=len(texts)) + np.bincount(pd, weights=self.P[1].rarity(p) ** 2, minlength=len(texts)), 1e-9))
        self.Pc = [Flat(s) for s in (self.P[0], self.P[1], self.Pg)]

    def top(self, scores):
        return np.maximum.reduceat(scores, self.first)

    def of(self, question: str):
        folded = fold(question)
        read = self.reader.read(folded.split())
        w = self.words.known(read)
        p, _ = pairs(w, np.zeros_like(w))
        g, _ = trigrams([" ".join(read)])
        m = self.mwords.known(accents(question))
        m = np.where(m == self.blank, -2, m)
        mp, _ = pairs(np.maximum(m, -1), np.zeros_like(m))
        m = np.concatenate([m[m > -2], mp])
        u = np.unique
        wu, pu, gu = u(w), u(p), u(g)
        wmass = self.P[0].rarity(wu).sum() + 1e-9
        pmass = self.P[1].rarity(pu).sum() + 1e-9
        gmass = self.Pg.rarity(gu).sum() + 1e-9
        mmass = self.Pm.rarity(m).sum() + 1e-9
        phrase = self.P[0].scores(wu) + self.P[1].scores(pu)
        mw = 1.0 if len(m) else 0.0
        cos = (self.Pc[0].scores(wu, self.P[0].rarity(wu)) + self.Pc[1].scores(pu, self.P[1].rarity(pu))) / self.wmass2
        qn = np.sqrt((self.P[0].rarity(wu) ** 2).sum() + (self.P[1].rarity(pu) ** 2).sum()) + 1e-9
        gcos = self.Pc[2].scores(gu, self.Pg.rarity(gu)) / self.gmass / (np.sqrt((self.Pg.rarity(gu) ** 2).sum()) + 1e-9)
        cover = self.Pc[0].scores(wu) / self.docmass
        gp, _ = gaps(w, np.zeros_like(w))
        gp = u(gp)
        padded = f" {folded} "
        named = np.array([any(x in padded for x in q) for q in self.qual])
        isv = self.variant >= 0
        hv = np.zeros(self.n); hv[self.variant[isv & named]] = 1
        nm = np.where(self.isname, 1.0, 0.0)
        return np.stack([
            self.top(phrase) / (wmass + pmass),
            self.T[0].scores(wu) / wmass,
            self.T[1].scores(pu) / pmass if len(pu) else np.zeros(self.n),
            self.top(self.Pg.scores(gu)) / gmass,
            self.Tg.scores(gu) / gmass,
            mw * self.top(self.Pm.scores(m)) / mmass,
            mw * self.Tm.scores(m) / mmass,
            self.N.scores(wu) / wmass,
            self.top(cos) / qn,
            self.top(gcos),
            self.A.scores(wu) / wmass,
            self.top(cover * nm),
            self.top(cos * nm) / qn,
            self.top(cover),
            self.G.scores(gp) / (self.G.rarity(gp).sum() + 1e-9),
            (isv & ~named) * 1.0,
            (isv & named) * 1.0,
            hv,
        ], axis=1)


class Flat:
    """The same postings, each weighing its idf once: for cosines."""
    def __init__(self, space):
        self.__dict__.update(space.__dict__)
        self.weights = np.repeat(space.idf, np.diff(space.bounds))
    scores = Space.scores
