"""Days, sums and lines as people write them in Vietnam."""

from collections.abc import Iterable, Sequence
from datetime import date

from babel.numbers import format_decimal

from handlers.language.i18n import SOURCE


def date_text(day: date) -> str:
    """22/11/2026, as forms and receipts have it."""
    return f"{day:%d/%m/%Y}"


def day_text(day: date) -> str:
    """18/7/2026, as it is said within a sentence."""
    return f"{day.day}/{day.month}/{day.year}"


def money(amount: int, language: str = SOURCE) -> str:
    """50.000, with the thousands set off as that language does: 50,000 in English."""
    return str(format_decimal(amount, locale=language))


def bullets(lines: Iterable[str]) -> list[str]:
    """Lines of a list."""
    return [f"• {line}" for line in lines]


def labelled(label: str, lines: Sequence[str]) -> str:
    """A label with one line behind it, or with several below it."""
    return f"{label}: {lines[0]}" if len(lines) == 1 else "\n".join([f"{label}:", *bullets(lines)])


def sentence(line: str) -> str:
    """The line with a capital at its beginning."""
    return line[:1].upper() + line[1:]
