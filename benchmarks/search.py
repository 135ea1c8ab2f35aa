"""First hits and speed of the search beside tantivy, bm25s and rapidfuzz over the same texts in one run.

    python benchmarks/search.py [QUESTIONS.tsv]

Peers that are not installed are named and left out: pip install tantivy bm25s.
"""

import importlib.util
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from rapidfuzz import fuzz, process

from knowledge.loading import load
from knowledge.search import Index
from knowledge.targets import Target, targets
from knowledge.text import fold

QUESTIONS = Path(__file__).parent.parent / "tests" / "questions.tsv"

Find = Callable[[str], Sequence[str]]  # question -> codes, best first


def ours(known: Sequence[Target]) -> Find:
    index = Index(known)
    return lambda question: [hit.id for hit in index.find(question).hits]


def token_set(known: Sequence[Target]) -> Find:
    texts, owners = phrases(known)
    scorer = fuzz.token_set_ratio

    def find(question: str) -> Sequence[str]:
        best = process.extract(fold(question), texts, scorer=scorer, limit=20)
        return unique(owners[number] for _text, _score, number in best)

    return find


def bm25s(known: Sequence[Target]) -> Find:
    import bm25s as library

    texts = [fold(" ".join((*t.names, *t.asks))).split() for t in known]
    retriever = library.BM25()
    retriever.index(texts, show_progress=False)

    def find(question: str) -> Sequence[str]:
        found, _scores = retriever.retrieve([fold(question).split()], k=5, show_progress=False)
        return [known[number].id for number in found[0]]

    return find


def tantivy(known: Sequence[Target]) -> Find:
    import tantivy as library

    builder = library.SchemaBuilder()
    builder.add_text_field("code", stored=True, tokenizer_name="raw")
    builder.add_text_field("text")
    index = library.Index(builder.build(), path=tempfile.mkdtemp())
    writer = index.writer()
    for target in known:
        writer.add_document(
            library.Document(code=target.id, text=fold(" ".join((*target.names, *target.asks))))
        )
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(question: str) -> Sequence[str]:
        hits = searcher.search(index.parse_query(fold(question), ["text"]), 5).hits
        return [str(searcher.doc(address)["code"][0]) for _score, address in hits]

    return find


def phrases(known: Sequence[Target]) -> tuple[list[str], list[str]]:
    pairs = [(fold(text), t.id) for t in known for text in (*t.names, *t.asks)]
    return [text for text, _code in pairs], [code for _text, code in pairs]


def unique(codes: object) -> list[str]:
    return list(dict.fromkeys(codes))  # type: ignore[call-overload, no-any-return]


def measured(build: Callable[[Sequence[Target]], Find], known: Sequence[Target]) -> tuple[float, Find]:
    started = perf_counter()
    find = build(known)
    return perf_counter() - started, find


def main() -> None:
    rows = [line.split("\t") for line in Path(*sys.argv[1:2] or [QUESTIONS]).read_text().splitlines()[1:]]
    known = [t for t in targets(load()) if t.kind == "procedure"]
    print(f"{len(known)} procedures, {len(rows)} questions")
    print(f"{'method':10} {'first':>6} {'in 3':>6} {'p50 ms':>7} {'index s':>8}")
    for name, build in (("ours", ours), ("token_set", token_set), ("bm25s", bm25s), ("tantivy", tantivy)):
        if name in ("bm25s", "tantivy") and importlib.util.find_spec(name) is None:
            print(f"{name:10} not installed")
            continue
        spent, find = measured(build, known)
        first = third = 0
        times = []
        for code, _voice, question in rows:
            started = perf_counter()
            codes = find(question)
            times.append(perf_counter() - started)
            first += codes[:1] == [code]
            third += code in codes[:3]
        share = f"{100 * first / len(rows):6.1f} {100 * third / len(rows):6.1f}"
        print(f"{name:10} {share} {1000 * median(times):7.2f} {spent:8.2f}")


if __name__ == "__main__":
    main()
