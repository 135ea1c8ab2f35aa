"""A Bot Platform that others wrote: our client and our channel work with it."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import ClientSession

from bot.channels.registry import CHANNELS, Process
from bot.channels.zalo.platform.client import Client, Refusal
from bot.settings.settings import Settings
from bot.storage.sealing import Vault
from bot.watching.metrics import Metrics
from tests.bot.channels.telegram.telegram_line import Conversation, echo
from tests.bot.channels.zalo.peers import CRABLINE, NODE
from tests.bot.channels.zalo.platform.line import CHAT, Clock
from tests.bot.conftest import KEY

pytestmark = pytest.mark.skipif(
    not (NODE.exists() and CRABLINE.exists()), reason="@openclaw/crabline on Node 22: .ci/run installs them"
)


class Crabline:
    """The server of others, as it described itself, and what it noted."""

    def __init__(self, manifest, session):
        self.manifest, self._session = manifest, session
        self.url, self.token = manifest["baseUrl"], manifest["botToken"]

    async def say(self, text):
        """A person writes."""
        said = {"chatId": CHAT, "senderId": CHAT, "text": text, "senderName": "Lan"}
        headers = {"X-Crabline-Admin-Token": self.manifest["adminToken"]}
        url = self.manifest["endpoints"]["adminInboundUrl"]
        async with self._session.post(url, json=said, headers=headers) as response:
            assert response.status == 200

    def noted(self, method):
        """What it was asked to do by that method."""
        with open(self.manifest["recorderPath"], encoding="utf-8") as file:
            return [each for each in map(json.loads, file) if str(each.get("path", "")).endswith(method)]


@asynccontextmanager
async def running(folder):
    ready = folder / "ready.json"
    server = await asyncio.create_subprocess_exec(
        NODE, CRABLINE, "--json", "serve", "zalo", "--ready-file", ready,
        cwd=folder, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(60), ClientSession() as session:
            while not ready.exists():
                assert server.returncode is None
                await asyncio.sleep(0.05)
            yield Crabline(json.loads(ready.read_text()), session)
    finally:
        server.terminate()
        await server.wait()


async def test_our_client_is_understood(tmp_path):
    async with running(tmp_path) as crabline, ClientSession() as session:
        client = Client(session, crabline.url, crabline.token)
        me = await client.call("getMe")
        assert isinstance(me, dict)
        assert me["id"] == crabline.manifest["botId"]
        with pytest.raises(Refusal) as nothing:
            await client.call("getUpdates", timeout=0)
        assert nothing.value.code == 408
        with pytest.raises(Refusal) as stranger:
            await Client(session, crabline.url, "wrong").call("getMe")
        assert stranger.value.code == 401


async def test_our_channel_answers_by_polling(tmp_path, kept):
    async with running(tmp_path) as crabline:
        conversation = Conversation(echo)
        chosen = Settings(secret_key=KEY, zalo_bot_token=crabline.token, zalo_bot_api_url=crabline.url)
        process = Process(chosen, conversation, Clock(), kept, Vault(KEY), Metrics(), has_worker=True)
        (loop,) = CHANNELS["zalobot"].receiving(process).loops.values()
        task = asyncio.create_task(loop())
        try:
            await crabline.say("làm khai sinh cho con")
            while not crabline.noted("/sendMessage"):
                await asyncio.sleep(0.05)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        assert [said.text for said in conversation.heard] == ["làm khai sinh cho con"]
        (sent,) = crabline.noted("/sendMessage")
        assert (sent["accepted"], sent["body"]["text"]) == (True, "làm khai sinh cho con")
