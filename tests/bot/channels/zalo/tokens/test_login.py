"""A person connects the account, by the callback or with what he pastes."""

import pytest
from aiohttp import web

from bot.channels.zalo.tokens import callback, consent
from bot.channels.zalo.tokens.consent import Code, Pasted
from bot.channels.zalo.tokens.login import Login
from bot.channels.zalo.tokens.oauth import TokenServer
from bot.channels.zalo.tokens.table import TokenTable
from handlers.desk.zalo import ZaloRefused
from tests.bot.channels.zalo.fake.oauth import APP, OA
from tests.bot.channels.zalo.tokens.keeping import VAULT, process

ACCESS, REFRESH = "a" * 40, "r" * 40


@pytest.fixture
def table(engine):
    return TokenTable(engine, VAULT, OA)


@pytest.fixture
def login(server, table, clock):
    return Login(table, TokenServer(server.settings()), clock)


@pytest.fixture
async def page(server, engine, clock, aiohttp_client):
    app = web.Application()
    app.add_routes(callback.routes(server.settings(), engine, VAULT, clock))
    return await aiohttp_client(app)


async def refusal(login, brought):
    with pytest.raises(ZaloRefused) as refused:
        await login.take(brought)
    return refused.value.code


@pytest.mark.parametrize(
    ("brought", "read"),
    [
        ("https://motcua.example.vn/zalo/callback?oa_id=98&code=abc_-1", Code("abc_-1")),
        ("https://elsewhere.example/?code=x&state=1\n", Code("x")),
        ("c" * 40, Code("c" * 40)),
        (f"{ACCESS}\n{REFRESH}\n", Pasted(ACCESS, REFRESH)),
        (f"access: {ACCESS} , {REFRESH}", Pasted(ACCESS, REFRESH)),
        (f'{{"access_token": "{ACCESS}", "refresh_token": "{REFRESH}"}}', Pasted(ACCESS, REFRESH)),
    ],
)
def test_what_a_person_may_bring(brought, read):
    assert consent.read(brought) == read


@pytest.mark.parametrize(
    "brought",
    ["", "xin chào", "https://motcua.example.vn/zalo/callback?oa_id=98", "{", '{"access_token": 1}'],
)
def test_what_nobody_understands(brought):
    with pytest.raises(consent.NotUnderstood):
        consent.read(brought)


def test_the_challenge_is_as_its_standard_has_it():  # RFC 7636, appendix B
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert consent.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert len(consent.new_verifier()) == 43


def test_the_link_names_the_callback_as_it_has_to_be_saved(server):
    chosen = server.settings(public_url="https://motcua.example.vn")
    link = consent.link(chosen, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    assert link == (
        f"{server.url}/v4/oa/permission?app_id={APP}"
        "&redirect_uri=https%3A%2F%2Fmotcua.example.vn%2Fzalo%2Fcallback"
        "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_the_verifier_is_made_once(table, engine):
    assert table.verifier() == TokenTable(engine, VAULT, OA).verifier()


async def test_a_code_brings_a_pair(server, login, table, engine, clock):
    await login.take(Code(server.code(consent.challenge(table.verifier()))))
    assert await process(server, engine, clock).current() == "access-1"


async def test_a_code_is_good_once(server, login, table):
    code = Code(server.code(consent.challenge(table.verifier())))
    await login.take(code)
    assert await refusal(login, code) == "zalo_code_spent"


async def test_a_code_for_another_challenge_is_refused(server, login):
    assert await refusal(login, Code(server.code("another"))) == "zalo_code_spent"


async def test_a_wrong_callback_is_named(server, login):
    server.error = -14003
    assert await refusal(login, Code("c")) == "zalo_bad_callback"


async def test_a_code_without_an_answer(server, login):
    server.broken = "before"
    assert await refusal(login, Code("c")) == "zalo_no_answer"


async def test_a_token_of_another_account_is_not_kept(server, login, table):
    server.oa = "1"
    assert (
        await refusal(login, Code(server.code(consent.challenge(table.verifier())))) == "zalo_other_account"
    )
    told = server.grant()
    pasted = Pasted(told["access_token"], told["refresh_token"])
    assert await refusal(login, pasted) == "zalo_other_account"
    assert table.read().pair is None


async def test_a_pasted_pair_is_renewed_at_once(server, login, engine, clock):
    told = server.grant()
    kept = await login.take(Pasted(told["access_token"], told["refresh_token"]))
    assert (kept.pair.access, server.sent) == ("access-2", {"refresh-1": 1})


async def test_a_pasted_pair_with_a_wrong_half_leaves_the_one_before(server, login, table, clock):
    told = server.grant()
    await login.take(Pasted(told["access_token"], told["refresh_token"]))
    assert await refusal(login, Pasted("access-2", "wrong")) == "zalo_code_spent"
    assert table.read().pair.refresh == "refresh-2"


async def test_a_pasted_pair_that_is_not_renewed_yet_is_kept(server, login, table):
    told = server.grant()
    server.broken = "before"
    pasted = Pasted(told["access_token"], told["refresh_token"])
    assert await refusal(login, pasted) == "zalo_not_renewed_yet"
    assert table.read().pair.refresh == "refresh-1"


async def test_an_access_token_that_says_nothing_is_not_kept(login, table):
    assert await refusal(login, Pasted("unknown", "unknown")) == "zalo_account_not_told"
    assert table.read().pair is None


async def test_a_login_ends_the_alarm(server, login, table, engine, clock):
    await login.take(Code(server.code(consent.challenge(table.verifier()))))
    tokens = process(server, engine, clock)
    server.error = -14014
    clock.move(hours=30)
    await tokens.renew_if_due()
    server.error = 0
    await login.take(Code(server.code(consent.challenge(table.verifier()))))
    assert await tokens.current() == "access-2"


async def test_the_callback_takes_a_code_once_somebody_waits_for_it(server, page, table, clock):
    table.await_login(clock.at + 60)
    code = server.code(consent.challenge(table.verifier()))
    answer = await page.get(consent.CALLBACK, params={"code": code, "oa_id": OA})
    assert (answer.status, "Đã kết nối" in await answer.text()) == (200, True)
    assert table.read().pair.access == "access-1"
    assert (await page.get(consent.CALLBACK, params={"code": code})).status == 400


async def test_the_callback_does_nothing_while_nobody_waits(server, page, table, clock):
    table.await_login(clock.at)
    code = server.code(consent.challenge(table.verifier()))
    answer = await page.get(consent.CALLBACK, params={"code": code})
    assert (answer.status, table.read().pair, len(server.codes)) == (400, None, 1)


async def test_a_callback_that_brings_nothing_says_so(page, table, clock):
    table.await_login(clock.at + 60)
    answer = await page.get(consent.CALLBACK)
    assert (answer.status, "code=" in await answer.text()) == (400, True)
