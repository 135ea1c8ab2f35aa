"""Whole conversations of citizens who wander, in tests/talks/whole: so many end with what was wanted.

One file is one conversation, written as tests/test_talks.py tells. All lines of its citizen were written
before an answer was seen.
"""

from pathlib import Path

from handlers.ports.world import World
from tests.test_talks import wrongs

WHOLE = Path(__file__).with_name("talks") / "whole"
REACHED = 29  # of all; this number only goes up
SHORTEST, LONGEST = 8, 15  # lines of the citizen


def test_as_many_conversations_end_well_as_before(world: World) -> None:
    told = [wrong for path in sorted(WHOLE.glob("*.txt")) for wrong in wrongs(path, world)[1]]
    assert len(list(WHOLE.glob("*.txt"))) - len(told) >= REACHED, "\n\n".join(told)


def test_they_are_as_long_as_people_talk() -> None:
    lines = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in WHOLE.glob("*.txt")}
    turns = {name: sum(line.startswith("Dân:") for line in told) for name, told in lines.items()}
    assert {name: count for name, count in turns.items() if not SHORTEST <= count <= LONGEST} == {}
