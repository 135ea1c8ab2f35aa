"""The second factor: with the code, the last digits of the phone or ID number show whose dossier it is.

Look `SECOND_FACTOR` up in this module when it is needed (`second_factor.SECOND_FACTOR`): texts, storage and
matching all follow it then. Marks that are stored already say how many digits they were made of.
"""

import re
from dataclasses import dataclass

from knowledge.text import fold

LONGEST = 12  # digits of an ID number
# A whole code as people write it: its last four digits are no second fact.
_CODE_LIKE = re.compile(r"[A-Za-z]\d{2}\.?\s*-?\s*\d{2}\s*-?\s*\d{6}\s*-?\s*\d{1,6}")
_SAYS_FACTOR = re.compile(
    r"\b((so|bon so|4 so|sau so|6 so) (cuoi|duoi)|duoi (so|sdt|dt|dien thoai)|cuoi|duoi|bon so|4 so|6 so|sdt"
    r"|so dien thoai|so can cuoc|last (four|4|six|6) digits|last digits)\b"
)


@dataclass(frozen=True)
class SecondFactor:
    """So many last digits."""

    digits: int

    def of(self, number: str) -> str:
        """The factor of a phone or ID number; "" if that is too short to have one."""
        return number[-self.digits :] if len(number) >= self.digits else ""

    def typed(self, text: str) -> str:
        """The factor in a line without letters: just so many digits, or the end of more; else ""."""
        if any(c.isalpha() for c in text):
            return ""
        return self.of("".join(c for c in text if c.isdecimal()))

    def is_bare(self, text: str) -> bool:
        """Whether the text is just so many digits: among other answers only such a one is taken for it."""
        return len(text) == self.digits and text.isdecimal()


SECOND_FACTOR = SecondFactor(digits=4)


def said_in(text: str) -> str:
    """The number that a sentence says is the second fact, or ends in it; "" if it says none, or several.

    A year in a story is no guess: the sentence has to say that these are the last digits of something.
    """
    if not _SAYS_FACTOR.search(fold(text)):
        return ""
    numbers = rf"(?<![\d.-])\d{{{SECOND_FACTOR.digits},{LONGEST}}}(?![\d.-])"
    found = re.findall(numbers, _CODE_LIKE.sub(" ", text))
    return found[0] if len(found) == 1 else ""
