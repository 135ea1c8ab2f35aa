"""What Zalo says of the office's templates: places, state, prices. Asked now and then."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bot.channels.zalo.oa.outgoing.api import Accepted, Api
from bot.channels.zalo.templates.mapping import Template, Way

PATH = "/template/info/v2"
GOOD_FOR = timedelta(hours=6)
AGAIN = timedelta(minutes=10)  # after an answer that told nothing
ENABLED = "ENABLE"
PRICE: Mapping[Way, str] = {"uid": "price_uid", "phone": "price_sdt"}


@dataclass(frozen=True)
class Place:
    """A parameter as Zalo has it."""

    name: str
    longest: int  # characters; 0: not told
    required: bool


@dataclass(frozen=True)
class Info:
    """A template as Zalo has it."""

    status: str
    places: tuple[Place, ...] = ()  # none while it is in review
    dong: Mapping[Way, int] = field(default_factory=dict)  # price of one message; none where it is not told
    quality: str = ""

    def unfit(self, values: Mapping[str, str]) -> Iterator[str]:
        """Why these values would be refused. A refused message may be charged, so this is asked before."""
        if not self.places:
            return
        known = {place.name: place for place in self.places}
        yield from (f"{name}: the template has no such parameter" for name in values if name not in known)
        missing = [name for name, place in known.items() if place.required and name not in values]
        yield from (f"{name}: not given" for name in missing)
        for name, value in values.items():
            longest = known[name].longest if name in known else 0
            if longest and len(value) > longest:
                yield f"{name}: longer than {longest}"


class Infos:
    """Asks for templates by their number, and remembers."""

    def __init__(self, api: Api, now: Callable[[], datetime]) -> None:
        """`api`: of the template host."""
        self._api, self._now = api, now
        self._known: dict[str, tuple[Info | None, datetime]] = {}  # with the moment to ask again

    async def of(self, template: str) -> Info | None:
        """None: Zalo did not tell."""
        known = self._known.get(template)
        if known and self._now() < known[1]:
            return known[0]
        told = await self._api.ask(f"{PATH}?{urlencode({'template_id': template})}")
        info = read(told.data) if isinstance(told, Accepted) else None
        self._known[template] = info, self._now() + (GOOD_FOR if info else AGAIN)
        return info


def read(data: Mapping[str, Any]) -> Info:
    """The info in an answer; numbers may be strings."""
    params = data.get("listParams")
    places = [
        Place(str(p.get("name", "")), _number(p.get("maxLength")), p.get("require") is True)
        for p in (params if isinstance(params, list) else ())
        if isinstance(p, dict)
    ]
    dong = {way: _number(data[key]) for way, key in PRICE.items() if data.get(key) is not None}
    return Info(str(data.get("status", "")), tuple(places), dong, str(data.get("templateQuality") or ""))


def differences(template: Template, info: Info | None) -> Iterator[str]:
    """Where the office's file and Zalo do not agree, a line each."""
    if info is None:
        yield "Zalo tells nothing of it; is its number right?"
        return
    if info.status != ENABLED:
        yield f"Zalo says {info.status or 'nothing of its state'}; only an approved one is sent to everybody"
    if info.quality == "LOW":
        yield "its quality is LOW: people report it, and Zalo may disable it"
    yield from info.unfit({name: "x" * each.limit for name, each in template.parameters.items()})


def _number(told: object) -> int:
    text = str(told)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
