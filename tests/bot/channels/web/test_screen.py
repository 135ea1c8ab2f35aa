"""What the page is told when we failed, and what it tells of its screen."""

import pytest

from handlers.turn.messages import Reply
from tests.bot.channels.web.web_house import Talk, app

MESSAGES = "/chat/messages"


@pytest.mark.parametrize(("failed", "status"), [("crash", 500), ("busy", 503)])
async def test_an_apology_comes_with_a_status_by_which_the_page_offers_to_send_again(
    aiohttp_client, failed, status
):
    client = await aiohttp_client(app(Talk(Reply("Xin lỗi.", failed=failed))))
    response = await client.post(MESSAGES, json={"text": "a"})
    assert (response.status, await response.json()) == (status, {"error": "Xin lỗi.", "failed": failed})


async def test_what_the_screen_shows_comes_with_what_was_typed_on_it(client, talk):
    await client.post(MESSAGES, json={"text": "a", "shows": "12.34"})
    await client.post(MESSAGES, json={"text": "a"})
    assert [incoming.shows for _, _, incoming in talk.heard] == ["12.34", None]
