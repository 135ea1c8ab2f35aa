"""Takes personal data out of a question before it is kept for the editors of the catalogue."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from knowledge.text import fold, is_syllable, tidy

LONGEST = 300  # characters of a kept question
HIDDEN = "…"

# The families that nearly everybody belongs to, folded.
FAMILIES = re.compile(
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|trinh|dao|doan|luong|mai|truong"
    "|lam|phung|cao|ta|ha|chau|to|thach|kim|quach|tang|diep|luu|nghiem|thai|kieu|dam|dong|vuong"
)
MIDDLES = ("van", "thi", "duc", "huu", "ngoc", "minh", "thanh", "quoc", "xuan", "thu", "kim", "hong")

TITLES = ("ông", "bà", "anh", "chị", "cô", "chú", "cháu")
# What begins like a family and is none, folded.
NO_NAMES = (
    "ly do", "ho so", "ho tich", "ho khau", "to khai", "to dan pho", "ha noi", "ha nam", "ha giang",
    "ha tinh", "ho chi minh", "lam dong", "cao bang", "phan thiet", "phan rang", "mai chau", "ba ria",
    "ly son", "do luong",
)  # fmt: skip
# Whom a name stands after, folded: "chồng em Thử", "bé tên Thử".
PERSONS = re.compile(
    "em|toi|tui|con|chong|vo|me|ma|ba|bo|cha|anh|chi|chau|be|ong|chu|bac|co|cau|mo|di|duong|ban|ten|la"
)
# What "tên" is asked about rather than told, folded: "tên cha sai", "em tên gì".
UNNAMED = re.compile(
    "la|gi|nao|cha|me|ba|ma|con|vo|chong|em|toi|cua|trong|tren|cho|sai|khac|cu|moi|dem|lot|khai|sinh|va|thi|roi"
    "|duoc|khong|chua|co|bi|nguoi|ho|giay|ghi|viet|dung|that"
)

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+|@\w+", re.IGNORECASE)
_NUMBER = re.compile(r"\d(?:[\s.\-/]?\d){4,}")  # phones, ID numbers, dossier codes, full dates
_PERSONAL_NUMBER = re.compile(r"(?<![\w.-])\+?\d(?:[\s.\-]?\d){8,11}(?![\w-])")  # no day, no sum
_WORDS = re.compile(r"\w+|\W+")
_HOUSE = re.compile(
    r"\b(số nhà|số|đường|hẻm|ngõ|kiệt|thôn|ấp|khu phố|kp|tổ)\s+(?:[\dA-ZĐ][\w/-]*\s*)+", re.UNICODE
)


class Vocabulary(NamedTuple):
    """What the catalogue and its phrasings say, folded; whoever else is named is a person or a code."""

    words: Collection[str] = frozenset()
    pairs: Collection[tuple[str, str]] = frozenset()


def scrubbed(question: str, vocabulary: Vocabulary = Vocabulary()) -> str:  # noqa: B008  # it is frozen
    """The question without addresses, long numbers, house numbers, names, and what is no word at all.

    Out goes each word that is neither of the vocabulary nor a Vietnamese syllable ("Kevin", "hs2291"). A name
    in small letters is found by a family name with a usual middle name, or by "tên" before it; others may
    slip through.
    """
    text = tidy(question, LONGEST)
    text = _ADDRESS.sub(HIDDEN, text)
    text = _NUMBER.sub(HIDDEN, text)
    text = _HOUSE.sub(lambda found: f"{found[1]} {HIDDEN} ", text)
    return " ".join(_without_names(text.split(), vocabulary))


def of_others(words: str) -> str:
    """A clerk's words without what looks like a name, a phone or an ID number: they may be somebody else's.

    Days, sums and places stay, and so does a name that no rule knows.
    """
    text = _ADDRESS.sub(HIDDEN, words)
    text = _PERSONAL_NUMBER.sub(HIDDEN, text)
    tokens, kept, here = _WORDS.findall(text), [], 0
    while here < len(tokens):
        end = _capitals_end(tokens, here)
        kept += _hidden(tokens[here:end], tokens[max(0, here - 2) : here])
        here = end
    return "".join(kept)


def _capitals_end(tokens: list[str], start: int) -> int:
    """The end of the words with a capital that stand there one after the other; else of the one token."""
    end = start + 1
    while tokens[start][:1].isupper() and end + 1 < len(tokens):
        if not tokens[end].isspace() or not tokens[end + 1][:1].isupper():
            break
        end += 2
    return end


def _hidden(run: list[str], before: list[str]) -> list[str]:
    """The words, with dots in the place of a name among them."""
    if not run[0][:1].isupper() or fold("".join(run)).startswith(NO_NAMES):
        return run
    if run[0].lower() in TITLES and len(run) > 1:
        return [*run[:2], HIDDEN]
    is_titled = len(before) == 2 and before[0].lower() in TITLES and before[1].isspace()
    is_name = len(run) > 1 and FAMILIES.fullmatch(fold(run[0]))
    return [HIDDEN] if is_titled or is_name else run


def _without_names(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    shouted = sum(word[:1].isupper() for word in words) > len(words) / 2  # capitals tell nothing there
    kept: list[str] = []
    here = 0
    while here < len(words):
        length = _name_length(list(words[here:])) or _told(words, here)
        if not length and not shouted:
            length = _capitals(words, here, vocabulary)
        is_word = length or _is_word(fold(words[here]), vocabulary)
        kept.append(HIDDEN if length or not is_word else words[here])
        here += length or 1
    return [word for at, word in enumerate(kept) if word != HIDDEN or kept[at - 1 : at] != [HIDDEN]]


def _is_word(folded: str, vocabulary: Vocabulary) -> bool:
    """Whether each part of a folded word is a number, a syllable or known."""
    return all(
        len(part) == 1 or part.isdecimal() or is_syllable(part) or part in vocabulary.words
        for part in folded.split()
    )


def _told(words: Sequence[str], here: int) -> int:
    """How many words from here are a name after "em tên", "chồng tên là": one in small letters has two."""
    before = [fold(word) for word in words[max(here - 3, 0) : here]]
    after_name = before[-1:] == ["ten"] and before[-2:-1] or before[-2:] == ["ten", "la"] and before[-3:-2]
    if not after_name or not PERSONS.fullmatch(after_name[0]):
        return 0
    if words[here][:1].isupper():
        return next((n for n, word in enumerate(words[here:]) if not word[:1].isupper()), len(words) - here)
    named = [fold(word) for word in words[here : here + 2]]
    return next((n for n, word in enumerate(named) if UNNAMED.fullmatch(word)), len(named))


def _capitals(words: Sequence[str], here: int, vocabulary: Vocabulary) -> int:
    """How many words from here are written like a name, inside a line: two or more, or one after a person.

    What the catalogue writes side by side is none: "Việt Nam", "Hàn Quốc".
    """
    length = 0
    while here + length < len(words) and words[here + length][:1].isupper():
        length += 1
    if not here or not length or words[here - 1].endswith((".", "?", "!", ":")):
        return 0
    folded = [fold(word) for word in words[here : here + length]]
    if length == 1:
        return int(PERSONS.fullmatch(fold(words[here - 1])) is not None)
    return 0 if (folded[0], folded[1]) in vocabulary.pairs else length


def _name_length(words: list[str]) -> int:
    """How many of the first words are a person's name; 0 for none."""
    bare = [fold(word) for word in words[:4]]
    if not FAMILIES.fullmatch(bare[0]):
        return 0
    capitals = next((n for n, word in enumerate(words[:4]) if not word[:1].isupper()), len(bare))
    if capitals >= 2:
        return capitals
    return 3 if len(bare) >= 3 and bare[1] in MIDDLES and words[0][:1].islower() else 0
