"""Numbers and days in Vietnamese words, as the civil-status desk writes them."""

from datetime import date

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


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


def _below_100(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    word = {0: "", 1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(
        ones, DIGITS[ones]
    )
    return f"{'mười' if tens == 1 else f'{DIGITS[tens]} mươi'} {word}".rstrip()
