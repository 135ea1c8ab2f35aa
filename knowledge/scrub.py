"""Takes personal data out of a question before it is kept for the editors of the catalogue."""

import re

from knowledge.text import fold, tidy

LONGEST = 300  # characters of a kept question
HIDDEN = "…"

# The families that nearly everybody belongs to, folded.
FAMILIES = re.compile(
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|trinh|dao|doan|luong|mai|truong"
    "|lam|phung|cao|ta|ha|chau|to|thach|kim|quach|tang|diep|luu|nghiem|thai|kieu|dam|dong|vuong"
)
MIDDLES = ("van", "thi", "duc", "huu", "ngoc", "minh", "thanh", "quoc", "xuan", "thu", "kim", "hong")

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+|@\w+", re.IGNORECASE)
_NUMBER = re.compile(r"\d(?:[\s.\-/]?\d){4,}")  # phones, ID numbers, dossier codes, full dates
_HOUSE = re.compile(
    r"\b(số nhà|số|đường|hẻm|ngõ|kiệt|thôn|ấp|khu phố|kp|tổ)\s+(?:[\dA-ZĐ][\w/-]*\s*)+", re.UNICODE
)


def scrubbed(question: str) -> str:
    """The question without addresses, long numbers, house numbers, and names that look Vietnamese.

    A name in small letters is found by a family name with a usual middle name; others may slip through.
    """
    text = tidy(question, LONGEST)
    text = _ADDRESS.sub(HIDDEN, text)
    text = _NUMBER.sub(HIDDEN, text)
    text = _HOUSE.sub(lambda found: f"{found[1]} {HIDDEN} ", text)
    return " ".join(_without_names(text.split()))


def _without_names(words: list[str]) -> list[str]:
    kept: list[str] = []
    here = 0
    while here < len(words):
        length = _name_length(words[here:])
        kept.append(HIDDEN if length else words[here])
        here += length or 1
    return kept


def _name_length(words: list[str]) -> int:
    """How many of the first words are a person's name; 0 for none."""
    bare = [fold(word) for word in words[:4]]
    if not FAMILIES.fullmatch(bare[0]):
        return 0
    capitals = next((n for n, word in enumerate(words[:4]) if not word[:1].isupper()), len(bare))
    if capitals >= 2:
        return capitals
    return 3 if len(bare) >= 3 and bare[1] in MIDDLES and words[0][:1].islower() else 0
