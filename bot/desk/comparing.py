"""What the desk holds beside an export of the portal or of one-stop software, code by code."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from bot.dossiers.record import DossierRecord, Update, merged
from bot.dossiers.stats import Figures, Judge
from knowledge.dossiers import statuses
from knowledge.dossiers.dossier_codes import Receipt, parse

What = Literal["missing_here", "missing_there", "state", "received", "due", "finished", "rating"]
RATED = ("before_time", "on_time", "late", "unrated", "open", "open_late")

Dossiers = Mapping[str, DossierRecord]


class Difference(NamedTuple):
    """One thing in which a dossier differs."""

    code: str
    what: What
    theirs: str | date | None
    ours: str | date | None


@dataclass(frozen=True)
class Compared:
    """All of it."""

    first: date | None  # the days of the codes in the export: ours of other days are left out
    last: date | None
    theirs: int  # dossiers
    ours: int
    states: tuple[tuple[str, int, int], ...]  # number of a state, or a local one: there, here
    ratings: tuple[Figures, Figures]  # there, here
    differences: tuple[Difference, ...]  # by code


def exported(rows: Iterable[Update]) -> dict[str, DossierRecord]:
    """The dossiers that an export tells of; of a code in several rows all of them together."""
    found: dict[str, DossierRecord] = {}
    for row in rows:
        found[row.code] = merged(found.get(row.code), row)
    return found


def compare(theirs: Dossiers, held: Iterable[DossierRecord], judge: Judge) -> Compared:
    """Both sides within the days of the export's codes."""
    days = sorted(filter(None, map(_day, theirs)))
    first, last = (days[0], days[-1]) if days else (None, None)
    ours = {
        each.code: each
        for each in held
        if each.code in theirs or (first and last and first <= (_day(each.code) or date.min) <= last)
    }
    differences = [
        found for code in sorted({*theirs, *ours}) for found in _differences(code, theirs, ours, judge)
    ]
    return Compared(
        first, last, len(theirs), len(ours), _states(theirs, ours),
        (_sum(map(judge.figures, theirs.values())), _sum(map(judge.figures, ours.values()))),
        tuple(differences),
    )  # fmt: skip


def _differences(code: str, theirs: Dossiers, ours: Dossiers, judge: Judge) -> Iterator[Difference]:
    there, here = theirs.get(code), ours.get(code)
    if there is None or here is None:
        what: What = "missing_here" if here is None else "missing_there"
        yield Difference(code, what, there.status if there else None, here.status if here else None)
        return
    if there.status and there.status != here.status:
        yield Difference(code, "state", there.status, here.status)
    for name, of in DAYS.items():
        if (told := of(there)) and told != of(here):
            yield Difference(code, name, told, of(here))
    rated, ours_rated = rating(judge.figures(there)), rating(judge.figures(here))
    if rated != ours_rated and "late" in (rated, ours_rated):
        yield Difference(code, "rating", rated, ours_rated)


DAYS: Mapping[What, Callable[[DossierRecord], date | None]] = {
    "received": lambda held: held.received,
    "due": lambda held: held.due,
    "finished": lambda held: held.finished,
}


def rating(line: Figures) -> str:
    """How one dossier counts: a name of RATED."""
    return next(name for name in reversed(RATED) if getattr(line, name))


def _states(theirs: Dossiers, ours: Dossiers) -> tuple[tuple[str, int, int], ...]:
    there, here = (Counter(each.status for each in side.values()) for side in (theirs, ours))
    return tuple((status, there[status], here[status]) for status in sorted({*there, *here}, key=_order))


def _order(status: str) -> tuple[int, str]:
    state = statuses.state_of(status)
    return (state.code if state else len(statuses.load().states) + 1, status)


def _sum(lines: Iterable[Figures]) -> Figures:
    total = Figures()
    for line in lines:
        total.add(line)
    return total


def _day(code: str) -> date | None:
    read = parse(code)
    return read.day if isinstance(read, Receipt) else None
