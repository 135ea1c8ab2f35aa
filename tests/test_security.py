"""Each promise of SECURITY.md names a test that there is."""

import re

from tests import ROOT

NAMED = set(re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8")))


def test_every_promise_names_a_test_that_there_is() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    there = {name for source in sources for name in re.findall(r"^(?:async )?def (test_\w+)", source, re.M)}
    assert len(NAMED) > 15
    assert NAMED - there == set()
