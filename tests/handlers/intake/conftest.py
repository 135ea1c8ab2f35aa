"""The world of an office whose officers have confirmed every form."""

from dataclasses import replace

import pytest

from handlers.ports.world import World
from tests.handlers.intake.form_talks import FORMS


@pytest.fixture(scope="session")
def confirmed(world: World) -> World:
    return replace(world, forms=FORMS)
