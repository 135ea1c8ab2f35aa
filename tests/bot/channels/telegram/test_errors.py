from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.errors import outcome
from bot.outbox.outcomes import Doubtful, Later, Refused


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (RetryAfter(7), Later(7)),
        (RetryAfter(timedelta(seconds=7)), Later(7)),
        (Forbidden("bot was blocked by the user"), Refused("bot was blocked by the user", gone=True)),
        (BadRequest("Chat not found"), Refused("Chat not found", gone=True)),
        (BadRequest("Message text is empty"), Refused("Message text is empty")),  # though a NetworkError
        (ChatMigrated(-100), Refused("Group migrated to supergroup. New chat id: -100")),
        (InvalidToken(), Later(60)),
        (Conflict("x"), Doubtful()),
        (NetworkError("Bad Gateway"), Doubtful()),
        (TimedOut(), Doubtful()),
        (TelegramError("Invalid server response"), Doubtful()),
    ],
)
def test_what_an_error_means(error, meaning):
    assert outcome(error) == meaning
