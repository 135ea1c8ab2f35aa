"""The Bot Platform on the wire. The token is part of each address, so none is ever logged or raised."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
)

from bot.outbox.outcomes import Doubtful, Later, Refused
from bot.settings.settings import Settings

CALL_S = 30  # a call without a deadline has hung for ever, openclaw PR 111636
CONNECT_S = 5
NEVER_SENT_S = 1.0  # wait after a request that did not leave the house
TOKEN_S = 60.0  # wait while the token is refused: somebody has to change it
BUSY_S = 30.0  # wait after one call too many, as no answer says how long


class NeverSent(Exception):
    """No connection: the request did not leave the house."""


class Unanswered(Exception):
    """The request left the house, and no answer that can be read came."""


class Refusal(Exception):
    """The platform says no."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.code, self.words = code, words


Trouble = NeverSent | Unanswered | Refusal
TROUBLE = (NeverSent, Unanswered, Refusal)


class Client:
    """Calls of one bot, on a session that the caller keeps open."""

    def __init__(self, session: ClientSession, api_url: str, token: str) -> None:
        self._session, self._base, self._token = session, f"{api_url}/bot{token}", token

    async def call(self, method: str, timeout_s: float = CALL_S, **parameters: object) -> object:
        """What the method gives. Raises NeverSent, Unanswered or Refusal, none of which tells the token."""
        limits = ClientTimeout(total=timeout_s, sock_connect=CONNECT_S)
        try:
            async with self._session.post(
                f"{self._base}/{method}", json=parameters, timeout=limits, allow_redirects=False
            ) as response:
                return self._told(response.status, await response.read())
        except (ConnectionTimeoutError, ClientConnectorError) as error:
            raise NeverSent(type(error).__name__) from None  # the error's own words may hold the address
        except (ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from None

    def _told(self, status: int, body: bytes) -> object:
        """Judged by `ok`, whatever the status; by the status where there is no such answer."""
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            told = None
        if isinstance(told, Mapping) and told.get("ok") is True:
            return told.get("result")
        if isinstance(told, Mapping) and "ok" in told:
            code = told.get("error_code")
            words = str(told.get("description", "")).replace(self._token, "…")
            raise Refusal(code if isinstance(code, int) else status, words)
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Refusal(status, "")
        raise Unanswered(f"status {status}")


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Client]:
    """A client of the bot of the settings; nothing is sent before it is asked for something."""
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield Client(session, settings.zalo_bot_api_url, settings.zalo_bot_token)


def outcome(trouble: Trouble) -> Later | Refused | Doubtful:
    """What trouble means for the message that was being sent: a second copy is worse than none."""
    match trouble:
        case NeverSent():
            return Later(NEVER_SENT_S)
        case Refusal(code=HTTPStatus.UNAUTHORIZED):
            return Later(TOKEN_S)
        case Refusal(code=HTTPStatus.TOO_MANY_REQUESTS):
            return Later(BUSY_S)
        case Refusal(code=code, words=words) if code != HTTPStatus.REQUEST_TIMEOUT and code < 500:  # noqa: PLR2004
            return Refused(f"{code} {words}", gone=code == HTTPStatus.FORBIDDEN)
        case _:
            return Doubtful()
