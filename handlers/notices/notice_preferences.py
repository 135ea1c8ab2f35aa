"""When and how a person is told, and why something did not come."""

import re
from collections.abc import Mapping, Sequence

from handlers.dossiers.slip import BY_ZALO, ZALO_BY_PHONE
from handlers.language.i18n import N_, Translate
from handlers.notices.actions import AskQuiet, ChooseQuiet, MyNotices, ShowTitles
from handlers.notices.notice import NAMES
from handlers.office.hours import by_weekday
from handlers.ports.errors import StaleButton
from handlers.ports.followers import Line, Manners
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import Consent, SetDetailed, SetQuiet
from handlers.turn.messages import Reply, Turn
from handlers.turn.shared import AskDossier, human_choice, menu_choice
from knowledge.notices.quiet_hours import USUAL, QuietHours, Span, asked, parse
from knowledge.text import fold

OFFERED = (USUAL, parse("20:00-07:00"), parse("22:00-06:00"))  # by tap; any other by words
ANYTIME = QuietHours()
SHOWN = 5  # dossiers
NO_PHONE = Consent(ZALO_BY_PHONE, BY_ZALO, given=False)
# "đừng nhắn vào số điện thoại của tôi nữa"; that a message did not come is something else
NOT_BY_PHONE = re.compile(
    r"\b(dung|thoi|ngung|tat|khoi|rut|huy|khong (cho|muon|dong y|can))\b.*\b(nhan|gui|bao|tin)\b"
    r".*\b(vao|toi|den|qua|ve|bang|theo|cho) ((so )?dien thoai|so may|so cua|sdt|so dt)\b"
    r"|\b(stop|not|dont|don t|no)\b.*\b(messages?|messaging|texts?|texting|notices|writ(e|ing)|send(ing)?)\b"
    r".*\b(my|by|to the) (phone|number)\b"
)

