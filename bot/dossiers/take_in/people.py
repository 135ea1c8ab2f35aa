"""Whether a code stands beside another person than before: then it was typed wrong."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from handlers.desk.values import Reason
from knowledge.text import plain


class Known(Protocol):
    """What news and what is held tell of a person."""

    @property
    def name(self) -> str | None:
        """As it was written."""

    @property
    def phone(self) -> str | None:
        """As dialled."""

    @property
    def procedure(self) -> str | None:
        """Its code."""


def is_other(one: Known, other: Known) -> bool:
    """Another name, and another phone or procedure beside it."""
    return _has_other_name(one, other) and (
        _differ(one.phone, other.phone) or _differ(one.procedure, other.procedure)
    )


def strangers(codes: Iterable[tuple[str, list[tuple[int, Known]]]]) -> Iterator[tuple[str, Reason]]:
    """Of codes with their rows in one table those that stand beside different people.

    Nothing but a phone tells there that two names are of one person.
    """
    for code, rows in codes:
        first = rows[0][1]
        if any(
            is_other(first, each)
            or (_has_other_name(first, each) and not (first.phone and first.phone == each.phone))
            for _, each in rows
        ):
            yield code, Reason("two_people", facts=(("rows", ", ".join(str(number) for number, _ in rows)),))


def _has_other_name(one: Known, other: Known) -> bool:
    return bool(one.name and other.name and one.name != other.name and plain(one.name) != plain(other.name))


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)
