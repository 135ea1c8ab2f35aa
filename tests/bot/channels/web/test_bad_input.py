"""What must not be believed: bodies that are broken, foreign, huge or too many."""

import asyncio
import gc
import tracemalloc
from time import process_time
from unittest.mock import Mock

import pytest
from aiohttp import ClientSession, CookieJar, DummyCookieJar, FormData, StreamReader
from aiohttp.test_utils import make_mocked_request

from bot.channels.web import message
from bot.channels.web.chat import Limits
from bot.channels.web.refusal import Refusal
from handlers.language.i18n import translator
from handlers.office import page_texts
from tests.bot.channels.web.web_house import app

MESSAGES = "/chat/messages"
JSON = "application/json"
FORM = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
PICTURE = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
    b"Content-Type: image/jpeg\r\n\r\n%s\r\n--x--\r\n"
)
MEGABYTE = 1024 * 1024


def part(name, content=b"", filename=False):
    return PART % (name, b'; filename="a.jpg"' if filename else b"", content)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", JSON, 400),
        (b"{", JSON, 400),
        (b"null", JSON, 400),
        (b"[]", JSON, 400),
        (b"{}", JSON, 400),
        (b'{"text": null}', JSON, 400),
        (b'{"text": 5}', JSON, 400),
        (b'{"text": ["a"]}', JSON, 400),
        (b'{"text": "a", "choice": "b"}', JSON, 400),
        (b'{"text": "a", "admin": true}', JSON, 400),
        (b'{"attachment": "photo"}', JSON, 400),
        (b'{"attachment": ""}', JSON, 400),
        (b'{"text": "a", "scanned": ["H36.99-260706-0001"]}', JSON, 400),
        (b'{"id": "a"}', JSON, 400),
        (b'{"text": "a", "id": "../../etc"}', JSON, 400),
        (b'{"text": "a", "id": "%s"}' % (b"a" * 65), JSON, 400),
        (b'{"choice": "%s"}' % (b"a" * 201), JSON, 400),
        (b'{"text": "\xff\xfe"}', JSON, 400),  # no UTF-8
        (b'{"text": "\\ud800"}', JSON, 400),  # half a character
        (b'{"text": ' * 5000, JSON, 400),
        (b"[" * 60_000, JSON, 400),
        (b"text=a", "application/x-www-form-urlencoded", 415),
        (b'{"text": "a"}', "text/plain", 415),  # what a foreign form can send without asking
        (b'{"text": "a"}', "", 415),
        (b"", FORM, 400),
        (b"nothing of it", FORM, 400),
        (b"--x--\r\n", FORM, 400),
        (b"a", "multipart/form-data", 400),
        (b"a" * 200_000, FORM, 400),
        (part(b"file", b"a", True), FORM, 400),  # cut off
        (part(b"id", b"a") + b"--x--\r\n", FORM, 400),
        (part(b"text", b"a") + b"--x--\r\n", FORM, 400),
        (part(b"attachment", b"voice") + b"--x--\r\n", FORM, 400),
        (part(b"id", b"\xff") + part(b"file", b"a", True) + b"--x--\r\n", FORM, 400),
        (part(b"file", b"a", True) * 2 + b"--x--\r\n", FORM, 400),
        (b"--x\r\n\xff\xff: \xff\r\n\r\na\r\n--x--\r\n", FORM, 400),
        (b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--\r\n", FORM, 400),
    ],
)
async def test_a_broken_message_is_refused_with_a_sentence(client, talk, body, content_type, status):
    response = await client.post(MESSAGES, data=body, headers={"Content-Type": content_type})
    assert (response.status, await response.json()) == (
        status,
        {"error": page_texts.unreadable(translator("vi"))},
    )
    assert talk.heard == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_does_not_unpack_is_refused(client, encoding):
    headers = {"Content-Type": JSON, "Content-Encoding": encoding}
    assert (await client.post(MESSAGES, data=b"\x00nonsense" * 9, headers=headers)).status == 400


async def test_the_longest_text_goes_through_as_it_is(client, talk):
    text = "😀<b>'; DROP TABLE--\u202e\u0000" + "a" * 60_000
    assert (await client.post(MESSAGES, json={"text": text})).status == 200
    assert talk.last.text == text


async def test_a_hundred_thousand_characters_are_too_many(client, talk):
    response = await client.post(MESSAGES, json={"text": "ă" * 100_000})
    assert (response.status, await response.json()) == (413, {"error": page_texts.too_long(translator("vi"))})
    assert talk.heard == []


@pytest.mark.parametrize(
    ("kind", "attachment"),
    [("image/jpeg", "image"), ("application/pdf", "image"), ("text/plain", "file"), ("", "image")],
)
async def test_a_file_of_twenty_megabytes_is_taken(client, talk, kind, attachment):
    form = FormData()
    form.add_field("id", "abc")
    form.add_field("file", bytes(20 * MEGABYTE), filename="a.jpg", content_type=kind or None)
    assert (await client.post(MESSAGES, data=form)).status == 200
    assert (talk.heard[0][1], talk.last.attachment) == ("abc", attachment)


async def test_a_larger_file_is_too_large(client, talk):
    form = FormData()
    form.add_field("file", bytes(20 * MEGABYTE + 1), filename="a.jpg", content_type="image/jpeg")
    response = await client.post(MESSAGES, data=form)
    assert (response.status, await response.json()) == (
        413,
        {"error": page_texts.too_large(translator("vi"))},
    )
    assert talk.heard == []


