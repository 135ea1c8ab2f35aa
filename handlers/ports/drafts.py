"""Drafts of forms as the conversation sees them, and the port through which they are found."""

from dataclasses import dataclass
from typing import Protocol

from knowledge.intake.interview import Interview


@dataclass(frozen=True)
class Draft:
    """A form that somebody is filling in, or has filled in."""

    code: str  # desk code, eight letters of Crockford's base32: "7K3F92QX"
    form: str  # "khai-sinh"
    interview: Interview = Interview()
    version: int = 0  # 0: not stored yet; two editors never overwrite each other
    procedure: str = ""  # national code of the procedure it is for; "": none of ours
    printed: bool = False  # the paper was made at least once: it is kept longer from then on


def shown_code(code: str) -> str:
    """A desk code as people read it: "HS-7K3F-92QX"."""
    return f"HS-{code[:4]}-{code[4:]}"


class Drafts(Protocol):
    """Where drafts are found. Synchronous."""

    def new_code(self) -> str:
        """A desk code that nobody can guess (40 bits)."""

    def find(self, code: str) -> Draft | None:
        """The draft with that code; None if there is none or it has expired."""

    def is_of(self, code: str, person: str) -> bool | None:
        """Whether this person began it; None where that was not kept, or there is no such draft."""


class PassingDrafts:
    """Drafts of one talk that nothing outlives, in memory."""

    def __init__(self) -> None:
        self._drafts: dict[str, Draft] = {}

    def new_code(self) -> str:
        """One that is new to this talk."""
        return f"{len(self._drafts) + 1:08}"

    def find(self, code: str) -> Draft | None:
        """The draft with that code."""
        return self._drafts.get(code)

    def is_of(self, code: str, person: str) -> bool | None:
        """Nobody else talks here."""
        return True if code in self._drafts else None

    def keep(self, draft: Draft) -> None:
        """Keeps it as it is now."""
        self._drafts[draft.code] = draft

    def drop(self, code: str) -> None:
        """Forgets it."""
        self._drafts.pop(code, None)
