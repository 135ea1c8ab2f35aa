"""The button under a dossier, or under a list of papers, that a person may be told of."""

from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.shared import AskFollow, StopNotices


def offer(code: str, ctx: Context, *, has_ended: bool = False) -> tuple[Choice, ...]:
    """To be told of it, or to be told no more; nothing where nobody can be written to unasked.

    Of what has ended there is nothing more to be told.
    """
    followers = ctx.world.followers
    if not followers.reaches(ctx.person):
        return ()
    if code in followers.followed(ctx.person):
        return (Choice(ctx.tr("Dừng báo tin"), StopNotices(code)),)
    return () if has_ended else (Choice(ctx.tr("Báo tin cho tôi khi có thay đổi"), AskFollow(code)),)
