"""What people ask that a passage answers, in their own words: `questions/*.txt`.

A file has headings (`# ` and the passage as the catalogue has it: a note, the name of a document, who may apply,
the result, where to go) and below each the questions, one a line.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from knowledge.procedures.catalogue import Procedure
from knowledge.reading.likeness import Likeness, features
from knowledge.reading.subject.leaf import content, tokens
from knowledge.reading.subject.passages import Passage
from knowledge.reading.words import line

DIRECTORY = Path(__file__).with_name("questions")
HEADING = "# "


class Asked:
    """The questions that passages of one procedure answer, ready to be compared with a line."""

    def __init__(self, passages: Sequence[Passage], procedure: Procedure) -> None:
        known = load()
        self._procedure = procedure
        self._passages = tuple(each for each in passages if heading(each, procedure) in known)
        self._like = Likeness(
            [
                (number, _features(question))
                for number, passage in enumerate(self._passages)
                for question in known[heading(passage, procedure)]
            ],
            len(self._passages),
        )

    def speaks_of(self, passage: Passage, text: str) -> bool:
        """Whether what a line names is named by the passage or by a question that it answers."""
        named = {token for token in content(text) if token.startswith("=")} or set(content(text))
        held = (passage.text, *load()[heading(passage, self._procedure)])
        return not named.isdisjoint(form for each in held for forms in tokens(each) for form in forms)

    def find(self, text: str) -> list[tuple[Passage, float]]:
        """The passages with how much a line is like what they answer, best first: about 1, or 0 for not at all."""
        scores = self._like.scores(features(line(text)))
        return sorted(zip(self._passages, scores, strict=True), key=lambda pair: -pair[1])


def heading(passage: Passage, procedure: Procedure) -> str:
    """Under what the questions that a passage answers stand."""
    if passage.kind == "document":
        return next(each.name for each in procedure.documents if each.id == passage.place)
    if passage.kind == "place" and passage.place == "0":
        return procedure.where or ""
    return passage.text if passage.kind in ("note", "who", "result") else ""


@cache
def load(directory: Path = DIRECTORY) -> Mapping[str, tuple[str, ...]]:
    """The questions of all files by their heading."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(directory.glob("*.txt")):
        for title, question in _entries(path):
            found[title] = (*found.get(title, ()), question)
    return found


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    title = ""
    for each in path.read_text(encoding="utf-8").splitlines():
        if each.startswith(HEADING):
            title = each.removeprefix(HEADING)
        elif each:
            yield title, each


@lru_cache(maxsize=3000)
def _features(question: str) -> frozenset[str]:
    return features(line(question))
