"""The routes of the web entrance: the page, messages, sessions, health."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from aiohttp import web

from bot.channels.web.sessions.cookies import COOKIE
from handlers import router
from handlers.language.i18n import languages, translator
from handlers.office import page_texts
from handlers.office.greeting import ask_language, greeting
from handlers.people.actions import Erase
from handlers.turn.actions import Stale
from handlers.turn.context import context
from handlers.turn.messages import Choice, Reply, State
from tests.bot.channels.web.web_house import Talk, app, house

MESSAGES = "/chat/messages"


def cookie(response):
    return SimpleCookie(response.headers["Set-Cookie"])[COOKIE]


@pytest.mark.parametrize("path", ["/", "/chat", "/chat?start=p-1_001193"])
async def test_the_page_names_the_office(client, path):
    response = await client.get(path)
    assert response.content_type == "text/html"
    assert house().world.office.name in await response.text()


@pytest.mark.parametrize(
    ("path", "accepted", "shown"),
    [
        ("/", "", "vi"),
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "en-US,en;q=0.9,vi;q=0.8", "vi"),  # an English system, but the person reads Vietnamese
        ("/", "fr", "vi"),
        ("/?lang=en", "vi", "en"),
        ("/?lang=%22%3E%3Cscript%3E", "", "vi"),
        ("/", "*;q=0.1,,;;\u00e9", "vi"),
    ],
)
async def test_the_page_speaks_the_language_of_the_browser(client, path, accepted, shown):
    response = await client.get(path, headers={"Accept-Language": accepted})
    assert f'<html lang="{shown}"' in await response.text()


async def test_the_page_stays_in_the_language_that_was_chosen(client):
    await client.get("/?lang=en")
    assert '<html lang="en"' in await (await client.get("/")).text()


@pytest.mark.parametrize("name", ["app.py", "chat.html", "..%2fapp.py", "%2e%2e/settings.py", ""])
async def test_nothing_else_of_the_folder_is_served(client, name):
    assert (await client.get(f"/static/{name}")).status == 404


@pytest.mark.parametrize("path", ["/", "/static/chat.js", "/nowhere", "/health", "/chat/messages"])
async def test_every_response_carries_the_security_headers(client, path):
    headers = (await client.get(path)).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_a_message_is_answered(aiohttp_client):
    reply = Reply(
        "Bạn chọn:", "Khai sinh", (Choice("Có", Stale("a:1")), Choice("Không", Stale("a:2"))), replaces=True
    )
    client = await aiohttp_client(app(Talk(reply, Reply("Hết."))))
    response = await client.post(MESSAGES, json={"text": "khai sinh"})
    assert await response.json() == {
        "replies": [
            {
                "title": "Khai sinh",
                "text": "Bạn chọn:",
                "blocks": [{"kind": "text", "text": "Bạn chọn:"}],
                "choices": [{"label": "Có", "value": "a:1"}, {"label": "Không", "value": "a:2"}],
                "files": [],
                "replaces": True,
                "lang": "vi",
            },
            {
                "title": "",
                "text": "Hết.",
                "blocks": [{"kind": "text", "text": "Hết."}],
                "choices": [],
                "files": [],
                "replaces": False,
                "lang": "vi",
            },
        ]
    }


async def test_a_message_comes_with_its_time_language_and_id(client, talk):
    await client.post(f"{MESSAGES}?lang=en", json={"text": "xin chào", "id": "abc-1"})
    [(address, message_id, incoming)] = talk.heard
    assert address.startswith("web:")
    assert message_id == "abc-1"
    assert (incoming.text, incoming.language) == ("xin chào", "en")
    assert incoming.at.utcoffset() == timedelta(hours=7)


async def test_messages_without_an_id_are_different_messages(client, talk):
    await client.post(MESSAGES, json={"text": "a"})
    await client.post(MESSAGES, json={"text": "a"})
    assert talk.heard[0][1] != talk.heard[1][1]


async def test_a_choice_and_a_deep_link_are_understood(client, talk):
    await client.post(MESSAGES, json={"choice": "a:1"})
    assert talk.last.choice == "a:1"
    await client.post(MESSAGES, json={"start": "p-1_001193"})
    assert talk.last.start == "p-1_001193"


async def test_what_is_open_is_told_and_nothing_is_said(client, talk):
    answer = await (await client.get("/chat/open")).json()
    assert [choice["value"] for choice in answer["replies"][0]["choices"]][:2] == ["status", "forms"]
    assert talk.heard == []


async def test_what_is_open_is_told_to_its_person(aiohttp_client, talk):
    asked = []

    async def welcome(address, incoming):
        asked.append((address, incoming.language))
        return (Reply("Bạn đang làm dở."),)

    client = await aiohttp_client(app(talk, welcome=welcome))
    await client.post(MESSAGES, json={"text": "a"})
    response = await client.get("/chat/open?lang=en")
    assert response.headers["Cache-Control"] == "no-store"
    assert (await response.json())["replies"][0]["text"] == "Bạn đang làm dở."
    assert asked == [(talk.people[0], "en")]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply("a", examples=("khai sinh",)), {"examples": ["khai sinh"]}),
        (Reply("a", asks_photo=True), {"asks_photo": True}),
        (Reply("a", clears=True), {"clears": True}),
        (
            Reply("a", choices=(Choice("Xóa hết", Erase()),)),
            {"choices": [{"label": "Xóa hết", "value": "erase:yes", "tone": "final", "lang": "vi"}]},
        ),
    ],
)
async def test_the_page_is_told_what_more_a_reply_is(aiohttp_client, reply, told):
    client = await aiohttp_client(app(Talk(reply)))
    [answer] = (await (await client.post(MESSAGES, json={"text": "a"})).json())["replies"]
    blocks = [{"kind": "text", "text": "a"}]
    plain = {"title": "", "text": "a", "blocks": blocks, "choices": [], "files": [], "replaces": False}
    assert answer == plain | told


async def test_a_start_without_a_payload_greets(client, talk, world):
    await client.post(MESSAGES, json={"start": ""})
    welcome = greeting(context(talk.last, State(), world)).replies
    assert router.respond(talk.last, State(), world).replies == welcome


async def test_one_browser_is_one_person(client, talk):
    await client.get("/")
    await client.post(MESSAGES, json={"text": "a"})
    await client.post(MESSAGES, json={"text": "b"})
    assert len(set(talk.people)) == 1


async def test_two_browsers_are_two_people(aiohttp_client, talk):
    for client in (await aiohttp_client(app(talk)), await aiohttp_client(app(talk))):
        await client.post(MESSAGES, json={"text": "a"})
    assert len(set(talk.people)) == 2


async def test_the_session_survives_a_restart(aiohttp_client, talk):
    client = await aiohttp_client(app(talk))
    value = cookie(await client.post(MESSAGES, json={"text": "a"})).value
    other = await aiohttp_client(app(talk), cookies={COOKIE: value})
    await other.post(MESSAGES, json={"text": "b"})
    assert len(set(talk.people)) == 1


@pytest.mark.parametrize(
    "forged", ["abc", "abc.def.ghi", "", "\u00e9", "victim.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbb"]
)
async def test_a_forged_session_is_a_new_person(aiohttp_client, talk, forged):
    client = await aiohttp_client(app(talk))
    response = await client.post(MESSAGES, json={"text": "a"}, headers={"Cookie": f"{COOKIE}={forged}"})
    assert response.status == 200
    assert len(talk.people[0]) == len("web:") + 22


async def test_the_session_of_another_key_is_a_new_person(aiohttp_client, talk):
    other = await aiohttp_client(app(talk, house(secret_key=b"o" * 32)))
    value = cookie(await other.post(MESSAGES, json={"text": "a"})).value
    client = await aiohttp_client(app(talk), cookies={COOKIE: value})
    await client.post(MESSAGES, json={"text": "a"})
    assert len(set(talk.people)) == 2


async def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    kept = cookie(await client.get("/"))
    assert (kept["httponly"], kept["samesite"], kept["secure"]) == (True, "Lax", "")


async def test_the_cookie_is_secure_when_the_office_has_https(aiohttp_client):
    client = await aiohttp_client(app(of=house(public_url="https://motcua.example")))
    assert cookie(await client.get("/"))["secure"] is True


async def test_leaving_forgets_the_person_on_this_computer(client, talk):
    await client.post(MESSAGES, json={"text": "a"})
    await client.post("/chat/leave")
    await client.post(MESSAGES, json={"text": "b"})
    assert len(set(talk.people)) == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),  # another host of the same domain
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://[evil"}, 403),
        ({"Origin": "https://motcua.example"}, 200),  # a proxy changed the host
        ({}, 200),  # no browser
    ],
)
async def test_only_our_own_page_may_send_for_a_person(aiohttp_client, talk, headers, status):
    client = await aiohttp_client(app(talk, house(public_url="https://motcua.example")))
    assert (await client.post(MESSAGES, json={"text": "a"}, headers=headers)).status == status
    assert (await client.post("/chat/leave", headers=headers)).status == status
    assert len(talk.heard) == (status == 200)


async def test_a_page_without_an_origin_is_foreign(client):
    response = await client.post(MESSAGES, json={"text": "a"}, headers={"Origin": "null"})
    assert response.status == 403


async def test_our_own_page_on_plain_http_may_send(client):
    origin = str(client.make_url("/")).rstrip("/")
    response = await client.post(MESSAGES, json={"text": "a"}, headers={"Origin": origin})
    assert response.status == 200


async def test_health_readiness_and_metrics(aiohttp_client):
    able, unable = await aiohttp_client(app()), await aiohttp_client(app(of=house(ready=False)))
    assert (await able.get("/health")).status == 200
    assert (await able.get("/ready")).status == 200
    assert (await unable.get("/health")).status == 200
    assert (await unable.get("/ready")).status == 503
    metrics = await able.get("/metrics")
    assert metrics.content_type == "text/plain"
    assert "motcua_errors" in await metrics.text()


async def test_channels_bring_their_own_routes(aiohttp_client):
    async def hook(request):
        return web.json_response({"ok": True})

    client = await aiohttp_client(app(routes=[web.post("/telegram/webhook", hook)]))
    assert (await client.post("/telegram/webhook", headers={"Sec-Fetch-Site": "cross-site"})).status == 200


async def test_a_failure_of_ours_is_a_sentence_and_is_counted(aiohttp_client):
    async def broken(address, message_id, incoming):
        raise RuntimeError(incoming.text)

    ours = house()
    client = await aiohttp_client(app(broken, ours))
    response = await client.post(MESSAGES, json={"text": "a"})
    assert (response.status, await response.json()) == (500, {"error": page_texts.broken(translator("vi"))})
    assert ours.metrics.registry.get_sample_value("motcua_errors_total", {"where": "web"}) == 1


def test_the_page_knows_a_button_that_chooses_a_language(message, world):
    choices = ask_language(context(message(), State(), world)).replies[0].choices
    assert [choice.value for choice in choices] == [
        f"{page_texts.LANGUAGE_CHOICE}{code}" for code in languages()
    ]
