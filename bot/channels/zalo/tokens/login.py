"""A person brings a code or a pair of tokens: they are looked at, kept, and used from then on."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.channels.zalo.tokens.answers import Denied, Granted
from bot.channels.zalo.tokens.consent import Code, Pasted
from bot.channels.zalo.tokens.keeper import Tokens
from bot.channels.zalo.tokens.oauth import NotTold, TokenServer
from bot.channels.zalo.tokens.pair import Kept, Pair
from bot.channels.zalo.tokens.table import TokenTable
from handlers.desk.zalo import CANNOT, ZaloRefused

WAITS_S = 3600  # after `motcua zalo login` the callback takes a code so long; later, nobody asked for one


class Login:
    """Of one Official Account. Nothing is kept of a token of another account."""

    def __init__(self, table: TokenTable, server: TokenServer, now: Callable[[], datetime]) -> None:
        self._table, self._server, self._now = table, server, now

    async def take(self, brought: Code | Pasted) -> Kept:
        """What is kept now. Raises ZaloRefused."""
        if isinstance(brought, Code):
            await self._redeem(brought.code)
        else:
            await self._try(brought)
        return await asyncio.to_thread(self._table.read)

    async def _redeem(self, code: str) -> None:
        verifier = await asyncio.to_thread(self._table.verifier)
        match await self._server.redeem(code, verifier):
            case Granted(refresh=""):
                raise ZaloRefused("zalo_no_refresh_token")
            case Granted() as granted:
                await self._check_account(granted.access)
                await asyncio.to_thread(self._table.put, granted.pair(self._at()))
            case Denied(error, name):
                raise ZaloRefused(CANNOT.get(error, "zalo_denied"), error=error, name=name)
            case _:
                raise ZaloRefused("zalo_no_answer")

    async def _try(self, pasted: Pasted) -> None:
        """Its age is unknown, so it is renewed at once, which also shows that it is whole."""
        await self._check_account(pasted.access)
        pair = Pair(pasted.access, pasted.refresh, self._at(), self._at())
        await asyncio.to_thread(self._table.put, pair, is_pasted=True)
        await Tokens(self._table, self._server.renew, self._now).renew_if_due()
        kept = await asyncio.to_thread(self._table.read)
        if kept.asked or kept.pair == pair:
            raise ZaloRefused("zalo_not_renewed_yet")
        if kept.previous is None or kept.previous.refresh != pasted.refresh:
            raise ZaloRefused("zalo_code_spent", error=kept.error, name="")

    async def _check_account(self, access: str) -> None:
        try:
            account = await self._server.account(access)
        except NotTold as error:
            raise ZaloRefused("zalo_account_not_told", why=error) from error
        if account != self._table.oa:
            raise ZaloRefused("zalo_other_account", account=account, ours=self._table.oa)

    def _at(self) -> int:
        return int(self._now().timestamp())
