"""Pictures and recordings that people sent: fetched into memory, within limits, from outside only."""

import logging
import socket
from ipaddress import ip_address

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, ThreadedResolver
from aiohttp.abc import ResolveResult
from yarl import URL

from handlers.office.page_texts import FILE_LIMIT_MB

logger = logging.getLogger(__name__)

LIMIT = FILE_LIMIT_MB * 1024 * 1024  # bytes; a photo was seen with 0.7 MB
FETCH_S = 30  # the person is waiting
PIECE = 64 * 1024  # bytes read at once


class Outside(ThreadedResolver):
    """Finds no host of the inner network: an address that somebody sends must not open our own doors."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """As the library; raises OSError for a host of the inner network."""
        found = await super().resolve(host, port, family)
        outside = [each for each in found if ip_address(each["host"].partition("%")[0]).is_global]
        if not outside:
            raise OSError("a host of the inner network")
        return outside


class Media:
    """Fetches files; the session lives as long as this is open."""

    def __init__(self, api_url: str) -> None:
        self._api = URL(api_url)
        connector = TCPConnector(resolver=Outside())
        self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar())

    async def __aenter__(self) -> "Media":
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._session.close()

    async def fetch(self, address: str) -> bytes:
        """What is there; nothing if it cannot be had in time, is too large, or is not where files are."""
        try:
            url = URL(address)
            if not self._may(url):
                return b""
            limits = ClientTimeout(total=FETCH_S)
            async with self._session.get(url, timeout=limits, allow_redirects=False) as response:
                response.raise_for_status()
                content = bytearray()
                async for piece in response.content.iter_chunked(PIECE):
                    content += piece
                    if len(content) > LIMIT:
                        return b""
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            logger.info("file not fetched", extra={"error": type(error).__name__})
            return b""
        return bytes(content)

    def _may(self, url: URL) -> bool:
        """Only by https and by a name, or from the server of the API itself."""
        if url.origin() == self._api.origin():
            return True
        return url.scheme == "https" and not _is_number(url.host or "")


def _is_number(host: str) -> bool:
    """Addresses in numbers are not resolved, so not looked at either."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
