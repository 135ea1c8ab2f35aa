"""The office's file of templates: which of our kinds of notices each tells, and what its parameters are.

mode = "development"             # only administrators of app and OA get them; "production": everybody
testers = ["4567890123456789"]   # ids that get them by id all the same, which knows no such mode

[[templates]]
id = "123456"                    # as Zalo numbers it
kinds = ["done", "returned"]     # of `motcua notices preview`
ways = ["uid", "phone"]          # left out: both
[templates.parameters]
ma_ho_so = { fact = "code", type = "code" }
trang_thai = { fact = "state", type = "status" }
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal
from unicodedata import normalize

from pydantic import Field

from handlers.notices.news import FACTS
from handlers.turn.messages import News
from knowledge.datafile import DataFile, Model, Text, read
from knowledge.notices.kinds import KINDS

Way = Literal["uid", "phone"]
Type = Literal[
    "name", "phone", "address", "code", "label", "status", "contact", "product", "amount", "time", "url",
    "note",
]  # fmt: skip
# The longest values by type, in characters after NFC, as two digests of Zalo's pages of 2026 tell.
LONGEST: Mapping[Type, int] = {
    "name": 30, "phone": 15, "address": 200, "code": 30, "label": 30, "status": 30, "contact": 50,
    "product": 200, "amount": 20, "time": 20, "url": 200, "note": 90,
}  # fmt: skip
WHOLE: frozenset[Type] = frozenset({"code", "phone", "amount", "time", "url"})  # half of one says nothing


class Parameter(Model):
    """What stands in a place of a template."""

    fact: Text  # of handlers.notices.news.FACTS
    type: Type
    longest: int = Field(default=0, ge=0)  # 0: as of its type

    @property
    def limit(self) -> int:
        """Characters."""
        return self.longest or LONGEST[self.type]


class Template(Model):
    """An approved template."""

    id: Text
    kinds: tuple[Text, ...] = Field(min_length=1)
    ways: tuple[Way, ...] = ("uid", "phone")
    parameters: Mapping[Text, Parameter] = Field(min_length=1)

    def filled(self, news: News) -> dict[str, str] | None:
        """Its places with the facts of a notice; None if one is not known or does not fit."""
        values = {name: _value(news.facts.get(each.fact), each) for name, each in self.parameters.items()}
        known = {name: value for name, value in values.items() if value is not None}
        return known if len(known) == len(values) else None


class Templates(DataFile):
    """The file."""

    mode: Literal["development", "production"] = "development"
    testers: tuple[Text, ...] = ()  # ids of persons
    templates: tuple[Template, ...] = ()

    def problems(self) -> Iterator[str]:
        """Kinds and facts that nobody knows."""
        for each in self.templates:
            unknown = [kind for kind in each.kinds if kind not in KINDS or not KINDS[kind].of_dossier]
            yield from (f"template {each.id}: {kind}: no kind of notice about a dossier" for kind in unknown)
            facts = [p.fact for p in each.parameters.values() if p.fact not in FACTS]
            yield from (f"template {each.id}: {fact}: no such fact; {', '.join(FACTS)}" for fact in facts)

    def fitting(self, news: News, way: Way) -> tuple[str, dict[str, str]] | None:
        """Number and values of the first template that can tell this; None if none can."""
        for each in self.templates:
            if news.kind in each.kinds and way in each.ways:
                values = each.filled(news)
                if values is not None:
                    return each.id, values
        return None


def load(path: Path | None) -> Templates:
    """The file of the settings, or an empty one. Raises BadDataFile."""
    return read(path, Templates) if path else Templates()


def _value(fact: str | None, into: Parameter) -> str | None:
    """The fact as it goes in: composed letters on one line, cut where that leaves some sense."""
    if not fact:
        return None
    value = " ".join(normalize("NFC", fact).split())
    if len(value) <= into.limit:
        return value
    return None if into.type in WHOLE else value[: into.limit - 1].rstrip() + "…"
