"""What is kept of sessions, on both engines."""

from datetime import timedelta

import pytest

from bot.channels.web.sessions import table
from bot.channels.web.sessions.table import Kept, SessionTable
from bot.storage import conversations, database
from bot.storage.sealing import Vault
from handlers.turn.messages import State
from tests.bot.conftest import KEY, NOW

WHO = "web:ba"


@pytest.fixture
def kept(engine):
    with database.writing(engine) as connection:
        conversations.save(connection, Vault(KEY), WHO, State(), 0, NOW)
    return SessionTable(engine)


def renew(engine, message="m", shared=False, address=WHO):
    with database.writing(engine) as connection:
        table.renew(connection, address, message, NOW, shared)


def test_each_proof_makes_the_cookies_before_it_old(engine, kept):
    renew(engine)
    renew(engine, "n")
    found = kept.find(WHO)
    assert (found.generation, found.shared, found.ended) == (2, False, False)
    assert (table.is_of(found, "m"), table.is_of(found, "n")) == (False, True)


def test_a_computer_stays_shared(engine, kept):
    renew(engine, shared=True)
    renew(engine)
    assert kept.find(WHO).shared


def test_what_was_left_stays_left(engine, kept):
    kept.end(WHO, NOW)
    renew(engine)
    assert kept.find(WHO).ended


def test_where_nothing_was_said_nothing_is_kept(kept):
    kept.end("web:nobody", NOW)
    assert kept.find("web:nobody") == Kept()


def test_a_session_is_forgotten_when_its_cookies_have_died(engine, kept):
    renew(engine)
    kept.use(WHO, NOW + timedelta(hours=1))
    with database.writing(engine) as connection:
        assert table.forget(connection, NOW + timedelta(minutes=59)) == 0
        assert table.forget(connection, NOW + timedelta(minutes=61)) == 1
