"""Which state may follow which, where within a state a dossier waits, and why it is late."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import Field

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read
from knowledge.dossiers import postal, statuses
from knowledge.text import plain

DEFAULT = Path(__file__).with_name("moves.toml")


class Move(Model):
    """From where a state of the national list can be reached."""

    to: int = Field(ge=1, le=10)
    from_: tuple[int, ...] = Field(alias="from")
    meant: int = Field(ge=0, le=10)


class PostalMove(Model):
    """From where a state of the post can be reached."""

    to: postal.Id
    from_: tuple[postal.Id | str, ...] = Field(alias="from")
    states: tuple[int, ...]  # in which there is something to send
    meant: postal.Id


class Named(Model):
    """A value that is chosen by its name."""

    id: Slug
    name: Text
    also: tuple[Text, ...] = ()


class Stage(Named):
    """Where within a state a dossier waits."""

    state: int = Field(ge=1, le=10)


class Moves(DataFile):
    """The whole file."""

    moves: tuple[Move, ...]
    post: tuple[PostalMove, ...]
    stages: tuple[Stage, ...]
    causes: tuple[Named, ...]

    def problems(self) -> Iterator[str]:
        """What stands twice or is missing."""
        if [move.to for move in self.moves] != list(range(1, 11)):
            yield "moves: to must be 1 to 10 in order"
        if tuple(move.to for move in self.post) != postal.IDS:
            yield f"post: to must be {', '.join(postal.IDS)} in order"
        for named in (self.stages, self.causes):
            yield from duplicates(
                "name", (plain(n) for each in named for n in (each.id, each.name, *each.also))
            )


class Meant(NamedTuple):
    """A move that cannot be, with the name of the state that is likelier; "" for none."""

    name: str


class Stated(NamedTuple):
    """What somebody's words for a state mean."""

    state: statuses.State
    stage: str  # where within it: an id of moves.toml; "" for none


N = TypeVar("N", bound=Named)


def load(path: Path = DEFAULT) -> Moves:
    """Reads the file; raises BadDataFile with all problems at once."""
    return read(path, Moves)


def impossible(before: str, to: statuses.State) -> Meant | None:
    """Why a dossier in the state `before` does not come to that one; None if it does."""
    here, move = statuses.state_of(before), _known().moves[to.code - 1]
    if here is None or here.code in move.from_:
        return None
    likelier = [n for n in (move.meant,) if n and here.code in _known().moves[n - 1].from_]
    return Meant(statuses.load().states[likelier[0] - 1].name if likelier else "")


def impossible_post(status: str, before: str, to: postal.Id) -> Meant | None:
    """The same for a result in the post; `before` is "" where it never went."""
    move = _known().post[postal.IDS.index(to)]
    here = statuses.state_of(status)
    if here and here.code not in move.states:
        return Meant(statuses.first_of("done").name)
    if before in (*move.from_, to):  # told once more, as with the code that was forgotten
        return None
    meant = _known().post[postal.IDS.index(move.meant)]
    state = postal.state_of(move.meant)
    return Meant(state.name if state and before in meant.from_ else "")


def stated(written: str, own: Mapping[str, str]) -> Stated | None:
    """The state that a table, a message or a clerk means; None if nobody knows the words.

    The office's own words come first: plain words -> number, as a clerk has assigned them once.
    """
    assigned, stage = statuses.state_of(own.get(plain(written), "")), stage_of(written)
    if assigned:
        return Stated(assigned, stage.id if stage and stage.state == assigned.code else "")
    found = statuses.state_of(str(stage.state)) if stage else statuses.written_at_desk(written)
    return Stated(found, stage.id if stage else "") if found else None


def stage_of(raw: str) -> Stage | None:
    """The stage by its id or a name; None for another."""
    return _named(_known().stages, raw)


def cause_of(raw: str) -> Named | None:
    """Why a dossier is late, by its id or a name; None for another."""
    return _named(_known().causes, raw)


def _named(among: tuple[N, ...], raw: str) -> N | None:
    wanted = plain(raw)
    return next((each for each in among if wanted in map(plain, (each.id, each.name, *each.also))), None)


@cache
def _known() -> Moves:
    return load()
