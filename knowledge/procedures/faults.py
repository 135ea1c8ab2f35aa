"""What `motcua check` refuses in a procedure that was written up: texts that send somebody home.

An imported procedure, which nobody has read yet, has no phrasings and is not looked at.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from knowledge.procedures.catalogue import Document, Procedure, Via
from knowledge.procedures.checklist import Conditional

ARTICLE = re.compile(
    r"\b(điều|khoản) \d+[a-zđ]?\b|\bđiểm [a-zđ]\b(?= (khoản|điều)\b)", re.IGNORECASE
)  # "khoản 2 Điều 17"
COUNTER = re.compile(r"\b(tại|ở|đến) quầy\b|\bbộ phận một cửa\b", re.IGNORECASE)
ASKING = re.compile(r"\bhỏi\b", re.IGNORECASE)  # to ask at the counter is always possible
ONE_OF = re.compile(r"\bmột trong\b", re.IGNORECASE)
NAMED = re.compile(r"[,:;]| hoặc ")  # a name that tells its options itself


def faults_of(procedure: Procedure) -> Iterator[str]:
    """A line for each fault."""
    if procedure.asks:
        for rule in RULES:
            yield from rule(procedure)


def _without_condition(p: Procedure) -> Iterator[str]:
    """Who may file, what must be true first: said, or said to be unstated."""
    if p.condition_unstated or any(note.topic == "condition" and note.lead for note in p.notes):
        return
    yield "no leading note of topic condition, and no condition_unstated = true"


def _paper_online(p: Procedure) -> Iterator[str]:
    """Nobody hands in an original, or shows a paper and takes it back, on the net."""
    for document in _for_way(p, "online"):
        if document.handling == "present":
            yield f"document {document.id}: cannot be shown online"
        if document.originals or document.either:
            yield f"document {document.id}: has originals online"


def _for_way(p: Procedure, via: Via) -> Sequence[Document]:
    if via not in p.methods:
        return ()
    wanted = (d for d in p.documents if d.handling != "not_needed" and not d.at_collection)
    return [d for d in wanted if not d.via or via in d.via]


def _wrong_way(p: Procedure) -> Iterator[str]:
    """An entry for a way that is not offered; a place that is not where that way goes."""
    for name, entry in _entries(p):
        for via in entry.via:
            if via not in p.methods:
                yield f"{name}: {via} is no way of filing here"
    for spot in p.spots:
        if "online" in spot.via and spot.place != "other" and not spot.where:
            yield f"spot {spot.place}: is a counter, and stands for filing online"
    for name, where in (("where", p.where), *((f"spot {s.place}", s.where) for s in p.spots)):
        if p.place == "other" and where and _is_counter(where):
            yield f"{name}: names the one-stop desk, though the place is another"


def _is_counter(where: str) -> bool:
    """Whether it sends to our desk: not if it tells apart, or names that of another commune."""
    told = COUNTER.search(where)
    return bool(told) and not re.search(r"không|nơi đó|nơi sẽ|ở xã", where) and not ASKING.search(where)


def _entries(p: Procedure) -> Iterator[tuple[str, Conditional]]:
    yield from ((f"document {d.id}", d) for d in p.documents)
    yield from ((f"deadline {number}", entry) for number, entry in enumerate(p.deadlines))
    yield from ((f"fee {number}", entry) for number, entry in enumerate(p.fees))
    yield from ((f"note {number}", entry) for number, entry in enumerate(p.notes))
    yield from ((f"spot {number}", entry) for number, entry in enumerate(p.spots))


def _one_of(p: Procedure) -> Iterator[str]:
    """Options that read like a list of papers to bring; "một trong" without anything to choose from."""
    for document in p.documents:
        told = bool(ONE_OF.search(document.name))
        if document.options and not told:
            yield f"document {document.id}: has options, and its name does not say “một trong”"
        if told and not (document.options or document.note or NAMED.search(document.name)):
            yield f"document {document.id}: says “một trong”, and names nothing to choose from"


def _article_numbers(p: Procedure) -> Iterator[str]:
    """They stand in legal_basis, where who wants them finds them."""
    for name, text in _texts(p):
        if found := ARTICLE.search(text):
            yield f"{name}: article number {found[0]!r} in a text for citizens"


def _texts(p: Procedure) -> Iterator[tuple[str, str]]:
    for key in ("short", "about", "who", "where", "result"):
        yield key, getattr(p, key) or ""
    for document in p.documents:
        parts = (document.name, document.note, document.reason, document.only_if, *document.options)
        yield f"document {document.id}", " ".join(filter(None, parts))
    yield from ((f"note {n}", note.text) for n, note in enumerate(p.notes))
    yield from ((f"doubt {n}", doubt) for n, doubt in enumerate(p.doubts))
    yield from ((f"fee {n}", fee.note or "") for n, fee in enumerate(p.fees))
    yield from ((f"deadline {n}", entry.note or "") for n, entry in enumerate(p.deadlines))
    for case in p.cases:
        yield f"case {case.id}", " ".join((case.question, *(value.label for value in case.values)))


RULES: Sequence[Callable[[Procedure], Iterator[str]]] = (
    _without_condition,
    _paper_online,
    _wrong_way,
    _one_of,
    _article_numbers,
)
