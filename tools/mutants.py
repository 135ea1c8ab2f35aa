"""Puts small faults into a copy of the project, one at a time, and tells which of them no test sees.

    python tools/mutants.py knowledge/dossiers/vietqr.py tests/knowledge/dossiers/test_vietqr.py
    python tools/mutants.py --group guards              # modules and tests as tools/mutants.toml names them
    python tools/mutants.py --most 12 --minutes 30      # all modules, twelve faults each

Exit status: 0, every fault was seen; 1, some were not; 2, it could not run.
"""

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tools.faults import Fault, faults  # noqa: E402  # found only now, when this file is run by its path

ROOT = Path(__file__).parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".hypothesis", ".*_cache", "data", "build", "benchmarks")
PYTEST = ("-q", "-x", "-n0", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--no-header")
ONE_ENGINE = ("-k", "not postgresql")  # a server for each fault would take longer than the tests
LOADED = ("aiohttp", "alembic", "babel", "hypothesis", "numpy", "pydantic", "rapidfuzz", "sqlmodel")
SLOWEST = 10  # times the time without a fault: a fault may make a loop endless
LEAST_S = 30


@dataclass(frozen=True)
class Module:
    """A module, and the tests that should see a fault in it."""

    path: str  # from the root
    tests: tuple[str, ...]
    group: str = ""
    harmless: frozenset[str] = frozenset()  # "line -> line" of faults that change nothing one can see


@dataclass
class Score:
    """What came of the faults of a module."""

    seen: int = 0
    unseen: list[Fault] = field(default_factory=list)
    untried: int = 0  # the time was over


@dataclass(frozen=True)
class Lane:
    """A copy of the project in which one fault at a time is tried."""

    root: Path

    def start(self, module: Module, text: str) -> BaseProcess:
        """The tests of the module, with that text in its place."""
        path = self.root / module.path
        path.write_text(text, encoding="utf-8")
        for stale in path.parent.glob(f"__pycache__/{path.stem}.*"):
            stale.unlink()  # same second, same size: it would be taken for the new one
        tests = multiprocessing.get_context("fork").Process(target=_test, args=(self.root, module.tests))
        tests.start()
        return tests


def _test(root: Path, tests: Sequence[str]) -> None:
    """In a process of its own: 0 if all pass."""
    import pytest

    os.setsid()  # so that what the tests start ends with them
    os.chdir(root)
    sys.path[:0] = [str(root)]
    os.environ["PYTHONPATH"] = str(root)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tools", "tests", "bot")]:
        del sys.modules[name]
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115  # until the process ends
    os._exit(int(pytest.main([*PYTEST, *ONE_ENGINE, *tests])))


def main() -> int:
    """Tries the faults that are asked for and tells of those unseen."""
    given = _arguments()
    modules = [m for m in _modules(given) if not given.group or m.group == given.group]
    if not modules:
        return _fail("no such module in tools/mutants.toml; name its tests too")
    for name in LOADED:
        __import__(name)  # once for all forks
    until, unseen = time.monotonic() + 60 * given.minutes, 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        lanes = [Lane(Path(folder, str(number))) for number in range(given.jobs)]
        for lane in lanes:
            shutil.copytree(ROOT, lane.root, ignore=LEFT_OUT)
        for module in modules:
            score = _tried(module, lanes, _chosen(module, given), until)
            unseen += len(score.unseen) if score else 1
            _tell(module, score)
    return 1 if unseen else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("module", nargs="?", default="", help="path of a module; without it all of the table")
    parser.add_argument("tests", nargs="*", help="for pytest; without them those of the table")
    parser.add_argument("--group", default="", help="only the modules of this group of the table")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="so many faults a module, spread")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="then no further fault is tried")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def _modules(given: argparse.Namespace) -> list[Module]:
    table = tomllib.loads((ROOT / "tools/mutants.toml").read_text(encoding="utf-8"))
    harmless = {path: frozenset(pairs) for path, pairs in table.get("harmless", {}).items()}
    known = [
        Module(path, tuple(tests), group, harmless.get(path, frozenset()))
        for group, modules in table["groups"].items()
        for path, tests in modules.items()
    ]
    if given.tests:
        return [
            Module(given.module, tuple(given.tests), given.group, harmless.get(given.module, frozenset()))
        ]
    return [m for m in known if not given.module or m.path == given.module]


def _chosen(module: Module, given: argparse.Namespace) -> list[Fault]:
    """All faults of the module, or `most` of them spread over its lines."""
    found = [
        f for f in faults((ROOT / module.path).read_text(encoding="utf-8")) if f.key not in module.harmless
    ]
    if not given.most or len(found) <= given.most:
        return found
    dice, step = random.Random(f"{given.seed} {module.path}"), len(found) / given.most
    return [found[n] for n in sorted({int((number + dice.random()) * step) for number in range(given.most)})]


def _tried(module: Module, lanes: Sequence[Lane], chosen: Sequence[Fault], until: float) -> Score | None:
    """None if the tests fail without any fault."""
    text, started = (ROOT / module.path).read_text(encoding="utf-8"), time.monotonic()
    sound = lanes[0].start(module, text)
    sound.join()
    if sound.exitcode != 0:
        return None
    patience, score = max(LEAST_S, SLOWEST * (time.monotonic() - started)), Score()
    waiting, running = list(chosen)[::-1], dict[BaseProcess, tuple[Lane, Fault, float]]()
    free = list(lanes)
    while waiting or running:
        while waiting and free and time.monotonic() < until:
            lane, fault = free.pop(), waiting.pop()
            running[lane.start(module, fault.text)] = (lane, fault, time.monotonic() + patience)
        if not running:
            score.untried = len(waiting)
            break
        wait([process.sentinel for process in running], timeout=1)
        for process in [p for p in running if _is_over(p, running[p][2])]:
            lane, fault, _ = running.pop(process)
            free.append(lane)
            score.seen += process.exitcode != 0
            score.unseen += [fault] if process.exitcode == 0 else []
    for lane in lanes:
        (lane.root / module.path).write_text(text, encoding="utf-8")
    return score


def _is_over(process: BaseProcess, deadline: float) -> bool:
    """A process that takes too long is ended, with what it started, and its fault counts as seen."""
    if process.exitcode is None and time.monotonic() > deadline and process.pid:
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return process.exitcode is not None


def _tell(module: Module, score: Score | None) -> None:
    if score is None:
        print(f"{module.path}: its tests fail without any fault", flush=True)
        return
    tried, late = score.seen + len(score.unseen), f", {score.untried} untried" if score.untried else ""
    share = f"{score.seen / tried:.0%}" if tried else "-"
    print(f"{module.path}: {score.seen} of {tried} seen, {share}{late}", flush=True)
    for fault in score.unseen:
        print(f"  {fault.line}: {fault.what}\n    - {fault.was}\n    + {fault.becomes}", flush=True)


def _fail(what: str) -> int:
    print(f"mutants: {what}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
