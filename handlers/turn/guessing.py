"""Who guesses too often at what only its owner knows has to wait."""

from datetime import datetime

from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, State, Turn
from handlers.turn.shared import SmallTalk, menu_choice

WRONG_TRIES, PAUSE_HOURS = 5, 1  # who was wrong so often within this time waits until it is over


def recent(state: State, now: datetime) -> tuple[int, ...]:
    """The wrong tries of this person that still count, in Unix seconds."""
    return tuple(at for at in state.wrong_tries if at > now.timestamp() - PAUSE_HOURS * 3600)


def with_try(ctx: Context) -> tuple[int, ...]:
    """Those that count, with one of now."""
    return (*recent(ctx.state, ctx.incoming.at), int(ctx.incoming.at.timestamp()))


def waits(ctx: Context) -> bool:
    """Whether this person was wrong too often."""
    return len(recent(ctx.state, ctx.incoming.at)) >= WRONG_TRIES


def wait(ctx: Context) -> Turn:
    """Tells that the person has to wait."""
    text = ctx.tr.plural(
        "Có quá nhiều lần thử không đúng. Bạn đợi {hours} giờ rồi thử lại, hoặc hỏi bộ phận một cửa.",
        PAUSE_HOURS,
    )
    human = Choice(ctx.tr("Gặp cán bộ"), SmallTalk("human"))
    reply = Reply(text.format(hours=PAUSE_HOURS), choices=(human, menu_choice(ctx.tr)))
    return ctx.turn(reply, outcome="declined")
