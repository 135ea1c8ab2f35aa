"""How long the answer takes for somebody else's dossier and for a code that does not exist.

`python benchmarks/strangers.py [TURNS]`: each kind so often, in turns, on SQLite: a code, then a wrong second
fact, saved as in the program. `slower`: the share of pairs in which the first
took longer; 50 % is blind.
"""

import asyncio
import random
import statistics
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import assemble
from bot.clock import VIETNAM
from bot.dossiers import bulk
from bot.dossiers.record import Update
from bot.settings.settings import Settings
from bot.turns.converse import converse
from handlers.turn.messages import Incoming

NOW = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
CODES = 9_000  # every second one is a dossier


def code(number: int) -> str:
    """They run in sequence."""
    return f"H36.99-260706-{number + 1:04}"


async def seconds(house: assemble.House, number: int) -> float:
    """Of a wrong second fact, by a person who was never here."""
    for text in (code(number), "0000"):
        started = time.perf_counter()
        await converse(house, f"web:{number}", f"{number}/{text}", Incoming(at=NOW, text=text))
    return time.perf_counter() - started


async def main(turns: int) -> None:
    """Prints both distributions."""
    with TemporaryDirectory(prefix="motcua-bench-") as folder:
        house = assemble.build(Settings(b"k" * 32, database_url=f"sqlite:///{Path(folder) / 'bench.db'}"))
        dossier = Update("", NOW, status="4", phone="0901234567", id_number="060190004567")
        codes = (code(number) for number in range(0, CODES, 2))
        bulk.load(house.engine, house.vault, (replace(dossier, code=each) for each in codes))
        foreign: list[float] = []
        unknown: list[float] = []
        for number in range(0, 2 * turns, 2):
            pair = [(foreign, number), (unknown, number + 1)]
            for times, each in random.sample(pair, 2):  # the second of two may find warmer caches
                times.append(await seconds(house, each))
        house.engine.dispose()
    for name, times in (("somebody else's", foreign), ("does not exist", unknown)):
        cuts = statistics.quantiles(times, n=100)
        print(f"{name:16} p50 {cuts[49] * 1000:.2f} ms   p95 {cuts[94] * 1000:.2f} ms")
    slower = sum(one > other for one, other in zip(foreign, unknown, strict=True))
    print(f"slower {slower / turns:.1%} of {turns} pairs")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else CODES // 2))
