"""What `motcua check` says of the office's file of templates, beside what Zalo has."""

import asyncio
from collections.abc import Iterator

from aiohttp import ClientSession

from bot.channels.zalo.oa.checks import STEP, Held
from bot.channels.zalo.oa.outgoing.pace import Pace
from bot.channels.zalo.templates import mapping
from bot.channels.zalo.templates.infos import Infos, differences
from bot.channels.zalo.templates.mapping import Templates
from bot.channels.zalo.templates.outside import TemplateApi
from bot.channels.zalo.tokens import pair as rules
from bot.channels.zalo.tokens.pair import Kept
from bot.clock import vietnam_now
from bot.settings.settings import Settings


def compared(settings: Settings, kept: Kept) -> Iterator[str]:
    """Who gets none, and where the file and Zalo differ, if a token lets us ask. Raises BadDataFile."""
    book = mapping.load(settings.zalo_templates)
    if book.templates and book.mode == "development":
        yield "mode = development: only administrators, and testers of the file, get template messages"
    if kept.pair and book.templates and rules.is_good(kept, int(vietnam_now().timestamp())):
        yield from asyncio.run(_asked(settings, book, kept.pair.access))


async def _asked(settings: Settings, book: Templates, access: str) -> list[str]:
    async with ClientSession(timeout=STEP) as session:
        api = TemplateApi(session, settings.zalo_template_url, Held(access), Pace(60), vietnam_now)
        infos = Infos(api, vietnam_now)
        return [
            f"template {each.id}: {line}"
            for each in book.templates
            for line in differences(each, await infos.of(each.id))
        ]
