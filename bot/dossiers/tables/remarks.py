"""What the clerk should know although it is taken, counted, with the first rows of each."""

from dataclasses import dataclass, field

from handlers.desk.values import Remark

FIRST = 5  # rows that are named


@dataclass
class Remarks:
    """Gathers remarks while rows are read."""

    _counts: dict[tuple[str, tuple[tuple[str, str], ...]], int] = field(default_factory=dict)
    _rows: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = field(default_factory=dict)

    def note(self, code: str, row: str = "", count: int = 1, **facts: str) -> None:
        """One more of that kind, in that row if it is one's."""
        key = (code, tuple(facts.items()))
        self._counts[key] = self._counts.get(key, 0) + count
        if row and len(rows := self._rows.setdefault(key, [])) < FIRST:
            rows.append(row)

    def told(self) -> tuple[Remark, ...]:
        """All of them, in the order in which they were first met."""
        return tuple(
            Remark(code, facts, count, tuple(self._rows.get((code, facts), ())))
            for (code, facts), count in self._counts.items()
        )
