"""The file by which Zalo believes that the domain is ours, at the root under the name that Zalo gave it."""

from pathlib import Path

from aiohttp import web


def routes(file: Path | None) -> list[web.RouteDef]:
    """GET /<name>, where there is such a file."""
    if file is None:
        return []

    async def proof(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(file)

    return [web.get(f"/{file.name}", proof)]
