"""Whether a line begins with a yes or a no."""

import re
from functools import cache, lru_cache
from pathlib import Path

from knowledge.datafile import Model, Text, read
from knowledge.reading.phrases import Phrases
from knowledge.reading.words import Line, Word, line, words

_PAUSE = re.compile(r"[,.;:!?…\n]")
VERB = 0.4  # what a yes or no counts that may only be the verb of the sentence: "có mình tôi thôi"
DEFAULT = Path(__file__).with_name("yes_no.toml")


class YesNo(Model):
    """The table of `yes_no.toml`."""

    yes: tuple[Text, ...]
    nods: tuple[Text, ...]
    no: tuple[Text, ...]
    polite: tuple[Text, ...]
    not_after: tuple[Text, ...]
    trailing: str


@cache
def load(path: Path = DEFAULT) -> YesNo:
    """Reads `yes_no.toml`; raises BadDataFile."""
    return read(path, YesNo)


@lru_cache(maxsize=4000)
def head(text: str) -> bool | None:
    """True if the line begins with a yes, False with a no, None with neither.

    A denial right behind counts: "dạ không", "vâng chưa có".
    """
    typed = _without_politeness(line(text))
    if not typed.words or _no_answer().says(typed):
        return None
    found = {match.kind: match.end for match in _heads().matches(typed)}
    if not found:
        return None
    if set(found) == {"yes", "no"}:
        return found["yes"] > found["no"]
    return "yes" in found


def strength(text: str) -> float:
    """How much the beginning is an answer: all before a pause ("có, em nhờ anh"), little as a verb."""
    return 1.0 if bare(_PAUSE.split(text, maxsplit=1)[0]) is not None else VERB


def bare(text: str) -> bool | None:
    """The same for a line that says nothing else."""
    typed = _without_politeness(line(text))
    told = head(text)
    longest = max((match.end for match in _heads().matches(typed)), default=0)
    rest = typed.spoken[longest:].split()
    return told if told is not None and all(word in _trailing() for word in rest) else None


def nods(text: str) -> bool:
    """Whether a line is only a nod: "dạ vâng", "ok em"."""
    typed = line(text)
    longest = max((match.end for match in _nods().matches(typed)), default=0)
    return longest > 0 and all(word in _trailing() for word in typed.spoken[longest:].split())


def _without_politeness(typed: Line) -> Line:
    left = list(typed.words)
    while len(left) > 1 and (length := _polite(left)):
        left = left[length:]
    return Line(typed.text, tuple(left), typed.is_marked)


def _polite(left: list[Word]) -> int:
    """How many of the first words are politeness, if something is left behind them."""
    for length in (2, 1):
        said = " ".join(word.typed for word in left[:length])
        if len(left) > length and said in _polite_words():
            return length
    return 0


@cache
def _polite_words() -> frozenset[str]:
    spelt = (words(each) for each in load().polite)
    both = [(" ".join(w.typed for w in each), " ".join(w.folded for w in each)) for each in spelt]
    return frozenset(form for pair in both for form in pair)


@cache
def _trailing() -> frozenset[str]:
    return frozenset(form for word in words(load().trailing) for form in (word.typed, word.folded))


@cache
def _heads() -> Phrases:
    known = load()
    return Phrases([*(("yes", f"^{p}") for p in known.yes), *(("no", f"^{p}") for p in known.no)])


@cache
def _nods() -> Phrases:
    return Phrases(("nod", f"^{phrase}") for phrase in load().nods)


@cache
def _no_answer() -> Phrases:
    return Phrases(("none", f"^{phrase}") for phrase in load().not_after)
