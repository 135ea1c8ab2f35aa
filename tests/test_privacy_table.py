"""docs/privacy.md against the schema."""

import re

from bot.storage.schema.tables import SCHEMA
from tests import ROOT

ROWS = re.findall(
    r"^\| `(\w+)` \|(.*)\|$", (ROOT / "docs/privacy.md").read_text(encoding="utf-8"), re.MULTILINE
)


def test_every_table_says_what_it_holds_why_and_how_long() -> None:
    assert {name for name, _ in ROWS} == set(SCHEMA.tables)
    for name, cells in ROWS:
        in_clear, hidden, why, until = (cell.strip() for cell in cells.split("|"))
        assert in_clear or hidden, name
        assert why, name
        assert until, name
