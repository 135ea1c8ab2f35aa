"""Which procedure a clerk's words mean."""

import re
from collections.abc import Callable
from functools import lru_cache

from knowledge.procedures.catalogue import Catalogue
from knowledge.text import plain

FindProcedure = Callable[[str], tuple[str, str]]  # see `procedures`


def procedures(catalogue: Catalogue) -> FindProcedure:
    """Finds the procedure that a cell means: its code, or "" and the name as it is written."""
    named = {plain(name): p.code for p in catalogue.procedures.values() for name in (p.name, p.short)}

    @lru_cache(maxsize=10_000)
    def find(written: str) -> tuple[str, str]:
        if found := re.search(r"(?<![\d.])\d\.\d{6}(?!\d)", written):
            return found[0], "" if found[0] in catalogue.procedures else written
        known = named.get(plain(written)) or named.get(plain(f"Thủ tục {written}"), "")
        return known, "" if known else written

    return find
