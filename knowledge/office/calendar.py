"""Public holidays and swapped working days, from a table that staff can edit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge.datafile import DataFile, Model, Text, duplicates, read

DEFAULT = Path(__file__).with_name("holidays.toml")


class DayOff(Model):
    """A day on which offices are closed whatever its weekday."""

    day: date
    name: Text  # "Quốc khánh"


class Swap(Model):
    """A day of rest that is worked, because another day is off in its place."""

    day: date
    instead_of: date  # the day that is off; the hours of its weekday hold


class Holidays(DataFile):
    """What differs from the ordinary week in the years that the table covers."""

    years: tuple[int, ...]
    days_off: tuple[DayOff, ...]
    swaps: tuple[Swap, ...] = ()

    def knows(self, day: date) -> bool:
        """Whether the table covers that day's year; outside it every week is an ordinary one."""
        return day.year in self.years

    def name_on(self, day: date) -> str | None:
        """The holiday's name; None on other days."""
        return next((off.name for off in self.days_off if off.day == day), None)

    def weekday(self, day: date) -> int | None:
        """The weekday whose hours hold that day, Monday is 0; None on a holiday."""
        if self.name_on(day):
            return None
        return next((s.instead_of for s in self.swaps if s.day == day), day).weekday()

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        days = [off.day for off in self.days_off] + [swap.day for swap in self.swaps]
        yield from duplicates("day", map(str, days))
        yield from (f"{day} lies outside years" for day in days if day.year not in self.years)
        off = {off.day for off in self.days_off}
        yield from (f"{s.instead_of} is no day off" for s in self.swaps if s.instead_of not in off)


def load(path: Path = DEFAULT) -> Holidays:
    """Reads the table; raises BadDataFile with all problems at once."""
    return read(path, Holidays)
