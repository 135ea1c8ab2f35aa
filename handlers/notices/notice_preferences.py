"""When and how a person is told, and why something did not come."""

import re
from collections.abc import Sequence

from handlers.notices.notice import NAMES
from handlers.turn.effects import SetDetailed, SetQuiet
from handlers.turn.followers import Line, Manners
from handlers.turn.i18n import N_, Translate
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn
from handlers.turn.ports import World
from knowledge.notices.quiet_hours import quiet_hours
from knowledge.text import fold

WHY = re.compile(
    r"\b(chua|khong) (nhan duoc|thay) (tin|tin nhan|tin bao|thong bao|bao tin)"
    r"( nao| gi| het| a| vay| nhi| ca)*$"
    r"|\b(sao|tai sao|vi sao) .*\b(chua|khong) (bao|nhan|gui) tin( cho)?( toi| em| minh)?$"
)
OFFERED = ("21:00-07:00", "20:00-07:00", "22:00-06:00")  # by tap; any other by words
NONE = "none"
SHOWN = 5  # dossiers

# What became of a notice.
FATES = {
    "waiting": N_("{day}: tin “{notice}” đang chờ, sẽ gửi lúc {time}."),
    "retried": N_("{day}: tin “{notice}” gửi chưa được, mình thử lại lúc {time}."),
    "claimed": N_("{day}: tin “{notice}” đang được gửi."),
    "doubtful": N_("{day}: tin “{notice}” đã gửi nhưng chưa rõ tới chưa; mình sẽ nhắc lại một lần."),
    "sent": N_("{day}: tin “{notice}” đã gửi lúc {time}. Bạn kéo lên xem lại cuộc trò chuyện này."),
    "refused": N_("{day}: tin “{notice}” không gửi được, có thể vì bạn đã chặn mình. Cán bộ sẽ gọi cho bạn."),
    "given_up": N_("{day}: tin “{notice}” gửi nhiều lần không được. Cán bộ sẽ gọi cho bạn."),
    "superseded": N_("{day}: tin “{notice}” không gửi nữa vì đã có tin mới hơn."),
    "stopped": N_("{day}: tin “{notice}” không gửi vì bạn đã dừng báo tin."),
}


def typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A turn if the words set the quiet hours."""
    asked = quiet_hours(fold(text), world.followers.manners(incoming.address).quiet or OFFERED[0])
    return set_quiet(asked, state, world, incoming, _) if asked else None


def summary(manners: Manners, _: Translate) -> str:
    """The manners in force."""
    if not manners.quiet:
        return _("Mình nhắn cho bạn bất cứ giờ nào.")
    start, _dash, end = manners.quiet.partition("-")
    return _("Mình không nhắn từ {start} đến {end}.").format(start=start, end=end)


def choices(manners: Manners, _: Translate) -> tuple[Choice, ...]:
    """The ways to change them."""
    shown = Choice(_("Ghi cả tên thủ tục trong tin"), "detailed:1")
    if manners.detailed:
        shown = Choice(_("Không ghi tên thủ tục trong tin"), "detailed:0")
    return (Choice(_("Đổi giờ không nhắn"), "quiet"), shown)


def ask_quiet(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Offers some quiet hours."""
    label = _("Không nhắn từ {start} đến {end}")
    offers = [Choice(label.format(start=o[:5], end=o[6:]), f"quiet:{_value(o)}") for o in OFFERED]
    now = summary(world.followers.manners(incoming.address), _)
    text = _("{now} Bạn chọn giờ khác, hoặc nhắn ví dụ “đừng nhắn sau 20 giờ”.").format(now=now)
    anytime = Choice(_("Giờ nào cũng nhắn"), f"quiet:{NONE}")
    return Turn((Reply(text, choices=(*offers, anytime, Choice(_("Về đầu"), "menu"))),), state, "asked")


def hours_of(value: str) -> str:
    """The hours in a button, "2000-0700"; raises ValueError for any but those offered."""
    if value == NONE:
        return NONE
    return {_value(offer): offer for offer in OFFERED}.get(value) or _forged(value)


def set_quiet(hours: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Keeps the quiet hours and says them, so that a misunderstanding shows."""
    text = summary(Manners("" if hours == NONE else hours), _)
    choices = (Choice(_("Đổi giờ không nhắn"), "quiet"), Choice(_("Về đầu"), "menu"))
    reply = Reply(_("Đã đổi. {manners}").format(manners=text), choices=choices, replaces=True)
    return Turn((reply,), state, "answered", effects=(SetQuiet(hours),))


def set_detailed(detailed: bool, state: State, _: Translate) -> Turn:
    """Keeps whether notices show the procedure's title, which others may read on the screen."""
    text = _("Đã đổi: tin báo chỉ ghi mã hồ sơ.")
    if detailed:
        text = _("Đã đổi: tin báo ghi cả tên thủ tục. Người cầm máy của bạn có thể đọc thấy.")
    reply = Reply(text, choices=(Choice(_("Tin báo của tôi"), "follows"),), replaces=True)
    return Turn((reply,), state, "answered", effects=(SetDetailed(detailed),))


def why(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What became of the last notices, from the ledger."""
    followers, address = world.followers, incoming.address
    story = followers.story(address)
    codes = tuple(dict.fromkeys((*followers.followed(address), *map(_about, story))))[:SHOWN]
    if not codes:
        return not_told(state, _)
    parts = [_told(code, [line for line in story if _about(line) == code], _) for code in codes]
    parts.append(summary(followers.manners(address), _))
    choices = (Choice(_("Tin báo của tôi"), "follows"), Choice(_("Gặp cán bộ"), "talk:human"))
    reply = Reply("\n\n".join(parts), choices=(*choices, Choice(_("Về đầu"), "menu")))
    return Turn((reply,), state, "answered")


def not_told(state: State, _: Translate) -> Turn:
    """Nothing comes to who follows nothing."""
    text = _(
        "Bạn chưa bật báo tin cho hồ sơ nào nên mình không nhắn. "
        "Bạn tra cứu hồ sơ rồi bấm “Báo tin cho tôi khi có thay đổi”."
    )
    choices = (Choice(_("Tra cứu hồ sơ"), "status"), Choice(_("Về đầu"), "menu"))
    return Turn((Reply(text, choices=choices),), state, "answered")


def _told(code: str, story: Sequence[Line], _: Translate) -> str:
    lines = [_line(line, _) for line in story]
    head = _("Mã {code}:").format(code=code) if code else _("Nhắc việc:")
    return "\n".join([head, *(lines or [_("Từ khi bạn bật báo tin, chưa có thay đổi nào phải báo.")])])


def _about(line: Line) -> str:
    """The dossier or the procedure; "" for what is of neither."""
    return "" if line.kind in ("digest", "expiring") else line.code


def _line(line: Line, _: Translate) -> str:
    if line.kind == "stop":
        return _("{day}: bạn đã dừng báo tin.").format(day=f"{line.at:%d/%m}")
    fate = "retried" if line.fate == "waiting" and line.tries else line.fate
    at = line.sent_at or line.not_before
    return _(FATES[fate]).format(day=f"{line.at:%d/%m}", notice=_(NAMES[line.kind]), time=f"{at:%H:%M %d/%m}")


def _value(hours: str) -> str:
    return hours.replace(":", "")


def _forged(value: str) -> str:
    raise ValueError(value)
