"""Keys of one-stop software: in the store, on the command line, in the settings."""

import pytest
from sqlalchemy import text

from bot.one_stop import keys
from bot.settings.settings import read
from bot.settings.values import BadSettings
from bot.storage import database
from tests.bot.commands.terminal import motcua
from tests.bot.one_stop.sync_messages import NOW


def test_a_key_is_not_readable_in_the_store(engine):
    with database.writing(engine) as connection:
        key = keys.add(connection, "igate", NOW)
        row = connection.execute(text("SELECT * FROM sync_key")).one()
    assert key.removeprefix(keys.PREFIX) not in str(tuple(row))


def test_the_owner_of_a_key_is_known_among_several(engine):
    with database.writing(engine) as connection:
        made = {name: keys.add(connection, name, NOW) for name in ("a", "b", "c")}
        assert {name: keys.owner(connection, key, ()) for name, key in made.items()} == {n: n for n in made}
        assert keys.owner(connection, "s" * 40, ("x" * 40, "s" * 40)) == keys.OF_SETTINGS
        assert keys.owner(connection, "", ("x" * 40,)) == ""


def test_a_name_is_given_once(engine):
    with database.writing(engine) as connection:
        keys.add(connection, "igate", NOW)
        with pytest.raises(keys.NameTaken):
            keys.add(connection, "igate", NOW)


def test_a_key_from_the_first_to_the_last(tmp_path):
    made = motcua("keys", "add", "igate", folder=tmp_path)
    assert made.stdout.startswith("mcsk_")
    assert "igate" in motcua("keys", "list", folder=tmp_path).stdout
    assert made.stdout.strip() not in motcua("keys", "list", folder=tmp_path).stdout
    assert motcua("keys", "revoke", "igate", folder=tmp_path).returncode == 0
    again = motcua("keys", "revoke", "igate", folder=tmp_path)
    assert (again.returncode, "no such key" in again.stderr) == (2, True)


def test_a_name_has_plain_letters(tmp_path):
    assert motcua("keys", "add", "máy chủ", folder=tmp_path).returncode == 2


def test_keys_of_the_settings():
    given = read({"MOTCUA_SECRET_KEY": "s" * 32, "MOTCUA_SYNC_KEYS": f"{'a' * 32}, {'b' * 40},"})
    assert given.sync_keys == ("a" * 32, "b" * 40)
    assert "a" * 32 not in repr(given)


@pytest.mark.parametrize("value", ["short", "a" * 31 + "," + "b" * 32, "có dấu" * 10, ",,", "a b" * 20])
def test_keys_that_can_be_guessed_are_refused(value):
    with pytest.raises(BadSettings, match="MOTCUA_SYNC_KEYS=.*32 to 256") as caught:
        read({"MOTCUA_SECRET_KEY": "s" * 32, "MOTCUA_SYNC_KEYS": value})
    assert value not in str(caught.value)


def test_pulling_needs_all_its_settings():
    with pytest.raises(BadSettings, match="MOTCUA_PULL_PASSWORD, MOTCUA_PULL_UNIT: not set"):
        read({"MOTCUA_SECRET_KEY": "s" * 32, "MOTCUA_PULL_URL": "https://a.vn/mapi", "MOTCUA_PULL_USER": "u"})


DOSSIER = (
    "--code",
    "H36.99-261130-0001",
    "--procedure",
    "1.001193",
    "--name",
    "Lê Văn Thử",
    "--phone",
    "0901234567",
)


def test_the_key_that_seals_is_changed_in_two_steps(tmp_path):
    file = tmp_path / "data" / "secret.key"
    motcua("dossiers", "add", *DOSSIER, folder=tmp_path)
    old = file.read_text()
    assert "a new key stands first" in motcua("keys", "rotate", folder=tmp_path).stdout
    assert file.read_text().endswith(old)
    assert "sealed anew: 1" in motcua("keys", "rotate", folder=tmp_path).stdout
    assert old not in file.read_text()
    assert "Lê Văn Thử" in motcua("dossiers", "show", DOSSIER[1], folder=tmp_path).stdout
    file.write_text(old)
    refused = motcua("dossiers", "show", DOSSIER[1], folder=tmp_path)
    assert (refused.returncode, "key 2" in refused.stderr) == (2, True)
