"""The national sync messages, row by row: fields named by Cổng DVCQG, empty means unknown.

DongBoHoSoMC and CapNhatTienDoHoSoMC as one-stop software sends them to the national portal; CapNhatTienTrinh
and CapNhatTrangThai of the ministries' portal, which name their fields alike.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.clock import VIETNAM
from bot.dossiers.record import Update
from bot.one_stop import values
from bot.one_stop.judging import Told
from bot.one_stop.values import BadValue, Row, States
from knowledge.dossiers.fields import ABOUT, Kind
from knowledge.dossiers.statuses import state_of

DOSSIER, PROGRESS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
SERVICES = (DOSSIER, PROGRESS)

# the key that tells when a dossier came to a state, by what the state's `since` says
SINCE = {"received": "NgayTiepNhan", "ended": "NgayKetThucXuLy", "returned": "NgayTra"}
SUPPLEMENT_DATES = ("NgayBoSung", "NgayTiepNhanBoSung")
KEYS = {
    "code": "MaHoSo", "changed": "ThoiDiemXuLy", "received": "NgayTiepNhan", "due": "NgayHenTra",
    "finished": "NgayKetThucXuLy", "returned": "NgayTra",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a row says, and whether it says when."""

    told: Told
    dated: bool


def parse_row(row: Row, service: str, now: datetime, states: States) -> Said:
    """A row of a message; without a `service` its fields tell its kind. Raises BadValue."""
    if service == PROGRESS or (not service and "ThoiDiemXuLy" in row):
        return Said(_progress(row, states), dated=True)
    if service == DOSSIER or not ("TrangThai" in row and "TrangThaiHoSo" not in row):
        return Said(_dossier(row, now, states), dated=False)
    return Said(_state(row, states), dated=False)


def _progress(row: Row, states: States) -> Told:
    receipt, at, status = values.code(row, "MaHoSo"), values.moment(row, "ThoiDiemXuLy"), _status(row, states)
    if at is None:
        raise BadValue("ThoiDiemXuLy", "missing")
    remark = values.text(row, "NoiDungXuLy") or ""
    asked = remark if remark and _awaits(status[0]) == "papers" else None
    news = Update(receipt.code, at, status=status[0], since=at, remark=remark, missing=asked, stage=status[1])
    return Told(receipt, news, at)


def _state(row: Row, states: States) -> Told:
    receipt, (status, stage) = values.code(row, "MaHoSo"), _status(row, states)
    return Told(receipt, Update(receipt.code, _midnight(receipt.day), status=status, stage=stage or None))


def _status(row: Row, states: States) -> tuple[str, str]:
    status, stage = states.read(row, "TrangThai")
    if not status:
        raise BadValue("TrangThai", "missing")
    return status, stage


def _dossier(row: Row, now: datetime, states: States) -> Told:
    receipt, (status, stage) = values.code(row, "MaHoSo"), states.read(row, "TrangThaiHoSo")
    supplements = _rows(row, "DanhSachHoSoBoSung")
    known = [at for at in _moments(row, supplements) if at <= now]
    told: dict[str, Any] = {
        name: PARSERS.get(about.kind, values.text)(row, about.national) or None
        for name, about in ABOUT.items()
        if about.national
    }
    if not status and not any(told.values()):
        raise BadValue("", "says_nothing")
    told["missing"] = _missing(supplements) if _awaits(status) == "papers" else None
    told["fee_due"] = _fee(row) if _awaits(status) == "fee" else None
    told["stage"] = stage or None
    since = _since(row, status, supplements)
    news = Update(receipt.code, max([_midnight(receipt.day), *known]), status=status, since=since, **told)
    return Told(receipt, news, returned=values.day(row, "NgayTra"))


def _awaits(status: str | None) -> str:
    """What a dossier in this state waits for: "papers", "fee"; "" for nothing."""
    state = state_of(status or "")
    return state.awaits if state else ""


def _moments(row: Row, supplements: list[Row]) -> Iterator[datetime]:
    yield from filter(None, (values.moment(row, key) for key in SINCE.values()))
    yield from filter(None, (values.moment(each, key) for each in supplements for key in SUPPLEMENT_DATES))


def _since(row: Row, status: str | None, supplements: list[Row]) -> datetime | None:
    state = state_of(status or "")
    if state and state.awaits == "papers":
        return max(filter(None, (values.moment(each, "NgayBoSung") for each in supplements)), default=None)
    return values.moment(row, SINCE[state.since]) if state and state.since else None


def _missing(supplements: list[Row]) -> str | None:
    """What was asked for last and has not come yet."""
    open_ones = [each for each in supplements if not values.moment(each, "NgayTiepNhanBoSung")]
    asked = [words for each in open_ones if (words := values.text(each, "NoiDungBoSung"))]
    return asked[-1] if asked else None


def _fee(row: Row) -> int | None:
    amounts = [values.amount(each, "Gia") for each in _rows(row, "DanhSachLePhi")]
    return sum(filter(None, amounts)) or None


def _phone(row: Row, key: str) -> str | None:
    """Clerks must fill this field and write "0" or "không" where there is none."""
    try:
        return values.phone(row, key)
    except BadValue:
        return None


# how these kinds are read; all others as texts: whoever fills the national fields is not asked to mend them
PARSERS: Mapping[Kind, Callable[[Row, str], Any]] = {
    "procedure": values.procedure,
    "day": values.day,
    "phone": _phone,
}


def _rows(row: Row, key: str) -> list[Row]:
    listed = row.get(key) or []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BadValue(key, "no_list")
    return listed


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
