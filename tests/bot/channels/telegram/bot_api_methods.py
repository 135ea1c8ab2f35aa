"""What the methods of the Bot API do and refuse, on state that a test can look at."""

import asyncio
import re
from collections import deque
from itertools import count
from urllib.parse import urlsplit

from tests.bot.channels.telegram.bot_api_checks import (
    ANSWER_LIMIT,
    Refusal,
    bad,
    captioned,
    checked_document,
    checked_keyboard,
    checked_photo,
    checked_reply_keyboard,
    flood,
    formatted,
)

BOT = {"id": 123456, "is_bot": True, "first_name": "Một Cửa", "username": "motcua_test_bot"}
PORTS = (443, 80, 88, 8443)
LOOPBACK = "127.0.0.1"  # allowed without https and on any port, for tests
DOWNLOAD_LIMIT = 20_000_000  # bytes
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
GONE = "query is too old and response timeout expired or query ID is invalid"
HOOKED = "Conflict: can't use getUpdates method while webhook is active"
TWO = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Methods:
    """One function a method, named after it; takes its parameters, gives its result or raises Refusal."""

    def __init__(self):
        self.messages = {}  # (chat, message id) -> message as sent
        self.said = {}  # the same, of persons
        self.sent = {}  # file id -> (name, bytes) of what we sent
        self.commands = {}  # (scope type, language) -> commands
        self.described = {}  # ("description" or "short", language) -> text
        self.webhook = {}
        self.updates = deque()  # for getUpdates and the webhook, oldest first
        self.blocked = set()  # chats that do not want us any more
        self.flooded = {}  # chat -> seconds that it has to wait
        self.ended = []  # ids of the taps that were answered
        self.files = {}  # file id -> bytes
        self.keyboards = {}  # chat -> labels of the keyboard below the input
        self.changed = asyncio.Condition()
        self._ids, self._chats, self._queries, self._poller = count(1), set(), set(), None

    async def noted(self):
        """Tells those who wait for a change."""
        async with self.changed:
            self.changed.notify_all()

    def get_me(self, call):
        return BOT

    def set_my_commands(self, call):
        commands = call.get("commands") or []
        if len(commands) > 100 or not all(COMMAND.fullmatch(c["command"]) for c in commands):
            raise bad("BOT_COMMAND_INVALID")
        if not all(1 <= len(c["description"]) <= 256 for c in commands):
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        if not re.fullmatch(r"([a-z]{2})?", call.get("language_code") or ""):
            raise bad("LANG_CODE_INVALID")
        scope = (call.get("scope") or {"type": "default"})["type"]
        self.commands[scope, call.get("language_code") or ""] = commands
        return True

    def set_my_description(self, call):
        return self._describe("description", call, 512)

    def set_my_short_description(self, call):
        return self._describe("short", call, 120)

    def _describe(self, kind, call, longest):
        text = call.get("short_description" if kind == "short" else kind) or ""
        if len(text) > longest:
            raise bad("DESCRIPTION_TOO_LONG")
        self.described[kind, call.get("language_code") or ""] = text
        return True

    def set_webhook(self, call):
        url, secret = urlsplit(call.get("url") or ""), call.get("secret_token") or ""
        if url.hostname != LOOPBACK and url.scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if url.hostname != LOOPBACK and (url.port or 443) not in PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad("secret token contains unallowed characters")
        self.webhook = {"url": call["url"], "secret": secret, "allowed": call.get("allowed_updates")}
        return True

    def delete_webhook(self, call):
        self.webhook = {}
        return True

    async def get_updates(self, call):
        if self.webhook:
            raise Refusal(409, HOOKED)
        if self._poller and not self._poller.done():
            self._poller.set_exception(Refusal(409, TWO))
        mine = self._poller = asyncio.get_running_loop().create_future()
        offset, limit = int(call.get("offset") or 0), min(max(int(call.get("limit") or 100), 1), 100)
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        await self.noted()
        if not self._for_polling(call):
            await asyncio.wait([mine], timeout=min(int(call.get("timeout") or 0), 50))
        if mine.done():
            mine.result()  # a newer call ends this one
        else:
            mine.set_result(None)
        return self._for_polling(call)[:limit]

    def _for_polling(self, call):
        self.updates = deque(update for update in self.updates if wanted(update, call.get("allowed_updates")))
        return list(self.updates)

    def send_message(self, call):
        chat = self._chat(call)
        text, entities = formatted(call.get("text"), call.get("parse_mode"))
        markup = call.get("reply_markup") or {}
        if markup.get("remove_keyboard"):
            self.keyboards.pop(chat, None)
            markup = None
        elif "keyboard" in markup:
            self.keyboards[chat] = checked_reply_keyboard(markup)
            markup = None
        return self._keep(chat, next(self._ids), text, entities, checked_keyboard(markup))

    def edit_message_text(self, call):
        chat, number = self._chat(call), int(call.get("message_id") or 0)
        if (chat, number) not in self.messages:
            raise bad("message to edit not found")
        keyboard, old = checked_keyboard(call.get("reply_markup")), self.messages[chat, number]
        if "text" not in old:
            raise bad("there is no text in the message to edit")
        text, entities = formatted(call.get("text"), call.get("parse_mode"))
        if (text, entities, keyboard) == (old["text"], old["entities"], old.get("reply_markup")):
            raise bad(SAME)
        return self._keep(chat, number, text, entities, keyboard)

    def edit_message_reply_markup(self, call):
        place = self._chat(call), int(call.get("message_id") or 0)
        if place not in self.messages:
            raise bad("message to edit not found")
        keyboard, message = checked_keyboard(call.get("reply_markup")), dict(self.messages[place])
        if keyboard == message.pop("reply_markup", None):
            raise bad(SAME)
        self.messages[place] = message | ({"reply_markup": keyboard} if keyboard else {})
        return self.messages[place]

    def delete_message(self, call):
        place = self._chat(call), int(call["message_id"])
        if self.messages.pop(place, None) is None and self.said.pop(place, None) is None:
            raise bad("message to delete not found")
        return True

    def get_file(self, call):
        if (content := self.files.get(call.get("file_id"))) is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(content) > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        file_id = call["file_id"]
        about = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content)}
        return about | {"file_path": f"photos/{file_id}"}

    def send_chat_action(self, call):
        self._chat(call)
        if call.get("action") not in ("typing", "upload_photo", "upload_document"):
            raise bad("wrong parameter action in request")
        return True

    def send_photo(self, call):
        name, content = call["photo"]
        width, height = checked_photo(content)
        return self._keep_file(call, name, content, lambda file: {"photo": [file | _size(width, height)]})

    def send_document(self, call):
        name, content = call["document"]
        about = {"file_name": name, "file_size": checked_document(content)}
        return self._keep_file(call, name, content, lambda file: {"document": file | about})

    def _keep_file(self, call, name, content, described):
        chat, number = self._chat(call), next(self._ids)
        shown = captioned(call.get("caption"), call.get("parse_mode"))
        keyboard = checked_keyboard(call.get("reply_markup"))
        file_id = f"sent{number}"
        self.sent[file_id] = (name, content)
        message = {"message_id": number, "date": 1, "chat": private(chat), "from": BOT} | shown
        message |= described({"file_id": file_id, "file_unique_id": file_id})
        message |= {"reply_markup": keyboard} if keyboard else {}
        self.messages[chat, number] = message
        return message

    def answer_callback_query(self, call):
        if call.get("callback_query_id") not in self._queries:
            raise bad(GONE)
        if len(call.get("text") or "") > ANSWER_LIMIT:
            raise bad("MESSAGE_TOO_LONG")
        self._queries.discard(call["callback_query_id"])
        self.ended.append(call["callback_query_id"])
        return True

    def _chat(self, call):
        chat = int(call.get("chat_id") or 0)
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat not in self._chats:
            raise bad("chat not found")
        if seconds := self.flooded.get(chat):
            raise flood(seconds)
        return chat

    def _keep(self, chat, number, text, entities, keyboard):
        message = {"message_id": number, "date": 1, "chat": private(chat), "from": BOT}
        message |= {"text": text, "entities": entities} | ({"reply_markup": keyboard} if keyboard else {})
        self.messages[chat, number] = message
        return message


def wanted(update, allowed):
    return not allowed or any(kind in update for kind in allowed)


def _size(width, height):
    return {"width": width, "height": height}


def private(chat):
    return {"id": chat, "type": "private", "first_name": "Lê Văn Thử"}


def person(chat, language="vi"):
    return {"id": chat, "is_bot": False, "first_name": "Lê Văn Thử", "language_code": language}
