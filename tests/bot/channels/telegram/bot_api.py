"""A Bot API server of our own on loopback, as strict as Telegram's, with its redeliveries."""

import asyncio
import json
import re
from collections import defaultdict, deque
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import ClientError, ClientSession, web
from aiohttp.test_utils import TestServer

from tests.bot.channels.telegram.bot_api_checks import Refusal, flood
from tests.bot.channels.telegram.bot_api_methods import LOOPBACK, Methods, person, private, wanted

TOKEN = "123456:loopback-token"
STRUCTURED = ("reply_markup", "allowed_updates", "commands", "scope", "link_preview_options")
METHODS = {
    "getMe", "setMyCommands", "setMyDescription", "setMyShortDescription", "setWebhook", "deleteWebhook",
    "getUpdates", "sendMessage", "editMessageText", "deleteMessage", "sendChatAction", "sendPhoto",
    "sendDocument", "answerCallbackQuery", "getFile", "editMessageReplyMarkup",
}  # fmt: skip


class BotApi(Methods):
    """The server's side: what it was asked, what persons see, and what it still has to deliver."""

    def __init__(self):
        super().__init__()
        self.calls = []  # (method, parameters)
        self.deliveries = []  # (update id, status) of each webhook call
        self.refusals = defaultdict(deque)  # method -> Refusals to answer with next
        self.lost = defaultdict(int)  # method -> number of calls that are done but whose answer is lost
        self._update_ids = count(1000)

    # What tests do to it

    def refuse(self, method, *refusals):
        """The next calls of the method are refused so."""
        self.refusals[method].extend(refusals)

    def flood(self, method, seconds):
        """The next call of the method is one too many."""
        self.refuse(method, flood(seconds))

    def texts(self, chat):
        """What the person sees now."""
        return [m.get("text") or m.get("caption", "") for m in self.shown(chat)]

    def shown(self, chat):
        """The messages of ours that the person sees now."""
        return [message for (where, _), message in self.messages.items() if where == chat]

    def called(self, method):
        """The parameters of all calls of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    async def until(self, holds):
        """Waits until something is true of this server."""
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(holds), 10)

    # What persons do

    async def say(self, chat, text="", language="vi", **more):
        """The person writes, or sends what `more` says."""
        self._chats.add(chat)
        message = {"message_id": next(self._ids), "date": 1, "chat": private(chat)}
        message |= {"from": person(chat, language)} | ({"text": text} if text else {})
        self.said[chat, message["message_id"]] = message | more
        return await self.push(message=message | more)

    async def say_in_group(self, group, text, language="vi"):
        """Somebody speaks to us where others read it."""
        self._chats.add(group)
        chat = {"id": group, "type": "supergroup", "title": "Tổ dân phố"}
        message = {"message_id": next(self._ids), "date": 1, "chat": chat, "text": text}
        return await self.push(message=message | {"from": person(1, language)})

    async def edit(self, chat, number, text):
        """The person puts right what he wrote."""
        message = self.said[chat, number] | {"text": text, "edit_date": 2}
        self.said[chat, number] = message
        return await self.push(edited_message=message)

    async def reply(self, chat, to, text, **more):
        """The person replies to a message of ours, or of his own."""
        return await self.say(chat, text, reply_to_message=to, **more)

    async def speak(self, chat, content, duration=3, **more):
        """The person sends a voice message of so many seconds."""
        number = str(next(self._ids))
        file = {"file_id": f"v{number}", "file_unique_id": number, "file_size": len(content)}
        self.files[file["file_id"]] = content
        return await self.say(chat, voice=file | {"duration": duration, "mime_type": "audio/ogg"}, **more)

    async def send_picture(self, chat, content, as_file="", **more):
        """The person sends a picture: a photo in the sizes that Telegram makes, or a file of that type."""
        number = str(next(self._ids))
        file = {"file_id": f"f{number}", "file_unique_id": number, "file_size": len(content)}
        self.files[file["file_id"]] = content
        if as_file:
            return await self.say(chat, document=file | {"mime_type": as_file}, **more)
        small = file | {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 67}
        return await self.say(chat, photo=[small, file | {"width": 1280, "height": 960}], **more)

    async def share_contact(self, chat, phone, owner):
        """The person shares a contact, which may be somebody else's."""
        contact = {"phone_number": phone, "first_name": "Lê Văn Thử", "user_id": owner}
        return await self.say(chat, contact=contact)

    async def tap(self, chat, label):
        """The person taps the newest button of that label."""
        for message in reversed([m for (where, _), m in self.messages.items() if where == chat]):
            for button in sum(message.get("reply_markup", {}).get("inline_keyboard", []), []):
                if button["text"] == label:
                    return await self.tap_data(chat, button["callback_data"], message)
        raise AssertionError(f"no button {label!r}")

    async def tap_data(self, chat, data, message):
        """A tap of any value on any message, as from an old client."""
        query = str(next(self._ids))
        self._queries.add(query)
        tapped = {"id": query, "from": person(chat), "message": message, "chat_instance": "1", "data": data}
        return await self.push(callback_query=tapped)

    async def push(self, **update):
        """An update of any shape; its id."""
        number = next(self._update_ids)
        self.updates.append({"update_id": number, **update})
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        await self.noted()
        return number

    # Webhook: at least once, one at a time and in order for each chat

    async def deliver(self, tries=10):
        """Delivers what is waiting, until it is taken or given up. As if each pause were over at once."""
        queues = defaultdict(list)
        while self.updates:
            update = self.updates.popleft()
            if wanted(update, self.webhook["allowed"]):
                queues[_queue(update)].append(update)
        async with ClientSession() as session:
            await asyncio.gather(*(self._in_order(session, queue, tries) for queue in queues.values()))

    async def _in_order(self, session, updates, tries):
        for update in updates:
            for _ in range(tries):
                if 200 <= await self.deliver_once(session, update) < 300:
                    break

    async def deliver_once(self, session, update):
        """One webhook call; its status, 0 if there was no answer."""
        secret = self.webhook["secret"]
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with session.post(self.webhook["url"], json=update, headers=headers) as response:
                status = response.status
        except ClientError:
            status = 0
        self.deliveries.append((update["update_id"], status))
        return status

    # HTTP

    async def _handle(self, request):
        method, call = request.match_info["method"], await _parameters(request)
        if request.match_info["token"] != TOKEN:
            return _refused(Refusal(401, "Unauthorized"))
        self.calls.append((method, call))
        try:
            if method not in METHODS:
                raise Refusal(404, "Not Found: method not found")
            if self.refusals[method]:
                raise self.refusals[method].popleft()
            await self.noted()
            result = getattr(self, re.sub(r"([A-Z])", r"_\1", method).lower())(call)
            result = await result if asyncio.iscoroutine(result) else result
        except Refusal as refusal:
            return _refused(refusal)
        finally:
            await self.noted()
        if self.lost[method]:
            self.lost[method] -= 1
            request.transport.close()
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request):
        content = self.files.get(request.match_info["file_id"])
        if request.match_info["token"] != TOKEN or content is None:
            return _refused(Refusal(404, "Not Found"))
        return web.Response(body=content)

    @asynccontextmanager
    async def running(self):
        """Serves; gives the base URL as the setting wants it."""
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/photos/{file_id}", self._download)
        async with TestServer(app, host=LOOPBACK) as server:
            yield str(server.make_url("/bot"))


async def _parameters(request):
    call = dict(request.query)
    if request.content_type == "application/json":
        call |= await request.json()
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            call[name] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
    return {
        name: json.loads(value) if name in STRUCTURED and isinstance(value, str) else value
        for name, value in call.items()
    }


def _refused(refusal):
    after = refusal.parameters.get("retry_after")
    headers = {"Retry-After": str(after)} if after else {}
    return web.json_response(refusal.body(), status=refusal.status, headers=headers)


def _queue(update):
    if "callback_query" in update:
        return "tap", update["callback_query"]["from"]["id"]
    message = update.get("message") or update.get("edited_message") or {}
    return "chat", message.get("chat", {}).get("id")
