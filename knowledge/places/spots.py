"""Where something happened, as it is written on a form: "Bệnh viện đa khoa Lâm Đồng, phường Tiến Thành"."""

import re

# No names; what else is written without a capital is taken for one. Of several words where one may be a name.
_COMMON = (
    "bệnh viện", "đa khoa khu vực", "đa khoa", "chuyên khoa", "phụ sản", "sản nhi", "trung tâm",
    "trạm y tế", "y tế", "phòng khám", "nhà hộ sinh", "cơ sở", "nhân dân", "nhà riêng", "ở nhà",
    "tại nhà", "nghĩa trang", "hỏa táng", "xã", "phường", "đặc khu", "thị trấn", "huyện", "quận",
    "thị xã", "thành phố", "tỉnh", "thôn", "xóm", "ấp", "buôn", "tổ dân phố", "khu phố", "tổ",
    "khóm", "số nhà", "số", "ngõ", "hẻm", "đường", "quốc lộ", "ủy ban", "công an", "cũ", "nay là",
    "thuộc", "gần",
)  # fmt: skip
_WORDS = re.compile(
    rf"\b(?:(?P<common>{'|'.join(sorted(_COMMON, key=len, reverse=True))})|[^\W\d_]+(?:['’][^\W\d_]+)*)\b"
)
_SHORT = frozenset(("bv", "ubnd", "tp", "hcm", "tphcm", "tx", "kp", "tt"))  # written in capitals
_ADDRESSED = re.compile(
    r",|\b(?:xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|tp|xa|phuong|tinh|thanh pho)\b",
    re.IGNORECASE,
)


def put_right(written: str) -> str:
    """With the capitals of names where all is small, or all large; else as it is written."""
    if written not in (written.lower(), written.upper()) or written.isdigit():
        return written
    set_right = _WORDS.sub(_cased, written.lower())
    return set_right[:1].upper() + set_right[1:]


def has_address(written: str) -> bool:
    """Whether more is told than the name of a house."""
    return bool(_ADDRESSED.search(written))


def _cased(found: re.Match[str]) -> str:
    word = found.group()
    if found["common"]:
        return word
    return word.upper() if word in _SHORT else word[0].upper() + word[1:]
