"""A house behind the Official Account, and a line to it."""

import pytest
from sqlalchemy import text

from bot import assemble
from bot.clock import vietnam_now
from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.settings import settings
from bot.storage import database
from tests.bot.channels.zalo.oa.deliveries import OA
from tests.bot.channels.zalo.oa.oa_line import DOSSIER, line, of_house
from tests.bot.conftest import KEY


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('oa') / 'test.db'}"
    built = assemble.build(settings.Settings(secret_key=KEY, database_url=url, zalo_oa_id=OA))
    with database.writing(built.engine) as connection:
        update = Update(DOSSIER, vietnam_now(), procedure="1.001193", phone="0912345678", status="4")
        embedded.record(connection, built.vault, update)
    yield built
    built.engine.dispose()


@pytest.fixture
async def on(house):
    async with line(house.engine, of_house(house), vietnam_now()) as made:
        yield made
    with database.writing(house.engine) as connection:
        for table in ("zalo_event", "zalo_pause", "conversation"):
            connection.execute(text(f"DELETE FROM {table}"))
