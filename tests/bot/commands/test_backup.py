"""`motcua backup`, and starting from what it wrote."""

import os
from datetime import UTC, datetime

from bot.commands import backup
from bot.storage import conversations, database, migrate
from bot.storage.sealing import Vault
from handlers.turn.messages import State

VAULT = Vault(b"k" * 32)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def running(path, **state):
    engine = database.connect(f"sqlite:///{path}")
    migrate.upgrade(engine)
    with database.writing(engine) as connection:
        conversations.save(connection, VAULT, "web:1", State(**state), 0, NOW)
    return engine


def environ(path):
    return {"DATABASE_URL": f"sqlite:///{path}", "MOTCUA_SECRET_KEY": "k" * 32}


def test_a_copy_taken_while_others_write_can_be_started_from(tmp_path):
    engine, copy = running(tmp_path / "a.db", language="en"), tmp_path / "copy.db"
    with database.writing(engine):  # a turn is in hand
        assert backup.write(environ(tmp_path / "a.db"), copy) == 0
    with database.reading(database.connect(f"sqlite:///{copy}")) as connection:
        assert conversations.load(connection, VAULT, "web:1") == (State(language="en"), 1)


def test_only_the_owner_can_read_the_copy(tmp_path):
    running(tmp_path / "a.db")
    backup.write(environ(tmp_path / "a.db"), tmp_path / "copy.db")
    assert os.stat(tmp_path / "copy.db").st_mode & 0o077 == 0


def test_a_server_is_left_to_its_own_tool(tmp_path, capsys):
    there = {"DATABASE_URL": "postgresql://a:b@127.0.0.1/c", "MOTCUA_SECRET_KEY": "k" * 32}
    assert backup.write(there, tmp_path / "copy.db") == 2
    assert "pg_dump" in capsys.readouterr().err


def test_a_database_that_is_not_there_is_said_so(tmp_path, capsys):
    assert backup.write(environ(tmp_path / "none.db"), tmp_path / "copy.db") == 2
    assert "none.db: no such file" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()
