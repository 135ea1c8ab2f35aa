"""Somebody is in danger: the number to call stands first, and nothing that was open is lost."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from handlers.language.i18n import N_
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, Turn
from handlers.turn.shared import OpenProcedure, human_choice
from knowledge.reading.danger import Danger, Dangers, Kind, follows, load, worries
from knowledge.reading.words import line

# What to do first, by kind of danger; {numbers} stands before it.
TEXTS: Mapping[str, str] = {
    "fire": N_("Ra khỏi chỗ cháy trước, rồi gọi. Nói rõ địa chỉ."),
    "rescue": N_("Nói rõ bạn đang ở đâu, có mấy người."),
    "crime": N_("Giữ an toàn cho mình trước: tránh xa, khóa cửa, chạy sang chỗ đông người."),
    "medical": N_("Nói rõ bạn đang ở đâu và có mấy người bị nạn; làm theo lời họ hướng dẫn."),
    "child": N_("Gọi được ngày đêm, không mất tiền. Trẻ đang bị hại hoặc mất tích thì gọi cả công an."),
    "home": N_(
        "Chạy sang nhà hàng xóm, trạm y tế hoặc chỗ đông người. Công an và Ủy ban nhân dân {unit} nhận tin "
        "báo bạo lực gia đình bất cứ giờ nào, không cần giấy tờ gì."
    ),
    "suicide": N_(
        "Bạn đang rất khổ tâm, mình rất lo cho bạn. Bạn đừng ở một mình lúc này: gọi ngay, hoặc nhờ "
        "người bên cạnh gọi giúp. Nói ra được với một người là đã nhẹ đi."
    ),
    "fraud": N_(
        "Coi chừng lừa đảo. Cán bộ {unit} không xin mã OTP, mật khẩu, không nhắn đường link cài ứng dụng, "
        "không bắt chuyển tiền qua điện thoại. Đừng bấm, đừng cài, đừng đọc mã, đừng chuyển tiền. Lỡ rồi "
        "thì gọi "
        "ngân hàng khóa tài khoản ngay, rồi báo công an. Trang thật của nhà "
        "nước là {portal}. Chưa chắc thì hỏi bộ phận một cửa."
    ),
}
AFTER: Mapping[str, str] = {
    "fraud": N_(
        "Bạn đừng tự trách. Lỡ rồi thì làm ngay: gọi ngân hàng khóa thẻ, khóa tài khoản; đổi mật khẩu; "
        "không chuyển, không đọc thêm gì nữa; giữ lại tin nhắn, số điện thoại, biên lai để trình báo công an."
    ),
}  # what to do instead, for who goes on about it after the first answer
ANY_NEED = ("crime", "medical", "child", "tomorrow")  # whom to call where nobody knows what the need is
ACCIDENTS = ("fire", "rescue", "medical")
LATER: Mapping[str, str] = {
    "home": N_("Khi đã an toàn, mình giúp bạn xin quyết định cấm người đó lại gần."),
}  # beside the offer of a procedure


def missing(dangers: Dangers) -> Iterator[str]:
    """Kinds of danger that have no words here, and words that no kind has."""
    kinds = {kind.id for kind in dangers.kinds}
    yield from (f"danger.toml: {kind}: no text in handlers" for kind in sorted(kinds - TEXTS.keys()))
    yield from (f"danger.toml: {kind}: is missing, its text stands ready" for kind in TEXTS.keys() - kinds)


def reply(heard: Danger, ctx: Context, instead: Mapping[str, str] = MappingProxyType({})) -> Turn:
    """The numbers at once, what to do, and for later what may help; what is open stays open."""
    kinds = [_kind(name) for name in (heard.kind, *heard.also)]
    first = kinds[0]
    office = ctx.world.office
    what = ctx.tr(instead.get(first.id, TEXTS[first.id])).format(unit=office.unit, portal=office.portal.url)
    lines = [_call(kinds, ctx), what]
    choices = [Choice(_short(code, ctx), OpenProcedure(code)) for code in first.offers if _known(code, ctx)]
    if choices and first.id in LATER:
        lines.append(ctx.tr(LATER[first.id]))
    said = Reply("\n".join(lines), choices=(*choices, human_choice(ctx.tr)))
    return ctx.with_state(warned=first.id).turn(said, outcome="asked" if ctx.state.pending else "talked")


def may_be_past(heard: Danger) -> bool:
    """Whether a line may as well tell how something was lost or somebody died: "lũ cuốn trôi"."""
    return heard.kind in ACCIDENTS and not heard.is_now


def before(heard: Danger, turn: Turn, ctx: Context) -> Turn:
    """Whom to call, before what else the line says."""
    call = _call([_kind(heard.kind)], ctx)
    said = ctx.tr("Việc đang xảy ra thì đừng đợi. {call}").format(call=call)
    first, *others = turn.replies
    return replace(turn, replies=(first.after(said), *others))


def goes_on(text: str, warned: str, ctx: Context) -> Turn | None:
    """What is said after a warning ("lỡ đọc mã rồi"), answered as that danger; else None."""
    if not warned or not follows(warned, line(text)):
        return None
    return reply(Danger(warned), ctx, AFTER)


def perhaps(turn: Turn, ctx: Context) -> Turn:
    """Before the answer to what was not understood and may be a cry for help: whom to call."""
    if not worries(line(ctx.incoming.text)):
        return turn
    numbers = ", ".join(_number(name, ctx) for name in ANY_NEED)
    said = ctx.tr(
        "Nếu bạn hoặc người bên cạnh đang gặp nguy hiểm hay khổ tâm quá, đừng chịu một mình, bạn gọi ngay "
        "{numbers}. Nếu không phải vậy thì bạn bỏ qua giúp mình."
    )
    opened, *more = turn.replies
    return replace(turn, replies=(opened.after(said.format(numbers=numbers)), *more))


def _call(kinds: Iterable[Kind], ctx: Context) -> str:
    """ "Gọi ngay 113 (Công an), 1900 969 680 (...)." """
    names = dict.fromkeys(name for kind in kinds for name in kind.calls)
    numbers = ", ".join(_number(name, ctx) for name in names)
    return ctx.tr("Hãy gọi ngay {numbers}.").format(numbers=numbers)


def _number(name: str, ctx: Context) -> str:
    emergency = next((e for e in ctx.world.office.emergencies if e.id == name), None)
    if emergency:
        return f"{emergency.number} ({emergency.name})"
    other = next(each for each in load().lines if each.id == name)
    hours = f"; {other.hours}" if other.hours else ""
    return f"{other.number} ({other.name}{hours})"


def _kind(name: str) -> Kind:
    return next(kind for kind in load().kinds if kind.id == name)


def _known(code: str, ctx: Context) -> bool:
    return code in ctx.world.catalogue.procedures


def _short(code: str, ctx: Context) -> str:
    return ctx.world.procedure(code).short
