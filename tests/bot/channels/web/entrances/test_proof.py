"""The file that proves to Zalo whose domain it is."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.settings import settings
from bot.settings.values import BadSettings
from tests.bot.channels.web.web_house import Talk, app, house

NAME = "zalo_verifierAbC-123_x.html"


async def test_it_is_served_at_the_root_as_it_was_given(tmp_path):
    given = '<meta name="zalo-platform-site-verification" content="AbC">'
    (tmp_path / NAME).write_text(given, encoding="utf-8")
    file = settings.verify({"ZALO_DOMAIN_PROOF": str(tmp_path / NAME)})["zalo_domain_proof"]
    async with TestClient(TestServer(app(Talk(), house(zalo_domain_proof=file)))) as client:
        response = await client.get(f"/{NAME}")
        assert (response.status, await response.text()) == (200, given)
        assert response.content_type == "text/html"


@pytest.mark.parametrize("name", ["chat", "proof.html", "zalo_verifier.html", "zalo_verifier{a}.html"])
def test_another_name_is_refused(tmp_path, name):
    (tmp_path / name).touch()
    with pytest.raises(BadSettings, match="ZALO_DOMAIN_PROOF"):
        settings.verify({"ZALO_DOMAIN_PROOF": str(tmp_path / name)})
