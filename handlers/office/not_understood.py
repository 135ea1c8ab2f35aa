"""What is said to a message that leads nowhere, with the ways on."""

from collections.abc import Mapping, Sequence

from handlers.language.i18n import N_
from handlers.office.greeting import menu_choices
from handlers.office.hours import hours_text, phones_text
from handlers.turn.context import Context
from handlers.turn.messages import Attachment, Choice, Reply, Turn

PATIENCE = 3  # messages in a row that are not understood until a human is offered

ATTACHMENTS: Mapping[Attachment, str] = {
    "file": N_("Mình chưa đọc được tệp. Bạn gõ giúp việc cần làm, ví dụ “khai sinh cho con”."),
    "voice": N_("Mình chưa nghe được tin nhắn thoại. Bạn gõ vài chữ hoặc chọn một mục bên dưới giúp mình."),
    "contact": N_("Cảm ơn bạn. Mình không cần số điện thoại và không giữ lại. Bạn cần làm giấy tờ gì?"),
    "location": N_("Cảm ơn bạn. Mình không cần biết bạn ở đâu và không giữ lại. Bạn cần làm giấy tờ gì?"),
    "other": N_("Mình chưa hiểu tin nhắn này. Bạn gõ vài chữ về việc cần làm giúp mình."),
}  # of those that no journey takes


def not_found(ctx: Context) -> Turn:
    """No procedure was found: says so and shows the way on."""
    tr, office = ctx.tr, ctx.world.office
    text = tr("Mình chưa tìm ra thủ tục bạn cần, và không đoán bừa. Bạn thử nói cách khác, ngắn thôi, hoặc:")
    hours = hours_text(office, ctx.world.holidays, ctx.incoming.at, tr)
    reply = Reply(f"{text}\n\n{phones_text(office, tr)}\n{hours}", choices=menu_choices(ctx))
    return ctx.turn(reply, outcome="declined")


def human(ctx: Context) -> Turn:
    """Not understood again and again: a person helps on; what was open stays."""
    tr, office = ctx.tr, ctx.world.office
    text = tr("Mình vẫn chưa hiểu ý bạn, xin lỗi bạn. Người thật ở bộ phận một cửa giúp được ngay:")
    hours = hours_text(office, ctx.world.holidays, ctx.incoming.at, tr)
    return _still_asked(f"{text}\n\n{phones_text(office, tr)}\n{hours}", ctx)


def which(choices: Sequence[Choice], ctx: Context) -> Turn:
    """Several of what was offered fit: they are offered again."""
    text = ctx.tr("Bạn muốn cách nào? Bạn chọn giúp mình:")
    return ctx.turn(Reply(text, choices=tuple(choices)), outcome="asked")


def attachment(ctx: Context) -> Turn:
    """A polite word on what cannot be read here."""
    return _said(ATTACHMENTS.get(ctx.incoming.attachment, ATTACHMENTS["other"]), ctx)


def unreadable(ctx: Context) -> Turn:
    """A message without a letter in it."""
    return _said(N_("Bạn muốn hỏi thủ tục gì? Nhắn vài chữ, ví dụ “đăng ký kết hôn”."), ctx)


def command(ctx: Context) -> Turn:
    """A command that there is not; what was open stays."""
    text = ctx.tr("Mình không biết lệnh này. Bạn chọn một mục, hoặc cứ nhắn như nói chuyện.")
    return _still_asked(text, ctx)


def too_long(ctx: Context) -> Turn:
    """A message that is no question any more."""
    return _said(N_("Tin nhắn dài quá, mình đọc không xuể. Bạn viết lại trong vài câu giúp mình nhé."), ctx)


def stale_button(ctx: Context) -> Turn:
    """A button that means nothing any more."""
    return _said(N_("Mục này không dùng được nữa. Bạn chọn lại giúp mình:"), ctx)


def busy(ctx: Context) -> Turn:
    """Too many people write at this moment."""
    text = ctx.tr("Lúc này đông người hỏi quá. Bạn chờ một phút rồi nhắn lại câu vừa rồi giúp mình nhé.")
    return ctx.turn(Reply(text, failed="busy"), outcome="busy")


def crash(ctx: Context) -> Turn:
    """Our own failure; nothing that the person told us before is lost."""
    text = ctx.tr("Xin lỗi, máy của mình vừa gặp lỗi. Bạn nhắn lại câu vừa rồi giúp mình nhé.")
    return ctx.turn(Reply(text, choices=menu_choices(ctx), failed="crash"), outcome="failed")


def _still_asked(text: str, ctx: Context) -> Turn:
    reply = Reply(text, choices=ctx.state.offered or menu_choices(ctx))
    return ctx.turn(reply, outcome="asked" if ctx.state.pending else "declined")


def _said(text: str, ctx: Context) -> Turn:
    return ctx.turn(Reply(ctx.tr(text), choices=menu_choices(ctx)))
