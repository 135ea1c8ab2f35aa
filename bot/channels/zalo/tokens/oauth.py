"""The token server on the wire (OAuth v4), and the one question by which a token's account is told."""

import json
from collections.abc import Mapping

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError

from bot.channels.zalo.tokens.answers import Answer, NeverSent, Unanswered, read
from bot.settings.settings import Settings

TOKEN = "/v4/oa/access_token"  # noqa: S105  # a path
ACCOUNT = "/v2.0/oa/getoa"
TIMEOUT = ClientTimeout(total=15, sock_connect=5)  # s; a send in hand waits for it, a turn lasts 120


class NotTold(Exception):
    """The API did not say whose token it is; says why."""


class TokenServer:
    """Asks for tokens with the app's secret; a session for each request, as there is one in 20 hours."""

    def __init__(self, settings: Settings) -> None:
        self._oauth, self._api = settings.zalo_oauth_url, settings.zalo_api_url
        self._app, self._secret = settings.zalo_app_id, settings.zalo_app_secret

    async def renew(self, refresh: str) -> Answer:
        """The next pair for a refresh token, which is spent by it."""
        return await self._ask({"grant_type": "refresh_token", "refresh_token": refresh})

    async def redeem(self, code: str, verifier: str) -> Answer:
        """The first pair for the code of a consent, which is good for ten minutes and once."""
        return await self._ask({"grant_type": "authorization_code", "code": code, "code_verifier": verifier})

    async def account(self, access: str) -> str:
        """The Official Account that a token is of. Raises NotTold."""
        try:
            async with (
                ClientSession(timeout=TIMEOUT) as http,
                http.get(self._api + ACCOUNT, headers={"access_token": access}) as answer,
            ):
                told = json.loads(await answer.read())
                return str(told["data"]["oaid"])
        except (ClientError, TimeoutError) as error:
            raise NotTold(type(error).__name__) from error
        except (KeyError, TypeError, ValueError) as error:
            raise NotTold(_refusal(told) if isinstance(error, KeyError | TypeError) else "") from error

    async def _ask(self, form: Mapping[str, str]) -> Answer:
        try:
            async with (
                ClientSession(timeout=TIMEOUT) as http,
                http.post(
                    self._oauth + TOKEN,
                    data={"app_id": self._app, **form},
                    headers={"secret_key": self._secret},
                    allow_redirects=False,
                ) as answer,
            ):
                return read(json.loads(await answer.read()))
        except (ClientConnectorError, ConnectionTimeoutError):
            return NeverSent()
        except (ClientError, TimeoutError, ValueError):  # a body that is no JSON tells nothing
            return Unanswered()


def _refusal(told: object) -> str:
    return f"{told.get('error')} {told.get('message')}" if isinstance(told, dict) else ""
