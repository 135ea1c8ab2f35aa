"""What is asked of the web server beside the chat: addresses that lead nowhere, icons, the manifest."""

import json
from io import BytesIO

import pytest
from PIL import Image

from tests.bot.channels.web.web_house import Talk, app, house

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "vi"}


@pytest.mark.parametrize(("path", "status"), [("/khong-co", 404), ("/chat/messages", 405)])
async def test_a_person_who_is_lost_is_told_in_vietnamese_and_led_back(client, path, status):
    response = await client.get(path, headers=BROWSER)
    text = await response.text()
    assert response.status == status
    assert response.content_type == "text/html"
    assert 'lang="vi"' in text
    assert "Không có trang này" in text
    assert '<a class="chip" href="/">' in text
    assert ("Allow" in response.headers) is (status == 405)


async def test_a_program_that_is_lost_gets_no_page(client):
    response = await client.get("/khong-co", headers={"Accept": "application/json"})
    assert (response.status, response.content_type) == (404, "text/plain")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/favicon.ico", "image/png"), ("/apple-touch-icon.png", "image/png"), ("/robots.txt", "text/plain")],
)
async def test_what_browsers_ask_for_unasked_is_there(client, path, media_type):
    response = await client.get(path)
    assert (response.status, response.content_type) == (200, media_type)


async def test_everything_that_the_manifest_names_is_there(client):
    told = json.loads(await (await client.get("/manifest.webmanifest", headers=BROWSER)).text())
    found = [await client.get(icon["src"]) for icon in told["icons"]]
    assert [(r.status, r.content_type) for r in found] == [(200, icon["type"]) for icon in told["icons"]]
    assert told["short_name"] == "Một Cửa"


async def test_a_link_to_the_page_shows_a_card(client):
    text = await (await client.get("/", headers=BROWSER)).text()
    assert '<meta property="og:title" content="Một Cửa' in text
    origin = str(client.make_url("/")).rstrip("/")
    assert f'<meta property="og:url" content="{origin}/">' in text
    card = f"{origin}/static/card.png"
    assert f'<meta property="og:image" content="{card}">' in text
    picture = Image.open(BytesIO(await (await client.get("/static/card.png")).read()))
    assert picture.size == (1200, 630)


async def test_the_card_names_the_public_address(aiohttp_client):
    client = await aiohttp_client(app(Talk(), house(public_url="https://motcua.example.vn")))
    text = await (await client.get("/", headers=BROWSER)).text()
    assert '<meta property="og:image" content="https://motcua.example.vn/static/card.png">' in text


async def test_an_answer_is_sent_packed(client):
    sent = await client.post(
        "/chat/messages", json={"text": "khai sinh"}, headers={"Accept-Encoding": "gzip"}
    )
    assert sent.headers["Content-Encoding"] == "gzip"
    assert (await sent.json())["replies"]
