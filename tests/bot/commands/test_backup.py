"""`motcua backup`, and starting from what it wrote."""

import os
import shutil
from datetime import UTC, datetime

from bot.storage import conversations, database, migrate
from bot.storage.sealing import Vault
from handlers.turn.messages import State
from tests.bot.commands.terminal import motcua

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
        assert motcua("backup", str(copy), **environ(tmp_path / "a.db")).returncode == 0
    with database.reading(database.connect(f"sqlite:///{copy}")) as connection:
        assert conversations.load(connection, VAULT, "web:1") == (State(language="en"), 1)


def test_only_the_owner_can_read_the_copy(tmp_path):
    running(tmp_path / "a.db")
    motcua("backup", str(tmp_path / "copy.db"), **environ(tmp_path / "a.db"))
    assert os.stat(tmp_path / "copy.db").st_mode & 0o077 == 0


def test_a_server_is_left_to_its_own_tool(tmp_path):
    there = {"DATABASE_URL": "postgresql://a:b@127.0.0.1/c", "MOTCUA_SECRET_KEY": "k" * 32}
    done = motcua("backup", str(tmp_path / "copy.db"), **there)
    assert (done.returncode, "pg_dump" in done.stderr) == (2, True)


def test_a_database_that_is_not_there_is_said_so(tmp_path):
    done = motcua("backup", str(tmp_path / "copy.db"), **environ(tmp_path / "none.db"))
    assert (done.returncode, "none.db: no such file" in done.stderr) == (2, True)
    assert not (tmp_path / "none.db").exists()


def test_a_copy_is_restored_with_its_key_and_with_no_other(tmp_path):
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir(), (after / "data").mkdir(parents=True)
    dossier = ("--procedure", "1.001193", "--name", "Lê Văn Thử", "--phone", "0901234567")
    motcua("dossiers", "add", "--code", "H36.99-261130-0001", *dossier, folder=before)
    assert motcua("backup", str(after / "data/motcua.db"), folder=before).returncode == 0
    without = motcua("dossiers", "show", "H36.99-261130-0001", folder=after)
    assert (without.returncode, "put the key back" in without.stderr) == (2, True)
    other = motcua("dossiers", "show", "H36.99-261130-0001", folder=after, MOTCUA_SECRET_KEY="x" * 40)
    assert (other.returncode, "key 1" in other.stderr) == (2, True)
    shutil.copy2(before / "data/secret.key", after / "data/secret.key")
    assert "Lê Văn Thử" in motcua("dossiers", "show", "H36.99-261130-0001", folder=after).stdout
