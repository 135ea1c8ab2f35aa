"""First hits and speed of the search beside tantivy, bm25s and rapidfuzz over the same texts in one run.

    python benchmarks/search.py [--dump DUMP.jsonl.gz] [QUESTIONS ...]

QUESTIONS: like tests/questions.tsv, or JSON lines with "id", "text", "gold_code" and "acceptable_codes".
With a dump of the national portal: the same questions again among all its procedures, which have only names.
Peers that are not installed are named and left out: pip install tantivy bm25s.
"""

import argparse
import importlib.util
import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from rapidfuzz import fuzz, process

from bot.catalogues import dump
from knowledge.procedures.loading import load
from knowledge.search.intents import Target, targets
from knowledge.search.search import Index
from knowledge.text import fold

QUESTIONS = Path(__file__).parent.parent / "tests" / "questions.tsv"

SAMPLE = 10  # every tenth question is asked of a slow peer among all procedures

Find = Callable[[str], Sequence[str]]  # question -> codes, best first
Asked = tuple[str, frozenset[str]]  # a question and the codes that answer it


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


def rows(file: Path) -> list[dict[str, Any]]:
    """The questions of a file as tables with "id" and "text"; those of a .txt have no answer."""
    lines = file.read_text(encoding="utf-8").splitlines()
    if file.suffix == ".txt":
        return [{"id": line, "text": line} for line in lines]
    if file.suffix != ".tsv":
        return [json.loads(line) for line in lines]
    cells = [line.split("\t") for line in lines[1:]]
    return [{"id": text, "gold_code": code, "text": text} for code, _voice, text in cells]


def asked(file: Path, codes: set[str]) -> list[Asked]:
    """The questions that one of these procedures answers."""
    golds = [
        (r["text"], {r.get("gold_code"), *r.get("acceptable_codes", [])}) for r in rows(file) if _core(r)
    ]
    return [(text, frozenset(gold & codes)) for text, gold in golds if gold & codes]


def _core(row: dict[str, Any]) -> bool:
    return bool(row.get("in_catalogue", True) and row.get("core", True))


def share(find: Find, questions: Sequence[Asked], first: int = 1) -> float:
    """Per cent of the questions with a right code among the first."""
    return 100 * sum(not gold.isdisjoint(find(text)[:first]) for text, gold in questions) / len(questions)


def p50(find: Find, questions: Sequence[Asked]) -> float:
    """Milliseconds a question."""
    times = []
    for text, _gold in questions:
        started = perf_counter()
        find(text)
        times.append(perf_counter() - started)
    return 1000 * median(times)


def built(known: Sequence[Target]) -> float:
    """Seconds of processor time for an index, best of five."""
    times = []
    for _ in range(5):
        started = process_time()
        Index(known)
        times.append(process_time() - started)
    return min(times)


def beside_peers(known: Sequence[Target], questions: Sequence[Asked]) -> None:
    print(f"{'method':10} {'first':>6} {'in 3':>6} {'p50 ms':>7}")
    firsts = {}
    for name, build in (("ours", ours), ("token_set", token_set), ("bm25s", bm25s), ("tantivy", tantivy)):
        if name in ("bm25s", "tantivy") and importlib.util.find_spec(name) is None:
            print(f"{name:10} not installed")
            continue
        find = build(known)
        firsts[name] = share(find, questions)
        print(f"{name:10} {firsts[name]:6.1f} {share(find, questions, 3):6.1f} {p50(find, questions):7.2f}")
    best = max(first for name, first in firsts.items() if name != "ours")
    print(f"first hits: {firsts['ours'] / best:.3f} of the best peer's")


def among_all(known: Sequence[Target], path: Path, files: Sequence[Path]) -> None:
    mine = {t.id for t in known}
    others = targets(dump.read(path, date.today()).catalogue)  # noqa: DTZ011 (any day will do)
    every = [*known, *(t for t in others if t.id not in mine)]
    few, many, slow = ours(known), ours(every), token_set(every)
    print(f"\n{len(every)} procedures: index in {built(every):.2f} s of processor time")
    for file in files:
        questions = asked(file, mine)
        first, wide = share(few, questions), share(many, questions)
        times = p50(many, questions), p50(slow, questions[::SAMPLE])
        print(f"{file.name}: first {wide:.1f}, {wide / first:.3f} of those at {len(known)}; "
              f"p50 {times[0]:.2f} ms, {times[0] / times[1]:.3f} of token_set's")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dump", type=Path)
    parser.add_argument("files", type=Path, nargs="*", default=[QUESTIONS], metavar="QUESTIONS")
    given = parser.parse_args()
    known = [t for t in targets(load()) if t.kind == "procedure"]
    for file in given.files:
        questions = asked(file, {t.id for t in known})
        print(f"\n{file.name}: {len(known)} procedures, {len(questions)} questions")
        beside_peers(known, questions)
    if given.dump:
        among_all(known, given.dump, given.files)


if __name__ == "__main__":
    main()
