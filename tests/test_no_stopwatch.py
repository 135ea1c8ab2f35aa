"""No test measures how long something took by the clock on the wall: a busy machine would fail it.

Work is measured by `process_time`, waiting by a clock that the test moves; `python -m tests.attacks`, run by
hand, tells times.
"""

import re

from tests import ROOT

STOPWATCH = re.compile(r"\bperf_counter|\bmonotonic(?:_ns)?\(|import .*\bmonotonic\b|loop\(?\)?\.time\(")


def test_no_test_holds_a_stopwatch() -> None:
    assert STOPWATCH.search("started = time." + "monotonic()")
    assert STOPWATCH.search("from time import " + "perf_counter")
    tests = list((ROOT / "tests").rglob("test_*.py"))
    assert len(tests) > 200
    held = {path.name for path in tests if STOPWATCH.search(path.read_text(encoding="utf-8"))}
    assert held - {"test_no_stopwatch.py"} == set()
