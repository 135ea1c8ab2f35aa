"""Which syllables sound alike, so that people who spell by ear write one for the other."""

import re
from collections.abc import Iterable, Mapping

_PARTS = re.compile(r"(ngh|ng|nh|gh|gi(?=[aeouy])|kh|ch|tr|th|ph|qu|[bcdghklmnprstvx])?([a-z]+)\Z")
_ONSETS = {
    "x": "s", "tr": "ch", "gi": "d", "r": "d", "v": "d", "n": "l", "gh": "g", "ngh": "ng", "k": "c",
}  # fmt: skip
_FINALS = (
    (re.compile(r"y"), "i"),  # "khay", "khai"; "quiền", "quyền"
    (re.compile(r"uoi\Z"), "ui"),
    (re.compile(r"(?:ie|uo|u)u\Z"), "iu"),
    (re.compile(r"(?:ng|nh)\Z"), "n"),
    (re.compile(r"ch?\Z"), "t"),
)


def sound(syllable: str) -> str:
    """The same for all folded syllables that some region says alike: "xinh" and "sinh", "chú" and "trú"."""
    found = _PARTS.match(syllable)
    if not found:
        return syllable
    onset, rhyme = found[1] or "", found[2]
    for written, heard in _FINALS:
        rhyme = written.sub(heard, rhyme)
    return f"{_ONSETS.get(onset, onset)}-{rhyme}"


def by_sound(syllables: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The syllables under each sound."""
    alike: dict[str, tuple[str, ...]] = {}
    for syllable in syllables:
        heard = sound(syllable)
        alike[heard] = (*alike.get(heard, ()), syllable)
    return alike
