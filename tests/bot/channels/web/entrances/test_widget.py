"""The script that a page of the commune loads, the frame that it opens, and the frame's cookie."""

import json
import re
from datetime import timedelta

import esprima
import pytest

from bot.channels.web.sessions.cookies import COOKIE
from bot.settings import values
from tests.bot.channels.web.web_house import Talk, app, house

SITE = "https://tienthanh.example.vn"
HOME = "https://chat.example.vn"


@pytest.fixture
async def framed(aiohttp_client):
    """A client of an office that has a site, and TLS."""
    return await aiohttp_client(app(Talk(), house(public_url=HOME, widget_origins=(SITE,))))


def cookie_line(response):
    [line] = [line for line in response.headers.getall("Set-Cookie") if line.startswith(COOKIE)]
    return line


@pytest.mark.parametrize("sites", [(), (SITE,), (SITE, "https://b.example.vn:8443")])
async def test_only_the_sites_that_are_set_may_show_the_frame(aiohttp_client, sites):
    client = await aiohttp_client(app(Talk(), house(widget_origins=sites)))
    headers = (await client.get("/frame")).headers
    named = " ".join(sites) or "'none'"
    assert headers["Content-Security-Policy"].endswith(f"; frame-ancestors {named}")
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


@pytest.mark.parametrize("path", ["/", "/chat", "/chat/open", "/lost"])
async def test_nothing_else_may_be_shown_in_a_frame(framed, path):
    headers = (await framed.get(path)).headers
    assert headers["Content-Security-Policy"].endswith("; frame-ancestors 'none'")
    assert headers["X-Frame-Options"] == "DENY"


async def test_the_script_may_be_taken_along_by_other_sites_and_is_of_2018(framed):
    response = await framed.get("/widget.js", headers={"Accept-Language": "en"})
    text = await response.text()
    told = json.loads(re.findall(r"const settings = (.*);", text)[0])
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (told["sites"], told["texts"]["open"]) == ([SITE], "Ask Một Cửa")
    assert response.content_type == "text/javascript"
    esprima.parseScript(text)


async def test_a_frame_s_cookie_is_kept_for_the_site_around_it_only(framed):
    line = cookie_line(await framed.get("/frame"))
    assert all(part in line for part in ("SameSite=None", "Secure", "Partitioned", "HttpOnly"))


async def test_it_stays_so_when_a_message_sets_it_again(framed, monkeypatch):
    signed = cookie_line(await framed.get("/frame")).partition(";")[0]
    monkeypatch.setattr("bot.channels.web.sessions.cookies.SIGNED_ANEW", timedelta(0))
    again = await framed.post("/chat/messages", json={"text": "a"}, headers={"Cookie": signed})
    assert "Partitioned" in cookie_line(again)


async def test_the_page_itself_has_a_cookie_that_no_other_site_sends(framed):
    line = cookie_line(await framed.get("/"))
    assert "SameSite=Lax" in line
    assert "Partitioned" not in line


async def test_a_frame_on_our_own_domain_goes_on_with_the_cookie_of_the_page(framed):
    page = cookie_line(await framed.get("/")).partition(";")[0]
    response = await framed.get("/frame", headers={"Cookie": page})
    assert COOKIE not in response.headers.get("Set-Cookie", "")


async def test_without_tls_a_frame_has_the_cookie_of_a_page(aiohttp_client):
    client = await aiohttp_client(app(Talk(), house(widget_origins=(SITE,))))
    assert "SameSite=Lax" in cookie_line(await client.get("/frame"))


@pytest.mark.parametrize(
    "headers", [{"Origin": SITE}, {"Origin": SITE, "Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
async def test_the_site_around_the_frame_cannot_send_in_its_name(framed, headers):
    signed = cookie_line(await framed.get("/frame")).partition(";")[0]
    for path in ("/chat/messages", "/chat/leave"):
        response = await framed.post(path, json={"text": "a"}, headers={**headers, "Cookie": signed})
        assert response.status == 403


async def test_a_page_is_told_whether_its_cookie_came(framed):
    signed = cookie_line(await framed.get("/frame")).partition(";")[0]
    framed.session.cookie_jar.clear()
    assert (await (await framed.get("/chat/open")).json())["known"] is False
    framed.session.cookie_jar.clear()
    assert (await (await framed.get("/chat/open", headers={"Cookie": signed})).json())["known"] is True


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("https://a.example.vn", ("https://a.example.vn",)),
        ("https://A.example.vn/, http://10.0.0.8:81", ("https://a.example.vn", "http://10.0.0.8:81")),
    ],
)
def test_sites_are_read_as_browsers_name_them(said, read):
    assert values.origins(said) == read


@pytest.mark.parametrize(
    "said",
    ["tienthanh.example.vn", "https://a.vn/page", "https://a.vn; script-src *", "*", "https://*.vn", ""],
)
def test_what_names_no_site_is_refused(said):
    with pytest.raises(values.Unfit):
        values.origins(said)
