"""HTTP for python-telegram-bot on aiohttp: several times the messages per second of its default client."""

import json
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from aiohttp import ConnectionTimeoutError as NeverSent
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

Seconds = float | None  # None: no limit
Given = Any  # Seconds, or the library's private marker for "as constructed"


class AiohttpRequest(BaseRequest):
    """One session for all requests of a bot. Timeouts in seconds, defaults as in the library.

    The cause of a TimedOut or NetworkError is the error of aiohttp; `outcomes.outcome` reads from it whether
    the request can have left the house.
    """

    def __init__(
        self,
        pool_size: int = 256,
        read_timeout: Seconds = 5.0,
        write_timeout: Seconds = 5.0,
        connect_timeout: Seconds = 5.0,
        pool_timeout: Seconds = 1.0,
        media_write_timeout: Seconds = 20.0,
    ) -> None:
        self._pool_size = pool_size
        self._read, self._write, self._media_write = read_timeout, write_timeout, media_write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> Seconds:
        return self._read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._pool_size),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Given = BaseRequest.DEFAULT_NONE,
        write_timeout: Given = BaseRequest.DEFAULT_NONE,
        connect_timeout: Given = BaseRequest.DEFAULT_NONE,
        pool_timeout: Given = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises TimedOut or NetworkError if no whole answer came."""
        if self._session is None:
            raise RuntimeError("call initialize() first")
        files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _given(read_timeout, self._read),
            _given(write_timeout, self._media_write if files else self._write),
            _given(connect_timeout, self._connect),
            _given(pool_timeout, self._pool),
            download=method == "GET",
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except NeverSent as error:
            raise TimedOut("No connection in time; the request was not sent") from error
        except TimeoutError as error:
            raise TimedOut from error
        except (ClientError, OSError) as error:
            # its words may hold the URL, and so the token
            raise NetworkError(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """As the library's, which would log the payload, and that may hold a citizen's message."""
        try:
            return json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None


def _given(value: Given, default: Seconds) -> Seconds:
    return default if value is BaseRequest.DEFAULT_NONE else value


def _timeout(read: Seconds, write: Seconds, connect: Seconds, pool: Seconds, download: bool) -> ClientTimeout:
    """aiohttp has no limit for writing, so a call to the API gets one for the whole, whose answer is small.

    A download has nothing to write, and its length is not known: each piece has `read` seconds.
    """
    wait = _sum(pool, connect)
    total = None if download else _sum(wait, write, read)
    return ClientTimeout(total, connect=wait, sock_connect=connect, sock_read=read)


def _sum(*limits: Seconds) -> Seconds:
    known = [limit for limit in limits if limit is not None]
    return sum(known) if len(known) == len(limits) else None


def _body(request_data: RequestData | None) -> FormData | dict[str, str] | None:
    if request_data is None or not request_data.contains_files:
        return request_data and request_data.json_parameters  # sent as a form, as the library does
    form = FormData(quote_fields=False)  # a Vietnamese file name goes as it is
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form
