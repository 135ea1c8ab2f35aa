"""Who had blocked us and comes back is asked whether he wants to follow again what he followed."""

from dataclasses import replace

from handlers.notices.follow import again
from handlers.notices.following import MOST, what
from handlers.turn.context import Context
from handlers.turn.effects import OfferedAgain
from handlers.turn.messages import Reply, Turn
from handlers.turn.shared import menu_choice


def offered(turn: Turn, ctx: Context) -> Turn:
    """The turn with the question, once nothing else is asked: one of two would be answered as the other."""
    if turn.state.pending or turn.outcome == "asked" or any(reply.clears for reply in turn.replies):
        return turn
    followers = ctx.world.followers
    lost = [code for code in followers.lost(ctx.person) if code not in followers.followed(ctx.person)]
    if not lost:
        return turn
    text = ctx.tr(
        "Có lúc mình không nhắn được cho bạn nên đã ngừng báo tin về {what}. Bạn muốn mình báo tin lại không?"
    ).format(what=what(lost, ctx.world, ctx.tr))
    question = Reply(text, choices=(*again(lost[:MOST], ctx), menu_choice(ctx.tr)), unasked=True)
    invited = (*turn.state.invited, *(code for code in lost if code not in turn.state.invited))
    return replace(
        turn,
        replies=(*turn.replies, question),
        state=replace(turn.state, invited=invited),
        effects=(*turn.effects, OfferedAgain()),
    )
