"""What an error of Telegram means for the message that was being sent."""

from datetime import timedelta

from aiohttp import ClientConnectorError, ConnectionTimeoutError
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.outbox.outcomes import Doubtful, Later, Refused

NEVER_SENT_S = 1.0  # wait after a request that did not leave the house
TOKEN_S = 60.0  # wait while the token is refused: somebody has to change it
NO_CHAT = "chat not found"  # how Telegram's words begin of a chat that was deleted


def outcome(error: TelegramError) -> Later | Refused | Doubtful:
    """The outcome; whether the request can have left the house is told by the error's cause."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Later(wait.total_seconds() if isinstance(wait, timedelta) else wait)
        case InvalidToken():
            return Later(TOKEN_S)
        case Forbidden():  # blocked us, never started us, or is no longer there
            return Refused(error.message, gone=True)
        case BadRequest():  # a NetworkError too: it has to be asked for before those
            return Refused(error.message, gone=error.message.lower().startswith(NO_CHAT))
        case ChatMigrated():  # only a group moves, and we talk to persons
            return Refused(error.message)
    if isinstance(error.__cause__, ConnectionTimeoutError | ClientConnectorError):
        return Later(NEVER_SENT_S)
    return Doubtful()
