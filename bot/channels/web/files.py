"""The files of replies: drawn again when they are fetched, from the reply as sent; nothing is stored."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from aiohttp import web
from pydantic import ValidationError

from bot.channels.web.sessions.cookies import Sessions
from bot.printing import enclosures
from handlers.turn.messages import Reply

Find = Callable[[str, str], Sequence[Reply] | None]  # address and source -> what was sent; may block
PRIVATE = {"Cache-Control": "no-store"}


def routes(sessions: Sessions, find: Find) -> list[web.RouteDef]:
    """`/chat/files/SOURCE/REPLY/FILE/NAME`: a file of a reply to this person, to nobody else."""

    async def fetch(request: web.Request) -> web.Response:
        visitor, parts = await sessions.who(request), request.match_info
        replies = await asyncio.to_thread(find, visitor.address, parts["source"])
        try:
            enclosure = (replies or ())[int(parts["reply"])].enclosures[int(parts["file"])]
        except IndexError as error:
            raise web.HTTPNotFound from error
        if enclosure.name != parts["name"]:
            raise web.HTTPNotFound
        try:
            file = await asyncio.to_thread(enclosures.draw, enclosure)
        except ValidationError as error:  # made before an update of the program
            raise web.HTTPNotFound from error
        shows = "inline" if file.media_type.startswith("image/") else "attachment"
        headers = {**PRIVATE, "Content-Disposition": f"{shows}; filename*=UTF-8''{quote(file.name)}"}
        charset = "utf-8" if file.media_type.startswith("text/") else None
        return web.Response(body=file.data, content_type=file.media_type, charset=charset, headers=headers)

    return [web.get(r"/chat/files/{source:[\w-]{1,64}}/{reply:\d{1,3}}/{file:\d{1,3}}/{name}", fetch)]


def described(source: str, replies: Sequence[Reply]) -> list[list[dict[str, Any]]]:
    """For each reply its files, as the page is told of them."""
    return [
        [
            {
                "name": file.name,
                "url": f"/chat/files/{quote(source, safe='')}/{n}/{m}/{quote(file.name)}",
                **({"label": file.label} if file.label else {}),
            }
            for m, file in enumerate(reply.enclosures)
        ]
        for n, reply in enumerate(replies)
    ]
