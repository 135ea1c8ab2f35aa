"""The known names at the end of a text, as people write them: with or without kinds, commas, diacritics."""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from knowledge.places.gazetteer import plain, words

KINDS = {
    "xa": "xã", "x": "xã", "phuong": "phường", "ph": "phường", "p": "phường", "f": "phường",
    "thi tran": "thị trấn", "tt": "thị trấn", "dac khu": "đặc khu", "dk": "đặc khu",
    "huyen dao": "huyện", "huyen": "huyện", "h": "huyện", "quan": "quận", "q": "quận",
    "thi xa": "thị xã", "tx": "thị xã", "thanh pho": "thành phố", "tp": "thành phố",
    "tinh": "tỉnh", "t": "tỉnh",
}  # fmt: skip
LEVELS = {
    "commune": {"", "xã", "phường", "thị trấn", "đặc khu"},
    "district": {"", "huyện", "quận", "thị xã", "thành phố"},
    "province": {"", "tỉnh", "thành phố"},
}
STREETS = {"phố", "đường", "pho"}  # the name after it is no place: "phố Huế"
PARTS = STREETS | {"thôn", "ấp", "bản", "buôn", "làng", "tổ", "khu", "khóm", "xóm", "số", "ngõ", "hẻm"}
PARTS |= {"thon", "ap", "xom", "duong"}  # the others without their marks are often the end of a name
LONGEST = 7  # words of a name with room to spare: "Văn Miếu - Quốc Tử Giám" has six

_HARD = re.compile(r"[,;/|]")
_SOFT = re.compile(r"\s[-–]\s?|\.\s")  # a hyphen may also stand within a name: "Bà Rịa - Vũng Tàu"
_COUNTRY = re.compile(r"[\s,;.–-]*\b(?:việt\s*nam|viet\s*nam|vn)?[\s,;.–-]*\Z", re.IGNORECASE)


class Name(NamedTuple):
    """A known name at the end of a text."""

    key: str
    kind: str  # the kind before it; "" if none
    start: int  # its first word, that of the kind included
    written: str  # as typed, without the kind
    loose: int  # 0 after a comma or with its kind, 1 after a hyphen, 2 in the midst of words
    bare: bool  # the whole text has no diacritics, so that the name may lack some


class Typed(NamedTuple):
    """A text in words."""

    text: str
    plain: list[str]
    spans: list[tuple[int, int]]
    breaks: list[str]  # what stands before each word: "hard", "soft" or ""

    def before(self, word: int) -> str:
        """The text before a word, as it was typed."""
        return self.text[: self.spans[word][0]].rstrip(" ,;./|-–") if word < len(self.spans) else self.text


def split(text: str) -> Typed:
    """The text in words, without the country at its end."""
    text = _COUNTRY.sub("", text)
    spans = [word.span() for word in words(text)]
    gaps = [text[end:start] for (_, end), (start, _) in zip(spans, spans[1:], strict=False)]
    breaks = ["hard" if _HARD.search(gap) else "soft" if _SOFT.search(gap) else "" for gap in gaps]
    return Typed(text, [plain(text[start:end]) for start, end in spans], spans, ["hard", *breaks])


def names_before(typed: Typed, end: int, level: str, *known: Container[str]) -> Iterator[Name]:
    """Each known name of that level that the text ends with before the word `end`."""
    for start in range(end - 1, max(end - LONGEST, 0) - 1, -1):
        name = "".join(typed.plain[start:end])
        if any(name in names for names in known):
            written = typed.text[typed.spans[start][0] : typed.spans[end - 1][1]]
            kind, first = _kind_before(typed, start)
            if kind in LEVELS[level] - {""}:
                yield Name(name, kind, first, written, 0, typed.text.isascii())
            if _may_begin(typed, start, end, level, name):
                loose = {"hard": 0, "soft": 1, "": 2}[typed.breaks[start]]
                yield Name(name, "", start, written, loose, typed.text.isascii())
        if typed.breaks[start] == "hard":
            return


def _kind_before(typed: Typed, start: int) -> tuple[str, int]:
    """The kind that stands before a name, and the first word of both."""
    for first in (start - 2, start - 1):
        if first >= 0 and "hard" not in typed.breaks[first + 1 : start + 1]:
            kind = KINDS.get(" ".join(typed.plain[first:start]), "")
            if kind:
                return kind, first
    return "", start


def _may_begin(typed: Typed, start: int, end: int, level: str, name: str) -> bool:
    """Whether a name without its kind may begin there: "đường Tiến Thành" names no commune."""
    if len(name) == 1 or name.isdigit():
        return False
    if typed.breaks[start]:
        return True
    before = typed.text[slice(*typed.spans[start - 1])].lower()
    if level != "commune":
        return before not in STREETS
    return end < len(typed.plain) and typed.breaks.count("hard") == 1 and before not in PARTS
