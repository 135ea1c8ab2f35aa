"""What our printed form says besides the official text. In Vietnamese only, as the form itself is."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "to": "Kính gửi:",
    "foot": "Bản in từ trợ lý Một Cửa; người khai kiểm tra và ký.",
    "code": "Mã tại quầy",
    "page": "Trang {page}/{pages}",
    "bring": "Mang theo cùng tờ khai",
}
