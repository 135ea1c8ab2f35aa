"""docs/desk.md against the commands and the codes that there are."""

import re
from typing import Any

from bot.arguments import parser
from handlers.desk import faults, refusals
from tests import ROOT

PAGE = (ROOT / "docs/desk.md").read_text(encoding="utf-8")
TOLD, CODES = PAGE.split("## Codes")


def test_every_code_is_told_and_no_other() -> None:
    told = re.findall(r"`([a-z_]+)`", CODES)
    known = (refusals.TEXTS, faults.FILES, faults.CELLS, faults.REMARKS, faults.MESSAGES, faults.HELD)
    assert set(told) == {code for texts in known for code in texts}


def test_every_command_of_the_desk_is_told() -> None:
    untold = [name for name in commands() if not re.search(rf"`(?:motcua dossiers )?{name}\b", TOLD)]
    assert untold == []


def commands() -> list[str]:
    """Those of `motcua dossiers`."""
    top: Any = next(action for action in parser()._actions if action.choices)
    return list(next(action for action in top.choices["dossiers"]._actions if action.choices).choices)
