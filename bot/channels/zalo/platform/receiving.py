"""How updates come: by webhook, acknowledged once they are kept, or by asking for them one by one."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from aiohttp import web
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.kept.arrival import Arrival
from bot.channels.zalo.kept.store import Arrived
from bot.channels.zalo.platform.answering import arrived
from bot.channels.zalo.platform.client import TROUBLE, Client, Refusal, Trouble
from bot.channels.zalo.platform.updates import received
from bot.storage import database, leases

logger = logging.getLogger(__name__)

PATH = "/zalo/bot"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105  # its name
BODY_LIMIT = 256 * 1024  # bytes; an update has about a thousand

LONG_POLL_S = 30
ANSWER_S = 5  # beyond the poll itself
LEASE = timedelta(seconds=90)  # of who may poll: longer than a poll
PAUSE_S = 1.0  # doubles up to
LONGEST_PAUSE_S = 60.0
HOOKED = (
    "A webhook is set for this Zalo bot, so it cannot be asked for messages: "
    "set PUBLIC_URL to receive by webhook, or take the old one off yourself (deleteWebhook)"
)

Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True)
class Turn:
    """Whose turn it is to ask for a bot's updates: one process's, as the database knows."""

    engine: Engine
    name: str  # of the bot's lease
    holder: str  # who we are
    now: Callable[[], datetime]

    async def take(self) -> bool:
        """Whether it is ours, for another while."""
        return await asyncio.to_thread(self._take)

    async def end(self) -> None:
        """The next may ask at once."""
        await asyncio.to_thread(self._end)

    def _take(self) -> bool:
        with database.writing(self.engine) as connection:
            return leases.take(connection, self.name, self.holder, self.now(), LEASE)

    def _end(self) -> None:
        with database.writing(self.engine) as connection:
            leases.give_back(connection, self.name, self.holder)


def routes(arrival: Arrival, secret: str) -> list[web.RouteDef]:
    """The webhook, for who knows the secret that setWebhook was told."""

    async def webhook(request: web.Request) -> web.Response:
        body = await request.clone(client_max_size=BODY_LIMIT).read()
        if not body.strip():
            return web.Response()  # a probe without a word: nothing is taken from it
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not secret or not hmac.compare_digest(given, secret.encode()):
            logger.warning("zalo bot webhook with a wrong secret")
            raise web.HTTPUnauthorized
        try:
            update = received(json.loads(body))
        except (ValueError, RecursionError):
            logger.warning("webhook body is no JSON", extra={"bytes": len(body)})
            raise web.HTTPBadRequest from None
        if update:
            await arrival.put(arrived(update, body))
        return web.Response()

    return [web.post(PATH, webhook)]


async def announce(client: Client, url: str, secret: str, sleep: Sleep = asyncio.sleep) -> None:
    """Tells the platform where we are, until it takes that."""
    pause = PAUSE_S
    while True:
        try:
            await client.call("setWebhook", url=url + PATH, secret_token=secret)
            return
        except Refusal as refusal:  # it answers: what is wrong with the address, or the token
            logger.error("Zalo does not take the bot's webhook", extra={"reason": str(refusal)})  # noqa: TRY400
        except TROUBLE as trouble:
            _tell(trouble)
        await sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)


async def poll(client: Client, arrival: Arrival, turn: Turn, sleep: Sleep = asyncio.sleep) -> None:
    """Asks for updates until it is cancelled, while it is our turn: two would take them from each other."""
    pause = PAUSE_S
    try:
        if await hooked_at(client):
            logger.error(HOOKED)
        while True:
            if await _is_well(client, arrival, turn, sleep):
                pause = PAUSE_S
                continue
            await sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
    finally:
        await turn.end()


async def hooked_at(client: Client) -> str:
    """The address of the webhook that is set; "": there is none, or nobody can tell."""
    try:
        told = await client.call("getWebhookInfo")
    except TROUBLE:  # 404: there is none
        return ""
    return str(told.get("url") or "") if isinstance(told, Mapping) else ""


async def _is_well(client: Client, arrival: Arrival, turn: Turn, sleep: Sleep) -> bool:
    """Asks once; whether to ask again at once."""
    try:
        if not await turn.take():
            return False
        data = await client.call("getUpdates", LONG_POLL_S + ANSWER_S, timeout=LONG_POLL_S)
    except TROUBLE as trouble:
        if isinstance(trouble, Refusal) and trouble.code == HTTPStatus.REQUEST_TIMEOUT:
            return True  # nothing came
        _tell(trouble)
        return False
    except SQLAlchemyError as error:
        logger.error("no database to keep messages in", extra={"error": type(error).__name__})  # noqa: TRY400
        return False
    if update := received(data):
        await _kept(arrival, arrived(update, json.dumps(data).encode()), sleep)
    return True


async def _kept(arrival: Arrival, update: Arrived, sleep: Sleep) -> None:
    """Before the next is asked for: the platform knows no offset, and what it gave is gone there."""
    while True:
        try:
            await arrival.put(update)
        except SQLAlchemyError as error:
            logger.error("message not kept yet", extra={"error": type(error).__name__})  # noqa: TRY400
            await sleep(PAUSE_S)
        else:
            return


def _tell(trouble: Trouble) -> None:
    match trouble:
        case Refusal(code=HTTPStatus.UNAUTHORIZED):
            logger.error("Zalo refuses the bot's token; copy ZALO_BOT_TOKEN again from Zalo Bot Manager")
        case Refusal(code=HTTPStatus.BAD_REQUEST):
            logger.error(HOOKED, extra={"reason": trouble.words})
        case _:
            logger.warning("Zalo bot does not answer", extra={"error": str(trouble)})
