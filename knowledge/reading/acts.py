"""What a line does instead of answering or asking: thanks, back, later, stop, repeat, a human ..."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from knowledge.datafile import Model, Text, read
from knowledge.reading.answers.answers import answers
from knowledge.reading.answers.options import Option, Question
from knowledge.reading.phrases import Match, Phrases
from knowledge.reading.words import Line, forms, line

DEFAULT = Path(__file__).with_name("acts.toml")

Where = Literal["following", "form", "review", "question"]

WHOLE, STRONG, PART = (
    0.95,
    0.85,
    0.55,
)  # chances: all that is said, a phrase that speaks for itself, one beside others
MOST = 0.7  # part of the words that `whole` phrases must cover
SOME = 0.3  # part of them from which on a strong phrase is what the line is about
NAMED, AHEAD = 0.05, 2.5  # a target is named by this chance at least, and so many times that of the next


class Row(Model):
    """One act, in some contexts."""

    act: Text
    where: tuple[Where, ...] = ()  # empty: everywhere
    whole: tuple[Text, ...] = ()
    strong: tuple[Text, ...] = ()
    never: tuple[Text, ...] = ()
    about: Literal["", "fields", "earlier"] = ""  # what the line may name: what to change, what to go on with


class Acts(Model):
    """The tables of `acts.toml`."""

    light: str  # words that count for nothing in how much of a line an act is
    sets: Mapping[str, tuple[Text, ...]]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Act:
    """A line does something."""

    act: str  # "thanks", "change", "go-on", "stop" ...
    chance: float  # 0..1
    target: str = ""  # value of what it is done to, where one is named
    rest: str = ""  # what else the line says, as typed


@cache
def load(path: Path = DEFAULT) -> Acts:
    """Reads `acts.toml`; raises BadDataFile."""
    return read(path, Acts)


def acts(
    text: str, where: Sequence[Where] = (), fields: Sequence[Option] = (), earlier: Sequence[Option] = ()
) -> tuple[Act, ...]:
    """What a line does, likeliest first. `fields` can be changed, `earlier` can be gone on with."""
    targets = {"": (), "fields": fields, "earlier": earlier}
    typed = line(text)
    found: dict[int, dict[str, list[Match]]] = {}
    for match in _phrases().matches(typed):
        place, _, how = match.kind.partition(":")
        found.setdefault(int(place), {}).setdefault(how, []).append(match)
    given: dict[str, Act] = {}
    for number, said in found.items():
        row = load().rows[number]
        if "never" in said or (row.where and not set(row.where) & set(where)):
            continue
        done = _act(row, said, typed, targets[row.about])
        if done and (row.act not in given or given[row.act].chance < done.chance):
            given[row.act] = done
    return tuple(sorted(given.values(), key=lambda each: (-each.chance, _place(each.act))))


def _act(row: Row, said: Mapping[str, list[Match]], typed: Line, targets: Sequence[Option]) -> Act | None:
    matches = [*said.get("whole", ()), *said.get("strong", ())]
    covered, rest = _covered(typed, matches)
    chance = _chance(covered, "strong" in said)
    if not chance:
        return None
    target = _named(typed.text, targets) if row.about else ""
    return Act(row.act, WHOLE if target else chance, target, rest)


def _chance(covered: float, is_strong: bool) -> float:
    """What it is worth that these phrases cover that part of a line; 0 is nothing."""
    if covered >= MOST:
        return WHOLE
    return 0.0 if not is_strong else STRONG if covered >= SOME else PART


def _covered(typed: Line, matches: Sequence[Match]) -> tuple[float, str]:
    """The part of the words of weight that the matches cover, and the others."""
    at, covered, total, rest = 0, 0, 0, []
    for word in typed.words:
        inside = any(match.start <= at < match.end for match in matches)
        if inside or word.typed not in _light():
            total += 1
            covered += inside
        if not inside:
            rest.append(word.shown)
        at += len(word.typed) + 1
    return covered / max(total, 1), " ".join(filter(None, rest))


def _named(text: str, targets: Sequence[Option]) -> str:
    """The value of the target that a line names; empty for none, or for more than one."""
    if not targets:
        return ""
    found = answers(text, Question(tuple(targets)))
    likely = found if isinstance(found, tuple) else ()
    if not likely or likely[0].chance < NAMED:
        return ""
    second = likely[1].chance if len(likely) > 1 else 0.0
    return likely[0].value if likely[0].chance >= AHEAD * second else ""


@cache
def _phrases() -> Phrases:
    known = load()
    pairs = [
        (f"{number}:{how}", phrase)
        for number, row in enumerate(known.rows)
        for how in ("whole", "strong", "never")
        for phrase in getattr(row, how)
    ]
    return Phrases(pairs, known.sets)


@cache
def _light() -> frozenset[str]:
    return forms(load().light)


@cache
def _order() -> Mapping[str, int]:
    return {row.act: place for place, row in reversed(list(enumerate(load().rows)))}


def _place(act: str) -> int:
    return _order()[act]
