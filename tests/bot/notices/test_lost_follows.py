"""What was followed until the channel could not reach its person: sealed, asked about once, on a clock."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.notices import follows, lost_follows
from bot.notices.follows import Terms
from bot.storage import database
from bot.storage.sealing import Vault
from bot.turns import effects
from bot.turns.effects import By
from handlers.turn.effects import OfferedAgain
from tests.bot.conftest import KEY, NOW

VAULT = Vault(KEY)
PERSON, OTHER = "telegram:1", "telegram:2"
CODES = ("H36.99-260706-0002", "H36.99-260706-0001")


@pytest.fixture
def blocked(engine):
    """A person who followed two dossiers and blocked us, and one who did not."""
    with database.writing(engine) as connection:
        for age, code in enumerate(CODES):
            follows.follow(connection, PERSON, code, Terms("vi", 0, NOW - timedelta(days=age)))
        follows.follow(connection, OTHER, CODES[0], Terms("vi", 0, NOW))
        lost_follows.lose(VAULT, NOW, connection, [PERSON])
    return engine


def lost(engine, address=PERSON):
    with database.reading(engine) as connection:
        return lost_follows.lost(connection, VAULT, address)


def test_he_follows_nothing_and_it_is_known_what_he_did(blocked):
    with database.reading(blocked) as connection:
        assert follows.followed(connection, PERSON) == ()
        assert follows.followed(connection, OTHER) == CODES[:1]
        content = bytes(connection.scalar(text("SELECT content FROM lost_follow")))
    assert (lost(blocked), lost(blocked, OTHER)) == (CODES, ())
    assert b"H36" not in content


def test_to_be_lost_once_more_without_following_forgets_nothing(blocked):
    with database.writing(blocked) as connection:
        lost_follows.lose(VAULT, NOW, connection, [PERSON])
    assert lost(blocked) == CODES


def test_who_was_asked_is_not_asked_again(blocked):
    with database.writing(blocked) as connection:
        effects.apply(By(connection, VAULT, PERSON, NOW), [OfferedAgain()])
    assert lost(blocked) == ()


def test_the_clock_ends_it(blocked):
    with database.writing(blocked) as connection:
        assert lost_follows.forget(connection, NOW) == 0
        assert lost_follows.forget(connection, NOW + timedelta(seconds=1)) == 1
    assert lost(blocked) == ()
