"""What people agree to before they are told anything: each text has a version, which is kept as the proof.

A changed text gets a new version; the old one stays here, because somebody has agreed to it.
"""

from collections.abc import Mapping

from handlers.language.i18n import N_, Translate
from handlers.notices.notice_preferences import quiet_text
from handlers.ports.followers import Manners

FOLLOW, EXPIRY = "follow-2026-12", "expiry-2026-12"

TEXTS: Mapping[str, str] = {
    "follow-2026-11": N_(
        "Khi có thay đổi về {what}, mình nhắn cho bạn ngay tại đây. Để làm vậy, mình lưu tài khoản trò "
        "chuyện này cùng mã hồ sơ. Đó là dữ liệu cá nhân, chỉ dùng để báo tin.\n"
        "Bạn dừng lúc nào cũng được: bấm “Dừng báo tin” hoặc nhắn “dừng”. Khi đó mình xóa đi, chỉ giữ lại "
        "việc bạn đã đồng ý và đã dừng.\nBạn có đồng ý không?"
    ),
    "expiry-2026-11": N_(
        "Mình nhắc bạn {days} ngày trước khi {paper} hết hạn vào ngày {date}, ngay tại đây. Để làm vậy, mình "
        "lưu tài khoản trò chuyện này, loại giấy và ngày hết hạn. Đó là dữ liệu cá nhân, chỉ dùng để nhắc.\n"
        "Bạn dừng lúc nào cũng được: bấm “Bỏ nhắc” hoặc nhắn “dừng”. Khi đó mình xóa đi, chỉ giữ lại việc "
        "bạn đã đồng ý và đã dừng.\nBạn có đồng ý không?"
    ),
    "follow-2026-12": N_(
        "Khi có thay đổi về {what}, mình nhắn cho bạn ngay tại đây. Để làm vậy, mình lưu tài khoản trò "
        "chuyện này cùng mã hồ sơ. Đó là dữ liệu cá nhân, chỉ dùng để báo tin.\n"
        "Bạn dừng lúc nào cũng được: chọn “Dừng báo tin” hoặc nhắn “dừng”. Khi đó mình xóa đi, chỉ giữ lại "
        "việc bạn đã đồng ý và đã dừng.\nBạn có đồng ý không?"
    ),
    "expiry-2026-12": N_(
        "Mình nhắc bạn {days} ngày trước khi {paper} hết hạn vào ngày {date}, ngay tại đây. Để làm vậy, mình "
        "lưu tài khoản trò chuyện này, loại giấy và ngày hết hạn. Đó là dữ liệu cá nhân, chỉ dùng để nhắc.\n"
        "Bạn dừng lúc nào cũng được: chọn “Bỏ nhắc” hoặc nhắn “dừng”. Khi đó mình xóa đi, chỉ giữ lại việc "
        "bạn đã đồng ý và đã dừng.\nBạn có đồng ý không?"
    ),
}


def question(version: str, tr: Translate) -> str:
    """The text that is agreed to, with its places still open."""
    return tr(TEXTS[version])


def followed_text(what: str, manners: Manners, asks_every: int | None, tr: Translate) -> str:
    """What happens now."""
    text = tr("Đã bật: có thay đổi về {what}, mình báo cho bạn. {quiet}")
    told = text.format(what=what, quiet=quiet_text(manners.quiet, tr))
    return f"{told}\n{pace}" if (pace := pace_text(asks_every, tr)) else told


def pace_text(asks_every: int | None, tr: Translate) -> str:
    """How soon one is told where another office's software has the dossiers; as of `World.asks_every`."""
    if asks_every is None:
        return ""
    if not asks_every:
        return tr(
            "Hồ sơ nằm ở phần mềm khác mà mình không hỏi thường xuyên được: mình chỉ biết tin khi có người "
            "tra cứu hoặc khi quầy báo. Gần ngày hẹn bạn nhớ tra lại."
        )
    text = tr("Trong giờ làm việc, cứ khoảng {minutes} phút mình hỏi phần mềm của quầy một lần.")
    return text.format(minutes=asks_every)
