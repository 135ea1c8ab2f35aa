"""The next dossier code of a day."""

from collections.abc import Iterable
from datetime import date

from knowledge.dossiers.dossier_codes import Receipt, parse


def next_code(codes: Iterable[str], today: date) -> str | None:
    """The number after the last of that day, as the office's newest code is written; None without any."""
    known = [each for each in map(parse, codes) if isinstance(each, Receipt)]
    if not known:
        return None
    newest = max(known, key=lambda each: (each.day, each.number))
    own = [int(each.number) for each in known if each.unit == newest.unit and each.day == today]
    start = newest.code.removesuffix(newest.number).removesuffix("-")
    digits = len(start.rpartition("-")[2])  # of its day: six, or eight with the century
    day = today.strftime("%Y%m%d")[-digits:]
    return f"{newest.unit}-{day}-{max(own, default=0) + 1:0{len(newest.number)}}"
