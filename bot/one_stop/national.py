"""The national sync messages, row by row: fields named by Cổng DVCQG, empty means unknown.

DongBoHoSoMC and CapNhatTienDoHoSoMC as one-stop software sends them to the national portal; CapNhatTienTrinh
and CapNhatTrangThai of the ministries' portal, which name their fields alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.clock import VIETNAM
from bot.dossiers.held import Update
from bot.one_stop import values
from bot.one_stop.values import BadValue, Row

DOSSIER, PROGRESS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
SERVICES = (DOSSIER, PROGRESS)
MISSING_PAPERS, FEE_DUE = "5", "6"

# the field that tells when a dossier came to a state
SINCE = {
    "1": "NgayTiepNhan", "2": "NgayTiepNhan",
    "3": "NgayKetThucXuLy", "7": "NgayKetThucXuLy", "8": "NgayKetThucXuLy", "9": "NgayKetThucXuLy",
    "10": "NgayTra",
}  # fmt: skip
DATES = ("NgayTiepNhan", "NgayKetThucXuLy", "NgayTra")
SUPPLEMENT_DATES = ("NgayBoSung", "NgayTiepNhanBoSung")


@dataclass(frozen=True)
class Told:
    """What a row says, and whether it says when."""

    update: Update
    dated: bool


def told(row: Row, service: str, now: datetime) -> Told:
    """A row of a message; without a `service` its fields tell its kind. Raises BadValue."""
    if service == PROGRESS or (not service and "ThoiDiemXuLy" in row):
        return Told(_progress(row), dated=True)
    if service == DOSSIER or not ("TrangThai" in row and "TrangThaiHoSo" not in row):
        return Told(_dossier(row, now), dated=False)
    return Told(_state(row), dated=False)


def _progress(row: Row) -> Update:
    receipt, at, status = values.code(row, "MaHoSo"), values.moment(row, "ThoiDiemXuLy"), _status(row)
    if at is None:
        raise BadValue("ThoiDiemXuLy", "missing")
    remark = values.text(row, "NoiDungXuLy") or ""
    asked = remark if status == MISSING_PAPERS and remark else None
    return Update(receipt.code, at, status=status, since=at, remark=remark, missing=asked)


def _state(row: Row) -> Update:
    receipt = values.code(row, "MaHoSo")
    return Update(receipt.code, _midnight(receipt.day), status=_status(row))


def _status(row: Row) -> str:
    status = values.status(row, "TrangThai")
    if not status:
        raise BadValue("TrangThai", "missing")
    return status


def _dossier(row: Row, now: datetime) -> Update:
    receipt, status = values.code(row, "MaHoSo"), values.status(row, "TrangThaiHoSo") or None
    supplements = _rows(row, "DanhSachHoSoBoSung")
    known = [at for at in _moments(row, supplements) if at <= now]
    return Update(
        code=receipt.code,
        at=max([_midnight(receipt.day), *known]),
        status=status,
        since=_since(row, status, supplements),
        procedure=values.procedure(row, "MaTTHC") or None,
        title=values.text(row, "TenTTHC") or None,
        received=values.day(row, "NgayTiepNhan"),
        due=values.day(row, "NgayHenTra"),
        finished=values.day(row, "NgayKetThucXuLy"),
        missing=_missing(supplements) if status == MISSING_PAPERS else None,
        note=values.text(row, "GhiChu") or None,
        fee_due=_fee(row) if status == FEE_DUE else None,
        name=values.text(row, "ChuHoSo") or None,
        phone=_phone(row),
        id_number=values.text(row, "MaDoiTuong") or None,
    )


def _moments(row: Row, supplements: list[Row]) -> Iterator[datetime]:
    yield from filter(None, (values.moment(row, key) for key in DATES))
    yield from filter(None, (values.moment(each, key) for each in supplements for key in SUPPLEMENT_DATES))


def _since(row: Row, status: str | None, supplements: list[Row]) -> datetime | None:
    if status == MISSING_PAPERS:
        return max(filter(None, (values.moment(each, "NgayBoSung") for each in supplements)), default=None)
    return values.moment(row, SINCE[status]) if status in SINCE else None


def _missing(supplements: list[Row]) -> str | None:
    """What was asked for last and has not come yet."""
    open_ones = [each for each in supplements if not values.moment(each, "NgayTiepNhanBoSung")]
    asked = [words for each in open_ones if (words := values.text(each, "NoiDungBoSung"))]
    return asked[-1] if asked else None


def _fee(row: Row) -> int | None:
    amounts = [values.amount(each, "Gia") for each in _rows(row, "DanhSachLePhi")]
    return sum(filter(None, amounts)) or None


def _phone(row: Row) -> str | None:
    """Clerks must fill this field and write "0" or "không" where there is none."""
    phone = values.text(row, "SoDienThoai") or ""
    return phone if sum(c.isdigit() for c in phone) >= values.PHONE_DIGITS else None


def _rows(row: Row, key: str) -> list[Row]:
    listed = row.get(key) or []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BadValue(key, "must be a list of objects")
    return listed


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
