"""Alive, able to serve, and how it goes: for whoever watches the process."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from bot.watching.metrics import CONTENT_TYPE, Metrics


def routes(ready: Callable[[], bool], metrics: Metrics) -> list[web.RouteDef]:
    """GET /health, /ready and /metrics."""

    async def alive(request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def able(request: web.Request) -> web.Response:
        is_ready = await asyncio.to_thread(ready)  # it asks the database
        return web.json_response({"ready": is_ready}, status=200 if is_ready else 503)

    async def counted(request: web.Request) -> web.Response:
        told = await asyncio.to_thread(metrics.text)  # it asks the database too
        return web.Response(body=told, headers={"Content-Type": CONTENT_TYPE})

    return [web.get("/health", alive), web.get("/ready", able), web.get("/metrics", counted)]