async def test_pictures_that_would_take_too_much_memory_together_have_to_wait():
    room = message.Room(free=MEGABYTE)
    with pytest.raises(Refusal) as refused:
        await message.read(posted(PICTURE % bytes(2 * MEGABYTE)), room)
    assert (refused.value.status, room.free) == (503, MEGABYTE)
    assert (await message.read(posted(PICTURE % b"a"), room)).attachment == "image"
    assert room.free == MEGABYTE


def posted(body):
    payload = StreamReader(Mock(), 2**16, loop=asyncio.get_running_loop())
    payload.feed_data(body)
    payload.feed_eof()
    return make_mocked_request("POST", MESSAGES, {"Content-Type": FORM}, payload=payload)


async def test_a_refused_person_is_answered_again(client, talk):
    await client.post(MESSAGES, data=b"{", headers={"Content-Type": JSON})
    assert (await client.post(MESSAGES, json={"text": "a"})).status == 200


async def test_too_many_messages_of_one_person_have_to_wait(aiohttp_client, talk):
    limited = app(talk, limits=Limits(messages_a_minute=3))
    client = await aiohttp_client(limited)
    other = await aiohttp_client(client.server)
    statuses = [(await client.post(MESSAGES, json={"text": "a"})).status for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert (await other.post(MESSAGES, json={"text": "a"})).status == 200


async def test_the_wait_is_said(aiohttp_client):
    client = await aiohttp_client(app(limits=Limits(messages_a_minute=1)))
    await client.post(MESSAGES, json={"text": "a"})
    response = await client.post(MESSAGES, json={"text": "a"})
    assert await response.json() == {"error": page_texts.too_fast(translator("vi"))}


@pytest.mark.parametrize("content_type", [JSON, FORM])
async def test_a_person_that_goes_away_while_sending_is_no_failure_of_ours(content_type):
    body = StreamReader(Mock(), 2**16, loop=asyncio.get_running_loop())
    body.set_exception(ConnectionResetError("Connection lost"))
    request = make_mocked_request("POST", MESSAGES, {"Content-Type": content_type}, payload=body)
    with pytest.raises(Refusal):
        await message.read(request, message.Room())


def test_the_limits_are_those_that_are_said():
    assert message.FILE_LIMIT == 20 * MEGABYTE
    assert "20 MB" in page_texts.too_large(translator("vi"))


@pytest.mark.parametrize("before", [b"\n" * 2_000_000, b"\r\n", b"words\r\n", b"--\n" * 500_000, b"--x\r\n"])
async def test_nothing_may_stand_before_the_first_boundary(before):
    """aiohttp looked for it line by line: 20 MB of empty lines held everybody up for 83 s."""
    started = process_time()
    with pytest.raises(Refusal) as refused:
        await message.read(posted(before + PICTURE % b"a"), message.Room())
    assert refused.value.status == 400
    assert process_time() - started < 1  # seconds of work, not of waiting


async def test_a_body_that_stalls_is_given_up_and_frees_its_room(monkeypatch):
    monkeypatch.setattr(message, "STALLED_S", 0.05)
    body, room = StreamReader(Mock(), 2**16, loop=asyncio.get_running_loop()), message.Room()
    body.feed_data((PICTURE % bytes(100_000))[:50_000])
    request = make_mocked_request("POST", MESSAGES, {"Content-Type": FORM}, payload=body)
    with pytest.raises(Refusal) as refused:
        await message.read(request, room)
    assert (refused.value.status, room.free) == (408, message.ROOM)


async def test_what_broke_off_is_not_held_until_the_next_collection():
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        for _ in range(3):
            body = StreamReader(Mock(), 2**16, loop=asyncio.get_running_loop())
            body.feed_data((PICTURE % bytes(4 * MEGABYTE))[: 4 * MEGABYTE])
            asyncio.get_running_loop().call_later(0.05, body.set_exception, ConnectionResetError("lost"))
            request = make_mocked_request("POST", MESSAGES, {"Content-Type": FORM}, payload=body)
            with pytest.raises(Refusal):
                await message.read(request, message.Room())
        assert tracemalloc.get_traced_memory()[0] < 5 * MEGABYTE  # one body may be in hand, not three
    finally:
        tracemalloc.stop()
        gc.enable()


async def test_who_sends_no_cookie_is_counted_by_network(aiohttp_server, talk):
    """A person without a cookie is somebody else each time: 4 sessions of 5 tries took half a second."""
    limited = Limits(network_messages_a_minute=4, newcomers_an_hour=9)
    server = await aiohttp_server(app(talk, limits=limited))
    async with ClientSession(cookie_jar=DummyCookieJar()) as nobody:
        asked = [await posted_to(server, nobody) for _ in range(5)]
        elsewhere = await posted_to(server, nobody, {"X-Forwarded-For": "203.0.113.9"})
    assert asked == [200, 200, 200, 200, 429]
    assert elsewhere == 200


async def test_a_neighbour_who_is_known_writes_while_newcomers_wait(aiohttp_server, talk):
    server = await aiohttp_server(app(talk, limits=Limits(newcomers_an_hour=1)))
    async with (
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as known,
        ClientSession(cookie_jar=DummyCookieJar()) as nobody,
    ):
        assert [await posted_to(server, known) for _ in range(2)] == [200, 200]
        assert await posted_to(server, nobody) == 429
        assert await posted_to(server, known) == 200


async def posted_to(server, session, headers=None):
    async with session.post(server.make_url(MESSAGES), json={"text": "a"}, headers=headers) as answer:
        return answer.status
