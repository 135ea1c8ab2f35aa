"""Life events: what happens to people, and the procedures that follow from it, in their order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read

DEFAULT = Path(__file__).with_name("life_events.toml")


class Step(Model):
    """One thing to do: a procedure of ours, or an entry of what others do."""

    code: str | None = None  # national code of the procedure
    elsewhere: Slug | None = None  # id in elsewhere.toml
    when: Text | None = None  # who needs it: "Người mất từng đăng ký thường trú"

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.code is None) == (self.elsewhere is None):
            raise ValueError("a step has either code or elsewhere")
        return self


class Event(Model):
    """One life event."""

    id: Slug
    name: Text  # "Người thân mới mất"
    intro: Text  # one sentence to the person
    asks: tuple[Text, ...] = Field(min_length=5)
    steps: tuple[Step, ...] = Field(min_length=2)  # in the order in which they are done


class Events(DataFile):
    """All life events."""

    events: tuple[Event, ...]

    def event(self, event_id: str) -> Event:
        """The event with that id; raises KeyError."""
        return {e.id: e for e in self.events}[event_id]

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        yield from duplicates("event", [e.id for e in self.events])
        yield from duplicates("ask", [ask for e in self.events for ask in e.asks])


def load(path: Path = DEFAULT) -> Events:
    """Reads the events; raises BadDataFile with all problems at once."""
    return read(path, Events)
