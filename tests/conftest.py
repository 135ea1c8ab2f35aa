"""What all tests share: the world as it ships, read once."""

import pytest
from hypothesis import HealthCheck, settings

from bot.load_world import load_world
from handlers.ports.world import World

# A slow machine is no fault of the code: the first draws of a fresh checkout took 5 s at load 7.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()
