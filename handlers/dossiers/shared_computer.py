"""Who proves something on a computer that others use may have the session end by itself."""

from handlers.ports.errors import StaleButton
from handlers.turn import guessing
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import ShareComputer
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import SecondFactorAsked
from handlers.turn.retention import IDLE_MINUTES
from handlers.turn.shared import SharedComputer, menu_choice


def offered(ctx: Context) -> tuple[Choice, ...]:
    """The button, where a browser's session could outlast its person."""
    return (Choice(ctx.tr("Máy này dùng chung"), SharedComputer()),) if ctx.incoming.session == "own" else ()


def noted(ctx: Context) -> Turn:
    """What the session does from now on; what was asked is asked still. Raises StaleButton for an account."""
    if not ctx.incoming.session:
        raise StaleButton(str(SharedComputer()))
    text = ctx.tr.plural(
        "Vâng. Trang này tự kết thúc sau {minutes} phút không dùng, và khi đóng trình duyệt.", IDLE_MINUTES
    ).format(minutes=IDLE_MINUTES)
    if ctx.world.links.channels(ctx.person):
        text += " " + ctx.tr("Trang này cũng không còn liên kết với kênh khác của bạn.")
    pending = ctx.state.pending
    if isinstance(pending, SecondFactorAsked):
        fact = guessing.digits_text(pending.digits, ctx.tr)
        text += " " + ctx.tr("Bạn gõ {fact} đã khai khi nộp hồ sơ.").format(fact=fact)
    reply = Reply(text, choices=(menu_choice(ctx.tr),))
    return ctx.turn(reply, outcome="asked", effects=(ShareComputer(),))