# What became of a notice.
FATES: Mapping[str, str] = {
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


def wanted(said: str) -> bool:
    """Whether folded words ask for other quiet hours, or for no messages to the phone."""
    return asked(said) is not None or NOT_BY_PHONE.search(said) is not None


def typed(text: str, ctx: Context) -> Turn | None:
    """A turn if the words set the quiet hours, or take the phone away."""
    if NOT_BY_PHONE.search(fold(text)):
        return not_by_phone(ctx)
    hours = asked(fold(text), _manners(ctx).quiet)
    return None if hours is None else _set_quiet(hours, ctx)


def quiet_text(hours: QuietHours, tr: Translate) -> str:
    """The quiet hours in force."""
    if not hours:
        return tr("Mình nhắn cho bạn bất cứ giờ nào.")
    if hours.span:
        return _between(tr("Mình không nhắn từ {start} đến {end}."), hours.span)
    spans = [_between("{start}–{end}", span) if span else tr("không có") for span in hours.week]
    return tr("Giờ mình không nhắn: {hours}.").format(hours="; ".join(by_weekday(spans, tr)))


def choices(manners: Manners, tr: Translate) -> tuple[Choice, ...]:
    """The ways to change how one is told."""
    titles = Choice(tr("Ghi cả tên thủ tục trong tin"), ShowTitles(1))
    if manners.detailed:
        titles = Choice(tr("Không ghi tên thủ tục trong tin"), ShowTitles(0))
    return (Choice(tr("Đổi giờ không nhắn"), AskQuiet()), titles)


def ask_quiet(ctx: Context) -> Turn:
    """Offers some quiet hours."""
    tr, now = ctx.tr, quiet_text(_manners(ctx).quiet, ctx.tr)
    label = tr("Không nhắn từ {start} đến {end}")
    spans = ((hours.span, ChooseQuiet(_in_button(hours))) for hours in OFFERED)
    offers = [Choice(_between(label, span), choose) for span, choose in spans if span]
    text = tr("{now} Bạn chọn giờ khác, hoặc nhắn ví dụ “đừng nhắn sau 20 giờ”.")
    anytime = Choice(tr("Giờ nào cũng nhắn"), ChooseQuiet(_in_button(ANYTIME)))
    reply = Reply(text.format(now=now), choices=(*offers, anytime, menu_choice(tr)))
    return ctx.turn(reply, outcome="asked")


def choose_quiet(hours: str, ctx: Context) -> Turn:
    """The hours of a button, "2000-0700" or "none"; raises StaleButton for any but those offered."""
    offered = {_in_button(offer): offer for offer in (ANYTIME, *OFFERED)}
    if hours not in offered:
        raise StaleButton(hours)
    return _set_quiet(offered[hours], ctx)


def show_titles(on: bool, ctx: Context) -> Turn:
    """Keeps whether notices show the procedure's title, which others may read on the screen."""
    text = ctx.tr("Đã đổi: tin báo chỉ ghi mã hồ sơ.")
    if on:
        text = ctx.tr("Đã đổi: tin báo ghi cả tên thủ tục. Người cầm máy của bạn có thể đọc thấy.")
    reply = Reply(text, choices=(_mine(ctx.tr),), replaces=True)
    return ctx.turn(reply, outcome="answered", effects=(SetDetailed(on),))


def not_by_phone(ctx: Context) -> Turn:
    """Takes back what was agreed to at the desk: news to the phone, where Zalo lets nothing into the chat."""
    text = ctx.tr(
        "Đã ghi: mình không gửi tin qua Zalo đến số điện thoại của bạn nữa. Hồ sơ bạn theo dõi có tin thì "
        "mình vẫn nhắn ở khung trò chuyện này. Đổi ý thì bạn nói với cán bộ ở quầy."
    )
    reply = Reply(text, choices=(_mine(ctx.tr), menu_choice(ctx.tr)))
    return ctx.turn(reply, outcome="answered", effects=(NO_PHONE,))


def why(ctx: Context) -> Turn:
    """What became of the last notices, from the ledger."""
    followers, tr = ctx.world.followers, ctx.tr
    story = followers.story(ctx.person)
    codes = tuple(dict.fromkeys((*followers.followed(ctx.person), *map(_about, story))))[:SHOWN]
    if not codes:
        return _follows_nothing(ctx)
    parts = [_told(code, [line for line in story if _about(line) == code], tr) for code in codes]
    parts.append(quiet_text(_manners(ctx).quiet, tr))
    ways = (_mine(tr), human_choice(tr), menu_choice(tr))
    return ctx.turn(Reply("\n\n".join(parts), choices=ways), outcome="answered")


def _set_quiet(hours: QuietHours, ctx: Context) -> Turn:
    """Keeps the quiet hours and says them, so that a misunderstanding shows."""
    tr = ctx.tr
    text = tr("Đã đổi. {manners}").format(manners=quiet_text(hours, tr))
    ways = (Choice(tr("Đổi giờ không nhắn"), AskQuiet()), menu_choice(tr))
    reply = Reply(text, choices=ways, replaces=True)
    return ctx.turn(reply, outcome="answered", effects=(SetQuiet(hours),))


def _follows_nothing(ctx: Context) -> Turn:
    text = ctx.tr(
        "Bạn chưa bật báo tin cho hồ sơ nào nên mình không nhắn. "
        "Bạn tra cứu hồ sơ rồi chọn “Báo tin cho tôi khi có thay đổi”."
    )
    ways = (Choice(ctx.tr("Tra cứu hồ sơ"), AskDossier()), menu_choice(ctx.tr))
    return ctx.turn(Reply(text, choices=ways), outcome="answered")


def _told(code: str, story: Sequence[Line], tr: Translate) -> str:
    lines = [_line(line, tr) for line in story]
    head = tr("Mã {code}:").format(code=code) if code else tr("Nhắc việc:")
    return "\n".join([head, *(lines or [tr("Từ khi bạn bật báo tin, chưa có thay đổi nào phải báo.")])])


def _about(line: Line) -> str:
    """The dossier or the procedure; "" for what is of neither."""
    return "" if line.kind in ("digest", "expiring") else line.code


def _line(line: Line, tr: Translate) -> str:
    day = f"{line.at:%d/%m}"
    if line.kind == "stop":
        return tr("{day}: bạn đã dừng báo tin.").format(day=day)
    fate = "retried" if line.fate == "waiting" and line.tries else line.fate
    at = line.sent_at or line.not_before
    return tr(FATES[fate]).format(day=day, notice=tr(NAMES[line.kind]), time=f"{at:%H:%M %d/%m}")


def _manners(ctx: Context) -> Manners:
    return ctx.world.followers.manners(ctx.person)


def _mine(tr: Translate) -> Choice:
    return Choice(tr("Tin báo của tôi"), MyNotices())


def _between(text: str, span: Span) -> str:
    return text.format(start=f"{span.start:%H:%M}", end=f"{span.end:%H:%M}")


def _in_button(hours: QuietHours) -> str:
    return str(hours).replace(":", "")  # a colon parts the arguments of a button
