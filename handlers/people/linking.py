"""One person on several channels: a code shown on one and typed on another links them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from handlers.language.format import date_text
from handlers.language.i18n import N_
from handlers.notices.following import channel_name
from handlers.people.actions import AgreeLink, Unlink
from handlers.ports.links import Asking, Linked, channel_of
from handlers.turn import effects, guessing
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Enclosure, Reply, Turn
from handlers.turn.pending import Confirm
from handlers.turn.retention import LINK_MINUTES
from handlers.turn.shared import AskLink, AskUnlink, Menu, menu_choice

LINK = "lk-"  # how the payload of a deep link begins that links channels
CODE = re.compile(r"lk[-–— .]*([0-9a-z]{4})[-–— .]*([0-9a-z]{4})", re.IGNORECASE)
PLAIN = re.compile(r"([0-9a-z]{4})[-–— .]*([0-9a-z]{4})", re.IGNORECASE)  # after the command's name
MOST = 5  # channels of one person

SHARED_COMPUTER = N_(
    "Máy này dùng chung nên mình không liên kết kênh ở đây: người dùng sau sẽ thấy hồ sơ của bạn. "
    "Bạn liên kết trên điện thoại của mình."
)
WRONG = N_(
    "Mã liên kết này không đúng, đã hết hạn, hoặc đã được gõ rồi. Bạn lấy mã mới ở kênh kia: gõ /lienket."
)
COMMON = N_(
    "Từ đó các kênh dùng chung hồ sơ, danh sách giấy tờ, tờ khai và lời nhắc; mỗi tin báo gửi một lần, "
    "vào kênh bạn dùng gần nhất."
)


def offer(ctx: Context) -> Turn:
    """Shows a code to be typed on the other channel, and the channels that are linked already."""
    tr, own = ctx.tr, ctx.world.links.channels(ctx.person)
    if ctx.incoming.session == "shared":
        return _said(tr(SHARED_COMPUTER), ctx)
    if len(own) >= MOST:
        return _channels(own, ctx, tr("Bạn đã liên kết đủ {count} kênh.").format(count=MOST))
    code = ctx.world.links.new_code()
    text = tr.plural(
        "Mã liên kết: {code}\nMã dùng một lần, trong {minutes} phút. Bạn mở trợ lý ở kênh kia và gõ mã này. "
        "Đừng đưa mã cho ai: ai gõ mã sẽ xem được hồ sơ, tờ khai của bạn.",
        LINK_MINUTES,
    ).format(code=shown_code(code), minutes=LINK_MINUTES)
    opens = ctx.world.links.opens(LINK + code)
    ways = {name: link for name, link in opens.items() if name != channel_of(ctx.incoming.address)}
    lines = [text, tr(COMMON), *(f"{channel_name(name, tr)}: {link}" for name, link in ways.items())]
    codes = tuple(
        Enclosure("qr", f"lien-ket-{name}.png", link, channel_name(name, tr)) for name, link in ways.items()
    )
    turn = _channels(own, ctx, "\n\n".join(lines))
    reply = replace(turn.replies[0], enclosures=codes)
    return replace(turn, replies=(reply,), effects=(effects.OfferLink(code),))


def listed(ctx: Context) -> Turn:
    """The linked channels, each with the way to part it."""
    own = ctx.world.links.channels(ctx.person)
    if not own:
        ways = (Choice(ctx.tr("Liên kết kênh"), AskLink()), menu_choice(ctx.tr))
        return ctx.turn(Reply(ctx.tr("Chưa có kênh nào liên kết với kênh này."), choices=ways))
    return _channels(own, ctx, "")


def typed(text: str, ctx: Context) -> Turn | None:
    """A turn if the line is a code to link with; None otherwise."""
    found = CODE.fullmatch(text.strip(" .!"))
    return _taken("".join(found.groups()), ctx) if found else None


def commanded(text: str, ctx: Context) -> Turn:
    """What stands after the command: a code, or nothing."""
    found = CODE.fullmatch(text.strip(" .!")) or PLAIN.fullmatch(text.strip(" .!"))
    return _taken("".join(found.groups()), ctx) if found else offer(ctx)


def opened(payload: str, ctx: Context) -> Turn:
    """The link beside a code: it asks what typing the code asks."""
    return commanded(payload.removeprefix(LINK), ctx)


def agree(number: int, ctx: Context) -> Turn:
    """The person is sure that both channels are his."""
    asking = ctx.world.links.taken(number, ctx.incoming.address, ctx.incoming.at)
    if asking is None:
        return _said(ctx.tr(WRONG), ctx)
    if ctx.incoming.session == "shared":
        return _said(ctx.tr(SHARED_COMPUTER), ctx)
    text = ctx.tr("Đã liên kết với kênh {channel}.").format(channel=_name(asking.address, ctx))
    done = effects.LinkChannels(number, ctx.world.followers.reaches(asking.address))
    ways = (Choice(ctx.tr("Các kênh đã liên kết"), AskLink()), menu_choice(ctx.tr))
    reply = Reply(f"{text} {ctx.tr(COMMON)}", choices=ways, replaces=True)
    return ctx.with_state(pending=None).turn(reply, outcome="answered", effects=(done,))


def ask_unlink(number: int, ctx: Context) -> Turn:
    """Asks once before a channel is parted, and says what remains where."""
    channel = _own(number, ctx)
    if channel is None:
        return listed(ctx)
    yes, no = Unlink(number), Menu()
    text = ctx.tr(
        "Bỏ liên kết kênh {channel}? Hồ sơ đã xác nhận, danh sách, tờ khai, lời nhắc và việc báo tin ở lại "
        "{others}. Kênh {channel} không còn thấy gì trong số đó và quên cuộc trò chuyện ở đấy; dùng lại thì "
        "bắt đầu từ đầu."
    ).format(channel=_name(channel.address, ctx), others=_others(channel, ctx))
    choices = (Choice(ctx.tr("Bỏ liên kết"), yes), Choice(ctx.tr("Không, giữ nguyên"), no))
    asked = ctx.with_state(pending=Confirm(str(yes), str(no)))
    return asked.turn(Reply(text, choices=choices), outcome="asked")


def unlink(number: int, ctx: Context) -> Turn:
    """That channel is on its own from now on."""
    channel = _own(number, ctx)
    if channel is None:
        return listed(ctx)
    text = ctx.tr("Đã bỏ liên kết kênh {channel}. Mọi thứ đã lưu ở lại {others}.").format(
        channel=_name(channel.address, ctx), others=_others(channel, ctx)
    )
    is_here = channel.address == ctx.incoming.address
    reply = Reply(text, choices=(menu_choice(ctx.tr),), replaces=not is_here, clears=is_here)
    return ctx.with_state(pending=None).turn(reply, outcome="answered", effects=(effects.Unlink(number),))


def shown_code(code: str) -> str:
    """As it is read and typed: "LK-7K3F-92QX"."""
    return f"LK-{code[:4]}-{code[4:]}"


def _taken(code: str, ctx: Context) -> Turn:
    """Asks whether the channel that shows the code is the same person's. Wrong codes count as wrong facts."""
    tr = ctx.tr
    if ctx.incoming.session == "shared":
        return _said(tr(SHARED_COMPUTER), ctx)
    verdict = guessing.verdict(shown_code(code), ctx)
    if verdict.wait_hours:
        return ctx.turn(guessing.wait(verdict.wait_hours, ctx), outcome="declined")
    asking = ctx.world.links.asking(code, ctx.incoming.at)
    if asking is None:
        turn = _said(tr(WRONG), ctx)
        return replace(turn, effects=(effects.Guessed(shown_code(code), False, verdict),))
    if asking.address == ctx.incoming.address:
        return _said(tr("Đây là mã của chính kênh này: bạn gõ mã ở kênh kia."), ctx)
    done = (effects.Guessed(shown_code(code), True, verdict), effects.TakeLink(code))
    return replace(_ask(asking, ctx), effects=done)


