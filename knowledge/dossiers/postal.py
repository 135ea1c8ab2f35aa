"""Tracking codes of the post (UPU S10) and the states of a result that travels by post."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from knowledge.datafile import DataFile, Model, Text, duplicates, read
from knowledge.text import plain, tidy

DEFAULT = Path(__file__).with_name("postal.toml")
WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)  # of the eight digits before the check digit

Id = Literal["posted", "in-transit", "delivered", "came-back"]
IDS: tuple[Id, ...] = get_args(Id)
BadReason = Literal["shape", "check_digit"]
BAD_REASONS: tuple[BadReason, ...] = get_args(BadReason)


@dataclass(frozen=True)
class Tracking:
    """A tracking code whose check digit is right."""

    code: str  # "EE123456785VN"
    service: str  # "EE"
    serial: str  # eight digits
    country: str  # "VN"


@dataclass(frozen=True)
class BadTracking:
    """What is no S10 code; the domestic post may use other numbers too, so it can still be one of theirs."""

    reason: BadReason


class State(Model):
    """One state of a result in the post."""

    id: Id
    name: Text
    meaning: Text  # one sentence to the citizen
    next: Text  # what to do now
    also: tuple[Text, ...] = ()  # what other systems call it


class States(DataFile):
    """The states, in the order of the way."""

    states: tuple[State, ...]

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        ids = [state.id for state in self.states]
        yield from (f"state {i} is missing" for i in IDS if i not in ids)
        yield from duplicates("name", (plain(n) for s in self.states for n in (s.id, s.name, *s.also)))


def parse(text: str) -> Tracking | BadTracking:
    """A code as typed: small letters, spaces, dashes and dots, O for 0 and I or L for 1 among its digits."""
    typed = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", tidy(text)).upper())
    found = re.fullmatch(r"([A-Z]{2})([0-9OIL]{8})([0-9OIL])([A-Z]{2})", typed)
    if not found:
        return BadTracking("shape")
    service, serial, check, country = (found[1], _digits(found[2]), _digits(found[3]), found[4])
    if int(check) != check_digit(serial):
        return BadTracking("check_digit")
    return Tracking(f"{service}{serial}{check}{country}", service, serial, country)


def check_digit(serial: str) -> int:
    """The ninth digit that belongs to eight; 5 stands for two rests, so it misses a few wrong digits."""
    rest = 11 - sum(int(d) * w for d, w in zip(serial, WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def load(path: Path = DEFAULT) -> States:
    """Reads the states; raises BadDataFile with all problems at once."""
    return read(path, States)


def state_of(raw: str) -> State | None:
    """The state by its id or by any name that the file knows, however it is spelt; None for another."""
    return _by_name().get(plain(raw))


@cache
def _by_name() -> dict[str, State]:
    return {plain(name): state for state in load().states for name in (state.id, state.name, *state.also)}


def _digits(typed: str) -> str:
    return typed.translate(str.maketrans("OIL", "011"))
