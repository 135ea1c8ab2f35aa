"""A server of tokens, and a clock that is moved."""

import pytest

from tests.bot.channels.zalo.fake.oauth import serving
from tests.bot.channels.zalo.tokens.keeping import Clock


@pytest.fixture
async def server():
    async with serving() as running:
        yield running


@pytest.fixture
def clock():
    return Clock()
