"""`motcua zalo login` and `status`, and what `motcua check` says of it."""

import asyncio
import re

import pytest

from bot.channels.zalo.tokens.answers import read
from bot.channels.zalo.tokens.table import TokenTable
from bot.clock import vietnam_now
from bot.settings import settings
from bot.storage import keyring, migrate
from tests.bot.channels.zalo.fake.oauth import APP, APP_SECRET, OA, OA_SECRET, serving
from tests.bot.channels.zalo.fake.templates import ENABLED, FakeTemplates
from tests.bot.commands.terminal import motcua

SET = {
    "ZALO_APP_ID": APP,
    "ZALO_APP_SECRET": APP_SECRET,
    "ZALO_OA_ID": OA,
    "ZALO_OA_SECRET": OA_SECRET,
    "ZALO_API_URL": "http://127.0.0.1:9",
}


@pytest.fixture
def run(tmp_path):
    return lambda *arguments, **more: motcua(*arguments, folder=tmp_path, **{**SET, **more})


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Of the same database."""
    monkeypatch.chdir(tmp_path)
    chosen = settings.read(SET)
    engine = migrate.opened(chosen.database_url)
    yield TokenTable(engine, keyring.unlocked(engine, chosen.keys), OA)
    engine.dispose()


def at():
    return int(vietnam_now().timestamp())


def granted(number):
    return read(
        {"access_token": f"access-{number}", "refresh_token": f"refresh-{number}", "expires_in": "90000"}
    )


def test_login_shows_each_time_what_is_saved_in_the_console(run):
    first = run("zalo", "login", PUBLIC_URL="https://motcua.example.vn")
    again = run("zalo", "login", PUBLIC_URL="https://motcua.example.vn")
    assert first.returncode == 0
    assert "Callback URL:   https://motcua.example.vn/zalo/callback\n" in first.stdout
    assert f"/v4/oa/permission?app_id={APP}&redirect_uri=https%3A%2F%2Fmotcua" in first.stdout
    challenges = [re.findall(r"Code challenge: (\S{43})\n", ran.stdout) for ran in (first, again)]
    assert len(challenges[0]) == 1
    assert challenges[0] == challenges[1]


def test_login_without_a_public_address_takes_the_console_s_link(run):
    assert "PUBLIC_URL" in run("zalo", "login").stdout


def test_login_needs_the_account(tmp_path):
    ran = motcua("zalo", "login", folder=tmp_path)
    assert (ran.returncode, "ZALO_APP_ID" in ran.stderr) == (2, True)


def test_login_says_what_it_did_not_understand(run):
    ran = run("zalo", "login", "xin chào")
    assert (ran.returncode, "zalo_not_understood" in ran.stderr) == (2, True)


async def test_login_reads_a_pair_from_standard_input_and_shows_no_token(run):
    async with serving() as server:
        told = server.grant()
        urls = {"ZALO_API_URL": server.url, "ZALO_OAUTH_URL": server.url}
        given = f'{{"access_token": "{told["access_token"]}", "refresh_token": "{told["refresh_token"]}"}}'
        ran = await asyncio.to_thread(run, "zalo", "login", "-", said=given, **urls)
    assert (ran.returncode, server.requests) == (0, 1)
    assert "Đã lưu cặp token" in ran.stdout
    assert "access-" not in ran.stdout + ran.stderr
    assert run("zalo", "status").returncode == 0


def test_status_before_the_first_login(run):
    ran = run("zalo", "status")
    assert (ran.returncode, "motcua zalo login" in ran.stdout) == (1, True)


def test_check_says_what_to_do_without_making_a_database(run, tmp_path):
    ran = run("check")
    assert "warning: Zalo: Chưa kết nối: chạy `motcua zalo login`." in ran.stderr
    assert not (tmp_path / "data" / "motcua.db").exists()


def test_check_says_nothing_of_a_good_token_but_what_else_is_missing(run, table):
    table.put(granted(1).pair(at()))
    told = run("check").stderr
    assert "zalo login" not in told
    assert "warning: PUBLIC_URL is not set: Zalo cannot send us what people write" in told
    assert "warning: Zalo does not answer: nothing was learnt of the account" in told


def test_the_window_opens_for_ten_minutes(run, table):
    told = run("zalo", "open-window")
    assert (told.returncode, told.stdout[:11]) == (0, "open until ")


def test_check_names_a_refresh_token_that_is_no_more(run, table):
    table.put(granted(1).pair(at() - 20 * 3600))
    table.settle(table.begin(at()), read({"error": -14020}), at())
    assert "warning: Zalo: Refresh token không còn dùng được (-14020)" in run("check").stderr


TEMPLATES = """
[[templates]]
id = "111111"
kinds = ["done"]
[templates.parameters]
ma_ho_so = { fact = "code", type = "code" }
ten = { fact = "state", type = "label" }

[[templates]]
id = "999"
kinds = ["fee"]
[templates.parameters]
ma_ho_so = { fact = "code", type = "code" }
"""


async def test_check_compares_the_templates_with_what_zalo_has(run, table, tmp_path):
    file = tmp_path / "templates.toml"
    file.write_text(TEMPLATES, encoding="utf-8")
    table.put(granted(1).pair(at()))
    zalo = FakeTemplates(lambda: 0)
    zalo.tokens.add("access-1")
    zalo.templates["111111"] = ENABLED | {"status": "PENDING_REVIEW"}
    async with zalo.running() as url:
        urls = {"ZALO_API_URL": url, "ZALO_TEMPLATE_URL": url}
        ran = await asyncio.to_thread(run, "check", ZALO_TEMPLATES=str(file), **urls)
    told = [line.removeprefix("warning: Zalo: ") for line in ran.stderr.splitlines() if "template" in line]
    assert told == [
        "mode = development: only administrators, and testers of the file, get template messages",
        "template 111111: Zalo says PENDING_REVIEW; only an approved one is sent to everybody",
        "template 111111: ten: the template has no such parameter",
        "template 111111: trang_thai: not given",
        "template 999: Zalo tells nothing of it; is its number right?",
    ]


def test_check_names_what_is_wrong_with_the_file(run, tmp_path):
    file = tmp_path / "templates.toml"
    file.write_text(TEMPLATES.replace('"state"', '"stat"'), encoding="utf-8")
    ran = run("check", ZALO_TEMPLATES=str(file))
    assert (ran.returncode, "templates.toml" in ran.stderr, "stat: no such fact" in ran.stderr) == (
        1,
        True,
        True,
    )
