"""Workers killed with SIGKILL at random moments: what is lost, out of order, or comes twice.

`python benchmarks/kills.py [KILLS]`: 50 unless told otherwise, on SQLite with one worker and on PostgreSQL
with two. Exit status 1 if a notice was lost, out of order, or came twice without saying so.
"""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests kill in the same way, a few times

from engines import postgresql, sqlite

from tests.bot.outbox.killing import kills

KILLS = 50


def main(number: int) -> int:
    """Kills on both engines; exit status."""
    bad = 0
    for name, engine, workers in (("SQLite", sqlite, 1), ("PostgreSQL", postgresql, 2)):
        with engine() as make:
            toll = asyncio.run(kills(make(), number, workers))
        print(f"{name}, {workers} worker(s), {number} kills: {toll}")
        bad += toll.lost + toll.disordered + toll.unmarked + max(0, toll.duplicates - toll.in_flight)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS))
