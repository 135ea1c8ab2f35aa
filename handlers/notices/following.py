"""What a person is told of, with the way to stop or change each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handlers.language.format import bullets, date_text
from handlers.language.i18n import N_, Translate
from handlers.notices import notice_preferences
from handlers.notices.actions import ForgetReminder, OfferPhone, RemindOfPaper, StopAll, WhyNotTold
from handlers.notices.notice import NAMES
from handlers.ports.followers import Line, Reminder
from handlers.ports.world import World
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.shared import AskLink, ShowDossier, StopNotices, menu_choice

MOST = 20  # dossiers that are listed with a button each
RECENT = 5  # notices that are listed once more, the newest first
CHANNELS: Mapping[str, str] = {
    "telegram": N_("Telegram"),
    "zalo": N_("Zalo"),
    "zalobot": N_("Zalo"),
    "web": N_("trang web"),
}  # names within a sentence


def show_all(ctx: Context) -> Turn:
    """What this person is told of and how, with the way to stop or change each."""
    followers, tr = ctx.world.followers, ctx.tr
    if not followers.reaches(ctx.person):
        return unreachable(ctx)
    codes, papers = followers.followed(ctx.person), followers.reminders(ctx.person)[:MOST]
    manners = followers.manners(ctx.person)
    stops = _stop_choices(codes, ctx) if codes or papers else ()
    forgets = [_forget_choice(paper, ctx) for paper in papers]
    lines = [*_followed_lines(codes, ctx), *(_reminder_text(paper, ctx) for paper in papers)]
    recent = [line for line in followers.story(ctx.person) if line.fate == "sent"][: -RECENT - 1 : -1]
    lines += [*_recent_lines(recent, ctx), notice_preferences.quiet_text(manners.quiet, tr)]
    choices = (
        *_again_choices(recent, ctx),
        *stops,
        *forgets,
        *notice_preferences.choices(manners, tr),
        *_more(ctx),
    )
    return ctx.turn(Reply("\n".join(lines), choices=choices, unasked=True), outcome="answered")


def ask_stop(ctx: Context) -> Turn:
    """A bare "dừng" may mean the notices or the talk."""
    codes = ctx.world.followers.followed(ctx.person)
    choices = (*_stop_choices(codes, ctx), menu_choice(ctx.tr))
    reply = Reply(ctx.tr("Bạn muốn dừng nhận tin nào?"), choices=choices)
    return ctx.turn(reply, outcome="asked")


def unreachable(ctx: Context) -> Turn:
    """A channel on which nobody can be written to unasked; names those of this office on which one can."""
    text = ctx.tr("Ở đây mình không tự nhắn cho bạn được.")
    names = [channel_name(name, ctx.tr) for name in ctx.world.followers.channels() if name in CHANNELS]
    if names:
        open_there = ctx.tr("Bạn mở mình ở một trong các nơi này để nhận tin: {channels}.")
        text += " " + open_there.format(channels=", ".join(names))
    return ctx.turn(Reply(text, choices=(menu_choice(ctx.tr),)), outcome="declined")


def channel_name(name: str, tr: Translate) -> str:
    """What people call a channel, within a sentence."""
    return tr(CHANNELS[name]) if name in CHANNELS else name


def what(codes: Iterable[str], world: World, tr: Translate) -> str:
    """The dossiers and lists with these codes, within a sentence."""
    return ", ".join(_one(code, world, tr) for code in codes)


def _one(code: str, world: World, tr: Translate) -> str:
    procedure = world.catalogue.procedures.get(code)
    if procedure:
        return tr("danh sách giấy tờ “{procedure}”").format(procedure=procedure.short)
    return tr("hồ sơ {code}").format(code=code)


def _followed_lines(codes: tuple[str, ...], ctx: Context) -> list[str]:
    if not codes:
        none = ctx.tr(
            "Bạn chưa bật báo tin cho hồ sơ nào: tra cứu hồ sơ rồi chọn “Báo tin cho tôi khi có thay đổi”."
        )
        return [none]
    return [ctx.tr("Bạn đang nhận tin về:"), *bullets(_one(c, ctx.world, ctx.tr) for c in codes[:MOST])]


def _recent_lines(recent: Sequence[Line], ctx: Context) -> list[str]:
    if not recent:
        return []
    told = (
        f"{line.sent_at or line.at:%d/%m %H:%M}: "
        + (f"{_one(line.code, ctx.world, ctx.tr)}, " if line.code else "")
        + ctx.tr(NAMES[line.kind])
        for line in recent
    )
    return [ctx.tr("Tin gần đây:"), *bullets(told)]


def _again_choices(recent: Sequence[Line], ctx: Context) -> Iterator[Choice]:
    """A notice may be gone with its tab; the dossier tells all that it told, and what to pay."""
    for code in dict.fromkeys(line.code for line in recent):
        if code and code not in ctx.world.catalogue.procedures:
            yield Choice(ctx.tr("Xem hồ sơ {code}").format(code=code), ShowDossier(code))


def _reminder_text(paper: Reminder, ctx: Context) -> str:
    text = ctx.tr("Nhắc {paper} hết hạn ngày {date}")
    return text.format(paper=ctx.world.expiries.kind(paper.kind).name, date=date_text(paper.expires_on))


def _forget_choice(paper: Reminder, ctx: Context) -> Choice:
    label = ctx.tr("Bỏ nhắc: {paper}").format(paper=ctx.world.expiries.kind(paper.kind).name)
    return Choice(label, ForgetReminder(paper.number))


def _stop_choices(codes: tuple[str, ...], ctx: Context) -> tuple[Choice, ...]:
    label = ctx.tr("Dừng: {what}")
    each = (Choice(label.format(what=_one(c, ctx.world, ctx.tr)), StopNotices(c)) for c in codes[:MOST])
    return (*each, Choice(ctx.tr("Dừng tất cả"), StopAll()))


def _more(ctx: Context) -> tuple[Choice, ...]:
    tr = ctx.tr
    by_phone = Choice(tr("Hồ sơ nộp bằng số điện thoại của tôi"), OfferPhone())
    return (
        Choice(tr("Vì sao tôi chưa nhận được tin?"), WhyNotTold()),
        *((by_phone,) if ctx.incoming.can.contact else ()),
        Choice(tr("Nhắc giấy tờ sắp hết hạn"), RemindOfPaper()),
        Choice(tr("Liên kết kênh"), AskLink()),
        menu_choice(tr),
    )
