"""Pictures that nobody asked for, and those in which no code was seen."""

from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.shared import MyForms, menu_choice
from knowledge.intake import id_card

KINDS = ("photo", "image")  # of attachments; the second as it was taken, without loss


def not_scanned(ctx: Context) -> Turn:
    """A picture without a dossier's code: what it shows instead, or how to take a better one."""
    if any(map(id_card.parse, ctx.incoming.scanned)):
        return _id_card(ctx)
    unread = 0 if ctx.incoming.scanned else ctx.state.unread + 1
    reply = Reply(_advice(unread, ctx), choices=(menu_choice(ctx.tr),))
    return ctx.with_state(unread=unread).turn(reply, outcome="declined")


def _id_card(ctx: Context) -> Turn:
    text = ctx.tr(
        "Đây là mã QR của thẻ căn cước. Mình không giữ lại gì; bạn nên xóa ảnh này khỏi cuộc trò chuyện. "
        "Thẻ dùng để điền tờ khai; còn để tra hồ sơ, bạn chụp mã trên giấy hẹn, hoặc gõ mã hồ sơ."
    )
    choices = (Choice(ctx.tr("Điền tờ khai"), MyForms()), menu_choice(ctx.tr))
    return ctx.with_state(unread=0).turn(Reply(text, choices=choices, erases=True), outcome="declined")


def _advice(unread: int, ctx: Context) -> str:
    tr = ctx.tr
    if ctx.incoming.scanned:
        return tr(
            "Mã trong ảnh không phải mã hồ sơ. Bạn chụp mã trên giấy hẹn, hoặc gõ mã hồ sơ, ví dụ {example}."
        ).format(example=ctx.world.office.example_code)
    if unread == 1:
        return tr(
            "Mình không đọc được mã nào trong ảnh. Bạn chụp lại mã trên giấy hẹn: lại gần, giữ chắc tay, "
            "chỉ để mã trong khung hình. Cần việc khác thì bạn gõ vài chữ."
        )
    again = tr("Mình vẫn chưa đọc được mã. Bạn gõ mã hồ sơ trên giấy hẹn, ví dụ {example}.")
    if ctx.incoming.attachment == "photo":
        again = tr(
            "Mình vẫn chưa đọc được mã. Bạn gửi ảnh ở dạng tệp để ảnh giữ nguyên độ nét, "
            "hoặc gõ mã hồ sơ trên giấy hẹn, ví dụ {example}."
        )
    return again.format(example=ctx.world.office.example_code)
