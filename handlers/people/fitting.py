"""What is told beside where a channel cannot do what a reply asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.language.i18n import N_, SOURCE, Translate, translator
from handlers.turn.abilities import Abilities
from handlers.turn.blocks import Text
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn

LINK_HOURS = 1  # for which a link to a file of an answer opens
NOTICE_HOURS = 48  # the same of a notice, which is read when the phone is looked at

UNSENT: Mapping[str, str] = {
    "calendar": N_("Ở đây mình không gửi được tệp lịch: bạn tự ghi ngày vào lịch của mình nhé."),
    "text": N_("Nội dung tệp nằm trong tin ngay trên."),
}  # by kind, what is said where a channel does not take it


def fitted(turn: Turn, ctx: Context) -> Turn:
    """The turn as its channel can show it."""
    return replace(turn, replies=tuple(_fitted(reply, ctx) for reply in turn.replies))


def _fitted(reply: Reply, ctx: Context) -> Reply:
    reply = with_files(reply, ctx.incoming.can, LINK_HOURS, ctx.tr)
    if len(reply.choices) > ctx.incoming.can.buttons:
        return _told(reply, [ctx.tr("Bạn trả lời bằng số hoặc bằng chữ:")])
    return reply


def with_files(reply: Reply, can: Abilities, hours: int, tr: Translate) -> Reply:
    """The reply with what is to be known of its files; without those that its channel has no way for.

    `hours`: for which a link to one opens.
    """
    if not reply.enclosures:
        return reply
    kinds = {file.kind for file in reply.enclosures}
    unsent = kinds & (can.unsent if can.files != "none" else UNSENT.keys())
    notes = [tr(UNSENT[kind]) for kind in sorted(unsent)]
    if can.files == "none":
        if kinds - unsent:
            notes.append(tr("Ở đây mình không gửi được tệp: bạn nhờ cán bộ ở quầy in giúp."))
        return _told(replace(reply, enclosures=()), notes)
    if can.files == "linked":
        link = tr.plural("Tệp mở bằng liên kết gửi kèm, trong {hours} giờ.", hours)
        notes.append(link.format(hours=hours))
    if can.file_days and kinds - unsent:
        gone = tr.plural("Tệp mất sau {days} ngày: bạn lưu về máy nhé.", can.file_days)
        notes.append(gone.format(days=can.file_days))
    return _told(reply, notes)


def _told(reply: Reply, notes: Sequence[str]) -> Reply:
    return replace(reply, body=(*reply.blocks, *map(Text, notes))) if notes else reply


def in_private() -> Reply:
    """The only thing that is said in a group: what people tell us is their own."""
    tr = translator(SOURCE)
    return Reply(tr("Ở đây nhiều người đọc được. Bạn nhắn riêng cho mình nhé."))
