"""The part of a typed line that answers a blank: without politeness and without what leads to it."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from knowledge.datafile import Model, Text, read
from knowledge.reading.words import forms, tables, words

DEFAULT = Path(__file__).with_name("shape.toml")
BEFORE = 6  # words that may stand before a lead
# Politeness at the end that is no part of a name: many other small words are (An, My, Con).
TAILS = "ạ nha nhá nhé nhe nhen nghen ghen hen nè nì á à đó đấy vậy thôi luôn"


class Shapes(Model):
    """The tables of `shape.toml`."""

    usual: str
    surnames: str
    middles: str
    no_name: str
    lead: tuple[Text, ...]
    places: str
    days: str
    wait: tuple[Text, ...]
    not_yet: tuple[Text, ...]
    none: tuple[Text, ...]
    asks: tuple[Text, ...]
    no_thing: tuple[Text, ...]
    wrong: tuple[Text, ...]


@cache
def load(path: Path = DEFAULT) -> Shapes:
    """Reads `shape.toml`; raises BadDataFile."""
    return read(path, Shapes)


def cut(text: str) -> str:
    """The text without politeness around it and without what leads to the answer."""
    left = re.sub(r"\s+", " ", text).strip(' .,;:!\n"“”')
    left = _after_lead(left)
    pieces = left.split()
    while len(pieces) > 1 and form(pieces[0].strip(",")) in _spelt_polite():
        pieces = pieces[1:]
    while len(pieces) > 1 and _is_tail(pieces):
        pieces = pieces[:-1]
    return " ".join(pieces).strip(" .,;:")


def _is_tail(pieces: Sequence[str]) -> bool:
    """Whether the last word is politeness: a particle, or whom a particle addresses ("nha em")."""
    last, before = form(pieces[-1].strip(".,!")), form(pieces[-2].strip(".,!"))
    if last in forms(TAILS) and not pieces[-1][:1].isupper():
        return True
    return last in forms(tables().address.words.replace("_", " ")) and before in forms(
        "nha nhé ạ nghen nè đó"
    )


def _after_lead(text: str) -> str:
    """What follows the last lead within the first words, if it is not all of it."""
    best = 0
    for lead in _leads():
        for found in lead.finditer(text):
            if (
                len(text[: found.start()].split()) <= BEFORE
                and found.end() < len(text)
                and _leads_on(text, found)
            ):
                best = max(best, found.end())
    return text[best:].strip(" :,.-")


def _leads_on(text: str, found: re.Match[str]) -> bool:
    """Whether a lead is one: all before it is small words, none a part of what is asked."""
    before = text[: found.start()].split()
    return found.group().strip().islower() or found.start() == 0 or all(each.islower() for each in before)


@cache
def _leads() -> tuple[re.Pattern[str], ...]:
    each = (rf"(?:(?<=\s)|\A){re.escape(lead)}(?=[\s:])\s*:?" for lead in load().lead)
    return tuple(re.compile(lead, re.IGNORECASE) for lead in each)


def form(word: str) -> str:
    """A single word as lines have it typed, to compare with."""
    spelt = words(word)
    return spelt[0].typed if len(spelt) == 1 else word.lower()


@cache
def _spelt_polite() -> frozenset[str]:
    return forms(f"{tables().address.words} dạ thưa à ừ vâng ok".replace("_", " "))
