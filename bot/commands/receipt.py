"""`motcua dossiers receipt`: the slip with which a citizen is told of his dossier."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Iterator

from bot.commands import context
from bot.commands.context import BadArguments, Command
from bot.dossiers import embedded, views
from bot.notices import followers
from bot.printing import sheets, slip
from bot.settings.settings import Settings
from bot.spreadsheets import cells
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.dossiers import slip as words
from handlers.turn.i18n import SOURCE, translator

TELEGRAM_S = 10  # to be told the bot's name


def write(given: Namespace, command: Command) -> int:
    """Writes the slip of a dossier as PDF and prints where it is."""
    code, vault = context.argument("CODE", cells.code, given.code), command.vault
    with database.reading(command.engine) as connection:
        held = embedded.read(connection, vault, code)
    if held is None:
        raise BadArguments(f"{code}: no such dossier; `motcua dossiers add` takes it in")
    dossier = views.owner_view(held, command.promises.due_of(held))
    ways = dict(links(command.settings, vault, code))
    if not ways:
        print("neither PUBLIC_URL nor Telegram is set up: the slip has no code to follow by", file=sys.stderr)
    told = words.slip(dossier, tuple(ways), command.world, translator(SOURCE))
    given.out.mkdir(parents=True, exist_ok=True)
    path = given.out / f"{code}.pdf"
    path.write_bytes(slip.pdf(told, ways.values()))
    print(path)
    return 0


def links(chosen: Settings, vault: Vault, code: str) -> Iterator[tuple[str, str]]:
    """The channels on which one may follow, and what opens each there."""
    try:
        payload = followers.payload(vault, code)
    except ValueError as error:
        print(f"warning: {error}", file=sys.stderr)
        return
    name = asyncio.run(_bot_name(chosen)) if chosen.telegram_bot_token else ""
    if name:
        yield "telegram", f"https://t.me/{name}?start={payload}"
    if chosen.public_url:
        yield "web", sheets.link(chosen.public_url, payload)


async def _bot_name(chosen: Settings) -> str:
    """The bot's name without @; empty if Telegram does not tell it now."""
    from telegram.error import TelegramError

    from bot.channels.telegram import polling  # only here: it takes 0.3 s

    bot = polling.make_bot(chosen.telegram_bot_token, chosen.telegram_api_url)
    await bot.request.initialize()
    try:
        async with asyncio.timeout(TELEGRAM_S):
            return (await bot.get_me()).username or ""
    except (TelegramError, TimeoutError) as error:
        print(f"warning: Telegram does not tell the bot's name ({type(error).__name__})", file=sys.stderr)
        return ""
    finally:
        await bot.request.shutdown()
