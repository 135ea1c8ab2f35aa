"""What an error code of the Official Account API means for the message that was being sent: errors.toml."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from bot.clock import VIETNAM
from bot.outbox.outcomes import Later, Refused

FILE = Path(__file__).parent / "errors.toml"
LATER_S = 20.0
MINUTE_S = 60.0  # Zalo counts calls by the minute; and for a token that somebody has to mend
SETUP_S = 600.0  # somebody of the office has to act first
TOO_MANY = -32
MORNING = timedelta(hours=6, minutes=5)
SPREAD_S = 600.0

Kind = Literal[
    "token", "later", "night", "tomorrow", "upload", "window", "gone", "refused", "payload", "card", "setup"
]  # fmt: skip


@dataclass(frozen=True)
class Meaning:
    """A row of the table."""

    kind: Kind
    do: str  # for the administrator


UNKNOWN = Meaning("refused", "Zalo's table has no such code; tell the developers")


@cache
def load(file: Path = FILE) -> Mapping[int, Meaning]:
    """The table of a host. Raises ValueError for a row that does not fit."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["codes"]
    table = {int(code): Meaning(**row) for code, row in rows.items()}
    if strange := [code for code, meaning in table.items() if meaning.kind not in get_args(Kind)]:
        raise ValueError(f"{file.name}: {strange}: no such kind")
    return table


def meaning(code: int, file: Path = FILE) -> Meaning:
    """What a code means; one that is not known is never tried again."""
    return load(file).get(code, UNKNOWN)


def outcome(code: int, at: datetime, file: Path = FILE) -> Later | Refused:
    """What is to be done with the message."""
    known = meaning(code, file)
    match known.kind:
        case "token":
            return Later(MINUTE_S)
        case "later":
            return Later(MINUTE_S if code == TOO_MANY else LATER_S)
        case "night":
            return Later(_until_morning_s(at))
        case "tomorrow":
            return Later(_until_morning_s(at, is_tomorrow=True))
        case "setup":
            return Later(SETUP_S)
    return Refused(f"{known.kind} {code}: {known.do}", gone=known.kind == "gone")


def _until_morning_s(at: datetime, *, is_tomorrow: bool = False) -> float:
    """Some minutes more or less, so that not all of the night's leave in one second."""
    local = at.astimezone(VIETNAM)
    morning = local.replace(hour=0, minute=0, second=0, microsecond=0) + MORNING
    if is_tomorrow or local >= morning:
        morning += timedelta(days=1)
    return (morning - local).total_seconds() + random.uniform(0, SPREAD_S)  # noqa: S311
