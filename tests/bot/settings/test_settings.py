import re
from datetime import time
from pathlib import Path
from threading import Thread

import pytest

from bot.settings import keyfile, settings, values, variables
from bot.settings.settings import Settings, read
from bot.settings.values import BadSettings
from knowledge.notices.quiet_hours import USUAL, Span

KEY = {"MOTCUA_SECRET_KEY": "0123456789abcdef" * 4}


def problem(**environ):
    with pytest.raises(BadSettings) as caught:
        read({**KEY, **environ})
    return str(caught.value)


def test_nothing_has_to_be_set(tmp_path):
    given = read({}, tmp_path / "data")
    assert given.database_url == f"sqlite:///{tmp_path}/data/motcua.db"
    assert (given.port, given.retention_days, given.log_level) == (8080, 180, "info")
    assert given.telegram_bot_token == given.public_url == ""


def test_the_defaults_told_are_the_defaults_taken():
    told = {v.attribute: v.default for v in variables.TABLE}
    given = read(KEY)
    for name in ("telegram_api_url", "database_url", "port", "retention_days", "log_level"):
        assert str(getattr(given, name)) == told[name]


def test_a_file_of_settings_adds_to_the_environment_which_counts_more(tmp_path):
    file = tmp_path / "motcua.env"
    file.write_text(
        '# the office\nPORT=9000\nMOTCUA_LISTEN="::1"\nDATABASE_URL=postgresql://m:p$w@db/motcua\n'
    )
    given = read({**KEY, "MOTCUA_SETTINGS": str(file), "PORT": "9100"})
    assert (given.port, given.listen) == (9100, "::1")
    assert given.database_url == "postgresql+psycopg://m:p$w@db/motcua"


def test_a_mistake_in_the_file_is_told_like_any_other(tmp_path):
    file = tmp_path / "motcua.env"
    file.write_text("MOTCUA_LISSTEN=::1\nPORT=x\n")
    assert "MOTCUA_LISTEN?" in problem(MOTCUA_SETTINGS=str(file))
    assert "PORT='x'" in problem(MOTCUA_SETTINGS=str(file))
    assert "no such file" in problem(MOTCUA_SETTINGS=str(tmp_path / "none")).lower()


def test_the_demo_has_a_database_and_a_key_of_its_own(tmp_path):
    given = settings.of_demo({"MOTCUA_DATA_DIR": str(tmp_path)})
    assert given.database_url == f"sqlite:///{tmp_path}/demo/motcua.db"
    assert (given.key_file, (tmp_path / "secret.key").exists()) == (tmp_path / "demo/secret.key", False)
    with pytest.raises(BadSettings, match="DATABASE_URL"):
        settings.of_demo({"DATABASE_URL": "postgresql://db/motcua"})


def test_every_variable_of_the_table_is_a_setting():
    assert {v.attribute for v in variables.TABLE} == set(Settings.__dataclass_fields__) - {"key_file"}


def test_the_key_is_made_once_and_for_the_owner_only(tmp_path):
    first = read({}, tmp_path)
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert read({}, tmp_path).secret_key == first.secret_key
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_processes_that_start_together_get_one_key(tmp_path):
    keys = []
    threads = [Thread(target=lambda: keys.append(read({}, tmp_path).secret_key)) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_key_that_others_can_read_is_refused(tmp_path):
    read({}, tmp_path)
    (tmp_path / "secret.key").chmod(0o644)
    with pytest.raises(BadSettings, match="chmod 600"):
        read({}, tmp_path)


def test_a_set_key_makes_no_file(tmp_path):
    read(KEY, tmp_path / "data")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("postgres://u:p@db:5432/motcua", "postgresql+psycopg://u:p@db:5432/motcua"),
        ("postgresql://u:p@db/motcua?sslmode=require", "postgresql+psycopg://u:p@db/motcua?sslmode=require"),
        ("postgresql:///motcua?host=/run/postgresql", "postgresql+psycopg:///motcua?host=/run/postgresql"),
        ("postgresql+psycopg://db/motcua", "postgresql+psycopg://db/motcua"),
        ("sqlite:////var/lib/motcua.db", "sqlite:////var/lib/motcua.db"),
    ],
)
def test_a_database_url_is_taken_in_the_forms_that_hosts_hand_out(given, taken):
    assert read({**KEY, "DATABASE_URL": given}).database_url == taken


