"""What the tests of the tokens share: a process with a clock of its own to move."""

from datetime import UTC, datetime, timedelta

from bot.channels.zalo.tokens import keeper
from bot.channels.zalo.tokens.answers import read
from bot.storage.sealing import Vault

START = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
VAULT = Vault(b"k" * 32)


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def move(self, **span):
        self.now += timedelta(**span)

    @property
    def at(self):
        return int(self.now.timestamp())


def process(server, engine, clock):
    """The tokens as a process of their own has them."""
    return keeper.make(server.settings(), engine, VAULT, clock)


def logged_in(server, engine, clock):
    """Likewise, after a person has brought a pair."""
    tokens = process(server, engine, clock)
    tokens._table.put(read(server.grant()).pair(clock.at))
    return tokens
