"""A Bot Platform of our own on loopback: as strict as its pages and the reports of those who use it.

What is known of it stands beside each rule: (pages) its own pages, (seen) measured by others on a real bot.
"""

import asyncio
import json
from collections import defaultdict, deque
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import ClientError, ClientSession, web
from aiohttp.test_utils import TestServer

TOKEN = "1234567890:loopback-token"
HEADER = "X-Bot-Api-Secret-Token"
TEXT = range(1, 2001)  # characters of a text (pages)
SECRET = range(8, 257)  # characters of the webhook's secret (pages)


class Refused(Exception):
    """An answer with `ok: false`."""

    def __init__(self, status, words):
        super().__init__(words)
        self.status, self.words = status, words


class BotPlatform:
    """What it was asked, what persons see, and what it still has to deliver."""

    def __init__(self):
        self.calls = []  # (method, parameters)
        self.shown = defaultdict(list)  # chat -> what the person sees: a text, or (picture, caption)
        self.updates = deque()  # not given out yet, oldest first
        self.webhook = {}
        self.deliveries = []  # status of each webhook call; 0: no answer
        self.refusals = defaultdict(deque)  # method -> what to refuse next
        self.lost = defaultdict(int)  # method -> calls that are done and whose answer is lost
        self.blocked = set()
        self.files = {}  # path -> bytes: what people sent, public and without token (seen)
        self.wraps = False  # updates as the pages show them, and not flat as they come (seen)
        self.url = ""
        self._chats, self._ids, self._came = set(), count(0x2D758CB5E222177A4E35), asyncio.Condition()
        self._poller = None

    # What persons do

    def update(self, chat, event, group=False, is_bot=False, **more):
        """An update as it comes: ids of hex digits, flat (seen)."""
        self._chats.add(chat)
        message = {
            "date": 1750000000000,
            "chat": {"chat_type": "GROUP" if group else "PRIVATE", "id": chat},
            "message_id": f"{next(self._ids):020x}",
            "from": {"id": chat, "is_bot": is_bot, "display_name": "Lê Văn Thử"},
        }
        body = {"event_name": f"message.{event}.received", "message": message | more}
        return {"ok": True, "result": body} if self.wraps else body

    async def push(self, update):
        """It is there to be asked for, or to be delivered."""
        self.updates.append(update)
        await self.noted()

    async def say(self, chat, text, **more):
        """The person writes."""
        await self.push(self.update(chat, "text", text=text, **more))

    async def send_picture(self, chat, content, key="photo_url", caption=""):
        """The person sends a picture; its key is `photo` on the pages, `photo_url` in fact (seen)."""
        await self.push(
            self.update(chat, "image", **{key: self.put(content)}, caption=caption, message_type="CHAT_PHOTO")
        )

    async def speak(self, chat, content):
        """The person sends a voice message."""
        await self.push(self.update(chat, "voice", voice_url=self.put(content), message_type="CHAT_VOICE"))

    async def send_unsupported(self, chat, **more):
        """The person sends a link, a document or a card: nothing is told of it (pages)."""
        await self.push(self.update(chat, "unsupported", message_type="CHAT_UNSUPPORTED", **more))

    def put(self, content):
        """Where the bytes can be fetched."""
        name = f"{len(self.files)}.jpg"
        self.files[name] = content
        return f"{self.url}/media/{name}"

    # What tests ask and do

    def texts(self, chat):
        """What the person was told, captions too."""
        return [each if isinstance(each, str) else each[1] for each in self.shown[chat]]

    def called(self, method):
        """The parameters of all calls of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    def refuse(self, method, status, words="refused"):
        """The next call of the method is refused so."""
        self.refusals[method].append(Refused(status, words))

    async def until(self, holds):
        """Waits until something is true of this server."""
        async with self._came:
            await asyncio.wait_for(self._came.wait_for(holds), 10)

    async def noted(self):
        """Tells those who wait for a change."""
        async with self._came:
            self._came.notify_all()

    async def deliver(self, times=1):
        """Posts what is waiting to the webhook, each so many times."""
        async with ClientSession() as session:
            while self.updates:
                update = self.updates.popleft()
                for _ in range(times):
                    await self.deliver_once(session, json.dumps(update))

    async def deliver_once(self, session, body, secret=None):
        """One webhook call; its status, 0 if there was no answer."""
        headers = {HEADER: secret or self.webhook["secret_token"], "Content-Type": "application/json"}
        try:
            async with session.post(self.webhook["url"], data=body, headers=headers) as response:
                status = response.status
        except ClientError:
            status = 0
        self.deliveries.append(status)
        return status

    # Methods

    def get_me(self, _call):
        return {"id": "1459232241454765289", "account_name": "bot.motcua", "account_type": "BASIC",
                "can_join_groups": False}  # fmt: skip

    async def get_updates(self, call):
        """One update a call, given once: there is no offset (pages)."""
        if self.webhook:
            raise Refused(400, "Bad Request: webhook is set")  # (seen)
        me = self._poller = object()
        try:
            async with self._came:
                await asyncio.wait_for(
                    self._came.wait_for(lambda: self.updates or self._poller is not me),
                    float(call.get("timeout", 30)),
                )
        except TimeoutError:
            raise Refused(408, "Request timeout") from None  # (seen)
        if self._poller is not me:
            raise Refused(409, "Conflict")
        return self.updates.popleft()

    def send_message(self, call):
        text = call.get("text")
        if not isinstance(text, str) or len(text) not in TEXT:
            raise Refused(400, "Bad Request: text must be 1 to 2000 characters")
        return self._sent(call, text)

    async def send_photo(self, call):
        """Reads the picture twice, as the platform does (seen): one that is gone by then shows black."""
        if len(call.get("caption", "")) > TEXT[-1]:
            raise Refused(400, "Bad Request: caption is too long")
        seen = []
        async with ClientSession() as session:
            for _ in range(2):
                async with session.get(call["photo"]) as response:
                    seen.append((response.status, await response.read()))
        if seen[0] != seen[1] or seen[0][0] != 200:
            raise Refused(400, "Bad Request: wrong photo")
        return self._sent(call, (seen[0][1], call.get("caption", "")))

    def send_chat_action(self, call):
        if call.get("action") != "typing":  # upload_photo is announced, not there (pages)
            raise Refused(400, "Bad Request: unknown action")
        return self._known(call) and None

    def set_webhook(self, call):
        if not call.get("url") or len(call.get("secret_token", "")) not in SECRET:  # both (pages)
            raise Refused(400, "Bad Request: url and secret_token are required")
        self.webhook = {"url": call["url"], "secret_token": call["secret_token"]}
        return {"url": call["url"], "updated_at": 1750000000000}

    def delete_webhook(self, _call):
        self.webhook = {}
        return True

    def get_webhook_info(self, _call):
        if not self.webhook:
            raise Refused(404, "Not Found")  # (seen)
        return {"url": self.webhook["url"], "updated_at": 1750000000000}

    def _known(self, call):
        chat = call.get("chat_id")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat not in self._chats:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    def _sent(self, call, what):
        chat = self._known(call)
        self.shown[chat].append(what)
        return {
            "message_id": f"{next(self._ids):020x}",
            "date": 1750000000000,
            "message_type": "CHAT_MESSAGE",
        }

    # HTTP

    METHODS = {
        "getMe": get_me, "getUpdates": get_updates, "sendMessage": send_message, "sendPhoto": send_photo,
        "sendChatAction": send_chat_action, "setWebhook": set_webhook, "deleteWebhook": delete_webhook,
        "getWebhookInfo": get_webhook_info,
    }  # fmt: skip

    async def _handle(self, request):
        method = request.match_info["method"]
        try:
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            call = await _parameters(request)
            self.calls.append((method, call))
            if self.refusals[method]:
                raise self.refusals[method].popleft()
            if method not in self.METHODS:
                raise Refused(404, "Not Found")
            result = self.METHODS[method](self, call)
            result = await result if asyncio.iscoroutine(result) else result
        except Refused as refused:
            told = {"ok": False, "description": refused.words, "error_code": refused.status}
            return web.json_response(told, status=refused.status)
        finally:
            await self.noted()
        if self.lost[method]:
            self.lost[method] -= 1
            request.transport.close()
        return web.json_response({"ok": True} if result is None else {"ok": True, "result": result})

    async def _media(self, request):
        content = self.files.get(request.match_info["name"])
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="image/jpeg")

    @asynccontextmanager
    async def running(self):
        """Serves; gives the base URL as the setting wants it."""
        app = web.Application(client_max_size=2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/media/{name}", self._media)
        async with TestServer(app, host="127.0.0.1") as server:
            self.url = str(server.make_url("")).rstrip("/")
            yield self.url


async def _parameters(request):
    """GET or POST, as JSON or as a form (pages)."""
    call = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        return call | await request.json()
    return call | dict(await request.post()) if request.can_read_body else call
