"""One call of the Official Account API: paced, with the token of the moment, judged by `error`."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar, Protocol

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
)

from bot.channels.zalo.oa.outgoing import errors
from bot.channels.zalo.oa.outgoing.errors import Kind
from bot.channels.zalo.oa.outgoing.pace import Pace
from bot.channels.zalo.tokens.keeper import NoToken
from bot.outbox.outcomes import Doubtful, Later, Refused

logger = logging.getLogger(__name__)

CALL = ClientTimeout(total=30, sock_connect=5)  # seconds
UPLOAD = ClientTimeout(total=60, sock_connect=5)
LOUD = ("setup", "payload")  # kinds of errors that somebody has to mend
NEVER_SENT_S = 1.0  # until the next try of a request that did not leave the house


class AccessTokens(Protocol):
    """Who gives out the access token; `bot.channels.zalo.tokens.keeper` has one."""

    async def current(self) -> str:
        """One that should be good. Raises NoToken."""

    async def refused(self, access: str) -> None:
        """The API said that this one is bad."""


@dataclass(frozen=True)
class Accepted:
    """Zalo did it."""

    data: Mapping[str, Any]


@dataclass(frozen=True)
class Failed:
    """It did not, or nobody knows."""

    outcome: Later | Refused | Doubtful
    kind: Kind | None = None  # None: no answer that tells a code
    code: int = 0


@dataclass(frozen=True)
class _Request:
    """What is asked, but for the token."""

    method: str
    path: str
    more: Mapping[str, Any] = field(repr=False)  # for aiohttp: who and what


class Api:
    """The API of one account."""

    codes: ClassVar[Path] = errors.FILE  # what the errors of the host mean

    def __init__(
        self,
        session: ClientSession,
        url: str,
        tokens: AccessTokens,
        pace: Pace,
        now: Callable[[], datetime],
    ) -> None:
        self._session, self._url, self._tokens, self.pace, self._now = session, url, tokens, pace, now

    async def post(self, path: str, body: Mapping[str, Any]) -> Accepted | Failed:
        """A call with a body in JSON."""
        return await self._call(_Request("POST", path, {"json": body, "timeout": CALL}))

    async def ask(self, path: str) -> Accepted | Failed:
        """A question without parameters."""
        return await self._call(_Request("GET", path, {"timeout": CALL}))

    async def upload(self, path: str, name: str, content: bytes, media_type: str) -> Accepted | Failed:
        """A file; its name has to have an extension, or Zalo answers without an id."""

        def form() -> FormData:
            made = FormData(quote_fields=False)
            made.add_field("file", content, filename=name, content_type=media_type)
            return made

        return await self._call(_Request("POST", path, {"data": form, "timeout": UPLOAD}))

    async def _call(self, request: _Request) -> Accepted | Failed:
        """Once more with another token if the first is refused."""
        told, token = await self._with_token(request, "")
        if isinstance(told, Failed) and told.kind == "token" and token:
            await self._tokens.refused(token)
            told, _ = await self._with_token(request, token)
        return told

    async def _with_token(self, request: _Request, refused: str) -> tuple[Accepted | Failed, str]:
        """The answer, and the token it was asked with; "": there is none but the refused one."""
        try:
            token = await self._tokens.current()
        except NoToken:
            token = ""
        if token in ("", refused):
            return Failed(Later(errors.MINUTE_S), "token"), ""
        await self.pace.turn()
        return await self._answer(request, token), token

    async def _answer(self, request: _Request, token: str) -> Accepted | Failed:
        more = {key: made() if callable(made) else made for key, made in request.more.items()}
        try:
            async with self._session.request(
                request.method,
                self._url + request.path,
                headers={"access_token": token},
                allow_redirects=False,
                **more,
            ) as response:
                self.pace.told(response.headers)
                return self._judged(response.status, await response.read())
        except (ConnectionTimeoutError, ClientConnectorError):
            return Failed(Later(NEVER_SENT_S))
        except (ClientError, TimeoutError, OSError) as error:
            logger.warning("Zalo did not answer", extra={"path": request.path, "error": type(error).__name__})
            return Failed(Doubtful())

    def _judged(self, status: int, body: bytes) -> Accepted | Failed:
        """By `error`, then by status; what is no JSON of Zalo's says nothing of what was done."""
        told = _object(body)
        code = told.get("error") if told else None
        if told and code == 0 and status == HTTPStatus.OK:
            data = told.get("data")
            return Accepted(data if isinstance(data, dict) else {})
        if isinstance(code, int) and code:
            return self._refused(code)
        if status == HTTPStatus.UNAUTHORIZED:
            return Failed(Later(errors.MINUTE_S), "token")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return Failed(Later(errors.MINUTE_S))
        logger.warning("Zalo's answer is none", extra={"status": status, "bytes": len(body)})
        return Failed(Doubtful())

    def _refused(self, code: int) -> Failed:
        known = errors.meaning(code, self.codes)
        log = logger.error if known.kind in LOUD or known is errors.UNKNOWN else logger.info
        log("Zalo refuses", extra={"code": code, "do": known.do})  # its own words may repeat the message
        return Failed(errors.outcome(code, self._now(), self.codes), known.kind, code)


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
