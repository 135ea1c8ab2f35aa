"""What became of sending one message: a value, because every caller has to act on it."""

from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientConnectorError, ConnectionTimeoutError
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

NEVER_SENT_S = 1.0  # wait after a request that did not leave the house
TOKEN_S = 60.0  # wait while the token is refused: somebody has to change it


@dataclass(frozen=True)
class Sent:
    """It is with the person's messenger."""

    receipt: str  # the channel's message id


@dataclass(frozen=True)
class Later:
    """Certainly not sent; worth another try."""

    seconds: float  # not before


@dataclass(frozen=True)
class Refused:
    """Not sent, and trying again would not help."""

    reason: str  # the channel's words; no text of the message


@dataclass(frozen=True)
class Doubtful:
    """The request left the house and no answer came: sent or not, nobody knows."""


Outcome = Sent | Later | Refused | Doubtful


def outcome(error: TelegramError) -> Later | Refused | Doubtful:
    """What an error of Telegram means for the message that was being sent."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Later(wait.total_seconds() if isinstance(wait, timedelta) else wait)
        case InvalidToken():
            return Later(TOKEN_S)
        case Forbidden() | BadRequest():  # a BadRequest is a NetworkError too: it has to be asked for first
            return Refused(error.message)
        case ChatMigrated():  # only a group moves, and we talk to persons
            return Refused(error.message)
    if isinstance(error.__cause__, ConnectionTimeoutError | ClientConnectorError):
        return Later(NEVER_SENT_S)
    return Doubtful()
