"""What is told beside where a channel cannot do what a reply asks for."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.language.i18n import N_, SOURCE, translator
from handlers.turn.blocks import Text
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn

LINK_HOURS = 1  # for which a link to a file of ours opens


UNSENT: Mapping[str, str] = {
    "calendar": N_("Ở đây mình không gửi được tệp lịch: bạn tự ghi ngày vào lịch của mình nhé."),
    "text": N_("Nội dung tệp nằm trong tin ngay trên."),
}  # by kind, what is said where a channel does not take it


def fitted(turn: Turn, ctx: Context) -> Turn:
    """The turn as its channel can show it."""
    return replace(turn, replies=tuple(_fitted(reply, ctx) for reply in turn.replies))


def _fitted(reply: Reply, ctx: Context) -> Reply:
    can, notes = ctx.incoming.can, []
    if reply.enclosures and can.files == "none":
        notes.append(ctx.tr("Ở đây mình không gửi được tệp: bạn nhờ cán bộ ở quầy in giúp."))
        reply = replace(reply, enclosures=())
    elif reply.enclosures and can.files == "linked":
        link = ctx.tr.plural("Tệp mở bằng liên kết gửi kèm, trong {hours} giờ.", LINK_HOURS)
        notes.append(link.format(hours=LINK_HOURS))
    kinds = {file.kind for file in reply.enclosures}
    notes += [ctx.tr(UNSENT[kind]) for kind in sorted(kinds & can.unsent)]
    if can.file_days and kinds - can.unsent:
        gone = ctx.tr.plural("Tệp mất sau {days} ngày: bạn lưu về máy nhé.", can.file_days)
        notes.append(gone.format(days=can.file_days))
    if len(reply.choices) > can.buttons:
        notes.append(ctx.tr("Bạn trả lời bằng số hoặc bằng chữ:"))
    return replace(reply, body=(*reply.blocks, *map(Text, notes))) if notes else reply


def in_private() -> Reply:
    """The only thing that is said in a group: what people tell us is their own."""
    tr = translator(SOURCE)
    return Reply(tr("Ở đây nhiều người đọc được. Bạn nhắn riêng cho mình nhé."))
