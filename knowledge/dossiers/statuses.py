"""The ten national states of a dossier, and the names that other systems have for them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from knowledge.datafile import DataFile, Model, Text, duplicates, read
from knowledge.text import plain

DEFAULT = Path(__file__).with_name("statuses.toml")

Phase = Literal["received", "in_work", "done", "handed_over", "ended"]  # ended: without a result
WAY: tuple[Phase, ...] = get_args(Phase)[:4]  # the picture of the way; `ended` leaves it
OVER: tuple[Phase, ...] = ("handed_over", "ended")


class State(Model):
    """One state of the national list."""

    code: int = Field(ge=1, le=10)
    name: Text  # of the national list
    phase: Phase
    acts: bool = False  # whether nothing moves until the citizen does something
    meaning: Text  # one or two sentences to the citizen
    next: Text  # what to do now
    also: tuple[Text, ...] = ()  # what other systems call it

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected to happen to the dossier."""
        return self.phase in OVER


class Statuses(DataFile):
    """All states, 1 to 10."""

    states: tuple[State, ...]

    @property
    def by_name(self) -> Mapping[str, State]:
        """Every state by its number and by its names, plain."""
        return {name: state for state in self.states for name in (str(state.code), *_plain_names(state))}

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        if [state.code for state in self.states] != list(range(1, 11)):
            yield "states: codes must be 1 to 10 in order"
        yield from duplicates("name", (name for state in self.states for name in _plain_names(state)))
        yield from (f"{s.name}: what is over cannot wait" for s in self.states if s.acts and s.is_over)


def load(path: Path = DEFAULT) -> Statuses:
    """Reads the states; raises BadDataFile with all problems at once."""
    return read(path, Statuses)


def state_of(raw: str) -> State | None:
    """The state by its national number or by a known name, whatever its capitals and tone marks; else None.

    Only for numbers of the national list: some systems have their own, with 6 for "đã bổ sung".
    """
    name = plain(raw)
    return _known().get(name.lstrip("0") if name.isdecimal() else name)


@cache
def _known() -> Mapping[str, State]:
    return load().by_name


def _plain_names(state: State) -> list[str]:
    return [plain(name) for name in (state.name, *state.also)]
