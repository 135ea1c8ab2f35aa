"""Two matters in one message: its parts, where each stands on its own."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from knowledge.datafile import Model, Text, read
from knowledge.reading.phrases import Phrases
from knowledge.reading.words import Line, line
from knowledge.search.search import Found

DEFAULT = Path(__file__).with_name("matters.toml")

LONGEST = 14  # words of a part; more is a story
WISHES = 4  # words of wishing before what is to be done
ALONE = 0.25  # the least confidence of a part that is a matter of its own,
APART = 4  # and how many times that of the next,
BESIDE, BESIDE_APART = 0.85, 2  # or how many beside a part that is as sure as this
WHOLE = 0.93  # from here on the line as it stands is one matter, if no part found it
PIECES = 12  # more are a list, or nonsense; each costs a search
MOST = 3  # matters that are told
_SIGNS = re.compile(r"[,;:.\n+&]| - ")


Find = Callable[[str], Found]  # the search


@dataclass(frozen=True)
class Part:
    """One matter of several."""

    text: str
    id: str  # of the procedure, or of what others do
    kind: str  # "procedure", "elsewhere", "event"
    confidence: float


class Between(Model):
    """The tables of `matters.toml`."""

    apart: tuple[Text, ...]
    both: tuple[Text, ...]
    begins: tuple[Text, ...]
    wish: tuple[Text, ...]
    states: tuple[Text, ...]
    frames: tuple[Text, ...]
    corrects: tuple[Text, ...]
    turns: tuple[Text, ...]
    leaves: tuple[Text, ...]


@cache
def load(path: Path = DEFAULT) -> Between:
    """Reads `matters.toml`; raises BadDataFile."""
    return read(path, Between)


def matters(text: str, find: Find, whole: Found | None = None) -> tuple[Part, ...]:
    """The matters of a line, in the order they are said; empty unless two or more stand on their own."""
    divided = [part for part in _divided(text) if len(line(part).words) > 1]
    if len(divided) > PIECES:
        return ()
    divided = [part for part in divided if not any(_repeats(part, other) for other in divided)]
    if len(divided) < 2:
        return ()
    parts = list({part.id: part for part in reversed([*_standing(divided, find)])}.values())[::-1]
    if len(parts) < 2 or _is_one(parts, whole or find(text)):
        return ()
    return tuple(parts[:MOST])


def turns(text: str) -> bool:
    """Whether a line turns to another matter in so many words: "cho em hỏi"."""
    return _phrases("turns").says(line(text))


def leaves(text: str) -> bool:
    """Whether a line leaves what is open in so many words: "mà cho hỏi khai tử trước đã"."""
    return _phrases("leaves").says(line(text))


def corrects(text: str) -> bool:
    """Whether a line says that something else was meant."""
    return _phrases("corrects").says(line(text))


def unframed(text: str) -> str:
    """A line without what only leads to its matter, or away from another: "lộn rồi, khai sinh chứ không phải khai tử".

    The line itself if nothing of the kind is there, or nothing else.
    """
    typed = line(text)
    left = _phrases("frames").without(typed).strip()
    return left if left and left != typed.spoken.strip() else text


def _divided(text: str) -> list[str]:
    """The pieces between what stands between matters."""
    pieces = [piece for piece in _SIGNS.split(text) if piece.strip()]
    return [part for piece in pieces for part in _at_words(line(piece))]


def _at_words(typed: Line) -> Iterator[str]:
    cuts: set[int] = set()
    for kind in ("apart", "both"):
        cuts |= set(_places(typed, kind))
    starts = sorted({0, len(typed.words), *cuts})
    for start, end in pairwise(starts):
        shown = " ".join(word.shown for word in typed.words[start:end] if word.shown)
        if shown:
            yield shown


def _places(typed: Line, kind: str) -> Iterator[int]:
    """The numbers of the words at which a part begins."""
    spoken = typed.spoken
    for match in _phrases(kind).every(typed):
        yield spoken[: match.start].count(" ")
        yield spoken[: match.end].count(" ")


def _standing(pieces: Sequence[str], find: Find) -> Iterator[Part]:
    """The pieces that are matters of their own."""
    found = [(piece, hits) for piece in pieces if _is_wish(piece) and (hits := find(piece).hits)]
    apart = BESIDE_APART if any(hits[0].confidence >= BESIDE for _, hits in found) else APART
    for piece, hits in found:
        first = hits[0]
        second = hits[1].confidence if len(hits) > 1 else 0.0
        if first.kind != "talk" and first.confidence >= max(ALONE, apart * second):
            yield Part(piece, first.id, first.kind, first.confidence)


def _repeats(part: str, other: str) -> bool:
    """Whether a part only begins what another says in full: "căn cước á, làm lại căn cước"."""
    said = line(unframed(part)).folded
    return part != other and said < line(other).folded


def _is_wish(piece: str) -> bool:
    typed = line(piece)
    return len(typed.words) <= LONGEST and _asked().says(typed) and not _phrases("states").says(typed)


def _is_one(parts: Sequence[Part], whole: Found) -> bool:
    """Whether the line is surely one matter, and none of its parts: "khai sinh và nhận cha con"."""
    first = whole.hits[0] if whole.hits else None
    return first is not None and first.confidence >= WHOLE and first.id not in {part.id for part in parts}


@cache
def _asked() -> Phrases:
    """How a wish begins: with what is to be done, or with who wishes it."""
    wish = "|".join(each.replace(" ", "_") for each in load().wish)
    prefix = " ".join([f"{wish}?"] * WISHES)
    return Phrases(("asked", f"^{prefix} {each}") for each in load().begins)


@cache
def _phrases(kind: str) -> Phrases:
    return Phrases((kind, phrase) for phrase in getattr(load(), kind))
