"""What people agree to before a form: each text has a version, which is kept as the proof.

A changed text, or number in it, gets a new version; the old one stays here: somebody has agreed to it.
"""

from collections.abc import Mapping

from handlers.language.i18n import N_, Translate
from handlers.turn.retention import DRAFT_DAYS, PRINTED_DAYS

CURRENT = "card-2026-11-30"

TEXTS: Mapping[str, str] = {
    "card-2026-11": N_(
        "Mình hỏi từng câu một rồi điền sẵn tờ khai, bạn chỉ việc in ra và ký. Nhanh nhất là chụp mã QR trên "
        "thẻ căn cước: mình đọc mã rồi bỏ ảnh ngay, không giữ ảnh nào.\n"
        "Ảnh thẻ là dữ liệu cá nhân nhạy cảm. Câu trả lời của bạn được lưu có mã hóa, tự xóa sau 14 ngày "
        "không dùng; bạn xóa lúc nào cũng được bằng lệnh /xoa. Không muốn gửi ảnh thì tự gõ, hoặc ra quầy "
        "nhờ cán bộ."
    ),
    "card-2026-11-30": N_(
        "Mình hỏi từng câu một rồi điền sẵn tờ khai, bạn chỉ việc in ra và ký. Nhanh nhất là chụp mã QR trên "
        "thẻ căn cước: mình đọc mã rồi bỏ ảnh ngay, không giữ ảnh nào.\n"
        "Ảnh thẻ là dữ liệu cá nhân nhạy cảm. Câu trả lời của bạn được lưu có mã hóa, tự xóa sau {days} ngày "
        "không dùng, tờ đã in thì sau {printed_days} ngày; bạn xóa lúc nào cũng được bằng lệnh /xoa. Không "
        "muốn gửi ảnh thì tự gõ, hoặc ra quầy nhờ cán bộ."
    ),
}


def consent_text(tr: Translate) -> str:
    """The text that is agreed to."""
    return tr(TEXTS[CURRENT]).format(days=DRAFT_DAYS, printed_days=PRINTED_DAYS)
