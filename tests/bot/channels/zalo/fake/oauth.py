"""A token server as Zalo's is described: single-use refresh tokens, refusals as HTTP 200, nothing forgiven.

It also answers `getoa`, by which the account of an access token is told.
"""

import asyncio
from base64 import urlsafe_b64encode
from collections import Counter
from contextlib import asynccontextmanager
from hashlib import sha256

from aiohttp import web

from bot.settings.settings import Settings

APP, APP_SECRET, OA, OA_SECRET = (
    "1234567890123456789",
    "app-secret-of-tests",
    "987654321098765432",
    "oa-secret",
)
USED, INVALID = -14020, -14014


class OAuthServer:
    """One app with one Official Account. `at_stage` is awaited at "received", "processed" and "answered"."""

    def __init__(self, oa=OA):
        self.oa = oa
        self.url = ""
        self.alive = ""  # the refresh token that is good
        self.sent = Counter()  # how often each refresh token came; "": codes
        self.granted = Counter()  # how often each brought a pair
        self.access = {}  # access token -> the account
        self.codes = {}  # code -> the challenge saved in the console
        self.error = 0  # every request for tokens is refused with it
        self.broken = ""  # "before" or "after" it did its work: no answer; "gateway": a page that is no JSON
        self.at_stage = None
        self.at_work = 0  # requests
        self._number = 0

    @property
    def requests(self):
        """How many came with a refresh token."""
        return self.sent.total() - self.sent[""]

    def grant(self):
        """A pair as the console gives one; the refresh token before is dead then."""
        self._number += 1
        access, refresh = f"access-{self._number}", f"refresh-{self._number}"
        self.access[access], self.alive = self.oa, refresh
        return {"access_token": access, "refresh_token": refresh, "expires_in": "90000"}

    def code(self, challenge):
        """What the admin's click brings."""
        self.codes[made := f"code-{len(self.codes)}"] = challenge
        return made

    def settings(self, **more):
        """Of a process that uses this server."""
        told = {
            "zalo_app_id": APP,
            "zalo_app_secret": APP_SECRET,
            "zalo_oa_id": OA,
            "zalo_oa_secret": OA_SECRET,
        }
        urls = {"zalo_oauth_url": self.url, "zalo_api_url": self.url}
        return Settings(**{"secret_key": b"k" * 32, **told, **urls, **more})

    async def token(self, request):
        self.at_work += 1
        try:
            return await self._token(request)
        finally:
            self.at_work -= 1

    async def _token(self, request):
        form = await request.post()
        self.sent[form.get("refresh_token", "")] += 1
        await self._stage("received")
        if self.broken == "gateway":
            return web.Response(text="<h1>502 Bad Gateway</h1>", status=502)
        if self.broken == "before":
            return _gone(request)
        answer = self._answer(request, form)
        await self._stage("processed")
        if self.broken == "after":
            return _gone(request)
        asyncio.get_running_loop().call_soon(asyncio.ensure_future, self._stage("answered"))
        return web.json_response(answer)

    async def account(self, request):
        oa = self.access.get(request.headers.get("access_token"))
        if oa is None:
            return web.json_response({"error": -216, "message": "Access token is invalid"})
        data = {"oaid": oa, "name": "UBND Ví Dụ"}
        return web.json_response({"error": 0, "message": "Success", "data": data})

    def _answer(self, request, form):
        if self.error:
            return _refused(self.error)
        if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP:
            return _refused(-14002)
        if form["grant_type"] == "refresh_token":
            return self._renewed(form["refresh_token"])
        challenge = self.codes.pop(form["code"], None)
        digest = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        return self.grant() if challenge == digest else _refused(-118)

    def _renewed(self, refresh):
        if refresh != self.alive:
            return _refused(USED if self.granted[refresh] else INVALID)
        self.granted[refresh] += 1
        return self.grant()

    async def _stage(self, name):
        if self.at_stage:
            await self.at_stage(name)


@asynccontextmanager
async def serving(**more):
    """Such a server on this machine."""
    server = OAuthServer(**more)
    app = web.Application()
    app.add_routes([web.post("/v4/oa/access_token", server.token), web.get("/v2.0/oa/getoa", server.account)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


def _refused(error):
    return {"error": error, "error_name": "Invalid", "error_reason": ""}


def _gone(request):
    request.transport.abort()
    return web.Response()
