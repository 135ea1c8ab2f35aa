"""Zalo's Official Account API on loopback: refuses what Zalo refuses, and breaks when it is told to.

Shapes and codes as in the digests and client sources of 2026; what nobody has established is refused, so that
our client cannot come to rely on it.
"""

import asyncio
import json
from collections import defaultdict, deque
from contextlib import asynccontextmanager
from itertools import count
from pathlib import PurePath

from aiohttp import web
from aiohttp.test_utils import TestServer

OA = "987654321098765432"
DAY_MS = 24 * 3600 * 1000
TEXT_LIMIT, BUTTONS, TITLE, PAYLOAD = 2000, 5, 100, 1000
UPLOADS = {  # path -> key of the answer, extensions, bytes
    "image": ("attachment_id", {".jpg", ".jpeg", ".png"}, 1024 * 1024),
    "gif": ("attachment_id", {".gif"}, 5 * 1024 * 1024),
    "file": ("token", {".pdf", ".doc", ".docx", ".csv"}, 5 * 1024 * 1024),
}
MESSAGES = {
    -32: "Too many calls",
    -100: "attachment expired",
    -201: "params is invalid",
    -210: "params exceeds the limit",
    -216: "Access token has expired",
    -217: "User has blocked the OA",
    -230: "User has not interacted with the OA in the past 7 days",
    -233: "message type is not supported",
}


class Refusal(Exception):
    """An answer with `error`."""

    def __init__(self, code):
        self.code = code


