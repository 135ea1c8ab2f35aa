"""Files in and out: pictures fetched into memory, and links by which ours are read for some hours.

A link holds, sealed, which file of which answer it means, or all of a notice's; the file is drawn when it
is fetched.
"""

import asyncio
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy import Engine

from bot.printing import enclosures
from bot.storage import conversations, database
from bot.storage.sealing import Vault, WrongKey
from handlers.people.fitting import LINK_HOURS, NOTICE_HOURS
from handlers.turn.messages import Enclosure, Reply

PATH = "/zalo/bot/files"
WHOLE = 3  # kind, name and content of a file
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@dataclass(frozen=True)
class Links:
    """Makes and follows the links; they open as often as one likes until they end, as Zalo reads twice."""

    public_url: str
    engine: Engine
    vault: Vault
    now: Callable[[], datetime]

    def link(self, address: str, message_id: str, reply: int, file: int, name: str) -> str:
        """What opens a file of the answer to that message."""
        until = int(self.now().timestamp()) + LINK_HOURS * 3600
        return self._sealed((address, message_id, reply, file, until), name)

    def whole(self, file: Enclosure) -> str:
        """What opens a file of a notice, of which nothing is kept: the link holds all of it."""
        until = int(self.now().timestamp()) + NOTICE_HOURS * 3600
        return self._sealed((file.kind, file.name, file.content, until), file.name)

    def _sealed(self, content: tuple[str | int, ...], name: str) -> str:
        sealed = self.vault.seal_link(json.dumps(content).encode())
        return f"{self.public_url}{PATH}/{urlsafe_b64encode(sealed).decode().rstrip('=')}/{quote(name)}"

    def find(self, token: str) -> enclosures.File:
        """The file, drawn; blocks. Raises LookupError for a link that is none, or is over."""
        try:
            sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            *which, until = json.loads(self.vault.open_link(sealed))
        except (ValueError, WrongKey) as error:
            raise LookupError("no link of ours") from error
        if self.now().timestamp() >= until:
            raise LookupError("over")
        try:
            return enclosures.draw(self._meant(*which))
        except ValidationError as error:
            raise LookupError("made before an update of the program") from error

    def _meant(self, *which: Any) -> Enclosure:
        """What a link means: all of a file, or the place of one in an answer."""
        if len(which) == WHOLE:
            return Enclosure(*which)
        address, message_id, reply, file = which
        with database.reading(self.engine) as connection:
            replies: Sequence[Reply] = (
                conversations.replies_to(connection, self.vault, address, message_id) or ()
            )
        meant: Enclosure = replies[reply].enclosures[file]
        return meant

    def routes(self) -> list[web.RouteDef]:
        """Where the links lead."""

        async def fetch(request: web.Request) -> web.Response:
            try:
                file = await asyncio.to_thread(self.find, request.match_info["token"])
            except LookupError as error:
                raise web.HTTPNotFound from error
            shows = "inline" if file.media_type.startswith("image/") else "attachment"
            headers = {**PRIVATE, "Content-Disposition": f"{shows}; filename*=UTF-8''{quote(file.name)}"}
            charset = "utf-8" if file.media_type.startswith("text/") else None
            return web.Response(
                body=file.data, content_type=file.media_type, charset=charset, headers=headers
            )

        return [web.get(PATH + r"/{token:[\w-]{1,1500}}/{name}", fetch)]
