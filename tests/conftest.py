"""What all tests share: the world as it ships, read once."""

import pytest

from bot.load_world import load_world
from handlers.turn.ports import World


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()