class FakeOa:
    """The server; `tokens` are good ones, `seen_ms` says when a person wrote last."""

    def __init__(self, now_ms):
        self.now_ms, self.tokens, self.seen_ms = now_ms, {"good"}, {}
        self.sent = defaultdict(list)  # user id, or conversation of an anonymous visitor -> messages
        self.calls, self.files, self.faults = [], {}, deque()
        self.takes_cards, self.remain, self.replies_left, self.media = True, None, 8, {}
        self.is_verified, self.package = True, "Tăng trưởng"
        self.url = ""
        self._numbers = count(1)

    def fail(self, *faults):
        """What happens to the next calls: a code, "401", "429", "500", "garbage", "lost", "deaf" or "".

        "deaf": the connection breaks before anything is done; "lost": it is done, and no answer comes.
        """
        self.faults.extend(faults)

    def texts(self, person):
        """What a person reads; a file by its name."""
        return [told.get("text") or self.files[_file_id(told)][0] for told in self.sent[person]]

    def buttons(self, person):
        """Those below the last message."""
        attachment = self.sent[person][-1].get("attachment", {})
        return {each["title"]: each["payload"] for each in attachment.get("payload", {}).get("buttons", ())}

    @asynccontextmanager
    async def running(self):
        """Its address, while it serves."""
        app = web.Application(client_max_size=20 * 1024 * 1024)
        app.router.add_post("/v3.0/oa/message/cs", self._called(self._cs))
        app.router.add_post("/v2.0/oa/message", self._called(self._anonymous))
        app.router.add_post("/v3.0/oa/quota/message", self._called(self._quota))
        app.router.add_post("/v2.0/oa/upload/{kind}", self._called(self._upload))
        app.router.add_get("/v2.0/oa/getoa", self._called(self._getoa))
        app.router.add_get("/v3.0/oa/user/detail", self._called(self._detail))
        app.router.add_get("/media/{name}", self._media)
        for method, path, act in self.more_routes():
            app.router.add_route(method, path, self._called(act))
        server = TestServer(app)
        await server.start_server()
        try:
            self.url = str(server.make_url("")).rstrip("/")
            yield self.url
        finally:
            await server.close()

    def more_routes(self):
        """Of who adds to it: method, path and what answers."""
        return ()

    def _called(self, act):
        async def call(request):
            self.calls.append(request.path)
            fault = self.faults.popleft() if self.faults else ""
            if fault == "deaf":
                request.transport.abort()
                return web.Response()
            if fault in ("401", "429", "500"):
                return web.Response(status=int(fault), text="<html>")
            if fault == "garbage":
                return web.Response(text="<html>Bảo trì</html>", content_type="text/html")
            answer = await self._answer(act, request, fault)
            if fault == "lost":
                request.transport.abort()
            return answer

        return call

    async def _answer(self, act, request, fault):
        try:
            if isinstance(fault, int):
                raise Refusal(fault)
            if request.headers.get("access_token") not in self.tokens:
                raise Refusal(-216)
            told = {"data": await act(request), "error": 0, "message": "Success"}
        except Refusal as refusal:
            told = {"error": refusal.code, "message": MESSAGES.get(refusal.code, "refused")}
        headers = (
            {} if self.remain is None else {"X-RateLimit-Limit": "4000", "X-RateLimit-Remain": self.remain}
        )
        return web.json_response(told, headers=headers)

    async def _cs(self, request):
        body = await request.json()
        person, message = str(body["recipient"]["user_id"]), body["message"]
        if self.now_ms() - self.seen_ms.get(person, 0) > 7 * DAY_MS:
            raise Refusal(-230)
        self._check(message)
        return self._take(person, message) | {"user_id": person, "quota": self._quota_of(person)}

    async def _anonymous(self, request):
        body = await request.json()
        recipient = body["recipient"]
        if set(recipient) != {"anonymous_id", "conversation_id"} or set(body["message"]) != {"text"}:
            raise Refusal(-201)
        self._check(body["message"])
        return self._take(recipient["conversation_id"], body["message"])

    def _take(self, person, message):
        self.sent[person].append(message)
        return {"message_id": f"z{next(self._numbers)}", "sent_time": str(self.now_ms())}

    def _quota_of(self, person):
        is_free = self.now_ms() - self.seen_ms.get(person, 0) <= 2 * DAY_MS
        kind, left = ("reply", self.replies_left) if is_free else ("sub_quota", 499)
        return {"quota_type": kind, "remain": left, "total": 500, "owner_type": "OA", "owner_id": OA}

    def _check(self, message):
        text, attachment = message.get("text", ""), message.get("attachment")
        if len(text) > TEXT_LIMIT:
            raise Refusal(-210)
        if not text.strip() and attachment is None:
            raise Refusal(-201)
        if attachment is not None:
            self._check_attachment(attachment)

    def _check_attachment(self, attachment):
        payload = attachment.get("payload", {})
        if attachment["type"] == "file":
            self._check_file(payload.get("token"), ".pdf")
        elif attachment["type"] != "template":
            raise Refusal(-201)  # as a plain picture does
        elif "buttons" in payload:
            self._check_buttons(payload)
        else:
            [element] = payload["elements"]
            if payload.get("template_type") != "media" or element["media_type"] != "image":
                raise Refusal(-201)
            self._check_file(element.get("attachment_id"), ".png")

    def _check_buttons(self, payload):
        if not self.takes_cards:
            raise Refusal(-233)
        if "template_type" in payload or not 1 <= len(payload["buttons"]) <= BUTTONS:
            raise Refusal(-201)
        for button in payload["buttons"]:
            content = button["payload"]
            if button["type"] == "oa.open.url" and not content["url"].startswith("https://"):
                raise Refusal(-201)
            is_long = isinstance(content, str) and len(content) > PAYLOAD
            if not button["title"] or len(button["title"]) > TITLE or is_long:
                raise Refusal(-210)

    def _check_file(self, uploaded, suffix):
        name, at_ms = self.files.get(uploaded, ("", 0))
        if not name.endswith(suffix):
            raise Refusal(-201)
        if self.now_ms() - at_ms > 7 * DAY_MS:
            raise Refusal(-100)

    async def _upload(self, request):
        key, suffixes, limit = UPLOADS[request.match_info["kind"]]
        part = await (await request.multipart()).next()
        content = await part.read()
        suffix = PurePath(part.filename or "").suffix.lower()
        if part.name != "file" or len(content) > limit:
            raise Refusal(-210)
        if not suffix:
            return {}  # as Zalo does without a word
        if suffix not in suffixes:
            raise Refusal(-201)
        number = f"up{next(self._numbers)}"
        self.files[number] = part.filename, self.now_ms()
        return {key: number}

    async def _quota(self, request):
        person = str((await request.json())["user_id"])
        return {
            "last_interaction": str(self.seen_ms.get(person, 0)),
            "cs_reply": {"remain": self.replies_left, "total": 8},
            "promotion": {"daily_remain": 0, "daily_total": 1, "monthly_remain": 4, "monthly_total": 6},
        }

    async def _getoa(self, _request):
        return {
            "oaid": OA,
            "name": "UBND Phường Ví Dụ",
            "is_verified": self.is_verified,
            "package_name": self.package,
            "package_valid_through_date": "31/12/2026",
        }

    async def _detail(self, request):
        person = str(json.loads(request.query["data"])["user_id"])
        return {"user_id": person, "display_name": "Lan", "user_is_follower": True}

    async def _media(self, request):
        content = self.media[request.match_info["name"]]
        await asyncio.sleep(0)
        return web.Response(body=content)


def _file_id(message):
    payload = message["attachment"]["payload"]
    return payload.get("token") or payload["elements"][0]["attachment_id"]
