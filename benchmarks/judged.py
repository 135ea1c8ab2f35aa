"""Questions that the weights of the search had not seen, and how well they did."""

from collections.abc import Iterable
from dataclasses import dataclass

# Thresholds that are tried: of being right, of being ours.
BARS = ((0.5, 0.5), (0.6, 0.7), (0.6, 0.8), (0.65, 0.7), (0.65, 0.8), (0.65, 0.85), (0.7, 0.8))


@dataclass(frozen=True)
class Judged:
    """A question that the weights had not seen."""

    source: str
    is_answerable: bool
    is_right: bool  # the first target
    is_ours: bool  # the first target is a procedure or an event
    right: float  # chances
    ours: float

    def is_said(self, bar: tuple[float, float]) -> bool:
        return self.right >= bar[0] and (self.ours >= bar[1] or not self.is_ours)


def print_inside(rows: list[Judged]) -> None:
    if rows:
        print(f"  {len(rows)} with an answer, first hit {_percent(r.is_right for r in rows)}")
    for bar in BARS if rows else ():
        said = [row for row in rows if row.is_said(bar)]
        outright, right = _percent(r.is_said(bar) for r in rows), _percent(r.is_right for r in said)
        print(f"  from {bar}: outright {outright}, right {right}")


def print_outside(rows: list[Judged]) -> None:
    said = [f"{_percent(r.is_said(bar) and r.is_ours for r in rows)} from {bar}" for bar in BARS]
    if rows:
        print(f"  {len(rows)} without an answer, answered with a procedure: {', '.join(said)}")


def _percent(flags: Iterable[bool]) -> str:
    listed = list(flags)
    return f"{100 * sum(listed) / len(listed):.1f} %" if listed else "-"
