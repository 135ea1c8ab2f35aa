"""Drafts of forms as the conversation sees them, and the port through which they are found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Draft:
    """A form that somebody is filling in, or has filled in."""

    code: str  # desk code, eight letters of Crockford's base32: "7K3F92QX"
    form: str  # "khai-sinh"
    answers: Mapping[str, str] = field(default_factory=dict)  # as knowledge.intake keeps them
    version: int = 0  # 0: not stored yet; two editors never overwrite each other
    printed: bool = False  # the paper was made at least once


class Drafts(Protocol):
    """Where drafts are found. Synchronous."""

    def new_code(self) -> str:
        """A desk code that nobody can guess (40 bits)."""

    def find(self, code: str) -> Draft | None:
        """The draft with that code; None if there is none or it has expired."""


class NoDrafts:
    """A house without a database: nothing is kept."""

    def new_code(self) -> str:
        """Always the same."""
        return "00000000"

    def find(self, code: str) -> Draft | None:
        """None."""
        return None
