"""Numbers and days in Vietnamese words, as the civil-status desk writes them."""

from datetime import date

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SAID = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip  # digits as they are said, without diacritics
_TENS, _ZERO = ("muoi", "chuc"), ("le", "linh")
_GREAT = {"nghin": 1000, "ngan": 1000, "tram": 100}


def number_words(number: int) -> str:
    """A number from 0 to 9999: 2026 is "hai nghìn không trăm hai mươi sáu"."""
    thousands, rest = divmod(number, 1000)
    hundreds, below = divmod(rest, 100)
    words = [f"{DIGITS[thousands]} nghìn"] if thousands else []
    if hundreds or (thousands and below):
        words.append(f"{DIGITS[hundreds]} trăm")
    if below or not words:
        words.append(f"linh {DIGITS[below]}" if words and below < 10 else _below_100(below))
    return " ".join(words)


def date_words(day: date) -> str:
    """The day: "Ngày năm, tháng mười một, năm hai nghìn không trăm hai mươi sáu"."""
    month = "tư" if day.month == 4 else number_words(day.month)
    return f"Ngày {number_words(day.day)}, tháng {month}, năm {number_words(day.year)}"


def number_said(words: str) -> int | None:
    """The number that words without diacritics say, as the years of a life are told; None if they say none.

    "mot nghin chin tram tam muoi tam", "chin muoi lam", "mot chin tam lam", "hai ngan le hai", "92".
    """
    said = words.split()
    if not all(word.isdecimal() or word in (*_SAID, *_GREAT, *_TENS, *_ZERO) for word in said):
        return None
    if not any(word in (*_GREAT, *_TENS) for word in said):  # digit by digit
        digits = "".join(str(_SAID.get(word, word)) for word in said if word not in _ZERO)
        return int(digits) if digits else None
    total, below, before = 0, 0, ""
    for word in said:
        if word in _GREAT:
            total, below = total + (below if before else 1) * _GREAT[word], 0
        elif word in _TENS:
            below = (below or 1) * 10
        elif word not in _ZERO:
            below += int(_SAID.get(word, word))
        before = word
    return total + below


def _below_100(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    word = {0: "", 1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(
        ones, DIGITS[ones]
    )
    return f"{'mười' if tens == 1 else f'{DIGITS[tens]} mươi'} {word}".rstrip()
