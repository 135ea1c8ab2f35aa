"""Vietnamese as fonts from before Unicode wrote it: recognised, and turned into letters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

from knowledge.datafile import DataFile, Model, Text, read
from knowledge.text import is_syllable, plain

DEFAULT = Path(__file__).with_suffix(".toml")
MOST_WORDS = 2 / 3  # so many words of a text have to become Vietnamese ones

_WORD = re.compile(r"[^\W\d_]+|[\u00a0-\u00ff]+")
_SPLIT = re.compile(r"[\s,.;:/()\d-]+")
_VIETNAMESE = frozenset(
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ"
)
_ONE_BYTE = re.compile(r"[\u00a0-\u00ff]")
_BEYOND = re.compile(r"[\u0100-\u024f\u1e00-\u1eff\u0300-\u036f]")


class Font(Model):
    """One table: what is written for each letter, both in the same order, spaces between."""

    name: Text
    letters: Text
    written: Text

    @cached_property
    def table(self) -> Mapping[str, str]:
        """What is written -> the letter."""
        return dict(zip(self.written.split(" "), self.letters.split(" "), strict=True))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All that is written, the longest first: "öù" before "ö"."""
        return re.compile("|".join(sorted(map(re.escape, self.table), key=len, reverse=True)))

    def converted(self, text: str) -> str:
        """The text in letters."""
        return self.pattern.sub(lambda found: self.table[found[0]], text)


class Fonts(DataFile):
    """All of them."""

    fonts: tuple[Font, ...]

    def problems(self) -> Iterator[str]:
        """Lines of different length, and what stands for two letters."""
        for font in self.fonts:
            written, letters = font.written.split(" "), font.letters.split(" ")
            if len(written) != len(letters) or len(set(written)) != len(written):
                yield f"{font.name}: letters and written do not match one to one"


@cache
def load() -> Fonts:
    """The fonts that ship."""
    return read(DEFAULT, Fonts)


def may_be(text: str) -> bool:
    """Whether a text could come from such a font: letters of one byte and none of Unicode's Vietnamese."""
    return not text.isascii() and bool(_ONE_BYTE.search(text)) and not _BEYOND.search(text)


@lru_cache(maxsize=4096)
def font_of(text: str) -> Font | None:
    """The font that a text must come from; None for Unicode, and where nothing tells."""
    if not may_be(text):
        return None
    scored = [(_vietnamese(font.converted(text)), font) for font in load().fonts]
    best, font = max(scored, key=lambda each: each[0])
    return font if best >= MOST_WORDS and best > _vietnamese(text) else None


def font_among(texts: Sequence[str]) -> Font | None:
    """The font that most of these must come from; None if there is none."""
    found = [font for text in texts if (font := font_of(text))]
    return max(load().fonts, key=found.count) if found else None


def _vietnamese(text: str) -> float:
    """The share of words with marks that are Vietnamese syllables."""
    words = [word for word in _SPLIT.split(text) if word and not word.isascii()]
    return sum(map(_is_vietnamese, words)) / len(words) if words else 0.0


@lru_cache(maxsize=4096)
def _is_vietnamese(word: str) -> bool:
    return all(letter in _VIETNAMESE or letter.isascii() for letter in word) and is_syllable(plain(word))
