"""Which of a few kinds a line is like, learned in place from example lines of each: ridge regression on their words."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.reading.words import Line

PULL = 0.7  # how strongly what is learned is kept small; by cross-validation
Floats = NDArray[np.float32]
Features = Collection[str]


class Likeness:
    """Kinds, numbered from 0, and what lines of each have that lines of the others have not."""

    def __init__(self, examples: Sequence[tuple[int, Features]], kinds: int) -> None:
        """`examples` are lines, each with its kind."""
        names = sorted({name for _, features in examples for name in features})
        self._row = {name: at for at, name in enumerate(names)}
        lines = np.zeros((len(examples), len(names)), dtype=np.float32)
        for at, (_, features) in enumerate(examples):
            lines[at] = self._line(features)
        right = np.eye(kinds, dtype=np.float32)[[kind for kind, _ in examples]]
        shares = np.linalg.solve(lines @ lines.T + PULL * np.eye(len(examples), dtype=np.float32), right)
        self._worth: Floats = lines.T @ shares

    def scores(self, features: Features) -> list[float]:
        """Of each kind: about 1 for a line like one of its examples, 0 for one that has nothing of them."""
        return [float(score) for score in self._line(features) @ self._worth]

    def _line(self, features: Features) -> Floats:
        """A line as a row of length 1, less what no example has."""
        row = np.zeros(len(self._row), dtype=np.float32)
        row[[self._row[each] for each in features if each in self._row]] = max(len(features), 1) ** -0.5
        return row


def features(typed: Line) -> frozenset[str]:
    """What is compared of a line: words, neighbours, and marks where they are typed."""
    return frozenset(_features(typed))


def _features(typed: Line) -> Iterator[str]:
    said = [word.folded for word in typed.words]
    yield from said
    yield from (f"{one} {other}" for one, other in zip(said, said[1:], strict=False))
    yield from (f"{one} . {other}" for one, other in zip(said, said[2:], strict=False))
    yield from (word.typed for word in typed.words if word.is_marked)
