"""Reads TOML data files into their models, and tells every problem at once."""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,24}$")]  # `a:CODE:CASE:VALUE` fits 64 bytes
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class BadDataFile(Exception):
    """A data file that cannot be used; `problems` name file, key and value, one a line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Model(BaseModel):
    """A frozen table of a data file; a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Dated(Model):
    """Something that holds from one day to another, both included; None is open."""

    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


M = TypeVar("M", bound=Model)


class DataFile(Model):
    """What a data file holds, with rules between its parts."""

    def problems(self) -> Iterator[str]:
        """A line for each rule that is broken."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        found = list(self.problems())
        if found:
            raise ValueError("; ".join(found))
        return self


def _unchanged(_raw: dict[str, Any]) -> Iterator[str]:
    return iter(())


def read(path: Path, model: type[M], prepare: Callable[[dict[str, Any]], Iterable[str]] = _unchanged) -> M:
    """The file as that model; `prepare` may rewrite what was read, and tells what is wrong with it.

    Raises BadDataFile with file, key and value of every problem.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadDataFile([f"{path.name}: {error}"]) from error
    problems = [f"{path.name}: {where}: not NFC" for where in not_nfc(raw)]
    problems += [f"{path.name}: {line}" for line in prepare(raw)]
    try:
        loaded = model.model_validate(raw)
    except ValidationError as error:
        raise BadDataFile(problems + [f"{path.name}: {line}" for line in describe(error, raw)]) from error
    if problems:
        raise BadDataFile(problems)
    return loaded


def duplicates(kind: str, names: Iterable[str]) -> Iterator[str]:
    """A line for each name that stands twice, whatever its capitals."""
    counts = Counter(name.casefold() for name in names)
    return (f"{kind} {name!r} stands {n} times" for name, n in counts.items() if n > 1)


def describe(error: ValidationError, raw: object) -> Iterator[str]:
    """One line a problem: the keys that lead to it (with code or id), what is wrong, and the value."""
    for problem in error.errors():
        steps, here = [], raw
        for step in problem["loc"]:
            here = _inside(here, step)
            name = (here.get("code") or here.get("id")) if isinstance(here, dict) else None
            steps.append(f"{step}({name})" if name else str(step))
        yield f"{'.'.join(steps)}: {problem['msg']} (value {str(problem['input'])[:60]!r})"


def _inside(here: object, step: int | str) -> object:
    if isinstance(here, dict):
        return here.get(step)
    return here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else None


def not_nfc(raw: object, where: str = "") -> Iterator[str]:
    """Keys of all texts in a loaded data file that are not in Unicode's composed form."""
    if isinstance(raw, str) and not unicodedata.is_normalized("NFC", raw):
        yield where
    items = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in items:
        yield from not_nfc(value, f"{where}.{key}" if where else str(key))
