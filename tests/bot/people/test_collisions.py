"""On PostgreSQL two turns of one person can wait for each other; one of them is then made anew."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from bot.notices import links
from bot.people import joining, talks
from bot.storage import conversations, database
from bot.storage.database import Collided
from handlers.turn.messages import State
from tests.bot.outbox.notice_parts import NOW, VAULT

HERE, THERE = "telegram:1", "zalo:7"  # what both have in common is kept under the first
SOON = text("SET LOCAL deadlock_timeout = '20ms'")


def transaction(engine, collided, work):
    def run():
        try:
            with database.writing(engine) as connection:
                connection.execute(SOON)
                work(connection)
        except Collided:
            collided.append(work)

    return Thread(target=run)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_to_part_channels_while_a_message_comes_on_the_other_undoes_one_of_both(engine):
    with database.writing(engine) as connection:
        for address in (HERE, THERE):
            conversations.save(connection, VAULT, address, State(), 0, NOW)
        joining.join(connection, VAULT, HERE, THERE, NOW)
        both = {address: talks.load(connection, VAULT, address) for address in (HERE, THERE)}
    begun, collided = Barrier(2, timeout=10), []

    def part(connection):
        joining.hold(connection)
        talks.save(connection, VAULT, both[HERE], State(), NOW)
        begun.wait()
        joining.part(connection, VAULT, HERE, NOW)

    def write(connection):
        links.use(connection, THERE, NOW)
        begun.wait()
        talks.save(connection, VAULT, both[THERE], State(), NOW)

    threads = [transaction(engine, collided, work) for work in (part, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert len(collided) == 1
