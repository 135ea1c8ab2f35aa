"""`motcua dossiers receipt`: the slip with which a citizen is told of his dossier."""

import sys
from argparse import Namespace
from collections.abc import Iterator

from bot.channels import registry
from bot.channels.registry import NoLink
from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.desk import told
from bot.dossiers import embedded, views
from bot.notices import followers, receipt_links
from bot.people import short_links
from bot.printing import private, slip
from bot.settings.settings import Settings
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.desk.refusals import Refused
from handlers.dossiers import slip as words
from handlers.language.i18n import SOURCE, translator


def write(given: Namespace, command: Command) -> int:
    """Writes the slip of a dossier as PDF and prints where it is; with a new link the old ones are dead."""
    code, vault = told.code(given.code), command.vault
    with database.writing(command.engine) as connection:
        held = embedded.read(connection, vault, code)
        if held is None:
            raise Refused("no_such_dossier", code=code)
        if given.new_link:
            receipt_links.renew(connection, code, vietnam_now())
        number = receipt_links.number(connection, code)
    if given.new_link:
        told.say(command, "new_link", code=code)
    dossier = views.owner_view(held, command.promises.due_of(held))
    ways = dict(links(command.settings, vault, code, number))
    if not ways:
        told.warn(command, "no_way")
    texts = words.slip(dossier, tuple(ways), _typed(command, code, number), command.world, translator(SOURCE))
    given.out.mkdir(parents=True, exist_ok=True)
    path = given.out / f"{code}.pdf"
    private.write(path, slip.pdf(texts, ways.values()))
    print(path)
    return 0


def _typed(command: Command, code: str, number: int) -> str:
    """The letters that open what the links open; "" where no link could."""
    try:
        payload = followers.payload(command.vault, code, number)
    except ValueError:  # told by `links`
        return ""
    with database.writing(command.engine) as connection:
        return short_links.code_for(connection, command.vault, payload, vietnam_now())


def links(chosen: Settings, vault: Vault, code: str, number: int = 0) -> Iterator[tuple[str, str]]:
    """The channels on which one may follow, and what opens each there."""
    try:
        payload = followers.payload(vault, code, number)
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
