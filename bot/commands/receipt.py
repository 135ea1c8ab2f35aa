"""`motcua dossiers receipt`: the slip with which a citizen is told of his dossier."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot import knowing
from bot.channels import registry
from bot.channels.registry import NoLink
from bot.commands import context
from bot.commands.context import BadArguments
from bot.dossiers import embedded, views
from bot.dossiers.due_dates import Promises
from bot.notices import followers
from bot.printing import slip
from bot.settings import settings
from bot.settings.settings import Settings
from bot.spreadsheets import cells
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.dossiers import slip as words
from handlers.turn.i18n import SOURCE, translator

OUT = Path("data/receipts")


def write(environ: Mapping[str, str], code: str, out: Path | None) -> int:
    """Writes the slip of a dossier as PDF and prints where it is."""
    engine, vault = context.opened(environ)
    code, world = context.argument("CODE", cells.code, code), knowing.world()
    with database.reading(engine) as connection:
        held = embedded.read(connection, vault, code)
    if held is None:
        raise BadArguments(f"{code}: no such dossier; `motcua dossiers add` takes it in")
    dossier = views.told(held, Promises(world.catalogue, world.holidays).due_of(held))
    ways = dict(links(settings.read(environ), vault, code))
    if not ways:
        print("neither PUBLIC_URL nor Telegram is set up: the slip has no code to follow by", file=sys.stderr)
    told = words.slip(dossier, tuple(ways), world, translator(SOURCE))
    folder = out or OUT
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{code}.pdf"
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
    for row in registry.served(chosen):
        try:
            link = row.follow_link(chosen, payload)
        except NoLink as error:
            print(f"warning: {error}", file=sys.stderr)
            continue
        if link:
            yield row.name, link
