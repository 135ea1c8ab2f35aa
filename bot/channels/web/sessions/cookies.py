"""Who is talking: a signed cookie that a proof renews and leaving ends, and requests of our own page only."""

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.cookies import Morsel
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from aiohttp import web
from itsdangerous import BadSignature, TimestampSigner

from bot import network
from bot.address import Address, parse
from bot.channels.web.refusal import Refusal
from bot.channels.web.sessions.table import CHANNEL, Kept, is_of
from bot.settings.settings import Settings
from handlers.office import page_texts

COOKIE = "motcua_session"
FORWARDED, SCHEME = "X-Forwarded-For", "X-Forwarded-Proto"
SHARED = "s"  # in a cookie: it ends with the browser
FRAMED = "f"  # it was given to a frame on another site
KIOSK = "k"  # it was given to the screen in a hall
SIGNED_ANEW = timedelta(days=1)  # the life of a cookie begins again after so long, not with every answer


class Table(Protocol):
    """What is kept of sessions; all of it blocks. `table.SessionTable` is one."""

    def find(self, address: str) -> Kept:
        """What is kept of that session."""

    def use(self, address: str, now: datetime) -> None:
        """Notes that it is used."""

    def share(self, address: str, now: datetime) -> None:
        """It is on a computer that others use."""

    def move(self, address: str, generation: int, now: datetime) -> bool:
        """From now on another computer has it, its own; False if that cookie is dead already."""

    def end(self, address: str, now: datetime) -> None:
        """No cookie of it is good any more."""


@dataclass(frozen=True)
class Visitor:
    """Who sent a request."""

    address: str
    generation: int = 0  # of the cookie that came with it
    shared: bool = False  # on a computer that others use
    framed: bool = False  # in a frame on another site
    kiosk: bool = False  # at the screen in a hall
    signed_at: datetime | None = None  # the cookie; None: nobody's, or none that is good any more
    renewed: bool = False  # its cookie is dead, and the new one is on its way to the same browser

    @property
    def is_new(self) -> bool:
        """Whether nobody is known by what came with the request."""
        return self.signed_at is None


