"""The second factor: with the code, the last digits of the phone or ID number show whose dossier it is.

Look `SECOND_FACTOR` up in this module when it is needed (`second_factor.SECOND_FACTOR`): texts, storage and
matching all follow it then. Marks that are stored already say how many digits they were made of.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SecondFactor:
    """So many last digits."""

    digits: int = 4

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
