"""Two matters in one message: "khai sinh cho con với sao y căn cước"."""

import re
from collections.abc import Callable, Iterator

from knowledge.search.search import Found, Hit

# Where a message falls into parts, as typed or without diacritics; the longer ones first.
BETWEEN = re.compile(
    r"\s*(?:[,;.]\s*)?\b(?:việc thứ (?:nhất|hai|ba)|viec thu (?:nhat|hai|ba)"
    r"|sẵn tiện|san tien|tiện thể|tien the"
    r"|rồi còn|roi con|còn nữa là|ngoài ra|ngoai ra|đồng thời|dong thoi|vừa|vua|với lại|voi lai|với cả|voi ca"
    r"|cùng với|cung voi|rồi|roi|với|voi|và|va|kèm|kem|luôn|and)\b\s*|\s*[,;+/&]\s*",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\s*\b(?:việc thứ (?:nhất|hai)|viec thu (?:nhat|hai))\b[\s:,]*", re.IGNORECASE)
SURE = 0.5  # chance from which a part stands on its own
FEWEST = 2  # words of a part
MOST = 4  # parts that are looked at, and cuts that are tried

Find = Callable[[str], Found]


def matters(line: str, find: Find) -> tuple[Hit, ...]:
    """What each half of a line means, if both stand on their own and mean different things; else nothing.

    The line as a whole must not be surer of one matter than its halves are: "nhập khẩu cho vợ và con" is one.
    Whoever counts them, "việc thứ nhất ..., việc thứ hai ...", says that they are two.
    """
    whole, is_counted = find(line), bool(COUNTED.search(line))
    for first, second in _cuts(line):
        one, other = find(first), find(second)
        if not (_stands(one) and _stands(other)):
            continue
        hits = (one.hits[0], other.hits[0])
        if hits[0].id != hits[1].id and min(one.confidence, other.confidence) >= SURE:
            weaker = min(one.confidence, other.confidence)
            if is_counted or whole.decision != "answer" or weaker >= whole.confidence - 0.2:
                return hits
    return ()


def _stands(found: Found) -> bool:
    return found.decision != "decline" and found.hits[0].kind in ("procedure", "elsewhere")


def _cuts(line: str) -> Iterator[tuple[str, str]]:
    """The line cut in two at each place where a second matter may begin."""
    for cut in list(BETWEEN.finditer(line))[:MOST]:
        first, second = COUNTED.sub("", line[: cut.start()]).strip(), line[cut.end() :].strip()
        if len(first.split()) >= FEWEST and len(second.split()) >= FEWEST:
            yield first, second
