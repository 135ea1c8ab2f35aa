"""The portal's words for deadlines and fees as ours; what it does not say soundly stays unknown."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, Self, TypeVar

from knowledge.portal.row import Way
from knowledge.portal.words import clean, says_free, says_nothing, words
from knowledge.procedures.catalogue import Deadline, Fee, Via
from knowledge.text import plain

LEAST = 1000  # dong; smaller sums on the portal are dollars, or thousands
_SPAN = re.compile(r"([\d.,]+) (WORKING_DAY|ngày|HOUR|MONTH|YEAR|OTHER)")
_SUM = re.compile(r"([\d.]+) VNĐ(?: \((.*)\))?", re.DOTALL)
_MONEY = re.compile(r"\d[\d.]{3,}(?=\s*(?:VNĐ|vnđ|đồng|đ\b|Đ\b|/))")
_UNIT = re.compile(  # "/văn bản", "đồng/lần (...)"
    r"(?:đồng|VNĐ)?\s*/\s*(?:\d+\s+)?([^\W\d_][^\d.,;:()/|]{0,30}?)\s*(?=[.;:()]|$)", re.IGNORECASE
)
_PROVINCE = re.compile(r"hoi dong nhan dan (?:cap )?tinh|hdnd (?:cap )?tinh")


class _Entry(Protocol):
    """A deadline or a fee."""

    @property
    def via(self) -> tuple[Via, ...]: ...
    def model_copy(self, *, update: dict[str, object]) -> Self: ...


E = TypeVar("E", bound=_Entry)


def deadlines(ways: Sequence[Way]) -> list[Deadline]:
    """The deadlines of all ways of filing; at least one."""
    return _told_once(ways, lambda way: [deadline(way.time, way.about)]) or [Deadline(kind="unknown")]


def fees(ways: Sequence[Way]) -> list[Fee]:
    """The fees of all ways of filing; at least one."""
    return _told_once(ways, lambda way: list(fees_of(way.fee))) or [Fee(name=words().fee, level="unknown")]


def _told_once(ways: Sequence[Way], read: Callable[[Way], list[E]]) -> list[E]:
    """What is the same for several ways as one entry that names them; for all ways it names none."""
    found: list[tuple[E, list[Via]]] = []
    for way in ways:
        for entry in read(way):
            vias = next((vias for known, vias in found if known == entry), None)
            if vias is None:
                found.append((entry, vias := []))
            if way.via not in vias:
                vias.append(way.via)
    everywhere = {way.via for way in ways}
    return [
        entry if set(vias) == everywhere else entry.model_copy(update={"via": tuple(vias)})
        for entry, vias in found
    ]


def deadline(time: str, about: str) -> Deadline:
    """`5 WORKING_DAY`, `30 ngày`, `1 OTHER` or `<words> OTHER`; `about` is what the portal adds."""
    span = _SPAN.fullmatch(time.strip())
    note = about or None
    if span is None:
        text = clean(time.removesuffix("OTHER"))
        told = ". ".join(filter(None, [text, about]))
        return Deadline(kind="other", note=told) if told else Deadline(kind="unknown")
    number, unit = span[1].replace(".", ","), span[2]
    kinds = {"WORKING_DAY": "working_days", "ngày": "days", "MONTH": "months"}
    if unit in kinds and number.isdecimal() and int(number):
        return Deadline.model_validate({"kind": kinds[unit], "count": int(number), "note": note})
    patterns = {"WORKING_DAY": words().fraction, "HOUR": words().hours, "YEAR": words().years}
    if unit in patterns and number.strip("0,"):
        return Deadline(
            kind="other", note=". ".join(filter(None, [patterns[unit].format(number=number), about]))
        )
    return Deadline(kind="unknown", note=" ".join([words().no_unit.format(number=number), about]).strip())


def fees_of(text: str) -> Iterator[Fee]:
    """`0 VNĐ ()`, `50000 VNĐ (/văn bản) | 8000 VNĐ (...)`, or words."""
    seen: list[Fee] = []
    for part in re.split(r" \| (?=[\d.]+ VNĐ)", text) if _SUM.match(text.strip()) else text.split(" | "):
        fee = _fee(part.strip(" |"))
        if fee not in seen:
            seen.append(fee)
    told = [fee for fee in seen if fee.note or fee.level != "unknown"]
    yield from told or [Fee(name=words().fee, level="unknown")]


def _fee(text: str) -> Fee:
    found = _SUM.fullmatch(text)
    if found is None:
        return _in_words(clean(text))
    amount, note = int(found[1].replace(".", "") or 0), clean(found[2] or "")
    if amount == 0 and not note:
        return Fee(name=words().fee, level="not_collected")
    if amount == 0:
        return _in_words(note)
    told = {int(sum_.replace(".", "")) for sum_ in _MONEY.findall(note)}
    if amount < LEAST or (told and amount not in told):  # the portal's number and its words disagree
        return Fee(name=words().fee, level="unknown", note=words().stated.format(fee=clean(text)))
    return _amount(amount, note)


def _amount(amount: int, note: str) -> Fee:
    """`/văn bản`, `đồng/lần` and `70.000 đồng/thẻ` hold the unit; any other words are a note."""
    told = f"{amount:,}".replace(",", ".")
    unit = _UNIT.match(note.removeprefix(told).removeprefix(str(amount)).strip())
    whole = unit is not None and note.rstrip(".").endswith(unit[1].rstrip())
    return Fee(
        name=words().fee,
        level="amount",
        amount=amount,
        unit=words().dong_for.format(what=unit[1].strip()) if unit else words().dong,
        note=None if whole or not note else note,
    )


def _in_words(text: str) -> Fee:
    if says_free(text):
        return Fee(name=words().fee, level="free")
    if not text or says_nothing(text):
        return Fee(name=words().fee, level="unknown")
    province = _PROVINCE.search(plain(text))
    return Fee(name=words().fee, level="province" if province else "unknown", note=text)
