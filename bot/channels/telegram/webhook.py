"""The webhook: an update is taken with 200 once it is answered, or with 503 if it has to come again."""

import hmac
import json
import logging
from typing import Any

from aiohttp import web

from bot.channels.telegram.answering import Telegram

logger = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT = 1024 * 1024  # bytes; an update has a few thousand


def routes(telegram: Telegram, secret: str) -> list[web.RouteDef]:
    """The webhook, for who knows the secret that setWebhook was told."""

    async def webhook(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not secret or not hmac.compare_digest(given, secret.encode()):
            raise web.HTTPUnauthorized
        data = await _json(request)
        # An update we cannot read is taken with 200: after anything else Telegram delivers it for 24 hours,
        # and holds back all later ones of that chat.
        update = telegram.read(data)
        later = await telegram.take(update) if update else None
        if later is None:
            return web.Response()
        return web.Response(status=503, headers={"Retry-After": str(max(1, round(later.seconds)))})

    return [web.post(PATH, webhook)]


async def _json(request: web.Request) -> dict[str, Any]:
    """The body; raises HTTPRequestEntityTooLarge or HTTPBadRequest."""
    body = await request.clone(client_max_size=BODY_LIMIT).read()
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        logger.warning("webhook body is no JSON object", extra={"bytes": len(body)})
        raise web.HTTPBadRequest
    return data
