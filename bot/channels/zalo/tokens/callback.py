"""The page to which Zalo sends the administrator back with a code: no need to paste anything."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from sqlalchemy import Engine

from bot.channels.zalo.tokens.consent import CALLBACK, Code
from bot.channels.zalo.tokens.login import Login
from bot.channels.zalo.tokens.oauth import TokenServer
from bot.channels.zalo.tokens.table import TokenTable
from bot.settings.settings import Settings
from bot.storage.sealing import Vault
from handlers.desk.zalo import CONNECTED, ZaloRefused
from handlers.language.i18n import Translate

logger = logging.getLogger(__name__)


def routes(
    settings: Settings, engine: Engine, vault: Vault, now: Callable[[], datetime]
) -> tuple[web.RouteDef, ...]:
    """GET /zalo/callback, which does something only for an hour after `motcua zalo login`."""
    table, tr = TokenTable(engine, vault, settings.zalo_oa_id), Translate()
    login, one_by_one = Login(table, TokenServer(settings), now), asyncio.Lock()

    async def called_back(request: web.Request) -> web.Response:
        try:
            async with one_by_one:
                await _take(request.query.get("code", ""))
        except ZaloRefused as error:
            logger.warning("zalo login refused", extra={"reason": error.code})
            return web.Response(text=error.told(tr), status=400)
        return web.Response(text=tr(CONNECTED))

    async def _take(code: str) -> None:
        if not await asyncio.to_thread(table.awaits_login, int(now().timestamp())):
            raise ZaloRefused("zalo_nobody_waits")
        if not code:
            raise ZaloRefused("zalo_not_understood")
        await login.take(Code(code))
        await asyncio.to_thread(table.await_login, 0)

    return (web.get(CALLBACK, called_back),)
