import pytest

from bot.channels.web import stored
from bot.storage import database
from bot.storage.sealing import Vault, WrongKey
from handlers.turn.messages import Choice, Reply
from handlers.turn.shared import ShowDossier
from tests.bot.outbox.notice_parts import NOW, VAULT, later

REPLY = Reply("Hồ sơ đã có kết quả.", choices=(Choice("Xem chi tiết", ShowDossier("H1")),))


def put(engine, address="web:1", now=NOW):
    with database.writing(engine) as connection:
        return stored.put(connection, VAULT, address, [REPLY], now)


def since(engine, after=0, vault=VAULT):
    with database.reading(engine) as connection:
        return stored.since(connection, vault, "web:1", after)


def test_a_person_gets_what_came_since(engine):
    first, second = put(engine), put(engine)
    put(engine, "web:2")
    assert since(engine) == [(first, (REPLY,)), (second, (REPLY,))]
    assert since(engine, first) == [(second, (REPLY,))]


def test_what_was_said_is_sealed(engine):
    put(engine)
    with pytest.raises(WrongKey):
        since(engine, vault=Vault(b"other"))


def test_a_web_process_learns_for_whom_something_came(engine):
    put(engine, now=later(seconds=-60))
    put(engine, "web:2")
    with database.reading(engine) as connection:
        assert stored.recent(connection, later(seconds=-10)) == {"web:2"}


def test_the_old_is_forgotten(engine):
    put(engine)
    with database.writing(engine) as connection:
        assert stored.forget(connection, later(seconds=1)) == 1
    assert since(engine) == []
