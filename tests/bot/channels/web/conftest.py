"""A page's server with a talk of a few replies behind it."""

import pytest

from tests.bot.channels.web.web_house import Talk, app


@pytest.fixture
def talk():
    return Talk()


@pytest.fixture
async def client(aiohttp_client, talk):
    return await aiohttp_client(app(talk))
