"""Danger that a line tells of: which help is to be named before anything else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import IGNORECASE
from re import compile as pattern
from typing import Literal, NamedTuple

from pydantic import Field

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read
from knowledge.reading import worry
from knowledge.reading.phrases import Match, Phrases
from knowledge.reading.words import Line, line

DEFAULT = Path(__file__).with_name("danger.toml")
FIRST = "suicide"  # before whatever led to it
ENOUGH = 2  # from here on a line is danger
MOST_HINTS = 3  # that add up
UNFORESEEN, FEWEST = 0.5, 5  # score, and number of words, from which a line is danger that no phrase says
CALM = -2.0  # score under which a line without marks is none, whatever its bare words could say: "9 so con"
UNEASY = -0.8  # score from which on a line that nobody understands may be danger
Weight = Literal["sure", "likely", "hints", "never", "now", "paper", "past", "law"]
WEIGHTS: Mapping[str, int] = {
    "sure": 4,
    "likely": 3,
    "hints": 1,
    "now": 1,
    "paper": -2,
    "past": -2,
    "law": -3,
}

# An address that looks like an office's and is not one.
_FALSE_SITE = pattern(r"(?:[\w-]*(?:vneid|dichvucong|chinhphu|bocongan|gov)[\w-]*)(?:\.[\w-]+)+", IGNORECASE)
_OFFICIAL = pattern(r"(?:\A|\.)(?:gov\.vn|vneid\.gov\.vn)\Z", IGNORECASE)


class HelpLine(Model):
    """A number that is no emergency number of the state."""

    id: Slug
    number: Text
    name: Text
    hours: Text | None = None  # None: always
    source: Text


class Kind(Model):
    """One kind of danger and how people tell of it."""

    id: Slug
    calls: tuple[Slug, ...] = Field(
        min_length=1
    )  # emergencies of the office, or lines of this file; best first
    offers: tuple[Text, ...] = ()  # codes of procedures for when one is safe
    tells_of_papers: bool = False  # papers do not speak against it: frauds are about papers
    sure: tuple[Text, ...]
    likely: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    now: tuple[Text, ...] = ()  # urgency of this kind
    after: tuple[Text, ...] = ()  # what is said once the danger was answered
    never: tuple[Text, ...] = ()


class Weigh(Model):
    """What makes a danger of any kind more or less likely."""

    now: tuple[Text, ...]
    after: tuple[Text, ...]
    paper: tuple[Text, ...]
    past: tuple[Text, ...]
    law: tuple[Text, ...]
    never: tuple[Text, ...]


class Dangers(DataFile):
    """All kinds, the first of equally likely ones first."""

    lines: tuple[HelpLine, ...]
    sets: Mapping[Slug, tuple[Text, ...]]
    weigh: Weigh
    kinds: tuple[Kind, ...]

    def problems(self) -> Iterator[str]:
        """What stands twice."""
        yield from duplicates("kind", [kind.id for kind in self.kinds])
        yield from duplicates("line", [each.id for each in self.lines])


@dataclass(frozen=True)
class Danger:
    """A line tells of danger."""

    kind: str  # "fire", "crime", "home", "child", "medical", "suicide", "rescue", "fraud"
    also: tuple[str, ...] = ()  # other kinds that the line tells of
    is_sure: bool = False  # else an answer to an open question may say the same
    said: str = ""  # the phrase of the data that was heard; empty where only the words sound like it
    is_now: bool = False  # the line cries for help, or says that it happens now


@cache
def load(path: Path = DEFAULT) -> Dangers:
    """Reads `danger.toml`; raises BadDataFile."""
    return read(path, Dangers)


def danger(text: str, is_english: bool = False) -> Danger | None:
    """The danger that a typed text tells of; None for none."""
    return heard(line(text), text, is_english)


def heard(typed: Line, text: str, is_english: bool = False) -> Danger | None:
    """The same for a line that is already read; `text` is looked through for addresses of false sites.

    A line in English says no Vietnamese phrase without its marks: "lost" is no "lọt".
    """
    said = _said(typed, only_literally=is_english)
    worth = _worth(said)
    if not typed.is_marked and not is_english and worry.score(typed) < CALM:  # frauds sound calm
        worth = {kind: each for kind, each in worth.items() if kind in _about_papers()}
    if _names_false_site(text):
        worth["fraud"] = _Worth(WEIGHTS["sure"], True, "false site")
    order = [kind.id for kind in load().kinds]
    found = sorted(
        (kind for kind in worth if worth[kind].weight >= ENOUGH),
        key=lambda kind: (kind != FIRST, -worth[kind].weight, order.index(kind)),
    )
    if not found:
        return _unforeseen(typed, said, worth)
    first = worth[found[0]]
    is_now = any("now" in said.get(kind, {}) for kind in ("", found[0]))
    return Danger(found[0], tuple(found[1:]), first.is_sure, first.phrase, is_now)


def worries(typed: Line) -> bool:
    """Whether something in a line may be danger, too weak to be taken for it."""
    has_hint = any(worth.weight >= WEIGHTS["hints"] for worth in _worth(_said(typed)).values())
    return has_hint or len(typed.words) >= FEWEST and worry.score(typed) >= UNEASY


def follows(kind: str, typed: Line) -> bool:
    """Whether a line goes on about a danger of that kind that was just answered."""
    return not {kind, ""}.isdisjoint(_after().kinds(typed))


class _Worth(NamedTuple):
    """What speaks for one kind."""

    weight: int
    is_sure: bool
    phrase: str  # that says most


Said = Mapping[str, Mapping[str, Sequence[Match]]]  # what was heard by kind, "" for any, and weight


def _unforeseen(typed: Line, said: Said, worth: Mapping[str, _Worth]) -> Danger | None:
    """What only the words sound like; the kind that a phrase hints at goes first."""
    if len(typed.words) < FEWEST or said.get("", {}).keys() - {"now"} or worry.score(typed) < UNFORESEEN:
        return None
    hinted = sorted((kind for kind in worth if worth[kind].weight > 0), key=lambda kind: -worth[kind].weight)
    first, second = list(dict.fromkeys((*hinted[:1], *worry.kinds(typed))))[:2]
    return Danger(first, (second,))


def _said(typed: Line, only_literally: bool = False) -> Said:
    said: dict[str, dict[str, list[Match]]] = {}
    for match in _phrases().matches(typed):
        if only_literally and not match.is_literal:
            continue
        kind, _, weight = match.kind.partition(":")
        if typed.is_marked or weight != "hints" or " " in match.phrase:  # one bare word may be any other
            said.setdefault(kind, {}).setdefault(weight, []).append(match)
    return said


def _worth(said: Said) -> dict[str, _Worth]:
    """What speaks for each kind."""
    common = said.get("", {})
    if "never" in common:
        return {}
    against = {kind: _against(kind, common) for kind in said if kind}
    return {
        kind: _Worth(
            _strength(own, common) + against[kind],
            "sure" in own and not against[kind],
            _strongest(own)[0].phrase,
        )
        for kind, own in said.items()
        if kind and "never" not in own and _strongest(own)
    }


def _against(kind: str, common: Mapping[str, Sequence[Match]]) -> int:
    """What papers, the past and the law take away."""
    ignored = ("now", "paper") if kind in _about_papers() else ("now",)
    return sum(WEIGHTS[weight] for weight in common if weight not in ignored)


@cache
def _about_papers() -> frozenset[str]:
    return frozenset(kind.id for kind in load().kinds if kind.tells_of_papers)


def _strongest(own: Mapping[str, Sequence[Match]]) -> Sequence[Match]:
    return own.get("sure") or own.get("likely") or own.get("hints") or []


def _strength(own: Mapping[str, Sequence[Match]], common: Mapping[str, Sequence[Match]]) -> int:
    """The strongest phrase of a kind, and urgency; hints alone add up."""
    urgent = WEIGHTS["now"] * ("now" in own or "now" in common)
    hints = min(_apart(own.get("hints", ())), MOST_HINTS) * WEIGHTS["hints"]
    return urgent + max(hints, *(WEIGHTS[weight] for weight in ("sure", "likely") if weight in own), 0)


def _apart(hints: Sequence[Match]) -> int:
    """How many hints stand beside each other: what two phrases hear in the same words counts once."""
    apart, end = 0, -1
    for hint in sorted(hints, key=lambda each: each.end):
        if hint.start >= end:
            apart, end = apart + 1, hint.end
    return apart


@cache
def _phrases() -> Phrases:
    """Phrases of `kind:weight`; without a kind those of any danger."""
    known = load()
    common = known.weigh.model_dump(exclude={"after"})
    pairs = [(f":{weight}", phrase) for weight, phrases in common.items() for phrase in phrases]
    for kind in known.kinds:
        for weight in ("sure", "likely", "hints", "now", "never"):
            pairs += [(f"{kind.id}:{weight}", phrase) for phrase in getattr(kind, weight)]
    return Phrases(pairs, known.sets)


@cache
def _after() -> Phrases:
    """What is said after a danger was answered, by kind; "" for any."""
    known = load()
    pairs = [("", phrase) for phrase in known.weigh.after]
    return Phrases(pairs + [(kind.id, phrase) for kind in known.kinds for phrase in kind.after], known.sets)


def _names_false_site(text: str) -> bool:
    return any(not _OFFICIAL.search(found.group()) for found in _FALSE_SITE.finditer(text))
