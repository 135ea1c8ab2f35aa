"""Pictures that nobody asked for, and those in which no code was seen."""

from dataclasses import replace

from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn
from knowledge.intake import id_card

KINDS = ("photo", "image")  # of attachments; the second as it was taken, without loss


def not_scanned(state: State, incoming: Incoming, _: Translate) -> Turn:
    """A picture without a dossier's code: what it shows instead, or how to take a better one."""
    menu = Choice(_("Về đầu"), "menu")
    if any(map(id_card.parse, incoming.scanned)):
        text = _(
            "Đây là mã QR của thẻ căn cước. Mình không giữ lại gì; bạn nên xóa ảnh này khỏi cuộc trò chuyện. "
            "Thẻ dùng để điền tờ khai; còn để tra hồ sơ, bạn chụp mã trên giấy hẹn, hoặc gõ mã hồ sơ."
        )
        reply = Reply(text, choices=(Choice(_("Điền tờ khai"), "forms"), menu), erases=True)
        return Turn((reply,), replace(state, unread=0), "declined")
    unread = 0 if incoming.scanned else state.unread + 1
    reply = Reply(_advice(incoming, unread, _), choices=(menu,))
    return Turn((reply,), replace(state, unread=unread), "declined")


def _advice(incoming: Incoming, unread: int, _: Translate) -> str:
    if incoming.scanned:
        return _(
            "Mã trong ảnh không phải mã hồ sơ. Bạn chụp mã trên giấy hẹn, "
            "hoặc gõ mã hồ sơ, ví dụ H15.50-260706-1377."
        )
    if unread == 1:
        return _(
            "Mình không đọc được mã nào trong ảnh. Bạn chụp lại mã trên giấy hẹn: lại gần, giữ chắc tay, "
            "chỉ để mã trong khung hình. Cần việc khác thì bạn gõ vài chữ."
        )
    if incoming.attachment == "photo":
        return _(
            "Mình vẫn chưa đọc được mã. Bạn gửi ảnh ở dạng tệp để ảnh giữ nguyên độ nét, "
            "hoặc gõ mã hồ sơ trên giấy hẹn, ví dụ H15.50-260706-1377."
        )
    return _("Mình vẫn chưa đọc được mã. Bạn gõ mã hồ sơ trên giấy hẹn, ví dụ H15.50-260706-1377.")
