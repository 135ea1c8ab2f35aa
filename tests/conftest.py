"""What all tests share: the world as it ships, read once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot import assemble
from bot.assemble import House
from bot.load_world import load_world
from bot.settings.settings import Settings
from handlers.ports.world import World

# A slow machine is no fault of the code: the first draws of a fresh checkout took 5 s at load 7.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture
def small_house(tmp_path: Path) -> Iterator[House]:
    """A whole house on a file of its own; what it would send goes nowhere."""
    chosen = Settings(
        secret_key=b"k" * 32,
        database_url=f"sqlite:///{tmp_path}/desk.db",
        telegram_bot_token="1:a",
        telegram_api_url="http://127.0.0.1:9",  # refused at once
    )
    built = assemble.build(chosen)
    yield built
    built.engine.dispose()
