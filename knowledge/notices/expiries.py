"""Papers that expire: what we can remind of, and the procedure that renews them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read

DEFAULT = Path(__file__).with_name("expiries.toml")
OTHER = "khac"  # the kind for papers that the file does not name


class Kind(Model):
    """One kind of paper."""

    id: Slug
    name: Text  # within a sentence: "giấy phép xây dựng"
    renewal: Annotated[str, StringConstraints(pattern=r"^\d\.\d{6}$")] | None = None  # national code


class Expiries(DataFile):
    """All kinds, and how long before the end we remind."""

    days_before: tuple[int, ...] = Field(min_length=1)  # longest first
    kinds: tuple[Kind, ...]

    def kind(self, kind_id: str) -> Kind:
        """The kind with that id, else the kind for other papers."""
        known = {kind.id: kind for kind in self.kinds}
        return known.get(kind_id, known[OTHER])

    def reached(self, expires_on: date, today: date) -> int | None:
        """The last of `days_before` that has been reached; None before the first, and once it has expired."""
        left = (expires_on - today).days
        return min((days for days in self.days_before if 0 <= left <= days), default=None)

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        yield from duplicates("kind", [kind.id for kind in self.kinds])
        if OTHER not in {kind.id for kind in self.kinds}:
            yield f"kind {OTHER} is missing"
        if tuple(sorted(set(self.days_before), reverse=True)) != self.days_before:
            yield "days_before: longest first, each once"


def load(path: Path = DEFAULT) -> Expiries:
    """Reads the kinds; raises BadDataFile with all problems at once."""
    return read(path, Expiries)