def _ask(asking: Asking, ctx: Context) -> Turn:
    own = ctx.world.links.channels(ctx.person)
    name = _name(asking.address, ctx)
    if asking.address in (channel.address for channel in own):
        return _channels(own, ctx, ctx.tr("Hai kênh này đã liên kết rồi."))
    others = ctx.world.links.channels(asking.address)
    if max(len(own), 1) + max(len(others), 1) > MOST:  # who has one channel has none linked
        return _channels(own, ctx, ctx.tr("Bạn đã liên kết đủ {count} kênh.").format(count=MOST))
    text = ctx.tr(
        "Kênh {channel} (lấy mã lúc {time}) muốn liên kết với kênh này. {common} Ai cầm kênh kia sẽ xem được "
        "hồ sơ, tờ khai của bạn ở đây: chỉ đồng ý nếu chính bạn vừa lấy mã. Bạn có đồng ý không?"
    ).format(channel=name, time=f"{asking.at:%H:%M}", common=ctx.tr(COMMON))
    yes, no = AgreeLink(asking.number), Menu()
    choices = (Choice(ctx.tr("Đồng ý liên kết"), yes), Choice(ctx.tr("Không"), no))
    asked = ctx.with_state(pending=Confirm(str(yes), str(no)))
    return asked.turn(Reply(text, choices=choices), outcome="asked")


def _channels(own: tuple[Linked, ...], ctx: Context, text: str) -> Turn:
    lines = [text] if text else []
    if own:
        lines.append("\n".join([ctx.tr("Các kênh đã liên kết:"), *_lines(own, ctx)]))
    label = ctx.tr("Bỏ liên kết: {channel}")
    parts = (Choice(label.format(channel=_name(c.address, ctx)), AskUnlink(c.number)) for c in own)
    reply = Reply("\n\n".join(lines), choices=(*parts, menu_choice(ctx.tr)))
    return ctx.with_state(pending=None).turn(reply, outcome="answered")


def _lines(own: tuple[Linked, ...], ctx: Context) -> Iterator[str]:
    for channel in own:
        text = ctx.tr("– {channel}, từ {date}")
        if channel.address == ctx.incoming.address:
            text = ctx.tr("– {channel}, từ {date} (bạn đang ở đây)")
        yield text.format(channel=_name(channel.address, ctx), date=date_text(channel.since.date()))


def _own(number: int, ctx: Context) -> Linked | None:
    """One of the person's channels; None for a stranger's: numbers can be guessed."""
    return next((c for c in ctx.world.links.channels(ctx.person) if c.number == number), None)


def _others(channel: Linked, ctx: Context) -> str:
    own = ctx.world.links.channels(ctx.person)
    return ", ".join(_name(each.address, ctx) for each in own if each != channel)


def _name(address: str, ctx: Context) -> str:
    return channel_name(channel_of(address), ctx.tr)


def _said(text: str, ctx: Context) -> Turn:
    return ctx.turn(Reply(text, choices=(menu_choice(ctx.tr),)), outcome="declined")
