"""Reads a place of Viet Nam, as people or ID cards write it, into the two levels in force since 1 July 2025.

Source of the names and of what became of each old commune: PyPI vietnamadminunits 1.0.4 (October 2025, MIT
licence), from danhmuchanhchinh.gso.gov.vn and sapnhap.bando.com.vn; further splits from PyPI
vietnam-address-converter 1.0.5 (July 2026, Apache-2.0). `tools/places_source.py` writes them into
`places.tsv`, `knowledge.places.gazetteer` finds them there.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from knowledge.places.gazetteer import (
    Commune,
    District,
    Former,
    Gazetteer,
    gazetteer,
    key,
    kind,
    marked,
    proper,
)
from knowledge.places.words import Name, Typed, names_before, split
from knowledge.text import tidy

_Unit = TypeVar("_Unit", Commune, Commune | Former)


class Place(NamedTuple):
    """A place of two levels; what is not known is empty."""

    detail: str = ""  # "Thôn Tiến Hòa", as it was typed
    commune: str = ""  # "phường Tiến Thành"
    province: str = ""  # "tỉnh Lâm Đồng"


class Reading(NamedTuple):
    """What a text can mean; of several places the citizen chooses."""

    typed: str
    places: tuple[Place, ...] = ()  # best first; none: nothing known, keep what was typed
    converted: bool = False  # other names than were typed: show them for confirmation


class _Scope(NamedTuple):
    """What the end of the text has already said."""

    olds: set[str]  # the old provinces to look in
    end: int  # the first word that has been read
    province: Name | None = None
    districts: frozenset[District] = frozenset()  # empty: none was named
    loose: int = 0

    def holds(self, district: District) -> bool:
        return district in self.districts if self.districts else district.province in self.olds

    def is_today(self, province: str) -> bool:
        """Whether the province of today, and no district, was named."""
        return self.province is not None and not self.districts and self.province.key == key(proper(province))

    def rank(self, commune: Name | None = None, official: bool = False) -> tuple[bool, int, int]:
        """Written out as the law has it, then more levels, then fewer names in the midst of other words."""
        levels = bool(self.province) + bool(self.districts) + bool(commune)
        return official, levels, -self.loose - (commune.loose if commune else 0)


class _Meaning(NamedTuple):
    rank: tuple[bool, int, int]
    place: Place
    converted: bool = True


def read(text: str, home: str = "") -> Reading:
    """The places that the text can mean; `home` is the province to look in when none is typed.

    Nothing is guessed: a foreign address has no places, a commune that is not found stays in the detail.
    """
    typed = tidy(text)
    meanings = list(_meanings(split(typed), gazetteer(), home))
    rank = max((meaning.rank for meaning in meanings), default=())
    best = [meaning for meaning in meanings if meaning.rank == rank]
    places = tuple(dict.fromkeys(meaning.place for meaning in best))
    return Reading(typed, places, any(meaning.converted for meaning in best))


def written(place: Place) -> str:
    """The place as a form wants it: "Thôn Tiến Hòa, phường Tiến Thành, tỉnh Lâm Đồng"."""
    return ", ".join(filter(None, place))


def _meanings(typed: Typed, table: Gazetteer, home: str) -> Iterator[_Meaning]:
    """Each way to read the text, from its end."""
    end = len(typed.plain)
    for name in names_before(typed, end, "province", table.provinces):
        olds = _provinces(table, name)
        if olds:
            yield from _within(typed, table, _Scope(olds, name.start, name, loose=name.loose))
    yield from _within(typed, table, _Scope(table.provinces.get(key(proper(home)), set()), end))
    everywhere = _within(typed, table, _Scope(set(table.today), end))
    yield from (meaning for meaning in everywhere if meaning.rank[1] > 1)


def _provinces(table: Gazetteer, name: Name) -> set[str]:
    """The old provinces meant; "TP Vĩnh Long" is no province."""
    olds = table.provinces[name.key]
    if name.kind != "thành phố":
        return olds
    return {old for old in olds if "thành phố" in (kind(old), kind(table.today[old]))}


def _within(typed: Typed, table: Gazetteer, scope: _Scope) -> Iterator[_Meaning]:
    """Every reading of what stands before the province."""
    for name in names_before(typed, scope.end, "district", table.districts):
        districts = frozenset(filter(scope.holds, table.districts[name.key]))
        if districts:
            inner = scope._replace(end=name.start, districts=districts, loose=scope.loose + name.loose)
            yield from _communes(typed, table, inner)
            yield _district(typed, table, scope, inner)
    yield from _communes(typed, table, scope)
    if scope.province:
        today = table.today[min(scope.olds)]
        place = Place(typed.before(scope.end), "", today)
        yield _Meaning(scope.rank(), place, scope.province.key != key(proper(today)))


def _district(typed: Typed, table: Gazetteer, scope: _Scope, inner: _Scope) -> _Meaning:
    """A district alone: its commune if it became one, else no commune and its name kept in the detail."""
    communes = set.union(*(table.within[district] for district in inner.districts))
    commune = communes.pop()
    if communes:
        return _Meaning(inner.rank(), Place(typed.before(scope.end), "", commune.province))
    return _Meaning(inner.rank(), Place(typed.before(inner.end), *commune))


def _communes(typed: Typed, table: Gazetteer, scope: _Scope) -> Iterator[_Meaning]:
    """The communes that stand before what the scope has read."""
    for name in names_before(typed, scope.end, "commune", table.communes, table.formers, table.nicknames):
        communes, converted = _meant(table, scope, name)
        official = bool(name.kind and typed.breaks[name.start]) and not converted
        for commune in communes:
            yield _Meaning(scope.rank(name, official), Place(typed.before(name.start), *commune), converted)


def _meant(table: Gazetteer, scope: _Scope, name: Name) -> tuple[list[Commune], bool]:
    """The communes of today that a name can mean in that scope, and whether other names were typed."""
    news = [each for each in table.communes.get(name.key, ()) if any(map(scope.holds, table.made_of[each]))]
    today = [each for each in news if scope.is_today(each.province)]
    official = [each for each in today if kind(each.name) == name.kind]
    if official and scope.province and scope.province.kind:  # written out as the law has it now
        return _spelled(official, name), False
    chosen: list[Commune | Former] = [*news, *_olds(table, scope, name)]
    if scope.districts:
        chosen = [each for each in chosen if _is_old(each, name.kind)] or chosen
    chosen = _spelled(chosen, name)
    chosen = [each for each in chosen if kind(each.name) == name.kind] or chosen
    found = [table.became[each] if isinstance(each, Former) else [each] for each in chosen]
    communes = list(dict.fromkeys(each for several in found for each in several))
    return communes, len(communes) > 1 or communes != today


def _olds(table: Gazetteer, scope: _Scope, name: Name) -> list[Former]:
    named = [each for each in table.formers.get(name.key, ()) if scope.holds(each.district)]
    return named or [each for each in table.nicknames.get(name.key, ()) if scope.holds(each.district)]


def _is_old(each: Commune | Former, named: str) -> bool:
    """Beside its district an old commune comes before one of today, unless the kind speaks against it."""
    return isinstance(each, Former) and named in ("", kind(each.name))


def _spelled(units: list[_Unit], typed: Name) -> list[_Unit]:
    """Those written with just these diacritics; else those that lack none typed; else all."""
    asked = marked(typed.written)
    named = [(unit, marked(proper(unit.name))) for unit in units]
    exact = [unit for unit, name in named if "".join(name) == "".join(asked) and not typed.bare]
    return exact or [unit for unit, name in named if _could_be(asked, name)] or units


def _could_be(asked: list[str], name: list[str]) -> bool:
    return len(asked) == len(name) and all(a.isascii() or a == n for a, n in zip(asked, name, strict=True))
