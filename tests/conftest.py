"""What all tests share: the world as it ships, read once."""

import pytest

from bot.knowing import world as read_world
from handlers.turn.ports import World


@pytest.fixture(scope="session")
def world() -> World:
    return read_world()
