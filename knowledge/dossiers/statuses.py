"""The ten national states of a dossier, and the names that other systems have for them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read
from knowledge.text import plain

DEFAULT = Path(__file__).with_name("statuses.toml")

Phase = Literal["received", "in_work", "done", "handed_over", "ended"]  # ended: without a result
WAY: tuple[Phase, ...] = get_args(Phase)[:4]  # the picture of the way; `ended` leaves it
OPEN: tuple[Phase, ...] = ("received", "in_work")
OVER: tuple[Phase, ...] = ("handed_over", "ended")
_NUMBERED = re.compile(r"(\d{1,2})(?:\.0+)?(?:\s*[.):–-]+\s*(\D.*))?", re.ASCII | re.DOTALL)
LOCAL = 100  # letters of a state that the national list does not have


class State(Model):
    """One state of the national list; the keys are told at the head of the file."""

    code: int = Field(ge=1, le=10)
    name: Text  # of the national list
    phase: Phase
    rank: int = Field(ge=0)  # how far on the way; within one rank it may go to and fro
    awaits: Literal["", "papers", "fee"] = ""  # what nothing moves without
    ends: int = Field(default=0, ge=0)  # 1: counts first as the end of processing; 0: not at all
    since: Literal["", "received", "ended", "returned"] = ""  # the date that tells when it came here
    taken_in: bool = True  # whether the desk has taken it in
    notice: Slug | Literal[""] = ""  # the kind that tells of it; "": none
    remedy: Text | Literal[""] = ""  # code of the procedure for who does not agree; "": none
    meaning: Text  # one or two sentences to the citizen
    next: Text  # what to do now
    also: tuple[Text, ...] = ()  # what other systems call it

    @property
    def wire(self) -> str:
        """How it is stored and sent: "1" to "10"."""
        return str(self.code)

    @property
    def acts(self) -> bool:
        """Whether nothing moves until the citizen does something."""
        return self.awaits != ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected to happen to the dossier."""
        return self.phase in OVER

    @property
    def is_open(self) -> bool:
        """Whether there is no result yet."""
        return self.phase in OPEN

    @property
    def in_hand(self) -> bool:
        """Whether it is still, or again, being worked on: a fee may also be asked for when it is done."""
        return self.is_open and self.awaits != "fee"


class Statuses(DataFile):
    """All states, 1 to 10."""

    states: tuple[State, ...]

    @property
    def by_name(self) -> Mapping[str, State]:
        """Every state by its number and by its names, plain."""
        return {name: state for state in self.states for name in (state.wire, *_plain_names(state))}

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        if [state.code for state in self.states] != list(range(1, 11)):
            yield "states: codes must be 1 to 10 in order"
        yield from duplicates("name", (name for state in self.states for name in _plain_names(state)))
        yield from (f"{s.name}: what is over cannot wait" for s in self.states if s.acts and s.is_over)
        yield from (f"{s.name}: what is open ends nothing" for s in self.states if s.ends and s.is_open)
        taken_in = {state.phase for state in self.states if state.taken_in}
        yield from (f"states: none of phase {phase} is taken in" for phase in WAY if phase not in taken_in)


def load(path: Path = DEFAULT) -> Statuses:
    """Reads the states; raises BadDataFile with all problems at once."""
    return read(path, Statuses)


@lru_cache(maxsize=1000)
def state_of(raw: str) -> State | None:
    """The state by its national number or by a known name, whatever its capitals and tone marks; else None.

    Only for numbers of the national list: some systems have their own, with 6 for "đã bổ sung".
    """
    name = plain(raw)
    return _known().get(name.lstrip("0") if name.isdecimal() else name)


def written_at_desk(raw: str) -> State | None:
    """The state that a clerk's table means; None for all else.

    Beside its names: "9.0", "09", "9. Đã xử lý xong" where number and name agree.
    """
    found = _NUMBERED.fullmatch(raw.strip())
    if not found or not found[2]:
        return state_of(found[1] if found else raw)
    numbered, named = state_of(found[1]), state_of(found[2])
    return named if numbered is named else state_of(raw)


def wire(raw: str) -> str:
    """A state as it is stored: the number of the national one, else as it came, cut; "" for nothing."""
    state = state_of(raw)
    return state.wire if state else raw[:LOCAL]


@cache
def first_of(phase: Phase) -> State:
    """The state in which a dossier that the desk has taken in comes to that phase: received, done."""
    return next(state for state in _known().values() if state.phase == phase and state.taken_in)


@cache
def _known() -> Mapping[str, State]:
    return load().by_name


def _plain_names(state: State) -> list[str]:
    return [plain(name) for name in (state.name, *state.also)]
