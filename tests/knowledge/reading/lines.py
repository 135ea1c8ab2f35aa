"""The lines that readings are measured on: tables beside this file, in our own words."""

from pathlib import Path

HERE = Path(__file__).parent


def table(name: str) -> list[list[str]]:
    """The rows of a table, without its heading."""
    text = (HERE / name).read_text(encoding="utf-8")
    return [row.split("\t") for row in text.splitlines()[1:] if row]


def plain(name: str) -> list[str]:
    """The lines of a plain list."""
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line]


def share(right: list[bool]) -> float:
    """The part that is right, 0..1."""
    return sum(right) / len(right)
