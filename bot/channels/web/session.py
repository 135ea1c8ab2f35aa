"""Who is talking: a signed cookie, requests of our own page only, and not too many of them."""

import hashlib
import secrets
from collections import OrderedDict
from ipaddress import ip_address
from time import monotonic
from urllib.parse import urlsplit

from aiohttp import web
from itsdangerous import BadSignature, TimestampSigner

from bot import network
from bot.address import Address, parse
from bot.channels.web.refusal import Refusal
from bot.settings.settings import Settings
from handlers.office import page_texts

COOKIE = "motcua_session"
FORWARDED = "X-Forwarded-For"
PEOPLE = 10_000  # whose pace is remembered; the longest silent are forgotten first


class Sessions:
    """Signs and reads the cookie. It holds a random id and nothing else."""

    def __init__(self, settings: Settings) -> None:
        self._signer = TimestampSigner(
            settings.keys[::-1], salt="web session", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self.life_s = settings.retention_days * 24 * 3600  # as long as the conversation itself is kept
        self._public_url, self._unlimited = settings.public_url, settings.unlimited
        self._proxies = settings.trusted_proxies

    def address(self, request: web.Request) -> str:
        """The person's address; a new one if the cookie is absent, forged or too old."""
        return str(Address("web", self._known(request) or secrets.token_urlsafe(16)))

    def is_new(self, request: web.Request) -> bool:
        """Whether nobody is known by this request's cookie."""
        return not self._known(request)

    def _known(self, request: web.Request) -> str:
        try:
            return self._signer.unsign(request.cookies.get(COOKIE, ""), max_age=self.life_s).decode()
        except BadSignature:
            return ""

    def keep(self, request: web.Request, response: web.StreamResponse, address: str) -> None:
        """Sets the cookie, its life beginning anew."""
        response.set_cookie(
            COOKIE,
            self._signer.sign(parse(address).person).decode(),
            max_age=self.life_s,
            httponly=True,
            samesite="Lax",
            secure=request.secure or self._public_url.startswith("https:"),
        )

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


class Pace:
    """So many at once, refilled evenly over a time (GCRA: one number each)."""

    def __init__(self, at_once: int, over_s: float = 60) -> None:
        self._every_s, self._window_s = over_s / at_once, over_s
        self._free_at: OrderedDict[str, float] = OrderedDict()  # address -> when all is refilled, monotonic

    def check(self, address: str) -> None:
        """Counts one of this address or network, if it is one; raises Refusal if it is one too many."""
        if not address:
            return
        now = monotonic()
        free_at = max(now, self._free_at.get(address, now)) + self._every_s
        if free_at - now > self._window_s:
            raise Refusal(429, page_texts.too_fast)
        self._free_at[address] = free_at
        self._free_at.move_to_end(address)
        if len(self._free_at) > PEOPLE:
            self._free_at.popitem(last=False)
