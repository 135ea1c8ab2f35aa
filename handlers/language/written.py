"""In which language a text is written: a screen reader has to be told."""

import re

from knowledge.text import is_syllable

BRACKETS = re.compile(r"\([^()]*\)")
CODE = re.compile(r"\S*[/\d_@]\S*")  # "123/2015/NĐ-CP", "CT01", an address
WORD = re.compile(r"[^\W\d_]+")


def written_in(text: str) -> str:
    """ "vi" or "en", by most of its words; empty where they do not tell, as in a number or a name.

    What stands in brackets counts only where nothing else does: "Birth certificate (Giấy khai sinh)".
    """
    words = _words(unbracketed(text)) or _words(text)
    marked = sum(not word.isascii() for word in words)
    english = sum(word.isascii() and len(word) > 1 and not is_syllable(word.lower()) for word in words)
    return "" if marked == english else "vi" if marked > english else "en"


def unbracketed(text: str) -> str:
    """Without what stands in brackets, also in brackets within brackets."""
    while (bare := BRACKETS.sub("", text)) != text:
        text = bare
    return text


def _words(text: str) -> list[str]:
    return WORD.findall(CODE.sub(" ", text))
