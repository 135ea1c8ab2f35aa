"""Numbers in a typed line: which choice they count off, or what they measure."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from knowledge.reading.phrases import Phrases
from knowledge.reading.words import Line, Word, line, words

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
ALSO = {
    "tư": 4,
    "lăm": 5,
    "nhăm": 5,
    "bẩy": 7,
    "mốt": 1,
    "nhất": 1,
    "nhì": 2,
    "mười": 10,
    "chục": 10,
    "một": 1,
}
ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip
SHORT_ONES = ("mot", "lam", "nham", "tu")  # ones that follow a ten which is left unsaid
OTHERWISE = ("sau", "nam")  # without marks and alone: later, male
AGE = "tuổi"
TEN = 10  # of several numbers in words, smaller ones count years or things
HALF = 0.5  # "dưới 6" is less than 6
FIRST_CLASS = 5  # years more than the number of a school year
LEVELS = {1: 8, 2: 12, 3: 16}  # the age in the middle of each school level
_FIGURES = re.compile(
    r"(?<![\w.,/])(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d+))?\s*(tr|triệu|trieu|k|ngàn|nghìn)?\b", re.I
)
_TIMES = {"tr": 1_000_000, "triệu": 1_000_000, "trieu": 1_000_000, "k": 1000, "ngàn": 1000, "nghìn": 1000}

# What may stand around a number that counts off a choice.
_FRAME = (
    "số câu chọn ý cái mục án dòng nút lựa thứ phương option number choice đáp ô dạ ạ a nha nhé em anh chị "
    "cô chú bác đi thôi là tôi mình con cháu trường hợp ơi giùm lấy theo luôn đó này kia ấy vâng ừ ok rồi "
    "hen nghen nhen the one vậy thì cho xin bạn ad đầu tiên cuối cùng chót loại kiểu dạng việc trên dưới hết "
    "giữa đúng phải chắc trả lời please á à nè đấy hả hén hỉ nớ nghe"
)


@lru_cache(maxsize=4000)
def counted(text: str, choices: int) -> int | None:
    """The place (1 is the first) that a line counts off, and nothing more than that; None if it does not.

    The place may be none of the `choices`: then that is what to say.
    """
    typed = line(text)
    if not typed.words or len(typed.words) > 9 or not _is_framed(typed):
        return None
    if len(typed.words) == 1 and not typed.is_marked and typed.words[0].folded in OTHERWISE:
        return None
    if _last().says(typed):
        return choices
    if _first().says(typed):
        return 1
    found = [number for word in typed.words if (number := _number(word, typed.is_marked)) is not None]
    if len(found) == 2 and typed.words[-1].folded == "one":  # "the second one"
        return found[0]
    return found[0] if len(found) == 1 else None


def measures(text: str, unit: str) -> tuple[float, ...]:
    """The figures in a text: ages, sums, areas; "15 triệu" is 15000000. Also small numbers in words.

    An age is also told by a school year or by being just born.
    """
    if unit == AGE and (age := _told_age(line(text))) is not None:
        return (age,)
    if unit == AGE and (ages := _ages(line(text))):
        return tuple(n - HALF if _less().says(line(text)) else n for n in ages)
    found = []
    for match in _FIGURES.finditer(text):
        whole = float(re.sub(r"[.,]", "", match[1])) + (float(f"0.{match[2]}") if match[2] else 0)
        found.append(whole * _TIMES.get((match[3] or "").lower(), 1))
    found += [float(m[1]) for m in re.finditer(r"\b(\d{1,3})(?:t|tuoi)\b", text.lower())]
    found = found or [float(n) for n in _spoken(line(text))]
    return tuple(n - HALF if _less().says(line(text)) else n for n in found)


def spoken(text: str) -> list[int]:
    """The numbers in words in a text, up to 99: "tám mươi hai"."""
    return _spoken(line(text))


def _ages(typed: Line) -> tuple[float, ...]:
    """The numbers that stand before "tuổi"; without it those in words that are more than a few, if one alone is not."""
    said = list(_placed(typed))
    named = [n for n, end in said if end < len(typed.words) and typed.words[end].folded == "tuoi"]
    grown = [n for n, _ in said if n >= TEN]
    figures = any(word.folded.isdecimal() for word in typed.words)
    return tuple(map(float, named or (grown if len(said) > 1 and not figures else ())))


def _told_age(typed: Line) -> float | None:
    """The age that a school year or level tells, or months; None if none is said."""
    if _newborn().says(typed):
        return 0.0
    if _has_years(typed):
        return None
    for at, before in enumerate(typed.words[:-1], 1):
        number, _ = _from(typed, at)
        if number is not None and before.folded == "lop":
            return float(number + FIRST_CLASS)
        if number in LEVELS and before.folded == "cap":
            return float(LEVELS[number])
    return None


def _has_years(typed: Line) -> bool:
    return "tuoi" in typed.folded


@cache
def _less() -> Phrases:
    return Phrases(
        ("less", phrase) for phrase in ("dưới", "chưa đủ", "chưa tới", "chưa đến", "less than", "under")
    )


@cache
def _newborn() -> Phrases:
    young = (
        "mới đẻ",
        "mới sinh",
        "sơ sinh",
        "tháng tuổi",
        "mấy tháng",
        "lọt lòng",
        "newborn",
        "1|2|3|4|5|6|7|8|9|10|11 tháng",
    )
    return Phrases(("newborn", phrase) for phrase in young)


def _is_framed(typed: Line) -> bool:
    """Whether a line has nothing but a number and what people put around it."""
    return all(word.typed in _frame() or _number(word, typed.is_marked) is not None for word in typed.words)


@cache
def _frame() -> frozenset[str]:
    spelt = words(_FRAME)
    return frozenset(word.typed for word in spelt) | frozenset(word.folded for word in spelt)


def _number(word: Word, is_marked: bool) -> int | None:
    if word.folded.isdecimal():
        return int(word.folded) if len(word.folded) <= 2 else None
    if word.typed in _values():
        return _values()[word.typed]
    if not is_marked and word.folded in _folded_values():
        return _folded_values()[word.folded]
    return ENGLISH.get(word.folded)


@cache
def _values() -> dict[str, int]:
    said = {**{name: number for number, name in enumerate(UNITS) if number}, **ALSO}
    return {words(name)[0].typed: number for name, number in said.items()}


@cache
def _folded_values() -> dict[str, int]:
    said = {name: number for number, name in enumerate((*UNITS, "mười")) if number}
    return {words(name)[0].folded: number for name, number in said.items()}


@cache
def _first() -> Phrases:
    return Phrases(
        ("first", phrase) for phrase in ("đầu tiên", "cái|câu|ý|số|dòng đầu", "trên cùng", "the first")
    )


@cache
def _last() -> Phrases:
    last = ("cuối cùng", "cái|câu|ý|dòng|số cuối|chót", "dưới cùng", "sau cùng", "the last", "last one")
    return Phrases(("last", phrase) for phrase in last)


def _spoken(typed: Line) -> list[int]:
    """Numbers in words, up to 99: "tám mươi hai", "mười hai", "bốn tuổi rưỡi"."""
    return [number for number, _ in _placed(typed)]


def _placed(typed: Line) -> Iterator[tuple[int, int]]:
    """The same, each with the place of the word behind it."""
    at = 0
    while at < len(typed.words):
        number, used = _from(typed, at)
        at += max(used, 1)
        if number is not None:
            yield number, at


def _from(typed: Line, at: int) -> tuple[int | None, int]:
    values = [_number(word, typed.is_marked) for word in typed.words[at : at + 3]]
    first = values[0]
    if first is None:
        return None, 1
    if first == 10:  # mười hai
        second = values[1] if len(values) > 1 else None
        return (10 + second, 2) if second and second < 10 else (10, 1)
    second = values[1] if len(values) > 1 else None
    if first < 10 and second is not None and second < 10:  # "bảy mốt" is 71, "sáu bảy" one of two
        return (first * 10 + second, 2) if typed.words[at + 1].folded in SHORT_ONES else (None, 2)
    tens = len(typed.words) > at + 1 and typed.words[at + 1].folded in ("muoi", "chuc")
    if not tens:
        return first, 1
    last = values[2] if len(values) > 2 else None
    return (first * 10 + last, 3) if last and last < 10 else (first * 10, 2)
