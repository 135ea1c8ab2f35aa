"""What is sealed of a draft: its interview and the procedure it is for, as JSON."""

from typing import NamedTuple

from pydantic_core import from_json, to_json

from handlers.ports.drafts import Draft
from knowledge.intake.interview import Interview, of_bag, restored, stored


class Content(NamedTuple):
    """The part of a draft that is sealed."""

    interview: Interview
    procedure: str


def written(draft: Draft) -> bytes:
    """As it is kept."""
    return to_json({"procedure": draft.procedure, "interview": stored(draft.interview)})


def read(content: bytes) -> Content:
    """What `written` gave, or what was kept before interviews had a version. Raises ValueError."""
    kept = from_json(content)
    interview = restored(kept["interview"]) if "interview" in kept else of_bag(kept["answers"])
    return Content(interview, kept["procedure"])
