"""Reads one TOML data file into its model, and tells every problem at once."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self, TypeVar

from pydantic import ValidationError, model_validator

from knowledge.procedures.catalogue import Model
from knowledge.procedures.loading import BadCatalogue, not_nfc, told

M = TypeVar("M", bound=Model)


class Whole(Model):
    """What a data file holds, with rules between its parts."""

    def faults(self) -> Iterator[str]:
        """A line for each rule that is broken."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        problems = list(self.faults())
        if problems:
            raise ValueError("; ".join(problems))
        return self


def read(path: Path, model: type[M]) -> M:
    """The file as that model; raises BadCatalogue with file, key and value of every problem."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadCatalogue([f"{path.name}: {error}"]) from error
    problems = [f"{path.name}: {where}: not NFC" for where in not_nfc(raw)]
    try:
        loaded = model.model_validate(raw)
    except ValidationError as error:
        raise BadCatalogue(problems + [f"{path.name}: {line}" for line in told(error, raw)]) from error
    if problems:
        raise BadCatalogue(problems)
    return loaded


def doubles(kind: str, names: Iterable[str]) -> Iterator[str]:
    """A line for each name that stands twice, whatever its capitals."""
    counts = Counter(name.casefold() for name in names)
    return (f"{kind} {name!r} stands {n} times" for name, n in counts.items() if n > 1)
