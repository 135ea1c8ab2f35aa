"""Whether a typed line looks like what a blank of a form asks for, and what of it is the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.reading.acts import acts
from knowledge.reading.answers.answers import unsureness
from knowledge.reading.phrases import Phrases
from knowledge.reading.shape.cut import cut, form, load
from knowledge.reading.shape.syllables import is_vietnamese
from knowledge.reading.words import Line, Word, forms, line, tables, words
from knowledge.text import is_syllable

Kind = Literal["name", "place", "id_number", "phone", "date", "number", "text"]
Why = Literal[
    "", "question", "unknown", "not-yet", "wait", "command", "no-name", "no-place", "no-number", "no-date"
]
Doubt = Literal["no-marks", "one-word", "no-family"]

LONGEST_NAME = 20  # words
WAITING = ("wait",)
COMMANDS = (
    "back",
    "change",
    "skip",
    "later",
    "leave",
    "go-on",
    "human",
    "erase",
    "repeat",
    "menu",
    "stop",
    "print",
)
SOCIAL = (
    "thanks",
    "ok",
    "greeting",
    "bye",
    "help",
    "who",
    "complaint",
    "simpler",
    "shorter",
    "privacy",
    "queue",
)
FEW = 8  # words of a line that says no more than that there is nothing to tell
ACTED = 0.6  # chance from which on a line does something instead
_FIGURE = re.compile(r"\d[\d .\-/]*\d|\d")
_PARTS = re.compile(r"[,;.!]|\bchứ\b|\bchớ\b|\bmới (?:đúng|phải)\b", re.I)
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’ʼ`´][^\W\d_]+)*")


@dataclass(frozen=True)
class Shape:
    """What a line is, seen as an answer to a blank."""

    fits: bool
    value: str  # the part that answers, as typed; empty if it does not fit
    why: Why = ""  # what it is instead
    doubts: tuple[Doubt, ...] = ()  # of a name that fits: ask whether it is right


def shape(text: str, kind: Kind) -> Shape:
    """How a line fits a blank of that kind."""
    typed = line(text)
    if kind == "name":
        return _as_name(text, typed)
    why = _instead(text, typed)
    if kind == "date" and why == "unknown" and any(c.isdigit() for c in text):  # "hình như năm 1960"
        return Shape(True, cut(text))
    if kind in ("id_number", "phone", "number"):
        figure = _FIGURE.search(text)
        return Shape(True, figure.group().strip(" .-/")) if figure else Shape(False, "", why or "no-number")
    if why:
        return Shape(False, "", why)
    if kind == "date" and not _names_day(cut(text)):
        return Shape(False, "", "no-date")
    return Shape(True, cut(text)) if kind in ("text", "date") else _as_place(text, typed)


def _as_name(text: str, typed: Line) -> Shape:
    answer = cut(text)
    said = _WORD.findall(answer)
    if _is_name(said, answer) and not _no_thing().says(typed):
        return Shape(True, answer, "", _doubts(said))
    why = _instead(text, typed)
    inside = _name_inside(text) if why in ("", "command") else ""
    return Shape(True, inside) if inside else Shape(False, "", why or "no-name")


def _name_inside(text: str) -> str:
    """The one part of a longer line that is surely a name: "nhầm rồi, Trần Thị Duyến, có dấu sắc"."""
    parts = (cut(part) for part in _PARTS.split(text) if part.strip())
    names = [part for part in parts if _is_whole_name(_WORD.findall(part), part)]
    return names[0] if len(names) == 1 else ""


def _is_whole_name(said: Sequence[str], part: str) -> bool:
    capitals = len(said) > 1 and all(each[:1].isupper() for each in said)
    return (
        capitals
        and not all(each.isascii() for each in said)
        and _is_family(said[0], is_bare=False)
        and _is_name(said, part)
    )


def _as_place(text: str, typed: Line) -> Shape:
    """A place has a word for one, a number, or capitals; a single small word is none."""
    answer = cut(text)
    said = words(answer)
    capitals = any(each[:1].isupper() for each in answer.split())
    named = any(word.typed in _spelt("places") or _is_bare_place(word, typed) for word in said)
    fits = bool(said) and (capitals or named or any(c.isdigit() for c in answer)) and not _is_social(text)
    return Shape(True, answer) if fits else Shape(False, "", "no-place")


def _names_day(answer: str) -> bool:
    """Whether an answer has a figure or a word for a day; people spell many out."""
    typed = line(answer)
    return any(c.isdigit() for c in answer) or any(
        word.typed in _spelt("days") or (not typed.is_marked and word.folded in _folded("days"))
        for word in typed.words
    )


def _is_bare_place(word: Word, typed: Line) -> bool:
    return not typed.is_marked and word.folded in _folded("places")


def _instead(text: str, typed: Line) -> Why:
    """What a line does that answers no blank; empty if nothing shows."""
    if _not_yet().says(typed) or (len(typed.words) <= FEW and _none().says(typed)):
        return "not-yet"
    if _waits().says(typed):
        return "wait"
    done = [act.act for act in acts(text, ("form", "question")) if act.chance >= ACTED]
    if done and done[0] in WAITING:
        return "wait"
    if "?" in text or _asks().says(typed):
        return "question"
    if unsureness(text):
        return "unknown"
    return "command" if done and done[0] in COMMANDS else ""


def _is_social(text: str) -> bool:
    return any(act.chance >= ACTED and act.act in SOCIAL for act in acts(text))


def _is_name(said: Sequence[str], answer: str) -> bool:
    if not said or len(said) > LONGEST_NAME or any(c.isdigit() for c in answer) or "?" in answer:
        return False
    capitals = all(each[:1].isupper() for each in said)
    bare = all(each.isascii() for each in said)
    strange = [each for each in said if form(each) in _spelt("no_name")]
    if len(said) > 1 and _is_family(said[0], bare) and (capitals or form(said[1]) in _spelt("middles")):
        return not strange or capitals
    if strange or len(said) == 1:
        return len(said) == 1 and "'" in answer.replace("’", "'") and capitals
    return capitals or (_is_usual(said[0], bare) and _last_is_plain(said))


def _last_is_plain(said: Sequence[str]) -> bool:
    """Small letters: all words must be able to be names."""
    address = forms(" ".join(each for each in tables().address.each if each not in ("anh", "em", "bé")))
    return all(_is_syllable(each) and form(each) not in address for each in said[1:])


def _is_syllable(word: str) -> bool:
    """Whether it is one as typed, or one whose marks may have been left out."""
    return is_vietnamese(word) or (word.isascii() and is_syllable(word.lower()))


def _doubts(said: Sequence[str]) -> tuple[Doubt, ...]:
    found: list[Doubt] = []
    if all(each.isascii() for each in said) and not _is_marked_family(said[0]) and _could_be_marked(said):
        found.append("no-marks")
    if len(said) == 1 and "'" not in said[0]:
        found.append("one-word")
    if not any(_is_family(each, is_bare=True) for each in said):
        found.append("no-family")
    return tuple(found)


def _could_be_marked(said: Sequence[str]) -> bool:
    """Whether bare words are Vietnamese ones: a family's, a middle name's, or syllables all of them."""
    return _is_family(said[0], is_bare=True) or all(_is_syllable(each) for each in said)


def _is_family(word: str, is_bare: bool) -> bool:
    """Whether a word is a family; `is_bare` tells whether the writer left out all marks."""
    family = form(word.lower().strip("'’ʼ"))
    if family in _spelt("usual") | _spelt("surnames"):
        return True
    return is_bare and family in _folded("usual") | _folded("surnames")


def _is_usual(word: str, is_bare: bool) -> bool:
    family = form(word.lower())
    return family in _spelt("usual") or (is_bare and family in _folded("usual"))


def _is_marked_family(word: str) -> bool:
    """Whether a bare word is a family that has no mark: "Cao", "Mai"."""
    return form(word.lower()) in _spelt("usual") | _spelt("surnames")


@cache
def _spelt(table: str) -> frozenset[str]:
    return forms(str(getattr(load(), table)).replace("_", " "))


@cache
def _folded(table: str) -> frozenset[str]:
    return frozenset(word.folded for word in words(str(getattr(load(), table)).replace("_", " ")))


@cache
def _waits() -> Phrases:
    return Phrases(("wait", phrase) for phrase in load().wait)


@cache
def _not_yet() -> Phrases:
    return Phrases(("not-yet", phrase) for phrase in load().not_yet)


@cache
def _none() -> Phrases:
    return Phrases(("none", phrase) for phrase in load().none)


@cache
def _asks() -> Phrases:
    return Phrases(("asks", phrase) for phrase in load().asks)


@cache
def _no_thing() -> Phrases:
    return Phrases(("none", phrase) for phrase in load().no_thing)