class Sessions:
    """Signs and reads the cookie. It holds a random id, and how often a proof has renewed it."""

    def __init__(self, settings: Settings, table: Table, now: Callable[[], datetime]) -> None:
        self._signer = TimestampSigner(
            settings.keys[::-1], salt="web session", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self.life_s = settings.retention_days * 24 * 3600  # as long as the conversation itself is kept
        self._public_url, self._unlimited = settings.public_url, settings.unlimited
        self._proxies = settings.trusted_proxies
        self._table, self._now = table, now

    def claimed(self, request: web.Request) -> Visitor:
        """Who the cookie says it is; somebody new if it is absent, forged or too old."""
        signed = request.cookies.get(COOKIE, "")
        try:
            value, at = self._signer.unsign(signed, max_age=self.life_s, return_timestamp=True)
        except BadSignature:
            return _nobody()
        person, _, more = value.decode().partition(".")
        number, _, marks = more.partition(".")
        shared, framed, kiosk = (mark in marks for mark in (SHARED, FRAMED, KIOSK))
        return Visitor(str(Address(CHANNEL, person)), int(number or 0), shared, framed, kiosk, at)

    async def who(self, request: web.Request, message_id: str = "") -> Visitor:
        """Who it is by now: somebody new too if the session was left, or its cookie renewed since.

        The message that brought the proof may come again with the old cookie: its answer was lost on the way.
        """
        visitor = self.claimed(request)
        if visitor.is_new:
            return visitor
        kept = await asyncio.to_thread(self._table.find, visitor.address)
        if kept.is_over(self._now()):
            return _nobody()
        comes_again = visitor.generation == kept.generation - 1 and is_of(kept, message_id)
        if visitor.generation == kept.generation or comes_again:
            if message_id and kept != Kept():
                await asyncio.to_thread(self._table.use, visitor.address, self._now())
            elif message_id and visitor.kiosk:
                await asyncio.to_thread(self._table.share, visitor.address, self._now())
            return replace(visitor, shared=kept.shared or visitor.kiosk)
        return replace(_nobody(), renewed=True)

    async def keep(
        self, request: web.Request, response: web.StreamResponse, visitor: Visitor, message_id: str = ""
    ) -> Visitor:
        """Sets the cookie where the browser has none that is good, or a new one is due; who it is then.

        A renewed cookie is given to nobody but who sent the proof.
        """
        if message_id:
            kept = await asyncio.to_thread(self._table.find, visitor.address)
            if kept.generation != visitor.generation and is_of(kept, message_id):
                visitor = replace(visitor, generation=kept.generation, shared=kept.shared, signed_at=None)
            elif kept.generation != visitor.generation:
                return visitor
        if not visitor.renewed or message_id:
            self._set(request, response, visitor)
        return visitor

    def greet(self, request: web.Request, response: web.StreamResponse, *, framed: bool = False) -> None:
        """The same for a page as it opens, which shows nothing of a person: no database is asked.

        A frame on a site of our own domain has the cookie of the page, and goes on with it.
        """
        visitor = self.claimed(request)
        self._set(request, response, replace(visitor, framed=framed) if visitor.is_new else visitor)

    def begin_in_kiosk(self, request: web.Request, response: web.StreamResponse) -> None:
        """Sets the cookie of somebody new, at a screen that others use."""
        self._set(request, response, replace(_nobody(), shared=True, kiosk=True))

    def give(self, request: web.Request, response: web.StreamResponse, visitor: Visitor) -> None:
        """Sets the cookie of a session that another computer had."""
        self._set(request, response, visitor)

    async def end(self, visitor: Visitor) -> None:
        """No cookie of this session is good any more."""
        await asyncio.to_thread(self._table.end, visitor.address, self._now())

    def _set(self, request: web.Request, response: web.StreamResponse, visitor: Visitor) -> None:
        if visitor.signed_at and datetime.now(UTC) - visitor.signed_at < SIGNED_ANEW:
            return
        value = parse(visitor.address).person
        marks = SHARED * visitor.shared + FRAMED * visitor.framed + KIOSK * visitor.kiosk
        if visitor.generation or marks:
            value += f".{visitor.generation}" + f".{marks}" * bool(marks)
        secure = self._is_secure(request)
        apart = visitor.framed and secure  # browsers take such a cookie over TLS only
        response.set_cookie(
            COOKIE,
            self._signer.sign(value).decode(),
            max_age=None if visitor.shared else self.life_s,
            httponly=True,
            samesite="None" if apart else "Lax",
            secure=secure,
        )
        if apart:
            response.cookies[COOKIE] = _Apart.of(response.cookies[COOKIE])

    def _is_secure(self, request: web.Request) -> bool:
        """Whether the browser speaks TLS, with us or with a proxy that says so."""
        if request.secure or self._public_url.startswith("https:"):
            return True
        said = request.headers.get(SCHEME, "").rpartition(",")[2].strip().lower()
        return said == "https" and network.is_among(request.remote or "", self._proxies)

    def check_origin(self, request: web.Request) -> None:
        """Raises Refusal for a request that another site made; a program that is no browser tells nothing."""
        site = request.headers.get("Sec-Fetch-Site")  # absent on plain http outside the own machine
        origin = request.headers.get("Origin")
        own = (request.host, urlsplit(self._public_url).netloc or request.host)
        foreign = origin is not None and origin.partition("://")[2] not in own
        if foreign if site is None else site not in ("same-origin", "none"):
            raise Refusal(403, page_texts.refused)

    def network(self, request: web.Request) -> str:
        """Where it came from, as strangers are counted; "" where no limit counts."""
        if self.is_unlimited(request):
            return ""
        return network.of(
            request.remote or "", ",".join(request.headers.getall(FORWARDED, ())), self._proxies
        )

    def is_unlimited(self, request: web.Request) -> bool:
        """Whether the administrator said that no limit counts what comes from there."""
        if not self._unlimited or not request.remote:  # a Unix socket has no address
            return False
        peer = ip_address(request.remote)
        return any(peer in unlimited for unlimited in self._unlimited)


class _Apart(Morsel[str]):
    """A cookie that a browser keeps for each site around the frame apart: others it would not keep there.

    `Partitioned` is an attribute of Python's own cookies from 3.14 on.
    """

    @classmethod
    def of(cls, cookie: Morsel[str]) -> "_Apart":
        made = cls()
        made.set(cookie.key, cookie.value, cookie.coded_value)
        made.update(cookie)
        return made

    def OutputString(self, attrs: Container[str] | None = None) -> str:
        return f"{super().OutputString(attrs)}; Partitioned"


def _nobody() -> Visitor:
    return Visitor(str(Address(CHANNEL, secrets.token_urlsafe(16))))
