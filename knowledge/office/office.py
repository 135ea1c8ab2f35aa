"""The one-stop desk: its names, hours, places and numbers. What is not known yet is absent."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read
from knowledge.office.calendar import Holidays
from knowledge.translated import Fields, sources, translated

DEFAULT = Path(__file__).with_name("office.toml")
LOOK_AHEAD_DAYS = 31  # longer than any holiday

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PlaceId = Literal["one_stop", "police", "military"]  # as in Procedure.place
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]+([ .][0-9]+)*$")]


class Span(Model):
    """A time of day from `start` to `end`; the end is no longer in it. Office time."""

    start: time
    end: time

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must be later than start")
        return self


Spans = tuple[Span, ...]  # of one day, in order; empty: closed


class Phone(Model):
    """A number with the words that say whose it is."""

    label: Text
    number: Number


class Hours(Model):
    """The ordinary week of the desk."""

    confirmed: bool  # False: usual hours that this office has not confirmed; tell people to call first
    week: Mapping[Weekday, Spans]  # a weekday that is not named is closed


class Reception(Model):
    """One weekly reception of citizens (tiếp công dân)."""

    weekday: Weekday
    span: Span
    who: Text  # "Chủ tịch UBND phường"
    where: Text | None = None


class Place(Model):
    """Where procedures are filed."""

    name: Text
    address: Text | None = None
    phones: tuple[Phone, ...] = ()


class Portal(Model):
    """The national portal for filing online."""

    name: Text
    url: Text
    hotline: Number
    source: Text  # where the hotline was read


class Post(Model):
    """The public post, which carries dossiers and results."""

    name: Text
    about: Text


class Bank(Model):
    """The account that takes fees by transfer."""

    name: Text  # "VietinBank"
    bin: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]  # the bank's number at NAPAS
    account: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,19}$")]
    holder: Text


class Emergency(Model):
    """A number to call at once."""

    id: Slug  # "fire": answers the talk "emergency-fire"
    number: Number
    name: Text


class Office(DataFile):
    """The one-stop desk of one commune."""

    name: Text
    short: Text  # "bộ phận một cửa"
    unit: Text  # "phường Tiến Thành"
    province: Text
    unit_code: Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
    dossier_unit: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(\.[A-Z0-9]+)+$")]  # "H36.99"
    formerly: Text | None = None  # the unit's name before the last merger
    website: Text | None = None
    hours: Hours | None = None
    receptions: tuple[Reception, ...] | None = None  # None: the schedule is not known
    places: Mapping[PlaceId, Place]
    portal: Portal
    post: Post
    bank: Bank | None = None  # None: fees are paid at the desk
    emergencies: tuple[Emergency, ...] = Field(min_length=1)
    birth_places: tuple[Text, ...] = ()  # health facilities where most children are born, with address
    local_peoples: tuple[Text, ...] = ()  # ethnic groups who live here, as ethnic.toml spells them: offered
    confirmed_forms: tuple[Slug, ...] = ()  # forms of an uncertain list that an officer has checked
    english: Mapping[Text, Text] = Field(default_factory=dict)  # a text of this file = in English
    checked: date

    def told(self, language: str) -> "Office":
        """The same in English, as far as the file has it; in any other language as it is."""
        return translated(self, self.english, SAID, NAMED) if language == "en" else self

    @property
    def example_code(self) -> str:
        """A dossier's code as this office gives them, shown where one is asked for."""
        return f"{self.dossier_unit}-260706-1377"

    @property
    def address(self) -> str | None:
        """The desk's street address; None while it is not known."""
        return self.places["one_stop"].address

    @property
    def phones(self) -> tuple[Phone, ...]:
        """The desk's phones; empty while none is known."""
        return self.places["one_stop"].phones

    def emergency(self, emergency_id: str) -> Emergency:
        """The number to call; raises KeyError for an id that the file does not have."""
        return {e.id: e for e in self.emergencies}[emergency_id]

    def open_on(self, day: date, holidays: Holidays) -> Spans | None:
        """When the desk is open that day, empty if it is closed; None while the hours are not known."""
        if self.hours is None:
            return None
        weekday = holidays.weekday(day)
        return () if weekday is None else self.hours.week.get(WEEK[weekday], ())

    def is_open(self, moment: datetime, holidays: Holidays) -> bool | None:
        """Whether the desk is open at that moment of office time; None while the hours are not known."""
        spans = self.open_on(moment.date(), holidays)
        return None if spans is None else any(s.start <= moment.time() < s.end for s in spans)

    def next_open(self, moment: datetime, holidays: Holidays) -> datetime | None:
        """The next time it opens after that moment of office time, in the moment's time zone.

        None while the hours are not known, and when the coming month has none.
        """
        starts = (
            datetime.combine(day, span.start, moment.tzinfo)
            for day, spans in self._coming(moment, holidays)
            for span in spans
        )
        return next((start for start in starts if start > moment), None)

    def next_hours(self, moment: datetime, holidays: Holidays) -> tuple[date, Spans] | None:
        """The next day with hours that are not over by that moment of office time, and these hours.

        None as of `next_open`.
        """
        return next(self._coming(moment, holidays), None)

    def nearest_open(self, day: date, holidays: Holidays, step: Literal[1, -1]) -> date | None:
        """That day if the desk is open then, else the next, or the last before it; None as `next_open`."""
        days = (day + timedelta(days=step * n) for n in range(LOOK_AHEAD_DAYS))
        return next((each for each in days if self.open_on(each, holidays)), None)

    def _coming(self, moment: datetime, holidays: Holidays) -> Iterator[tuple[date, Spans]]:
        """The days of the coming month with hours that are not over at that moment, and these hours."""
        for day in (moment.date() + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS)):
            spans = self.open_on(day, holidays) or ()
            if left := tuple(s for s in spans if day > moment.date() or s.end > moment.time()):
                yield day, left

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        places: tuple[PlaceId, ...] = ("one_stop", "police", "military")
        yield from (f"places.{place} is missing" for place in places if place not in self.places)
        yield from duplicates("emergency", [e.id for e in self.emergencies])
        strange = self.english.keys() - set(sources(self, SAID, NAMED))
        yield from (f"english: {text!r} stands nowhere else in the file" for text in sorted(strange))
        for weekday, spans in self.hours.week.items() if self.hours else ():
            if any(late.start < early.end for early, late in zip(spans, spans[1:], strict=False)):
                yield f"hours.week.{weekday}: the spans overlap or stand out of order"


SAID: Fields = {Office: ("unit",), Post: ("about",)}
NAMED: Fields = {kind: ("name",) for kind in (Office, Place, Portal, Post, Emergency)}


def load(path: Path = DEFAULT) -> Office:
    """Reads the office; raises BadDataFile with all problems at once."""
    return read(path, Office)
