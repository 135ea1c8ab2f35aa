"""Tells a person's browsers that there is news; the page shows it, so a push that is lost loses nothing."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession
from py_vapid import Vapid
from pywebpush import WebPusher
from sqlalchemy import Engine

from bot.channels.web.push import keys, subscriptions
from bot.channels.web.push.subscriptions import Subscription
from bot.clock import vietnam_now
from bot.notices import recipients
from bot.notices.recipients import Wants
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.language.i18n import language_of, translator
from handlers.office import page_texts
from handlers.turn.messages import Reply

logger = logging.getLogger(__name__)

PUSH_S = 5  # for all browsers of one person; the outbox calls a send doubtful after 20
TTL_S = 3 * 24 * 3600  # for how long the service waits for a browser that is off
GONE = (404, 410)  # the subscription ended: RFC 8030, 7.3
LENGTH = 160  # of a detailed text; the service takes 4096 bytes


class Pushes:
    """Sends pushes in the name of an office."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        http: ClientSession,
        home: str,
        now: Callable[[], datetime] = vietnam_now,
    ) -> None:
        """`home`: the office's address, whom a push service asks when something is wrong."""
        self._engine, self._vault, self._http, self._now = engine, vault, http, now
        self._signer, self._subject = Vapid(keys.private_key(vault)), f"https://{urlsplit(home).hostname}"

    async def tell(self, address: str, reply: Reply) -> None:
        """Lets the person's browsers know of this news."""
        wants, browsers = await asyncio.to_thread(self._read, address)
        if not browsers:
            return
        content = json.dumps(said(reply, wants), ensure_ascii=False).encode()
        try:
            async with asyncio.timeout(PUSH_S):
                await asyncio.gather(*(self._push(browser, content) for browser in browsers))
        except TimeoutError:
            logger.warning("push took too long")

    def _read(self, address: str) -> tuple[Wants, list[Subscription]]:
        with database.reading(self._engine) as connection:
            wants = recipients.wants(connection, address)
            return wants, subscriptions.of_person(connection, self._vault, address)

    async def _push(self, browser: Subscription, content: bytes) -> None:
        parts = urlsplit(browser.endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "sub": self._subject,
            "exp": int(self._now().timestamp()) + 12 * 3600,
        }
        headers = {
            **self._signer.sign(claims),
            "TTL": str(TTL_S),
            "Topic": "news",  # a newer one takes the place of one that was not fetched
            "Urgency": "normal",
            "Content-Encoding": "aes128gcm",
        }
        body = WebPusher(browser.model_dump()).encode(content)["body"]
        try:
            async with self._http.post(
                browser.endpoint, data=body, headers=headers, allow_redirects=False
            ) as response:
                status = response.status
        except ClientError as error:
            logger.warning("push not sent", extra={"service": parts.hostname, "error": type(error).__name__})
            return
        if status in GONE:
            await asyncio.to_thread(self._drop, browser.endpoint)
        elif status >= 300:
            logger.warning("push refused", extra={"service": parts.hostname, "status": status})

    def _drop(self, endpoint: str) -> None:
        with database.writing(self._engine) as connection:
            subscriptions.drop(connection, self._vault, endpoint)


@asynccontextmanager
async def pushing(engine: Engine, vault: Vault, home: str) -> AsyncIterator[Pushes]:
    """Pushes while the context lasts."""
    async with ClientSession() as http:
        yield Pushes(engine, vault, http, home)


def said(reply: Reply, wants: Wants) -> dict[str, str]:
    """What a screen shows that others may see: that there is news; what, only to who asked for that."""
    language = language_of("", wants.language)
    tr = translator(language)
    whole = " ".join(f"{reply.title} {reply.text}".split())
    short = whole if len(whole) <= LENGTH else f"{whole[: LENGTH - 1]}…"
    body = short if wants.detailed else page_texts.news(tr)
    return {"title": tr(page_texts.PAGE["name"]), "body": body, "lang": language}
