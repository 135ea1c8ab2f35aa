"""What is told beside where a channel cannot do what a reply asks for."""

from dataclasses import replace

from handlers.language.i18n import SOURCE, translator
from handlers.turn.blocks import Text
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn

LINK_HOURS = 1  # for which a link to a file of ours opens


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
    if len(reply.choices) > can.buttons:
        notes.append(ctx.tr("Bạn trả lời bằng số hoặc bằng chữ:"))
    return replace(reply, body=(*reply.blocks, *map(Text, notes))) if notes else reply


def in_private() -> Reply:
    """The only thing that is said in a group: what people tell us is their own."""
    tr = translator(SOURCE)
    return Reply(tr("Ở đây nhiều người đọc được. Bạn nhắn riêng cho mình nhé."))