def test_quiet_hours_of_a_sunday_may_differ():
    written = " ".join([*["21:00-07:00"] * 6, "20:00-09:00"])
    hours = read({**KEY, "MOTCUA_QUIET_HOURS": written}).quiet_hours
    assert hours == USUAL.on({6: Span(time(20), time(9))})


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("PORT", "http", "PORT='http': use a whole number from 0 to 65535"),
        ("PORT", "65536", "0 to 65535"),
        ("PORT", "٨٠", "whole number"),  # digits, but not ASCII
        ("PUBLIC_URL", "http://motcua.example.vn", "use https://"),
        ("PUBLIC_URL", "motcua.example.vn", "https://motcua.example.vn"),
        ("PUBLIC_URL", "https://[half", "no address"),
        ("TELEGRAM_API_URL", "ftp://host/bot", "use an address"),
        ("TELEGRAM_BOT_TOKEN", "ABC", "@BotFather"),
        ("TELEGRAM_WEBHOOK_SECRET", "với dấu", "letters"),
        ("DATABASE_URL", "mysql://u:p@db/motcua", "use sqlite:///"),
        ("DATABASE_URL", "postgresql://u:p@db:port/motcua", "no address"),
        ("DATABASE_URL", "postgresql://u:p@db", "postgresql://user"),
        ("DATABASE_URL", "sqlite://", "use sqlite:///"),  # in memory: each thread would have its own
        ("MOTCUA_SECRET_KEY", "short", "(5 characters): use at least 32"),
        ("MOTCUA_RETENTION_DAYS", "0", "1 to 3650"),
        ("MOTCUA_LOG_LEVEL", "loud", "debug, info"),
        ("MOTCUA_OPEN_STATE", "maybe", "yes, no"),
        ("MOTCUA_RETENTION_DAY", "30", "did you mean MOTCUA_RETENTION_DAYS?"),
        ("MOTCUA_XYZ", "1", "no such setting"),
    ],
)
def test_a_bad_value_is_named_with_what_to_do(name, value, advice):
    told = problem(**{name: value})
    assert told.startswith(name)
    assert advice in told


def test_all_problems_are_told_at_once():
    assert len(problem(PORT="x", PUBLIC_URL="y", MOTCUA_Z="z").splitlines()) == 3


def test_secrets_show_neither_in_problems_nor_in_the_settings():
    told = problem(TELEGRAM_BOT_TOKEN="geheim-1", DATABASE_URL="oracle://u:geheim-2@h/d")
    given = read({**KEY, "TELEGRAM_BOT_TOKEN": "1:geheim-3", "DATABASE_URL": "postgres://u:geheim-4@h/d"})
    assert "geheim" not in told + repr(given)


def test_an_empty_variable_counts_as_unset():
    assert read({**KEY, "PORT": " ", "PUBLIC_URL": ""}) == read(KEY)


def test_a_webhook_secret_is_derived_from_the_key_and_fits_telegram():
    first, second = read(KEY), read({"MOTCUA_SECRET_KEY": "x" * 32})
    assert values.webhook_secret(first.telegram_webhook_secret)
    assert first.telegram_webhook_secret != second.telegram_webhook_secret


def test_what_a_bare_code_shows_is_opened_on_purpose_only():
    assert [read({**KEY, "MOTCUA_OPEN_STATE": text}).open_state for text in ("", "no", "Yes")] == [
        False, False, True
    ]  # fmt: skip


def test_public_url_on_this_machine_may_be_plain_and_loses_its_last_slash():
    assert read({**KEY, "PUBLIC_URL": "http://127.0.0.1:8080/"}).public_url == "http://127.0.0.1:8080"


def test_only_the_settings_read_the_environment():
    root = Path(settings.__file__).parents[2]
    sources = [
        path for package in ("knowledge", "handlers", "bot") for path in (root / package).rglob("*.py")
    ]
    reads = re.compile(r"environ(\.get\(|\[)|getenv\(")  # handing it on as a whole is no reading
    found = {path.name for path in sources if reads.search(path.read_text())}
    assert found == {"settings.py", "trace.py"}  # who is logged in behind sudo is no setting


def test_a_missing_key_is_never_made_anew_beside_a_database(tmp_path):
    read({}, tmp_path)
    (tmp_path / "motcua.db").write_bytes(b"SQLite format 3\0")
    (tmp_path / "secret.key").unlink()
    with pytest.raises(BadSettings, match=r"put the key back"):
        read({}, tmp_path)
    assert not (tmp_path / "secret.key").exists()


def test_the_first_line_of_the_file_is_the_newest_key(tmp_path):
    first = read({}, tmp_path).secret_key
    keyfile.add(tmp_path / "secret.key")
    both = read({}, tmp_path)
    assert both.keys == (both.secret_key, first)
    assert first != both.secret_key
    keyfile.keep_newest(tmp_path / "secret.key")
    assert read({}, tmp_path).keys == (both.secret_key,)
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_old_keys_of_the_environment_come_after_the_new_one():
    given = read({**KEY, "MOTCUA_OLD_KEYS": f"{'a' * 32}, {'b' * 32}"})
    assert given.old_keys == values.secret_keys(f"{'a' * 32},{'b' * 32}")
    assert given.keys[0] == given.secret_key


def test_the_official_account_needs_its_four_settings_or_none():
    assert read({**KEY, "ZALO_BOT_TOKEN": "123456:abcdef"}).zalo_oa_id == ""
    told = problem(ZALO_APP_ID="12", ZALO_OA_ID="34")
    assert "ZALO_APP_SECRET, ZALO_OA_SECRET" in told
    assert "all four" in told


def test_zalos_numbers_and_secrets_are_checked_without_being_shown():
    assert "ZALO_OA_ID='1 2'" in problem(ZALO_OA_ID="1 2")
    assert "ZALO_APP_SECRET=(7 characters)" in problem(ZALO_APP_SECRET="abc def")
    assert "8 to 256" in problem(ZALO_BOT_SECRET="short")
