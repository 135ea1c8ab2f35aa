"""Messages as one-stop software sends them; the people in them are invented."""

import json
from datetime import datetime

from bot.clock import VIETNAM
from bot.one_stop import sync
from bot.one_stop.values import States

CODE = "H15.50-260706-1377"
OTHER = "G09.20-20260609-0092637"
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=VIETNAM)
STATES = States()
KEY = "k" * 40  # of the settings


def plain(**row):
    return {"dossiers": [{"code": CODE, **row}]}


def moved(status, at, **more):
    return plain(status=status, changed_at=at, **more)


def full(**more):
    """DongBoHoSoMC with the fields that all senders fill, and the empty ones that they fill too."""
    row = {
        "MaHoSo": CODE, "MaTTHC": "1.004194", "TenTTHC": "Đăng ký tạm trú", "MaLinhVuc": "", "TenLinhVuc": "",
        "SoBienNhan": "", "ChuHoSo": "Nguyễn Thị Lan", "LoaiDoiTuong": "1", "MaDoiTuong": "", "Email": "",
        "SoDienThoai": "0901234567", "TrichYeuHoSo": "", "NgayTiepNhan": "20260706083000",
        "NgayHenTra": "20260713170000", "TrangThaiHoSo": "4", "NgayTra": "", "HinhThuc": "0",
        "NgayKetThucXuLy": "", "DonViXuLy": "UBND phường", "GhiChu": "", "TaiLieuNop": [],
        "DanhSachLePhi": [{"TenPhiLePhi": "Lệ phí", "Gia": "0"}], "DanhSachHoSoBoSung": [],
    }  # fmt: skip
    return national("DongBoHoSoMC", row | more) | {"isUpdating": "True"}


def progress(status="4", at="20260707093000", words="Chuyển thẩm định", **more):
    row = {"MaHoSo": CODE, "NguoiXuLy": "Trần Văn B", "ChucDanh": "", "ThoiDiemXuLy": at, "PhongBanXuLy": "",
           "NoiDungXuLy": words, "TrangThai": status, "NgayBatDau": "",
           "NgayKetThucTheoQuyDinh": ""}  # fmt: skip
    return national("CapNhatTienDoHoSoMC", row | more)


def national(service, *rows):
    return {"session": "s", "madonvi": "000.00.00.H15", "service": service, "data": list(rows)}


def steps_of_ministry(status=2, at="2026-06-08T07:47:28.329", **more):
    """CapNhatTienTrinh."""
    return [{"IDHoSo": "", "MaHoSo": OTHER, "NguoiXuLy": "Lê Văn C", "ThoiDiemXuLy": at,
             "PhongBanXuLy": "Đơn vị", "NoiDungXuLy": "Nội dung", "TrangThai": status, "NgayBatDau": at,
             "NgayKetThucTheoQuyDinh": at} | more]  # fmt: skip


def state_of_ministry(status):
    """CapNhatTrangThai."""
    return [{"IdHoSo": "", "MaHoSo": OTHER, "TrangThai": status}]


def read(message, now=NOW, states=STATES):
    return sync.read(json.dumps(message).encode(), now, states)


def update(message):
    """What its only row tells."""
    told = read(message)
    assert told.refused == ()
    return told.news[0].update
