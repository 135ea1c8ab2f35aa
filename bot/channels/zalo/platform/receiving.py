"""How updates come: by webhook, acknowledged once they are kept, or by asking for them one by one."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.platform.client import TROUBLE, Client, Refusal, Trouble
from bot.channels.zalo.platform.updates import Received, received
from bot.channels.zalo.platform.working import Inbox
from bot.storage import leases

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

Lock = tuple[str, str]  # name of the bot's lease, and who we are
Sleep = Callable[[float], Awaitable[object]]


def routes(inbox: Inbox, secret: str) -> list[web.RouteDef]:
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
            await inbox.put(update)
        return web.Response()

    return [web.post(PATH, webhook)]


async def announce(client: Client, url: str, secret: str, sleep: Sleep = asyncio.sleep) -> None:
    """Tells the platform where we are, until it takes that."""
    pause = PAUSE_S
    while True:
        try:
            await client.call("setWebhook", url=url + PATH, secret_token=secret)
            return
        except TROUBLE as trouble:
            _tell(trouble)
        await sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)


async def poll(client: Client, inbox: Inbox, lock: Lock, sleep: Sleep = asyncio.sleep) -> None:
    """Asks for updates until it is cancelled, unless another process does: two take them from each other."""
    pause = PAUSE_S
    try:
        if await hooked_at(client):
            logger.error(HOOKED)
        while True:
            if await _is_well(client, inbox, lock, sleep):
                pause = PAUSE_S
                continue
            await sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
    finally:
        await inbox.write(lambda connection: leases.give_back(connection, *lock))


async def hooked_at(client: Client) -> str:
    """The address of the webhook that is set; "": there is none, or nobody can tell."""
    try:
        told = await client.call("getWebhookInfo")
    except TROUBLE:  # 404: there is none
        return ""
    return str(told.get("url") or "") if isinstance(told, Mapping) else ""


async def _is_well(client: Client, inbox: Inbox, lock: Lock, sleep: Sleep) -> bool:
    """Asks once; whether to ask again at once."""
    try:
        if not await inbox.write(lambda connection: leases.take(connection, *lock, inbox.now(), LEASE)):
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
        await _kept(inbox, update, sleep)
    return True


async def _kept(inbox: Inbox, update: Received, sleep: Sleep) -> None:
    """Before the next is asked for: the platform knows no offset, and what it gave is gone there."""
    while True:
        try:
            await inbox.put(update)
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
