"""What is answered where no procedure is asked for, by the kind of small talk."""

from collections.abc import Callable, Iterator, Mapping

from handlers.language.i18n import N_
from handlers.office import emergencies, hours
from handlers.office.greeting import ask_language, greeting, guide, menu_choices
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.shared import menu_choice
from knowledge.search.small_talk import Talk

OFF_TOPIC = N_("Việc này mình không biết. Mình chỉ giúp được về thủ tục và giấy tờ của {unit}.")
TEXTS: Mapping[str, str] = {
    "thanks": N_("Không có gì. Cần giấy tờ gì nữa, bạn cứ nhắn."),
    "bye": N_("Chào bạn. Danh sách giấy tờ của bạn vẫn được giữ ở đây."),
    "ok": N_("Vâng. Bạn cần hỏi thêm gì cứ nhắn mình."),
    "insult": N_("Xin lỗi vì đã làm bạn bực. Bạn nói lại việc cần làm, hoặc gặp cán bộ để được giúp ngay."),
    "chitchat": N_("Cảm ơn bạn! Mình chỉ giỏi chuyện giấy tờ thôi: bạn cần làm thủ tục gì?"),
    "who": N_("Mình là trợ lý tự động của {unit}, không phải người thật. Mình chỉ biết thủ tục ở đây."),
    "vague": N_("Bạn muốn làm giấy tờ gì? Ví dụ: “khai sinh cho con”, “sao y bằng cấp”, “đăng ký kết hôn”."),
    "complaint": N_("Mình rất tiếc. Bạn phản ánh được với lãnh đạo {unit}, hoặc gửi phản ánh trên {portal}."),
    "officials": N_("Mình không có danh sách cán bộ. Bạn hỏi bộ phận một cửa."),
    "password": N_("Mình không giữ mật khẩu nào. Quên mật khẩu Cổng Dịch vụ công thì gọi {hotline}; "
                   "tài khoản VNeID thì hỏi {police}. Đừng đưa mật khẩu hay mã OTP cho ai."),
    "off-topic": OFF_TOPIC,
    "weather": OFF_TOPIC,
    "news": OFF_TOPIC,
    "politics": OFF_TOPIC,
}  # fmt: skip


def talk(kind: str, ctx: Context) -> Turn:
    """The answer to small talk of that kind; to one that no text knows, that it is not our business."""
    if kind in TURNS:
        return TURNS[kind](ctx)
    if emergencies.is_emergency(kind):
        return _said(emergencies.text(kind, ctx.world.office, ctx.tr), ctx)
    office = ctx.world.office
    text = ctx.tr(TEXTS.get(kind, OFF_TOPIC)).format(
        unit=office.unit,
        portal=office.portal.name,
        hotline=office.portal.hotline,
        police=office.places["police"].name,
    )
    return _said(text, ctx)


def ask_dossier(ctx: Context) -> Turn:
    """Asks for the code on the receipt."""
    text = ctx.tr("Bạn gõ mã hồ sơ trên giấy hẹn, ví dụ {example}, hoặc gửi ảnh chụp sát mã QR của giấy hẹn.")
    return ctx.turn(Reply(text.format(example=ctx.world.office.example_code), choices=(menu_choice(ctx.tr),)))


def missing(talk: Talk) -> Iterator[str]:
    """Kinds of small talk that have no answer here, and answers that nobody asks for."""
    known = {kind.id for kind in talk.kinds if not emergencies.is_emergency(kind.id)}
    answered = set(TEXTS) | set(TURNS)
    yield from (f"small_talk.toml: {kind}: no text in handlers" for kind in sorted(known - answered))
    yield from (
        f"small_talk.toml: {kind}: is missing, its text stands ready" for kind in sorted(answered - known)
    )


def _said(text: str, ctx: Context) -> Turn:
    return ctx.turn(Reply(text, choices=menu_choices(ctx)))


def _hours(ctx: Context) -> Turn:
    world = ctx.world
    return _said(hours.hours_text(world.office, world.holidays, ctx.incoming.at, ctx.tr), ctx)


def _human(ctx: Context) -> Turn:
    world = ctx.world
    return _said(hours.human_text(world.office, world.holidays, ctx.incoming.at, ctx.tr), ctx)


def _reception(ctx: Context) -> Turn:
    return _said(hours.reception_text(ctx.world.office, ctx.tr), ctx)


def _address(ctx: Context) -> Turn:
    office = ctx.world.office
    return _said(f"{hours.place_text(office, ctx.tr)}\n{hours.phones_text(office, ctx.tr)}", ctx)


TURNS: Mapping[str, Callable[[Context], Turn]] = {
    "greeting": greeting,
    "help": guide,
    "language": ask_language,
    "status": ask_dossier,
    "hours": _hours,
    "human": _human,
    "reception": _reception,
    "address": _address,
}
