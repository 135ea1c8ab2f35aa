"""Who guesses too often at what only its owner knows has to wait; how many digits are asked for."""

from handlers.language.i18n import Translate
from handlers.ports.guesses import Verdict
from handlers.turn.context import Context
from handlers.turn.messages import Reply
from handlers.turn.shared import human_choice, menu_choice
from knowledge.dossiers.guesses import WHOLE


def verdict(code: str, ctx: Context) -> Verdict:
    """What is asked of this person on that code; for who has proved it nothing is."""
    return ctx.world.guesses.verdict(ctx.guesser, code, ctx.incoming.at)


def wait(hours: int, ctx: Context) -> Reply:
    """Tells that the guesser has to wait, and what goes at once."""
    text = ctx.tr.plural(
        "Có quá nhiều lần thử không đúng từ tài khoản hoặc mạng bạn đang dùng. Bạn đợi {hours} giờ rồi "
        "thử lại. Không muốn đợi: bạn hỏi bộ phận một cửa, hoặc gửi số của mình ở kênh gửi được số "
        "điện thoại.",
        hours,
    )
    return Reply(text.format(hours=hours), choices=(human_choice(ctx.tr), menu_choice(ctx.tr)))


def digits_text(digits: int, tr: Translate) -> str:
    """What is asked for, within a sentence."""
    if digits >= WHOLE:
        return tr("đủ số điện thoại hoặc đủ số căn cước")
    return tr("{digits} số cuối của số điện thoại hoặc số căn cước").format(digits=digits)
